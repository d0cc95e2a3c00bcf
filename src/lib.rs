//! anjian turns a folder of Markdown and TOML into a public site of work-safety documents.
//! Modules stand in the order of the pipeline; each may import only from those above it
//! (`tests/architecture.rs` holds the ranks).

pub mod attachment;
pub mod hash;
pub mod path;
pub mod text;

pub mod diag;
pub mod seal;

pub mod fs;

pub mod source;

pub mod parse;

pub mod content;

pub mod config;

pub mod graph;

pub mod view;

pub mod render;

pub mod output;

pub mod check;

pub mod write;

pub mod cache;

pub mod pipeline;

pub mod external;

pub mod serve;

pub mod fix;
pub mod new;

pub mod cli;
