//! Checks annotated articles, and says what is wrong and what is suspicious:
//! `cargo run --example check -- [--texts DIR] [--json] PATH...`.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use comity::{Batch, Loader, Report};
use indicatif::{ProgressBar, ProgressStyle};
use lexopt::prelude::{Long, Short, Value};

const HELP: &str = "\
usage: check [--texts DIR] [--json] PATH...

PATH is a file (*.json: one article; *.jsonl: one a line) or a folder of them.

  --texts DIR   also look here for the texts of the articles
  --json        one object a line: the diagnostics on standard output, the ledger on standard error

exit status: 0 all kept; 1 something was rejected; 2 wrong usage, or something could not be read";

const BAR: &str = "{bar:30} {bytes:>10} of {total_bytes} {msg}";

struct Options {
    loader: Loader,
    paths: Vec<PathBuf>,
    as_json: bool,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(Some(options)) => options,
        Ok(None) => return say(&mut io::stdout(), HELP, ExitCode::SUCCESS),
        Err(error) => return say(&mut io::stderr(), &format!("check: {error}\n\n{HELP}"), ExitCode::from(2)),
    };
    // On a terminal only: elsewhere it draws nothing.
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template(BAR).expect("it is a template"));
    let shown = bar.clone();
    let loader = options.loader.with_progress(move |so_far| {
        shown.set_length(so_far.of.unwrap_or(so_far.bytes));
        shown.set_position(so_far.bytes);
        shown.set_message(format!("{} ({} articles)", so_far.file, so_far.articles));
    });
    let loaded = loader.load_all(&options.paths);
    bar.finish_and_clear();
    let (loaded, unread) = match loaded {
        Ok(loaded) => (loaded, Vec::new()),
        Err(error) => {
            let cause = |one: &dyn Error| one.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            let unread = error.unread().iter().map(|one| format!("{one}{}", cause(one))).collect();
            (error.into_loaded(), unread)
        }
    };
    let status = match (unread.is_empty(), loaded.1.rejected()) {
        (true, 0) => ExitCode::SUCCESS,
        (true, _) => ExitCode::FAILURE,
        (false, _) => ExitCode::from(2),
    };
    // Who reads no further wants no more; the status says the rest.
    let _ = print(&loaded, &unread, options.as_json);
    status
}

fn options() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options { loader: Loader::new().with_suspicions(), paths: Vec::new(), as_json: false };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("texts") => options.loader = options.loader.with_texts(parser.value()?),
            Long("json") => options.as_json = true,
            Long("help") | Short('h') => return Ok(None),
            Value(path) => options.paths.push(path.into()),
            Long(_) | Short(_) => return Err(argument.unexpected()),
        }
    }
    if options.paths.is_empty() { Err("no PATH is given".into()) } else { Ok(Some(options)) }
}

fn print((batch, report): &(Batch, Report), unread: &[String], as_json: bool) -> io::Result<()> {
    let (mut out, mut aside) = (io::stdout().lock(), io::stderr().lock());
    unread.iter().try_for_each(|one| writeln!(aside, "check: {one}"))?;
    if !as_json {
        return writeln!(out, "{report}\n{} claims", batch.claims());
    }
    for diagnostic in report.diagnostics() {
        writeln!(out, "{}", serde_json::to_string(diagnostic)?)?;
    }
    out.flush()?;
    let (read, kept, rejected) = (report.read(), report.kept(), report.rejected());
    let ledger = serde_json::json!({ "read": read, "kept": kept, "rejected": rejected, "claims": batch.claims() });
    writeln!(aside, "{}", serde_json::json!({ "ledger": ledger }))
}

fn say(to: &mut impl Write, what: &str, status: ExitCode) -> ExitCode {
    let _ = writeln!(to, "{what}");
    status
}
