//! The JSON Schema of the native format: the shape from the records that read it, the rest from the ontology.
//!
//! It checks nothing itself, and what no schema can say (references, spans, hashes, the calendar) it leaves to the reader.

mod forms;
mod ontology;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::limits::Limits;
use super::syntax::Article;
use crate::model::OriginKind;

/// The JSON Schema (2020-12) of an article in the native format.
///
/// Generated from the types that read it and from the ontology, so that it cannot fall behind either. An article that it
/// refuses is refused by [`Loader`](crate::Loader) too, but the reader also checks what no schema can say: that ids name
/// something of the right type, that spans and hashes fit the text, that there is such a day. Only with the feature `schema`.
///
/// ```
/// let schema = comity::json_schema();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(schema["properties"]["offsets"]["const"], "codepoint");
/// ```
#[must_use]
pub fn json_schema() -> Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Article<'_>>();
    let mut schema = schema.to_value();
    schema["title"] = "annotated article of comity, format 1".into();
    schema
}

/// One member of a record: its key, its type, and the name of the check that its value must pass.
pub(super) fn member<T: JsonSchema>(generator: &mut SchemaGenerator, check: Option<&str>) -> Value {
    match check {
        None => generator.subschema_for::<T>().to_value(),
        Some("List::is_some") => {
            let mut list = generator.subschema_for::<T>();
            list.insert("minItems".into(), 1.into());
            list.to_value()
        }
        Some(check) => forms::checked(generator, check),
    }
}

/// A record: an object of these members, and own ones that begin with `x_`.
pub(super) fn record(
    generator: &mut SchemaGenerator,
    name: &str,
    keys: &[(&str, bool)],
    members: &Map<String, Value>,
) -> Schema {
    let required: Vec<_> = keys.iter().filter(|(_, is_required)| *is_required).map(|(key, _)| *key).collect();
    let mut record = json!({
        "type": "object",
        "properties": members,
        "required": required,
        "additionalProperties": false,
        "patternProperties": { "^x_": true },
    });
    together(generator, name, &mut record);
    Schema::try_from(record).expect("it is an object")
}

/// What must be true of all members of a record together.
fn together(generator: &mut SchemaGenerator, name: &str, record: &mut Value) {
    let both = |one: &str, other: &str| json!({ "required": [one, other] });
    match name {
        "Dateline" => record["minProperties"] = 1.into(),
        "Origin" => {
            let taken = [OriginKind::Reprint.as_str(), OriginKind::Translation.as_str()];
            record["if"] = json!({ "properties": { "kind": { "enum": taken } }, "required": ["kind"] });
            record["then"] = json!({ "required": ["of"] });
        }
        "Text" => record["not"] = both("file", "content"),
        "Mention" => {
            let spans = &mut record["properties"]["spans"];
            spans["maxItems"] = Limits::default().spans_per_mention.into();
            // Pieces that are repeated are out of order, which no schema says.
            spans["uniqueItems"] = false.into();
        }
        "Entity" => record["allOf"] = ontology::entity_types().into(),
        "Fact" => {
            record["not"] = both("said_by", "said_in");
            record["allOf"] = ontology::fact_types(generator).into();
        }
        "Time" => {
            let one = ["at", "from", "until", "ended_by"].map(|key| json!({ "required": [key] }));
            record["anyOf"] = one.to_vec().into();
            let exclude = [("at", "from"), ("at", "until"), ("at", "ended_by"), ("until", "ended_by")];
            record["not"] = json!({ "anyOf": exclude.map(|(one, other)| both(one, other)) });
        }
        _ => {}
    }
}
