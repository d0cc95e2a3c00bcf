//! `anjian search`: answers from a built site, as its search page would.

use super::{EXIT_COULD_NOT_RUN, EXIT_DONE, EXIT_SITE_ERRORS, Setting, refuse, say};
use crate::diag::report::Language;
use crate::fs;
use crate::output::search::answer::{Answer, answer};
use crate::output::search::query::{Files, Searcher};
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// What `anjian search` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// 要找的词，加引号表示必须整句出现 / what to find; in quotes, as a whole
    #[arg(required = true)]
    pub query: Vec<String>,
    /// 生成的网站所在文件夹 / the folder of the built site
    #[arg(long)]
    pub output: Option<PathBuf>,
    /// 输出格式 / format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// 最多列出几条 / how many results
    #[arg(long, default_value_t = 10)]
    pub limit: usize,
}

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看 / for people
    Text,
    /// JSON
    Json,
}

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read_if_present(&self.0.join(path)).ok().flatten()
    }
}

/// Runs the command: 0 where something was found, 1 where nothing was.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let folder = arguments.output.clone();
    let files = Folder(folder.unwrap_or_else(|| setting.root.join("output/site")));
    let Some(searcher) = Searcher::open(&files) else {
        let place = files.0.display();
        return refuse(&match setting.language {
            Language::Chinese => format!("`{place}` 里没有搜索索引；先运行 anjian build"),
            Language::English => format!("no search index in `{place}`; run anjian build first"),
        });
    };
    let answer = answer(&searcher, &arguments.query.join(" "), arguments.limit);
    let text = match arguments.format {
        Format::Json => serde_json::to_string(&answer).unwrap_or_default() + "\n",
        Format::Text => listed(&answer),
    };
    if std::io::stdout().write_all(text.as_bytes()).is_err() {
        return EXIT_COULD_NOT_RUN;
    }
    if arguments.format == Format::Text {
        say(&summary(&answer, setting.language));
    }
    if answer.total == 0 {
        EXIT_SITE_ERRORS
    } else {
        EXIT_DONE
    }
}

fn listed(answer: &Answer) -> String {
    let mut text = String::new();
    for one in &answer.results {
        let mut excerpt = one.excerpt.clone();
        for mark in one.marks.iter().rev() {
            excerpt.insert(mark.end, '】');
            excerpt.insert(mark.start, '【');
        }
        let _ = writeln!(text, "{}\n  {}\n  {excerpt}", one.title, one.url);
    }
    text
}

fn summary(answer: &Answer, language: Language) -> String {
    let (total, shown) = (answer.total, answer.results.len());
    let mut text = match language {
        Language::Chinese => format!("共 {total} 页，列出 {shown} 页\n"),
        Language::English => format!("{total} pages, {shown} shown\n"),
    };
    if let Some(instead) = &answer.instead {
        text.push_str(&match language {
            Language::Chinese => format!("按“{instead}”查找\n"),
            Language::English => format!("looked for `{instead}`\n"),
        });
    }
    if !answer.nearest.is_empty() {
        let nearest = answer.nearest.join("、");
        text.push_str(&match language {
            Language::Chinese => format!("相近的词：{nearest}\n"),
            Language::English => format!("near terms: {nearest}\n"),
        });
    }
    text
}
