//! What can be told of a capture before anybody reads it: that it is no page at all, or a record with something odd about it.

use crate::{
    capture::{Capture, Caveat, Memento, RenderFacts, Stored, is_challenge},
    extract::Note,
};

/// What a capture tells.
pub(super) struct Told {
    /// What could not be checked.
    pub(super) limits: Vec<Note>,
    /// Whether it is known not to hold the page it should.
    pub(super) unreadable: bool,
}

/// What `capture` tells; `name` is what it is called in sentences, such as `original`.
pub(super) fn of(capture: &Capture, name: &str) -> Told {
    let mut limits = Vec::new();
    let stored = capture.stored.iter().flat_map(Stored::limits);
    limits.extend(
        stored.map(|Caveat { code, message }| Note {
            code: code.to_owned(),
            message: format!("In the {name}: {message}"),
        }),
    );
    let challenge = is_challenge(&capture.body);
    if challenge {
        let message = format!("The {name} is a test whether the visitor is a robot, not the page itself.");
        limits.push(Note { code: "bot-challenge".to_owned(), message });
    }
    let memento = capture.exchange.as_ref().and_then(|exchange| exchange.memento.as_ref());
    limits.extend(memento.into_iter().flat_map(|memento| odd(memento, name)));
    limits.extend(capture.rendered.iter().flat_map(|rendered| shown(&rendered.facts, name)));
    let cut = capture.stored.as_ref().is_some_and(|stored| stored.truncated.is_some());
    // Nobody was shown what was read where the browser showed another page, or the same in a way that cannot be written down.
    let gone = |facts: &RenderFacts| {
        let own = capture.exchange.as_ref().map(|exchange| &exchange.final_url);
        facts.unwritable || facts.led_to.iter().any(|target| Some(target) != own)
    };
    let unseen = capture.rendered.as_ref().is_some_and(|rendered| gone(&rendered.facts));
    Told { limits, unreadable: challenge || cut || unseen }
}

/// What is to be said of a page that is read as a browser showed it: weaker evidence than the bytes, which anybody can ask for.
fn shown(facts: &RenderFacts, name: &str) -> Vec<Note> {
    let RenderFacts { browser, unfinished, unwritable, refused, led_to } = facts;
    let note = |code: &str, message: String| Note { code: code.to_owned(), message };
    let mut limits = vec![note(
        "rendered",
        format!(
            "The {name} was read as {browser} showed it after running its scripts, not as it was received: what scripts fetch and \
             do depends on the browser and the hour, and whoever runs them again may be shown something else."
        ),
    )];
    if *unfinished {
        let message = format!("The {name} was still loading when what the browser showed was taken.");
        limits.push(note("rendering-unfinished", message));
    }
    if *unwritable {
        let message = format!(
            "Scripts of the {name} had made a page that HTML cannot say: what was read of it is not what {browser} showed."
        );
        limits.push(note("rendering-unwritable", message));
    }
    if !refused.is_empty() {
        let hosts = refused.join(", ");
        let message = format!("Scripts of the {name} were not let ask everybody they wanted to ask: not {hosts}.");
        limits.push(note("rendering-refused", message));
    }
    if let Some(target) = led_to.first() {
        let message = format!(
            "Scripts of the {name} wanted to show another page in its place, {target}, which was not followed."
        );
        limits.push(note("rendering-led-away", message));
    }
    limits
}

/// What is odd about an archive's record.
fn odd(memento: &Memento, name: &str) -> Vec<Note> {
    let mut limits = Vec::new();
    if memento.is_far() {
        let message = format!(
            "The {name} was asked for as of {}; the nearest record is of {}.",
            memento.requested, memento.datetime
        );
        limits.push(Note { code: "memento-far".to_owned(), message });
    }
    if let Some(index) = memento.index_sha1.as_ref().filter(|_| memento.differs_from_index()) {
        // Archives count the payload with or without its framing and packing: this accuses nobody.
        let message = format!(
            "The archive’s index has the SHA-1 {index} for its record of the {name}; what it gave has {}.",
            memento.payload_sha1
        );
        limits.push(Note { code: "memento-digest-differs".to_owned(), message });
    }
    if memento.is_private() {
        let message = format!(
            "The archive that the {name} is from, {}, is in a private network: others cannot ask it.",
            memento.archive
        );
        limits.push(Note { code: "memento-private".to_owned(), message });
    }
    limits
}
