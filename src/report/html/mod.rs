//! The report as one page for a browser: nothing to load, nothing that runs, and a policy in it that forbids both.
//!
//! The verdict first, then the findings, then original and copy side by side with every finding marked where it is. Marks and
//! findings are numbered and link to each other; colour only repeats what signs and words say. Everything from a page is
//! escaped, and addresses from it are text, never links. `rows` lays the blocks side by side, `marks` sets the marks, `list`
//! lists the findings, `quotes` quotations, `collation` what several versions read, `audit` what many pairs came to, `parts` writes the other sections, `voice` says in which language and direction a source is.
//! lists the findings, `quotes` quotations, `collation` what several versions read, `site` an audit, `parts` writes the other sections, `voice` says in which language and direction a source is.

mod audit;
mod collation;
mod list;
mod marks;
mod parts;
mod quotes;
mod rows;
mod site;
mod voice;

pub use audit::audit;
pub use collation::collation;
pub use quotes::page as quotes;
pub use site::Site;

use self::voice::Voices;
use super::{Report, Tool, escape::html as esc, json, words};
use crate::{diff::Alignment, digest::Digest, extract::Document, text::base64};

/// The page's only style sheet; its hash is in the page's policy. Without white space around it, since not every checker of
/// policies counts that in.
const STYLE: &str = include_str!("page.css").trim_ascii();

/// Writes `report` as a page.
pub fn render(report: &Report, original: &Document, copy: &Document, alignment: &Alignment) -> String {
    let voices = Voices::of(report);
    let (name, _) = words::verdict(report.verdict);
    let title = report.copy.title.as_deref().unwrap_or(&report.copy.locator);
    let mut page = head(&format!("{name}: {title}"), &report.tool, &json::render(report));
    parts::verdict(&mut page, report, &voices);
    page.push_str("<main>\n");
    list::write(&mut page, report, &voices);
    quotes::write(&mut page, report, &voices);
    rows::write(&mut page, report, &voices, [original, copy], alignment);
    parts::claims(&mut page, report, &voices);
    parts::furniture(&mut page, report, &voices);
    parts::sources(&mut page, report, &voices);
    page.push_str("</main>\n");
    parts::foot(&mut page, &report.tool, report.generated_at);
    page.push_str("</body>\n</html>\n");
    page
}

/// What every page begins with; `record` is the JSON that says the same as the page.
fn head(title: &str, tool: &Tool, record: &str) -> String {
    let digest = Digest::of(record.as_bytes());
    // Paper gets apart: every sheet says which record it is from, and which of how many it is.
    let style = format!(
        "{STYLE}\n@page {{ @top-left {{ content: \"{}, record sha256 {digest}\"; }} \
         @bottom-right {{ content: counter(page) \" / \" counter(pages); }} }}",
        plain(&tool.name)
    );
    opening(title, tool, &style, &format!("<meta name=\"vidimus-report-sha256\" content=\"{digest}\">\n"))
}

/// The beginning of a page whose only sheet is `style`, with a policy that lets nothing else in; `marks` are more of its meta data.
fn opening(title: &str, tool: &Tool, style: &str, marks: &str) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64::encode(Digest::of(style.as_bytes()).as_bytes())
    );
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"{} {}\">\n\
         {marks}<title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n",
        esc(&tool.name),
        esc(&tool.version),
        esc(title),
    )
}

/// What of a name can stand in a string of a style sheet as it is.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+')).collect()
}
