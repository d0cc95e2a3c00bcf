//! The whole site seen at once: which documents and clauses exist, and whether what one document says
//! about another is true. Pure; entry point: [`Targets`].

pub mod links;

use crate::content::Content;
use crate::content::fields::Located;
use crate::diag::{Diagnostic, Message, Span, nearest};
use crate::path::SourcePath;
use std::collections::{BTreeMap, BTreeSet};

/// Every document by the name that others use for it (its path without the content folder and the
/// file's ending; a folder's index by the folder with a `/`), with its clause ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets(BTreeMap<String, BTreeSet<String>>);

impl Targets {
    /// The targets that a site's documents make.
    pub fn new<'a>(
        root: &SourcePath,
        documents: impl IntoIterator<Item = (&'a SourcePath, &'a Content)>,
    ) -> Self {
        let named = documents.into_iter().map(|(path, content)| {
            let clauses = content.clauses().into_iter().map(str::to_owned).collect();
            (target_of(path, root), clauses)
        });
        Self(named.collect())
    }

    /// What is wrong with each target that a document names.
    #[must_use]
    pub fn check(&self, path: &SourcePath, content: &Content) -> Vec<Diagnostic> {
        let named = content.targets();
        named
            .into_iter()
            .filter_map(|target| self.dead(path, target))
            .collect()
    }

    fn dead(&self, path: &SourcePath, target: &Located<String>) -> Option<Diagnostic> {
        let (document, clause) = match target.value.split_once('#') {
            Some((document, clause)) => (document, Some(clause)),
            None => (target.value.as_str(), None),
        };
        let (message, guess) = match (self.0.get(document), clause) {
            (None, _) => (
                Message::new(
                    format!("没有文档 `{document}`"),
                    format!("there is no document `{document}`"),
                ),
                nearest(document, self.0.keys().map(String::as_str)),
            ),
            (Some(clauses), Some(clause)) if !clauses.contains(clause) => (
                Message::new(
                    format!("文档 `{document}` 中没有条款 `{clause}`"),
                    format!("the document `{document}` has no clause `{clause}`"),
                ),
                nearest(clause, clauses.iter().map(String::as_str)),
            ),
            _ => return None,
        };
        let span = Span {
            source: path.clone(),
            bytes: target.bytes.clone(),
        };
        let help = match guess {
            Some(guess) => Message::new(
                format!("是不是 `{guess}`？"),
                format!("did you mean `{guess}`?"),
            ),
            None => Message::new(
                "写源文件的路径，不带 content/ 和扩展名，如 industries/gas/checklist#gas-101",
                "write the source path without content/ and ending, such as industries/gas/checklist#gas-101",
            ),
        };
        Some(Diagnostic::error("dead-target", span, message).with_help(help))
    }
}

/// The name that other documents use for the document at `path`.
#[must_use]
pub fn target_of(path: &SourcePath, root: &SourcePath) -> String {
    let below = path
        .as_str()
        .strip_prefix(root.as_str())
        .unwrap_or(path.as_str());
    let below = below.trim_start_matches('/');
    let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
    stem.strip_suffix("_index").unwrap_or(stem).to_owned()
}
