// The entries of a WACZ file, by the central directory of its ZIP file, and its own list of them: what src/capture/wacz does, in its words.

const ENTRIES_IN_ARCHIVE = 10000;
const PACKED_BYTES = 256 << 20;
const LIST_BYTES = 16 << 20;
const [PACKAGE, PACKAGE_DIGEST, ARCHIVES] = ["datapackage.json", "datapackage-digest.json", "archive/"];

/** What is wrong with an archive, in the words of the program. */
class Broken extends Error {}

/** What this browser or this page cannot look into: no answer about the evidence. */
class Unlooked extends Error {}

const broken = (why) => { throw new Broken(why); };
const noArchive = (why) => broken(`this is no WACZ file (${why})`);
const badEntry = (name, why) => broken(`its entry ${quoted(name)} ${why}`);

/** The text of bytes; what is no UTF-8 in them is replaced. */
const lossy = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** Where the central directory is, and how many entries it has. */
function directoryOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const [count, from] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    const parted = view.getUint32(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== count;
    if (parted || at + 22 + view.getUint16(at + 20, true) > bytes.length) noArchive("its end is damaged");
    const wide = at >= 20 && view.getUint32(at - 20, true) === 0x07064b50 ? Number(view.getBigUint64(at - 12, true)) : undefined;
    if (wide === undefined) return { view, count, from };
    if (!(wide + 56 <= bytes.length) || view.getUint32(wide, true) !== 0x06064b50) noArchive("its end is damaged");
    return { view, count: Number(view.getBigUint64(wide + 32, true)), from: Number(view.getBigUint64(wide + 48, true)) };
  }
  return noArchive("it has no central directory");
}

/** The entry at a place of the central directory. */
function entryAt(bytes, view, at) {
  if (!(at + 46 <= bytes.length) || view.getUint32(at, true) !== 0x02014b50) noArchive("its central directory is damaged");
  const short = (place) => view.getUint16(at + place, true);
  const long = (place) => view.getUint32(at + place, true);
  const [named, more, said] = [short(28), short(30), short(32)];
  const name = bytes.subarray(at + 46, at + 46 + named);
  const entry = { name: lossy(name), raw: name, flags: short(8), method: short(10), crc: long(16), packed: long(20), size: long(24),
    mode: short(4) >> 8 === 3 ? long(38) >>> 16 : 0, from: long(42), next: at + 46 + named + more + said };
  if (entry.next > bytes.length) noArchive("its central directory is damaged");
  const extra = bytes.subarray(at + 46 + named, at + 46 + named + more);
  wideSizes(entry, new DataView(extra.buffer, extra.byteOffset, extra.length));
  if (entry.from + 30 > bytes.length) noArchive("an entry has no place in it");
  entry.start = entry.from + 30 + view.getUint16(entry.from + 26, true) + view.getUint16(entry.from + 28, true);
  entry.end = entry.start + entry.packed;
  if (entry.start > bytes.length || view.getUint32(entry.from, true) !== 0x04034b50) noArchive("an entry has no place in it");
  return entry;
}

/** Sizes and places beyond 32 bits stand in a field of their own. */
function wideSizes(entry, extra) {
  for (let at = 0; at < extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (at + 4 > extra.byteLength || at + 4 + extra.getUint16(at + 2, true) > extra.byteLength) noArchive("its central directory is damaged");
    if (extra.getUint16(at, true) !== 1) continue;
    let place = at + 4;
    for (const name of ["size", "packed", "from"]) {
      if (entry[name] !== 0xffffffff) continue;
      if (place + 8 > extra.byteLength) noArchive("a size is damaged");
      entry[name] = Number(extra.getBigUint64(place, true));
      place += 8;
    }
  }
}

/** What is wrong with an entry, if anything. */
function refused({ name, raw, flags, method, mode }) {
  if (lossy(raw).includes("\ufffd")) return "has a name that is not Unicode";
  if (name === "" || name.startsWith("/") || name[1] === ":") return "has an absolute name or none";
  if (/[\\\p{Cc}]/u.test(name)) return "has a name with a backslash or a control character";
  if (name.split("/").some((part) => part === ".." || part === ".")) return "has a name that leads elsewhere";
  if (![0, 0o100000, 0o040000].includes(mode & 0o170000)) return "is a link or a device";
  if (flags & 1) return "is encrypted";
  if (![0, 8].includes(method)) return "is packed in a way that is not read";
  const inside = method !== 0 && name.startsWith(ARCHIVES) && !name.endsWith("/");
  return inside ? "is packed, but an index can only point into what is stored" : undefined;
}

/** The files in a ZIP file, by name; every trick one can play is refused. */
function entriesOf(bytes) {
  const { view, count, from } = directoryOf(bytes);
  if (count > ENTRIES_IN_ARCHIVE) noArchive("more entries than are read");
  const entries = new Map();
  for (let at = from, index = 0; index < count; index += 1) {
    const entry = entryAt(bytes, view, at);
    if (entries.has(entry.name)) noArchive("two entries have the same name");
    const why = refused(entry);
    if (why) badEntry(entry.name, why);
    entries.set(entry.name, entry);
    at = entry.next;
  }
  const places = [...entries.values()].sort((left, right) => left.from - right.from);
  if (places.some((entry, index) => index > 0 && entry.from < places[index - 1].end)) noArchive("two entries overlap");
  return new Map([...entries].filter(([name]) => !name.endsWith("/")).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The bytes of an entry. */
function entryBytes(bytes, entry, limit = entry.method === 0 ? Infinity : PACKED_BYTES) {
  const stored = bytes.subarray(entry.start, entry.end);
  try {
    const found = entry.method === 0 ? stored : new Inflater(stored, 0, limit).all();
    if (found.length > entry.size || found.length > limit) throw new Unpackable("more comes out than is read");
    if (crc32(found) !== entry.crc) throw new Unpackable("its checksum is another");
    return found;
  } catch (error) {
    if (error instanceof Unpackable) badEntry(entry.name, `cannot be read (${error.message})`);
    throw error;
  }
}

/** The WARC files in a WACZ file, each held against the digest the file gives it, and whether it carries a signature of its own. */
async function readArchive(bytes) {
  const entries = entriesOf(bytes);
  const list = (name) => (entries.has(name) ? entryBytes(bytes, entries.get(name), LIST_BYTES) : undefined);
  const json = (text, otherwise) => {
    try {
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
    } catch {
      return otherwise();
    }
  };
  const listed = list(PACKAGE) ?? noArchive("it has no datapackage.json");
  const own = json(listed, () => noArchive("its datapackage.json is no JSON"));
  if (!String(own?.wacz_version ?? "").startsWith("1.")) noArchive("it is of another version than 1");
  if (!Array.isArray(own.resources)) noArchive("it lists no entries");
  for (const { path, hash } of own.resources.map((one) => one ?? {})) {
    if (typeof path !== "string") noArchive("it lists an entry without a path");
    if (!entries.has(path)) badEntry(path, "is listed, but not there");
    const [, digest] = /^sha-?256:(?:.*:)?(.*)$/i.exec(typeof hash === "string" ? hash : "") ?? [];
    if (digest !== undefined && digest.trim().toLowerCase() !== hex(await sha256(entryBytes(bytes, entries.get(path))))) {
      badEntry(path, "does not have the digest that datapackage.json gives it");
    }
  }
  const archives = [...entries.keys()].filter((name) => name.startsWith(ARCHIVES));
  const unlisted = archives.find((name) => !own.resources.some((one) => one?.path === name));
  if (unlisted) badEntry(unlisted, "is not listed in datapackage.json");
  const sum = list(PACKAGE_DIGEST);
  const said = sum && json(sum, () => badEntry(PACKAGE_DIGEST, "is no JSON"));
  if (said) {
    if (typeof said.hash !== "string") badEntry(PACKAGE_DIGEST, "gives no digest");
    const other = said.hash.split(":").at(-1) !== hex(await sha256(listed));
    if (/^sha-?256:/i.test(said.hash) && other) badEntry(PACKAGE_DIGEST, "gives another digest than datapackage.json has");
  }
  return { files: archives.map((name) => entryBytes(bytes, entries.get(name))), signed: said?.signedData !== undefined };
}
