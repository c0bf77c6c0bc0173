//! Runs a workload, and writes its row.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::arguments::Arguments;

pub(crate) type Failure = Box<dyn std::error::Error>;

/// A workload to run.
pub(crate) struct Run {
    name: &'static str,
    /// Bytes on disk, where it writes some.
    pub(crate) bytes: Option<u64>,
}

impl Run {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, bytes: None }
    }
}

pub(crate) struct Clock {
    /// The name and the version of what answers.
    peer: (&'static str, &'static str),
    scale: String,
    results: Option<PathBuf>,
    only: Vec<String>,
    /// How often a workload is timed, if not as often as the comparison says: for a profiler.
    runs: Option<usize>,
    /// The workloads and the checksums of their answers.
    answers: Vec<(&'static str, String)>,
}

/// The published checksums of W5, which the file of the others does not have.
const W5: [(&str, &str); 2] = [("S", "3bdc3928e1239d7d"), ("M", "3b9f0db28b2257e4")];

#[derive(Clone, Copy)]
struct Lap {
    wall: Duration,
    cpu: Duration,
}

/// User and system time of this process, all threads, in hundredths of a second; zero where the system does not say.
fn cpu() -> Duration {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// A line of the process's status, in megabytes.
fn megabytes(line: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = text.lines().find_map(|one| one.strip_prefix(line)).and_then(|rest| rest.split_whitespace().next());
    field.and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1_024 / 1_000_000
}

fn lap<T>(work: impl FnOnce() -> T) -> (T, Lap) {
    let (start, before) = (Instant::now(), cpu());
    let done = work();
    (done, Lap { wall: start.elapsed(), cpu: cpu() - before })
}

impl Clock {
    pub(crate) fn new(peer: (&'static str, &'static str), given: &Arguments) -> Self {
        let Arguments { scale, results, only, runs, .. } = given;
        let (scale, results, only) = (scale.clone(), results.clone(), only.clone());
        Self { peer, scale, results, only, runs: *runs, answers: Vec::new() }
    }

    pub(crate) fn wants(&self, name: &str) -> bool {
        let family = name.split('-').next().unwrap_or(name);
        self.only.is_empty() || self.only.iter().any(|only| only == name || only == family)
    }

    /// W1, under this name: a warm-up and then runs, as many as the scale allows.
    pub(crate) fn load<T>(&self, name: &'static str, work: impl Fn() -> Result<T, Failure>) -> Result<T, Failure> {
        let runs = match self.scale.as_str() {
            "S" => 4,
            "M" => 2,
            _ => 1,
        };
        let runs = if self.wants(name) { runs } else { 1 };
        let (loaded, first) = lap(&work);
        let mut loaded = loaded?;
        let mut laps = vec![first];
        for _ in 1..runs {
            drop(loaded);
            let (again, time) = lap(&work);
            loaded = again?;
            laps.push(time);
        }
        let laps = if laps.len() > 1 { &laps[1..] } else { &laps };
        if self.wants(name) {
            self.row(&Run::new(name), laps, None)?;
        }
        Ok(loaded)
    }

    /// The median of five runs after a warm-up, of three where one takes a second; what it answered is checked once.
    pub(crate) fn run<T>(
        &mut self,
        run: &Run,
        work: impl Fn() -> T,
        answer: impl FnOnce(&T) -> String,
    ) -> Result<(), Failure> {
        if !self.wants(run.name) {
            return Ok(());
        }
        let (answered, first) = lap(&work);
        let answer = answer(&answered);
        drop(answered);
        let usual = if first.wall < Duration::from_secs(1) { 5 } else { 3 };
        let runs = self.runs.unwrap_or(usual);
        // What it answered is held until the clock has stopped.
        let laps: Vec<Lap> = (0..runs).map(|_| lap(&work).1).collect();
        self.row(run, &laps, Some(&answer))?;
        self.answers.push((run.name, answer));
        Ok(())
    }

    /// Fails if an answer has another checksum than the file says.
    pub(crate) fn verdict(&self, file: Option<&Path>) -> Result<(), Failure> {
        let Some(file) = file else { return Ok(()) };
        let published: serde_json::Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        for (name, answer) in &self.answers {
            let family = match name.split('-').next().unwrap_or(name) {
                // A graph that was saved and loaded again answers W2.
                "W9" => "W2",
                family => family,
            };
            let of_w5 = W5.iter().find(|(scale, _)| family == "W5" && *scale == self.scale).map(|(_, digest)| *digest);
            let wanted = of_w5.or(published[format!("{family}:all")].as_str());
            if wanted != Some(answer) {
                return Err(format!("{name}: the answer is {answer}, published is {}", wanted.unwrap_or("none")).into());
            }
        }
        println!("{} answers are those that are published", self.answers.len());
        Ok(())
    }

    fn row(&self, run: &Run, laps: &[Lap], answer: Option<&str>) -> Result<(), Failure> {
        let median = |of: fn(&Lap) -> Duration| {
            let mut times: Vec<Duration> = laps.iter().map(of).collect();
            times.sort_unstable();
            times[times.len() / 2].as_secs_f64()
        };
        let least = laps.iter().map(|lap| lap.wall.as_secs_f64()).fold(f64::INFINITY, f64::min);
        let mut row = serde_json::json!({
            "peer": self.peer.0,
            "version": self.peer.1,
            "scale": self.scale,
            "w": run.name,
            "median_s": median(|lap| lap.wall),
            "cpu_s": median(|lap| lap.cpu),
            "min_s": least,
            "runs": laps.len(),
            "peak_rss_mb": megabytes("VmHWM:"),
            "rss_mb": megabytes("VmRSS:"),
            "ans": answer,
            "note": "",
        });
        if let Some(bytes) = run.bytes {
            row["bytes"] = bytes.into();
        }
        println!(
            "{:10} {:>11.3} ms  min {:>11.3} ms  peak {} MB  {}",
            run.name,
            median(|lap| lap.wall) * 1e3,
            least * 1e3,
            megabytes("VmHWM:"),
            answer.unwrap_or("-")
        );
        if let Some(path) = &self.results {
            let mut file = OpenOptions::new().create(true).append(true).open(path)?;
            writeln!(file, "{row}")?;
        }
        Ok(())
    }
}
