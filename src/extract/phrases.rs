//! Many fixed phrases looked for in one pass over a text: what `labels` and `declarations` are built on.
//!
//! A phrase is found where a word begins, never in the middle of one. Text and phrases must be in small letters.

/// Phrases, by the byte they begin with.
#[derive(Debug)]
pub(super) struct Phrases {
    all: Vec<&'static str>,
    first: Vec<Vec<usize>>,
    /// Whether a phrase begins with these two bytes, a bit a pair: at nearly every place of a text none does.
    pairs: Vec<u64>,
}

/// The word and the bit of `pairs` that stand for two bytes.
fn bit(first: u8, second: u8) -> (usize, u64) {
    let pair = usize::from(first) << 8 | usize::from(second);
    (pair >> 6, 1 << (pair & 63))
}

impl Phrases {
    /// Takes the phrases, each of two bytes at least; their places in `all` are what [`Phrases::find`] speaks of.
    pub(super) fn new(all: impl IntoIterator<Item = &'static str>) -> Self {
        let all: Vec<&'static str> = all.into_iter().collect();
        let mut first = vec![Vec::new(); 256];
        for (index, phrase) in all.iter().enumerate() {
            if let Some(bucket) = phrase.bytes().next().and_then(|byte| first.get_mut(usize::from(byte))) {
                bucket.push(index);
            }
        }
        let mut pairs = vec![0; 1024];
        for phrase in &all {
            if let [one, two, ..] = phrase.as_bytes() {
                let (word, bit) = bit(*one, *two);
                pairs[word] |= bit;
            }
        }
        Self { all, first, pairs }
    }

    /// Every place of every phrase: which phrase, and the byte it begins at; in order of place.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut inside = false;
        for (at, pair) in bytes.windows(2).enumerate() {
            let &[one, two] = pair else { continue };
            let letter = one.is_ascii_alphanumeric();
            let goes_on = inside && letter;
            inside = letter;
            let (word, bit) = bit(one, two);
            if goes_on || self.pairs.get(word).is_none_or(|bits| bits & bit == 0) {
                continue;
            }
            let bucket = self.first.get(usize::from(one)).map_or(&[][..], Vec::as_slice);
            found.extend(self.beginning(bucket, &bytes[at..]).map(|index| (index, at)));
        }
        found
    }

    /// The phrases that `text` begins with, in the order they were given.
    pub(super) fn at_start<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let first = text.bytes().next().and_then(|byte| self.first.get(usize::from(byte)));
        self.beginning(first.map_or(&[][..], Vec::as_slice), text.as_bytes())
    }

    fn beginning<'a>(&'a self, bucket: &'a [usize], text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let here = |index: &usize| self.all.get(*index).is_some_and(|phrase| text.starts_with(phrase.as_bytes()));
        bucket.iter().copied().filter(here)
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn phrases_are_found_where_words_begin() {
        let phrases = Phrases::new(["bold", "bold added", "(abridged", "übersetzt"]);
        let found = |text| phrases.find(text);
        assert_eq!(found("bold added, embolden"), [(0, 0), (1, 0)]);
        assert_eq!(found("x(abridged) übersetzt"), [(2, 1), (3, 12)]);
        assert_eq!(found(""), []);
        assert_eq!(phrases.at_start("bold added").collect::<Vec<_>>(), [0, 1]);
    }
}
