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
    let options = BuildOptions {
        policy: PublishPolicy {
            today,
            drafts: false,
        },
        overrides: Overrides::default(),
    };
    let occasion = Occasion {
        now: 0,
        stamp: Fingerprint::ZERO,
    };
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    let report = build(sources, &mut output, &mut cache, &options, occasion);
    (output, report.expect("memory can be read and written"))
}
