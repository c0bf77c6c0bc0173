//! The lists of words that numbers in a snapshot stand for, as its writer had them: a later release may add words, or order them
//! anew, and still reads what was saved before.

use rustc_hash::FxHashSet;

use super::columns::{Reader, Writer};
use super::error::Flaw;
use crate::model::{
    AnnotatorKind, Attribute, CountPrecision, DateBasis, FactType, Lowering, MentionForm, Modality, NodeKind,
    OriginKind, Pledge, Qualifier, QualifierType, Reading, RelationKind, Role,
};

/// What each number of a list stands for: none for a word that this release does not know.
#[derive(Debug)]
pub(super) struct List<T>(Vec<Option<T>>);

impl<T: Copy> List<T> {
    pub(super) fn len(&self) -> u32 {
        self.0.len() as u32
    }

    pub(super) fn get(&self, number: u32) -> Result<T, Flaw> {
        self.0.get(number as usize).copied().flatten().ok_or(Flaw::Word)
    }
}

macro_rules! words {
    ($($field:ident: $list:ident,)+; $($order:ident),+) => {
        /// All lists.
        #[derive(Debug)]
        pub(super) struct Words {
            $(pub(super) $field: List<$list>,)+
            /// Whether they are the lists of this release.
            pub(super) are_ours: bool,
        }

        impl Words {
            pub(super) fn write(writer: &mut Writer) {
                $(writer.list($list::WORDS.iter(), |writer, word| writer.text(word));)+
                $(writer.list($order::WORDS.iter(), |writer, word| writer.text(word));)+
            }

            pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Flaw> {
                let mut are_ours = true;
                $(
                    let words = reader.list(Reader::text)?;
                    are_ours &= words == $list::WORDS;
                    let $field = List(words.iter().map(|word| $list::from_word(word)).collect());
                )+
                $(are_ours &= reader.list(Reader::text)? == $order::WORDS;)+
                Ok(Self { $($field,)+ are_ours })
            }
        }
    };
}

words! {
    node_kinds: NodeKind,
    facts: FactType,
    roles: Role,
    modalities: Modality,
    readings: Reading,
    bases: DateBasis,
    forms: MentionForm,
    origins: OriginKind,
    annotators: AnnotatorKind,
    precisions: CountPrecision,
    pledges: Pledge,
    qualifiers: Qualifier,
    // Those by which only the tables of facts are numbered.
    ; RelationKind, Attribute
}

/// Every word that can be the value of a qualifier, or the kind of a node.
pub(super) fn known_words() -> FxHashSet<&'static str> {
    let mut known = FxHashSet::default();
    for schema in FactType::ALL.iter().map(|fact| fact.schema()) {
        for (_, kind, _) in schema.qualifiers {
            if let QualifierType::Word(list) | QualifierType::Words(list) = kind {
                known.extend(*list);
            }
        }
        let lowered = schema.lowers.iter().filter_map(|lowering| match lowering {
            Lowering::Edge { carrying, .. } => carrying.as_ref(),
            _ => None,
        });
        for (_, carried) in lowered.chain(schema.defaults) {
            if let crate::model::Carried::Word(word) = carried {
                known.insert(*word);
            }
        }
    }
    known.extend(NodeKind::ALL.iter().flat_map(|kind| kind.stages().iter().chain(kind.subkinds())));
    known
}
