//! Words set off in quotations, and which of them a note such as "(emphasis mine)" announces.

use vidimus::{
    Capture,
    check::{
        QuoteEmphasis::{self, AddedDeclared as Told, AddedUndeclared as Untold},
        quotes::{Against, hold},
    },
    extract::{self, Document},
};

fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    extract::read(&capture)
}

/// What became of the emphasis of each quotation of `article`.
fn of(article: &str) -> Vec<QuoteEmphasis> {
    let original = read(
        "<p>The harbour board agreed that no ship may enter the northern basin. The cost is put at one half of what the city has.</p>\
         <p>The lamps on the mole are broken and nobody has repaired them since the war.</p>",
    );
    let against = Against { document: &original, name: "release.html", address: None };
    hold(&read(article), &[against]).into_iter().filter_map(|quote| quote.emphasis).collect()
}

const ONE: &str = "“no ship may <b>enter</b> the northern basin”";
const TWO: &str = "“put at <b>one half</b> of what the city has”";
const THREE: &str = "“nobody has <i>repaired</i> them since the war”";

#[test]
fn a_note_speaks_of_the_quotation_it_follows() {
    for (article, expected) in [
        (format!("<p>He wrote {ONE} (emphasis mine).</p><p>He wrote {TWO}.</p>"), vec![Told, Untold]),
        (
            format!("<p>He wrote {ONE} (emphasis mine). He wrote {TWO}. He wrote {THREE}.</p>"),
            vec![Told, Untold, Untold],
        ),
        (
            format!(
                "<p>He wrote {ONE} there on Monday. Later he also wrote at some length that it is {TWO} (emphasis mine).</p>"
            ),
            vec![Untold, Told],
        ),
        (format!("<p>{ONE}, he wrote, {TWO} (emphasis mine). {THREE}</p>"), vec![Told, Told, Untold]),
        (format!("<p>He wrote (emphasis mine): {ONE}</p><p>And: {TWO}</p>"), vec![Told, Untold]),
        (format!("<p>He wrote {ONE}.</p><p>(Emphasis mine.)</p><p>He wrote {TWO}.</p>"), vec![Told, Untold]),
        (format!("<p>He wrote {ONE}.</p><p>More of it.</p><p>Even more of it.</p>"), vec![Untold]),
    ] {
        assert_eq!(of(&article), expected, "{article}");
    }
}

#[test]
fn a_note_on_the_whole_speaks_of_all() {
    for article in [
        format!("<p>He wrote {ONE} (emphasis mine throughout).</p><p>He wrote {TWO}.</p><p>{THREE}</p>"),
        format!("<p>Editor's note: emphasis added.</p><p>He wrote {ONE}.</p><p>He wrote {TWO}.</p><p>{THREE}</p>"),
        format!("<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>The talks go on.</p><p>(Emphasis added.)</p>"),
        format!("<p>{ONE}</p><p>{TWO}</p><p>{THREE} (Alle Hervorhebungen durchgehend von mir.)</p>")
            .replace("Alle Hervorhebungen", "Hervorhebungen"),
    ] {
        assert_eq!(of(&article), [Told, Told, Told], "{article}");
    }
}

#[test]
fn a_note_on_italics_does_not_speak_of_bold() {
    for (note, expected) in [
        ("bold added", Told),
        ("emphasis added", Told),
        ("italics added", Untold),
        ("Fettdruck hinzugefügt", Told),
        ("Kursivierung von mir", Untold),
        ("souligné par nous", Told),
    ] {
        assert_eq!(of(&format!("<p>He wrote {ONE} ({note}).</p>")), [expected], "{note}");
    }
}
