//! One article: the fast path, and where that refuses, the path that explains.

use std::sync::Arc;

use super::checks::texts::Found;
use super::checks::{Names, limits, meaning, references, spans, texts};
use super::limits::Limits;
use super::located::{self, Located};
use super::problem::{Place, Problem, Problems, locate};
use super::scan::scan;
use super::shape::Document;
use super::suspicion;
use super::syntax::Article;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::text::LineIndex;

/// How an article is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'l> {
    pub(super) limits: &'l Limits,
    pub(super) suspects: bool,
}

/// Where an article stands: the file, and the number of its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whereabouts<'f> {
    pub(super) file: &'f str,
    pub(super) line: u32,
}

/// What came of an article.
#[derive(Debug)]
pub(super) struct Readout {
    pub(super) id: Option<Box<str>>,
    pub(super) is_sound: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The nesting that the format itself needs, with room for the writer's own: the fast path looks no deeper.
const PLAIN_DEPTH: usize = 64;

impl Manner<'_> {
    /// Reads one article. `find` looks for its text; `take` gets it if it is sound, with what its ids name and its text, where
    /// that is at hand.
    pub(super) fn read(
        self,
        text: &str,
        at: Whereabouts<'_>,
        find: impl Fn(&Article<'_>) -> Found,
        mut take: impl FnMut(&Article<'_>, &Names<'_>, Option<Arc<str>>),
    ) -> Readout {
        self.fast(text, at, &find, &mut take).unwrap_or_else(|| self.explain(text, at, find, take))
    }

    /// The fast path: the article, if it is sound at first sight.
    fn fast(
        self,
        text: &str,
        at: Whereabouts<'_>,
        find: impl Fn(&Article<'_>) -> Found,
        take: impl FnOnce(&Article<'_>, &Names<'_>, Option<Arc<str>>),
    ) -> Option<Readout> {
        if self.limits.depth < PLAIN_DEPTH {
            return None;
        }
        let article: Article<'_> = scan(text)?;
        let mut problems = Problems::counted();
        let found = find(&article);
        let names = check(&article, &references::Order::default(), &found, self.limits, &mut problems);
        if problems.errors > 0 {
            return None;
        }
        if self.suspects {
            suspicion::check(&article, &names, &mut problems);
        }
        take(&article, &names, found.text_of(&article));
        Some(self.sound(&article, problems.found, text, at))
    }

    /// The path that explains: every mistake, in the order of the stages, each at its place.
    fn explain(
        self,
        text: &str,
        at: Whereabouts<'_>,
        find: impl Fn(&Article<'_>) -> Found,
        take: impl FnOnce(&Article<'_>, &Names<'_>, Option<Arc<str>>),
    ) -> Readout {
        let unsound = |article: &Article<'_>, root: Option<&Located<'_>>, problems: Problems| Readout {
            id: article.id.as_deref().map(Into::into),
            is_sound: false,
            diagnostics: placed(root, text, at, problems.found),
        };
        let mut problems = Problems::explained(self.limits.diagnostics);
        let Some(root) = located::parse(text, self.limits.depth, &mut problems) else {
            return unsound(&Article::default(), None, problems);
        };
        let Document { article, order, is_newer } = Document::of(&root, text, &mut problems);
        if is_newer || !matches!(root.value, located::Json::Object(_)) {
            return unsound(&article, Some(&root), problems);
        }
        let found = find(&article);
        let names = check(&article, &order, &found, self.limits, &mut problems);
        if problems.errors > 0 {
            return unsound(&article, Some(&root), problems);
        }
        // The fast path is stricter in places: what it leaves open is sound all the same.
        if self.suspects {
            suspicion::check(&article, &names, &mut problems);
        }
        take(&article, &names, found.text_of(&article));
        self.sound(&article, problems.found, text, at)
    }

    fn sound(self, article: &Article<'_>, warnings: Vec<Problem>, text: &str, at: Whereabouts<'_>) -> Readout {
        let root = if warnings.is_empty() { None } else { reparse(text, self.limits) };
        let diagnostics = placed(root.as_ref(), text, at, warnings);
        Readout { id: article.id.as_deref().map(Into::into), is_sound: true, diagnostics }
    }
}

/// The places of what has been read before.
fn reparse<'t>(text: &'t str, limits: &Limits) -> Option<Located<'t>> {
    located::parse(text, limits.depth, &mut Problems::counted())
}

/// All checks of an article that is well formed; returns what its ids name.
fn check<'a>(
    article: &'a Article<'_>,
    order: &references::Order,
    found: &Found,
    limits: &Limits,
    problems: &mut Problems,
) -> Names<'a> {
    limits::check(article, limits, problems);
    let names = references::check(article, order, problems);
    spans::check(article, codepoints(article, found), problems);
    texts::check(article, found, problems);
    meaning::check(article, &names, problems);
    names
}

/// The length of the text: that of the text at hand if it is the annotated one, else what the annotation says.
fn codepoints(article: &Article<'_>, found: &Found) -> Option<u32> {
    let said = article.head.as_ref().and_then(|head| head.text_record.as_ref()?.codepoints);
    match found {
        Found::Here(here) if here.is_of(article) => u32::try_from(here.text.chars().count()).ok(),
        _ => said,
    }
}

/// Problems as diagnostics: by stage, then in the order of the file.
fn placed(root: Option<&Located<'_>>, text: &str, at: Whereabouts<'_>, problems: Vec<Problem>) -> Vec<Diagnostic> {
    if problems.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(text.as_bytes());
    let mut placed: Vec<(usize, Option<String>, Problem)> = problems
        .into_iter()
        .map(|problem| {
            let (byte, value) = match (root, problem.place) {
                (Some(root), _) => locate(root, text, &problem),
                (None, Place::Byte(byte)) => (byte, problem.value.clone()),
                (None, _) => (0, problem.value.clone()),
            };
            (byte, value, problem)
        })
        .collect();
    // Of several at one place the order of the checks stays: that of the format's own tables.
    placed.sort_by_key(|(byte, _, problem)| (problem.code.stage(), *byte));
    let diagnostic = |(byte, value, problem): (usize, Option<String>, Problem)| {
        let position = lines.position(byte);
        Diagnostic {
            file: at.file.into(),
            line: at.line + position.line - 1,
            column: position.column,
            severity: problem.code.severity(),
            code: problem.code,
            path: problem.path,
            value,
            message: cut(problem.message),
            hint: problem.hint.map(cut),
        }
    };
    placed.into_iter().map(diagnostic).collect()
}

/// Messages and hints repeat what the file says, which may be long.
fn cut(mut message: String) -> String {
    const LONGEST: usize = 400;
    if let Some((byte, _)) = message.char_indices().nth(LONGEST) {
        message.truncate(byte);
        message.push('…');
    }
    message
}

/// A diagnostic about a file or line as a whole.
pub(super) fn whole(
    at: Whereabouts<'_>,
    code: Code,
    column: u32,
    value: Option<String>,
    message: &str,
    hint: &str,
) -> Diagnostic {
    Diagnostic {
        file: at.file.into(),
        line: at.line,
        column,
        severity: Severity::Error,
        code,
        path: String::new(),
        value,
        message: message.into(),
        hint: Some(hint.into()),
    }
}

/// That another article has the id already.
pub(super) fn already_used(id: &str, earlier: &str, text: &str, at: Whereabouts<'_>, limits: &Limits) -> Diagnostic {
    let problem = Problem::at(Code::C0801, "/id".into(), format!("{earlier} already has this article id"));
    let problem = Problem { value: Some(format!("\"{id}\"")), ..problem.hint("give it its own id, or drop it") };
    let root = reparse(text, limits);
    let fallback = || whole(at, Code::C0801, 1, None, "the article id is already used", "give it its own id");
    placed(root.as_ref(), text, at, vec![problem]).pop().unwrap_or_else(fallback)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
    use serde_json::{Map, Value, json};

    use super::{Diagnostic, Manner, Names, Readout, Whereabouts};
    use crate::article::checks::texts::{Found, Here};
    use crate::article::limits::Limits;
    use crate::article::syntax::Article;

    const DEMO: &str = include_str!("../../data/demo/lysefjord.json");
    const TEXT: &str = include_str!("../../data/demo/lysefjord.txt");

    fn here(_: &Article<'_>) -> Found {
        Found::Here(Here::new(TEXT))
    }

    /// What came of it, and the article that was taken, as far as it can be shown.
    type Taken = (Readout, Option<String>);

    fn both(text: &str) -> (Option<Taken>, Taken) {
        let manner = Manner { limits: &Limits::default(), suspects: true };
        let at = Whereabouts { file: "a.json", line: 1 };
        let (mut fast, mut slow) = (None, None);
        let readout = manner.fast(text, at, here, shown(&mut fast));
        let explained = manner.explain(text, at, here, shown(&mut slow));
        (readout.map(|readout| (readout, fast)), (explained, slow))
    }

    fn shown(into: &mut Option<String>) -> impl FnOnce(&Article<'_>, &Names<'_>, Option<std::sync::Arc<str>>) {
        |article, _, _| *into = Some(format!("{article:?}"))
    }

    /// What stands in an annotation, and what stands there by mistake.
    fn odd() -> impl Strategy<Value = Value> {
        let odd = vec![
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(1.0),
            json!(0.5),
            json!(1u64 << 40),
            json!(""),
            json!("m1"),
            json!("author"),
            json!("f1"),
            json!("2032-02-30"),
            json!("unknown"),
            json!("open"),
            json!("deny"),
            json!("denied"),
            json!([]),
            json!({}),
            json!(["m1", "m1"]),
            json!([[0, 3], [2, 5]]),
            json!([[7, 7]]),
            json!("nation/x-a"),
            json!({"value": 3, "precision": "exact"}),
            json!({"at": "2032"}),
            json!({"from": "2033", "until": "2032"}),
            json!("\u{1f30a}"),
            json!("x".repeat(501)),
            json!("wikidata:Q1"),
            json!("statement"),
            json!("person"),
        ];
        prop::sample::select(odd)
    }

    /// A change at the so-many-th place of the tree.
    #[derive(Debug, Clone)]
    enum Change {
        Replace(Value),
        Remove,
        Repeat,
        Insert(&'static str, Value),
        Rename(&'static str),
    }

    fn change() -> impl Strategy<Value = Change> {
        let key = || {
            prop::sample::select(vec![
                "x_own", "said_by", "said_in", "key", "when", "at", "until", "ended_by", "count", "by", "with", "act",
                "content", "evidence", "id", "kind", "negated", "exact", "title",
            ])
        };
        proptest::prop_oneof![
            4 => odd().prop_map(Change::Replace),
            2 => proptest::prelude::Just(Change::Remove),
            1 => proptest::prelude::Just(Change::Repeat),
            2 => (key(), odd()).prop_map(|(key, value)| Change::Insert(key, value)),
            1 => key().prop_map(Change::Rename),
        ]
    }

    /// Applies the change at the place `left` steps on; true once it is done.
    fn apply(value: &mut Value, left: &mut usize, change: &Change) -> bool {
        if *left == 0 {
            match (change, &mut *value) {
                (Change::Replace(new), _) => *value = new.clone(),
                (Change::Insert(key, new), Value::Object(members)) => drop(members.insert((*key).into(), new.clone())),
                (Change::Rename(key), Value::Object(members)) => {
                    let first = members.iter().next().map(|(known, value)| (known.clone(), value.clone()));
                    if let Some((known, first)) = first {
                        let rest: Map<_, _> =
                            members.clone().into_iter().filter(|(other, _)| *other != known).collect();
                        *members = [((*key).to_owned(), first)].into_iter().chain(rest).collect();
                    }
                }
                (Change::Remove, Value::Object(members)) => drop(members.pop_front()),
                (Change::Remove, Value::Array(items)) => drop(items.pop()),
                (Change::Repeat, Value::Array(items)) => items.extend(items.last().cloned()),
                _ => {}
            }
            return true;
        }
        *left -= 1;
        match value {
            Value::Array(items) => items.iter_mut().any(|item| apply(item, left, change)),
            Value::Object(members) => members.iter_mut().any(|(_, member)| apply(member, left, change)),
            _ => false,
        }
    }

    trait PopFront {
        fn pop_front(&mut self) -> Option<Value>;
    }

    impl PopFront for Map<String, Value> {
        fn pop_front(&mut self) -> Option<Value> {
            let first = self.keys().next().cloned()?;
            self.shift_remove(&first)
        }
    }

    fn agree(text: &str) -> Result<(), proptest::test_runner::TestCaseError> {
        let (fast, (slow, explained)) = both(text);
        prop_assert_eq!(slow.is_sound, explained.is_some());
        if let Some((fast, taken)) = fast {
            prop_assert_eq!((&fast.id, fast.is_sound), (&slow.id, slow.is_sound));
            prop_assert_eq!(&fast.diagnostics, &slow.diagnostics);
            prop_assert_eq!(taken, explained);
        } else {
            let is_wrong = |one: &Diagnostic| one.code.severity() == super::Severity::Error;
            prop_assert_eq!(!slow.is_sound, slow.diagnostics.iter().any(is_wrong));
        }
        Ok(())
    }

    #[test]
    fn a_sound_article_takes_the_fast_path() {
        let (fast, slow) = both(DEMO);
        assert!(fast.is_some_and(|(fast, _)| fast.is_sound));
        assert!(slow.0.is_sound);
        agree(DEMO).unwrap();
    }

    proptest! {
        #[test]
        fn what_the_fast_path_takes_the_other_takes_as_the_same(
            changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 1..4)
        ) {
            let mut article: Value = serde_json::from_str(DEMO).unwrap();
            for (place, change) in &changes {
                apply(&mut article, &mut place.index(1500), change);
            }
            agree(&article.to_string())?;
        }

        #[test]
        fn so_it_is_with_bytes_changed(
            changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"{}[]\",:\\u0 x9-.eE1\n".to_vec())), 1..3)
        ) {
            let mut bytes = DEMO.as_bytes().to_vec();
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            if let Ok(text) = std::str::from_utf8(&bytes) {
                agree(text)?;
            }
            prop_assert!(true);
        }
    }
}
