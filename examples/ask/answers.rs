//! The queries: from a question on the command line to answers.

use comity::{
    AllianceLens, Because, Certainty, Claim, Dates, End, Graph, Node, NodeKinds, NodeRef, PartialDate, Resolution,
    Start, Tenure, View, Voice, When,
};
use serde_json::{Value, json};

use crate::names::{self, Named, Unresolved};
use crate::options::{self, Options};
use crate::print::{voice, voices};

/// An answer: named values, how sure it is, and its claims.
pub(crate) struct Answer<'g> {
    pub(crate) cells: Vec<(&'static str, Cell<'g>)>,
    pub(crate) certainty: Certainty,
    pub(crate) claims: Vec<Claim<'g>>,
    pub(crate) against: Vec<Claim<'g>>,
}

/// A value of an answer.
pub(crate) enum Cell<'g> {
    Nothing,
    Node(NodeRef<'g>),
    Nodes(Vec<NodeRef<'g>>),
    Text(String),
    Texts(Vec<String>),
    /// For programs, and for people.
    Both(Value, String),
}

type Answers<'g> = Result<Vec<Answer<'g>>, Unresolved>;

pub(crate) fn ask<'g>(view: View<'g>, options: &Options) -> Answers<'g> {
    let view = options.modality.iter().fold(view, |view, modality| view.modality(*modality));
    let name = |nth: usize| options.arguments[nth].as_str();
    match options.query.as_str() {
        "members" => about(view, name(0), names::BODIES, |body| members(view, body, options.quantified)),
        "roster" => about(view, name(0), names::BODIES, |body| roster(view, body)),
        "coalitions" => about(view, name(0), names::ACTORS, |actor| coalitions(view, actor)),
        "shared" => about_two(view, options, |one, other| shared(view, one, other)),
        "allies" => about(view, name(0), names::ACTORS, |actor| allies(view, actor, options.lens)),
        "chain" => about_two(view, options, |one, other| chain(view, one, other)),
        "officials" => about(view, name(0), names::ACTORS, |of| {
            let mut tenures: Vec<_> = view.officials(of).collect();
            tenures.sort_by_key(Tenure::rank);
            tenures.iter().map(tenure).collect()
        }),
        "holder" => {
            about(view, name(0), names::ACTORS, |of| view.holder(name(1), of).map(|one| tenure(&one)).collect())
        }
        "tenures" => {
            about(view, name(0), names::PEOPLE, |person| view.tenures(person).map(|one| tenure(&one)).collect())
        }
        "detentions" => detentions(view, options),
        "retaliation" => retaliation(view, options),
        "sanctions" => sanctions(view, options),
        "statements" => statements(view, options),
        "meetings" => meetings(view, options),
        "signatories" => about(view, name(0), names::INSTRUMENTS, |instrument| signatories(view, instrument)),
        "contested" => Ok(contested(view)),
        "conflicts" => Ok(conflicts(view)),
        "ambiguities" => Ok(ambiguities(view)),
        "resolve" => Ok(vec![resolve(view, name(0))]),
        "claims" => about(view, name(0), NodeKinds::ANY, |node| view.claims(node).map(claim).collect()),
        "origins" => origins(view, name(0)),
        "diff" => diff(view, options),
        _ => Ok(vec![stats(view)]),
    }
}

fn answer<'g>(certainty: Certainty, because: &Because<'g>, cells: Vec<(&'static str, Cell<'g>)>) -> Answer<'g> {
    Answer { cells, certainty, claims: because.claims().collect(), against: because.against().collect() }
}

/// Answers about the node of a name; none about a nation that the articles do not mention.
fn about<'g>(
    view: View<'g>,
    name: &str,
    kinds: NodeKinds,
    answers: impl FnOnce(NodeRef<'g>) -> Vec<Answer<'g>>,
) -> Answers<'g> {
    match names::named(view, name, kinds)? {
        Named::Node(node) => Ok(answers(node)),
        Named::Unmentioned => Ok(Vec::new()),
    }
}

fn about_two<'g>(
    view: View<'g>,
    options: &Options,
    answers: impl FnOnce(NodeRef<'g>, NodeRef<'g>) -> Vec<Answer<'g>>,
) -> Answers<'g> {
    let one = names::named(view, &options.arguments[0], names::ACTORS)?;
    let other = names::named(view, &options.arguments[1], names::ACTORS)?;
    match (one, other) {
        (Named::Node(one), Named::Node(other)) => Ok(answers(one, other)),
        _ => Ok(Vec::new()),
    }
}

/// A filter's node: `Ok(None)` if it is not given, `Err(None)` if the articles do not mention it.
fn filter(view: View<'_>, name: Option<&String>) -> Result<Result<Option<Node>, ()>, Unresolved> {
    let Some(name) = name else { return Ok(Ok(None)) };
    match names::named(view, name, NodeKinds::ANY)? {
        Named::Node(node) => Ok(Ok(Some(node.id()))),
        Named::Unmentioned => Ok(Err(())),
    }
}

fn members<'g>(view: View<'g>, body: NodeRef<'g>, quantified: bool) -> Vec<Answer<'g>> {
    let mut members: Vec<_> = view.members(body).collect();
    if quantified {
        members.extend(view.quantified_members(body));
    }
    let line = |one: comity::Member<'g>| {
        let through = one.through.map_or(Cell::Nothing, Cell::Node);
        let role = Cell::Text(one.role.to_string());
        answer(
            one.certainty,
            &one.because,
            vec![("member", Cell::Node(one.member)), ("role", role), ("through", through)],
        )
    };
    members.into_iter().map(line).collect()
}

fn roster<'g>(view: View<'g>, body: NodeRef<'g>) -> Vec<Answer<'g>> {
    let line = |one: comity::Roster<'g>| {
        let unit = one.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        let stated = match one.stated {
            Some(count) => Cell::Both(json!(count), format!("{count}{unit} stated")),
            None => Cell::Both(Value::Null, "no number stated".into()),
        };
        let complete = match one.complete {
            Some(true) => "all of them named",
            Some(false) => "not all of them named",
            None => "not said whether these are all",
        };
        let named = Cell::Both(json!(one.named.len()), format!("{} named", one.named.len()));
        let quantified = match one.quantified.is_empty() {
            true => Cell::Both(json!([]), "none in part".into()),
            false => Cell::Nodes(one.quantified.clone()),
        };
        let cells = vec![
            ("stated", stated),
            ("named", named),
            ("quantified", quantified),
            ("complete", Cell::Both(json!(one.complete), complete.into())),
        ];
        answer(one.certainty, &one.because, cells)
    };
    view.roster(body).map(line).collect()
}

fn coalitions<'g>(view: View<'g>, actor: NodeRef<'g>) -> Vec<Answer<'g>> {
    view.coalitions(actor).map(|one| coalition(&one)).collect()
}

fn shared<'g>(view: View<'g>, one: NodeRef<'g>, other: NodeRef<'g>) -> Vec<Answer<'g>> {
    view.shared_coalitions(one, other).map(|one| coalition(&one)).collect()
}

fn coalition<'g>(one: &comity::Membership<'g>) -> Answer<'g> {
    answer(one.certainty, &one.because, vec![("coalition", Cell::Node(one.body))])
}

fn allies<'g>(view: View<'g>, actor: NodeRef<'g>, lens: Option<AllianceLens>) -> Vec<Answer<'g>> {
    let lenses = lens.map_or(AllianceLens::ALL.to_vec(), |lens| vec![lens]);
    let line = |one: comity::Ally<'g>| {
        let via = one.via.map_or(Cell::Nothing, Cell::Node);
        let lens = Cell::Text(one.lens.to_string());
        answer(one.certainty, &one.because, vec![("ally", Cell::Node(one.ally)), ("lens", lens), ("via", via)])
    };
    lenses.into_iter().flat_map(|lens| view.allies(actor, lens)).map(line).collect()
}

fn chain<'g>(view: View<'g>, one: NodeRef<'g>, other: NodeRef<'g>) -> Vec<Answer<'g>> {
    let Some(chain) = view.chain(one, other) else { return Vec::new() };
    let names: Vec<_> = chain.steps.iter().map(ToString::to_string).collect();
    let keys: Vec<_> = chain.steps.iter().map(|step| step.key()).collect();
    vec![answer(chain.certainty, &chain.because, vec![("steps", Cell::Both(json!(keys), names.join(" - ")))])]
}

fn tenure<'g>(one: &Tenure<'g>) -> Answer<'g> {
    let mut cells = vec![
        ("person", Cell::Node(one.person)),
        ("of", Cell::Node(one.of)),
        ("title", Cell::Text(one.title().into())),
        ("rank", Cell::Text(one.rank().to_string())),
    ];
    cells.extend(dates(one.dates()));
    answer(one.certainty, &one.because, cells)
}

/// `from` and `until`; for what is only said to have been so on a date, `at` too.
fn dates<'g>(dates: Dates) -> Vec<(&'static str, Cell<'g>)> {
    let date = |date: PartialDate, before: &str| Cell::Both(json!(date), format!("{before} {date}"));
    let from = match dates.from {
        Start::On(from) => date(from, "from"),
        Start::Unknown => Cell::Both(Value::Null, String::new()),
    };
    let until = match dates.until {
        End::On(until) => date(until, "until"),
        End::By(until) => Cell::Both(Value::Null, format!("over by {until}")),
        End::Open => Cell::Both(json!("open"), "still so when said".into()),
        End::Unknown => Cell::Both(Value::Null, String::new()),
    };
    let mut cells = vec![("from", from), ("until", until)];
    if let End::By(by) = dates.until {
        cells.push(("ended_by", Cell::Both(json!(by), String::new())));
    }
    if let Some(at) = dates.at {
        cells.push(("at", date(at, "on a day of")));
    }
    cells
}

/// As [`dates`], for what happens: `at` is when it began.
fn moment<'g>(mut dates_of: Dates) -> Vec<(&'static str, Cell<'g>)> {
    if let (Start::Unknown, Some(at)) = (dates_of.from, dates_of.at) {
        dates_of.from = Start::On(at);
    }
    dates_of.at = None;
    dates(dates_of)
}

fn texts<'g>(texts: &[&str]) -> Cell<'g> {
    Cell::Texts(texts.iter().map(ToString::to_string).collect())
}

fn stages<'g>(steps: &[comity::StageStep<'g>]) -> Cell<'g> {
    let object = |step: &comity::StageStep<'g>| {
        let mut object = serde_json::Map::from_iter([("stage".to_owned(), json!(step.stage))]);
        let dates = moment(step.dates).into_iter().filter(|(name, _)| *name != "until");
        object.extend(dates.map(|(name, cell)| (if name == "from" { "at" } else { name }.to_owned(), cell.json())));
        object.insert("certainty".into(), json!(step.certainty));
        Value::Object(object)
    };
    let text = |step: &comity::StageStep<'g>| match (step.dates.at, step.dates.from) {
        (Some(date), _) | (None, Start::On(date)) => format!("{} {date}", step.stage),
        (None, Start::Unknown) => step.stage.to_owned(),
    };
    let shown: Vec<_> = steps.iter().map(text).collect();
    Cell::Both(steps.iter().map(object).collect(), if shown.is_empty() { "-".into() } else { shown.join(", ") })
}

fn detentions<'g>(view: View<'g>, options: &Options) -> Answers<'g> {
    let (Ok(by), Ok(of)) = (filter(view, options.by.as_ref())?, filter(view, options.of.as_ref())?) else {
        return Ok(Vec::new());
    };
    let mut cases = view.detentions();
    if let Some(by) = by {
        cases = cases.by(by);
    }
    if let Some(of) = of {
        cases = cases.of_nationality(of);
    }
    let line = |one: comity::DetentionCase<'g>| {
        let mut cells = vec![
            ("detention", Cell::Node(one.detention)),
            ("by", Cell::Nodes(one.by)),
            ("detained", Cell::Nodes(one.detained)),
            ("nationality", Cell::Nodes(one.nationality)),
            ("at_request_of", Cell::Nodes(one.at_request_of)),
            ("charge", texts(&one.charges)),
            ("stages", stages(&one.stages)),
        ];
        cells.extend(dates(one.dates));
        answer(one.certainty, &one.because, cells)
    };
    Ok(cases.map(line).collect())
}

fn said_by<'g>(voices: &[Voice<'g>]) -> Cell<'g> {
    let keys: Vec<_> = voices.iter().map(|one| voice(*one)).collect();
    let names: Vec<_> = voices.iter().map(ToString::to_string).collect();
    Cell::Both(json!(keys), if names.is_empty() { "-".into() } else { names.join(", ") })
}

fn retaliation<'g>(view: View<'g>, options: &Options) -> Answers<'g> {
    let Ok(by) = filter(view, options.by.as_ref())? else { return Ok(Vec::new()) };
    let mut all = view.retaliation();
    if let Some(by) = by {
        all = all.by(by);
    }
    let line = |one: comity::Retaliation<'g>| {
        let lag = match one.lag_days {
            Some((least, most)) if least == most => Cell::Both(json!(least), format!("{least} days after")),
            Some((least, most)) => Cell::Both(json!([least, most]), format!("{least} to {most} days after")),
            None => Cell::Both(Value::Null, "lag not stated".into()),
        };
        let cells = vec![
            ("response", Cell::Node(one.response)),
            ("to", Cell::Node(one.to)),
            ("claimed_by", said_by(&one.claimed_by)),
            ("denied_by", said_by(&one.denied_by)),
            ("lag_days", lag),
            ("order", Cell::Text(one.order.as_str().into())),
        ];
        answer(one.certainty, &one.because, cells)
    };
    Ok(all.map(line).collect())
}

fn sanctions<'g>(view: View<'g>, options: &Options) -> Answers<'g> {
    let (Ok(by), Ok(on)) = (filter(view, options.by.as_ref())?, filter(view, options.on.as_ref())?) else {
        return Ok(Vec::new());
    };
    let mut cases = view.sanctions();
    if let Some(by) = by {
        cases = cases.by(by);
    }
    if let Some(on) = on {
        cases = cases.on(on);
    }
    let line = |one: comity::SanctionCase<'g>| {
        let mut cells = vec![
            ("sanction", Cell::Node(one.sanction)),
            ("by", Cell::Nodes(one.by)),
            ("target", Cell::Nodes(one.targets)),
            ("measures", texts(&one.measures)),
        ];
        cells.extend(dates(one.dates));
        answer(one.certainty, &one.because, cells)
    };
    Ok(cases.map(line).collect())
}

fn statements<'g>(view: View<'g>, options: &Options) -> Answers<'g> {
    let (Ok(by), Ok(about)) = (filter(view, options.by.as_ref())?, filter(view, options.about.as_ref())?) else {
        return Ok(Vec::new());
    };
    let mut all = view.statements();
    if let Some(by) = by {
        all = all.by(by);
    }
    if let Some(about) = about {
        all = all.about(about);
    }
    if let Some(act) = options.act {
        all = all.act(act);
    }
    let line = |one: comity::Said<'g>| {
        let contents: Vec<_> = one.contents.iter().map(|claim| claim.id()).collect();
        let shown: Vec<_> = one.contents.iter().map(|claim| claim.gloss().unwrap_or(claim.fact().as_str())).collect();
        let cells = vec![
            ("statement", Cell::Node(one.statement)),
            ("speaker", Cell::Nodes(one.speakers)),
            ("act", one.acts.first().map_or(Cell::Nothing, |act| Cell::Text((*act).into()))),
            ("target", Cell::Nodes(one.targets)),
            ("about", Cell::Nodes(one.about)),
            ("content", Cell::Both(json!(contents), if shown.is_empty() { "-".into() } else { shown.join("; ") })),
        ];
        answer(one.certainty, &one.because, cells)
    };
    Ok(all.map(line).collect())
}

fn meetings<'g>(view: View<'g>, options: &Options) -> Answers<'g> {
    let Ok(with) = filter(view, options.arguments.first())? else { return Ok(Vec::new()) };
    let all = with.map_or(view.meetings(), |with| view.meetings().with(with));
    let line = |one: comity::Encounter<'g>| {
        let mut participants: Vec<_> = one.participants.iter().map(|(who, _)| *who).collect();
        participants.dedup();
        let mut cells = vec![
            ("meeting", Cell::Node(one.meeting)),
            ("participants", Cell::Nodes(participants)),
            ("place", Cell::Nodes(one.places)),
        ];
        cells.extend(moment(one.dates));
        answer(one.certainty, &one.because, cells)
    };
    Ok(all.map(line).collect())
}

fn signatories<'g>(view: View<'g>, instrument: NodeRef<'g>) -> Vec<Answer<'g>> {
    let line = |one: comity::Signatory<'g>| {
        let mut cells = vec![("signatory", Cell::Node(one.signatory))];
        cells.extend(dates(one.dates));
        answer(one.certainty, &one.because, cells)
    };
    view.signatories(instrument).map(line).collect()
}

fn contested(view: View<'_>) -> Vec<Answer<'_>> {
    let mut answers = Vec::new();
    for one in view.contested() {
        let cells = vec![
            ("what", Cell::Both(json!(one.what.key()), one.what.to_string())),
            ("affirmed_by", said_by(&one.affirmed_by)),
            ("denied_by", said_by(&one.denied_by)),
        ];
        answers.push(answer(one.certainty, &one.because, cells));
    }
    answers
}

fn conflicts(view: View<'_>) -> Vec<Answer<'_>> {
    let mut answers = Vec::new();
    for one in view.conflicts() {
        let articles = |claims: &[Claim<'_>]| {
            let mut articles: Vec<_> = claims.iter().map(|claim| claim.source().id().to_owned()).collect();
            articles.dedup();
            articles
        };
        let value =
            |value: &comity::ConflictingValue<'_>| json!({ "value": value.value, "articles": articles(&value.claims) });
        let shown: Vec<_> = one
            .values
            .iter()
            .map(|value| format!("{} ({})", value.value, articles(&value.claims).join(", ")))
            .collect();
        let cells = vec![
            ("what", Cell::Both(json!(one.what.key()), one.what.to_string())),
            ("field", Cell::Text(one.field.as_str().into())),
            ("values", Cell::Both(one.values.iter().map(value).collect(), shown.join(" against "))),
        ];
        answers.push(answer(Certainty::Certain, &one.because, cells));
    }
    answers
}

fn ambiguities(view: View<'_>) -> Vec<Answer<'_>> {
    let mut answers = Vec::new();
    for one in view.ambiguities() {
        let keys: Vec<_> = one.candidates.iter().map(|candidate| candidate.key.clone()).collect();
        let names: Vec<_> = one.candidates.iter().map(|candidate| candidate.name.clone()).collect();
        let cells = vec![
            ("name", Cell::Text(one.name.to_owned())),
            ("article", Cell::Text(one.article.id().to_owned())),
            ("candidates", Cell::Both(json!(keys), format!("{}?", names.join(" or ")))),
        ];
        answers.push(answer(Certainty::Certain, &one.because, cells));
    }
    answers
}

fn resolve<'g>(view: View<'g>, name: &str) -> Answer<'g> {
    let cell = match view.resolve(name, NodeKinds::ANY) {
        Resolution::One(node) => ("node", Cell::Both(json!(node.key()), format!("{node} ({})", node.key()))),
        Resolution::Unmentioned(one) => {
            ("node", Cell::Both(json!(one.key), format!("{} ({}), not mentioned in these articles", one.name, one.key)))
        }
        Resolution::Ambiguous(candidates) => {
            let keys: Vec<_> = candidates.iter().map(|one| one.key.clone()).collect();
            let names: Vec<_> = candidates.iter().map(|one| format!("{} ({})", one.name, one.key)).collect();
            ("candidates", Cell::Both(json!(keys), format!("ambiguous: {}", names.join(" or "))))
        }
        Resolution::Unknown(names) => {
            ("suggestions", Cell::Both(json!(names), format!("not known; perhaps {}", names.join(" or "))))
        }
        _ => ("suggestions", Cell::Texts(Vec::new())),
    };
    Answer { cells: vec![cell], certainty: Certainty::Certain, claims: Vec::new(), against: Vec::new() }
}

fn claim(one: Claim<'_>) -> Answer<'_> {
    let when = match one.when() {
        When::Unstated => Value::Null,
        When::At(date) => json!({ "at": date }),
        When::Span { from, until } => {
            let mut object = serde_json::Map::new();
            match from {
                Start::On(date) => drop(object.insert("from".into(), json!(date))),
                Start::Unknown => drop(object.insert("from".into(), json!("unknown"))),
            }
            match until {
                End::On(date) => drop(object.insert("until".into(), json!(date))),
                End::By(date) => drop(object.insert("ended_by".into(), json!(date))),
                End::Open => drop(object.insert("until".into(), json!("open"))),
                End::Unknown => {}
            }
            Value::Object(object)
        }
    };
    let shown: Vec<_> = one.voices().iter().map(ToString::to_string).collect();
    let cells = vec![
        ("claim", Cell::Text(one.id())),
        ("article", Cell::Both(json!(one.source().id()), String::new())),
        ("fact", Cell::Text(one.fact().to_string())),
        ("said_by", Cell::Both(voices(one), shown.join(" and "))),
        ("modality", Cell::Text(one.modality().to_string())),
        ("negated", Cell::Both(json!(one.is_negated()), if one.is_negated() { "not so" } else { "" }.into())),
        ("when", Cell::Both(when, if one.when().is_stated() { one.when().to_string() } else { String::new() })),
        ("gloss", one.gloss().map_or(Cell::Nothing, |gloss| Cell::Text(gloss.into()))),
    ];
    Answer { cells, certainty: Certainty::Certain, claims: vec![one], against: one.denials().collect() }
}

fn origins<'g>(view: View<'g>, id: &str) -> Answers<'g> {
    let graph: &'g Graph = view.graph();
    let Some(claim) = graph.claim(id) else {
        let message = format!("no claim has the id {id:?}: ids are ARTICLE#FACT, as `ask claims NODE` prints them");
        return Err(Unresolved { json: json!({ "error": message, "suggestions": [] }), message });
    };
    let line = |one: comity::OriginGroup<'g>| {
        let articles = Cell::Texts(one.articles.iter().map(|article| article.id().to_owned()).collect());
        let origin = Cell::Text(one.origin.id().to_owned());
        answer(one.certainty, &one.because, vec![("origin", origin), ("articles", articles)])
    };
    Ok(view.origins(claim).map(line).collect())
}

fn diff<'g>(view: View<'g>, options: &Options) -> Answers<'g> {
    let wrong = |message: &str| Unresolved { message: message.into(), json: json!({ "error": message }) };
    let and =
        options.and.as_deref().ok_or_else(|| wrong("diff takes --as-of D --and D, or --according-to A --and B"))?;
    let (one, other) = match (options.as_of, options.according_to.first()) {
        (Some(date), None) => {
            let other: PartialDate = and.parse().map_err(|error| wrong(&format!("--and {and:?}: {error}")))?;
            (options::as_of(view, date), options::as_of(view, other))
        }
        (_, Some(name)) => {
            let (one, other) = (names::node(view, name)?, names::node(view, and)?);
            (view.according_to(one), view.according_to(other))
        }
        (None, None) => return Err(wrong("diff takes --as-of D --and D, or --according-to A --and B")),
    };
    let line = |one: comity::Difference<'g>| {
        let shown = |certainty: Option<Certainty>| certainty.map_or("no".into(), |one| one.to_string());
        let cells = vec![
            ("change", Cell::Text(one.change.as_str().into())),
            ("what", Cell::Both(json!(one.what.key()), one.what.to_string())),
            ("before", Cell::Both(json!(one.before), shown(one.before))),
            ("after", Cell::Both(json!(one.after), shown(one.after))),
        ];
        answer(one.certainty, &one.because, cells)
    };
    Ok(one.diff(other).map(line).collect())
}

fn stats(view: View<'_>) -> Answer<'_> {
    let statistics = view.statistics();
    let object = |pairs: &mut dyn Iterator<Item = (String, usize)>| {
        let pairs: Vec<_> = pairs.filter(|(_, count)| *count > 0).collect();
        let text: Vec<_> = pairs.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let object: serde_json::Map<_, _> = pairs.into_iter().map(|(name, count)| (name, json!(count))).collect();
        Cell::Both(Value::Object(object), format!("\n    {}", text.join("\n    ")))
    };
    let cells = vec![
        ("nodes", object(&mut statistics.nodes.iter().map(|(kind, count)| (kind.to_string(), *count)))),
        ("relations", object(&mut statistics.facts.iter().map(|(kind, count)| (kind.to_string(), *count)))),
        ("modalities", object(&mut statistics.modalities.iter().map(|(one, count)| (one.to_string(), *count)))),
        ("articles", object(&mut statistics.articles.iter().map(|(one, count)| (one.to_string(), *count)))),
    ];
    Answer { cells, certainty: Certainty::Certain, claims: Vec::new(), against: Vec::new() }
}
