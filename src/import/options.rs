//! What every reader is told: how its file is called, and what it is as a source.

use crate::time::PartialDate;

/// What a reader's options hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) file: Box<str>,
    pub(super) source: Box<str>,
    pub(super) coverage_end: Option<PartialDate>,
}

/// The options of a reader: its name for them, the usual name of its file, and the id of the data set.
macro_rules! options {
    ($(#[$doc:meta])* $name:ident, $file:literal, $source:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[must_use]
        pub struct $name(pub(super) $crate::import::options::Reading);

        impl $name {
            #[doc = concat!("As the file comes: called `", $file, "`, the data set `", $source, "`.")]
            pub fn new() -> Self {
                Self($crate::import::options::Reading {
                    file: $file.into(),
                    source: $source.into(),
                    coverage_end: None,
                })
            }

            /// The name of the file, for diagnostics.
            pub fn file(mut self, name: &str) -> Self {
                self.0.file = name.into();
                self
            }

            /// The id of the data set as a source: unique in a corpus, so a second file of the same kind needs one of its own.
            pub fn source(mut self, id: &str) -> Self {
                self.0.source = id.into();
                self
            }

            /// The last day that the file covers, if it is not that of the versions which this reader knows. What goes on then is
            /// certain up to that day, and possible after.
            pub fn coverage_end(mut self, date: $crate::time::PartialDate) -> Self {
                self.0.coverage_end = Some(date);
                self
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
}
pub(super) use options;
