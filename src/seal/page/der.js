// DER, as certificates and timestamps are written in it: bytes in, elements out. One reading only, as src/seal/timestamp/token.rs.

const UNIVERSAL = [1, 2, 3, 4, 5, 6, 9, 10, 12, 18, 19, 20, 21, 22, 23, 24, 26, 29, 30, 0x30, 0x31];
const [INTEGER, BITS, OCTETS, NAMED, SEQUENCE, SET] = [2, 3, 4, 6, 0x30, 0x31];
const [UTC_TIME, FULL_TIME] = [0x17, 0x18];

/** The element that begins at `at`: its tag, its content and all of its bytes; nothing where there is none. */
function derAt(bytes, at) {
  const tag = bytes[at];
  if (tag === undefined || (tag < 0x40 ? !UNIVERSAL.includes(tag) : (tag & 0x1f) === 0x1f)) return undefined;
  let length = bytes[at + 1];
  let from = at + 2;
  if (length === undefined || length === 0x80 || length > 0x84) return undefined;
  if (length > 0x80) {
    const digits = bytes.subarray(from, from + length - 0x80);
    if (digits.length < length - 0x80 || digits[0] === 0) return undefined;
    from += digits.length;
    length = digits.reduce((sum, digit) => sum * 256 + digit, 0);
    if (length < 0x80) return undefined;
  }
  if (from + length > bytes.length) return undefined;
  return { tag, content: bytes.subarray(from, from + length), whole: bytes.subarray(at, from + length) };
}

/** The elements that stand one after the other; nothing where something else stands there too. */
function derAll(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const one = derAt(bytes, at);
    if (!one) return undefined;
    found.push(one);
    at += one.whole.length;
  }
  return found;
}

/** The one element that is all there is, if it has this tag. */
function derOnly(bytes, tag) {
  const one = derAt(bytes, 0);
  return one?.tag === tag && one.whole.length === bytes.length ? one : undefined;
}

/** The elements of a SEQUENCE that is all there is. */
function derSequence(bytes) {
  const whole = derOnly(bytes, SEQUENCE);
  return whole && derAll(whole.content);
}

const isNumbered = (element, number) => element !== undefined && (element.tag & 0xdf) === 0x80 + number;
/** The name of a kind, in hexadecimal; nothing where the element is no name. */
const derName = (element) => (element?.tag === NAMED && element.content.at(-1) < 0x80 ? hex(element.content) : undefined);
/** The name an algorithm goes by, without its parameters. */
const algorithmName = (element) => derName(derAll(element.content)?.[0]);

/** The bytes of a BIT STRING of whole bytes. */
function derBits(element) {
  return element?.tag === BITS && element.content[0] === 0 ? element.content.subarray(1) : undefined;
}

/** A time in seconds, rounded up; nothing where it is none. */
function derTime(element) {
  const text = String.fromCharCode(...(element?.content.subarray(0, 40) ?? []));
  const short = element?.tag === UTC_TIME && /^\d{12}Z$/.test(text);
  const [, digits, fraction] = /^(\d{14})(?:\.(\d{1,9}))?Z$/.exec(short ? `${text < "5" ? 20 : 19}${text}` : text) ?? [];
  if (!digits || !(short || element.tag === FULL_TIME)) return undefined;
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  const [year, month, day, hour, minute, second] = parts;
  const seconds = civil(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return seconds === undefined ? undefined : seconds + (/[1-9]/.test(fraction ?? "") ? 1 : 0);
}
