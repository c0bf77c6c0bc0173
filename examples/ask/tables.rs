//! Other people's data beside the articles: `--wikidata FILE`, `--atop FILE` and the like. Tables need the feature `tables`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use comity::{
    AnnotationMapping, Batch, BratOptions, FollowTheMoneyOptions, ImportReport, LabelStudioOptions, Source,
    WikidataOptions, read_brat_folder, read_follow_the_money, read_label_studio, read_wikidata,
};

use crate::Failure;

/// The options that name a table.
const FLAGS: [&str; 15] = [
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
    "wikidata",
    "ftm",
    "brat",
    "label-studio",
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

/// A batch a file; what is wrong with it, and what was left out, goes to standard error.
pub(crate) fn read(tables: &[Table], mapping: Option<&Path>) -> Result<Vec<Batch>, Failure> {
    let read = |(nth, table): (usize, &Table)| {
        // Each file is a source of its own: the first bears the name of the data set.
        let before = tables[..nth].iter().filter(|other| other.flag == table.flag).count();
        let source = if before == 0 { table.flag.to_owned() } else { format!("{}-{}", table.flag, before + 1) };
        let (batch, report) = read_one(table, &source, mapping)?;
        anstream::eprintln!("{report}");
        Ok(batch)
    };
    tables.iter().enumerate().map(read).collect()
}

fn read_one(table: &Table, source: &str, mapping: Option<&Path>) -> Result<(Batch, ImportReport), Failure> {
    let name = table.path.display().to_string();
    let unread = |error: std::io::Error| Failure(format!("{name}: {error}"));
    if table.flag == "brat" {
        let options = BratOptions::new(read_mapping(table.flag, mapping)?).source(Source::article(source));
        return read_brat_folder(&table.path, &options).map_err(unread);
    }
    let file = File::open(&table.path).map_err(unread)?;
    Ok(match table.flag {
        "wikidata" => read_wikidata(file, &WikidataOptions::new().file(&name).source(source)),
        "ftm" => read_follow_the_money(file, &FollowTheMoneyOptions::new().file(&name).source(source)),
        "label-studio" => {
            let options = LabelStudioOptions::new(read_mapping(table.flag, mapping)?).file(&name);
            read_label_studio(file, &options.source(Source::article(source)))
        }
        flag => read_table(flag, file, &name, source)?,
    })
}

/// What labels mean is the user's word: without it nothing could be made of them.
fn read_mapping(flag: &str, mapping: Option<&Path>) -> Result<AnnotationMapping, Failure> {
    let path = mapping.ok_or_else(|| Failure(format!("--{flag} needs --mapping FILE: what its labels are")))?;
    let wrong = |error: &dyn std::fmt::Display| Failure(format!("{}: {error}", path.display()));
    fs::read_to_string(path).map_err(|error| wrong(&error))?.parse().map_err(|error| wrong(&error))
}

#[cfg(feature = "tables")]
fn read_table(flag: &str, file: File, name: &str, source: &str) -> Result<(Batch, ImportReport), Failure> {
    use comity::*;
    Ok(match flag {
        "atop" => read_atop(file, &AtopOptions::new().file(name).source(source)),
        "atop-alliances" => read_atop_alliances(file, &AtopAlliancesOptions::new().file(name).source(source)),
        "cow-states" => read_cow_states(file, &CowStatesOptions::new().file(name).source(source)),
        "cow-majors" => read_cow_majors(file, &CowMajorsOptions::new().file(name).source(source)),
        "cow-alliances" => read_cow_alliances(file, &CowAlliancesOptions::new().file(name).source(source)),
        "cow-igo" => read_cow_igo(file, &CowIgoOptions::new().file(name).source(source)),
        "coalition-list" => read_coalition_list(file, &CoalitionListOptions::new().file(name).source(source)),
        "sanctions-list" => read_sanctions_list(file, &SanctionsListOptions::new().file(name).source(source)),
        "icews" => read_icews(file, &IcewsOptions::new().file(name).source(source)),
        "gdelt" => read_gdelt(file, &GdeltOptions::new().file(name).source(source)),
        _ => read_archigos(file, &ArchigosOptions::new().file(name).source(source)),
    })
}

#[cfg(not(feature = "tables"))]
fn read_table(flag: &str, _: File, name: &str, _: &str) -> Result<(Batch, ImportReport), Failure> {
    Err(Failure(format!("--{flag} {name}: tables are read by `cargo run --features tables --example ask`")))
}
