//! Qualifiers: from what is written to what the ontology holds.

use super::syntax::{Loose, With};
use super::words;
use crate::model::{
    DetentionStage, Duration, InstrumentStage, MeetingStage, NodeKind, Qualifier, QualifierType, Qualifiers,
    SanctionStage, Value,
};

/// The stages that a node of a kind can go through; none for a kind that has no stages.
pub(crate) fn stage_words(kind: NodeKind) -> &'static [&'static str] {
    match kind {
        NodeKind::Detention => DetentionStage::WORDS,
        NodeKind::Sanction => SanctionStage::WORDS,
        NodeKind::Meeting => MeetingStage::WORDS,
        NodeKind::Instrument => InstrumentStage::WORDS,
        _ => &[],
    }
}

/// The stage of this spelling, whatever it is a stage of.
pub(crate) fn stage_word(word: &str) -> Option<&'static str> {
    let lists = [DetentionStage::WORDS, SanctionStage::WORDS, MeetingStage::WORDS, InstrumentStage::WORDS];
    lists.into_iter().flatten().copied().find(|known| *known == word)
}

/// The value as the ontology holds it; none if it is of another type or not one of the list.
fn value(value: &Loose<'_>, wanted: QualifierType) -> Option<Value> {
    let word = |words: &'static [&'static str], text: &str| words.iter().copied().find(|word| *word == text);
    match (wanted, value) {
        (QualifierType::Word(known), Loose::Text(text)) => word(known, text).map(Value::Word),
        (QualifierType::Words(known), Loose::List(list)) if list.is_some() => {
            let found: Option<Vec<_>> = list.0.iter().map(|text| word(known, text.as_ref()?)).collect();
            found.map(Value::Words)
        }
        (QualifierType::Stage, Loose::Text(text)) => stage_word(text).map(Value::Word),
        (QualifierType::Text, Loose::Text(text)) if words::is_short(text) => Some(Value::Text((**text).into())),
        (QualifierType::Count, Loose::Number(number)) => number.count().map(Value::Count),
        (QualifierType::Duration, Loose::Text(text)) => text.parse::<Duration>().ok().map(Value::Duration),
        (QualifierType::Date, Loose::Text(text)) => text.parse().ok().map(Value::Date),
        (QualifierType::Boolean, Loose::Boolean(yes)) => Some(Value::Boolean(*yes)),
        (QualifierType::Integer, Loose::Integer(number)) => i32::try_from(*number).ok().map(Value::Integer),
        _ => None,
    }
}

/// Whether there is such a value.
pub(crate) fn fits(loose: &Loose<'_>, wanted: QualifierType) -> bool {
    match (wanted, loose) {
        // The most frequent one need not be copied to be asked.
        (QualifierType::Text, Loose::Text(text)) => words::is_short(text),
        _ => value(loose, wanted).is_some(),
    }
}

/// All of them; those that do not fit are left out, for they have been refused.
pub(crate) fn qualifiers(with: &With<'_>, fact: crate::model::FactType) -> Qualifiers {
    with.members.iter().fold(Qualifiers::new(), |all, (name, loose)| {
        let qualifier = Qualifier::from_word(name);
        let wanted = qualifier.and_then(|qualifier| fact.schema().qualifier(qualifier));
        match qualifier.zip(wanted.and_then(|wanted| value(loose, wanted))) {
            Some((qualifier, value)) => all.with(qualifier, value),
            None => all,
        }
    })
}
