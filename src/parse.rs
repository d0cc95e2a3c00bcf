//! From one file's bytes to data and text. Pure: a result depends on the file's bytes alone.

pub mod data;
pub mod directive;
pub mod front_matter;
pub mod highlight;
pub mod markdown;
pub mod yaml;
