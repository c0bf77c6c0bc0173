//! The graph: nations, coalitions and people, an edge for each report, and maps of what is asked most.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use petgraph::graph::{DiGraph, NodeIndex};
use serde::{Deserialize, Serialize};

use crate::clock::Failure;
use crate::day::Day;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    MemberOf,
    HoldsOffice,
    Detains,
    Accuses,
    Denies,
    Sanctions,
    Meets,
    States,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Modality {
    Asserted,
    Alleged,
    Denied,
    Planned,
}

/// A line of `facts.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) subject: String,
    pub(crate) object: String,
    pub(crate) qualifiers: Qualifiers,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) article: String,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) attribution: Option<String>,
    pub(crate) modality: Modality,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Qualifiers {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nationality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    charge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

/// A line of `coalitions.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Coalition {
    pub(crate) id: String,
    name: String,
    kind: String,
    #[serde(rename = "type")]
    pub(crate) pledge: u8,
    from: Day,
    to: Option<Day>,
}

/// A line of `nations.csv`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Nation {
    pub(crate) id: String,
    name: String,
    from: Day,
    to: Option<Day>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Entity {
    Nation(Nation),
    Coalition(Coalition),
    Person(String),
}

/// With whom, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spell {
    pub(crate) with: NodeIndex,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
}

#[derive(Debug, Default)]
pub(crate) struct Press {
    pub(crate) graph: DiGraph<Entity, Report>,
    pub(crate) nodes: HashMap<String, NodeIndex>,
    /// What is asserted, each once: the coalitions of a nation, and the nations of a coalition.
    pub(crate) coalitions: HashMap<NodeIndex, Vec<Spell>>,
    pub(crate) members: HashMap<NodeIndex, Vec<Spell>>,
    pub(crate) officials: HashMap<NodeIndex, Vec<Spell>>,
    /// The nations that a nation sanctions.
    pub(crate) sanctions: HashMap<NodeIndex, Vec<Spell>>,
    /// Who was held and since when, by the nation that holds and the nation of who is held.
    pub(crate) detentions: HashMap<(NodeIndex, NodeIndex), Vec<(Day, NodeIndex)>>,
}

/// The graph on disk.
#[derive(Serialize)]
struct Saved<'p> {
    entities: Vec<&'p Entity>,
    reports: Vec<&'p Report>,
}

#[derive(Deserialize)]
struct Loaded {
    entities: Vec<Entity>,
    reports: Vec<Report>,
}

pub(crate) fn holds(day: Day, from: Day, to: Option<Day>) -> bool {
    from <= day && to.is_none_or(|to| day < to)
}

impl Spell {
    pub(crate) fn holds(&self, day: Day) -> bool {
        holds(day, self.from, self.to)
    }
}

impl Report {
    pub(crate) fn holds(&self, day: Day) -> bool {
        self.modality == Modality::Asserted && holds(day, self.from, self.to)
    }
}

impl Nation {
    pub(crate) fn exists(&self, day: Day) -> bool {
        holds(day, self.from, self.to)
    }
}

impl Coalition {
    pub(crate) fn is_alliance(&self) -> bool {
        self.kind == "alliance"
    }
}

impl Entity {
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Nation(nation) => &nation.id,
            Self::Coalition(coalition) => &coalition.id,
            Self::Person(id) => id,
        }
    }
}

impl Press {
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let mut press = Self::default();
        for line in fs::read_to_string(folder.join("nations.csv"))?.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let [id, name, from, to] = fields[..] else { return Err("a nation has four fields".into()) };
            let to = if to.is_empty() { None } else { Some(to.parse()?) };
            press.add(Entity::Nation(Nation { id: id.into(), name: name.into(), from: from.parse()?, to }));
        }
        for line in fs::read_to_string(folder.join("coalitions.jsonl"))?.lines() {
            press.add(Entity::Coalition(serde_json::from_str(line)?));
        }
        for line in BufReader::new(File::open(folder.join("facts.jsonl"))?).lines() {
            press.report(serde_json::from_str(&line?)?);
        }
        press.index();
        Ok(press)
    }

    pub(crate) fn save(&self, path: &Path) -> Result<(), Failure> {
        let mut file = BufWriter::new(File::create(path)?);
        let entities = self.graph.node_weights().collect();
        let reports = self.graph.edge_weights().collect();
        serde_json::to_writer(&mut file, &Saved { entities, reports })?;
        file.flush()?;
        Ok(())
    }

    pub(crate) fn load(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path)?;
        let Loaded { entities, reports } = serde_json::from_str(&text)?;
        let mut press = Self::default();
        for entity in entities {
            press.add(entity);
        }
        for report in reports {
            press.report(report);
        }
        press.index();
        Ok(press)
    }

    fn add(&mut self, entity: Entity) -> NodeIndex {
        let id = entity.id().to_owned();
        let node = self.graph.add_node(entity);
        self.nodes.insert(id, node);
        node
    }

    /// Whoever is in no catalogue is a person.
    fn node(&mut self, id: &str) -> NodeIndex {
        match self.nodes.get(id) {
            Some(node) => *node,
            None => self.add(Entity::Person(id.to_owned())),
        }
    }

    fn report(&mut self, report: Report) {
        let (subject, object) = (self.node(&report.subject), self.node(&report.object));
        self.graph.add_edge(subject, object, report);
    }

    /// Fills the maps with what some report asserts. Several reports of one thing are one entry.
    fn index(&mut self) {
        for edge in self.graph.edge_indices() {
            let (Some((subject, object)), report) = (self.graph.edge_endpoints(edge), &self.graph[edge]) else {
                continue;
            };
            if report.modality != Modality::Asserted {
                continue;
            }
            let spell = |with| Spell { with, from: report.from, to: report.to };
            match report.kind {
                Kind::MemberOf => {
                    self.coalitions.entry(subject).or_default().push(spell(object));
                    self.members.entry(object).or_default().push(spell(subject));
                }
                Kind::HoldsOffice => self.officials.entry(object).or_default().push(spell(subject)),
                Kind::Sanctions => self.sanctions.entry(subject).or_default().push(spell(object)),
                Kind::Detains => {
                    let nationality = report.qualifiers.nationality.as_ref().and_then(|id| self.nodes.get(id));
                    if let Some(nation) = nationality {
                        self.detentions.entry((subject, *nation)).or_default().push((report.from, object));
                    }
                }
                Kind::Accuses | Kind::Denies | Kind::Meets | Kind::States => {}
            }
        }
        for map in [&mut self.coalitions, &mut self.members, &mut self.officials, &mut self.sanctions] {
            for spells in map.values_mut() {
                spells.sort_unstable();
                spells.dedup();
            }
        }
        for held in self.detentions.values_mut() {
            held.sort_unstable();
            held.dedup();
        }
    }
}
