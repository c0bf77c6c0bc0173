//! The path that explains: from JSON with places to the records of an article, with every mistake of shape on the way.
//!
//! What is not sound is left out of the record, so that the checks that follow go on with the rest.

mod document;
mod scalar;

use std::hash::Hash;

use super::located::{Json, Located, Member, escaped};
use super::problem::{Problem, Problems, nearest, shortened};
use super::syntax::{Extras, List};
use crate::diagnostic::Code;

pub(crate) use document::Document;

/// Collects mistakes of shape.
pub(crate) struct Shaper<'p, 't> {
    /// The JSON text, for the writer's own members are kept as they stand.
    text: &'t str,
    problems: &'p mut Problems,
}

impl<'p, 't> Shaper<'p, 't> {
    fn add(&mut self, problem: Problem) {
        self.problems.add(|| problem);
    }

    fn wrong_type(&mut self, node: &Located<'_>, path: &str, wanted: &str) {
        let message = format!("{wanted} must stand here, not {}", with_article(node.type_name()));
        let hint = match (&node.value, wanted) {
            (Json::String(text), "an integer") if text.parse::<i64>().is_ok() => "write it without quotes".to_owned(),
            (Json::String(_), "a list") => "put it in brackets, even if it is alone".to_owned(),
            (Json::Null, _) => "leave the key out where there is nothing to say".to_owned(),
            _ => format!("write {wanted}"),
        };
        self.add(Problem::at(Code::C0303, path.to_owned(), message).hint(hint));
    }

    /// The members of an object; unknown keys are refused, own ones gathered, missing ones told.
    fn object<'n>(
        &mut self,
        node: &'n Located<'t>,
        path: &str,
        keys: &[(&'static str, bool)],
    ) -> Option<Object<'n, 't>> {
        let Json::Object(members) = &node.value else {
            self.wrong_type(node, path, "an object");
            return None;
        };
        for (key, _) in keys.iter().filter(|(key, required)| *required && node.get(key).is_none()) {
            let message = format!("required key \"{key}\" is missing");
            self.add(Problem::missing(Code::C0301, format!("{path}/{key}"), message).hint(format!("add \"{key}\"")));
        }
        let mut extras = Extras::default();
        for member in members {
            if member.key.starts_with("x_") {
                extras.push(&member.key, &self.text[member.value.start..member.value.end]);
            } else if !keys.iter().any(|(key, _)| *key == member.key) {
                self.unknown_key(member, path, keys.iter().map(|(key, _)| *key));
            }
        }
        Some(Object { node, path: path.to_owned(), extras })
    }

    fn unknown_key<'k>(&mut self, member: &Member<'_>, path: &str, keys: impl Iterator<Item = &'k str>) {
        let path = format!("{path}/{}", escaped(&member.key));
        let problem = Problem::key(Code::C0302, path, format!("unknown key \"{}\"", shortened(&member.key)));
        self.add(match nearest(keys, &member.key) {
            Some(near) => problem.hint(format!("did you mean \"{near}\"? own keys begin with \"x_\"")),
            None => problem.hint("own keys begin with \"x_\""),
        });
    }

    /// Keys that exclude each other: the one later in the file is told, once.
    fn exclude(&mut self, object: &Object<'_, 't>, pairs: &[(&str, &str)]) {
        let mut told = Vec::new();
        for (one, other) in pairs {
            let (Some(first), Some(second)) = (object.node.member(one), object.node.member(other)) else { continue };
            let later = if first.key_start > second.key_start { *one } else { *other };
            if !told.contains(&later) {
                told.push(later);
                let message = format!("{one} and {other} exclude each other");
                let path = format!("{}/{later}", object.path);
                let hint = match object.node.get("said_in").map(|node| &node.value) {
                    Some(Json::String(statement)) => format!("the speakers of {statement} say it: drop said_by"),
                    _ => "keep the one that says it".to_owned(),
                };
                self.add(Problem::key(Code::C0315, path, message).hint(hint));
            }
        }
    }

    /// A list of so many items at least; the items that are not sound are left empty.
    fn list<'n, T: Eq + Hash>(
        &mut self,
        node: &'n Located<'t>,
        path: &str,
        least: usize,
        mut item: impl FnMut(&mut Self, &'n Located<'t>, &str) -> Option<T>,
    ) -> Option<List<T>> {
        let items = self.items(node, path)?;
        if items.len() < least {
            let hint = format!("it needs {least} or more");
            self.add(Problem::at(Code::C0307, path.to_owned(), "the list is too short").hint(hint));
            return None;
        }
        let sound = items.iter().enumerate().map(|(nth, node)| item(self, node, &format!("{path}/{nth}"))).collect();
        let mut list = List(sound);
        let repeated: Vec<usize> = list.repeated().enumerate().filter(|(_, is)| *is).map(|(nth, _)| nth).collect();
        for nth in repeated {
            let message = "the item stands in the list already";
            self.problems.add(|| Problem::at(Code::C0316, format!("{path}/{nth}"), message).hint("drop it"));
            list.0[nth] = None;
        }
        Some(list)
    }

    fn items<'n>(&mut self, node: &'n Located<'t>, path: &str) -> Option<&'n [Located<'t>]> {
        match &node.value {
            Json::List(items) => Some(items),
            _ => {
                self.wrong_type(node, path, "a list");
                None
            }
        }
    }
}

/// An object whose keys are known, with the way to it.
struct Object<'n, 't> {
    node: &'n Located<'t>,
    path: String,
    extras: Extras,
}

impl<'n, 't> Object<'n, 't> {
    /// The member, read by `read`, if it is there and sound.
    fn read<'p, T>(
        &self,
        shaper: &mut Shaper<'p, 't>,
        key: &str,
        read: impl FnOnce(&mut Shaper<'p, 't>, &'n Located<'t>, &str) -> Option<T>,
    ) -> Option<T> {
        let node = self.node.get(key)?;
        read(shaper, node, &format!("{}/{key}", self.path))
    }
}

fn with_article(type_name: &str) -> String {
    match type_name {
        "null" => "null".into(),
        "array" | "object" => format!("an {type_name}"),
        other => format!("a {other}"),
    }
}
