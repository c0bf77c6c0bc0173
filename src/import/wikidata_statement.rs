//! Entities and statements of Wikidata as they are written, with their times.
//!
//! It decides nothing: what becomes of a statement is for the reader to say.

use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::json::{Members, short};
use super::wikidata::Fault;
use crate::diagnostic::Code;
use crate::model::Rank;
use crate::time::{Day, End, PartialDate, Start, When};

/// An entity.
#[derive(Debug, Deserialize)]
pub(super) struct Entity<'t> {
    pub(super) id: String,
    #[serde(borrow, default)]
    labels: Members<'t>,
    #[serde(borrow, default)]
    aliases: Members<'t>,
    #[serde(borrow, default)]
    pub(super) claims: Members<'t>,
    modified: Option<String>,
    pub(super) missing: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Label {
    value: String,
}

/// Classes of positions, and the rank that they are of.
const RANKS: [(&str, Rank); 5] = [
    ("Q48352", Rank::HeadOfState),
    ("Q2285706", Rank::HeadOfGovernment),
    ("Q7330070", Rank::ForeignMinister),
    ("Q83307", Rank::Minister),
    ("Q121998", Rank::Ambassador),
];

impl Entity<'_> {
    /// Its English label, or the one for all languages, or the first.
    pub(super) fn label(&self) -> Option<String> {
        let first = || self.labels.0.first().map(|(_, label)| *label);
        let raw = self.labels.get("en").or_else(|| self.labels.get("mul")).or_else(first)?;
        serde_json::from_str::<Label>(raw.get()).ok().map(|label| label.value).filter(|label| !label.is_empty())
    }

    /// Its English aliases.
    pub(super) fn aliases(&self) -> Vec<String> {
        let aliases = self.aliases.get("en").and_then(|raw| serde_json::from_str::<Vec<Label>>(raw.get()).ok());
        aliases.unwrap_or_default().into_iter().map(|alias| alias.value).filter(|alias| !alias.is_empty()).collect()
    }

    /// The day of its last change.
    pub(super) fn modified(&self) -> Option<PartialDate> {
        self.modified.as_ref()?.get(..10)?.parse().ok()
    }

    pub(super) fn has(&self, property: &str) -> bool {
        self.claims.get(property).is_some()
    }

    /// The items that sound statements of a property give, those of the best rank.
    pub(super) fn items(&self, property: &str) -> Vec<String> {
        let statements =
            self.claims.get(property).and_then(|raw| serde_json::from_str::<Vec<Statement<'_>>>(raw.get()).ok());
        let statements = statements.unwrap_or_default();
        let of_rank = |rank: &str| -> Vec<String> {
            let ranked = statements.iter().filter(|one| one.rank.as_deref().unwrap_or("normal") == rank);
            ranked.filter_map(|one| item(&one.mainsnak).ok()).collect()
        };
        let best = of_rank("preferred");
        if best.is_empty() { of_rank("normal") } else { best }
    }

    /// The rank of the position that it is, by the classes that it names.
    pub(super) fn rank(&self) -> Option<Rank> {
        let classes: FxHashSet<String> =
            ["P31", "P279"].into_iter().flat_map(|property| self.items(property)).collect();
        RANKS.into_iter().find(|(class, _)| classes.contains(*class)).map(|(_, rank)| rank)
    }
}

/// A statement.
#[derive(Debug, Deserialize)]
pub(super) struct Statement<'t> {
    pub(super) id: Option<String>,
    pub(super) rank: Option<String>,
    #[serde(borrow)]
    pub(super) mainsnak: Snak<'t>,
    #[serde(borrow, default)]
    qualifiers: Members<'t>,
    #[serde(default)]
    references: Vec<serde::de::IgnoredAny>,
}

/// A property with a value, some value or no value.
#[derive(Debug, Deserialize)]
pub(super) struct Snak<'t> {
    pub(super) snaktype: String,
    #[serde(borrow)]
    datavalue: Option<DataValue<'t>>,
}

#[derive(Debug, Deserialize)]
struct DataValue<'t> {
    #[serde(borrow)]
    value: &'t RawValue,
}

impl<'t> Statement<'t> {
    fn snaks(&self, property: &str) -> Result<Vec<Snak<'t>>, Fault> {
        let Some(raw) = self.qualifiers.get(property) else { return Ok(Vec::new()) };
        serde_json::from_str(raw.get()).map_err(|error| (Code::I0209, format!("qualifier {property}: {error}"), None))
    }

    /// The items that a qualifier gives.
    pub(super) fn items(&self, property: &str) -> Vec<String> {
        self.snaks(property).unwrap_or_default().iter().filter_map(|snak| item(snak).ok()).collect()
    }
}

/// The item that a snak gives.
pub(super) fn item(snak: &Snak<'_>) -> Result<String, Fault> {
    #[derive(Deserialize)]
    struct Item {
        id: Option<String>,
        #[serde(rename = "numeric-id")]
        number: Option<u64>,
    }
    let none = || (Code::I0209, "an item is needed".to_owned(), None);
    let value = snak.datavalue.as_ref().ok_or_else(none)?;
    let item: Item = serde_json::from_str(value.value.get()).map_err(|_| none())?;
    item.id.or_else(|| item.number.map(|number| format!("Q{number}"))).ok_or_else(none)
}

/// When a statement holds.
#[derive(Debug)]
pub(super) struct Timed {
    pub(super) when: When,
}

/// The end of a qualifier that is said to be unknown, or to be none.
enum Said {
    Nothing,
    Date(PartialDate),
    Some,
    None,
}

/// That dates are "circa", as an item of P1480.
const CIRCA: &str = "Q5727902";

impl Timed {
    /// The time of its qualifiers, as of an entity last changed on this day.
    pub(super) fn of(statement: &Statement<'_>, changed: Option<PartialDate>) -> Result<Self, Fault> {
        let is_circa = statement.items("P1480").iter().any(|item| item == CIRCA);
        let said = |property| {
            let said = said(statement, property)?;
            Ok(match said {
                Said::Date(date) if is_circa => Said::Date(date.about()),
                said => said,
            })
        };
        let (start, end, at) = (said("P580")?, said("P582")?, said("P585")?);
        let when = match (start, end, at) {
            (Said::Nothing, Said::Nothing, Said::Date(date)) => When::At(date),
            (Said::Nothing, Said::Nothing, _) => When::Unstated,
            (start, end, _) => {
                let from = match start {
                    Said::Date(date) => Start::On(date),
                    Said::Nothing | Said::Some | Said::None => Start::Unknown,
                };
                let until = match (end, changed) {
                    // Who began and ended on one day did so on that day.
                    (Said::Date(date), _) if from == Start::On(date) && date.is_single_day() => {
                        date.first().next().map_or(End::On(date), |next| End::On(next.into()))
                    }
                    (Said::Date(date), _) => End::On(date),
                    (Said::Some, Some(changed)) => End::By(changed),
                    (Said::None, _) => End::Open,
                    (Said::Nothing, _) | (Said::Some, None) => End::Unknown,
                };
                When::Span { from, until }
            }
        };
        match when.check() {
            Ok(()) => Ok(Self { when }),
            Err(error) => Err((Code::I0204, error.to_string(), Some("see P580 and P582"))),
        }
    }
}

/// What a qualifier says of a date; several that differ say nothing.
fn said(statement: &Statement<'_>, property: &str) -> Result<Said, Fault> {
    let snaks = statement.snaks(property)?;
    match &*snaks {
        [] => Ok(Said::Nothing),
        [snak] if snak.snaktype == "somevalue" => Ok(Said::Some),
        [snak] if snak.snaktype == "novalue" => Ok(Said::None),
        snaks => {
            let dates: Vec<_> = snaks.iter().map(|snak| date(snak, property)).collect::<Result<_, _>>()?;
            let is_one = dates.iter().all(|date| *date == dates[0]);
            Ok(if is_one { Said::Date(dates[0]) } else { Said::Nothing })
        }
    }
}

fn date(snak: &Snak<'_>, property: &str) -> Result<PartialDate, Fault> {
    #[derive(Deserialize)]
    struct Time {
        time: String,
        precision: u8,
        calendarmodel: Option<String>,
    }
    let fault = |message: String| (Code::I0202, format!("{property}: {message}"), None);
    let value = snak.datavalue.as_ref().ok_or_else(|| fault("no time".into()))?;
    let Time { time, precision, calendarmodel } =
        serde_json::from_str(value.value.get()).map_err(|error| fault(error.to_string()))?;
    let no_time = || fault(format!("{time:?} is no time of the common era"));
    let (day, _) = time.strip_prefix('+').and_then(|time| time.split_once('T')).ok_or_else(no_time)?;
    let mut parts = day.split('-').map(|part| part.parse::<i16>().ok().filter(|part| *part >= 0));
    let (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(no_time());
    };
    let narrow = |number: i16| u8::try_from(number).unwrap_or(u8::MAX);
    let is_julian = calendarmodel.is_some_and(|model| model.ends_with("/Q1985786"));
    let date = match precision {
        9 => PartialDate::year(year),
        10 => PartialDate::month(year, narrow(month)),
        11..=14 if is_julian => {
            return from_julian(year, month, day).map(PartialDate::from).ok_or_else(no_time);
        }
        11..=14 => PartialDate::day(year, narrow(month), narrow(day)),
        _ => return Err(fault(format!("a time of precision {precision} is coarser than a year"))),
    };
    let date = date.map_err(|error| fault(error.to_string()))?;
    Ok(if is_julian { date.about() } else { date })
}

/// The day that the Julian calendar calls so: 1900-02-29 is there, and is 1900-03-13 with us.
fn from_julian(year: i16, month: i16, day: i16) -> Option<Day> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || month == 2 && day > 29 {
        return None;
    }
    // A year that begins in March has its leap day at the end.
    let (year, month) = if month <= 2 { (i32::from(year) - 1, month + 9) } else { (i32::from(year), month - 3) };
    let days = 365 * year + year.div_euclid(4) + (153 * i32::from(month) + 2) / 5 + i32::from(day) - 1;
    // From 1 March of the year 0, Julian, to 1 March of the year 1600, Gregorian, there are ten days fewer.
    let reference = Day::new(1600, 3, 11).ok()?;
    reference.plus_days(days - (365 * 1600 + 400))
}

/// The property and value, the rank, and what the other qualifiers say: as much as a gloss holds.
pub(super) fn gloss(property: &str, value: &str, statement: &Statement<'_>) -> String {
    let rank = statement.rank.as_deref().unwrap_or("normal");
    let mut gloss = format!("{property} {value}, rank {rank}");
    for (qualifier, raw) in &statement.qualifiers.0 {
        let snaks: Vec<Snak<'_>> = serde_json::from_str(raw.get()).unwrap_or_default();
        for snak in snaks.iter().filter(|_| !["P580", "P582", "P585"].contains(&&**qualifier)) {
            let text = snak.datavalue.as_ref().and_then(|value| serde_json::from_str::<String>(value.value.get()).ok());
            let shown = text.or_else(|| item(snak).ok()).unwrap_or_else(|| snak.snaktype.clone());
            gloss.push_str(&format!("; {qualifier} {shown}"));
        }
    }
    if !statement.references.is_empty() {
        gloss.push_str(&format!("; references: {}", statement.references.len()));
    }
    short(&gloss)
}

#[cfg(test)]
mod tests {
    use super::from_julian;

    #[test]
    fn julian_days_are_the_gregorian_ones_of_the_almanac() {
        let turned = |year, month, day| from_julian(year, month, day).unwrap().to_string();
        assert_eq!(turned(1917, 10, 25), "1917-11-07");
        assert_eq!(turned(1900, 2, 29), "1900-03-13");
        assert_eq!(turned(1900, 2, 28), "1900-03-12");
        assert_eq!(turned(1582, 10, 5), "1582-10-15");
        assert_eq!(turned(1732, 2, 11), "1732-02-22");
        assert_eq!(from_julian(1900, 13, 1), None);
    }
}
