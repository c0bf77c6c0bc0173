//! One article of a graph in the native format.

use crate::article::write::document;
use crate::article::{ArticleDocument, WriteError};
use crate::graph::SourceRef;

impl<'g> SourceRef<'g> {
    /// The article, to be written in the native format: as it was read, whatever else the graph knows.
    ///
    /// Linear in the claims of the graph.
    ///
    /// # Errors
    /// [`WriteError`] if it cannot be written as an article: a data set, or claims without words.
    ///
    /// ```
    /// use comity::{Batch, Graph, Source};
    /// let mut batch = Batch::new();
    /// batch.source(Source::article("note").text("Peru.\n"));
    /// let graph = Graph::new().apply(batch)?;
    /// let note = graph.source("note").expect("just added").document()?;
    /// assert!(note.to_json().starts_with("{\n  \"format\": 1,\n  \"id\": \"note\",\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn document(self) -> Result<ArticleDocument<'g>, WriteError> {
        document(&self.graph.records, self.index)
    }
}
