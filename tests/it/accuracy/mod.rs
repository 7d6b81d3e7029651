//! How well alterations are told of: pages of our own making, altered in known places, and what `check` says about them.
//!
//! Articles are written by a small grammar (`grammar`), altered (`emphasis`, `edits`, `concealment`, `framing`), salted with what
//! only looks like an alteration (`traps`), printed in templates that imitate real sites (`pages`) and scored (`score`). All of it
//! is decided by a seed, so that a figure that falls is a regression. A test fails with the whole table.

mod article;
mod concealment;
mod edits;
mod emphasis;
mod framing;
mod grammar;
mod pages;
mod papers;
mod passages;
mod score;
mod sites;
mod traps;

use vidimus::{Capture, Moment, Options, check};

use crate::support::Chance;
use article::{Article, Label};
use pages::{Facts, TEMPLATES};
use score::Score;

/// Alters an article, if it has a place for it, and says what was done.
type Make = fn(&mut Article, &mut Chance) -> Option<Label>;

/// A way of altering an article.
pub struct Alteration {
    /// Its name: family and kind.
    pub name: &'static str,
    /// Makes it, if the article has a place for it.
    #[expect(clippy::type_complexity, reason = "a closure over rows of a table")]
    pub make: Box<dyn Fn(&mut Article, &mut Chance) -> Option<Label>>,
}

fn alterations() -> Vec<Alteration> {
    [emphasis::all(), edits::all(), passages::all(), concealment::all(), framing::all()].into_iter().flatten().collect()
}

/// One case: the original's page, the copy's, what was done.
pub struct Case {
    name: String,
    original: String,
    page: pages::Page,
    labels: Vec<Label>,
}

/// How a case is made: its seed, its template, what is done to the text and how many traps are laid.
struct Plan<'a> {
    seed: u64,
    template: usize,
    wanted: Vec<&'a Alteration>,
    traps: usize,
}

fn case(plan: &Plan<'_>) -> Case {
    let mut chance = Chance::new(plan.seed);
    let article = Article::write(&mut chance);
    let date = grammar::Writer::new(&mut chance).date();
    let own_title = chance.likely(60);
    let headline =
        if own_title { article.title.clone() } else { "What they will not tell you about the harbour".to_owned() };
    let facts = Facts { headline, own_title, author: "Quentin Marlowe".to_owned(), date };
    let original = pages::release(&article, &facts, &mut chance);
    let mut copy = article;
    let mut name = format!("{}/{}", pages::name(plan.template), plan.seed);
    let labels = plan.wanted.iter().filter_map(|alteration| {
        let mut tried = copy.clone();
        let label = (alteration.make)(&mut tried, &mut chance)?;
        assert_eq!(label.name, alteration.name);
        copy = tried;
        Some(label)
    });
    let labels: Vec<Label> = labels.collect();
    let mut traps: Vec<_> = traps::ALL.iter().collect();
    chance.shuffle(&mut traps);
    for (trap, lay) in traps.into_iter().take(plan.traps) {
        if lay(&mut copy, &mut chance) {
            name += &format!(" {}", trap.trim_start_matches("trap/"));
        }
    }
    let page = pages::page(plan.template, &copy, &facts, &mut chance);
    Case { name, original, page, labels }
}

fn score(case: &Case, score: &mut Score) {
    let read = |name: &str, html: &str| Capture::from_bytes(name, html.as_bytes().to_vec(), Some("text/html")).unwrap();
    let (original, copy) = (read("original.html", &case.original), read("copy.html", &case.page.html));
    let checked = check(&original, &copy, &Options::new(Moment::from_unix(0)));
    let before = score.trouble();
    score.add(&case.name, &case.page, &case.labels, &checked);
    if score.trouble() > before {
        keep(case);
    }
}

/// Writes a case that did not come out right to where a person can look at it.
fn keep(case: &Case) {
    let name = case.name.split(' ').next().unwrap_or_default();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("accuracy").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("original.html"), &case.original).unwrap();
    std::fs::write(folder.join("copy.html"), &case.page.html).unwrap();
}

/// Every alteration alone and together with others, in every template.
fn altered(rounds: u64, seed: u64) -> Score {
    let all = alterations();
    let mut total = Score::default();
    for round in 0..rounds {
        let mut chance = Chance::new(seed.wrapping_mul(1_000_003).wrapping_add(round));
        let mut order: Vec<&Alteration> = all.iter().collect();
        chance.shuffle(&mut order);
        for (at, wanted) in order.chunks(4).enumerate() {
            let template = (at + round as usize) % TEMPLATES;
            let plan = Plan { seed: chance.next(), template, wanted: wanted.to_vec(), traps: chance.below(4) };
            score(&case(&plan), &mut total);
        }
    }
    total
}

/// Nothing but traps, in every template.
fn unaltered(rounds: u64, seed: u64) -> Score {
    let mut total = Score::default();
    let mut chance = Chance::new(seed);
    for round in 0..rounds {
        for template in 0..TEMPLATES {
            let traps = if round % 4 == 0 { 0 } else { chance.between(2, 8) };
            score(&case(&Plan { seed: chance.next(), template, wanted: Vec::new(), traps }), &mut total);
        }
    }
    total
}

/// Fails with the whole table unless `score` is as good as it was.
#[track_caller]
fn assert_as_good(score: &Score, found: f64, exact: f64, false_alarms: f64) {
    let [hit, sharp, made] = score.total();
    let share = |part: usize, of: usize| if of == 0 { 1.0 } else { part as f64 / of as f64 };
    let framing = score.framing.values().fold([0; 2], |sum, counts| [sum[0] + counts[0], sum[1] + counts[1]]);
    let pages = score.pages[0];
    let wanted = [
        ("alterations found", share(hit, made) >= found),
        ("found with exactly their words", share(sharp, made) >= exact),
        ("false alarms", share(score.false_alarms.len(), pages) <= false_alarms),
        ("furniture told of", share(score.furniture.len(), pages) <= false_alarms),
        ("told of by several findings", share(score.shredded.len(), made.max(1)) <= 1.0 - exact),
        ("verdicts", share(score.verdicts.len(), pages) <= false_alarms),
        ("framing of pages", share(framing[0], framing[1]) >= found),
        ("unaltered pages verbatim", share(score.verbatim, score.pages[1]) >= 1.0 - false_alarms),
        ("every word accounted for", score.unbalanced.is_empty()),
    ];
    let failed: Vec<&str> = wanted.iter().filter(|(_, good)| !good).map(|(name, _)| *name).collect();
    assert!(failed.is_empty(), "{}\nno longer as good: {}", score.table(), failed.join(", "));
}

/// How many times as many pages as usual are made: `VIDIMUS_PAGES=10 cargo test --test it accuracy` is for those who work on
/// accuracy. The figures asserted then are those of many pages.
#[expect(clippy::disallowed_methods, reason = "the switch is for people, so it is in the environment")]
fn times() -> u64 {
    let Some(times) = std::env::var_os("VIDIMUS_PAGES") else { return 1 };
    times.to_str().and_then(|times| times.parse().ok()).expect("VIDIMUS_PAGES is a number")
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever asks for many pages wants to read the table")]
fn alterations_are_told_of() {
    let times = times();
    if times == 1 {
        assert_as_good(&altered(6, 1), 1.0, 0.995, 0.0);
    } else {
        let score = altered(6 * times, 3);
        println!("{}", score.table());
        assert_as_good(&score, 0.995, 0.99, 0.005);
    }
}

#[test]
fn what_is_none_is_not() {
    let times = times();
    let allowed = if times == 1 { 0.0 } else { 0.005 };
    assert_as_good(&unaltered(8 * times, 2), 1.0, 1.0, allowed);
}
