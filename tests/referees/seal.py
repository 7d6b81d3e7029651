"""Verifies a seal with Python's own tools: securesystemslib, in-toto-attestation and rfc8785. tests/referees/seal.sh sets this up.

    python seal.py vidimus.sigstore.json signer.pem

The key comes from outside, as it has to. Anything wrong is an exception.
"""

import base64
import json
import sys

import rfc8785
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

seal, key = sys.argv[1:]
with open(seal, encoding="utf-8") as file:
    envelope = json.load(file)["dsseEnvelope"]
with open(key, "rb") as file:
    public = SSlibKey.from_crypto(load_pem_public_key(file.read()))
Envelope.from_dict(envelope).verify([public], 1)
payload = base64.b64decode(envelope["payload"], validate=True)
statement = json_format.Parse(payload, statement_pb2.Statement())
Statement.copy_from_pb(statement).validate()
if rfc8785.dumps(json.loads(payload)) != payload:
    raise ValueError("the statement is not in canonical form")
print("OK")
