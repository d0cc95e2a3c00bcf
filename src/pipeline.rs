//! The one place that knows every stage: settings → files → documents → site → findings → outputs.
//! Stages are pure; what is read and written goes through `Sources` and `Output`.

pub mod load;

use crate::config::Overrides;
use crate::content::publish::PublishPolicy;

/// What a build is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BuildOptions {
    /// Which documents are published.
    pub policy: PublishPolicy,
    /// What the command line says about settings.
    pub overrides: Overrides,
}
