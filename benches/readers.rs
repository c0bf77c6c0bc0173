//! What a file of somebody's data costs to read, and to make a graph of: bytes a minute on one thread, and memory (Linux).
//!
//! `cargo bench --bench readers --features tables -- READER FILE [MAPPING]`, one file a run, for the peak of memory is the whole run's.
//! It asserts nothing but that the graph takes what the reader made.
#![allow(clippy::print_stdout, reason = "it is run to print")]

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::time::Instant;

use comity::{
    AnnotationMapping, ArchigosOptions, AtopAlliancesOptions, AtopOptions, Batch, BratOptions, CoalitionListOptions,
    CowAlliancesOptions, CowIgoOptions, CowMajorsOptions, CowStatesOptions, FollowTheMoneyOptions, GdeltOptions, Graph,
    IcewsOptions, ImportReport, LabelStudioOptions, SanctionsListOptions, WikidataOptions, read_archigos, read_atop,
    read_atop_alliances, read_brat_folder, read_coalition_list, read_cow_alliances, read_cow_igo, read_cow_majors,
    read_cow_states, read_follow_the_money, read_gdelt, read_icews, read_label_studio, read_sanctions_list,
    read_wikidata,
};

const USAGE: &str = "READER FILE [MAPPING]: atop, atop-alliances, cow-states, cow-majors, cow-alliances, cow-igo, archigos, icews, gdelt, \
                     coalition-list, sanctions-list, wikidata, ftm, label-studio, brat";

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo says that it is a bench.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [reader, path, ..] = &words[..] else {
        println!("readers: {USAGE}");
        return Ok(());
    };
    let size = size(Path::new(path))?;
    let begun = Instant::now();
    let (batch, report) = read(reader, path, words.get(2))?;
    let seconds = begun.elapsed().as_secs_f64();
    let (peak, batch_bytes) = (memory("VmHWM:"), memory("VmRSS:"));
    println!("{reader}: {}", report.to_string().lines().last().unwrap_or_default());
    println!(
        "{reader}: {} MB in {seconds:.2} s, {:.0} MB a minute",
        size / 1_000_000,
        megabytes(size) / seconds * 60.0
    );
    let (claims, begun) = (batch.claims(), Instant::now());
    let graph = Graph::new().apply(batch)?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{reader}: {claims} claims, {} nodes, a graph in another {seconds:.2} s", graph.nodes().len());
    let graph_bytes = memory("VmRSS:");
    println!(
        "{reader}: MB at most while reading {:.0}, the batch {:.0}, the graph {:.0}, at most {:.0}",
        megabytes(peak),
        megabytes(batch_bytes),
        megabytes(graph_bytes),
        megabytes(memory("VmHWM:"))
    );
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Of a file, or of the files of a folder.
fn size(path: &Path) -> std::io::Result<u64> {
    if path.is_file() {
        return Ok(fs::metadata(path)?.len());
    }
    fs::read_dir(path)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}

/// A line of what the system says of this process, in bytes; 0 where it says nothing.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() << 10
}

fn read(reader: &str, path: &str, mapping: Option<&String>) -> Result<(Batch, ImportReport), Box<dyn Error>> {
    let mapping = || -> Result<AnnotationMapping, Box<dyn Error>> {
        Ok(fs::read_to_string(mapping.ok_or("which mapping?")?)?.parse()?)
    };
    if reader == "brat" {
        return Ok(read_brat_folder(path.as_ref(), &BratOptions::new(mapping()?))?);
    }
    let file = File::open(path)?;
    Ok(match reader {
        "atop" => read_atop(file, &AtopOptions::new()),
        "atop-alliances" => read_atop_alliances(file, &AtopAlliancesOptions::new()),
        "cow-states" => read_cow_states(file, &CowStatesOptions::new()),
        "cow-majors" => read_cow_majors(file, &CowMajorsOptions::new()),
        "cow-alliances" => read_cow_alliances(file, &CowAlliancesOptions::new()),
        "cow-igo" => read_cow_igo(file, &CowIgoOptions::new()),
        "archigos" => read_archigos(file, &ArchigosOptions::new()),
        "icews" => read_icews(file, &IcewsOptions::new()),
        "gdelt" => read_gdelt(file, &GdeltOptions::new()),
        "coalition-list" => read_coalition_list(file, &CoalitionListOptions::new()),
        "sanctions-list" => read_sanctions_list(file, &SanctionsListOptions::new()),
        "wikidata" => read_wikidata(file, &WikidataOptions::new()),
        "ftm" => read_follow_the_money(file, &FollowTheMoneyOptions::new()),
        "label-studio" => read_label_studio(file, &LabelStudioOptions::new(mapping()?)),
        _ => return Err(USAGE.into()),
    })
}
