//! Page templates of our own, set like the sites they imitate: what they put around an article is known word for word.

use vidimus::check::Kind;

use super::article::{Article, Paragraph, Shape, escaped, inner};
use crate::support::Chance;

/// A page, and what on it is not the article.
#[derive(Clone, Debug)]
pub struct Page {
    /// The HTML.
    pub html: String,
    /// What the page says about the text: a name, the kinds that tell of it, its words.
    pub framing: Vec<(&'static str, &'static [Kind], String)>,
    /// Words that every page of the site has: the text of single elements.
    pub furniture: Vec<String>,
}

/// What a template fills in.
pub struct Facts {
    /// The headline.
    pub headline: String,
    /// Whether that is the original's own title.
    pub own_title: bool,
    /// Who is named as author.
    pub author: String,
    /// The date as printed.
    pub date: String,
}

const BYLINE: &[Kind] = &[Kind::Byline, Kind::Dateline];
const DATELINE: &[Kind] = &[Kind::Dateline, Kind::Byline];
const HEADLINE: &[Kind] = &[Kind::Headline];
const PREFACE: &[Kind] = &[Kind::Preface];
const AFTERWORD: &[Kind] = &[Kind::Afterword];

/// How many templates there are.
pub const TEMPLATES: usize = 14;

/// Prints `article` in template `index`.
pub fn page(index: usize, article: &Article, facts: &Facts, chance: &mut Chance) -> Page {
    let mut page = Page { html: String::new(), framing: Vec::new(), furniture: Vec::new() };
    let build = [
        news,
        blog,
        table_layout,
        line_breaks,
        amp,
        print,
        divisions,
        tabloid,
        preformatted,
        mirror,
        forum,
        hashed,
        newsletter,
        one_node,
    ][index];
    page.html = build(article, facts, &mut page, chance);
    page
}

/// The name of template `index`.
pub fn name(index: usize) -> &'static str {
    [
        "news",
        "blog",
        "table-layout",
        "line-breaks",
        "amp",
        "print",
        "divisions",
        "tabloid",
        "preformatted",
        "mirror",
        "forum",
        "hashed",
        "newsletter",
        "one-node",
    ][index]
}

/// The original, as its publisher issued it.
pub fn release(article: &Article, facts: &Facts, chance: &mut Chance) -> String {
    let body = blocks(article, "p");
    let title = escaped(&article.title);
    match chance.below(3) {
        0 => format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><header><p>Office of the Spokesperson</p></header>\
             <main><h1>{title}</h1>\n{body}</main><footer><p>The Office of Press Relations manages this page.</p></footer></body></html>"
        ),
        1 => format!(
            "<!doctype html><html lang=\"en\"><head><title>{title} - Bureau of Releases</title></head><body><div id=\"nav\"><a href=\"/\">Home</a> <a href=\"/news\">News</a></div>\
             <div class=\"release\"><h1>{title}</h1><p class=\"date\">{}</p>\n{body}</div><div id=\"footer\">Bureau of Releases, all rights reserved</div></body></html>",
            facts.date
        ),
        _ => format!(
            "<!doctype html><html lang=\"en\"><head><title>{title}</title></head><body><h1>{title}</h1>\n{body}</body></html>"
        ),
    }
}

/// The article in plain elements; running text in `tag`.
fn blocks(article: &Article, tag: &str) -> String {
    let mut out = String::new();
    let mut list = false;
    for paragraph in &article.paragraphs {
        let item = paragraph.shape == Shape::Item;
        if item != list {
            out += if item { "<ul>\n" } else { "</ul>\n" };
            list = item;
        }
        out += &block(paragraph, tag);
    }
    if list { out + "</ul>\n" } else { out }
}

fn block(paragraph: &Paragraph, tag: &str) -> String {
    let Paragraph { attributes, behind, words, .. } = paragraph;
    let words = inner(words);
    match paragraph.shape {
        Shape::Paragraph => {
            format!("<{tag}{attributes}>{words}</{}>\n{behind}\n", tag.split(' ').next().unwrap_or(tag))
        }
        Shape::Heading => format!("<h2>{words}</h2>\n{behind}"),
        Shape::Item => format!("<li>{words}</li>\n{behind}"),
        Shape::Quotation => format!("<blockquote><p>{words}</p></blockquote>\n{behind}"),
    }
}

impl Page {
    fn frame(&mut self, name: &'static str, kinds: &'static [Kind], words: impl Into<String>) {
        self.framing.push((name, kinds, words.into()));
    }

    fn headline(&mut self, facts: &Facts) {
        if !facts.own_title {
            self.frame("page/headline", HEADLINE, facts.headline.clone());
        }
    }

    /// Remembers words as furniture and gives them back.
    fn set(&mut self, words: &str) -> String {
        self.furniture.push(words.to_owned());
        words.to_owned()
    }

    fn list(&mut self, class: &str, entries: &[&str]) -> String {
        let items: String = entries
            .iter()
            .map(|entry| format!("<li><a href=\"/{}\">{}</a></li>", entry.len(), self.set(entry)))
            .collect();
        format!("<ul class=\"{class}\">{items}</ul>")
    }
}

const MENU: &[&str] = &["Front page", "World affairs", "Business", "Opinion pages", "Weather forecast", "Crosswords"];
const RELATED: &[&str] = &[
    "Seven ferries stranded after the storm",
    "What the new tram map gets wrong about the old town",
    "The baker who counts every grain of salt",
    "Opinion: our rivers deserve better neighbours",
];
const REPLIES: &[&str] = &[
    "I have lived there for forty years and never seen anything like it, shame on them all.",
    "Does anybody know whether the night bus will run again? Asking for my sister.",
    "First!",
];
const COOKIES: &str = "We use cookies to improve your experience. By continuing you accept our cookie policy.";
const NEWSLETTER: &str = "Get the morning briefing in your inbox: sign up for our free newsletter.";

fn head(facts: &Facts, css: &str, more: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{} | The Morning Ledger</title>{more}<style>{css}</style></head>",
        escaped(&facts.headline)
    )
}

fn replies(page: &mut Page, list: &str, item: &str) -> String {
    let entries: String = REPLIES
        .iter()
        .map(|reply| {
            format!("<{item}><div class=\"comment-body\"><cite>Reader</cite><p>{}</p></div></{item}>", page.set(reply))
        })
        .collect();
    format!("<{list} class=\"comment-list\">{entries}</{list}>")
}

fn news(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    page.frame("page/byline", BYLINE, facts.author.clone());
    let css = format!(
        "body{{font:17px/1.5 Georgia,serif;color:#222;background:#fff}} h1{{font-weight:800}} a{{color:#06c}} .byline{{font-weight:bold}} .article-body p{{margin:0 0 1em}} {}",
        article.css
    );
    format!(
        "{}<body><header><nav>{}</nav></header><main><article><h1>{}</h1><p class=\"byline\">By {}</p><time datetime=\"2019-05-03\">{}</time>\
         <div class=\"share-tools\"><button>Share</button><button>Tweet</button><button>Email</button></div>\
         <div class=\"article-body\">\n{}</div></article><aside class=\"sidebar\"><h3>{}</h3>{}</aside>\
         <div class=\"newsletter-signup\"><p>{}</p></div><section id=\"comments\"><h2>Comments</h2>{}</section></main>\
         <footer><p>{}</p></footer><div class=\"cookie-banner\"><p>{}</p></div></body></html>",
        head(facts, &css, "<meta name=\"author\" content=\"Staff\">"),
        page.list("menu", MENU),
        escaped(&facts.headline),
        facts.author,
        facts.date,
        blocks(article, "p"),
        page.set("Most read this week"),
        page.list("links", RELATED),
        page.set(NEWSLETTER),
        replies(page, "ol", "li"),
        page.set("Copyright 2023 The Morning Ledger. All rights reserved."),
        page.set(COOKIES),
    )
}

fn blog(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    let source = "Source: Bureau of Releases";
    page.frame("page/source-line", AFTERWORD, source);
    let note = "Note from the editors: we reproduce the statement below in full.";
    page.frame("page/preface", PREFACE, note);
    let css = format!(
        ".entry-content p{{font-size:18px}} .entry-title{{font-size:2em}} .entry-meta{{color:#888;font-style:italic}} {}",
        article.css
    );
    format!(
        "{}<body class=\"single-post\"><div id=\"wrapper\"><div id=\"masthead\"><a href=\"/\">{}</a></div><div id=\"primary\"><div class=\"post hentry\">\
         <h1 class=\"entry-title\">{}</h1><div class=\"entry-content\"><p><em>{note}</em></p>\n{}<p>{source}</p>\
         <div class=\"sharedaddy\"><h3>{}</h3><ul><li><a href=\"#\">Facebook</a></li><li><a href=\"#\">Print</a></li></ul></div></div>\
         <div class=\"author-box\"><p>{}</p></div></div><div id=\"comments\" class=\"comments-area\">{}</div></div>\
         <div id=\"secondary\" class=\"widget-area\">{}</div></div></body></html>",
        head(facts, &css, ""),
        page.set("Notes from the Quay"),
        escaped(&facts.headline),
        blocks(article, "p"),
        page.set("Share this:"),
        "The author keeps bees and writes about harbours, trams and the weather.",
        replies(page, "ol", "li"),
        page.list("archives", RELATED),
    )
}

fn table_layout(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

/// The mark of a lead paragraph; a span of such a class is for nobody to tell from emphasis.
const LEAD: &str = " class=\"lede\"";

/// Paragraphs of one element, parted by empty lines.
fn broken(article: &Article, gap: &str) -> String {
    let text = |paragraph: &Paragraph| {
        let words = inner(&paragraph.words);
        let attributes = paragraph.attributes.replace(LEAD, "");
        let words = if attributes.is_empty() { words } else { format!("<span{attributes}>{words}</span>") };
        format!("{words}{}", paragraph.behind)
    };
    article.paragraphs.iter().map(text).collect::<Vec<_>>().join(gap)
}

fn line_breaks(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

fn amp(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    page.frame("page/byline", BYLINE, facts.author.clone());
    format!(
        "<!doctype html><html amp lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"canonical\" href=\"https://ledger.example/a\"><style amp-boilerplate>body{{animation:none}}</style>\
         <style amp-custom>.amp-wp-article-content{{font-weight:350}} .amp-wp-byline{{font-size:.8em}} strong{{font-weight:700}} {}</style></head><body>\
         <amp-sidebar id=\"sb\" layout=\"nodisplay\"><nav>{}</nav></amp-sidebar><article class=\"amp-wp-article\"><header class=\"amp-wp-article-header\"><h1 class=\"amp-wp-title\">{}</h1>\
         <div class=\"amp-wp-meta amp-wp-byline\"><span>By {}</span></div></header><div class=\"amp-wp-article-content\">\n{}<amp-ad type=\"x\"></amp-ad></div>\
         <amp-social-share type=\"email\"></amp-social-share></article><footer class=\"amp-wp-footer\"><p>{}</p></footer></body></html>",
        escaped(&facts.headline),
        article.css,
        page.list("", MENU),
        escaped(&facts.headline),
        facts.author,
        blocks(article, "p"),
        page.set("Back to top"),
    )
}

fn print(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

fn divisions(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

fn tabloid(article: &Article, facts: &Facts, page: &mut Page, chance: &mut Chance) -> String {
    page.headline(facts);
    page.frame("page/byline", BYLINE, facts.author.clone());
    let extras = [
        format!(
            "<div class=\"ad-container\" data-ad=\"mpu\"><p>{}</p></div>",
            page.set("Advertisement: flights from nineteen crowns")
        ),
        format!(
            "<p class=\"read-more\"><a href=\"/x\">{}</a></p>",
            page.set("READ MORE: The cat that boarded the wrong tram")
        ),
        format!(
            "<div class=\"related-inline\"><h4>{}</h4><a href=\"/y\">{}</a></div>",
            page.set("You may also like"),
            page.set("Ten lakes nobody has heard of")
        ),
        format!("<div class=\"video-player\"><p>{}</p></div>", page.set("Loading video")),
    ];
    let mut body = String::new();
    let mut list = false;
    for (at, paragraph) in article.paragraphs.iter().enumerate() {
        let item = paragraph.shape == Shape::Item;
        body += match (list, item) {
            (false, true) => "<ul>",
            (true, false) => "</ul>",
            (true, true) | (false, false) => "",
        };
        list = item;
        body += &block(paragraph, "p");
        if !item
            && at + 1 < article.paragraphs.len()
            && article.paragraphs[at + 1].shape == Shape::Paragraph
            && chance.likely(40)
        {
            body += chance.one(&extras).as_str();
        }
    }
    body += if list { "</ul>" } else { "" };
    format!(
        "{}<body><div id=\"cookie-consent\" role=\"dialog\"><p>{}</p><button>Accept all</button></div><div class=\"nav-primary\">{}</div><div class=\"article\"><h1>{}</h1><div class=\"byline\">By <a href=\"/s\">{}</a></div>\
         <div class=\"articleBody\">\n{body}</div><div class=\"tags\"><a href=\"/t1\">harbours</a> <a href=\"/t2\">bread</a></div></div><div class=\"most-popular\">{}</div></body></html>",
        head(
            facts,
            &format!("p{{font-family:Arial}} .byline a{{font-weight:bold}} {}", article.css),
            "<script>var ads=[];</script>"
        ),
        page.set(COOKIES),
        page.list("", MENU),
        escaped(&facts.headline),
        facts.author,
        page.list("", RELATED),
    )
}

fn preformatted(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    format!(
        "{}<body><h1>{}</h1><pre>\n{}\n</pre></body></html>",
        head(facts, &article.css, ""),
        escaped(&facts.headline),
        broken(article, "\n\n")
    )
}

fn mirror(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    let disclaimer = "Disclaimer: The views expressed here are those of the issuing body. This mirror accepts no responsibility for them.";
    page.frame("page/disclaimer", AFTERWORD, disclaimer);
    format!(
        "{}<body><div role=\"navigation\">{}</div><section class=\"document\"><h1>{}</h1><dl class=\"document-meta\"><dt>Published</dt><dd>{}</dd></dl><section>\n{}</section><p>{disclaimer}</p></section>\
         <section class=\"related-documents\"><h2>{}</h2>{}</section></body></html>",
        head(facts, &article.css, ""),
        page.list("", MENU),
        escaped(&facts.headline),
        facts.date,
        blocks(article, "p"),
        page.set("Related documents"),
        page.list("", RELATED),
    )
}

fn forum(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

/// A page whose class names say nothing.
fn hashed(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    let css = format!(
        ".css-1a{{font-weight:500;font-size:18px;color:#333}} .css-2b{{font-weight:700}} .css-3c{{color:#999}} .css-1a:first-of-type::first-letter{{font-size:3em;font-weight:700}} .css-1a strong{{font-weight:800}} {}",
        article.css
    );
    let paragraphs = article.paragraphs.iter().map(|paragraph| Paragraph {
        attributes: format!(" class=\"css-1a\"{}", paragraph.attributes.replace(LEAD, "")),
        ..paragraph.clone()
    });
    let article = Article { paragraphs: paragraphs.collect(), ..article.clone() };
    format!(
        "{}<body><div id=\"app\"><div class=\"css-9z\">{}</div><main class=\"css-8y\"><h1 class=\"css-2b\">{}</h1><div class=\"css-7x\">{}</div><div class=\"css-6w\"><button>Save</button></div></main><div class=\"css-5v\">{}</div></div></body></html>",
        head(facts, &css, ""),
        page.list("css-0", MENU),
        escaped(&facts.headline),
        blocks(&article, "p"),
        page.list("css-4u", RELATED),
    )
}

fn newsletter(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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
fn one_node(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
    page.headline(facts);
    format!(
        "{}<body><nav>{}</nav><h1>{}</h1><div style=\"white-space:pre-line\">{}</div></body></html>",
        head(facts, &article.css, ""),
        page.list("", MENU),
        escaped(&facts.headline),
        broken(article, "\n\n"),
    )
}
