//! Who acts in event data: nations, bodies that everybody knows, and what a data set lists or only mentions.
//!
//! It resolves no names: the readers do, each as its data set spells them. It says which node an actor is.

use crate::gazetteer::NationRecord;
use crate::model::{Key, OrganizationKind};
use crate::text::Digest;

/// An actor of an event.
#[derive(Debug, Clone)]
pub(super) enum Actor {
    /// The record names nobody.
    Nobody,
    /// A nation as such.
    Nation(&'static NationRecord),
    /// An organization that has its key in every data set.
    Body(&'static Body),
    /// Any other.
    Other(Other),
}

/// An actor that is no nation and no body that everybody knows.
#[derive(Debug, Clone)]
pub(super) struct Other {
    pub(super) known: Known,
    /// What kind of organization it is; none is a group: people or a body, the record does not say.
    pub(super) kind: Option<OrganizationKind>,
    pub(super) name: Option<Box<str>>,
    /// To whom it belongs.
    pub(super) of: Whole,
    /// Whether it is people of that nation, by their nationality.
    pub(super) are_nationals: bool,
}

/// Where an actor is known under its id.
#[derive(Debug, Clone)]
pub(super) enum Known {
    /// Wherever the data set is: the slug of its key.
    Everywhere(String),
    /// In its story only: some police, without saying which.
    InStory(String),
}

/// What an actor belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whole {
    Unknown,
    Nation(&'static NationRecord),
    Body(&'static Body),
}

/// An organization that has its key in every data set.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) slug: &'static str,
    /// As ICEWS has it too.
    pub(super) name: &'static str,
    pub(super) kind: OrganizationKind,
    /// Its code among the groups of CAMEO.
    cameo: &'static str,
}

const fn body(slug: &'static str, name: &'static str, kind: OrganizationKind, cameo: &'static str) -> Body {
    Body { slug, name, kind, cameo }
}

use OrganizationKind::{Bloc, Igo};

static BODIES: [Body; 16] = [
    body("african-union", "African Union", Igo, ""),
    body("asean", "Association of Southeast Asian Nations", Igo, ""),
    body("council-of-europe", "Council of Europe", Igo, ""),
    body("european-commission", "European Commission", Igo, ""),
    body("european-parliament", "European Parliament", Igo, ""),
    body("european-union", "European Union", Bloc, "EEC"),
    body("imf", "International Monetary Fund", Igo, ""),
    body("interpol", "Interpol", Igo, ""),
    body("nato", "North Atlantic Treaty Organization", Igo, "NAT"),
    body("oas", "Organization of American States", Igo, ""),
    body("osce", "Organization for Security and Cooperation in Europe", Igo, "SCE"),
    body("shanghai-cooperation-organization", "Shanghai Cooperation Organization", Igo, ""),
    body("un-security-council", "UN Security Council", Igo, ""),
    body("united-nations", "United Nations", Igo, "UNO"),
    body("who", "World Health Organization", Igo, ""),
    body("wto", "World Trade Organization", Igo, ""),
];

impl Body {
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        BODIES.iter().find(|body| body.name == name)
    }

    pub(super) fn of_cameo(code: &str) -> Option<&'static Self> {
        BODIES.iter().find(|body| !code.is_empty() && body.cameo == code)
    }
}

impl Actor {
    /// A group that only its story knows.
    pub(super) fn passing(id: &str, name: Option<&str>, of: Whole) -> Self {
        let known = Known::InStory(slug(id));
        Self::Other(Other { known, kind: None, name: name.map(Into::into), of, are_nationals: false })
    }

    /// The nation that it is or belongs to.
    pub(super) fn nation(&self) -> Option<&'static NationRecord> {
        match self {
            Self::Nation(nation) => Some(nation),
            Self::Other(Other { of: Whole::Nation(nation), .. }) => Some(nation),
            Self::Nobody | Self::Body(_) | Self::Other(_) => None,
        }
    }

    pub(super) fn is_nobody(&self) -> bool {
        matches!(self, Self::Nobody)
    }
}

/// How much of a name stands in a key.
const READABLE: usize = 48;

/// A name as it can stand in a key: two names that differ in more than case give two slugs.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    let mut is_whole = name.len() <= READABLE;
    for letter in name.chars() {
        let is_between = !slug.is_empty() && !slug.ends_with(['-', '_']);
        match letter {
            letter if slug.len() >= READABLE || !letter.is_ascii() => is_whole = false,
            letter if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            ' ' if is_between => slug.push('-'),
            '-' if is_between => slug.push('_'),
            _ => is_whole = false,
        }
    }
    if !is_whole || slug.is_empty() || slug.ends_with(['-', '_']) {
        let digest = Digest::of(&name.to_lowercase()).to_string();
        let readable = slug.trim_end_matches(['-', '_']);
        slug = format!("{}.{}", if readable.is_empty() { "x" } else { readable }, &digest[..8]);
    }
    slug
}

/// Whether a text can stand in a key as it is.
pub(super) fn is_slug(text: &str) -> bool {
    Key::new::<crate::model::Group>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{is_slug, slug};

    #[test]
    fn a_name_gives_a_slug_and_another_name_another_one() {
        for (name, expected) in [("Donald Trump", "donald-trump"), ("Kim Jong-Un", "kim-jong_un"), ("G7", "g7")] {
            assert_eq!(slug(name), expected);
        }
        let long = "x".repeat(5_000);
        let odd = [
            "",
            " ",
            "a",
            "a ",
            " a",
            "a-",
            "a -",
            "a  b",
            "a b",
            "a-b",
            "a_b",
            "a.b",
            "a/b",
            "a'b",
            "Erdogan",
            "Erdoğan",
            "é",
            "ê",
            "Court (India)",
            "Court India",
            "\u{0}",
            "🌊",
            "a, b",
            "a; b",
            &long,
            &long[1..],
        ];
        let mut slugs: Vec<_> = odd.iter().map(|name| slug(name)).collect();
        for (name, slug) in odd.iter().zip(&slugs) {
            assert!(is_slug(&format!("icews-{slug}.CAN")) && slug.len() <= 60, "{name:?} gives {slug:?}");
        }
        slugs.sort();
        slugs.dedup();
        assert_eq!(slugs.len(), odd.len());
    }
}
