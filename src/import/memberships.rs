//! The reference batch: who belongs to the United Nations and the European Union, and when. Compiled in, applied only where
//! asked.

use serde::Deserialize;

use crate::batch::{Batch, Description, Fact};
use crate::gazetteer::{Gazetteer, NamingPolicy};
use crate::model::{FactType, Key, MembershipRole, OrganizationKind, Qualifiers, Role};
use crate::provenance::Source;
use crate::time::{PartialDate, When};

const MEMBERSHIPS: &str = include_str!("../../data/reference/memberships.jsonl");

/// A line of the file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    About { about: About },
    Spell(Spell),
}

#[derive(Deserialize)]
struct About {
    title: String,
    source: String,
    coverage_end: PartialDate,
}

#[derive(Deserialize)]
struct Spell {
    body: Key,
    member: Key,
    role: MembershipRole,
    from: PartialDate,
    until: Option<PartialDate>,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The memberships of the United Nations and the European Union as a batch with one source, a data set of its own
/// (`reference/memberships`): with it "almost all members of the European Union" makes Germany a possible member, and both
/// claims are in the answer.
///
/// What holds on its last day of coverage is open: certain up to that day, possible after. A few milliseconds.
///
/// ```
/// use comity::{Graph, Organization, reference_memberships};
/// let graph = Graph::new().apply(reference_memberships())?;
/// let union = graph.find::<Organization>("european-union").expect("it is there");
/// assert_eq!(graph.view().as_of("2021-03-01".parse()?).members(union).count(), 27);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn reference_memberships() -> Batch {
    let sound = "the compiled-in memberships are sound: a test reads them";
    let lines: Vec<Line> = MEMBERSHIPS.lines().map(|line| serde_json::from_str(line).expect(sound)).collect();
    let mut batch = Batch::new();
    let mut dataset = Source::dataset("reference/memberships");
    for line in &lines {
        if let Line::About { about } = line {
            dataset = dataset.title(&about.title).published(about.coverage_end);
            dataset.rights = Some(about.source.as_str().into());
        }
    }
    let source = batch.source(dataset);
    let mut described = std::collections::BTreeSet::new();
    let mut describe = |batch: &mut Batch, key: &Key| {
        let node = batch.key(key);
        if described.insert(key.as_str().to_owned()) {
            batch.describe(source, node, description(key)).expect(sound);
        }
        node
    };
    for line in lines {
        let Line::Spell(Spell { body, member, role, from, until }) = line else { continue };
        let (body, member) = (describe(&mut batch, &body), describe(&mut batch, &member));
        let when = until.map_or(Ok(When::since(from)), |until| When::between(from, until)).expect(sound);
        let fact = Fact::new(FactType::Membership).role(Role::Member, member).role(Role::Of, body);
        batch.fact(source, fact.with(Qualifiers::new().role(role)).when(when)).expect(sound);
    }
    batch
}

fn description(key: &Key) -> Description {
    match Gazetteer::builtin().nation(key.slug()) {
        Some(nation) => Description::new().name(nation.name(NamingPolicy::Common)),
        None if key.slug() == "united-nations" => {
            Description::new().name("United Nations").organization(OrganizationKind::Igo)
        }
        None => Description::new().name("European Union").organization(OrganizationKind::Bloc),
    }
}
