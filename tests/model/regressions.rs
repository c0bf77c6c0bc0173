//! What random articles once found to be wrong, each as small as it can be told.

use comity::{
    AllianceLens, Batch, Certainty, Claimed, Coalition, Day, Description, Detention, DetentionStage, Extent, Fact,
    FactType, Graph, Group, Meeting, MembershipRole, Nation, Node, Official, Organization, OrganizationKind, Person,
    Place, Precedence, Qualifiers, Rank, Role, Sanction, Source, SourceId, Statement, When,
    relations::{AffiliatedWith, Follows, HoldsOffice, Includes, MemberOf, NationalOf, RetaliatesFor},
};

/// A batch with one article, and its nodes by key.
struct Note {
    batch: Batch,
    source: SourceId,
}

impl Note {
    fn new(id: &str) -> Self {
        let mut batch = Batch::new();
        let source = batch.source(Source::article(id));
        Self { batch, source }
    }

    fn node<K: comity::NodeType>(&mut self, slug: &str) -> comity::Id<K> {
        self.batch.node(slug).expect("a slug")
    }

    fn claim(&mut self, claimed: Claimed) -> &mut Self {
        self.batch.claim(self.source, claimed);
        self
    }

    fn fact(&mut self, fact: Fact) -> &mut Self {
        self.batch.fact(self.source, fact).expect("it fits");
        self
    }

    fn graph(self) -> Graph {
        Graph::new().apply(self.batch).expect("one article")
    }
}

fn find(graph: &Graph, key: &str) -> Node {
    graph.find_key(&key.parse().expect("a key")).expect("it was added")
}

fn ids(because: &comity::Because<'_>) -> Vec<String> {
    because.claims().map(|claim| claim.local_id().to_string()).collect()
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn on(text: &str) -> When {
    When::at(text.parse().expect("a date"))
}

const FULL: Includes = Includes { complete: true };

/// A pact that a group joins, which is a smaller group and nobody else, which is Iceland and nobody else.
fn nested() -> Note {
    let mut note = Note::new("note");
    let (outer, inner) = (note.node::<Group>("outer"), note.node::<Group>("inner"));
    let (iceland, pact) = (note.node::<Nation>("ISL"), note.node::<Coalition>("pact"));
    note.claim(Claimed::new(MemberOf::default(), outer, pact));
    note.claim(Claimed::new(FULL, outer, inner)).claim(Claimed::new(FULL, inner, iceland));
    note
}

#[test]
fn a_member_by_a_group_within_a_group_is_as_sure_as_the_way_and_has_its_claims() {
    let graph = nested().graph();
    let (iceland, pact) = (find(&graph, "nation/ISL"), find(&graph, "coalition/pact"));
    let member = graph.view().members(pact).find(|one| one.member.id() == iceland).expect("through both");
    assert_eq!(
        (member.certainty, ids(&member.because)),
        (Certainty::Certain, vec!["f1".into(), "f2".into(), "f3".into()])
    );
    let body = graph.view().bodies(iceland).next().expect("the other side of it");
    assert_eq!((body.body.id(), ids(&body.because).len()), (pact, 3));
}

#[test]
fn a_roster_counts_no_group_beside_its_parts() {
    let graph = nested().graph();
    let roster = graph.view().roster(find(&graph, "coalition/pact")).next().expect("somebody is named");
    assert_eq!(comity_keys(&roster.named), ["nation/ISL"]);
    assert_eq!(ids(&roster.because), ["f1", "f2", "f3"]);
}

fn comity_keys(nodes: &[comity::NodeRef<'_>]) -> Vec<String> {
    nodes.iter().map(|node| node.key()).collect()
}

#[test]
fn a_group_named_in_full_is_no_member_of_itself() {
    let mut note = Note::new("note");
    let (group, council) = (note.node::<Group>("group"), note.node::<Organization>("council"));
    note.claim(Claimed::new(MemberOf::default(), group, council)).claim(Claimed::new(FULL, group, council));
    let graph = note.graph();
    assert_eq!(graph.view().bodies(find(&graph, "organization/council")).count(), 0);
}

#[test]
fn how_sure_a_part_is_follows_from_the_claim_that_names_all() {
    let mut note = Note::new("note");
    let (group, iceland, pact) =
        (note.node::<Group>("group"), note.node::<Nation>("ISL"), note.node::<Coalition>("pact"));
    note.claim(Claimed::new(MemberOf::default(), group, pact).when(on("2031-01-01")));
    note.claim(Claimed::new(Includes { complete: false }, group, iceland).when(on("2031-01-01")));
    note.claim(Claimed::new(FULL, group, iceland).when(on("2031")));
    let graph = note.graph();
    let view = graph.view().as_of(day("2031-01-01"));
    let member = view.members(find(&graph, "coalition/pact")).find(|one| one.through.is_some()).expect("Iceland");
    assert_eq!(member.certainty, Certainty::Possible);
}

#[test]
fn an_observer_may_be_meant_by_all_members_of_another_body() {
    let mut note = Note::new("note");
    let (iceland, council, pact) =
        (note.node::<Nation>("ISL"), note.node::<Organization>("council"), note.node::<Coalition>("pact"));
    note.claim(Claimed::new(MemberOf { role: MembershipRole::Observer, extent: None }, iceland, pact));
    note.claim(Claimed::new(MemberOf { role: MembershipRole::Member, extent: Some(Extent::All) }, council, pact));
    note.claim(Claimed::new(MemberOf::default(), iceland, council));
    note.claim(Claimed::new(MemberOf { role: MembershipRole::Leader, extent: None }, iceland, council));
    let graph = note.graph();
    let meant: Vec<_> = graph.view().quantified_members(find(&graph, "coalition/pact")).collect();
    assert_eq!(meant.len(), 1, "once, though in two roles");
    assert_eq!(ids(&meant[0].because), ["f2", "f3", "f4"]);
}

#[test]
fn a_chain_takes_the_surest_membership_at_both_of_its_ends() {
    let mut note = Note::new("note");
    let pact = note.node::<Coalition>("pact");
    let (iceland, kenya) = (note.node::<Nation>("ISL"), note.node::<Nation>("KEN"));
    let leader = MemberOf { role: MembershipRole::Leader, extent: None };
    note.claim(Claimed::new(MemberOf::default(), iceland, pact).when(on("2031-01-01")));
    note.claim(Claimed::new(MemberOf::default(), kenya, pact).when(on("2031")));
    note.claim(Claimed::new(leader, kenya, pact).when(on("2031-01-01")));
    let graph = note.graph();
    let view = graph.view().as_of(day("2031-01-01"));
    let (iceland, kenya) = (find(&graph, "nation/ISL"), find(&graph, "nation/KEN"));
    for (one, other) in [(iceland, kenya), (kenya, iceland)] {
        let chain = view.chain(one, other).expect("over the pact");
        assert_eq!((chain.certainty, ids(&chain.because).len()), (Certainty::Certain, 3));
    }
}

#[test]
fn allies_by_a_statement_carry_the_claims_of_offices_organs_and_groups() {
    let mut note = Note::new("note");
    let (iceland, kenya) = (note.node::<Nation>("ISL"), note.node::<Nation>("KEN"));
    let (arnar, ministry, envoys) =
        (note.node::<Person>("arnar"), note.node::<Organization>("ministry"), note.node::<Group>("envoys"));
    let (source, organ) = (note.source, Description::new().organization(OrganizationKind::Ministry));
    note.batch.describe(source, ministry, organ).expect("it fits");
    let office = HoldsOffice { title: "Minister".into(), rank: Rank::Minister };
    note.claim(Claimed::new(office, arnar, iceland).when(on("2030-01-01")));
    note.claim(Claimed::new(AffiliatedWith { title: None }, ministry, kenya));
    note.claim(Claimed::new(FULL, envoys, arnar));
    let joint = note.node::<Statement>("joint");
    let said = Fact::new(FactType::Statement).event(joint).role(Role::Speaker, envoys).role(Role::Speaker, ministry);
    note.fact(said.with(Qualifiers::new().act(comity::Act::Announce)).when(on("2031-01-01")));
    let graph = note.graph();
    let view = graph.view().as_of(day("2031-01-01"));
    let ally = view.allies(find(&graph, "nation/ISL"), AllianceLens::JointStatement).next().expect("Kenya");
    assert_eq!(
        (ally.ally.key(), ids(&ally.because)),
        ("nation/KEN".into(), vec!["f1".into(), "f2".into(), "f3".into(), "f4".into()])
    );
}

#[test]
fn what_an_article_that_is_left_out_says_of_a_body_is_left_out_too() {
    let mut note = Note::new("note");
    let (ministry, iceland) = (note.node::<Organization>("ministry"), note.node::<Nation>("ISL"));
    note.claim(Claimed::new(AffiliatedWith { title: None }, ministry, iceland));
    let case = note.node::<Detention>("case");
    let held = note.node::<Person>("rojas");
    note.fact(Fact::new(FactType::Detention).event(case).role(Role::Detained, held).role(Role::By, ministry));
    let other = note.batch.source(Source::article("other"));
    let organ = Description::new().organization(OrganizationKind::Ministry);
    note.batch.describe(other, ministry, organ).expect("it fits");
    let graph = note.graph();
    let iceland = find(&graph, "nation/ISL");
    assert_eq!(graph.view().detentions().by(iceland).count(), 1);
    let without = graph.view().without(graph.source("other").expect("it was added"));
    assert_eq!(without.detentions().by(iceland).count(), 0);
}

#[test]
fn who_held_an_office_before_and_again_after_has_the_claim_at_both_times() {
    let mut note = Note::new("note");
    let (ann, bo, iceland) = (note.node::<Person>("ann"), note.node::<Person>("bo"), note.node::<Nation>("ISL"));
    let term =
        When::between("2030-01-01".parse().expect("a date"), "2031-01-01".parse().expect("a date")).expect("a term");
    let office = Fact::new(FactType::Office).role(Role::Holder, ann).role(Role::Of, iceland);
    let office = office.role(Role::Predecessor, bo).role(Role::Successor, bo).role(Role::To, iceland);
    note.fact(office.with(Qualifiers::new().title("Minister")).when(term));
    let graph = note.graph();
    for then in ["2029-12-31", "2031-01-01"] {
        let tenure = graph.view().as_of(day(then)).tenures(find(&graph, "person/bo")).next().expect("before or after");
        assert_eq!((ids(&tenure.because), tenure.title()), (vec!["f1".into()], "Minister"));
        assert!(tenure.to().is_empty(), "Ann was sent there, not Bo");
    }
}

#[test]
fn who_is_said_to_hold_no_office_is_no_official() {
    let mut note = Note::new("note");
    let (ann, iceland) = (note.node::<Person>("ann"), note.node::<Nation>("ISL"));
    let office = HoldsOffice { title: "Minister".into(), rank: Rank::Minister };
    note.claim(Claimed::new(office, ann, iceland).negated());
    let graph = note.graph();
    assert!(graph.find::<Person>("ann").is_some() && graph.find::<Official>("ann").is_none());
}

#[test]
fn steps_are_those_up_to_the_earliest_end_of_all_windows() {
    let mut note = Note::new("note");
    let case = note.node::<Detention>("case");
    let released = Qualifiers::new().detention_stage(DetentionStage::Release);
    note.fact(Fact::new(FactType::Stage).role(Role::Of, case).with(released).when(on("2031-06-01")));
    let tried = Qualifiers::new().detention_stage(DetentionStage::Trial);
    let over = When::ended_by("2031-01-01".parse().expect("a date"));
    note.fact(Fact::new(FactType::Stage).role(Role::Of, case).with(tried).when(over));
    let graph = note.graph();
    let year = comity::Period::new(day("2031-01-01"), day("2032-01-01")).expect("a year");
    let view = graph.view().during(year).as_of(day("2031-03-01"));
    let steps: Vec<_> = view.stages(find(&graph, "detention/case")).map(|step| (step.stage, step.certainty)).collect();
    assert_eq!(steps, [("trial", Certainty::Certain)]);
}

#[test]
fn a_case_carries_the_claims_of_nationality_and_of_groups() {
    let mut note = Note::new("note");
    let (chile, crew, rojas) = (note.node::<Nation>("CHL"), note.node::<Group>("crew"), note.node::<Person>("rojas"));
    let ship = note.node::<Group>("ship");
    note.claim(Claimed::new(NationalOf, ship, chile)).claim(Claimed::new(FULL, ship, crew));
    note.claim(Claimed::new(FULL, crew, rojas));
    note.fact(Fact::new(FactType::Detention).role(Role::Detained, rojas));
    let graph = note.graph();
    let case = graph.view().detentions().of_nationality(find(&graph, "nation/CHL")).next().expect("by two groups");
    assert_eq!(ids(&case.because), ["f1", "f2", "f3", "f4"]);
}

#[test]
fn a_sanction_on_a_group_is_on_its_parts_only_if_it_is_named_in_full() {
    for complete in [false, true] {
        let mut note = Note::new("note");
        let (list, port) = (note.node::<Group>("list"), note.node::<Person>("voss"));
        note.claim(Claimed::new(Includes { complete }, list, port));
        let ban = note.node::<Sanction>("ban");
        note.fact(Fact::new(FactType::Sanction).event(ban).role(Role::Target, list));
        let graph = note.graph();
        assert_eq!(graph.view().sanctions().on(find(&graph, "person/voss")).count(), usize::from(complete));
    }
}

#[test]
fn a_statement_is_by_whoever_it_speaks_for_in_any_of_its_articles() {
    let mut batch = Batch::new();
    let office = HoldsOffice { title: "Minister".into(), rank: Rank::Minister };
    for (article, published) in [("early", "2030-01-01"), ("late", "2031-06-01")] {
        let note = batch.source(Source::article(article).published(published.parse().expect("a date")));
        let (ann, iceland): (comity::Id<Person>, comity::Id<Nation>) =
            (batch.node("ann").expect("a slug"), batch.node("ISL").expect("a slug"));
        let told: comity::Id<Statement> = batch.node("told").expect("a slug");
        batch.claim(
            note,
            Claimed::new(office.clone(), ann, iceland).when(When::from("2031-01-01".parse().expect("a date"))),
        );
        let said = Fact::new(FactType::Statement).event(told).role(Role::Speaker, ann);
        batch.fact(note, said.with(Qualifiers::new().act(comity::Act::Announce))).expect("it fits");
    }
    let graph = Graph::new().apply(batch).expect("two articles");
    assert_eq!(graph.view().statements().by(find(&graph, "nation/ISL")).count(), 1);
}

#[test]
fn two_orders_that_contradict_each_other_leave_the_order_unknown() {
    let mut note = Note::new("note");
    let (one, other) = (note.node::<Detention>("one"), note.node::<Detention>("other"));
    note.claim(Claimed::new(RetaliatesFor, one, other));
    note.claim(Claimed::new(Follows { lag_days: Some(3) }, one, other));
    note.claim(Claimed::new(Follows { lag_days: None }, other, one));
    let answer = note.graph();
    let answer = answer.view().retaliation().next().expect("one");
    assert_eq!((answer.order, answer.lag_days), (Precedence::Unknown, None));
}

#[test]
fn what_went_on_from_a_day_does_not_conflict_with_a_later_day() {
    let mut note = Note::new("note");
    let (talks, iceland, port) =
        (note.node::<Meeting>("talks"), note.node::<Nation>("ISL"), note.node::<Place>("port"));
    for when in [When::from("2031-03-01".parse().expect("a date")), on("2031-03-05")] {
        let met = Fact::new(FactType::Meeting).event(talks).role(Role::Participant, iceland).role(Role::Place, port);
        note.fact(met.when(when));
    }
    assert_eq!(note.graph().view().conflicts().count(), 0);
}
