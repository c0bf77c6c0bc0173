//! Asks the five articles, any others in the native format, and other people's tables: `cargo run --example ask -- members "Group of Friends"`.
//!
//! For people by default; with `--json` one object a line. `--help` lists the questions.

mod answers;
mod names;
mod options;
mod print;
mod tables;

use std::process::ExitCode;

use comity::{Graph, Loader, View};
use options::{Options, Usage};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            anstream::eprintln!("ask: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Failure> {
    let options = match options::read(std::env::args_os()) {
        Ok(options) => options,
        Err(Usage::Help) => {
            anstream::println!("{}", options::HELP);
            return Ok(());
        }
        Err(Usage::Wrong(message)) => return Err(Failure(format!("{message}\n\n{}", options::HELP))),
    };
    let graph = load(&options)?;
    let view = look(&graph, &options)?;
    let answers = match answers::ask(view, &options) {
        Ok(answers) => answers,
        Err(names::Unresolved { message, json }) => {
            if options.json {
                anstream::println!("{json}");
            }
            return Err(Failure(message));
        }
    };
    print::print(&answers, &options);
    Ok(())
}

/// The articles as one graph; what is wrong with them goes to standard error.
fn load(options: &Options) -> Result<Graph, Failure> {
    let mut loader = Loader::new();
    if let Some(folder) = &options.texts {
        loader = loader.with_texts(folder);
    }
    let (batch, report) = loader.load_all(&options.articles).map_err(Failure::from)?;
    if report.rejected() > 0 {
        anstream::eprint!("{report}");
    }
    let mut batches = vec![batch];
    if options.reference {
        batches.push(comity::reference_memberships());
    }
    batches.extend(tables::read(&options.tables, options.mapping.as_deref())?);
    Graph::new().apply_all(batches).map_err(Failure::from)
}

/// The view through the filters of the command line.
fn look<'g>(graph: &'g Graph, options: &Options) -> Result<View<'g>, Failure> {
    let mut view = graph.view();
    // For `diff` the dates and voices are its two sides.
    let is_diff = options.query == "diff";
    if let Some(date) = options.as_of.filter(|_| !is_diff) {
        view = options::as_of(view, date);
    }
    if let Some(date) = options.published_by {
        view = view.published_by(date.last());
    }
    for article in &options.without {
        let source = graph.source(article).ok_or_else(|| {
            let known: Vec<_> = graph.sources().map(|source| source.id()).collect();
            Failure(format!("no article has the id {article:?}; the articles are {}", known.join(", ")))
        })?;
        view = view.without(source);
    }
    if !is_diff || options.as_of.is_some() {
        for name in &options.according_to {
            let actor = names::node(view, name).map_err(|error| Failure(error.message))?;
            view = view.according_to(actor);
        }
    }
    Ok(view)
}

/// Why there is no answer.
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
