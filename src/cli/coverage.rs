//! `anjian coverage`: what the site has of the four specifications, and what it lacks.

use super::build::What;
use super::{EXIT_COULD_NOT_RUN, EXIT_DONE, Setting, refuse};
use crate::diag::report::Language;
use crate::graph::Site;
use crate::output::coverage::csv;
use crate::pipeline::load::load_afresh;
use crate::source::disk::DiskSources;
use crate::view::coverage::{Coverage, DocumentCoverage, IndustryCoverage, KindCoverage, coverage};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

/// What `anjian coverage` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// What is reported.
    #[command(flatten)]
    pub what: What,
    /// 输出格式 / format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看 / for people
    Text,
    /// JSON
    Json,
    /// CSV
    Csv,
}

/// Runs the command. What is lacking is told, not a failure: `anjian check` is there for that.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let sources = DiskSources::new(setting.root.clone());
    let options = arguments.what.options();
    let site = match load_afresh(&sources, &options) {
        Ok(loaded) => loaded.site,
        Err(error) => return refuse(&error.to_string()),
    };
    let report = coverage(&site, options.policy.today);
    let text = match arguments.format {
        Format::Json => serde_json::to_string(&report).unwrap_or_default() + "\n",
        Format::Csv => csv(&report),
        Format::Text => Tell {
            site: &site,
            language: setting.language,
        }
        .report(&report),
    };
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => EXIT_DONE,
        Err(_) => EXIT_COULD_NOT_RUN,
    }
}

/// Tells the report to people.
struct Tell<'a> {
    site: &'a Site,
    language: Language,
}

impl Tell<'_> {
    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    fn report(&self, report: &Coverage) -> String {
        let mut text = format!(
            "{} {}\n",
            self.say("四项规范覆盖情况，按", "The four specifications as of"),
            report.day
        );
        for industry in &report.industries {
            text.push_str(&self.industry(industry));
        }
        let totals = report.totals;
        // Writing to a String cannot fail.
        let _ = match self.language {
            Language::Chinese => writeln!(
                text,
                "\n合计：{} 个行业，{} 个四项齐全，缺 {} 项；现行 {} 份、{} 条，写了复核日期的 {} 份，过期 {} 份",
                totals.industries,
                totals.complete,
                totals.missing,
                totals.documents,
                totals.clauses,
                totals.dated,
                totals.overdue
            ),
            Language::English => writeln!(
                text,
                "\n{} industries, {} of them complete, {} specifications missing; {} documents and {} clauses in force, {} with a day of review, {} overdue",
                totals.industries,
                totals.complete,
                totals.missing,
                totals.documents,
                totals.clauses,
                totals.dated,
                totals.overdue
            ),
        };
        text
    }

    fn industry(&self, industry: &IndustryCoverage) -> String {
        let mut text = format!("\n{} {}\n", industry.title, industry.id);
        for kind in &industry.specifications {
            let _ = writeln!(text, "  {}", self.kind(kind));
            for one in kind.documents.iter().filter(|one| one.overdue) {
                let _ = writeln!(
                    text,
                    "    {} {} {}",
                    self.say("复核过期", "review overdue since"),
                    one.review_by.as_deref().unwrap_or_default(),
                    one.source
                );
            }
        }
        if !industry.uncovered_sizes.is_empty() {
            let _ = writeln!(
                text,
                "  {}{}",
                self.say(
                    "没有检查清单或达标细则的规模：",
                    "size classes without a checklist or rules: "
                ),
                self.sizes(&industry.uncovered_sizes)
            );
        }
        text
    }

    fn kind(&self, kind: &KindCoverage) -> String {
        let name = match kind.kind {
            "checklist" => self.say("检查清单", "checklist"),
            "guide" => self.say("提升指南", "guide"),
            "rules" => self.say("达标细则", "rules"),
            _ => self.say("检查导则", "patrol"),
        };
        let current: Vec<&DocumentCoverage> = kind
            .documents
            .iter()
            .filter(|one| one.status == "current")
            .collect();
        let mut parts: Vec<String> = Vec::new();
        if !current.is_empty() {
            let clauses: usize = current.iter().map(|one| one.clauses).sum();
            let editions: BTreeSet<&str> = current.iter().map(|one| one.edition.as_str()).collect();
            let editions: Vec<&str> = editions.into_iter().collect();
            let (count, editions) = (current.len(), editions.join("、"));
            parts.push(match self.language {
                Language::Chinese => format!("现行 {count} 份，{editions}版，{clauses} 条"),
                Language::English => format!("{count} in force, {editions}, {clauses} clauses"),
            });
            let sizes: BTreeSet<&String> = current.iter().flat_map(|one| &one.sizes).collect();
            let order = self.site.vocabularies.ids("sizes").into_iter();
            let sizes: Vec<String> = order
                .filter(|size| sizes.iter().any(|one| one == size))
                .map(str::to_owned)
                .collect();
            parts.push(self.sizes(&sizes));
            let first = current
                .iter()
                .filter_map(|one| one.review_by.as_deref())
                .min();
            parts.push(match first {
                Some(day) => format!("{} {day}", self.say("最早复核", "first review")),
                None => self.say("没有写复核日期", "no day of review").to_owned(),
            });
        } else {
            parts.push(self.say("缺", "missing").to_owned());
        }
        for one in kind.documents.iter().filter(|one| one.status != "current") {
            let status = self.site.term_title("specification-status", &one.status);
            parts.push(format!("{} {} {status}", one.source, one.edition));
        }
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{name}  {}", parts.join(self.say("；", "; ")))
    }

    fn sizes(&self, ids: &[String]) -> String {
        let titles: Vec<&str> = ids
            .iter()
            .map(|id| self.site.term_title("sizes", id))
            .collect();
        titles.join(self.say("、", ", "))
    }
}
