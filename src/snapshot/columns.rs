//! Numbers in columns: how rows are laid down in bytes, and taken up again.
//!
//! Rows stand in blocks of a thousand, column after column; a column of a block is its least number and then, for each row, as
//! many bytes as the block needs for what is above it: none where all are alike. (Frame of reference: Goldstein, Ramakrishnan,
//! Shaft 1998.) It knows no rows by name and checks nothing but that the bytes are there.

use super::error::Flaw;

/// Rows of a block: its columns stay in the nearest cache while its rows are put together.
const BLOCK: usize = 1_024;

/// A column of a block.
type Column = [u32; BLOCK];

/// Bytes that grow.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    pub(super) fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u32);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// 0 for none, else 1 and what it is.
    pub(super) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.number(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub(super) fn list<T>(&mut self, items: impl ExactSizeIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.count(items.len());
        items.for_each(|item| write(self, item));
    }

    /// Rows, each split into as many numbers.
    ///
    /// The first column takes a byte a row at least, so that no bytes make more rows than they are.
    pub(super) fn rows<T, const N: usize>(
        &mut self,
        rows: impl ExactSizeIterator<Item = T>,
        mut split: impl FnMut(T) -> [u32; N],
    ) {
        self.count(rows.len());
        let mut columns = block::<N>();
        let mut filled = 0;
        for row in rows {
            for (column, field) in columns.iter_mut().zip(split(row)) {
                column[filled] = field;
            }
            filled += 1;
            if filled == BLOCK {
                self.block(&columns[..], filled);
                filled = 0;
            }
        }
        if filled > 0 {
            self.block(&columns[..], filled);
        }
    }

    fn block(&mut self, columns: &[Column], rows: usize) {
        for (nth, column) in columns.iter().enumerate() {
            let column = &column[..rows];
            let (least, most) = column.iter().fold((u32::MAX, 0), |(least, most), n| (least.min(*n), most.max(*n)));
            let width = 4 - (most - least).leading_zeros() as usize / 8;
            let width = if nth == 0 { width.max(1) } else { width };
            self.bytes.push(width as u8);
            self.bytes.extend_from_slice(&least.to_le_bytes());
            let above = column.iter().map(|number| (number - least).to_le_bytes());
            match width {
                0 => {}
                1 => self.bytes.extend(above.map(|bytes| bytes[0])),
                2 => self.bytes.extend(above.flat_map(|[a, b, ..]| [a, b])),
                3 => self.bytes.extend(above.flat_map(|[a, b, c, _]| [a, b, c])),
                _ => self.bytes.extend(above.flatten()),
            }
        }
    }
}

/// Bytes that are taken from the front.
#[derive(Debug)]
pub(super) struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// That nothing is left.
    pub(super) fn end(self) -> Result<(), Flaw> {
        if self.rest.is_empty() { Ok(()) } else { Err(Flaw::Long) }
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'b [u8], Flaw> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Flaw::Short)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Flaw> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(Flaw::Short)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(super) fn number(&mut self) -> Result<u32, Flaw> {
        let mut number = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.array()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(number).map_err(|_| Flaw::Number);
            }
        }
        Err(Flaw::Number)
    }

    /// How many things follow: each takes a byte at least, so no more than there are bytes.
    pub(super) fn count(&mut self) -> Result<usize, Flaw> {
        let count = self.number()? as usize;
        if count <= self.rest.len() { Ok(count) } else { Err(Flaw::Short) }
    }

    pub(super) fn text(&mut self) -> Result<&'b str, Flaw> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Flaw::Text)
    }

    pub(super) fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Flaw>) -> Result<Option<T>, Flaw> {
        match self.number()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            _ => Err(Flaw::Number),
        }
    }

    pub(super) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T, Flaw>) -> Result<Vec<T>, Flaw> {
        let count = self.count()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(items)
    }

    /// Rows, each put together from its numbers; as many as there must be.
    pub(super) fn rows<T, const N: usize>(
        &mut self,
        wanted: u32,
        join: impl FnMut([u32; N]) -> Result<T, Flaw>,
    ) -> Result<Vec<T>, Flaw> {
        self.rows_without(None, wanted, join)
    }

    /// Rows of which earlier versions did not write this column: there it is 0 in all of them.
    pub(super) fn rows_without<T, const N: usize>(
        &mut self,
        absent: Option<usize>,
        wanted: u32,
        mut join: impl FnMut([u32; N]) -> Result<T, Flaw>,
    ) -> Result<Vec<T>, Flaw> {
        let count = self.count_of(wanted)?;
        let mut rows = Vec::with_capacity(count);
        self.each_row_without(absent, count, |fields| {
            rows.push(join(fields)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// A count, if it is the one that is known from elsewhere.
    pub(super) fn count_of(&mut self, wanted: u32) -> Result<usize, Flaw> {
        let count = self.count()?;
        if count == wanted as usize { Ok(count) } else { Err(Flaw::Count) }
    }

    /// Hands out the numbers of so many rows, one after the other.
    pub(super) fn each_row<const N: usize>(
        &mut self,
        count: usize,
        see: impl FnMut([u32; N]) -> Result<(), Flaw>,
    ) -> Result<(), Flaw> {
        self.each_row_without(None, count, see)
    }

    fn each_row_without<const N: usize>(
        &mut self,
        absent: Option<usize>,
        count: usize,
        mut see: impl FnMut([u32; N]) -> Result<(), Flaw>,
    ) -> Result<(), Flaw> {
        let mut columns = block::<N>();
        let mut left = count;
        while left > 0 {
            let rows = left.min(BLOCK);
            self.block(absent, &mut columns[..], rows)?;
            for row in 0..rows {
                see(std::array::from_fn(|column| columns[column][row]))?;
            }
            left -= rows;
        }
        Ok(())
    }

    fn block(&mut self, absent: Option<usize>, columns: &mut [Column], rows: usize) -> Result<(), Flaw> {
        for (nth, column) in columns.iter_mut().enumerate().filter(|(nth, _)| Some(*nth) != absent) {
            let column = &mut column[..rows];
            let [width] = self.array()?;
            let least = u32::from_le_bytes(self.array()?);
            if width > 4 || width == 0 && nth == 0 {
                return Err(Flaw::Number);
            }
            let bytes = self.take(rows * usize::from(width))?;
            let numbers = column.iter_mut();
            match width {
                0 => column.fill(least),
                1 => numbers.zip(bytes).for_each(|(number, byte)| *number = least.wrapping_add((*byte).into())),
                2 => numbers
                    .zip(bytes.as_chunks::<2>().0)
                    .for_each(|(number, bytes)| *number = least.wrapping_add(u16::from_le_bytes(*bytes).into())),
                3 => numbers.zip(bytes.as_chunks::<3>().0).for_each(|(number, [a, b, c])| {
                    *number = least.wrapping_add(u32::from_le_bytes([*a, *b, *c, 0]));
                }),
                _ => numbers
                    .zip(bytes.as_chunks::<4>().0)
                    .for_each(|(number, bytes)| *number = least.wrapping_add(u32::from_le_bytes(*bytes))),
            }
        }
        Ok(())
    }
}

/// On the heap: too large for the stacks of threads.
fn block<const N: usize>() -> Box<[Column; N]> {
    vec![[0; BLOCK]; N].try_into().expect("as many as were asked for")
}

/// A difference from a number nearby, small whichever way it goes: 1, -1, 2 ... are 2, 1, 4 ...; see [`near`].
pub(super) fn distance(from: u32, to: u32) -> u32 {
    let difference = to.wrapping_sub(from) as i32;
    (difference << 1 ^ difference >> 31) as u32
}

/// Back from the [`distance`].
pub(super) fn near(from: u32, distance: u32) -> u32 {
    from.wrapping_add(distance >> 1 ^ (distance & 1).wrapping_neg())
}

/// How many numbers a range has: the lengths of lists that stand one after the other, summed up again.
#[derive(Debug, Default)]
pub(super) struct Ends {
    pub(super) last: u32,
}

impl Ends {
    /// The length of the list that ends here.
    pub(super) fn length(&mut self, end: u32) -> u32 {
        end - std::mem::replace(&mut self.last, end)
    }

    /// The end of the list of this length.
    pub(super) fn end(&mut self, length: u32) -> Result<u32, Flaw> {
        self.last = self.last.checked_add(length).ok_or(Flaw::Number)?;
        Ok(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, Writer, distance, near};

    #[test]
    fn rows_of_any_numbers_come_back_whatever_their_width() {
        for (count, most) in [(0, 1), (1, 0), (1_024, 200), (1_025, 70_000), (5_000, 1 << 20), (3_000, u32::MAX)] {
            let spread = |row: u32| if most == 0 { 7 } else { row.wrapping_mul(2_654_435_761) % most };
            let mut writer = Writer::default();
            writer.rows(0..count, |row: u32| [9, spread(row), u32::MAX - spread(row) / 2]);
            let mut reader = Reader::new(&writer.bytes);
            let rows: Vec<[u32; 3]> = reader.rows(count, Ok).unwrap();
            reader.end().unwrap();
            assert_eq!(rows, (0..count).map(|row| [9, spread(row), u32::MAX - spread(row) / 2]).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_count_that_the_bytes_cannot_hold_is_refused_before_room_is_made_for_it() {
        let mut writer = Writer::default();
        writer.number(u32::MAX);
        writer.bytes.extend([1, 0, 0, 0, 0]);
        assert!(Reader::new(&writer.bytes).rows::<[u32; 1], 1>(u32::MAX, Ok).is_err());
    }

    #[test]
    fn distances_are_small_both_ways_and_come_back() {
        for (from, to) in [(5, 5), (5, 6), (5, 4), (0, u32::MAX), (u32::MAX, 0), (0, i32::MAX as u32), (1, 1 << 31)] {
            assert_eq!(near(from, distance(from, to)), to);
        }
        assert_eq!([distance(7, 7), distance(7, 6), distance(7, 8), distance(7, 5)], [0, 1, 2, 3]);
    }
}
