//! Officials over time.

use std::fmt;

use super::Dates;
use crate::graph::{Because, FactKind, FarEnd, NodeRef, View};
use crate::model::{Id, Node, Official, Qualifier, Rank, RelationKind, Role};
use crate::text::fold;
use crate::time::Certainty;

/// That somebody holds an office.
#[derive(Clone)]
#[non_exhaustive]
pub struct Tenure<'g> {
    /// Who.
    pub person: NodeRef<'g>,
    /// Of which nation or organization.
    pub of: NodeRef<'g>,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

/// What the claims say of it is read when asked for: to list who holds an office takes none of it.
impl<'g> Tenure<'g> {
    /// The person, as what holding an office makes of one.
    #[must_use]
    pub fn official(&self) -> Id<Official> {
        Id::from_node(self.person.id())
    }

    /// The title, as the first claim gives it. Linear in the claims.
    #[must_use]
    pub fn title(&self) -> &'g str {
        self.because.claims().find_map(|claim| claim.qualifiers().text(Qualifier::Title)).unwrap_or_default()
    }

    /// The highest rank that a claim gives it, whatever the title. Linear in the claims.
    #[must_use]
    pub fn rank(&self) -> Rank {
        let ranks = self.because.claims().filter_map(|claim| claim.qualifiers().word(Qualifier::Rank));
        ranks.filter_map(Rank::from_word).min().unwrap_or(Rank::Other)
    }

    /// To whom an ambassador is accredited, by key. Linear in the claims.
    #[must_use]
    pub fn to(&self) -> Vec<NodeRef<'g>> {
        // Where the holder is accredited says nothing of who held the office before or after.
        let person = self.person;
        let as_holder =
            self.because.claims().filter(|claim| claim.fillers(Role::Holder).any(|holder| holder == person));
        let mut to: Vec<_> = as_holder.flat_map(|claim| claim.fillers(Role::To)).collect();
        to.sort();
        to.dedup();
        to
    }

    /// From when, until when. Linear in the claims.
    #[must_use]
    pub fn dates(&self) -> Dates {
        Dates::of(self.because.view(), self.because.facts().iter().copied())
    }
}

/// By hand: with what is read on request.
impl fmt::Debug for Tenure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Tenure");
        shown.field("person", &self.person).field("of", &self.of).field("title", &self.title());
        shown.field("rank", &self.rank()).field("to", &self.to()).field("dates", &self.dates());
        shown.field("certainty", &self.certainty).field("because", &self.because).finish_non_exhaustive()
    }
}

const HOLDS_OFFICE: FactKind = FactKind::Relation(RelationKind::HoldsOffice);
const AFFILIATED_WITH: FactKind = FactKind::Relation(RelationKind::AffiliatedWith);

impl<'g> View<'g> {
    /// Who holds an office of a nation or organization, or of one of its ministries and embassies: by person, then
    /// body.
    ///
    /// Linear in the offices of these bodies, whatever else the nation does.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Day, Graph, Nation, Person, Rank, Source, When, relations::HoldsOffice};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note").published("2031-03-04".parse()?));
    /// let (arnar, iceland) = (batch.node::<Person>("solveig-arnar")?, batch.node::<Nation>("ISL")?);
    /// let office = HoldsOffice { title: "Foreign Minister".into(), rank: Rank::ForeignMinister };
    /// batch.claim(note, Claimed::new(office, arnar, iceland).when(When::since("2031-01".parse()?)));
    /// let graph = Graph::new().apply(batch)?;
    /// let iceland = graph.find::<Nation>("ISL").expect("just added");
    /// let before = graph.view().as_of(Day::new(2030, 12, 31)?);
    /// assert_eq!((graph.view().officials(iceland).count(), before.officials(iceland).count()), (1, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn officials(self, of: impl Into<Node>) -> impl Iterator<Item = Tenure<'g>> {
        let of = self.index(of);
        // Room for those of most bodies: not more than allocators have at hand.
        let mut offices = Vec::with_capacity(40);
        self.each_end_to(HOLDS_OFFICE, of, |office| offices.push((of, office)));
        if self.graph.facts.running_to(AFFILIATED_WITH, of).next().is_some() {
            let affiliates = self.of_the_same_sources().sources_of(RelationKind::AffiliatedWith, of).into_iter();
            for organ in affiliates.map(|one| one.index).filter(|one| self.is_organ(*one)) {
                self.each_end_to(HOLDS_OFFICE, organ, |office| offices.push((organ, office)));
            }
            offices.sort_by_key(|(body, office)| (office.node, *body));
        }
        offices.dedup_by(|(_, again), (_, office)| office.is_again(again));
        (0..offices.len()).map(move |place| {
            let (body, office) = offices[place];
            self.tenure(office.node, body, office)
        })
    }

    /// Who holds the office of this title, or of this rank if the text names one ("foreign minister"): titles are compared after
    /// NFKC, case folding and collapsing of spaces. By person, then body.
    ///
    /// Linear in the offices of the nation.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn holder(self, title: &str, of: impl Into<Node>) -> impl Iterator<Item = Tenure<'g>> {
        let title = fold(title).into_owned();
        let rank = Rank::from_word(&title.replace([' ', '-'], "_")).filter(|rank| *rank != Rank::Other);
        self.officials(of).filter(move |tenure| Some(tenure.rank()) == rank || fold(tenure.title()) == title)
    }

    /// The offices that a person holds or held, by nation or organization, then title.
    ///
    /// Linear in the person's own offices.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn tenures(self, person: impl Into<Node>) -> impl Iterator<Item = Tenure<'g>> {
        let person = self.index(person);
        let offices = self.ends_from(HOLDS_OFFICE, person);
        offices.map(move |office| self.tenure(person, office.node, office))
    }

    #[inline]
    fn tenure(self, person: u32, of: u32, FarEnd { fact, certainty, .. }: FarEnd) -> Tenure<'g> {
        let (person, of) = (self.node(person), self.node(of));
        Tenure { person, of, certainty, because: Because::of(self, [fact]) }
    }
}
