// The minisign sidecar, as src/seal/minisign.rs has it. Browsers have no BLAKE2b (RFC 7693), so it is here.

const BLAKE_START = [0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n, 0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n];
const BLAKE_ORDER = ["0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
  "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0"]
  .map((row) => [...row].map((digit) => Number.parseInt(digit, 16)));
const BLAKE_STEPS = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13],
  [3, 4, 9, 14]];

/** The BLAKE2b digest of 64 bytes, without a key. */
function blake2b512(bytes) {
  const state = BigUint64Array.from(BLAKE_START);
  state[0] ^= 0x01010040n;
  const blocks = Math.max(1, Math.ceil(bytes.length / 128));
  for (let index = 0; index < blocks; index += 1) {
    const block = new Uint8Array(128);
    block.set(bytes.subarray(index * 128, index * 128 + 128));
    const last = index === blocks - 1;
    blakeMix(state, new DataView(block.buffer), BigInt(last ? bytes.length : (index + 1) * 128), last);
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, index) => digest.setBigUint64(index * 8, word, true));
  return new Uint8Array(digest.buffer);
}

function blakeMix(state, block, count, last) {
  const words = BigUint64Array.from({ length: 16 }, (_, index) => block.getBigUint64(index * 8, true));
  const work = BigUint64Array.from([...state, ...BLAKE_START]);
  work[12] ^= count;
  if (last) work[14] = ~work[14];
  const turn = (at, by, places) => {
    const word = BigInt.asUintN(64, work[at] ^ work[by]);
    work[at] = (word >> places) | (word << (64n - places));
  };
  for (let round = 0; round < 12; round += 1) {
    const order = BLAKE_ORDER[round % 10];
    for (const [step, [a, b, c, d]] of BLAKE_STEPS.entries()) {
      work[a] += work[b] + words[order[2 * step]];
      turn(d, a, 32n);
      work[c] += work[d];
      turn(b, c, 24n);
      work[a] += work[b] + words[order[2 * step + 1]];
      turn(d, a, 16n);
      work[c] += work[d];
      turn(b, c, 63n);
    }
  }
  for (let index = 0; index < 8; index += 1) state[index] ^= work[index] ^ work[index + 8];
}

/** Whether the text is the key's minisign signature over the payload, in the one form it is written in. */
async function minisignFits(text, payload, key) {
  const lines = text.split("\n");
  const [blob, global] = [decode64(lines[1] ?? "-"), decode64(lines[3] ?? "-")];
  if (blob?.length !== 74 || global?.length !== 64) return false;
  const signature = blob.slice(10);
  const comment = `file:${STATEMENT}\thashed`;
  if (!(await key.verifies(blake2b512(payload), signature))) return false;
  if (!(await key.verifies(joined(signature, bytesOf(comment)), global))) return false;
  const id = decode64(key.hint).subarray(0, 8);
  const written = [`untrusted comment: signature by ${key.fingerprint}`, encode64(joined(bytesOf("ED"), id, signature)),
    `trusted comment: ${comment}`, encode64(global), ""];
  return text === written.join("\n");
}
