//! Which pages are to be had as documents for Word and Excel, by what purpose readers look for them, and which of them
//! go together into the kit of an industry and a size class.

use super::editions::specification;
use super::{PageId, Site};
use crate::content::Kind;
use crate::content::fields::Located;
use crate::content::letter::LETTER_KINDS;
use crate::path::{OutputPath, UrlPath};

/// Where all documents to download are listed.
pub const DOWNLOADS: &str = "/downloads/";

/// The four specifications in the order in which an enterprise works with them, then what it keeps and signs.
const PURPOSES: [&str; 4] = ["checklist", "rules", "guide", "patrol"];

/// What readers look for a document by, in the order of lists: the kind's word, for letters what the letter is.
#[must_use]
pub fn purposes() -> Vec<&'static str> {
    let kinds = PURPOSES.into_iter().chain(["register"]);
    kinds.chain(LETTER_KINDS).chain(["form"]).collect()
}

/// What readers look for a page's document by; nothing where the page is not to be had as one.
#[must_use]
pub fn purpose(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Checklist(..)
        | Kind::Rules(..)
        | Kind::Guide(..)
        | Kind::Patrol(..)
        | Kind::Register(_)
        | Kind::Form(_) => Some(kind.word()),
        Kind::Letter(letter) => Some(&letter.letter_kind.value),
        _ => None,
    }
}

/// Where the document of a page is published; nothing where its kind has none. It is called like the page's source,
/// in ASCII where that is, as some programs garble other names; readers see the title.
#[must_use]
pub fn path(site: &Site, id: PageId) -> Option<OutputPath> {
    let page = &site.pages[id];
    // What is filled in is a workbook, what is read or signed a paper.
    let extension = match &page.document.content.kind {
        Kind::Form(_) | Kind::Register(_) | Kind::Checklist(..) | Kind::Rules(..) => "xlsx",
        Kind::Letter(_) | Kind::Guide(..) | Kind::Patrol(..) => "docx",
        _ => return None,
    };
    let name = match page.target.rsplit('/').next() {
        None | Some("") => "index",
        Some(name) => name,
    };
    Some(UrlPath::new(&format!("{}{name}.{extension}", page.url)).output())
}

/// Whether anything is to be had as a document.
#[must_use]
pub fn any(site: &Site) -> bool {
    let mut pages = site.pages.iter();
    pages.any(|page| purpose(&page.document.content.kind).is_some())
}

/// Everything that an enterprise of one industry and one size class needs, in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kit {
    /// Term of `industries`.
    pub industry: String,
    /// Term of `sizes`.
    pub size: String,
}

impl Kit {
    /// Where it is published.
    #[must_use]
    pub fn path(&self) -> OutputPath {
        let name = format!("{DOWNLOADS}{}-{}.zip", self.industry, self.size);
        UrlPath::new(&name).output()
    }

    /// What readers call it: `form` with the names of the industry and the size class put in.
    #[must_use]
    pub fn title(&self, site: &Site, form: &str) -> String {
        let industry = site.term_title("industries", &self.industry);
        let size = site.term_title("sizes", &self.size);
        form.replace("{industry}", industry).replace("{size}", size)
    }

    /// The pages whose documents it holds, in the order of purposes, current editions alone.
    #[must_use]
    pub fn pages(&self, site: &Site) -> Vec<PageId> {
        let order = purposes();
        let place = |id: &PageId| {
            let page = &site.pages[*id];
            let purpose = purpose(&page.document.content.kind);
            let place = order.iter().position(|one| Some(*one) == purpose);
            let weight = page.document.content.common.weight;
            (place, level(site, *id), weight.unwrap_or(i64::MAX), *id)
        };
        let pages = (0..site.pages.len()).filter(|id| self.holds(site, *id));
        let mut pages: Vec<PageId> = pages.collect();
        pages.sort_by_cached_key(place);
        pages
    }

    fn holds(&self, site: &Site, id: PageId) -> bool {
        let page = &site.pages[id];
        let (kind, common) = (&page.document.content.kind, &page.document.content.common);
        let of_industry = has(&common.industries, &self.industry);
        let for_size = common.sizes.is_empty() || has(&common.sizes, &self.size);
        if let Some(edition) = specification(kind) {
            let class = match kind {
                Kind::Rules(_, rules) => rules.size_class.value == self.size,
                _ => for_size,
            };
            return of_industry && class && edition.status.value != "repealed";
        }
        let settings = &site.config.kits;
        let audiences = settings.audiences.iter();
        let for_them = settings.audiences.is_empty()
            || common.audiences.is_empty()
            || audiences
                .into_iter()
                .any(|one| has(&common.audiences, &one.value));
        let kept_out = settings.leave_out.iter();
        let kept_out = kept_out.into_iter().any(|one| one.value == page.target);
        matches!(kind, Kind::Register(_) | Kind::Letter(_))
            && (of_industry || common.industries.is_empty())
            && for_size
            && for_them
            && !kept_out
    }
}

fn has(terms: &[Located<String>], id: &str) -> bool {
    terms.iter().any(|term| term.value == id)
}

/// The place of a checklist's level among all, so that the list of the whole enterprise comes first.
fn level(site: &Site, id: PageId) -> Option<usize> {
    let Kind::Checklist(_, checklist) = &site.pages[id].document.content.kind else {
        return None;
    };
    let levels = site.vocabularies.ids("checklist-levels");
    levels.iter().position(|one| *one == checklist.level.value)
}

/// The industries that have a specification in force.
#[must_use]
pub fn served(site: &Site) -> Vec<&str> {
    let mut industries = site.vocabularies.ids("industries");
    industries.retain(|industry| {
        let mut pages = site.pages.iter();
        pages.any(|page| {
            let content = &page.document.content;
            let edition = specification(&content.kind);
            edition.is_some_and(|one| one.status.value != "repealed")
                && has(&content.common.industries, industry)
        })
    });
    industries
}

/// The kits of a site: one for each industry that is served, and each size class.
#[must_use]
pub fn kits(site: &Site) -> Vec<Kit> {
    let sizes = site.vocabularies.ids("sizes");
    let kits = served(site).into_iter().flat_map(|industry| {
        sizes.iter().map(|size| Kit {
            industry: industry.to_owned(),
            size: (*size).to_owned(),
        })
    });
    kits.collect()
}
