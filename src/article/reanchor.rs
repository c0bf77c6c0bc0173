//! An annotation put onto a text that has changed: mentions found by their hashes, and what they no longer bear out rejected.
//!
//! Only on request: a reader that meets a changed text says so and reads nothing into it.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::anchor::{Anchor, Anchors, Placement};
use super::layout;
use super::text::as_read;
use super::tree::{Members, NotAnArticle, Tree, open};
use crate::model::{FactType, Role};
use crate::provenance::Newlines;
use crate::text::{Digest, Span};

/// An annotation on its new text, and all that changed on the way.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reanchored {
    /// The annotation for the new text, without the lost mentions and rejected facts, as a document that the reader takes.
    pub json: String,
    /// Every mention and where it stands now, in the order of the annotation.
    pub moves: Vec<Move>,
    /// The facts that are in it no longer, in the order of the annotation.
    pub rejected: Vec<RejectedFact>,
}

/// What became of one mention.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// The local id of the mention.
    pub mention: String,
    /// Its pieces in the old text.
    pub from: Vec<Span>,
    /// Where its words stand now.
    pub placement: Placement,
}

/// A fact that the new text no longer bears out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RejectedFact {
    /// The local id of the fact.
    pub fact: String,
    /// Why.
    pub reason: Rejection,
}

/// Why a fact is rejected: its words are gone, or what it cannot be said without is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// All of its evidence is lost.
    #[error("all of its evidence is lost")]
    NoEvidence,
    /// Too few are left in a role, the others being rejected facts.
    #[error("{role} was filled by facts that are rejected")]
    RoleEmptied {
        /// The role.
        role: String,
    },
    /// The statement that says it is rejected: without it the article itself would say it.
    #[error("{statement}, which says it, is rejected")]
    StatementRejected {
        /// The local id of the statement.
        statement: String,
    },
    /// It is told only as something that is denied, and every denial is rejected.
    #[error("every denial of it is rejected")]
    DenialRejected,
}

/// Puts an annotation onto a text that has changed since: [`Anchors::place`] for its mentions, then every span, the digest and
/// the length rewritten. Lost mentions are left out; so are facts that lose all their evidence, and facts that cannot stand
/// without those.
///
/// The rest of the annotation, own `x_` members and order of keys included, stays as it is. `text` is the new text as it is in
/// its file; line ends are read as the annotation says. Cost: that of [`Anchors::place`].
///
/// # Errors
/// [`NotAnArticle`] if the annotation is not JSON, or not of the form of an article.
///
/// ```
/// use comity::{Placement, reanchor};
/// let annotation = r#"{"format": 1, "id": "note", "offsets": "codepoint",
///     "article": {"text": {"sha256": "5a4b7d6a", "codepoints": 11}},
///     "mentions": [{"id": "m1", "spans": [[0, 7]], "hash": "595d6d914950b8a2"}],
///     "entities": [{"id": "iceland", "type": "nation", "mentions": ["m1"]}], "facts": []}"#;
/// let moved = reanchor(annotation, "Today Iceland signed.")?;
/// assert!(matches!(&moved.moves[0].placement, Placement::Moved { to } if to[0].start() == 6));
/// assert!(moved.json.contains(r#""spans": [[6, 13]]"#));
/// # Ok::<(), comity::NotAnArticle>(())
/// ```
pub fn reanchor(annotation: &str, text: &str) -> Result<Reanchored, NotAnArticle> {
    let mut root = open(annotation)?;
    let fresh = retext(annotation, &mut root, text)?;
    let moves = move_mentions(annotation, &mut root, &Anchors::of(&fresh))?;
    let lost = moves.iter().filter(|moved| moved.placement == Placement::Lost);
    let lost: BTreeSet<&str> = lost.map(|moved| moved.mention.as_str()).collect();
    for entity in list(annotation, &mut root, "entities")? {
        let entity = opened(annotation, "entities", entity)?;
        without(entity, "mentions", |mention| lost.contains(mention));
    }
    let rejected = reject(annotation, &mut root, &lost)?;
    root.open_lists();
    let json = layout::document(&root).map_err(|error| NotAnArticle::at(annotation, None, error))?;
    Ok(Reanchored { json, moves, rejected })
}

/// Writes digest and length of the new text into the annotation; returns the text as spans count it.
pub(super) fn retext(annotation: &str, root: &mut Members<'_>, text: &str) -> Result<String, NotAnArticle> {
    if root.get("article").is_none() {
        root.put("article", Tree::Object(Members::default()));
    }
    let mut article = object(annotation, root, "article")?.unwrap_or_default();
    if article.get("text").is_none() {
        article.put("text", Tree::Object(Members::default()));
    }
    let mut record = object(annotation, &mut article, "text")?.unwrap_or_default();
    let newlines = match record.read::<String>("newlines").as_deref() {
        Some("raw") => Newlines::Raw,
        _ => Newlines::Lf,
    };
    let fresh = as_read(text, newlines).into_owned();
    record.set("sha256", Digest::of(&fresh).to_string());
    record.set("codepoints", fresh.chars().count());
    if record.get("content").is_some() {
        record.set("content", text);
    }
    article.put("text", Tree::Object(record));
    root.put("article", Tree::Object(article));
    Ok(fresh)
}

fn move_mentions(annotation: &str, root: &mut Members<'_>, text: &Anchors<'_>) -> Result<Vec<Move>, NotAnArticle> {
    let mentions = list(annotation, root, "mentions")?;
    let (mut ids, mut anchors) = (Vec::new(), Vec::new());
    for mention in mentions.iter_mut() {
        let at = mention.offset(annotation);
        let members = opened(annotation, "mentions", mention)?;
        let (id, anchor) = known(members)
            .ok_or_else(|| NotAnArticle::at(annotation, at, "a mention needs an id, spans and a hash"))?;
        ids.push(id);
        anchors.push(anchor);
    }
    let placements = text.place(&anchors);
    for (mention, placement) in mentions.iter_mut().zip(&placements) {
        if let Placement::Moved { to } | Placement::Ambiguous { to, .. } = placement {
            opened(annotation, "mentions", mention)?.set("spans", pairs(to));
        }
    }
    let mut stands = placements.iter().map(|placement| *placement != Placement::Lost);
    mentions.retain(|_| stands.next().unwrap_or(true));
    let moves = ids.into_iter().zip(anchors).zip(placements);
    Ok(moves.map(|((mention, anchor), placement)| Move { mention, from: anchor.spans, placement }).collect())
}

/// The id, spans and hash of a mention that has them.
pub(super) fn known(mention: &Members<'_>) -> Option<(String, Anchor)> {
    let spans: Vec<(u32, u32)> = mention.read("spans")?;
    let hash = mention.read::<String>("hash")?.parse().ok()?;
    let spans = spans.into_iter().map(|(start, end)| Span::new(start, end)).collect();
    Some((mention.read("id")?, Anchor { spans, hash }))
}

/// The spans as the format writes them.
pub(super) fn pairs(spans: &[Span]) -> Value {
    spans.iter().map(|span| Value::from(vec![span.start(), span.end()])).collect()
}

/// What decides whether a fact can stand.
#[derive(Deserialize)]
struct Grounds {
    id: String,
    #[serde(rename = "type")]
    fact: String,
    #[serde(default)]
    args: IndexMap<String, Vec<String>>,
    with: Option<Act>,
    modality: Option<String>,
    said_in: Option<String>,
    when: Option<Words>,
    #[serde(default)]
    evidence: Vec<String>,
}

#[derive(Deserialize)]
struct Act {
    act: Option<Value>,
}

#[derive(Deserialize)]
struct Words {
    words: Option<String>,
}

impl Grounds {
    fn is_denial(&self) -> bool {
        let act = self.with.as_ref().and_then(|with| with.act.as_ref());
        self.fact == FactType::Statement.as_str() && act.is_some_and(|act| act == "deny")
    }

    /// Why it cannot stand without these facts and mentions, if it cannot.
    fn falls(
        &self,
        lost: &BTreeSet<&str>,
        rejected: &BTreeMap<&str, Rejection>,
        denials: &BTreeMap<&str, Vec<&str>>,
    ) -> Option<Rejection> {
        let gone = |fact: &&String| rejected.contains_key(fact.as_str());
        if !self.evidence.is_empty() && self.evidence.iter().all(|mention| lost.contains(mention.as_str())) {
            return Some(Rejection::NoEvidence);
        }
        if let Some(statement) = self.said_in.as_ref().filter(gone) {
            return Some(Rejection::StatementRejected { statement: statement.clone() });
        }
        let left = |role: &str| self.args.get(role).map_or(0, |list| list.iter().filter(|one| !gone(one)).count());
        let schema = FactType::from_word(&self.fact).map(FactType::schema);
        for (role, fillers) in &self.args {
            let name = Role::from_word(role);
            let row = schema.zip(name).and_then(|(schema, name)| schema.role(name));
            let least = row.map_or(0, |row| row.min).max(usize::from(self.is_denial() && name == Some(Role::Content)));
            let any_of = schema.map_or(&[][..], |schema| schema.any_of);
            let last_of_any =
                name.is_some_and(|name| any_of.contains(&name)) && any_of.iter().all(|role| left(role.as_str()) == 0);
            if fillers.iter().any(|filler| gone(&filler)) && (left(role) < least || last_of_any) {
                return Some(Rejection::RoleEmptied { role: role.clone() });
            }
        }
        let denied = self.modality.as_deref() == Some("denied");
        let denials = denials.get(self.id.as_str()).filter(|_| denied)?;
        denials.iter().all(|denial| rejected.contains_key(denial)).then_some(Rejection::DenialRejected)
    }
}

/// Takes out the facts that cannot stand, and what others say of them; a fact at a time, until all that is left can.
fn reject(annotation: &str, root: &mut Members<'_>, lost: &BTreeSet<&str>) -> Result<Vec<RejectedFact>, NotAnArticle> {
    let facts = list(annotation, root, "facts")?;
    let mut grounds: Vec<Grounds> = Vec::with_capacity(facts.len());
    for fact in facts.iter() {
        let form = "a fact needs an id, a type, and lists of ids in args and evidence";
        grounds.push(fact.read().ok_or_else(|| NotAnArticle::at(annotation, fact.offset(annotation), form))?);
    }
    let mut denials: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for denial in grounds.iter().filter(|fact| fact.is_denial()) {
        for content in denial.args.get(Role::Content.as_str()).into_iter().flatten() {
            denials.entry(content).or_default().push(&denial.id);
        }
    }
    let mut rejected: BTreeMap<&str, Rejection> = BTreeMap::new();
    loop {
        let before = rejected.len();
        for fact in &grounds {
            if !rejected.contains_key(fact.id.as_str())
                && let Some(reason) = fact.falls(lost, &rejected, &denials)
            {
                rejected.insert(&fact.id, reason);
            }
        }
        if rejected.len() == before {
            break;
        }
    }
    for (fact, grounds) in facts.iter_mut().zip(&grounds) {
        let gone = |id: &str| rejected.contains_key(id);
        let members = opened(annotation, "facts", fact)?;
        without(members, "evidence", |mention| lost.contains(mention));
        if grounds.args.values().flatten().any(|filler| gone(filler)) {
            let mut args = object(annotation, members, "args")?.unwrap_or_default();
            let roles: Vec<&str> = grounds.args.keys().map(String::as_str).collect();
            roles.into_iter().for_each(|role| without(&mut args, role, gone));
            members.put("args", Tree::Object(args));
        }
        let words = grounds.when.as_ref().and_then(|when| when.words.as_deref());
        if words.is_some_and(|words| lost.contains(words)) {
            let mut when = object(annotation, members, "when")?.unwrap_or_default();
            when.remove("words");
            members.put("when", Tree::Object(when));
        }
    }
    let mut stands = grounds.iter().map(|fact| !rejected.contains_key(fact.id.as_str()));
    facts.retain(|_| stands.next().unwrap_or(true));
    let named = grounds.iter().filter_map(|fact| {
        let reason = rejected.remove(fact.id.as_str())?;
        Some(RejectedFact { fact: fact.id.clone(), reason })
    });
    Ok(named.collect())
}

/// Leaves those ids out of a list of ids, and the list itself if none is left.
fn without(members: &mut Members<'_>, key: &str, gone: impl Fn(&str) -> bool) {
    let Some(ids) = members.read::<Vec<String>>(key) else { return };
    if !ids.iter().any(|id| gone(id)) {
        return;
    }
    let left: Vec<String> = ids.into_iter().filter(|id| !gone(id)).collect();
    match members.get_mut(key) {
        Some(place) if !left.is_empty() => *place = Tree::New(left.into()),
        _ => members.remove(key),
    }
}

/// The list of this key, opened; empty if it is not there.
pub(super) fn list<'t, 'd>(
    annotation: &str,
    members: &'t mut Members<'d>,
    key: &'static str,
) -> Result<&'t mut Vec<Tree<'d>>, NotAnArticle> {
    if members.get(key).is_none() {
        members.put(key, Tree::List(Vec::new()));
    }
    let at = members.get(key).and_then(|tree| tree.offset(annotation));
    let list = members.get_mut(key).expect("it was put there if it was not");
    list.open_list().map_err(|unfit| NotAnArticle::at(annotation, at, format_args!("{key}: {unfit}")))
}

/// The object of this key, opened and taken out of its place; none if it is not there.
pub(super) fn object<'d>(
    annotation: &str,
    members: &mut Members<'d>,
    key: &'static str,
) -> Result<Option<Members<'d>>, NotAnArticle> {
    let Some(tree) = members.get_mut(key) else { return Ok(None) };
    opened(annotation, key, tree).map(|members| Some(std::mem::take(members)))
}

/// The members of an object, opened.
pub(super) fn opened<'t, 'd>(
    annotation: &str,
    of: &str,
    tree: &'t mut Tree<'d>,
) -> Result<&'t mut Members<'d>, NotAnArticle> {
    let at = tree.offset(annotation);
    tree.open_object().map_err(|unfit| NotAnArticle::at(annotation, at, format_args!("{of}: {unfit}")))
}
