//! From the records of an article that is sound to the columns of a batch.
//!
//! It checks nothing: what comes here has been found sound.

use std::sync::Arc;

use smallvec::SmallVec;

use super::checks::{Names, Thing};
use super::qualified::qualifiers;
use super::syntax::{Article, Entity, Extras, Fact, Head, List, Mention, Str};
use super::words::AUTHOR;
use crate::batch::records::{Argument, ClaimRow, Extra, Filler, MentionRow, NONE, Records, Teller};
use crate::batch::strings::Text;
use crate::batch::{Description, LocalId};
use crate::model::{NodeKind, Qualifier, Qualifiers, Role};
use crate::provenance::{Annotator, Dateline, Origin, Source, TextRecord};

/// Adds the article. `text` is its text, where it was at hand and is the annotated one.
pub(super) fn lower(article: &Article<'_>, names: &Names<'_>, text: Option<Arc<str>>, records: &mut Records) {
    let source = records.sources.len() as u32;
    records.sources.push(about(article, text));
    let mut lowering = Lowering {
        article,
        names,
        source,
        first_mention: records.mentions.len() as u32,
        first_claim: records.claims.len() as u32,
        nodes: Vec::with_capacity(article.entities().len()),
        events: Vec::with_capacity(article.facts().len()),
        records,
    };
    lowering.keep(&article.extras, Extra::Root(source));
    lowering.keep_of_head();
    article.mentions().iter().for_each(|mention| lowering.mention(mention));
    article.entities().iter().for_each(|entity| lowering.entity(entity));
    article.facts().iter().for_each(|fact| lowering.event(fact));
    article.facts().iter().enumerate().for_each(|(nth, fact)| lowering.fact(nth, fact));
}

fn boxed(text: Option<&Str<'_>>) -> Option<Box<str>> {
    text.map(|text| (**text).into())
}

fn about(article: &Article<'_>, at_hand: Option<Arc<str>>) -> Source {
    let id = article.id.as_deref().unwrap_or_default();
    let annotator = |one: &super::syntax::Annotator<'_>| {
        Some(Annotator {
            id: boxed(one.id.as_ref())?,
            kind: one.kind?,
            name: boxed(one.name.as_ref()),
            version: boxed(one.version.as_ref()),
        })
    };
    let mut source =
        Source { annotators: article.annotators().iter().filter_map(annotator).collect(), ..Source::article(id) };
    let Some(head) = &article.head else { return source };
    let Head { title, publisher, author, rights, url, language, retrieved, published, published_basis, .. } = head;
    source.title = boxed(title.as_ref());
    source.publisher = boxed(publisher.as_ref());
    source.author = boxed(author.as_ref());
    source.rights = boxed(rights.as_ref());
    source.url = boxed(url.as_ref());
    source.language = boxed(language.as_ref());
    source.retrieved = boxed(retrieved.as_ref());
    source.published = *published;
    source.published_basis = *published_basis;
    source.dateline =
        head.dateline.as_ref().map(|line| Dateline { place: boxed(line.place.as_ref()), date: line.date }.into());
    source.origin = head.origin.as_ref().and_then(|origin| {
        let (of, agency) = (boxed(origin.of.as_ref()), boxed(origin.agency.as_ref()));
        Some(Box::new(Origin { kind: origin.kind?, of, agency }))
    });
    source.text = head.text_record.as_ref().and_then(|text| {
        Some(TextRecord {
            digest: text.sha256?.0,
            codepoints: text.codepoints?,
            newlines: text.newlines.map(|newlines| newlines.0),
            file: boxed(text.file.as_ref()),
            inline: text.content.is_some(),
            at_hand,
        })
    });
    source
}

struct Lowering<'r, 'a, 't> {
    article: &'a Article<'t>,
    names: &'a Names<'a>,
    source: u32,
    first_mention: u32,
    first_claim: u32,
    /// The nodes of the entities.
    nodes: Vec<u32>,
    /// The nodes that the facts make.
    events: Vec<u32>,
    records: &'r mut Records,
}

impl Lowering<'_, '_, '_> {
    fn keep(&mut self, extras: &Extras, place: Extra) {
        if let Some(members) = extras.text() {
            self.records.extras.insert(place, members.into());
        }
    }

    fn keep_of_head(&mut self) {
        let (article, source) = (self.article, self.source);
        for (nth, annotator) in article.annotators().iter().enumerate() {
            self.keep(&annotator.extras, Extra::Annotator(source, nth as u32));
        }
        let Some(head) = &article.head else { return };
        self.keep(&head.extras, Extra::Article(source));
        if let Some(text) = &head.text_record {
            self.keep(&text.extras, Extra::Text(source));
        }
        if let Some(dateline) = &head.dateline {
            self.keep(&dateline.extras, Extra::Dateline(source));
        }
        if let Some(origin) = &head.origin {
            self.keep(&origin.extras, Extra::Origin(source));
        }
    }

    fn intern(&mut self, text: Option<&Str<'_>>) -> Text {
        self.records.strings.intern_some(text.map(|text| &**text))
    }

    fn local_id(&mut self, id: Option<&Str<'_>>) -> LocalId {
        id.map_or(LocalId::NONE, |id| self.records.strings.local_id(id))
    }

    fn mention(&mut self, mention: &Mention<'_>) {
        let mut spans = mention.pieces().unwrap_or_default().into_iter();
        let (Some(span), Some(hash)) = (spans.next(), mention.hash) else { return };
        let further: Vec<_> = spans.collect();
        let local = self.local_id(mention.id.as_ref());
        let by = mention.by.as_ref().map(|by| self.records.strings.intern(by));
        let row = self.records.push_mention(
            MentionRow { hash: hash.0, span, source: self.source, local, form: mention.form, is_read: true },
            further,
            boxed(mention.exact.as_ref()),
        );
        if let Some(by) = by {
            self.records.mention_by.insert(row, by);
        }
        self.keep(&mention.extras, Extra::Mention(row));
    }

    fn entity(&mut self, entity: &Entity<'_>) {
        let kind = entity.node.unwrap_or(NodeKind::Place);
        let local = self.local_id(entity.id.as_ref());
        let slug = entity.key.as_deref().and_then(|key| key.split_once('/')).map(|(_, slug)| slug);
        let node = match slug {
            Some(slug) => self.records.keyed_node(kind, slug),
            None => self.records.local_node(kind, self.source, entity.id.as_deref().unwrap_or_default()),
        };
        self.nodes.push(node);
        let texts = |list: Option<&List<Str<'_>>>| -> Vec<Box<str>> {
            list.into_iter().flat_map(List::sound).map(|(_, text)| (**text).into()).collect()
        };
        let description = Description {
            name: boxed(entity.name.as_ref()),
            aliases: texts(entity.aliases.as_ref()),
            kind: entity.kind.as_deref().and_then(|word| kind.subkinds().iter().copied().find(|known| *known == word)),
            count: entity.count.as_ref().and_then(|number| number.count()),
            pledges: entity.pledges.iter().flat_map(List::sound).map(|(_, pledge)| *pledge).collect(),
            same_as: texts(entity.same_as.as_ref()),
        };
        let mentions = self.mentions(entity.mentions.as_ref());
        let row = self.records.push_entity(self.source, local, node, description, mentions);
        self.keep(&entity.extras, Extra::Entity(row));
        if let Some(count) = &entity.count {
            self.keep(&count.extras, Extra::EntityCount(row));
        }
    }

    fn mentions(&self, ids: Option<&List<Str<'_>>>) -> SmallVec<[u32; 4]> {
        let ids = ids.into_iter().flat_map(List::sound);
        ids.filter_map(|(_, id)| self.mention_row(id)).collect()
    }

    fn mention_row(&self, id: &str) -> Option<u32> {
        match self.names.get(id)? {
            Thing::Mention(nth) => Some(self.first_mention + nth as u32),
            _ => None,
        }
    }

    /// The node that a fact makes.
    fn event(&mut self, fact: &Fact<'_>) {
        let kind = fact.fact.and_then(|fact| fact.schema().event);
        let slug = fact.key.as_deref().and_then(|key| key.split_once('/')).map(|(_, slug)| slug);
        let node = match (kind, slug) {
            (None, _) => NONE,
            (Some(kind), Some(slug)) => self.records.keyed_node(kind, slug),
            (Some(kind), None) => self.records.local_node(kind, self.source, fact.id.as_deref().unwrap_or_default()),
        };
        self.events.push(node);
    }

    fn fact(&mut self, nth: usize, fact: &Fact<'_>) {
        let Some(kind) = fact.fact else { return };
        let with = fact.with.as_ref();
        let said = with.map_or_else(Qualifiers::new, |with| qualifiers(with, kind));
        let local = self.local_id(fact.id.as_ref());
        let gloss = self.intern(fact.gloss.as_ref());
        let words = fact.when.as_ref().and_then(|when| when.words.as_ref());
        let row = ClaimRow {
            teller: self.teller(fact).into(),
            event: self.events[nth],
            qualifiers: self.records.qualifiers_number(said),
            gloss,
            words: words.and_then(|id| self.mention_row(id)).unwrap_or(NONE),
            when: fact.when(),
            when_basis: fact.when.as_ref().and_then(|when| when.basis),
            modality: fact.modality.unwrap_or(crate::model::Modality::Asserted),
            negated: fact.negated,
            reading: fact.reading,
            ..ClaimRow::new(self.source, local, kind)
        };
        let arguments = self.arguments(fact);
        let evidence = self.mentions(fact.evidence.as_ref());
        let claim = self.records.push_claim(row, arguments, evidence);
        if let Some(confidence) = fact.confidence {
            self.records.confidence.insert(claim, confidence);
        }
        if let Some(by) = &fact.by {
            let by = self.records.strings.intern(by);
            self.records.claim_by.insert(claim, by);
        }
        self.keep(&fact.extras, Extra::Fact(claim));
        if let Some(with) = with {
            self.keep(&with.extras, Extra::With(claim));
            if let Some(super::syntax::Loose::Number(count)) = with.get(Qualifier::Count.as_str()) {
                self.keep(&count.extras, Extra::Count(claim));
            }
        }
        if let Some(when) = &fact.when {
            self.keep(&when.extras, Extra::When(claim));
        }
    }

    fn arguments(&self, fact: &Fact<'_>) -> SmallVec<[Argument; 4]> {
        let mut arguments = SmallVec::new();
        for (role, fillers) in fact.args.iter().flat_map(|args| &args.0) {
            let Some(role) = Role::from_word(role) else { continue };
            for (_, id) in fillers.sound() {
                let filler = match self.names.get(id) {
                    Some(Thing::Entity(nth)) => Filler::Node(self.nodes[nth]),
                    Some(Thing::Fact(nth)) => Filler::Claim(self.first_claim + nth as u32),
                    _ => continue,
                };
                arguments.push(Argument::new(role, filler));
            }
        }
        arguments
    }

    fn teller(&self, fact: &Fact<'_>) -> Teller {
        let said_by = fact.said_by.as_ref().filter(|id| ***id != *AUTHOR);
        match fact.said_in.as_ref().or(said_by).and_then(|id| self.names.get(id)) {
            Some(Thing::Fact(nth)) => Teller::Statement(self.first_claim + nth as u32),
            Some(Thing::Entity(nth)) => Teller::Node(self.nodes[nth]),
            Some(_) | None => Teller::Source,
        }
    }
}
