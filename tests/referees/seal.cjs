// Verifies a seal with Sigstore's own library for Node. tests/referees/seal.sh sets this up.
//
//     node seal.cjs vidimus.sigstore.json signer.pem [tsa.pem tsa-ca.pem]
//
// The key comes from outside, and so does the chain of a timestamp authority, leaf first. Anything wrong is an error with a code.

const fs = require("node:fs");
const { createPublicKey } = require("node:crypto");
const { bundleFromJSON } = require("@sigstore/bundle");
const { TrustedRoot } = require("@sigstore/protobuf-specs");
const { Verifier, toSignedEntity, toTrustMaterial } = require("@sigstore/verify");

const [seal, signer, ...chain] = process.argv.slice(2);
const bundle = bundleFromJSON(JSON.parse(fs.readFileSync(seal)));
const { hint } = bundle.verificationMaterial.content.publicKey;
const rawBytes = createPublicKey(fs.readFileSync(signer)).export({ type: "spki", format: "der" });
const start = new Date(0);
const certificates = chain.map((file) => ({ rawBytes: fs.readFileSync(file, "utf8").replace(/-----[^-]+-----|\s/g, "") }));
const root = TrustedRoot.fromJSON({
  tlogs: [], ctlogs: [], certificateAuthorities: [],
  timestampAuthorities: certificates.length > 0 ? [{ uri: "", certChain: { certificates }, validFor: { start: start.toISOString() } }] : [],
});
const trust = toTrustMaterial(root, { [hint]: { hint, rawBytes, validFor: { start } } });
try {
  new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: certificates.length > 0 ? 1 : 0 }).verify(toSignedEntity(bundle));
  console.log("OK");
} catch (error) {
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
