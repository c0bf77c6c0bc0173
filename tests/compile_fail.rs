//! Wrong endpoints do not compile, and the compiler says why in the words of the field.
//!
//! And the doors for untyped input give the compiler's verdict, for every relation and every pair of kinds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test")]

use std::process::Command;

use comity::relations::{self, Relation};
use comity::{
    Batch, Coalition, Detention, Fact, FactError, FactType, Fills, Group, Id, Instrument, Kind, Lowering, Meeting,
    Nation, NodeKind, Official, Organization, Person, Place, Qualifier, QualifierType, Qualifiers, RelationKind, Role,
    Sanction, Source, Statement, Value,
};

/// The compiler whose words stand in the `.stderr` files. Those of another may differ in what is not ours; there the
/// `compile_fail` examples of the documentation hold the rule.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn misuse_does_not_compile_and_is_named_in_the_words_of_the_field() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    if !version.starts_with(RUSTC.as_bytes()) {
        eprintln!("skipped: the expected messages are those of {RUSTC}x");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}

/// Whether a type implements `Fills` for a class, asked of the compiler: the constant of the struct hides that of the trait
/// where the bound holds.
macro_rules! fills {
    ($kind:ty, $class:ty) => {{
        #[allow(dead_code, reason = "hidden where every bound holds")]
        trait Otherwise {
            const FILLS: bool = false;
        }
        impl<T> Otherwise for T {}
        struct Asked<T>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "hides the constant of the trait where it is there")]
        impl<T: Fills<$class>> Asked<T> {
            const FILLS: bool = true;
        }
        <Asked<Id<$kind>>>::FILLS
    }};
}

/// The compiler's verdicts for one relation: the kinds that may stand at its source, and at its target.
macro_rules! verdicts {
    ($($relation:ident)+) => {
        vec![$(verdicts!(@relation $relation;
            Nation Organization Person Group Coalition Instrument Place Detention Sanction Meeting Statement Official)),+]
    };
    (@relation $relation:ident; $($kind:ident)+) => {
        (
            RelationKind::$relation,
            vec![$((
                <$kind as Kind>::KIND,
                fills!($kind, <relations::$relation as Relation>::Source),
                fills!($kind, <relations::$relation as Relation>::Target),
            )),+],
        )
    };
}

/// For each relation, each kind with whether it fills the source and the target. Officials count as persons.
type Verdicts = Vec<(RelationKind, Vec<(NodeKind, bool, bool)>)>;

fn of_the_compiler() -> Verdicts {
    verdicts! {
        MemberOf Includes HoldsOffice NationalOf AffiliatedWith AlignedWith LocatedIn Detains HeldIn Requests ExchangedFor
        Imposes Targets Under TakesPartIn TakesPlaceIn Signs Issues PartyTo AddressedTo Cites Founds Makes Concerns Via
        RetaliatesFor Follows
    }
}

#[test]
fn the_check_at_run_time_is_the_verdict_of_the_compiler() {
    let verdicts = of_the_compiler();
    let relations: Vec<RelationKind> = verdicts.iter().map(|(relation, _)| *relation).collect();
    assert_eq!(relations, RelationKind::ALL, "every relation is asked about");
    let mut pairs = 0;
    for (relation, kinds) in verdicts {
        for (source, is_source, _) in &kinds {
            for (target, _, is_target) in &kinds {
                let checked = relation.check(*source, *target).is_ok();
                assert_eq!(checked, *is_source && *is_target, "{relation} from {source} to {target}");
                pairs += 1;
            }
        }
    }
    assert_eq!(pairs, RelationKind::ALL.len() * 12 * 12);
}

/// A node of each kind, the events apart from those that other roles need.
fn node(batch: &mut Batch, kind: NodeKind, slug: &str) -> comity::Node {
    batch.key(&comity::Key::of(kind, slug).unwrap())
}

/// Some value that the qualifier takes.
fn some_value(takes: QualifierType, of: Option<NodeKind>) -> Value {
    match takes {
        QualifierType::Word(list) => Value::Word(list[0]),
        QualifierType::Words(list) => Value::Words(vec![list[0]]),
        QualifierType::Stage => Value::Word(of.map_or("", |of| of.stages().first().copied().unwrap_or(""))),
        QualifierType::Text => Value::Text("said".into()),
        QualifierType::Count => Value::Count(comity::Count { value: 2, precision: comity::CountPrecision::Exact }),
        other => panic!("no required qualifier is {other:?}"),
    }
}

/// Whether some fact type makes such an edge: with one role filled by each end, and the rest as it must be.
fn fact_door(relation: RelationKind, source: NodeKind, target: NodeKind) -> bool {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("desk-note"));
    let ends = [node(&mut batch, source, "one"), node(&mut batch, target, "other")];
    let makes = FactType::ALL.iter().flat_map(|fact| fact.schema().lowers.iter().map(move |lowers| (*fact, lowers)));
    let made = makes.filter_map(|(fact, lowers)| match lowers {
        Lowering::Edge { relation: made, from, to, .. } if *made == relation => Some((fact, [*from, *to])),
        Lowering::Pairs { relation: made, among } if *made == relation => Some((fact, [Some(*among), Some(*among)])),
        _ => None,
    });
    let attempts: Vec<(FactType, [Option<Role>; 2])> = made.collect();
    attempts.into_iter().any(|(fact, roles)| {
        let schema = fact.schema();
        let mut said = Fact::new(fact);
        for (role, end) in roles.into_iter().zip(ends) {
            said = match role {
                Some(role) => said.role(role, end),
                None => said.event(end),
            };
        }
        for role in schema.roles.iter().filter(|role| role.min > 0 && !roles.contains(&Some(role.role))) {
            let filler = node(&mut batch, role.kinds.iter().next().unwrap(), "filler");
            said = said.role(role.role, filler);
        }
        let is_one_of = |role: &Role| roles.contains(&Some(*role));
        if let Some(role) = schema.any_of.first().filter(|_| !schema.any_of.iter().any(is_one_of)) {
            let filler = node(&mut batch, schema.role(*role).unwrap().kinds.iter().next().unwrap(), "filler");
            said = said.role(*role, filler);
        }
        let of = roles.iter().zip([source, target]).find(|(role, _)| **role == Some(Role::Of)).map(|(_, kind)| kind);
        let required = schema.qualifiers.iter().filter(|(.., required)| *required);
        let qualifiers = required
            .fold(Qualifiers::new(), |qualifiers, (name, takes, _)| qualifiers.with(*name, some_value(*takes, of)));
        match batch.fact(note, said.with(qualifiers)) {
            // Of what a stage can be of, only detentions are exchanged: the fact is sound, but makes no such edge.
            Ok(_) => relation != RelationKind::ExchangedFor || source == NodeKind::Detention,
            Err(
                FactError::WrongFiller { .. }
                | FactError::WrongEvent { .. }
                | FactError::WrongValue { qualifier: Qualifier::Stage, .. },
            ) => false,
            Err(other) => panic!("{relation} from {source} to {target} as {fact}: {other}"),
        }
    })
}

#[test]
fn the_door_of_facts_gives_the_verdict_of_the_compiler() {
    for (relation, kinds) in of_the_compiler() {
        for (source, is_source, _) in &kinds {
            for (target, _, is_target) in &kinds {
                let fits = fact_door(relation, *source, *target);
                assert_eq!(fits, *is_source && *is_target, "{relation} from {source} to {target}");
            }
        }
    }
}
