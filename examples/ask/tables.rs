//! Other people's tables beside the articles: `--atop FILE` and the like. Needs the feature `tables`.

use std::path::PathBuf;

use comity::Batch;

use crate::Failure;

/// The options that name a table.
const FLAGS: [&str; 11] = [
    "coalition-list",
    "sanctions-list",
    "atop",
    "atop-alliances",
    "cow-states",
    "cow-majors",
    "cow-alliances",
    "cow-igo",
    "archigos",
    "icews",
    "gdelt",
];

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

/// A batch a table; what is wrong with it, and what was left out, goes to standard error.
#[cfg(feature = "tables")]
pub(crate) fn read(tables: &[Table]) -> Result<Vec<Batch>, Failure> {
    use comity::*;
    let read = |(nth, table): (usize, &Table)| {
        let name = table.path.display().to_string();
        let failed = |error: std::io::Error| Failure(format!("{name}: {error}"));
        let file = std::fs::File::open(&table.path).map_err(failed)?;
        // Each file is a source of its own: the first bears the name of the data set.
        let before = tables[..nth].iter().filter(|other| other.flag == table.flag).count();
        let source = if before == 0 { table.flag.to_owned() } else { format!("{}-{}", table.flag, before + 1) };
        let (batch, report) = match table.flag {
            "atop" => read_atop(file, &AtopOptions::new().file(&name).source(&source)),
            "atop-alliances" => read_atop_alliances(file, &AtopAlliancesOptions::new().file(&name).source(&source)),
            "cow-states" => read_cow_states(file, &CowStatesOptions::new().file(&name).source(&source)),
            "cow-majors" => read_cow_majors(file, &CowMajorsOptions::new().file(&name).source(&source)),
            "cow-alliances" => read_cow_alliances(file, &CowAlliancesOptions::new().file(&name).source(&source)),
            "cow-igo" => read_cow_igo(file, &CowIgoOptions::new().file(&name).source(&source)),
            "coalition-list" => read_coalition_list(file, &CoalitionListOptions::new().file(&name).source(&source)),
            "sanctions-list" => read_sanctions_list(file, &SanctionsListOptions::new().file(&name).source(&source)),
            "icews" => read_icews(file, &IcewsOptions::new().file(&name).source(&source)),
            "gdelt" => read_gdelt(file, &GdeltOptions::new().file(&name).source(&source)),
            _ => read_archigos(file, &ArchigosOptions::new().file(&name).source(&source)),
        };
        anstream::eprintln!("{report}");
        Ok(batch)
    };
    tables.iter().enumerate().map(read).collect()
}

#[cfg(not(feature = "tables"))]
pub(crate) fn read(tables: &[Table]) -> Result<Vec<Batch>, Failure> {
    match tables.first() {
        None => Ok(Vec::new()),
        Some(Table { flag, path }) => {
            let path = path.display();
            Err(Failure(format!("--{flag} {path}: tables are read by `cargo run --features tables --example ask`")))
        }
    }
}
