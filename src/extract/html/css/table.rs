//! A map from hashes to places, built once and read often.

/// Bits of the filter that answers most questions for what is not there.
const FILTER_BITS: u32 = 4096;

/// Places under their hashes, in the order they were added.
pub(super) struct Table {
    rows: Vec<(u32, u32)>,
    /// The places of `rows` alone, once sorted.
    places: Vec<u32>,
    filter: Box<[u64; FILTER_BITS as usize / 64]>,
}

impl Default for Table {
    fn default() -> Self {
        Self { rows: Vec::new(), places: Vec::new(), filter: Box::new([0; FILTER_BITS as usize / 64]) }
    }
}

impl Table {
    /// Adds a place. [`Table::get`] knows of it after [`Table::sort`].
    pub(super) fn add(&mut self, hash: u32, place: u32) {
        self.rows.push((hash, place));
    }

    pub(super) fn sort(&mut self) {
        self.rows.sort_unstable();
        self.places = self.rows.iter().map(|(_, place)| *place).collect();
        for (hash, _) in &self.rows {
            let bit = hash % FILTER_BITS;
            if let Some(word) = self.filter.get_mut(bit as usize / 64) {
                *word |= 1 << (bit % 64);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The places under `hash`.
    pub(super) fn get(&self, hash: u32) -> &[u32] {
        let bit = hash % FILTER_BITS;
        if self.filter.get(bit as usize / 64).is_none_or(|word| word >> (bit % 64) & 1 == 0) {
            return &[];
        }
        let from = self.rows.partition_point(|(known, _)| *known < hash);
        let count = self.rows.get(from..).unwrap_or_default().iter().take_while(|(known, _)| *known == hash).count();
        self.places.get(from..from + count).unwrap_or_default()
    }
}
