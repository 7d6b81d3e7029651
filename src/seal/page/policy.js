// Who is trusted: allowed_signers files and lists of revoked keys, as src/seal/policy.rs and policy/line.rs read them.

const POLICY_BYTES = 1 << 20;
const POLICY_LINES = 10000;
const PATTERN = 1022;
const OTHER_KINDS = ["ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"];

/** What is wrong with a policy, a folder or a browser: no outcome, since nothing can be said of the evidence. */
class Trouble extends Error {}

const refuse = (why) => { throw new Trouble(why); };

/** The text of a policy or key: UTF-8 without a byte order mark, as src/seal/policy.rs reads it. What was typed is text already. */
function policyText(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    refuse("not UTF-8 text: save it as UTF-8 without a byte order mark");
  }
  return text.startsWith("\ufeff") ? refuse("line 1: a byte order mark: save the file as UTF-8 without one") : text;
}

/** The bytes of a file that was chosen, as text; nothing where none was. */
const chosenText = async (file) => (file ? policyText(new Uint8Array(await file.arrayBuffer())) : undefined);

/** Reads whoever is trusted from a public key in PEM, one as OpenSSH keeps it, or an allowed_signers file. */
async function readTrust(text) {
  if (text === undefined) return { kind: "nobody", notes: [] };
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) refuse("this is a secret key: nobody else should have it, and it is not needed here");
  if (/^[ \t\n\f\r]*-----BEGIN/.test(text)) {
    const key = (await PublicKey.fromPem(text)) ?? refuse("no Ed25519 public key");
    return { kind: "key", keys: [key], notes: [] };
  }
  const lines = policyLines(text);
  if (lines.length === 1 && isKeyType(word(lines[0][1])[0])) {
    const { keys } = await readRevoked(text);
    return { kind: "key", keys: keys.length === 1 ? keys : refuse("no Ed25519 public key"), notes: [] };
  }
  return { kind: "signers", ...(await readSigners(lines)) };
}

async function readSigners(lines) {
  const [signers, notes] = [[], []];
  for (const [line, text] of lines) {
    const found = await inLine(line, () => signerLine(text).catch((error) => {
      throw error instanceof Trouble && isBareKey(text) ? new Trouble("a key without a principal") : error;
    }));
    if (typeof found === "string") notes.push(`line ${line}: ${found}`);
    else signers.push(found);
  }
  return { signers, keys: signers.map((signer) => signer.key), notes };
}

async function readRevoked(text) {
  const [keys, notes] = [[], []];
  for (const [line, content] of policyLines(text)) {
    const found = await inLine(line, () => listedKey(content));
    if (typeof found === "string") notes.push(`line ${line}: keys of type ${found} seal nothing`);
    else keys.push(found);
  }
  return { keys, notes };
}

/** Whether a line is a public key as OpenSSH keeps it, with nobody before it whose it would be. */
function isBareKey(line) {
  const [kind, rest] = word(line);
  const wire = isKeyType(kind) ? wireOf(word(rest)[0]) : undefined;
  const named = wire && new WireReader(wire).string();
  return named !== undefined && equal(named, bytesOf(kind));
}

async function inLine(line, read) {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Trouble ? new Trouble(`line ${line}: ${error.message}`) : error;
  }
}

/** The lines that are neither empty nor comments, counted from 1. */
function policyLines(text) {
  if (bytesOf(text).length > POLICY_BYTES || text.replace(/\n$/, "").split("\n").length > POLICY_LINES) refuse(`line ${POLICY_LINES}: the file is too large`);
  const lines = text.split("\n").map((line, index) => [index + 1, line.replace(/[ \t\r]+$/, "").replace(/^[ \t]+/, "")]);
  for (const [number, line] of lines) {
    if (line.includes("\0")) refuse(`line ${number}: a NUL byte`);
    if (line.includes("\r") && !line.startsWith("#")) refuse(`line ${number}: a carriage return inside the line`);
  }
  return lines.filter(([, line]) => line !== "" && !line.startsWith("#"));
}

const isKeyType = (text) => ["ssh-", "ecdsa-", "sk-"].some((start) => text.startsWith(start));

/** The next word and what follows. */
function word(text) {
  const [, found, rest] = /^[ \t]*([^ \t]*)([\s\S]*)$/.exec(text);
  return [found, rest];
}

async function signerLine(line) {
  const [principals, rest] = principalsOf(line);
  let options = {};
  let [kind, after] = word(rest);
  if (!isKeyType(kind)) {
    const [field, behind] = optionField(rest);
    [kind, after] = word(behind);
    options = optionsOf(field);
  }
  const [key] = word(after);
  if (kind === "" || key === "") refuse("no key");
  if (!isKeyType(kind)) refuse(`${quoted(kind)} is no kind of key`);
  if (kind !== "ssh-ed25519") return `keys of type ${kind} are not used`;
  const read = await sshKey(key);
  if (options.authority) return "certificate authorities are not used";
  if (options.namespaces !== undefined && !fits(options.namespaces, NAMESPACE)) {
    return `the line does not cover the namespace ${NAMESPACE}`;
  }
  return { principals, key: read, after: options["valid-after"], before: options["valid-before"] };
}

async function listedKey(line) {
  const [kind, rest] = word(line);
  const [key] = word(rest);
  if (kind === "ssh-ed25519") return sshKey(key);
  if (kind.includes("-cert-")) refuse(`${kind} is a certificate: list the key itself`);
  if (!OTHER_KINDS.includes(kind)) refuse("no public key as OpenSSH keeps them");
  const wire = wireOf(key);
  const named = wire && new WireReader(wire).string();
  return named && equal(named, bytesOf(kind)) ? kind : refuse(`the key is not of the type ${kind}`);
}

const wireOf = (text) => (/[-_]/.test(text) ? undefined : decode64(text));

async function sshKey(text) {
  const wire = wireOf(text) ?? refuse("the key is no base64");
  return (await PublicKey.fromWire(wire)) ?? refuse("the key is broken or weak");
}

function principalsOf(line) {
  let text;
  let rest;
  if (line.startsWith("\"")) {
    const end = line.indexOf("\"", 1);
    if (end < 0) refuse("a quotation mark is not closed");
    [text, rest] = [line.slice(1, end), line.slice(end + 1)];
  } else {
    [text, rest] = word(line);
  }
  if (text.includes("\"") || !/^([ \t]|$)/.test(rest)) refuse("quotation marks go around all principals or none");
  if (text === "") refuse("no principals");
  checkPatterns(text);
  return [text, rest];
}

function checkPatterns(text) {
  if (text.split(",").some((pattern) => bytesOf(pattern).length > PATTERN)) refuse("a pattern is too long");
}

/** The next field, spaces inside quotation marks belonging to it, and what follows. */
function optionField(text) {
  const [, field, open, rest] = /^[ \t]*((?:[^ \t"]|"[^"]*")*)("?)([\s\S]*)$/.exec(text);
  if (open) refuse("a quotation mark is not closed");
  return [field, rest];
}

function optionsOf(field) {
  if (field.includes("\\")) refuse("backslashes in options are not read");
  const options = {};
  let rest = field;
  for (;;) {
    const [, name, after] = /^([^=,]*)([\s\S]*)$/.exec(rest);
    const lower = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (lower === "cert-authority") {
      options.authority = true;
      rest = after;
    } else if (["namespaces", "valid-after", "valid-before"].includes(lower)) {
      const found = /^="([^"]*)"([\s\S]*)$/.exec(after) ?? refuse(`the value of ${lower} stands in no quotation marks`);
      if (lower === "namespaces") checkPatterns(found[1]);
      const value = lower === "namespaces" ? found[1] : policyDate(found[1]);
      if (lower in options) refuse(`the option ${lower} stands twice`);
      options[lower] = value;
      rest = found[2];
    } else {
      refuse(`unknown option ${quoted(name)}`);
    }
    if (rest === "") break;
    if (!rest.startsWith(",")) refuse(`${quoted(rest)} where a comma should stand`);
    rest = rest.slice(1);
  }
  if (options["valid-before"] <= options["valid-after"]) refuse("valid-before is not later than valid-after");
  return options;
}

/** YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS with Z or UTC, as seconds since 1970. */
function policyDate(text) {
  const [, digits, zone] = /^([\s\S]*?)(Z|z|UTC|utc)?$/.exec(text);
  const valid = /^(\d{8}|\d{12}|\d{14})$/.test(digits);
  if (zone === undefined && valid) refuse(`the date ${quoted(text)} depends on the machine's time zone: write the Z`);
  const [, year, month, day, hour = "00", minute = "00", second = "00"] =
    (zone && valid && /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?$/.exec(digits)) || refuse(`${quoted(text)} is no date`);
  const seconds = civil(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // OpenSSH takes the first second of 1970 for "no date", and so refuses it.
  return seconds > 0 ? seconds : refuse(`${quoted(text)} is no date`);
}

/** The second a time in whole seconds of UTC stands for; none where there is no such time. */
function civil(text) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined;
  const seconds = Date.parse(text) / 1000;
  return Number.isFinite(seconds) && shownTime(seconds) === text ? seconds : undefined;
}

const shownTime = (seconds) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

/** A text with a sign for each of its bytes: OpenSSH compares bytes, so that a question mark stands for one of them. */
const octets = (text) => Array.from(bytesOf(text), (byte) => String.fromCharCode(byte)).join("");

/** Whether one of the comma-separated patterns fits and none that begins with an exclamation mark does. */
function fits(listed, asked) {
  const [patterns, text] = [octets(listed), octets(asked)];
  const all = patterns.split(",");
  const refused = all.some((pattern) => pattern.startsWith("!") && glob(pattern.slice(1), text));
  return !refused && all.some((pattern) => !pattern.startsWith("!") && glob(pattern, text));
}

/** An asterisk stands for any run, a question mark for any one; only the last asterisk is kept to go back to. */
function glob(pattern, text) {
  let [at, position, star, seen] = [0, 0, -1, 0];
  while (position < text.length) {
    if (pattern[at] === "*") {
      [star, seen] = [at, position];
      at += 1;
    } else if (pattern[at] === "?" || pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      seen += 1;
      [at, position] = [star + 1, seen];
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
