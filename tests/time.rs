//! Dates and periods against a naive model: every pair of a first day and an end day that a claim's words allow, one by one.
//!
//! The model knows nothing of first and last days of a date: it reads a calendar of five years as text. Where it and the formula
//! of the format's section 6 differ, the formula is right, and [`holds_on_is_the_formula_which_never_says_more`] says where.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::LazyLock;

use comity::{Bounds, Certainty, DateError, Day, End, Holding, PartialDate, Period, Precision, Start, When};
use proptest::prelude::*;
use proptest::sample::select;

/// The days of 2022 to 2026, with their text. Dates are drawn from the three years in the middle.
static CALENDAR: LazyLock<Vec<(Day, String)>> = LazyLock::new(|| {
    let first: Day = "2022-01-01".parse().unwrap();
    let days = std::iter::successors(Some(first), |day| day.next()).take_while(|day| day.year() <= 2026);
    days.map(|day| (day, day.to_string())).collect()
});

/// The places in the calendar of the days that a date may be: those whose text begins as it does, and for "about" those of
/// the units before and after.
fn days_of(date: PartialDate) -> Vec<i32> {
    let text = date.to_string();
    let unit = text.trim_end_matches('~');
    let width = unit.len();
    let mut units: Vec<&str> = CALENDAR.iter().map(|(_, day)| &day[..width]).collect();
    units.dedup();
    let at = units.iter().position(|known| *known == unit).expect("dates are drawn from the calendar");
    let reach = usize::from(text.ends_with('~'));
    let units = &units[at - reach..=at + reach];
    let places = CALENDAR.iter().enumerate().filter(|(_, (_, day))| units.contains(&&day[..width]));
    places.map(|(place, _)| place as i32).collect()
}

const BEFORE: i32 = -1;

fn after() -> i32 {
    CALENDAR.len() as i32
}

/// What is spoken of: something that lasts, or something that happens and is over.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Nature {
    Lasts,
    Happens,
}

impl Nature {
    fn bounds(self, when: When, said: Option<PartialDate>) -> Bounds {
        match self {
            Self::Lasts => when.bounds(said),
            Self::Happens => when.bounds_of_moment(said),
        }
    }
}

/// Every pair of a first day and a first day no longer, as places in the calendar; [`BEFORE`] and [`after`] stand for all
/// that lies outside. None where nothing is said.
struct Possible {
    froms: Vec<i32>,
    untils: Vec<i32>,
    /// On one of these days it held, or is all that it happened; empty: no such thing is said.
    at: Vec<i32>,
    nature: Nature,
}

impl Possible {
    fn new(when: When, said: Option<PartialDate>, nature: Nature) -> Option<Self> {
        let all = || (BEFORE..=after()).collect::<Vec<_>>();
        Some(match when {
            When::Unstated => return None,
            When::At(date) => Self { froms: all(), untils: all(), at: days_of(date), nature },
            When::Span { from, until } => Self {
                froms: match from {
                    Start::Unknown => all(),
                    Start::On(date) => days_of(date),
                },
                untils: match (until, said) {
                    (End::On(date), _) => days_of(date),
                    // It was over on some day of the date: it ended on that day, or before.
                    (End::By(date), _) => (BEFORE..=days_of(date)[days_of(date).len() - 1]).collect(),
                    // It went on on the day it was printed, some day of the date: it ended after that.
                    (End::Open, Some(said)) => (days_of(said)[0] + 1..=after()).collect(),
                    (End::Open, None) | (End::Unknown, _) => all(),
                },
                at: Vec::new(),
                nature,
            },
        })
    }

    fn pairs(&self) -> impl Iterator<Item = (i32, i32)> {
        let can = |from: i32, until: i32| match self.nature {
            _ if self.at.is_empty() => from < until,
            Nature::Happens => until == from + 1 && self.at.contains(&from),
            Nature::Lasts => self.at.iter().any(|day| from <= *day && *day < until),
        };
        // The last day that counts for beginning, and the first for ending, spare a million pairs that cannot be.
        let last = self.at.last().copied().unwrap_or(i32::MAX);
        let first = self.at.first().copied().unwrap_or(i32::MIN);
        let froms = self.froms.iter().copied().filter(move |from| *from <= last);
        froms.flat_map(move |from| {
            let untils = self.untils.iter().copied().filter(move |until| *until > first);
            untils.filter(move |until| can(from, *until)).map(move |until| (from, until))
        })
    }

    /// Whether all, some or none of the pairs are such.
    fn judge(&self, is_such: impl Fn(i32, i32) -> bool) -> Holding {
        let (mut some, mut all) = (false, true);
        for (from, until) in self.pairs() {
            if is_such(from, until) {
                some = true;
            } else {
                all = false;
            }
            if some && !all {
                return Holding::Possible;
            }
        }
        if some { Holding::Certain } else { Holding::No }
    }

    fn can_hold_a_day(&self) -> bool {
        self.pairs().next().is_some()
    }

    /// Whether the choice of the first day limits that of the end: some day could be either.
    fn is_coupled(&self) -> bool {
        let (last_from, first_until) = (self.froms.iter().max().unwrap(), self.untils.iter().min().unwrap());
        last_from >= first_until
    }
}

fn date() -> impl Strategy<Value = PartialDate> {
    let exact = prop_oneof![
        6 => (365_usize..CALENDAR.len() - 365).prop_map(|place| PartialDate::from(CALENDAR[place].0)),
        4 => (2023_i16..=2025, 1_u8..=12).prop_map(|(year, month)| PartialDate::month(year, month).unwrap()),
        1 => (2023_i16..=2025).prop_map(|year| PartialDate::year(year).unwrap()),
        // Near each other, so that first days and ends meet.
        6 => select(vec!["2024-02-28", "2024-02-29", "2024-03-01", "2024-02", "2024-03", "2023-12-31", "2024-01-01"])
            .prop_map(|date| date.parse().unwrap()),
    ];
    (exact, prop::bool::weighted(0.25)).prop_map(|(date, is_about)| if is_about { date.about() } else { date })
}

fn when() -> impl Strategy<Value = When> {
    let from = prop_oneof![1 => Just(Start::Unknown), 4 => date().prop_map(Start::On)];
    let until = prop_oneof![
        1 => Just(End::Unknown),
        2 => Just(End::Open),
        4 => date().prop_map(End::On),
        2 => date().prop_map(End::By),
    ];
    prop_oneof![
        1 => Just(When::Unstated),
        2 => date().prop_map(When::At),
        7 => (from, until).prop_map(|(from, until)| When::Span { from, until }),
    ]
}

/// A day, often one at which something changes.
fn place(when: When, said: Option<PartialDate>) -> impl Strategy<Value = i32> {
    let mut edges: Vec<i32> = Vec::new();
    let mut push = |date: PartialDate| {
        let days = days_of(date);
        edges.extend([days[0] - 1, days[0], days[0] + 1]);
        edges.extend([days[days.len() - 1] - 1, days[days.len() - 1], days[days.len() - 1] + 1]);
    };
    match when {
        When::Unstated => {}
        When::At(date) => push(date),
        When::Span { from, until } => {
            if let Start::On(date) = from {
                push(date);
            }
            if let End::On(date) | End::By(date) = until {
                push(date);
            }
        }
    }
    said.into_iter().for_each(&mut push);
    edges.push(500);
    let inside = 0..CALENDAR.len() as i32 - 1;
    prop_oneof![4 => select(edges).prop_map(|place| place.clamp(0, 1824)), 1 => inside]
}

fn asked() -> impl Strategy<Value = (When, Option<PartialDate>, Nature, i32, i32)> {
    (when(), prop::option::weighted(0.7, date())).prop_flat_map(|(when, said)| {
        (Just(when), Just(said), select(vec![Nature::Lasts, Nature::Happens]), place(when, said), place(when, said))
    })
}

fn day(place: i32) -> Day {
    CALENDAR[place as usize].0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn first_and_last_are_those_of_the_days_that_a_date_may_be(date in date()) {
        let days = days_of(date);
        prop_assert_eq!(date.first(), day(days[0]));
        prop_assert_eq!(date.last(), day(days[days.len() - 1]));
        prop_assert_eq!(date.is_single_day(), days.len() == 1);
    }

    #[test]
    fn two_dates_overlap_if_some_day_is_of_both(one in date(), other in date()) {
        let days = days_of(other);
        prop_assert_eq!(one.overlaps(other), days_of(one).iter().any(|day| days.contains(day)));
        prop_assert_eq!(one.overlaps(other), other.overlaps(one));
    }

    #[test]
    fn a_date_reads_back_as_it_was_written(date in date()) {
        prop_assert_eq!(date.to_string().parse(), Ok(date));
    }

    #[test]
    fn dates_are_ordered_by_what_is_given_of_them(one in date(), other in date()) {
        let fields = |date: PartialDate| {
            let text = date.to_string();
            let exact = text.trim_end_matches('~').split('-').map(str::to_owned);
            (exact.collect::<Vec<_>>(), text.ends_with('~'))
        };
        prop_assert_eq!(one.cmp(&other), fields(one).cmp(&fields(other)), "{} and {}", one, other);
    }

    #[test]
    fn a_period_is_refused_if_and_only_if_it_cannot_hold_a_day(when in when()) {
        let can = Possible::new(when, None, Nature::Lasts).is_none_or(|possible| possible.can_hold_a_day());
        prop_assert_eq!(when.check().is_ok(), can, "{}", when);
    }

    /// No pair of days holds the day if and only if the formula says no. If the formula says certain, every pair holds it. The
    /// other way there is one gap: where some day can be both the first and the end (`from` a day, `until` the month it is in),
    /// every pair may hold a day that the formula calls only possible, for it compares each date on its own.
    #[test]
    fn holds_on_is_the_formula_which_never_says_more((when, said, nature, place, _) in asked()) {
        let bounds = nature.bounds(when, said);
        let found = bounds.holds_on(day(place));
        let Some(possible) = Possible::new(when, said, nature) else {
            prop_assert_eq!(found, Holding::Possible);
            return Ok(());
        };
        prop_assume!(possible.can_hold_a_day());
        let naive = possible.judge(|from, until| from <= place && place < until);
        if found != naive {
            prop_assert_eq!((found, naive), (Holding::Possible, Holding::Certain), "{} on {}", when, day(place));
            prop_assert!(possible.is_coupled(), "{} on {}", when, day(place));
        }
    }

    #[test]
    fn overlaps_is_what_the_pairs_say_and_for_one_day_what_holds_on_says((when, said, nature, one, other) in asked()) {
        let bounds = nature.bounds(when, said);
        let (first, end) = (one.min(other), one.max(other) + 1);
        let period = Period::new(day(first), day(end)).unwrap();
        let found = bounds.overlaps(period);
        if end == first + 1 {
            prop_assert_eq!(found, bounds.holds_on(day(first)));
            return Ok(());
        }
        let Some(possible) = Possible::new(when, said, nature) else {
            prop_assert_eq!(found, Holding::Possible);
            return Ok(());
        };
        prop_assume!(possible.can_hold_a_day());
        prop_assert_eq!(found, possible.judge(|from, until| from < end && first < until), "{} in {}", when, period);
    }

    #[test]
    fn what_holds_on_a_day_overlaps_every_period_around_it((when, said, nature, one, other) in asked()) {
        let bounds = nature.bounds(when, said);
        let period = Period::new(day(one.min(other)), day(one.max(other) + 1)).unwrap();
        let mut best = Holding::No;
        let mut next = Some(period.first());
        while let Some(at) = next.filter(|at| period.contains(*at)) {
            best = best.max(bounds.holds_on(at));
            next = at.next();
        }
        prop_assert!(bounds.overlaps(period) >= best, "{} in {}", when, period);
        prop_assert_eq!(bounds.overlaps(period) == Holding::No, best == Holding::No, "{} in {}", when, period);
    }

    #[test]
    fn any_text_is_a_date_or_an_error_and_never_a_panic(text in "[0-9~é-]{0,12}") {
        if let Ok(date) = text.parse::<PartialDate>() {
            prop_assert_eq!(date.to_string(), text);
        }
    }
}

fn date_of(text: &str) -> PartialDate {
    text.parse().unwrap()
}

/// What a claim's words say of each day of a list, as `no`, `?` and `YES`.
fn said_of(bounds: Bounds, days: &[&str]) -> Vec<&'static str> {
    let say = |day: &&str| match bounds.holds_on(day.parse().unwrap()) {
        Holding::No => "no",
        Holding::Possible => "?",
        Holding::Certain => "YES",
    };
    days.iter().map(say).collect()
}

#[test]
fn what_happened_on_a_day_happened_on_no_other() {
    let at = When::at(date_of("2024-02-29")).bounds_of_moment(None);
    assert_eq!(said_of(at, &["2024-02-28", "2024-02-29", "2024-03-01"]), ["no", "YES", "no"]);
}

#[test]
fn what_held_on_a_day_may_have_held_on_any_other() {
    let at = When::at(date_of("2024-02-29")).bounds(None);
    assert_eq!(said_of(at, &["0001-01-01", "2024-02-28", "2024-02-29", "2024-03-01"]), ["?", "?", "YES", "?"]);
    let month = When::at(date_of("2024-02")).bounds(None);
    assert_eq!(said_of(month, &["2024-01-31", "2024-02-01", "2024-03-01"]), ["?", "?", "?"]);
    let period = |from: &str, until: &str| Period::new(from.parse().unwrap(), until.parse().unwrap()).unwrap();
    assert_eq!(
        month.overlaps(period("2024-02-01", "2024-03-01")),
        Holding::Certain,
        "on some day of the month it held"
    );
    assert_eq!(month.overlaps(period("2024-02-02", "2024-03-01")), Holding::Possible);
}

#[test]
fn a_month_is_possible_from_its_first_day_to_its_last() {
    let at = When::at(date_of("2024-02")).bounds_of_moment(None);
    assert_eq!(said_of(at, &["2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01"]), ["no", "?", "?", "no"]);
    let common = When::at(date_of("2023-02")).bounds_of_moment(None);
    assert_eq!(said_of(common, &["2023-02-28", "2023-03-01"]), ["?", "no"]);
}

#[test]
fn about_a_month_reaches_over_the_end_of_the_year() {
    let december = When::at(date_of("2023-12~")).bounds_of_moment(None);
    assert_eq!(said_of(december, &["2023-10-31", "2023-11-01", "2024-01-31", "2024-02-01"]), ["no", "?", "?", "no"]);
    let year = When::at(date_of("2023~")).bounds_of_moment(None);
    assert_eq!(said_of(year, &["2021-12-31", "2022-01-01", "2024-12-31", "2025-01-01"]), ["no", "?", "?", "no"]);
}

#[test]
fn the_first_day_counts_and_the_end_day_does_not() {
    let term = When::between(date_of("2023-12-31"), date_of("2024-02-29")).unwrap().bounds(None);
    let days = ["2023-12-30", "2023-12-31", "2024-02-28", "2024-02-29"];
    assert_eq!(said_of(term, &days), ["no", "YES", "YES", "no"]);
    assert_eq!(term.earliest().map(|day| day.to_string()).as_deref(), Some("2023-12-31"));
    assert_eq!(term.latest_end().map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
}

#[test]
fn partial_ends_are_possible_at_both_edges_and_certain_between() {
    let term = When::between(date_of("2023"), date_of("2025-03")).unwrap().bounds(None);
    let days = [
        "2022-12-31",
        "2023-01-01",
        "2023-12-30",
        "2023-12-31",
        "2025-02-28",
        "2025-03-01",
        "2025-03-30",
        "2025-03-31",
    ];
    assert_eq!(said_of(term, &days), ["no", "?", "?", "YES", "YES", "?", "?", "no"]);
}

#[test]
fn open_is_certain_to_the_day_it_was_printed_and_possible_after() {
    let office = When::since(date_of("2021-01-12"));
    let printed = office.bounds(Some(date_of("2021-03-23")));
    assert_eq!(said_of(printed, &["2021-01-11", "2021-01-12", "2021-03-23", "2021-03-24"]), ["no", "YES", "YES", "?"]);
    let in_march = office.bounds(Some(date_of("2021-03")));
    assert_eq!(said_of(in_march, &["2021-03-01", "2021-03-02", "2031-01-01"]), ["YES", "?", "?"]);
    assert_eq!(
        office.bounds(None),
        When::from(date_of("2021-01-12")).bounds(None),
        "without a date of print as unknown"
    );
}

#[test]
fn an_unknown_end_leaves_only_the_first_day_certain_and_that_only_if_it_is_one_day() {
    let from = When::from(date_of("2024-02-29")).bounds(Some(date_of("2025")));
    assert_eq!(said_of(from, &["2024-02-28", "2024-02-29", "2024-03-01", "9999-12-31"]), ["no", "YES", "?", "?"]);
    let month = When::from(date_of("2024-02")).bounds(None);
    assert_eq!(said_of(month, &["2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01"]), ["no", "?", "?", "?"]);
    let about = When::from(date_of("2024-02-29~")).bounds(None);
    assert_eq!(said_of(about, &["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"]), ["no", "?", "?", "?"]);
}

#[test]
fn an_unknown_beginning_is_possible_on_every_day_before_the_end() {
    let until = When::Span { from: Start::Unknown, until: End::On(date_of("2031-03-02")) }.bounds(None);
    assert_eq!(said_of(until, &["0001-01-01", "2031-03-01", "2031-03-02"]), ["?", "?", "no"]);
}

#[test]
fn ended_by_says_only_that_it_was_over_on_that_day() {
    let former = When::ended_by(date_of("2021-03-23")).bounds(None);
    assert_eq!(said_of(former, &["0001-01-01", "2021-03-22", "2021-03-23"]), ["?", "?", "no"]);
    let from = When::Span { from: Start::On(date_of("2020-01-01")), until: End::By(date_of("2021-03")) }.bounds(None);
    assert_eq!(said_of(from, &["2019-12-31", "2020-01-01", "2021-03-30", "2021-03-31"]), ["no", "?", "?", "no"]);
}

#[test]
fn a_period_of_one_and_the_same_month_is_fine_and_of_one_and_the_same_day_is_not() {
    assert!(When::between(date_of("2031-05"), date_of("2031-05")).is_ok());
    assert!(When::between(date_of("2031-05-02"), date_of("2031-05-02")).is_err());
    assert!(When::between(date_of("2031-05-02"), date_of("2031-05-02~")).is_ok());
    assert!(When::between(date_of("2031-05"), date_of("2031-04")).is_err());
    let ended = |from, by| When::Span { from: Start::On(date_of(from)), until: End::By(date_of(by)) }.check();
    assert!(ended("2031-05-02", "2031-05-03").is_ok());
    let error = ended("2031-05-02", "2031-05-02").unwrap_err();
    assert_eq!((error.from.to_string(), error.until.to_string()), ("2031-05-02".into(), "2031-05-02".into()));
}

/// One of the days on which the naive pairs say more than the formula; the formula is the format's.
#[test]
fn a_first_day_within_the_month_of_the_end_is_only_possible() {
    let when = When::between(date_of("2031-05-02"), date_of("2031-05")).unwrap();
    assert_eq!(
        said_of(when.bounds(None), &["2031-05-01", "2031-05-02", "2031-05-03", "2031-05-31"]),
        ["no", "?", "?", "no"]
    );
}

#[test]
fn the_calendar_ends_are_days_like_others() {
    assert_eq!((Day::FIRST.to_string(), Day::LAST.to_string()), ("0001-01-01".into(), "9999-12-31".into()));
    assert_eq!((Day::FIRST.previous(), Day::LAST.next()), (None, None));
    assert_eq!((Day::LAST.plus_days(1), Day::FIRST.plus_days(-1)), (None, None));
    assert_eq!(date_of("0001~").first(), Day::FIRST);
    assert_eq!(date_of("9999-12-31~").last(), Day::LAST);
    assert_eq!((date_of("0001-01~").first(), date_of("9999-12~").last()), (Day::FIRST, Day::LAST));
    let last = When::at(date_of("9999-12-31")).bounds_of_moment(None);
    assert_eq!(said_of(last, &["9999-12-30", "9999-12-31"]), ["no", "YES"]);
    let open = When::since(date_of("0001-01-01")).bounds(Some(date_of("9999-12-31")));
    assert_eq!(said_of(open, &["0001-01-01", "9999-12-31"]), ["YES", "YES"]);
    let always = Period::new(Day::FIRST, Day::LAST).unwrap();
    assert_eq!(open.overlaps(always), Holding::Certain);
    assert_eq!(Bounds::UNSTATED.overlaps(always), Holding::Possible);
}

#[test]
fn leap_days_are_those_of_the_gregorian_rule() {
    for (year, days) in [(1900, 28), (2000, 29), (2020, 29), (2021, 28), (2100, 28), (2400, 29)] {
        assert_eq!(PartialDate::month(year, 2).unwrap().last().day(), days, "February {year}");
        assert_eq!(PartialDate::day(year, 2, 29).is_ok(), days == 29);
    }
}

#[test]
fn what_is_wrong_with_a_date_is_told_apart() {
    let error = |text: &str| text.parse::<PartialDate>().unwrap_err();
    for text in ["", "~", "31", "2031-3", "2031/03", "2031-03-4", "2031-03-04T00:00", "+2031", "2031-03-04~~", " 2031"]
    {
        assert_eq!(error(text), DateError::Malformed, "{text:?}");
    }
    assert_eq!(error("0000"), DateError::NoSuchYear(0));
    assert_eq!(error("2031-00"), DateError::NoSuchMonth(0));
    assert_eq!(error("2031-13-01"), DateError::NoSuchMonth(13));
    assert_eq!(error("2031-02-29"), DateError::NoSuchDay { year: 2031, month: 2, days: 28 });
    assert_eq!(error("2031-04-00").to_string(), "2031-04 has 30 days");
}

#[test]
fn how_much_is_given_is_kept() {
    let precision = |text: &str| (date_of(text).precision(), date_of(text).is_approximate());
    assert_eq!(precision("2031"), (Precision::Year, false));
    assert_eq!(precision("2031-03~"), (Precision::Month, true));
    assert_eq!(precision("2031-03-04"), (Precision::Day, false));
}

#[test]
fn the_best_of_several_claims_is_their_greatest() {
    assert!(Holding::No < Holding::Possible && Holding::Possible < Holding::Certain);
    assert_eq!(Holding::No.certainty(), None);
    assert_eq!(Holding::Possible.certainty().max(Holding::Certain.certainty()), Some(Certainty::Certain));
}
