// Report pages, judged by a browser, by axe-core and by the Nu Html Checker. tests/referees/pages.sh sets this up.
//
//     node pages.mjs [--shots FOLDER] [--site] PAGE.html...
//
// Every page is opened at 1280 and at 390 pixels, light and dark. Each complaint is a line on standard output, and the exit
// status is 1 if there is any. With --shots, pictures of every view and a print go into FOLDER, for people to look at.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const vnu = require("vnu-jar");

const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"];
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const complaints = [];
const complain = (page, text) => complaints.push(`${page}: ${text}`);

const pages = process.argv.slice(2);
// Pages of a site link to each other.
const site = pages.includes("--site");
if (site) pages.splice(pages.indexOf("--site"), 1);
let shots;
if (pages[0] === "--shots") {
  [, shots] = pages.splice(0, 2);
  mkdirSync(shots, { recursive: true });
}
if (pages.length === 0) {
  console.error("pages.mjs: no pages to look at");
  process.exit(2);
}

// The pages forbid scripts and everything from outside; the policy is bypassed only for the referee's own script, after
// the page has been watched for attempts to load anything.
async function view(browser, page, width, colorScheme) {
  const name = `${basename(dirname(resolve(page)))}-${basename(page, ".html")}`;
  const where = `${name} at ${width} px, ${colorScheme}`;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
  const tab = await context.newPage();
  const address = pathToFileURL(resolve(page)).href;
  tab.on("request", (request) => request.url() === address || complain(where, `loads ${request.url()}`));
  tab.on("console", (message) => complain(where, `the browser says: ${message.text()}`));
  tab.on("pageerror", (error) => complain(where, `a script fails: ${error.message}`));
  tab.on("dialog", (dialog) => { complain(where, `a dialog opens: ${dialog.message()}`); dialog.dismiss(); });
  await tab.goto(address);
  for (const text of await tab.evaluate(measure, site)) complain(where, text);
  if (shots) {
    await tab.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    if (width === WIDTHS[0] && colorScheme === "light") await tab.pdf({ path: join(shots, `${name}.pdf`), format: "A4" });
  }
  await context.close();
  const bypassing = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  const judged = await bypassing.newPage();
  await judged.goto(address);
  await judged.evaluate(axe);
  const { violations } = await judged.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) {
    complain(where, `axe-core ${id}: ${help}; ${nodes.length} places, the first ${nodes[0].html.slice(0, 200)}`);
  }
  await bypassing.close();
}

// Runs in the page: what the contract asks of it beyond what the other referees know.
function measure(site) {
  const faults = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`scrolls sideways: ${scrollWidth} px in ${clientWidth}`);
  const policy = document.querySelector("meta[http-equiv='Content-Security-Policy']")?.content ?? "";
  if (!policy.startsWith("default-src 'none'; style-src 'sha256-")) faults.push(`its policy is ${policy}`);
  if (getComputedStyle(document.body).marginTop !== "0px") faults.push("its own style sheet is not applied");
  const names = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (names.has(id)) faults.push(`two elements are called ${id}`);
    names.add(id);
  }
  for (const link of document.links) {
    const target = link.getAttribute("href");
    if (site && /^(\.\.\/)?[a-z0-9-]+(\/[a-z0-9-]+)?\.html$/.test(target)) continue;
    if (!target.startsWith("#")) faults.push(`links to somewhere else: ${target}`);
    else if (!names.has(target.slice(1))) faults.push(`a link leads nowhere: ${target}`);
  }
  const first = document.body.querySelector("h1")?.getBoundingClientRect();
  if (!first || first.bottom > innerHeight / 3) faults.push("the verdict is not what is seen first");
  if (document.querySelector("script, iframe, object, embed, img, form, link, base, [onload], [onerror], [style]")) {
    faults.push("holds an element that could load or run something");
  }
  return faults;
}

function validate() {
  const run = spawnSync("java", ["-Xss8m", "-jar", vnu, "--stdout", "--format", "json", ...pages], {
    encoding: "utf8", maxBuffer: 1 << 28,
  });
  if (run.error) throw run.error;
  let messages;
  try {
    ({ messages } = JSON.parse(run.stdout));
  } catch {
    throw new Error(`the Nu Html Checker says: ${run.stderr || run.stdout}`);
  }
  for (const { url, type, subType, lastLine, message, extract } of messages) {
    complain(url, `Nu Html Checker, line ${lastLine}, ${subType ?? type}: ${message} ${(extract ?? "").trim()}`);
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
try {
  for (const page of pages) {
    for (const width of WIDTHS) for (const scheme of SCHEMES) await view(browser, page, width, scheme);
  }
} finally {
  await browser.close();
}
validate();
for (const complaint of complaints) console.log(complaint);
console.log(`${pages.length} pages, ${pages.length * WIDTHS.length * SCHEMES.length} views, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
