// Certificates of timestamp authorities (RFC 5280) and the signatures they stand behind, by the browser's RSA, ECDSA and Ed25519:
// what src/seal/timestamp/authority.rs does with webpki. What cannot be checked here is trouble, never an answer.

const CERTIFICATES_BYTES = 1 << 20;
const CERTIFICATES = 64;
const PATH = 6;
const ATTEMPTS = 100;

const SHA256 = "608648016503040201";
const HASHES = { [SHA256]: "SHA-256", "608648016503040202": "SHA-384", "608648016503040203": "SHA-512" };
const [RSA, RSA_PSS, EC, ED25519] = ["2a864886f70d010101", "2a864886f70d01010a", "2a8648ce3d0201", "2b6570"];
const CURVES = { "2a8648ce3d030107": ["P-256", 32], "2b81040022": ["P-384", 48], "2b81040023": ["P-521", 66] };
// How certificates are signed: the kind of key, and the hash.
const SIGNED_WITH = {
  "2a864886f70d01010b": [RSA, "SHA-256"], "2a864886f70d01010c": [RSA, "SHA-384"], "2a864886f70d01010d": [RSA, "SHA-512"],
  "2a8648ce3d040302": [EC, "SHA-256"], "2a8648ce3d040303": [EC, "SHA-384"], "2a8648ce3d040304": [EC, "SHA-512"],
  [ED25519]: [ED25519, "SHA-512"],
};
const [KEY_ID, BASIC, NAMES, USAGE] = ["551d0e", "551d13", "551d1e", "551d25"];
// What a critical extension may be: use of the key, names, authority, names below it, lists of revoked ones, use.
const UNDERSTOOD = ["551d0f", "551d11", BASIC, NAMES, "551d1f", USAGE];
const TIME_STAMPING = "2b06010505070308";

/** A certificate, taken apart; nothing where it cannot be read. */
function readCertificate(der) {
  const parts = derSequence(der);
  const body = parts?.length === 3 && parts[0].tag === SEQUENCE ? derAll(parts[0].content) : undefined;
  if (!body) return undefined;
  const version = isNumbered(body[0], 0) ? body.shift() : undefined;
  const [serial, algorithm, issuer, validity, subject, key, ...more] = body;
  const shaped = serial?.tag === INTEGER && [algorithm, issuer, validity, subject, key].every((one) => one?.tag === SEQUENCE)
    && [issuer, subject].every(isDistinguishedName) && [algorithm, parts[1]].every((one) => algorithmName(one));
  const signature = derBits(parts[2]);
  const times = shaped ? derAll(validity.content)?.map(derTime) : undefined;
  const point = shaped && derSequence(key.whole)?.[1];
  const extensions = readExtensions(more.find((one) => isNumbered(one, 3)));
  if (!signature || !extensions || times?.length !== 2 || times.includes(undefined) || point?.tag !== BITS) return undefined;
  // What can be read can still be of no use: of another version than 3, or signed otherwise than it says.
  const usable = version && hex(version.content) === "020102" && equal(algorithm.whole, parts[1].whole) && !misses({ extensions });
  return { der, usable, signed: parts[0].whole, algorithm: parts[1], signature, serial: serial.content, issuer: issuer.whole,
    subject: subject.whole, key: key.whole, from: times[0], to: times[1], extensions };
}

/** Whether an element is a name: sets of pairs of a kind and a text. */
function isDistinguishedName(element) {
  const pair = (one) => {
    const parts = one.tag === SEQUENCE ? derAll(one.content) : undefined;
    return parts?.length === 2 && derName(parts[0]) !== undefined;
  };
  return derAll(element.content)?.every((set) => set.tag === SET && derAll(set.content)?.every(pair)) ?? false;
}

/** Each extension by its name: its value, and whether it is critical. */
function readExtensions(field) {
  const found = new Map();
  if (field === undefined) return found;
  for (const one of derSequence(field.content) ?? [undefined]) {
    const parts = one && derAll(one.content);
    const [name, value] = [derName(parts?.[0]), parts?.at(-1)];
    const critical = parts?.length === 3 && parts[1].tag === 1 && hex(parts[1].content) === "ff";
    if (!name || value?.tag !== OCTETS || found.has(name) || !(parts.length === 2 || critical)) return undefined;
    found.set(name, { value: value.content, critical });
  }
  return found;
}

/** The certificates of all files. */
async function chosenAuthorities(files) {
  const all = [];
  for (const file of files) {
    const own = readAuthorities(new Uint8Array(await file.arrayBuffer()));
    all.push(...own.filter((one) => !all.some((known) => equal(known.der, one.der))));
    if (all.length > CERTIFICATES) refuse(`more than ${CERTIFICATES} certificates in all`);
  }
  return all;
}

/** The certificates of a PEM file. Text between them is what openssl prints there. */
function readAuthorities(bytes) {
  if (bytes.length > CERTIFICATES_BYTES) refuse("too large for a file of certificates");
  let text;
  try {
    text = utf8(bytes);
  } catch (error) {
    throw error instanceof Unreadable ? new Trouble("no certificates in PEM form") : error;
  }
  const found = text.split("-----BEGIN CERTIFICATE-----").slice(1).map((block) => {
    const body = block.split("-----END CERTIFICATE-----");
    const der = body.length > 1 ? decode64(body[0].replace(/[ \t\n\f\r]+/g, "")) : undefined;
    return (der && readCertificate(der)) ?? refuse("no certificates in PEM form");
  });
  if (found.length === 0) refuse("no certificate in PEM form");
  return found.length > CERTIFICATES ? refuse(`more than ${CERTIFICATES} certificates`) : found;
}

const wasValid = (certificate, time) => certificate.from <= time && time <= certificate.to;
const misses = (certificate) => [...certificate.extensions].some(([name, { critical }]) => critical && !UNDERSTOOD.includes(name));

/** The uses it is for; nothing where it does not say. */
function usesOf(certificate) {
  const usage = certificate.extensions.get(USAGE);
  return usage && { critical: usage.critical, names: derSequence(usage.value)?.map(derName) ?? [] };
}

/** Whether it is one of an authority, and how many may stand below it. */
function authorityOf(certificate) {
  const basic = certificate.extensions.get(BASIC);
  const parts = basic && derSequence(basic.value);
  const is = parts?.[0]?.tag === 1 && parts[0].content[0] === 0xff;
  const most = is && parts[1]?.tag === INTEGER ? parts[1].content.reduce((sum, digit) => sum * 256 + digit, 0) : Infinity;
  return { is, most };
}

/** Whether a pinned certificate is one that issues others: the pinned certificate of an authority itself vouches for nobody else. */
function issuesOthers(certificate) {
  // Roots of the first version of certificates say nothing of it.
  return certificate.extensions.has(BASIC) ? authorityOf(certificate).is : equal(certificate.subject, certificate.issuer);
}

/** Whether the key (SPKI) signed the bytes. A hash, and for RSA whether it is RSA-PSS, come with the signature; all else is the key's. */
async function keySigned(key, { hash, pss }, signature, bytes) {
  const [algorithm, point] = derSequence(key) ?? [];
  const [kind, curve] = (algorithm && derAll(algorithm.content)) ?? [];
  const name = derName(kind);
  if (name === RSA) return rsaSigned(key, derBits(point), { hash, pss }, signature, bytes);
  if (name === RSA_PSS && pss) {
    const plain = plainRsa(algorithm, point, hash);
    return plain !== undefined && rsaSigned(plain, derBits(point), { hash, pss }, signature, bytes);
  }
  if (pss || name === RSA_PSS) return false;
  if (name === ED25519) return hash === "SHA-512" && browserVerifies(key, { name: "Ed25519" }, {}, signature, bytes);
  const [named, size] = (name === EC && CURVES[derName(curve)]) || [];
  if (!named) return false;
  const numbers = derSequence(signature);
  if (numbers?.length !== 2 || numbers.some((one) => one.tag !== INTEGER || one.content.length === 0)) return false;
  const plain = new Uint8Array(2 * size);
  for (const [at, { content }] of numbers.entries()) {
    const digits = content[0] === 0 ? content.subarray(1) : content;
    if (content[0] > 0x7f || digits.length > size) return false;
    plain.set(digits, (at + 1) * size - digits.length);
  }
  return browserVerifies(key, { name: "ECDSA", namedCurve: named }, { hash }, plain, bytes);
}

/** How RSA-PSS with a hash is named, with its parameters (RFC 4055), in hexadecimal. */
const pssOf = (hash, salt) => `06092a864886f70d01010a3034a00f300d0609${hash}0500a11c301a06092a864886f70d010108300d0609${hash}0500a2030201${salt}`;
const PSS_NAMES = { "SHA-256": pssOf(SHA256, "20"), "SHA-384": pssOf("608648016503040202", "30"), "SHA-512": pssOf("608648016503040203", "40") };

/** A key that is for RSA-PSS alone, as one for RSA in general, which is what browsers take; nothing where it is for another hash. */
function plainRsa(algorithm, point, hash) {
  const named = hex(algorithm.content);
  if (named !== `0609${RSA_PSS}` && named !== PSS_NAMES[hash]) return undefined;
  const body = joined([0x30, 0x0d, 6, 9], RSA.match(/../g).map((pair) => Number.parseInt(pair, 16)), [5, 0], point.whole);
  const length = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return joined([0x30], body.length < 128 ? [body.length] : length, body);
}

async function rsaSigned(key, point, { hash, pss }, signature, bytes) {
  const [modulus] = (point && derSequence(point)) ?? [];
  const digits = modulus?.tag === INTEGER ? modulus.content.subarray(modulus.content[0] === 0 ? 1 : 0) : [];
  const size = digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24;
  if (size < 2048 || size > 8192) return false;
  const salt = { "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 }[hash];
  return browserVerifies(key, { name: pss ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash }, { saltLength: salt }, signature, bytes);
}

async function browserVerifies(key, algorithm, more, signature, bytes) {
  let own;
  try {
    own = await crypto.subtle.importKey("spki", key, algorithm, true, ["verify"]);
  } catch (error) {
    if (error.name !== "NotSupportedError") return false;
    const what = algorithm.namedCurve ?? algorithm.name;
    return refuse(`the seal carries a timestamp, and this browser cannot check signatures by ${what}: use vidimus verify`);
  }
  return crypto.subtle.verify({ ...algorithm, ...more }, own, signature, bytes);
}

/** Whether one certificate is signed by the key of another. */
async function issued(key, certificate) {
  const name = algorithmName(certificate.algorithm);
  if (name === RSA_PSS) {
    // Its parameters begin with the hash; without them it would be SHA-1.
    const parameters = derAll(certificate.algorithm.content)?.[1];
    const given = parameters?.tag === SEQUENCE ? derAll(parameters.content)?.find((one) => isNumbered(one, 0)) : undefined;
    const hash = HASHES[given && derName(derSequence(given.content)?.[0])];
    return hash !== undefined && keySigned(key, { hash, pss: true }, certificate.signature, certificate.signed);
  }
  const [kind, hash] = SIGNED_WITH[name] ?? [];
  const own = algorithmName(derSequence(key)[0]);
  return kind === own && keySigned(key, { hash, pss: false }, certificate.signature, certificate.signed);
}

/** Looks for a way from a certificate to a pinned one, by way of others: "found", "expired" where only one out of date stands between, "none". */
async function wayTo(certificate, pinned, between, time) {
  const state = { expired: false, left: ATTEMPTS };
  const step = async (own, below, path) => {
    for (const anchor of pinned) {
      if (!issuesOthers(anchor) || !equal(anchor.subject, own.issuer) || state.left === 0) continue;
      state.left -= 1;
      if (!(await issued(anchor.key, own))) continue;
      if (anchor.extensions.has(NAMES)) refuse("the certificate that the timestamp leads to limits names, which this page does not check: use vidimus verify");
      return true;
    }
    if (path.length >= PATH) return false;
    for (const next of between) {
      const seen = path.some((one) => equal(one.subject, next.subject) && equal(one.key, next.key));
      if (seen || !equal(next.subject, own.issuer) || !next.usable) continue;
      if (!wasValid(next, time)) {
        state.expired = true;
        continue;
      }
      const { is, most } = authorityOf(next);
      const uses = usesOf(next);
      if (!is || below > most || (uses && !uses.names.includes(TIME_STAMPING)) || state.left === 0) continue;
      state.left -= 1;
      if (!(await issued(next.key, own))) continue;
      if (next.extensions.has(NAMES)) refuse("a certificate behind the timestamp limits names, which this page does not check: use vidimus verify");
      if (await step(next, below + 1, [...path, next])) return true;
    }
    return false;
  };
  if (await step(certificate, 0, [certificate])) return "found";
  return state.expired ? "expired" : "none";
}
