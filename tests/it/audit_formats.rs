//! What an audit writes for other people's programs: well-formed whatever a page says, the same for `audit` and for `report`, and
//! with no say in the exit status.

use std::fs;

use serde_json::Value;

use crate::support::Sandbox;

const ORIGINAL: &str = "<title>Harbour</title><p>The council adopted the harbour plan on Tuesday by 23 votes to 19, with three abstentions.</p>\
    <p>Its leader said he would not rule out going to court before the summer.</p>";

/// Three pairs: one faithful, one altered by a page that would like to be more than text, one that is not there.
fn plan() -> Sandbox {
    let sandbox = Sandbox::new();
    let hostile = ORIGINAL
        .replace("23 votes", "=cmd|' /C calc'!A0, \"29\" ]]> <![CDATA[ ::error::x %0A @everyone | `b` votes")
        .replace("Harbour", "&lt;script&gt;alert(1)&lt;/script&gt;");
    sandbox.write("o/a.html", ORIGINAL);
    sandbox.write("o/b.html", ORIGINAL);
    sandbox.write("c/a.html", ORIGINAL);
    sandbox.write("c/b.html", &hostile);
    sandbox.write(
        "vidimus.toml",
        "version = 1\n[[mirror]]\nname = \"a, \\\"b\\\" <c>\"\noriginal = \"o\"\ncopy = \"c\"\n\
         [[pair]]\noriginal = \"o/a.html\"\ncopy = \"c/gone.html\"\n",
    );
    sandbox
}

struct Said {
    status: i32,
    stdout: String,
    stderr: String,
}

fn run(sandbox: &Sandbox, arguments: &[&str]) -> Said {
    let run = sandbox.vidimus(arguments);
    Said { status: run.status.unwrap(), stdout: run.stdout.clone(), stderr: run.stderr.clone() }
}

fn read(sandbox: &Sandbox, name: &str) -> String {
    fs::read_to_string(sandbox.path(name)).unwrap()
}

fn exists(sandbox: &Sandbox, name: &str) -> bool {
    sandbox.path(name).exists()
}

const ALL: &str = "sarif,junit,markdown,csv,github,html";
const FILES: [&str; 6] = ["audit.sarif", "junit.xml", "summary.md", "audit.csv", "annotations.txt", "index.html"];

#[test]
fn the_status_is_the_same_in_whatever_form() {
    let sandbox = plan();
    assert_eq!(run(&sandbox, &["audit"]).status, 1);
    assert_eq!(run(&sandbox, &["audit", "--format", ALL]).status, 1);
    for name in FILES {
        assert!(exists(&sandbox, &format!("report/{name}")), "{name}");
    }
}

#[test]
fn a_report_is_written_again_as_the_audit_wrote_it() {
    let sandbox = plan();
    run(&sandbox, &["audit", "--format", ALL]);
    let again = run(&sandbox, &["report", "report/audit.jsonl", "--format", ALL, "--output", "again"]);
    assert_eq!((again.status, again.stderr.as_str()), (0, ""));
    for name in FILES {
        assert_eq!(read(&sandbox, &format!("report/{name}")), read(&sandbox, &format!("again/{name}")), "{name}");
    }
    let printed = run(&sandbox, &["report", "report/audit.jsonl", "--format", "csv"]);
    assert_eq!(printed.stdout, read(&sandbox, "report/audit.csv"));
}

#[test]
fn sarif_locates_every_result_in_a_file_of_the_repository() {
    let sandbox = plan();
    run(&sandbox, &["audit", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&read(&sandbox, "report/audit.sarif")).unwrap();
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 2);
    for result in results {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(exists(&sandbox, uri), "{uri}");
        assert!(!result["partialFingerprints"]["vidimus/v1"].as_str().unwrap().is_empty());
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().contains("::"));
    }
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn results_are_laid_to_the_line_they_stand_in() {
    let sandbox = Sandbox::new();
    let page = |votes: &str| {
        format!(
            "<!doctype html>\n<title>Harbour</title>\n<p>The council met.</p>\n<p>It adopted the plan by\n{votes} votes.</p>\n"
        )
    };
    sandbox.write("sub/o/a.html", page("23"));
    sandbox.write("sub/c/a.html", page("29"));
    sandbox.write("sub/plan.toml", "version = 1\n\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n[[pair]]\noriginal = \"o/a.html\"\ncopy = \"x.html\"\n");
    assert_eq!(run(&sandbox, &["audit", "sub/plan.toml", "--format", "sarif,github"]).status, 1);
    let sarif: Value = serde_json::from_str(&read(&sandbox, "report/audit.sarif")).unwrap();
    let place = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&place["artifactLocation"]["uri"]), place["region"]["startLine"].as_u64().unwrap())
    };
    let places: Vec<_> = sarif["runs"][0]["results"].as_array().unwrap().iter().map(place).collect();
    assert_eq!(places, [("sub/c/a.html".to_owned(), 5), ("sub/plan.toml".to_owned(), 8)]);
    let annotations = read(&sandbox, "report/annotations.txt");
    assert!(annotations.contains("file=sub/c/a.html,line=5,") && annotations.contains("file=sub/plan.toml,line=8,"));
}

#[test]
fn a_name_with_two_colons_stays_what_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("o/a::b.html", ORIGINAL);
    sandbox.write("c/a::b.html", ORIGINAL.replace("23", "29"));
    sandbox.write("vidimus.toml", "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n");
    run(&sandbox, &["audit", "--format", "csv,markdown"]);
    assert!(read(&sandbox, "report/audit.csv").contains(",c/a::b.html,"));
    assert!(read(&sandbox, "report/summary.md").contains("c&#47;a&#58;&#58;b\\.html"));
}

#[test]
fn a_record_is_read_whole_or_not_at_all() {
    let sandbox = plan();
    run(&sandbox, &["audit"]);
    let record = read(&sandbox, "report/audit.jsonl");
    let lines: Vec<&str> = record.split_inclusive('\n').collect();
    let without = |gone: usize| lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| *line).collect();
    let swapped = [lines[0], lines[2], lines[1], lines[3], lines[4]].concat();
    for (text, cause) in [
        (without(2), "line 3: the entry 2 stands where 1 belongs"),
        (without(3), "line 4: there are 2 entries before it, of 3 pairs"),
        (without(4), "it has no summary at its end"),
        (without(0), "line 1: it does not belong here"),
        (swapped, "line 2: the entry 1 stands where 0 belongs"),
        (
            record.replacen("\"altered\"", "\"verbatim\"", 1),
            "line 5: the lines before it are not those that were written",
        ),
        (format!("{record}{}", lines[4]), "line 6: it does not belong here"),
    ] {
        let text: String = text;
        sandbox.write("cut.jsonl", &text);
        // What does not begin like a record is no report either.
        if !cause.starts_with("line 1:") {
            let said = run(&sandbox, &["report", "cut.jsonl", "--format", "csv"]);
            assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{cause}");
            assert!(said.stderr.contains(&format!("cut.jsonl: {cause}")), "{}", said.stderr);
        }
    }
}

#[test]
fn nothing_a_page_says_is_more_than_text() {
    let sandbox = plan();
    run(&sandbox, &["audit", "--format", ALL]);
    let junit = read(&sandbox, "report/junit.xml");
    assert!(junit.contains("tests=\"3\" failures=\"1\" errors=\"1\""), "{junit}");
    assert!(!junit.contains("<![CDATA[") && !junit.contains("]]>"), "{junit}");
    let csv = read(&sandbox, "report/audit.csv");
    assert!(csv.split("\r\n").all(|row| !row.contains(",=") && !row.contains(",\"=")), "{csv}");
    let annotations = read(&sandbox, "report/annotations.txt");
    for line in annotations.lines() {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start)), "{line}");
        assert_eq!(line.matches("::").count(), 2, "{line}");
    }
    let markdown = read(&sandbox, "report/summary.md");
    assert!(!markdown.contains("@everyone") && !markdown.contains("<script"), "{markdown}");
    let mut pages = vec![read(&sandbox, "report/index.html"), read(&sandbox, "report/list-1.html")];
    let pairs = fs::read_dir(sandbox.path("report/pairs")).unwrap();
    pages.extend(pairs.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()));
    assert_eq!(pages.len(), 5);
    for page in pages {
        assert!(!page.contains("<script") && page.contains("default-src 'none'"), "{page}");
    }
}

#[test]
fn a_single_report_is_an_audit_of_one_pair() {
    let sandbox = plan();
    let json = run(&sandbox, &["check", "c/b.html", "--original", "o/b.html", "--format", "json"]);
    sandbox.write("report.json", &json.stdout);
    let text = run(&sandbox, &["report", "report.json"]);
    let checked = run(&sandbox, &["check", "c/b.html", "--original", "o/b.html"]);
    assert_eq!((text.status, text.stdout), (0, checked.stdout));
    let junit = run(&sandbox, &["report", "report.json", "--format", "junit"]);
    assert!(junit.stdout.contains("tests=\"1\" failures=\"1\""), "{}", junit.stdout);
    let html = run(&sandbox, &["report", "report.json", "--format", "html"]);
    assert_eq!(html.status, 2);
    assert!(html.stderr.contains("--output names the folder"), "{}", html.stderr);
}

#[test]
fn what_is_no_report_is_said_to_be_none() {
    let sandbox = plan();
    sandbox.write("broken.jsonl", "{\"line\":\"head\",\"audit\":1}\n");
    sandbox.write("other.json", "{\"report\":1}");
    for (name, cause) in
        [("broken.jsonl", "line 1"), ("other.json", "no report of vidimus"), ("gone.json", "no such file")]
    {
        let said = run(&sandbox, &["report", name]);
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{name}");
        assert!(said.stderr.contains(name) && said.stderr.contains(cause), "{}", said.stderr);
    }
}
