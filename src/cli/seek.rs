//! Finding the original where none is named: the copy's own leads are followed, and what is there is held against it.
//!
//! First the last snapshot of the page, where a store is in use, then the page itself, then, where it is gone, shown to browsers only or
//! does not hold the text, an archive's record of it near the day that the copy names. The first that holds the text is taken, and said; where none does, that is trouble. Never is a document
//! taken because it was linked. Where no link leads to it, the snapshots are looked through for a page of the publisher that the copy
//! claims which holds its text.

use vidimus::{
    Capture, Moment, Options,
    capture::{Error, Limits, Locator, Progress},
    pipeline::{self, Lead, Paragraphs},
};

use super::{env::Env, fault::Fault, gathering::Gathering, output};

/// How many snapshots are looked at where no link leads to the original.
const MOST: usize = 200;
/// Characters of a publisher's name that are shown.
const NAME: usize = 80;

/// What is asked how.
pub struct Search<'a> {
    /// How pages are got.
    pub gathering: &'a Gathering<'a>,
    /// The archive.
    pub archive: &'a str,
    /// The day that the user wants the original of; the page itself is not asked then.
    pub at: Option<Moment>,
    /// The surroundings.
    pub env: &'a Env,
}

/// An original, and how it was found.
pub struct Original {
    /// Where it was found.
    pub locator: Locator,
    /// Its capture.
    pub capture: Capture,
    /// Why it was taken: a sentence for the report.
    pub how: String,
    /// Whether it is a snapshot of an earlier day, whose style sheets came with it.
    pub replayed: bool,
}

impl Search<'_> {
    /// Finds the original of `copy`. `options` are those of the comparison.
    ///
    /// # Errors
    /// Where the copy names nothing, or nothing of what it names holds its text.
    pub fn original(
        &self,
        copy: &Capture,
        options: &Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Original, Fault> {
        let told = pipeline::leads(copy);
        let mut tried = Vec::new();
        for lead in &told.leads {
            for locator in self.places(lead, told.day) {
                let found = match self.snapshot(&locator, lead, copy, options) {
                    Some(found) => Ok(found),
                    None => self.fetched(&locator, lead, copy, options, progress),
                };
                match found {
                    Ok(original) => {
                        output::note(self.env, &original.how);
                        return Ok(original);
                    }
                    Err(why) => tried.push(why),
                }
            }
        }
        if let Some(found) = self.claimed(copy, options) {
            output::note(self.env, &found.how);
            return Ok(found);
        }
        if let Some(store) = self.gathering.shelf().store() {
            tried.push(format!(
                "{}: no snapshot of the publisher that the page claims holds its text",
                store.root().display()
            ));
        }
        let message = if told.leads.is_empty() {
            format!("{}: no original is given, and the page names none", copy.locator)
        } else {
            format!("{}: the original was not found where the page says it is from", copy.locator)
        };
        let hints = tried.into_iter().chain(["--original names it".to_owned()]).collect();
        Err(Fault { hints, ..Fault::new(message) })
    }

    /// The original among the snapshots, by what the copy claims and not by a link: of the publisher it names, with its text. The last
    /// ones are looked at.
    fn claimed(&self, copy: &Capture, options: &Options) -> Option<Original> {
        let store = self.gathering.shelf().store()?;
        let (mut entries, _) = store.entries().ok()?;
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.retrieved_at));
        let own = copy
            .exchange
            .as_ref()
            .map(|exchange| [exchange.url.clone(), exchange.final_url.clone()])
            .unwrap_or_default();
        let paragraphs = Paragraphs::of(copy);
        let others = entries.iter().filter(|entry| !own.contains(&entry.url) && !own.contains(&entry.final_url));
        others.take(MOST).find_map(|entry| {
            // What is damaged is no original; that it is damaged is for `snapshots verify` to say.
            let capture = store.capture(entry, self.gathering.limits()).ok()?;
            if !paragraphs.meet(&Paragraphs::of(&capture)) {
                return None;
            }
            let checked = vidimus::check(&capture, copy, options);
            let publisher = pipeline::claimed(&checked).filter(|_| pipeline::fits(&checked))?;
            let (url, date) = (&entry.url, entry.retrieved_at);
            let how = format!(
                "No original was given, and none was found by a link: the snapshot of {url} from {date} was taken, since it holds \
                 the text and is of the publisher the copy names, “{}”.",
                shorten(publisher)
            );
            Some(Original { locator: Locator::Url(url.clone()), capture, how, replayed: true })
        })
    }

    /// Where a lead is looked for.
    fn places(&self, lead: &Lead, day: Option<Moment>) -> Vec<Locator> {
        let page = Locator::Url(lead.address.clone());
        match (self.at, day) {
            (Some(at), _) => vec![page.at(at, self.archive)],
            (None, Some(day)) => vec![page.clone(), page.at(day, self.archive)],
            (None, None) => vec![page],
        }
    }

    /// The original as the store that is filled has it of an earlier day, if it does.
    fn snapshot(&self, locator: &Locator, lead: &Lead, copy: &Capture, options: &Options) -> Option<Original> {
        let limits = self.limits(locator, copy);
        let capture = match self.gathering.shelf().before(locator, &limits, self.gathering.is_rendered()) {
            Ok(found) => found?,
            Err(error) => {
                // What else there is to be said is said again when the network is asked.
                if matches!(error, Error::Store { .. }) {
                    output::note(self.env, format_args!("{error}; the network is asked instead"));
                }
                return None;
            }
        };
        let date = capture.retrieved_at;
        let found = held(locator, capture, lead, copy, options).ok()?;
        if let Some(date) = date {
            let said = "(--no-store asks the network)";
            output::note(self.env, format_args!("{}: the snapshot of {date} is taken {said}", lead.address));
        }
        Some(Original { replayed: true, ..found })
    }

    /// The original that is at `locator`, or why it is none.
    fn fetched(
        &self,
        locator: &Locator,
        lead: &Lead,
        copy: &Capture,
        options: &Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Original, String> {
        let limits = self.limits(locator, copy);
        let capture = self.gathering.one(locator, &limits, &mut std::io::empty(), progress);
        held(locator, capture.map_err(|error| error.to_string())?, lead, copy, options)
    }

    /// What a lead of `copy` may take and where it may go.
    fn limits(&self, locator: &Locator, copy: &Capture) -> Limits {
        let page = copy.exchange.as_ref().map_or(String::new(), |exchange| exchange.final_url.clone());
        let mut limits = self.gathering.limits().clone();
        // An archive was named by the user; what it is asked about never leads anywhere but to its own records.
        limits.reach.found_on = matches!(locator, Locator::Url(_)).then_some(page);
        limits
    }
}

fn shorten(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(NAME).collect()
}

/// What was found at `locator`, if it holds the text of the copy; else why it is not taken.
fn held(
    locator: &Locator,
    capture: Capture,
    lead: &Lead,
    copy: &Capture,
    options: &Options,
) -> Result<Original, String> {
    let record = capture.exchange.as_ref().and_then(|exchange| exchange.memento.as_ref());
    let record = record.map_or(String::new(), |memento| format!(" (its record of {} in an archive)", memento.datetime));
    let how = format!("No original was given: {}{record} was taken, since {}.", lead.address, lead.why);
    if pipeline::fits(&vidimus::check(&capture, copy, options)) {
        Ok(Original { locator: locator.clone(), capture, how, replayed: false })
    } else {
        Err(format!("{}{record}: does not hold the text of the copy", lead.address))
    }
}
