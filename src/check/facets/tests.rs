//! One line a change: what it touches.

use super::*;

fn facets(before: &str, after: &str) -> Vec<Facet> {
    of(&Change { before, after, lead: "as they", trail: "of it" })
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
    assert_eq!(severity(&[]), Severity::Warning);
    assert_eq!(of(&Change { before: "", after: "sic", lead: "so [", trail: "] far" }), [Facet::Bracketed]);
}
