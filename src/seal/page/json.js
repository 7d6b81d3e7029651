// JSON that has one reading only, as src/seal/strict_json.rs has it: no name twice, no integer that would be rounded, and in
// seals and statements no fraction, no negative number and no null. Objects become maps, which have no inherited names.

const SEAL_RULES = { depth: 32, values: 1 << 20, loose: false };
const REPORT_RULES = { depth: 96, values: 1 << 23, loose: true };

/** What cannot be read, and why. */
class Unreadable extends Error {}

/** A number written with a fraction or an exponent: 1.0 is not 1 where two texts are held against each other. */
class Fraction {
  constructor(value) { this.value = value; }
}

function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable("not UTF-8");
  }
}

function parseJson(bytes, rules) {
  const reader = new JsonReader(utf8(bytes), rules);
  const value = reader.value();
  reader.space();
  if (reader.at < reader.text.length) reader.refuse("trailing characters");
  return value;
}

class JsonReader {
  constructor(text, rules) {
    Object.assign(this, { text, rules, at: 0, depth: 0, values: 0 });
  }

  refuse(why) { throw new Unreadable(`${why} at character ${this.at + 1}`); }

  space() {
    while (" \t\n\r".includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at += 1;
  }

  take(sign) {
    if (this.text[this.at] !== sign) this.refuse(`expected ${JSON.stringify(sign)}`);
    this.at += 1;
  }

  /** Takes the sign, if it is next. */
  next(sign) {
    this.space();
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  value() {
    this.values += 1;
    if (this.values > this.rules.values) this.refuse("more values than are read");
    this.space();
    const first = this.text[this.at];
    if (first === "{") return this.nested(() => this.object());
    if (first === "[") return this.nested(() => this.list());
    if (first === "\"") return this.string();
    for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        if (value === null && !this.rules.loose) this.refuse("null");
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  nested(inner) {
    this.depth += 1;
    if (this.depth > this.rules.depth) this.refuse("nested too deeply");
    this.at += 1;
    const value = inner();
    this.depth -= 1;
    return value;
  }

  list() {
    const list = [];
    if (this.next("]")) return list;
    do list.push(this.value()); while (this.next(","));
    this.take("]");
    return list;
  }

  object() {
    const map = new Map();
    if (this.next("}")) return map;
    do {
      this.space();
      const name = this.string();
      this.space();
      this.take(":");
      const value = this.value();
      if (map.has(name)) this.refuse(`the name ${quoted(name)} stands twice in one object`);
      map.set(name, value);
    } while (this.next(","));
    this.take("}");
    return map;
  }

  string() {
    this.take("\"");
    let out = "";
    let from = this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code)) this.refuse("text without an end");
      if (code < 0x20) this.refuse("a control character in a text");
      if (code === 0x22) break;
      this.at += 1;
      if (code === 0x5c) {
        out += this.text.slice(from, this.at - 1) + this.escape();
        from = this.at;
      }
    }
    out += this.text.slice(from, this.at);
    this.at += 1;
    return out;
  }

  escape() {
    const sign = this.text[this.at];
    const plain = { "\"": "\"", "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
    if (sign !== "u") {
      if (sign === undefined || !Object.hasOwn(plain, sign)) this.refuse("an escape that means nothing");
      this.at += 1;
      return plain[sign];
    }
    const first = this.unit();
    if (first < 0xd800 || first > 0xdfff) return String.fromCharCode(first);
    // Half a character is none.
    if (first > 0xdbff || this.text[this.at] !== "\\" || this.text[this.at + 1] !== "u") this.refuse("half a character");
    this.at += 1;
    const second = this.unit();
    if (second < 0xdc00 || second > 0xdfff) this.refuse("half a character");
    return String.fromCharCode(first, second);
  }

  unit() {
    const digits = this.text.slice(this.at + 1, this.at + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.refuse("an escape that means nothing");
    this.at += 5;
    return Number.parseInt(digits, 16);
  }

  number() {
    const form = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (!found) this.refuse("expected a value");
    const [token, part, power] = found;
    const value = Number(token);
    const whole = part === undefined && power === undefined && token !== "-0";
    if (!this.rules.loose && (!whole || value < 0)) this.refuse("a number that is no integer from 0 to 2^53-1");
    // A fraction as large as this is an integer that has already been rounded.
    const fits = whole ? Math.abs(value) <= Number.MAX_SAFE_INTEGER : Math.abs(value) < Number.MAX_SAFE_INTEGER;
    if (!fits) this.refuse("an integer above 2^53-1");
    this.at += token.length;
    return whole ? value : new Fraction(value);
  }
}

/** What stands below these names, one after the other. */
function get(value, ...names) {
  return names.reduce((inner, name) => (inner instanceof Map ? inner.get(name) : undefined), value);
}

function getText(value, ...names) {
  const found = get(value, ...names);
  return typeof found === "string" ? found : undefined;
}

function getList(value, ...names) {
  const found = get(value, ...names);
  return Array.isArray(found) ? found : undefined;
}

/** Whether two values say the same. */
function same(left, right) {
  if (left instanceof Fraction && right instanceof Fraction) return left.value === right.value;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((one, index) => same(one, right[index]));
  }
  if (left instanceof Map && right instanceof Map) {
    return left.size === right.size && [...left].every(([name, one]) => right.has(name) && same(one, right.get(name)));
  }
  return left === right;
}

/** A text in quotation marks, as messages have it. */
function quoted(text) {
  return JSON.stringify(text);
}
