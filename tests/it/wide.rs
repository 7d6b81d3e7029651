//! Scripts other than Latin: wide characters, right to left, combining marks. They keep to the columns, keep their letters
//! whole, and are marked in their own language.

use scraper::{Html, Selector};
use unicode_width::UnicodeWidthStr as _;

use crate::support::Sandbox;

const JAPANESE: [&str; 3] = [
    "委員会は火曜日にジュネーブで会合し、七つの点で合意した。議長は、協議は五月に続くと述べ、投票の日程は決まっていないと付け加えた。",
    "加盟国は、水、保健、そして千二百の家族の帰還についての進展に注目した。",
    "次の報告書は年末までに公表される予定である。",
];
const ARABIC: [&str; 3] = [
    "اجتمعت اللجنة يوم الثلاثاء في جنيف واتفقت على سبع نقاط في جدول الأعمال.",
    "قال الرئيس إن المحادثات ستستمر في مايو ولم يحدد موعد للتصويت على القرار.",
    "ولاحظ الأعضاء التقدم المحرز في مجال المياه والصحة وعودة العائلات إلى منازلها.",
];
const PERSIAN: [&str; 2] = [
    "کمیته روز سه‌شنبه در ژنو تشکیل جلسه داد و درباره هفت نکته به توافق رسید.",
    "رئیس گفت که گفت‌وگوها در ماه مه ادامه می‌یابد و تاریخی برای رأی‌گیری تعیین نشده است.",
];
const HINDI: [&str; 2] = [
    "समिति की बैठक मंगलवार को जिनेवा में हुई और सात बिंदुओं पर सहमति बनी।",
    "अध्यक्ष ने कहा कि वार्ता मई में जारी रहेगी और मतदान की कोई तारीख तय नहीं है।",
];

fn page(language: &str, paragraphs: &[&str]) -> String {
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    format!("<!doctype html><html lang=\"{language}\"><title>2017</title><body>\n{body}</body></html>")
}

/// The report on `original` with `old` become `new`.
fn report(language: &str, original: &[&str], old: &str, new: &str, more: &[&str]) -> String {
    let sandbox = Sandbox::new();
    let original = page(language, original);
    assert!(original.contains(old), "the test changes something");
    sandbox.write("copy.html", original.replacen(old, new, 9));
    sandbox.write("original.html", original);
    let mut arguments = vec!["check", "copy.html", "--original", "original.html"];
    arguments.extend(more);
    sandbox.vidimus(arguments).stdout
}

const CHANGES: [(&str, &[&str], &str, &str); 4] = [
    ("ja", &JAPANESE, "七", "九"),
    ("ar", &ARABIC, "سبع", "تسع"),
    ("fa", &PERSIAN, "هفت", "نه"),
    ("hi", &HINDI, "सात", "नौ"),
];

#[test]
fn every_script_keeps_to_the_columns() {
    for (language, original, old, new) in CHANGES {
        for columns in [40, 80, 120] {
            let text = report(language, original, old, new, &["--width", &columns.to_string()]);
            assert!(text.starts_with("ALTERED"), "{language}: {text}");
            for line in text.lines() {
                assert!(line.width() <= columns, "{language}: {} columns of {columns}: {line}", line.width());
            }
        }
    }
}

#[test]
fn every_script_is_shown_as_it_is() {
    for (language, original, old, new) in CHANGES {
        let text = report(language, original, old, new, &[]);
        assert!(text.contains(&format!("[{old}]")) && text.contains(&format!("[{new}]")), "{language}: {text}");
        assert!(!text.contains("\\u{"), "{language}: joiners that the script needs are no secrets: {text}");
    }
}

#[test]
fn no_letter_loses_its_marks() {
    // Too long to be shown whole, and every letter has marks that no single character has room for.
    let letters = format!("The committee met {}.", "q\u{301}\u{323}x\u{303}\u{332} ".repeat(400));
    let text = report("en", &[ARABIC[0], "The committee met."], "The committee met.", &letters, &[]);
    assert!(text.contains(" […] "), "{text}");
    for (at, c) in text.char_indices().filter(|(_, c)| "\u{301}\u{303}".contains(*c) || *c == '\u{323}') {
        let before = text[..at].chars().next_back().unwrap();
        assert!(
            before == 'q' || before == 'x' || "\u{301}\u{303}\u{323}\u{332}".contains(before),
            "{c:?} on {before:?}"
        );
    }
}

#[test]
fn a_page_tells_the_browser_language_and_direction() {
    for (language, original, old, new) in CHANGES {
        let html = Html::parse_document(&report(language, original, old, new, &["--format", "html"]));
        let marks: Vec<_> = html.select(&Selector::parse("#texts ins").unwrap()).collect();
        assert!(!marks.is_empty());
        for mark in marks {
            let cell =
                mark.ancestors().filter_map(|node| node.value().as_element()).find(|one| one.attr("dir").is_some());
            let cell = cell.unwrap();
            assert_eq!((cell.attr("dir"), cell.attr("lang")), (Some("auto"), Some(language)));
        }
        let number = html.select(&Selector::parse("#texts a.number").unwrap()).next().unwrap();
        assert_eq!((number.attr("dir"), number.attr("lang")), (Some("ltr"), Some("en")), "the labels are ours");
    }
}

#[test]
fn a_language_that_is_none_is_not_passed_on() {
    for language in ["xx", "\"><script>", "klingon", "", "-", "\u{202e}ar"] {
        let html = report(&language.replace('"', "&quot;"), &ARABIC, "سبع", "تسع", &["--format", "html"]);
        let html = Html::parse_document(&html);
        let languages: Vec<_> =
            html.select(&Selector::parse("[lang]").unwrap()).filter_map(|one| one.attr("lang")).collect();
        assert!(languages.iter().all(|language| *language == "en"), "{language:?}: {languages:?}");
    }
}
