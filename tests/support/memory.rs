//! A build in memory, from nothing.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::cache::Cache;
use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::hash::Fingerprint;
use anjian::pipeline::{BuildOptions, Occasion, Report, build};
use anjian::source::Sources;
use anjian::write::memory::MemoryOutput;

/// What a build of a day publishes and says.
pub fn built(sources: &dyn Sources, today: jiff::civil::Date) -> (MemoryOutput, Report) {
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    let report = built_again(sources, today, &mut output, &mut cache);
    (output, report)
}

/// What a build of a day says that goes on from an earlier one. Its moment is long after every change of a file.
pub fn built_again(
    sources: &dyn Sources,
    today: jiff::civil::Date,
    output: &mut MemoryOutput,
    cache: &mut Cache,
) -> Report {
    let options = BuildOptions {
        policy: PublishPolicy {
            today,
            drafts: false,
        },
        overrides: Overrides::default(),
    };
    let occasion = Occasion {
        now: 1_000_000_000_000,
        stamp: Fingerprint::ZERO,
    };
    let report = build(sources, output, cache, &options, occasion);
    report.expect("memory can be read and written")
}
