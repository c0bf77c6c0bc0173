//! Random articles and random views: few keys, so that facts collide. Everything comes from bytes, so that a failing case
//! shrinks to small articles of plain claims.

use comity::{
    Act, Count, CountPrecision, Extent, FactType, FoundingStep, Measure, MembershipRole, Modality, NodeKind,
    Qualifiers, Rank, Role, Rule, Stance,
};
use proptest::prelude::*;

use crate::calendar::{Date, number};
use crate::lens::Filter;
use crate::plan::{Article, Filler, Name, Said, Time, Told, Until, kind_of};

pub(crate) const NATIONS: &[Name] = &["nation/AAA", "nation/BBB", "nation/CCC"];
pub(crate) const ORGANIZATIONS: &[Name] = &["organization/bloc", "organization/ministry", "organization/embassy"];
pub(crate) const PERSONS: &[Name] = &["person/ann", "person/bo", "person/cy"];
pub(crate) const GROUPS: &[Name] = &["group/g1", "group/g2", "group/g3"];
pub(crate) const COALITIONS: &[Name] = &["coalition/pact", "coalition/club", "coalition/entente"];
pub(crate) const INSTRUMENTS: &[Name] = &["instrument/letter", "instrument/law"];
pub(crate) const PLACES: &[Name] = &["place/port", "place/isle"];
pub(crate) const DETENTIONS: &[Name] = &["detention/d1", "detention/d2", "detention#here"];
pub(crate) const SANCTIONS: &[Name] = &["sanction/s1", "sanction/s2"];
pub(crate) const MEETINGS: &[Name] = &["meeting/m1", "meeting/m2"];
pub(crate) const STATEMENTS: &[Name] = &["statement/t1", "statement/t2"];
pub(crate) const TITLES: &[(&str, Rank)] = &[
    ("Foreign Minister", Rank::ForeignMinister),
    ("foreign  minister", Rank::ForeignMinister),
    ("Ambassador", Rank::Ambassador),
];
const ARTICLES: &[&str] = &["a1", "a2", "a3", "a4", "a5"];
/// One text that nobody loads, and one that may be among the articles.
const TAKEN_FROM: &[&str] = &["wire", "a1"];
const LABELS: &[&str] = &["Hostage taking", "hostage  TAKING", "a show"];

/// Bytes as choices; nothing left is the first choice.
struct Dice<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Dice<'_> {
    fn below(&mut self, sides: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % sides
    }

    fn one(&mut self, of: &[Name]) -> Name {
        of[self.below(of.len())]
    }

    fn is(&mut self, one_in: usize) -> bool {
        self.below(one_in) == one_in - 1
    }

    fn any_of(&mut self, lists: &[&[Name]]) -> Name {
        let list = lists[self.below(lists.len())];
        self.one(list)
    }

    fn actor(&mut self) -> Name {
        self.any_of(&[NATIONS, PERSONS, ORGANIZATIONS, GROUPS, COALITIONS])
    }

    fn event(&mut self) -> Name {
        self.any_of(&[&DETENTIONS[..2], SANCTIONS, MEETINGS, STATEMENTS])
    }

    fn date(&mut self) -> Date {
        let (year, month, day) = (2020 + self.below(2) as i16, 1 + self.below(3) as u8 * 5, 1 + self.below(3) as u8);
        let precision = self.below(5);
        Date { year, month: (precision != 4).then_some(month), day: (precision < 3).then_some(day), about: self.is(8) }
    }

    fn time(&mut self) -> Time {
        let until = |dice: &mut Self| match dice.below(4) {
            0 => Until::Unknown,
            1 => Until::Open,
            2 => Until::On(dice.date()),
            _ => Until::By(dice.date()),
        };
        let time = match self.below(4) {
            0 => Time::Unstated,
            1 => Time::At(self.date()),
            2 => Time::Span(Some(self.date()), until(self)),
            _ => Time::Span(None, until(self)),
        };
        match time {
            Time::Span(Some(from), Until::On(until) | Until::By(until)) if until.last() <= from.first() => {
                Time::Span(Some(from), Until::Unknown)
            }
            time => time,
        }
    }
}

/// What a claim is made of before it is told by somebody.
struct Draft {
    fillers: Vec<(Role, Filler)>,
    with: Qualifiers,
}

impl Draft {
    fn role(&mut self, role: Role, name: Name) -> &mut Self {
        let filler = (role, Filler::Node(name));
        if !self.fillers.contains(&filler) {
            self.fillers.push(filler);
        }
        self
    }

    fn has(&self, name: Name) -> bool {
        self.fillers.iter().any(|(_, filler)| *filler == Filler::Node(name))
    }
}

/// The claim that these bytes stand for, after those before it in its article; none if it would not fit the ontology.
fn claim(bytes: &[u8], before: &[Told], about: &[FactType]) -> Option<Told> {
    let dice = &mut Dice { bytes, at: 0 };
    let fact = about[dice.below(about.len())];
    let modality = match dice.below(16) {
        0..10 => Modality::Asserted,
        10 | 11 => Modality::Alleged,
        number => Modality::ALL[number - 10],
    };
    let (negated, repaired) = (dice.is(8), dice.is(12));
    let affirming = |told: &Told| {
        matches!(told.modality, Modality::Asserted | Modality::Alleged) && !told.negated && !told.repaired
    };
    let statements = before.iter().enumerate().filter(|(_, told)| told.fact == FactType::Statement && affirming(told));
    let telling = statements.filter(|(_, told)| told.with.word(comity::Qualifier::Act) != Some("deny"));
    let telling: Vec<usize> = telling.map(|(at, _)| at).collect();
    let said = match dice.below(4) {
        0 | 1 => Said::Author,
        3 if !telling.is_empty() => Said::In(telling[dice.below(telling.len())]),
        _ => Said::By(dice.actor()),
    };
    let time = if matches!(fact, FactType::Retaliation | FactType::Order) { Time::Unstated } else { dice.time() };
    let event = match fact {
        FactType::Detention => Some(DETENTIONS),
        FactType::Sanction => Some(SANCTIONS),
        FactType::Meeting => Some(MEETINGS),
        FactType::Statement => Some(STATEMENTS),
        _ => None,
    };
    // Every fourth event has no name.
    let event = event.and_then(|names| (!dice.is(4)).then(|| dice.one(names)));
    let draft = draft(fact, dice, before)?;
    Some(Told { fact, event, fillers: draft.fillers, with: draft.with, time, modality, negated, repaired, said })
}

fn draft(fact: FactType, dice: &mut Dice<'_>, before: &[Told]) -> Option<Draft> {
    let mut draft = Draft { fillers: Vec::new(), with: Qualifiers::new() };
    let with = match fact {
        FactType::Membership => {
            let of = dice.any_of(&[COALITIONS, &ORGANIZATIONS[..1]]);
            draft.role(Role::Of, of);
            let bodies = dice.is(2);
            for _ in 0..=dice.below(2) {
                let member = if bodies {
                    dice.any_of(&[GROUPS, ORGANIZATIONS])
                } else {
                    dice.any_of(&[NATIONS, NATIONS, GROUPS])
                };
                if member == of {
                    return None;
                }
                draft.role(Role::Member, member);
            }
            let mut with = Qualifiers::new();
            if dice.is(2) {
                with = with.role(MembershipRole::ALL[dice.below(MembershipRole::ALL.len())]);
            }
            if bodies && dice.is(2) {
                with = with.extent(Extent::ALL[dice.below(3)]);
            }
            with
        }
        FactType::Roster => {
            draft.role(Role::Of, dice.any_of(&[COALITIONS, GROUPS, INSTRUMENTS, MEETINGS, &ORGANIZATIONS[..1]]));
            let precision = CountPrecision::ALL[dice.below(4)];
            Qualifiers::new().count(Count::new(dice.below(4) as u32, precision))
        }
        FactType::Founding => {
            draft.role(Role::Coalition, dice.one(COALITIONS));
            for _ in 0..dice.below(3) {
                let by = dice.any_of(&[NATIONS, PERSONS, INSTRUMENTS]);
                draft.role(Role::By, by);
            }
            Qualifiers::new().step(FoundingStep::ALL[dice.below(4)])
        }
        FactType::Rule => {
            draft.role(Role::Of, dice.any_of(&[COALITIONS, INSTRUMENTS]));
            let with = Qualifiers::new().rule(Rule::ALL[dice.below(2)]);
            if dice.is(2) { with.term(["P1Y", "P6M"][dice.below(2)].parse().expect("a term")) } else { with }
        }
        FactType::Office => {
            let holder = dice.one(PERSONS);
            draft.role(Role::Holder, holder);
            draft.role(Role::Of, dice.any_of(&[NATIONS, ORGANIZATIONS]));
            for role in [Role::Predecessor, Role::Successor] {
                if dice.is(3) {
                    let person = dice.one(PERSONS);
                    if person == holder {
                        return None;
                    }
                    draft.role(role, person);
                }
            }
            if dice.is(3) {
                draft.role(Role::To, dice.one(NATIONS));
            }
            let (title, rank) = TITLES[dice.below(TITLES.len())];
            Qualifiers::new().title(title).rank(rank)
        }
        FactType::Nationality => {
            draft.role(Role::Nation, dice.one(NATIONS));
            for _ in 0..=dice.below(2) {
                draft.role(Role::Who, dice.any_of(&[PERSONS, GROUPS]));
            }
            Qualifiers::new()
        }
        FactType::Affiliation => {
            let to = dice.any_of(&[NATIONS, NATIONS, &ORGANIZATIONS[..1]]);
            let who = dice.any_of(&[ORGANIZATIONS, PERSONS, GROUPS]);
            draft.role(Role::To, to).role(Role::Who, who);
            if to == who {
                return None;
            }
            Qualifiers::new()
        }
        FactType::Alignment => {
            for _ in 0..2 + dice.below(2) {
                draft.role(Role::Parties, dice.any_of(&[NATIONS, ORGANIZATIONS]));
            }
            Qualifiers::new().stance(Stance::ALL[dice.below(2)])
        }
        FactType::Location => {
            let (what, place) = (dice.any_of(&[PLACES, ORGANIZATIONS]), dice.any_of(&[NATIONS, PLACES]));
            draft.role(Role::What, what).role(Role::In, place);
            if what == place {
                return None;
            }
            Qualifiers::new()
        }
        FactType::Composition => {
            let group = dice.one(GROUPS);
            draft.role(Role::Group, group);
            for _ in 0..=dice.below(2) {
                let part = dice.any_of(&[GROUPS, NATIONS, PERSONS, ORGANIZATIONS]);
                if part == group {
                    return None;
                }
                draft.role(Role::Includes, part);
            }
            if dice.is(3) { Qualifiers::new() } else { Qualifiers::new().complete(!dice.is(4)) }
        }
        FactType::Instrument => {
            let instrument = dice.one(INSTRUMENTS);
            draft.role(Role::Instrument, instrument);
            for _ in 0..=dice.below(2) {
                let roles = [Role::Signatory, Role::Issuer, Role::Party, Role::Addressee, Role::Copied];
                draft.role(roles[dice.below(5)], dice.actor());
            }
            if dice.is(3) {
                draft.role(Role::Cites, dice.one(INSTRUMENTS));
            }
            if dice.is(2) { Qualifiers::new().binding(dice.is(2)) } else { Qualifiers::new() }
        }
        FactType::Detention => {
            draft.role(Role::Detained, dice.any_of(&[PERSONS, GROUPS]));
            for (role, among) in [
                (Role::By, NATIONS),
                (Role::By, ORGANIZATIONS),
                (Role::AtRequestOf, NATIONS),
                (Role::Under, INSTRUMENTS),
            ] {
                if dice.is(2) {
                    draft.role(role, dice.one(among));
                }
            }
            if dice.is(2) { Qualifiers::new().charge(["spying", "Spying"][dice.below(2)]) } else { Qualifiers::new() }
        }
        FactType::Sanction => {
            draft.role(Role::Target, dice.any_of(&[NATIONS, PERSONS, ORGANIZATIONS, PLACES]));
            for among in [NATIONS, ORGANIZATIONS, COALITIONS, GROUPS] {
                if dice.is(3) {
                    draft.role(Role::By, dice.one(among));
                }
            }
            if dice.is(2) { Qualifiers::new().measures(&[Measure::ALL[dice.below(2)]]) } else { Qualifiers::new() }
        }
        FactType::Meeting => {
            draft.role([Role::Participant, Role::Host, Role::Speaker][dice.below(3)], dice.actor());
            draft.role([Role::Participant, Role::Host, Role::Speaker][dice.below(3)], dice.actor());
            if dice.is(2) {
                draft.role(Role::Place, dice.any_of(&[PLACES, NATIONS]));
            }
            Qualifiers::new()
        }
        FactType::Statement => {
            for _ in 0..=dice.below(2) {
                draft.role(Role::Speaker, dice.actor());
            }
            if dice.is(2) {
                draft.role(Role::Target, dice.actor());
            }
            if dice.is(2) {
                draft.role(Role::About, dice.any_of(&[NATIONS, DETENTIONS, INSTRUMENTS]));
            }
            if dice.is(3) {
                draft.role(Role::Via, dice.any_of(&[MEETINGS, INSTRUMENTS]));
            }
            let act = [Act::Announce, Act::Deny, Act::Deny, Act::Reject][dice.below(4)];
            if !before.is_empty() && (act == Act::Deny || dice.is(3)) {
                let content = dice.below(before.len());
                draft.fillers.push((Role::Content, Filler::Claim(content)));
            } else if act == Act::Deny {
                return None;
            }
            Qualifiers::new().act(act)
        }
        FactType::Stage => {
            let of = dice.any_of(&[DETENTIONS, SANCTIONS, MEETINGS, INSTRUMENTS]);
            draft.role(Role::Of, of);
            if dice.is(2) {
                draft.role(Role::By, dice.actor());
            }
            let nth = dice.below(3);
            let (with, exchanged) = match kind_of(of) {
                NodeKind::Detention => {
                    let stages = comity::DetentionStage::ALL;
                    (Qualifiers::new().detention_stage(stages[stages.len() - 1 - nth]), dice.is(2))
                }
                NodeKind::Sanction => (Qualifiers::new().sanction_stage(comity::SanctionStage::ALL[nth]), false),
                NodeKind::Meeting => (Qualifiers::new().meeting_stage(comity::MeetingStage::ALL[nth]), false),
                _ => (Qualifiers::new().instrument_stage(comity::InstrumentStage::ALL[nth]), false),
            };
            if exchanged {
                let other = dice.one(DETENTIONS);
                if draft.has(other) {
                    return None;
                }
                draft.role(Role::InExchangeFor, other);
            }
            with
        }
        FactType::Retaliation => {
            let (response, to) = (dice.event(), dice.event());
            draft.role(Role::Response, response).role(Role::To, to);
            if response == to {
                return None;
            }
            Qualifiers::new()
        }
        FactType::Order => {
            let (earlier, later) = (dice.event(), dice.event());
            draft.role(Role::Earlier, earlier).role(Role::Later, later);
            if earlier == later {
                return None;
            }
            if dice.is(2) { Qualifiers::new().lag_days(dice.below(3) as i32) } else { Qualifiers::new() }
        }
        _ => {
            draft.role(Role::Of, dice.any_of(&[DETENTIONS, NATIONS, STATEMENTS]));
            Qualifiers::new().label(LABELS[dice.below(LABELS.len())])
        }
    };
    draft.with = with;
    (fact != FactType::Alignment || draft.fillers.len() > 1).then_some(draft)
}

/// One to five articles of a few claims each: in every second case of any fact type, else of these, so that they meet.
pub(crate) fn articles(about: &'static [FactType]) -> impl Strategy<Value = Vec<Article>> {
    let claims = prop::collection::vec(prop::collection::vec(any::<u8>(), 40), 0..9);
    let heads = prop::collection::vec(any::<u8>(), 16);
    let about = prop_oneof![Just(about), Just(FactType::ALL)];
    (about, prop::collection::vec((heads, claims), 1..=5)).prop_map(|(about, articles)| {
        let with_ids = ARTICLES.iter().zip(articles);
        with_ids
            .map(|(id, (head, claims))| {
                let dice = &mut Dice { bytes: &head, at: 0 };
                let published = (!dice.is(5)).then(|| dice.date());
                let of = dice.is(3).then(|| TAKEN_FROM[dice.below(2)]).filter(|of| of != id);
                let mut names: Vec<Name> = Vec::new();
                for _ in 0..dice.below(5) {
                    let name = dice.any_of(&[&ORGANIZATIONS[1..], COALITIONS, NATIONS, PERSONS]);
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                let mut told = Vec::new();
                for bytes in &claims {
                    told.extend(claim(bytes, &told, about));
                }
                Article { id, published, of, names, claims: told }
            })
            .collect()
    })
}

fn day() -> impl Strategy<Value = i32> {
    (0..2_i16, 0..3_u8, 0..4_u8).prop_map(|(year, month, day)| number(2020 + year, 1 + month * 5, 1 + day))
}

pub(crate) fn filter() -> impl Strategy<Value = Filter> {
    prop_oneof![
        3 => day().prop_map(|day| Filter::During(day, day + 1)),
        2 => (day(), 1..200_i32).prop_map(|(day, length)| Filter::During(day, day + length)),
        2 => day().prop_map(Filter::PublishedBy),
        2 => prop::sample::select([NATIONS, ORGANIZATIONS, PERSONS, GROUPS].concat()).prop_map(Filter::AccordingTo),
        1 => prop::sample::select(Modality::ALL).prop_map(Filter::Modality),
        1 => Just(Filter::Repaired),
        2 => prop::sample::select(ARTICLES).prop_map(Filter::Without),
    ]
}

/// Up to four filters, in some order.
pub(crate) fn filters() -> impl Strategy<Value = Vec<Filter>> {
    prop::collection::vec(filter(), 0..=4)
}
