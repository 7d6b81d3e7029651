//! Pages set with little or other markup: tables, line breaks, plain divisions, forums, letters, one lump of text.

use super::{
    article::{Article, Paragraph, escaped, inner},
    pages::{DATELINE, Facts, MENU, PREFACE, Page, RELATED, blocks, head},
};
use crate::support::Chance;

/// The mark of a lead paragraph; a span of such a class is for nobody to tell from emphasis.
pub const LEAD: &str = " class=\"lede\"";

pub fn table_layout(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    let body: String = blocks(article, "p");
    format!(
        "{}<body bgcolor=\"#ffffff\" text=\"#000000\"><center><table width=\"760\" border=\"0\"><tr><td colspan=\"2\"><font size=\"6\"><b>{}</b></font></td></tr>\
         <tr><td width=\"150\" valign=\"top\" bgcolor=\"#eeeecc\"><font size=\"2\">{}</font></td><td valign=\"top\"><font face=\"Verdana\" size=\"2\"><h2>{}</h2>\n{body}</font></td></tr>\
         <tr><td colspan=\"2\" align=\"center\"><font size=\"1\">{}</font></td></tr></table></center></body></html>",
        head(facts, &article.css, ""),
        page.set("The Old Harbour Gazette"),
        page.list("", MENU),
        escaped(&facts.headline),
        "Best viewed at 800 by 600. Webmaster: postmaster at gazette",
    )
}

/// Paragraphs of one element, parted by empty lines.
pub fn broken(article: &Article, gap: &str) -> String {
    let text = |paragraph: &Paragraph| {
        let words = inner(&paragraph.words);
        let attributes = paragraph.attributes.replace(LEAD, "");
        let words = if attributes.is_empty() { words } else { format!("<span{attributes}>{words}</span>") };
        format!("{words}{}", paragraph.behind)
    };
    article.paragraphs.iter().map(text).collect::<Vec<_>>().join(gap)
}

pub fn line_breaks(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    page.frame("page/dateline", DATELINE, facts.date.clone());
    format!(
        "{}<body><div id=\"top\">{}</div><div id=\"content\"><h1>{}</h1><span class=\"date\">{}</span><br><br>\n{}<br><br></div><div id=\"footer\">{}</div></body></html>",
        head(facts, &article.css, ""),
        page.list("nav", MENU),
        escaped(&facts.headline),
        facts.date,
        broken(article, "<br>\n<br>\n"),
        page.set("Hosted by volunteers since 1999"),
    )
}

pub fn print(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    let printed = "Printed from https://ledger.example/a";
    format!(
        "{}<body onload=\"window.print()\"><p>{}</p><hr><h1>{}</h1>\n{}<hr><p>{}</p></body></html>",
        head(facts, &article.css, ""),
        page.set(printed),
        escaped(&facts.headline),
        blocks(article, "p"),
        page.set("Close this window"),
    )
}

pub fn divisions(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    let block = |paragraph: &Paragraph| {
        format!(
            "<div class=\"row\"><div class=\"col\"><div{}><span>{}</span></div>{}</div></div>\n",
            paragraph.attributes,
            inner(&paragraph.words),
            paragraph.behind
        )
    };
    let body: String = article.paragraphs.iter().map(block).collect();
    format!(
        "{}<body><div class=\"topbar\"><div class=\"menu-item\">{}</div><div class=\"menu-item\">{}</div></div><div class=\"title\"><div>{}</div></div><div class=\"text\">\n{body}</div>\
         <div class=\"bottom\"><div class=\"related-posts\">{}</div><div class=\"copyright\">{}</div></div></body></html>",
        head(
            facts,
            &format!(".row{{display:flex}} .col{{flex:1}} .title{{font-size:32px;font-weight:700}} {}", article.css),
            ""
        ),
        page.set("Start page"),
        page.set("Imprint"),
        escaped(&facts.headline),
        page.list("", RELATED),
        page.set("All content under a licence of its own"),
    )
}

pub fn preformatted(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    format!(
        "{}<body><h1>{}</h1><pre>\n{}\n</pre></body></html>",
        head(facts, &article.css, ""),
        escaped(&facts.headline),
        broken(article, "\n\n")
    )
}

pub fn forum(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    let before = "Found this on the bureau’s site today, quoting it in full because links there tend to vanish:";
    page.frame("page/preface", PREFACE, before);
    format!(
        "{}<body><div class=\"forum-header\">{}</div><div class=\"post\"><div class=\"author\">gullwatcher</div><div class=\"post-content\"><p>{before}</p><blockquote>\n{}</blockquote></div><div class=\"signature\">{}</div></div>\
         <div class=\"post\"><div class=\"author\">tramfan</div><div class=\"post-content\"><p>{}</p></div></div></body></html>",
        head(facts, &article.css, ""),
        page.list("", MENU),
        blocks(article, "p"),
        page.set("Every gull counts"),
        "Thanks for posting, I had missed that one entirely this morning.",
    )
}

pub fn newsletter(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    let cell = |paragraph: &Paragraph| {
        format!(
            "<tr><td style=\"font-family:Arial,sans-serif;font-size:16px;line-height:24px;color:#333333;padding:0 20px 16px\"><span style=\"font-size:16px;color:#333333\"><span{}>{}</span></span>{}</td></tr>\n",
            paragraph.attributes.replace(LEAD, ""),
            inner(&paragraph.words),
            paragraph.behind
        )
    };
    let body: String = article.paragraphs.iter().map(cell).collect();
    format!(
        "{}<body style=\"margin:0;background:#f4f4f4\"><table width=\"100%\"><tr><td align=\"center\"><table width=\"600\" style=\"background:#ffffff\"><tr><td style=\"font-size:12px;color:#999999\">{}</td></tr>\
         <tr><td style=\"font-size:28px;font-weight:bold\">{}</td></tr>\n{body}<tr><td style=\"font-size:12px;color:#999999\">{}</td></tr></table></td></tr></table></body></html>",
        head(facts, &article.css, ""),
        page.set("View this email in your browser"),
        escaped(&facts.headline),
        page.set("Unsubscribe from this list"),
    )
}

/// The whole text in one element that keeps line ends.
pub fn one_node(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    format!(
        "{}<body><nav>{}</nav><h1>{}</h1><div style=\"white-space:pre-line\">{}</div></body></html>",
        head(facts, &article.css, ""),
        page.list("", MENU),
        escaped(&facts.headline),
        broken(article, "\n\n"),
    )
}
