//! One line a rule: a quotation, its passage, and how it fares.

use super::*;
use crate::Capture;
use QuoteStatus::{Adapted, Altered, Elided, Exact, Misattributed, NotFound, Spliced, Unchecked};

const ORIGINAL: &str = "<p>The Presidents today, meeting on the margins of the conference in Da Nang, confirmed their determination \
    to defeat the militants in the valley. They agreed that there is no military solution to the conflict in the valley.</p>\
    <p>They confirmed that the ultimate political solution must be forged through the Geneva process pursuant to UNSCR 2254. \
    The U.S. envoy, who organised the talks, will travel to 12 countries in May, if the ceasefire holds.</p>\
    <p>Moscow rejects the plan, and the opposition supports it. Assad said that he would go. It is a fair, just and lasting peace.</p>\
    <p>We are grateful for the help of all partners. Neither side will gain from more fighting. Nobody wins alone.</p>";

fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    crate::extract::read(&capture)
}

fn quotes_of(original: &str, article: &str) -> Vec<Quote> {
    let (original, article) = (read(original), read(article));
    let address = Some("https://example.org/release");
    hold(&article, &[Against { document: &original, name: "release.html", address }])
}

fn quote(text: &str) -> Quote {
    let article = format!("<p>In a long article of its own somebody writes “{text}” and goes on.</p>");
    let mut quotes = quotes_of(ORIGINAL, &article);
    assert!(!quotes.is_empty(), "{text}: no quotation");
    quotes.remove(0)
}

#[track_caller]
fn all(status: QuoteStatus, texts: &[&str]) {
    for text in texts {
        let quote = quote(text);
        assert_eq!(quote.status, status, "{text}\n{quote:#?}");
    }
}

#[test]
fn the_words_as_they_stand_are_exact() {
    all(
        Exact,
        &[
            "there is no military solution",
            "there is no military solution,",
            "there is no military solution!",
            "They agreed that there is no military solution to the conflict in the valley.",
            "must be forged through the Geneva process pursuant to UNSCR 2254",
            "all partners. Neither side will gain",
            "in the valley. They confirmed that",
            "there is *no* military solution",
        ],
    );
}

#[test]
fn what_quoting_permits_is_adapted() {
    all(
        Adapted,
        &[
            "There is no military solution",
            "[T]here is no military solution",
            "The Presidents today … confirmed their determination to defeat the militants",
            "The Presidents today [...] confirmed their determination to defeat the militants",
            "The Presidents . . . confirmed their determination",
            "They agreed that there is no military solution to the conflict …. They confirmed that the ultimate",
            "there is no military solution to [this] conflict",
            "there is no military solution to the conflict [between the parties] in the valley",
            "there is no military solution to the conflict [sic] in the valley",
            "[The ministers] agreed that there is no military solution",
            "[The envoys] confirmed that the ultimate political solution",
            "Assad said that [the president] would go",
            "[Mr. Assad] said that he would go",
            "The US envoy, who organized the talks",
            "The U.S. envoy, who organised the talks, [would] travel to 12 countries",
            "will travel to twelve countries in May, if the cease-fire holds",
            "It is a fair, just, and lasting peace",
            "It [was] a fair, just and lasting peace",
            "agree[d] that there is no military solution",
            "there is no military solution to the conflict[s] in the valley",
        ],
    );
}

#[test]
fn an_omission_must_not_take_what_the_sense_hangs_on() {
    for (text, taken) in [
        ("there is ... military solution to the conflict", "a negation"),
        ("the U.S. envoy … will travel to … countries in May", "a number"),
        ("the ultimate political solution … be forged through the Geneva process", "a modal"),
        ("will travel to 12 countries in May … the ceasefire holds", "a condition"),
        ("Moscow … supports it", "the subject"),
        ("They agreed that there is …", "a negation"),
        ("pursuant to … The U.S. envoy, who organised the talks", "a number"),
    ] {
        let quote = quote(text);
        assert_eq!(quote.status, Elided, "{text}\n{quote:#?}");
        assert!(quote.message.contains(taken), "{text}: {}", quote.message);
    }
}

#[test]
fn changed_words_are_altered() {
    all(
        Altered,
        &[
            "there is a military solution to the conflict",
            "there is military solution to the conflict in the valley",
            "there is no political solution to the conflict in the valley",
            "there is no lasting military solution to the conflict",
            "there is no military solution to conflict in the valley",
            "must be forged through the Geneva process pursuant to UNSCR 2245",
            "should be forged through the Geneva process pursuant to UNSCR 2254",
            "must be forged through the Vienna process pursuant to UNSCR 2254",
            "The envoy, who organised the talks, will travel",
            "will travel to 20 countries in May",
            "will not travel to 12 countries in May",
            "Either side will gain from more fighting",
            "there is [a] military solution to the conflict",
            "there is [not] no military solution to the conflict",
            "pursuant to UNSCR [2245]. The U.S. envoy",
            "The U.S. envoy [should] travel to 12 countries",
            "[Washington] rejects the plan, and the opposition supports it",
            "[no] military solution to the conflict in the … valley was there",
            "The Presidents, meeting on the margins of the conference in Da Nang, confirmed",
        ],
    );
}

#[test]
fn passages_joined_without_a_mark_are_spliced() {
    all(
        Spliced,
        &[
            "They agreed that there is no military solution Neither side will gain from more fighting",
            "Neither side will gain from more fighting. They agreed that there is no military solution",
            "Neither side will gain from more fighting … They agreed that there is no military solution",
            "the conflict in the valley. The U.S. envoy, who organised the talks, will travel",
        ],
    );
}

#[test]
fn what_is_not_there_is_not_found_and_little_is_not_checked() {
    all(
        NotFound,
        &[
            "I have never seen such weather in my whole life",
            "The Sound of Music",
            "so-called peace process",
            "peace and stability",
            "a political solution",
            "The ministers of the region thanked their host for dinner",
        ],
    );
    all(
        Unchecked,
        &["no solution", "peace", "UNSCR 2254", "[the] peace", "Il n’y a pas de solution militaire à ce conflit"],
    );
    assert!(quote("I have never seen such weather").message.contains("release.html"));
}

#[test]
fn a_passage_is_found_with_half_of_its_words_changed() {
    let text = "They agreed yesterday that blue is no green solution to yellow conflict above the mountain. Friends confirmed rarely the \
                ultimate quarrel solution";
    let quote = quote(text);
    assert_eq!(quote.status, Altered, "{quote:#?}");
    assert_eq!(quote.original.unwrap().block, 0);
}

#[test]
fn spelling_is_no_licence() {
    for (old, new, same) in [
        ("U.S.", "US", true),
        ("U.S.’s", "US’s", true),
        ("centers", "centres", true),
        ("per cent", "percent", true),
        ("cease-fire", "ceasefire", true),
        ("11 November", "November 11", true),
        ("two", "2", true),
        ("us", "U.S.", false),
        ("US", "us", false),
        ("of", "the", false),
        ("the US", "US", false),
        ("now here", "nowhere", false),
        ("lawful", "unlawful", false),
        ("is", "was", false),
        ("Iran", "Iraq", false),
    ] {
        let original =
            format!("<p>The ministers of the region said that {old} policy is what everybody wants to see.</p>");
        let article =
            format!("<p>He wrote “The ministers of the region said that {new} policy is what everybody wants”.</p>");
        let found = &quotes_of(&original, &article)[0];
        assert_eq!(found.status == Adapted, same, "{old} → {new}: {found:#?}");
    }
}

#[test]
fn every_change_is_listed_and_marked() {
    let list = |text: &str| {
        let changes = quote(text).changes.into_iter();
        changes.map(|change| (change.before, change.after, change.kind, change.permitted)).collect::<Vec<_>>()
    };
    let change = |before: &str, after: &str, kind, permitted| (before.to_owned(), after.to_owned(), kind, permitted);
    assert_eq!(
        list("There is a military solution to [this] conflict … valley"),
        [
            change("there", "There", ChangeKind::Case, true),
            change("no", "a", ChangeKind::Replacement, false),
            change("the", "[this]", ChangeKind::Bracket, true),
            change("in the", "…", ChangeKind::MarkedOmission, true),
        ]
    );
    assert_eq!(
        list("pursuant to UNSCR 2245. The U.S. envoy"),
        [change("2254", "2245", ChangeKind::Replacement, false)]
    );
    assert_eq!(quote("pursuant to UNSCR 2245. The U.S. envoy").changes[0].facets, [crate::check::Facet::Number]);
}

#[test]
fn emphasis_inside_is_kept_added_or_dropped() {
    let of = |original: &str, article: &str| quotes_of(original, article)[0].emphasis;
    let plain = "<p>They agreed that there is no military solution to the conflict.</p>";
    let bold = "<p>They agreed that there is <b>no</b> military solution to the conflict.</p>";
    let said = "<p>She said “there is no military solution” again.</p>";
    let shouted = "<p>She said “there is <b>no</b> military solution” again.</p>";
    let note = "<p>She said “there is <b>no</b> military solution” (emphasis added).</p>";
    let inside = "<p>She said “there is <b>no</b> military solution [emphasis added]” again.</p>";
    let capitals = "<p>She said “there is NO military solution” again.</p>";
    let italics = "<p>She said <i>“there is no military solution”</i> again.</p>";
    for (original, article, emphasis) in [
        (plain, said, QuoteEmphasis::None),
        (bold, shouted, QuoteEmphasis::Kept),
        (plain, shouted, QuoteEmphasis::AddedUndeclared),
        (plain, capitals, QuoteEmphasis::AddedUndeclared),
        (plain, note, QuoteEmphasis::AddedDeclared),
        (plain, inside, QuoteEmphasis::AddedDeclared),
        (bold, said, QuoteEmphasis::Dropped),
        (plain, italics, QuoteEmphasis::None),
    ] {
        assert_eq!(of(original, article), Some(emphasis), "{original}\n{article}");
    }
    assert_eq!(quotes_of(plain, capitals)[0].status, Exact);
}

#[test]
fn words_of_one_speaker_given_to_another_are_misattributed() {
    let transcript = "<p>SECRETARY BLINKEN: We will not rest until the talks have come to an end.</p>\
        <p>FOREIGN MINISTER LAVROV: The other side has broken its word twice this year.</p><p>QUESTION: Will there be another round of talks?</p>";
    let release = "<p>“We will not rest until the talks have come to an end,” said Anne Example, the envoy. The ministry agrees.</p>";
    for (original, sentence, status) in [
        (transcript, "“We will not rest until the talks have come to an end,” Secretary Blinken said.", Exact),
        (transcript, "“We will not rest until the talks have come to an end,” Lavrov said.", Misattributed),
        (transcript, "“Will there be another round of talks?” asked Blinken.", Misattributed),
        (transcript, "“We will not rest until the talks have come to an end,” Washington said.", Exact),
        (transcript, "“We will not rest until the talks have come to an end,” he said.", Exact),
        (transcript, "“We will not rest until the talks have come to an end,” the State Department said.", Exact),
        (release, "“We will not rest until the talks have come to an end,” said Ms. Example.", Exact),
        (release, "“We will not rest until the talks have come to an end,” said Peter Other.", Misattributed),
        (release, "“We will not rest until the talks have come to an end,” the ministry said.", Exact),
        (ORIGINAL, "“Neither side will gain from more fighting,” said Peter Other.", Exact),
    ] {
        let quotes = quotes_of(original, &format!("<p>{sentence}</p>"));
        assert_eq!(quotes[0].status, status, "{sentence}\n{:#?}", quotes[0]);
    }
}

#[test]
fn of_several_originals_the_closest_counts() {
    let (one, two) =
        (read("<p>There is a military way out of it all.</p>"), read("<p>There is no military way out of it all.</p>"));
    let article = read("<p>She said “there is no military way out of it”.</p>");
    let against = |document, name| Against { document, name, address: None };
    let found = &hold(&article, &[against(&one, "one"), against(&two, "two")])[0];
    assert_eq!((found.status, found.source), (Adapted, Some(1)), "{found:#?}");
    assert!(
        hold(&read("<p>“Nothing of the sort was ever said”</p>"), &[against(&one, "one"), against(&two, "two")])[0]
            .message
            .contains("one and two")
    );
}

#[test]
fn the_outer_quotation_is_reported_unless_only_the_inner_one_is_found() {
    let statuses = |article: &str| {
        quotes_of(ORIGINAL, article).into_iter().map(|quote| (quote.copy.exact, quote.status)).collect::<Vec<_>>()
    };
    let own = "<p>“My uncle wrote that ‘there is no military solution’ in his letter to mother.”</p>";
    assert_eq!(statuses(own).into_iter().map(|(_, status)| status).collect::<Vec<_>>(), [NotFound, Exact]);
    let nested = "<p>“there is ‘no military solution’ to the conflict”</p>";
    assert_eq!(statuses(nested).into_iter().map(|(_, status)| status).collect::<Vec<_>>(), [Exact]);
    let layout =
        "<blockquote><p>Somebody wrote “there is no military solution to the conflict” yesterday.</p></blockquote>";
    assert_eq!(statuses(layout), [("there is no military solution to the conflict".to_owned(), Exact)]);
    let block =
        "<blockquote><p>They agreed that there is no military solution to the conflict in the valley.</p></blockquote>";
    assert_eq!(statuses(block)[0].1, Exact);
}

#[test]
fn paragraphs_that_reopen_are_held_as_one_if_they_are() {
    let statuses =
        |article: &str| quotes_of(ORIGINAL, article).into_iter().map(|quote| quote.status).collect::<Vec<_>>();
    let both = "<p>“there is no military solution to the conflict in the valley.</p><p>“They confirmed that the ultimate political solution”</p>";
    assert_eq!(statuses(both), [Exact]);
    let other = "<p>“there is no military solution to the conflict in the valley.</p><p>“I have never seen such weather in my whole life.”</p>";
    assert_eq!(statuses(other), [Exact, NotFound]);
}

#[test]
fn links_lead_to_the_passage() {
    let link = |text: &str| quote(text).link.unwrap();
    assert_eq!(
        link("there is no military solution"),
        "https://example.org/release#:~:text=there%20is%20no%20military%20solution"
    );
    assert_eq!(
        link(
            "We are grateful for the help of all partners. Neither side will gain from more fighting. Nobody wins alone. We"
        ),
        "https://example.org/release#:~:text=We%20are%20grateful%20for%20the%20help%20of%20all%20partners.%20Neither%20side%20will%20gain%20from%20more%20fighting.%20Nobody%20wins%20alone"
    );
    assert_eq!(
        link(
            "there is no military solution to the conflict in the valley. They confirmed that the ultimate political solution"
        ),
        "https://example.org/release#:~:text=there%20is%20no%20military%20solution%20to,confirmed%20that%20the%20ultimate%20political%20solution"
    );
}
