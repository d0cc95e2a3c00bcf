//! Addresses of other sites among the keys of files, for those who ask whether they still answer.

use super::{File, Role};
use crate::diag::Span;
use crate::external::Link;
use crate::parse::data;

/// The addresses of the web among the keys of a file, but for the site's own.
pub(super) fn addresses(file: &File) -> Vec<Link> {
    let mut nodes: Vec<&data::Node> = Vec::new();
    let entries = file.parsed.entries.value.iter();
    let others = entries.filter(|entry| file.role != Role::Settings || entry.key != "base_url");
    nodes.extend(others.map(|entry| &entry.node));
    let mut found = Vec::new();
    while let Some(node) = nodes.pop() {
        match &node.value {
            data::Value::Text(text)
                if text.starts_with("http://") || text.starts_with("https://") =>
            {
                found.push(Link {
                    address: text.clone(),
                    span: Span {
                        source: file.path.clone(),
                        bytes: node.bytes.clone(),
                    },
                });
            }
            data::Value::List(list) => nodes.extend(list),
            data::Value::Table(table) => nodes.extend(table.iter().map(|entry| &entry.node)),
            _ => {}
        }
    }
    found
}
