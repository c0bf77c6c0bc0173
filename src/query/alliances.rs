//! Allies, and in what sense.

use super::links::{Links, for_reasons_of_both};
use crate::graph::{Because, FactKind, NodeRef, View};
use crate::model::{Node, NodeKind, Pledge, Qualifier, RelationKind, Stance, UnknownWord, vocabulary};
use crate::time::Certainty;

vocabulary! {
    /// In what sense two are allies. No answer mixes them.
    AllianceLens {
        /// Both are members of an alliance that pledges defence (ATOP's `DEFENSE`, Leeds et al. 2002).
        DefencePact = "defence_pact",
        /// Both are members of an alliance, whatever it pledges: defence, neutrality, nonaggression or consultation (Gibler
        /// 2009).
        Alliance = "alliance",
        /// Both are members of a coalition, whatever its kind.
        SharedCoalition = "shared_coalition",
        /// Both make the same statement, themselves or through those who hold their offices.
        JointStatement = "joint_statement",
        /// Both impose the same sanction, themselves or as members of a coalition that does.
        CoSanction = "co_sanction",
        /// Somebody calls them allied.
        Stated = "stated",
    }
}

/// An ally, in one sense and by one tie.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ally<'g> {
    /// Who.
    pub ally: NodeRef<'g>,
    /// In what sense.
    pub lens: AllianceLens,
    /// The coalition, statement or sanction that makes them so; none where somebody just calls them allied.
    pub via: Option<NodeRef<'g>>,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

/// One of several who do something together.
#[derive(Clone)]
struct Partner<'g> {
    who: u32,
    certainty: Certainty,
    because: Because<'g>,
}

/// Those who sit with an actor in coalitions: allies that are not values yet.
#[derive(Default)]
struct Fellows {
    /// The actor's own links to these coalitions.
    seats: Links<u32>,
    /// Links to who else sits there, each once.
    others: Links<Fellow>,
}

/// Who else sits in a coalition. By ally, then coalition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fellow {
    who: u32,
    /// The place of the actor's own link to the coalition.
    seat: u32,
}

const HOLDS_OFFICE: FactKind = FactKind::Relation(RelationKind::HoldsOffice);
const AFFILIATED_WITH: FactKind = FactKind::Relation(RelationKind::AffiliatedWith);

impl<'g> Partner<'g> {
    /// Who does it too because this one does: as sure as the less sure of the two, with the claims of both.
    fn by(&self, who: u32, certainty: Certainty, because: Because<'g>) -> Self {
        Self { who, certainty: self.certainty.min(certainty), because: self.because.clone().and(because) }
    }
}

impl Fellows {
    /// The ally at this place in their order.
    #[inline]
    fn ally<'g>(&self, place: usize, view: &View<'g>, lens: AllianceLens) -> Ally<'g> {
        let other = &self.others[place];
        let own = &self.seats[other.to.seat as usize];
        for_reasons_of_both((&self.seats, own), (&self.others, other), |reasons| Ally {
            ally: view.node(other.to.who),
            lens,
            via: Some(view.node(own.to)),
            certainty: own.certainty().min(other.certainty()),
            because: Because::of_reasons(*view, reasons),
        })
    }
}

impl<'g> View<'g> {
    /// The allies of an actor in one sense, by ally, then by what ties them. Whoever is tied by two coalitions stands twice.
    ///
    /// Linear in the actor's own memberships, statements or sanctions and in those who share them.
    ///
    /// ```
    /// use comity::{AllianceLens, Batch, Claimed, Graph, Nation, Source, Stance, relations::AlignedWith};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (iceland, chile) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("CHL")?);
    /// batch.claim(note, Claimed::new(AlignedWith { stance: Stance::Allied }, iceland, chile));
    /// let graph = Graph::new().apply(batch)?;
    /// let iceland = graph.find::<Nation>("ISL").expect("just added");
    /// let ally = graph.view().allies(iceland, AllianceLens::Stated).next().expect("Chile");
    /// assert_eq!(ally.ally.key(), "nation/CHL");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn allies(self, actor: impl Into<Node>, lens: AllianceLens) -> impl Iterator<Item = Ally<'g>> {
        let (fellows, others) = self.allies_in(self.index(actor), lens);
        let count = fellows.others.len();
        (0..count).map(move |place| fellows.ally(place, &self, lens)).chain(others)
    }

    /// The allies in one sense: of an actor's fellows in coalitions, or the values themselves.
    fn allies_in(self, actor: u32, lens: AllianceLens) -> (Fellows, Vec<Ally<'g>>) {
        let (fellows, mut others) = match lens {
            AllianceLens::DefencePact | AllianceLens::Alliance | AllianceLens::SharedCoalition => {
                (self.fellows(actor, lens), Vec::new())
            }
            AllianceLens::JointStatement => (
                Fellows::default(),
                self.partners_in(actor, lens, RelationKind::Makes, |statement| self.principals(statement)),
            ),
            AllianceLens::CoSanction => (
                Fellows::default(),
                self.partners_in(actor, lens, RelationKind::Imposes, |sanction| self.imposers(sanction)),
            ),
            AllianceLens::Stated => (Fellows::default(), self.stated_allies(actor)),
        };
        others.sort_by_key(|ally| (ally.ally, ally.via));
        (fellows, others)
    }

    /// Who sits with the actor in a coalition that makes allies in this sense.
    fn fellows(self, actor: u32, lens: AllianceLens) -> Fellows {
        let fits = |body| match lens {
            AllianceLens::Alliance => self.pledged(body).is_alliance(),
            AllianceLens::DefencePact => self.pledged(body).has(Pledge::Defense),
            _ => true,
        };
        let seats = self.bodies_linked(actor, |body| fits(body) && self.node(body).kind() == NodeKind::Coalition);
        let mut others = Links::new();
        for (seat, own) in (0..).zip(seats.iter()) {
            self.each_named(own.to, |who, certainty, membership, inclusions| {
                if who != actor {
                    others.push(Fellow { who, seat }, certainty, membership, inclusions);
                }
            });
        }
        Fellows { seats, others: others.merged() }
    }

    /// Who else does what this actor does: `doers` says who does it.
    fn partners_in(
        self,
        actor: u32,
        lens: AllianceLens,
        relation: RelationKind,
        doers: impl Fn(u32) -> Vec<Partner<'g>>,
    ) -> Vec<Ally<'g>> {
        let mut allies = Vec::new();
        for act in self.acts_of(actor, relation) {
            let (own, others): (Vec<_>, Vec<_>) = doers(act).into_iter().partition(|one| one.who == actor);
            let Some(certainty) = own.iter().map(|one| one.certainty).max() else { continue };
            let because = own.into_iter().map(|one| one.because).reduce(Because::and);
            let with_own = others.into_iter().map(|one| Partner {
                who: one.who,
                certainty: one.certainty.min(certainty),
                because: because.clone().map_or(one.because.clone(), |own| own.and(one.because)),
            });
            allies.extend(self.allied(lens, Some(self.node(act)), with_own.collect()));
        }
        allies
    }

    /// One answer a partner, with all that speaks for it.
    fn allied(self, lens: AllianceLens, via: Option<NodeRef<'g>>, mut partners: Vec<Partner<'g>>) -> Vec<Ally<'g>> {
        partners.sort_by_key(|one| one.who);
        partners.into_iter().fold(Vec::new(), |mut allies: Vec<Ally<'g>>, one| {
            match allies.last_mut() {
                Some(last) if last.ally.index == one.who => {
                    last.certainty = last.certainty.max(one.certainty);
                    last.because = last.because.clone().and(one.because);
                }
                _ => {
                    let (ally, certainty, because) = (self.node(one.who), one.certainty, one.because);
                    allies.push(Ally { ally, lens, via, certainty, because });
                }
            }
            allies
        })
    }

    /// What an actor does: itself, through the holders of its offices and its organs, or through the coalitions it is in; and
    /// what groups do that name one of these in full.
    fn acts_of(self, actor: u32, relation: RelationKind) -> Vec<u32> {
        let mut doers = vec![actor];
        let known = match relation {
            RelationKind::Imposes => {
                self.each_body(actor, |_| true, |body, _, _, _| doers.push(body));
                self
            }
            _ => {
                let known = self.at_any_time();
                let organs = known.sources_of(RelationKind::AffiliatedWith, actor).into_iter();
                doers.extend(organs.map(|organ| organ.index).filter(|organ| known.is_organ(*organ)));
                let holders = doers.iter().flat_map(|body| known.sources_of(RelationKind::HoldsOffice, *body));
                let holders: Vec<u32> = holders.map(|holder| holder.index).collect();
                doers.extend(holders);
                known
            }
        };
        let groups = doers.iter().flat_map(|doer| known.groups_in_full(*doer)).map(|(group, _)| group);
        let groups: Vec<u32> = groups.collect();
        doers.extend(groups);
        let mut acts: Vec<u32> =
            doers.into_iter().flat_map(|doer| self.targets(relation, doer)).map(|act| act.index).collect();
        acts.sort_unstable();
        acts.dedup();
        acts
    }

    /// Who imposes a sanction: those that do, the named members of coalitions that do, and whom groups that do name in full.
    fn imposers(self, sanction: u32) -> Vec<Partner<'g>> {
        let mut found = Vec::new();
        for (fact, certainty) in self.running_to(FactKind::Relation(RelationKind::Imposes), sanction) {
            let who = self.graph.facts.source(fact);
            let imposer = Partner { who, certainty, because: Because::of(self, [fact]) };
            if self.node(who).kind() == NodeKind::Coalition {
                let members = self.named_in(who).into_iter().filter(|one| one.role.is_member());
                found.extend(members.map(|one| Partner {
                    who: one.member.index,
                    certainty: certainty.min(one.certainty),
                    because: imposer.because.clone().and(one.because),
                }));
            }
            found.extend(self.parts_doing(self, &imposer));
            found.push(imposer);
        }
        found
    }

    /// For whom a statement speaks: those who make it, whose offices they hold, and to whom their ministries and embassies
    /// belong.
    fn principals(self, statement: u32) -> Vec<Partner<'g>> {
        let known = self.at_any_time();
        let mut speakers = Vec::new();
        for (fact, certainty) in self.running_to(FactKind::Relation(RelationKind::Makes), statement) {
            let who = self.graph.facts.source(fact);
            let speaker = Partner { who, certainty, because: Because::of(self, [fact]) };
            speakers.extend(self.parts_doing(known, &speaker));
            speakers.push(speaker);
        }
        let mut found = Vec::new();
        for speaker in speakers {
            match self.node(speaker.who).kind() {
                NodeKind::Person => {
                    for (office, certainty) in known.running_from(HOLDS_OFFICE, speaker.who) {
                        let of = self.graph.facts.target(office);
                        found.extend(known.wholes(&speaker.by(of, certainty, Because::of(known, [office]))));
                    }
                }
                NodeKind::Group => {}
                _ => found.extend(known.wholes(&speaker)),
            }
        }
        found
    }

    /// Those whom a group names in full, who do what it does.
    fn parts_doing(self, known: View<'g>, group: &Partner<'g>) -> Vec<Partner<'g>> {
        let parts = known.parts_in_full(group.who).into_iter();
        parts.map(|part| group.by(part.node, part.certainty, Because::of(known, part.ways))).collect()
    }

    /// The nations or organizations that a ministry or embassy belongs to; for anything else, itself.
    fn wholes(self, body: &Partner<'g>) -> Vec<Partner<'g>> {
        let affiliations = self.is_organ(body.who).then(|| self.running_from(AFFILIATED_WITH, body.who));
        let wholes: Vec<_> = affiliations
            .into_iter()
            .flatten()
            .map(|(fact, certainty)| body.by(self.graph.facts.target(fact), certainty, Because::of(self, [fact])))
            .collect();
        if wholes.is_empty() { vec![body.clone()] } else { wholes }
    }

    fn stated_allies(self, actor: u32) -> Vec<Ally<'g>> {
        let kind = FactKind::Relation(RelationKind::AlignedWith);
        let mut allies = Vec::new();
        for (fact, certainty) in self.running_from(kind, actor).chain(self.running_to(kind, actor)) {
            if self.graph.facts.identity(fact).word(Qualifier::Stance) != Some(Stance::Allied.as_str()) {
                continue;
            }
            let (source, target) = (self.graph.facts.source(fact), self.graph.facts.target(fact));
            let ally = self.node(if source == actor { target } else { source });
            let because = Because::of(self, [fact]);
            allies.push(Ally { ally, lens: AllianceLens::Stated, via: None, certainty, because });
        }
        allies
    }
}
