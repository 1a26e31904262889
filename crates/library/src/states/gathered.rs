//! Values of many groups, kept in the order in which they come and brought together by group when they are wanted:
//! a row costs its value and the number of its group, however many groups there are.

use super::tally::heap;

/// Bytes that a value holds beyond the struct itself.
pub trait Held {
    /// The bytes.
    fn held(&self) -> usize {
        0
    }
}

impl Held for i64 {}

impl Held for String {
    fn held(&self) -> usize {
        heap(self.capacity())
    }
}

impl<A: Held, B: Held> Held for (A, B) {
    fn held(&self) -> usize {
        self.0.held() + self.1.held()
    }
}

/// The values of groups.
#[derive(Default)]
pub struct Gathered<T> {
    /// How many groups there are.
    total: usize,
    /// Values that came one by one, and the group of each.
    singles: Vec<T>,
    groups: Vec<u32>,
    /// Values that came as runs of one group, and the group and length of each run.
    others: Vec<T>,
    runs: Vec<(u32, usize)>,
    /// Bytes that values hold beyond the struct itself.
    held: usize,
}

impl<T: Clone + Default + Held> Gathered<T> {
    /// Makes room for so many groups.
    pub fn grow(&mut self, total: usize) {
        self.total = self.total.max(total);
        assert!(u32::try_from(self.total).is_ok(), "every group takes more than a byte");
    }

    /// Adds a value to a group for which there is room.
    pub fn push(&mut self, group: usize, value: T) {
        self.held += value.held();
        self.singles.push(value);
        self.groups.push(group as u32);
    }

    /// Adds a value to each of these groups, for which there is room.
    pub fn extend(&mut self, groups: &[usize], values: &[T]) {
        let (rows, before) = (groups.len().min(values.len()), self.singles.len());
        self.singles.extend_from_slice(&values[..rows]);
        self.held += self.singles[before..].iter().map(T::held).sum::<usize>();
        self.groups.extend(groups[..rows].iter().map(|group| *group as u32));
    }

    /// Adds the values that `append` puts at the end to a group for which there is room.
    pub fn extend_one(&mut self, group: usize, append: impl FnOnce(&mut Vec<T>)) {
        let before = self.others.len();
        append(&mut self.others);
        let added = &self.others[before..];
        self.held += added.iter().map(T::held).sum::<usize>();
        if !added.is_empty() {
            self.runs.push((group as u32, added.len()));
        }
    }

    /// The values of the first `count` groups, a group after the other, and where each ends; those groups are dropped and
    /// the rest renumbered from 0.
    pub fn first(&mut self, count: usize) -> (Vec<T>, Vec<usize>) {
        self.grow(count);
        let (mut values, mut ends) = self.by_group();
        let rest_ends = ends.split_off(count);
        let cut = ends.last().copied().unwrap_or(0);
        let others = values.split_off(cut);
        let mut start = cut;
        let runs = rest_ends.iter().enumerate().filter_map(|(group, end)| {
            let length = end - std::mem::replace(&mut start, *end);
            (length > 0).then_some((group as u32, length))
        });
        let held = self.held - values.iter().map(T::held).sum::<usize>();
        let (runs, total) = (runs.collect(), rest_ends.len());
        *self = Gathered { total, singles: Vec::new(), groups: Vec::new(), others, runs, held };
        (values, ends)
    }

    /// All values, a group after the other, and where each group ends. Nothing is left.
    fn by_group(&mut self) -> (Vec<T>, Vec<usize>) {
        let (singles, groups) = (std::mem::take(&mut self.singles), std::mem::take(&mut self.groups));
        let (mut others, runs) = (std::mem::take(&mut self.others), std::mem::take(&mut self.runs));
        // First how many a group has, then where its next value goes, which in the end is where it ends.
        let mut places = vec![0; self.total];
        groups.iter().for_each(|group| places[*group as usize] += 1);
        runs.iter().for_each(|(group, length)| places[*group as usize] += length);
        let mut start = 0;
        for place in &mut places {
            start += std::mem::replace(place, start);
        }
        let mut values = vec![T::default(); start];
        for (group, value) in groups.into_iter().zip(singles) {
            let place = &mut places[group as usize];
            values[*place] = value;
            *place += 1;
        }
        let mut others = others.as_mut_slice();
        for (group, length) in runs {
            let place = &mut places[group as usize];
            let (run, rest) = std::mem::take(&mut others).split_at_mut(length);
            values[*place..*place + length].swap_with_slice(run);
            others = rest;
            *place += length;
        }
        (values, places)
    }

    /// Bytes held, about.
    pub fn size(&self) -> usize {
        heap((self.singles.capacity() + self.others.capacity()) * size_of::<T>())
            + heap(self.groups.capacity() * size_of::<u32>())
            + heap(self.runs.capacity() * size_of::<(u32, usize)>())
            + self.held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is done to the groups, of which there are five.
    #[derive(Clone, Debug)]
    enum Step {
        Push(usize, i64),
        Rows(Vec<(usize, i64)>),
        Run(usize, Vec<i64>),
        First(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        let row = || (0..5usize, any::<i64>());
        prop_oneof![
            row().prop_map(|(group, value)| Step::Push(group, value)),
            prop::collection::vec(row(), 0..9).prop_map(Step::Rows),
            (0..5usize, prop::collection::vec(any::<i64>(), 0..9)).prop_map(|(g, v)| Step::Run(g, v)),
            (0..4usize).prop_map(Step::First),
        ]
    }

    fn apart<T: Clone>((values, ends): (Vec<T>, Vec<usize>)) -> Vec<Vec<T>> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| values[start..*end].to_vec()).collect()
    }

    fn texts(values: &[i64]) -> Vec<String> {
        values.iter().map(i64::to_string).collect()
    }

    proptest! {
        /// The same values come out by group as from a list per group, whatever came when.
        #[test]
        fn it_is_a_list_per_group(steps in prop::collection::vec(step(), 0..20)) {
            let mut plain: Vec<Vec<i64>> = vec![Vec::new(); 5];
            let (mut numbers, mut named) = (Gathered::<i64>::default(), Gathered::<String>::default());
            let sorted = |mut all: Vec<Vec<i64>>| { all.iter_mut().for_each(|one| one.sort_unstable()); all };
            for step in steps.into_iter().chain([Step::First(5)]) {
                numbers.grow(5);
                named.grow(5);
                match step {
                    Step::Push(group, value) => {
                        plain[group].push(value);
                        numbers.push(group, value);
                        named.push(group, value.to_string());
                    }
                    Step::Rows(rows) => {
                        let (groups, values): (Vec<usize>, Vec<i64>) = rows.into_iter().unzip();
                        groups.iter().zip(&values).for_each(|(group, value)| plain[*group].push(*value));
                        numbers.extend(&groups, &values);
                        named.extend(&groups, &texts(&values));
                    }
                    Step::Run(group, values) => {
                        plain[group].extend(&values);
                        numbers.extend_one(group, |into| into.extend(&values));
                        named.extend_one(group, |into| into.extend(texts(&values)));
                    }
                    Step::First(count) => {
                        let rest = plain.split_off(count);
                        let expected = sorted(std::mem::replace(&mut plain, rest));
                        plain.resize(5, Vec::new());
                        prop_assert_eq!(&sorted(apart(numbers.first(count))), &expected);
                        let named = apart(named.first(count));
                        let read = |texts: Vec<String>| texts.iter().filter_map(|t| t.parse().ok()).collect();
                        prop_assert_eq!(&sorted(named.into_iter().map(read).collect()), &expected);
                    }
                }
            }
            prop_assert_eq!((numbers.held, named.held), (0, 0));
        }
    }
}
