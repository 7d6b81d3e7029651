"""Verifies a seal with Sigstore's Python: its reader of envelopes, its reader of statements, and its reader of timestamps
(rfc3161-client). tests/referees/seal.sh sets this up.

    python seal_time.py envelope vidimus.sigstore.json signer.pem
    python seal_time.py subject vidimus.sigstore.json FILE
    python seal_time.py bundle vidimus.sigstore.json
    python seal_time.py token vidimus.sigstore.json tsa.pem tsa-ca.pem

Keys and certificates come from outside, as they have to. Anything wrong is an exception.
"""

import base64
import hashlib
import json
import sys

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate
from rfc3161_client import VerifierBuilder, decode_timestamp_response
from sigstore.dsse import Envelope, Statement
from sigstore.hashes import Hashed
from sigstore.models import Bundle
from sigstore_models.common.v1 import HashAlgorithm

what, path, *rest = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    seal = json.load(file)


def read(name):
    with open(name, "rb") as file:
        return file.read()


if what == "envelope":
    # Sigstore's own check takes ECDSA keys only: its bytes to be signed, and the same library's Ed25519.
    envelope = Envelope._from_json(json.dumps(seal["dsseEnvelope"]))
    load_pem_public_key(read(rest[0])).verify(envelope.signature, envelope.pae())
elif what == "subject":
    statement = Statement(base64.b64decode(seal["dsseEnvelope"]["payload"]))
    digest = Hashed(algorithm=HashAlgorithm.SHA2_256, digest=hashlib.sha256(read(rest[0])).digest())
    if not statement._matches_digest(digest):
        raise ValueError("no subject has this digest")
elif what == "bundle":
    Bundle.from_json(json.dumps(seal))
elif what == "token":
    tokens = seal["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"]
    signature = base64.b64decode(seal["dsseEnvelope"]["signatures"][0]["sig"])
    leaf, root = (load_pem_x509_certificate(read(name)) for name in rest)
    verifier = VerifierBuilder().tsa_certificate(leaf).add_root_certificate(root).build()
    for token in tokens:
        response = decode_timestamp_response(base64.b64decode(token["signedTimestamp"]))
        if not verifier.verify_message(response, signature):
            raise ValueError("the token does not fit")
print("OK")
