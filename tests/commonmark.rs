//! Every example of the CommonMark specification 0.31.2.
//!
//! `commonmark/spec.json` is derived from the specification's `spec.txt`, © John MacFarlane, licensed under
//! CC-BY-SA 4.0 (npm package `commonmark-spec`).
#![expect(clippy::print_stdout, reason = "a failing example is shown whole")]

use anjian::parse::markdown::{Options, SlotKind, escape, fill, parse};

/// Code in a known language is written with highlighting classes.
const HIGHLIGHTED: &[usize] = &[142, 143];

/// Raw HTML is never passed through unread: with the option off it is shown as text.
const RAW_HTML: &[usize] = &[
    21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164,
    165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183,
    184, 185, 186, 187, 188, 189, 190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536,
    613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631, 642, 643,
];

#[test]
fn every_example_matches_or_is_a_named_difference() -> Result<(), Box<dyn std::error::Error>> {
    let examples: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("commonmark/spec.json"))?;
    let options = Options {
        heading_ids: false,
        directives: false,
        raw_html: false,
        cjk: true,
    };
    let mut wrong: Vec<usize> = Vec::new();
    for example in &examples {
        let number = example["example"].as_u64().unwrap_or(0) as usize;
        let markdown = example["markdown"].as_str().unwrap_or_default();
        let expected = example["html"].as_str().unwrap_or_default();
        let (body, _) = parse(markdown, &options);
        let html = fill(&body, |slot| match slot.kind {
            SlotKind::Image => format!("<img src=\"{}\"", escape::href(&slot.target)),
            SlotKind::ImageEnd => String::new(),
            _ => escape::href(&slot.target),
        });
        let listed = HIGHLIGHTED.contains(&number) || RAW_HTML.contains(&number);
        if (html == expected) == listed {
            wrong.push(number);
            if !listed {
                println!("--- {number}\n{markdown}\n=== expected\n{expected}\n=== found\n{html}");
            }
        }
    }
    assert_eq!(examples.len(), 652);
    assert_eq!(
        wrong,
        Vec::<usize>::new(),
        "examples that differ unexpectedly, or are listed and match"
    );
    Ok(())
}
