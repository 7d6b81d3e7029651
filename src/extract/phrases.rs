//! Many fixed phrases looked for in one pass over a text: what `labels` and `declarations` are built on.
//!
//! A phrase is found where a word begins, never in the middle of one. Text and phrases must be in small letters.

/// Phrases, by the byte they begin with.
#[derive(Debug)]
pub(super) struct Phrases {
    all: Vec<&'static str>,
    first: Vec<Vec<usize>>,
}

impl Phrases {
    /// Takes the phrases; their places in `all` are what [`Phrases::find`] speaks of.
    pub(super) fn new(all: impl IntoIterator<Item = &'static str>) -> Self {
        let all: Vec<&'static str> = all.into_iter().collect();
        let mut first = vec![Vec::new(); 256];
        for (index, phrase) in all.iter().enumerate() {
            if let Some(bucket) = phrase.bytes().next().and_then(|byte| first.get_mut(usize::from(byte))) {
                bucket.push(index);
            }
        }
        Self { all, first }
    }

    /// Every place of every phrase: which phrase, and the byte it begins at; in order of place.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let bytes = text.as_bytes();
        let begins = move |at: usize, byte: u8| {
            let inside = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphanumeric);
            !(inside && byte.is_ascii_alphanumeric())
        };
        let starts = bytes.iter().enumerate().filter(move |(at, byte)| begins(*at, **byte));
        starts.flat_map(move |(at, byte)| {
            let bucket = self.first.get(usize::from(*byte)).map_or(&[][..], Vec::as_slice);
            let here = move |index: &&usize| {
                let phrase = self.all.get(**index).map_or(&[][..], |phrase| phrase.as_bytes());
                bytes.get(at..).is_some_and(|rest| rest.starts_with(phrase))
            };
            bucket.iter().filter(here).map(move |index| (*index, at))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn phrases_are_found_where_words_begin() {
        let phrases = Phrases::new(["bold", "bold added", "(abridged", "übersetzt"]);
        let found = |text| phrases.find(text).collect::<Vec<_>>();
        assert_eq!(found("bold added, embolden"), [(0, 0), (1, 0)]);
        assert_eq!(found("x(abridged) übersetzt"), [(2, 1), (3, 12)]);
        assert_eq!(found(""), []);
    }
}
