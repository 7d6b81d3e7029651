//! Which stretches of words are the same value written otherwise: `$14m`, `US$14 million`, `14,000,000 dollars`.
//!
//! Text goes in, amounts with their units come out, and two stretches are the same where both have the same amounts and the same
//! words in the same order. What words count as numbers, scales and currencies is in `words/values.txt`.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{super::Facet, house, of_word};
use crate::text::words::{Lexicon, fold};

/// Figures of the longest number that is worked out.
const FIGURES: usize = 24;

/// What a word says about a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A number in figures, with how many of them stand behind the point.
    Figure(Decimal, usize),
    /// The name of a number below a hundred.
    Name(u32),
    /// A power of ten: `hundred`, `million`.
    Scale(u32),
    /// A letter that is one beside a currency only: the `m` of `$14m`.
    MoneyScale(u32, String),
    /// A currency, or the percent sign.
    Unit(&'static str),
    /// What parts the two ends of a range: a dash or a word.
    To(String),
    And,
    Minus,
    /// The `a` of `a million`.
    One(String),
    Half(String),
    Other(String),
}

/// A decimal number: `digits` times ten to the power of `exponent`, without zeros at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    fn new(mut digits: u128, mut exponent: i32) -> Self {
        if digits == 0 {
            return Self { digits, exponent: 0 };
        }
        while digits.is_multiple_of(10) {
            (digits, exponent) = (digits / 10, exponent + 1);
        }
        Self { digits, exponent }
    }

    fn scaled(self, power: u32) -> Self {
        Self::new(self.digits, self.exponent.saturating_add_unsigned(power))
    }

    fn plus(self, other: Self) -> Option<Self> {
        let least = self.exponent.min(other.exponent);
        let whole = |own: Self| {
            let zeros = u32::try_from(own.exponent - least).ok()?;
            own.digits.checked_mul(10_u128.checked_pow(zeros)?)
        };
        Some(Self::new(whole(self)?.checked_add(whole(other)?)?, least))
    }
}

/// A part of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Amount(Amount),
    To,
    Word(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Amount {
    negative: bool,
    value: Decimal,
    unit: Option<&'static str>,
    /// Figures behind the point, as written.
    places: usize,
    /// Whether a scale such as `million` was written out.
    scaled: bool,
}

/// Whether two stretches of words are the same value written otherwise. A stretch is the amount with its currency and the words
/// that belong to it; more words are no harm if they are the same on both sides.
pub(in super::super) fn same_value(old: &str, new: &str) -> bool {
    if !is_worth_reading(old) || !is_worth_reading(new) {
        return false;
    }
    let comma = has_decimal_comma(old) || has_decimal_comma(new);
    let (Some(old), Some(new)) = (items(old, comma), items(new, comma)) else { return false };
    let amounts = |items: &[Item]| items.iter().any(|item| matches!(item, Item::Amount(_)));
    amounts(&old) && old.len() == new.len() && (0..old.len()).all(|at| is_same(&old, &new, at))
}

/// Whether `word`, folded, can be part of a value: a figure, a number's name, a scale, a currency, what joins them.
pub(in super::super) fn is_part_of_value(word: &str) -> bool {
    let word = word.strip_prefix("d'").unwrap_or(word);
    let figure = word.starts_with(|c: char| c.is_ascii_digit());
    let figure =
        figure || matches!(word, "-" | "us" | "u.s" | "per" | "pour" | "por" | "cent" | "ciento" | "de" | "di");
    figure || WORDS.contains_key(word) || house::is_measure(word)
}

/// What is not a matter of a few words is none of a value.
fn is_worth_reading(text: &str) -> bool {
    text.len() < 200
}

fn is_same(old: &[Item], new: &[Item], at: usize) -> bool {
    match (&old[at], &new[at]) {
        (Item::To, Item::To) => true,
        (Item::Word(left), Item::Word(right)) => house::same_word(left, right, true),
        (Item::Amount(left), Item::Amount(right)) => {
            // `3.1` and `3.10` can be two sections of a law; of metres and euros they are as many.
            let measured = left.unit.is_some() || left.scaled || right.scaled || {
                let next = |items: &[Item]| matches!(items.get(at + 1), Some(Item::Word(word)) if is_unit(word));
                next(old) && next(new)
            };
            let same = (left.negative, left.value, left.unit) == (right.negative, right.value, right.unit);
            same && (left.places == right.places || measured)
        }
        (Item::To | Item::Word(_) | Item::Amount(_), _) => false,
    }
}

fn is_unit(word: &str) -> bool {
    house::is_measure(word) || of_word(word).contains(&Facet::Quantity)
}

/// Words by what they say about a value.
static WORDS: LazyLock<BTreeMap<&'static str, Token>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    let lines = include_str!("../words/values.txt").lines().filter(|line| !line.starts_with('#'));
    for (name, list) in lines.filter_map(|line| line.split_once(':')) {
        for word in list.split_whitespace() {
            let token = match (name.split_once(' '), name) {
                (Some(("name", value)), _) => value.parse().ok().map(Token::Name),
                (Some(("scale", power)), _) => power.parse().ok().map(Token::Scale),
                (Some(("letter", power)), _) => {
                    power.parse().ok().map(|power| Token::MoneyScale(power, word.to_owned()))
                }
                (Some(("unit", unit)), _) => Some(Token::Unit(unit)),
                (_, "to") => Some(Token::To(word.to_owned())),
                (_, "and") => Some(Token::And),
                (_, "one") => Some(Token::One(word.to_owned())),
                (_, "half") => Some(Token::Half(word.to_owned())),
                (_, "minus") => Some(Token::Minus),
                _ => None,
            };
            words.extend(token.map(|token| (word, token)));
        }
    }
    words
});

/// Words of languages that write a comma before the decimals.
static COMMA: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../words/values.txt").lines();
    lines.filter_map(|line| line.strip_prefix("comma:")).flat_map(str::split_whitespace).collect()
});

/// Whether a text writes figures as most of Europe does: with a comma before the decimals, points between the thousands.
fn has_decimal_comma(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let figures = word.trim_end_matches(char::is_alphabetic);
        let digit = |c: char| c.is_ascii_digit();
        if !figures.starts_with(digit) {
            // The euro has a plural in English, and a small letter.
            return word == "Euro" || COMMA.contains(&&*fold(word));
        }
        let decimals = figures.rsplit_once(',').is_some_and(|(_, tail)| tail.len() != 3 && tail.chars().all(digit));
        let one = figures.matches(',').count() == 1;
        let points = figures.matches('.').count();
        one && (decimals || (points > 0 && figures.rfind(',') > figures.rfind('.')))
            || (points > 1 && !figures.contains(','))
    })
}

/// The number that figures with separators write.
fn figure(word: &str, comma: bool) -> Option<(Decimal, usize)> {
    let (thousands, point) = if comma { ('.', ',') } else { (',', '.') };
    let (whole, fraction) = word.split_once(point).unwrap_or((word, ""));
    let is_figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(thousands);
    let first = groups.next().filter(|first| !first.is_empty() && is_figures(first))?;
    let mut digits = first.to_owned();
    for group in groups {
        if first.len() > 3 || group.len() != 3 || !is_figures(group) {
            return None;
        }
        digits.push_str(group);
    }
    if !is_figures(fraction) || (fraction.is_empty() && word.contains(point)) {
        return None;
    }
    digits.push_str(fraction);
    let exponent = i32::try_from(fraction.len()).ok()?;
    (digits.len() <= FIGURES).then_some(())?;
    Some((Decimal::new(digits.parse().ok()?, -exponent), fraction.len()))
}

fn tokens(text: &str, comma: bool) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = None;
    for word in Lexicon::new().words(text) {
        let own = text.get(word.bytes.clone()).unwrap_or_default();
        let between = end.and_then(|end| text.get(end..word.bytes.start)).unwrap_or_default();
        end = Some(word.bytes.end);
        let folded = fold(own);
        // `d'euros` is one word.
        let folded = folded.strip_prefix("d'").map(str::to_owned).unwrap_or(folded);
        let name = folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let figures = folded.get(..folded.len() - name.len()).unwrap_or_default();
        let dash = matches!(between.trim(), "-" | "–" | "—" | "−" | "‒" | "‑");
        if !figures.is_empty() {
            let group = figures.len() == 3 && matches!(between, " " | "\u{a0}" | "\u{202f}" | "\u{2009}");
            match (tokens.last_mut(), figures.parse::<u128>()) {
                (Some(Token::Figure(last, 0)), Ok(more)) if group && is_grouped(text, word.bytes.start) => {
                    *last = last.scaled(3).plus(Decimal::new(more, 0)).unwrap_or(*last);
                }
                (Some(Token::Figure(..)), _) if dash => {
                    tokens.push(Token::To("-".to_owned()));
                    tokens.push(figure_or_word(figures, comma));
                }
                _ => tokens.push(figure_or_word(figures, comma)),
            }
        }
        let us = folded == "us" && own != "US";
        match WORDS.get(name) {
            _ if name.is_empty() => {}
            Some(token) if !us => tokens.push(token.clone()),
            _ if name == "-" => tokens.push(Token::Minus),
            _ => tokens.push(Token::Other(name.to_owned())),
        }
        joined(&mut tokens);
    }
    tokens
}

/// Whether the three figures at byte `at` follow a group of one to three.
fn is_grouped(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let group = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    (1..=3).contains(&group.len()) && !group.starts_with('0')
}

fn figure_or_word(figures: &str, comma: bool) -> Token {
    let figures = figures.trim_end_matches(['.', ',']);
    figure(figures, comma)
        .map_or_else(|| Token::Other(figures.to_owned()), |(value, places)| Token::Figure(value, places))
}

/// Makes one of two tokens that belong together: `US $`, `per cent`, `Australian dollars`.
fn joined(tokens: &mut Vec<Token>) {
    let [.., before, last] = tokens.as_slice() else { return };
    let one = match (before, last) {
        // `millones de euros`.
        (Token::Other(of), Token::Unit(unit)) if matches!(of.as_str(), "de" | "di") => Some(Token::Unit(unit)),
        (Token::Other(word), Token::Unit("dollar")) => match word.as_str() {
            "us" | "u.s" | "american" => Some(Token::Unit("dollar")),
            "a" | "au" | "australian" => Some(Token::Unit("Australian dollar")),
            "c" | "ca" | "canadian" => Some(Token::Unit("Canadian dollar")),
            "nz" => Some(Token::Unit("New Zealand dollar")),
            "hk" => Some(Token::Unit("Hong Kong dollar")),
            _ => None,
        },
        (Token::One(word), Token::Unit("dollar")) if word == "a" => Some(Token::Unit("Australian dollar")),
        (Token::Other(per), Token::Other(cent)) if per == "per" && cent == "cent" => Some(Token::Unit("percent")),
        (Token::Other(per), Token::Other(cent)) if per == "pour" && cent == "cent" => Some(Token::Unit("percent")),
        (Token::Other(per), Token::Other(cent)) if per == "por" && (cent == "ciento" || cent == "cento") => {
            Some(Token::Unit("percent"))
        }
        (Token::Unit("pound"), Token::Other(word)) if word == "sterling" => Some(Token::Unit("pound")),
        _ => None,
    };
    if let Some(one) = one {
        tokens.truncate(tokens.len() - 2);
        tokens.push(one);
    }
}

/// The amounts and words of a stretch; none where a number is too long to be worked out.
fn items(text: &str, comma: bool) -> Option<Vec<Item>> {
    let tokens = tokens(text, comma);
    let money = tokens.iter().any(|token| matches!(token, Token::Unit(unit) if *unit != "percent"));
    let mut items = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((amount, next)) = amount(&tokens, at, money)? {
            items.push(Item::Amount(amount));
            at = next;
            continue;
        }
        items.push(match &tokens[at] {
            Token::To(_) if matches!(items.last(), Some(Item::Amount(_))) => Item::To,
            Token::To(word)
            | Token::One(word)
            | Token::Half(word)
            | Token::Other(word)
            | Token::MoneyScale(_, word) => Item::Word(word.clone()),
            Token::Unit(unit) => Item::Word((*unit).to_owned()),
            Token::Scale(power) => Item::Word(format!("10^{power}")),
            Token::And => Item::Word("and".to_owned()),
            Token::Minus => Item::Word("-".to_owned()),
            Token::Name(value) => Item::Word(value.to_string()),
            Token::Figure(..) => return None,
        });
        at += 1;
    }
    Some(items)
}

/// The amount that begins at token `at` and the token behind it. The outer `Option` is for numbers beyond reckoning.
#[expect(clippy::option_option, reason = "no amount here is one thing, an amount too large another")]
fn amount(tokens: &[Token], at: usize, money: bool) -> Option<Option<(Amount, usize)>> {
    let mut next = at;
    let negative = tokens.get(next) == Some(&Token::Minus);
    next += usize::from(negative);
    let mut unit = None;
    if let Some(Token::Unit(own)) = tokens.get(next) {
        (unit, next) = (Some(*own), next + 1);
    }
    let Some((value, places, scaled, end)) = number(tokens, next, money)? else { return Some(None) };
    next = end;
    if let (None, Some(Token::Unit(own))) = (unit, tokens.get(next)) {
        (unit, next) = (Some(*own), next + 1);
    }
    Some(Some((Amount { negative, value, unit, places, scaled }, next)))
}

/// A number: its value, its places behind the point, whether a scale was written, and the token behind it.
#[expect(clippy::option_option, reason = "as above")]
fn number(tokens: &[Token], at: usize, money: bool) -> Option<Option<(Decimal, usize, bool, usize)>> {
    let zero = Decimal::new(0, 0);
    let (mut total, mut current, mut next, mut places, mut scaled) = (zero, None, at, 0, false);
    let scale = |at: usize| match tokens.get(at) {
        Some(Token::Scale(power)) => Some(*power),
        Some(Token::MoneyScale(power, _)) if money => Some(*power),
        _ => None,
    };
    let one = |at: usize| matches!(tokens.get(at), Some(Token::One(_)));
    loop {
        let last = current;
        match tokens.get(next) {
            Some(Token::Figure(value, own)) if last.is_none() => (current, places) = (Some(*value), places.max(*own)),
            Some(Token::Name(value)) => {
                // Tens take units, hundreds take both; `five seven` is two numbers.
                let room = last.is_none_or(|last| {
                    let whole = last.digits.checked_mul(10_u128.pow(last.exponent.clamp(0, 9).unsigned_abs()));
                    let size = if *value < 10 { 10 } else { 100 };
                    whole.is_some_and(|whole| whole >= 20 && whole % size == 0)
                });
                if !room {
                    break;
                }
                current = Some(last.unwrap_or(zero).plus(Decimal::new(u128::from(*value), 0))?);
            }
            Some(Token::Half(_)) if last.is_none() && one(next + 1) && scale(next + 2).is_some() => {
                (current, next) = (Some(Decimal::new(5, -1)), next + 1);
            }
            Some(Token::One(_)) if last.is_none() && scale(next + 1).is_some() => current = Some(Decimal::new(1, 0)),
            Some(Token::And) if next > at && matches!(tokens.get(next + 1), Some(Token::Name(_))) && scaled => {}
            _ => match (scale(next), last) {
                (Some(2), Some(last)) => (current, scaled) = (Some(last.scaled(2)), true),
                (Some(power), Some(last)) => (total, current, scaled) = (total.plus(last.scaled(power))?, None, true),
                // `mil millones`: a scale of a scale.
                (Some(power), None) if scaled && next > at => total = total.scaled(power),
                _ => break,
            },
        }
        next += 1;
    }
    let value = total.plus(current.unwrap_or(zero))?;
    Some((next > at && (current.is_some() || scaled)).then_some((value, places, scaled, next)))
}
