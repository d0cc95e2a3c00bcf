//! Arguments, commands and exit codes. The only module that writes to the terminal.
//! Data goes to standard output, everything else to standard error.

use crate::config::Overrides;
use crate::content::publish::PublishPolicy;
use crate::diag::Severity;
use crate::diag::report::{Language, report};
use crate::path::SourcePath;
use crate::pipeline::BuildOptions;
use crate::pipeline::load::load_afresh;
use crate::source::Sources;
use crate::source::disk::DiskSources;
use clap::{Parser, Subcommand, ValueEnum};
use jiff::Zoned;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything was in order.
pub const EXIT_DONE: u8 = 0;
/// The site has errors.
pub const EXIT_SITE_ERRORS: u8 = 1;
/// The command could not run.
pub const EXIT_COULD_NOT_RUN: u8 = 2;

#[derive(Parser)]
#[command(
    name = "anjian",
    version,
    about = "安鉴：安全生产公开文档的静态网站生成器 / static sites of work-safety documents"
)]
struct Arguments {
    /// 站点所在文件夹 / the folder that holds the site
    #[arg(long, global = true, default_value = ".")]
    root: PathBuf,
    /// 提示语言 / language of messages
    #[arg(long, global = true, value_enum)]
    lang: Option<LanguageArgument>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageArgument {
    Zh,
    En,
}

#[derive(Subcommand)]
enum Command {
    /// 检查全部源文件的编码、字段区和 TOML 写法 / check the encoding, front matter and TOML of all sources
    Check,
}

/// Runs the command that the process was started with and returns its exit code.
#[must_use]
pub fn run() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let wanted = !error.use_stderr();
            // A closed terminal leaves nobody to tell.
            let _ = error.print();
            return if wanted {
                EXIT_DONE
            } else {
                EXIT_COULD_NOT_RUN
            };
        }
    };
    let locale = std::env::var("LC_ALL").or_else(|_| std::env::var("LANG"));
    let language = language(arguments.lang, locale.ok().as_deref());
    match arguments.command {
        Command::Check => check_site(arguments.root, language),
    }
}

/// The language asked for, else that of the locale, else Chinese, the language of our publishers.
fn language(argument: Option<LanguageArgument>, locale: Option<&str>) -> Language {
    match (argument, locale) {
        (Some(LanguageArgument::En), _) => Language::English,
        (None, Some(locale)) if locale.starts_with("en") => Language::English,
        _ => Language::Chinese,
    }
}

fn check_site(root: PathBuf, language: Language) -> u8 {
    let content = root.join("content");
    if !content.is_dir() {
        let folder = content.display();
        return refuse(&match language {
            Language::Chinese => format!("找不到文件夹 `{folder}`；用 --root 指明站点所在文件夹"),
            Language::English => {
                format!("no folder `{folder}`; name the site's folder with --root")
            }
        });
    }
    let sources = DiskSources::new(root);
    let policy = PublishPolicy {
        today: Zoned::now().date(),
        drafts: true,
    };
    let options = BuildOptions {
        policy,
        overrides: Overrides::default(),
    };
    let findings = match load_afresh(&sources, &options) {
        Ok(findings) => findings,
        Err(error) => return refuse(&error.to_string()),
    };
    let printed = report(
        &findings.diagnostics,
        &|path| text_of(&sources, path),
        language,
    );
    let errors = findings
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .count();
    let files = findings.files;
    say(&printed);
    say(&match language {
        Language::Chinese => format!("检查了 {files} 个文件，{errors} 处错误\n"),
        Language::English => format!("{files} files checked, {errors} errors\n"),
    });
    if errors == 0 {
        EXIT_DONE
    } else {
        EXIT_SITE_ERRORS
    }
}

/// The text of a source for excerpts; findings are few, so it is read again.
fn text_of(sources: &DiskSources, path: &SourcePath) -> Option<Arc<str>> {
    let bytes = sources.read(path).ok()?;
    std::str::from_utf8(&bytes).ok().map(Into::into)
}

fn refuse(reason: &str) -> u8 {
    say(&format!("anjian: {reason}\n"));
    EXIT_COULD_NOT_RUN
}

fn say(text: &str) {
    // A closed terminal leaves nobody to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
