//! The objects of an article, from the whole to the qualifier.

use smallvec::smallvec;

use super::Shaper;
use crate::article::checks::references::Order;
use crate::article::located::{Json, Located, escaped};
use crate::article::problem::{Problem, Problems};
use crate::article::syntax::{
    Annotator, Args, Article, Dateline, Entity, Fact, From, Hashed, Head, LineEnds, List, Loose, Mention, Number,
    Origin, Str, Text, Time, Until, With,
};
use crate::article::words::VERSION;
use crate::diagnostic::Code;
use crate::model::{
    AnnotatorKind, CountPrecision, DateBasis, Duration, FactType, MentionForm, Modality, NodeKind, OriginKind, Pledge,
    Qualifier, QualifierType, Reading,
};

/// An article as far as it is sound, and the order in which it stands in the file.
pub(crate) struct Document<'t> {
    pub(crate) article: Article<'t>,
    pub(crate) order: Order,
    /// It is of a version that this build does not know: nothing else can be said of it.
    pub(crate) is_newer: bool,
}

/// Longer than any role or qualifier.
const LONGEST_ROLE: usize = 200;

/// The types that an entity can have.
const ENTITY_TYPES: &[&str] = NodeKind::WORDS.split_at(7).0;

impl<'t> Document<'t> {
    pub(crate) fn of(root: &Located<'t>, text: &'t str, problems: &mut Problems) -> Self {
        let mut shaper = Shaper { text, problems };
        let mut document = Self { article: Article::default(), order: Order::default(), is_newer: false };
        if let Json::Object(_) = root.value {
            document.is_newer = shaper.is_newer(root);
            if !document.is_newer {
                document.article = shaper.article(root);
                document.order = order(root);
            }
        } else {
            let message = format!("an article is one object, not {}", super::with_article(root.type_name()));
            let hint = "one object a line or file, without brackets and commas";
            let problem = Problem::at(Code::C0303, String::new(), message).hint(hint);
            shaper.add(Problem { value: Some(root.type_name().into()), ..problem });
        }
        document
    }
}

/// What of the order of writing the records do not keep.
fn order(root: &Located<'_>) -> Order {
    let mut order = Order::default();
    order.lists.sort_by_key(|list| root.member(list.key()).map(|member| member.key_start));
    let Some(Json::List(facts)) = root.get("facts").map(|facts| &facts.value) else { return order };
    let start = |fact: &Located<'_>, key: &str| fact.member(key).map(|member| member.key_start);
    for (nth, fact) in facts.iter().enumerate() {
        if start(fact, "said_in").zip(start(fact, "args")).is_some_and(|(said_in, args)| said_in < args) {
            order.said_first.insert(nth);
        }
    }
    order
}

impl<'t> Shaper<'_, 't> {
    /// Says so of a version that is not known yet.
    fn is_newer(&mut self, root: &Located<'t>) -> bool {
        let Some(Json::Number(written)) = root.get("format").map(|format| &format.value) else { return false };
        let is_newer = written.parse::<u64>().is_ok_and(|version| version > VERSION);
        if is_newer {
            let message = format!("format {written} is newer than this build reads ({VERSION})");
            let hint = format!("update the library, or write format {VERSION}");
            self.add(Problem::at(Code::C0306, "/format".into(), message).hint(hint));
        }
        is_newer
    }

    fn article(&mut self, root: &Located<'t>) -> Article<'t> {
        let Some(object) = self.object(root, "", Article::KEYS) else { return Article::default() };
        Article {
            format: object.read(self, "format", Self::version),
            offsets: object.read(self, "offsets", Self::unit),
            id: object.read(self, "id", Self::article_id),
            head: object.read(self, "article", Self::head),
            annotators: object.read(self, "annotators", |s, n, p| s.records(n, p, Self::annotator)),
            mentions: object.read(self, "mentions", |s, n, p| s.records(n, p, Self::mention)),
            entities: object.read(self, "entities", |s, n, p| s.records(n, p, Self::entity)),
            facts: object.read(self, "facts", |s, n, p| s.records(n, p, Self::fact)),
            extras: object.extras,
            ..Article::default()
        }
    }

    fn version(&mut self, node: &Located<'t>, path: &str) -> Option<u64> {
        let version = u64::from(self.offset(node, path)?);
        if version != VERSION {
            let message = format!("there is no format {version}");
            self.add(Problem::at(Code::C0308, path.to_owned(), message).hint(format!("write {VERSION}")));
        }
        Some(version)
    }

    fn unit(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let text = self.string(node, path)?;
        if &*text != "codepoint" {
            let hint = "convert the offsets first, with an importer of the tool that wrote them";
            self.add(Problem::at(Code::C0304, path.to_owned(), "only \"codepoint\" offsets are read").hint(hint));
        }
        Some(text)
    }

    /// A list of objects. One that is none keeps its place, empty.
    fn records<'n, T: Default>(
        &mut self,
        node: &'n Located<'t>,
        path: &str,
        record: impl Fn(&mut Self, &'n Located<'t>, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.items(node, path)?;
        let read =
            |(nth, node): (usize, &'n Located<'t>)| record(self, node, &format!("{path}/{nth}")).unwrap_or_default();
        Some(items.iter().enumerate().map(read).collect())
    }

    fn head(&mut self, node: &Located<'t>, path: &str) -> Option<Head<'t>> {
        let object = self.object(node, path, Head::KEYS)?;
        Some(Head {
            title: object.read(self, "title", Self::title),
            publisher: object.read(self, "publisher", Self::short),
            author: object.read(self, "author", Self::short),
            rights: object.read(self, "rights", Self::short),
            url: object.read(self, "url", Self::url),
            language: object.read(self, "language", Self::language),
            retrieved: object.read(self, "retrieved", Self::time_stamp),
            published: object.read(self, "published", Self::date),
            published_basis: object.read(self, "published_basis", Self::basis),
            dateline: object.read(self, "dateline", Self::dateline),
            origin: object.read(self, "origin", Self::origin),
            text_record: object.read(self, "text", Self::text_record),
            extras: object.extras,
            ..Head::default()
        })
    }

    fn basis(&mut self, node: &Located<'t>, path: &str) -> Option<DateBasis> {
        self.word(node, path, DateBasis::WORDS, DateBasis::from_word)
    }

    fn dateline(&mut self, node: &Located<'t>, path: &str) -> Option<Dateline<'t>> {
        let object = self.object(node, path, Dateline::KEYS)?;
        if ["place", "date"].iter().all(|key| node.get(key).is_none()) {
            self.add(
                Problem::at(Code::C0307, path.to_owned(), "a dateline needs a place or a date").hint("or leave it out"),
            );
        }
        let (place, date) = (object.read(self, "place", Self::short), object.read(self, "date", Self::date));
        Some(Dateline { place, date, extras: object.extras, ..Dateline::default() })
    }

    fn origin(&mut self, node: &Located<'t>, path: &str) -> Option<Origin<'t>> {
        let object = self.object(node, path, Origin::KEYS)?;
        let kind = object.read(self, "kind", |s, n, p| s.word(n, p, OriginKind::WORDS, OriginKind::from_word));
        if matches!(kind, Some(OriginKind::Reprint | OriginKind::Translation)) && node.get("of").is_none() {
            let message = "required key \"of\" is missing";
            let hint = "say which article it was taken from";
            self.add(Problem::missing(Code::C0301, format!("{path}/of"), message).hint(hint));
        }
        let of = object.read(self, "of", Self::article_id);
        let agency = object.read(self, "agency", Self::short);
        Some(Origin { kind, of, agency, extras: object.extras, ..Origin::default() })
    }

    fn text_record(&mut self, node: &Located<'t>, path: &str) -> Option<Text<'t>> {
        let object = self.object(node, path, Text::KEYS)?;
        self.exclude(&object, &[("file", "content")]);
        let hash = |s: &mut Self, n: &Located<'t>, p: &str| s.parsed(n, p, "64 hexadecimal digits, in lower case");
        let ends =
            |s: &mut Self, n: &Located<'t>, p: &str| s.word(n, p, &["lf", "raw"], crate::article::words::newlines);
        Some(Text {
            sha256: object.read(self, "sha256", hash).map(Hashed),
            codepoints: object.read(self, "codepoints", Self::offset),
            newlines: object.read(self, "newlines", ends).map(LineEnds),
            file: object.read(self, "file", Self::inner_path),
            content: object.read(self, "content", Self::string),
            extras: object.extras,
            ..Text::default()
        })
    }

    fn annotator(&mut self, node: &Located<'t>, path: &str) -> Option<Annotator<'t>> {
        let object = self.object(node, path, Annotator::KEYS)?;
        Some(Annotator {
            id: object.read(self, "id", Self::id),
            kind: object.read(self, "kind", |s, n, p| s.word(n, p, AnnotatorKind::WORDS, AnnotatorKind::from_word)),
            name: object.read(self, "name", Self::short),
            version: object.read(self, "version", Self::short),
            extras: object.extras,
            ..Annotator::default()
        })
    }

    fn mention(&mut self, node: &Located<'t>, path: &str) -> Option<Mention<'t>> {
        let object = self.object(node, path, Mention::KEYS)?;
        let hash = |s: &mut Self, n: &Located<'t>, p: &str| s.parsed(n, p, "16 hexadecimal digits, in lower case");
        Some(Mention {
            id: object.read(self, "id", Self::id),
            spans: object.read(self, "spans", Self::spans),
            hash: object.read(self, "hash", hash).map(Hashed),
            exact: object.read(self, "exact", Self::exact),
            form: object.read(self, "form", |s, n, p| s.word(n, p, MentionForm::WORDS, MentionForm::from_word)),
            by: object.read(self, "by", Self::id),
            extras: object.extras,
            ..Mention::default()
        })
    }

    /// Pieces that are repeated are out of order, and told as that.
    fn spans(&mut self, node: &Located<'t>, path: &str) -> Option<List<crate::article::syntax::Pair>> {
        let items = self.items(node, path)?;
        if items.is_empty() {
            let hint = "point at the words";
            self.add(Problem::at(Code::C0307, path.to_owned(), "a mention needs a span").hint(hint));
            return None;
        }
        let pairs = items.iter().enumerate().map(|(nth, node)| self.pair(node, &format!("{path}/{nth}"))).collect();
        Some(List(pairs))
    }

    fn entity(&mut self, node: &Located<'t>, path: &str) -> Option<Entity<'t>> {
        let object = self.object(node, path, Entity::KEYS)?;
        let pledge = |s: &mut Self, n: &Located<'t>, p: &str| s.word(n, p, Pledge::WORDS, Pledge::from_word);
        Some(Entity {
            id: object.read(self, "id", Self::id),
            node: object.read(self, "type", Self::entity_type),
            key: object.read(self, "key", Self::key),
            name: object.read(self, "name", Self::short),
            aliases: object.read(self, "aliases", |s, n, p| s.list(n, p, 0, Self::short)),
            kind: object.read(self, "kind", Self::string),
            count: object.read(self, "count", |s, n, p| s.number(n, p).or(Some(Number::default()))),
            pledges: object.read(self, "pledges", |s, n, p| s.list(n, p, 1, pledge).or(Some(List::default()))),
            same_as: object.read(self, "same_as", |s, n, p| s.list(n, p, 0, Self::identity)),
            mentions: object.read(self, "mentions", |s, n, p| s.list(n, p, 0, Self::id)),
            extras: object.extras,
            ..Entity::default()
        })
    }

    fn entity_type(&mut self, node: &Located<'t>, path: &str) -> Option<NodeKind> {
        let text = self.string(node, path)?;
        let found = NodeKind::from_word(&text).filter(crate::article::words::is_entity);
        if found.is_none() {
            let problem = Problem::at(Code::C0304, path.to_owned(), format!("\"{}\" is no type of entity", &*text));
            self.add(match &*text {
                "official" => problem.hint("an official is a \"person\" with an \"office\" fact"),
                "country" | "state" => problem.hint("did you mean \"nation\"?"),
                "event" | "detention" | "sanction" | "meeting" | "statement" => {
                    problem.hint("an event is a fact, not an entity")
                }
                _ => problem.hint(format!("one of {}", ENTITY_TYPES.join(", "))),
            });
        }
        found
    }

    fn number(&mut self, node: &Located<'t>, path: &str) -> Option<Number<'t>> {
        let object = self.object(node, path, Number::KEYS)?;
        Some(Number {
            value: object.read(self, "value", Self::offset),
            precision: object
                .read(self, "precision", |s, n, p| s.word(n, p, CountPrecision::WORDS, CountPrecision::from_word)),
            extras: object.extras,
            ..Number::default()
        })
    }

    fn fact(&mut self, node: &Located<'t>, path: &str) -> Option<Fact<'t>> {
        let object = self.object(node, path, Fact::KEYS)?;
        self.exclude(&object, &[("said_by", "said_in")]);
        let fact = object.read(self, "type", Self::fact_type);
        Some(Fact {
            id: object.read(self, "id", Self::id),
            fact,
            key: object.read(self, "key", Self::key),
            args: object.read(self, "args", Self::args),
            with: object.read(self, "with", |s, n, p| s.with(n, p, fact)),
            modality: object.read(self, "modality", |s, n, p| s.word(n, p, Modality::WORDS, Modality::from_word)),
            negated: object.read(self, "negated", Self::boolean),
            said_by: object.read(self, "said_by", Self::id),
            said_in: object.read(self, "said_in", Self::id),
            when: object.read(self, "when", Self::when),
            evidence: object.read(self, "evidence", |s, n, p| s.list(n, p, 1, Self::id)),
            gloss: object.read(self, "gloss", Self::short),
            confidence: object.read(self, "confidence", Self::confidence),
            reading: object.read(self, "reading", |s, n, p| s.word(n, p, Reading::WORDS, Reading::from_word)),
            by: object.read(self, "by", Self::id),
            extras: object.extras,
            ..Fact::default()
        })
    }

    /// Unknown ones are a matter of meaning.
    fn fact_type(&mut self, node: &Located<'t>, path: &str) -> Option<FactType> {
        let text = self.string(node, path)?;
        let found = FactType::from_word(&text);
        if found.is_none() {
            let problem = Problem::at(Code::C0701, path.to_owned(), format!("unknown fact type \"{}\"", &*text));
            let near = crate::article::problem::nearest(FactType::WORDS.iter().copied(), &text);
            self.add(match &*text {
                "embargo" => problem.hint("did you mean \"sanction\" with measure trade_ban?"),
                "arrest" => problem.hint("did you mean \"detention\" with form arrest?"),
                _ => problem.hint(format!("one of {}", FactType::WORDS.join(", "))).suggest(near),
            });
        }
        found
    }

    fn args(&mut self, node: &Located<'t>, path: &str) -> Option<Args<'t>> {
        let Json::Object(members) = &node.value else {
            self.wrong_type(node, path, "an object");
            return None;
        };
        let role = |member: &crate::article::located::Member<'t>| {
            let path = format!("{path}/{}", escaped(&member.key));
            // Of a role that cannot be one, the pointers to its fillers could be without end.
            let is_role = member.key.len() <= LONGEST_ROLE;
            let fillers = if is_role { self.list(&member.value, &path, 1, Self::id) } else { None };
            // A role whose list is not sound is there, with fillers that are not known.
            (Str(member.key.clone()), fillers.unwrap_or_else(|| List(smallvec![None])))
        };
        Some(Args(members.iter().map(role).collect()))
    }

    fn with(&mut self, node: &Located<'t>, path: &str, fact: Option<FactType>) -> Option<With<'t>> {
        let Json::Object(members) = &node.value else {
            self.wrong_type(node, path, "an object");
            return None;
        };
        let mut with = With::default();
        for member in members {
            if member.key.starts_with("x_") {
                with.extras.push(&member.key, &self.text[member.value.start..member.value.end]);
                continue;
            }
            let qualifier = Qualifier::from_word(&member.key);
            let wanted = qualifier.and_then(|qualifier| fact?.schema().qualifier(qualifier));
            let path = format!("{path}/{}", escaped(&member.key));
            let value = wanted.and_then(|wanted| self.qualifier(&member.value, &path, wanted));
            with.members.push((Str(member.key.clone()), value.unwrap_or(Loose::Unsound)));
        }
        Some(with)
    }

    fn qualifier(&mut self, node: &Located<'t>, path: &str, wanted: QualifierType) -> Option<Loose<'t>> {
        let known = |words: &'static [&'static str]| {
            move |text: &str| words.contains(&text).then(|| Str(text.to_owned().into()))
        };
        match wanted {
            QualifierType::Word(words) => self.word(node, path, words, known(words)).map(Loose::Text),
            QualifierType::Words(words) => {
                let list = self.list(node, path, 1, |s, n, p| s.word(n, p, words, known(words)))?;
                list.0.iter().all(Option::is_some).then_some(Loose::List(list))
            }
            QualifierType::Stage => self.stage(node, path).map(Loose::Text),
            QualifierType::Text => self.short(node, path).map(Loose::Text),
            QualifierType::Count => {
                self.number(node, path).filter(|number| number.count().is_some()).map(Loose::Number)
            }
            QualifierType::Duration => {
                self.parsed::<Duration>(node, path, "an ISO 8601 duration, as P1Y or P6M")?;
                self.string(node, path).map(Loose::Text)
            }
            QualifierType::Date => {
                self.date(node, path)?;
                self.string(node, path).map(Loose::Text)
            }
            QualifierType::Boolean => self.boolean(node, path).map(Loose::Boolean),
            QualifierType::Integer => self.offset(node, path).map(Loose::Integer),
        }
    }

    fn when(&mut self, node: &Located<'t>, path: &str) -> Option<Time<'t>> {
        let object = self.object(node, path, Time::KEYS)?;
        if ["at", "from", "until", "ended_by"].iter().all(|key| node.get(key).is_none()) {
            let hint = "say at, from, until or ended_by, or leave \"when\" out";
            self.add(Problem::at(Code::C0307, path.to_owned(), "no date is given").hint(hint));
        }
        let before = self.problems.errors;
        self.exclude(&object, &[("at", "from"), ("at", "until"), ("at", "ended_by"), ("until", "ended_by")]);
        let (words, basis) = (object.read(self, "words", Self::id), object.read(self, "basis", Self::basis));
        let at = object.read(self, "at", Self::date);
        let from = object.read(self, "from", Self::start).map(From);
        let until = object.read(self, "until", Self::end).map(Until);
        let ended_by = object.read(self, "ended_by", Self::date);
        let extras = object.extras;
        // Dates that are not sound together say nothing; the words that give them stay.
        if self.problems.errors > before {
            return Some(Time { words, basis, extras, ..Time::default() });
        }
        Some(Time { at, from, until, ended_by, words, basis, extras, ..Time::default() })
    }
}
