//! An entity of FollowTheMoney as it is written, with its times.
//!
//! It knows no schema.

use serde::Deserialize;
use serde_json::Value;

use super::follow_the_money::Fault;
use super::json::Members;
use crate::diagnostic::Code;
use crate::time::{End, PartialDate, Start, When};

/// An entity, and the line that it is.
#[derive(Debug)]
pub(super) struct Entity<'t> {
    pub(super) id: String,
    pub(super) schema: String,
    caption: Option<String>,
    last_seen: Option<String>,
    properties: Members<'t>,
    pub(super) record: &'t str,
    pub(super) line: u32,
}

impl<'t> Entity<'t> {
    pub(super) fn read(record: &'t str, line: u32) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Fields<'t> {
            id: String,
            schema: String,
            caption: Option<String>,
            last_seen: Option<String>,
            #[serde(borrow, default)]
            properties: Members<'t>,
        }
        let Fields { id, schema, caption, last_seen, properties } = serde_json::from_str(record)?;
        for (_, values) in &properties.0 {
            serde_json::from_str::<Vec<Value>>(values.get())?;
        }
        Ok(Self { id, schema, caption, last_seen, properties, record, line })
    }

    /// What a property says: text, and the ids of entities that are written in the place of one.
    pub(super) fn values(&self, property: &str) -> Vec<String> {
        let raw = self.properties.get(property);
        let values: Vec<Value> = raw.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
        let text = values.into_iter().filter_map(|value| match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(entity) => entity.get("id").and_then(Value::as_str).map(str::to_owned),
            Value::Null | Value::Bool(_) | Value::Array(_) => None,
        });
        text.filter(|text| !text.trim().is_empty()).collect()
    }

    /// The first value of a property that must have one.
    pub(super) fn one(&self, property: &'static str) -> Result<String, Fault> {
        let first = self.values(property).into_iter().next();
        first.ok_or_else(|| (Code::I0205, "", format!("{} without {property}", self.schema)))
    }

    /// What it is called.
    pub(super) fn name(&self) -> Option<String> {
        let caption = self.caption.clone().filter(|caption| !caption.trim().is_empty());
        caption.or_else(|| self.values("name").into_iter().next())
    }

    /// Where a property stands in the line; of none the line.
    pub(super) fn place(&self, property: &str) -> &'t str {
        self.properties.get(property).map_or(self.record, |raw| raw.get())
    }

    pub(super) fn last_seen(&self) -> Option<PartialDate> {
        self.last_seen.as_ref()?.get(..10)?.parse().ok()
    }

    fn dates(&self, property: &'static str) -> Result<Vec<PartialDate>, Fault> {
        let read = |text: String| {
            let day = text.split(['T', ' ']).next().unwrap_or_default();
            day.parse().map_err(|error: crate::time::DateError| (Code::I0202, property, error.to_string()))
        };
        self.values(property).into_iter().map(read).collect()
    }

    pub(super) fn when(&self) -> Result<When, Fault> {
        let started = self.dates("startDate")?;
        let started = if started.is_empty() { self.dates("listingDate")? } else { started };
        let (start, end) = (started.into_iter().min(), self.dates("endDate")?.into_iter().max());
        let is_active = self.values("status").iter().any(|status| status.eq_ignore_ascii_case("active"));
        let from = start.map_or(Start::Unknown, Start::On);
        let until = match end {
            // What began and ended on one day was so on that day.
            Some(end) if start == Some(end) && end.is_single_day() => {
                end.first().next().map_or(End::On(end), |next| End::On(next.into()))
            }
            Some(end) => End::On(end),
            None if is_active => End::Open,
            None => End::Unknown,
        };
        let when = match (from, until, self.dates("date")?.first()) {
            (Start::Unknown, End::Unknown, Some(date)) => When::At(*date),
            (Start::Unknown, End::Unknown, None) => When::Unstated,
            _ => When::Span { from, until },
        };
        when.check().map(|()| when).map_err(|error| (Code::I0204, "endDate", error.to_string()))
    }
}
