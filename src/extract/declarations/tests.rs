//! A test a phrase, as the data has them; then the false friends.

use super::*;
use crate::extract::Style;

/// Where each kind of phrase stands when somebody means it: what goes before it and behind.
fn sentence(place: Place, phrase: &str) -> Vec<String> {
    match place {
        Place::Anywhere => vec![format!("Text. {phrase} More."), format!("({phrase})")],
        Place::Note => {
            vec![format!("A text. ({phrase}) More."), format!("“A text.” {phrase}."), format!("[{phrase}.]")]
        }
        Place::Bracket => vec![format!("A text ({phrase}) goes on."), format!("[{phrase}]"), format!("{phrase}.")],
        Place::Line => vec![format!("{phrase} the vote was on Monday."), format!("[{phrase} the vote was on Monday]")],
        Place::Text => vec![format!("({phrase} the speech)"), format!("{phrase} the statement of the board:")],
    }
}

/// The phrase is reached, by itself and with a capital, and the kind is its own.
#[test]
fn every_phrase_is_found() {
    assert!(PHRASES.len() > 3000, "{}", PHRASES.len());
    for (kind, place, phrase) in PHRASES.iter() {
        let phrase = phrase.replace('…', "Rumänischen");
        let mut letters = phrase.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        for text in [phrase.as_str(), &capital, &phrase.replace('\'', "’")].iter().flat_map(|p| sentence(*place, p)) {
            let kinds: Vec<Declared> = find(&text).into_iter().map(|declaration| declaration.kind).collect();
            assert!(kinds.contains(kind), "{text}: {kinds:?}");
        }
    }
}

/// A phrase is none where it is part of a longer word, and only `anywhere` phrases count in the middle of prose.
#[test]
fn a_phrase_in_running_prose_is_none() {
    for (_, place, phrase) in PHRASES.iter().filter(|(_, place, _)| *place != Place::Anywhere) {
        let phrase = phrase.replace('…', "Rumänischen").trim_end_matches([':', ' ', '–', '—']).to_owned();
        let text =
            format!("They spoke at length about what a committee {phrase} things had been for them in those years");
        assert_eq!(find(&text), [], "{place:?} {text}");
    }
}

#[test]
fn every_row_of_the_data_is_read() {
    for (row, _) in rows() {
        let list = ["verbs", "texts", "joints", "paragraph", "quotation", "everywhere"].contains(&row)
            || row.starts_with("ordinal ")
            || row.starts_with("style ");
        let (name, place) = row.split_once(' ').unwrap_or((row, ""));
        assert!(list || (kind(name).is_some() && Place::called(place).is_some()), "{row}");
    }
}

#[test]
fn false_friends_are_not_found() {
    for text in [
        "We welcome your emphasis on human rights.",
        "These freedoms shall not be denied or abridged.",
        "The emphasis added by the committee to schools was welcomed by parents.",
        "Emphasis added by the committee to schools was welcomed by parents.",
        "The minister corrected the record.",
        "Words must be translated into action.",
        "She added emphasis to the point that permission was needed.",
        "They underlined in the original treaty what emphasis adds.",
        "Updated figures were published in May.",
        "The board released updated figures (updated figures for the north follow in June).",
        "An excerpt from the symphony opened the evening.",
        "The choir sang an excerpt from the mass and excerpts from the opera.",
        "A corrections officer was hurt.",
        "Corrections officers met with the Department of Correction.",
        "Our emphasis on schools (our emphasis on roads is another matter) is old.",
        "The classic (classic) and the basic are music, said Mr. Sicard.",
        "Bold action and italics are different things.",
        "The book was translated from promise into verse.",
        "Prepared remarks were handed out, as delivered goods were counted.",
        "Correction of the border took years, and the update of the map longer.",
        "L'accent mis sur les écoles est ajouté au budget.",
        "Der Text wurde von allen gelesen und gekürzt wurde nichts.",
        "Las cursivas del manuscrito son antiguas.",
        "The ship may sail with the kind permission of the harbour board.",
        "Das Schiff darf mit Genehmigung der Behörde fahren.",
        "In der ursprünglichen Fassung des Gesetzes stand kein Wort davon.",
        "Der Fettdruck des Plakats stammt aus der Druckerei am Hafen.",
        "Die Betonung durch die Sängerin gefiel allen.",
        "Er las in Auszügen aus seinem Roman.",
        "Le navire part avec l'autorisation de la capitainerie.",
        "Dans une première version du projet, le pont était en bois.",
        "L'italique est une écriture penchée.",
        "Un texte abrégé ne dit jamais tout.",
        "El barco zarpó con autorización de la capitanía.",
        "El énfasis del discurso estaba en las escuelas.",
        "La versión resumida del informe salió en mayo y gustó mucho.",
        "Il corsivo di prima pagina era del direttore.",
        "La nave partì con il permesso di tutti.",
        "O destaque do dia foi a regata no porto.",
        "Os grifos da fachada são de bronze.",
        "O navio partiu com autorização de todos.",
        "Курсив применяют для названий кораблей.",
        "В первой версии проекта моста не было.",
        "Выделение средств на ремонт моста отложено.",
        "Судно вышло с разрешения капитана.",
        "The stress added to the mast was too much.",
        "Capital added value, and bold added colour to the picture.",
        "Italic type was first used in Venice.",
        "The condensed milk was updated with a new label.",
    ] {
        assert_eq!(find(text), [], "{text}");
    }
}

#[test]
fn a_declaration_names_a_part_and_a_person() {
    for (text, scope, by) in [
        ("(emphasis added in the third paragraph)", Scope::Paragraph(3), None),
        ("(Emphasis added in paragraph 2.)", Scope::Paragraph(2), None),
        ("[bold added in the last paragraph by the Daily Repost]", Scope::LastParagraph, Some("the Daily Repost")),
        ("(italics mine in the quotation above)", Scope::QuotationBefore, None),
        ("Hervorhebung durch Redaktion im dritten Absatz.", Scope::Paragraph(3), Some("Redaktion")),
        ("(emphasis added by Global Research on important concepts", Scope::Unnamed, Some("Global Research")),
        ("Translated by Jane Doe.", Scope::Unnamed, Some("Jane Doe")),
        ("(emphasis added by the desk)", Scope::Unnamed, None),
        ("(Bold added throughout.)", Scope::Everywhere, None),
        ("(Hervorhebungen durchgehend von mir)", Scope::Everywhere, None),
    ] {
        let found = find(text);
        let [declaration] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(declaration.scope, scope, "{text}");
        assert_eq!(declaration.by.clone().map(|by| &text[by]), by, "{text}");
    }
}

#[test]
fn a_declaration_names_words_and_how_they_are_set() {
    for (text, words, style) in [
        ("(bold added to “no ship may enter”)", Some("no ship may enter"), Some(Style::Bold)),
        ("(italics added to \"one half\" by us)", Some("one half"), Some(Style::Italic)),
        ("(emphasis added)", None, None),
        ("[Fettdruck hinzugefügt]", None, Some(Style::Bold)),
        ("(курсив наш)", None, Some(Style::Italic)),
        ("(Souligné par nous)", None, None),
        ("(subrayado nuestro)", None, None),
        ("(bold and italics added)", None, None),
        ("(capitals ours)", None, Some(Style::Capitals)),
    ] {
        let found = find(text);
        let [declaration] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(declaration.words.clone().map(|words| &text[words]), words, "{text}");
        assert_eq!(declaration.style, style, "{text}");
    }
}

#[test]
fn a_declaration_ends_with_its_bracket_or_sentence() {
    for (text, said) in [
        ("“A,” he said (emphasis added). More.", "emphasis added"),
        ("[Emphasis added. – Ed.]", "Emphasis added"),
        ("The text follows (emphasis added by the U.S. Desk. More", "emphasis added by the U.S. Desk"),
        ("“A” [Emphasis in original.]", "Emphasis in original"),
        ("“A” (citations omitted; emphasis added)", "emphasis added"),
        ("“A” (citations omitted and emphasis added)", "emphasis added"),
    ] {
        let said_here: Vec<&str> = find(text).into_iter().map(|found| &text[found.bytes]).collect();
        assert_eq!(said_here, [said], "{text}");
    }
}
