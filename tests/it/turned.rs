//! The same words, turned round by signs: quotation marks that go or come, a statement made a question, a remark made of signs.
//! Each table of alterations stands beside one of what faithful copies do with the same signs.

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    check::{Facet, Finding, Kind, Severity},
};

const TEXT: &str = "<p>The harbour board met on Monday and heard the pilots of the port for two hours.</p>\
    <p>“We will keep the northern basin open through the winter,” the mayor said. Nobody spoke against it.</p>\
    <p>She called the plan a first step, and the pilots agreed. The board had no choice.</p>\
    <p>The mayor thanked everybody who had come and closed the meeting before the evening tide.</p>";

fn check(original: &str, copy: &str) -> Report {
    let page = |inner: &str| {
        let page = format!("<!doctype html><html lang=en><body>{inner}</body></html>");
        Capture::from_bytes("page.html", page.into(), Some("text/html; charset=utf-8")).unwrap()
    };
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    vidimus::check(&page(original), &page(copy), &options).report
}

fn grave(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity != Severity::Note).collect()
}

/// `text` with the first `from` made `to`.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// Fails unless the copy gives one finding above a note: of this kind, about these words.
#[track_caller]
fn one(original: &str, copy: &str, kind: Kind, words: &str) -> Finding {
    let report = check(original, copy);
    let found = grave(&report);
    assert_eq!(found.len(), 1, "{copy}\n{:#?}", report.findings);
    let exact = found[0].copy.as_ref().map(|anchor| anchor.exact.as_str());
    assert_eq!((found[0].kind, exact), (kind, Some(words)), "{copy}");
    found[0].clone()
}

/// Fails unless the copy is as good as the original.
#[track_caller]
fn faithful(original: &str, copy: &str) {
    let report = check(original, copy);
    assert_eq!(report.verdict, Verdict::Verbatim, "{copy}\n{:#?}", report.findings);
    assert!(grave(&report).is_empty(), "{copy}\n{:#?}", report.findings);
}

#[test]
fn a_quotation_made_an_assertion_is_an_edit_and_so_is_the_reverse() {
    let long = "We will keep the northern basin open through the winter";
    for bare in [
        "We will keep the northern basin open through the winter, the",
        "We will keep the northern basin open through the winter the",
    ] {
        let copy = with(TEXT, "“We will keep the northern basin open through the winter,” the", bare);
        let finding = one(TEXT, &copy, Kind::TextReplaced, long);
        assert_eq!(finding.facets, [Facet::Attribution, Facet::Quotation]);
    }
    let copy = with(
        TEXT,
        "She called the plan a first step, and the pilots agreed.",
        "“She called the plan a first step, and the pilots agreed.”",
    );
    let finding = one(TEXT, &copy, Kind::TextReplaced, "She called the plan a first step, and the pilots agreed");
    assert_eq!(finding.facets, [Facet::Attribution, Facet::Quotation]);
    let copy = with(TEXT, "a first step", "a “first step”");
    assert_eq!(one(TEXT, &copy, Kind::TextReplaced, "first step").facets, [Facet::Quotation]);
    assert_eq!(one(&copy, TEXT, Kind::TextReplaced, "first step").facets, [Facet::Quotation]);
    for (open, close) in [("‘", "’"), ("'", "'"), ("「", "」"), ("«", "»"), ("„", "“"), ("\"", "\"")] {
        let held = with(TEXT, "Nobody spoke against it", &format!("{open}Nobody spoke against it{close}"));
        one(TEXT, &held, Kind::TextReplaced, "Nobody spoke against it");
        one(&held, TEXT, Kind::TextReplaced, "Nobody spoke against it");
    }
}

#[test]
fn quotations_in_other_scripts_are_held_as_well() {
    for (text, words) in [
        (
            "<p>Мэр открыла заседание в понедельник утром в старой ратуше порта.</p><p>«Мы оставим северную гавань открытой на всю зиму», сказала она.</p><p>Никто в совете не возразил, и заседание закрыли до вечера.</p>",
            "Мы оставим северную гавань открытой на всю зиму",
        ),
        (
            "<p>市长星期一在旧市政厅主持了港口委员会的会议。</p><p>市长说：“我们将在整个冬天保持北港开放。”</p><p>委员会没有人反对，会议在晚上之前结束了。</p>",
            "我们将在整个冬天保持北港开放",
        ),
        (
            "<p>市長は月曜日に古い市庁舎で港湾委員会の会議を開いた。</p><p>市長は「冬の間ずっと北の港を開けておく」と述べた。</p><p>委員会では誰も反対せず、会議は夕方までに終わった。</p>",
            "冬の間ずっと北の港を開けておく",
        ),
        (
            "<p>اجتمع مجلس الميناء يوم الاثنين واستمع إلى المرشدين ساعتين.</p><p>قالت العمدة «سنبقي الحوض الشمالي مفتوحا طوال الشتاء» بعد التصويت.</p><p>شكرت العمدة كل من حضر وأغلقت الجلسة قبل المساء.</p>",
            "سنبقي الحوض الشمالي مفتوحا طوال الشتاء",
        ),
    ] {
        let bare = text.replace(['«', '»', '“', '”', '「', '」'], "");
        let report = check(text, &bare);
        let found = grave(&report);
        assert!(
            found.iter().any(|finding| finding.facets.contains(&Facet::Quotation)),
            "{text}\n{:#?}",
            report.findings
        );
        assert_eq!(found[0].copy.as_ref().map(|anchor| anchor.exact.as_str()), Some(words));
        faithful(text, &text.replace(['«', '“', '「'], "\"").replace(['»', '”', '」'], "\""));
    }
}

#[test]
fn other_marks_around_the_same_words_are_a_houses_own() {
    for (open, close) in [("\"", "\""), ("« ", " »"), ("„", "“"), ("‘", "’"), ("'", "'"), ("»", "«"), ("<q>", "</q>")]
    {
        faithful(TEXT, &TEXT.replace('“', open).replace('”', close));
        faithful(&TEXT.replace('“', open).replace('”', close), TEXT);
    }
    // A comma within or without, a mark forgotten and put right, a quotation in a box instead of marks.
    faithful(TEXT, &with(TEXT, "winter,”", "winter”,"));
    faithful(TEXT, &with(TEXT, "winter,”", "winter,"));
    faithful(&with(TEXT, "winter,”", "winter,"), TEXT);
    let block =
        "<p>The mayor said after the vote:</p><p>“We will keep the northern basin open through the winter.”</p>";
    let text = format!("{TEXT}{block}<p>Nobody on the board spoke against it that evening.</p>");
    faithful(
        &text,
        &text.replace(
            "<p>“We will keep the northern basin open through the winter.”</p>",
            "<blockquote>We will keep the northern basin open through the winter.</blockquote>",
        ),
    );
    // Titles and names of ships in italics.
    let named = with(TEXT, "the pilots of the port", "the pilots of the “Northern Star”");
    let slanted = named.replace("“Northern Star”", "<i>Northern Star</i>");
    assert!(grave(&check(&named, &slanted)).iter().all(|finding| finding.kind != Kind::TextReplaced));
    assert!(grave(&check(&slanted, &named)).iter().all(|finding| finding.kind != Kind::TextReplaced));
}

#[test]
fn a_quotation_of_several_paragraphs_may_open_in_each() {
    let paragraphs = [
        "We will keep the northern basin open through the winter.",
        "Nobody will be left outside the breakwater in a storm.",
        "That is what this board is for, and what it will do.",
    ];
    let text = |marks: [(&str, &str); 3]| {
        let inner: String =
            paragraphs.iter().zip(marks).map(|(text, (open, close))| format!("<p>{open}{text}{close}</p>")).collect();
        format!(
            "<p>The mayor said after the vote on Monday evening:</p>{inner}<p>The pilots left the hall before the evening tide.</p>"
        )
    };
    let each = text([("“", ""), ("“", ""), ("“", "”")]);
    let once = text([("“", ""), ("", ""), ("", "”")]);
    let closed = text([("“", "”"), ("“", "”"), ("“", "”")]);
    for (one, other) in [(&each, &once), (&each, &closed), (&once, &closed)] {
        faithful(one, other);
        faithful(other, one);
    }
    assert_eq!(grave(&check(&each, &text([("", ""), ("", ""), ("", "")]))).len(), 3);
}

#[test]
fn who_quotes_the_whole_text_holds_none_of_it_at_arms_length() {
    let quoted = TEXT.replace("<p>“", "<p>").replace(",” ", ", ").replace("<p>", "<p>“");
    let quoted = format!("{}”</p>", quoted.trim_end_matches("</p>"));
    let plain = TEXT.replace(['“', '”'], "");
    faithful(&plain, &quoted);
}

#[test]
fn signs_that_turn_a_sentence_round_are_an_edit() {
    for (from, to) in [
        ("pilots agreed.", "pilots agreed???"),
        ("pilots agreed.", "pilots agreed?!"),
        ("pilots agreed.", "pilots agreed؟"),
        ("pilots agreed.", "pilots agreed？"),
        ("no choice.", "no choice?"),
        ("no choice.", "no choice!!!"),
        ("first step,", "first step?!,"),
    ] {
        let report = check(TEXT, &with(TEXT, from, to));
        let found = grave(&report);
        assert_eq!((found.len(), found[0].kind, report.verdict), (1, Kind::TextReplaced, Verdict::Altered), "{to}");
    }
    for (text, from, to) in [
        (
            "<p>اجتمع مجلس الميناء يوم الاثنين واستمع إلى المرشدين ساعتين.</p><p>سنبقي الحوض الشمالي مفتوحا طوال الشتاء.</p>",
            "الشتاء.",
            "الشتاء؟",
        ),
        (
            "<p>Το συμβούλιο του λιμένα συνεδρίασε τη Δευτέρα για δύο ώρες.</p><p>Η λεκάνη θα μείνει ανοιχτή όλο τον χειμώνα.</p>",
            "χειμώνα.",
            "χειμώνα;",
        ),
        (
            "<p>港口委员会星期一开会，听取了引水员两个小时的意见。</p><p>北港将在整个冬天保持开放。</p>",
            "开放。",
            "开放？",
        ),
    ] {
        let report = check(text, &with(text, from, to));
        assert_eq!((grave(&report).len(), report.verdict), (1, Verdict::Altered), "{to}");
    }
}

#[test]
fn remarks_made_of_signs_are_the_republishers() {
    for (from, to, remark) in [
        ("first step,", "first step (?),", "(?)"),
        ("first step,", "first step (!),", "(!)"),
        ("first step,", "first step [?!],", "[?!]"),
        ("first step,", "first step 🤡,", "🤡"),
        ("no choice.", "no choice 🙄.", "🙄"),
        ("no choice.", "no choice. (!)", "(!)"),
        ("first step,", "first step [sic],", "sic"),
        ("first step,", "first step (sic),", "sic"),
    ] {
        one(TEXT, &with(TEXT, from, to), Kind::Interjection, remark);
    }
}

#[test]
fn signs_of_a_house_or_of_a_lost_charset_turn_nothing() {
    let text = with(TEXT, "a first step, and", "a first step – and");
    for (from, to) in [
        ("step – and", "step ? and"),
        ("step – and", "step ??? and"),
        ("step – and", "step — and"),
        (
            "“We will keep the northern basin open through the winter,”",
            "?We will keep the northern basin open through the winter,?",
        ),
        ("no choice.", "no choice. ↗"),
        ("no choice.", "no choice. ■"),
        ("no choice.", "no choice…"),
        ("hours.</p>", "hours. 🔗</p>"),
    ] {
        faithful(&text, &with(&text, from, to));
    }
    let asked = with(TEXT, "no choice.", "no choice! Who paid?");
    for (from, to) in [("Who paid?", "Who paid ?"), ("choice!", "choice."), ("Who paid?", "Who paid??")] {
        faithful(&asked, &with(&asked, from, to));
    }
}
