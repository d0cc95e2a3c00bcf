//! `anjian new`: begins a site or a document.

use super::build::today;
use super::{EXIT_DONE, Setting, hand_over, refuse, say};
use crate::diag::Message;
use crate::new::disk::{Refusal, Written, write_document, write_site};
use crate::new::{SITE, id::Id};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// What `anjian new` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// site（新站点），或者文档类型 / site, or a kind of document: industry, checklist, guide, rules,
    /// patrol, benchmark-case, enforcement-case, form, letter, register, policy, page
    #[arg(value_name = "site|KIND")]
    pub kind: String,
    /// 新站点的文件夹，或者文档编号 / the new site's folder, or the document's id, such as
    /// industries/water-supply/checklist
    #[arg(value_name = "DIR|ID")]
    pub name: PathBuf,
    /// 写进文件的日期 / the date that is written into the files
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

impl Arguments {
    /// Whether a whole site is asked for, which needs no site to be there.
    #[must_use]
    pub fn makes_site(&self) -> bool {
        self.kind == SITE
    }
}

/// Runs the command.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let today = arguments.today.unwrap_or_else(today);
    let made = if arguments.makes_site() {
        make_site(arguments, today)
    } else {
        make_document(setting, arguments, today)
    };
    match made {
        Ok((paths, next)) => {
            hand_over(&paths);
            say(&format!("{}\n", setting.language.of(&next)));
            EXIT_DONE
        }
        Err(refusal) => refuse(setting.language.of(&refusal.message())),
    }
}

fn make_site(arguments: &Arguments, today: Date) -> Result<(String, Message), Refusal> {
    let count = write_site(&arguments.name, today)?.paths.len();
    let folder = arguments.name.display();
    let next = Message::new(
        format!(
            "新站点共 {count} 个文件。下一步：改 content/site.toml，再运行 anjian --root {folder} build"
        ),
        format!(
            "a new site of {count} files; next: edit content/site.toml, then run anjian --root {folder} build"
        ),
    );
    Ok((format!("{folder}\n"), next))
}

fn make_document(
    setting: &Setting,
    arguments: &Arguments,
    today: Date,
) -> Result<(String, Message), Refusal> {
    let id = arguments.name.to_string_lossy();
    let written = write_document(&setting.root, (&arguments.kind, &id), today)?;
    let paths = written.paths.iter();
    let paths = paths.map(|path| format!("{}\n", path.display())).collect();
    Ok((paths, next(&written)))
}

/// What to do with a new document.
fn next(written: &Written) -> Message {
    let mut next = Message::new(
        "下一步：照注释改成真实内容，核对后删去 sample = true，再运行 anjian check",
        "next: replace the example with real content as the comments say, delete `sample = true`, then run anjian check",
    );
    for folder in &written.untitled {
        let command = match folder.strip_prefix("industries/").map(Id::new) {
            Some(Ok(id)) if id.is_bare() => format!("anjian new industry {}", id.path()),
            _ => format!("anjian new page {folder}/"),
        };
        next.zh += &format!("\n栏目 {folder}/ 还没有标题：{command}");
        next.en += &format!("\nthe folder {folder}/ has no title yet: {command}");
    }
    next
}
