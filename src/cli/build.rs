//! `anjian build`: makes the site and publishes it into a folder.

use super::{EXIT_DONE, EXIT_SITE_ERRORS, Setting, refuse, say};
use crate::cache::Cache;
use crate::config::Overrides;
use crate::content::publish::PublishPolicy;
use crate::diag::report::{Language, report};
use crate::diag::{Diagnostic, Severity};
use crate::hash::Fingerprint;
use crate::path::SourcePath;
use crate::pipeline::{self, BuildError, BuildOptions, Occasion, Report};
use crate::source::Sources;
use crate::source::disk::DiskSources;
use crate::write::disk::DiskOutput;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What `anjian build` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// 输出文件夹（默认为站点下的 output/site） / where to publish (default: output/site in the site)
    #[arg(long)]
    pub output: Option<PathBuf>,
    /// What is built.
    #[command(flatten)]
    pub what: What,
    /// 不用上次的结果 / ignore what earlier builds kept
    #[arg(long)]
    pub clean: bool,
    /// 显示各步用时 / show the time of each step
    #[arg(long)]
    pub timings: bool,
}

/// What is built; the same for every command that builds.
#[derive(Args, Clone, Debug)]
pub struct What {
    /// 网站的地址 / where the site will stand
    #[arg(long)]
    pub base_url: Option<String>,
    /// 按这一天决定哪些内容发布 / the day that decides what is published
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// 草稿也发布 / publish drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Whether readers' browsers keep what they read; the preview's never do.
    #[arg(skip)]
    pub offline: Option<bool>,
}

impl What {
    /// The options of a build, with today's date where none was asked for.
    #[must_use]
    pub fn options(&self) -> BuildOptions {
        BuildOptions {
            policy: PublishPolicy {
                today: self.today.unwrap_or_else(today),
                drafts: self.drafts,
            },
            overrides: Overrides {
                base_url: self.base_url.clone(),
                offline: self.offline,
            },
        }
    }
}

/// The day in China, which has one time zone: publication dates are meant in it, wherever the build
/// runs (CI machines keep UTC).
#[must_use]
pub fn today() -> Date {
    let china = TimeZone::fixed(jiff::tz::offset(8));
    Timestamp::now().to_zoned(china).date()
}

/// This moment, and this program.
#[must_use]
fn occasion() -> Occasion {
    Occasion {
        now: Timestamp::now().as_nanosecond(),
        stamp: program(),
    }
}

/// The program's own bytes: whatever another build of it would do otherwise, it is another program.
fn program() -> Fingerprint {
    let path = std::env::current_exe().ok();
    let bytes = path.and_then(|path| crate::fs::read(&path).ok());
    match bytes {
        Some(bytes) => Fingerprint::of_bytes(&bytes),
        None => Fingerprint::of(env!("CARGO_PKG_VERSION")),
    }
}

/// Runs the command.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let sources = DiskSources::new(setting.root.clone());
    let standard = || setting.root.join("output/site");
    let folder = arguments.output.clone().unwrap_or_else(standard);
    let made = match publish(&sources, &folder, &arguments.what, arguments.clean) {
        Ok(made) => made,
        Err(error) => return refuse(&error.to_string()),
    };
    say(&findings(&sources, &made.diagnostics, setting.language));
    if arguments.timings {
        say(&timings(&made));
    }
    say(&summary(
        &made,
        setting.language,
        &folder.display().to_string(),
    ));
    if made.failed() {
        EXIT_SITE_ERRORS
    } else {
        EXIT_DONE
    }
}

/// Builds into a folder, through the cache that stands beside it; `clean` ignores what it kept.
///
/// # Errors
/// [`BuildError`] when the folder is not ours or busy, or a file cannot be read or written.
pub fn publish(
    sources: &DiskSources,
    folder: &Path,
    what: &What,
    clean: bool,
) -> Result<Report, BuildError> {
    let mut output = DiskOutput::open(folder)?;
    let occasion = occasion();
    let mut cache = Cache::open(&output.state().join("cache"), occasion.stamp);
    if clean {
        cache.clear();
    }
    pipeline::build(sources, &mut output, &mut cache, &what.options(), occasion)
}

/// The text of a source, for excerpts. Findings are few, so their files are read again.
#[must_use]
pub fn text_of(sources: &DiskSources, path: &SourcePath) -> Option<Arc<str>> {
    let Ok(bytes) = sources.read(path) else {
        return pipeline::theme::built_in(path).map(Into::into);
    };
    // What is not UTF-8 is shown as far as it is: places before the fault stay true.
    Some(String::from_utf8_lossy(&bytes).into())
}

/// All findings as text.
#[must_use]
pub fn findings(sources: &DiskSources, found: &[Diagnostic], language: Language) -> String {
    report(found, &|path| text_of(sources, path), language)
}

/// How many errors and warnings.
#[must_use]
pub fn count(found: &[Diagnostic]) -> (usize, usize) {
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    let errors = errors.count();
    (errors, found.len() - errors)
}

fn summary(made: &Report, language: Language, folder: &str) -> String {
    let (errors, warnings) = count(&made.diagnostics);
    let Report {
        sources,
        outputs,
        written,
        removed,
        ..
    } = made;
    match (language, made.failed()) {
        (Language::Chinese, true) => {
            format!("有 {errors} 处错误、{warnings} 处警告，网站没有改动\n")
        }
        (Language::English, true) => {
            format!("{errors} errors, {warnings} warnings; the published site is unchanged\n")
        }
        (Language::Chinese, false) => format!(
            "读了 {sources} 个文件，网站共 {outputs} 个文件：写 {written} 个，删 {removed} 个，{warnings} 处警告 → {folder}\n"
        ),
        (Language::English, false) => format!(
            "{sources} sources, {outputs} files of the site: {written} written, {removed} removed, {warnings} warnings → {folder}\n"
        ),
    }
}

fn timings(made: &Report) -> String {
    let lines = made.timings.iter();
    lines
        .map(|(stage, time)| format!("{stage:>10} {:8.1} ms\n", time.as_secs_f64() * 1000.0))
        .collect()
}
