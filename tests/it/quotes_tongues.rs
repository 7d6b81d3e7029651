//! Quotations of releases in other languages than English: what their newsrooms may do to one passes; a negation, a modal, a number
//! in letters or a name that changed does not, nor an omission that hides one. The sentences are our own.

use vidimus::{
    Capture,
    check::{
        Quote, QuoteStatus,
        quotes::{Against, hold},
    },
    extract::{self, Document},
};

struct Tongue {
    tag: &'static str,
    release: &'static str,
    marks: [&'static str; 2],
    /// What quoting permits.
    fair: &'static [&'static str],
    /// What says something else.
    wrong: &'static [&'static str],
}

const TONGUES: &[Tongue] = &[
    Tongue {
        tag: "fr",
        release: "Le port de Zenda ne sera pas fermé pendant les travaux. Nous devons protéger les trois écluses de la ville, et nous \
            n’accepterons jamais une taxe sur les bateaux de pêche. Le ministre peut inviter les délégués à la réunion de mars. Les pêcheurs \
            ont plus de quatre-vingts bateaux dans le nouveau bassin du sud.",
        marks: ["« ", " »"],
        fair: &[
            "Le port de Zenda ne sera pas fermé pendant les travaux",
            "le port de Zenda ne sera pas fermé",
            "[L]e port de Zenda ne sera pas fermé",
            "Nous devons protéger les trois écluses de la ville [...]",
            "nous n'accepterons jamais une taxe sur les bateaux de pêche",
            "Les pêcheurs ont plus de quatre-vingts bateaux dans le … bassin du sud",
            "Nous [les pêcheurs] devons protéger les trois écluses de la ville",
        ],
        wrong: &[
            "Le port de Zenda sera fermé pendant les travaux",
            "Le port de Zenda ne sera … fermé pendant les travaux",
            "Le port de Strelsau ne sera pas fermé pendant les travaux",
            "Nous pouvons protéger les trois écluses de la ville",
            "Nous [pouvons] protéger les trois écluses de la ville",
            "Nous devons protéger les treize écluses de la ville",
            "Nous devons protéger les … écluses de la ville",
            "nous accepterons une taxe sur les bateaux de pêche",
            "Le ministre doit inviter les délégués à la réunion de mars",
            "Le ministre peut inviter les délégués à la réunion de mai",
            "Les pêcheurs ont moins de quatre-vingts bateaux dans le nouveau bassin",
        ],
    },
    Tongue {
        tag: "de",
        release: "Der Hafen von Zenda wird während der Arbeiten nicht geschlossen. Wir müssen die drei Schleusen der Stadt schützen, und wir \
            werden keine Abgabe auf die Boote der Fischer erheben. Der Minister kann die Delegierten zu der Sitzung im März einladen. Die \
            Fischer haben mehr als achtzig Boote in dem neuen Becken im Süden.",
        marks: ["„", "“"],
        fair: &[
            "Der Hafen von Zenda wird während der Arbeiten nicht geschlossen",
            "der Hafen von Zenda wird während der Arbeiten nicht geschlossen",
            "[D]er Hafen von Zenda wird während der Arbeiten nicht geschlossen",
            "Wir müssen die drei Schleusen der Stadt schützen …",
            "Die Fischer haben mehr als achtzig Boote in dem … Becken im Süden",
            "Wir [die Fischer] müssen die drei Schleusen der Stadt schützen",
        ],
        wrong: &[
            "Der Hafen von Zenda wird während der Arbeiten geschlossen",
            "Der Hafen von Zenda wird während der Arbeiten … geschlossen",
            "Der Hafen von Strelsau wird während der Arbeiten nicht geschlossen",
            "Wir können die drei Schleusen der Stadt schützen",
            "Wir [können] die drei Schleusen der Stadt schützen",
            "Wir müssen die dreizehn Schleusen der Stadt schützen",
            "Wir müssen die … Schleusen der Stadt schützen",
            "wir werden eine Abgabe auf die Boote der Fischer erheben",
            "Der Minister muss die Delegierten zu der Sitzung im März einladen",
            "Der Minister kann die Delegierten zu der Sitzung im Mai einladen",
            "Die Fischer haben weniger als achtzig Boote in dem neuen Becken",
        ],
    },
    Tongue {
        tag: "es",
        release: "El puerto de Zenda no será cerrado durante las obras. Debemos proteger las tres esclusas de la ciudad, y nunca aceptaremos una \
            tasa para los barcos de pesca. El ministro puede invitar a los delegados a la reunión de marzo. Los pescadores tienen más de \
            ochenta barcos en la nueva dársena del sur.",
        marks: ["«", "»"],
        fair: &[
            "El puerto de Zenda no será cerrado durante las obras",
            "el puerto de Zenda no será cerrado",
            "[E]l puerto de Zenda no será cerrado durante las obras",
            "Debemos proteger las tres esclusas de la ciudad [...]",
            "Los pescadores tienen más de ochenta barcos en la … dársena del sur",
        ],
        wrong: &[
            "El puerto de Zenda será cerrado durante las obras",
            "El puerto de Zenda … será cerrado durante las obras",
            "El puerto de Strelsau no será cerrado durante las obras",
            "Podemos proteger las tres esclusas de la ciudad, y nunca aceptaremos una tasa",
            "Debemos proteger las trece esclusas de la ciudad, y nunca aceptaremos",
            "Debemos proteger las … esclusas de la ciudad, y nunca aceptaremos",
            "Debemos proteger las tres esclusas de la ciudad, y aceptaremos una tasa",
            "El ministro debe invitar a los delegados a la reunión de marzo",
            "El ministro [debe] invitar a los delegados a la reunión de marzo",
            "El ministro puede invitar a los delegados a la reunión de mayo",
            "Los pescadores tienen menos de ochenta barcos en la nueva dársena",
        ],
    },
    Tongue {
        tag: "it",
        release: "Il porto di Zenda non sarà chiuso durante i lavori. Dobbiamo proteggere le tre chiuse della città, e non accetteremo mai una \
            tassa per le barche da pesca. Il ministro può invitare i delegati alla riunione di marzo. I pescatori hanno più di ottanta barche \
            nel nuovo bacino del sud, ed è una festa per la città.",
        marks: ["«", "»"],
        fair: &[
            "Il porto di Zenda non sarà chiuso durante i lavori",
            "il porto di Zenda non sarà chiuso",
            "[I]l porto di Zenda non sarà chiuso durante i lavori",
            "Dobbiamo proteggere le tre chiuse della città […]",
            "I pescatori hanno più di ottanta barche nel … bacino del sud",
        ],
        wrong: &[
            "Il porto di Zenda sarà chiuso durante i lavori",
            "Il porto di Zenda … sarà chiuso durante i lavori",
            "Il porto di Strelsau non sarà chiuso durante i lavori",
            "Possiamo proteggere le tre chiuse della città, e non accetteremo mai una tassa",
            "Dobbiamo proteggere le tredici chiuse della città, e non accetteremo",
            "Dobbiamo proteggere le … chiuse della città, e non accetteremo",
            "Dobbiamo proteggere le tre chiuse della città, e accetteremo una tassa",
            "Il ministro deve invitare i delegati alla riunione di marzo",
            "Il ministro [deve] invitare i delegati alla riunione di marzo",
            "Il ministro può invitare i delegati alla riunione di maggio",
            "I pescatori hanno meno di ottanta barche nel nuovo bacino",
        ],
    },
    Tongue {
        tag: "pt",
        release: "O porto de Zenda não será fechado durante as obras. Devemos proteger as três eclusas da cidade, e nunca aceitaremos uma taxa \
            para os barcos de pesca. O ministro pode convidar os delegados para a reunião de março. Os pescadores têm mais de oitenta barcos \
            na nova doca do sul, e é uma festa para a cidade.",
        marks: ["“", "”"],
        fair: &[
            "O porto de Zenda não será fechado durante as obras",
            "o porto de Zenda não será fechado",
            "[O] porto de Zenda não será fechado durante as obras",
            "Devemos proteger as três eclusas da cidade (...)",
            "Os pescadores têm mais de oitenta barcos na … doca do sul",
        ],
        wrong: &[
            "O porto de Zenda será fechado durante as obras",
            "O porto de Zenda … será fechado durante as obras",
            "O porto de Strelsau não será fechado durante as obras",
            "Podemos proteger as três eclusas da cidade, e nunca aceitaremos uma taxa",
            "Devemos proteger as treze eclusas da cidade, e nunca aceitaremos",
            "Devemos proteger as … eclusas da cidade, e nunca aceitaremos",
            "Devemos proteger as três eclusas da cidade, e aceitaremos uma taxa",
            "O ministro deve convidar os delegados para a reunião de março",
            "O ministro [deve] convidar os delegados para a reunião de março",
            "O ministro pode convidar os delegados para a reunião de maio",
            "Os pescadores têm menos de oitenta barcos na nova doca do sul",
        ],
    },
    Tongue {
        tag: "ru",
        release: "Порт Зенды не будет закрыт на время работ. Мы должны защитить три шлюза города, и мы никогда не примем налог на рыбацкие лодки. \
            Министр может пригласить делегатов на встречу в марте. У рыбаков более восьмидесяти лодок в новом южном бассейне.",
        marks: ["«", "»"],
        fair: &[
            "Порт Зенды не будет закрыт на время работ",
            "порт Зенды не будет закрыт",
            "[П]орт Зенды не будет закрыт на время работ",
            "Мы должны защитить три шлюза города [...]",
            "Мы [рыбаки] должны защитить три шлюза города",
        ],
        wrong: &[
            "Порт Зенды будет закрыт на время работ",
            "Порт Зенды … будет закрыт на время работ",
            "Порт Стрельсау не будет закрыт на время работ",
            "Мы можем защитить три шлюза города, и мы никогда не примем налог",
            "Мы [можем] защитить три шлюза города, и мы никогда не примем налог",
            "Мы должны защитить тринадцать шлюзов города, и мы никогда не примем налог",
            "Мы должны защитить … шлюза города, и мы никогда не примем налог",
            "Мы должны защитить три шлюза города, и мы примем налог на рыбацкие лодки",
            "Министр должен пригласить делегатов на встречу в марте",
            "Министр может пригласить делегатов на встречу в мае",
            "У рыбаков менее восьмидесяти лодок в новом южном бассейне",
        ],
    },
];

fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    extract::read(&capture)
}

fn held(tongue: &Tongue, text: &str) -> Quote {
    let page =
        |body: &str| read(&format!("<!doctype html><html lang={}><body><p>{body}</p></body></html>", tongue.tag));
    let [open, close] = tongue.marks;
    let (release, article) = (page(tongue.release), page(&format!("Hentzau, Strelsau: {open}{text}{close} (Zenda).")));
    let mut found = hold(&article, &[Against { document: &release, name: "release", address: None }]);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    found.swap_remove(0)
}

#[test]
fn every_language_keeps_what_its_sentences_hang_on() {
    let mut faults = Vec::new();
    for tongue in TONGUES {
        for (texts, fair) in [(tongue.fair, true), (tongue.wrong, false)] {
            for text in texts {
                let quote = held(tongue, text);
                if matches!(quote.status, QuoteStatus::Exact | QuoteStatus::Adapted) != fair {
                    faults.push(format!("{}: {text}\n    {:?}: {}", tongue.tag, quote.status, quote.message));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
