//! Claims that cannot both be.

use std::collections::BTreeSet;

use super::{Dates, Proposition};
use crate::batch::records::NONE;
use crate::graph::{Because, Claim, FactKind, RowRef, View};
use crate::model::{Attribute, Disagreement, Qualifier, RelationKind, Role, Value};
use crate::time::{End, Start, When};

/// Claims of one fact that cannot both be: dates with no day in common, roles with no filler in common, counts that no number
/// fits.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Conflict<'g> {
    /// Of what.
    pub what: Proposition<'g>,
    /// In which field they disagree.
    pub field: Disagreement,
    /// What they say, in the order of the claims; each value cannot be together with at least one other.
    pub values: Vec<ConflictingValue<'g>>,
    /// The claims.
    pub because: Because<'g>,
}

/// One of the values that cannot both be.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ConflictingValue<'g> {
    /// As the claims give it: a date, a count, the keys of the fillers.
    pub value: String,
    /// The claims that give it.
    pub claims: Vec<Claim<'g>>,
}

/// What a claim says in one field, as it is compared.
#[derive(Debug, Clone)]
enum Told {
    /// On one of these days, both included.
    Days(i64, i64),
    Fillers(BTreeSet<u32>),
    Value(Value),
}

impl Told {
    fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Days(first, last), Self::Days(other_first, other_last)) => {
                first <= other_last && other_first <= last
            }
            (Self::Fillers(one), Self::Fillers(other)) => !one.is_disjoint(other),
            (Self::Value(Value::Count(one)), Self::Value(Value::Count(other))) => one.fits(*other),
            (Self::Value(Value::Date(one)), Self::Value(Value::Date(other))) => one.overlaps(*other),
            (Self::Value(one), Self::Value(other)) => one == other,
            _ => true,
        }
    }
}

/// The facts that have fields in which claims can disagree.
const COMPARED: [FactKind; 9] = [
    FactKind::Relation(RelationKind::MemberOf),
    FactKind::Relation(RelationKind::HoldsOffice),
    FactKind::Relation(RelationKind::Signs),
    FactKind::Relation(RelationKind::PartyTo),
    FactKind::Attribute(Attribute::StatedSize),
    FactKind::Attribute(Attribute::Founded),
    FactKind::Attribute(Attribute::Rule),
    FactKind::Attribute(Attribute::Stage),
    FactKind::Event,
];

impl<'g> View<'g> {
    /// The conflicts between claims that count, by kind of fact, then by its ends, then by field. Which fields of which fact type
    /// can conflict is in [`FactSchema::conflicts`](crate::FactSchema).
    ///
    /// Linear in the facts, quadratic in the claims of one fact.
    ///
    /// ```
    /// use comity::{Batch, Detention, Fact, FactType, Graph, Person, Role, Source, When};
    /// let mut batch = Batch::new();
    /// for (article, arrest) in [("one", "2018-12-01"), ("other", "2019-12")] {
    ///     let note = batch.source(Source::article(article));
    ///     let (case, held) = (batch.node::<Detention>("meng-2018")?, batch.node::<Person>("meng-wanzhou")?);
    ///     let when = When::from(arrest.parse()?);
    ///     batch.fact(note, Fact::new(FactType::Detention).event(case).role(Role::Detained, held).when(when))?;
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let conflict = graph.view().conflicts().next().expect("in the day");
    /// assert_eq!((conflict.field.as_str(), conflict.values[1].value.as_str()), ("from", "2019-12"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn conflicts(self) -> impl Iterator<Item = Conflict<'g>> {
        let facts = COMPARED.into_iter().flat_map(move |kind| self.graph.facts.all(kind));
        facts.flat_map(move |fact| self.conflicts_of(fact))
    }

    fn conflicts_of(self, fact: RowRef) -> Vec<Conflict<'g>> {
        if self.graph.facts.table(fact.kind).spells(fact.row).len() < 2 && !may_differ_at_one_time(fact.kind) {
            return Vec::new();
        }
        let claims = self.counting(fact);
        let Some(schema) = claims.first().map(|claim| self.graph.records.claims[*claim as usize].fact.schema()) else {
            return Vec::new();
        };
        let conflict = |field: &Disagreement| {
            let told: Vec<(u32, Told, String)> = claims
                .iter()
                .filter_map(|claim| self.told(fact, *claim, *field).map(|(told, shown)| (*claim, told, shown)))
                .collect();
            let disagrees = |one: &Told| told.iter().any(|(_, other, _)| !one.agrees(other));
            let mut values: Vec<ConflictingValue<'g>> = Vec::new();
            for (claim, _, shown) in told.iter().filter(|(_, one, _)| disagrees(one)) {
                let claim = Claim { graph: self.graph, index: *claim };
                match values.iter_mut().find(|known| known.value == *shown) {
                    Some(known) => known.claims.push(claim),
                    None => values.push(ConflictingValue { value: shown.clone(), claims: vec![claim] }),
                }
            }
            let claims = values.iter().flat_map(|one| one.claims.iter().map(|claim| claim.index));
            let because = Because::of_claims(self, claims.collect::<Vec<_>>());
            let what = Proposition::of(self, fact);
            (!values.is_empty()).then_some(Conflict { what, field: *field, values, because })
        };
        schema.conflicts.iter().filter_map(conflict).collect()
    }

    /// What a claim says in a field, to compare and to show; none if it says nothing there.
    fn told(self, fact: RowRef, claim: u32, field: Disagreement) -> Option<(Told, String)> {
        let records = &self.graph.records;
        let when = self.graph.facts.when(records, claim, fact);
        match field {
            Disagreement::At => {
                let (first, last) = Dates::happening(when)?;
                Some((Told::Days(first.into(), last.into()), when_shown(when)))
            }
            Disagreement::From => match when {
                When::Span { from: Start::On(date), .. } => {
                    Some((Told::Days(date.first().ordinal().into(), date.last().ordinal().into()), date.to_string()))
                }
                _ => None,
            },
            Disagreement::Until => self.told_end(claim, when),
            Disagreement::Fillers(role) => self.told_fillers(claim, role),
            Disagreement::Qualifier(Qualifier::Count) => {
                let count = records.qualifiers_of(claim).stated_count()?;
                Some((Told::Value(Value::Count(count)), count.to_string()))
            }
            Disagreement::Qualifier(qualifier) => {
                let value = records.qualifiers_of(claim).get(qualifier)?;
                Some((Told::Value(value.clone()), value.to_string()))
            }
        }
    }

    fn told_end(self, claim: u32, when: When) -> Option<(Told, String)> {
        let When::Span { until, .. } = when else { return None };
        let (days, shown) = match until {
            End::Unknown => return None,
            End::On(date) => ((date.first().ordinal().into(), date.last().ordinal().into()), date.to_string()),
            End::By(date) => ((i64::MIN, date.last().ordinal().into()), format!("by {date}")),
            End::Open => {
                let source = self.graph.records.claims[claim as usize].source;
                let published = self.graph.records.sources[source as usize].published?;
                ((i64::from(published.first().ordinal()) + 1, i64::MAX), format!("after {published}"))
            }
        };
        Some((Told::Days(days.0, days.1), shown))
    }

    fn told_fillers(self, claim: u32, role: Role) -> Option<(Told, String)> {
        let records = &self.graph.records;
        let of_role = records.arguments_of(claim).filter(|argument| argument.role == role);
        let nodes: BTreeSet<u32> =
            of_role.filter_map(|argument| records.filler_node(argument.filler)).filter(|node| *node != NONE).collect();
        let shown: Vec<_> = nodes.iter().map(|node| self.node(*node).key()).collect();
        (!nodes.is_empty()).then(|| (Told::Fillers(nodes), shown.join(", ")))
    }
}

/// Whether claims of such a fact can disagree in more than its time.
fn may_differ_at_one_time(kind: FactKind) -> bool {
    matches!(kind, FactKind::Event | FactKind::Attribute(Attribute::StatedSize | Attribute::Rule))
}

fn when_shown(when: When) -> String {
    match when {
        When::At(date) | When::Span { from: Start::On(date), until: End::Unknown } => date.to_string(),
        when => when.to_string(),
    }
}
