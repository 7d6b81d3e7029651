// Deflate and gzip undone (RFC 1951, RFC 1952). Browsers can, but do not say where a packed stream ends, and in an archive every record
// is a stream of its own. What comes out is counted, never what was promised.

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** What is packed cannot be unpacked: why, in one clause. */
class Unpackable extends Error {}

class Inflater {
  /** Reads `bytes` from `at` on; at most `limit` bytes may come out. */
  constructor(bytes, at, limit) {
    Object.assign(this, { bytes, at, limit, hold: 0, held: 0, length: 0, out: new Uint8Array(Math.min(limit, 1 << 16)) });
  }

  bits(count) {
    while (this.held < count) {
      if (this.at >= this.bytes.length) throw new Unpackable("it ends too early");
      this.hold |= this.bytes[this.at] << this.held;
      this.at += 1;
      this.held += 8;
    }
    const found = this.hold & ((1 << count) - 1);
    this.hold >>>= count;
    this.held -= count;
    return found;
  }

  put(byte) {
    if (this.length === this.out.length) {
      if (this.length >= this.limit) throw new Unpackable("more comes out than is read");
      const more = new Uint8Array(Math.min(this.limit, this.length * 2));
      more.set(this.out);
      this.out = more;
    }
    this.out[this.length] = byte;
    this.length += 1;
  }

  symbol({ counts, symbols }) {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= 15; length += 1) {
      code |= this.bits(1);
      const count = counts[length];
      if (code - count < first) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Unpackable("a code stands for nothing");
  }

  stored() {
    [this.hold, this.held] = [0, 0];
    const [low, high, notLow, notHigh] = this.bytes.subarray(this.at, this.at + 4);
    const length = low | (high << 8);
    if (notHigh === undefined || (length ^ (notLow | (notHigh << 8))) !== 0xffff) throw new Unpackable("a length is damaged");
    this.at += 4;
    if (this.at + length > this.bytes.length) throw new Unpackable("it ends too early");
    for (let index = 0; index < length; index += 1) this.put(this.bytes[this.at + index]);
    this.at += length;
  }

  tables() {
    const [literals, distances, lengths] = [this.bits(5) + 257, this.bits(5) + 1, this.bits(4) + 4];
    const sizes = new Array(19).fill(0);
    for (let index = 0; index < lengths; index += 1) sizes[CODE_ORDER[index]] = this.bits(3);
    const codes = codesOf(sizes);
    const all = [];
    while (all.length < literals + distances) {
      const symbol = this.symbol(codes);
      if (symbol < 16) all.push(symbol);
      else {
        if (symbol === 16 && all.length === 0) throw new Unpackable("a length repeats nothing");
        const size = symbol === 16 ? all.at(-1) : 0;
        const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
        for (let count = 0; count < times; count += 1) all.push(size);
      }
    }
    if (all.length > literals + distances || all[256] === 0) throw new Unpackable("its table of codes is damaged");
    return [codesOf(all.slice(0, literals)), codesOf(all.slice(literals))];
  }

  block(literals, distances) {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.put(symbol);
        continue;
      }
      if (symbol > 285) throw new Unpackable("a code stands for nothing");
      const length = LENGTHS[symbol - 257] + this.bits(LENGTH_BITS[symbol - 257]);
      const far = this.symbol(distances);
      if (far > 29) throw new Unpackable("a code stands for nothing");
      const distance = DISTANCES[far] + this.bits(far < 4 ? 0 : (far >> 1) - 1);
      if (distance > this.length) throw new Unpackable("it repeats what is not there");
      for (let count = 0; count < length; count += 1) this.put(this.out[this.length - distance]);
    }
  }

  /** Everything up to the last block; `at` is where the stream ends. */
  all() {
    for (let last = 0; last === 0;) {
      last = this.bits(1);
      const kind = this.bits(2);
      if (kind === 0) this.stored();
      else if (kind === 1) this.block(FIXED, FIXED_DISTANCES);
      else if (kind === 2) this.block(...this.tables());
      else throw new Unpackable("a block is of no kind");
    }
    return this.out.slice(0, this.length);
  }
}

/** Canonical codes: how many there are of each length, and the symbols in the order of their codes. */
function codesOf(sizes) {
  const counts = new Array(16).fill(0);
  for (const size of sizes) counts[size] += 1;
  counts[0] = 0;
  let left = 1;
  for (const count of counts.slice(1)) {
    left = left * 2 - count;
    if (left < 0) throw new Unpackable("its table of codes is damaged");
  }
  const symbols = [];
  for (let size = 1; size <= 15; size += 1) sizes.forEach((own, symbol) => { if (own === size) symbols.push(symbol); });
  return { counts, symbols };
}

const FIXED = codesOf(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8)));
const FIXED_DISTANCES = codesOf(new Array(30).fill(5));

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = CRC[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** The gzip member that begins at `at`: what is in it, and where the next one begins. */
function gunzip(bytes, at, limit) {
  const flags = bytes[at + 3];
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8 || flags > 31) throw new Unpackable("it is no gzip");
  let from = at + 10;
  if (flags & 4) from += 2 + bytes[from] + (bytes[from + 1] << 8);
  for (const text of [8, 16]) {
    if (flags & text) from = bytes.indexOf(0, from) < 0 ? bytes.length : bytes.indexOf(0, from) + 1;
  }
  if (flags & 2) from += 2;
  const inflater = new Inflater(bytes, from, limit);
  const out = inflater.all();
  const end = inflater.at + 8;
  if (!(end <= bytes.length)) throw new Unpackable("it ends too early");
  const tail = new DataView(bytes.buffer, bytes.byteOffset + inflater.at, 8);
  if (tail.getUint32(0, true) !== crc32(out) || tail.getUint32(4, true) !== out.length % 2 ** 32) throw new Unpackable("its checksum is another");
  return { out, end };
}
