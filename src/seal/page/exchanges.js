// The records of capture.wacz, held against what the statement says of them (src/seal/captured.rs).

const CAPTURE_BYTES = 512 << 20;

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

/** What one source says otherwise than its record. */
async function differingRecord(source, stated, records) {
  const id = getText(stated, "id") ?? "";
  const missing = () => broken(`the archive holds no record of ${id}`);
  const own = records.find(({ kind, fields }) => ["response", "revisit", "resource"].includes(kind) && uriOf(fields, "WARC-Record-ID") === id);
  if (own?.kind !== "response" || own.member.length === 0) missing();
  const { payload, status, encoding } = await payloadOf(own, id);
  const expected = {
    digest: new Map([["sha256", hex(await sha256(own.member))]]), payloadBytes: payload.length, payloadSha256: hex(await sha256(payload)),
    payloadSha1Base32: base32(await sha("SHA-1", payload)), contentEncoding: encoding,
  };
  for (const [name, value] of Object.entries(expected)) if (!same(get(stated, name), value)) return `record.${name}`;
  const url = uriOf(own.fields, "WARC-Target-URI");
  if (getText(source, "finalUrl") !== url) return "finalUrl";
  const date = instant(own.fields("WARC-Date"));
  if (date === undefined || instant(getText(source, "retrievedAt")) !== date) return "retrievedAt";
  if (get(source, "status") !== status) return "status";
  const body = await undone(payload, encoding);
  if (body === undefined || hex(await sha256(body)) !== get(source, "digest", "sha256")) return "digest";
  const answers = records.filter(({ kind }) => kind === "response")
    .map(({ fields, block }) => [uriOf(fields, "WARC-Target-URI"), answerOf(block)?.status ?? 0]);
  const there = (redirect) => answers.some(([own, number]) => own === (getText(redirect, "url") ?? "") && number === get(redirect, "status"));
  return (getList(source, "redirects") ?? []).every(there) ? undefined : "redirects";
}

/** The whole second a time falls into; nothing where the text is no time of day with a zone. */
function instant(text) {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/.test(text ?? "")) return undefined;
  const milliseconds = Date.parse(text.replace(" ", "T").replace(",", "."));
  return Number.isFinite(milliseconds) ? Math.floor(milliseconds / 1000) : undefined;
}
