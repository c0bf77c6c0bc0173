//! The forms of strings, numbers and lists: what the reader's checks look for, as a schema says it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::article::limits::Limits;
use crate::article::syntax::{Args, From, Hashed, LineEnds, List, Pair, Str, Until, With};
use crate::article::words::{LARGEST, LONGEST, LONGEST_EXACT, VERSION};
use crate::model::{Key, NodeKind};
use crate::text::{Digest, MentionHash};
use crate::time::PartialDate;

/// Gives types their schema: named ones are referred to, the others stand where they are used.
macro_rules! schemas {
    ($place:ident: $( $type:ty = $schema:expr; )+) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                stringify!($place) == "inline"
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let schema: fn(&mut SchemaGenerator) -> Schema = $schema;
                schema(generator)
            }
        }
    )+};
}

/// A local id.
pub(super) enum Id {}
/// One or more local ids.
pub(super) enum Ids {}
/// The id of an article.
pub(super) enum ArticleId {}
/// An identity in an outside scheme.
pub(super) enum Identity {}
/// A string that is neither empty nor long.
pub(super) enum Short {}
/// An offset, or another number of things.
pub(super) enum Offset {}
/// A duration of years, months, weeks and days.
pub(super) enum Duration {}

schemas! { named:
    Id = |_| json_schema!({ "type": "string", "pattern": "^[a-z][a-z0-9_-]{0,63}$" });
    Ids = |generator| json_schema!({
        "type": "array",
        "minItems": 1,
        "maxItems": Limits::default().list_items,
        "uniqueItems": true,
        "items": generator.subschema_for::<Id>(),
    });
    ArticleId = |_| json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$" });
    Key = |_| {
        let kinds = NodeKind::WORDS.join("|");
        let slug = format!("[A-Za-z0-9][A-Za-z0-9._-]{{0,{}}}", Key::MAX_SLUG - 1);
        json_schema!({ "type": "string", "pattern": format!("^({kinds})/{slug}$") })
    };
    Identity = |_| {
        let schemes = [
            "wikidata:Q[1-9][0-9]*",
            "iso3166:([A-Z]{2}|[A-Z]{3})",
            "cow:[1-9][0-9]{0,2}",
            "gw:[1-9][0-9]{0,3}",
            "(geonames|viaf):[1-9][0-9]*",
            "lei:[A-Z0-9]{20}",
            "x_[a-z0-9_]*:[^\\s]+",
        ];
        json_schema!({ "type": "string", "pattern": format!("^({})$", schemes.join("|")) })
    };
    Short = |_| json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST });
    Offset = |_| json_schema!({ "type": "integer", "minimum": 0, "maximum": LARGEST });
    Duration = |_| {
        json_schema!({ "type": "string", "pattern": "^P(?=[0-9])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$" })
    };
    PartialDate = |_| {
        let day = "(0[1-9]|[12][0-9]|3[01])";
        json_schema!({ "type": "string", "pattern": format!("^[0-9]{{4}}(-(0[1-9]|1[0-2])(-{day})?)?~?$") })
    };
}

schemas! { inline:
    Str<'_> = |_| json_schema!({ "type": "string" });
    Hashed<Digest> = |_| json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" });
    Hashed<MentionHash> = |_| json_schema!({ "type": "string", "pattern": "^[0-9a-f]{16}$" });
    LineEnds = |_| json_schema!({ "enum": ["lf", "raw"] });
    From = |generator| date_or(generator, &["unknown"]);
    Until = |generator| date_or(generator, &["open", "unknown"]);
    Pair = |generator| {
        let offset = generator.subschema_for::<Offset>();
        json_schema!({ "type": "array", "prefixItems": [offset, offset], "items": false, "minItems": 2 })
    };
    Args<'_> = |generator| {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<Ids>() })
    };
    With<'_> = |_| json_schema!({ "type": "object" });
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        list_of(&generator.subschema_for::<T>())
    }
}

fn date_or(generator: &mut SchemaGenerator, words: &[&str]) -> Schema {
    json_schema!({ "anyOf": [generator.subschema_for::<PartialDate>(), { "enum": words }] })
}

fn list_of(item: &Schema) -> Schema {
    json_schema!({ "type": "array", "uniqueItems": true, "items": item })
}

/// What a value is that passes the reader's check of this name.
///
/// # Panics
/// If there is no form for it yet: a check is added here with its first use in a record.
pub(super) fn checked(generator: &mut SchemaGenerator, check: &str) -> Value {
    let inline = match check {
        "words::is_id" => generator.subschema_for::<Id>(),
        "words::is_article_id" => generator.subschema_for::<ArticleId>(),
        "words::is_key" => generator.subschema_for::<Key>(),
        "words::is_short" => generator.subschema_for::<Short>(),
        "words::is_offset" => generator.subschema_for::<Offset>(),
        "words::are_some_ids" => generator.subschema_for::<Ids>(),
        "words::are_ids" => list_of(&generator.subschema_for::<Id>()),
        "words::are_short" => list_of(&generator.subschema_for::<Short>()),
        "words::are_identities" => list_of(&generator.subschema_for::<Identity>()),
        "words::is_format" => json_schema!({ "const": VERSION }),
        "words::is_offsets" => json_schema!({ "const": "codepoint" }),
        "words::is_title" => json_schema!({ "type": "string", "maxLength": LONGEST }),
        "words::is_exact" => json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST_EXACT }),
        "words::is_url" => json_schema!({ "type": "string", "pattern": "^https?://[^\\s]+$" }),
        "words::is_language" => {
            json_schema!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$" })
        }
        "words::is_time_stamp" => {
            let pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$";
            json_schema!({ "type": "string", "pattern": pattern })
        }
        "words::is_inner_path" => {
            let pattern = r"^(?!/)(?!.*(^|/)\.\.?(/|$))[^\\:\u0000-\u001f]+$";
            json_schema!({ "type": "string", "pattern": pattern })
        }
        "words::is_confidence" => json_schema!({ "type": "number", "minimum": 0, "maximum": 1 }),
        "words::is_entity" => {
            let entities = NodeKind::ALL.iter().filter(|kind| !kind.is_event());
            json_schema!({ "enum": entities.map(|kind| kind.as_str()).collect::<Vec<_>>() })
        }
        other => unreachable!("{other} has no form in the schema yet"),
    };
    json!(inline)
}
