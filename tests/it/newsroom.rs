//! How newsrooms quote: conventions of attribution, of marks, of shortening and of fitting words into a sentence, each with what it
//! comes to. The texts are of our own writing. Generated quotations of known answer are in `quotes_grammar`.

use vidimus::{
    Capture,
    check::{
        Quote,
        QuoteStatus::{self, Adapted, Altered, Elided, Exact, Misattributed, NotFound, Spliced, Unchecked},
        quotes::{Against, hold},
    },
    extract::{self, Document},
};

const RELEASE: &str = "<p>Secretary Anna Rivers today issued the following statement on the harbour talks.</p>\
    <p>We will stand by our partners, not retreat. The talks in the northern city have shown that there is no quick way out of this \
    dispute, and that all of us will have to give something up. I do not expect an agreement before the winter.</p>\
    <p>The program will cost 14 million dollars over three years. It is the largest of its kind in the region's history. My \
    colleagues and I have color-coded the plans, and we organize the labor side ourselves.</p>\
    <p>As the mayor, Tom Ferry, said last week, “nobody on this coast has ever been asked what the port is for.” He is right. We must \
    not let them down again; the children of this town deserve better than that.</p>\
    <p>Many people have told me that the ferry is a joke. It is not. She has carried the mail for ninety years.</p>";

fn read(html: &str) -> Document {
    extract::read(
        &Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap(),
    )
}

fn quotes(original: &str, article: &str) -> Vec<Quote> {
    let (original, article) = (read(original), read(article));
    hold(&article, &[Against { document: &original, name: "release.html", address: None }])
}

/// Fails unless the sentences, each a paragraph, quote with just these results.
#[track_caller]
fn are(original: &str, rows: &[(&str, &[QuoteStatus])]) {
    let mut wrong = Vec::new();
    for (sentence, expected) in rows {
        let article = if sentence.starts_with('<') { (*sentence).to_owned() } else { format!("<p>{sentence}</p>") };
        let found: Vec<(QuoteStatus, String)> =
            quotes(original, &article).into_iter().map(|one| (one.status, one.copy.exact)).collect();
        if found.iter().map(|(status, _)| *status).collect::<Vec<_>>() != *expected {
            wrong.push(format!("{sentence}\n    expected {expected:?}\n    found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn attribution_before_behind_and_in_between() {
    are(
        RELEASE,
        &[
            ("Rivers said: “We will stand by our partners, not retreat.”", &[Exact]),
            ("“We will stand by our partners, not retreat,” Rivers said.", &[Exact]),
            ("According to Rivers, “there is no quick way out of this dispute”.", &[Exact]),
            ("“The children of this town deserve better than that”: Rivers.", &[Adapted]),
        ],
    );
}

#[test]
fn a_quotation_split_by_its_attribution() {
    are(
        RELEASE,
        &[
            ("“We will stand by our partners,” Rivers said, “not retreat.”", &[Exact, Unchecked]),
            (
                "“The talks in the northern city,” she said, “have shown that there is no quick way out of this dispute.”",
                &[Exact, Exact],
            ),
            (
                "“I do not expect an agreement before the winter,” said Rivers. “The program will cost 14 million dollars.”",
                &[Exact, Exact],
            ),
            ("“It is the largest of its kind,” she added — “in the region’s history.”", &[Exact, Exact]),
            ("“It is not,” she said. “She has carried the mail for ninety years.”", &[Exact, Exact]),
        ],
    );
}

#[test]
fn the_end_of_a_sentence_belongs_to_whoever_quotes() {
    are(
        RELEASE,
        &[
            ("She called it “the largest of its kind,” and left.", &[Exact]),
            ("Is it “the largest of its kind”?", &[Exact]),
            ("It is “the largest of its kind”, she said.", &[Exact]),
            ("“We will stand by our partners, not retreat”", &[Exact]),
            ("“We will stand by our partners—” she began, and was interrupted.", &[Exact]),
            ("“We will stand by our partners, not retreat!” she said.", &[Exact]),
        ],
    );
}

#[test]
fn marks_within_marks_and_in_headlines() {
    are(
        RELEASE,
        &[
            (
                "Rivers quoted the mayor: “As the mayor, Tom Ferry, said last week, ‘nobody on this coast has ever been asked what the port is for.’ He is right.”",
                &[Exact],
            ),
            ("<h1>Rivers: ‘No quick way out of this dispute’</h1>", &[Adapted]),
            ("<h1>Rivers Sees ‘No Quick Way Out of This Dispute’</h1>", &[Adapted]),
            ("<h1>Ferry ‘is a joke’, say many</h1>", &[Exact]),
            ("She said ‘the children of this town deserve better than that’.", &[Exact]),
            ("\"The children of this town deserve better than that,\" she said.", &[Adapted]),
        ],
    );
}

#[test]
fn brackets_and_dots() {
    are(
        RELEASE,
        &[
            ("“[Rivers and her colleagues] have color-coded the plans,” the release says.", &[Adapted]),
            // Nothing is left out where the dots stand: they only say so.
            ("“The talks in the northern city … have shown that there is no quick way out.”", &[Exact]),
            ("“The talks … have shown that there is no quick way out of this dispute.”", &[Adapted]),
            ("“The talks [...] have shown that there is no quick way out of this dispute.”", &[Adapted]),
            ("“The talks (…) have shown that there is no quick way out of this dispute.”", &[Adapted]),
            // A sentence that says no is left out as a whole, and that is said.
            (
                "“We will stand by our partners, not retreat. . . . I do not expect an agreement before the winter.”",
                &[Elided],
            ),
            (
                "“The program will cost 14 million dollars over three years.… We organize the labor side ourselves.”",
                &[Adapted],
            ),
            ("“I do … expect an agreement before the winter.”", &[Elided]),
            ("“We must … let them down again,” she said.", &[Elided]),
            ("“[W]e will stand by our partners, not retreat.”", &[Adapted]),
            ("She said the children “of this [harbour] town deserve better than that”.", &[Adapted]),
        ],
    );
}

#[test]
fn words_fitted_into_a_sentence() {
    are(
        RELEASE,
        &[
            ("She said that “there is no quick way out of this dispute”.", &[Exact]),
            ("She said that “we will stand by our partners, not retreat”.", &[Adapted]),
            ("“There is no quick way out of this dispute,” she said.", &[Adapted]),
            ("The programme “will cost 14 million dollars over three years”.", &[Exact]),
            ("“The programme will cost 14 million dollars over three years.”", &[Adapted]),
            ("“The program will cost $14 million over three years.”", &[Adapted]),
            ("“The program will cost fourteen million dollars over three years.”", &[Adapted]),
            ("“The program will cost 14 million dollars over 3 years.”", &[Adapted]),
            (
                "“My colleagues and I have colour-coded the plans, and we organise the labour side ourselves.”",
                &[Adapted],
            ),
        ],
    );
}

#[test]
fn words_that_are_not_the_speakers() {
    are(
        RELEASE,
        &[
            ("She said she “did not expect an agreement before the winter”.", &[Altered]),
            ("She said “the program would cost 14 million dollars over three years”.", &[Altered]),
            ("“The program will cost 15 million dollars over three years.”", &[Altered]),
            ("“The program will cost 14 billion dollars over three years.”", &[Altered]),
            ("“I do expect an agreement before the winter,” she said.", &[Altered]),
            ("“We may stand by our partners, not retreat,” she said.", &[Altered]),
            ("“The talks in the southern city have shown that there is no quick way out of this dispute.”", &[Altered]),
            (
                "“We will stand by our partners, not retreat. I do not expect an agreement before the winter.”",
                &[Spliced],
            ),
            ("“I never said anything about a bridge across the sound,” she said.", &[NotFound]),
            ("“The harbour must be dredged before anybody talks of cranes,” said Peter Holm, a docker.", &[NotFound]),
        ],
    );
}

#[test]
fn a_word_or_two_at_arms_length() {
    are(
        RELEASE,
        &[
            ("The so-called “talks” went on.", &[Unchecked]),
            ("A “quick way” was not in sight.", &[Unchecked]),
            ("He spoke of “partners”.", &[Unchecked]),
        ],
    );
}

#[test]
fn somebody_elses_words_within_the_release() {
    are(
        RELEASE,
        &[
            ("“Nobody on this coast has ever been asked what the port is for,” said Tom Ferry, the mayor.", &[Adapted]),
            ("“Nobody on this coast has ever been asked what the port is for,” said Anna Rivers.", &[Misattributed]),
            ("“Nobody on this coast has ever been asked what the port is for,” the mayor said.", &[Adapted]),
        ],
    );
}

#[test]
fn a_release_that_reports_what_was_said() {
    let release = "<p>Secretary of State Anna Rivers said that the talks will go on in May and that no date has been set for a vote.</p>\
        <p>“We are not at the end of the road,” Secretary Rivers said. “We are on it.”</p>";
    are(
        release,
        &[
            ("“The talks will go on in May,” the ministry said.", &[Adapted]),
            ("“We are not at the end of the road,” Rivers said.", &[Exact]),
            ("“We are at the end of the road,” Rivers said.", &[Altered]),
            ("“We are not at the end of the road. We are on it,” Rivers said.", &[Adapted]),
        ],
    );
}

#[test]
fn quotations_of_several_paragraphs_and_set_as_blocks() {
    are(
        RELEASE,
        &[
            (
                "<p>“I do not expect an agreement before the winter.</p><p>“The program will cost 14 million dollars over three years. It is the largest of its kind in the region’s history.”</p>",
                &[Exact],
            ),
            ("<p>She said:</p><blockquote><p>We will stand by our partners, not retreat.</p></blockquote>", &[Exact]),
            ("<p>She said:</p><blockquote><p>We will stand by our friends, not retreat.</p></blockquote>", &[Altered]),
            ("<p>She said <q>there is no quick way out of this dispute</q> and left.</p>", &[Exact]),
        ],
    );
}

#[test]
fn marks_of_other_languages() {
    for (original, sentence) in [
        (
            "Die Gespräche in der Stadt haben gezeigt, dass es keinen schnellen Ausweg gibt.",
            "„Die Gespräche in der Stadt haben gezeigt, dass es keinen schnellen Ausweg gibt“, sagte sie.",
        ),
        (
            "Die Gespräche in der Stadt haben gezeigt, dass es keinen schnellen Ausweg gibt.",
            "»Die Gespräche in der Stadt haben gezeigt«, sagte die Ministerin.",
        ),
        (
            "Les pourparlers ont montré qu’il n’y a pas de solution rapide à ce différend.",
            "« Les pourparlers ont montré qu’il n’y a pas de solution rapide à ce différend », a-t-elle déclaré.",
        ),
        (
            "Las conversaciones han demostrado que no hay una salida rápida de esta disputa.",
            "«Las conversaciones han demostrado que no hay una salida rápida de esta disputa», dijo la ministra.",
        ),
        (
            "I colloqui hanno mostrato che non c’è una via d’uscita rapida da questa disputa.",
            "«I colloqui hanno mostrato che non c’è una via d’uscita rapida da questa disputa», ha detto.",
        ),
        (
            "As conversações mostraram que não há uma saída rápida para esta disputa.",
            "“As conversações mostraram que não há uma saída rápida para esta disputa”, disse a ministra.",
        ),
        (
            "Переговоры показали, что быстрого выхода из этого спора нет и не будет.",
            "«Переговоры показали, что быстрого выхода из этого спора нет и не будет», — сказала она.",
        ),
        ("協議は続いているが、この問題に早い解決策はない。", "大臣は「この問題に早い解決策はない」と述べた。"),
        ("会谈仍在继续，这个问题没有快速的解决办法。", "部长说：“这个问题没有快速的解决办法。”"),
    ] {
        are(&format!("<p>{original}</p>"), &[(sentence, &[Exact])]);
    }
    let german = "<p>Die Gespräche in der Stadt haben gezeigt, dass es keinen schnellen Ausweg gibt.</p>";
    are(
        german,
        &[("„Die Gespräche in der Stadt haben gezeigt, dass es einen schnellen Ausweg gibt“, sagte sie.", &[Altered])],
    );
    let french = "<p>Les pourparlers ont montré qu’il n’y a pas de solution rapide à ce différend.</p>";
    are(
        french,
        &[("« Les pourparlers ont montré qu’il y a une solution rapide à ce différend », a-t-elle dit.", &[Altered])],
    );
}

#[test]
fn what_was_translated_is_not_held_against_the_words() {
    are(
        "<p>Die Gespräche in der Stadt haben gezeigt, dass es keinen schnellen Ausweg gibt und dass wir alle etwas aufgeben müssen.</p>",
        &[(
            "“The talks in the city have shown that there is no quick way out and that all of us have to give something up,” she said.",
            &[Unchecked],
        )],
    );
}

#[test]
fn only_what_is_about_the_words_is_no_part_of_the_quotation() {
    are(
        "<p>The list of ships (updated) is kept by the harbour office, and nobody else may change it.</p>",
        &[
            ("“The list of ships (updated) is kept by the harbour office.”", &[Exact]),
            ("“The list of ships is kept by the harbour office.”", &[Altered]),
            ("“The list of ships (updated) is kept by the harbour [sic] office.”", &[Adapted]),
            ("“The list of ships (updated) is kept by the <b>harbour</b> office [emphasis added].”", &[Adapted]),
        ],
    );
}

#[test]
fn of_several_versions_each_quotation_names_those_that_have_it() {
    let (first, second) = (
        read("<p>The talks in the old harbour will go on in May, and no date has been set for a vote.</p>"),
        read("<p>The talks in the old harbour will go on in June, and no date has been set for a vote.</p>"),
    );
    let against = |document, name| Against { document, name, address: None };
    let article = read(
        "<p>“The talks in the old harbour will go on in June,” she said, and “no date has been set for a vote”.</p>",
    );
    let found = hold(&article, &[against(&first, "monday"), against(&second, "tuesday")]);
    let statuses = |at: usize| found[at].witnesses.iter().map(|one| (one.source, one.status)).collect::<Vec<_>>();
    assert_eq!(found[0].source, Some(1));
    assert_eq!(statuses(0), [(0, Altered), (1, Exact)]);
    assert!(found[0].message.ends_with("It agrees with tuesday; monday has it otherwise."), "{}", found[0].message);
    assert_eq!(statuses(1), [(0, Exact), (1, Exact)]);
    assert!(!found[1].message.contains("otherwise"), "{}", found[1].message);
}
