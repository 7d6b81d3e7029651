//! One line a change: what it touches.

use super::*;

fn facets(before: &str, after: &str) -> Vec<Facet> {
    of(&Change { before, after, lead: "as they", trail: "of it", accents: false })
}

#[test]
fn spellings_of_the_same_are_house_style() {
    for (before, after) in [
        ("U.S", "US"),
        ("organise", "organize"),
        ("organisations", "organizations"),
        ("harbour", "harbor"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("five", "5"),
        ("1,200", "1200"),
        ("1 200", "1,200"),
        ("5 percent", "5%"),
        ("per cent", "percent"),
        ("11 November 2017", "November 11, 2017"),
        ("Nov. 11", "November 11"),
        ("Pres. Example", "President Example"),
        ("Medellín", "Medellin"),
        ("first", "1st"),
        ("&", "and"),
        ("towards", "toward"),
    ] {
        assert_eq!(facets(before, after), [Facet::HouseStyle], "{before} → {after}");
    }
}

#[test]
fn what_says_something_else_is_no_house_style() {
    for (before, after, facet) in [
        ("2254", "2245", Facet::Number),
        ("5", "50", Facet::Number),
        ("1,2", "12", Facet::Number),
        ("million", "billion", Facet::Number),
        ("first", "one", Facet::Number),
        ("Monday", "Tuesday", Facet::Date),
        ("2017", "2016", Facet::Date),
        ("no", "", Facet::Negation),
        ("", "not", Facet::Negation),
        ("lawful", "unlawful", Facet::Negation),
        ("is", "isn't", Facet::Negation),
        ("must", "may", Facet::Modality),
        ("all", "some", Facet::Quantity),
        ("said", "claimed", Facet::Attribution),
        ("Jordan", "Egypt", Facet::Name),
        ("NATO", "EU", Facet::Name),
    ] {
        let found = facets(before, after);
        assert!(found.contains(&facet), "{before} → {after}: {found:?}");
        assert_eq!(severity(&found), Severity::Error);
    }
}

#[test]
fn words_that_touch_nothing_in_particular_touch_nothing() {
    assert_eq!(facets("violence", "fighting"), []);
    assert_eq!(facets("in the bank of", "in bank of the"), []);
    assert!(!facets("the first", "first the").contains(&Facet::HouseStyle));
    assert_eq!(severity(&[]), Severity::Warning);
    assert_eq!(
        of(&Change { before: "", after: "sic", lead: "so [", trail: "] far", accents: false }),
        [Facet::Bracketed]
    );
}

#[test]
fn other_houses_write_figures_and_words_otherwise() {
    for (before, after) in [
        ("14 km", "14km"),
        ("3 p.m", "3pm"),
        ("10:30 a.m", "10.30 am"),
        ("4.5 billion", "4.5bn"),
        ("4.5 metres", "4.5m"),
        ("14 kilometers", "14 km"),
        ("$4.5 million", "$4.5m"),
        ("m²", "m2"),
        ("½", "1/2"),
        ("½", "half"),
        ("1/2", "half"),
        ("No. 5", "№ 5"),
        ("No. 5", "number 5"),
        ("Saint", "St"),
        ("Street", "St"),
        ("Tuesday", "Tues"),
        ("October 5", "October 5th"),
        ("1990s", "1990’s"),
        ("US$", "$"),
        ("can't", "cannot"),
        ("would not", "wouldn’t"),
        ("won't", "will not"),
        ("councillor", "councilor"),
        ("fulfil", "fulfill"),
        ("paediatric", "pediatric"),
        ("℃", "°C"),
        ("×", "x"),
        ("Straße", "Strasse"),
        ("Übergröße", "Uebergroesse"),
        ("٢٣", "23"),
        ("العـــربية", "العربية"),
        ("US", "USA"),
    ] {
        assert_eq!(facets(before, after), [Facet::HouseStyle], "{before} → {after}");
    }
    for (before, after, lead, trail) in [
        ("5", "5th", "on October ", " it rained"),
        ("US", "", "paid ", " $5 for it"),
        ("10:30", "10.30", "at ", " a.m"),
    ] {
        let change = Change { before, after, lead, trail, accents: false };
        assert_eq!(of(&change), [Facet::HouseStyle], "{change:?}");
    }
}

#[test]
fn what_stands_at_a_figure_counts() {
    for (before, after, trail, facet) in [
        ("$", "€", "5 for it", Facet::Quantity),
        ("-", "", " 3 degrees", Facet::Number),
        ("", "%", " of it", Facet::Quantity),
        ("%", "‰", " of it", Facet::Quantity),
        ("percentage points", "percent", " of it", Facet::Quantity),
        ("", "≥", " 5 of them", Facet::Quantity),
        ("", "~", "5 of them", Facet::Quantity),
        ("", "+", "5 of them", Facet::Quantity),
        ("about", "", " 50 of them", Facet::Quantity),
        ("", "up to", " 50 of them", Facet::Quantity),
        ("12/05/2024", "05/12/2024", " it was", Facet::Date),
        ("12", "05", "/2024 it was", Facet::Number),
        ("us", "USA", " of it", Facet::Name),
        ("us", "U.S.", " of it", Facet::Name),
        ("no", "5", " of it", Facet::Negation),
        ("no", "", ". 5 people left", Facet::Negation),
        ("4.5 million", "4.5m", " of it", Facet::Number),
    ] {
        let found = of(&Change { before, after, lead: "as they ", trail, accents: false });
        assert!(found.contains(&facet) && severity(&found) == Severity::Error, "{before} → {after}: {found:?}");
    }
    let date = Change { before: "12", after: "05", lead: "on ", trail: "/12/2024 it was", accents: false };
    assert_eq!(of(&date), [Facet::Date]);
    for word in ["about", "around", "over", "up"] {
        assert_eq!(facets(word, "in"), [], "{word}");
    }
    let number = Change { before: "No.", after: "Item", lead: "as they ", trail: " 5 of it", accents: false };
    assert!(!of(&number).contains(&Facet::Negation));
    assert!(!of(&Change { before: "", after: "№", ..number }).contains(&Facet::Negation));
}

#[test]
fn a_sign_that_makes_another_word_is_no_spelling() {
    for (before, after) in [("fordern", "fördern"), ("wurde", "würde"), ("hablo", "habló"), ("público", "publicó")]
    {
        let change = Change { before, after, lead: "as they ", trail: " of it", accents: true };
        assert_eq!(severity(&of(&change)), Severity::Warning, "{before} → {after}");
        assert_eq!(severity(&of(&Change { accents: false, ..change })), Severity::Note, "{before} → {after}");
    }
    let name = Change { before: "Medellín", after: "Medellin", lead: "como ", trail: " y", accents: true };
    assert_eq!(of(&name), [Facet::HouseStyle]);
    for (before, after) in [("its", "it's"), ("we’ll", "well"), ("were", "we’re"), ("can’t", "cant")] {
        assert_eq!(severity(&facets(before, after)), Severity::Warning, "{before} → {after}");
        assert!(is_another_word(before, after));
    }
    assert!(is_another_word("us", "U.S") && !is_another_word("US", "U.S"));
    assert!(is_another_word("re sign", "resign") && !is_another_word("co operate", "cooperate"));
}

#[test]
fn the_same_value_is_written_in_many_ways() {
    for (old, new) in [
        ("€4.2 million", "4.2 million euros"),
        ("€4.2 million", "EUR 4.2m"),
        ("$14m", "US$14 million"),
        ("$14m", "$14,000,000"),
        ("14 million dollars", "$14m"),
        ("14 million US dollars", "USD 14 million"),
        ("fourteen million dollars", "$14 million"),
        ("A$5", "5 Australian dollars"),
        ("£3bn", "3 billion pounds"),
        ("1,200,000", "1.2 million"),
        ("1 200 000", "1,200,000"),
        ("forty thousand", "40,000"),
        ("40K", "40,000"),
        ("two hundred and five", "205"),
        ("twenty-one", "21"),
        ("half a million", "500,000"),
        ("a million", "1 million"),
        ("4.2 million", "4.20 million"),
        ("$4.2", "$4.20"),
        ("4.2 percent", "4.20%"),
        ("5–7", "5 to 7"),
        ("5-7 percent", "5 to 7 per cent"),
        ("4,2 Millionen Euro", "4.200.000 €"),
        ("1.200 Euro", "1200 Euro"),
        ("zwölf Millionen", "12 Mio."),
        ("4,2 millions d'euros", "4,2 M€"),
        ("5 mil millones de dólares", "$5.000 millones"),
        ("1,5 млн рублей", "1 500 000 руб."),
        ("120万", "1200000"),
        ("-5 percent", "minus 5 percent"),
    ] {
        assert!(same_value(old, new), "{old} = {new}");
        assert!(same_value(new, old), "{new} = {old}");
    }
}

#[test]
fn another_value_is_another() {
    for (old, new) in [
        ("€4.2 million", "$4.2 million"),
        ("€4.2 million", "4.2 billion euros"),
        ("€4.2 million", "42 million euros"),
        ("4.2 million euros", "4.2 million"),
        ("A$5", "5 dollars"),
        ("A$5", "$5"),
        ("1,200", "1.200"),
        ("1,2", "12"),
        ("1,200,000", "1.3 million"),
        ("4.5 million", "4.5m"),
        ("3.1", "3.10"),
        ("5–7", "5 and 7"),
        ("5–7", "57"),
        ("5 7", "5 to 7"),
        ("five seven", "57"),
        ("forty thousand", "14,000"),
        ("5 percent", "-5 percent"),
        ("5 percent", "5"),
        ("4,2 Millionen Euro", "4,3 Millionen Euro"),
        ("4,2 Millionen Euro", "42 Millionen Euro"),
        ("the first", "the second"),
        ("said", "claimed"),
    ] {
        assert!(!same_value(old, new), "{old} ≠ {new}");
    }
}
