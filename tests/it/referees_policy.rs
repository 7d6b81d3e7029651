//! ssh-keygen as judge of how we read `allowed_signers`: the same line, the same answer, or ours is a refusal.

use vidimus::{
    Moment,
    seal::{self, Outcome, Policy, Question, folder::Folder},
};

use crate::{
    referees::{AT, ssh_keygen},
    seal_kit::{Evidence, PRINCIPAL, allowed_signers, key, now, other_key, trusting},
};

/// A line of a policy, and whether both of us find the signer in it.
struct Row {
    line: String,
    principal: &'static str,
    at: &'static str,
    good: bool,
}

fn rows() -> Vec<Row> {
    let key = key().public().to_ssh();
    let other = other_key().public().to_ssh();
    let row = |line: String, good: bool| Row { line, principal: PRINCIPAL, at: AT, good };
    let with = |options: &str, good: bool| row(format!("desk@example.org {options} {key}"), good);
    let dated = |options: &str, at: &'static str, good: bool| Row { at, ..with(options, good) };
    vec![
        row(format!("desk@example.org {key}"), true),
        row(format!("desk@example.org {key} a comment of several words"), true),
        row(format!("desk@example.org {key}\r"), true),
        row(format!("# desk\r\ndesk@example.org {key} comment\r"), true),
        row(format!("  desk@example.org\t{key}"), true),
        row(format!("desk@example.org  \t {key}"), true),
        row(format!("# desk@example.org {key}"), false),
        row(format!("\n\n# nobody\ndesk@example.org {key}"), true),
        row(format!("other@example.org {key}"), false),
        row(format!("DESK@example.org {key}"), false),
        row(format!("*@example.org {key}"), true),
        row(format!("d?sk@example.org {key}"), true),
        row(format!("de?sk@example.org {key}"), false),
        row(format!("a@b,desk@example.org,c@d {key}"), true),
        row(format!("*@example.org,!desk@example.org {key}"), false),
        row(format!("!desk@*,*@example.org {key}"), false),
        row(format!("*@example.org,!mallory@example.org {key}"), true),
        row(format!("!mallory@example.org {key}"), false),
        row(format!("\"desk@example.org\" {key}"), true),
        row(format!("\"desk@example.org,the desk\" {key}"), true),
        Row { principal: "the desk", ..row(format!("\"desk@example.org,the desk\" {key}"), true) },
        row(format!("desk@example.org {other}"), false),
        row(format!("desk@example.org {other}\ndesk@example.org {key}"), true),
        with("namespaces=\"vidimus-manifest\"", true),
        with("NameSpaces=\"git,vidimus-*\"", true),
        with("namespaces=\"vidimus-manifes?\"", true),
        with("namespaces=\"git\"", false),
        with("namespaces=\"\"", false),
        with("namespaces=\"*,!vidimus-manifest\"", false),
        with("namespaces=\"VIDIMUS-MANIFEST\"", false),
        row(format!("desk@example.org namespaces=\"git\" {key}\ndesk@example.org {key}"), true),
        dated("valid-after=\"20171128Z\"", AT, true),
        dated("valid-after=\"20171128000001Z\"", AT, false),
        dated("valid-before=\"20171128Z\"", AT, true),
        dated("valid-before=\"99991231Z\"", AT, true),
        dated("valid-before=\"99991231235959Z\"", AT, true),
        dated("valid-after=\"99991231Z\"", AT, false),
        dated("valid-before=\"201711272359Z\"", AT, false),
        dated("valid-before=\"20171127235959Z\"", AT, false),
        dated("valid-before=\"20171127235959z\"", AT, false),
        dated("valid-after=\"20171128UTC\"", AT, true),
        dated("valid-after=\"20170101Z\",valid-before=\"20180101Z\",namespaces=\"vidimus-manifest\"", AT, true),
        dated("valid-after=\"20170101Z\",valid-before=\"20180101Z\"", "20160101Z", false),
        row(format!("desk@example.org valid-before=\"20170101Z\" {key}\ndesk@example.org {key}"), true),
        with("cert-authority", false),
        with("cert-authority,namespaces=\"vidimus-manifest\"", false),
    ]
}

/// Lines one of us refuses. Ours is the stricter: what we refuse is exit status 2, never another reading.
fn refused_lines() -> Vec<(String, bool)> {
    let key = key().public().to_ssh();
    let with = |options: &str| format!("desk@example.org {options} {key}");
    let blob = key.split_once(' ').map(|(_, blob)| blob.to_owned()).unwrap();
    // The second of each pair: whether ssh-keygen would take the line.
    vec![
        (with("no-such-option"), false),
        (with("no-cert-authority"), false),
        (with("namespaces=vidimus-manifest"), false),
        (with("namespaces=\"vidimus-manifest"), false),
        (with("namespaces=\"vidimus-manifest\","), false),
        (with("namespaces=\"vidimus-manifest\",namespaces=\"git\""), false),
        (with("namespaces=\"vidimus-manifest\"x"), false),
        (with("namespaces=\"vidimus-manifest\" valid-after=\"20170101Z\""), false),
        (with("valid-after=\"20180101Z\",valid-before=\"20170101Z\""), false),
        (with("valid-after=\"20170101Z\",valid-before=\"20170101Z\""), false),
        (with("valid-after=\"2017\""), false),
        (with("valid-after=\"yesterday\""), false),
        (with("valid-after=\"19700101Z\""), false),
        (with("valid-before=\"19700101Z\""), false),
        ("desk@example.org".to_owned(), false),
        (format!("desk@example.org ssh-ed25519 {}", &blob[..20]), false),
        (format!("\"desk@example.org {key}"), false),
        (format!("\rdesk@example.org {key}"), false),
        (format!("desk@example.org ssh-ed25519\r{blob}"), false),
        (format!("desk@example.org namespaces=\"vidimus-manifest\"\r{key}"), false),
        // Where ssh-keygen is lenient.
        (format!("desk@example.org\r{key}"), true),
        (format!("desk@example.org {key} a\rcomment"), true),
        (with("valid-after=\"20170101\""), true),
        (with("valid-before=\"20180230Z\""), true),
        (with("namespaces=\"a\\\"b,vidimus-manifest\""), true),
    ]
}

#[test]
fn allowed_signers_mean_to_us_what_they_mean_to_ssh_keygen() {
    let evidence = Evidence::new();
    for Row { line, principal, at, good } in rows() {
        evidence.sandbox.write("allowed_signers", format!("{line}\n"));
        let run = ssh_keygen(&evidence, "vidimus-manifest", principal, &["-O", &format!("verify-time={at}")]);
        assert_eq!(run.status == Some(0), good, "ssh-keygen on {line:?}: {run:#?}");
        let moment = if at == AT { now() } else { Moment::parse("2016-01-01T00:00:00Z").unwrap() };
        let policy = Policy { signer: Some(principal.to_owned()), ..trusting(&format!("{line}\n")) };
        let found = seal::verify(&Folder::open(&evidence.folder()).unwrap(), &policy, &Question::at(moment)).unwrap();
        assert_eq!(found.outcome == Outcome::Verified, good, "vidimus on {line:?}: {found:#?}");
    }
    for (line, lenient) in refused_lines() {
        evidence.sandbox.write("allowed_signers", format!("{line}\n"));
        let run = ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &[]);
        assert_eq!(run.status == Some(0), lenient, "ssh-keygen on {line:?}: {run:#?}");
        evidence.vidimus(&[]).trouble("allowed_signers: line 1: ");
    }
}

/// A date without Z would make the answer depend on the machine.
#[test]
fn a_date_without_a_zone_is_refused_and_says_what_to_do() {
    let evidence = Evidence::new();
    let dated = allowed_signers().replace("namespaces", "valid-before=\"20180101\",namespaces");
    evidence.sandbox.write("allowed_signers", dated);
    evidence.vidimus(&[]).trouble("write the Z");
}
