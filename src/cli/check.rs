//! `anjian check`: everything that is wrong in the sources, without building.

use super::build::{What, count, findings, text_of, today};
use super::{EXIT_COULD_NOT_RUN, EXIT_DONE, EXIT_SITE_ERRORS, Setting, refuse, say};
use crate::check::rules;
use crate::diag::Diagnostic;
use crate::diag::machine::{self, About};
use crate::diag::report::Language;
use crate::external::web::{LIMIT, Wall, Web};
use crate::external::{self, Kept, Manners, Outcome};
use crate::pipeline::{self, Inspected};
use crate::source::disk::DiskSources;
use clap::{Args, ValueEnum};
use std::collections::{BTreeMap, BTreeSet};
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
    /// 也打开站外链接看一看（慢；结果留几天） / visit links to other sites, too (slow; kept for days)
    #[arg(long)]
    pub external: bool,
    /// 站外链接全部重新打开 / visit all of them anew
    #[arg(long, requires = "external")]
    pub fresh: bool,
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
    let mut inspected = match pipeline::inspect(&sources, &arguments.what.options()) {
        Ok(inspected) => inspected,
        Err(error) => return refuse(&error.to_string()),
    };
    if arguments.external {
        let visited = visited(setting, arguments, &inspected);
        inspected.diagnostics.extend(visited);
    }
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
    // A dead link is what was asked for, even where it only is a warning.
    if errors > 0 || found.iter().any(|one| one.code == "external-dead") {
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

/// The findings about links to other sites; what was learned some days ago is believed.
fn visited(setting: &Setting, arguments: &Arguments, inspected: &Inspected) -> Vec<Diagnostic> {
    let (path, today) = (setting.root.join("output/.external.anjian"), today());
    let mut kept = match arguments.fresh {
        true => Kept::default(),
        false => Kept::read(&path),
    };
    let addresses = inspected.links.iter().map(|link| link.address.as_str());
    let all: BTreeSet<&str> = addresses.collect();
    let unknown = all.iter().filter(|one| kept.of(one, today).is_none());
    let unknown: Vec<&str> = unknown.copied().collect();
    let (count, believed) = (unknown.len(), all.len() - unknown.len());
    say(&match setting.language {
        Language::Chinese => format!("站外地址：要打开 {count} 个，前几天看过 {believed} 个\n"),
        Language::English => {
            format!("other sites: {count} addresses to visit, {believed} seen before\n")
        }
    });
    let known = all.iter().filter_map(|address| {
        let outcome = kept.of(address, today)?;
        Some(((*address).to_owned(), outcome.clone()))
    });
    let mut known: BTreeMap<String, Outcome> = known.collect();
    let web = Web::new(LIMIT);
    let learned = external::visit(unknown, &web, &Wall::begin(), Manners::default());
    known.extend(learned.clone());
    kept.learn(learned, today);
    kept.write(&path);
    let mut found = external::findings(&inspected.links, &known);
    rules::weigh(&mut found, &inspected.rules);
    found
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
