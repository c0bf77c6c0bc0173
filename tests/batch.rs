//! Building in code: handles know their own, ids are made up without clashing, descriptions and evidence reach the graph.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use comity::relations::{AlignedWith, Detains, NationalOf};
use comity::{
    Act, Batch, Claimed, Coalition, CoalitionKind, Count, CountPrecision, Description, DescriptionError, Detention,
    End, Fact, FactError, FactType, Graph, Group, MembershipRole, MentionForm, Modality, Nation, NodeKind,
    Organization, Person, Pledge, Qualifiers, Quote, QuoteError, Role, Source, Span, Stance, Start, When,
};

fn fails_loudly(what: &str, run: impl FnOnce()) {
    let message = catch_unwind(AssertUnwindSafe(run)).expect_err(what);
    let message = message.downcast_ref::<String>().expect("assertions say something");
    assert!(message.contains("another"), "{what} fails with {message:?}");
}

#[test]
fn handles_of_another_batch_fail_loudly() {
    let mut other = Batch::new();
    let elsewhere = other.source(Source::article("elsewhere").text("Chile"));
    let chile = other.node::<Nation>("CHL").unwrap();
    let words = other.mention(elsewhere, Quote::new(Span::new(0, 5), "Chile")).unwrap();
    let friendly = || AlignedWith { stance: Stance::Friendly };

    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let (kenya, spavor) = (batch.node::<Nation>("KEN").unwrap(), batch.node::<Person>("spavor").unwrap());
    let claim = other.claim(elsewhere, Claimed::new(friendly(), chile, chile));
    let national = || Claimed::new(NationalOf, spavor, kenya);
    fails_loudly("a node", || {
        let _ = batch.clone().claim(note, Claimed::new(friendly(), kenya, chile));
    });
    fails_loudly("a source", || {
        let _ = batch.clone().claim(elsewhere, national());
    });
    fails_loudly("a source for a node", || {
        let _ = batch.clone().local_node::<Person>(elsewhere, "who");
    });
    fails_loudly("a described node", || drop(batch.clone().name(note, chile, "Chile").clone()));
    fails_loudly("who says it", || {
        let _ = batch.clone().claim(note, national().said_by(chile));
    });
    fails_loudly("where it is said", || {
        let _ = batch.clone().claim(note, national().said_in(claim));
    });
    fails_loudly("the words", || {
        let _ = batch.clone().claim(note, national().evidence(words));
    });
    let statement = Fact::new(FactType::Statement).role(Role::Speaker, kenya).content(Role::Content, claim);
    fails_loudly("content", || drop(batch.clone().fact(note, statement.with(Qualifiers::new().act(Act::Assert)))));
    assert_eq!(batch.claims(), 0, "nothing was added on the way");
}

#[test]
fn what_one_source_knows_is_not_for_another() {
    let mut batch = Batch::new();
    let (note, letter) = (batch.source(Source::article("note")), batch.source(Source::article("letter")));
    let (kenya, sailors) = (batch.node::<Nation>("KEN").unwrap(), batch.local_node::<Group>(note, "sailors"));
    batch.claim(note, Claimed::new(NationalOf, sailors, kenya));
    fails_loudly("a local node", || {
        let _ = batch.clone().claim(letter, Claimed::new(NationalOf, sailors, kenya));
    });
}

#[test]
fn a_graph_does_not_take_the_handles_of_a_batch() {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let kenya = batch.node::<Nation>("KEN").unwrap();
    batch.name(note, kenya, "Kenya");
    let graph = Graph::new().apply(batch).unwrap();
    assert!(!graph.owns(kenya));
    fails_loudly("a handle of the batch", || drop(graph.node(kenya).to_string()));
}

#[test]
fn ids_made_up_never_clash_with_ids_given() {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let (kenya, held) = (batch.node::<Nation>("KEN").unwrap(), batch.local_node::<Detention>(note, "f1"));
    let spavor = batch.local_node::<Person>(note, "e1");
    batch.name(note, spavor, "Spavor").name(note, kenya, "Kenya");
    batch.fact(note, Fact::new(FactType::Detention).role(Role::Detained, spavor)).unwrap();
    batch.claim(note, Claimed::new(Detains, kenya, held));
    let graph = Graph::new().apply(batch).unwrap();
    let ids: Vec<_> = graph.sources().next().unwrap().claims().map(|claim| claim.id()).collect();
    assert_eq!(ids, ["note#f2", "note#f3"]);
    let detentions: Vec<_> = graph.nodes_of(NodeKind::Detention).map(|node| node.key()).collect();
    assert_eq!(
        detentions,
        ["note#f1", "note#f2"],
        "an event without a name is not one that has the name made up for it"
    );
}

#[test]
fn claims_are_numbered_within_their_source() {
    let mut batch = Batch::new();
    let sources = [batch.source(Source::article("a")), batch.source(Source::article("b"))];
    let (kenya, chile) = (batch.node::<Nation>("KEN").unwrap(), batch.node::<Nation>("CHL").unwrap());
    for nth in 0..6 {
        batch.claim(sources[nth % 2], Claimed::new(AlignedWith { stance: Stance::Allied }, kenya, chile));
    }
    let graph = Graph::new().apply(batch).unwrap();
    for source in graph.sources() {
        assert_eq!(source.claims().map(|claim| claim.local_id()).collect::<Vec<_>>(), ["f1", "f2", "f3"]);
    }
}

#[test]
fn a_node_described_twice_by_a_source_is_one_entity_with_all_that_was_said() {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let pact = batch.node::<Coalition>("harbour-pact").unwrap();
    let alliance = Description::new().coalition(CoalitionKind::Alliance).pledge(Pledge::Defense);
    batch.describe(note, pact, alliance.alias("Pact").same_as("wikidata:Q1".parse().unwrap())).unwrap();
    batch.describe(note, pact, Description::new().pledge(Pledge::Consultation).alias("Pact")).unwrap();
    batch.name(note, pact, "Harbour Pact");
    let graph = Graph::new().apply(batch).unwrap();
    let pact = graph.node(graph.find::<Coalition>("harbour-pact").unwrap());
    assert_eq!(pact.names(), ["Harbour Pact", "Pact"]);
    assert_eq!(pact.pledges(), [Pledge::Defense, Pledge::Consultation]);
    assert_eq!((pact.subkind(), pact.same_as()), (Some("alliance"), vec!["wikidata:Q1"]));
    assert_eq!(pact.sources().count(), 1);
}

#[test]
fn a_description_that_does_not_fit_the_kind_is_refused_and_leaves_no_trace() {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let (kenya, un) = (batch.node::<Nation>("KEN").unwrap(), batch.node::<Organization>("un").unwrap());
    let pact = batch.node::<Coalition>("pact").unwrap();
    let two = Description::new().count(Count::new(2, CountPrecision::Exact));
    let no_field = |node, field| DescriptionError::NoField { node, field };
    assert_eq!(batch.describe(note, kenya, two), Err(no_field(NodeKind::Nation, "count")));
    let alliance = || Description::new().coalition(CoalitionKind::Alliance);
    assert_eq!(batch.describe(note, kenya, alliance()), Err(no_field(NodeKind::Nation, "kind")));
    let wrong = DescriptionError::WrongKind { node: NodeKind::Organization, found: "alliance" };
    assert_eq!(batch.describe(note, un, alliance()), Err(wrong));
    let pledge = Description::new().name("Pact").pledge(Pledge::Defense);
    assert_eq!(batch.describe(note, pact, pledge), Err(DescriptionError::NoAlliance));
    let graph = Graph::new().apply(batch).unwrap();
    assert_eq!(graph.nodes().filter(|node| node.sources().count() > 0).count(), 0);
}

#[test]
fn words_given_as_evidence_can_be_quoted() {
    let text = "Chile says two sailors are held in Sorrel.";
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note").text(text));
    let (veldland, held) = (batch.node::<Nation>("x-veldland").unwrap(), batch.node::<Detention>("sailors").unwrap());
    let quote = Quote::new(Span::new(11, 22), "two sailors").and(Span::new(27, 31), "held").form(MentionForm::Trigger);
    let words = batch.mention(note, quote).unwrap();
    batch.claim(note, Claimed::new(Detains, veldland, held).evidence(words).modality(Modality::Alleged));
    let graph = Graph::new().apply(batch).unwrap();
    let claim = graph.sources().next().unwrap().claims().next().unwrap();
    let evidence = claim.evidence().next().unwrap();
    assert_eq!(evidence.quote().as_deref(), Some("two sailors … held"));
    assert_eq!((evidence.extent(), evidence.form()), (Span::new(11, 31), Some(MentionForm::Trigger)));
}

#[test]
fn words_that_may_not_be_shared_leave_only_their_hash() {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let (kenya, chile) = (batch.node::<Nation>("KEN").unwrap(), batch.node::<Nation>("CHL").unwrap());
    let open = batch.mention(note, Quote::new(Span::new(0, 5), "words")).unwrap();
    let closed = batch.mention(note, Quote::new(Span::new(6, 12), "secret").hash_only()).unwrap();
    let allied = Claimed::new(AlignedWith { stance: Stance::Allied }, kenya, chile);
    batch.claim(note, allied.evidence(open).evidence(closed));
    let graph = Graph::new().apply(batch).unwrap();
    let claim = graph.sources().next().unwrap().claims().next().unwrap();
    let quotes: Vec<_> = claim.evidence().map(|words| words.quote()).collect();
    assert_eq!(quotes, [Some("words".into()), None]);
}

#[test]
fn words_that_cannot_stand_there_are_refused() {
    let mut batch = Batch::new();
    let (with, without) =
        (batch.source(Source::article("with").text("Ottawa")), batch.source(Source::article("without")));
    let mut refuse = |source, quote| batch.mention(source, quote).unwrap_err();
    let at = |start, end| Span::new(start, end);
    assert!(matches!(refuse(with, Quote::new(at(0, 6), "Geneva")), QuoteError::Differs { .. }));
    assert!(matches!(refuse(with, Quote::new(at(3, 9), "awa")), QuoteError::Differs { .. }), "past the end");
    assert!(matches!(refuse(without, Quote::new(at(0, 3), "Ottawa")), QuoteError::Length { .. }));
    assert!(matches!(refuse(without, Quote::new(at(4, 4), "")), QuoteError::Pieces(_)));
    let touching = Quote::new(at(0, 2), "Ot").and(at(2, 6), "tawa");
    assert!(matches!(refuse(without, touching), QuoteError::Pieces(_)));
}

/// Each rule of the ontology that a fact made in code can break, once.
#[test]
fn facts_that_the_ontology_does_not_have_are_refused() {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let (kenya, un) = (batch.node::<Nation>("KEN").unwrap(), batch.node::<Organization>("un").unwrap());
    let (spavor, held) = (batch.node::<Person>("spavor").unwrap(), batch.node::<Detention>("held").unwrap());
    let member = || Fact::new(FactType::Membership).role(Role::Of, un);
    let as_said = Claimed::new(NationalOf, spavor, kenya);
    let claim = batch.claim(note, as_said);
    let deny = Fact::new(FactType::Statement).role(Role::Speaker, kenya).with(Qualifiers::new().act(Act::Deny));
    let denial = batch.fact(note, deny.clone().content(Role::Content, claim)).unwrap();
    let before = batch.claims();

    let mut refuse = |fact: Fact| batch.fact(note, fact).unwrap_err();
    let name = |error: FactError| format!("{error:?}").split([' ', '(']).next().unwrap().to_owned();
    let stage = |stage: comity::SanctionStage| Qualifiers::new().sanction_stage(stage);
    let long = "é".repeat(501);
    let reversed = When::Span { from: Start::On("2031-05".parse().unwrap()), until: End::On("2030".parse().unwrap()) };
    for (wanted, fact) in [
        ("UnknownRole", member().role(Role::Holder, spavor)),
        ("WrongFiller", member().role(Role::Member, spavor)),
        ("FactOrNode", member().content(Role::Member, claim)),
        ("Fillers", member()),
        ("Repeated", member().role(Role::Member, kenya).role(Role::Member, kenya)),
        ("SameEnds", member().role(Role::Member, un)),
        ("NoneOf", Fact::new(FactType::Meeting)),
        ("MissingQualifier", Fact::new(FactType::Characterisation).role(Role::Of, kenya)),
        ("UnknownQualifier", member().role(Role::Member, kenya).with(Qualifiers::new().charge("espionage"))),
        ("WrongValue", Fact::new(FactType::Characterisation).role(Role::Of, kenya).with(Qualifiers::new().label(""))),
        ("WrongValue", Fact::new(FactType::Stage).role(Role::Of, held).with(stage(comity::SanctionStage::Lifted))),
        ("WrongEvent", Fact::new(FactType::Sanction).role(Role::Target, kenya).event(held)),
        ("WrongEvent", member().role(Role::Member, kenya).event(held)),
        (
            "ExtentWithoutMembers",
            member().role(Role::Member, kenya).with(Qualifiers::new().extent(comity::Extent::All)),
        ),
        ("EmptyDenial", deny),
        ("SpeechlessVoice", member().role(Role::Member, kenya).said_by(held)),
        ("NotSaidThere", member().role(Role::Member, kenya).said_in(denial)),
        ("NotSaidThere", member().role(Role::Member, kenya).said_in(claim)),
        ("LongGloss", member().role(Role::Member, kenya).gloss(&long)),
        ("Period", member().role(Role::Member, kenya).when(reversed)),
    ] {
        assert_eq!(name(refuse(fact)), wanted);
    }
    assert_eq!(batch.claims(), before, "nothing was added on the way");
    let leader = Qualifiers::new().role(MembershipRole::Leader);
    assert!(batch.fact(note, member().role(Role::Member, kenya).with(leader)).is_ok());
}
