// `verify.html`, judged by a browser: what it says of a folder is what `vidimus verify` says. tests/referees/verify_page.sh
// sets this up.
//
//     node verify_page.mjs VIDIMUS VERIFY.HTML ROOT [--shots FOLDER]
//
// Every golden folder is given to the page with what was asked of it, at 1280 and at 390 pixels; then a good folder changed in
// hundreds of ways, each way of handing a folder over, hostile names, and policies. Each difference is a line on standard
// output, and the exit status is 1 if there is any.

import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash, createPrivateKey, sign } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { recordings } from "./verify_page_recordings.mjs";
import { timestamps, vectors } from "./verify_page_time.mjs";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const vnu = require("vnu-jar");

const [vidimus, page, root] = process.argv.slice(2, 5).map((path) => resolve(path));
const shots = process.argv[5] === "--shots" ? process.argv[6] : undefined;
const GOLDEN = join(root, "snapshots/formats/seal-v1");
const ADDRESS = pathToFileURL(page).href;
const NOW = "2017-11-28T00:00:00Z";
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
// What the page says of itself that it does not do: there it may come to `verified` and must list the step as unchecked.
const NOT_DONE = { "broken-chain": "previous:", "rerun-differs": "rerun:", "rerun-impossible": "rerun:" };

const parts = process.env.VIDIMUS_PARTS?.split(",");

const complaints = [];
const complain = (where, text) => complaints.push(`${where}: ${text}`);
const scratch = mkdtempSync(join(tmpdir(), "verify-page-"));
const outcomes = new Map();
let asked = 0;

/** A page that is watched: it may load itself and nothing else, and say nothing. */
async function open(browser, where, width = 1280, options = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.on("request", (request) => request.url() === ADDRESS || complain(where, `loads ${request.url()}`));
  tab.on("console", (message) => complain(where, `the browser says: ${message.text()}`));
  tab.on("pageerror", (error) => complain(where, `a script fails: ${error.message}`));
  tab.on("dialog", (dialog) => { complain(where, `a dialog opens: ${dialog.message()}`); dialog.dismiss(); });
  await tab.goto(ADDRESS);
  return tab;
}

/** Asks the page as `vidimus verify FOLDER ARGUMENTS` is asked, and reads what it says. */
async function ask(tab, folder, options) {
  asked += 1;
  await tab.setInputFiles("#folder", folder);
  await tab.setInputFiles("#trust", options["--trust"] ?? options["--key"] ?? []);
  await tab.setInputFiles("#revoked", options["--revoked"] ?? []);
  await tab.setInputFiles("#tsa", options["--tsa"] ?? []);
  await tab.evaluate(() => { document.querySelector("details").open = true; });
  await tab.fill("#signer", options["--signer"] ?? "");
  await tab.fill("#at", options["--at"] ?? NOW);
  await tab.fill("#max-age", options["--max-age"] ?? "");
  await tab.setChecked("#strict", "--strict" in options);
  await tab.setChecked("#require-timestamp", "--require-timestamp" in options);
  await tab.click("#verify");
  return read(tab);
}

async function read(tab) {
  await tab.waitForFunction(() => !document.getElementById("verify").disabled);
  return tab.evaluate(() => {
    const facts = {};
    for (const name of document.querySelectorAll("#verdict dt")) facts[name.textContent] = name.nextElementSibling.textContent;
    const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
    const files = [...document.querySelectorAll("#files tr")].map((row) => [...row.children].map((cell) => cell.textContent));
    return { title: document.querySelector("h1").textContent, facts, files, unchecked: texts("#unchecked li"), notes: texts("#notes li"),
      told: !document.getElementById("told").hidden, verdict: document.getElementById("verdict").innerText };
  });
}

/** What `vidimus verify` says, as data and as the first line it prints. */
function program(folder, options) {
  const given = { "--at": NOW, ...options };
  const flags = Object.entries(given).flatMap(([name, value]) => (value === true ? [name] : [value].flat().flatMap((one) => [name, one])));
  const run = (format) => spawnSync(vidimus, ["verify", folder, ...flags, "--format", format], { encoding: "utf8" });
  const json = run("json");
  if (json.status > 1) return { trouble: json.stderr };
  return { ...JSON.parse(json.stdout), title: run("terminal").stdout.split("\n")[0] };
}

/** Holds what the page says against what the program says. */
function compare(where, said, own) {
  outcomes.set(own.outcome ?? "trouble", (outcomes.get(own.outcome ?? "trouble") ?? 0) + 1);
  if (own.trouble) {
    if (said.title !== "Nothing was checked.") complain(where, `the program is in trouble (${own.trouble.trim()}), the page says ${said.title}`);
    return;
  }
  const step = NOT_DONE[own.outcome];
  if (step) {
    if (!said.unchecked.some((line) => line.startsWith(step))) complain(where, `${own.outcome}: the page does not say that it is unchecked`);
    if (!said.title.startsWith("VERIFIED  ") && said.title !== own.title) complain(where, `the page says ${said.title}, the program ${own.title}`);
    return;
  }
  const differ = (what, left, right) => {
    if (JSON.stringify(left) !== JSON.stringify(right)) complain(where, `${what}: the page has ${JSON.stringify(left)}, the program ${JSON.stringify(right)}`);
  };
  differ("verdict", said.title, own.title);
  differ("signer", said.facts.signer, own.signer);
  differ("key", said.facts.key, own.key);
  differ("files", said.files, own.files.map(({ name, role, status }) => [name, role, status]));
  // Where a text is no JSON, no archive or packed badly the two readers stop at the same place and say so in their own words.
  const worded = (detail) => detail?.replace(/(this is no WACZ file|packed bytes are damaged|cannot be read) \(.*/s, "$1")
    .replace(/its entry ".*" /s, "its entry ");
  if (!/: .* at line \d+ column \d+$/.test(own.detail)) differ("because", worded(said.facts.because), worded(own.detail));
  differ("timestamp", said.facts.timestamp, own.timestamp && `not made later than ${own.timestamp}, says an authority you trust`);
  if (!said.unchecked.some((line) => line.startsWith("rerun:")) && own.key) {
    complain(where, `does not list what it leaves unchecked: ${said.unchecked.join("; ")}`);
  }
}

function optionsIn(file) {
  const lines = readFileSync(file, "utf8").trim().split("\n").map((line) => line.replace("…", GOLDEN));
  const options = {};
  lines.forEach((line, index) => {
    if (line.startsWith("--")) options[line] = lines[index + 1]?.startsWith("--") === false ? lines[index + 1] : true;
  });
  return options;
}

async function golden(browser) {
  const folders = readdirSync(GOLDEN).filter((name) => statSync(join(GOLDEN, name)).isDirectory());
  if (folders.length < 19) complain("golden folders", `only ${folders.length}`);
  for (const width of [1280, 390]) {
    for (const name of folders) {
      const where = `${name} at ${width} px`;
      const tab = await open(browser, where, width);
      const folder = join(GOLDEN, name, "evidence");
      const options = optionsIn(join(GOLDEN, name, "arguments"));
      const said = await ask(tab, folder, options);
      if (name === "not-in-tree") {
        // The proof of one page of an audit: told to be that, and not called anything worse or better.
        if (said.title !== "Nothing was checked." || !said.verdict.includes("belongs to an audit")) complain(where, said.verdict);
        await tab.context().close();
        continue;
      }
      const own = program(folder, options);
      if (own.outcome !== name) complain(where, `the program says ${JSON.stringify(own)}`);
      compare(where, said, own);
      for (const fault of await tab.evaluate(measure)) complain(where, fault);
      if (shots) await tab.screenshot({ path: join(shots, `verify-${name}-${width}.png`), fullPage: true });
      await tab.context().close();
    }
  }
}

// Runs in the page once it has spoken.
function measure() {
  const faults = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`scrolls sideways: ${scrollWidth} px in ${clientWidth}`);
  const policy = document.querySelector("meta[http-equiv='Content-Security-Policy']").content;
  if (!/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/.test(policy)) {
    faults.push(`its policy is ${policy}`);
  }
  const first = document.querySelector("h1").getBoundingClientRect();
  if (first.top < 0 || first.bottom > innerHeight / 3) faults.push("the verdict is not what is seen first");
  if (document.querySelectorAll("script").length !== 1 || document.querySelector("img, iframe, object, a, form, [onload], [style]")) {
    faults.push("holds an element that could load or run something");
  }
  return faults;
}

/** The folder of `verified`, to be changed. */
function copyOf(name = "verified") {
  const folder = mkdtempSync(join(scratch, "evidence-"));
  cpSync(join(GOLDEN, name, "evidence"), folder, { recursive: true });
  return folder;
}

/** A number from a seed, the same on every machine. */
function chance(seed, below) {
  return createHash("sha256").update(seed).digest().readUInt32BE(0) % below;
}

/** Changes to JSON texts that are not sealed by a digest first: each is a pattern and what stands in its place. */
const EDITS = [
  [/"mediaType":"[^"]*"/, "\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.4+json\""],
  [/"mediaType":"[^"]*"/, "\"mediaType\":\"application/vnd.dev.sigstore.bundle+json;version=0.2\""],
  [/"mediaType":"[^"]*"/, "\"mediaType\":\"text/plain\""],
  [/"mediaType":/, "\"mediaType\":1,\"mediaType\":"],
  [/"tlogEntries":\[\]/, "\"tlogEntries\":[{}]"],
  [/"tlogEntries":\[\]/, "\"tlogEntries\":{}"],
  [/"tlogEntries":\[\]/, "\"tlogEntries\":[9007199254740993]"],
  [/"tlogEntries":\[\]/, "\"tlogEntries\":[1.5]"],
  [/"tlogEntries":\[\]/, "\"tlogEntries\":[],\"timestampVerificationData\":{\"rfc3161Timestamps\":5}"],
  [/"tlogEntries":\[\]/, `"tlogEntries":${"[".repeat(40)}${"]".repeat(40)}`],
  [/"publicKey":\{[^}]*\}/, "\"certificate\":{}"],
  [/"hint":"[^"]*"/, "\"hint\":\"x\""],
  [/"keyid":"[^"]*"/, "\"keyid\":\"\""],
  [/"keyid":"[^"]*","sig":"[^"]*"/, "\"keyid\":\"\""],
  [/"sig":"([^"]*)=="/, "\"sig\":\"$1\""],
  [/"sig":"[^"]*"/, "\"sig\":\"\""],
  [/"sig":"[^"]*"/, "\"sig\":\"AAAA\""],
  [/"payloadType":"[^"]*"/, "\"payloadType\":\"text/plain\""],
  [/"payload":"e/, "\"payload\":\" e"],
  [/$/, "x"],
];

async function tampered(browser) {
  const trust = { "--trust": join(GOLDEN, "allowed_signers") };
  const tab = await open(browser, "tampered");
  const check = async (where, folder, options = trust) => {
    compare(where, await ask(tab, folder, options), program(folder, options));
    rmSync(folder, { recursive: true });
  };
  for (const [index, [pattern, put]] of EDITS.entries()) {
    const folder = copyOf();
    const file = join(folder, "vidimus.sigstore.json");
    writeFileSync(file, readFileSync(file, "utf8").trimEnd().replace(pattern, put));
    await check(`seal, edit ${index}`, folder);
  }
  for (const name of readdirSync(join(GOLDEN, "verified/evidence"))) {
    const bytes = readFileSync(join(GOLDEN, "verified/evidence", name));
    for (let round = 0; round < 16; round += 1) {
      const folder = copyOf();
      const changed = Buffer.from(bytes);
      const place = chance(`${name} ${round}`, bytes.length);
      changed[place] ^= 1 << chance(`bit ${name} ${round}`, 8);
      writeFileSync(join(folder, name), changed);
      await check(`${name}, byte ${place} flipped`, folder);
    }
    const folder = copyOf();
    rmSync(join(folder, name));
    await check(`${name} taken away`, folder);
  }
  const folder = copyOf();
  mkdirSync(join(folder, "subfolder"));
  writeFileSync(join(folder, "subfolder", "report.json"), "{}");
  writeFileSync(join(folder, "<img src=x onerror=alert(1)>.txt"), "");
  writeFileSync(join(folder, "\u202egnp.exe"), "");
  // Spelled out on the page, as in a terminal.
  const said = await ask(tab, folder, trust);
  if (!said.title.startsWith("VERIFIED") || !JSON.stringify(said.files).includes("\\\\u{202e}gnp.exe")) complain("names", JSON.stringify(said));
  if (!said.files.some(([name, , status]) => name === "subfolder" && status === "unlisted")) complain("names", "the subfolder is not told of");
  const strict = await ask(tab, folder, { ...trust, "--strict": true });
  if (!strict.title.startsWith("UNLISTED-FILE")) complain("names", strict.title);
  await tab.context().close();
}

// RFC 8032, section 7.1, test 1: whoever signed the golden folders can lie, and so can this referee in their name.
const SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const KEY = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${SEED}`, "hex"), format: "der", type: "pkcs8" });
const TYPE = "application/vnd.in-toto+json";

/** Seals other bytes with the right key; sidecars, which would disagree, are taken away. */
function reseal(folder, payload) {
  const bytes = Buffer.from(payload);
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${bytes.length} `), bytes]);
  const file = join(folder, "vidimus.sigstore.json");
  const seal = JSON.parse(readFileSync(file, "utf8"));
  seal.dsseEnvelope.payload = bytes.toString("base64");
  seal.dsseEnvelope.signatures[0].sig = sign(null, signed, KEY).toString("base64");
  writeFileSync(file, JSON.stringify(seal));
  writeFileSync(join(folder, "statement.json"), bytes);
  for (const name of ["SHA256SUMS", "statement.json.sig"]) rmSync(join(folder, name), { force: true });
}

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const subject = (name, role, bytes) => `{"annotations":{"role":"${role}"},"digest":{"sha256":"${hash(bytes)}"},"name":"${name}"}`;

/** Changes to the statement, sealed again by its own signer. */
const LIES = [
  ["\"verdict\":\"emphasised\"", "\"verdict\":\"verbatim\""],
  ["\"verdict\":\"emphasised\"", "\"verdict\":\"emphasised\",\"later\":[1,{}]"],
  ["\"disclosed\":\"none\"", "\"disclosed\":\"all\""],
  ["\"assurance\":\"supplied\"", "\"assurance\":\"publisher\""],
  ["\"via\":\"file\"", "\"via\":\"http\""],
  ["\"emphasis\":true", "\"emphasis\":false"],
  ["\"emphasis\":true,", ""],
  ["\"options\":{}", "\"options\":{\"originalNote\":\"a transcription\"}"],
  ["\"options\":{}", "\"options\":[]"],
  ["\"options\":{},", ""],
  [/"bytes":\d+/, "\"bytes\":1"],
  [/"bytes":(\d+)/, "\"bytes\":$1.0"],
  [/"bytes":(\d+)/, "\"bytes\":9007199254740993"],
  [/"bytes":(\d+)/, "\"bytes\":-0"],
  [/"bytes":(\d+)/, "\"bytes\":null"],
  [/"bytes":(\d+)/, "\"bytes\":$1,\"bytes\":$1"],
  [/"bytes":(\d+)/, "\"bytes\":0$1"],
  ["2017-11-28T00:00:00Z", "2017-11-28T00:00:01Z"],
  [/"predicateType":"[^"]*"/, "\"predicateType\":\"urn:vidimus:comparison:v7\""],
  [/"predicateType":"[^"]*"/, "\"predicateType\":\"urn:vidimus:comparison:v01\""],
  [/"_type":"[^"]*"/, "\"_type\":\"https://in-toto.io/Statement/v2\""],
  ["\"role\":\"copy\"", "\"role\":\"original\""],
  ["\"role\":\"copy\"", "\"role\":\"report\""],
  ["\"role\":\"copy\"", "\"role\":\"picture\""],
  ["\"role\":\"report-html\"", "\"role\":5"],
  ["\"name\":\"report.html\"", "\"name\":\"../report.html\""],
  ["\"name\":\"report.html\"", "\"name\":\"report.json\""],
  ["\"name\":\"report.html\"", "\"name\":\"statement.json\""],
  [/"name":"original.html"/, "\"name\":\"copy.html\""],
  ["\"subject\":[", `"subject":[${subject("copy-sheet-1.css", "sheet", "p{}")},`],
  ["\"subject\":[", `"subject":[${subject("capture.wacz", "capture", "PK")},`],
  ["\"subject\":[", `"subject":[${subject("copy.pdf", "sheet", "p{}")},`],
  [/"subject":\[/, "\"subject\":[{},"],
  [/"subject":/, "\"subjects\":"],
  ["\"predicate\":{", "\"predicate\":{\"previous\":{\"digest\":{\"sha256\":\"00\"}},"],
  ["\"predicate\":{", `"predicate":{"previous":{"digest":{"sha256":"${"0".repeat(64)}"}},`],
  ["\"predicate\":{", "\"predicate\":{\"previous\":null,"], ["\"predicate\":{", "\"predicate\":{\"previous\":\"00\","],
  ["\"predicate\":{", "\"predicate\":{\"witnesses\":5,"],
  ["\"predicate\":{", "\"predicate\":{\"witnesses\":[{\"source\":{}}],"],
  ["\"tool\":{", "\"tool\":{\"digest\":{\"sha256\":\"00\"},"],
  [/"version":"[^"]*"/, "\"version\":\"9\""],
  [/$/, "\u0000"], [/^/, "\ufeff"], [/^/, " "], [/"name"/, "\"n\\u0061me\""], [/"locator":"/, "\"locator\":\"\\ud800"],
];

/** The same with the report, whose digest is put right wherever it stands. */
const REPORTS = [
  ["\"verdict\": \"emphasised\"", "\"verdict\": \"verbatim\""], ["\"report\": 1", "\"report\": 2"], ["\"report\": 1", "\"report\": 0"],
  ["\"report\": 1", "\"report\": 1.0"], ["\"report\": 1", "\"report\": \"1\""], [/"kind": "emphasis-added"/, "\"kind\": \"topic\""],
  [/"share": [0-9.]+/, "\"share\": 0.5"], [/"share": [0-9.]+/, "\"share\": 1"], [/"share": [0-9.]+/, "\"share\": null"],
  [/"matched_words": (\d+)/, "\"matched_words\": $1.0"], ["\"severity\": \"warning\"", "\"severity\": \"note\""],
  ["\"class\": \"emphasis\"", "\"class\": \"framing\""], ["\"class\": \"emphasis\"", "\"class\": \"edit\""], [/\{/, "{\"later\": [null, -1, 1.5],"],
  [/\{/, "{\"later\": 1, \"later\": 1,"], [/$/, "x"],
];

async function lies(browser) {
  const trust = { "--trust": join(GOLDEN, "allowed_signers") };
  const tab = await open(browser, "lies");
  const check = async (where, folder) => {
    compare(where, await ask(tab, folder, trust), program(folder, trust));
    rmSync(folder, { recursive: true });
  };
  const edited = (text, [pattern, put], where) => {
    const changed = text.replace(pattern, put);
    if (changed === text) complain(where, "the edit changes nothing");
    return changed;
  };
  for (const [index, lie] of LIES.entries()) {
    const where = `lie ${index}: ${lie[1].slice(0, 60)}`;
    const folder = copyOf();
    reseal(folder, edited(readFileSync(join(folder, "statement.json"), "utf8"), lie, where));
    for (const [name, bytes] of [["copy-sheet-1.css", "p{}"], ["capture.wacz", "PK"]]) {
      if (lie[1].includes(name)) writeFileSync(join(folder, name), bytes);
    }
    await check(where, folder);
  }
  // An audit is told to be one, and not called anything worse or better.
  const audit = copyOf();
  reseal(audit, edited(readFileSync(join(audit, "statement.json"), "utf8"), ["urn:vidimus:comparison:v1", "urn:vidimus:audit:v1"], "an audit"));
  const told = await ask(tab, audit, trust);
  if (told.title !== "Nothing was checked." || !told.verdict.includes("belongs to an audit")) complain("an audit", told.verdict);
  rmSync(audit, { recursive: true });
  const swap = (folder, name, bytes) => {
    const digest = hash(readFileSync(join(folder, name)));
    writeFileSync(join(folder, name), bytes);
    return readFileSync(join(folder, "statement.json"), "utf8").replaceAll(digest, hash(bytes));
  };
  for (const [index, lie] of REPORTS.entries()) {
    const where = `report ${index}: ${lie[1].slice(0, 60)}`;
    const folder = copyOf();
    reseal(folder, swap(folder, "report.json", edited(readFileSync(join(folder, "report.json"), "utf8"), lie, where)));
    await check(where, folder);
  }
  // How a source was come by is a word of the signer's: report and statement say the same, and no record bears it out.
  for (const [via, grade] of [["http", "publisher"], ["http", "supplied"], ["memento", "archive"], ["stdin", "archive"], ["wacz", "publisher"],
    ["warc", "supplied"], ["url", "publisher"], ["url", "archive"]]) {
    const folder = copyOf();
    const report = readFileSync(join(folder, "report.json"), "utf8").replaceAll("\"via\": \"file\"", `"via": "${via}"`)
      .replaceAll("\"assurance\": \"supplied\"", `"assurance": "${grade}"`);
    const old = hash(readFileSync(join(folder, "report.json")));
    const html = readFileSync(join(folder, "report.html"), "utf8").replace(old, hash(report));
    reseal(folder, swap(folder, "report.json", report).replaceAll("\"via\":\"file\"", `"via":"${via}"`)
      .replaceAll("\"assurance\":\"supplied\"", `"assurance":"${grade}"`));
    reseal(folder, swap(folder, "report.html", html));
    const [said, own] = [await ask(tab, folder, trust), program(folder, trust)];
    compare(`via ${via}, ${grade}`, said, own);
    const notes = (list) => JSON.stringify(list.filter((note) => note.startsWith("no record of how")));
    if (notes(said.notes) !== notes(own.notes)) complain(`via ${via}`, `the page notes ${notes(said.notes)}, the program ${notes(own.notes)}`);
    const printed = spawnSync(vidimus, ["verify", folder, "--trust", trust["--trust"], "--at", NOW], { encoding: "utf8" }).stdout;
    const line = printed.split("\n").find((one) => one.startsWith("  copy      "))?.slice(12);
    if (said.facts.copy !== line) complain(`via ${via}`, `the page says ${said.facts.copy}, the program ${line}`);
    rmSync(folder, { recursive: true });
  }
  for (const [index, put] of ["<script>alert(1)</script>", "<META name='vidimus-report-sha256' content=x>", "\xff", "", "<meta http-equiv=refresh content=0>"].entries()) {
    const folder = copyOf();
    const html = readFileSync(join(folder, "report.html"), "utf8");
    const changed = Buffer.from(put === "" ? html.replace("vidimus-report-sha256", "x") : html + put, put === "\xff" ? "latin1" : "utf8");
    reseal(folder, swap(folder, "report.html", changed));
    await check(`page ${index}: ${put}`, folder);
  }
  await tab.context().close();
}

/** The minisign sidecar, made by the program, as it is and with bytes changed. */
async function sidecar(browser) {
  const work = mkdtempSync(join(scratch, "minisign-"));
  const run = (...rest) => spawnSync(vidimus, rest, { cwd: work, encoding: "utf8" });
  writeFileSync(join(work, "signer.pem"), run("key", "new", "--no-passphrase", "key.pem").stdout);
  const golden = join(GOLDEN, "verified/evidence");
  const made = run("check", join(golden, "copy.html"), "--original", join(golden, "original.html"), "--out", "evidence", "--key", "key.pem", "--minisign");
  if (made.status !== 1) complain("minisign", made.stderr);
  const options = { "--key": join(work, "signer.pem"), "--strict": true, "--at": "2100-01-01T00:00:00Z" };
  const tab = await open(browser, "minisign");
  const folder = join(work, "evidence");
  const said = await ask(tab, folder, options);
  compare("minisign", said, program(folder, options));
  if (!said.title.startsWith("VERIFIED") || !said.files.some(([name]) => name === "statement.json.minisig")) complain("minisign", said.verdict);
  const file = join(folder, "statement.json.minisig");
  const bytes = readFileSync(file);
  for (let place = 0; place < bytes.length; place += 13) {
    const changed = Buffer.from(bytes);
    changed[place] ^= 1;
    writeFileSync(file, changed);
    const now = await ask(tab, folder, options);
    compare(`minisign, byte ${place}`, now, program(folder, options));
    if (!now.title.startsWith("ARTEFACT-CHANGED")) complain(`minisign, byte ${place}`, now.title);
  }
  await tab.context().close();
}

/** Pages with style sheets, which are sealed with them: as they are, touched, and lied about. */
async function sheets(browser) {
  const work = mkdtempSync(join(scratch, "sheets-"));
  writeFileSync(join(work, "key.pem"), KEY.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  const text = readFileSync(join(GOLDEN, "verified/evidence/original.html"), "utf8");
  const linked = text.replace("<title>", "<link rel=stylesheet href=/a.css><link rel=stylesheet href=/b.css><title>");
  const server = createServer(({ url }, answer) => {
    const css = url.endsWith(".css");
    answer.writeHead(200, { "content-type": css ? "text/css" : "text/html; charset=utf-8" });
    answer.end(css ? `${url.slice(1, 2)} { font-weight: bold }` : linked);
  });
  await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
  const site = `http://127.0.0.1:${server.address().port}`;
  const made = await new Promise((done) => {
    const flags = ["--original", `${site}/original`, "--allow-private", "--out", "evidence", "--key", "key.pem"];
    execFile(vidimus, ["check", `${site}/copy`, ...flags], { cwd: work, encoding: "utf8" }, (error, out, said) => done(error ? said : ""));
  });
  server.close();
  if (made !== "") complain("sheets", made);
  const options = { "--trust": join(GOLDEN, "allowed_signers"), "--strict": true, "--at": "2100-01-01T00:00:00Z" };
  const tab = await open(browser, "sheets");
  const names = readdirSync(join(work, "evidence"));
  if (names.filter((name) => name.endsWith(".css")).length !== 4) complain("sheets", `sealed are ${names.join(" ")}`);
  const check = async (where, change) => {
    const folder = mkdtempSync(join(work, "changed-"));
    cpSync(join(work, "evidence"), folder, { recursive: true });
    change(folder);
    const [said, own] = [await ask(tab, folder, options), program(folder, options)];
    compare(`sheets, ${where}`, said, own);
    return own.outcome;
  };
  if (await check("as they are", () => {}) !== "verified") complain("sheets", "the program does not verify them");
  for (const name of names.filter((name) => name.endsWith(".css"))) {
    if (await check(`${name} edited`, (folder) => writeFileSync(join(folder, name), "p{}")) === "verified") complain(name, "edited and verified");
    await check(`${name} gone`, (folder) => rmSync(join(folder, name)));
  }
  const lie = (pattern, put) => (folder) => {
    const sealed = readFileSync(join(folder, "statement.json"), "utf8");
    if (sealed.replace(pattern, put) === sealed) complain("sheets", `the edit ${pattern} changes nothing`);
    reseal(folder, sealed.replace(pattern, put));
  };
  for (const [pattern, put] of [
    ["\"copy-sheet\"", "\"sheet\""], ["\"copy-sheet\"", "\"original-sheet\""], [/"sheets":\[\{[^\]]*\]/, "\"sheets\":[]"], [/"sheets":\[\{[^\]]*\]/, "\"sheets\":7"],
    [/("original":.*?)"sheets":\[\{[^\]]*\]/s, "$1\"sheets\":[]"], [/("original":.*?)"sheets":\[\{[^\]]*\]/s, "$1\"sheets\":{}"],
    [/("sheets":\[\{"bytes":)\d+/, "$11"], [/("sheets":\[\{)/, "$1\"later\":1,"], [/"contentType":"[^"]*"/, "\"contentType\":\"text/plain\""],
    [/original-sheet-1\.css/g, "original-sheet-x.css"], [/copy-sheet-1\.css/g, "copy-sheet-2.css"],
  ]) await check(`${pattern} as ${put}`, lie(pattern, put));
  await tab.context().close();
}

/** Policies: whose answer is the program's too, and what is no policy at all. */
async function policies(browser) {
  const tab = await open(browser, "policies");
  const line = readFileSync(join(GOLDEN, "allowed_signers"), "utf8").trim();
  const [, options, kind, key] = line.split(" ");
  const folder = join(GOLDEN, "verified/evidence");
  const texts = [
    "", "# nobody\n", `*@example.org,!desk@* ${kind} ${key}`, `"a,desk@example.org" ${kind} ${key} comment`,
    `desk@example.org ${options},valid-after="20171128Z" ${kind} ${key}`, `desk@example.org valid-after="20171128000001Z" ${kind} ${key}`,
    `desk@example.org valid-before="20171128Z" ${kind} ${key}`, `desk@example.org valid-before="20171127235959UTC" ${kind} ${key}`,
    `desk@example.org namespaces="git,vidimus-*" ${kind} ${key}`, `desk@example.org namespaces="git" ${kind} ${key}`,
    `desk@example.org valid-before="20180101" ${kind} ${key}`, `desk@example.org valid-before="20180231Z" ${kind} ${key}`,
    `desk@example.org no-such-option ${kind} ${key}`, `desk@example.org cert-authority ${kind} ${key}`,
    `desk@example.org ssh-rsa AAAA`, `desk@example.org ${kind} AAAA`, `desk@example.org`, `de"sk ${kind} ${key}`,
    `desk@example.org valid-after="20180101Z",valid-before="20170101Z" ${kind} ${key}`,
    `other@example.org valid-before="20170101Z" ${kind} ${key}\ndesk@example.org ${kind} ${key}\r\n`,
    `desk@example.org ${kind} AAAAC3NzaC1lZDI1NTE5AAAAIAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
    `desk@example.org ${kind} ${key}\0x`, `a\rb ${kind} ${key}`,
    // Bytes and signs: a mark at the beginning is no part of a name, and of no other charset is anything guessed.
    `\ufeffdesk@example.org ${kind} ${key}`, `\ufeff# desk\ndesk@example.org ${kind} ${key}`, `desk@example.org ${kind} ${key} \ufeff`,
    `\u00a0desk@example.org ${kind} ${key}`, `desk@example.org\u00a0${kind} ${key}`, `desk@example.org ${kind} ${key}\u0085`,
    `desk@example.org ${kind} ${key}\u2028x`, `${kind} ${key}`, `# one\n${kind} ${key}\n${kind} ${key}\n`,
    Buffer.from(`M\u00fcller,desk@example.org ${kind} ${key}`, "latin1"), Buffer.from(`\ufeffdesk@example.org ${kind} ${key}\n`, "utf16le"),
    `desk@example.org ${kind} ${key}\n${"#\n".repeat(9999)}`, `desk@example.org ${kind} ${key}\n${"#\n".repeat(10000)}`,
  ];
  for (const [index, text] of texts.entries()) {
    for (const more of [{}, { "--signer": "desk@example.org" }]) {
      // A new file each time: one that changes after it was chosen is not read.
      const trust = join(scratch, `policy-${index}-${Object.keys(more).length}`);
      writeFileSync(trust, text);
      const given = { "--trust": trust, ...more };
      // A key by itself goes into the same field of the page, and has an option of its own in the program.
      const asked = typeof text === "string" && text.startsWith(kind) ? { "--key": trust } : given;
      const own = Object.keys(more).length > 0 && "--key" in asked ? undefined : program(folder, asked);
      if (own) compare(`policy ${index}: ${JSON.stringify(text.slice(0, 60))}`, await ask(tab, folder, asked), own);
    }
  }
  // Names are compared byte by byte, as OpenSSH does it.
  for (const [index, [pattern, name]] of [["M?ller", "M\u00fcller"], ["M??ller", "M\u00fcller"], ["?", "\ud83d\udd11"], ["????", "\ud83d\udd11"],
    ["??", "\ud83d\udd11"], ["M\u00fc*", "M\u00fcller"], ["*\u0308*", "Mu\u0308ller"], ["M\u00fcller", "Mu\u0308ller"], ["\u00c4", "\u00e4"]].entries()) {
    const trust = join(scratch, `pattern-${index}`);
    writeFileSync(trust, `${pattern} ${kind} ${key}\n`);
    const given = { "--trust": trust, "--signer": name };
    compare(`pattern ${pattern} for ${name}`, await ask(tab, folder, given), program(folder, given));
  }
  // Lists of refused keys, read with the same care.
  const revoked = [`${kind} ${key}\n`, `\ufeff${kind} ${key}\n`, `${kind}\u00a0${key}\n`, Buffer.from(`${kind} ${key} M\u00fcller`, "latin1"),
    Buffer.from(`${kind} ${key}\n`, "utf16le"), `${kind} ${key} M\u00fcller\r\n`];
  for (const [index, text] of revoked.entries()) {
    const list = join(scratch, `revoked-${index}`);
    writeFileSync(list, text);
    const given = { "--trust": join(GOLDEN, "allowed_signers"), "--revoked": list };
    compare(`revoked ${index}`, await ask(tab, folder, given), program(folder, given));
  }
  const pem = join(GOLDEN, "signer.pem");
  compare("a key", await ask(tab, folder, { "--key": pem }), program(folder, { "--key": pem }));
  const ssh = join(scratch, "signer.pub");
  writeFileSync(ssh, `${kind} ${key} comment\n`);
  compare("a key of OpenSSH", await ask(tab, folder, { "--key": ssh }), program(folder, { "--key": ssh }));
  const good = readFileSync(pem, "utf8");
  const wrapped = [`\ufeff${good}`, `\u00a0${good}`, `\u0085${good}`, `${good}\u2028`, `${good}\ufeff`, `\v${good}`, ` \t\r\n\f${good}\f `,
    good.replace("\n", "\u00a0\n"), good.replaceAll("\n", "\r\n"), Buffer.from(good, "utf16le"), Buffer.from(`${good}\u00fc`, "latin1"), `x${good}`];
  for (const [index, text] of wrapped.entries()) {
    const file = join(scratch, `wrapped-${index}`);
    writeFileSync(file, text);
    compare(`a key, wrapped ${index}`, await ask(tab, folder, { "--key": file }), program(folder, { "--key": file }));
  }
  for (const text of ["-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "hello"]) {
    const none = join(scratch, `none-${text.length}`);
    writeFileSync(none, text);
    compare(`no key: ${text.slice(0, 20)}`, await ask(tab, folder, { "--key": none }), program(folder, { "--key": none }));
  }
  // A key in the evidence is a file that is not sealed, and no reason to trust it.
  const own = copyOf();
  cpSync(pem, join(own, "signer.pem"));
  const said = await ask(tab, own, {});
  if (!said.title.startsWith("UNKNOWN-KEY")) complain("a key in the evidence", said.title);
  await tab.context().close();
}

/** The ways to hand a folder over, and that another choice takes the verdict back. */
async function handing(browser) {
  const tab = await open(browser, "handing over");
  const folder = join(GOLDEN, "verified/evidence");
  const expect = async (where, start) => {
    await tab.click("#verify");
    const said = await read(tab);
    if (!said.title.startsWith(start)) complain(where, `says ${said.verdict}`);
  };
  await expect("no folder", "Nothing was checked.");
  await tab.fill("#trust-text", readFileSync(join(GOLDEN, "signer.pem"), "utf8"));
  await tab.setInputFiles("#loose", readdirSync(folder).map((name) => join(folder, name)));
  await expect("single files", "VERIFIED  ");
  await tab.fill("#trust-text", "");
  const cleared = await read(tab);
  if (cleared.told || cleared.title.startsWith("VERIFIED")) complain("another key", "the old verdict stands");
  await tab.fill("#trust-text", readFileSync(join(GOLDEN, "allowed_signers"), "utf8"));
  const session = await tab.context().newCDPSession(tab);
  const drop = async (files) => {
    const zone = tab.locator("#drop");
    await zone.scrollIntoViewIfNeeded();
    await tab.evaluate(() => { document.getElementById("folder-said").textContent = ""; });
    const box = await zone.boundingBox();
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await session.send("Input.dispatchDragEvent", { type, x, y, data: { items: [], files, dragOperationsMask: 1 } });
    }
    await tab.waitForFunction(() => document.getElementById("folder-said").textContent !== "");
  };
  await drop([folder]);
  await expect("a folder dropped", "VERIFIED  ");
  await drop(readdirSync(folder).map((name) => join(folder, name)));
  await expect("files dropped", "VERIFIED  ");
  await drop([join(GOLDEN, "artefact-changed/evidence")]);
  await expect("a changed folder dropped", "ARTEFACT-CHANGED  ");
  await drop([join(GOLDEN, "verified")]);
  await expect("the folder above", "UNSIGNED  ");
  await tab.context().close();
}

/** A browser that cannot, and one that may not. */
async function without(browser) {
  const cannot = await open(browser, "no Ed25519");
  await cannot.evaluate(() => { SubtleCrypto.prototype.verify = () => Promise.reject(new Error("no such algorithm")); });
  const said = await ask(cannot, join(GOLDEN, "verified/evidence"), { "--trust": join(GOLDEN, "allowed_signers") });
  if (said.title !== "Nothing was checked." || !said.verdict.includes("cannot check Ed25519")) complain("no Ed25519", said.verdict);
  await cannot.context().close();
  const scriptless = await open(browser, "no script", 1280, { javaScriptEnabled: false });
  const shown = await scriptless.locator("#scriptless").isVisible();
  if (!shown || await scriptless.locator("#scripted").isVisible()) complain("no script", "does not say so");
  await scriptless.context().close();
}

async function accessible(browser) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const name of ["verified", "artefact-changed", undefined]) {
        const where = `axe-core, ${name} at ${width} px, ${colorScheme}`;
        const tab = await open(browser, where, width, { colorScheme, bypassCSP: true });
        if (name) await ask(tab, join(GOLDEN, name, "evidence"), { "--trust": join(GOLDEN, "allowed_signers"), "--max-age": "9d" });
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        for (const { id, help, nodes } of violations) complain(where, `${id}: ${help}; ${nodes[0].html.slice(0, 200)}`);
        if (shots && name !== "verified") await tab.screenshot({ path: join(shots, `verify-${name}-${width}-${colorScheme}.png`), fullPage: true });
        await tab.context().close();
      }
    }
  }
}

function validate() {
  const run = spawnSync("java", ["-Xss8m", "-jar", vnu, "--stdout", "--format", "json", page], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  const { messages } = JSON.parse(run.stdout);
  for (const { type, subType, lastLine, message } of messages) complain("Nu Html Checker", `line ${lastLine}, ${subType ?? type}: ${message}`);
}

if (shots) mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
try {
  const own = { open, ask, program, compare, complain, copyOf, reseal, scratch, GOLDEN, KEY, vidimus, root };
  for (const part of [golden, handing, tampered, lies, sidecar, sheets, recordings, timestamps, vectors, policies, without, accessible]) {
    // Which parts to try, for whoever works on one: VIDIMUS_PARTS=timestamps,vectors.
    if (!parts || parts.includes(part.name)) await part(browser, own);
  }
} catch (error) {
  complain("the referee", error.stack);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
validate();
// What every change comes to would be no comparison.
if (!parts && outcomes.size < 20) complain("the changes", `come to ${outcomes.size} outcomes only`);
for (const complaint of complaints) console.log(complaint);
console.log([...outcomes].sort().map(([name, count]) => `${name} ${count}`).join(", "));
console.log(`${asked} folders and policies asked about, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
