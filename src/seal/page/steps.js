// Verifying, step by step, as src/seal/verify.rs does it: the first step that fails names the outcome. What this page does not
// do (the run before, making the comparison again) is listed as unchecked, whatever the outcome.

const SEAL = "vidimus.sigstore.json";
const STATEMENT = "statement.json";
const SSH_SIGNATURE = "statement.json.sig";
const MINISIGN = "statement.json.minisig";
const SUMS = "SHA256SUMS";
const OURS = [SEAL, STATEMENT, SSH_SIGNATURE, MINISIGN, SUMS];
const PROOF = "page.tlog-proof";
const REPORT = "report.json";
const PAGE = "report.html";
const SEAL_BYTES = 16 << 20;
const STATEMENT_BYTES = 8 << 20;
const REPORT_BYTES = 256 << 20;
const SIDECAR_BYTES = 1 << 20;
const TIMESTAMPS = 16;
const NAMED_FILES = 1024;
const SKEW = 300;
const MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

/** How a step failed: what that says about the evidence. */
class Failure extends Error {
  constructor(outcome, detail) {
    super(detail);
    this.outcome = outcome;
  }
}

const fail = (outcome, detail) => { throw new Failure(outcome, detail); };

async function verify(folder, policy, question) {
  const found = { outcome: "verified", files: [], notes: [], unchecked: ["rerun"] };
  try {
    await run(folder, policy, question, found);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    Object.assign(found, { outcome: error.outcome, detail: error.message });
    delete found.statement;
  }
  if (found.files.length === 0) {
    found.files = folder.entries.map(({ name }) => ({ name, role: "unknown", status: "unchecked" }));
  }
  found.files.sort((left, right) => (left.name < right.name ? -1 : 1));
  return found;
}

async function run(folder, policy, question, found) {
  const strange = folder.entries.find((entry) => !entry.regular && OURS.includes(entry.name));
  if (strange) fail("malformed", `${strange.name} is not a regular file`);
  const seal = await limited(folder, SEAL, SEAL_BYTES);
  if (!seal && folder.holds(PROOF)) refuse(WORDS.page.audit);
  if (!seal) {
    fail("unsigned", `the seal is missing: there is no ${SEAL}${instead(folder)}`);
  }
  const { statement, payload, key } = await openSeal(seal, policy, question, found);
  const files = namedFiles(statement);
  const odd = folder.entries.find((entry) => !entry.regular && files.has(entry.name));
  if (odd) fail("malformed", `${odd.name} is not a regular file`);
  found.files = await compareFiles(files, folder, payload);
  await judgeFiles(files, folder, found.files);
  await judgeSidecars(files, folder, payload, key, found);
  judgeUnlisted(question, found);
  copiesAgree(files, statement);
  lengthsAgree(statement, folder);
  const [report, page] = [await sealedFile(files, folder, REPORT), await sealedFile(files, folder, PAGE)];
  await agree(get(statement, "predicate"), report, page);
  comeBy(get(statement, "predicate"), found);
  await exchangesAgree(files, folder, get(statement, "predicate"), found);
  if (sourcesOf(statement).some((source) => get(source, "memento") !== undefined)) found.unchecked.push("memento");
  judgeAge(statement, question, found);
  const previous = get(statement, "predicate", "previous");
  if (previous !== undefined && !isDigest(get(previous, "digest", "sha256"))) {
    fail("malformed", "the statement names a run before it without a SHA-256");
  }
  found.statement = statement;
}

/** What a folder without a seal may be instead. */
function instead(folder) {
  if (folder.holds(SSH_SIGNATURE)) return `, though there is ${SSH_SIGNATURE}`;
  const sealed = folder.entries.filter(({ name, regular }) => !regular && /^sealed-[0-9]{14,}$/.test(name)).at(-1);
  return sealed ? `; the evidence of an audit is in the folder ${sealed.name}` : "";
}

/** The bytes of a file, if it is there; one too large for its kind is malformed. */
async function limited(folder, name, limit) {
  if (!folder.holds(name)) return undefined;
  if (folder.length(name) > limit) fail("malformed", `${name} is larger than is read`);
  return folder.bytes(name);
}

// Steps 1 to 6.
async function openSeal(bytes, policy, question, found) {
  const bundle = readBundle(strictly("malformed", "the seal", bytes, SEAL_RULES));
  if (bundle.payloadType !== PAYLOAD_TYPE) fail("wrong-type", `the payload is of type ${quoted(bundle.payloadType)}`);
  const key = await findKey(bundle, dssePae(bundle.payloadType, bundle.payload), policy);
  found.key = key.fingerprint;
  const time = await vouchedTime(bundle, policy.authorities, question, found);
  found.timestamp = time === undefined ? undefined : shownTime(time);
  found.signer = keyStanding(key, policy, time ?? question.now);
  if (bundle.logEntries > 0) found.unchecked.push("log");
  const statement = readStatement(bundle.payload);
  found.unchecked.push(get(statement, "predicate", "previous") === undefined ? "previous-none" : "previous-there");
  return { statement, payload: bundle.payload, key };
}

function strictly(outcome, what, bytes, rules) {
  try {
    return parseJson(bytes, rules);
  } catch (error) {
    if (error instanceof Unreadable) fail(outcome, `${what}: ${error.message}`);
    throw error;
  }
}

function readBundle(value) {
  const missing = (what) => fail("malformed", `the seal has no ${what}`);
  const media = getText(value, "mediaType") ?? missing("mediaType");
  if (media !== MEDIA_TYPE) otherMedia(media);
  if (get(value, "messageSignature") !== undefined) fail("wrong-type", "the seal signs a message, not a statement");
  const material = get(value, "verificationMaterial") ?? missing("verificationMaterial");
  if (get(material, "certificate") !== undefined || get(material, "x509CertificateChain") !== undefined) {
    fail("wrong-type", "the seal names a certificate instead of a key");
  }
  if (!(get(material, "publicKey") instanceof Map)) missing("publicKey");
  const envelope = get(value, "dsseEnvelope") ?? missing("dsseEnvelope");
  const unsigned = () => fail("unsigned", "the seal holds no signature");
  const signatures = getList(envelope, "signatures") ?? unsigned();
  if (signatures.length === 0) unsigned();
  if (signatures.length > 1) fail("malformed", "the seal has more than one signature");
  const sig = getText(signatures[0], "sig") || unsigned();
  const signature = decode64(sig) ?? missing("readable signature");
  const listed = (what, ...names) => (get(material, ...names) === undefined ? [] : getList(material, ...names) ?? missing(what));
  return {
    payload: decode64(getText(envelope, "payload") ?? "-") ?? missing("readable payload"),
    payloadType: getText(envelope, "payloadType") ?? missing("payloadType"),
    signature: signature.length === 64 ? signature : missing("signature of 64 bytes"),
    keyid: getText(signatures[0], "keyid") ?? "",
    hint: getText(material, "publicKey", "hint") ?? "",
    timestamps: timestampsIn(listed("list of timestamps", "timestampVerificationData", "rfc3161Timestamps")),
    logEntries: listed("list of log entries", "tlogEntries").length,
  };
}

/** The timestamps of a seal, in the order they stand in. */
function timestampsIn(list) {
  if (list.length > TIMESTAMPS) fail("malformed", "the seal has more timestamps than are read");
  return list.map((one) => decode64(getText(one, "signedTimestamp") ?? "-") ?? fail("malformed", "the seal has a timestamp that is none"));
}

function otherMedia(media) {
  const found = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v(\d+)\.(\d+)\+json|\+json;version=(\d+)\.(\d+))$/.exec(media);
  const [major, minor] = found ? [found[1] ?? found[3], found[2] ?? found[4]].map(Number) : [0, 3];
  const why = `the seal is of type ${quoted(media)}`;
  if (major > 0 || minor > 3) fail("newer-format", why);
  if (minor < 3) fail("older-format", why);
  fail("wrong-type", why);
}

/** Tries the trusted and the revoked keys, those the seal hints at first. Hints order the attempts and do nothing else. */
async function findKey(bundle, signed, policy) {
  const hinted = (key) => key.hint === bundle.hint || key.keyid === bundle.keyid;
  const trusted = policy.trust.keys ?? [];
  const keys = [...trusted, ...policy.revoked].sort((left, right) => hinted(right) - hinted(left));
  for (const key of keys) if (await key.verifies(signed, bundle.signature)) return key;
  const named = trusted.find(hinted);
  if (named) fail("forged", `the seal names ${named.fingerprint}, whose signature this is not`);
  const nobody = policy.trust.kind === "nobody";
  return fail("unknown-key", nobody ? "no key is trusted: give the page one" : `the seal's hint is ${quoted(bundle.hint)}`);
}

/** Step 5: whose key it is, if it is not revoked, valid then and of the signer asked for. */
function keyStanding(key, policy, now) {
  if (policy.revoked.some((revoked) => revoked.is(key))) fail("revoked", `${key.fingerprint} is on the revocation list`);
  const { kind, signers } = policy.trust;
  if (kind === "nobody") fail("unknown-key", "no key is trusted");
  if (kind === "key") {
    return policy.signer ? fail("wrong-signer", `a bare key says nothing of being ${policy.signer}'s`) : undefined;
  }
  const own = signers.filter((signer) => signer.key.is(key));
  if (own.length === 0) fail("unknown-key", "the key is not among those trusted");
  const asked = own.filter((signer) => !policy.signer || fits(signer.principals, policy.signer));
  if (asked.length === 0) fail("wrong-signer", `the key is that of ${own.map((signer) => signer.principals).join(", ")}`);
  const valid = asked.find(({ after, before }) => !(now < after) && !(now > before));
  if (!valid) fail("expired", `the key was not valid at ${shownTime(now)}`);
  return policy.signer || valid.principals;
}

/** Step 6. The payload is verified, but whoever signed it may still have written it badly. */
function readStatement(payload) {
  if (payload.length > STATEMENT_BYTES) fail("malformed", "the statement is larger than is read");
  const value = strictly("malformed", STATEMENT, payload, SEAL_RULES);
  if (get(value, "_type") !== WORDS.statementType) fail("wrong-type", "the statement is no in-toto statement of version 1");
  const kind = getText(value, "predicateType") ?? "";
  if (kind === WORDS.predicateType) return value;
  // Sealed by somebody who is trusted, and of a kind that this page has no steps for: no answer is better than a wrong one.
  if (kind === WORDS.auditType) refuse(WORDS.page.audit);
  const version = /^urn:vidimus:(?:comparison|audit):v\+?(\d+)$/.exec(kind);
  const number = version ? Number(version[1]) : 1;
  if (number === 0) fail("older-format", `the statement is of type ${kind}`);
  if (number > 1 && number <= 0xffffffff) fail("newer-format", `the statement is of type ${kind}`);
  return fail("wrong-type", `the statement is of type ${quoted(kind)}`);
}

function judgeUnlisted(question, found) {
  const strangers = found.files.filter((file) => file.status === "unlisted").map((file) => file.name);
  if (strangers.length === 0) return;
  const list = `not sealed: ${strangers.join(", ")}`;
  if (question.strict) fail("unlisted-file", list);
  found.notes.push(list);
}

function judgeAge(statement, question, found) {
  const told = getText(statement, "predicate", "generatedAt");
  const made = civil(told ?? "");
  if (made === undefined) {
    const readable = told !== undefined && /^\d{4}-\d\d-\d\d[Tt ]/.test(told) && Number.isFinite(Date.parse(told));
    fail("malformed", `the statement does not say ${readable ? "in whole seconds of UTC " : ""}when it was made`);
  }
  const age = question.now - made;
  const now = shownTime(question.now);
  if (age < -SKEW) found.notes.push(`the signer's clock said ${told}, which is after the time judged at, ${now}`);
  if (question.maxAge === undefined) return;
  // A seal from the future would never grow old.
  if (age < -SKEW) fail("stale", `made at ${told}, after ${now}: it has no age`);
  if (age > question.maxAge) fail("stale", `made at ${told}`);
}
