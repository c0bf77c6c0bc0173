//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use comity::{PartialDate, Period, View};
use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::tables::{self, Table};

pub(crate) const HELP: &str = "\
usage: ask [OPTIONS] QUERY [ARG]...

options
  --articles PATH        a file or folder of annotated articles (may be repeated; default data/articles)
  --texts DIR            where the texts of the articles are, for quotes
  --as-of DATE           only what holds then (a day; a month or year: on some day of it)
  --published-by DATE    only what was published by then
  --according-to NAME    only what NAME, or who speaks for it, says (may be repeated: what either says)
  --modality WORD        only what is told so: asserted, alleged, denied, planned, requested, hypothetical
  --without ARTICLE      as if this article had not been loaded (may be repeated)
  --reference            with the memberships of the United Nations and the European Union
  --atop FILE            with ATOP's alliances by member; --atop-alliances FILE: with when they began and ended
  --cow-alliances FILE   with the formal alliances of the Correlates of War, by member
  --cow-igo FILE         with its memberships in intergovernmental organizations, by state and year
  --cow-states FILE      with its state system; --cow-majors FILE: with its major powers
  --archigos FILE        with the leaders of Archigos
  --coalition-list FILE  with a list of who signed or joined what; --sanctions-list FILE: with a list of sanctions
  --icews FILE           with events of ICEWS; --gdelt FILE: with events of GDELT, version 1 or 2
                         (these tables: build with --features tables; each may be repeated)
  --wikidata FILE        with entities of Wikidata, as its programming interface gives them
  --ftm FILE             with entities of FollowTheMoney, one a line
  --brat FOLDER          with the documents of brat in it; --label-studio FILE: with an export of Label Studio
  --mapping FILE         what the labels of these two are in the ontology (see AnnotationMapping)
  --json                 one object a line

queries
  members COALITION [--quantified]       roster COALITION
  coalitions NATION                      shared A B
  allies NATION [--lens LENS]            chain A B
  officials NATION                       holder NATION TITLE
  tenures PERSON                         detentions [--by X] [--of NATION]
  retaliation [--by X]                   sanctions [--by X] [--on Y]
  statements [--by X] [--about Y] [--act A]
  meetings [X]                           signatories INSTRUMENT
  contested                              conflicts
  ambiguities                            resolve NAME
  claims NODE                            origins CLAIM
  diff --as-of D --and D                 diff --according-to A --and B
  stats

Names are those of the articles, keys (nation/CAN), or any name, code or demonym of a nation. LENS is one of defence_pact,
alliance, shared_coalition, joint_statement, co_sanction, stated.";

#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) articles: Vec<PathBuf>,
    pub(crate) texts: Option<PathBuf>,
    pub(crate) as_of: Option<PartialDate>,
    pub(crate) published_by: Option<PartialDate>,
    pub(crate) according_to: Vec<String>,
    pub(crate) modality: Vec<comity::Modality>,
    pub(crate) without: Vec<String>,
    pub(crate) reference: bool,
    pub(crate) tables: Vec<Table>,
    pub(crate) mapping: Option<PathBuf>,
    pub(crate) json: bool,
    pub(crate) query: String,
    pub(crate) arguments: Vec<String>,
    pub(crate) quantified: bool,
    pub(crate) lens: Option<comity::AllianceLens>,
    pub(crate) by: Option<String>,
    pub(crate) of: Option<String>,
    pub(crate) on: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) act: Option<comity::Act>,
    pub(crate) and: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Usage {
    Help,
    Wrong(String),
}

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        Self::Wrong(error.to_string())
    }
}

/// How many arguments each query takes: from, and up to.
const QUERIES: [(&str, usize, usize); 23] = [
    ("members", 1, 1),
    ("roster", 1, 1),
    ("coalitions", 1, 1),
    ("shared", 2, 2),
    ("allies", 1, 1),
    ("chain", 2, 2),
    ("officials", 1, 1),
    ("holder", 2, 2),
    ("tenures", 1, 1),
    ("detentions", 0, 0),
    ("retaliation", 0, 0),
    ("sanctions", 0, 0),
    ("statements", 0, 0),
    ("meetings", 0, 1),
    ("signatories", 1, 1),
    ("contested", 0, 0),
    ("conflicts", 0, 0),
    ("ambiguities", 0, 0),
    ("resolve", 1, 1),
    ("claims", 1, 1),
    ("origins", 1, 1),
    ("diff", 0, 0),
    ("stats", 0, 0),
];

pub(crate) fn read(words: impl IntoIterator<Item = OsString>) -> Result<Options, Usage> {
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_iter(words);
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Err(Usage::Help),
            Long("articles") => options.articles.push(parser.value()?.into()),
            Long("texts") => options.texts = Some(parser.value()?.into()),
            Long("as-of") => options.as_of = Some(parser.value()?.parse()?),
            Long("published-by") => options.published_by = Some(parser.value()?.parse()?),
            Long("according-to") => options.according_to.push(parser.value()?.string()?),
            Long("modality") => options.modality.push(parser.value()?.parse()?),
            Long("without") => options.without.push(parser.value()?.string()?),
            Long("mapping") => options.mapping = Some(parser.value()?.into()),
            Long("reference") => options.reference = true,
            Long("json") => options.json = true,
            Long("quantified") => options.quantified = true,
            Long("lens") => options.lens = Some(parser.value()?.parse()?),
            Long("by") => options.by = Some(parser.value()?.string()?),
            Long("of") => options.of = Some(parser.value()?.string()?),
            Long("on") => options.on = Some(parser.value()?.string()?),
            Long("about") => options.about = Some(parser.value()?.string()?),
            Long("act") => options.act = Some(parser.value()?.parse()?),
            Long("and") => options.and = Some(parser.value()?.string()?),
            Long(flag) if tables::flag(flag).is_some() => {
                if let Some(flag) = tables::flag(flag) {
                    options.tables.push(Table { flag, path: parser.value()?.into() });
                }
            }
            Value(word) if options.query.is_empty() => options.query = word.string()?,
            Value(word) => options.arguments.push(word.string()?),
            _ => return Err(argument.unexpected().into()),
        }
    }
    // Other people's files are asked alone where the articles are not at hand.
    let ours = PathBuf::from("data/articles");
    if options.articles.is_empty() && (options.tables.is_empty() || ours.is_dir()) {
        options.articles.push(ours);
    }
    check(&options)?;
    Ok(options)
}

fn check(options: &Options) -> Result<(), Usage> {
    let given = options.arguments.len();
    match QUERIES.iter().find(|(query, ..)| *query == options.query) {
        None if options.query.is_empty() => Err(Usage::Wrong("which query?".into())),
        None => Err(Usage::Wrong(format!("there is no query {:?}", options.query))),
        Some((_, least, most)) if (*least..=*most).contains(&given) => Ok(()),
        Some((query, least, _)) => Err(Usage::Wrong(format!("{query} takes {least} arguments, not {given}"))),
    }
}

/// The view at a day, or during the month or year that the date gives.
pub(crate) fn as_of(view: View<'_>, date: PartialDate) -> View<'_> {
    if date.is_single_day() {
        return view.as_of(date.first());
    }
    let end = date.last().next().unwrap_or(date.last());
    Period::new(date.first(), end).map_or(view, |period| view.during(period))
}
