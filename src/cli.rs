//! Arguments, commands and exit codes. The only module that writes to the terminal.
//! Data goes to standard output, everything else to standard error.

pub mod build;
pub mod check;
pub mod coverage;
pub mod diff;
pub mod expiring;
pub mod fix;
pub mod language;
pub mod mask;
pub mod new;
pub mod search;
pub mod serve;

use crate::diag::report::Language;
use crate::write::disk::DiskOutput;
use clap::{Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;

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
    lang: Option<language::Argument>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 生成网站 / build the site
    Build(build::Arguments),
    /// 预览：改了就自动重建、刷新 / preview that follows every change
    Serve(serve::Arguments),
    /// 检查全部源文件，不生成网站 / check all sources without building
    Check(check::Arguments),
    /// 列出快到期的公示、文件和复审 / list what ends or is to be reviewed soon
    Expiring(expiring::Arguments),
    /// 改正标点、错字；只显示改动，加 --write 才改 / mend how texts are written; only shows it without --write
    Fix(fix::Arguments),
    /// 逐条对照规范的新旧两版 / compare two editions of a specification, clause by clause
    Diff(diff::Arguments),
    /// 四项规范的覆盖情况 / what there is of the four specifications
    Coverage(coverage::Arguments),
    /// 在生成的网站里查找 / find in the built site
    Search(search::Arguments),
    /// 隐去文件里的个人信息 / mask what is personal in a file
    Mask(mask::Arguments),
    /// 新建站点或文档 / begin a site or a document
    New(new::Arguments),
}

/// What every command knows.
pub struct Setting {
    /// The folder that holds the site.
    pub root: PathBuf,
    /// The language of messages.
    pub language: Language,
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
    let setting = Setting {
        language: language::choose(arguments.lang, &arguments.root),
        root: arguments.root,
    };
    let begins = matches!(&arguments.command, Command::New(new) if new.makes_site());
    // A finished site answers by itself, and a file may stand anywhere.
    let apart = match &arguments.command {
        Command::Search(search) => search.output.is_some(),
        Command::Mask(_) => true,
        _ => false,
    };
    if !begins
        && !apart
        && let Some(code) = refuse_without_content(&setting)
    {
        return code;
    }
    if !begins && !apart {
        finish_interrupted(&setting);
    }
    match arguments.command {
        Command::Build(arguments) => build::run(&setting, &arguments),
        Command::Serve(arguments) => serve::run(&setting, &arguments),
        Command::Check(arguments) => check::run(&setting, &arguments),
        Command::Expiring(arguments) => expiring::run(&setting, &arguments),
        Command::Fix(arguments) => fix::run(&setting, &arguments),
        Command::Diff(arguments) => diff::run(&setting, &arguments),
        Command::Coverage(arguments) => coverage::run(&setting, &arguments),
        Command::Search(arguments) => search::run(&setting, &arguments),
        Command::Mask(arguments) => mask::run(&setting, &arguments),
        Command::New(arguments) => new::run(&setting, &arguments),
    }
}

fn refuse_without_content(setting: &Setting) -> Option<u8> {
    let content = setting.root.join("content");
    if content.is_dir() {
        return None;
    }
    let folder = content.display();
    Some(refuse(&match setting.language {
        Language::Chinese => format!("找不到文件夹 `{folder}`；用 --root 指明站点所在文件夹"),
        Language::English => {
            format!("no folder `{folder}`; name the site's folder with --root")
        }
    }))
}

/// A build that was killed while it published is completed by the next command, whichever it is.
fn finish_interrupted(setting: &Setting) {
    let folder = setting.root.join("output/site");
    match DiskOutput::finish_interrupted(&folder) {
        Ok(false) => {}
        Ok(true) => say(match setting.language {
            Language::Chinese => "上次构建中断，已把它写完\n",
            Language::English => "the last build was interrupted; it is completed now\n",
        }),
        // Building says why the folder cannot be written; other commands do not need it.
        Err(_) => {}
    }
}

/// Says why a command could not run.
pub(crate) fn refuse(reason: &str) -> u8 {
    say(&format!("anjian: {reason}\n"));
    EXIT_COULD_NOT_RUN
}

/// Writes to standard error.
pub(crate) fn say(text: &str) {
    // A closed terminal leaves nobody to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Writes to standard output.
pub(crate) fn hand_over(text: &str) {
    // A closed pipe leaves nobody to hand it to.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
