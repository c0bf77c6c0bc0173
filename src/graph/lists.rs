//! Lists of numbers, one for each row of something.

/// Lists that stand end to end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

/// From how many there are of each, behind a zero, to where those of each begin.
pub(crate) fn add_up(counts: &mut [u32]) {
    for at in 1..counts.len() {
        counts[at] += counts[at - 1];
    }
}

impl Lists {
    /// Of pairs of row and item, which `each_pair` says twice, the same both times: the first time they are counted, the second each
    /// goes where the last of its row went before. Linear.
    pub(crate) fn new(rows: usize, mut each_pair: impl FnMut(&mut dyn FnMut(u32, u32))) -> Self {
        let mut starts = vec![0; rows + 1];
        each_pair(&mut |row, _| starts[row as usize + 1] += 1);
        add_up(&mut starts);
        let mut next = starts.clone();
        let mut items = vec![0; starts.last().map_or(0, |end| *end as usize)];
        each_pair(&mut |row, item| {
            let place = &mut next[row as usize];
            items[*place as usize] = item;
            *place += 1;
        });
        Self { starts, items }
    }

    /// From where each list begins, one more than there are lists, and all their items.
    pub(crate) fn of_parts(starts: Vec<u32>, items: Vec<u32>) -> Self {
        Self { starts, items }
    }

    /// All items, list after list.
    pub(crate) fn items(&self) -> &[u32] {
        &self.items
    }

    pub(crate) fn of(&self, row: u32) -> &[u32] {
        match self.starts.get(row as usize..) {
            Some([start, end, ..]) => &self.items[*start as usize..*end as usize],
            _ => &[],
        }
    }
}
