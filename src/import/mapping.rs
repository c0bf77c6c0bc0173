//! What the labels of somebody's annotations are in the ontology: the user's word, for no label says it.
//!
//! It reads no annotations: the readers of brat and Label Studio do, and ask here.

use std::str::FromStr;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::model::{
    Count, CountPrecision, FactType, Identity, IdentityError, Key, MentionForm, Modality, NodeKind, Qualifier,
    QualifierType, Qualifiers, Role, Value,
};
use crate::time::PartialDate;

/// What labels of annotations are in the ontology, as JSON. Whatever it does not name is left out, and counted.
///
/// | key | from | to |
/// |---|---|---|
/// | `nodes` | the label of an entity | the kind of node |
/// | `keys` | the words of an entity, exactly | its key; without one a node is known in its article only |
/// | `facts` | the label of a relation or event | `fact`: the type; `roles`: the role, or the qualifier of text, that each argument fills; `with`: qualifiers that the label alone says |
/// | `same` | | labels of relations that say "the same one" (aliases, coreference) |
/// | `attributes` | an attribute, or an attribute and its value as `Confidence=Low` | `negated`, a modality (all but `denied`), or the form of a mention |
/// | `identities` | the name of a knowledge base | the scheme of its ids |
/// | `notes` | the type of a note | `gloss` on an event or relation, `identity` (`wikidata:Q16`) on an entity |
/// | `when` | an argument, a relation, an attribute or the type of a note | `at`, `from` or `until`: that what it stands with holds at, from or until a date: the words of the argument or other end, the value of the attribute, the text of the note |
/// | `dates` | words that say a date, exactly | the date, as `2018-12-01`, `2018-12`, `2018` or with `~`; words that are not named here must be one themselves |
///
/// An argument that is numbered (`Org-Arg2`) fills the role of `Org-Arg`, unless it is named itself. The ends of a relation are
/// `Arg1` and `Arg2`. `until` is the first day on which it is no longer so. In `with` stands any qualifier of the fact type: words and text,
/// `true` or `false`, a number (for a count also `{ "value": 50, "precision": "at_least" }`), a date or a duration (`"P1Y"`).
///
/// ```
/// use comity::AnnotationMapping;
/// let mapping: AnnotationMapping = r#"{
///     "nodes": { "Person": "person", "GPE": "nation" },
///     "keys": { "Canada": "nation/CAN" },
///     "facts": {
///         "Minister": { "fact": "office", "roles": { "Arg1": "holder", "Arg2": "of" }, "with": { "title": "minister" } }
///     },
///     "attributes": { "Negation": "negated", "Confidence=Low": "alleged" },
///     "when": { "Since": "from" },
///     "dates": { "the spring of 2001": "2001~" }
/// }"#.parse()?;
/// let misspelt = r#"{ "nodes": { "GPE": "country" } }"#.parse::<AnnotationMapping>().unwrap_err();
/// assert!(misspelt.to_string().starts_with("one of nation, organization, person"));
/// let no_rank = r#"{ "facts": { "Minister": { "fact": "office", "with": { "rank": "bishop" } } } }"#;
/// let no_rank = no_rank.parse::<AnnotationMapping>().unwrap_err().to_string();
/// assert!(no_rank.starts_with("Minister: an office does not take \"bishop\" as \"rank\"; it takes one of head_of_state"));
/// # Ok::<(), comity::MappingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnnotationMapping {
    nodes: FxHashMap<Box<str>, NodeKind>,
    keys: FxHashMap<Box<str>, Key>,
    facts: FxHashMap<Box<str>, FactMapping>,
    same: Vec<Box<str>>,
    attributes: FxHashMap<Box<str>, Mark>,
    identities: FxHashMap<Box<str>, Box<str>>,
    notes: FxHashMap<Box<str>, NoteUse>,
    when: FxHashMap<Box<str>, Bound>,
    dates: FxHashMap<Box<str>, PartialDate>,
}

/// Why a text is no mapping.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MappingError {
    /// It is no JSON, or has a key or word that mappings do not have.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The fact type has neither such a role nor such a qualifier of text.
    #[error("{label}: {} has no role or text \"{name}\"; it has {}", fact.with_article(), roles_of(*fact))]
    NoRole {
        /// The label.
        label: Box<str>,
        /// What it is mapped to.
        fact: FactType,
        /// The role given.
        name: Box<str>,
    },
    /// The fact type has no such qualifier, or the qualifier takes no such value.
    #[error("{label}: {} does not take {value} as \"{name}\"; it takes {}", fact.with_article(), taken(*fact, name))]
    NoQualifier {
        /// The label.
        label: Box<str>,
        /// What it is mapped to.
        fact: FactType,
        /// The qualifier given.
        name: Box<str>,
        /// The value given, as JSON.
        value: Box<str>,
    },
    /// No mark of that name.
    #[error("{attribute}: \"{mark}\" is neither negated nor a modality other than denied, nor a form of a mention")]
    NoMark {
        /// The attribute.
        attribute: Box<str>,
        /// What it is mapped to.
        mark: Box<str>,
    },
    /// The scheme is none.
    #[error("{base}: {error}")]
    NoScheme {
        /// The knowledge base.
        base: Box<str>,
        /// Why.
        error: IdentityError,
    },
}

/// The roles of a fact type, and the qualifiers that words can fill.
fn roles_of(fact: FactType) -> String {
    let schema = fact.schema();
    let roles = schema.roles.iter().map(|row| row.role.as_str());
    let texts = schema.qualifiers.iter().filter(|(_, takes, _)| *takes == QualifierType::Text);
    roles.chain(texts.map(|(name, ..)| name.as_str())).collect::<Vec<_>>().join(", ")
}

/// What a qualifier takes; of one that the fact type does not have, which it has.
fn taken(fact: FactType, name: &str) -> String {
    let schema = fact.schema();
    match Qualifier::from_word(name).and_then(|qualifier| schema.qualifier(qualifier)) {
        Some(QualifierType::Stage) => {
            let mut steps: Vec<_> = NodeKind::ALL.iter().flat_map(|kind| kind.stages()).copied().collect();
            steps.dedup();
            format!("one of {}", steps.join(", "))
        }
        Some(takes) => takes.to_string(),
        None if schema.qualifiers.is_empty() => "none".into(),
        None => schema.qualifiers.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// What a label of relations or events is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FactMapping {
    pub(super) fact: FactType,
    pub(super) with: Qualifiers,
    roles: FxHashMap<Box<str>, Fill>,
}

/// What an argument fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Role(Role),
    /// Its words are the value.
    Text(Qualifier),
}

/// What an attribute says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Negated,
    Modality(Modality),
    Form(MentionForm),
}

/// Which end of a time a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Bound {
    At,
    From,
    Until,
}

/// What a note is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NoteUse {
    Gloss,
    Identity,
}

/// The JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Written {
    nodes: IndexMap<Box<str>, NodeKind>,
    keys: IndexMap<Box<str>, Key>,
    facts: IndexMap<Box<str>, WrittenFact>,
    same: Vec<Box<str>>,
    attributes: IndexMap<Box<str>, Box<str>>,
    identities: IndexMap<Box<str>, Box<str>>,
    notes: IndexMap<Box<str>, NoteUse>,
    when: IndexMap<Box<str>, Bound>,
    dates: IndexMap<Box<str>, PartialDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFact {
    fact: FactType,
    #[serde(default)]
    roles: IndexMap<Box<str>, Box<str>>,
    #[serde(default)]
    with: IndexMap<Box<str>, serde_json::Value>,
}

impl FromStr for AnnotationMapping {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let Written { nodes, keys, facts, same, attributes, identities, notes, when, dates } =
            serde_json::from_str(text)?;
        let facts = facts.into_iter().map(|(label, written)| Ok((label.clone(), fact(&label, written)?)));
        let attributes = attributes.into_iter().map(|(attribute, mark)| match read_mark(&mark) {
            Some(mark) => Ok((attribute, mark)),
            None => Err(MappingError::NoMark { attribute, mark }),
        });
        for (base, scheme) in &identities {
            // The form of ids is the scheme's own: only whether there is such a scheme is asked.
            if let Err(error @ IdentityError::UnknownScheme { .. }) = format!("{scheme}:1").parse::<Identity>() {
                return Err(MappingError::NoScheme { base: base.clone(), error });
            }
        }
        Ok(Self {
            facts: facts.collect::<Result<_, MappingError>>()?,
            attributes: attributes.collect::<Result<_, MappingError>>()?,
            nodes: nodes.into_iter().collect(),
            keys: keys.into_iter().collect(),
            same,
            identities: identities.into_iter().collect(),
            notes: notes.into_iter().collect(),
            when: when.into_iter().collect(),
            dates: dates.into_iter().collect(),
        })
    }
}

fn read_mark(word: &str) -> Option<Mark> {
    let modality = || Modality::from_word(word).filter(|one| *one != Modality::Denied).map(Mark::Modality);
    let form = || MentionForm::from_word(word).map(Mark::Form);
    if word == "negated" { Some(Mark::Negated) } else { modality().or_else(form) }
}

fn fact(label: &str, written: WrittenFact) -> Result<FactMapping, MappingError> {
    let WrittenFact { fact, roles: named, with: given } = written;
    let schema = fact.schema();
    let mut roles = FxHashMap::default();
    for (argument, name) in named {
        let role = Role::from_word(&name).filter(|role| schema.role(*role).is_some()).map(Fill::Role);
        let text = || {
            let qualifier = Qualifier::from_word(&name)?;
            (schema.qualifier(qualifier)? == QualifierType::Text).then_some(Fill::Text(qualifier))
        };
        let Some(fill) = role.or_else(text) else {
            return Err(MappingError::NoRole { label: label.into(), fact, name });
        };
        roles.insert(argument, fill);
    }
    let mut with = Qualifiers::new();
    for (name, value) in given {
        let taken = Qualifier::from_word(&name).and_then(|qualifier| {
            let takes = schema.qualifier(qualifier)?;
            read_value(takes, &value).filter(|value| takes.takes(value)).map(|value| (qualifier, value))
        });
        let Some((qualifier, value)) = taken else {
            return Err(MappingError::NoQualifier { label: label.into(), fact, name, value: value.to_string().into() });
        };
        with = with.with(qualifier, value);
    }
    Ok(FactMapping { fact, with, roles })
}

/// A value as the qualifier has it.
fn read_value(takes: QualifierType, value: &serde_json::Value) -> Option<Value> {
    let word = |list: &'static [&'static str]| list.iter().find(|known| value == **known).copied();
    let number = || value.as_u64().and_then(|number| i32::try_from(number).ok());
    match takes {
        QualifierType::Word(list) => word(list).map(Value::Word),
        QualifierType::Words(list) => {
            let words = value.as_array()?.iter().map(|one| list.iter().find(|known| one == **known).copied());
            words.collect::<Option<_>>().map(Value::Words)
        }
        QualifierType::Stage => NodeKind::ALL.iter().find_map(|kind| word(kind.stages())).map(Value::Word),
        QualifierType::Text => value.as_str().map(|text| Value::Text(text.into())),
        QualifierType::Boolean => value.as_bool().map(Value::Boolean),
        QualifierType::Integer => number().map(Value::Integer),
        QualifierType::Count => match number() {
            Some(number) => Some(Value::Count(Count::new(number.unsigned_abs(), CountPrecision::Exact))),
            None => Count::deserialize(value).ok().map(Value::Count),
        },
        QualifierType::Date => PartialDate::deserialize(value).ok().map(Value::Date),
        QualifierType::Duration => value.as_str()?.parse().ok().map(Value::Duration),
    }
}

/// The name of an argument without its number.
fn unnumbered(argument: &str) -> &str {
    argument.trim_end_matches(|letter: char| letter.is_ascii_digit())
}

impl FactMapping {
    /// What the argument of this name fills, if it is mapped.
    pub(super) fn fill(&self, argument: &str) -> Option<Fill> {
        self.roles.get(argument).or_else(|| self.roles.get(unnumbered(argument))).copied()
    }
}

impl AnnotationMapping {
    pub(super) fn node(&self, label: &str) -> Option<NodeKind> {
        self.nodes.get(label).copied()
    }

    /// The key of an entity of these words.
    pub(super) fn key(&self, words: &str) -> Option<&Key> {
        self.keys.get(words)
    }

    pub(super) fn fact(&self, label: &str) -> Option<&FactMapping> {
        self.facts.get(label)
    }

    pub(super) fn is_same(&self, label: &str) -> bool {
        self.same.iter().any(|same| **same == *label)
    }

    pub(super) fn mark(&self, attribute: &str, value: Option<&str>) -> Option<Mark> {
        let valued = || self.attributes.get(format!("{attribute}={}", value?).as_str());
        valued().or_else(|| self.attributes.get(attribute)).copied()
    }

    pub(super) fn scheme(&self, base: &str) -> Option<&str> {
        self.identities.get(base).map(|scheme| &**scheme)
    }

    /// Which end of a time what is named so says.
    pub(super) fn bound(&self, name: &str) -> Option<Bound> {
        self.when.get(name).or_else(|| self.when.get(unnumbered(name))).copied()
    }

    /// The date that words say.
    pub(super) fn date(&self, words: &str) -> Option<PartialDate> {
        self.dates.get(words).copied().or_else(|| words.parse().ok())
    }

    pub(super) fn note(&self, kind: &str) -> Option<NoteUse> {
        self.notes.get(kind).copied()
    }
}
