//! Coded events as claims: what the readers of ICEWS and GDELT have in common.
//!
//! It reads no file. What a code means for the graph is decided here, once for both.

use rustc_hash::{FxHashMap, FxHashSet};

use super::actors::{Actor, Known, Other, Whole};
use super::cameo::CameoEvent;
use super::table::{Column, Row, Wrong};
use crate::batch::{Batch, Description, Fact, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{NamingPolicy, NationRecord};
use crate::model::{
    Act, Detention, FactType, Group, MeetingKind, MeetingMode, Modality, Nation, Node, Organization, Qualifiers, Role,
    Sanction, Statement,
};
use crate::provenance::Source;
use crate::time::{PartialDate, When};

/// How every claim of event data is told. A record says that a program, reading a story, took somebody to have done something:
/// it is the story's word, and whose within the story is not kept. Asserted would make it the data set's own finding, which no
/// maker of event data claims; of the modalities that support an answer at all, `alleged` is the least committed.
const TOLD: Modality = Modality::Alleged;

const SOUND: &str = "the roles, qualifiers and keys are of the ontology's kinds";

/// One record of event data, its code and actors read.
pub(super) struct Event<'e> {
    /// The number that the data set gives it.
    pub(super) id: &'e str,
    pub(super) code: &'static CameoEvent,
    pub(super) day: PartialDate,
    pub(super) story: SourceId,
    /// Where in the story, if that is kept.
    pub(super) sentence: &'e str,
    pub(super) source: Actor,
    pub(super) target: Actor,
    pub(super) place: Option<&'static NationRecord>,
}

/// What became of a record.
pub(super) enum Told {
    /// A claim of its own kind: a detention, sanction or meeting, or a statement for what is done in words.
    Mapped,
    /// A deed that the ontology has no kind for: kept as a statement of act `other`.
    Kept,
    /// It is left out by this rule.
    Dropped(&'static str),
}

pub(super) const SEEN: &str = "an event whose number an earlier row has";
const NOBODY: &str = "an event of nobody on nobody";

/// What a code is for the graph.
enum Kind {
    Detention,
    Sanction,
    Meeting,
    Statement(Act),
    Deed,
}

/// Two that meet: told once from each side.
#[derive(PartialEq, Eq, Hash)]
struct Encounter {
    story: SourceId,
    sentence: Box<str>,
    day: PartialDate,
    both: [Node; 2],
    code: &'static str,
}

/// The events of a data set, as they get into a batch.
pub(super) struct Events {
    batch: Batch,
    dataset: SourceId,
    /// What the keys of this data set begin with.
    prefix: &'static str,
    stories: FxHashMap<Box<str>, SourceId>,
    read: FxHashSet<Box<str>>,
    described: FxHashSet<Node>,
    /// Whose belonging is told, for which day.
    belonging: FxHashSet<(PartialDate, Node)>,
    encounters: FxHashMap<Encounter, Node>,
}

impl Events {
    pub(super) fn of(dataset: Source, prefix: &'static str) -> Self {
        let mut batch = Batch::new();
        let dataset = batch.source(dataset);
        Self {
            batch,
            dataset,
            prefix,
            stories: FxHashMap::default(),
            read: FxHashSet::default(),
            described: FxHashSet::default(),
            belonging: FxHashSet::default(),
            encounters: FxHashMap::default(),
        }
    }

    pub(super) fn into_batch(self) -> Batch {
        self.batch
    }

    /// Whether no record before had this number.
    pub(super) fn is_new(&mut self, id: &str) -> bool {
        self.read.insert(id.into())
    }

    /// The data set itself: the source of records that give no story.
    pub(super) fn dataset(&self) -> SourceId {
        self.dataset
    }

    /// A story as a source of its own, made when it is first met.
    pub(super) fn story(&mut self, story: &str, make: impl FnOnce() -> Source) -> SourceId {
        if let Some(known) = self.stories.get(story) {
            return *known;
        }
        let source = self.batch.source(make());
        self.stories.insert(story.into(), source);
        source
    }

    /// Adds the claims of a record.
    pub(super) fn tell(&mut self, event: &Event<'_>) -> Told {
        if event.source.is_nobody() && event.target.is_nobody() {
            return Told::Dropped(NOBODY);
        }
        match kind(event) {
            Kind::Detention => self.detention(event),
            Kind::Sanction => self.sanction(event),
            Kind::Meeting => self.meeting(event),
            Kind::Statement(act) => self.statement(event, act),
            Kind::Deed => {
                self.statement(event, Act::Other);
                return Told::Kept;
            }
        }
        Told::Mapped
    }

    fn detention(&mut self, event: &Event<'_>) {
        let detained = self.people(event, &event.target);
        let case = self.batch.node::<Detention>(&self.key(event)).expect(SOUND);
        let mut fact = Fact::new(FactType::Detention).event(case).role(Role::Detained, detained);
        // People detain nobody in the ontology; whose people they are is not who detains.
        if let Some(by) = self.actor(event, "by", &event.source)
            && by.kind() != crate::model::NodeKind::Group
        {
            fact = fact.role(Role::By, by);
        }
        self.add_at_place(event, fact);
    }

    fn sanction(&mut self, event: &Event<'_>) {
        let target = self.actor(event, "on", &event.target).unwrap_or_else(|| self.somebody(event, "on"));
        let case = self.batch.node::<Sanction>(&self.key(event)).expect(SOUND);
        let mut fact = Fact::new(FactType::Sanction).event(case).role(Role::Target, target);
        if let Some(by) = self.actor(event, "by", &event.source) {
            fact = fact.role(Role::By, by);
        }
        self.add(event, fact);
    }

    fn meeting(&mut self, event: &Event<'_>) {
        let from = self.actor(event, "by", &event.source);
        let to = self.actor(event, "on", &event.target);
        let (from_role, to_role, mode, kind) = match event.code.code() {
            "041" => (Role::Participant, Role::Participant, Some(MeetingMode::Phone), None),
            "042" => (Role::Participant, Role::Host, None, Some(MeetingKind::Visit)),
            "043" => (Role::Host, Role::Participant, None, Some(MeetingKind::Visit)),
            "044" => (Role::Participant, Role::Participant, Some(MeetingMode::InPerson), None),
            "045" => (Role::Participant, Role::Participant, None, Some(MeetingKind::Talks)),
            "046" => (Role::Participant, Role::Participant, None, Some(MeetingKind::Negotiation)),
            _ => (Role::Participant, Role::Participant, None, None),
        };
        let meeting = self.encounter(event, from, to);
        let mut fact = Fact::new(FactType::Meeting).event(meeting);
        let both = [from.map(|node| (from_role, node)), to.map(|node| (to_role, node))];
        let same = both[0] == both[1];
        for (role, node) in both.into_iter().flatten().take(if same { 1 } else { 2 }) {
            fact = fact.role(role, node);
        }
        let mut qualifiers = Qualifiers::new();
        if let Some(mode) = mode {
            qualifiers = qualifiers.mode(mode);
        }
        if let Some(kind) = kind {
            qualifiers = qualifiers.meeting_kind(kind);
        }
        self.add_at_place(event, fact.with(qualifiers));
    }

    /// The meeting: one for its two sides, who are coded one after the other, from the same sentence.
    fn encounter(&mut self, event: &Event<'_>, from: Option<Node>, to: Option<Node>) -> Node {
        let key = self.key(event);
        let batch = &mut self.batch;
        let mut new = || batch.node::<crate::model::Meeting>(&key).expect(SOUND).into();
        let (Some(from), Some(to)) = (from, to) else { return new() };
        let encounter = Encounter {
            story: event.story,
            sentence: event.sentence.into(),
            day: event.day,
            both: [from.min(to), from.max(to)],
            // To visit and to host are two sides of one.
            code: if event.code.code() == "043" { "042" } else { event.code.code() },
        };
        // Without a story, or with one side only, it is not known to be the same.
        if event.story == self.dataset || from == to {
            new()
        } else {
            *self.encounters.entry(encounter).or_insert_with(new)
        }
    }

    fn statement(&mut self, event: &Event<'_>, act: Act) {
        let speaker = self.actor(event, "by", &event.source).unwrap_or_else(|| self.somebody(event, "by"));
        let said = self.batch.node::<Statement>(&self.key(event)).expect(SOUND);
        let mut fact = Fact::new(FactType::Statement).event(said).role(Role::Speaker, speaker);
        if let Some(target) = self.actor(event, "on", &event.target) {
            fact = fact.role(Role::Target, target);
        }
        self.add_at_place(event, fact.with(Qualifiers::new().act(act)));
    }

    fn key(&self, event: &Event<'_>) -> String {
        format!("{}-{}", self.prefix, event.id)
    }

    fn add_at_place(&mut self, event: &Event<'_>, fact: Fact) {
        let fact = match event.place {
            Some(nation) => fact.role(Role::Place, self.nation(nation)),
            None => fact,
        };
        self.add(event, fact);
    }

    fn add(&mut self, event: &Event<'_>, fact: Fact) {
        let fact = fact.when(When::at(event.day)).modality(TOLD).gloss(&event.code.gloss());
        self.batch.fact(event.story, fact).expect(SOUND);
    }

    /// The node of an actor; none if nobody is named.
    fn actor(&mut self, event: &Event<'_>, side: &str, actor: &Actor) -> Option<Node> {
        match actor {
            Actor::Nobody => None,
            Actor::Nation(nation) => Some(self.nation(nation)),
            Actor::Body(body) => Some(self.body(body)),
            Actor::Other(other) => Some(self.other(event, side, other)),
        }
    }

    fn nation(&mut self, nation: &'static NationRecord) -> Node {
        let node = self.batch.node::<Nation>(nation.key()).expect(SOUND).into();
        if self.described.insert(node) {
            self.batch.name(self.dataset, node, nation.name(NamingPolicy::Common));
        }
        node
    }

    fn body(&mut self, body: &super::actors::Body) -> Node {
        let node = self.batch.node::<Organization>(body.slug).expect(SOUND).into();
        if self.described.insert(node) {
            let description = Description::new().name(body.name).organization(body.kind);
            self.batch.describe(self.dataset, node, description).expect(SOUND);
        }
        node
    }

    fn other(&mut self, event: &Event<'_>, side: &str, other: &Other) -> Node {
        let (node, source): (Node, _) = match &other.known {
            Known::Everywhere(slug) => {
                let slug = format!("{}-{slug}", self.prefix);
                let node = match other.kind {
                    Some(_) => self.batch.node::<Organization>(&slug).expect(SOUND).into(),
                    None => self.batch.node::<Group>(&slug).expect(SOUND).into(),
                };
                (node, self.dataset)
            }
            Known::InStory(id) => {
                let id = self.local(event, side, id);
                let node = match other.kind {
                    Some(_) => self.batch.local_node::<Organization>(event.story, &id).into(),
                    None => self.batch.local_node::<Group>(event.story, &id).into(),
                };
                (node, event.story)
            }
        };
        if self.described.insert(node) {
            let mut description =
                other.name.as_deref().map_or(Description::new(), |name| Description::new().name(name));
            if let Some(kind) = other.kind {
                description = description.organization(kind);
            }
            self.batch.describe(source, node, description).expect(SOUND);
        }
        self.belongs(event, source, node, other.of, other.are_nationals);
        node
    }

    /// That an actor belongs to something: told once a day, by whoever knows the actor. In a row it stands beside each event,
    /// but it is a fact of the data set's list of actors.
    fn belongs(&mut self, event: &Event<'_>, source: SourceId, who: Node, of: Whole, are_nationals: bool) {
        let to = match of {
            Whole::Unknown => return,
            Whole::Nation(nation) => self.nation(nation),
            Whole::Body(body) => self.body(body),
        };
        if !self.belonging.insert((event.day, who)) {
            return;
        }
        let mut tell = |fact: Fact| {
            let fact = fact.role(Role::Who, who).when(When::at(event.day)).modality(TOLD);
            self.batch.fact(source, fact).expect(SOUND);
        };
        tell(Fact::new(FactType::Affiliation).role(Role::To, to));
        if are_nationals {
            tell(Fact::new(FactType::Nationality).role(Role::Nation, to));
        }
    }

    /// The people that an actor is: itself if it is a group, else some people of it. CAMEO gives the code of a nation to whoever
    /// is of it: nobody arrests a nation.
    fn people(&mut self, event: &Event<'_>, actor: &Actor) -> Node {
        let (id, of) = match actor {
            Actor::Nobody => return self.somebody(event, "on"),
            Actor::Other(other) if other.kind.is_none() => return self.other(event, "on", other),
            Actor::Nation(nation) => (nation.key().to_lowercase(), Whole::Nation(nation)),
            Actor::Body(body) => (body.slug.to_owned(), Whole::Body(body)),
            Actor::Other(other) => match &other.known {
                Known::Everywhere(id) | Known::InStory(id) => (id.to_lowercase(), other.of),
            },
        };
        let id = self.local(event, "on", &format!("people-of-{id}"));
        let people = self.batch.local_node::<Group>(event.story, &id).into();
        self.belongs(event, event.story, people, of, false);
        people
    }

    /// Somebody of whom nothing is known but that it was somebody.
    fn somebody(&mut self, event: &Event<'_>, side: &str) -> Node {
        let id = format!("somebody-{side}-{}", event.id.to_lowercase());
        self.batch.local_node::<Group>(event.story, &id).into()
    }

    /// The id of what only a story knows; where the data set gives no story, only the record does.
    fn local(&self, event: &Event<'_>, side: &str, id: &str) -> String {
        if event.story == self.dataset { format!("{id}-{side}-{}", event.id) } else { id.to_owned() }
    }
}

/// The number of an event: digits, as they stand.
pub(super) fn number<'t>(row: &Row<'t>, column: Column) -> Result<&'t str, Wrong> {
    let id = row.required_text(column)?;
    if id.len() <= 20 && id.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(id)
    } else {
        Err(row.wrong(Code::I0201, column, "not the number of an event", Some("up to 20 digits")))
    }
}

/// The kind of event. A class (`17`) is none: what has lost its leading zero would be read as one.
pub(super) fn event_code(row: &Row<'_>, column: Column) -> Result<&'static CameoEvent, Wrong> {
    let code = row.required_text(column)?;
    CameoEvent::of(code).filter(|event| event.parent().is_some()).ok_or_else(|| {
        let hint = "three or four digits; a spreadsheet cuts the first off if it is 0";
        row.wrong(Code::I0206, column, "no event of CAMEO", Some(hint))
    })
}

fn kind(event: &Event<'_>) -> Kind {
    let code = event.code.code();
    match event.code.root() {
        "04" => Kind::Meeting,
        _ if code.starts_with("173") => Kind::Detention,
        _ if code.starts_with("163") => Kind::Sanction,
        // Restrictions at home are no sanctions of one state on another.
        _ if code == "172" && are_of_two_nations(event) => Kind::Sanction,
        _ if event.code.is_verbal() => Kind::Statement(act(code)),
        _ => Kind::Deed,
    }
}

fn are_of_two_nations(event: &Event<'_>) -> bool {
    let both = event.source.nation().zip(event.target.nation());
    both.is_some_and(|(one, other)| one.key() != other.key())
}

/// What is done in words: the act that comes nearest, or `other`.
///
/// An appeal (02) is less than a demand. To deny responsibility (016) refuses a charge; which fact is denied the record does not
/// say, and a denial without one is none.
fn act(code: &str) -> Act {
    match code {
        "012" => Act::Concern,
        "015" => Act::Confirm,
        "016" => Act::Reject,
        "019" | "051" | "052" | "053" => Act::Support,
        "054" => Act::Recognise,
        "055" => Act::Apologise,
        "110" | "113" | "114" => Act::Oppose,
        "111" => Act::Condemn,
        "115" => Act::Accuse,
        "128" => Act::Other,
        _ if code.starts_with("03") => Act::Offer,
        _ if code.starts_with("10") => Act::Demand,
        _ if code.starts_with("112") => Act::Accuse,
        _ if code.starts_with("12") => Act::Reject,
        _ if code.starts_with("13") => Act::Threaten,
        _ => Act::Other,
    }
}
