// Timestamps on verify.html: an authority of our own, made by openssl, and what the page and the program say of its tokens. A part
// of verify_page.mjs, which hands over what it has.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CONFIGURATION = `
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Test
[ root ]
basicConstraints = critical,CA:TRUE
subjectKeyIdentifier = hash
[ between ]
basicConstraints = critical,CA:TRUE,pathlen:0
subjectKeyIdentifier = hash
[ named ]
basicConstraints = critical,CA:TRUE
nameConstraints = critical,permitted;DNS:example.org
[ elsewhere ]
basicConstraints = critical,CA:TRUE
extendedKeyUsage = serverAuth
[ leaf ]
extendedKeyUsage = critical,timeStamping
[ authority ]
extendedKeyUsage = critical,timeStamping
basicConstraints = critical,CA:TRUE
[ loose ]
extendedKeyUsage = timeStamping
[ both ]
extendedKeyUsage = critical,timeStamping,codeSigning
[ none ]
keyUsage = critical,digitalSignature
[ ca ]
default_ca = store
[ store ]
database = index
new_certs_dir = .
serial = certificates
default_md = sha256
policy = anything
unique_subject = no
[ anything ]
commonName = supplied
[ tsa ]
default_tsa = here
[ here ]
serial = tokens
accuracy = secs:1
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
ess_cert_id_alg = sha256
`;
/** How many bytes of salt go with a hash. */
const SALT = { sha256: 32, sha384: 48, sha512: 64 };
const LIFE = ["20200101000000Z", "20900101000000Z"];

/** An authority in a folder of its own: a root, what stands between, and a certificate that signs tokens. */
class Authority {
  constructor(scratch, { key = "EC:P-256", root = "EC:P-256", extensions = "leaf", valid = LIFE, between, digest = "sha256", ess = "sha256", accuracy } = {}) {
    this.folder = mkdtempSync(join(scratch, "tsa-"));
    this.digest = digest;
    const named = CONFIGURATION.replace("ess_cert_id_alg = sha256", `ess_cert_id_alg = ${ess}`);
    writeFileSync(join(this.folder, "tsa.cnf"), named.replace(/accuracy = .*\n/, accuracy ? `accuracy = ${accuracy}\n` : ""));
    writeFileSync(join(this.folder, "index"), "");
    for (const serial of ["certificates", "tokens"]) writeFileSync(join(this.folder, serial), "01\n");
    this.key("root.key", root);
    this.openssl("req -x509 -new -key root.key -out root.pem -days 36500 -config tsa.cnf -extensions root -subj /CN=Root");
    let issuer = "root";
    if (between) {
      this.key("between.key", "EC:P-384");
      this.sign("between", "root", between.extensions ?? "between", between.valid ?? LIFE);
      issuer = "between";
    }
    this.key("tsa.key", key);
    this.sign("tsa", issuer, extensions, valid);
    this.chain = between ? ["tsa.pem", "between.pem"] : ["tsa.pem"];
    writeFileSync(join(this.folder, "chain.pem"), this.chain.map((name) => this.read(name)).join(""));
  }

  key(name, kind) {
    const [algorithm, option] = kind.split(":");
    // Some programs write down what a key is for, some leave it open: RSA-PSS:2048:sha256 and RSA-PSS:2048.
    const hash = kind.split(":")[2];
    const only = hash ? ` -pkeyopt rsa_pss_keygen_md:${hash} -pkeyopt rsa_pss_keygen_mgf1_md:${hash} -pkeyopt rsa_pss_keygen_saltlen:${SALT[hash]}` : "";
    const named = algorithm === "EC" ? `ec_paramgen_curve:${option}` : `rsa_keygen_bits:${option}`;
    this.openssl(`genpkey -algorithm ${algorithm} -pkeyopt ${named}${only} -out ${name}`);
  }

  sign(name, issuer, extensions, [from, to]) {
    this.openssl(`req -new -key ${name}.key -out ${name}.csr -config tsa.cnf -subj /CN=${name}`);
    this.openssl(`ca -batch -notext -config tsa.cnf -in ${name}.csr -out ${name}.pem -cert ${issuer}.pem -keyfile ${issuer}.key`
      + ` -extensions ${extensions} -startdate ${from} -enddate ${to}`);
  }

  openssl(words) {
    const run = spawnSync("openssl", words.split(" "), { cwd: this.folder, encoding: "utf8" });
    if (run.status !== 0) throw new Error(`openssl ${words}: ${run.error ?? run.stderr}`);
  }

  path(name) { return join(this.folder, name); }

  read(name) { return readFileSync(this.path(name)); }

  /** What another token says, signed by this one: `openssl ts` signs with no certificate that is for other things too. */
  signing(token, hash = "sha256", more = "") {
    writeFileSync(this.path("sound.tsr"), token);
    this.openssl("ts -reply -in sound.tsr -token_out -out sound.tst");
    this.openssl("cms -verify -noverify -inform DER -in sound.tst -out content");
    this.openssl("cms -sign -binary -nodetach -cades -md " + hash + " -econtent_type 1.2.840.113549.1.9.16.1.4 -in content -signer tsa.pem -inkey tsa.key"
      + `${more} -outform DER -out made.tst`);
    return this.read("made.tst");
  }

  /** Its timestamp of these bytes. */
  token(signed, hash = "sha256") {
    writeFileSync(this.path("signed"), signed);
    this.openssl(`ts -query -data signed -${hash} -cert -out asked.tsq`);
    this.openssl(`ts -reply -config tsa.cnf -queryfile asked.tsq -signer tsa.pem -inkey tsa.key -out answer.tsr -chain chain.pem -${this.digest}`);
    return this.read("answer.tsr");
  }
}

/** The signature of a folder's seal. */
function signatureOf(folder) {
  const seal = JSON.parse(readFileSync(join(folder, "vidimus.sigstore.json"), "utf8"));
  return Buffer.from(seal.dsseEnvelope.signatures[0].sig, "base64");
}

function stamp(folder, tokens) {
  const file = join(folder, "vidimus.sigstore.json");
  const seal = JSON.parse(readFileSync(file, "utf8"));
  seal.verificationMaterial.timestampVerificationData = {
    rfc3161Timestamps: tokens.map((token) => ({ signedTimestamp: typeof token === "string" ? token : token.toString("base64") })),
  };
  writeFileSync(file, JSON.stringify(seal));
}

/** Where the program's reader of certificates stops sooner than ours, both say `timestamp-invalid` and each its own why. */
const READ = /cannot be read|names another certificate|signature does not fit|over another content/;

export async function timestamps(browser, { open, ask, program, compare, complain, copyOf, scratch, GOLDEN }) {
  const tab = await open(browser, "timestamps");
  const trust = join(GOLDEN, "allowed_signers");
  const signature = signatureOf(join(GOLDEN, "verified/evidence"));
  const check = async (where, tokens, options, outcome = undefined) => {
    const folder = copyOf();
    stamp(folder, tokens);
    const given = { "--trust": trust, ...options };
    const [said, own] = [await ask(tab, folder, given), program(folder, given)];
    if (own.outcome === "timestamp-invalid" && READ.test(own.detail ?? "") && READ.test(said.facts.because ?? "")) own.detail = said.facts.because;
    compare(where, said, own);
    if (outcome && own.outcome !== outcome) complain(where, `the program says ${JSON.stringify(own)}`);
    const notes = own.notes?.filter((note) => note.startsWith("a timestamp counts")) ?? [];
    if (!notes.every((note) => said.notes.includes(note))) complain(where, `the page does not note ${notes}; it notes ${said.notes}`);
    rmSync(folder, { recursive: true });
    return said;
  };
  const authority = new Authority(scratch);
  const token = authority.token(signature);
  const tsa = { "--tsa": authority.path("root.pem") };
  const good = await check("a pinned root", [token], tsa, "verified");
  if (!good.facts.timestamp?.startsWith("not made later than 20")) complain("a pinned root", JSON.stringify(good));
  await check("its own certificate pinned", [token], { "--tsa": authority.path("tsa.pem") }, "verified");
  await check("nobody pinned", [token], {}, "verified");
  await check("nobody pinned, one demanded", [token], { "--require-timestamp": true }, "no-timestamp");
  await check("one demanded and there", [token], { ...tsa, "--require-timestamp": true }, "verified");
  await check("none there, one demanded", [], { ...tsa, "--require-timestamp": true }, "no-timestamp");
  await check("over something else", [authority.token(Buffer.from("another signature"))], tsa, "timestamp-invalid");
  for (const hash of ["sha384", "sha512"]) await check(`an imprint by ${hash}`, [authority.token(signature, hash)], tsa, "verified");
  await check("an imprint by sha1", [authority.token(signature, "sha1")], tsa, "timestamp-invalid");
  await check("two of which one is none", [token, authority.token(Buffer.from("x"))], tsa, "timestamp-invalid");
  await check("two", [token, authority.token(signature)], tsa, "verified");
  await check("too many", new Array(17).fill(token), tsa, "malformed");
  await check("no base64", ["?"], tsa, "malformed");
  await check("nothing in it", [""], tsa, "timestamp-invalid");

  // A key that is retired one day: the time of the token counts, where there is one that counts.
  const [, , kind, key] = readFileSync(trust, "utf8").trim().split(" ");
  const signers = (name, dates) => {
    const path = join(scratch, name);
    writeFileSync(path, `desk@example.org ${dates} ${kind} ${key}\n`);
    return path;
  };
  const later = { "--at": "2061-01-01T00:00:00Z" };
  const retired = { "--trust": signers("retired", "valid-before=\"20600101Z\""), ...later };
  await check("a retired key, a token from before", [token], { ...retired, ...tsa }, "verified");
  await check("a retired key, a token that does not count", [token], retired, "expired");
  await check("a retired key, no token", [], { ...retired, ...tsa }, "expired");
  const stolen = { "--trust": signers("stolen", "valid-before=\"20170101Z\""), ...later };
  await check("a key retired before the token", [token], { ...stolen, ...tsa }, "expired");
  const early = { "--trust": signers("early", "valid-after=\"20600101Z\""), ...later };
  await check("a key that was not valid yet", [token], { ...early, ...tsa }, "expired");
  await check("the age at another time", [token], { ...tsa, ...later, "--max-age": "9d" }, "stale");

  const year = new Date().getUTCFullYear();
  const kinds = {
    "RSA and SHA-512": { key: "RSA:2048", root: "RSA:3072", digest: "sha512" },
    "P-384 and SHA-384": { key: "EC:P-384", digest: "sha384" },
    "P-521 and SHA-512": { key: "EC:P-521", root: "EC:P-521", digest: "sha512" },
    "by way of another": { between: {} },
    "the older name of its certificate": { ess: "sha1" },
    "wrong by some seconds": { accuracy: "secs:90, millisecs:500, microsecs:100" },
    "expired since": { valid: [LIFE[0], `${year + 2}0101000000Z`] },
  };
  for (const [name, made] of Object.entries(kinds)) {
    const one = new Authority(scratch, made);
    await check(name, [one.token(signature)], { "--tsa": one.path("root.pem"), ...later }, "verified");
    await check(`${name}, unpinned`, [one.token(signature)], { ...tsa, ...later }, "verified");
    await check(`${name}, demanded`, [one.token(signature)], { ...tsa, ...later, "--require-timestamp": true }, "no-timestamp");
  }
  const bad = {
    "not valid yet then": [{ valid: [`${year + 2}0101000000Z`, LIFE[1]] }, "timestamp-invalid"],
    "expired then": [{ valid: [LIFE[0], "20210101000000Z"] }, "timestamp-invalid"],
    "what stands between expired then": [{ between: { valid: [LIFE[0], "20210101000000Z"] } }, "timestamp-invalid"],
    "what stands between is for servers": [{ between: { extensions: "elsewhere" } }, "no-timestamp"],
    "what stands between is no authority": [{ between: { extensions: "leaf" } }, "no-timestamp"],
    "an authority of others": [{ extensions: "authority" }, "no-timestamp"],
    "RSA of 1024 bits": [{ key: "RSA:1024" }, "timestamp-invalid"],
  };
  for (const [name, [made, outcome]] of Object.entries(bad)) {
    const one = new Authority(scratch, made);
    await check(name, [one.token(signature)], { "--tsa": one.path("root.pem"), "--require-timestamp": true }, outcome);
  }
  for (const [extensions, outcome] of [["leaf", "verified"], ["loose", "timestamp-invalid"], ["both", "timestamp-invalid"], ["none", "timestamp-invalid"]]) {
    const one = new Authority(scratch, { extensions });
    await check(`a certificate with the uses "${extensions}"`, [one.signing(token)], { "--tsa": one.path("root.pem") }, outcome);
  }
  // RSA-PSS: signed by a key for RSA in general, by one for RSA-PSS alone, and by one for another hash than is used.
  const pss = (hash) => ` -keyopt rsa_padding_mode:pss -keyopt rsa_mgf1_md:${hash} -keyopt rsa_pss_saltlen:${SALT[hash]}`;
  for (const hash of Object.keys(SALT)) {
    for (const kind of ["RSA:2048", "RSA-PSS:2048", `RSA-PSS:2048:${hash}`]) {
      const one = new Authority(scratch, { key: kind });
      // Asked for now: no root stands behind a token from before it.
      const made = one.signing(authority.token(signature), hash, pss(hash));
      await check(`${kind}, RSA-PSS and ${hash}`, [made], { "--tsa": one.path("root.pem"), "--require-timestamp": true }, "verified");
      await check(`${kind}, ${hash}, unpinned`, [made], { ...tsa, "--require-timestamp": true }, "no-timestamp");
    }
  }
  for (const kind of ["RSA:2048", "RSA-PSS:2048", "RSA-PSS:2048:sha256"]) {
    const one = new Authority(scratch, { root: kind });
    await check(`a root ${kind}`, [one.token(signature)], { "--tsa": one.path("root.pem"), "--require-timestamp": true });
  }
  // Several files of certificates, and an authority's own certificate that would make another authority.
  const second = new Authority(scratch);
  const several = { "--tsa": [second.path("root.pem"), authority.path("root.pem")], "--require-timestamp": true };
  await check("several files", [token], several, "verified");
  await check("the same file twice", [token], { "--tsa": [authority.path("root.pem"), authority.path("root.pem")] }, "verified");
  authority.key("evil.key", "EC:P-256");
  authority.sign("evil", "tsa", "leaf", LIFE);
  for (const part of ["key", "pem"]) writeFileSync(second.path(`tsa.${part}`), authority.read(`evil.${part}`));
  writeFileSync(second.path("chain.pem"), authority.read("evil.pem"));
  await check("of an authority's own making", [second.token(signature)], { "--tsa": authority.path("tsa.pem"), "--require-timestamp": true }, "no-timestamp");
  const limited = new Authority(scratch, { between: { extensions: "named" } });
  const folder = copyOf();
  stamp(folder, [limited.token(signature)]);
  const said = await ask(tab, folder, { "--trust": trust, "--tsa": limited.path("root.pem") });
  if (said.title !== "Nothing was checked." || !said.verdict.includes("limits names")) complain("limits on names", said.verdict);

  for (let place = 0; place < token.length; place += 23) {
    const changed = Buffer.from(token);
    changed[place] ^= 1 << (place % 8);
    // A token may bring certificates that nothing depends on.
    const said = await check(`byte ${place} of a token flipped`, [changed], tsa);
    if (said.title.startsWith("VERIFIED") && said.facts.timestamp && said.facts.timestamp !== good.facts.timestamp) complain(`byte ${place}`, said.facts.timestamp);
  }
  for (const length of [0, 1, 9, 40, token.length - 1]) await check(`a token cut to ${length} bytes`, [token.subarray(0, length)], tsa, "timestamp-invalid");
  for (const text of ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]) {
    const none = join(scratch, `none-${text.length}.pem`);
    writeFileSync(none, text);
    await check(`no certificates: ${text.slice(0, 20)}`, [token], { "--tsa": none });
  }
  await tab.context().close();
}

/** The tokens of public authorities: what the page's own functions say of them. */
export async function vectors(browser, { open, complain, root }) {
  const tab = await open(browser, "tokens of public authorities");
  const json = (name) => JSON.parse(readFileSync(join(root, "tests/vectors/rfc3161", `${name}.json`), "utf8"));
  const pem = (name) => json(name).timestampAuthorities.flatMap(({ certChain }) => certChain.certificates)
    .map(({ rawBytes }) => `-----BEGIN CERTIFICATE-----\n${rawBytes}\n-----END CERTIFICATE-----\n`).join("");
  const told = (token, signed, pinned) => tab.evaluate(async ([bytes, about, text]) => {
    try {
      const own = await weighToken(readToken(decode64(bytes)), await digestsOf(decode64(about)), readAuthorities(bytesOf(text)));
      return own.unpinned ?? "trusted";
    } catch (error) {
      return `${error.outcome}: ${error.message}`;
    }
  }, [token, signed, pinned]);
  for (const [name, own, other] of [
    ["valid_bundle", "valid_trusted_root", "github_trusted_root"], ["github_sha384_bundle", "github_trusted_root", "valid_trusted_root"],
  ]) {
    const bundle = json(name);
    const token = bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp;
    const signed = bundle.messageSignature?.signature ?? bundle.dsseEnvelope.signatures[0].sig;
    const said = [await told(token, signed, pem(own)), await told(token, signed, pem(other)), await told(token, "AAAA", pem(own))];
    const right = said[0] === "trusted" && /^(its authority is none|the token does not bring)/.test(said[1]) && said[2].startsWith("timestamp-invalid: the timestamp is one over something else");
    if (!right) complain(name, JSON.stringify(said));
  }
  await tab.context().close();
}
