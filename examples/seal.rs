//! Makes an annotation of a draft that quotes: `cargo run --example seal -- --text FILE [--strip] [--output FILE] DRAFT`.
//!
//! A draft is an article of the native format whose mentions say `exact` (and `occurrence`, from 1) instead of `spans` and
//! `hash`. What the reader would say of the sealed article is told too.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use comity::{Loader, Sealer, Severity};
use lexopt::prelude::{Long, Short, Value};

const HELP: &str = "\
usage: seal --text FILE [--strip] [--output FILE] DRAFT

  --text FILE     the text of the article
  --strip         leave the words out, for texts that may not be shared
  --output FILE   write the sealed article there, not to standard output

exit status: 0 sealed and sound; 1 something is wrong with the draft; 2 wrong usage, or something could not be read";

#[derive(Default)]
struct Options {
    text: PathBuf,
    draft: PathBuf,
    output: Option<PathBuf>,
    strip: bool,
}

fn main() -> ExitCode {
    let told = match options() {
        Ok(Some(options)) => seal(&options),
        Ok(None) => writeln!(io::stdout(), "{HELP}").map(|()| ExitCode::SUCCESS).map_err(Into::into),
        Err(error) => Err(format!("{error}\n\n{HELP}").into()),
    };
    told.unwrap_or_else(|error| {
        tell([format!("seal: {error}")]);
        ExitCode::from(2)
    })
}

fn options() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("text") => options.text = parser.value()?.into(),
            Long("output") => options.output = Some(parser.value()?.into()),
            Long("strip") => options.strip = true,
            Long("help") | Short('h') => return Ok(None),
            Value(path) if options.draft.as_os_str().is_empty() => options.draft = path.into(),
            Value(_) | Long(_) | Short(_) => return Err(argument.unexpected()),
        }
    }
    match options.text.as_os_str().is_empty() || options.draft.as_os_str().is_empty() {
        true => Err("a text and a draft are needed".into()),
        false => Ok(Some(options)),
    }
}

fn seal(Options { text, draft, output, strip }: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let read = |path: &PathBuf| {
        std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
    };
    let (text, words) = (read(text)?, read(draft)?);
    let sealer = Sealer::new(&text);
    let sealed = match if *strip { sealer.without_words() } else { sealer }.seal(&words) {
        Ok(sealed) => sealed,
        Err(problems) => {
            tell(problems.iter().map(|problem| format!("{}:{problem}", draft.display())));
            return Ok(ExitCode::FAILURE);
        }
    };
    match output {
        Some(output) => std::fs::write(output, &sealed)?,
        None => io::stdout().write_all(sealed.as_bytes())?,
    }
    let name = output.as_ref().map_or("sealed.json".into(), |output| output.to_string_lossy());
    let (_, report) = Loader::new().read_str(&name, &sealed);
    let errors = report.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    tell(errors);
    Ok(if report.rejected() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(lines: impl IntoIterator<Item = impl Display>) {
    // Where nobody listens the exit status says it.
    lines.into_iter().for_each(|line| drop(writeln!(io::stderr(), "{line}")));
}
