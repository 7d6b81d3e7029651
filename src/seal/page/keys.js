// Keys and signatures: what src/seal/keys.rs, dsse.rs and sshsig.rs do, with the browser's Ed25519 and SHA-2.

const SPKI = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const NAMESPACE = "vidimus-manifest";
const SSH_BEGIN = "-----BEGIN SSH SIGNATURE-----";
const SSH_END = "-----END SSH SIGNATURE-----";

const bytesOf = (text) => new TextEncoder().encode(text);
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const sha = async (algorithm, bytes) => new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
const sha256 = (bytes) => sha("SHA-256", bytes);

function equal(left, right) {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function encode64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** Reads either alphabet, with padding; white space and bits left over are refused, so that there is one reading only. */
function decode64(text) {
  const url = /[-_]/.test(text);
  if (url && /[+/]/.test(text)) return undefined;
  const standard = url ? text.replaceAll("-", "+").replaceAll("_", "/") : text;
  if (standard.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(standard)) return undefined;
  let decoded;
  try {
    decoded = atob(standard);
  } catch {
    return undefined;
  }
  const bytes = Uint8Array.from(decoded, (sign) => sign.charCodeAt(0));
  return encode64(bytes) === standard ? bytes : undefined;
}

const P = (1n << 255n) - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

function power(base, exponent) {
  let result = 1n;
  for (let rest = exponent, square = base; rest > 0n; rest >>= 1n, square = (square * square) % P) {
    if (rest & 1n) result = (result * square) % P;
  }
  return result;
}

/** The second coordinate of an encoded point. */
function ordinate(bytes) {
  const masked = [...bytes.subarray(0, 31), bytes[31] & 0x7f];
  return BigInt(`0x${hex(masked.reverse())}`) % P;
}

// The points of the curve whose eightfold is nothing: under such a key anything verifies.
const EIGHTH = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const WEAK = [0n, 1n, P - 1n, EIGHTH, P - EIGHTH];
const isWeak = (bytes) => WEAK.includes(ordinate(bytes));

function isPoint(bytes) {
  const square = (ordinate(bytes) ** 2n) % P;
  const [above, below] = [(square + P - 1n) % P, (D * square + 1n) % P];
  const abscissa = (above * power(below, P - 2n)) % P;
  return abscissa === 0n || power(abscissa, (P - 1n) / 2n) === 1n;
}

function sshString(bytes) {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return joined(length, bytes);
}

/** Takes apart what OpenSSH writes: numbers, and texts with their lengths. */
class WireReader {
  constructor(bytes) { this.bytes = bytes; }

  number() {
    if (this.bytes.length < 4) return undefined;
    const number = new DataView(this.bytes.buffer, this.bytes.byteOffset).getUint32(0);
    this.bytes = this.bytes.subarray(4);
    return number;
  }

  string() {
    const length = this.number();
    if (length === undefined || length > this.bytes.length) return undefined;
    const string = this.bytes.subarray(0, length);
    this.bytes = this.bytes.subarray(length);
    return string;
  }
}

/** A public key that is a point of the curve and no weak one, with the names it goes by. */
class PublicKey {
  static async of(bytes) {
    if (bytes.length !== 32 || !isPoint(bytes) || isWeak(bytes)) return undefined;
    const key = new PublicKey();
    key.bytes = bytes;
    key.wire = joined(sshString(bytesOf("ssh-ed25519")), sshString(bytes));
    key.native = await crypto.subtle.importKey("raw", bytes, { name: "Ed25519" }, true, ["verify"]);
    const form = `{"keytype":"ed25519","keyval":{"public":"${hex(bytes)}"},"scheme":"ed25519"}`;
    key.keyid = hex(await sha256(bytesOf(form)));
    key.hint = encode64(await sha256(joined(SPKI, bytes)));
    key.fingerprint = `SHA256:${encode64(await sha256(key.wire)).replaceAll("=", "")}`;
    return key;
  }

  static async fromWire(wire) {
    const reader = new WireReader(wire);
    const [kind, bytes] = [reader.string(), reader.string()];
    const ours = kind && bytes && equal(kind, bytesOf("ssh-ed25519")) && reader.bytes.length === 0;
    return ours ? PublicKey.of(bytes.slice()) : undefined;
  }

  static async fromPem(pem) {
    const body = /^-----BEGIN PUBLIC KEY-----([\s\S]*)-----END PUBLIC KEY-----$/.exec(pem.replace(/^[ \t\n\f\r]+|[ \t\n\f\r]+$/g, ""));
    const der = body && decode64(body[1].replace(/[ \t\n\f\r]+/g, ""));
    const ours = der && der.length === 44 && equal(der.subarray(0, 12), SPKI);
    return ours ? PublicKey.of(der.slice(12)) : undefined;
  }

  is(other) { return equal(this.bytes, other.bytes); }

  /** Whether the signature is this key's, by the strict rules. */
  async verifies(bytes, signature) {
    if (isWeak(signature.subarray(0, 32))) return false;
    return crypto.subtle.verify({ name: "Ed25519" }, this.native, signature, bytes);
  }
}

/** What a signature covers: type and payload with their lengths in bytes. */
function dssePae(type, payload) {
  const kind = bytesOf(type);
  const head = joined(bytesOf(`DSSEv1 ${kind.length} `), kind, bytesOf(` ${payload.length} `));
  const all = new Uint8Array(head.length + payload.length);
  all.set(head);
  all.set(payload, head.length);
  return all;
}

/** Whether the text is the key's OpenSSH signature over the payload, in the one form it is written in. */
async function sshSignatureFits(text, payload, key) {
  const body = text.trim();
  if (!body.startsWith(SSH_BEGIN) || !body.endsWith(SSH_END)) return false;
  const blob = decode64(body.slice(SSH_BEGIN.length, -SSH_END.length).replace(/[ \t\n\f\r]+/g, ""));
  if (!blob || blob.length < 6 || !equal(blob.subarray(0, 6), bytesOf("SSHSIG"))) return false;
  const reader = new WireReader(blob.subarray(6));
  reader.number();
  const inner = [1, 2, 3, 4, 5].map(() => reader.string()).pop();
  const signature = inner && new WireReader(inner);
  signature?.string();
  const raw = signature?.string();
  if (!raw || raw.length !== 64) return false;
  const fields = [bytesOf(NAMESPACE), [], bytesOf("sha512")];
  const signed = joined(bytesOf("SSHSIG"), ...[...fields, await sha("SHA-512", payload)].map((field) => sshString(field)));
  if (!(await key.verifies(signed, raw))) return false;
  // Whatever else the file may say, it has to be the very text that is written for this signature.
  const wire = [key.wire, ...fields, joined(sshString(bytesOf("ssh-ed25519")), sshString(raw))];
  const written = encode64(joined(bytesOf("SSHSIG"), [0, 0, 0, 1], ...wire.map((field) => sshString(field))));
  return text === `${[SSH_BEGIN, ...written.match(/.{1,70}/g), SSH_END].join("\n")}\n`;
}
