//! Omissions that are marked and still say something else: sentences torn in the middle, objects and verbs that went, words of
//! ceasing, doubt and attack; brackets that put one name for another; signs of numbers. Beside each what may be left out or put in so. The texts
//! are of our own writing.

use vidimus::{
    Capture,
    check::{
        Quote, QuoteStatus,
        quotes::{Against, hold},
    },
    extract::{self, Document},
};

fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    extract::read(&capture)
}

fn quote(original: &str, text: &str) -> Quote {
    let (original, article) =
        (read(&format!("<p>{original}</p>")), read(&format!("<p>On Monday they wrote “{text}” again.</p>")));
    let mut found = hold(&article, &[Against { document: &original, name: "release.html", address: None }]);
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    found.swap_remove(0)
}

/// Fails unless every row has one of the statuses.
#[track_caller]
fn all(statuses: &[QuoteStatus], original: &str, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|text| (text, quote(original, text)))
        .filter(|(_, quote)| !statuses.contains(&quote.status))
        .map(|(text, quote)| format!("{text}\n    {:?}: {}", quote.status, quote.message))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const FAIR: &[QuoteStatus] = &[QuoteStatus::Exact, QuoteStatus::Adapted];
const CUT: &[QuoteStatus] = &[QuoteStatus::Elided];
const CHANGED: &[QuoteStatus] = &[QuoteStatus::Altered, QuoteStatus::Elided];

const HARBOUR: &str = "The pilots condemn the long strike of the dockers in Strelsau. The ferries of Zenda carry grain, wool and \
    timber to the islands. Hentzau stands with the fishermen of the southern bay, and he thanks their families. They agreed to stop \
    buying coal from the mines of Ruritania. They spoke of the fog and the noise of the town, and the bells were heard. The guild wants to end the lease of the old basin. Our plan to combat the silting of the \
    river begins in spring. We look forward to the possible merger of both yards. The envoys, together with their clerks, visited the \
    new lock.";

#[test]
fn what_is_kept_behind_a_mark_keeps_its_own_subject() {
    all(
        CUT,
        HARBOUR,
        &[
            "The pilots condemn … the fishermen of the southern bay",
            "The ferries of Zenda carry … with the fishermen of the southern bay",
            "The pilots condemn the long … carry grain, wool and timber to the islands",
            "The pilots condemn the long … and timber to the islands",
            "The ferries of Zenda carry … and the noise of the town",
        ],
    );
    all(
        FAIR,
        HARBOUR,
        &[
            "The pilots condemn the long strike … The ferries of Zenda carry grain, wool and timber",
            "The pilots condemn the long strike of the dockers … The ferries of Zenda carry grain",
            "The ferries of Zenda carry grain … and he thanks their families",
            "The ferries of Zenda carry grain … to the islands",
            "The ferries of Zenda carry … and the bells were heard",
            "The envoys … visited the new lock",
        ],
    );
}

#[test]
fn sentences_left_out_whole_say_what_they_say_by_themselves() {
    let report = "The inspectors were shown the mill. The owner may rebuild it with 12 men if the town agrees. The inspectors thanked the \
        owner. The mill is a danger to the quarter. However, it should not be closed before the harvest. The town was told of it.";
    all(
        FAIR,
        report,
        &[
            "The inspectors were shown the mill. … The inspectors thanked the owner",
            "The inspectors were shown the mill […] The inspectors thanked the owner",
        ],
    );
    all(
        CUT,
        report,
        &[
            // A sentence that takes back what is kept.
            "The mill is a danger to the quarter. … The town was told of it",
            // Only a part of the sentence is left out.
            "The owner may rebuild it … if the town agrees",
            "The owner may rebuild it with 12 men … The inspectors thanked the owner",
        ],
    );
}

#[test]
fn what_is_left_out_between_commas_says_what_it_says_by_itself() {
    all(
        FAIR,
        "When it comes to the dues, when it comes to the lamps, the fog signals, the town will go on asking. The guild, which doubted \
         it, has paid. They respect the rights of the pilots, as provided in the old charter, and pay their widows.",
        &[
            "They respect the rights of the pilots … and pay their widows",
            "When it comes to the dues … the town will go on asking",
            "The guild … has paid",
        ],
    );
    all(
        CUT,
        "When the tide is out, and when the lamps burn, the ferries wait. The guild paid, if only in part, for the lamps.",
        &["When the tide is out … the ferries wait", "The guild paid … for the lamps"],
    );
}

#[test]
fn what_ends_fights_doubts_or_is_judged_is_not_left_out() {
    all(
        CUT,
        HARBOUR,
        &[
            "They agreed to … coal from the mines of Ruritania",
            "They agreed to … buying coal from the mines of Ruritania",
            "The guild wants to … the lease of the old basin",
            "The pilots condemn … the dockers in Strelsau",
            "Our plan to … the silting of the river begins in spring",
            "Our plan to … silting of the river begins in spring",
            "We look forward to the … merger of both yards",
        ],
    );
    all(
        FAIR,
        HARBOUR,
        &[
            "They agreed to stop buying coal from … Ruritania",
            "The guild wants to end the lease of the … basin",
            "The pilots condemn the … strike of the dockers in Strelsau",
            "Our plan to combat the silting … begins in spring",
            // Broken, as everybody sees.
            "We look forward to … both yards",
            "The ferries of Zenda carry grain, wool and … to the islands",
        ],
    );
}

#[test]
fn a_name_is_not_put_for_another() {
    let visit = "QUESTION: There were boats in the bay today. The Secretary met Count Rassendyll in Strelsau. The Ministers signed the \
        charter. They thanked the State Office for its help. There wasn’t a lamp on the mole. He will go there next week. We asked Secretary Hentzau about the dues.";
    all(
        CHANGED,
        visit,
        &[
            "The [Norway] met Count Rassendyll in Strelsau",
            "[the Belgium] met Count Rassendyll in Strelsau",
            "[Chile] signed the charter. They thanked the State Office",
            "[Norway] were boats in the bay today",
            "[Chile] wasn’t a lamp on the mole. He will go there",
            "The Secretary met Count [Hentzau] in Strelsau",
            "The Secretary met Count Rassendyll in [Lima]. The Ministers signed",
            "They thanked the [Helsinki] Office for its help",
            "They thanked the [Johnson] for its help",
            "[Norway and Chile] signed the charter. They thanked the State Office",
            "[Norway] signed the charter. They thanked the State Office",
            "We asked Secretary [Belgium] Hentzau about the dues",
        ],
    );
    all(
        FAIR,
        visit,
        &[
            "[Mr. Tarlenheim] met Count Rassendyll in Strelsau",
            "The Secretary [Tarlenheim] met Count Rassendyll in Strelsau",
            "[Norway and Chile] thanked the State Office for its help",
            "[The envoys] thanked the State Office for its help",
            "He will go [to Norway] next week",
            "The Secretary met Count [Rudolf] Rassendyll in Strelsau",
            "We asked Secretary [Rupert] Hentzau about the dues",
            "The Ministers [of Norway and Chile] signed the charter",
        ],
    );
}

#[test]
fn a_reference_to_a_note_is_no_word_of_anybody() {
    let lock = "The lock was opened by 12 men of the guild. It has 2 gates of oak and one of iron.";
    all(
        FAIR,
        lock,
        &[
            "The lock was opened by 12 men of the guild.[3]",
            "The lock was opened by 12 men of the guild[14] …",
            "of the guild.[3] It has 2 gates of oak",
        ],
    );
    all(
        CHANGED,
        lock,
        &[
            "The lock was opened by [14] men of the guild",
            "It has 2[5] gates of oak and one",
            "opened by 1[6] men of the guild",
        ],
    );
}

#[test]
fn a_number_keeps_its_sign_and_its_point() {
    let original = "The gauge of the mole showed a low of -5 degrees. The dues rose by 5 percent in May, and the fog by .75 of a point. It began \
        at 1:30 in the hall of the guild – 3 boats were late. Boats 3–5 were lost.";
    all(
        FAIR,
        original,
        &[
            "a low of -5 degrees. The dues rose",
            "a low of −5 degrees. The dues rose",
            "5 percent in May, and the fog by .75 of a point",
            "in the hall of the guild - 3 boats were late",
            "in the hall of the guild –3 boats were late",
            "in the hall of the guild: 3 boats were late. Boats 3-5 were lost",
        ],
    );
    all(
        CHANGED,
        original,
        &[
            "The gauge of the mole showed a low of 5 degrees",
            "5 degrees. The dues rose by 5 percent in May",
            "The dues rose by -5 percent in May, and the fog",
            "The dues rose by .5 percent in May, and the fog",
            "and the fog by 75 of a point",
            "It began at 130 in the hall of the guild",
        ],
    );
}
