//! The search of a site: an index of character pairs that no dictionary stands before, small files that
//! a reader's phone fetches as it needs them, and the queries over it.
//!
//! Every text is folded and seen as a row of symbols ([`crate::text::symbols`]). Each two symbols that
//! stand together are a key, and a key leads to the pages and passages that hold it. A phrase can only
//! stand where all its pairs stand in one passage: no page that holds it is missed. Whether they stand
//! there in its order is seen in the passage's text, which is fetched anyway to show it.
//!
//! The browser's half is `themes/anjian/js/search.js`. It does the same, file by file; what both must
//! agree on stands in `tests/search/`.

pub mod answer;
pub mod directory;
pub mod extract;
pub mod index;
pub mod keys;
pub mod pack;
pub mod pages;
pub mod query;
pub mod shard;
