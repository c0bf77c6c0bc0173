//! Answers for people and for programs.

use anstyle::{AnsiColor, Style};
use comity::{Certainty, Claim, Evidence, Voice};
use serde_json::{Map, Value, json};

use crate::answers::{Answer, Cell};
use crate::options::Options;

const STRONG: Style = Style::new().bold();
const CERTAIN: Style = AnsiColor::Green.on_default();
const POSSIBLE: Style = AnsiColor::Yellow.on_default();
const AGAINST: Style = AnsiColor::Red.on_default();
const QUIET: Style = Style::new().dimmed();

pub(crate) fn print(answers: &[Answer<'_>], options: &Options) {
    if answers.is_empty() {
        match options.json {
            true => anstream::println!("{}", json!({ "not_stated": true })),
            false => anstream::println!("not stated"),
        }
    } else if options.json {
        for answer in answers {
            anstream::println!("{}", Value::Object(object(answer)));
        }
    } else {
        people(answers);
    }
}

fn object(answer: &Answer<'_>) -> Map<String, Value> {
    let mut object: Map<String, Value> =
        answer.cells.iter().map(|(name, cell)| ((*name).to_owned(), cell.json())).collect();
    object.insert("certainty".into(), json!(answer.certainty));
    object.insert("because".into(), answer.claims.iter().map(|claim| reason(*claim)).collect());
    if !answer.against.is_empty() {
        object.insert("against".into(), answer.against.iter().map(|claim| reason(*claim)).collect());
    }
    object
}

/// A claim as a reason: who says it where, and between which code points of the article.
fn reason(claim: Claim<'_>) -> Value {
    let extent = claim.evidence().next().map(Evidence::extent);
    json!({
        "claim": claim.id(),
        "article": claim.source().id(),
        "said_by": voices(claim),
        "modality": claim.modality(),
        "start": extent.map(|span| span.start()),
        "end": extent.map(|span| span.end()),
    })
}

/// One voice as its key, several as a list; `author` is the article's own.
pub(crate) fn voices(claim: Claim<'_>) -> Value {
    let mut keys: Vec<_> = claim.voices().into_iter().map(voice).collect();
    if keys.len() == 1 { Value::String(keys.remove(0)) } else { keys.into() }
}

pub(crate) fn voice(voice: Voice<'_>) -> String {
    match voice {
        Voice::Actor(node) => node.key(),
        Voice::Author(_) => "author".into(),
    }
}

/// Each answer in a line of aligned columns, its claims below it.
fn people(answers: &[Answer<'_>]) {
    let columns = answers.iter().map(|answer| answer.cells.len()).max().unwrap_or(0);
    let widest = |column: usize| {
        let cells = answers.iter().filter_map(|answer| answer.cells.get(column));
        cells.map(|(_, cell)| cell.text().chars().count()).max().unwrap_or(0).min(48)
    };
    let widths: Vec<_> = (0..columns).map(widest).collect();
    for answer in answers {
        let style = if answer.certainty == Certainty::Certain { CERTAIN } else { POSSIBLE };
        let mut line = format!("{style}{:<8}{style:#}", answer.certainty.to_string());
        for ((_, cell), width) in answer.cells.iter().zip(&widths) {
            let text = cell.text();
            if *width > 0 {
                line.push_str(&format!("  {STRONG}{text:<width$}{STRONG:#}"));
            }
        }
        anstream::println!("{}", line.trim_end());
        for claim in &answer.claims {
            anstream::println!("{:>10}{}", "", told(*claim));
        }
        for claim in &answer.against {
            anstream::println!("{:>10}{AGAINST}against{AGAINST:#} {}", "", told(*claim));
        }
    }
}

/// A claim in a line: who says it, how, where, and the words, or failing these the annotator's.
fn told(claim: Claim<'_>) -> String {
    let voices: Vec<_> = claim.voices().into_iter().map(|voice| voice.to_string()).collect();
    let words = claim.evidence().find_map(Evidence::quote).map(|words| format!("\u{201c}{}\u{201d}", one_line(&words)));
    let words = words.or_else(|| claim.gloss().map(str::to_owned)).unwrap_or_default();
    let not = if claim.is_negated() { ", not so" } else { "" };
    format!("{QUIET}{} · {}, {}{not}{QUIET:#}  {words}", claim.id(), voices.join(" and "), claim.modality())
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Cell<'_> {
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Node(node) => node.key().into(),
            Self::Nodes(nodes) => nodes.iter().map(|node| node.key()).collect(),
            Self::Text(text) => text.as_str().into(),
            Self::Texts(texts) => texts.iter().map(String::as_str).collect(),
            Self::Both(value, _) => value.clone(),
        }
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Self::Nothing => "-".into(),
            Self::Node(node) => node.to_string(),
            Self::Nodes(nodes) if nodes.is_empty() => "-".into(),
            Self::Nodes(nodes) => nodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Self::Text(text) => text.clone(),
            Self::Texts(texts) if texts.is_empty() => "-".into(),
            Self::Texts(texts) => texts.join(", "),
            Self::Both(_, text) => text.clone(),
        }
    }
}
