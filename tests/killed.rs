//! A build killed at fifty moments leaves, once the folder is opened again, the old site or the new
//! one as a whole; and while it runs no published file is ever half written.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![cfg(unix)]

use anjian::write::disk::DiskOutput;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Pages of the site: enough for a build to last a while.
const PAGES: usize = 90;

fn write_site(root: &Path, version: usize) {
    let content = root.join("content");
    let _ = std::fs::remove_dir_all(&content);
    for number in 0..PAGES {
        // Each version also moves some pages, so that files vanish and folders come and go.
        let folder = if number % 7 == version % 7 {
            "moved"
        } else {
            "kept"
        };
        let folder = content.join(format!("{folder}-{}", number % 5));
        std::fs::create_dir_all(&folder).expect("a folder");
        let text = format!(
            "+++\ntitle = \"第{number}页\"\nkeywords = [\"甲{}\"]\n+++\n\n第 {version} 版\n\n{}",
            (number + version) % 11,
            "检查燃气报警器是否完好，记录完整。\n\n".repeat(20),
        );
        std::fs::write(folder.join(format!("p{number}.md")), text).expect("a page");
    }
}

fn build(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anjian"));
    command
        .arg("--root")
        .arg(root)
        .args(["build", "--today", "2026-01-01"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter();
    walk.filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("below");
            (
                below.to_owned(),
                std::fs::read(entry.path()).expect("a published file"),
            )
        })
        .collect()
}

#[test]
fn a_build_killed_at_fifty_moments_leaves_the_old_site_or_the_new() {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("killed");
    let _ = std::fs::remove_dir_all(&base);
    let root = base.join("site");
    let published = root.join("output/site");
    // What each of two versions looks like, built in a place of its own.
    let wanted: Vec<BTreeMap<PathBuf, Vec<u8>>> = (0..2)
        .map(|version| {
            let root = base.join(format!("wanted-{version}"));
            write_site(&root, version);
            assert!(build(&root).status().expect("it runs").success());
            files(&root.join("output/site"))
        })
        .collect();
    assert!(wanted[0] != wanted[1]);
    write_site(&root, 0);
    assert!(build(&root).status().expect("it runs").success());
    write_site(&root, 1);
    let start = Instant::now();
    assert!(build(&root).status().expect("it runs").success());
    let whole = start.elapsed();
    let (mut old, mut new) = (0, 0);
    let mut current = 1;
    for moment in 0..50_u32 {
        let next = 1 - current;
        write_site(&root, next);
        let mut running = build(&root).spawn().expect("it runs");
        let begun = Instant::now();
        // The later half of a build is where it publishes: two of three kills fall there.
        let share = if moment % 3 == 0 { moment } else { 50 + moment };
        let wait: Duration = whole * share / 100;
        while begun.elapsed() < wait {
            std::thread::yield_now();
        }
        running.kill().expect("it can be killed");
        running.wait().expect("it has ended");
        drop(DiskOutput::open(&published).expect("the folder is still ours"));
        let found = files(&published);
        if found == wanted[next] {
            new += 1;
            current = next;
        } else {
            old += 1;
            assert!(
                found == wanted[current],
                "moment {moment}: neither old nor new"
            );
        }
    }
    assert!(old > 0, "{old} old, {new} new");
    assert!(build(&root).status().expect("it runs").success());
}
