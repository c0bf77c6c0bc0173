//! Other people's tables beside the articles: `--atop FILE` and the like. Needs the feature `tables`.

use std::path::PathBuf;

use comity::Graph;

use crate::Failure;

/// The options that name a table.
const FLAGS: [&str; 9] =
    ["atop", "atop-alliances", "cow-states", "cow-majors", "cow-alliances", "cow-igo", "archigos", "icews", "gdelt"];

/// The option of this name.
pub(crate) fn flag(name: &str) -> Option<&'static str> {
    FLAGS.into_iter().find(|known| *known == name)
}

/// A table to read: the option, and the file.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) flag: &'static str,
    pub(crate) path: PathBuf,
}

/// The graph with what the table says; what is wrong with it, and what was left out, goes to standard error.
#[cfg(feature = "tables")]
pub(crate) fn apply(graph: &Graph, table: &Table) -> Result<Graph, Failure> {
    use comity::*;
    let name = table.path.display().to_string();
    let failed = |error: std::io::Error| Failure(format!("{name}: {error}"));
    let file = std::fs::File::open(&table.path).map_err(failed)?;
    let (batch, report) = match table.flag {
        "atop" => read_atop(file, &AtopOptions::new().file(&name)),
        "atop-alliances" => read_atop_alliances(file, &AtopAlliancesOptions::new().file(&name)),
        "cow-states" => read_cow_states(file, &CowStatesOptions::new().file(&name)),
        "cow-majors" => read_cow_majors(file, &CowMajorsOptions::new().file(&name)),
        "cow-alliances" => read_cow_alliances(file, &CowAlliancesOptions::new().file(&name)),
        "cow-igo" => read_cow_igo(file, &CowIgoOptions::new().file(&name)),
        "icews" => read_icews(file, &IcewsOptions::new().file(&name).source(&of_its_own(graph, "icews"))),
        "gdelt" => read_gdelt(file, &GdeltOptions::new().file(&name).source(&of_its_own(graph, "gdelt"))),
        _ => read_archigos(file, &ArchigosOptions::new().file(&name)),
    };
    anstream::eprintln!("{report}");
    graph.apply(batch).map_err(Failure::from)
}

/// An id that no source has yet: event data come in many files.
#[cfg(feature = "tables")]
fn of_its_own(graph: &Graph, set: &str) -> String {
    let numbered = (2..).map(|nth| format!("{set}-{nth}"));
    let mut ids = std::iter::once(set.to_owned()).chain(numbered);
    ids.find(|id| graph.source(id).is_none()).unwrap_or_default()
}

#[cfg(not(feature = "tables"))]
pub(crate) fn apply(_: &Graph, table: &Table) -> Result<Graph, Failure> {
    let (flag, path) = (table.flag, table.path.display());
    Err(Failure(format!("--{flag} {path}: tables are read by `cargo run --features tables --example ask`")))
}
