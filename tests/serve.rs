//! The preview over real sockets and real file events, with a build that only hands over a folder.
//! Nothing sleeps: a test waits for an event of the server, or for the next build, with a limit.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::serve::{Built, Options, ServeError, Server};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant, SystemTime};

const LIMIT: Duration = Duration::from_secs(20);

/// A folder of its own for each test: `site` is served, `content` is watched.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for part in ["site/sub", "content"] {
        std::fs::create_dir_all(folder.join(part)).expect("a folder for the test");
    }
    write(&folder, "secret.txt", "SECRET");
    write(&folder, "site/index.html", "<p>首页</p></body></html>");
    write(&folder, "site/sub/index.html", "<p>below</p></body>");
    write(&folder, "site/404.html", "<p>absent</p></body>");
    write(&folder, "site/data.bin", "0123456789");
    write(&folder, "content/report.txt", "");
    folder
}

/// Replaces the file in one step, so that no build meets it half written.
fn write(root: &Path, name: &str, text: &str) {
    std::fs::write(root.join("half-written"), text).expect("a file of the test");
    std::fs::rename(root.join("half-written"), root.join(name)).expect("a file of the test");
}

fn age(file: &Path) {
    std::fs::File::options()
        .write(true)
        .open(file)
        .and_then(|file| file.set_modified(SystemTime::UNIX_EPOCH))
        .expect("an old time");
}

fn options() -> Options {
    Options {
        port: Some(0),
        ..Options::default()
    }
}

/// The files in `content`, from which the builds of these tests are made.
fn content(root: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(root.join("content")).expect("listed");
    entries
        .map(|entry| {
            let entry = entry.expect("an entry");
            let text = std::fs::read_to_string(entry.path()).expect("read");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect()
}

/// A server whose builds fail with the text of `content/report.txt` if there is any, and otherwise
/// succeed, unless the site's folder is missing. As files saved in the very moment of the start may
/// be built twice, no test may rely on the number of builds.
struct Preview {
    server: Server,
    builds: Receiver<()>,
    said: Receiver<String>,
}

fn preview(root: &Path, options: &Options) -> Preview {
    preview_of(root, options, vec![root.join("content")])
}

fn preview_of(root: &Path, options: &Options, watch: Vec<PathBuf>) -> Preview {
    let root = root.to_owned();
    let (built, builds) = mpsc::channel();
    let (say, said) = mpsc::channel();
    let mut good = content(&root);
    let build = move || {
        let found = content(&root);
        let report = found.get("report.txt").cloned().unwrap_or_default();
        let changed = report.is_empty() && found != good;
        if changed {
            good = found;
        }
        let site = root.join("site");
        // The test may have ended.
        let _ = built.send(());
        Built {
            folder: site.is_dir().then_some(site),
            changed,
            failed: !report.is_empty(),
            report,
            watch: watch.clone(),
        }
    };
    let server = Server::start(options, build, move |line| {
        let _ = say.send(line.to_owned());
    })
    .expect("the preview starts");
    builds.recv_timeout(LIMIT).expect("the first build");
    Preview {
        server,
        builds,
        said,
    }
}

struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Preview {
    fn ask(&self, request: &str) -> Response {
        let mut stream = TcpStream::connect(self.server.address()).expect("a connection");
        stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8(answer).expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        Response {
            status: head[9..12].parse().expect("a status"),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    fn get_with(&self, path: &str, headers: &str) -> Response {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        ))
    }

    fn get(&self, path: &str) -> Response {
        self.get_with(path, "")
    }

    fn events(&self, query: &str) -> Events {
        let mut stream = TcpStream::connect(self.server.address()).expect("a connection");
        stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
        // Version 1.0 spares the test the chunks of 1.1.
        write!(
            stream,
            "GET /__anjian/events{query} HTTP/1.0\r\nHost: localhost\r\n\r\n"
        )
        .expect("a request");
        Events(BufReader::new(stream))
    }

    fn next_build(&self) {
        self.builds.recv_timeout(LIMIT).expect("another build");
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The name and data of the next event.
    fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        // Keep-alive comments hold off the socket's own limit.
        let limit = Instant::now() + LIMIT;
        loop {
            assert!(Instant::now() < limit, "an event in time");
            let mut line = String::new();
            let length = self.0.read_line(&mut line).expect("an event in time");
            assert!(length > 0, "the stream ended");
            if let Some(value) = line.strip_prefix("event:") {
                value.trim().clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data:") {
                return (name, data.trim().to_owned());
            }
        }
    }

    fn report(&mut self) -> serde_json::Value {
        let (name, data) = self.next();
        assert_eq!(name, "report", "{data}");
        serde_json::from_str(&data).expect("JSON")
    }

    fn reload(&mut self) {
        assert_eq!(self.next().0, "reload");
    }

    /// At least one reload, then this report.
    fn reload_with(&mut self, report: &str) {
        self.reload();
        loop {
            let (name, data) = self.next();
            if name == "report" {
                let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
                assert_eq!(data["report"], report);
                return;
            }
        }
    }
}

#[test]
fn pages_get_the_script_and_are_not_cached() {
    let root = folder("serve-script");
    let preview = preview(&root, &options());
    let page = preview.get("/");
    assert_eq!(page.status, 200);
    assert!(
        page.body
            .starts_with("<p>首页</p><script src=\"/__anjian/reload.js?"),
        "{}",
        page.body
    );
    assert!(page.body.ends_with("\" defer></script></body></html>"));
    assert!(page.head.contains("cache-control: no-store"));
    let length = format!("content-length: {}", page.body.len());
    assert!(page.head.contains(&length), "{}", page.head);
    assert!(
        preview
            .get("/__anjian/reload.js")
            .body
            .contains("EventSource")
    );
    assert!(
        preview
            .get("/__anjian/overlay.css")
            .body
            .contains(".anjian-report")
    );
}

#[test]
fn a_page_is_sent_whole_even_if_the_browser_has_its_file() {
    let root = folder("serve-conditions");
    let later = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n";
    assert_eq!(preview(&root, &options()).get_with("/", later).status, 200);
}

#[test]
fn an_unknown_address_gives_the_page_for_it() {
    let root = folder("serve-404");
    let preview = preview(&root, &options());
    let page = preview.get("/nowhere/");
    assert_eq!(page.status, 404);
    assert!(
        page.body.starts_with("<p>absent</p><script"),
        "{}",
        page.body
    );
    std::fs::remove_file(root.join("site/404.html")).expect("removed");
    assert_eq!(preview.get("/nowhere").status, 404);
}

#[test]
fn no_address_leaves_the_site() {
    let root = folder("serve-traversal");
    let preview = preview(&root, &options());
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/sub/../../secret.txt",
        "/sub/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//../secret.txt",
        "/%00",
        "/%ff",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("SECRET"), "{path}");
    }
}

#[test]
fn a_foreign_host_is_refused_everywhere() {
    let root = folder("serve-host");
    let preview = preview(&root, &options());
    for path in ["/", "/__anjian/events", "/__anjian/reload.js", "/none"] {
        let answer = preview.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(answer.status, 403, "{path}");
    }
    let without = preview.ask("GET / HTTP/1.0\r\n\r\n");
    assert_eq!(without.status, 403);
}

#[test]
fn part_of_a_file_can_be_had() {
    let root = folder("serve-range");
    let part = preview(&root, &options()).get_with("/data.bin", "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.body.as_str()), (206, "234"));
}

#[test]
fn head_and_other_methods_are_answered() {
    let root = folder("serve-methods");
    let preview = preview(&root, &options());
    for (method, status) in [("HEAD", 200), ("POST", 405)] {
        let answer = preview.ask(&format!(
            "{method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!((answer.status, answer.body.as_str()), (status, ""));
    }
}

#[test]
fn a_site_may_lie_below_a_path() {
    let root = folder("serve-base");
    let below = Options {
        base_path: "/docs".to_owned(),
        ..options()
    };
    let preview = preview(&root, &below);
    assert!(preview.server.url().ends_with("/docs/"));
    for (path, location) in [
        ("/", "/docs/"),
        ("/docs", "/docs/"),
        ("/docs/sub", "/docs/sub/"),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 307, "{path}");
        let expected = format!("location: {location}\r\n");
        assert!(
            format!("{}\r\n", answer.head).contains(&expected),
            "{}",
            answer.head
        );
    }
    assert!(preview.get("/docs/sub/?q=1").body.starts_with("<p>below"));
    assert_eq!(preview.get("/sub/").status, 404);
    assert_eq!(preview.get("/docs/../secret.txt").status, 404);
}

#[test]
fn a_change_is_built_and_reloads_the_browser() {
    let root = folder("serve-reload");
    let preview = preview(&root, &options());
    let mut events = preview.events("");
    assert_eq!(events.report()["report"], "");
    write(&root, "content/new.md", "text");
    events.reload();
}

#[test]
fn a_page_that_is_stale_when_it_connects_reloads() {
    let root = folder("serve-stale");
    let preview = preview(&root, &options());
    preview.events("?1").reload();
    let page = preview.get("/").body;
    let number = page
        .split_once("reload.js?")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("a build number")
        .0;
    assert_eq!(preview.events(&format!("?{number}")).report()["report"], "");
}

#[test]
fn a_failed_build_keeps_the_last_good_page_and_reports() {
    let root = folder("serve-failure");
    let preview = preview(&root, &options());
    let mut events = preview.events("");
    events.report();
    write(
        &root,
        "content/report.txt",
        "错误\n<script>alert(1)</script>",
    );
    let report = events.report();
    assert_eq!(report["report"], "错误\n<script>alert(1)</script>");
    assert_eq!(report["failed"], true);
    assert_eq!(preview.get("/").status, 200);
    assert!(!preview.get("/").body.contains("alert(1)"));
    // Whoever comes later is told as well.
    assert_eq!(preview.events("").report(), report);
    write(&root, "content/new.md", "text");
    write(&root, "content/report.txt", "");
    events.reload_with("");
}

#[test]
fn without_any_good_build_every_address_shows_the_report_as_text() {
    let root = folder("serve-waiting");
    let site = root.join("site");
    std::fs::rename(&site, root.join("later")).expect("moved");
    write(&root, "content/report.txt", "<script>alert(1)</script>");
    let preview = preview(&root, &options());
    let mut events = preview.events("");
    events.report();
    for path in ["/", "/any/where.html"] {
        let page = preview.get(path);
        assert_eq!(page.status, 503);
        assert!(
            page.body.contains("&lt;script&gt;alert(1)"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("<script>alert"));
        assert!(page.body.contains("/__anjian/reload.js?"));
        assert!(
            page.head
                .contains("content-security-policy: default-src 'self'")
        );
    }
    write(&root, "content/report.txt", "another");
    events.reload_with("another");
    std::fs::rename(root.join("later"), &site).expect("moved");
    write(&root, "content/report.txt", "");
    events.reload_with("");
    assert_eq!(preview.get("/").status, 200);
}

/// What a build finds of the watched paths.
fn found(root: &Path) -> String {
    let text = |name: &str| std::fs::read_to_string(root.join(name)).unwrap_or("-".to_owned());
    let is = |name: &str| root.join(name).is_dir();
    format!(
        "{} {} {} {}",
        text("site.toml"),
        is("content"),
        text("content/deep/again.md"),
        text("theme/css/extra.css")
    )
}

#[test]
fn replaced_missing_and_moved_paths_are_watched() {
    let root = folder("serve-watch");
    write(&root, "site.toml", "a");
    let watch = ["site.toml", "content", "theme/css/extra.css"].map(|name| root.join(name));
    let (built, builds) = mpsc::channel();
    let here = root.clone();
    let build = move || {
        let _ = built.send(found(&here));
        Built {
            watch: watch.to_vec(),
            ..Built::default()
        }
    };
    let _server = Server::start(&options(), build, |_| {}).expect("the preview starts");
    let step = |change: &dyn Fn(), expected: &str| {
        change();
        while builds.recv_timeout(LIMIT).expect(expected) != expected {}
    };
    let at = |name: &str| root.join(name);
    let plain = |name: &str, text: &str| std::fs::write(at(name), text).expect("written");
    let rename = |from: &str, to: &str| std::fs::rename(at(from), at(to)).expect("moved");
    let create = |name: &str| std::fs::create_dir_all(at(name)).expect("a folder");
    let remove = |name: &str| std::fs::remove_dir_all(at(name)).expect("removed");

    step(&|| write(&root, "site.toml", "b"), "b true - -");
    step(&|| plain("site.toml", "c"), "c true - -");
    create("theme/css");
    step(&|| plain("theme/css/extra.css", "d"), "c true - d");
    step(&|| remove("theme"), "c true - -");
    create("theme/css");
    step(&|| plain("theme/css/extra.css", "e"), "c true - e");
    step(&|| plain("theme/css/extra.css", "f"), "c true - f");
    step(&|| rename("content", "aside"), "c false - f");
    step(&|| rename("aside", "content"), "c true - f");
    create("content/deep");
    step(&|| plain("content/deep/again.md", "g"), "c true g f");
    step(&|| plain("content/deep/again.md", "h"), "c true h f");
    let replace = || {
        rename("content", "aside");
        create("content/deep");
        plain("content/deep/again.md", "i");
    };
    step(&replace, "c true i f");
    step(&|| plain("content/deep/again.md", "j"), "c true j f");
}

#[test]
fn a_change_during_the_first_build_is_not_missed() {
    let root = folder("serve-missed");
    let (built, builds) = mpsc::channel();
    let here = root.clone();
    let build = move || {
        let read = found(&here);
        if read.starts_with("- ") {
            write(&here, "site.toml", "saved");
        }
        let _ = built.send(read);
        Built {
            watch: vec![here.join("site.toml")],
            ..Built::default()
        }
    };
    let _server = Server::start(&options(), build, |_| {}).expect("the preview starts");
    for start in ["- ", "saved "] {
        let read = builds.recv_timeout(LIMIT).expect("a build");
        assert!(read.starts_with(start), "{read}");
    }
}

#[test]
fn what_a_build_reads_or_writes_elsewhere_sets_off_no_build() {
    let root = folder("serve-quiet");
    write(&root, "site.toml", "a");
    // A file saved in the very moment of the start may be built twice; this one is older.
    age(&root.join("site.toml"));
    let preview = preview_of(&root, &options(), vec![root.join("site.toml")]);
    write(&root, "site/index.html", "written");
    write(&root, "neighbour.toml", "written");
    std::fs::read(root.join("site.toml")).expect("read");
    let quiet = || {
        let outcome = preview.builds.recv_timeout(Duration::from_millis(300));
        assert!(outcome.is_err(), "a build that nobody asked for");
    };
    quiet();
    write(&root, "site.toml", "b");
    preview.next_build();
    quiet();
}

#[test]
fn a_change_during_a_build_is_built_afterwards() {
    let root = folder("serve-during");
    let (began, begun) = mpsc::channel();
    let (go, gone) = mpsc::channel::<()>();
    // Older than any build, so that its time tells nothing.
    write(&root, "old.css", "a");
    let watch = vec![root.join("theme/extra.css")];
    let site = root.join("site");
    let mut number = 0;
    let build = move || {
        number += 1;
        let _ = began.send(number);
        if number == 2 {
            gone.recv_timeout(LIMIT).expect("leave to go on");
        }
        Built {
            folder: Some(site.clone()),
            changed: true,
            watch: watch.clone(),
            ..Built::default()
        }
    };
    let server = Server::start(&options(), build, |_| {}).expect("the preview starts");
    let next = || begun.recv_timeout(LIMIT).expect("a build");
    assert_eq!(next(), 1);
    std::fs::create_dir(root.join("theme")).expect("a folder");
    assert_eq!(next(), 2);
    std::fs::rename(root.join("old.css"), root.join("theme/extra.css")).expect("moved");
    let mut during = TcpStream::connect(server.address()).expect("a connection");
    during
        .write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        .expect("a request");
    let mut answer = String::new();
    during.read_to_string(&mut answer).expect("an answer");
    assert!(answer.contains("首页"));
    go.send(()).expect("the build waits");
    assert_eq!(next(), 3);
    server.stop();
}

#[test]
fn polling_sees_changes_within_a_second_too() {
    let root = folder("serve-poll");
    let poll = Options {
        poll: true,
        ..options()
    };
    let preview = preview(&root, &poll);
    let mut events = preview.events("");
    events.report();
    // The same length and the same time: only the contents differ.
    for text in ["x", "y", "z"] {
        write(&root, "next", text);
        age(&root.join("next"));
        std::fs::rename(root.join("next"), root.join("content/report.txt")).expect("moved");
        assert_eq!(events.report()["report"], text);
    }
}

#[test]
fn a_port_asked_for_and_taken_is_named() {
    let root = folder("serve-port");
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let asked = Options {
        port: Some(port),
        ..options()
    };
    let error = Server::start(&asked, Built::default, |_| {}).err();
    let error = error.expect("the port is taken");
    assert!(matches!(error, ServeError::PortTaken(named) if named == port));
    let text = error.to_string();
    assert!(text.contains(&format!("端口 {port} ")) && text.contains(&format!("port {port} ")));
    let free = preview(
        &root,
        &Options {
            port: None,
            ..options()
        },
    );
    assert!((8000..=8010).contains(&free.server.address().port()));
    assert!(free.said.try_recv().is_err());
}
