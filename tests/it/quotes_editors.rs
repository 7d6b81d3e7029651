//! What editors do to a quotation, rule by rule: brackets, omissions, what they cut before the first word, letters that only look
//! the same, spellings of the house. Each rule has rows that keep it and rows that break it; the texts are of our own writing.

use vidimus::{
    Capture,
    check::{
        Quote, QuoteStatus, Severity,
        quotes::{Against, ChangeKind, hold},
    },
    extract::{self, Document},
};

fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    extract::read(&capture)
}

/// The only quotation of a sentence, or of a text between marks.
fn quote(original: &str, text: &str) -> Quote {
    let sentence =
        if text.contains('“') { text.to_owned() } else { format!("On Monday they wrote “{text}” again.") };
    let (original, article) = (read(&format!("<p>{original}</p>")), read(&format!("<p>{sentence}</p>")));
    let found = hold(&article, &[Against { document: &original, name: "release.html", address: None }]);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    found.into_iter().next().unwrap()
}

fn passes(quote: &Quote) -> bool {
    matches!(quote.status, QuoteStatus::Exact | QuoteStatus::Adapted)
}

/// Fails unless every row passes, or none.
#[track_caller]
fn all(pass: bool, original: &str, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|text| (text, quote(original, text)))
        .filter(|(_, quote)| passes(quote) != pass || (pass && quote.severity().is_some()))
        .map(|(text, quote)| format!("{text}\n    {:?}: {}", quote.status, quote.message))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const TALKS: &str = "We hope the fund may grow by 12 percent this year. The price fell sharply in May. They voted for the bill on Monday, \
    and our friends in the north thanked us. He met the rebels there. The ministers stood behind the Minister when he spoke.";

const DEAL: &str = "My colleagues and I have signed the paper. I'll go to Geneva tomorrow. This deal is good for our country. The UN said \
    that ISIS was driven out of the old town last week, and that it's a victory for everyone. We drove 100 miles through the night.";

#[test]
fn a_bracket_says_who_is_meant_when_and_where() {
    all(
        true,
        TALKS,
        &[
            "[the senators] voted for the bill on Monday",
            "[Mr. Smith] met the rebels there",
            "He met the rebels [in Aleppo]",
            "[their] friends in the north thanked [them]",
            "The price fell sharply in May [2017]",
            "by 12 percent [in 2017]",
            "The ministers stood behind [Lavrov] when he spoke",
        ],
    );
    all(
        true,
        DEAL,
        &[
            "[Rivers and her colleagues] have signed the paper",
            "[He will] go to Geneva [on Friday]",
            "[The Iran nuclear agreement] is good for our country",
            "This deal is good for [Syria]",
            "that [the battle was] a victory for everyone",
            "driven out of the old town [in March], and that it's a victory",
        ],
    );
}

#[test]
fn a_bracket_gives_another_tense_or_a_name_in_full() {
    all(
        true,
        TALKS,
        &["He [has met] the rebels there", "the fund [might] grow by 12 percent", "He [met with] the rebels there"],
    );
    all(
        true,
        DEAL,
        &[
            "[I will] go to Geneva tomorrow",
            "[the United Nations] said that [the Islamic State of Iraq and Syria] was driven out",
            "We drove 100 miles [160 kilometers] through the night",
            "This deal [was] good for our country",
        ],
    );
}

#[test]
fn an_aside_leaves_the_sense_standing() {
    all(
        true,
        TALKS,
        &[
            "They voted [unanimously] for the bill on Monday",
            "They voted for the bill [of the two countries] on Monday",
            "our friends in the north [of Ruritania] thanked us",
            "He met the rebels [who had taken the town] there",
            "He met the rebels [sic] there",
        ],
    );
}

#[test]
fn a_bracket_puts_in_no_verb_modal_number_or_negation() {
    all(
        false,
        TALKS,
        &[
            "[the fund will] grow by 12 percent this year",
            "the fund [can] grow by 12 percent this year",
            "The price [rose] sharply in May",
            "[rose] sharply in May",
            "They voted [not] for the bill on Monday",
            "They [will have] voted for the bill on Monday",
            "They [refused to] vote for the bill on Monday",
            "[Few] voted for the bill on Monday",
            "[Some of them] voted for the bill on Monday",
            "They [allegedly] voted for the bill on Monday",
            "The price fell [by 90 percent] in May",
            "He [was killed by] the rebels there",
            "He met the rebels [without arms] there",
            "They voted [or abstained] for the bill on Monday",
        ],
    );
    all(false, DEAL, &["We drove 100 [200] miles through the night", "This deal [would be] good for our country"]);
}

#[test]
fn a_bracket_puts_no_word_for_another() {
    all(
        false,
        TALKS,
        &[
            "They voted [against] the bill on Monday",
            "our [enemies] in the north thanked us",
            "The ministers stood behind the [Norway] when he spoke of it",
        ],
    );
    all(
        false,
        DEAL,
        &[
            "This deal is [bad] for our country",
            "that [the battle was] a [defeat] for everyone",
            "[Lavrov] said that ISIS was driven out of the old town",
        ],
    );
    let titles = "She thanked Prime Minister Netanyahu and the Department of State for the help they gave.";
    let ends = "They gave us a warm and lasting welcome. The Minister of Ships, Tom Ferry, spoke to our old partners. He stayed.";
    all(
        false,
        ends,
        &[
            "They gave us a warm and lasting [blow]",
            "The [Ottawa] of Ships, Tom Ferry, spoke",
            "spoke to our old [rivals]",
        ],
    );
    all(
        true,
        ends,
        &["They gave us a warm and lasting welcome [in Zenda]", "Tom Ferry, spoke to our old partners [the pilots]"],
    );
    all(false, titles, &["She thanked [Johnson] Minister Netanyahu", "and the Department of [Belgium] for the help"]);
}

/// Every pair of opposites, put for each other in a bracket, in a sentence that has the first.
#[test]
fn no_opposite_passes_in_a_bracket() {
    let opposites = [
        ("increased", "decreased"),
        ("supports", "opposes"),
        ("won", "lost"),
        ("before", "after"),
        ("with", "without"),
        ("inside", "outside"),
        ("welcomed", "condemned"),
        ("grew", "shrank"),
        ("open", "closed"),
        ("victory", "defeat"),
        ("friend", "enemy"),
        ("legal", "illegal"),
        ("always", "never"),
        ("all", "some"),
        ("and", "or"),
        ("more", "less"),
        ("began", "ended"),
        ("accepted", "refused"),
    ];
    for (one, other) in opposites.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
        let sentence = |word: &str| format!("The harbour pilots of Strelsau {word} the towers of the old lighthouse");
        for text in [sentence(&format!("[{other}]")), format!("[{other}] the towers of the old lighthouse")] {
            let quote = quote(&format!("{}.", sentence(one)), &text);
            assert!(!passes(&quote), "{one}: {text}\n{quote:#?}");
        }
    }
}

#[test]
fn an_omission_takes_no_word_that_turns_the_sense() {
    for (original, text) in [
        (
            "The ministry denied that the bridge had collapsed after the storm.",
            "The ministry … that the bridge had collapsed",
        ),
        ("The bank refused to pay the workers of the old mill.", "The bank … to pay the workers of the old mill"),
        ("The pilot failed to see the second tower of the harbour.", "The pilot [...] to see the second tower"),
        ("They spoke against the new law in the old town hall.", "They spoke … the new law in the old town hall"),
        ("At least 40 people were hurt in the storm on Monday.", "… 40 people were hurt in the storm on Monday"),
        ("He said at least forty people were hurt in the storm.", "He said … forty people were hurt in the storm"),
        ("There is no evidence that the mayor knew of the account.", "There is … that the mayor knew of the account"),
        ("The court said few ships carry any lamps at all now.", "The court said … ships carry any lamps at all"),
        (
            "Les experts disent qu’il n’y a pas de solution militaire à ce conflit dans la région.",
            "il n’y a … de solution militaire à ce conflit",
        ),
        (
            "Der Minister sagte, dass die Bank nie für die Schäden in der Stadt zahlen wird.",
            "dass die Bank … für die Schäden in der Stadt zahlen wird",
        ),
        (
            "Es la primera vez que el banco rechazó la oferta de los trabajadores de la mina.",
            "que el banco … la oferta de los trabajadores de la mina",
        ),
    ] {
        let quote = quote(original, text);
        assert_eq!(quote.status, QuoteStatus::Elided, "{text}\n{quote:#?}");
        assert!(quote.changes.iter().any(|change| !change.permitted && change.kind == ChangeKind::MarkedOmission));
    }
    all(
        true,
        "The envoy, who denied the charges, will go home in May. The two sides have a most important and lasting bond. We stopped at \
         the inn. The talks went on until the night.",
        &[
            "The envoy … will go home in May",
            "The two sides have a … lasting bond",
            "The two sides have a most important … bond",
            "The two sides have a most important and lasting bond. … The talks went on",
        ],
    );
}

#[test]
fn what_is_cut_right_before_is_told() {
    for (original, text, cut) in [
        ("Few believe the plan will work before the winter.", "the plan will work before the winter", "Few believe"),
        ("Almost all of the workers have signed the contract.", "all of the workers have signed", "Almost"),
        ("It is false that the mayor took money from the bank.", "the mayor took money from the bank", "false that"),
        (
            "I do not think that the mayor took money from the bank.",
            "the mayor took money from the bank",
            "not think that",
        ),
        ("We do not expect an agreement before the winter.", "expect an agreement before the winter", "not"),
        ("Hardly any of the ships had been painted before.", "any of the ships had been painted before", "Hardly"),
        ("The talks go on if the ceasefire holds in the valley.", "the ceasefire holds in the valley", "if"),
    ] {
        let found = quote(original, text);
        let change = found.changes.iter().find(|change| change.kind == ChangeKind::Context);
        let change = change.unwrap_or_else(|| panic!("{text}\n{found:#?}"));
        assert!(change.before == cut && !change.permitted && found.message.contains(cut), "{text}: {found:#?}");
        assert_eq!((found.status, found.severity()), (QuoteStatus::Exact, Some(Severity::Warning)));
    }
    for (original, text) in [
        (
            "Few believe the plan will work before the winter.",
            "Hardly anybody thinks “the plan will work before the winter”.",
        ),
        ("I do not think that the mayor took money.", "He does not believe that “the mayor took money”."),
        ("I do not think that the mayor took money.", "She rejected the claim that “the mayor took money”."),
        ("I think that the mayor took money from the bank.", "the mayor took money from the bank"),
        ("We will not wait, and the mayor took money from us.", "the mayor took money from us"),
        ("We do not need a plan that costs the town its harbour.", "costs the town its harbour"),
        ("It is not raining. The mayor took money from us all.", "The mayor took money from us all"),
        ("Not now, he said; the mayor took money from us all.", "the mayor took money from us all"),
    ] {
        let found = quote(original, text);
        assert_eq!((found.status, found.severity()), (QuoteStatus::Exact, None), "{text}\n{found:#?}");
    }
}

#[test]
fn letters_that_only_look_the_same_are_others() {
    let original = "The harbour cocoa trade has grown by a third since the war.";
    for text in [
        "The harbour сосоа trade has grown",
        "The harbour cоcoa trade has grown",
        "The harbour cocoa trade \u{202e}has\u{202c} grown",
    ] {
        let found = quote(original, text);
        assert_eq!(found.status, QuoteStatus::Altered, "{text}\n{found:#?}");
        assert!(found.changes.iter().any(|change| change.kind == ChangeKind::Lookalike));
    }
    let found = quote(original, "The harbour co\u{200b}coa trade has grown");
    assert_eq!((found.status, found.severity()), (QuoteStatus::Exact, Some(Severity::Warning)), "{found:#?}");
    all(true, original, &["The harbour co\u{ad}coa trade has grown", "The harbour cocoa\u{a0}trade has grown"]);
    all(true, "Переговоры о какао показали, что выхода нет и не будет.", &["Переговоры о какао показали"]);
}

#[test]
fn a_house_spells_as_it_likes() {
    let original = "We are going to organise the talks, and I would never judge her work. We will not stop, the Department of State cannot \
        wait, and it is costing $14 million a year. About 14,000,000 crowns and 1.2 million tonnes were moved, said the doctor, who holds a \
        Ph.D. and knows the G.D.P. of 5 to 7 countries by heart. In the judgment of forty thousand people this has worked. They are in the \
        United Nations since 1945. The treaty was signed on February 6.";
    all(
        true,
        original,
        &[
            "We’re going to organize the talks",
            "We are going to organise the talks, and I’d never judge her work",
            "We’ll not stop, the Department of State cannot wait",
            "We won’t stop, the Department of State can’t wait",
            "the Dept. of State cannot wait",
            "it’s costing $14 million a year",
            "it is costing $14m a year",
            "it is costing US$14 million a year",
            "it is costing $14,000,000 a year",
            "and it's costing 14 million dollars a year",
            "About 14 million crowns and 1,200,000 tonnes were moved",
            "who holds a PhD and knows the GDP of 5–7 countries by heart",
            "knows the GDP of five to seven countries by heart",
            "In the judgement of 40,000 people this has worked",
            "They’re in the UN since 1945",
            "The treaty was signed on 6 February",
        ],
    );
    all(
        false,
        original,
        &[
            "it is costing $15m a year, the doctor said",
            "and it is costing $14bn a year",
            "and it is costing 14 million pounds a year",
            "We’re not going to organise the talks",
            "In the judgment of 4,000 people this has worked",
            "We’ll stop, the Department of State cannot wait",
            "the Department of State can wait, and it is costing",
            "knows the GDP of 5–8 countries by heart",
            "We’re in the United Nations since 1945",
            "The treaty was signed on 16 February",
            "The treaty was signed on 6 March",
            "it is costing $14 million a year. About 14,000,000 dollar",
        ],
    );
}
