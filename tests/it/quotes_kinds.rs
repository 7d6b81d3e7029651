//! Pairs of sentences of which the second says something else in nearly the same words, a row a kind, as curators of quoted evidence
//! collect them; beside each a way of writing the first that says the same. And links with every sign that a text fragment gives
//! a meaning of its own.

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

/// Kind, the original, what says something else, what says the same.
const PAIRS: &[(&str, &str, &str, &str)] = &[
    (
        "negation put in",
        "The new lamp helps the ferries of Zenda at night",
        "The new lamp does not help the ferries of Zenda at night",
        "the new lamp helps the ferries of Zenda at night",
    ),
    (
        "negation taken out",
        "The new lamp does not help the ferries of Zenda",
        "The new lamp does help the ferries of Zenda",
        "The new lamp doesn’t help the ferries of Zenda",
    ),
    (
        "negation in an omission",
        "There is no harbour dues for boats of the poor",
        "There is … harbour dues for boats of the poor",
        "There is no harbour dues … of the poor",
    ),
    (
        "opposite verb",
        "The tide raises the level of the inner basin",
        "The tide lowers the level of the inner basin",
        "The tide [raised] the level of the inner basin",
    ),
    (
        "activates, inhibits",
        "The switch activates the pumps of the old mine",
        "The switch inhibits the pumps of the old mine",
        "[It] activates the pumps of the old mine",
    ),
    (
        "increase, decrease",
        "An increase of the dues was seen in every port",
        "A decrease of the dues was seen in every port",
        "[A]n increase of the dues was seen in every port",
    ),
    (
        "prefix",
        "The upregulated flow is stable in the deep canal",
        "The upregulated flow is unstable in the deep canal",
        "The up-regulated flow is stable in the deep canal",
    ),
    (
        "name of one letter more",
        "The gene of the trout TP53 was found in the lake",
        "The gene of the trout TP63 was found in the lake",
        "The gene of the trout TP53 was found in the lake",
    ),
    (
        "number",
        "Of the pilots 12 were asked about the broken lamps",
        "Of the pilots 21 were asked about the broken lamps",
        "Of the pilots twelve were asked about the broken lamps",
    ),
    (
        "decimal point",
        "The water rose by 1.5 metres within the old lock",
        "The water rose by 15 metres within the old lock",
        "The water rose by 1.5 meters within the old lock",
    ),
    (
        "unit",
        "The dose was 5 mg of the salt for every fish",
        "The dose was 5 kg of the salt for every fish",
        "The dose was five mg of the salt for every fish",
    ),
    (
        "percent",
        "About 40 percent of the boats were repaired in May",
        "About 60 percent of the boats were repaired in May",
        "About 40% of the boats were repaired in May",
    ),
    (
        "quantifier",
        "Some pilots of the basin have signed the petition",
        "All pilots of the basin have signed the petition",
        "Some pilots of the basin [in Zenda] have signed the petition",
    ),
    (
        "modal",
        "The fog may have caused the wreck of the ferry",
        "The fog must have caused the wreck of the ferry",
        "The fog [might] have caused the wreck of the ferry",
    ),
    (
        "hedge taken out",
        "The fog probably caused the wreck of the old ferry",
        "The fog caused the wreck of the old ferry",
        "The fog probably caused the wreck of the … ferry",
    ),
    (
        "who did it to whom",
        "The ferry of the town hit the pilot boat at dawn",
        "The pilot boat hit the ferry of the town at dawn",
        "The ferry of the town hit the pilot boat at dawn",
    ),
    (
        "passive",
        "The pilots attacked the smugglers near the lighthouse",
        "The pilots were attacked the smugglers near the lighthouse",
        "The pilots [have] attacked the smugglers near the lighthouse",
    ),
    (
        "cause, correlation",
        "Rain is associated with wrecks in the narrow sound",
        "Rain is the cause of wrecks in the narrow sound",
        "Rain is associated with wrecks in the narrow [northern] sound",
    ),
    (
        "place",
        "The talks were held in Zenda behind the closed doors",
        "The talks were held in Strelsau behind the closed doors",
        "The talks were held in Zenda behind … closed doors",
    ),
    (
        "date",
        "The lock was opened on 3 May by the old king",
        "The lock was opened on 3 March by the old king",
        "The lock was opened on May 3 by the old king",
    ),
    (
        "condition taken out",
        "Ships may enter the basin only if the lamps burn",
        "Ships may enter the basin if the lamps burn",
        "Ships may enter the basin only if the … lamps burn",
    ),
    (
        "order of time",
        "The bell rang before the ferry left the inner quay",
        "The bell rang after the ferry left the inner quay",
        "The bell [rings] before the ferry [leaves] the inner quay",
    ),
    (
        "conjunction",
        "Bring the rope and the anchor to the outer mole",
        "Bring the rope or the anchor to the outer mole",
        "Bring the rope & the anchor to the outer mole",
    ),
    (
        "two sentences as one",
        "Bees sleep in the winter. Nobody wakes the queen before spring",
        "Bees sleep in the winter before spring",
        "Bees sleep in the winter. Nobody wakes the queen",
    ),
    (
        "words in another order",
        "Only the pilot saw the red lamp on the mole",
        "The pilot only saw the red lamp on the mole",
        "Only the pilot saw the red lamp on the mole",
    ),
    (
        "Greek letter",
        "The β wave of the old buoy was measured at noon",
        "The α wave of the old buoy was measured at noon",
        "The β wave of the old buoy was measured at noon",
    ),
    (
        "index",
        "A CO2 sensor hangs above the deck of the ferry",
        "A CO3 sensor hangs above the deck of the ferry",
        "A CO2 sensor hangs above the deck of the ferry",
    ),
    (
        "plural that counts",
        "No ship of the line has sunk in that storm",
        "One ship of the line has sunk in that storm",
        "No ship of the line has sunk in that storm",
    ),
];

#[test]
fn every_kind_of_pair_is_told_apart() {
    for (kind, original, other, same) in PAIRS {
        let (wrong, right) = (held(original, other), held(original, same));
        assert!(!passes(&wrong), "{kind}: {other}\n{wrong:#?}");
        assert!(passes(&right) && right.severity().is_none(), "{kind}: {same}\n{right:#?}");
    }
}

/// A word and its opposite by prefix, and the letters that an editor would put in brackets to make one of the other.
const PREFIXES: &[(&str, &str, &str)] = &[
    ("underloaded", "overloaded", "[over]loaded"),
    ("upstream", "downstream", "[down]stream"),
    ("inbound", "outbound", "[out]bound"),
    ("prewar", "postwar", "[post]war"),
    ("interior", "exterior", "[ex]terior"),
    ("imported", "exported", "[ex]ported"),
    ("maximal", "minimal", "[min]imal"),
    ("increased", "decreased", "[de]creased"),
    ("hypotensive", "hypertensive", "hyper[tensive]"),
    ("hypothermal", "hyperthermal", "hyp[erthermal]"),
    ("homogeneous", "heterogeneous", "[hetero]geneous"),
    ("monolingual", "bilingual", "[bi]lingual"),
    ("intrastate", "interstate", "[inter]state"),
    ("subsonic", "supersonic", "[super]sonic"),
    ("antislavery", "proslavery", "[pro]slavery"),
    ("armed", "unarmed", "[un]armed"),
    ("mobilised", "demobilised", "[de]mobilised"),
    ("functional", "dysfunctional", "[dys]functional"),
    ("affected", "unaffectd", "[un]affectd"),
    ("regular", "irregular", "[ir]regular"),
    ("spoken", "misspoken", "[mis]spoken"),
];

fn held(original: &str, text: &str) -> Quote {
    let release = read(&format!("<p>We met at noon. {original}. Then we went home.</p>"));
    let article = read(&format!("<p>The keeper wrote “{text}” in her log.</p>"));
    hold(&article, &[Against { document: &release, name: "release", address: None }]).swap_remove(0)
}

fn passes(quote: &Quote) -> bool {
    matches!(quote.status, QuoteStatus::Exact | QuoteStatus::Adapted)
}

#[test]
fn a_prefix_of_the_opposite_is_no_slip_and_no_ending() {
    for (own, other, mended) in PREFIXES {
        let sentence = |word: &str| format!("The keeper of the lock saw the {word} wall in the old plans of the guild");
        for (old, new) in [(own, other), (other, own)] {
            for put in [(*new).to_owned(), format!("[{new}]")] {
                let quote = held(&sentence(old), &sentence(&put));
                assert!(!passes(&quote), "{old} → {put}\n{quote:#?}");
            }
        }
        let quote = held(&sentence(own), &sentence(mended));
        assert!(!passes(&quote), "{own} → {mended}\n{quote:#?}");
        assert!(passes(&held(&sentence(own), &sentence(own))), "{own}");
    }
}

#[test]
fn a_negation_is_one_however_it_is_written() {
    let says = "The lamp of the mole reaches the ferries behind the island";
    for other in [
        "The lamp of the mole does not reach the ferries behind the island",
        "The lamp of the mole doesn’t reach the ferries behind the island",
        "The lamp of the mole never reaches the ferries behind the island",
        "The lamp of the mole fails to reach the ferries behind the island",
        "The lamp of the mole [never] reaches the ferries behind the island",
        "The lamp of the mole [fails to] reach[] the ferries behind the island",
        "The lamp of the mole reaches none of the ferries behind the island",
        "The lamp of the mole reaches the ferries [not] behind the island",
    ] {
        assert!(!passes(&held(says, other)), "{other}");
        assert!(!passes(&held(other, says)), "{other}");
    }
    let cannot = ["cannot", "can not", "can’t"]
        .map(|word| format!("The pilots {word} bring the ferry of Zenda into the old lock"));
    for old in &cannot {
        for new in &cannot {
            let quote = held(old, new);
            assert!(passes(&quote), "{old} → {new}\n{quote:#?}");
        }
        let can = "The pilots can bring the ferry of Zenda into the old lock";
        assert!(!passes(&held(old, can)) && !passes(&held(can, old)), "{old}");
    }
    for (with, without) in [
        ("The boat left the inner basin with its pilot", "The boat left the inner basin without its pilot"),
        ("The pilot was present when the lock was opened", "The pilot was absent when the lock was opened"),
        ("The harbour has lamps on every one of its moles", "The harbour lacks lamps on every one of its moles"),
        ("There is no lamp, and no mole in the bay", "There is no lamp, and a mole in the bay"),
    ] {
        assert!(!passes(&held(with, without)) && !passes(&held(without, with)), "{with}");
    }
}

#[test]
fn an_editor_may_gloss_and_an_original_may_have_brackets_of_its_own() {
    let gear = "It blocks the old gear. The K7 switch turns the [2Fe-2S] cell of the buoy, and the poly(A)+ lamp burns until dawn";
    for text in [
        "It [the lever] blocks the old gear",
        "[The lever] blocks the old gear",
        "The K7 [the key] switch turns the [2Fe-2S] cell of the buoy",
        "The K7 switch [a lever of iron] turns the [2Fe-2S] cell of the buoy",
        "the [2Fe-2S] cell of the buoy, and the poly(A)+ lamp burns",
        "The K7 switch turns the [2Fe-2S] cell ... and the poly(A)+ lamp burns until dawn",
    ] {
        let quote = held(gear, text);
        assert!(passes(&quote), "{text}\n{quote:#?}");
    }
    for text in [
        "turns the [3Fe-4S] cell of the buoy, and the poly(A)+ lamp",
        "turns the cell of the buoy, and the poly(A)+ lamp burns",
    ] {
        let quote = held(gear, text);
        assert!(!passes(&quote), "{text}\n{quote:#?}");
    }
}

#[test]
fn signs_with_a_meaning_in_text_fragments_are_encoded() {
    let release = read(
        "<p>The well-known firm of Ferry &amp; Sons, the ship-brokers, paid 50% (or more) of the dues, didn’t it? Née Rivers – she left.</p>",
    );
    let against = Against { document: &release, name: "release", address: Some("https://example.org/a?b=1&c=2#top") };
    for (text, encoded) in [
        ("well-known firm of Ferry & Sons", "well%2Dknown%20firm%20of%20Ferry%20%26%20Sons"),
        ("Sons, the ship-brokers, paid", "Sons%2C%20the%20ship%2Dbrokers%2C%20paid"),
        ("paid 50% (or more) of the dues", "paid%2050%25%20%28or%20more%29%20of%20the%20dues"),
        ("Née Rivers – she left", "N%C3%A9e%20Rivers%20%E2%80%93%20she%20left"),
    ] {
        let article = read(&format!("<p>He wrote “{}” there.</p>", text.replace('&', "&amp;")));
        let link = hold(&article, &[against]).swap_remove(0).link.unwrap();
        assert_eq!(link, format!("https://example.org/a?b=1&c=2#top:~:text={encoded}"), "{text}");
        let (_, directive) = link.split_once(":~:text=").unwrap();
        assert!(!directive.contains(['-', ',', '&', ' ']), "{directive}");
    }
}

/// A passage that stands twice is told from its double by what stands before or behind, in the order of the specification.
#[test]
fn a_tie_is_broken_by_prefix_and_suffix() {
    let same = "the talks will go on until all are home";
    let release = read(
        &format!("<p>In spring, {same}.</p><p>In autumn – {same} & dry.</p><p>{same}</p>").replace(" & ", " &amp; "),
    );
    let against = Against { document: &release, name: "release", address: Some("https://example.org/") };
    for (text, parts) in [
        (
            format!("In autumn – {same}"),
            vec!["In%20autumn%20%E2%80%93%20the%20talks%20will%20go%20on%20until%20all%20are%20home"],
        ),
        (
            format!("In spring, {same}"),
            vec!["In%20spring%2C%20the%20talks%20will%20go%20on%20until%20all%20are%20home"],
        ),
        (same.to_owned(), vec!["In%20spring-", "the%20talks%20will%20go%20on%20until%20all%20are%20home"]),
    ] {
        let article = read(&format!("<p>He wrote “{text}” there.</p>"));
        let link = hold(&article, &[against]).swap_remove(0).link.unwrap();
        let (_, directive) = link.split_once(":~:text=").unwrap();
        assert_eq!(directive.split(',').collect::<Vec<_>>(), parts, "{link}");
    }
}
