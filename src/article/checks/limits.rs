//! Too many ids, spans or items.

use crate::article::limits::Limits;
use crate::article::problem::{Problem, Problems};
use crate::article::syntax::{Article, List};
use crate::diagnostic::Code;

pub(crate) fn check(article: &Article<'_>, limits: &Limits, problems: &mut Problems) {
    let sizes = [
        ("annotators", article.annotators().len()),
        ("mentions", article.mentions().len()),
        ("entities", article.entities().len()),
        ("facts", article.facts().len()),
    ];
    let mut ids = 0;
    for (list, size) in sizes {
        if ids <= limits.ids && ids + size > limits.ids {
            problems.add(|| {
                let message = format!("more than {} ids", limits.ids);
                Problem::at(Code::C0903, format!("/{list}"), message).hint("split the article, or raise the limit")
            });
        }
        ids += size;
    }
    let mut spans = 0;
    for (nth, mention) in article.mentions().iter().enumerate() {
        let own = mention.spans.as_ref().map_or(0, |spans| spans.0.len());
        spans += own;
        if own > limits.spans_per_mention {
            problems.add(|| {
                let message = format!("more than {} spans in a mention", limits.spans_per_mention);
                Problem::at(Code::C0904, format!("/mentions/{nth}/spans"), message).hint("raise the limit")
            });
        }
    }
    if spans > limits.spans {
        problems.add(|| {
            let message = format!("more than {} spans", limits.spans);
            Problem::at(Code::C0904, "/mentions".into(), message).hint("split the article, or raise the limit")
        });
    }
    for (nth, entity) in article.entities().iter().enumerate() {
        items(entity.mentions.as_ref(), limits, || format!("/entities/{nth}/mentions"), problems);
    }
    for (nth, fact) in article.facts().iter().enumerate() {
        items(fact.evidence.as_ref(), limits, || format!("/facts/{nth}/evidence"), problems);
        for (role, fillers) in fact.args.iter().flat_map(|args| &args.0) {
            items(Some(fillers), limits, || format!("/facts/{nth}/args/{}", &**role), problems);
        }
    }
}

fn items<T>(list: Option<&List<T>>, limits: &Limits, path: impl FnOnce() -> String, problems: &mut Problems) {
    if list.is_some_and(|list| list.0.len() > limits.list_items) {
        problems.add(|| {
            let message = format!("more than {} items", limits.list_items);
            Problem::at(Code::C0904, path(), message).hint("raise the limit")
        });
    }
}
