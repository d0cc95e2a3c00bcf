//! `anjian check`: everything that is wrong in the sources, without building.

use super::build::{What, count, findings, text_of};
use super::{EXIT_COULD_NOT_RUN, EXIT_DONE, EXIT_SITE_ERRORS, Setting, refuse, say};
use crate::check::rules;
use crate::diag::Diagnostic;
use crate::diag::machine::{self, About};
use crate::diag::report::Language;
use crate::pipeline::{self, Inspected};
use crate::source::disk::DiskSources;
use clap::{Args, ValueEnum};
use std::io::Write;

/// What `anjian check` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// What is checked.
    #[command(flatten)]
    pub what: What,
    /// 输出格式；json 和 sarif 写到标准输出 / format; json and sarif go to standard output
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// 把现在的全部地址记入 content/addresses.toml / record all present addresses
    #[arg(long)]
    pub record_addresses: bool,
}

/// The form of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看 / for people
    Text,
    /// JSON
    Json,
    /// SARIF 2.1.0
    Sarif,
}

/// Runs the command.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let sources = DiskSources::new(setting.root.clone());
    let inspected = match pipeline::inspect(&sources, &arguments.what.options()) {
        Ok(inspected) => inspected,
        Err(error) => return refuse(&error.to_string()),
    };
    let found = &inspected.diagnostics;
    let texts = |path: &_| text_of(&sources, path);
    let written = match arguments.format {
        Format::Text => {
            say(&findings(&sources, found, setting.language));
            Ok(())
        }
        Format::Json => write(&machine::json(found, &texts)),
        Format::Sarif => write(&machine::sarif(found, &texts, setting.language, &|code| {
            rule_of(code, setting.language)
        })),
    };
    if written.is_err() {
        return EXIT_COULD_NOT_RUN;
    }
    let (errors, warnings) = count(found);
    let files = inspected.sources;
    say(&families(found, setting.language));
    say(&match setting.language {
        Language::Chinese => {
            format!("检查了 {files} 个文件，{errors} 处错误，{warnings} 处警告\n")
        }
        Language::English => {
            format!("{files} files checked, {errors} errors, {warnings} warnings\n")
        }
    });
    if errors > 0 {
        return EXIT_SITE_ERRORS;
    }
    if arguments.record_addresses {
        return record(setting, &inspected);
    }
    EXIT_DONE
}

/// One line for each family of rules that found something.
fn families(found: &[Diagnostic], language: Language) -> String {
    let lines = rules::by_family(found).into_iter();
    let lines = lines.map(|(family, errors, warnings)| {
        let [zh, en] = family.map_or(
            ["写法、链接和结构", "Writing, links, structure"],
            |family| family.title(),
        );
        match language {
            Language::Chinese => format!("{zh}：{errors} 处错误，{warnings} 处警告\n"),
            Language::English => format!("{en}: {errors} errors, {warnings} warnings\n"),
        }
    });
    lines.collect()
}

/// What a rule says and where that is written, for programs that show it beside a finding.
fn rule_of(code: &str, language: Language) -> Option<About> {
    let rule = rules::rule(code)?;
    let [zh, en] = rule.says;
    let (says, source) = match language {
        Language::Chinese => (zh, format!("依据：{}", rule.source)),
        Language::English => (en, format!("Source: {}", rule.source)),
    };
    Some(About {
        says: says.to_owned(),
        source,
    })
}

fn write(data: &str) -> std::io::Result<()> {
    std::io::stdout().write_all(data.as_bytes())
}

/// Adds every address of the site to the recorded ones; none is ever taken out by the program.
fn record(setting: &Setting, inspected: &Inspected) -> u8 {
    let path = setting.root.join("content/addresses.toml");
    let text = pipeline::addresses::document(&inspected.recorded, &inspected.addresses);
    if let Err(error) = crate::fs::replace(&path, text.as_bytes()) {
        return refuse(&error.to_string());
    }
    let path = path.display();
    say(&match setting.language {
        Language::Chinese => format!("全部地址已记入 {path}\n"),
        Language::English => format!("all addresses are recorded in {path}\n"),
    });
    EXIT_DONE
}
