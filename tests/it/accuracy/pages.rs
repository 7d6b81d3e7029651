//! Page templates of our own, set like the sites they imitate: what they put around an article is known word for word.

use vidimus::check::Kind;

use super::{
    article::{Article, Paragraph, Shape, escaped, inner},
    papers::{divisions, forum, line_breaks, newsletter, one_node, preformatted, print, table_layout},
    sites::{amp, blog, hashed, mirror, news, tabloid},
};
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

pub const BYLINE: &[Kind] = &[Kind::Byline, Kind::Dateline];
pub const DATELINE: &[Kind] = &[Kind::Dateline, Kind::Byline];
const HEADLINE: &[Kind] = &[Kind::Headline];
pub const PREFACE: &[Kind] = &[Kind::Preface];
pub const AFTERWORD: &[Kind] = &[Kind::Afterword];

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
pub fn blocks(article: &Article, tag: &str) -> String {
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

pub fn block(paragraph: &Paragraph, tag: &str) -> String {
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
    pub fn frame(&mut self, name: &'static str, kinds: &'static [Kind], words: impl Into<String>) {
        self.framing.push((name, kinds, words.into()));
    }

    pub fn headline(&mut self, facts: &Facts) {
        if !facts.own_title {
            self.frame("page/headline", HEADLINE, facts.headline.clone());
        }
    }

    /// Remembers words as furniture and gives them back.
    pub fn set(&mut self, words: &str) -> String {
        self.furniture.push(words.to_owned());
        words.to_owned()
    }

    pub fn list(&mut self, class: &str, entries: &[&str]) -> String {
        let items: String = entries
            .iter()
            .map(|entry| format!("<li><a href=\"/{}\">{}</a></li>", entry.len(), self.set(entry)))
            .collect();
        format!("<ul class=\"{class}\">{items}</ul>")
    }
}

pub const MENU: &[&str] =
    &["Front page", "World affairs", "Business", "Opinion pages", "Weather forecast", "Crosswords"];
pub const RELATED: &[&str] = &[
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
pub const COOKIES: &str = "We use cookies to improve your experience. By continuing you accept our cookie policy.";
pub const NEWSLETTER: &str = "Get the morning briefing in your inbox: sign up for our free newsletter.";

pub fn head(facts: &Facts, css: &str, more: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{} | The Morning Ledger</title>{more}<style>{css}</style></head>",
        escaped(&facts.headline)
    )
}

pub fn replies(page: &mut Page, list: &str, item: &str) -> String {
    let entries: String = REPLIES
        .iter()
        .map(|reply| {
            format!("<{item}><div class=\"comment-body\"><cite>Reader</cite><p>{}</p></div></{item}>", page.set(reply))
        })
        .collect();
    format!("<{list} class=\"comment-list\">{entries}</{list}>")
}
