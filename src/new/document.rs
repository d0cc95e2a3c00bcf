//! Where a new document goes and what it holds. Knows the site's settings and its list of industries,
//! not its files: which of them exist already is for `disk` to see.

use super::NewFile;
use super::example::{self, Filling, ending};
use super::folders;
use super::id::Id;
use crate::config::Config;
use crate::content::vocabulary::{Term, Vocabularies};
use crate::diag::{Message, nearest};
use jiff::civil::Date;

/// What is to be done for a new document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The document.
    pub document: NewFile,
    /// The files, below the site's folder, that would answer the same address.
    pub rivals: Vec<String>,
    /// The folders it stands in, below the content folder, outermost first.
    pub folders: Vec<String>,
}

/// Plans a document of a kind (one of [`super::KINDS`]).
///
/// # Errors
/// Why the document cannot stand there.
pub fn plan(
    kind: &str,
    id: &Id,
    today: Date,
    config: &Config,
    vocabularies: &Vocabularies,
) -> Result<Plan, Message> {
    let target = target(kind, id, config, vocabularies)?;
    let stem = match target.ends_with('/') {
        true => format!("{target}_index"),
        false => target.clone(),
    };
    let trade = match kind {
        "industry" => Some(trade_of_industry(id.last(), vocabularies)?),
        _ => trade_of_path(&target, vocabularies),
    };
    let filling = Filling {
        today,
        name: id.last(),
        trade,
    };
    Ok(Plan {
        document: NewFile {
            path: format!("content/{stem}.{}", ending(kind)),
            text: example::text(kind, &filling),
        },
        rivals: indexes(target.trim_end_matches('/'))
            .chain(
                [".md", ".toml"]
                    .map(|end| format!("content/{}{end}", target.trim_end_matches('/'))),
            )
            .collect(),
        folders: folders_above(&stem),
    })
}

/// The files that may be a folder's index, below the site's folder.
pub fn indexes(folder: &str) -> impl Iterator<Item = String> {
    let names = [
        "_index.md",
        "_index.toml",
        "index.md",
        "README.md",
        "readme.md",
    ];
    names
        .into_iter()
        .map(move |name| format!("content/{folder}/{name}"))
}

/// The name by which other documents will link to it; a folder's own page ends in `/`.
fn target(
    kind: &str,
    id: &Id,
    config: &Config,
    vocabularies: &Vocabularies,
) -> Result<String, Message> {
    let path = id.path();
    match kind {
        "industry" if id.is_bare() => return Ok(format!("industries/{path}/")),
        "industry" => return Ok(format!("{path}/")),
        "page" if id.is_folder() => return Ok(format!("{path}/")),
        _ if id.is_folder() => {
            return Err(Message::new(
                format!(
                    "编号以 / 结尾的是栏目自己的页面，只能是 page 或 industry；去掉 `{path}/` 末尾的 /"
                ),
                format!(
                    "an id that ends in / is a folder's own page, which is a page or an industry; write `{path}` without it"
                ),
            ));
        }
        "page" => return Ok(path.to_owned()),
        _ if !id.is_bare() => return Ok(path.to_owned()),
        _ => {}
    }
    let chosen = config.kinds.iter().find(|(_, of)| *of == kind);
    if let Some((folder, _)) = chosen {
        return Ok(format!("{folder}/{path}"));
    }
    let specification = ["checklist", "guide", "rules", "patrol"].contains(&kind);
    if specification && term(path, vocabularies).is_some() {
        return Ok(format!("industries/{path}/{kind}"));
    }
    Ok(format!("{}/{path}", folders::standard(kind)))
}

fn industries(vocabularies: &Vocabularies) -> &[Term] {
    let list = vocabularies.lists.get("industries");
    list.map_or(&[], |list| &list.terms)
}

fn term<'a>(id: &str, vocabularies: &'a Vocabularies) -> Option<&'a Term> {
    let mut terms = industries(vocabularies).iter();
    terms.find(|term| term.id.value == id)
}

/// The industry whose page is asked for. A site without a list of industries takes any word.
fn trade_of_industry<'a>(
    id: &'a str,
    vocabularies: &'a Vocabularies,
) -> Result<(&'a str, &'a str), Message> {
    let terms = industries(vocabularies);
    if terms.is_empty() {
        return Ok((id, id));
    }
    if let Some(term) = term(id, vocabularies) {
        return Ok((&term.id.value, &term.title));
    }
    let ids = terms.iter().map(|term| term.id.value.as_str());
    Err(match nearest(id, ids) {
        Some(guess) => Message::new(
            format!("`content/vocabulary/industries.toml` 中没有行业 `{id}`；是不是 `{guess}`？"),
            format!(
                "`content/vocabulary/industries.toml` has no industry `{id}`; did you mean `{guess}`?"
            ),
        ),
        None => Message::new(
            format!("`content/vocabulary/industries.toml` 中没有行业 `{id}`；先在那里加上一项"),
            format!(
                "`content/vocabulary/industries.toml` has no industry `{id}`; add it there first"
            ),
        ),
    })
}

/// The industry in whose folder a document stands.
fn trade_of_path<'a>(path: &str, vocabularies: &'a Vocabularies) -> Option<(&'a str, &'a str)> {
    let (folder, _) = path.rsplit_once('/')?;
    let mut parts = folder.rsplit('/');
    let term = parts.find_map(|part| term(part, vocabularies))?;
    Some((&term.id.value, &term.title))
}

fn folders_above(stem: &str) -> Vec<String> {
    let slashes = stem.match_indices('/');
    slashes.map(|(at, _)| stem[..at].to_owned()).collect()
}
