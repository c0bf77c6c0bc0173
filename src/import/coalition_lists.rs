//! Lists of who signed a declaration or letter, or belongs to a group, as people type them from the news.
//!
//! It knows no list: what is in it, and where it was printed, the file says.

use std::io::Read;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::actors::Body;
use super::ledger::ImportReport;
use super::options::options;
use super::pages::Pages;
use super::table::{Column, Row, Table, Wrong};
use super::typed_keys::{distinct_key, typed_key};
use crate::batch::{Batch, Claimed, Description, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, LookUp, NamingPolicy, NationRecord, Scheme};
use crate::model::relations::MemberOf;
use crate::model::{Coalition, CoalitionKind, Id, Key, MembershipRole, Nation, Organization};
use crate::provenance::Source;
use crate::time::{Day, End, PartialDate, Start, When};

options! {
    /// How a list of coalitions is read: see [`read_coalition_list`].
    CoalitionListOptions, "coalition_members.csv", "coalition-list"
}

/// Reads a list of coalitions: a row for each member of each.
///
/// - Columns: `coalition` (its name), `member_as_printed`, `start`; where they are there `iso3`, `end`, `source` (the page that the
///   row was typed from), `note`, `kind` (a word of [`CoalitionKind`]) and `key` (the slug of the coalition's key, to make it the one that
///   an article speaks of).
/// - A coalition becomes `coalition/` and the words of its name with `-` between them (`coalition/harbour-declaration`), or the `key` of the
///   first row that has one; a name that ends in brackets is known without them, too. Without `kind` its name
///   decides: a letter; a declaration or statement; a group of friends; else another kind.
/// - A row becomes a membership: a signatory of a declaration or letter, a member of all else. It begins on `start`; `end` is the
///   first day out. Both are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Words without a figure ("withdrew, date not given") say that there was
///   a start or end, and not when: they go into the gloss, as the note does.
/// - An empty `end` says nothing, unless [`CoalitionListOptions::coverage_end`] says how far the list goes: then the member was still
///   one on that day. An end without a date was over on that day.
/// - A member is the nation that had the code on the day of the row and bore the name; a row where the two are different nations, or the
///   name alone is of several or none, is rejected, never guessed. A name that the gazetteer does not know goes by its code. The
///   European Union and other bodies that everybody knows are organizations.
/// - Each `source` is a data set of its own, named after the list and the host of the page, with a number from the second on
///   (`coalition-list/example.org-2`). Nothing is dropped.
///
/// There is no standard for such lists; this form is made for the signatories of the letters on Xinjiang (2019, 2020), of the Declaration
/// Against Arbitrary Detention (2021) and the like: cite the pages. Linear in the file; a row is an item.
///
/// ```
/// use comity::{Coalition, CoalitionListOptions, Graph, read_coalition_list};
/// let rows = "coalition,member_as_printed,iso3,start,end,source\n\
///             Harbour Declaration,Iceland,ISL,2031-02-03,,https://example.org/1\n\
///             Harbour Declaration,the United States,USA,2031-02-03,2031-02-09,https://example.org/2\n";
/// let (batch, report) = read_coalition_list(rows.as_bytes(), &CoalitionListOptions::new());
/// assert!(report.is_clean() && report.mapped() == 2);
/// let graph = Graph::new().apply(batch)?;
/// let signed = graph.find::<Coalition>("harbour-declaration").expect("just read");
/// let on = |day: &str| day.parse().map(|day| graph.view().as_of(day).members(signed).count());
/// assert_eq!((on("2031-02-03")?, on("2031-02-09")?), (2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_coalition_list(reader: impl Read, options: &CoalitionListOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let reading = &options.0;
    let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
        return (batch, report);
    };
    let Some(columns) = Columns::of(&table, &mut report) else { return (batch, report) };
    let mut list = Source::dataset(&reading.source).title("Signatories and members of coalitions");
    list.published = reading.coverage_end;
    let mut pages = Pages::of(list);
    let (mut coalitions, mut members) = (Coalitions::default(), Vec::new());
    while let Some(row) = table.next(&mut report) {
        match columns.read(&row, reading.coverage_end, &mut report) {
            Ok((said, page, member)) => {
                members.push((coalitions.add(said), pages.source(&mut batch, page), member));
                report.map();
            }
            Err(wrong) => report.reject(*wrong),
        }
    }
    let keys = coalitions.keys();
    for (coalition, source, member) in members {
        let (name, known) = coalitions.0.get_index(coalition).expect("a number that was given");
        let kind = known.kind.unwrap_or_else(|| kind_of(name));
        let coalition = batch.node::<Coalition>(&keys[coalition]).expect("a key was tried, and made ones are keys");
        let mut description = Description::new().name(name).coalition(kind);
        // What stands in brackets tells one from its like; without it people speak of either.
        if let Some((short, _)) = name.split_once(" (").filter(|_| name.ends_with(')')) {
            description = description.alias(short);
        }
        batch.describe(source, coalition, description).expect("a coalition has a name and a kind");
        member.write(&mut batch, source, coalition, kind);
    }
    (batch, report)
}

/// The coalitions of a list by their names: what one row says of one holds for all of them.
#[derive(Default)]
struct Coalitions(IndexMap<Box<str>, Known>);

/// What the rows say of a coalition.
#[derive(Default)]
struct Known {
    kind: Option<CoalitionKind>,
    key: Option<Box<str>>,
}

/// What a row says of its coalition.
struct Said<'t> {
    name: &'t str,
    kind: Option<CoalitionKind>,
    key: Option<&'t str>,
}

impl Coalitions {
    /// Adds what a row says; gives the number of the coalition.
    fn add(&mut self, Said { name, kind, key }: Said<'_>) -> usize {
        let number = self.0.get_index_of(name).unwrap_or_else(|| self.0.insert_full(name.into(), Known::default()).0);
        let known = &mut self.0[number];
        known.kind = known.kind.or(kind);
        known.key = known.key.take().or_else(|| key.map(Into::into));
        number
    }

    /// The key of each. Where two names would have one, only the first has it: they are two coalitions.
    fn keys(&self) -> Vec<String> {
        let mut taken = FxHashSet::default();
        let mut key = |name: &str, known: &Known| match &known.key {
            Some(key) => key.to_string(),
            None => Some(typed_key(name)).filter(|key| taken.insert(key.clone())).unwrap_or_else(|| distinct_key(name)),
        };
        self.0.iter().map(|(name, known)| key(name, known)).collect()
    }
}

/// What a name says that a coalition stands behind.
fn kind_of(name: &str) -> CoalitionKind {
    let name = name.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match () {
        () if says(&["letter"]) => CoalitionKind::Letter,
        () if says(&["declaration", "statement"]) => CoalitionKind::Declaration,
        () if says(&["group of friends"]) => CoalitionKind::GroupOfFriends,
        () => CoalitionKind::Other,
    }
}

struct Columns {
    coalition: Column,
    name: Column,
    start: Column,
    code: Column,
    end: Column,
    source: Column,
    note: Column,
    kind: Column,
    key: Column,
}

/// Who is a member.
#[derive(Debug, Clone, Copy)]
enum Party {
    Nation(&'static NationRecord),
    Body(&'static Body),
}

/// A sound row.
struct Member {
    party: Party,
    when: When,
    gloss: Box<str>,
}

/// A start or end as it is printed.
enum Printed<'t> {
    Nothing,
    Date(PartialDate),
    /// It was, and the words do not say when.
    Words(&'t str),
}

impl Columns {
    fn of(table: &Table<'_>, report: &mut ImportReport) -> Option<Self> {
        let [coalition, name, start] = table.columns(["coalition", "member_as_printed", "start"], report)?;
        let [code, end, source, note, kind, key] =
            ["iso3", "end", "source", "note", "kind", "key"].map(|name| table.optional(name));
        Some(Self { coalition, name, start, code, end, source, note, kind, key })
    }

    /// What a row says of its coalition, the page that it prints, and who is a member.
    fn read<'t>(
        &self,
        row: &Row<'t>,
        covered: Option<PartialDate>,
        report: &mut ImportReport,
    ) -> Result<(Said<'t>, &'t str, Member), Wrong> {
        let coalition = row.required_text(self.coalition)?;
        let kind = match row.text(self.kind)? {
            "" => None,
            word => Some(CoalitionKind::from_word(word).ok_or_else(|| {
                let hint = format!("one of {}", CoalitionKind::WORDS.join(", "));
                row.wrong(Code::I0206, self.kind, "no kind of coalition", Some(&hint))
            })?),
        };
        let key = match row.text(self.key)? {
            "" => None,
            key if Key::new::<Coalition>(key).is_ok() => Some(key),
            _ => {
                let hint = Some("letters, digits, . _ -");
                return Err(row.wrong(Code::I0207, self.key, "no slug of a key", hint));
            }
        };
        let (start, end) = (printed(row, self.start)?, printed(row, self.end)?);
        let from = match start {
            Printed::Date(date) => Start::On(date),
            Printed::Nothing | Printed::Words(_) => Start::Unknown,
        };
        let until = match (&end, covered) {
            (Printed::Date(date), _) => End::On(*date),
            (Printed::Words(_), Some(covered)) => End::By(covered),
            (Printed::Nothing, Some(_)) => End::Open,
            (Printed::Words(_) | Printed::Nothing, None) => End::Unknown,
        };
        let when = match (from, until) {
            (Start::Unknown, End::Unknown) => When::Unstated,
            (from, until) => When::Span { from, until },
        };
        when.check().map_err(|error| row.wrong(Code::I0204, self.end, &error.to_string(), None))?;
        let day = match (from, until) {
            (Start::On(date), _) | (_, End::On(date)) => Some(date.first()),
            _ => covered.map(PartialDate::first),
        };
        let party = self.party(row, day)?;
        let note = row.text_if_sound(self.note, report);
        let page = row.text_if_sound(self.source, report);
        let mut gloss = Vec::from([note]);
        for printed in [start, end] {
            if let Printed::Words(words) = printed {
                gloss.push(words);
            }
        }
        gloss.retain(|words| !words.is_empty());
        let gloss: String = gloss.join("; ").chars().take(500).collect();
        let member = Member { party, when, gloss: gloss.into() };
        Ok((Said { name: coalition, kind, key }, page, member))
    }

    /// Whom the name and the code of a row are of on a day.
    fn party(&self, row: &Row<'_>, day: Option<Day>) -> Result<Party, Wrong> {
        let (name, code) = (row.required_text(self.name)?, row.text(self.code)?);
        let gazetteer = Gazetteer::builtin();
        let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let named = gazetteer.matches(name, day);
        let is_named = |key: &str| named.iter().any(|one| one.nation.key() == key);
        let then = |code: &str| match day {
            Some(day) => gazetteer.by_code_at(Scheme::Iso3, code, day),
            None => gazetteer.by_code(Scheme::Iso3, code),
        };
        // Who is gone today may still be what an undated row is about.
        let was_there = |existed: bool| existed || day.is_none();
        let coded = if code.is_empty() { LookUp::Unknown(Vec::new()) } else { then(code) };
        match coded {
            LookUp::One(one) if !was_there(one.existed) => {
                let message = format!("{code} is {}, which was not there then", one.nation.key());
                Err(row.wrong(Code::I0302, self.code, &message, Some("see whether the code or the date is wrong")))
            }
            LookUp::One(one) if named.is_empty() || is_named(one.nation.key()) => Ok(Party::Nation(one.nation)),
            LookUp::One(one) => {
                let message = format!("{code} is {}, and {name} is {}", one.nation.key(), named[0].nation.key());
                Err(row.wrong(Code::I0303, self.name, &message, Some("see which of the two is wrong")))
            }
            LookUp::Ambiguous(_) | LookUp::Unknown(_) => match (&named[..], Body::named(name)) {
                ([one], _) if code.is_empty() && was_there(one.existed) => Ok(Party::Nation(one.nation)),
                (_, Some(body)) => Ok(Party::Body(body)),
                (_, None) if !code.is_empty() => {
                    let hint = "iso3 takes the codes of ISO 3166-1; leave it empty where there is none";
                    Err(row.wrong(Code::I0301, self.code, "no nation has the code", Some(hint)))
                }
                (several, None) => {
                    let keys: Vec<_> = several.iter().map(|one| one.nation.key()).collect();
                    let hint = match keys.len() {
                        0 => "give the ISO code in iso3".into(),
                        1 => format!("{} was not there then", keys[0]),
                        _ => format!("it may be {}: give the ISO code in iso3", keys.join(", ")),
                    };
                    Err(row.wrong(Code::I0301, self.name, "not the name of one nation", Some(&hint)))
                }
            },
        }
    }
}

fn printed<'t>(row: &Row<'t>, column: Column) -> Result<Printed<'t>, Wrong> {
    match row.text(column)? {
        "" => Ok(Printed::Nothing),
        words if !words.contains(|letter: char| letter.is_ascii_digit()) => Ok(Printed::Words(words)),
        _ => Ok(row.optional_iso_date(column)?.map_or(Printed::Nothing, Printed::Date)),
    }
}

impl Member {
    fn write(&self, batch: &mut Batch, source: SourceId, coalition: Id<Coalition>, kind: CoalitionKind) {
        let role = match kind {
            CoalitionKind::Declaration | CoalitionKind::Letter => MembershipRole::Signatory,
            _ => MembershipRole::Member,
        };
        let member_of = MemberOf { role, extent: None };
        let claimed = match self.party {
            Party::Nation(nation) => Claimed::new(member_of, node(batch, source, nation), coalition),
            Party::Body(body) => Claimed::new(member_of, body_node(batch, source, body), coalition),
        };
        let claimed = claimed.when(self.when);
        let claimed = if self.gloss.is_empty() { claimed } else { claimed.gloss(&self.gloss) };
        batch.claim(source, claimed);
    }
}

/// A nation in the batch, with its name.
pub(super) fn node(batch: &mut Batch, source: SourceId, nation: &'static NationRecord) -> Id<Nation> {
    let node = batch.node::<Nation>(nation.key()).expect("the gazetteer's keys are keys: a test reads them");
    batch.name(source, node, nation.name(NamingPolicy::Common));
    node
}

/// A body that everybody knows in the batch, with its name and kind.
pub(super) fn body_node(batch: &mut Batch, source: SourceId, body: &'static Body) -> Id<Organization> {
    let node = batch.node::<Organization>(body.slug).expect("the slugs of bodies are slugs");
    let description = Description::new().name(body.name).organization(body.kind);
    batch.describe(source, node, description).expect("an organization has a name and a kind");
    node
}
