//! A published page as a browser would see it: its tags, ids, links and title, read by an HTML tokenizer.

use anjian::path::percent_decode;
use anjian::write::memory::MemoryOutput;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};

/// A start tag.
pub struct Tag {
    /// The element.
    pub name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    /// The value of an attribute, its character references resolved.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// A page.
pub struct Page {
    /// Its file below the output folder.
    pub file: String,
    /// Its start tags in order.
    pub all: Vec<Tag>,
    /// The text of its title.
    pub title: String,
    /// Its ids.
    pub ids: BTreeSet<String>,
    /// Ids that stand twice.
    pub repeated: Vec<String>,
    /// Levels of its headings in order.
    pub headings: Vec<u32>,
    /// Where it leads at once.
    pub refresh: Option<String>,
}

/// Every published page by its file.
pub fn pages(output: &MemoryOutput) -> BTreeMap<String, Page> {
    let files = output
        .files
        .iter()
        .map(|(file, bytes)| (file.as_str(), bytes));
    let files = files.filter(|(file, _)| file.ends_with(".html"));
    files
        .map(|(file, bytes)| {
            let text = std::str::from_utf8(bytes).expect("a page is UTF-8");
            (file.to_owned(), page(file, text))
        })
        .collect()
}

fn page(file: &str, text: &str) -> Page {
    let mut page = Page {
        file: file.to_owned(),
        all: Vec::new(),
        title: String::new(),
        ids: BTreeSet::new(),
        repeated: Vec::new(),
        headings: Vec::new(),
        refresh: None,
    };
    let own = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a page is UTF-8");
    let mut emitter = DefaultEmitter::<()>::default();
    // The contents of scripts and of the title are texts and no tags.
    emitter.naively_switch_states(true);
    let mut in_title = false;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token.expect("a text can be read") {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                let tag = Tag {
                    name: own(&tag.name),
                    attributes: attributes
                        .map(|(key, value)| (own(key), own(value)))
                        .collect(),
                };
                in_title = tag.name == "title";
                page.add(tag);
            }
            Token::EndTag(_) => in_title = false,
            Token::String(words) if in_title => page.title += &own(&words),
            Token::Error(error) => panic!("{file}: {error:?}"),
            _ => {}
        }
    }
    page
}

impl Page {
    fn add(&mut self, tag: Tag) {
        if let Some(id) = tag.get("id")
            && !self.ids.insert(id.to_owned())
        {
            self.repeated.push(id.to_owned());
        }
        if let Some(level) = tag
            .name
            .strip_prefix('h')
            .and_then(|rest| rest.parse().ok())
        {
            self.headings.push(level);
        }
        if tag.get("http-equiv") == Some("refresh") {
            let content = tag.get("content").unwrap_or_default();
            self.refresh = content.split_once("url=").map(|(_, url)| url.to_owned());
        }
        self.all.push(tag);
    }

    /// The tags of one element.
    pub fn tags(&self, name: &str) -> impl Iterator<Item = &Tag> {
        self.all.iter().filter(move |tag| tag.name == name)
    }

    /// How many elements of a name there are.
    pub fn elements(&self, name: &str) -> usize {
        self.tags(name).count()
    }

    /// The values of the `<meta>` tags of a name.
    pub fn meta(&self, name: &str) -> Vec<&str> {
        let named = self
            .tags("meta")
            .filter(|tag| tag.get("name") == Some(name));
        named
            .map(|tag| tag.get("content").unwrap_or_default())
            .collect()
    }

    /// The page's own whole address.
    pub fn canonical(&self) -> Option<&str> {
        let mut links = self.tags("link");
        let found = links.find(|tag| tag.get("rel") == Some("canonical"));
        found.and_then(|tag| tag.get("href"))
    }

    /// Every address in an attribute.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        let tags = self.all.iter();
        tags.flat_map(|tag| {
            ["href", "src", "action", "data-href"]
                .into_iter()
                .filter_map(|key| tag.get(key))
        })
        .chain(self.refresh.as_deref())
    }

    /// Every id that another element of the page names.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let keys = [
            "for",
            "headers",
            "aria-labelledby",
            "aria-describedby",
            "aria-controls",
        ];
        let tags = self.all.iter();
        tags.flat_map(move |tag| keys.into_iter().filter_map(|key| tag.get(key)))
            .flat_map(str::split_whitespace)
    }

    /// The file that a relative address names, if it stays below the site's root, and the anchor.
    pub fn resolve(&self, address: &str) -> (Option<String>, String) {
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let anchor = percent_decode(anchor).to_string();
        if path.is_empty() {
            return (Some(self.file.clone()), anchor);
        }
        let folder = self.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_none() => return (None, anchor),
                ".." => {}
                part => parts.push(part),
            }
        }
        let mut below = parts.join("/");
        if path.ends_with('/') || path.ends_with("..") || path == "." {
            below.push('/');
        }
        (Some(file_of(&percent_decode(&below))), anchor)
    }

    /// Whether no heading is more than one level below the one before it.
    pub fn headings_step_by_one(&self) -> bool {
        let after = self.headings.iter().skip(1);
        let mut pairs = self.headings.iter().zip(after);
        pairs.all(|(before, after)| *after <= before + 1)
    }
}

/// The file that answers a site path.
pub fn file_of(path: &str) -> String {
    let path = path.trim_start_matches('/');
    match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path.to_owned(),
    }
}

/// The scheme of an address, if it has one.
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let letters = scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    (letters && !scheme.is_empty()).then_some(scheme)
}
