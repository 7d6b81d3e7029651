//! Texts in other languages and scripts: a changed word is found once and where a reader of the language would mark it, emphasis is
//! found, a faithful copy is faithful. The sentences are our own.

use vidimus::{
    Capture, Checked, Moment, Options, Verdict,
    check::{Finding, Kind, Severity},
};

use crate::support::rebuild::{assert_rebuilds, line};

/// A text and one change to it: a word of its second paragraph, and what it is replaced by.
struct Language {
    tag: &'static str,
    direction: &'static str,
    paragraphs: [&'static str; 3],
    old: &'static str,
    new: &'static str,
    /// What a reader would mark: where words are not parted by spaces, the characters that differ may be part of a word.
    marked: [&'static str; 2],
    /// Words set in bold.
    loud: &'static str,
}

const LANGUAGES: [Language; 9] = [
    Language {
        tag: "ar",
        direction: "rtl",
        paragraphs: [
            "أعلنت لجنة الميناء يوم الثلاثاء أن أعمال الترميم ستبدأ في الربيع المقبل.",
            "وقال المدير إن المشروع سيكلف ثلاثة ملايين دينار، ولن يؤثر على حركة السفن.",
            "وسوف تنشر اللجنة تقريرها الكامل قبل نهاية العام.",
        ],
        old: "ثلاثة",
        new: "تسعة",
        marked: ["ثلاثة", "تسعة"],
        loud: "حركة السفن",
    },
    Language {
        tag: "he",
        direction: "rtl",
        paragraphs: [
            "ועדת הנמל הודיעה ביום שלישי כי עבודות השיקום יתחילו באביב הקרוב.",
            "המנהל אמר כי הפרויקט יעלה שלושה מיליון שקלים ולא ישפיע על תנועת האוניות.",
            "הוועדה תפרסם את הדוח המלא שלה לפני סוף השנה.",
        ],
        old: "שלושה",
        new: "תשעה",
        marked: ["שלושה", "תשעה"],
        loud: "תנועת האוניות",
    },
    Language {
        tag: "ru",
        direction: "ltr",
        paragraphs: [
            "Комитет порта сообщил во вторник, что ремонт старого мола начнётся следующей весной.",
            "Директор подчеркнул, что работы обойдутся в три миллиона рублей и не помешают движению судов.",
            "Полный отчёт комитет опубликует до конца года.",
        ],
        old: "три",
        new: "девять",
        marked: ["три", "девять"],
        loud: "движению судов",
    },
    Language {
        tag: "zh",
        direction: "ltr",
        paragraphs: [
            "港口委员会星期二宣布，旧防波堤的修复工程将于明年春天开始。",
            "主任表示，该项目将耗资三百万元，不会影响船只通行。",
            "委员会将在年底之前公布完整的报告。",
        ],
        old: "三",
        new: "九",
        marked: ["三", "九"],
        loud: "船只通行",
    },
    Language {
        tag: "ja",
        direction: "ltr",
        paragraphs: [
            "港湾委員会は火曜日、古い防波堤の修復工事を来年の春に始めると発表した。",
            "所長は、工事の費用は三百万円で、船の往来には影響しないと述べた。",
            "委員会は年末までに詳しい報告書を公表する予定である。",
        ],
        old: "三",
        new: "九",
        marked: ["三", "九"],
        loud: "船の往来",
    },
    Language {
        tag: "th",
        direction: "ltr",
        paragraphs: [
            "คณะกรรมการท่าเรือประกาศเมื่อวันอังคารว่าการซ่อมเขื่อนเก่าจะเริ่มในฤดูใบไม้ผลิปีหน้า",
            "ผู้อำนวยการกล่าวว่าโครงการนี้จะใช้เงิน 3 ล้านบาท และจะไม่กระทบต่อการเดินเรือ",
            "คณะกรรมการจะเผยแพร่รายงานฉบับเต็มก่อนสิ้นปี",
        ],
        old: "3",
        new: "9",
        marked: ["3", "9"],
        loud: "การเดินเรือ",
    },
    Language {
        tag: "de",
        direction: "ltr",
        paragraphs: [
            "Der Hafenausschuss teilte am Dienstag mit, die Arbeiten an der alten Mole begännen im nächsten Frühjahr.",
            "Die Leiterin betonte, das Vorhaben koste drei Millionen Euro und werde den Schiffsverkehr nicht stören.",
            "Den vollständigen Bericht will der Ausschuss noch vor Jahresende veröffentlichen.",
        ],
        old: "drei",
        new: "neun",
        marked: ["drei", "neun"],
        loud: "den Schiffsverkehr",
    },
    Language {
        tag: "fr",
        direction: "ltr",
        paragraphs: [
            "La commission du port a annoncé mardi que les travaux de l’ancienne jetée commenceraient au printemps prochain.",
            "La directrice a souligné que le projet coûterait trois millions d’euros et ne gênerait pas l’arrivée des navires.",
            "« Le rapport complet, a-t-elle ajouté, sera publié avant la fin de l’année. »",
        ],
        old: "trois",
        new: "neuf",
        marked: ["trois", "neuf"],
        loud: "l’arrivée des navires",
    },
    Language {
        tag: "hi",
        direction: "ltr",
        paragraphs: [
            "बंदरगाह समिति ने मंगलवार को बताया कि पुराने बाँध की मरम्मत अगले वसंत में शुरू होगी।",
            "निदेशक ने कहा कि इस काम पर तीन करोड़ रुपये खर्च होंगे और जहाज़ों का आना-जाना नहीं रुकेगा।",
            "समिति साल के अंत से पहले अपनी पूरी रिपोर्ट प्रकाशित करेगी।",
        ],
        old: "तीन",
        new: "नौ",
        marked: ["तीन", "नौ"],
        loud: "जहाज़ों का आना-जाना",
    },
];

impl Language {
    /// The text as a page; `set` says how.
    fn page(&self, set: impl Fn(&str) -> String) -> String {
        let body: String = self.paragraphs.iter().map(|paragraph| set(paragraph)).collect();
        format!(
            "<!doctype html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title></title></head><body><main>{body}</main></body></html>",
            self.tag, self.direction
        )
    }

    fn original(&self) -> String {
        self.page(|paragraph| format!("<p>{paragraph}</p>\n"))
    }

    fn check(&self, copy: &str) -> Checked {
        let read = |html: &str| Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html")).unwrap();
        let checked = vidimus::check(&read(&self.original()), &read(copy), &Options::new(Moment::from_unix(0)));
        assert_rebuilds(&checked);
        checked
    }
}

/// Findings above a note.
fn grave(checked: &Checked) -> Vec<&Finding> {
    checked.report.findings.iter().filter(|finding| finding.severity > Severity::Note).collect()
}

fn exact(finding: &Finding) -> [&str; 2] {
    [&finding.original, &finding.copy].map(|anchor| anchor.as_ref().map_or("", |anchor| anchor.exact.as_str()))
}

#[test]
fn a_faithful_copy_is_faithful() {
    for language in &LANGUAGES {
        let pages = [
            language.page(|paragraph| format!("<div><span style=\"font-weight:400\">{paragraph}</span></div>")),
            language.page(|paragraph| format!("{paragraph}<br><br>")),
            language.page(|paragraph| format!("<p>\u{200f}{paragraph}\u{200e}</p>")),
        ];
        for page in &pages {
            let checked = language.check(page);
            let found: Vec<String> = grave(&checked).into_iter().map(line).collect();
            assert_eq!(found, Vec::<String>::new(), "{}", language.tag);
            assert_eq!(checked.report.verdict, Verdict::Verbatim, "{}", language.tag);
            assert_eq!(checked.report.coverage.share, 1.0, "{}", language.tag);
        }
    }
}

#[test]
fn a_changed_word_is_found_once_and_whole() {
    for language in &LANGUAGES {
        let copy = language.page(|paragraph| format!("<p>{}</p>\n", paragraph.replacen(language.old, language.new, 1)));
        let checked = language.check(&copy);
        let found = grave(&checked);
        assert_eq!(
            found.len(),
            1,
            "{}: {:?}",
            language.tag,
            found.iter().map(|finding| line(finding)).collect::<Vec<_>>()
        );
        assert_eq!(found[0].kind, Kind::TextReplaced, "{}", language.tag);
        assert_eq!(exact(found[0]), language.marked, "{}", language.tag);
        assert_eq!(checked.report.verdict, Verdict::Altered, "{}", language.tag);
    }
}

#[test]
fn emphasis_is_found_and_no_edit() {
    for language in &LANGUAGES {
        let bold = format!("<strong>{}</strong>", language.loud);
        let copy = language.page(|paragraph| format!("<p>{}</p>\n", paragraph.replacen(language.loud, &bold, 1)));
        let checked = language.check(&copy);
        let found = grave(&checked);
        assert_eq!(
            found.len(),
            1,
            "{}: {:?}",
            language.tag,
            found.iter().map(|finding| line(finding)).collect::<Vec<_>>()
        );
        assert_eq!(found[0].kind, Kind::EmphasisAdded, "{}", language.tag);
        assert_eq!(exact(found[0]), [language.loud; 2], "{}", language.tag);
    }
}

#[test]
fn a_paragraph_that_went_is_found() {
    for language in &LANGUAGES {
        let copy = language.page(|paragraph| {
            if paragraph == language.paragraphs[1] { String::new() } else { format!("<p>{paragraph}</p>") }
        });
        let checked = language.check(&copy);
        let found = grave(&checked);
        assert_eq!(
            found.len(),
            1,
            "{}: {:?}",
            language.tag,
            found.iter().map(|finding| line(finding)).collect::<Vec<_>>()
        );
        assert_eq!(found[0].kind, Kind::TextDeleted, "{}", language.tag);
        let whole = language.paragraphs[1].contains(exact(found[0])[0])
            && exact(found[0])[0].len() * 10 > language.paragraphs[1].len() * 9;
        assert!(whole, "{}: {}", language.tag, line(found[0]));
    }
}

#[test]
fn other_quotation_marks_are_typography() {
    let german =
        "<p>Der Minister sagte: „Wir warten nicht länger“, und ging. Niemand widersprach ihm an diesem Abend.</p>";
    let others = [
        german.replace('„', "»").replace('“', "«"),
        german.replace(['„', '“'], "\""),
        german.replace('ä', "a\u{308}"),
        german.replace("länger", "län\u{ad}ger"),
    ];
    for copy in others {
        let read = |html: &str| {
            Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap()
        };
        let checked = vidimus::check(&read(german), &read(&copy), &Options::new(Moment::from_unix(0)));
        assert_eq!(checked.report.verdict, Verdict::Verbatim, "{copy}");
        assert_eq!(grave(&checked).into_iter().map(line).collect::<Vec<_>>(), Vec::<String>::new(), "{copy}");
    }
}
