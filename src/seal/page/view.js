// What a reader sees and does. Everything out of evidence and policy is set as text, never as markup.

const at = (id) => document.getElementById(id);
const chosen = { files: undefined, trust: undefined, revoked: undefined, tsa: undefined };

/** A text with what cannot be seen, or turns the direction of writing, spelled out. */
function visible(text) {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0).toString(16)}}`);
}

/** Out of evidence no more than is needed is repeated. */
function shortened(text) {
  const signs = [...text];
  return signs.length <= 600 ? text : `${signs.slice(0, 400).join("")} […] ${signs.slice(-200).join("")}`;
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = visible(shortened(text));
  if (className) made.className = className;
  return made;
}

/** What speaks for the origin of a source, in the words of src/seal/text.rs. */
function origin(source) {
  const text = (name) => getText(source, name);
  const address = text("finalUrl") ?? text("url") ?? text("locator") ?? "an address not named";
  const via = text("via") ?? "a way not named";
  const memento = via === "memento" ? getText(source, "memento", "uri") : undefined;
  const fetched = via === "http";
  const assurance = text("assurance");
  let kind = assurance === undefined ? "none" : "other";
  if (assurance === "publisher") kind = address.startsWith("https:") ? "publisher-encrypted" : "publisher";
  if (assurance === "archive") kind = memento === undefined ? "archive" : "archive-memento";
  // What was not fetched, or not asked for by date, was handed over, whatever its grade is said to be.
  const shown = fetched || (assurance === "archive" && memento !== undefined);
  if (["publisher", "archive"].includes(assurance) && !shown) kind = "by-hand";
  if (assurance === "supplied") kind = fetched ? "supplied-fetched" : "supplied";
  const told = { "https:{address}": address, "{address}": address, "{at}": text("retrievedAt") ?? "a time not named",
    "{memento}": memento ?? "", "{via}": via, "{assurance}": assurance ?? "" };
  return WORDS.origins[kind].replace(/https:\{address\}|\{address\}|\{at\}|\{memento\}|\{via\}|\{assurance\}/g, (mark) => shortened(told[mark]));
}

function show(outcome, sentence, good) {
  const box = at("verdict");
  box.className = `verdict ${good ? "good" : outcome === "" ? "none" : "bad"}`;
  box.replaceChildren(element("h1", outcome === "" ? sentence : `${outcome.toUpperCase()}  ${sentence}`));
  return box;
}

/** Nothing is told of evidence any more once something else was chosen. */
function clear() {
  show("", WORDS.page.question, false);
  at("told").hidden = true;
}

function trouble(message) {
  const box = show("", WORDS.page.trouble, false);
  box.className = "verdict bad";
  box.append(element("p", message));
  at("told").hidden = true;
  box.focus();
}

function tell(found) {
  const box = show(found.outcome, WORDS.outcomes[found.outcome], found.outcome === "verified");
  const facts = document.createElement("dl");
  const fact = (name, value) => { if (value !== undefined) facts.append(element("dt", name), element("dd", value)); };
  fact("because", found.detail);
  fact("signer", found.signer);
  fact("key", found.key);
  if (found.statement) {
    const predicate = get(found.statement, "predicate");
    fact("verdict", getText(predicate, "result", "verdict"));
    fact("made", `${getText(predicate, "generatedAt")}, by the signer's own clock`);
    fact("original", origin(get(predicate, "original")));
    fact("copy", origin(get(predicate, "copy")));
  }
  if (found.timestamp) fact("timestamp", `not made later than ${found.timestamp}, says an authority you trust`);
  box.append(facts);
  at("unchecked").replaceChildren(...found.unchecked.sort().map((what) => element("li", WORDS.unchecked[what])));
  at("files").replaceChildren(...found.files.map((file) => {
    const row = element("tr", "", file.status);
    row.append(element("th", file.name), element("td", file.role), element("td", file.status));
    row.firstChild.scope = "row";
    return row;
  }));
  at("notes").replaceChildren(...found.notes.map((note) => element("li", note)));
  at("noted").hidden = found.notes.length === 0;
  at("told").hidden = false;
  box.focus();
}

function seconds(text) {
  const [, number, unit] = /^(\d+)([smhd])$/.exec(text) ?? refuse("not an age such as 90m, 12h or 30d");
  return Number(number) * { s: 1, m: 60, h: 3600, d: 86400 }[unit];
}

async function readQuestion() {
  const typed = (id) => at(id).value.trim();
  const text = typed("trust-text") === "" ? await chosenText(chosen.trust) : policyText(bytesOf(at("trust-text").value));
  const revoked = chosen.revoked ? await readRevoked(await chosenText(chosen.revoked)) : { keys: [], notes: [] };
  const trust = await readTrust(text);
  const time = typed("at");
  const now = time === "" ? Math.floor(Date.now() / 1000) : civil(time) ?? refuse("not a time such as 2026-11-23T10:00:00Z");
  const question = {
    now, strict: at("strict").checked, requireTimestamp: at("require-timestamp").checked,
    maxAge: typed("max-age") === "" ? undefined : seconds(typed("max-age")),
  };
  const authorities = await chosenAuthorities(chosen.tsa ?? []);
  const told = (found) => {
    const what = found.timestamp ? "the age was" : "key and age were";
    const asked = time === "" || !found.key ? [] : [`${what} judged at ${time}, as asked`];
    return [...trust.notes, ...revoked.notes, ...asked];
  };
  return { policy: { trust, revoked: revoked.keys, signer: typed("signer") || undefined, authorities }, question, told };
}

async function judge() {
  at("verify").disabled = true;
  try {
    if (!globalThis.crypto?.subtle) refuse(WORDS.page.noCrypto);
    if (!(await ed25519())) refuse(WORDS.page.noEd25519);
    if (!chosen.files) refuse(WORDS.page.noFolder);
    const { policy, question, told } = await readQuestion();
    const found = await verify(Folder.of(chosen.files), policy, question);
    found.notes.push(...told(found));
    tell(found);
  } catch (error) {
    trouble(error instanceof Trouble ? error.message : `${WORDS.page.broken} (${error.message})`);
  } finally {
    at("verify").disabled = false;
  }
}

/** Whether the browser can: RFC 8032, test 1, once with the right signature and once with a wrong one. */
async function ed25519() {
  try {
    const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
    const raw = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const signature = bytes("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
      + "d25bf5f0595bbe24655141438e7a100b");
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, true, ["verify"]);
    const fits = (message) => crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
    return (await fits(new Uint8Array(0))) && !(await fits(new Uint8Array(1)));
  } catch {
    return false;
  }
}

function take(files) {
  chosen.files = files.length > 0 ? files : undefined;
  const names = files.map(([path]) => path[0]);
  const seal = names.includes(SEAL) ? "" : `; none of them is ${SEAL}`;
  at("folder-said").textContent = files.length === 0 ? "" : `${files.length} ${files.length === 1 ? "file" : "files"} chosen${seal}`;
  clear();
}

function listen() {
  // No attribute of the standard, but every browser has it.
  at("folder").webkitdirectory = true;
  for (const id of ["folder", "loose"]) at(id).addEventListener("change", (event) => take(chosenFiles(event.target.files)));
  for (const id of ["trust", "revoked", "tsa"]) {
    at(id).addEventListener("change", (event) => {
      const files = [...event.target.files];
      chosen[id] = id === "tsa" ? files : files[0];
      clear();
    });
  }
  for (const id of ["trust-text", "signer", "at", "max-age", "strict", "require-timestamp"]) at(id).addEventListener("input", clear);
  at("verify").addEventListener("click", judge);
  const zone = at("drop");
  // Without this a browser would open what is dropped beside the mark.
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
  for (const kind of ["dragenter", "dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.toggle("over", kind === "dragenter"));
  zone.addEventListener("drop", async (event) => {
    try {
      take(await droppedFiles(event.dataTransfer));
    } catch (error) {
      take([]);
      trouble(`${WORDS.page.unreadable} (${error.message})`);
    }
  });
}

listen();
at("scripted").hidden = false;
at("scriptless").hidden = true;
