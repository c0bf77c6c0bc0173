//! Strings, numbers, words and dates.

use super::Shaper;
use crate::article::located::{Json, Located};
use crate::article::problem::{Problem, nearest};
use crate::article::syntax::{Pair, Str};
use crate::article::words::{LARGEST, LONGEST, LONGEST_EXACT};
use crate::article::{qualified, words};
use crate::diagnostic::Code;
use crate::model::{Identity, IdentityError, Key, KeyError, NodeKind};
use crate::time::{DateError, End, PartialDate, Start};

impl<'t> Shaper<'_, 't> {
    pub(super) fn string(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        match &node.value {
            Json::String(text) => Some(Str(text.clone())),
            _ => {
                self.wrong_type(node, path, "a string");
                None
            }
        }
    }

    /// A string of so many code points.
    fn sized(&mut self, node: &Located<'t>, path: &str, least: usize, most: usize) -> Option<Str<'t>> {
        let text = self.string(node, path)?;
        if text.len() < least {
            let hint = "leave the key out where there is nothing to say";
            self.add(Problem::at(Code::C0307, path.to_owned(), "the string is empty").hint(hint));
            return None;
        }
        if !words::fits(&text, most) {
            let message = format!("the string has {} code points; {most} are the most", text.chars().count());
            self.add(Problem::at(Code::C0312, path.to_owned(), message).hint("shorten it"));
            return None;
        }
        Some(text)
    }

    pub(super) fn title(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        self.sized(node, path, 0, LONGEST)
    }

    pub(super) fn short(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        self.sized(node, path, 1, LONGEST)
    }

    pub(super) fn exact(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        self.sized(node, path, 1, LONGEST_EXACT)
    }

    /// A string of a form.
    fn formed(
        &mut self,
        node: &Located<'t>,
        path: &str,
        code: Code,
        fits: impl FnOnce(&str) -> bool,
        message: &str,
        hint: &str,
    ) -> Option<Str<'t>> {
        let text = self.string(node, path)?;
        if fits(&text) {
            return Some(text);
        }
        self.add(Problem::at(code, path.to_owned(), message).hint(hint));
        None
    }

    pub(super) fn id(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let message = "an id is [a-z][a-z0-9_-]*, at most 64";
        self.formed(node, path, Code::C0305, words::is_id, message, "ids are handles: put the name in \"name\"")
    }

    pub(super) fn article_id(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let message = "an article id is [A-Za-z0-9][A-Za-z0-9._:/-]*, at most 200";
        self.formed(node, path, Code::C0305, words::is_article_id, message, "leave out spaces and accents")
    }

    pub(super) fn url(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        self.formed(
            node,
            path,
            Code::C0305,
            words::is_url,
            "an address begins with http:// or https://",
            "write the whole address",
        )
    }

    pub(super) fn language(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        self.formed(
            node,
            path,
            Code::C0305,
            words::is_language,
            "a language is a BCP 47 tag",
            "write \"en\", or \"pt-BR\"",
        )
    }

    pub(super) fn time_stamp(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let message = "a day, or a UTC time stamp to the second";
        self.formed(node, path, Code::C0305, words::is_time_stamp, message, "write 2031-03-04 or 2031-03-04T05:06:07Z")
    }

    pub(super) fn inner_path(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let text = self.string(node, path)?;
        if text.is_empty() {
            let hint = "leave \"file\" out where there is none";
            self.add(Problem::at(Code::C0307, path.to_owned(), "the path is empty").hint(hint));
            return None;
        }
        if !words::is_inner_path(&text) {
            let hint = "use a path below it, with / and without \"..\"";
            self.add(
                Problem::at(Code::C0311, path.to_owned(), "the path leaves the folder of the annotation").hint(hint),
            );
            return None;
        }
        Some(text)
    }

    /// Text that is parsed at once: hexadecimal digits, a duration.
    pub(super) fn parsed<T: std::str::FromStr>(&mut self, node: &Located<'t>, path: &str, form: &str) -> Option<T> {
        let text = self.string(node, path)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.add(Problem::at(Code::C0305, path.to_owned(), format!("not {form}")).hint(format!("write {form}")));
        }
        parsed
    }

    pub(super) fn key(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let text = self.string(node, path)?;
        let Err(error) = text.parse::<Key>() else { return Some(text) };
        let problem = Problem::at(Code::C0313, path.to_owned(), error.to_string());
        let kinds = || NodeKind::WORDS.iter().copied();
        self.add(match error {
            KeyError::UnknownKind(kind) => match nearest(kinds(), &kind) {
                Some(near) => problem.hint(format!("did you mean \"{near}/...\"?")),
                None => problem.hint(format!("a key begins with one of {}", NodeKind::WORDS.join(", "))),
            },
            _ => problem.hint("write type/slug, as nation/CAN"),
        });
        None
    }

    pub(super) fn identity(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let text = self.string(node, path)?;
        let Err(error) = text.parse::<Identity>() else { return Some(text) };
        let problem = Problem::at(Code::C0310, path.to_owned(), error.to_string());
        let is_item = text.strip_prefix('Q').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        self.add(match error {
            IdentityError::NoScheme(_) if is_item => problem.hint(format!("did you mean \"wikidata:{}\"?", &*text)),
            IdentityError::UnknownScheme { scheme } => problem
                .hint("an own scheme begins with x_")
                .suggest(nearest(Identity::SCHEMES.iter().copied(), &scheme)),
            _ => problem.hint("write scheme:id, as wikidata:Q16"),
        });
        None
    }

    /// A word of a list.
    pub(super) fn word<T>(
        &mut self,
        node: &Located<'t>,
        path: &str,
        words: &'static [&'static str],
        from: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.string(node, path)?;
        let found = from(&text);
        if found.is_none() {
            let message = format!("\"{}\" is not one of the list", &*text);
            let hint = format!("one of {}", words.join(", "));
            let problem = Problem::at(Code::C0304, path.to_owned(), message).hint(hint);
            let near = nearest(words.iter().copied(), &text);
            self.add(problem.suggest(near.filter(|_| words.len() > 6)));
        }
        found
    }

    pub(super) fn boolean(&mut self, node: &Located<'t>, path: &str) -> Option<bool> {
        match &node.value {
            Json::Boolean(yes) => Some(*yes),
            _ => {
                self.wrong_type(node, path, "true or false");
                None
            }
        }
    }

    /// An integer from 0 to the largest there is.
    pub(super) fn offset(&mut self, node: &Located<'t>, path: &str) -> Option<u32> {
        let Json::Number(written) = node.value else {
            self.wrong_type(node, path, "an integer");
            return None;
        };
        if written.contains(['.', 'e', 'E']) {
            let whole = written.parse::<f64>().ok().filter(|number| number.fract() == 0.0 && number.abs() < 1e9);
            let hint = whole.map_or("write a whole number".into(), |number| format!("write {number}"));
            self.add(Problem::at(Code::C0314, path.to_owned(), "an integer is written as an integer").hint(hint));
            return None;
        }
        match written.parse::<u32>() {
            Ok(number) if number <= LARGEST => Some(number),
            _ => {
                let message = if written.starts_with('-') { "it is not negative" } else { "it is out of range" };
                let hint = format!("from 0 to {LARGEST}");
                self.add(Problem::at(Code::C0308, path.to_owned(), message).hint(hint));
                None
            }
        }
    }

    pub(super) fn confidence(&mut self, node: &Located<'t>, path: &str) -> Option<f64> {
        let Json::Number(written) = node.value else {
            self.wrong_type(node, path, "a number");
            return None;
        };
        let number = written.parse::<f64>().ok();
        let sound = number.filter(words::is_confidence);
        if sound.is_none() {
            let percent = number.filter(|number| (1.0..=100.0).contains(number)).map(|number| number / 100.0);
            let hint = percent.map_or("from 0 to 1".into(), |part| format!("write {part}"));
            self.add(Problem::at(Code::C0308, path.to_owned(), "confidence is from 0 to 1").hint(hint));
        }
        sound
    }

    /// `[start, end]`.
    pub(super) fn pair(&mut self, node: &Located<'t>, path: &str) -> Option<Pair> {
        let items = self.items(node, path)?;
        if items.len() != 2 {
            let message = format!("a span is [start, end], not {} numbers", items.len());
            self.add(Problem::at(Code::C0307, path.to_owned(), message).hint("write a span for each piece"));
            return None;
        }
        let mut offset = |nth: usize| self.offset(&items[nth], &format!("{path}/{nth}"));
        let (start, end) = (offset(0), offset(1));
        Some(Pair(start?, end?))
    }

    pub(super) fn date(&mut self, node: &Located<'t>, path: &str) -> Option<PartialDate> {
        let text = self.string(node, path)?;
        match text.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                self.add(date_problem(&text, error, path));
                None
            }
        }
    }

    pub(super) fn start(&mut self, node: &Located<'t>, path: &str) -> Option<Start> {
        match &node.value {
            Json::String(text) if text == "unknown" => Some(Start::Unknown),
            _ => self.date(node, path).map(Start::On),
        }
    }

    pub(super) fn end(&mut self, node: &Located<'t>, path: &str) -> Option<End> {
        match &node.value {
            Json::String(text) if text == "unknown" => Some(End::Unknown),
            Json::String(text) if text == "open" => Some(End::Open),
            _ => self.date(node, path).map(End::On),
        }
    }

    /// The stage of anything; whether it fits is for the meaning.
    pub(super) fn stage(&mut self, node: &Located<'t>, path: &str) -> Option<Str<'t>> {
        let text = self.string(node, path)?;
        if qualified::stage_word(&text).is_none() {
            let message = format!("\"{}\" is no stage of anything", &*text);
            self.add(Problem::at(Code::C0304, path.to_owned(), message).hint("the format lists the stages by kind"));
            return None;
        }
        Some(text)
    }
}

fn date_problem(text: &str, error: DateError, path: &str) -> Problem {
    let is_written_well = matches!(error, DateError::NoSuchMonth(_) | DateError::NoSuchDay { .. });
    let code = if is_written_well { Code::C0708 } else { Code::C0309 };
    let problem = Problem::at(code, path.to_owned(), error.to_string());
    if is_written_well {
        let month = text.get(..7).filter(|month| month.parse::<PartialDate>().is_ok());
        let known = month.or(text.get(..4)).unwrap_or_default();
        return problem.hint(format!("write \"{known}\" if no more is known"));
    }
    let parts: Vec<&str> = text.split(['/', '.', ' ']).collect();
    match parts[..] {
        [one, other, year] if year.len() == 4 && one.len() == 2 && other.len() == 2 => {
            problem.hint(format!("day and month are ambiguous: write {year}-{other}-{one} or {year}-{one}-{other}"))
        }
        _ if text.contains('T') => problem.hint("no times of day: write the day alone"),
        _ => problem.hint("write YYYY, YYYY-MM or YYYY-MM-DD, with ~ for about"),
    }
}
