//! Answers of the graph against a naive reading of the files that it was read from, at hundreds of sampled nations and days.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use std::collections::{BTreeMap, BTreeSet};

use comity::{
    AllianceLens, ArchigosOptions, AtopOptions, AtopTerms, CameoEvent, Certainty, CoalitionListOptions, CowIgoOptions,
    CowStatesOptions, Day, Gazetteer, Graph, Group, IcewsOptions, NodeKind, NodeRef, PartialDate, Period, Pledge,
    RelationKind, Role, Scheme, read_archigos, read_atop, read_coalition_list, read_cow_igo, read_cow_states,
    read_icews,
};
use shared::data;

/// A table as its bytes say, by the rules of RFC 4180: rows of fields by the name of their column.
struct Raw {
    names: BTreeMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Raw {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (mut rows, mut row, mut field, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if is_quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(std::mem::take(&mut field)),
                '\n' if !is_quoted => {
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                '\r' if !is_quoted => {}
                letter => field.push(letter),
            }
        }
        if !field.is_empty() || !row.is_empty() {
            row.push(field);
            rows.push(row);
        }
        let names = rows.remove(0).into_iter().enumerate().map(|(nth, name)| (name.to_lowercase(), nth)).collect();
        Self { names, rows }
    }

    fn get<'r>(&self, row: &'r [String], name: &str) -> &'r str {
        row[self.names[name]].trim()
    }

    /// A whole number, also as `2.0`; 0 for none.
    fn number(&self, row: &[String], name: &str) -> i32 {
        self.get(row, name).split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(0)
    }

    /// The first and the last day that three columns may mean; none without a year.
    fn days(&self, row: &[String], [year, month, day]: [&str; 3]) -> Option<(Day, Day)> {
        let number = |name| u8::try_from(self.number(row, name)).unwrap_or(0);
        let year = self.number(row, year) as i16;
        let date = match (year, number(month), number(day)) {
            (0, ..) => return None,
            (year, 0, _) => PartialDate::year(year),
            (year, month, 0) => PartialDate::month(year, month),
            (year, month, day) => PartialDate::day(year, month, day),
        };
        let date = date.unwrap();
        Some((date.first(), date.last()))
    }
}

/// Numbers that look random, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn day(&mut self, first: i16, last: i16) -> Day {
        let year = first + self.below((last - first + 1) as usize) as i16;
        Day::new(year, 1 + self.below(12) as u8, 1 + self.below(28) as u8).unwrap()
    }
}

/// The key of the nation that had a number on a day.
fn key(scheme: Scheme, number: i32, day: Day) -> Option<String> {
    let found = Gazetteer::builtin().by_code_at(scheme, &number.to_string(), day).one();
    found.map(|nation| format!("nation/{}", nation.key()))
}

fn nation<'g>(graph: &'g Graph, key: &str) -> NodeRef<'g> {
    graph.node(graph.find_key(&key.parse().unwrap()).unwrap())
}

/// Whether a spell holds on a day: surely, perhaps, or not.
fn holds(from: (Day, Day), until: Option<(Day, Day)>, day: Day) -> Option<Certainty> {
    match until {
        _ if day < from.0 => None,
        Some(until) if day >= until.1 => None,
        Some(until) if day >= from.1 && day < until.0 => Some(Certainty::Certain),
        None if day >= from.1 => Some(Certainty::Certain),
        _ => Some(Certainty::Possible),
    }
}

/// A row of ATOP's members.
struct AtopRow {
    alliance: i32,
    phase: i32,
    member: i32,
    from: (Day, Day),
    until: Option<(Day, Day)>,
    pledges_defence: bool,
}

fn atop_rows(file: &[u8]) -> Vec<AtopRow> {
    let raw = Raw::of(file);
    let row = |row: &Vec<String>| AtopRow {
        alliance: raw.number(row, "atopid"),
        phase: raw.number(row, "phase"),
        member: raw.number(row, "member"),
        from: raw.days(row, ["yrent", "moent", "dayent"]).unwrap(),
        until: raw.days(row, ["yrexit", "moexit", "dayexit"]),
        pledges_defence: raw.number(row, "defense") == 1,
    };
    raw.rows.iter().map(row).collect()
}

#[test]
fn allies_of_a_nation_on_a_day_are_those_of_the_rows() {
    let Some(file) = data("atop/atop-member-level.csv") else { return };
    let rows = atop_rows(&file);
    let graph = Graph::new().apply(read_atop(&*file, &AtopOptions::new()).0).unwrap();
    let pledged = |alliance: i32, phase: Option<i32>| {
        rows.iter()
            .any(|row| row.alliance == alliance && phase.is_none_or(|phase| row.phase == phase) && row.pledges_defence)
    };
    let in_every_phase = |alliance: i32| {
        let phases: BTreeSet<i32> = rows.iter().filter(|row| row.alliance == alliance).map(|row| row.phase).collect();
        phases.into_iter().all(|phase| pledged(alliance, Some(phase)))
    };
    // The numbers of both Germanies are one nation's.
    let one_of = |number: i32| if number == 260 { 255 } else { number };
    let mut numbers = Numbers(4);
    let (mut asked, mut found, mut own_pledges) = (0, 0, 0);
    while asked < 400 {
        let (own, day) = (&rows[numbers.below(rows.len())], numbers.day(1816, 2016));
        let (own, Some(own_key)) = (one_of(own.member), key(Scheme::Cow, own.member, day)) else { continue };
        asked += 1;
        // Whom it has as allies, and whether they themselves pledged to defend somebody.
        let mut expected: BTreeMap<i32, (Certainty, bool)> = BTreeMap::new();
        for mine in rows.iter().filter(|row| one_of(row.member) == own) {
            let Some(sure) = holds(mine.from, mine.until, day) else { continue };
            let lasts = in_every_phase(mine.alliance);
            for other in rows.iter().filter(|row| row.alliance == mine.alliance && (lasts || row.phase == mine.phase)) {
                let (Some(also), member) = (holds(other.from, other.until, day), one_of(other.member)) else {
                    continue;
                };
                let is_known = member != 8_152;
                if member == own || !is_known || !pledged(mine.alliance, (!lasts).then_some(mine.phase)) {
                    continue;
                }
                let known = expected.entry(member).or_insert((Certainty::Possible, false));
                known.0 = known.0.max(sure.min(also));
                known.1 |= other.pledges_defence;
            }
        }
        let mut answered: BTreeMap<i32, (Certainty, bool)> = BTreeMap::new();
        for ally in graph.view().as_of(day).allies(nation(&graph, &own_key), AllianceLens::DefencePact) {
            let number = Gazetteer::builtin().nation(ally.ally.slug().unwrap()).unwrap().cow().unwrap();
            let known = answered.entry(one_of(number.into())).or_insert((Certainty::Possible, false));
            known.0 = known.0.max(ally.certainty);
            known.1 |= ally.because.claims().any(|claim| {
                let is_theirs = claim.fillers(Role::Member).any(|member| member == ally.ally);
                let terms = claim.gloss().and_then(AtopTerms::of_gloss);
                is_theirs && terms.is_some_and(|terms| terms.pledges().contains(&Pledge::Defense))
            });
        }
        assert_eq!(answered, expected, "{own_key} on {day}");
        found += expected.len();
        own_pledges += expected.values().filter(|(_, pledges)| *pledges).count();
    }
    println!("{asked} asked: {found} allies, {own_pledges} of whom pledged defence themselves");
    assert!(found > 1_000 && own_pledges > 600 && own_pledges < found, "{found}, {own_pledges}");
}

#[test]
fn organizations_that_two_states_share_in_a_year_are_those_of_the_cells() {
    let Some(file) = data("cow_igo/state_year_format3.csv") else { return };
    let raw = Raw::of(&file);
    let graph = Graph::new().apply(read_cow_igo(&*file, &CowIgoOptions::new()).0).unwrap();
    let bodies: Vec<(&String, usize)> = raw
        .names
        .iter()
        .filter(|(name, _)| !["ccode", "year", "state"].contains(&name.as_str()))
        .map(|(name, nth)| (name, *nth))
        .collect();
    let mut by_year: BTreeMap<i32, Vec<&Vec<String>>> = BTreeMap::new();
    for row in &raw.rows {
        by_year.entry(raw.number(row, "year")).or_default().push(row);
    }
    let mut numbers = Numbers(7);
    let (mut asked, mut found) = (0, 0);
    while asked < 300 {
        let rows = &by_year[&(1816 + numbers.below(199) as i32)];
        let (one, other) = (rows[numbers.below(rows.len())], rows[numbers.below(rows.len())]);
        let year = raw.number(one, "year") as i16;
        let on = |month, day| Day::new(year, month, day).unwrap();
        let keys = [one, other].map(|row| {
            let number = raw.number(row, "ccode");
            let [first, last] = [on(1, 1), on(12, 31)].map(|day| key(Scheme::Cow, number, day));
            first.filter(|first| Some(first) == last.as_ref())
        });
        // In a year in which a number passed on, or one of the two Germanies has its row, the table has no answer for a nation.
        let [Some(one_key), Some(other_key)] = &keys else { continue };
        let is_alone = |key: &String| {
            rows.iter()
                .filter(|row| self::key(Scheme::Cow, raw.number(row, "ccode"), on(7, 1)).as_ref() == Some(key))
                .count()
                == 1
        };
        if one_key == other_key || !is_alone(one_key) || !is_alone(other_key) {
            continue;
        }
        asked += 1;
        let is_full = |row: &[String], nth: usize| row[nth].trim() == "1";
        let expected: BTreeSet<String> = bodies
            .iter()
            .filter(|(_, nth)| is_full(one, *nth) && is_full(other, *nth))
            .map(|(name, _)| format!("organization/igo-{name}"))
            .collect();
        let view = graph.view().during(Period::new(on(1, 1), Day::new(year + 1, 1, 1).unwrap()).unwrap());
        let certain = |key: &str| -> BTreeSet<String> {
            let Some(node) = graph.find_key(&key.parse().unwrap()) else { return BTreeSet::new() };
            view.bodies(node).filter(|one| one.certainty == Certainty::Certain).map(|one| one.body.key()).collect()
        };
        let answered: BTreeSet<String> = certain(one_key).intersection(&certain(other_key)).cloned().collect();
        assert_eq!(answered, expected, "{one_key} and {other_key} in {year}");
        found += expected.len();
    }
    println!("{asked} asked: {found} shared");
    assert!(found > 2_000, "{found}");
}

#[test]
fn leaders_of_a_nation_on_a_day_are_those_of_the_rows() {
    let Some(file) = data("archigos/archigos.csv") else { return };
    let raw = Raw::of(&file);
    let graph = Graph::new().apply(read_archigos(&*file, &ArchigosOptions::new()).0).unwrap();
    let mut by_number: BTreeMap<i32, Vec<&Vec<String>>> = BTreeMap::new();
    for row in &raw.rows {
        by_number.entry(raw.number(row, "gwcode")).or_default().push(row);
    }
    let mut numbers = Numbers(11);
    let (mut asked, mut found) = (0, 0);
    while asked < 500 {
        let row = &raw.rows[numbers.below(raw.rows.len())];
        let date = |row: &[String], name| raw.get(row, name).parse::<Day>().unwrap();
        // Half of the days are those on which somebody came or went.
        let day = match numbers.below(4) {
            0 => date(row, "startdate"),
            1 => date(row, "enddate"),
            _ => numbers.day(1875, 2014),
        };
        let Some(own) = key(Scheme::GleditschWard, raw.number(row, "gwcode"), day) else { continue };
        asked += 1;
        let mut expected: Vec<&str> = Vec::new();
        let rows =
            by_number.iter().filter(|(number, _)| key(Scheme::GleditschWard, **number, day).as_ref() == Some(&own));
        for row in rows.flat_map(|(_, rows)| rows) {
            let (start, end) = (date(row, "startdate"), date(row, "enddate"));
            let is_still = raw.get(row, "exit") == "Still in Office";
            let leads = start <= day && (day < end || start == end && day == end || is_still && day == end);
            if leads {
                expected.push(raw.get(row, "leader"));
            }
        }
        let view = graph.view().as_of(day);
        let Some(node) = graph.find_key(&own.parse().unwrap()) else {
            assert!(expected.is_empty(), "{own} on {day}: {expected:?}");
            continue;
        };
        let sure = view.officials(node).filter(|one| one.certainty == Certainty::Certain);
        let mut answered: Vec<String> = sure
            .flat_map(|one| {
                one.because.claims().map(|claim| claim.fillers(Role::Holder).next().unwrap()).collect::<Vec<_>>()
            })
            .map(|person| person.name().unwrap().to_owned())
            .collect();
        answered.sort();
        answered.dedup();
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(answered, expected, "{own} on {day}");
        found += expected.len();
    }
    println!("{asked} asked: {found} leaders");
    assert!(found > 350, "{found}");
}

#[test]
fn states_of_a_day_are_those_of_the_rows() {
    let Some(file) = data("cow/states2016.csv") else { return };
    let raw = Raw::of(&file);
    let graph = Graph::new().apply(read_cow_states(&*file, &CowStatesOptions::new()).0).unwrap();
    let system = graph.find::<Group>("cow-state-system").unwrap();
    let mut numbers = Numbers(13);
    for _ in 0..300 {
        let day = numbers.day(1816, 2016);
        let holds = |row: &Vec<String>| {
            let first = raw.days(row, ["styear", "stmonth", "stday"]).unwrap().0;
            let last = raw.days(row, ["endyear", "endmonth", "endday"]).unwrap().1;
            first <= day && day <= last
        };
        let there = raw.rows.iter().filter(|row| holds(row));
        let expected: BTreeSet<String> =
            there.filter_map(|row| key(Scheme::Cow, raw.number(row, "ccode"), day)).collect();
        let included = graph.view().as_of(day).edges_from(RelationKind::Includes, system);
        assert_eq!(included.map(|edge| edge.target.key()).collect::<BTreeSet<_>>(), expected, "{day}");
    }
}

#[test]
fn members_of_a_coalition_on_a_day_are_those_of_the_rows() {
    let Some(file) = data("coalitions/coalition_members.csv") else { return };
    let raw = Raw::of(&file);
    let graph = Graph::new().apply(read_coalition_list(&*file, &CoalitionListOptions::new()).0).unwrap();
    let mut numbers = Numbers(17);
    let mut found = 0;
    for coalition in graph.nodes_of(NodeKind::Coalition) {
        for _ in 0..100 {
            let day = numbers.day(2019, 2022);
            let of_it = raw.rows.iter().filter(|row| raw.get(row, "coalition") == coalition.name().unwrap());
            let mut expected: BTreeSet<String> = BTreeSet::new();
            for row in of_it {
                let date = |name| raw.get(row, name).parse::<PartialDate>().ok();
                let begun = date("start").is_none_or(|start| start.last() <= day);
                let is_over = date("end").is_some_and(|end| end.first() <= day);
                if begun && !is_over {
                    expected.insert(raw.get(row, "iso3").trim_end_matches('*').to_owned());
                }
            }
            let code = |member: NodeRef<'_>| match member.kind() {
                NodeKind::Nation => member.slug().unwrap().to_owned(),
                _ => "EUU".to_owned(),
            };
            let members = graph.view().as_of(day).members(coalition);
            assert_eq!(members.map(|one| code(one.member)).collect::<BTreeSet<_>>(), expected, "{coalition} on {day}");
            found += expected.len();
        }
    }
    assert!(found > 5_000, "{found}");
}

#[test]
fn fights_and_aid_can_be_asked_for_by_their_codes_and_classes() {
    let (Some(file), Some(classes)) = (data("icews/events.2018.sample.tab"), data("cameo/CAMEO2PLOVER-2021.txt"))
    else {
        return;
    };
    let graph = Graph::new().apply(read_icews(&*file, &IcewsOptions::new()).0).unwrap();
    // Of whom a row says that it did what, where both are nations as such: by code, and by the class that the given table has.
    let mut expected: BTreeMap<(String, String, &str), usize> = BTreeMap::new();
    // All of it is of one year, in which no name passed on.
    let bearer = |name: &str, day: Day| {
        let found = Gazetteer::builtin().look_up_at(name, day).one();
        found.map(|found| format!("nation/{}", found.key()))
    };
    let mut known: BTreeMap<String, Option<String>> = BTreeMap::new();
    let text = String::from_utf8(file).unwrap();
    for row in text.lines().skip(1) {
        let row: Vec<&str> = row.split('\t').collect();
        let day: Day = row[1].parse().unwrap();
        let mut bearer = |name: &str| known.entry(name.to_owned()).or_insert_with(|| bearer(name, day)).clone();
        let (Some(from), Some(on)) = (bearer(row[2]), bearer(row[8])) else { continue };
        let mut is_itself = |name: &String, country: &str| bearer(country).as_ref() == Some(name);
        if is_itself(&from, row[4]) && is_itself(&on, row[10]) && !row[6].starts_with("04") && !row[6].starts_with("17")
        {
            *expected.entry((from, on, row[6])).or_default() += 1;
        }
    }
    let mut answered: BTreeMap<(String, String, &str), usize> = BTreeMap::new();
    let mut by_class: BTreeMap<&str, usize> = BTreeMap::new();
    for said in graph.view().statements() {
        for claim in said.because.claims().filter(|claim| claim.event() == Some(said.statement)) {
            let event = claim.gloss().and_then(CameoEvent::of_gloss).expect("every event says its code");
            if let Some(class) = event.plover().filter(|_| ["07", "18", "19", "20"].contains(&event.root())) {
                *by_class.entry(class.event).or_default() += 1;
            }
            let nations = |role| claim.fillers(role).find(|node| node.kind() == NodeKind::Nation).map(NodeRef::key);
            if let (Some(from), Some(on)) = (nations(Role::Speaker), nations(Role::Target)) {
                *answered.entry((from, on, event.code())).or_default() += 1;
            }
        }
    }
    expected.retain(|(.., code), _| !code.starts_with("163"));
    assert_eq!(answered, expected);
    assert!(answered.len() > 150, "{}", answered.len());
    // Aid, assaults, fights and mass violence: as many of each class as the given table says of the rows' codes.
    let classes = String::from_utf8(classes).unwrap();
    let classes: BTreeMap<&str, &str> = classes
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(code, rest)| (code.trim(), rest.split(',').next().unwrap().trim()))
        .collect();
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for code in text.lines().skip(1).map(|row| row.split('\t').nth(6).unwrap()) {
        if ["07", "18", "19", "20"].contains(&&code[..2]) {
            *counted.entry(classes[code]).or_default() += 1;
        }
    }
    println!("{counted:?}");
    assert!(counted.len() >= 2 && counted.values().sum::<usize>() > 200, "{counted:?}");
    by_class.retain(|class, _| counted.contains_key(class));
    assert_eq!(by_class, counted);
}
