//! Where the texts of articles are looked for.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::checks::texts::{Found, Here};
use super::syntax::Article;
use super::text::as_read;
use crate::provenance::Newlines;
use crate::text::Digest;

/// Looks for texts beside the annotations and in one more folder.
#[derive(Debug)]
pub(super) struct TextFiles {
    folder: Option<PathBuf>,
    /// The texts of the folder by their digest, for annotations that do not name their file.
    by_digest: OnceLock<FxHashMap<Digest, Arc<str>>>,
}

impl TextFiles {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, by_digest: OnceLock::new() }
    }

    /// The text of an article whose annotation is in this folder.
    pub(super) fn find(&self, article: &Article<'_>, beside: Option<&Path>) -> Found {
        let Some(record) = article.head.as_ref().and_then(|head| head.text_record.as_ref()) else {
            return Found::Nowhere;
        };
        let newlines = record.newlines.map_or(Newlines::Lf, |newlines| newlines.0);
        if let Some(content) = &record.content {
            return Found::Here(Here::new(as_read(content, newlines)));
        }
        let file = record.file.as_deref();
        let id = article.id.as_deref().filter(|id| !id.contains('/')).map(|id| format!("{id}.txt"));
        let named = [beside, self.folder.as_deref()]
            .into_iter()
            .flatten()
            .zip([file, file])
            .filter_map(|(folder, file)| Some(folder.join(file?)));
        let by_id = self.folder.iter().filter_map(|folder| Some(folder.join(id.as_ref()?)));
        for path in named.chain(by_id) {
            match std::fs::read(&path) {
                Ok(bytes) => return text_of(bytes, newlines),
                Err(error) if is_absent(error.kind()) => {}
                Err(error) => return Found::Unreadable(format!("the text cannot be read: {error}")),
            }
        }
        let digest = record.sha256.map(|digest| digest.0);
        match digest.and_then(|digest| Some((digest, self.by_digest().get(&digest)?))) {
            Some((digest, text)) => Found::Here(Here { text: text.clone(), digest }),
            None if file.is_some() => Found::Absent,
            None => Found::Nowhere,
        }
    }

    fn by_digest(&self) -> &FxHashMap<Digest, Arc<str>> {
        self.by_digest.get_or_init(|| {
            let mut texts = FxHashMap::default();
            let entries = self.folder.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
            let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
            paths.sort();
            for path in paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
                let Some(text) = std::fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
                    continue;
                };
                for newlines in [Newlines::Lf, Newlines::Raw] {
                    let text: Arc<str> = as_read(&text, newlines).into();
                    texts.entry(Digest::of(&text)).or_insert(text);
                }
            }
            texts
        })
    }
}

/// Whether it says that there is no such file, rather than one that cannot be read.
fn is_absent(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename)
}

fn text_of(bytes: Vec<u8>, newlines: Newlines) -> Found {
    match String::from_utf8(bytes) {
        Ok(text) => Found::Here(Here::new(as_read(&text, newlines))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Found::Unreadable(format!("the text is not UTF-8: see its byte {at}"))
        }
    }
}
