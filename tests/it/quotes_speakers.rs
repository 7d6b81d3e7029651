//! Who an article says is quoted, and when that is somebody else than the original says.

use vidimus::{
    Capture,
    check::{
        QuoteStatus::{self, Exact, Misattributed},
        quotes::{Against, hold},
    },
    extract::{self, Document, quotations},
};

fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    extract::read(&capture)
}

#[test]
fn the_one_whose_words_they_are_is_named() {
    for (text, name) in [
        (
            "Speaking alongside Chancellor Tom Ferry, Anna Rivers said “there is no way back at all”.",
            Some("Anna Rivers"),
        ),
        ("Speaking alongside Tom Ferry, President Rivers said: “There is no way back.”", Some("President Rivers")),
        (
            "Standing next to Tom Ferry in Zenda, the prime minister said “there is no way back”.",
            Some("the prime minister"),
        ),
        ("After meeting Tom Ferry, Anna Rivers said “there is no way back at all”.", Some("Anna Rivers")),
        ("Asked by Tom Ferry about it, Anna Rivers replied: “There is no way back.”", Some("Anna Rivers")),
        ("Tom Ferry, speaking after Anna Rivers, said “there is no way back at all”.", Some("Tom Ferry")),
        ("“There is no way back,” said Anna Rivers, who spoke alongside Tom Ferry.", Some("Anna Rivers")),
        ("Tom Ferry was told by Anna Rivers that “there is no way back at all”.", Some("Anna Rivers")),
        ("“There is no way back,” Tom Ferry was told by Anna Rivers.", Some("Anna Rivers")),
        ("The paper quoted him as saying “there is no way back at all”.", None),
        ("The paper quoted Anna Rivers as saying “there is no way back at all”.", Some("Anna Rivers")),
        ("“There is no way back,” the agency quoted Anna Rivers as saying.", Some("Anna Rivers")),
        ("Anna Rivers was quoted as saying “there is no way back at all”.", Some("Anna Rivers")),
        ("The agency said, citing Anna Rivers, that there is “no way back at all”.", Some("Anna Rivers")),
        ("“There is no way back,” the agency reported, citing Anna Rivers.", Some("Anna Rivers")),
        ("According to a statement by Anna Rivers, “there is no way back at all”.", Some("Anna Rivers")),
        ("According to the harbour board, there is “no way back at all”.", Some("the harbour board")),
        ("“There is no way back,” Ruritania’s President said.", Some("Ruritania’s President")),
        ("Ruritania's President, Anna Rivers, said “there is no way back at all”.", Some("Anna Rivers")),
        ("“There is no way back,” Rivers told Ferry.", Some("Rivers")),
        ("“There is no way back,” King Rudolf said.", Some("King Rudolf")),
        ("Sterling, the mayor, said “there is no way back at all”.", Some("Sterling")),
    ] {
        let document = read(&format!("<p>{text}</p>"));
        let found = quotations::find(&document);
        assert_eq!(quotations::speaker(&document, &found[0]).as_deref(), name, "{text}");
    }
}

#[test]
fn a_bare_surname_is_somebody_else_where_nobody_knows_it() {
    let release = "<title>Talks at Zenda</title><p>“We will not rest until the talks have come to an end,” said Anna Rivers, the envoy of \
        Ruritania. Hentzau Shipping, which lent the hall, was thanked.</p>";
    let status = |speaker: &str| -> QuoteStatus {
        let article = format!("<p>“We will not rest until the talks have come to an end,” {speaker} said.</p>");
        let (original, article) = (read(release), read(&article));
        hold(&article, &[Against { document: &original, name: "release", address: None }])[0].status
    };
    for speaker in ["Scholz", "Ferry", "O’Brien", "Dupont-Aignan"] {
        assert_eq!(status(speaker), Misattributed, "{speaker}");
    }
    // Whoever speaks for her, where she sits, whom she works for, and who is named in the release.
    for speaker in [
        "Rivers",
        "Washington",
        "Kyiv",
        "Reuters",
        "Moscow",
        "NATO",
        "Hentzau",
        "Ruritania",
        "Zenda",
        "Congress",
        "Parliament",
        "Ruritania’s President",
        "The Ruritanian President",
        "Ruritanian President",
        "the envoy",
        "she",
        "Officials",
        "Europe",
    ] {
        assert_eq!(status(speaker), Exact, "{speaker}");
    }
}

#[test]
fn in_a_transcript_everybody_has_his_own_words() {
    let transcript = "<p>SENIOR OFFICIAL ONE: We will not rest until the talks have come to an end.</p>\
        <p>SENIOR OFFICIAL TWO: The lamps of the harbour will be lit again before the winter.</p>\
        <p>MR RIVERS: Nobody asked us about the dues, and nobody will.</p>\
        <p>INTERPRETER: He asks whether the ferries of the island can still be saved. So his question was, “Is there any \
        plan at all for the old basin?”</p>";
    let status = |words: &str, speaker: &str| -> QuoteStatus {
        let article = format!("<p>“{words},” {speaker} said.</p>");
        let (original, article) = (read(transcript), read(&article));
        hold(&article, &[Against { document: &original, name: "transcript", address: None }])[0].status
    };
    for (words, speaker, other) in [
        ("We will not rest until the talks have come to an end", "Senior Official One", "Senior Official Two"),
        ("The lamps of the harbour will be lit again before the winter", "Senior Official Two", "Senior Official One"),
        ("The lamps of the harbour will be lit again before the winter", "Senior Official 2", "Senior Official 1"),
        ("Nobody asked us about the dues, and nobody will", "Mr. Rivers", "The Interpreter"),
        ("Nobody asked us about the dues, and nobody will", "Rivers", "Senior Official One"),
        ("He asks whether the ferries of the island can still be saved", "Interpreter", "Mr. Rivers"),
    ] {
        assert_eq!(status(words, speaker), Exact, "{speaker}: {words}");
        assert_eq!(status(words, other), Misattributed, "{other}: {words}");
    }
    // A capital that only begins a sentence is nobody.
    let own = "Is there any plan at all for the old basin";
    assert_eq!(status(own, "Interpreter"), Exact);
}
