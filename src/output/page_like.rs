//! What views of pages share for rendering: the way to the site's root, and what goes into the slots of a text.

use crate::view::{
    ended, glossary, home, index, leaving, library, listing, offline, page, timeline,
};

/// A view that knows its page's root, and what goes into the slots of its text.
pub(super) trait PageLike {
    fn root(&self) -> &str;
    fn fillings(&self) -> &[String] {
        &[]
    }
}

impl PageLike for page::PageView {
    fn root(&self) -> &str {
        &self.head.root
    }
    fn fillings(&self) -> &[String] {
        &self.body.1
    }
}

impl PageLike for home::HomeView {
    fn root(&self) -> &str {
        &self.page.head.root
    }
    fn fillings(&self) -> &[String] {
        &self.page.body.1
    }
}

impl PageLike for listing::ListingView {
    fn root(&self) -> &str {
        &self.head.root
    }
    fn fillings(&self) -> &[String] {
        self.page.as_ref().map_or(&[], |page| &page.body.1)
    }
}

/// Views that have a head and no text with slots.
macro_rules! without_text {
    ($($view:ty),+ $(,)?) => {
        $(impl PageLike for $view {
            fn root(&self) -> &str {
                &self.head.root
            }
        })+
    };
}

without_text!(
    ended::EndedView,
    glossary::GlossaryView,
    index::IndexView,
    index::ReferenceView,
    leaving::LeavingView,
    library::LibraryView,
    offline::OfflineView,
    timeline::TimelineView,
);
