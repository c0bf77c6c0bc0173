//! Event data, if any are given.

use comity::Batch;

use crate::Failure;
use crate::options::Options;

/// A batch a file; what became of its rows goes to standard error.
#[cfg(feature = "tables")]
pub(crate) fn read(options: &Options) -> Result<Vec<Batch>, Failure> {
    use comity::{GdeltOptions, IcewsOptions, read_gdelt, read_icews};
    let open = |path: &std::path::Path| {
        let file = std::fs::File::open(path).map_err(|error| Failure(format!("{}: {error}", path.display())));
        file.map(|file| (file, path.display().to_string()))
    };
    // Each file is a source of its own: the first bears the name of the data set.
    let source = |set: &str, nth: usize| if nth == 0 { set.to_owned() } else { format!("{set}-{}", nth + 1) };
    let mut batches = Vec::new();
    for (nth, path) in options.icews.iter().enumerate() {
        let (file, name) = open(path)?;
        batches.push(read_icews(file, &IcewsOptions::new().file(&name).source(&source("icews", nth))));
    }
    for (nth, path) in options.gdelt.iter().enumerate() {
        let (file, name) = open(path)?;
        batches.push(read_gdelt(file, &GdeltOptions::new().file(&name).source(&source("gdelt", nth))));
    }
    let told = |(batch, report)| {
        anstream::eprintln!("{report}");
        batch
    };
    Ok(batches.into_iter().map(told).collect())
}

/// Without the feature there is nothing that reads them.
#[cfg(not(feature = "tables"))]
pub(crate) fn read(options: &Options) -> Result<Vec<Batch>, Failure> {
    match options.icews.is_empty() && options.gdelt.is_empty() {
        true => Ok(Vec::new()),
        false => Err(Failure("event data are read with the feature `tables`: cargo run --features tables ...".into())),
    }
}
