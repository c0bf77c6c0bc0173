//! The parts of a snapshot, and how a graph is taken apart into them and put together from them, on several threads.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::sync::{Mutex, PoisonError};

use super::columns::{Reader, Writer};
use super::error::{Flaw, OpenError, SaveError};
use super::known::Known;
use super::{derived, frame, odd, older, rows};
use crate::batch::records::{Arguments, ClaimRow, Description, EntityRow, Interned, MentionRow, NodeRow, Records};
use crate::batch::strings::Strings;
use crate::graph::{Derived, FactKind, Facts, Graph, Lists, Names, Table};
use crate::model::Qualifiers;
use crate::provenance::Source;
use crate::threads;
use crate::time::Bounds;

/// Below this many bytes another thread costs more than it does.
const SMALL: usize = 1 << 16;

/// Likewise of claims, with what goes with them.
const FEW: usize = 1 << 10;

/// A part, with the number that stands for it in the file: the numbers are never used again for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Known,
    Bounds,
    Claims,
    Strings,
    ClaimsOfNodes,
    Arguments,
    Nodes,
    Mentions,
    Evidence,
    Entities,
    Sources,
    Descriptions,
    Qualifiers,
    Rare,
    Names,
    Identities,
    Origins,
    Denials,
    Table(FactKind),
}

/// Those that are not tables of facts, by their numbers from 1. Nearly the order in the file, too: what the others are checked
/// against, then the largest first, so that threads end together.
const PARTS: [(Part, &str); 18] = [
    (Part::Known, "words and counts"),
    (Part::Bounds, "times"),
    (Part::Claims, "claims"),
    (Part::Strings, "strings"),
    (Part::ClaimsOfNodes, "claims of nodes"),
    (Part::Arguments, "roles"),
    (Part::Nodes, "nodes"),
    (Part::Mentions, "mentions"),
    (Part::Evidence, "evidence"),
    (Part::Entities, "entities"),
    (Part::Sources, "sources"),
    (Part::Descriptions, "descriptions"),
    (Part::Qualifiers, "qualifiers"),
    (Part::Rare, "side tables"),
    (Part::Names, "names"),
    (Part::Identities, "identities"),
    (Part::Origins, "origins"),
    (Part::Denials, "denials"),
];

/// The numbers of tables begin here.
const TABLES: u32 = 100;

impl Part {
    fn all() -> impl Iterator<Item = Self> {
        let front = PARTS.iter().take(4).map(|(part, _)| *part);
        let rest = PARTS.iter().skip(4).map(|(part, _)| *part);
        front.chain(FactKind::all().map(Self::Table)).chain(rest)
    }

    fn tag(self) -> u32 {
        let at = match self {
            Self::Table(kind) => {
                return TABLES + FactKind::all().position(|one| one == kind).unwrap_or_default() as u32;
            }
            part => PARTS.iter().position(|(one, _)| *one == part),
        };
        at.unwrap_or_default() as u32 + 1
    }

    fn of(tag: u32) -> Option<Self> {
        match tag.checked_sub(TABLES) {
            Some(nth) => FactKind::all().nth(nth as usize).map(Self::Table),
            None => PARTS.get(tag.checked_sub(1)? as usize).map(|(part, _)| *part),
        }
    }

    fn name(self) -> &'static str {
        PARTS.iter().find(|(part, _)| *part == self).map_or("tables of facts", |(_, name)| name)
    }

    /// Whether it can be worked out of the others.
    fn is_derived(self) -> bool {
        use Part::{Bounds, ClaimsOfNodes, Denials, Identities, Names, Origins, Table};
        matches!(self, Bounds | ClaimsOfNodes | Names | Identities | Origins | Denials | Table(_))
    }

    fn write(self, graph: &Graph, writer: &mut Writer) {
        let records = &graph.records;
        let (identities, bounds) = graph.facts.meanings();
        match self {
            Self::Known => Known::write(graph, writer),
            Self::Bounds => derived::write_bounds(bounds, writer),
            Self::Claims => rows::write_claims(&records.claims, writer),
            Self::Strings => rows::write_strings(&records.strings, writer),
            Self::ClaimsOfNodes => derived::write_lists(&graph.claims_of_nodes, records.nodes.len() as u32, writer),
            Self::Arguments => rows::write_arguments(&records.arguments, writer),
            Self::Nodes => rows::write_nodes(&records.nodes, writer),
            Self::Mentions => rows::write_mentions(&records.mentions, writer),
            Self::Evidence => rows::write_evidence(&records.evidence, writer),
            Self::Entities => rows::write_entities(records, writer),
            Self::Sources => odd::write_sources(&records.sources, writer),
            Self::Descriptions => odd::write_descriptions(&records.descriptions, writer),
            Self::Qualifiers => odd::write_qualifiers(&records.qualifiers, writer),
            Self::Rare => odd::write_rare(records, writer),
            Self::Names => derived::write_names(&graph.names, writer),
            Self::Identities => odd::write_qualifiers(identities, writer),
            Self::Origins => derived::write_origins(&graph.origins, writer),
            Self::Denials => derived::write_lists(&graph.denials, records.claims.len() as u32, writer),
            Self::Table(kind) => derived::write_table(graph.facts.table(kind), writer),
        }
    }

    fn read(self, known: &Known, bounds: &[Bounds], bytes: &[u8]) -> Result<Found, Flaw> {
        let mut reader = Reader::new(bytes);
        let from = &mut reader;
        let counts = &known.counts;
        let found = match self {
            Self::Known | Self::Bounds => return Err(Flaw::Order),
            Self::Claims => Found::Claims(rows::read_claims(known, from)?),
            Self::Strings => Found::Strings(rows::read_strings(counts.strings, from)?),
            Self::ClaimsOfNodes => Found::ClaimsOfNodes(derived::read_lists(known, counts.nodes, from)?),
            Self::Arguments => Found::Arguments(rows::read_arguments(known, from)?),
            Self::Nodes => Found::Nodes(rows::read_nodes(known, from)?),
            Self::Mentions => Found::Mentions(rows::read_mentions(known, from)?),
            Self::Evidence => Found::Evidence(rows::read_evidence(known, from)?),
            Self::Entities => Found::Entities(rows::read_entities(known, from)?),
            Self::Sources => Found::Sources(odd::read_sources(known, from)?),
            Self::Descriptions => Found::Descriptions(odd::read_descriptions(known, from)?),
            Self::Qualifiers => Found::Qualifiers(odd::read_qualifiers(known, counts.qualifiers, from)?),
            Self::Rare => Found::Rare(Box::new(odd::read_rare(known, from)?)),
            Self::Names => Found::Names(derived::read_names(known, from)?),
            Self::Identities => Found::Identities(odd::read_qualifiers(known, counts.identities, from)?),
            Self::Origins => Found::Origins(derived::read_origins(known, from)?),
            Self::Denials => Found::Denials(derived::read_lists(known, counts.claims, from)?),
            Self::Table(kind) => {
                let columns = derived::read_table(known, kind, from)?;
                Found::Table(kind, Box::new(kind.timed(Table::of(columns), bounds)))
            }
        };
        reader.end().map(|()| found)
    }
}

/// What a part held.
enum Found {
    Claims(Vec<ClaimRow>),
    Strings(Strings),
    ClaimsOfNodes(Lists),
    Arguments(Arguments),
    Nodes(Vec<NodeRow>),
    Mentions(Vec<MentionRow>),
    Evidence(Vec<u32>),
    Entities((Vec<EntityRow>, Vec<u32>)),
    Sources(Vec<Source>),
    Descriptions(Interned<Description>),
    Qualifiers(Interned<Qualifiers>),
    Rare(Box<Records>),
    Names(derived::NameParts),
    Identities(Interned<Qualifiers>),
    Origins(Vec<u32>),
    Denials(Lists),
    Table(FactKind, Box<Table>),
}

pub(super) fn write(graph: &Graph, writer: impl Write) -> Result<(), SaveError> {
    let threads = threads::worth(graph.records.claims.len(), FEW);
    let written = threads::each(threads, Part::all().collect(), |part| {
        let mut writer = Writer::default();
        part.write(graph, &mut writer);
        let checksum = frame::checksum(&writer.bytes);
        (part.tag(), writer.bytes, checksum)
    });
    Ok(frame::write(&written, writer)?)
}

/// What is still to be read, in the order of the file.
struct Queue<R> {
    reader: R,
    entries: std::vec::IntoIter<frame::Entry>,
}

impl<R: Read> Queue<R> {
    /// The next part, its bytes in the buffer.
    fn next(&mut self, bytes: &mut Vec<u8>) -> Option<Result<(Option<Part>, frame::Entry), OpenError>> {
        let entry = self.entries.next()?;
        let part = Part::of(entry.tag);
        let damaged = OpenError::Damaged { part: part.map_or("parts", Part::name) };
        bytes.clear();
        let length = usize::try_from(entry.length()).unwrap_or(usize::MAX);
        bytes.reserve(length);
        match frame::more(&mut self.reader, length, bytes) {
            Ok(true) => Some(Ok((part, entry))),
            Ok(false) => {
                self.entries = Vec::new().into_iter();
                Some(Err(damaged))
            }
            Err(error) => {
                self.entries = Vec::new().into_iter();
                Some(Err(error.into()))
            }
        }
    }
}

fn checked(part: Option<Part>, entry: frame::Entry, bytes: &[u8]) -> Result<(), OpenError> {
    if entry.fits(bytes) { Ok(()) } else { Err(OpenError::Damaged { part: part.map_or("parts", Part::name) }) }
}

/// Reads a graph to the end of the reader, which has `room` bytes.
pub(super) fn read(mut reader: impl Read + Send, room: u64) -> Result<Graph, OpenError> {
    let (version, entries) = frame::read(&mut reader)?;
    let mut tags: Vec<u32> = entries.iter().map(|entry| entry.tag).collect();
    tags.sort_unstable();
    if tags.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(OpenError::NoGraph { part: "table of parts", flaw: Flaw::Order });
    }
    let length: u64 = entries.iter().map(|entry| entry.length()).fold(0, u64::saturating_add);
    // No part, and no number of rows, may promise more than there is.
    if length > room {
        return Err(OpenError::Damaged { part: "table of parts" });
    }
    let mut queue = Queue { reader, entries: entries.into_iter() };
    let no_graph = |part: Part| move |flaw| OpenError::NoGraph { part: part.name(), flaw };
    let mut bytes = Vec::new();
    let mut first = |wanted: Part| match queue.next(&mut bytes).transpose()? {
        Some((Some(part), entry)) if part == wanted => checked(Some(part), entry, &bytes).map(|()| bytes.clone()),
        _ => Err(no_graph(wanted)(Flaw::Order)),
    };
    let bytes_of_known = first(Part::Known)?;
    let mut from = Reader::new(&bytes_of_known);
    let known = Known::read(version, &mut from).map_err(no_graph(Part::Known))?;
    from.end().map_err(no_graph(Part::Known))?;
    if !known.counts.fit(length) {
        return Err(no_graph(Part::Known)(Flaw::Count));
    }
    let bytes_of_bounds = first(Part::Bounds)?;
    let mut bounds = Vec::new();
    if known.is_derived_alike {
        let mut from = Reader::new(&bytes_of_bounds);
        bounds = derived::read_bounds(&known, &mut from).map_err(no_graph(Part::Bounds))?;
        from.end().map_err(no_graph(Part::Bounds))?;
    }
    drop(bytes_of_bounds);

    let queue = Mutex::new(queue);
    let found = threads::side_by_side(threads::worth(usize::try_from(length).unwrap_or(usize::MAX), SMALL), || {
        let (mut found, mut bytes) = (Vec::new(), Vec::new());
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next(&mut bytes);
            let read = match next {
                None => return found,
                Some(Err(error)) => Err(error),
                Some(Ok((part, entry))) => checked(part, entry, &bytes).and_then(|()| match part {
                    Some(part) if known.is_derived_alike || !part.is_derived() => {
                        part.read(&known, &bounds, &bytes).map(Some).map_err(no_graph(part))
                    }
                    _ => Ok(None),
                }),
            };
            found.push(read);
        }
    });
    let mut loose = Loose::default();
    for one in found {
        if let Some(one) = one? {
            loose.put(one);
        }
    }
    let mut queue = queue.into_inner().unwrap_or_else(PoisonError::into_inner);
    if frame::more(&mut queue.reader, 1, &mut Vec::new())? {
        return Err(OpenError::Damaged { part: "end" });
    }
    loose.graph(&known, bounds)
}

/// Parts that were read.
#[derive(Default)]
struct Loose {
    records: Records,
    claims_of_nodes: Lists,
    names: Option<derived::NameParts>,
    identities: Interned<Qualifiers>,
    origins: Vec<u32>,
    denials: Lists,
    tables: BTreeMap<FactKind, Table>,
    /// How many there were.
    parts: usize,
}

impl Loose {
    fn put(&mut self, found: Found) {
        let records = &mut self.records;
        self.parts += 1;
        match found {
            Found::Claims(claims) => records.claims = claims,
            Found::Strings(strings) => records.strings = strings,
            Found::ClaimsOfNodes(lists) => self.claims_of_nodes = lists,
            Found::Arguments(arguments) => records.arguments = arguments,
            Found::Nodes(nodes) => records.nodes = nodes,
            Found::Mentions(mentions) => records.mentions = mentions,
            Found::Evidence(evidence) => records.evidence = evidence,
            Found::Entities((entities, mentions)) => {
                (records.entities, records.entity_mentions) = (entities, mentions);
            }
            Found::Sources(sources) => records.sources = sources,
            Found::Descriptions(descriptions) => records.descriptions = descriptions,
            Found::Qualifiers(qualifiers) => records.qualifiers = qualifiers,
            Found::Rare(rare) => {
                let Records { pieces, exact, mention_by, claim_by, confidence, extras, .. } = *rare;
                (records.pieces, records.exact, records.extras) = (pieces, exact, extras);
                (records.mention_by, records.claim_by, records.confidence) = (mention_by, claim_by, confidence);
            }
            Found::Names(names) => self.names = Some(names),
            Found::Identities(identities) => self.identities = identities,
            Found::Origins(origins) => self.origins = origins,
            Found::Denials(denials) => self.denials = denials,
            Found::Table(kind, table) => {
                self.tables.insert(kind, *table);
            }
        }
    }

    fn graph(self, known: &Known, bounds: Vec<Bounds>) -> Result<Graph, OpenError> {
        let missing = OpenError::NoGraph { part: "table of parts", flaw: Flaw::Count };
        // Each is there once, so as many as there must be are all.
        let wanted = Part::all().filter(|part| known.is_derived_alike || !part.is_derived()).count();
        let read = self.parts + 1 + usize::from(known.is_derived_alike);
        if read != wanted {
            return Err(missing);
        }
        if !known.is_derived_alike {
            let records = if known.splits_ids { self.records } else { older::with_ids_split(self.records) };
            return Graph::from_records(records).map_err(|_| missing);
        }
        let (shown, folded, whose) = self.names.ok_or(missing)?;
        let names = Names::of(&self.records, shown, folded, whose);
        let facts = Facts::of(self.tables.into_values().collect(), self.identities, bounds);
        let Self { records, claims_of_nodes, origins, denials, .. } = self;
        Ok(Graph::from_parts(records, Derived { facts, names, origins, claims_of_nodes, denials }))
    }
}
