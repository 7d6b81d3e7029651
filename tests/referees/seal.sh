#!/bin/sh
# Holds a folder the program has just sealed against the tools of other people: openssl, ssh-keygen, securesystemslib with
# in-toto's and RFC 8785's Python, @sigstore/verify, minisign and bagit.py; with a timestamp of an authority on loopback also openssl ts,
# rfc3161-client, and Sigstore's Python and Rust. Each has to pass what is good and to refuse what was tampered with; any surprise
# fails.
#
#     tests/referees/seal.sh
#
# It needs cargo, openssl, ssh-keygen, jq, sha256sum, minisign, node, npm and python3 with venv. What it fetches and makes is
# below target/referees.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/referees/seal
vidimus=$root/target/debug/vidimus
for tool in cargo openssl ssh-keygen jq sha256sum minisign node npm python3; do
    command -v "$tool" >/dev/null || { echo "seal.sh: $tool is not here" >&2; exit 2; }
done

mkdir -p "$work"
cd "$work"
if [ ! -e python/ready-1 ]; then
    python3 -m venv --clear python
    python/bin/pip install --quiet --disable-pip-version-check securesystemslib==1.6.0 in-toto-attestation==0.9.3 rfc8785==0.1.4 \
        cryptography==46.0.3 bagit==1.9.0
    touch python/ready-1
fi
if [ ! -e node_modules/ready-1 ]; then
    printf '{ "private": true }\n' >package.json
    npm install --no-audit --no-fund --ignore-scripts --silent @sigstore/bundle@4.0.0 @sigstore/verify@3.1.1 @sigstore/protobuf-specs@0.5.2
    touch node_modules/ready-1
fi
if [ ! -e sigstore-python/ready-1 ]; then
    python3 -m venv --clear sigstore-python
    sigstore-python/bin/pip install --quiet --disable-pip-version-check sigstore==4.5.1 sigstore-models==0.0.6 rfc3161-client==1.0.9 \
        cryptography==50.0.2
    touch sigstore-python/ready-1
fi
(cd "$root/tests/referees/sigstore" && cargo build --quiet --locked --target-dir "$root/target/referees/sigstore")
(cd "$root" && cargo build --quiet)

# Everything sealed here is new: another key, and the program as it was just built.
rm -rf run
mkdir run
cd run
SOURCE_DATE_EPOCH=1511827200
export SOURCE_DATE_EPOCH
"$vidimus" key new --no-passphrase key.pem >signer.pem 2>/dev/null
"$vidimus" key new --no-passphrase other.key.pem >other.pem 2>/dev/null
for name in key other.key; do
    "$vidimus" key public $name.pem --format minisign >${name%key}minisign.pub
    "$vidimus" key public $name.pem --format allowed-signers --principal desk@example.org >${name%key}allowed_signers
    "$vidimus" key public $name.pem --format ssh >${name%key}ssh.pub
done
case=$root/snapshots/cases/syria-joint-statement-emphasised
cp "$case/copy.html" "$case/original.html" .
status=0
"$vidimus" check copy.html --original original.html --out evidence --key key.pem --minisign --format json >/dev/null || status=$?
[ "$status" -eq 1 ] || { echo "seal.sh: vidimus check ended with $status" >&2; exit 1; }
"$vidimus" verify evidence --trust allowed_signers --strict --at 2017-11-28T00:00:00Z >/dev/null

failures=0
# Fails unless the command comes to what is expected, 0 or anything else, and says the words.
expect() {
    wanted=$1 words=$2 what=$3
    shift 3
    status=0
    "$@" >said 2>&1 || status=$?
    if { [ "$wanted" = good ] && [ "$status" -ne 0 ]; } || { [ "$wanted" = bad ] && [ "$status" -eq 0 ]; } || ! grep -q -- "$words" said; then
        echo "$what: ended with $status, expected $wanted and \"$words\":"
        sed 's/^/    /' said | head -n 20
        failures=$((failures + 1))
    else
        echo "$what: as expected"
    fi
}

# A copy of the evidence, to be tampered with.
fresh() {
    rm -rf "$1"
    cp -r evidence "$1"
}
# The seal with another payload, signature, type or key id.
reseal() {
    jq -c "$2" "$1/vidimus.sigstore.json" >seal.new
    mv seal.new "$1/vidimus.sigstore.json"
    # An edit that changes nothing would let every tool pass.
    ! cmp -s "$1/vidimus.sigstore.json" evidence/vidimus.sigstore.json || { echo "seal.sh: the edit of $1 changes nothing" >&2; exit 1; }
}
fresh payload
reseal payload '.dsseEnvelope.payload |= (@base64d | sub("\"altered\""; "\"verbatim\"") | @base64)'
fresh type
reseal type '.dsseEnvelope.payloadType = "text/plain"'
fresh signature
reseal signature '.dsseEnvelope.signatures[0].sig |= (if .[:1] == "A" then "B" else "A" end) + .[1:]'
fresh keyid
reseal keyid '.dsseEnvelope.signatures[0].keyid = ("0" * 64)'
fresh file
printf 'x' >>file/copy.html
fresh two

# A. openssl, jq and sha256sum: the very commands of docs/verify/sysadmin.md are run by the tests; here in one piece.
stock() {
    (
        cd "$1"
        w=../stock
        rm -rf $w && mkdir $w
        b=vidimus.sigstore.json
        t=$(jq -r .dsseEnvelope.payloadType $b)
        jq -r .dsseEnvelope.payload $b | base64 -d >$w/p
        { printf 'DSSEv1 %d %s %d ' ${#t} "$t" "$(wc -c <$w/p)"; cat $w/p; } >$w/pae
        jq -r '.dsseEnvelope.signatures[0].sig' $b | base64 -d >$w/s
        openssl pkeyutl -verify -pubin -inkey "../$2" -rawin -in $w/pae -sigfile $w/s && cmp $w/p statement.json &&
            jq -r '(.subject[], (.predicate | .original, .witnesses[]?.source | ., .sheets[]?))|"\(.digest.sha256)  \(.name)"' $w/p | sha256sum -c -
    )
}
expect good 'Signature Verified Successfully' 'openssl, good' stock evidence signer.pem
expect bad 'Signature Verification Failure' 'openssl, other key' stock evidence other.pem
expect bad 'Signature Verification Failure' 'openssl, payload edited' stock payload signer.pem
expect bad 'Signature Verification Failure' 'openssl, type edited' stock type signer.pem
expect bad 'copy.html: FAILED' 'sha256sum, file edited' stock file signer.pem

# B. OpenSSH.
ssh_verify() {
    ssh-keygen -Y verify -f "$1" -I "$2" -n "$3" -s "$4/statement.json.sig" -O verify-time=20171128000000Z ${5:+-r "$5"} <"$4/statement.json"
}
fresh statement
printf ' ' >>statement/statement.json
expect good 'Good "vidimus-manifest" signature for desk@example.org' 'ssh-keygen, good' ssh_verify allowed_signers desk@example.org vidimus-manifest evidence
expect bad 'Could not verify' 'ssh-keygen, other text' ssh_verify allowed_signers desk@example.org vidimus-manifest statement
expect bad 'Could not verify' 'ssh-keygen, other namespace' ssh_verify allowed_signers desk@example.org git evidence
expect bad 'Could not verify' 'ssh-keygen, other signer' ssh_verify allowed_signers mallory@example.org vidimus-manifest evidence
expect bad 'Could not verify' 'ssh-keygen, no line for the key' ssh_verify other.allowed_signers desk@example.org vidimus-manifest evidence
expect bad 'Could not verify' 'ssh-keygen, key revoked' ssh_verify allowed_signers desk@example.org vidimus-manifest evidence ssh.pub
sed 's/ namespaces=/ valid-before="20171127Z",namespaces=/' allowed_signers >expired.allowed_signers
expect bad 'expired' 'ssh-keygen, key expired' ssh_verify expired.allowed_signers desk@example.org vidimus-manifest evidence

# C. Python: securesystemslib, in-toto-attestation, rfc8785.
python=$work/python/bin/python
python() { "$python" "$root/tests/referees/seal.py" "$@"; }
expect good '^OK' 'securesystemslib, good' python evidence/vidimus.sigstore.json signer.pem
expect bad 'VerificationError' 'securesystemslib, other key' python evidence/vidimus.sigstore.json other.pem
for edit in payload type signature keyid; do
    expect bad 'VerificationError' "securesystemslib, $edit edited" python $edit/vidimus.sigstore.json signer.pem
done

# D. Node: @sigstore/verify.
sigstore() { NODE_PATH=$work/node_modules node "$root/tests/referees/seal.cjs" "$@"; }
expect good '^OK' '@sigstore/verify, good' sigstore evidence/vidimus.sigstore.json signer.pem
expect bad 'SIGNATURE_ERROR' '@sigstore/verify, other key' sigstore evidence/vidimus.sigstore.json other.pem
for edit in payload type signature; do
    expect bad 'SIGNATURE_ERROR' "@sigstore/verify, $edit edited" sigstore $edit/vidimus.sigstore.json signer.pem
done

# E. minisign.
mini() { minisign -V -p "$1" -x "$2/statement.json.minisig" -m "$2/statement.json"; }
expect good 'Signature and comment signature verified' 'minisign, good' mini minisign.pub evidence
expect bad '' 'minisign, other key' mini other.minisign.pub evidence
expect bad 'Signature verification failed' 'minisign, other text' mini minisign.pub statement
fresh comment
sed 's/^trusted comment: file/trusted comment: File/' evidence/statement.json.minisig >comment/statement.json.minisig
expect bad 'Comment signature verification failed' 'minisign, comment edited' mini minisign.pub comment

# F. bagit.py.
bagit() { "$python" "$work/python/bin/bagit.py" --validate "$@"; }
"$vidimus" export evidence --bagit bag
expect good 'bag is valid\|bag: valid\|is valid' 'bagit.py, good' bagit bag
edited() {
    rm -rf "$1"
    cp -r bag "$1"
}
edited bag-byte
printf 'x' | dd of=bag-byte/data/copy.html bs=1 seek=9 conv=notrunc 2>/dev/null
expect bad 'copy.html' 'bagit.py, a byte of a page changed' bagit bag-byte
edited bag-missing
rm bag-missing/data/report.html
expect bad 'report.html\|Payload-Oxum' 'bagit.py, a page missing' bagit bag-missing
edited bag-more
printf 'x' >bag-more/data/more.txt
expect bad 'more.txt\|Payload-Oxum' 'bagit.py, a page more' bagit bag-more
edited bag-info
sed 's/Bagging-Date: 2017/Bagging-Date: 2016/' bag/bag-info.txt >bag-info/bag-info.txt
expect bad 'bag-info.txt' 'bagit.py, the day of bagging edited' bagit bag-info
edited bag-manifest
sed 's/^./0/' bag/manifest-sha256.txt >bag-manifest/manifest-sha256.txt
expect bad 'manifest-sha256.txt\|SHA-\?256\|sha256' 'bagit.py, a manifest edited' bagit bag-manifest
expect good '^VERIFIED' 'vidimus, the evidence inside the bag' "$vidimus" verify bag/data --trust allowed_signers --strict --at 2017-11-28T00:00:00Z

# G. Timestamps, by an authority of our own. Its certificates come from outside, as they have to; the other one is nobody's.
for tsa in tsa other-tsa; do
    mkdir $tsa
    cat >$tsa/tsa.cnf <<'END'
[ tsa ]
default_tsa = here
[ here ]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
END
    echo 01 >$tsa/serial
    echo 'extendedKeyUsage = critical,timeStamping' >$tsa/leaf.ext
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$tsa root" -keyout $tsa/root.key \
        -addext keyUsage=critical,keyCertSign -out $tsa/root.pem 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$tsa" -keyout $tsa/tsa.key -out $tsa/tsa.csr 2>/dev/null
    openssl x509 -req -in $tsa/tsa.csr -CA $tsa/root.pem -CAkey $tsa/root.key -CAcreateserial -days 3650 -extfile $tsa/leaf.ext \
        -out $tsa/tsa.pem 2>/dev/null
done
python3 "$root/tests/referees/tsa.py" tsa port &
authority=$!
trap 'kill $authority 2>/dev/null || true' EXIT
tries=0
while [ ! -e port ]; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || { echo "seal.sh: the authority does not listen" >&2; exit 1; }
    sleep 0.1
done
fresh stamped
"$vidimus" timestamp stamped --timestamp "http://127.0.0.1:$(cat port)/" --tsa tsa/root.pem >/dev/null 2>&1
fresh stamped-payload
cp stamped/vidimus.sigstore.json stamped-payload/
reseal stamped-payload '.dsseEnvelope.payload |= (@base64d | sub("\"altered\""; "\"verbatim\"") | @base64)'
taken() { jq -r "$1" "$2/vidimus.sigstore.json" | base64 -d >"$3"; }
taken '.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp' stamped stamp.token
taken '.dsseEnvelope.signatures[0].sig' stamped stamp.signature
# A seal by another key with this token: over another signature it says nothing.
"$vidimus" check copy.html --original original.html --out other --key other.key.pem --format json >/dev/null || true
fresh moved
cp other/vidimus.sigstore.json moved/
reseal moved ".verificationMaterial.timestampVerificationData = {rfc3161Timestamps: [{signedTimestamp: \"$(base64 -w0 <stamp.token)\"}]}"
ours() { "$vidimus" verify "$1" --trust "$2" --at 2017-11-28T00:00:00Z --require-timestamp --tsa "$3"; }
expect good '^VERIFIED' 'vidimus, a token' ours stamped allowed_signers tsa/root.pem
expect bad '^NO-TIMESTAMP' 'vidimus, another authority' ours stamped allowed_signers other-tsa/root.pem
expect bad '^TIMESTAMP-INVALID' 'vidimus, a token of another signature' ours moved other.allowed_signers tsa/root.pem

openssl_ts() { openssl ts -verify -in stamp.token -data "$1" -CAfile "$2"; }
expect good 'Verification: OK' 'openssl ts, good' openssl_ts stamp.signature tsa/root.pem
expect bad 'message imprint mismatch' 'openssl ts, other signature' openssl_ts evidence/copy.html tsa/root.pem
expect bad 'Verification: FAILED' 'openssl ts, other authority' openssl_ts stamp.signature other-tsa/root.pem

sigstore_python() { "$work/sigstore-python/bin/python" "$root/tests/referees/seal_time.py" "$@"; }
expect good '^OK' 'rfc3161-client, good' sigstore_python token stamped/vidimus.sigstore.json tsa/tsa.pem tsa/root.pem
expect bad 'VerificationError\|ValueError' 'rfc3161-client, a token of another signature' sigstore_python token moved/vidimus.sigstore.json tsa/tsa.pem tsa/root.pem
expect bad 'VerificationError\|ValueError' 'rfc3161-client, other authority' sigstore_python token stamped/vidimus.sigstore.json other-tsa/tsa.pem other-tsa/root.pem

# H. Sigstore's Python. It takes no bundle that was signed by a key, and says so; its envelope, its statement and its digests it takes.
expect good '^OK' 'sigstore for Python, envelope' sigstore_python envelope stamped/vidimus.sigstore.json signer.pem
expect bad 'InvalidSignature' 'sigstore for Python, other key' sigstore_python envelope stamped/vidimus.sigstore.json other.pem
for edit in payload type signature; do
    expect bad 'InvalidSignature' "sigstore for Python, $edit edited" sigstore_python envelope $edit/vidimus.sigstore.json signer.pem
done
reseal two '.dsseEnvelope.signatures += .dsseEnvelope.signatures'
expect bad 'exactly one signature' 'sigstore for Python, two signatures' sigstore_python envelope two/vidimus.sigstore.json signer.pem
expect good '^OK' 'sigstore for Python, the copy is a subject' sigstore_python subject evidence/vidimus.sigstore.json evidence/copy.html
expect bad 'no subject' 'sigstore for Python, the original is none' sigstore_python subject evidence/vidimus.sigstore.json evidence/original.html
expect bad 'no subject' 'sigstore for Python, file edited' sigstore_python subject evidence/vidimus.sigstore.json file/copy.html
expect bad 'InvalidBundle\|ertificate' 'sigstore for Python, a bundle with a key' sigstore_python bundle stamped/vidimus.sigstore.json

# I. Sigstore's Node with a token.
expect good '^OK' '@sigstore/verify, a token' sigstore stamped/vidimus.sigstore.json signer.pem tsa/tsa.pem tsa/root.pem
expect bad 'TIMESTAMP_ERROR' '@sigstore/verify, no token' sigstore evidence/vidimus.sigstore.json signer.pem tsa/tsa.pem tsa/root.pem
expect bad 'TIMESTAMP_ERROR' '@sigstore/verify, other authority' sigstore stamped/vidimus.sigstore.json signer.pem other-tsa/tsa.pem other-tsa/root.pem
expect bad 'TIMESTAMP_ERROR' '@sigstore/verify, a token of another signature' sigstore moved/vidimus.sigstore.json other.pem tsa/tsa.pem tsa/root.pem
expect bad 'SIGNATURE_ERROR' '@sigstore/verify, a token and the payload edited' sigstore stamped-payload/vidimus.sigstore.json signer.pem tsa/tsa.pem tsa/root.pem

# J. Sigstore's Rust, which wants a token.
sigstore_rust() { "$root/target/referees/sigstore/debug/vidimus-sigstore" "$@" tsa/tsa.pem tsa/root.pem; }
expect good '^OK' 'sigstore-verify, good' sigstore_rust stamped/vidimus.sigstore.json signer.pem stamped/report.json
expect good '^OK' 'sigstore-verify, the copy' sigstore_rust stamped/vidimus.sigstore.json signer.pem stamped/copy.html
expect bad 'ArtifactMismatch' 'sigstore-verify, the original is no subject' sigstore_rust stamped/vidimus.sigstore.json signer.pem stamped/original.html
expect bad 'ArtifactMismatch' 'sigstore-verify, file edited' sigstore_rust stamped/vidimus.sigstore.json signer.pem file/copy.html
expect bad 'MissingSigningTimeEvidence' 'sigstore-verify, no token' sigstore_rust evidence/vidimus.sigstore.json signer.pem evidence/report.json
expect bad 'SignatureInvalid' 'sigstore-verify, other key' sigstore_rust stamped/vidimus.sigstore.json other.pem stamped/report.json
expect bad 'SignatureInvalid' 'sigstore-verify, payload edited' sigstore_rust stamped-payload/vidimus.sigstore.json signer.pem stamped/report.json
expect bad 'Timestamp' 'sigstore-verify, a token of another signature' sigstore_rust moved/vidimus.sigstore.json other.pem moved/report.json

echo "$failures surprises"
[ "$failures" -eq 0 ]
