// The evidence folder as the browser hands it over: one flat list of files, whatever lies below a folder told of but not read.

const ENTRIES = 4096;

class Folder {
  /** `files` are [path, File]; a path with more than one part is that of a file in a folder of that name. */
  static of(files) {
    const folder = new Folder();
    folder.files = new Map();
    folder.digests = new Map();
    const inside = new Set();
    for (const [path, file] of files) {
      const [name, ...below] = path;
      if (below.length > 0 || file === undefined) inside.add(name);
      else if (folder.files.has(name)) refuse(`two files are called ${name}: give the page one evidence folder`);
      else folder.files.set(name, file);
    }
    const names = [...folder.files.keys()].map((name) => ({ name, regular: true }));
    folder.entries = [...names, ...[...inside].map((name) => ({ name, regular: false }))];
    folder.entries.sort((left, right) => (left.name < right.name ? -1 : 1));
    if (folder.entries.length > ENTRIES) refuse(`more than ${ENTRIES} files`);
    return folder;
  }

  holds(name) { return this.files.has(name); }

  length(name) { return this.files.get(name)?.size; }

  async bytes(name) {
    try {
      return new Uint8Array(await this.files.get(name).arrayBuffer());
    } catch (error) {
      throw new Trouble(`${name}: this browser cannot read the file (${error.message}); vidimus verify reads files of any size`);
    }
  }

  /** The digest of a file, if it is there. */
  async digest(name) {
    if (!this.holds(name)) return undefined;
    if (!this.digests.has(name)) this.digests.set(name, hex(await sha256(await this.bytes(name))));
    return this.digests.get(name);
  }
}

/** What was chosen: of a folder the paths begin with its name, of single files there are none. */
function chosenFiles(list) {
  return [...list].map((file) => {
    const path = file.webkitRelativePath.split("/").filter((part) => part !== "");
    return [path.length > 1 ? path.slice(1) : [file.name], file];
  });
}

/** What was dropped: one folder is opened, several files are taken as they are. Everything is asked for before the first wait, since
 * the browser takes it back afterwards. */
async function droppedFiles(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const found = items.map((item) => ({
    entry: item.webkitGetAsEntry?.(),
    file: item.getAsFile(),
    handle: item.getAsFileSystemHandle?.().catch(() => undefined),
  }));
  if (found.length === 1 && found[0].entry?.isDirectory) {
    // Of a page that is itself a file some browsers open a folder in one of these ways only.
    const handle = await found[0].handle;
    return handle ? inHandle(handle) : inDirectory(found[0].entry);
  }
  return found.map(({ entry, file }) => [[entry?.name ?? file.name], entry?.isDirectory ? undefined : file]);
}

async function inHandle(directory) {
  const all = [];
  for await (const [name, handle] of directory.entries()) {
    all.push([[name], handle.kind === "file" ? await handle.getFile() : undefined]);
    if (all.length > ENTRIES) break;
  }
  return all;
}

async function inDirectory(directory) {
  const reader = directory.createReader();
  const all = [];
  for (;;) {
    // Browsers give a hundred at a time.
    const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0 || all.length > ENTRIES) break;
    all.push(...some);
  }
  const file = (entry) => new Promise((resolve, reject) => { entry.file(resolve, reject); });
  return Promise.all(all.map(async (entry) => [[entry.name], entry.isDirectory ? undefined : await file(entry)]));
}
