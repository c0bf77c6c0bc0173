//! Neither the order of the articles, nor their split into batches, nor the order of filters shows in anything.

use comity::{AllianceLens, FactKind, Graph, RelationKind, View};
use proptest::prelude::*;

use crate::answers::answers;
use crate::generate::{articles, filters};
use crate::lens::Filter;
use crate::plan::{Article, batch, build};
use crate::run;

#[test]
fn the_order_of_articles_and_their_split_into_batches_make_no_difference() {
    let cut = prop::collection::vec(any::<bool>(), 5);
    let shuffled = articles(comity::FactType::ALL)
        .prop_flat_map(|articles| (Just(articles.clone()), Just(articles).prop_shuffle()));
    run(150, &(shuffled, cut, filters()), |((articles, shuffled), cut, filters)| {
        let whole = build(&articles);
        let mut parts = Graph::new();
        let mut open: Vec<&Article> = Vec::new();
        for (article, cut) in shuffled.iter().zip(cut) {
            open.push(article);
            if cut {
                parts = parts.apply(batch(&open)).expect("every id is there once");
                open.clear();
            }
        }
        let parts = parts.apply(batch(&open)).expect("every id is there once");
        let seen = |graph: &Graph| answers(filters.iter().fold(graph.view(), |view, filter| filter.set(view)));
        let (one, other) = (seen(&whole), seen(&parts));
        let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        prop_assert_eq!(differing, None);
        prop_assert_eq!(one.len(), other.len());
        Ok(())
    });
}

#[test]
fn filters_give_the_same_view_in_any_order() {
    let shuffled = prop::collection::vec(crate::generate::filter(), 2..=5)
        .prop_flat_map(|filters| (Just(filters.clone()), Just(filters).prop_shuffle()));
    run(150, &(articles(comity::FactType::ALL), shuffled), |(articles, (filters, shuffled))| {
        let graph = build(&articles);
        let seen = |filters: &[Filter]| filters.iter().fold(graph.view(), |view, filter| filter.set(view));
        let (one, other) = (seen(&filters), seen(&shuffled));
        prop_assert_eq!(answers(one), answers(other));
        prop_assert_eq!(one.diff(other).count(), 0);
        let facts = |view: View<'_>| FactKind::all().count() == view.statistics().facts.len();
        prop_assert!(facts(one));
        Ok(())
    });
}

#[test]
fn leaving_an_article_out_is_as_if_it_had_not_been_loaded() {
    run(150, &articles(comity::FactType::ALL), |articles| {
        let (left_out, rest) = articles.split_last().expect("one or more");
        let (all, without) = (build(&articles), build(rest));
        let source = all.source(left_out.id).expect("it was loaded");
        let view = all.view().without(source);
        for relation in RelationKind::ALL {
            let lines = |view: View<'_>| view.edges(*relation).map(|edge| format!("{edge:?}")).collect::<Vec<_>>();
            prop_assert_eq!(lines(view), lines(without.view()));
        }
        let debug = |view: View<'_>| {
            let mut lines: Vec<_> = view.contested().map(|one| format!("{one:?}")).collect();
            lines.extend(view.conflicts().map(|one| format!("{one:?}")));
            lines.extend(view.detentions().map(|one| format!("{one:?}")));
            lines.extend(view.sanctions().map(|one| format!("{one:?}")));
            lines.extend(view.statements().map(|one| format!("{one:?}")));
            lines.extend(view.meetings().map(|one| format!("{one:?}")));
            lines.extend(view.retaliation().map(|one| format!("{one:?}")));
            for node in without.nodes() {
                let Some(key) = node.slug().map(|_| node.key()) else { continue };
                let node = view.graph().find_key(&key.parse().expect("a key")).expect("it is in both");
                lines.extend(view.memberships(node).map(|one| format!("{one:?}")));
                lines.extend(view.quantified_members(node).map(|one| format!("{one:?}")));
                lines.extend(view.officials(node).map(|one| format!("{one:?}")));
                for lens in AllianceLens::ALL {
                    lines.extend(view.allies(node, *lens).map(|one| format!("{one:?}")));
                }
                lines.extend(view.according_to(node).contested().map(|one| format!("{one:?}")));
                for relation in RelationKind::ALL {
                    lines.extend(view.according_to(node).edges(*relation).map(|one| format!("{one:?}")));
                }
            }
            lines
        };
        prop_assert_eq!(debug(view), debug(without.view()));
        Ok(())
    });
}
