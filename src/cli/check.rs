//! `anjian check`: everything that is wrong in the sources, without building.

use super::build::{What, count, findings};
use super::{EXIT_DONE, EXIT_SITE_ERRORS, Setting, refuse, say};
use crate::diag::report::Language;
use crate::pipeline::load::load_afresh;
use crate::source::disk::DiskSources;
use clap::Args;

/// What `anjian check` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// What is built.
    #[command(flatten)]
    pub what: What,
}

/// Runs the command.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let sources = DiskSources::new(setting.root.clone());
    let loaded = match load_afresh(&sources, &arguments.what.options()) {
        Ok(loaded) => loaded,
        Err(error) => return refuse(&error.to_string()),
    };
    say(&findings(&sources, &loaded.diagnostics, setting.language));
    let (errors, warnings) = count(&loaded.diagnostics);
    let files = loaded.files;
    say(&match setting.language {
        Language::Chinese => {
            format!("检查了 {files} 个文件，{errors} 处错误，{warnings} 处警告\n")
        }
        Language::English => {
            format!("{files} files checked, {errors} errors, {warnings} warnings\n")
        }
    });
    if errors == 0 {
        EXIT_DONE
    } else {
        EXIT_SITE_ERRORS
    }
}
