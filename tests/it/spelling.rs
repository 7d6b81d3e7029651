//! Whole texts in which one thing is written otherwise: what another house would write alters nothing, what only looks like a
//! spelling and says something else is found.

use vidimus::{
    Capture, Moment, Options, Verdict,
    check::{Facet, Finding, Kind, Severity},
};

use crate::support::rebuild::{assert_rebuilds, line};

/// The findings on a page that says `new` where its original says `old`.
fn findings(old: &str, new: &str) -> (Verdict, Vec<Finding>) {
    let page = |text: &str| {
        let html = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>.</title><main><p>The harbour board met on a quiet morning to \
             speak of the work ahead.</p><p>{text}</p><p>Members then walked along the mole and looked at the lamps.</p></main></html>"
        );
        Capture::from_bytes("page.html", html.into_bytes(), Some("text/html")).unwrap()
    };
    let checked = vidimus::check(&page(old), &page(new), &Options::new(Moment::from_unix(0)));
    assert_rebuilds(&checked);
    (checked.report.verdict, checked.report.findings)
}

/// Fails unless each text with what stands in the other's place is the same.
#[track_caller]
fn alter_nothing(rows: &[(&str, &str)]) {
    let mut accused = Vec::new();
    for (old, new) in rows {
        let (verdict, findings) = findings(old, new);
        let grave: Vec<_> = findings.iter().filter(|finding| finding.severity > Severity::Note).map(line).collect();
        if verdict != Verdict::Verbatim || !grave.is_empty() {
            accused.push(format!("{old} → {new}: {verdict:?} {grave:?}"));
        }
    }
    assert_eq!(accused, Vec::<String>::new());
}

#[test]
fn another_house_alters_nothing() {
    alter_nothing(&[
        ("The spokesman of צה״ל was there with the others.", "The spokesman of צה\"ל was there with the others."),
        ("They asked ג׳ורג׳ for his view of the plan.", "They asked ג'ורג' for his view of the plan."),
        ("She came from Hawaiʻi for the opening day.", "She came from Hawai‘i for the opening day."),
        ("She came from Hawaiʻi for the opening day.", "She came from Hawai'i for the opening day."),
        ("The plates measure 3 × 4 feet at the base.", "The plates measure 3 x 4 feet at the base."),
        ("وقال المدير إن المشروع سيكلف ٢٣ مليون دينار.", "وقال المدير إن المشروع سيكلف 23 مليون دينار."),
        ("وقال المدير إن المشروع كبير جدا.", "وقال المديـــر إن المشروع كبير جدا."),
        ("Die neue Straße ist für alle eine Übergröße.", "Die neue Strasse ist fuer alle eine Uebergroesse."),
        ("The road is 14 km long and very old.", "The road is 14km long and very old."),
        ("It begins at 3 p.m. in the old hall.", "It begins at 3pm in the old hall."),
        ("It begins at 10:30 a.m. in the old hall.", "It begins at 10.30 am in the old hall."),
        ("It will cost $4.5 billion over ten years.", "It will cost $4.5bn over ten years."),
        ("The hall has 900 m² of floor for them.", "The hall has 900 m2 of floor for them."),
        ("It took ½ of the money that was left.", "It took 1/2 of the money that was left."),
        ("It took ½ of the money that was left.", "It took half of the money that was left."),
        ("See page No. 5 of the long report.", "See page № 5 of the long report."),
        ("They met at Saint Mary after the rain.", "They met at St. Mary after the rain."),
        ("They met on Tuesday after the rain.", "They met on Tues. after the rain."),
        ("They met on October 5 after the rain.", "They met on October 5th after the rain."),
        ("It was built in the 1990s by hand.", "It was built in the 1990’s by hand."),
        ("They paid US$400 for the old lamp.", "They paid $400 for the old lamp."),
        ("They paid $400 for the old lamp.", "They paid US$400 for the old lamp."),
        ("We can't wait for it any longer.", "We cannot wait for it any longer."),
        ("We would not wait for it any longer.", "We wouldn’t wait for it any longer."),
        ("The councillor will fulfil a paediatric promise.", "The councilor will fulfill a pediatric promise."),
        ("It was 5 ℃ in the hall last night.", "It was 5 °C in the hall last night."),
        ("It was -3 degrees in the hall last night.", "It was –3 degrees in the hall last night."),
        ("It was −3 degrees in the hall last night.", "It was -3 degrees in the hall last night."),
        ("La población habló con el público de la región.", "La poblacion hablo con el publico de la region."),
        ("The talks in Medellín and Bogotá went on.", "The talks in Medellin and Bogotá went on."),
        ("The wall is 14 kilometres long and old.", "The wall is 14 km long and old."),
        ("A tower of 20 metres stood beside it.", "A tower of 20m stood beside it."),
        ("It will cost $20 million over ten years.", "It will cost $20m over ten years."),
        ("The café was closed, as the naïve guest found.", "The cafe was closed, as the naive guest found."),
        ("“We don’t wait” — he said — for long.", "\"We don't wait\" - he said - for long."),
    ]);
}

#[test]
fn the_same_value_in_another_writing_alters_nothing() {
    alter_nothing(&[
        ("It will cost €4.2 million over ten years.", "It will cost 4.2 million euros over ten years."),
        ("It will cost 4.2 million euros over ten years.", "It will cost €4.2m over ten years."),
        ("It will cost $14 million over ten years.", "It will cost US$14 million over ten years."),
        ("It will cost $14 million over ten years.", "It will cost $14,000,000 over ten years."),
        ("It will cost $14m over ten years.", "It will cost 14 million dollars over ten years."),
        ("It will cost 14 million US dollars over it.", "It will cost $14 million over it."),
        ("Some 1,200,000 lamps were lit last night.", "Some 1.2 million lamps were lit last night."),
        ("Some forty thousand lamps were lit last night.", "Some 40,000 lamps were lit last night."),
        ("It rose by 4.2 percent over the year.", "It rose by 4.20 percent over the year."),
        ("It lasts 5–7 weeks in a dry year.", "It lasts 5 to 7 weeks in a dry year."),
        ("It lasts from 5 to 7 weeks in a dry year.", "It lasts from 5-7 weeks in a dry year."),
        ("The G.D.P. fell in the dry years.", "The GDP fell in the dry years."),
        ("She runs the Dept. of Roads and Lamps.", "She runs the Department of Roads and Lamps."),
        ("Es kostet 4,2 Millionen Euro im Jahr.", "Es kostet 4,2 Mio. € im Jahr."),
        ("Es kostet 1.200 Euro im Jahr.", "Es kostet 1200 Euro im Jahr."),
        ("Es dauert 5 bis 7 Wochen im Jahr.", "Es dauert 5–7 Wochen im Jahr."),
        ("Cela coûtera 4,2 millions d’euros par an.", "Cela coûtera 4,2 M€ par an."),
        ("Costará 3 millones de dólares al año.", "Costará $3 millones al año."),
        ("Это стоит 1,5 млн рублей в год.", "Это стоит 1,5 миллиона руб. в год."),
        ("費用は120万円に上った。", "費用は1,200,000円に上った。"),
    ]);
}

#[test]
fn capitals_are_emphasis_in_any_script() {
    for (old, new, shouted) in [
        ("Der Weg zur großen Straße ist zu.", "Der Weg ZUR GROSSEN STRASSE ist zu.", "ZUR GROSSEN STRASSE"),
        (
            "Ο δρόμος προς το λιμάνι είναι κλειστός σήμερα.",
            "Ο ΔΡΟΜΟΣ ΠΡΟΣ το λιμάνι είναι κλειστός σήμερα.",
            "ΔΡΟΜΟΣ ΠΡΟΣ",
        ),
        ("Το λιμάνι είναι κλειστός τόπος σήμερα.", "Το λιμάνι είναι ΚΛΕΙΣΤΟΣ τόπος σήμερα.", "ΚΛΕΙΣΤΟΣ"),
        ("Порт закрыт для всех судов сегодня.", "Порт ЗАКРЫТ для всех судов сегодня.", "ЗАКРЫТ"),
    ] {
        let (verdict, findings) = findings(old, new);
        let seen = findings.iter().map(line).collect::<Vec<_>>();
        assert_eq!((verdict, seen.len()), (Verdict::Emphasised, 1), "{new}: {seen:?}");
        assert_eq!(findings[0].kind, Kind::EmphasisAdded, "{seen:?}");
        assert_eq!(findings[0].copy.as_ref().unwrap().exact, shouted);
    }
    let (verdict, _) = findings("Ο νόμος αυτός είναι παλιός.", "Ο νομός αυτός είναι παλιός.");
    assert_eq!(verdict, Verdict::Altered, "an accent makes another word");
}

#[test]
fn words_that_changed_places_are_one_finding() {
    for (old, new) in [
        ("Every state and province has to pay for it.", "Every province and state has to pay for it."),
        ("It was made by men, women and children.", "It was made by children, women and men."),
        ("In April and March the lamps are lit.", "In March and April the lamps are lit."),
        ("Die Stadt und das Land zahlen dafür.", "Das Land und die Stadt zahlen dafür."),
        ("Они едут из Москвы и Киева завтра.", "Они едут из Киева и Москвы завтра."),
        ("The fleet is larger than the army there.", "The army is larger than the fleet there."),
    ] {
        let (_, findings) = findings(old, new);
        let seen = findings.iter().map(line).collect::<Vec<_>>();
        assert_eq!(seen.len(), 1, "{old} → {new}: {seen:?}");
        assert_eq!(findings[0].kind, Kind::TextReplaced, "{old} → {new}: {seen:?}");
    }
}

#[test]
fn what_only_looks_like_a_spelling_is_found() {
    let mut missed = Vec::new();
    for (old, new, facet) in [
        ("They told us about the plan today.", "They told US about the plan today.", Some(Facet::Name)),
        ("They told us about the plan today.", "They told USA about the plan today.", Some(Facet::Name)),
        ("They told us about the plan today.", "They told U.S. about the plan today.", Some(Facet::Name)),
        ("They told the US about the plan today.", "They told the us about the plan today.", Some(Facet::Name)),
        ("Wir fordern mehr für die schönen Häuser.", "Wir fördern mehr für die schönen Häuser.", None),
        ("Es wurde für die schönen Häuser gebaut.", "Es würde für die schönen Häuser gebaut.", None),
        ("Hablo con la región y la población.", "Habló con la región y la población.", None),
        ("El público de la región habló después.", "El publicó de la región habló después.", None),
        ("The town and its old harbour office.", "The town and it’s old harbour office.", None),
        ("They knew well what had been said.", "They knew we’ll what had been said.", None),
        ("They were there when it was said.", "They we’re there when it was said.", None),
        ("He wants to re-sign in the spring.", "He wants to resign in the spring.", None),
        ("The cost is $5 for every guest.", "The cost is €5 for every guest.", Some(Facet::Quantity)),
        ("It was -3 degrees in the hall.", "It was 3 degrees in the hall.", Some(Facet::Number)),
        ("A share of 9 went to the poor.", "A share of 9% went to the poor.", Some(Facet::Quantity)),
        ("A share of 9% went to the poor.", "A share of 9‰ went to the poor.", Some(Facet::Quantity)),
        ("It rose 3 percentage points then.", "It rose 3 percent then.", Some(Facet::Quantity)),
        ("A sum of 50 was paid for it.", "A sum of ≥ 50 was paid for it.", Some(Facet::Quantity)),
        ("A sum of 50 was paid for it.", "A sum of ~50 was paid for it.", Some(Facet::Quantity)),
        ("A sum of 50 was paid for it.", "A sum of +50 was paid for it.", Some(Facet::Quantity)),
        ("It began on 12/05/2024 in the hall.", "It began on 05/12/2024 in the hall.", Some(Facet::Date)),
        ("It costs €4.2 million a year.", "It costs 4.2 million dollars a year.", Some(Facet::Quantity)),
        ("It costs €4.2 million a year.", "It costs 4.3 million euros a year.", Some(Facet::Number)),
        ("It costs €4.2 million a year.", "It costs 4.2 billion euros a year.", Some(Facet::Number)),
        ("It costs 4.2 million euros a year.", "It costs 4.2 million a year.", Some(Facet::Quantity)),
        ("See section 3.1 of the harbour code.", "See section 3.10 of the harbour code.", Some(Facet::Number)),
        ("It lasts 5–7 weeks in a dry year.", "It lasts 5 to 9 weeks in a dry year.", Some(Facet::Number)),
        ("It lasts 5 or 7 weeks in a dry year.", "It lasts 5 to 7 weeks in a dry year.", None),
        ("Some forty thousand lamps were lit.", "Some 14,000 lamps were lit.", Some(Facet::Number)),
        ("Es kostet 4,2 Millionen Euro im Jahr.", "Es kostet 42 Mio. € im Jahr.", Some(Facet::Number)),
        ("They will come back. Nobody objected to it.", "They will come back? Nobody objected to it.", None),
    ] {
        let (verdict, findings) = findings(old, new);
        let seen = findings.iter().map(line).collect::<Vec<_>>();
        let least = if facet.is_some() { Severity::Error } else { Severity::Warning };
        let found = findings.iter().any(|finding| {
            matches!(finding.kind, Kind::TextReplaced | Kind::TextInserted | Kind::TextDeleted)
                && finding.severity >= least
                && facet.is_none_or(|facet| finding.facets.contains(&facet))
        });
        if verdict != Verdict::Altered || !found {
            missed.push(format!("{old} → {new}: {verdict:?} {seen:?}"));
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}
