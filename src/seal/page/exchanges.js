// The records of capture.wacz, held against what the statement says of them (src/seal/captured.rs).

const CAPTURE_BYTES = 512 << 20;

/** Fails where the statement says of a source that it was come by in a way which what is sealed cannot bear out (whence.rs). */
function comeBy(predicate, found) {
  for (const [name, source] of sourcesNamed(predicate)) {
    const [via, grade, recorded] = [getText(source, "via"), get(source, "assurance"), get(source, "record") !== undefined];
    if (["file", "stdin", "warc", "wacz"].includes(via) && grade !== undefined && grade !== "supplied") {
      fail("inconsistent", `the ${name} was handed over and is said to be more than supplied`);
    }
    if (["http", "memento"].includes(via) && !recorded) {
      fail("inconsistent", `the ${name} is said to have been fetched, and the statement names no record of that`);
    }
    if (!["http", "memento", "file", "stdin"].includes(via) && !recorded) {
      found.notes.push(`no record of how the ${name} was come by is sealed: what is said of that is its signer's word alone`);
    }
  }
}

/** Fails where the records of the exchanges are not what the statement says of them. */
async function exchangesAgree(files, folder, predicate, found) {
  const [name] = [...files].find(([, file]) => file.role === "capture") ?? [];
  const bytes = name && await sealedFile(files, folder, name, CAPTURE_BYTES);
  const named = sourcesNamed(predicate).filter(([, source]) => get(source, "record") !== undefined);
  if (name && named.length === 0) found.notes.push(`${name} is sealed, but the statement names no record in it`);
  try {
    const archive = bytes && await lookedInto(() => openArchive(bytes));
    if (archive?.found?.signed) {
      found.notes.push(`${name} carries a WACZ signature, which this page does not look into. WACZ signatures are never trusted: it changes no outcome.`);
    }
    for (const [which, source] of named) {
      if (!name) fail("inconsistent", `the statement names a record of the ${which}, but no recording is sealed`);
      const { why, found: what } = archive.why ? archive : await lookedInto(() => differingRecord(source, get(source, "record"), archive.found.records));
      if (why ?? what) fail("inconsistent", `capture.wacz and the statement disagree about the ${which}: ${why ?? what}`);
    }
  } catch (error) {
    if (!(error instanceof Unlooked)) throw error;
    found.unchecked.push("capture");
  }
}

/** What comes out of looking into an archive, or in words what is wrong with it. */
async function lookedInto(work) {
  try {
    return { found: await work() };
  } catch (error) {
    if (error instanceof Broken) return { why: error.message };
    throw error;
  }
}

async function openArchive(bytes) {
  const { files, signed } = await readArchive(bytes);
  return { records: files.flatMap((file) => recordsOf(file)), signed };
}

/** The sources of a predicate by what they are called. */
function sourcesNamed(predicate) {
  const witnesses = (getList(predicate, "witnesses") ?? []).map((witness) => ["witness", get(witness, "source")]);
  return [["original", get(predicate, "original")], ["copy", get(predicate, "copy")], ...witnesses].filter(([, source]) => source !== undefined);
}

/** An address as it is asked for; nothing where the text is none. */
function addressOf(text) {
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

/** Whether an address is that at which an archive shows a record of a page, told by the one the source names (captured.rs, Replay). */
function replayOf(source) {
  const [uri, page] = [getText(source, "memento", "uri"), getText(source, "finalUrl")];
  if (getText(source, "via") !== "memento" || uri === undefined || page === undefined) return undefined;
  const shows = (before) => (shown, url) => {
    const digits = url.startsWith(before) ? url.slice(before.length, before.length + 14) : "";
    // Written as it was asked for: an address inside another can be spelt otherwise than by itself.
    return /^[0-9]{14}$/.test(digits) && addressOf(`${before}${digits}id_/${shown}`) === url;
  };
  const marks = [...uri.matchAll(/id_\//g)].filter(({ index }) => index >= 14).map(({ index }) => uri.slice(0, index - 14));
  const before = marks.find((mark) => shows(mark)(page, uri));
  return before === undefined ? undefined : shows(before);
}

/** The second of a time as HTTP writes it. */
function httpInstant(text) {
  const seconds = Date.parse(text?.trim() ?? "") / 1000;
  const day = /^([A-Za-z]{3}),/.exec(text?.trim() ?? "")?.[1];
  const right = day === undefined || new Date(seconds * 1000).toUTCString().startsWith(day);
  return Number.isFinite(seconds) && right ? seconds : undefined;
}

/** What one source says otherwise than its record. */
async function differingRecord(source, stated, records) {
  const id = getText(stated, "id") ?? "";
  const missing = () => broken(`the archive holds no record of ${id}`);
  const own = records.find(({ kind, fields }) => ["response", "revisit", "resource"].includes(kind) && uriOf(fields, "WARC-Record-ID") === id);
  if (own?.kind !== "response" || own.member.length === 0) missing();
  const { payload, status, encoding, memento } = await payloadOf(own, id);
  const expected = {
    digest: new Map([["sha256", hex(await sha256(own.member))]]), payloadBytes: payload.length, payloadSha256: hex(await sha256(payload)),
    payloadSha1Base32: base32(await sha("SHA-1", payload)), contentEncoding: encoding,
  };
  for (const [name, value] of Object.entries(expected)) if (!same(get(stated, name), value)) return `record.${name}`;
  const url = uriOf(own.fields, "WARC-Target-URI");
  const replay = replayOf(source);
  if (getText(source, "via") === "memento") {
    const told = instant(getText(source, "memento", "datetime"));
    if (!replay || told === undefined || httpInstant(memento) !== told) return "memento";
  }
  const isOf = (address, asked) => (replay ? replay(address, asked) : address === asked);
  if (!isOf(getText(source, "finalUrl"), url)) return "finalUrl";
  const date = instant(own.fields("WARC-Date"));
  if (date === undefined || instant(getText(source, "retrievedAt")) !== date) return "retrievedAt";
  if (get(source, "status") !== status) return "status";
  const body = await undone(payload, encoding);
  if (body === undefined || hex(await sha256(body)) !== get(source, "digest", "sha256")) return "digest";
  const answers = records.filter(({ kind }) => kind === "response")
    .map(({ fields, block }) => [uriOf(fields, "WARC-Target-URI"), answerOf(block)?.status ?? 0]);
  const there = (redirect) => answers.some(([own, number]) => isOf(getText(redirect, "url") ?? "", own) && number === get(redirect, "status"));
  return (getList(source, "redirects") ?? []).every(there) ? undefined : "redirects";
}

/** The whole second a time falls into; nothing where the text is no time of day with a zone. */
function instant(text) {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/.test(text ?? "")) return undefined;
  const milliseconds = Date.parse(text.replace(" ", "T").replace(",", "."));
  return Number.isFinite(milliseconds) ? Math.floor(milliseconds / 1000) : undefined;
}
