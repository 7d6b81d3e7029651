// Steps 7 and 8: every file the statement names, and the files for people without vidimus (src/seal/verify/files.rs, sidecars.rs).

const ROLES = ["copy", "report", "report-html"];

const OF_COPY = "copy-sheet";
const OF_ORIGINAL = "original-sheet";
// Never subjects: stock verifiers match files to subjects by digest alone, so that an original would pass for a copy.
const BOUND = ["original", "witness", OF_ORIGINAL];

const isName = (name) => name === SUMS || (/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name) && !name.includes(".."));
const isDigest = (text) => typeof text === "string" && /^[0-9a-f]{64}$/.test(text);

/** Whether a file of this role can have this name. Roles of later versions may have any. */
function suits(name, role) {
  switch (role) {
    case "report": return name === REPORT;
    case "report-html": return name === PAGE;
    case "capture": return name === "capture.wacz";
    case "copy": return name.startsWith("copy.");
    case OF_COPY: return /^copy-sheet-[0-9]+\.css$/.test(name);
    case OF_ORIGINAL: return /^original(?:-[0-9]+)?-sheet-[0-9]+\.css$/.test(name);
    case "original": return name.startsWith("original.");
    case "witness": return name.startsWith("original-");
    default: return true;
  }
}

/** Role and digest of each file the statement names, by name. */
function namedFiles(statement) {
  const no = (why) => fail("malformed", why);
  const files = new Map();
  const add = (file, role) => {
    const name = getText(file, "name") ?? no("a file has no name");
    if (!isName(name) || OURS.includes(name) || !suits(name, role)) no(`${quoted(name)} is no name for a file sealed as ${role}`);
    const digest = get(file, "digest", "sha256");
    if (!isDigest(digest)) no(`${name} has no SHA-256`);
    if (files.has(name)) no(`${name} stands in the statement twice`);
    files.set(name, { role, digest });
  };
  const subjects = getList(statement, "subject") ?? no("the statement names no subjects");
  const predicate = get(statement, "predicate") ?? no("the statement has no predicate");
  const witnesses = get(predicate, "witnesses") === undefined ? [] : getList(predicate, "witnesses") ?? no("the witnesses are no list");
  if (subjects.length > NAMED_FILES || witnesses.length > NAMED_FILES) no(`the statement names more than ${NAMED_FILES} files`);
  for (const subject of subjects) {
    const role = getText(subject, "annotations", "role") ?? no("a subject has no role");
    if (BOUND.includes(role)) no("an original stands among the subjects");
    add(subject, role);
  }
  const addOriginal = (source, role) => {
    add(source, role);
    const sheets = sheetsOf(source) ?? no("the sheets of a source are no list");
    if (sheets.length > NAMED_FILES) no(`the statement names more than ${NAMED_FILES} sheets of one page`);
    for (const sheet of sheets) add(sheet, OF_ORIGINAL);
  };
  addOriginal(get(predicate, "original") ?? no("the statement names no original"), "original");
  for (const witness of witnesses) addOriginal(get(witness, "source") ?? no("a witness has no source"), "witness");
  for (const role of ROLES) {
    const count = [...files.values()].filter((file) => file.role === role).length;
    if (count !== 1) no(`the statement does not name exactly one file as ${role}`);
  }
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The list of sheets in a source of the predicate; nothing where it is no list. */
function sheetsOf(source) {
  return get(source, "sheets") === undefined ? [] : getList(source, "sheets");
}

/** Hashes every file of the folder and says how each fared. */
async function compareFiles(files, folder, payload) {
  const listed = [];
  const status = (own, digest) => (own === undefined ? "missing" : own === digest ? "ok" : "changed");
  for (const [name, { role, digest }] of files) {
    listed.push({ name, role, status: status(await folder.digest(name), digest) });
  }
  const statement = hex(await sha256(payload));
  listed.push({ name: STATEMENT, role: "statement", status: status(await folder.digest(STATEMENT), statement) });
  for (const { name } of folder.entries) {
    if (!files.has(name) && !OURS.includes(name)) listed.push({ name, role: "none", status: "unlisted" });
  }
  return listed;
}

/** Fails where a file is not as it was sealed, or is missing. */
async function judgeFiles(files, folder, listed) {
  const named = (status) => listed.filter((file) => file.status === status).map((file) => file.name);
  const changed = named("changed");
  for (const name of changed) {
    const digest = await folder.digest(name);
    const other = [...files].find(([own, file]) => file.digest === digest && own !== name);
    if (other) fail("wrong-role", `${name} is the file sealed as ${other[1].role}, ${other[0]}`);
  }
  if (changed.length > 0) fail("artefact-changed", `changed: ${changed.join(", ")}`);
  // The seal holds the statement too, so that the file is a convenience.
  const missing = named("missing").filter((name) => name !== STATEMENT);
  if (missing.length > 0) fail("missing-file", `missing: ${missing.join(", ")}`);
}

async function judgeSidecars(files, folder, payload, key, found) {
  if (!folder.holds(STATEMENT)) found.notes.push(`${STATEMENT} is missing; the seal holds it too`);
  const disagree = [];
  const signature = "is not that key's signature over the statement";
  const sidecars = [
    [SUMS, "lists other digests", async (text) => listsAll(text, files, hex(await sha256(payload)))],
    [SSH_SIGNATURE, signature, (text) => sshSignatureFits(text, payload, key)],
    [MINISIGN, signature, (text) => minisignFits(text, payload, key)],
  ];
  for (const [name, otherwise, judge] of sidecars) {
    const bytes = await limited(folder, name, SIDECAR_BYTES);
    if (!bytes) {
      // That one is made on request only.
      if (name !== MINISIGN) found.notes.push(`${name} is missing`);
      continue;
    }
    const agrees = await judge(readable(bytes));
    found.files.push({ name, role: "sidecar", status: agrees ? "ok" : "changed" });
    if (!agrees) disagree.push(`${name} ${otherwise}`);
  }
  if (disagree.length > 0) fail("artefact-changed", disagree.join("; "));
}

/** The text of a file; what is no UTF-8 agrees with nothing. */
function readable(bytes) {
  try {
    return utf8(bytes);
  } catch (error) {
    if (error instanceof Unreadable) return "not UTF-8";
    throw error;
  }
}

/** Whether the list has the sealed files and the statement as they were sealed. What it lists besides proves nothing, as all of it. */
function listsAll(text, files, statement) {
  const listed = new Map();
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const whole of lines) {
    const line = whole.replace(/\r$/, "");
    const found = /^SHA256 \((?<name>.*?)\) = (?<digest>.*)$/s.exec(line) ?? /^(?<digest>[^ ]*) [ *](?<name>.*)$/s.exec(line);
    if (!found || !isDigest(found.groups.digest)) return false;
    const name = found.groups.name.replace(/^\.\//, "");
    if (listed.has(name)) return false;
    listed.set(name, found.groups.digest);
  }
  const expected = [...[...files].map(([name, { digest }]) => [name, digest]), [STATEMENT, statement]];
  return expected.every(([name, digest]) => listed.get(name) === digest);
}

/** The original, the copy and the witnesses, as the predicate has them. */
function sourcesOf(statement) {
  const predicate = get(statement, "predicate");
  const witnesses = (getList(predicate, "witnesses") ?? []).map((witness) => get(witness, "source"));
  return [get(predicate, "original"), get(predicate, "copy"), ...witnesses].filter((source) => source !== undefined);
}

/** Fails where the predicate gives a source another length than its file has. */
function lengthsAgree(statement, folder) {
  for (const source of sourcesOf(statement).flatMap((one) => [one, ...(sheetsOf(one) ?? [])])) {
    const name = getText(source, "name") ?? "";
    const said = get(source, "bytes");
    if (said === undefined || !folder.holds(name)) continue;
    if (said !== folder.length(name)) fail("inconsistent", `the statement gives another length than ${name} has`);
  }
}

/** Fails where subject and predicate tell different copies, or different sheets of the copy. */
function copiesAgree(files, statement) {
  const copy = get(statement, "predicate", "copy");
  const named = files.get(getText(copy, "name"));
  if (named?.role !== "copy" || named.digest !== get(copy, "digest", "sha256")) {
    fail("inconsistent", "subject and predicate name different copies");
  }
  const sheets = sheetsOf(copy) ?? fail("malformed", "the sheets of a source are no list");
  const names = new Set(sheets.map((sheet) => {
    const file = files.get(getText(sheet, "name"));
    return file?.role === OF_COPY && file.digest === get(sheet, "digest", "sha256") ? getText(sheet, "name") : undefined;
  }));
  const subjects = [...files.values()].filter((file) => file.role === OF_COPY).length;
  if (names.has(undefined) || names.size !== subjects || sheets.length !== subjects) {
    fail("inconsistent", "subject and predicate name different sheets of the copy");
  }
}

/** The bytes of a sealed file, if they still are those that were sealed. */
async function sealedFile(files, folder, name, limit = REPORT_BYTES) {
  if (folder.length(name) > limit) {
    fail("malformed", `${name} is as it was sealed, but larger than this version reads: whether it agrees with the rest was not looked at`);
  }
  const bytes = await folder.bytes(name);
  if (hex(await sha256(bytes)) !== files.get(name)?.digest) fail("artefact-changed", `changed while it was read: ${name}`);
  return bytes;
}
