// capture.wacz on verify.html: exchanges recorded from a server of our own, as they are, touched, and lied about. A part of
// verify_page.mjs, which hands over what it has.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

const CAPTURE = "capture.wacz";
const [LOST, FOUND] = ["http://ministry.example/release", "http://ministry.example/new?a=1"];
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Serves the pages while `work` runs. */
async function serving(pages, work) {
  const server = createServer(({ url }, answer) => {
    const [status, headers, body] = pages[url] ?? pages[url.split("?")[0]] ?? [404, {}, ""];
    answer.writeHead(status, headers);
    answer.end(body);
  });
  await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
  try {
    return await work(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.close();
  }
}

export async function recordings(browser, { open, ask, program, compare, complain, reseal, scratch, GOLDEN, KEY, vidimus }) {
  const work = mkdtempSync(join(scratch, "recordings-"));
  writeFileSync(join(work, "key.pem"), KEY.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  const golden = (name) => readFileSync(join(GOLDEN, "verified/evidence", name));
  const html = { "content-type": "text/html; charset=utf-8" };
  const packed = (encoding, body) => [200, { ...html, "content-encoding": encoding }, body];
  const pages = {
    "/original": [200, html, golden("original.html")],
    "/old": [301, { location: "/gzip", "set-cookie": "id=1" }, "moved"],
    "/gzip": packed("gzip", gzipSync(golden("copy.html"))),
    "/deflate": packed("deflate", deflateSync(golden("copy.html"))),
    "/br": packed("br", brotliCompressSync(golden("copy.html"))),
    "/plain": [200, html, golden("copy.html")],
    // A web archive's index, and its record of a page that had moved within the archive.
    "/web/cdx": [200, { "content-type": "text/x-ndjson" }, `{"timestamp": "20171116090000", "url": "${LOST}", "status": "301", "digest": "A"}\n`],
    [`/web/20171116090000id_/${LOST}`]: [301, { location: FOUND, "memento-datetime": "Thu, 16 Nov 2017 09:00:00 GMT" }, ""],
    [`/web/20171116090000id_/${FOUND}`]: [200, { ...html, "memento-datetime": "Thu, 16 Nov 2017 09:02:00 GMT" }, golden("original.html")],
  };
  const run = (...rest) => new Promise((done) => {
    execFile(vidimus, rest, { cwd: work, encoding: "utf8" }, (error, out, said) => done(error && error.code > 1 ? said : ""));
  });
  const seal = async (name, copy, original, ...more) => {
    const said = await run("check", copy, "--original", original, "--allow-private", "--out", name, "--key", "key.pem", ...more);
    if (said !== "") complain(name, said);
  };
  await serving(pages, async (site) => {
    for (const path of ["old", "deflate", "br", "plain"]) await seal(path, `${site}/${path}`, `${site}/original`);
    await seal("memento", join(GOLDEN, "verified/evidence/copy.html"), LOST, "--at", "2017-11-16", "--archive", `${site}/web`);
    await seal("half", join(GOLDEN, "verified/evidence/copy.html"), `${site}/original`);
    const said = await run("capture", `${site}/old`, `${site}/original`, "--output", "pages.warc.gz", "--allow-private");
    if (said !== "") complain("capture", said);
    // Out of an archive that somebody hands over.
    await seal("handed", `pages.warc.gz#${site}/old`, `pages.warc.gz#${site}/original`);
  });
  const options = { "--trust": join(GOLDEN, "allowed_signers"), "--strict": true, "--at": "2100-01-01T00:00:00Z" };
  const tab = await open(browser, "recordings");
  const check = async (where, from, change) => {
    const folder = mkdtempSync(join(work, "changed-"));
    cpSync(join(work, from), folder, { recursive: true });
    change?.(folder);
    const [said, own] = [await ask(tab, folder, options), program(folder, options)];
    compare(`recordings, ${where}`, said, own);
    rmSync(folder, { recursive: true });
    return { said, own };
  };
  for (const name of ["old", "deflate", "plain", "half", "handed", "memento", "br"]) {
    const { said, own } = await check(`${name}, as it is`, name);
    if (own.outcome !== "verified") complain(name, `the program says ${JSON.stringify(own)}`);
    // Not every browser undoes brotli; one that does not says so.
    const unchecked = said.unchecked.some((line) => line.startsWith("capture:"));
    if (unchecked && name !== "br") complain(name, `the page leaves the recording unchecked: ${said.unchecked.join("; ")}`);
  }
  const { own } = await check("the recording gone", "old", (folder) => rmSync(join(folder, CAPTURE)));
  if (own.outcome !== "missing-file") complain("the recording gone", own.outcome);
  const lie = (pattern, put) => (folder) => {
    const sealed = readFileSync(join(folder, "statement.json"), "utf8");
    const changed = sealed.replace(pattern, put);
    if (changed === sealed) complain("recordings", `the edit ${pattern} changes nothing`);
    reseal(folder, changed);
  };
  // The report has to agree with what the statement says of a source, so that those lies are told in both.
  const both = (pattern, put, field, value) => (folder) => {
    const report = join(folder, "report.json");
    const before = readFileSync(report);
    const told = JSON.parse(before);
    field.split(".").slice(0, -1).reduce((inner, name) => inner[name], told)[field.split(".").at(-1)] = value;
    const after = Buffer.from(JSON.stringify(told, null, 2));
    writeFileSync(report, after);
    const page = readFileSync(join(folder, "report.html"), "utf8");
    const again = page.replaceAll(hash(before), hash(after));
    writeFileSync(join(folder, "report.html"), again);
    const sealed = readFileSync(join(folder, "statement.json"), "utf8").replaceAll(hash(before), hash(after)).replaceAll(hash(page), hash(again));
    const changed = sealed.replace(pattern, put);
    if (changed === sealed) complain("recordings", `the edit ${pattern} changes nothing`);
    reseal(folder, changed);
  };
  const copy = (inner) => new RegExp(`("copy":.*?)${inner}`, "s");
  for (const [where, change] of [
    ["another id", lie(copy("\"id\":\"urn:uuid:[^\"]*\""), "$1\"id\":\"urn:uuid:0\"")],
    ["no id", lie(copy("\"id\":\"urn:uuid:[^\"]*\","), "$1")],
    ["payloadBytes", lie(copy("\"payloadBytes\":\\d+"), "$1\"payloadBytes\":1")],
    ["payloadSha256", lie(copy("\"payloadSha256\":\"[^\"]*\""), "$1\"payloadSha256\":\"00\"")],
    ["payloadSha1Base32", lie(copy("\"payloadSha1Base32\":\"[^\"]*\""), "$1\"payloadSha1Base32\":\"A\"")],
    ["contentEncoding", lie(copy("\"contentEncoding\":\"[^\"]*\","), "$1")],
    ["the record's digest", lie(copy("(\"record\":\\{[^{]*\\{\"sha256\":\")[^\"]*"), `$1$2${"0".repeat(64)}`)],
    ["a subject less", lie(/\{"annotations":\{"role":"capture"\}[^}]*\}[^}]*\},/, "")],
    ["no records named", lie(/"record":\{[^}]*\}[^}]*\},/g, "")],
    ["finalUrl", both(copy("\"finalUrl\":\"[^\"]*\""), "$1\"finalUrl\":\"http://other.example/\"", "copy.final_url", "http://other.example/")],
    ["retrievedAt", both(copy("\"retrievedAt\":\"[^\"]*\""), "$1\"retrievedAt\":\"2001-01-01T00:00:00Z\"", "copy.retrieved_at", "2001-01-01T00:00:00Z")],
    ["status", both(copy("\"status\":200"), "$1\"status\":203", "copy.status", 203)],
    ["redirects", both(copy("\"redirects\":\\[\\{\"status\":301"), "$1\"redirects\":[{\"status\":302", "copy.redirects.0.status", 302)],
  ]) await check(where, "old", change);
  const original = (inner) => new RegExp(`("original":.*?)${inner}`, "s");
  for (const [where, change] of [
    ["memento: no record", lie(original("\"record\":\\{[^}]*\\}[^}]*\\},"), "$1")],
    ["memento: no memento", lie(original("\"memento\":\\{[^}]*\\},"), "$1")],
    ["memento: another time", both(original("\"datetime\":\"[^\"]*\""), "$1\"datetime\":\"2017-11-16T09:00:00Z\"", "original.memento.datetime", "2017-11-16T09:00:00Z")],
    ["memento: no time", both(original("\"datetime\":\"[^\"]*\""), "$1\"datetime\":\"\"", "original.memento.datetime", "")],
    ["memento: another time in the statement alone", lie(original("\"datetime\":\"[^\"]*\""), "$1\"datetime\":\"2017-11-16T09:00:00Z\"")],
    ["memento: elsewhere", both(original("\"uri\":\"[^\"]*\""), "$1\"uri\":\"https://perma.cc/x\"", "original.memento.uri", "https://perma.cc/x")],
    ["memento: another page", both(original("\"finalUrl\":\"[^\"]*\""), `$1"finalUrl":"${LOST}"`, "original.final_url", LOST)],
    ["memento: another redirect", both(original("\"status\":301"), "$1\"status\":302", "original.redirects.0.status", 302)],
    ["memento: as if fetched", both(original("\"via\":\"memento\""), "$1\"via\":\"http\"", "original.via", "http")],
  ]) {
    const { own: told } = await check(where, "memento", change);
    if (told.outcome !== "inconsistent") complain(where, `the program says ${told.outcome}`);
  }
  // The recording itself, sealed again by the holder of the key with a byte changed: in its frame, its lists, its records.
  const bytes = readFileSync(join(work, "old", CAPTURE));
  const outcomes = new Set();
  const changedAt = async (where, changed) => {
    const { said, own: told } = await check(where, "old", (folder) => {
      const sealed = readFileSync(join(folder, "statement.json"), "utf8").replaceAll(hash(bytes), hash(changed));
      writeFileSync(join(folder, CAPTURE), changed);
      reseal(folder, sealed);
    });
    outcomes.add(told.outcome);
    if (told.outcome !== "verified" && said.title.startsWith("VERIFIED")) complain(where, "verified by the page alone");
  };
  // In the list at its end the two readers are not equally patient with fields that hold nothing.
  for (let place = 0; place < bytes.indexOf("PK\u0001\u0002"); place += 41) {
    const changed = Buffer.from(bytes);
    changed[place] ^= 1 << (place % 8);
    await changedAt(`byte ${place} of the recording`, changed);
  }
  for (const length of [0, 21, 22, 100, bytes.length - 1]) await changedAt(`the recording cut to ${length} bytes`, bytes.subarray(0, length));
  if (outcomes.size < 2) complain("recordings", `every byte comes to ${[...outcomes]}`);
  await tab.context().close();
}
