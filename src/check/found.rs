//! The findings of publishing rules about one document, gathered while it is gone through.

use super::rules;
use crate::diag::{Diagnostic, Span};
use crate::graph::{Document, Site};
use std::ops::Range;

/// The findings about a document so far.
pub(super) struct Found<'a> {
    /// The site.
    pub(super) site: &'a Site,
    /// The document.
    pub(super) document: &'a Document,
    /// What was found.
    pub(super) all: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    /// None so far.
    pub(super) fn new(site: &'a Site, document: &'a Document) -> Self {
        Self {
            site,
            document,
            all: Vec::new(),
        }
    }

    /// One of a rule, as heavy as the rule is, at a place of the document.
    pub(super) fn add(
        &mut self,
        code: &'static str,
        bytes: &Range<usize>,
        message: [String; 2],
        help: [&str; 2],
    ) {
        let span = Span {
            source: self.document.path.clone(),
            bytes: bytes.clone(),
        };
        let help = help.map(str::to_owned);
        self.all.push(rules::finding(code, span, message, help));
    }
}
