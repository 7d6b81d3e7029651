//! Pages set like news sites, blogs and archives of today.

use super::{
    article::{Article, Paragraph, Shape, escaped},
    pages::{
        AFTERWORD, BYLINE, COOKIES, Facts, MENU, NEWSLETTER, PREFACE, Page, RELATED, block, blocks, head, replies,
    },
    papers::LEAD,
};
use crate::support::Chance;

pub fn news(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

pub fn blog(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

pub fn amp(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

pub fn tabloid(article: &Article, facts: &Facts, page: &mut Page, chance: &mut Chance) -> String {
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

pub fn mirror(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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

/// A page whose class names say nothing.
pub fn hashed(article: &Article, facts: &Facts, page: &mut Page, _: &mut Chance) -> String {
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
