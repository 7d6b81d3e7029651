//! Pages made to harm whoever reads the report: nothing of them reaches a terminal, a browser or a CI log as anything but text.

use scraper::{Html, Selector};

use crate::support::{Run, Sandbox, schema};

const FORMATS: [&str; 4] = ["terminal", "coloured", "json", "html"];

/// Characters that steer, turn or hide, in all the blocks they come from.
fn is_harmful(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{e000}'..='\u{f8ff}')
}

/// A copy with `payload` in every place a page has for text, and an original without.
fn hostile(payload: &str) -> (String, String) {
    let text = [
        "The committee met on Tuesday in Geneva and agreed on seven points of order.",
        "The chair said that talks will continue in May and that no date was set for a vote.",
        "Members noted progress on water, on health and on the return of many families.",
        "A further report is due before the end of the year, and it will be public.",
    ];
    let body = |paragraphs: &[String]| paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect::<String>();
    let original = body(&text.map(str::to_owned));
    let p = payload.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let copy = body(&[
        format!("{} Then {p} was said by all who came.", text[0]),
        text[1]
            .replace("no date", &format!("{p} date"))
            .replace("talks", &format!("<a href=\"http://x/{p}\">talks</a>")),
        format!("Editor's note: {p} should be known to readers of this page."),
        format!("{} <span style=\"display:none\">{p} and hidden words</span>", text[2]),
        text[3].replace("further", &format!("<b>further</b> {p}")),
        format!("Source: {p}, {p} 2017. Emphasis added by {p}."),
    ]);
    let copy = format!(
        "<!doctype html><html lang=\"{p}\"><head><title>{p}</title><meta name=\"author\" content=\"{p}\">\
         <meta property=\"og:site_name\" content=\"{p}\"><meta name=\"date\" content=\"{p}\">\
         <link rel=\"canonical\" href=\"http://x/{p}\"><link rel=\"stylesheet\" href=\"{p}.css\"></head><body>\
         <nav>{p} home</nav><h1>{p}</h1><figure><img src=\"{p}\" alt=\"{p}\"><figcaption>{p} in a picture.</figcaption></figure>\
         {copy}<div class=\"share {p}\">Share {p}</div></body></html>"
    );
    (original, copy)
}

fn check(sandbox: &Sandbox, copy: &str, format: &str) -> Run {
    let mut arguments =
        vec!["check", copy, "--original", "original.html", "--original-note", "a\u{1b}[2J ::error::note"];
    arguments.extend(match format {
        "coloured" => ["--color", "always"],
        format => ["--format", format],
    });
    sandbox.vidimus(arguments)
}

/// Fails if anything in the output of `format` could do more than be read.
#[track_caller]
fn is_harmless(run: &Run, format: &str) {
    assert!(run.status <= Some(1), "{run:#?}");
    // Our own colours are known by their form.
    let out = if format == "coloured" { without_colour(&run.stdout) } else { run.stdout.clone() };
    for text in [&out, &run.stderr] {
        if let Some(c) = text.chars().find(|c| is_harmful(*c)) {
            panic!("{format}: {c:?} in {text}");
        }
        for command in ["::error", "::set-output", "::add-mask", "::stop-commands", "##[", "##vso", "##VSO", "##team"] {
            assert!(!text.contains(command), "{format}: {command} in {text}");
        }
    }
    match format {
        "json" => drop(schema::report(&out)),
        "html" => is_harmless_page(&out),
        _ => assert!(out.lines().all(|line| !line.trim_start().starts_with("::")), "{out}"),
    }
}

/// `text` without the sequences that set and end a colour, and only those.
fn without_colour(text: &str) -> String {
    let mut out = text.to_owned();
    for code in ["0", "1", "9;31", "1;32", "32", "33", "1;31"] {
        out = out.replace(&format!("\u{1b}[{code}m"), "");
    }
    out
}

#[track_caller]
fn is_harmless_page(page: &str) {
    let html = Html::parse_document(page);
    let known = Selector::parse(
        "html, head, meta, title, style, body, header, h1, h2, h3, small, p, dl, dt, dd, nav, main, section, ul, li, a, strong, \
         span, q, bdi, blockquote, ins, del, mark, div, details, summary, footer",
    );
    let known: Vec<_> = html.select(&known.unwrap()).map(|one| one.id()).collect();
    for element in html.select(&Selector::parse("*").unwrap()) {
        assert!(known.contains(&element.id()), "an element that is none of ours: {}", element.html());
        for (name, value) in element.value().attrs() {
            let ours = ["class", "id", "href", "lang", "dir", "content", "name", "http-equiv", "charset"];
            assert!(
                ours.contains(&name) || name.starts_with("aria-"),
                "an attribute that is none of ours: {name}={value}"
            );
            assert!(name != "href" || value.starts_with('#'), "a link that leads out: {value}");
        }
    }
    assert_eq!(html.select(&Selector::parse("style").unwrap()).count(), 1);
}

/// Every format for a copy full of `payload`; the outputs, so that a test can see that it is there at all.
#[track_caller]
fn survives(payload: &str) -> [String; 4] {
    let sandbox = Sandbox::new();
    let (original, copy) = hostile(payload);
    sandbox.write("original.html", original);
    sandbox.write("copy.html", copy);
    FORMATS.map(|format| {
        let run = check(&sandbox, "copy.html", format);
        is_harmless(&run, format);
        run.stdout
    })
}

#[test]
fn title_with_script() {
    for payload in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</title></style><svg onload=alert(1)>",
        "--></q></li></section><iframe src=javascript:alert(1)>",
        "' autofocus onfocus='alert(1)",
        "javascript:alert(1)",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ] {
        let [terminal, _, json, html] = survives(payload);
        assert!(
            terminal.contains("alert(1)") && json.contains("alert(1)") && html.contains("alert(1)"),
            "{payload} is gone"
        );
    }
}

#[test]
fn ansi_title() {
    for payload in [
        "\u{1b}[2J\u{1b}[31mred",
        "\u{1b}]0;title\u{7}",
        "\u{9b}31mred",
        "a\rb\u{8}\u{8}red",
        "\u{1b}]8;;http://evil/\u{1b}\\red",
    ] {
        let [terminal, ..] = survives(payload);
        assert!(terminal.contains("red") || terminal.contains("title"), "{payload:?} is gone: {terminal}");
        assert!(terminal.contains("\\u{"), "what cannot be seen is spelled out: {terminal}");
    }
}

#[test]
fn workflow_command_title() {
    for payload in [
        "::error file=x::done",
        "::set-output name=a::b",
        ":::error::",
        "##[error]done",
        "###[group]done",
        "##vso[task.setvariable variable=a]b",
        "##teamcity[buildStatus text='x']",
        "\n::stop-commands::done",
    ] {
        survives(payload);
    }
}

#[test]
fn direction_overrides() {
    for payload in ["\u{202e}drawkcab\u{202c}", "\u{2066}isolated\u{2069}", "\u{200f}mark", "\u{61c}mark"] {
        let [terminal, _, _, html] = survives(payload);
        assert!(
            terminal.contains("\\u{") && html.contains("\\u{"),
            "what turns the direction is spelled out: {terminal}"
        );
    }
}

#[test]
fn what_cannot_be_seen() {
    for payload in [
        "un\u{200b}seen",
        "un\u{feff}seen",
        "un\u{2060}seen",
        "un\u{200d}seen",
        "un\u{e0041}\u{e0042}seen",
        "un\u{e001}seen",
        "un\u{2028}seen",
        "un\u{fff9}seen",
    ] {
        let [terminal, ..] = survives(payload);
        assert!(terminal.contains("\\u{"), "{payload:?} is not spelled out: {terminal}");
    }
}

#[test]
fn marks_in_a_pile() {
    let [terminal, _, json, html] = survives(&format!("z{}algo", "\u{351}\u{301}\u{489}".repeat(300)));
    for text in [terminal, html] {
        let mut run = 0;
        for c in text.chars() {
            run = if matches!(c, '\u{300}'..='\u{36f}' | '\u{489}') { run + 1 } else { 0 };
            assert!(run <= 8, "marks pile up over other lines");
        }
    }
    assert!(json.contains("algo"));
}

#[test]
fn a_word_of_a_hundred_kilobytes() {
    let sandbox = Sandbox::new();
    let word = "Wort".repeat(25_000);
    sandbox.write("original.html", "<p>The committee met on Tuesday in Geneva and agreed on seven points.</p>");
    sandbox.write(
        "copy.html",
        format!("<title>{word}</title><h1>{word}</h1><p>The committee met on Tuesday in {word} and agreed on seven points.</p>"),
    );
    for format in FORMATS {
        let run = check(&sandbox, "copy.html", format);
        is_harmless(&run, format);
        if format == "terminal" {
            assert!(run.stdout.len() < 10_000, "a terminal gets its ends: {} bytes", run.stdout.len());
        }
    }
}

#[test]
fn ten_thousand_findings() {
    let sandbox = Sandbox::new();
    let line =
        |at: usize, word: &str| format!("<p>On day {at} the office {word} counted {} visitors.</p>\n", at * 7 + 3);
    let page = |word: &str| (0..10_000).map(|at| line(at, word)).collect::<String>();
    sandbox.write("original.html", page("has"));
    sandbox.write("copy.html", page("never"));
    for format in ["terminal", "json", "html"] {
        let run = check(&sandbox, "copy.html", format);
        is_harmless_at_length(&run, format);
        match format {
            "terminal" => {
                assert!(
                    run.stdout
                        .starts_with("ALTERED: The copy changes the text of the original.\n10000 passages replaced.")
                );
                assert_eq!(run.stdout.matches("[never]").count(), 10_000, "no error is hidden");
            }
            "html" => {
                assert_eq!(run.stdout.matches("<li id=\"f").count(), 10_000);
                assert!(run.stdout.len() < 16_000_000, "{} bytes", run.stdout.len());
            }
            _ => {
                let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
                assert_eq!(report["summary"]["text-replaced"], 10_000);
            }
        }
    }
}

/// What can be said of a very long output in a short time.
#[track_caller]
fn is_harmless_at_length(run: &Run, format: &str) {
    assert_eq!(run.status, Some(1), "{format}");
    assert_eq!(run.stdout.chars().find(|c| is_harmful(*c)), None, "{format}");
}

#[test]
fn the_name_of_a_file_can_be_hostile_too() {
    let sandbox = Sandbox::new();
    let (original, copy) = hostile("harmless");
    sandbox.write("original.html", original);
    let name = "\u{1b}[31m::error::\u{202e}##[x]<b onclick=alert(1)>.html";
    sandbox.write(name, copy);
    for format in FORMATS {
        is_harmless(&check(&sandbox, name, format), format);
    }
}

#[test]
fn what_is_said_of_a_hostile_name_is_harmless() {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", "<p>The committee met.</p>");
    let run = check(&sandbox, "a\n::error::b\u{1b}[31m##[error]\u{202e}##vso[x]\u{e0041}.html", "terminal");
    let line = run.trouble("a\\n::error::b\\u{1b}[31m# #[error]\\u{202e}# #vso[x]\\u{e0041}.html");
    assert!(!line.contains(is_harmful), "{line}");
}
