// Timestamps (RFC 3161): an authority's word that it saw a signature, and when. Step for step what src/seal/timestamp/token.rs and
// authority.rs do, in the same words.

const TOKEN_BYTES = 256 * 1024;
const TOKEN_CERTIFICATES = 16;
const [SIGNED_DATA, TST_INFO] = ["2a864886f70d010702", "2a864886f70d0109100104"];
const [CONTENT_TYPE, MESSAGE_DIGEST] = ["2a864886f70d010903", "2a864886f70d010904"];
const [CERTIFICATE_V1, CERTIFICATE_V2] = ["2a864886f70d010910020c", "2a864886f70d010910022f"];

/** The earliest time a pinned authority vouches for, if one does. A token that does not fit the signature fails, pinned or not. */
async function vouchedTime(bundle, authorities, question, found) {
  let earliest;
  const digests = await digestsOf(bundle.signature);
  for (const token of bundle.timestamps) {
    const { time, unpinned } = await weighToken(readToken(token), digests, authorities);
    if (unpinned) found.notes.push(`a timestamp counts as none: ${unpinned}`);
    else earliest = Math.min(time, earliest ?? time);
  }
  if (earliest !== undefined) return earliest;
  if (question.requireTimestamp) fail("no-timestamp", bundle.timestamps.length === 0 ? "the seal carries none" : "none that counts");
  found.notes.push("no timestamp: when this was sealed rests on the signer's word");
  return undefined;
}

const badToken = (why) => fail("timestamp-invalid", why);

/** The digests of some bytes by the names of their algorithms, for those that still hold. */
async function digestsOf(bytes) {
  const all = Object.entries(HASHES).map(async ([name, hash]) => [name, await sha(hash, bytes)]);
  return new Map(await Promise.all(all));
}

/** A token, taken apart. What it is about and who signed it is not looked at. */
function readToken(answer) {
  if (answer.length > TOKEN_BYTES) badToken("the token is larger than is read");
  const { content, certificates, infos } = tokenParts(grantedToken(answer)) ?? badToken("the token cannot be read");
  if (infos.length !== 1) badToken("the token does not have exactly one signature");
  const info = readInfo(infos[0]) ?? badToken("the token cannot be read");
  return { content, info, certificates };
}

/** The token in an answer, if it was granted; a bare token is itself. */
function grantedToken(answer) {
  const none = () => badToken("the answer is none of a timestamp authority");
  const [first, ...rest] = derSequence(answer) ?? none();
  if (first === undefined) none();
  if (first.tag === NAMED) return answer;
  const [status] = derAll(first.content) ?? none();
  if (status?.tag !== INTEGER) none();
  if (!["00", "01"].includes(hex(status.content))) badToken("the authority refused");
  return rest.length === 1 ? rest[0].whole : badToken("the authority's answer holds no token");
}

/** Content, certificates and signatures: `ContentInfo` around `SignedData` around `TSTInfo`. */
function tokenParts(token) {
  const [kind, data, ...none] = derSequence(token) ?? [];
  if (derName(kind) !== SIGNED_DATA || !isNumbered(data, 0) || none.length > 0) return undefined;
  const parts = derSequence(data.content);
  if (!parts || parts.length < 4) return undefined;
  const [inner, wrapped, ...more] = derAll(parts[2].content) ?? [];
  if (derName(inner) !== TST_INFO || !isNumbered(wrapped, 0) || more.length > 0) return undefined;
  const content = derOnly(wrapped.content, OCTETS)?.content;
  const set = parts.slice(3, -1).find((part) => isNumbered(part, 0));
  const certificates = set ? derAll(set.content) : [];
  const infos = parts.at(-1).tag === SET ? derAll(parts.at(-1).content) : undefined;
  return content && certificates && infos ? { content, certificates, infos } : undefined;
}

/** A signature over a token (`SignerInfo`, RFC 5652). */
function readInfo(element) {
  const [, sid, hash, attributes, algorithm, signature] = derAll(element.content) ?? [];
  if (!isNumbered(attributes, 0) || signature?.tag !== OCTETS) return undefined;
  const names = sid.tag === SEQUENCE ? derAll(sid.content) : undefined;
  const bySerial = names?.length === 2 ? { issuer: names[0].whole, serial: names[1].content } : undefined;
  const byKey = isNumbered(sid, 0) ? { key: sid.content } : undefined;
  const [of, by] = [algorithmName(hash), algorithmName(algorithm)];
  // What is signed is not the attributes as they stand there but the same as a SET (RFC 5652, section 5.4).
  const signed = Uint8Array.from(attributes.whole);
  signed[0] = SET;
  const list = derAll(attributes.content);
  if (!(bySerial ?? byKey) || !of || !by || !list) return undefined;
  return { sid: bySerial ?? byKey, hash: of, algorithm: by, signed, attributes: list, signature: signature.content };
}

/** The values of the attributes of one kind. */
function attributesOf(info, kind) {
  return info.attributes.flatMap((attribute) => {
    const parts = derAll(attribute.content);
    return parts?.length === 2 && derName(parts[0]) === kind ? derAll(parts[1].content) ?? [] : [];
  });
}

/** The attributes that are signed bind the content, its type and the certificate. */
async function attributesFit(info, content) {
  const kinds = attributesOf(info, CONTENT_TYPE);
  if (kinds.length !== 1) badToken("the token's signature does not say of what it is");
  if (derName(kinds[0]) !== TST_INFO) badToken("the token's signature is over another kind of content");
  const own = HASHES[info.hash] ? await sha(HASHES[info.hash], content) : badToken("the token's hash is not SHA-256, SHA-384 or SHA-512");
  const digests = attributesOf(info, MESSAGE_DIGEST);
  const fit = digests.length === 1 && digests[0].tag === OCTETS && equal(digests[0].content, own);
  if (!fit) badToken("the token's signature is over another content");
  if ([CERTIFICATE_V1, CERTIFICATE_V2].every((kind) => attributesOf(info, kind).length === 0)) {
    badToken("the token's signature does not name its certificate");
  }
}

/** The time of `TSTInfo` by the authority's clock, and as much later as that may be wrong. It must be about the bytes with these digests. */
function tokenTime(content, digests) {
  const broken = () => badToken("the timestamp cannot be read");
  const [version, policy, imprint, serial, time, ...rest] = derSequence(content) ?? broken();
  const shaped = version?.tag === INTEGER && hex(version.content) === "01" && policy?.tag === NAMED && serial?.tag === INTEGER
    && time?.tag === FULL_TIME;
  if (!shaped) broken();
  const [algorithm, digest, ...none] = derAll(imprint.content) ?? broken();
  if (digest === undefined || none.length > 0) broken();
  const own = digests.get(algorithmName(algorithm) ?? broken()) ?? badToken("the timestamp is not over SHA-256, SHA-384 or SHA-512");
  if (digest.tag !== OCTETS || !equal(digest.content, own)) badToken("the timestamp is one over something else than this signature");
  const critical = (extension) => derAll(extension.content)?.some((part) => part.tag === 1) ?? true;
  if (rest.some((part) => isNumbered(part, 1) && (derAll(part.content)?.some(critical) ?? true))) {
    badToken("the timestamp has a critical extension, which is not known here");
  }
  const accuracy = rest.find((part) => part.tag === SEQUENCE);
  const wrong = accuracy ? wrongBy(accuracy) ?? broken() : 0;
  const told = derTime(time) ?? broken();
  return { time: told, latest: told + wrong };
}

/** By how many seconds the authority says it may be wrong, rounded up: no sooner than then is it true that the bytes existed. */
function wrongBy(accuracy) {
  let seconds = 0;
  for (const part of derAll(accuracy.content) ?? [undefined]) {
    if (!part || part.content.length === 0 || part.content.length > 4 || part.content[0] > 0x7f) return undefined;
    const number = part.content.reduce((sum, byte) => sum * 256 + byte, 0);
    const fraction = [0, 1].some((place) => isNumbered(part, place)) && number >= 1 && number < 1000;
    if (part.tag !== INTEGER && !fraction) return undefined;
    seconds += part.tag === INTEGER ? number : 1;
  }
  return seconds;
}

function tokenCertificates(elements) {
  if (elements.length > TOKEN_CERTIFICATES) badToken(`the token brings more than ${TOKEN_CERTIFICATES} certificates`);
  return elements.filter((one) => one.tag === SEQUENCE)
    .map((one) => readCertificate(one.whole) ?? badToken("a certificate in the token cannot be read"));
}

/** Whether the signature names this certificate as its own. */
function namesAsOwn({ sid }, certificate) {
  if (sid.issuer) return equal(sid.issuer, certificate.issuer) && equal(sid.serial, certificate.serial);
  const id = certificate.extensions.get(KEY_ID);
  const own = id && derOnly(id.value, OCTETS);
  return own !== undefined && equal(own.content, sid.key);
}

/** Whether the signature names a certificate by its hash, and another one than this. The older attribute has SHA-1, by which nothing is
 * told apart any more; the certificate's key is what counts then. */
async function namesAnother(info, certificate) {
  const named = attributesOf(info, CERTIFICATE_V2);
  if (named.length === 0) return false;
  const list = derAll(named[0].content);
  const first = list?.[0] && derAll(list[0].content)?.[0];
  const parts = (first && derAll(first.content)) ?? [];
  const [name, digest] = parts[0]?.tag === OCTETS ? [SHA256, parts[0]] : [parts[0] && algorithmName(parts[0]), parts[1]];
  if (named.length !== 1 || digest?.tag !== OCTETS || !HASHES[name]) return true;
  return !equal(await sha(HASHES[name], certificate.der), digest.content);
}

/** Who stands behind a token about the bytes with these digests: the time where a pinned certificate does, otherwise why none does. */
async function weighToken({ content, info, certificates }, digests, pinned) {
  await attributesFit(info, content);
  const { time, latest } = tokenTime(content, digests);
  const brought = tokenCertificates(certificates);
  const signer = brought.find((one) => namesAsOwn(info, one)) ?? pinned.find((one) => namesAsOwn(info, one));
  if (!signer) return { unpinned: "the token does not bring its certificate" };
  if (await namesAnother(info, signer)) badToken("the token's signature names another certificate");
  if (!signer.usable) badToken("the authority's certificate cannot be read");
  const by = { hash: HASHES[info.hash], pss: info.algorithm === RSA_PSS };
  if (!(await keySigned(signer.key, by, info.signature, info.signed))) badToken("the token's signature does not fit");
  const uses = usesOf(signer);
  if (!uses?.critical || uses.names.length !== 1 || uses.names[0] !== TIME_STAMPING) {
    badToken("the authority's certificate is not one for timestamps and nothing else");
  }
  if (!wasValid(signer, time)) badToken("the authority's certificate was not valid when it signed");
  if (pinned.some((one) => equal(one.der, signer.der))) return { time: latest };
  const unpinned = "its authority is none of those that are trusted (--tsa)";
  if (authorityOf(signer).is) return { unpinned };
  const lived = pinned.filter((one) => wasValid(one, time));
  const way = await wayTo(signer, lived, [...brought, ...lived], time);
  if (way === "expired") badToken("a certificate between the authority and the pinned one was not valid when it signed");
  return way === "found" ? { time: latest } : { unpinned };
}
