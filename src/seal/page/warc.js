// The records of WARC files, and the answers in them: what src/capture/warc and archive/page.rs do, in their words.

const RECORD_BYTES = 256 << 20;
const UNPACKED_BYTES = 768 << 20;
const RECORD_HEAD = 256 << 10;
const GAP = 64;
const ANSWER_HEAD = 1 << 20;

/** The bytes of a WARC file unpacked, and where in it each packed member begins. */
function unpackedFile(file) {
  if (file[0] !== 0x1f) return { bytes: file, members: undefined };
  const [parts, members] = [[], []];
  let [at, length] = [0, 0];
  while (at < file.length) {
    if (length > UNPACKED_BYTES) throw new Unlooked();
    const { out, end } = member(file, at);
    members.push({ from: length, at });
    parts.push(out);
    length += out.length;
    at = end;
  }
  const bytes = new Uint8Array(length);
  parts.forEach((part, index) => bytes.set(part, members[index].from));
  return { bytes, members };
}

function member(file, at) {
  try {
    return gunzip(file, at, UNPACKED_BYTES);
  } catch (error) {
    if (!(error instanceof Unpackable)) throw error;
    return broken(error.message === "it ends too early" ? "the archive ends in the middle of a record"
      : `the archive is damaged: the packed bytes are damaged (${error.message})`);
  }
}

/** The records of a WARC file: kind, fields, block, and the bytes of the file each takes. */
function recordsOf(file) {
  const { bytes, members } = unpackedFile(file);
  const offset = (at) => members?.findLast((one) => one.from <= at).at ?? at;
  const records = [];
  let at = 0;
  const line = () => {
    const end = bytes.indexOf(10, at);
    if (end < 0) broken(records.length === 0 && !lossy(bytes.subarray(at, at + 5)).startsWith("WARC/") ? "this is no WARC file" : "the archive ends in the middle of a record");
    if (end - at > RECORD_HEAD) broken(`the archive is damaged: the head of a record is longer than ${RECORD_HEAD} bytes`);
    const text = lossy(bytes.subarray(at, end)).replace(/[\r\n]+$/, "");
    at = end + 1;
    return text;
  };
  const damaged = (what) => broken(`the archive is damaged: ${what}`);
  for (;;) {
    let [begin, version] = [at, ""];
    for (let empty = 0; version === "" && at < bytes.length; empty += 1) {
      if (empty === GAP) damaged("there are too many empty lines between two records");
      [begin, version] = [at, line()];
    }
    if (version === "") break;
    if (!["WARC/1.0", "WARC/1.1"].includes(version)) {
      if (version.startsWith("WARC/")) broken(`records of ${version.slice(0, 20)} are not read, only WARC/1.0 and WARC/1.1`);
      if (records.length === 0) broken("this is no WARC file");
      damaged("something else stands where a record should begin");
    }
    const lines = [];
    for (let next = line(); next !== ""; next = line()) lines.push(next);
    const fields = fieldsOf(lines) ?? damaged("a line in the head of a record is no field");
    const length = /^\d+$/.test(fields("Content-Length") ?? "") ? Number(fields("Content-Length")) : damaged("a record does not say how long it is");
    const kind = (fields("WARC-Type") ?? damaged("a record does not say what it is")).toLowerCase();
    if (at + length > bytes.length) broken("the archive ends in the middle of a record");
    records.push({ kind, fields, block: bytes.subarray(at, at + length), offset: offset(begin) });
    at += length;
  }
  return records.map((record, index) => ({ ...record, member: file.subarray(record.offset, records[index + 1]?.offset ?? file.length) }));
}

/** The named fields of a record's head, asked for in any case; nothing where a line is none. */
function fieldsOf(lines) {
  const fields = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (/^[ \t]/.test(line)) {
      if (fields.length === 0) return undefined;
      fields.at(-1)[1] += ` ${line.trim()}`;
    } else if (/^[!#-'*+\-.0-9A-Z^_`a-z|~]+:/.test(line)) fields.push([line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]);
    else return undefined;
  }
  return (name) => fields.find(([known]) => known === name.toLowerCase())?.[1];
}

/** An address or id without the angle brackets that some write around it. */
function uriOf(fields, name) {
  const value = fields(name);
  return value === undefined ? "" : /^<(.*)>$/s.exec(value)?.[1] ?? value;
}

/** The HTTP answer that a block begins with: its status, its headers and where its body begins. */
function answerOf(block) {
  const head = block.subarray(0, ANSWER_HEAD);
  let at = 0;
  const line = () => {
    const end = head.indexOf(10, at);
    if (end < 0) return undefined;
    const text = lossy(head.subarray(at, end)).replace(/\r$/, "");
    at = end + 1;
    return text;
  };
  const [protocol, status] = (line() ?? "").split(/[ \t\n\f\r]+/).filter((word) => word !== "");
  if (!protocol?.toUpperCase().startsWith("HTTP/") || !/^\+?0*[1-9]\d\d$/.test(status ?? "")) return undefined;
  const headers = [];
  for (let next = line(); next !== ""; next = line()) {
    if (next === undefined) return undefined;
    const colon = next.indexOf(":");
    if (/^[ \t]/.test(next)) {
      if (headers.length > 0) headers.at(-1)[1] += ` ${next.trim()}`;
    } else if (colon >= 0) headers.push([next.slice(0, colon).trim().toLowerCase(), next.slice(colon + 1).trim()]);
  }
  return { status: Number(status), header: (name) => headers.find(([known]) => known === name)?.[1], body: block.subarray(at) };
}

/** A body without its chunk framing; nothing where it has none. */
function unchunked(body) {
  const parts = [];
  for (let at = 0;;) {
    const end = body.indexOf(10, at);
    const digits = end < 0 || end - at > 4096 ? "" : lossy(body.subarray(at, end)).split(";")[0].trim();
    if (!/^[0-9a-fA-F]{1,15}$/.test(digits)) return undefined;
    const size = Number.parseInt(digits, 16);
    if (size === 0) return joined(...parts);
    if (end + 1 + size > body.length) return undefined;
    parts.push(body.subarray(end + 1, end + 1 + size));
    at = end + 1 + size;
    if (body[at] === 13) at += 1;
    if (body[at] !== 10) return undefined;
    at += 1;
  }
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{1,5}/g).map((five) => BASE32[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** Whether a digest that a record gives itself fits; nothing where it cannot be checked. */
async function labelFits(label, bytes) {
  const [, name, value] = /^([^:]*):(.*)$/s.exec(label ?? "") ?? [];
  const algorithm = { sha1: "SHA-1", sha256: "SHA-256" }[(name ?? "").replaceAll("-", "").toLowerCase()];
  if (!algorithm) return undefined;
  const digest = await sha(algorithm, bytes);
  const said = value.trim().replace(/=+$/, "").toLowerCase();
  return [hex(digest), base32(digest).toLowerCase()].includes(said);
}

/** The payload of a record, held against the digests it gives itself, and its status where it is an HTTP answer. */
async function payloadOf({ fields, block }, id) {
  const differs = (which) => broken(`the record ${id} does not have the ${which} digest it gives itself`);
  const whole = await labelFits(fields("WARC-Block-Digest"), block);
  if (whole === false) differs("block");
  const isHttp = (fields("Content-Type") ?? "application/http").toLowerCase().startsWith("application/http");
  const answer = isHttp ? answerOf(block) ?? broken(`the archive is damaged: the record ${id} holds no HTTP answer`) : undefined;
  const body = answer ? answer.body : block;
  const chunked = /(^|,)\s*chunked\s*$/i.test(answer?.header("transfer-encoding") ?? "");
  const decoded = chunked ? unchunked(body) : undefined;
  const label = fields("WARC-Payload-Digest");
  const fits = (await labelFits(label, decoded ?? body)) ?? true;
  const framed = !fits && decoded !== undefined && (await labelFits(label, body));
  if (!fits && !framed && whole !== true) differs("payload");
  const encoding = (answer ? answer.header("content-encoding") : undefined) || undefined;
  return { payload: decoded ?? body, status: answer?.status, encoding, memento: answer?.header("memento-datetime") };
}

/** A payload with its content encoding undone; nothing where that cannot be done. */
async function undone(payload, encoding) {
  const name = (encoding ?? "").trim().toLowerCase();
  const bare = ["gzip", "x-gzip"].includes(name) && (payload[0] !== 0x1f || payload[1] !== 0x8b);
  if (["", "identity", "none"].includes(name) || bare || payload.length === 0) return payload;
  try {
    if (["gzip", "x-gzip"].includes(name)) {
      const parts = [];
      for (let at = 0; at < payload.length; at = parts.at(-1).end) parts.push(gunzip(payload, at, RECORD_BYTES));
      return parts.length === 1 ? parts[0].out : joined(...parts.map(({ out }) => out));
    }
    if (name === "deflate") {
      const zlib = (payload[0] & 15) === 8 && (payload[0] * 256 + payload[1]) % 31 === 0;
      return new Inflater(payload, zlib ? 2 : 0, RECORD_BYTES).all();
    }
  } catch (error) {
    if (error instanceof Unpackable) return undefined;
    throw error;
  }
  const streams = { br: "brotli", zstd: "zstd" };
  return streams[name] ? byBrowser(payload, streams[name]) : undefined;
}

/** What the browser unpacks, if it can. */
async function byBrowser(payload, format) {
  let stream;
  try {
    stream = new DecompressionStream(format);
  } catch {
    throw new Unlooked();
  }
  try {
    return new Uint8Array(await new Response(new Blob([payload]).stream().pipeThrough(stream)).arrayBuffer());
  } catch {
    return undefined;
  }
}
