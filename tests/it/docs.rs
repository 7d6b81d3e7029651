//! What the documentation says is so: every kind of finding has a page, and every example on it comes out as printed.

use std::{collections::BTreeMap, sync::LazyLock};

use vidimus::{
    Capture, Moment, Options,
    check::{Finding, Kind, Severity},
    text::invisible::Invisible,
};

use crate::support::{approved, files, read};

/// A page of `docs/findings`.
struct Page {
    kind: Kind,
    text: String,
}

/// An original and a copy.
struct Example {
    original: Capture,
    copy: Capture,
    /// Which part of the page, cut at its fences, has the list of findings.
    list: usize,
}

/// What begins and ends a block of an example.
const FENCE: &str = "\n```";

/// All pages, read once: a page may be rewritten while other tests look at it.
static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let page = |kind: Kind| Page { kind, text: read(format!("docs/findings/{}.md", kind.slug())) };
    Kind::ALL.into_iter().map(page).collect()
});

impl Page {
    /// The line below the title: class, and the severities it can have.
    fn line(&self) -> &str {
        self.text.lines().nth(2).unwrap_or_default()
    }

    fn severities(&self) -> Vec<Severity> {
        let all = [Severity::Note, Severity::Warning, Severity::Error];
        all.into_iter().filter(|severity| self.line().contains(&format!("`{}`", severity.slug()))).collect()
    }

    /// Two fenced blocks below "Original:" and "Copy:" and the list behind them make an example.
    fn examples(&self) -> Vec<Example> {
        let parts: Vec<&str> = self.text.split(FENCE).collect();
        let examples = parts.windows(5).enumerate().filter(|(_, parts)| parts[0].ends_with("Original:\n"));
        examples
            .map(|(at, parts)| Example {
                original: capture("original", parts[1]),
                copy: capture("copy", parts[3]),
                list: at + 4,
            })
            .collect()
    }

    /// The page with what is found now in place of what it prints.
    fn renewed(&self) -> String {
        let mut parts: Vec<String> = self.text.split(FENCE).map(str::to_owned).collect();
        for example in self.examples() {
            let (mut lines, mut found) = (Vec::new(), findings(&example).iter().map(shown).collect::<Vec<_>>());
            for line in parts[example.list].lines() {
                match line.starts_with("- `") {
                    true => lines.append(&mut found),
                    false => lines.push(line.to_owned()),
                }
            }
            assert!(found.is_empty(), "{}: a list of findings stands behind each example", self.kind.slug());
            let end = if parts[example.list].ends_with('\n') { "\n" } else { "" };
            parts[example.list] = format!("{}{end}", lines.join("\n"));
        }
        parts.join(FENCE)
    }
}

fn capture(name: &str, block: &str) -> Capture {
    let (language, text) = block.split_once('\n').unwrap();
    let (ending, media) = match language {
        "html" => ("html", "text/html"),
        "text" => ("txt", "text/plain"),
        other => panic!("examples are html or text, not {other:?}"),
    };
    Capture::from_bytes(&format!("{name}.{ending}"), text.as_bytes().to_vec(), Some(media)).unwrap()
}

fn findings(example: &Example) -> Vec<Finding> {
    vidimus::check(&example.original, &example.copy, &Options::new(Moment::from_unix(0))).report.findings
}

/// A text with its unseen characters named, so that a page about them does not hold them.
fn visible(text: &str) -> String {
    let shown = |c: char| if Invisible::of(c).is_some() { c.escape_unicode().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// A finding as the pages print it.
fn shown(finding: &Finding) -> String {
    let touched =
        finding.styles.iter().map(|style| style.slug()).chain(finding.facets.iter().map(|facet| facet.slug()));
    let touched = touched.collect::<Vec<_>>().join(", ");
    let touched = if touched.is_empty() { touched } else { format!(" ({touched})") };
    let words = |anchor: &Option<vidimus::check::Anchor>| {
        anchor.as_ref().filter(|anchor| !anchor.exact.is_empty()).map(|anchor| format!("“{}”", visible(&anchor.exact)))
    };
    let passage = match (words(&finding.original), words(&finding.copy)) {
        (Some(old), Some(new)) if old == new => format!(": {new}"),
        (Some(old), Some(new)) => format!(": {old} → {new}"),
        (Some(old), None) => format!(": {old} → nothing"),
        (None, Some(new)) => format!(": {new}"),
        (None, None) => String::new(),
    };
    format!("- `{}`, {}{touched}{passage}", finding.kind.slug(), finding.severity.slug())
}

#[test]
fn every_kind_has_its_page_and_no_page_is_left_over() {
    let mut expected: Vec<String> = Kind::ALL.iter().map(|kind| format!("docs/findings/{}.md", kind.slug())).collect();
    expected.push("docs/findings/README.md".to_owned());
    expected.sort();
    let found: Vec<String> = files("docs/findings").iter().map(|path| path.display().to_string()).collect();
    assert_eq!(found, expected);
    let index = read("docs/findings/README.md");
    for kind in Kind::ALL {
        assert!(
            index.contains(&format!("[`{0}`]({0}.md)", kind.slug())),
            "docs/findings/README.md lists {}",
            kind.slug()
        );
    }
}

#[test]
fn every_page_begins_with_its_name_class_and_severities() {
    for page in PAGES.iter() {
        let (slug, class) = (page.kind.slug(), format!("{:?}", page.kind.class()).to_lowercase());
        assert_eq!(page.text.lines().next(), Some(format!("# {slug}").as_str()));
        assert!(page.line().starts_with(&format!("Class `{class}`. Severity `")), "{slug}: {}", page.line());
        for heading in ["## Example", "## Severity", "## What it is not"] {
            assert!(page.text.contains(&format!("\n{heading}")), "{slug} has a section \"{heading}\"");
        }
    }
}

#[test]
fn every_example_comes_out_as_printed() {
    for page in PAGES.iter() {
        approved(&format!("docs/findings/{}.md", page.kind.slug()), &page.renewed());
    }
    for page in PAGES.iter() {
        let examples = page.examples();
        let shows = |example: &Example| findings(example).iter().any(|finding| finding.kind == page.kind);
        assert!(!examples.is_empty() && examples.iter().all(shows), "{}: every example shows it", page.kind.slug());
    }
}

/// What a page says of severities is what its examples show, no more and no less.
#[test]
fn every_severity_is_shown() {
    let mut shown: BTreeMap<Kind, Vec<Severity>> = BTreeMap::new();
    for page in PAGES.iter() {
        for finding in page.examples().iter().flat_map(findings) {
            shown.entry(finding.kind).or_default().push(finding.severity);
        }
    }
    for page in PAGES.iter() {
        let mut found = shown.remove(&page.kind).unwrap_or_default();
        found.sort();
        found.dedup();
        assert_eq!(found, page.severities(), "{}: what the examples show, and what the page says", page.kind.slug());
    }
}

/// The names that the report's schema allows for `field` of a finding.
fn allowed(field: &str) -> Vec<String> {
    let schema: serde_json::Value = serde_json::from_str(&read("docs/formats/report-v1.schema.json")).unwrap();
    let names = schema["$defs"]["finding"]["properties"][field]["items"]["enum"].as_array().unwrap();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_style_and_facet_is_explained_and_shown() {
    let found: Vec<Finding> = PAGES.iter().flat_map(|page| page.examples()).flat_map(|own| findings(&own)).collect();
    let styles = found.iter().flat_map(|finding| &finding.styles).map(|style| style.slug());
    let facets = found.iter().flat_map(|finding| &finding.facets).map(|facet| facet.slug());
    let (styles, facets): (Vec<&str>, Vec<&str>) = (styles.collect(), facets.collect());
    for (field, page, shown) in [("styles", "emphasis-added", styles), ("facets", "text-replaced", facets)] {
        let text = read(format!("docs/findings/{page}.md"));
        for name in allowed(field) {
            assert!(text.contains(&format!("\n| `{name}` |")), "{page}.md explains {name}");
            assert!(shown.contains(&name.as_str()), "an example shows {name}");
        }
    }
}
