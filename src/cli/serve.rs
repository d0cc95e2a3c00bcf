//! `anjian serve`: a preview that follows every change of the sources. It builds into a folder of its
//! own (`output/.preview/site`), never into the one that is published.

use super::build::{What, findings, publish};
use super::{EXIT_DONE, Setting, refuse, say};
use crate::diag::report::Language;
use crate::serve::{self, Built, Options};
use crate::source::disk::DiskSources;
use clap::Args;
use jiff::civil::Date;
use std::path::Path;

/// What `anjian serve` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// 端口（默认 8000，被占用时往后找） / port (default 8000, or the next free one)
    #[arg(long)]
    pub port: Option<u16>,
    /// 打开浏览器 / open the browser
    #[arg(long)]
    pub open: bool,
    /// 草稿也显示 / show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// 每秒查看一次文件（网络盘、虚拟机共享盘用） / look once a second (network and shared drives)
    #[arg(long)]
    pub poll: bool,
    /// 按这一天决定哪些内容显示 / the day that decides what is shown
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

/// Runs the command until it is stopped.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let options = Options {
        port: arguments.port,
        open: arguments.open,
        base_path: "/".to_owned(),
        language: setting.language,
        poll: arguments.poll,
    };
    let what = What {
        // The preview stands at the root of its own address, wherever the site will stand.
        base_url: Some(String::new()),
        today: arguments.today,
        drafts: arguments.drafts,
        // A browser that kept pages would show them in place of what was just written; where it kept some of this
        // address before, the preview's worker drops them.
        offline: Some(false),
    };
    let (root, language) = (setting.root.clone(), setting.language);
    let mut shown = false;
    let build = move || {
        let built = build(&root, &what, language, shown);
        shown |= !built.failed;
        say(&built.report);
        built
    };
    match serve::run(&options, build, |text| say(&format!("{text}\n"))) {
        Ok(()) => EXIT_DONE,
        Err(error) => refuse(&error.to_string()),
    }
}

/// One build of the preview. `shown` says whether an earlier one of this run succeeded.
fn build(root: &Path, what: &What, language: Language, shown: bool) -> Built {
    let folder = root.join("output/.preview/site");
    let watch = vec![root.join("content"), root.join("themes")];
    match attempt(root, &folder, what, language) {
        Ok((changed, failed, report)) => Built {
            folder: (shown || !failed).then_some(folder),
            changed,
            report,
            failed,
            watch,
        },
        Err(report) => Built {
            folder: shown.then_some(folder),
            changed: false,
            report,
            failed: true,
            watch,
        },
    }
}

/// Whether anything changed, whether the site has errors, and the report; or why it could not be built.
fn attempt(
    root: &Path,
    folder: &Path,
    what: &What,
    language: Language,
) -> Result<(bool, bool, String), String> {
    let sources = DiskSources::new(root.to_owned());
    let made = publish(&sources, folder, what, false).map_err(|error| error.to_string())?;
    let report = findings(&sources, &made.diagnostics, language);
    Ok((made.written + made.removed > 0, made.failed(), report))
}
