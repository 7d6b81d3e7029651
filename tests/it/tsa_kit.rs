//! A timestamp authority of our own: `openssl ts` makes the tokens, a server on loopback hands them out. Their times are real,
//! because openssl asks the clock; what is tested with them is told the time.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    thread,
};

use crate::{seal_kit::tool, support::Sandbox};

/// What openssl needs to know.
const CONFIGURATION: &str = "\
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Test
[ root ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[ leaf ]
extendedKeyUsage = critical,timeStamping
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
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
";

/// How an authority is made.
pub struct Made<'a> {
    /// What its key is, in openssl's words.
    pub key: &'a str,
    /// Which extensions its certificate has: a section of the configuration.
    pub extensions: &'a str,
    /// From when to when it is valid (`YYYYMMDDhhmmssZ`).
    pub valid: [&'a str; 2],
    /// The hash its signatures are over.
    pub digest: &'a str,
}

/// One in which nothing is wrong.
pub const SOUND: Made<'static> =
    Made { key: "EC:P-256", extensions: "leaf", valid: ["20200101000000Z", "20900101000000Z"], digest: "sha256" };

/// How many bytes of salt go with a hash.
pub fn salt(hash: &str) -> u32 {
    match hash {
        "sha256" => 32,
        "sha384" => 48,
        "sha512" => 64,
        _ => panic!("{hash} is no hash of these tests"),
    }
}

/// An authority: a root, and a certificate of that root which signs tokens.
pub struct Authority {
    pub sandbox: Sandbox,
    digest: String,
}

impl Authority {
    /// A sound one.
    pub fn new() -> Self {
        Self::made(&SOUND)
    }

    /// One made so.
    pub fn made(made: &Made<'_>) -> Self {
        let sandbox = Sandbox::new();
        sandbox.write("tsa.cnf", CONFIGURATION);
        sandbox.write("index", "");
        for serial in ["certificates", "tokens"] {
            sandbox.write(serial, "01\n");
        }
        let authority = Self { sandbox, digest: made.digest.to_owned() };
        authority.key("root.key", "EC:P-256");
        authority.key("tsa.key", made.key);
        let root =
            "req -x509 -new -key root.key -out root.pem -days 36500 -config tsa.cnf -extensions root -subj /CN=Root";
        authority.openssl(root, b"");
        authority.openssl("req -new -key tsa.key -out tsa.csr -config tsa.cnf -subj /CN=Authority", b"");
        let [from, to] = made.valid;
        let sign = format!(
            "ca -batch -notext -config tsa.cnf -in tsa.csr -out tsa.pem -cert root.pem -keyfile root.key -extensions {} \
             -startdate {from} -enddate {to}",
            made.extensions
        );
        authority.openssl(&sign, b"");
        authority
    }

    fn key(&self, name: &str, kind: &str) {
        let parts: Vec<&str> = kind.split(':').collect();
        let (algorithm, option) = (parts[0], parts[1]);
        let mut option =
            if algorithm == "EC" { format!("ec_paramgen_curve:{option}") } else { format!("rsa_keygen_bits:{option}") };
        // Some programs write down which hash a key is for (RSA-PSS:2048:sha256), others leave it open.
        if let Some(hash) = parts.get(2) {
            option += &format!(
                " -pkeyopt rsa_pss_keygen_md:{hash} -pkeyopt rsa_pss_keygen_mgf1_md:{hash} -pkeyopt rsa_pss_keygen_saltlen:{}",
                salt(hash)
            );
        }
        self.openssl(&format!("genpkey -algorithm {algorithm} -pkeyopt {option} -out {name}"), b"");
    }

    /// Runs openssl in the authority's folder.
    #[track_caller]
    pub fn openssl(&self, arguments: &str, input: &[u8]) {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let run = tool(&self.sandbox, "openssl", &arguments, input);
        assert!(run.status == Some(0), "openssl {arguments:?}: {run:#?}");
    }

    /// The root's certificate, as `--tsa` wants it.
    pub fn root(&self) -> String {
        fs::read_to_string(self.sandbox.path("root.pem")).unwrap()
    }

    /// The certificate that signs tokens.
    pub fn certificate(&self) -> String {
        fs::read_to_string(self.sandbox.path("tsa.pem")).unwrap()
    }

    /// What it answers to a query.
    pub fn answer(&self, query: &[u8]) -> Vec<u8> {
        self.sandbox.write("query.tsq", query);
        let reply = "ts -reply -config tsa.cnf -queryfile query.tsq -signer tsa.pem -inkey tsa.key -out answer.tsr";
        self.openssl(&format!("{reply} -chain tsa.pem -{}", self.digest), b"");
        fs::read(self.sandbox.path("answer.tsr")).unwrap()
    }

    /// Its timestamp of `signed`, asked for by openssl with this hash.
    pub fn token(&self, signed: &[u8], hash: &str) -> Vec<u8> {
        self.sandbox.write("signed", signed);
        self.openssl(&format!("ts -query -data signed -{hash} -cert -out asked.tsq"), b"");
        self.answer(&fs::read(self.sandbox.path("asked.tsq")).unwrap())
    }

    /// What another authority says of `signed`, signed by this one with what `openssl ts` does not sign with: certificates that are for
    /// other things too, and RSA-PSS (`more`, in openssl's words).
    pub fn signing(&self, signed: &[u8], hash: &str, more: &str) -> Vec<u8> {
        self.sandbox.write("sound.tsr", Self::new().token(signed, "sha256"));
        self.openssl("ts -reply -in sound.tsr -token_out -out sound.tst", b"");
        self.openssl("cms -verify -noverify -inform DER -in sound.tst -out content", b"");
        let sign = "cms -sign -binary -nodetach -cades -econtent_type 1.2.840.113549.1.9.16.1.4 -in content -signer tsa.pem -inkey tsa.key";
        self.openssl(&format!("{sign} -md {hash} {more} -outform DER -out made.tst"), b"");
        fs::read(self.sandbox.path("made.tst")).unwrap()
    }

    /// Serves `count` requests on loopback and ends; `twist` may spoil an answer. Gives the address.
    pub fn serve(self, count: usize, twist: impl Fn(Vec<u8>) -> Vec<u8> + Send + 'static) -> String {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().take(count) {
                let mut stream = stream.unwrap();
                let (mut reader, mut length, mut right) = (BufReader::new(stream.try_clone().unwrap()), 0, false);
                for line in reader.by_ref().lines() {
                    let line = line.unwrap().to_ascii_lowercase();
                    right |= line == "content-type: application/timestamp-query";
                    length = line.strip_prefix("content-length: ").map_or(length, |length| length.parse().unwrap());
                    if line.is_empty() {
                        break;
                    }
                }
                let mut query = vec![0; length];
                reader.read_exact(&mut query).unwrap();
                assert!(right, "a query says that it is one");
                let answer = twist(self.answer(&query));
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    answer.len()
                );
                stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&answer)).unwrap();
            }
        });
        format!("http://{address}/")
    }
}
