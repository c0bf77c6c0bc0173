//! Writing back: what was read becomes the same article again.
//!
//! It is no door for data sets or for claims made in code: the native format holds what an article says, with the words that
//! say it, and where those are missing there is an error, not half an article.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::layout;
use super::reanchor::pairs;
use super::tree::{Members, Tree};
use crate::batch::records::{ClaimRow, Extra, Filler, NONE, NodeRow, Records};
use crate::batch::strings::Text;
use crate::batch::{Batch, LocalId};
use crate::model::{Count, Key, Qualifier, Role, Value};
use crate::provenance::{Newlines, Source, SourceKind, TextRecord};
use crate::text::Span;
use crate::time::{End, Start, When};

/// The version of the format that is written.
const FORMAT: u32 = 1;

/// One article, to be written in the native format.
///
/// Keys stand in one order, and what the format leaves to a default or calls unknown is left out (`said_by` "author", an
/// `until` "unknown"); all else is written as it was read, own `x_` members included. Read again, it gives the same claims,
/// and written again the same bytes.
#[derive(Debug)]
pub struct ArticleDocument<'b> {
    records: &'b Records,
    source: u32,
    mentions: Vec<u32>,
    entities: Vec<u32>,
    claims: Vec<u32>,
    /// What each node is called in this article: the local id of its entity, or of the first fact that tells of the event.
    locals: FxHashMap<u32, LocalId>,
}

/// Why a source cannot be written as an article of the native format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// It is a data set.
    #[error("{id} is a data set, not an article")]
    Dataset {
        /// The id of the source.
        id: String,
    },
    /// Nothing is known of its text.
    #[error("the text of {id} is not described: an article has the digest and length of its text")]
    NoText {
        /// The id of the source.
        id: String,
    },
    /// A claim has no words as evidence.
    #[error("{claim} of {id} has no evidence: a fact of an article points at words")]
    NoEvidence {
        /// The id of the source.
        id: String,
        /// The local id of the claim.
        claim: String,
    },
    /// Only the place of some words is known, not what they are.
    #[error("nobody has read the words at {span} of {id}: an article has their hash")]
    NoWords {
        /// The id of the source.
        id: String,
        /// Where they stand.
        span: Span,
    },
    /// A node plays a part in its claims, but no entity or fact of the source stands for it.
    #[error("no entity or fact of {id} stands for {node}")]
    Nameless {
        /// The id of the source.
        id: String,
        /// The key of the node, or its local id.
        node: String,
    },
    /// The source describes a node twice.
    #[error("{id} describes {node} twice: within an article one thing is one entity")]
    DescribedTwice {
        /// The id of the source.
        id: String,
        /// The key of the node, or its local id.
        node: String,
    },
}

impl Batch {
    /// Its articles, each to be written in the native format, in the order of the batch.
    ///
    /// # Errors
    /// [`WriteError`] for a source that cannot be written as an article.
    ///
    /// ```
    /// use comity::{Batch, Nation, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("note").text("Peru.\n"));
    /// let peru = batch.node::<Nation>("PER")?;
    /// batch.name(note, peru, "Peru");
    /// for article in batch.documents() {
    ///     assert!(article?.to_line().contains(r#""entities": [{"id": "e1", "type": "nation", "key": "nation/PER", "name": "Peru"}]"#));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn documents(&self) -> impl Iterator<Item = Result<ArticleDocument<'_>, WriteError>> {
        let mut parts: Vec<_> = self.parts().map(documents).collect();
        self.part_of_each().map_while(move |part| parts[part].next())
    }
}

/// Every source as an article. Linear in the rows.
pub(crate) fn documents(records: &Records) -> impl Iterator<Item = Result<ArticleDocument<'_>, WriteError>> {
    let by_source = |sources: &mut dyn Iterator<Item = u32>| {
        let mut rows = vec![Vec::new(); records.sources.len()];
        for (row, source) in sources.enumerate() {
            rows[source as usize].push(row as u32);
        }
        rows
    };
    let mentions = by_source(&mut records.mentions.iter().map(|row| row.source));
    let entities = by_source(&mut records.entities.iter().map(|row| row.source));
    let claims = by_source(&mut records.claims.iter().map(|row| row.source));
    let rows = mentions.into_iter().zip(entities).zip(claims).enumerate();
    rows.map(|(source, ((mentions, entities), claims))| {
        let locals = FxHashMap::default();
        ArticleDocument { records, source: source as u32, mentions, entities, claims, locals }.checked()
    })
}

/// One source as an article. Linear in the rows of all.
pub(crate) fn document(records: &Records, source: u32) -> Result<ArticleDocument<'_>, WriteError> {
    let of = |sources: &mut dyn Iterator<Item = u32>| {
        let rows = sources.enumerate().filter(|(_, other)| *other == source);
        rows.map(|(row, _)| row as u32).collect()
    };
    let mentions = of(&mut records.mentions.iter().map(|row| row.source));
    let entities = of(&mut records.entities.iter().map(|row| row.source));
    let claims = of(&mut records.claims.iter().map(|row| row.source));
    ArticleDocument { records, source, mentions, entities, claims, locals: FxHashMap::default() }.checked()
}

impl<'b> ArticleDocument<'b> {
    /// The id of the article.
    #[must_use]
    pub fn id(&self) -> &'b str {
        self.about().id()
    }

    /// The article as a document, with one mention, entity or fact a line.
    #[must_use]
    pub fn to_json(&self) -> String {
        layout::document(&self.root()).expect("strings, numbers and lists can be written")
    }

    /// The article on one line, as JSON Lines need it; without the line end.
    #[must_use]
    pub fn to_line(&self) -> String {
        layout::line(&self.root()).expect("strings, numbers and lists can be written")
    }

    /// Gives every node its name, or says what keeps this from being an article.
    fn checked(mut self) -> Result<Self, WriteError> {
        let Self { records, .. } = self;
        let id = || self.id().to_owned();
        match self.about() {
            Source { kind: SourceKind::Dataset, .. } => return Err(WriteError::Dataset { id: id() }),
            Source { text: None, .. } => return Err(WriteError::NoText { id: id() }),
            _ => {}
        }
        let mut locals = FxHashMap::default();
        for row in &self.entities {
            let entity = records.entities[*row as usize];
            if locals.insert(entity.node, entity.local).is_some() {
                return Err(WriteError::DescribedTwice { id: id(), node: self.node_name(entity.node) });
            }
        }
        let unread = |row: &&u32| !records.mentions[**row as usize].is_read;
        if let Some(row) = self.mentions.iter().find(unread) {
            return Err(WriteError::NoWords { id: id(), span: records.mentions[*row as usize].span });
        }
        for row in &self.claims {
            let claim = records.claims[*row as usize];
            if records.evidence_of(*row).is_empty() {
                return Err(WriteError::NoEvidence { id: id(), claim: self.id_of(claim.local).into_owned() });
            }
            if claim.event != NONE {
                locals.entry(claim.event).or_insert(claim.local);
            }
        }
        for row in &self.claims {
            let speaker = records.claims[*row as usize].said_by();
            let fillers = records.arguments_of(*row).filter_map(|argument| match argument.filler {
                Filler::Node(node) => Some(node),
                Filler::Claim(_) => None,
            });
            if let Some(node) = fillers.chain(speaker).find(|node| !locals.contains_key(node)) {
                return Err(WriteError::Nameless { id: id(), node: self.node_name(node) });
            }
        }
        self.locals = locals;
        Ok(self)
    }

    fn about(&self) -> &'b Source {
        &self.records.sources[self.source as usize]
    }

    fn string(&self, text: Text) -> &'b str {
        self.records.strings.get(text)
    }

    fn id_of(&self, local: LocalId) -> Cow<'b, str> {
        self.records.strings.of_local_id(local)
    }

    fn some_string(&self, text: Text) -> Option<&'b str> {
        text.is_some().then(|| self.string(text))
    }

    /// The key of a node that has one, else its local name.
    fn node_name(&self, node: u32) -> String {
        let row = self.records.nodes[node as usize];
        self.key(row).unwrap_or_else(|| self.string(row.name).into())
    }

    fn key(&self, row: NodeRow) -> Option<String> {
        let key = (row.scope == NONE).then(|| Key::of(row.kind, self.string(row.name)))?;
        key.ok().map(|key| key.as_str().to_owned())
    }

    fn extras(&self, place: Extra) -> Option<&'b str> {
        self.records.extras.get(&place).map(|members| &**members)
    }

    fn root(&self) -> Members<'b> {
        let mut root = Members::default();
        root.set("format", FORMAT);
        root.set("id", self.id());
        root.set("offsets", "codepoint");
        root.put("article", Tree::Object(self.article()));
        if !self.about().annotators.is_empty() {
            root.put("annotators", Tree::List(self.annotators().map(Tree::Object).collect()));
        }
        let list = |rows: &[u32], item: &dyn Fn(u32) -> Members<'b>| {
            Tree::List(rows.iter().map(|row| Tree::Object(item(*row))).collect())
        };
        root.put("mentions", list(&self.mentions, &|row| self.mention(row)));
        root.put("entities", list(&self.entities, &|row| self.entity(row)));
        root.put("facts", list(&self.claims, &|row| self.fact(row)));
        root.keep(self.extras(Extra::Root(self.source)));
        root
    }

    fn article(&self) -> Members<'b> {
        let Source { title, publisher, author, rights, url, language, retrieved, .. } = self.about();
        let Source { published, published_basis, dateline, origin, text, .. } = self.about();
        let mut article = Members::default();
        article.set_some("title", title.as_deref());
        article.set_some("publisher", publisher.as_deref());
        article.set_some("author", author.as_deref());
        article.set_some("language", language.as_deref());
        article.set_some("published", published.map(|date| date.to_string()));
        article.set_some("published_basis", published_basis.map(|basis| basis.as_str()));
        if let Some(dateline) = dateline {
            let mut members = Members::default();
            members.set_some("place", dateline.place.as_deref());
            members.set_some("date", dateline.date.map(|date| date.to_string()));
            members.keep(self.extras(Extra::Dateline(self.source)));
            article.put("dateline", Tree::Object(members));
        }
        article.set_some("url", url.as_deref());
        article.set_some("retrieved", retrieved.as_deref());
        article.set_some("rights", rights.as_deref());
        if let Some(origin) = origin {
            let mut members = Members::default();
            members.set("kind", origin.kind.as_str());
            members.set_some("of", origin.of.as_deref());
            members.set_some("agency", origin.agency.as_deref());
            members.keep(self.extras(Extra::Origin(self.source)));
            article.put("origin", Tree::Object(members));
        }
        if let Some(text) = text {
            article.put("text", Tree::Object(self.text(text)));
        }
        article.keep(self.extras(Extra::Article(self.source)));
        article
    }

    fn text(&self, text: &TextRecord) -> Members<'b> {
        let mut members = Members::default();
        members.set("sha256", text.digest.to_string());
        members.set("codepoints", text.codepoints);
        members.set_some(
            "newlines",
            text.newlines.map(|newlines| match newlines {
                Newlines::Lf => "lf",
                Newlines::Raw => "raw",
            }),
        );
        members.set_some("file", text.file.as_deref());
        if let Some(content) = text.at_hand.as_deref().filter(|_| text.inline) {
            // A reader takes one mark off the front.
            let mark = if content.starts_with('\u{feff}') { "\u{feff}" } else { "" };
            members.set("content", format!("{mark}{content}"));
        }
        members.keep(self.extras(Extra::Text(self.source)));
        members
    }

    fn annotators(&self) -> impl Iterator<Item = Members<'b>> {
        self.about().annotators.iter().enumerate().map(|(nth, annotator)| {
            let mut members = Members::default();
            members.set("id", &*annotator.id);
            members.set("kind", annotator.kind.as_str());
            members.set_some("name", annotator.name.as_deref());
            members.set_some("version", annotator.version.as_deref());
            members.keep(self.extras(Extra::Annotator(self.source, nth as u32)));
            members
        })
    }

    fn mention(&self, row: u32) -> Members<'b> {
        let mention = self.records.mentions[row as usize];
        let mut members = Members::default();
        members.set("id", self.id_of(mention.local));
        members.set("spans", pairs(&self.records.spans_of(row).collect::<Vec<_>>()));
        members.set("hash", mention.hash.to_string());
        members.set_some("exact", self.records.exact.get(&row).map(|words| &**words));
        members.set_some("form", mention.form.map(|form| form.as_str()));
        members.set_some("by", self.records.mention_by.get(&row).map(|by| self.string(*by)));
        members.keep(self.extras(Extra::Mention(row)));
        members
    }

    fn entity(&self, row: u32) -> Members<'b> {
        let entity = self.records.entities[row as usize];
        let node = self.records.nodes[entity.node as usize];
        let description = &self.records.descriptions[entity.description as usize];
        let mut members = Members::default();
        members.set("id", self.id_of(entity.local));
        members.set("type", node.kind.as_str());
        members.set_some("key", self.key(node));
        members.set_some("name", description.name.as_deref());
        members.set_list("aliases", description.aliases.iter().map(|alias| &**alias));
        members.set_some("kind", description.kind);
        if let Some(number) = description.count {
            members.put("count", Tree::Object(count(number, self.extras(Extra::EntityCount(row)))));
        }
        members.set_list("pledges", description.pledges.iter().map(|pledge| pledge.as_str()));
        members.set_list("same_as", description.same_as.iter().map(|identity| &**identity));
        members.set_list("mentions", self.mention_ids(self.records.mentions_of(row)));
        members.keep(self.extras(Extra::Entity(row)));
        members
    }

    fn fact(&self, row: u32) -> Members<'b> {
        let claim = &self.records.claims[row as usize];
        let mut members = Members::default();
        members.set("id", self.id_of(claim.local));
        members.set("type", claim.fact.as_str());
        let event = (claim.event != NONE).then(|| self.records.nodes[claim.event as usize]);
        members.set_some("key", event.and_then(|event| self.key(event)));
        members.set("args", self.arguments(row));
        let with = self.qualifiers(row);
        if !with.is_empty() {
            members.put("with", Tree::Object(with));
        }
        members.set("modality", claim.modality.as_str());
        members.set_some("negated", claim.negated);
        members.set_some("said_by", claim.said_by().map(|node| self.local(node)));
        let said_in = |said_in: u32| self.id_of(self.records.claims[said_in as usize].local);
        members.set_some("said_in", claim.said_in().map(said_in));
        if let Some(when) = self.when(row, claim) {
            members.put("when", Tree::Object(when));
        }
        members.set_list("evidence", self.mention_ids(self.records.evidence_of(row)));
        members.set_some("gloss", self.some_string(claim.gloss));
        members.set_some("confidence", self.records.confidence.get(&row).copied());
        members.set_some("reading", claim.reading.map(|reading| reading.as_str()));
        members.set_some("by", self.records.claim_by.get(&row).map(|by| self.string(*by)));
        members.keep(self.extras(Extra::Fact(row)));
        members
    }

    /// The local id of what stands for the node.
    fn local(&self, node: u32) -> Cow<'b, str> {
        self.id_of(self.locals.get(&node).copied().unwrap_or(LocalId::NONE))
    }

    fn mention_ids(&self, mentions: &'b [u32]) -> impl Iterator<Item = Cow<'b, str>> {
        mentions.iter().map(|mention| self.id_of(self.records.mentions[*mention as usize].local))
    }

    fn arguments(&self, row: u32) -> Map<String, Json> {
        let mut roles: Vec<(Role, Vec<Json>)> = Vec::new();
        for argument in self.records.arguments_of(row) {
            let id = match argument.filler {
                Filler::Node(node) => self.local(node),
                Filler::Claim(claim) => self.id_of(self.records.claims[claim as usize].local),
            };
            match roles.iter_mut().find(|(role, _)| *role == argument.role) {
                Some((_, ids)) => ids.push(id.into()),
                None => roles.push((argument.role, vec![id.into()])),
            }
        }
        roles.into_iter().map(|(role, ids)| (role.as_str().to_owned(), ids.into())).collect()
    }

    fn qualifiers(&self, row: u32) -> Members<'b> {
        let mut members = Members::default();
        if self.records.claims[row as usize].qualifiers != NONE {
            for (qualifier, value) in self.records.qualifiers_of(row).iter() {
                let kept = if qualifier == Qualifier::Count { self.extras(Extra::Count(row)) } else { None };
                members.put(qualifier.as_str(), qualified(value, kept));
            }
        }
        members.keep(self.extras(Extra::With(row)));
        members
    }

    fn when(&self, row: u32, claim: &ClaimRow) -> Option<Members<'b>> {
        let mut members = Members::default();
        match claim.when {
            When::Unstated => return None,
            When::At(date) => members.set("at", date.to_string()),
            When::Span { from: Start::Unknown, until: End::Unknown } => members.set("from", "unknown"),
            When::Span { from, until } => {
                if let Start::On(date) = from {
                    members.set("from", date.to_string());
                }
                match until {
                    End::Unknown => {}
                    End::Open => members.set("until", "open"),
                    End::On(date) => members.set("until", date.to_string()),
                    End::By(date) => members.set("ended_by", date.to_string()),
                }
            }
        }
        if claim.words != NONE {
            members.set("words", self.id_of(self.records.mentions[claim.words as usize].local));
        }
        members.set_some("basis", claim.when_basis.map(|basis| basis.as_str()));
        members.keep(self.extras(Extra::When(row)));
        Some(members)
    }
}

fn count<'b>(number: Count, kept: Option<&'b str>) -> Members<'b> {
    let mut members = Members::default();
    members.set("value", number.value);
    members.set("precision", number.precision.as_str());
    members.keep(kept);
    members
}

fn qualified<'b>(value: &Value, kept: Option<&'b str>) -> Tree<'b> {
    Tree::New(match value {
        Value::Word(word) => (*word).into(),
        Value::Words(words) => words.clone().into(),
        Value::Text(text) => (**text).into(),
        Value::Count(number) => return Tree::Object(count(*number, kept)),
        Value::Duration(duration) => duration.as_str().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Boolean(yes) => (*yes).into(),
        Value::Integer(number) => (*number).into(),
    })
}
