//! The same text in other markup, in another normal form, or spelled with entities: no edit.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;
use vidimus::{
    Checked, Verdict,
    check::{Class, Kind, Severity},
};

use super::{
    check, config,
    texts::{Text, paragraphs, text},
};
use crate::support::rebuild::line;

/// Ways to set the same paragraphs.
const TEMPLATES: [fn(&Text) -> String; 9] = [
    |text| wrapped(text, "<div>", "</div>"),
    |text| wrapped(text, "<div class=\"row\"><div><span>", "</span></div></div>"),
    |text| format!("<div>{}</div>", joined(text).join("<br><br>\n")),
    |text| format!("<table>{}</table>", wrapped(text, "<tr><td>", "</td></tr>")),
    |text| format!("<ul>{}</ul>", wrapped(text, "<li>", "</li>")),
    |text| format!("<pre>{}</pre>", joined(text).join("\n\n")),
    |text| format!("<div style=\"white-space:pre-wrap\">{}</div>", joined(text).join("\n\n")),
    |text| format!("<blockquote>{}</blockquote>", wrapped(text, "<p>", "</p>")),
    |text| {
        format!("<section><article>{}</article></section>", wrapped(text, "<p><font face=\"Arial\">", "</font></p>"))
    },
];

fn joined(text: &Text) -> Vec<String> {
    text.iter().map(|paragraph| paragraph.join(" ")).collect()
}

fn wrapped(text: &Text, open: &str, close: &str) -> String {
    joined(text).iter().map(|paragraph| format!("{open}{paragraph}{close}\n")).collect()
}

/// What in a report is more than a note, or says that words were changed.
fn offences(checked: &Checked) -> Vec<String> {
    let edit = |kind: Kind| {
        kind.class() == Class::Edit
            && !matches!(kind, Kind::Typography | Kind::ParagraphsSplit | Kind::ParagraphsJoined)
    };
    let findings = checked.report.findings.iter();
    findings.filter(|finding| finding.severity > Severity::Note || edit(finding.kind)).map(line).collect()
}

/// Every word changed by `how`.
fn respelled(text: &Text, how: impl Fn(&str) -> String) -> String {
    text.iter()
        .map(|paragraph| format!("<p>{}</p>\n", paragraph.iter().map(|word| how(word)).collect::<Vec<_>>().join(" ")))
        .collect()
}

/// `mark` put into the middle of words of six letters and more.
fn split(word: &str, mark: &str) -> String {
    let letters = word.chars().all(char::is_alphabetic) && word.chars().count() >= 6;
    let middle = word.char_indices().nth(3).map_or(0, |(at, _)| at);
    if letters { format!("{}{mark}{}", &word[..middle], &word[middle..]) } else { word.to_owned() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn templates_make_no_edit(text in text(), mine in 0..9_usize, theirs in 0..9_usize) {
        let (original, copy) = (TEMPLATES[mine](&text), TEMPLATES[theirs](&text));
        let checked = check(&original, &copy);
        prop_assert_eq!(offences(&checked), Vec::<String>::new(), "{}\n{}", original, copy);
        prop_assert_eq!(checked.report.verdict, Verdict::Verbatim);
    }

    #[test]
    fn spelling_of_the_same_characters_makes_no_edit(text in text(), way in 0..7_usize) {
        let entity = |word: &str| word.chars().map(|c| format!("&#{};", u32::from(c))).collect::<String>();
        let copy = match way {
            0 => respelled(&text, |word| word.nfd().collect()),
            1 => respelled(&text, entity),
            2 => respelled(&text, |word| split(word, "\u{ad}")),
            3 => respelled(&text, |word| split(word, "<wbr>")),
            4 => respelled(&text, |word| split(word, "<!-- -->")),
            5 => respelled(&text, |word| split(word, "<span></span>")),
            _ => respelled(&text, |word| word.replace(['“', '”'], "\"").replace('\'', "’")),
        };
        let checked = check(&paragraphs(&text), &copy);
        prop_assert_eq!(offences(&checked), Vec::<String>::new(), "{}\n{}", paragraphs(&text), copy);
        prop_assert_eq!(checked.report.verdict, Verdict::Verbatim);
    }

    #[test]
    fn white_space_makes_no_edit(text in text(), space in 0..5_usize) {
        let space = ["\n", "  \t ", "&nbsp;", "\u{2009}", " <b> </b>"][space];
        let copy = text.iter().map(|paragraph| format!("<p> {}\n</p>", paragraph.join(space))).collect::<String>();
        let checked = check(&paragraphs(&text), &copy);
        prop_assert_eq!(offences(&checked), Vec::<String>::new(), "{}\n{}", paragraphs(&text), copy);
    }
}
