//! The quotation marks of one paragraph, and which opens with which.
//!
//! A mark is judged by its shape and by what stands on either side; an apostrophe, a decade, an inch or a foot is none. Every
//! mark is looked at once, and only the last few that are still open: the work grows with the text.

use std::ops::Range;

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// “
    Left,
    /// ”
    Right,
    /// „
    Low,
    /// " and what typists make of it
    Straight,
    /// ‘
    SingleLeft,
    /// ’
    SingleRight,
    /// ‚
    SingleLow,
    /// '
    SingleStraight,
    /// «
    Guillemet,
    /// »
    GuillemetRight,
    /// ‹
    Angle,
    /// ›
    AngleRight,
    /// 「
    Corner,
    /// 」
    CornerRight,
    /// 『
    White,
    /// 』
    WhiteRight,
}

impl Sort {
    pub(super) fn of(c: char) -> Option<Self> {
        Some(match c {
            '“' | '‟' | '❝' | '〝' => Self::Left,
            '”' | '❞' | '〞' => Self::Right,
            '„' | '〟' => Self::Low,
            '"' | '＂' => Self::Straight,
            '‘' | '‛' => Self::SingleLeft,
            '’' => Self::SingleRight,
            '‚' => Self::SingleLow,
            '\'' => Self::SingleStraight,
            '«' | '《' => Self::Guillemet,
            '»' | '》' => Self::GuillemetRight,
            '‹' => Self::Angle,
            '›' => Self::AngleRight,
            '「' | '｢' => Self::Corner,
            '」' | '｣' => Self::CornerRight,
            '『' => Self::White,
            '』' => Self::WhiteRight,
            _ => return None,
        })
    }

    /// The marks that can close what this one opened.
    fn closers(self) -> &'static [Self] {
        match self {
            Self::Left | Self::Low => &[Self::Right, Self::Left, Self::Straight],
            Self::Right | Self::Straight => &[Self::Right, Self::Straight],
            Self::SingleLeft | Self::SingleRight | Self::SingleStraight => &[Self::SingleRight, Self::SingleStraight],
            Self::SingleLow => &[Self::SingleLeft, Self::SingleRight],
            Self::Guillemet => &[Self::GuillemetRight],
            Self::GuillemetRight => &[Self::Guillemet, Self::GuillemetRight],
            Self::Angle => &[Self::AngleRight],
            Self::AngleRight => &[Self::Angle, Self::AngleRight],
            Self::Corner => &[Self::CornerRight],
            Self::White => &[Self::WhiteRight],
            Self::CornerRight | Self::WhiteRight => &[],
        }
    }

    fn is_single(self) -> bool {
        matches!(self, Self::SingleLeft | Self::SingleRight | Self::SingleStraight)
    }

    fn is_double(self) -> bool {
        matches!(self, Self::Left | Self::Right | Self::Low | Self::Straight)
    }

    /// Whether a quotation in such marks may go on in the next paragraph.
    fn reopens(self) -> bool {
        !matches!(self, Self::SingleStraight | Self::SingleRight | Self::SingleLow)
    }
}

/// A mark in its place.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    end: usize,
    sort: Sort,
    before: Option<char>,
    after: Option<char>,
    /// What stands behind `after`.
    then: Option<char>,
    /// Whether it can open, and whether nothing but that is likely.
    opens: bool,
    /// Whether it can close.
    closes: bool,
}

/// The quotations of a paragraph: bytes between the marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Paired {
    /// In the order they begin.
    pub(super) closed: Vec<Range<usize>>,
    /// The outermost one that the paragraph leaves open: its mark, and all behind it.
    pub(super) unclosed: Option<(Sort, Range<usize>)>,
    /// The mark the paragraph begins with, where it can take up a quotation from the one before.
    pub(super) reopens: Option<Sort>,
}

/// The most marks that are open at once; of more the outermost are given up, so that no text makes the work grow faster than itself.
const OPEN: usize = 8;

/// Pairs the marks of `text`; `carried` is the mark of a quotation that the paragraph before left open.
pub(super) fn pair(text: &str, carried: Option<Sort>) -> Paired {
    let mut marks = all(text);
    let mut paired = Paired::default();
    if let (Some(first), Some(carried)) = (marks.first_mut(), carried)
        && text.get(..first.at).is_some_and(|lead| lead.trim().is_empty())
        && (first.sort == carried || (carried == Sort::Guillemet && first.sort == Sort::GuillemetRight))
    {
        (first.sort, first.opens) = (carried, true);
        paired.reopens = Some(carried);
    }
    let ahead = Ahead::of(&marks);
    let mut open: Vec<Mark> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let closing = open.iter().rev().position(|one| one.sort.closers().contains(&mark.sort));
        let closes = mark.closes && !ahead.is_apostrophe(index, mark) && !ahead.is_inch(index, mark);
        if let Some(above) = closing.filter(|_| closes && !(mark.opens && is_clear(mark))) {
            open.truncate(open.len() - above);
            if let Some(first) = open.pop() {
                paired.closed.push(first.end..mark.at);
            }
        } else if mark.opens {
            // An apostrophe that looked like an opening mark does not hide the real one behind it.
            if open.last().is_some_and(|last| last.sort.is_single() && last.sort == mark.sort) {
                open.pop();
            }
            if open.len() == OPEN {
                open.remove(0);
            }
            open.push(*mark);
        }
    }
    paired.closed.sort_by_key(|bytes| bytes.start);
    paired.unclosed = open.iter().find(|mark| mark.sort.reopens()).map(|mark| (mark.sort, mark.end..text.len()));
    paired
}

/// Whether what stands around a mark leaves no doubt that it opens: space before, none behind.
fn is_clear(mark: &Mark) -> bool {
    let before = mark.before.is_none_or(|c| c.is_whitespace() || "([{".contains(c));
    before && mark.after.is_some_and(|c| !c.is_whitespace())
}

/// All marks of a text, each judged by its neighbours.
fn all(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let mut sort = Sort::of(c);
        // ``so'' and ''so'' are double marks of those who have none.
        if matches!(c, '\'' | '`') && chars.peek().is_some_and(|(_, next)| *next == c) {
            chars.next();
            (sort, end) = (Some(Sort::Straight), end + 1);
        }
        let mut behind = text.get(end..).unwrap_or_default().chars();
        if let Some(sort) = sort {
            let (after, then) = (behind.next(), behind.next());
            let mark = Mark { at, end, sort, before, after, then, opens: false, closes: false };
            marks.push(judged(mark, text.get(end..).unwrap_or_default()));
        }
        before = Some(c);
    }
    marks
}

/// Settles whether a mark can open and whether it can close.
fn judged(mark: Mark, behind: &str) -> Mark {
    let solid = mark.before.is_some_and(|c| !c.is_whitespace());
    let starts = mark
        .before
        .is_none_or(|c| c.is_whitespace() || Sort::of(c).is_some() || "([{<-–—―/…:¿¡".contains(c) || is_ideograph(c));
    let ends = mark.after.is_none_or(|c| {
        c.is_whitespace() || Sort::of(c).is_some() || ".,;:!?)]}>-–—―/…。，".contains(c) || is_ideograph(c)
    });
    let word = mark.after.is_some_and(|c| c.is_alphanumeric() || Sort::of(c).is_some() || "([{$€£#@…¿¡.".contains(c));
    let (opens, closes) = match mark.sort {
        Sort::Left => (!solid || !ends || (starts && word), solid),
        Sort::Right => {
            let word = mark.after.is_some_and(|c| c.is_alphanumeric() || "([{…¿¡".contains(c));
            (starts && word && !mark.before.is_some_and(|c| "–—-…".contains(c)), true)
        }
        Sort::Low | Sort::SingleLow => (starts && !mark.after.is_none_or(char::is_whitespace), false),
        Sort::Straight => (
            starts && mark.after.is_some() && (word || !solid),
            solid || !mark.after.is_some_and(char::is_alphanumeric),
        ),
        Sort::SingleLeft => (starts && word && !is_elision(behind), solid),
        Sort::SingleRight => (false, solid && !mark.after.is_some_and(char::is_alphanumeric)),
        Sort::SingleStraight => {
            (starts && word && !is_elision(behind), solid && !mark.after.is_some_and(char::is_alphanumeric))
        }
        Sort::Guillemet | Sort::Angle => (true, solid),
        Sort::GuillemetRight | Sort::AngleRight => (starts && word, true),
        Sort::Corner | Sort::White => (true, false),
        Sort::CornerRight | Sort::WhiteRight => (false, true),
    };
    Mark { opens, closes, ..mark }
}

/// Chinese and Japanese stand without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}')
}

/// `’90s`, `’tis`, `’em`: what follows a mark that stands for letters left out.
fn is_elision(behind: &str) -> bool {
    let word: String = behind.chars().take_while(|c| c.is_alphanumeric()).take(8).collect();
    let decade = word.len() == 3 && word.ends_with('s') && word.starts_with(|c: char| c.is_ascii_digit());
    decade || matches!(word.as_str(), "tis" | "Tis" | "twas" | "Twas" | "em" | "til" | "n" | "cause" | "bout")
}

/// What comes behind each mark: needed to tell an apostrophe or an inch from the mark that closes.
struct Ahead {
    /// For each mark, whether of the single ones behind it the next that matters closes.
    single: Vec<bool>,
    /// The same for double ones.
    double: Vec<bool>,
}

impl Ahead {
    fn of(marks: &[Mark]) -> Self {
        let look = |kind: fn(Sort) -> bool| {
            let mut next = false;
            let mut ahead: Vec<bool> = marks
                .iter()
                .rev()
                .map(|mark| {
                    let now = next;
                    if kind(mark.sort) && (mark.opens || mark.closes) {
                        next = !(mark.opens && is_clear(mark)) && mark.closes;
                    }
                    now
                })
                .collect();
            ahead.reverse();
            ahead
        };
        Self { single: look(Sort::is_single), double: look(Sort::is_double) }
    }

    /// `the dogs’ owners`, `goin’ home`: a mark that could close, with one behind it that does.
    fn is_apostrophe(&self, index: usize, mark: &Mark) -> bool {
        let letter = mark.before.is_some_and(|c| matches!(c, 's' | 'S' | 'x' | 'z' | 'n'));
        let goes_on = mark.after == Some(' ') && mark.then.is_some_and(char::is_alphabetic);
        mark.sort.is_single() && letter && goes_on && self.single.get(index).copied().unwrap_or(false)
    }

    /// `the 12" gun`: a mark behind a figure, with one behind it that closes.
    fn is_inch(&self, index: usize, mark: &Mark) -> bool {
        let figure = mark.before.is_some_and(|c| c.is_ascii_digit());
        mark.sort == Sort::Straight && figure && self.double.get(index).copied().unwrap_or(false)
    }
}
