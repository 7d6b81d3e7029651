//! Faithful copies the way real systems print them: each page in `faithful_pages/` holds one statement of our own writing in the markup of
//! a kind of site, newspapers of six languages around theirs. `@0` to `@5` stand for its paragraphs, `@T` for its title.
//!
//! Add a page as a file, without any of its text, and a row.

use crate::support::faithful::{accusation, none};

const TITLE: &str = "Board agrees to rebuild the north mole";

const STATEMENT: [&str; 6] = [
    "The harbour board of Lower Saltmarsh today agreed to rebuild the north mole, which the storms of last winter had broken in two places.",
    "The work will cost 14 million dollars over three years and will be paid for from the port’s own fees, the chair of the board, Ines Corvin, said after the meeting.",
    "“We will not raise the fees for the small boats,” she said. “Those who fish from this harbour have paid for the lamps and the cranes for ninety years, and they have paid enough.”",
    "Engineers found in March that the foundations below the old lamp house had sunk by 40 centimetres. Divers will look at them again in May, and nobody may walk on the mole before they have done so.",
    "The board also asked the county for a second opinion on the depth of the new basin. An answer is expected before the summer.",
    "A vote on the plan as a whole is set for 12 September in the old customs hall. The meeting is open to the public.",
];

/// A statement in one language, and what its newspapers print around it.
struct Language {
    code: &'static str,
    title: &'static str,
    paragraphs: [&'static str; 5],
    byline: &'static str,
    opening: &'static str,
    advertisement: &'static str,
    more: &'static str,
    credit: &'static str,
    source: &'static str,
}

const LANGUAGES: [Language; 6] = [
    Language {
        code: "de",
        title: "Hafenamt lässt die Mole neu bauen",
        paragraphs: [
            "Das Hafenamt von Niedermarsch hat am Dienstag beschlossen, die Nordmole neu zu bauen, die die Stürme des letzten Winters an zwei Stellen gebrochen hatten.",
            "Die Arbeiten kosten 4,2 Millionen Euro in drei Jahren und werden aus den Gebühren des Hafens bezahlt, sagte die Vorsitzende Ines Korvin nach der Sitzung.",
            "„Wir werden die Gebühren für die kleinen Boote nicht erhöhen“, sagte sie. „Wer hier fischt, hat neunzig Jahre lang für Lampen und Kräne bezahlt.“",
            "Ingenieure fanden im März heraus, dass das Fundament um 40 Zentimeter gesunken ist. Taucher sehen es sich im Mai noch einmal an.",
            "Über den ganzen Plan wird am 12. September im alten Zollhaus abgestimmt. Die Sitzung ist öffentlich.",
        ],
        byline: "Von Jo Bäcker, 4. April 2024",
        opening: "Hamburg (dpa) - ",
        advertisement: "Anzeige",
        more: r#"Lesen Sie auch: <a href="/x">Wie die Mole 1931 gebaut wurde</a>"#,
        credit: "Bild: Hafenamt",
        source: "Quelle: dpa",
    },
    Language {
        code: "fr",
        title: "Le port va reconstruire le môle",
        paragraphs: [
            "Le conseil du port de Basse-Saline a décidé mardi de reconstruire le môle nord, que les tempêtes de l’hiver dernier avaient rompu en deux endroits.",
            "Les travaux coûteront 4,2 millions d’euros en trois ans et seront payés par les droits du port, a dit la présidente Inès Corvin après la séance.",
            "« Nous n’augmenterons pas les droits pour les petits bateaux », a-t-elle dit. « Ceux qui pêchent ici ont assez payé. »",
            "Des ingénieurs ont constaté en mars que les fondations s’étaient enfoncées de 40 centimètres. Des plongeurs y retourneront en mai.",
            "Le vote sur l’ensemble du plan aura lieu le 12 septembre à l’ancienne douane. La séance est publique.",
        ],
        byline: "Par Jo Boulanger, le 4 avril 2024",
        opening: "PARIS (AFP) - ",
        advertisement: "Publicité",
        more: r#"À lire aussi : <a href="/x">Comment le môle fut bâti en 1931</a>"#,
        credit: "Crédit photo : Conseil du port",
        source: "(avec AFP)",
    },
    Language {
        code: "es",
        title: "El puerto reconstruirá el muelle",
        paragraphs: [
            "La junta del puerto de Marisma Baja acordó el martes reconstruir el muelle norte, que las tormentas del invierno pasado habían roto en dos lugares.",
            "Las obras costarán 4,2 millones de euros en tres años y se pagarán con las tasas del puerto, dijo la presidenta Inés Corvín tras la reunión.",
            "“No subiremos las tasas para los barcos pequeños”, dijo. “Quienes pescan aquí ya han pagado bastante.”",
            "Los ingenieros vieron en marzo que los cimientos se habían hundido 40 centímetros. Los buzos volverán en mayo.",
            "El plan se votará el 12 de septiembre en la antigua aduana. La reunión está abierta al público.",
        ],
        byline: "Por Jo Panadero, 4 de abril de 2024",
        opening: "MADRID (EFE).- ",
        advertisement: "Publicidad",
        more: r#"Lee también: <a href="/x">Cómo se construyó el muelle en 1931</a>"#,
        credit: "Foto: Junta del puerto",
        source: "Fuente: EFE",
    },
    Language {
        code: "ru",
        title: "Порт восстановит мол",
        paragraphs: [
            "Совет порта Нижняя Солянка во вторник решил заново построить северный мол, который штормы прошлой зимой разрушили в двух местах.",
            "Работы будут стоить 4,2 млн рублей за три года и будут оплачены из сборов порта, сказала председатель Инесса Корвин после заседания.",
            "«Мы не поднимем сборы для малых лодок», — сказала она. «Те, кто ловит здесь рыбу, заплатили достаточно.»",
            "Инженеры в марте обнаружили, что фундамент опустился на 40 сантиметров. Водолазы осмотрят его ещё раз в мае.",
            "Голосование по плану назначено на 12 сентября в старой таможне. Заседание открыто для всех.",
        ],
        byline: "Автор: Иван Пекарь",
        opening: "МОСКВА, 3 апреля. /ТАСС/. ",
        advertisement: "Реклама",
        more: r#"Читайте также: <a href="/x">Как строили мол в 1931 году</a>"#,
        credit: "Фото: Совет порта",
        source: "Источник: ТАСС",
    },
    Language {
        code: "ja",
        title: "港の北防波堤を再建へ",
        paragraphs: [
            "下塩町の港湾委員会は火曜日、昨冬の嵐で二か所が壊れた北防波堤を再建することを決めた。",
            "工事は三年で四百二十万円かかり、港の使用料から支払われると、委員長の佐藤氏は会議の後に述べた。",
            "「小さな船の使用料は上げない」と委員長は述べた。「ここで漁をする人々は九十年間、十分に払ってきた」",
            "技術者は三月、基礎が四十センチ沈んでいることを見つけた。潜水士が五月に再び調べる。",
            "計画全体の投票は九月十二日に旧税関で行われる。会議は公開される。",
        ],
        byline: "文・山田太郎",
        opening: "【下塩＝共同】",
        advertisement: "広告",
        more: r#"関連記事：<a href="/x">防波堤はこうして造られた</a>"#,
        credit: "写真：港湾委員会",
        source: "（共同）",
    },
    Language {
        code: "ar",
        title: "الميناء يعيد بناء الرصيف",
        paragraphs: [
            "قرر مجلس ميناء السبخة السفلى يوم الثلاثاء إعادة بناء الرصيف الشمالي الذي كسرته عواصف الشتاء الماضي في موضعين.",
            "ستكلف الأعمال 4.2 مليون دينار خلال ثلاث سنوات وستدفع من رسوم الميناء، قالت رئيسة المجلس إيناس بعد الاجتماع.",
            "«لن نرفع الرسوم على القوارب الصغيرة»، قالت. «لقد دفع الصيادون هنا ما يكفي منذ تسعين عاما.»",
            "وجد المهندسون في مارس أن الأساس هبط أربعين سنتيمترا. سيعود الغواصون إليه في مايو.",
            "التصويت على الخطة في 12 سبتمبر في مبنى الجمارك القديم. الاجتماع مفتوح للجميع.",
        ],
        byline: "بقلم يوسف الخباز",
        opening: "تونس - ",
        advertisement: "إعلان",
        more: r#"اقرأ أيضا: <a href="/x">كيف بني الرصيف عام 1931</a>"#,
        credit: "تصوير: مجلس الميناء",
        source: "المصدر: رويترز",
    },
];

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p>{text}</p>\n")).collect()
}

fn plain(lang: &str, title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang={lang}><meta charset=utf-8><title>{title}</title><body><header><nav><a href=/>.</a></nav></header>\
         <main><h1>{title}</h1>{body}</main></body></html>"
    )
}

fn filled(page: &str) -> String {
    let page = page.replace("@T", TITLE);
    STATEMENT.iter().enumerate().fold(page, |page, (at, text)| page.replace(&format!("@{at}"), text))
}

const HTML: &str = "text/html; charset=utf-8";
const MARKDOWN: &str = "text/markdown; charset=utf-8";

#[test]
fn sites_of_all_kinds_republish_faithfully() {
    let original = plain("en", TITLE, &paragraphs(&STATEMENT));
    let pages = [
        ("amp", include_str!("faithful_pages/amp.html"), HTML),
        ("breaks", include_str!("faithful_pages/breaks.html"), HTML),
        ("drupal", include_str!("faithful_pages/drupal.html"), HTML),
        ("ghost", include_str!("faithful_pages/ghost.html"), HTML),
        ("government", include_str!("faithful_pages/government.html"), HTML),
        ("mediawiki", include_str!("faithful_pages/mediawiki.html"), HTML),
        ("medium", include_str!("faithful_pages/medium.html"), HTML),
        ("newsletter", include_str!("faithful_pages/newsletter.html"), HTML),
        ("newspaper", include_str!("faithful_pages/newspaper.html"), HTML),
        ("note", include_str!("faithful_pages/note.md"), MARKDOWN),
        ("preformatted", include_str!("faithful_pages/preformatted.html"), HTML),
        ("print", include_str!("faithful_pages/print.html"), HTML),
        ("quoted", include_str!("faithful_pages/quoted.md"), MARKDOWN),
        ("substack", include_str!("faithful_pages/substack.html"), HTML),
        ("wordpress", include_str!("faithful_pages/wordpress.html"), HTML),
    ];
    let accuse = |(name, page, media): (&str, &str, &str)| accusation(name, (&original, HTML), (&filled(page), media));
    let mut accused: Vec<String> = pages.into_iter().filter_map(accuse).collect();
    let text = format!("{}\n\n{}\n\n--\nCoast Courier\n", TITLE.to_uppercase(), STATEMENT.join("\n\n"));
    let mail: String = text.lines().map(|line| format!("> {line}\n")).collect();
    for text in [text, mail] {
        accused.extend(accusation("plain text", (&original, HTML), (&text, "text/plain; charset=utf-8")));
    }
    none(accused);
}

#[test]
fn newspapers_of_many_languages_do_too() {
    let mut accused = Vec::new();
    for language in LANGUAGES {
        let Language { code, title, paragraphs: own, byline, opening, advertisement, more, credit, source } = language;
        let [one, two, three, four, five] = own;
        let body = format!(
            "<div class=byline>{byline}</div><p>{opening}{one}</p><p>{two}</p><div>{advertisement}</div><figure><img src=a.jpg>\
             <figcaption>{credit}</figcaption></figure><p>{three}</p><p>{more}</p><p>{four}</p><p>{five}</p><p>{source}</p>"
        );
        let (release, paper) = (plain(code, title, &paragraphs(&own)), plain(code, title, &body));
        accused.extend(accusation(code, (&release, HTML), (&paper, HTML)));
        accused.extend(accusation(code, (&paper, HTML), (&release, HTML)));
        let text = format!("{title}\n\n{}\n\n{source}\n", own.join("\n\n"));
        accused.extend(accusation(code, (&release, HTML), (&text, "text/plain; charset=utf-8")));
    }
    none(accused);
}
