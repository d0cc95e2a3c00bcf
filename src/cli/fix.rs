//! `anjian fix`: shows what is safe to change in the texts, or changes it.

use super::build::What;
use super::{EXIT_DONE, EXIT_SITE_ERRORS, Setting, hand_over, refuse, say};
use crate::diag::report::Language;
use crate::fix::diff;
use crate::fix::disk::{Outcome, Plan, plan, write};
use clap::Args;
use std::path::{Path, PathBuf};

/// What `anjian fix` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// 只看这些文件或文件夹（默认为整个 content） / files or folders (default: all of content)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// 改文件；不加只显示改动 / change the files; without it the changes are only shown
    #[arg(long)]
    pub write: bool,
    /// 不问 git 能不能找回原文 / do not ask git whether the files can be had back
    #[arg(long, requires = "write")]
    pub no_git: bool,
}

/// Runs the command.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let wanted = match wanted(setting, &arguments.paths) {
        Ok(wanted) => wanted,
        Err(path) => return refuse(&outside(setting.language, &path)),
    };
    // Drafts are written as well as what is published, on whichever day.
    let what = What {
        base_url: None,
        today: None,
        drafts: true,
        offline: None,
    };
    let plan = match plan(&setting.root, &wanted, &what.options()) {
        Ok(plan) => plan,
        Err(error) => return refuse(&error.to_string()),
    };
    if !arguments.write {
        for change in &plan.changes {
            hand_over(&diff(&change.path, &change.before, &change.after));
        }
        say(&shown(&plan, setting.language));
        return EXIT_DONE;
    }
    match write(&setting.root, &plan, !arguments.no_git) {
        Ok(outcome) => told(&plan, &outcome, setting.language),
        Err(refusal) => refuse(setting.language.of(&refusal.message())),
    }
}

/// The paths in full: as the shell means them, else below the site's folder. One that is not below `content` comes back.
fn wanted(setting: &Setting, paths: &[PathBuf]) -> Result<Vec<PathBuf>, PathBuf> {
    let content = setting.root.join("content").canonicalize().ok();
    let is_inside = |path: &Path| {
        content
            .as_ref()
            .is_some_and(|content| path.starts_with(content))
    };
    let full = |path: &PathBuf| {
        let ways = [path.clone(), setting.root.join(path)];
        let mut ways = ways.iter().filter_map(|way| way.canonicalize().ok());
        ways.find(|way| is_inside(way)).ok_or_else(|| path.clone())
    };
    paths.iter().map(full).collect()
}

fn outside(language: Language, path: &Path) -> String {
    let path = path.display();
    match language {
        Language::Chinese => format!("`{path}` 不在 content 文件夹里，或者没有这个文件"),
        Language::English => format!("`{path}` is not below the folder content, or not there"),
    }
}

fn shown(plan: &Plan, language: Language) -> String {
    let (files, mended, left) = (plan.changes.len(), plan.mended, plan.left);
    match (language, files) {
        (Language::Chinese, 0) => format!("没有可以代改的；{left} 处要自己判断，见 anjian check\n"),
        (Language::Chinese, _) => format!(
            "{files} 个文件里有 {mended} 处可以代改，加 --write 就改；另有 {left} 处要自己判断，见 anjian check\n"
        ),
        (Language::English, 0) => {
            format!("nothing to change; {left} findings are for you to decide, see anjian check\n")
        }
        (Language::English, _) => format!(
            "{mended} findings in {files} files can be mended, --write does it; {left} more are for you to decide, see anjian check\n"
        ),
    }
}

fn told(plan: &Plan, outcome: &Outcome, language: Language) -> u8 {
    for path in &outcome.written {
        hand_over(&format!("{path}\n"));
    }
    for (path, why) in &outcome.refused {
        let why = language.of(why);
        say(&match language {
            Language::Chinese => format!("没有改 {path}：{why}\n"),
            Language::English => format!("{path} was left as it is: {why}\n"),
        });
    }
    let (written, refused, left) = (outcome.written.len(), outcome.refused.len(), plan.left);
    say(&match language {
        Language::Chinese => format!(
            "改了 {written} 个文件，没有改 {refused} 个；另有 {left} 处要自己判断，见 anjian check\n"
        ),
        Language::English => format!(
            "{written} files changed, {refused} left as they are; {left} findings are for you to decide, see anjian check\n"
        ),
    });
    if refused > 0 {
        EXIT_SITE_ERRORS
    } else {
        EXIT_DONE
    }
}
