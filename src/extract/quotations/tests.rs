//! One line a convention: what is a quotation, what is not, and who says it.

use super::*;
use crate::Capture;

fn document(html: &str) -> Document {
    let page = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    crate::extract::read(&page)
}

/// The outermost quotations of a page, a paragraph's end shown as a bar.
fn outer(html: &str) -> Vec<String> {
    let document = document(html);
    let found = find(&document);
    let own = found.iter().filter(|one| one.within.is_none());
    own.map(|one| one.parts.iter().map(|part| &document.text[part.clone()]).collect::<Vec<_>>().join(" | ")).collect()
}

#[test]
fn every_convention_is_known() {
    for (text, found) in [
        ("She said “there is no way back” again.", "there is no way back"),
        ("She said \"there is no way back\" again.", "there is no way back"),
        ("She said ‘there is no way back’ again.", "there is no way back"),
        ("She said 'there is no way back' again.", "there is no way back"),
        ("Elle a dit « il n’y a pas de retour » hier.", "il n’y a pas de retour"),
        ("Elle a dit «il n’y a pas de retour».", "il n’y a pas de retour"),
        ("Sie sagte: „Es gibt keinen Weg zurück.“", "Es gibt keinen Weg zurück."),
        ("Sie sagte: »Es gibt keinen Weg zurück.«", "Es gibt keinen Weg zurück."),
        ("Sie sagte: ‚Es gibt keinen Weg zurück.‘", "Es gibt keinen Weg zurück."),
        ("Powiedziała: „Nie ma odwrotu”.", "Nie ma odwrotu"),
        ("Hon sa: ”Det finns ingen väg tillbaka.”", "Det finns ingen väg tillbaka."),
        ("Hän sanoi: »Paluuta ei ole.»", "Paluuta ei ole."),
        ("彼女は「帰り道はない」と言った。", "帰り道はない"),
        ("彼女は『帰り道はない』と言った。", "帰り道はない"),
        ("她说“没有回头路”。", "没有回头路"),
        ("Она сказала: «Пути назад нет».", "Пути назад нет"),
        ("She said ``there is no way back'' again.", "there is no way back"),
        ("She said <q>there is no way back</q> again.", "there is no way back"),
        ("She said (\"there is no way back\").", "there is no way back"),
        ("It was—“there is no way back”—her word.", "there is no way back"),
        ("She said “there is no way back\" again.", "there is no way back"),
    ] {
        assert_eq!(outer(&format!("<p>{text}</p>")), [found], "{text}");
    }
}

#[test]
fn apostrophes_feet_and_inches_are_none() {
    for text in [
        "Don’t say it’s the dogs’ fault.",
        "Don't say it's the dogs' fault, in the '90s or '17.",
        "In the ’90s rock ’n’ roll and rock 'n' roll were his.",
        "He is 5'10\" tall and she is 5'4\".",
        "A 12\" gun and a 6\" pipe.",
        "The “ mark never closes.",
        "Jones' and James' house",
    ] {
        assert_eq!(outer(&format!("<p>{text}</p>")), [] as [&str; 0], "{text}");
    }
}

#[test]
fn apostrophes_do_not_end_a_quotation() {
    for (text, found) in [
        ("He said ‘the dogs’ owners don’t care’ on Monday.", "the dogs’ owners don’t care"),
        ("He said 'the dogs' owners don't care' on Monday.", "the dogs' owners don't care"),
        ("He said “the dogs’ owners don’t care” on Monday.", "the dogs’ owners don’t care"),
        ("He said \"the 12\" gun is here\" on Monday.", "the 12\" gun is here"),
        ("He said \"it grew to 12\" and left.", "it grew to 12"),
        ("‘No way back’ for the states’ rivals", "No way back"),
    ] {
        assert_eq!(outer(&format!("<p>{text}</p>")), [found], "{text}");
    }
}

#[test]
fn two_quotations_are_two_and_inner_ones_are_inside() {
    assert_eq!(outer("<p>“There is,” she said, “no way.”</p>"), ["There is,", "no way."]);
    assert_eq!(outer("<p>\"There is,\" she said, \"no way.\"</p>"), ["There is,", "no way."]);
    assert_eq!(outer("<p>‘A one’ and ‘a two’</p>"), ["A one", "a two"]);
    let document = document("<p>“They said ‘no “easy” way’ to us.”</p>");
    let found = find(&document);
    let texts: Vec<_> = found.iter().map(|one| (&document.text[one.bytes()], one.within)).collect();
    assert_eq!(texts, [("They said ‘no “easy” way’ to us.", None), ("no “easy” way", Some(0)), ("easy", Some(1))]);
}

#[test]
fn paragraphs_that_reopen_are_one_quotation() {
    assert_eq!(outer("<p>“One is one.</p><p>“Two is two.”</p><p>She left.</p>"), ["One is one. | Two is two."]);
    assert_eq!(
        outer("<p>\"One is one.</p><p>\"Two is two.</p><p>\"Three.\"</p>"),
        ["One is one. | Two is two. | Three."]
    );
    assert_eq!(outer("<p>« Un est un.</p><p>» Deux est deux. »</p>"), ["Un est un. | Deux est deux."]);
    assert_eq!(outer("<p>“One is one.</p><p>She left.</p><p>“Two is two.”</p>"), ["Two is two."]);
    assert_eq!(outer("<p>“One is one.</p><p>“Two is two.</p><p>She left.</p>"), ["One is one. | Two is two."]);
}

#[test]
fn block_quotations_are_quotations_without_their_credits() {
    let page = "<p>He said:</p><blockquote><p>One is one.</p><p>Two is two.</p><footer>— Ned Price</footer></blockquote><p>End.</p>";
    assert_eq!(outer(page), ["One is one. | Two is two."]);
    assert_eq!(outer("<blockquote><p>“One is one.”</p><p>— Ned Price</p></blockquote>"), ["One is one."]);
    assert_eq!(outer("<blockquote>A one.</blockquote><p>x</p><blockquote>A two.</blockquote>"), ["A one.", "A two."]);
    assert_eq!(
        outer("<nav>“A quoted headline here”</nav><div class=\"comments\">“Nobody else said it”</div>"),
        [] as [&str; 0]
    );
}

#[test]
fn the_speaker_is_whom_the_sentence_names() {
    for (text, name) in [
        ("“There is no way back,” said Ned Price, a spokesman.", Some("Ned Price")),
        ("“There is no way back,” Ned Price said on Monday.", Some("Ned Price")),
        ("“There is no way back,” Mr. Price told reporters.", Some("Mr. Price")),
        ("“There is no way back,” Ned Price, the department's spokesman, said.", Some("Ned Price")),
        ("“There is no way back,” the minister added.", Some("the minister")),
        ("“There is no way back,” she said.", None),
        ("Ned Price said: “There is no way back.”", Some("Ned Price")),
        ("Ned Price said on Monday that there is “no way back at all”.", Some("Ned Price")),
        ("In Geneva, Ned Price said “there is no way back”.", Some("Ned Price")),
        ("Ned Price: “There is no way back.”", Some("Ned Price")),
        ("According to Ned Price, there is “no way back at all”.", Some("Ned Price")),
        ("There is “no way back at all”, according to Ned Price.", Some("Ned Price")),
        ("„Es gibt keinen Weg zurück“, sagte Anna Beispiel.", Some("Anna Beispiel")),
        ("« Il n’y a pas de retour », a déclaré Anne Exemple.", Some("Anne Exemple")),
        ("The film “There Is No Way Back” opens in May.", None),
        ("“There is no way back.” Anne Other said nothing.", None),
    ] {
        let document = document(&format!("<p>{text}</p>"));
        let found = find(&document);
        assert_eq!(speaker(&document, &found[0]).as_deref(), name, "{text}");
    }
    let document =
        document("<blockquote><p>There is no way back.</p><footer>— Ned Price, spokesman</footer></blockquote>");
    assert_eq!(speaker(&document, &find(&document)[0]).as_deref(), Some("Ned Price"));
}

#[test]
fn a_hundred_thousand_marks_are_no_trouble() {
    for piece in ["“", "\"", "'a ", "‘", "“a ” ", "\" \"", "«»", "’ ‘"] {
        let text = piece.repeat(100_000);
        let paired = marks::pair(&text, None);
        assert!(paired.closed.len() <= 100_000);
    }
}
