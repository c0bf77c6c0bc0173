//! What the types do not say, from the ontology: which roles and qualifiers a fact of a type has, and which kinds an entity.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::forms::{Duration, Ids, Offset, Short};
use crate::article::qualified::stage_words;
use crate::article::syntax::Number;
use crate::model::{Act, FactSchema, FactType, NodeKind, QualifierType, Role, RoleSchema};
use crate::time::PartialDate;

/// What an entity of each type has and has not.
pub(super) fn entity_types() -> Vec<Value> {
    let kinds = NodeKind::ALL.iter().copied().filter(|kind| !kind.is_event());
    kinds
        .map(|kind| {
            let words = kind.subkinds();
            let mut members = Map::new();
            members.insert("key".into(), json!({ "pattern": format!("^{kind}/") }));
            members.insert("kind".into(), if words.is_empty() { json!(false) } else { json!({ "enum": words }) });
            for (key, only) in [("count", NodeKind::Group), ("pledges", NodeKind::Coalition)] {
                if kind != only {
                    members.insert(key.into(), json!(false));
                }
            }
            when_type(kind.as_str(), &json!({ "properties": members }))
        })
        .collect()
}

/// What a fact of each type has and has not.
pub(super) fn fact_types(generator: &mut SchemaGenerator) -> Vec<Value> {
    FactType::ALL.iter().map(|fact| when_type(fact.as_str(), &fact_type(fact.schema(), generator))).collect()
}

/// That an object of this type is so.
fn when_type(word: &str, then: &Value) -> Value {
    json!({ "if": { "properties": { "type": { "const": word } }, "required": ["type"] }, "then": then })
}

fn fact_type(schema: &FactSchema, generator: &mut SchemaGenerator) -> Value {
    let roles: Map<_, _> = schema.roles.iter().map(|row| (row.role.to_string(), role(row, generator))).collect();
    let required: Vec<_> = schema.roles.iter().filter(|row| row.min > 0).map(|row| row.role.as_str()).collect();
    let mut args = json!({ "properties": roles, "required": required, "additionalProperties": false });
    if !schema.any_of.is_empty() {
        let one: Vec<_> = schema.any_of.iter().map(|role| json!({ "required": [role.as_str()] })).collect();
        args["anyOf"] = one.into();
    }
    let of_type = schema.qualifiers.iter().map(|(name, value, _)| (name.to_string(), qualifier(*value, generator)));
    let qualifiers: Map<_, _> = of_type.collect();
    let required: Vec<_> = schema.qualifiers.iter().filter(|row| row.2).map(|row| row.0.as_str()).collect();
    let with = json!({
        "properties": qualifiers,
        "required": required,
        "additionalProperties": false,
        "patternProperties": { "^x_": true },
    });
    let key = match schema.event {
        Some(event) => json!({ "pattern": format!("^{event}/") }),
        None => json!(false),
    };
    let mut then = json!({ "properties": { "args": args, "with": with, "key": key } });
    if !required.is_empty() {
        then["required"] = json!(["with"]);
    }
    if schema.fact == FactType::Statement {
        let denies = json!({ "properties": { "act": { "const": Act::Deny.as_str() } }, "required": ["act"] });
        then["if"] = json!({ "properties": { "with": denies }, "required": ["with"] });
        then["then"] = json!({ "properties": { "args": { "required": [Role::Content.as_str()] } } });
    }
    then
}

fn role(row: &RoleSchema, generator: &mut SchemaGenerator) -> Value {
    let mut list = refer::<Ids>(generator);
    if row.min > 1 {
        list["minItems"] = row.min.into();
    }
    if let Some(max) = row.max {
        list["maxItems"] = max.into();
    }
    list
}

fn qualifier(value: QualifierType, generator: &mut SchemaGenerator) -> Value {
    match value {
        QualifierType::Word(words) => json!({ "enum": words }),
        QualifierType::Words(words) => {
            json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "enum": words } })
        }
        QualifierType::Stage => {
            let mut words: Vec<_> = NodeKind::ALL.iter().flat_map(|kind| stage_words(*kind)).collect();
            words.sort_unstable();
            words.dedup();
            json!({ "enum": words })
        }
        QualifierType::Text => refer::<Short>(generator),
        QualifierType::Count => refer::<Number<'_>>(generator),
        QualifierType::Duration => refer::<Duration>(generator),
        QualifierType::Date => refer::<PartialDate>(generator),
        QualifierType::Boolean => json!({ "type": "boolean" }),
        QualifierType::Integer => refer::<Offset>(generator),
    }
}

/// The schema of the type, by reference where it has a name.
fn refer<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}
