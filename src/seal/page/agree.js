// Step 9: whether the signed parts agree with each other and each with itself (src/seal/consistency.rs, sense.rs).

const MARK = "<meta name=\"vidimus-report-sha256\"";
const FIELDS = [["textSha256", "text_sha256"], ["bytes", "bytes"], ["locator", "locator"], ["url", "url"], ["finalUrl", "final_url"],
  ["redirects", "redirects"], ["status", "status"], ["mediaType", "media_type"], ["charset", "charset"],
  ["retrievedAt", "retrieved_at"], ["via", "via"], ["assurance", "assurance"], ["emphasis", "emphasis"], ["note", "note"]];
const SHEET_FIELDS = [["locator", "locator"], ["url", "url"], ["finalUrl", "final_url"], ["contentType", "content_type"], ["bytes", "bytes"]];
const REQUIRED = ["textSha256", "bytes", "locator", "via", "assurance", "emphasis"];

async function agree(predicate, bytes, html) {
  const digest = hex(await sha256(bytes));
  const report = strictly("malformed", REPORT, bytes, REPORT_RULES);
  const version = get(report, "report");
  if (!Number.isInteger(version) || version < 0) fail("malformed", "report.json is no report");
  if (version < WORDS.reportVersion) fail("older-format", `report.json is of version ${version}`);
  if (version > WORDS.reportVersion) fail("newer-format", `report.json is of version ${version}`);
  const page = new TextDecoder("utf-8", { ignoreBOM: true }).decode(html);
  const why = contradiction(predicate, report) ?? nonsense(predicate, report) ?? pageContradicts(page, digest);
  if (why !== undefined) fail("inconsistent", why);
}

const renamed = (from, names) =>
  new Map(names.filter(([, theirs]) => get(from, theirs) !== undefined).map(([ours, theirs]) => [ours, get(from, theirs)]));

function withDigest(fields, from) {
  const sha256 = get(from, "sha256");
  return sha256 === undefined ? fields : fields.set("digest", new Map([["sha256", sha256]]));
}

/** A source of a report, as the statement repeats it. */
function sourceFields(source) {
  const fields = withDigest(renamed(source, FIELDS), source);
  const memento = get(source, "memento");
  if (memento !== undefined) fields.set("memento", renamed(memento, [["uri", "uri"], ["datetime", "datetime"], ["cdxDigest", "index_sha1"]]));
  const sheets = getList(source, "sheets") ?? [];
  return sheets.length === 0 ? fields : fields.set("sheets", sheets.map((sheet) => withDigest(renamed(sheet, SHEET_FIELDS), sheet)));
}

/** The report's result in the statement's names. */
function resultOf(report) {
  const result = renamed(report, ["verdict", "disclosed", "summary"].map((name) => [name, name]));
  const limits = getList(report, "limits");
  if (limits) result.set("limits", limits.map((limit) => get(limit, "code")).filter((code) => code !== undefined));
  const words = [["originalWords", "original_words"], ["matchedWords", "matched_words"], ["copyWords", "copy_words"]];
  const coverage = get(report, "coverage");
  return coverage === undefined ? result : result.set("coverage", renamed(coverage, words));
}

/** The versions of the original that a report lists, but for the one it is about. */
function witnessesOf(report) {
  const listed = getList(report, "witnesses") ?? [];
  const own = listed.findIndex((witness) => same(get(witness, "source"), get(report, "original")));
  return listed.filter((_, at) => at !== own)
    .map((witness) => ({ source: sourceFields(get(witness, "source")), edits: get(witness, "edits") }));
}

/** How many findings of each kind there are; none where they are no list of findings. */
function counted(report) {
  const counts = new Map();
  for (const finding of getList(report, "findings") ?? [undefined]) {
    const kind = getText(finding, "kind");
    if (kind === undefined) return undefined;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function contradiction(predicate, report) {
  const disagree = (what) => `report.json and the statement disagree about ${what}`;
  const counts = counted(report);
  if (!counts || !same(counts, get(report, "summary"))) return "the findings in report.json are not those its summary counts";
  const made = get(predicate, "generatedAt");
  if (made === undefined || !same(made, get(report, "generated_at"))) return disagree("generatedAt");
  const parts = [
    ["result", resultOf(report), ["verdict", "disclosed", "summary", "limits", "coverage"]],
    ["tool", renamed(get(report, "tool"), [["name", "name"], ["version", "version"]]), ["name", "version"]],
  ];
  for (const [part, own, names] of parts) {
    for (const name of names) {
      if (!own.has(name) || !saysTheSame(name, get(predicate, part, name), own.get(name))) return disagree(`${part}.${name}`);
    }
  }
  for (const which of ["original", "copy"]) {
    const name = differing(get(predicate, which), sourceFields(get(report, which)));
    if (name) return disagree(`${which}.${name}`);
  }
  const [sealed, own] = [getList(predicate, "witnesses") ?? [], witnessesOf(report)];
  if (sealed.length !== own.length) return disagree("how many witnesses there are");
  for (const [index, witness] of own.entries()) {
    const name = differing(get(sealed[index], "source"), witness.source)
      ?? (same(get(sealed[index], "edits"), witness.edits) ? undefined : "edits");
    if (name) return disagree(`${name} of witness ${index + 1}`);
  }
  return undefined;
}

/** What the statement says otherwise of a source than the report does, if anything. */
function differing(sealed, own) {
  return [...FIELDS.map(([name]) => name), "digest", "memento", "sheets"].find((name) => {
    const said = get(sealed, name);
    // Of an archive's record a statement may say what this report does not: whether it is so is for its record to show.
    return own.has(name) ? !saysTheSame(name, said, own.get(name)) : said !== undefined && name !== "memento";
  });
}

/** Of digests and coverage the statement may say more, of nothing else. */
function saysTheSame(name, sealed, own) {
  if (["digest", "coverage"].includes(name) && sealed instanceof Map && own instanceof Map) {
    return own.size > 0 && [...own].every(([inner, value]) => same(sealed.get(inner), value));
  }
  if (name === "sheets" && Array.isArray(sealed) && Array.isArray(own)) {
    return sealed.length === own.length && own.every((sheet, index) => sheetSaysTheSame(sealed[index], sheet));
  }
  return sealed !== undefined && same(sealed, own);
}

/** Of a sheet's name and of what a later version says the report knows nothing. */
function sheetSaysTheSame(sealed, own) {
  const digest = get(own, "digest", "sha256");
  return SHEET_FIELDS.every(([name]) => same(get(sealed, name), get(own, name)))
    && digest !== undefined && same(get(sealed, "digest", "sha256"), digest);
}

function pageContradicts(html, digest) {
  if (!html.includes(`${MARK} content="${digest}">`) || html.split(MARK).length !== 2) {
    return "report.html was made from another report than report.json";
  }
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  if (lower.includes("<script")) return "report.html holds a script";
  const metas = lower.split("<meta").slice(1).map((tag) => tag.split(">")[0]);
  if (metas.filter((tag) => tag.includes("vidimus-report-sha256")).length > 1) return "report.html names two reports it was made from";
  const one = metas.filter((tag) => tag.includes("http-equiv")).length === 1;
  return one && forbidsPrograms(lower) ? undefined : "report.html does not forbid programs before anything else";
}

/** Whether a page, in lower case, begins with a policy that lets nothing run. Text out of sources is escaped and cannot be a tag. */
function forbidsPrograms(lower) {
  const begin = "<meta http-equiv=\"content-security-policy\" content=\"default-src 'none'";
  const at = lower.indexOf(begin);
  const end = lower.indexOf("\"", at + begin.length);
  if (at < 0 || end < 0) return false;
  const [before, policy] = [lower.slice(0, at), lower.slice(at + begin.length, end)];
  const [text, ...tags] = before.split("<");
  const harmless = (tag) => /^(!doctype html|html( lang="[a-z0-9-]*")?|head|meta charset="utf-8")>$/.test(tag.trimEnd());
  return text.trim() === "" && tags.every(harmless) && before.includes("<meta charset=\"utf-8\">")
    && /^\s*(;|$)/.test(policy) && !policy.includes("script-src") && !policy.includes("unsafe");
}

function nonsense(predicate, report) {
  for (const which of ["original", "copy"]) {
    const missing = REQUIRED.find((name) => get(predicate, which, name) === undefined);
    if (missing) return `the statement says nothing of ${which}.${missing}`;
  }
  return notesContradict(predicate) ?? coverageContradicts(report) ?? verdictContradicts(report);
}

/** A note is an option: what whoever made the comparison said the file was. */
function notesContradict(predicate) {
  const options = get(predicate, "options");
  if (!(options instanceof Map)) return "the statement says nothing of options";
  const witnesses = (getList(predicate, "witnesses") ?? []).map((witness) => get(witness, "source"));
  const originals = [get(predicate, "original"), ...witnesses.filter((source) => source !== undefined)];
  const notes = originals.map((source) => get(source, "note"));
  const told = notes.some((note) => note !== undefined);
  const original = options.get("originalNote");
  if (!notes.some((note) => same(note, original)) || told !== (original !== undefined)) {
    return "options.originalNote is not the note on the original";
  }
  return same(options.get("copyNote"), get(predicate, "copy", "note")) ? undefined : "options.copyNote is not the note on the copy";
}

function coverageContradicts(report) {
  const number = (name) => {
    const value = get(report, "coverage", name);
    return value instanceof Fraction ? value.value : value;
  };
  const [of, matched, share] = ["original_words", "matched_words", "share"].map(number);
  if (![of, matched, share].every((value) => typeof value === "number")) {
    return "report.json does not say how much of the original is in the copy";
  }
  const expected = of > 0 ? matched / of : 0;
  const fit = matched <= of && Math.abs(share - expected) < 0.001;
  return fit ? undefined : "report.json says two things about how much of the original is in the copy";
}

/** Whether the verdict is one of the words there are, and neither milder than the findings nor without any. */
function verdictContradicts(report) {
  const [verdict, disclosed] = [get(report, "verdict"), get(report, "disclosed")];
  const place = WORDS.verdicts.indexOf(verdict);
  if (place < 0) return `${quoted(verdict)} is no verdict`;
  if (!WORDS.disclosed.includes(disclosed)) return `${quoted(disclosed)} says nothing of how far the copy is open about it`;
  const findings = getList(report, "findings") ?? [];
  const groundless = !findings.some((finding) => (getText(finding, "class") ?? "framing") !== "framing");
  const worst = findings.reduce((most, finding) => Math.max(most, WORDS.verdicts.indexOf(leastVerdict(finding))), 0);
  const judging = ["verbatim", "emphasised", "excerpted", "altered"].includes(verdict);
  if (judging && worst > place) return `the verdict ${verdict} is milder than the findings below it`;
  return judging && verdict !== "verbatim" && groundless ? `no finding bears out the verdict ${verdict}` : undefined;
}

/** The mildest verdict a finding leaves room for. What another version of the original has too moves none. */
function leastVerdict(finding) {
  const text = (name) => getText(finding, name) ?? "";
  if ((getList(finding, "supported_by") ?? []).length > 0) return "verbatim";
  const counts = ["warning", "error"].includes(text("severity"));
  switch (`${text("class")} ${text("kind")}`) {
    case "edit text-moved":
    case "concealment lookalike":
      return "altered";
    case "edit text-deleted":
      // Whole paragraphs may be left out of an excerpt.
      return counts ? "excerpted" : "verbatim";
    case "edit text-inserted":
    case "edit text-replaced":
      return counts ? "altered" : "verbatim";
    default:
      if (text("class") === "concealment" && text("severity") === "error") return "altered";
      return text("class") === "emphasis" && counts && get(finding, "declared_by") === undefined ? "emphasised" : "verbatim";
  }
}
