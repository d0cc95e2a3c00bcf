//! Links to other sites: visited politely, told where they are written, and never in a build. Servers of these tests run in
//! the tests; nothing leaves the machine.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::diag::{Diagnostic, Span};
use anjian::external::web::Web;
use anjian::external::{
    Answer, Clock, Failure, Link, Manners, Method, Outcome, Transport, findings, visit,
};
use anjian::path::SourcePath;
use anjian::pipeline::{BuildOptions, inspect};
use anjian::source::Sources;
use anjian::source::memory::MemorySources;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::time::Duration;

/// Time that passes only where somebody waits.
#[derive(Default)]
struct Hourglass(Mutex<Duration>);

impl Clock for Hourglass {
    fn now(&self) -> Duration {
        *self.0.lock().expect("a time")
    }

    fn wait(&self, time: Duration) {
        *self.0.lock().expect("a time") += time;
    }
}

/// A web of answers by address, with what was asked, and how many at a time.
#[derive(Default)]
struct Made {
    answers: BTreeMap<&'static str, (u16, &'static str)>,
    failures: BTreeMap<&'static str, Failure>,
    log: Mutex<Log>,
    clock: Hourglass,
}

#[derive(Default)]
struct Log {
    asked: Vec<(Method, String)>,
    /// Visits that began and have not ended, by host, and the most there were.
    now: BTreeMap<String, usize>,
    most: usize,
    most_of_one: usize,
    /// When each host was last left.
    left: BTreeMap<String, Duration>,
    hurried: Vec<String>,
}

fn host_of(address: &str) -> String {
    address.split('/').nth(2).unwrap_or_default().to_owned()
}

impl Transport for Made {
    fn ask(&self, method: Method, address: &str) -> Answer {
        let host = host_of(address);
        {
            let mut log = self.log.lock().expect("a log");
            log.asked.push((method, address.to_owned()));
            *log.now.entry(host.clone()).or_default() += 1;
            let all: usize = log.now.values().sum();
            log.most = log.most.max(all);
            log.most_of_one = log.most_of_one.max(log.now[&host]);
            let now = self.clock.now();
            let soon = log
                .left
                .get(&host)
                .is_some_and(|left| now < *left + Duration::from_secs(1));
            if soon {
                log.hurried.push(address.to_owned());
            }
        }
        for _ in 0..200 {
            std::thread::yield_now();
        }
        let mut log = self.log.lock().expect("a log");
        *log.now.entry(host.clone()).or_default() -= 1;
        log.left.insert(host.clone(), self.clock.now());
        if let Some(failure) = self.failures.get(host.as_str()) {
            return Answer::Failure(failure.clone());
        }
        let (status, header) = self.answers.get(address).copied().unwrap_or((200, ""));
        let header = Some(header.to_owned()).filter(|header| !header.is_empty());
        let (location, retry_after) = match status {
            300..=399 => (header, None),
            _ => (None, header),
        };
        // As servers do that know no heads.
        let status = match (method, status) {
            (Method::Head, 299) => 405,
            (Method::Get, 299) => 200,
            _ => status,
        };
        Answer::Response {
            status,
            location,
            retry_after,
        }
    }
}

fn one(made: &Made, address: &str) -> Outcome {
    let known = visit([address], made, &made.clock, Manners::default());
    known.get(address).cloned().expect("an outcome")
}

#[test]
fn each_answer_means_what_it_says() {
    let made = Made {
        answers: BTreeMap::from([
            ("https://a.cn/404", (404, "")),
            ("https://a.cn/410", (410, "")),
            ("https://a.cn/500", (500, "")),
            ("https://a.cn/412", (412, "")),
            ("https://a.cn/head", (299, "")),
            ("https://a.cn/moved", (301, "/new")),
            ("https://a.cn/moved2", (308, "https://b.cn/new")),
            ("https://a.cn/for-now", (302, "/new")),
            ("https://a.cn/both", (301, "/for-now")),
            ("https://a.cn/gone", (301, "/404")),
            ("https://a.cn/loop", (301, "/loop")),
            ("https://a.cn/inside", (302, "http://10.0.0.1/")),
            ("https://a.cn/busy", (429, "120")),
            ("https://a.cn/down", (503, "Mon, 23 Nov 2026 00:00:00 GMT")),
            ("https://a.cn/out", (503, "")),
        ]),
        ..Made::default()
    };
    let cases = [
        ("https://a.cn/", Outcome::Good),
        ("//a.cn/x#y", Outcome::Good),
        ("https://a.cn/404", Outcome::Dead(404)),
        ("https://a.cn/410", Outcome::Dead(410)),
        ("https://a.cn/500", Outcome::Status(500)),
        ("https://a.cn/412", Outcome::Status(412)),
        ("https://a.cn/head", Outcome::Good),
        (
            "https://a.cn/moved",
            Outcome::Moved("https://a.cn/new".to_owned()),
        ),
        (
            "https://a.cn/moved2",
            Outcome::Moved("https://b.cn/new".to_owned()),
        ),
        ("https://a.cn/for-now", Outcome::Good),
        (
            "https://a.cn/both",
            Outcome::Moved("https://a.cn/for-now".to_owned()),
        ),
        ("https://a.cn/gone", Outcome::Dead(404)),
        ("https://a.cn/loop", Outcome::Loop),
        ("https://a.cn/inside", Outcome::Loop),
        ("https://a.cn/busy", Outcome::Busy(Some("120".to_owned()))),
        (
            "https://a.cn/down",
            Outcome::Busy(Some("Mon, 23 Nov 2026 00:00:00 GMT".to_owned())),
        ),
        ("https://a.cn/out", Outcome::Status(503)),
        ("http://192.168.1.1/", Outcome::Private),
        ("file:///c:/a.doc", Outcome::Private),
        ("https://应急.中国/", Outcome::Strange),
    ];
    for (address, wanted) in cases {
        assert_eq!(one(&made, address), wanted, "{address}");
    }
    let asked = made.log.lock().expect("a log");
    let inside = asked
        .asked
        .iter()
        .filter(|(_, address)| address.contains("10.0.0.1"));
    assert_eq!(inside.count(), 0);
    assert!(
        visit(
            ["mailto:a@b.cn", "tel:12350"],
            &made,
            &made.clock,
            Manners::default()
        )
        .is_empty()
    );
}

#[test]
fn no_more_than_four_are_asked_at_a_time_and_each_host_alone_and_slowly() {
    let made = Made {
        answers: BTreeMap::from([("https://h0.cn/0", (301, "https://h1.cn/1"))]),
        ..Made::default()
    };
    let addresses: Vec<String> = (0..12)
        .flat_map(|host| (0..6).map(move |page| format!("https://h{host}.cn/{page}")))
        .collect();
    // Twice the same is once.
    let twice = addresses.iter().chain(&addresses).map(String::as_str);
    let known = visit(twice, &made, &made.clock, Manners::default());
    assert_eq!(known.len(), 72);
    let log = made.log.lock().expect("a log");
    assert_eq!(log.asked.len(), 73);
    assert!(log.most <= 4 && log.most > 1, "{} at a time", log.most);
    assert_eq!(log.most_of_one, 1);
    assert_eq!(log.hurried, [""; 0]);
}

#[test]
fn a_host_that_cannot_be_reached_is_not_asked_again() {
    let pages = [
        "https://a.cn/1",
        "https://a.cn/2",
        "https://a.cn/3",
        "https://a.cn/4",
    ];
    let cases = [
        (Failure::Offline, 1),
        (Failure::Refused, 1),
        (Failure::Insecure("expired".to_owned()), 1),
        (Failure::Slow, 2),
        (Failure::Other("reset".to_owned()), 4),
    ];
    for (failure, count) in cases {
        let made = Made {
            failures: BTreeMap::from([("a.cn", failure.clone())]),
            ..Made::default()
        };
        let known = visit(pages, &made, &made.clock, Manners::default());
        assert!(
            known
                .values()
                .all(|one| *one == Outcome::Failed(failure.clone()))
        );
        assert_eq!(
            made.log.lock().expect("a log").asked.len(),
            count,
            "{failure:?}"
        );
    }
    let made = Made {
        answers: BTreeMap::from([("https://a.cn/1", (429, ""))]),
        ..Made::default()
    };
    let known = visit(pages, &made, &made.clock, Manners::default());
    assert!(known.values().all(|one| *one == Outcome::Busy(None)));
    assert_eq!(made.log.lock().expect("a log").asked.len(), 1);
}

fn links(all: &[(&str, usize)]) -> Vec<Link> {
    let source = SourcePath::new("content/a.md").expect("a sound path");
    let links = all.iter().map(|(address, at)| Link {
        address: (*address).to_owned(),
        span: Span {
            source: source.clone(),
            bytes: *at..at + 1,
        },
    });
    links.collect()
}

fn told(found: &[Diagnostic]) -> Vec<(&str, usize)> {
    let told = found.iter().map(|one| {
        let at = one.span.as_ref().map_or(0, |span| span.bytes.start);
        (one.code.as_ref(), at)
    });
    told.collect()
}

#[test]
fn dead_links_are_told_where_they_stand_and_hosts_once() {
    let links = links(&[
        ("https://a.cn/404", 10),
        ("https://a.cn/404", 20),
        ("https://a.cn/moved", 30),
        ("https://b.cn/2", 50),
        ("https://b.cn/1", 40),
        ("https://nowhere.cn/", 60),
        ("http://localhost/", 70),
        ("https://a.cn/", 80),
    ]);
    let mut known = BTreeMap::from([
        ("https://a.cn/404".to_owned(), Outcome::Dead(404)),
        (
            "https://a.cn/moved".to_owned(),
            Outcome::Moved("https://a.cn/".to_owned()),
        ),
        ("https://b.cn/1".to_owned(), Outcome::Failed(Failure::Slow)),
        ("https://b.cn/2".to_owned(), Outcome::Failed(Failure::Slow)),
        (
            "https://nowhere.cn/".to_owned(),
            Outcome::Failed(Failure::NoHost),
        ),
        ("http://localhost/".to_owned(), Outcome::Private),
        ("https://a.cn/".to_owned(), Outcome::Good),
    ]);
    let found = findings(&links, &known);
    assert_eq!(
        told(&found),
        [
            ("external-dead", 10),
            ("external-dead", 20),
            ("external-moved", 30),
            ("external-dead", 60),
            ("external-private", 70),
            ("external-unreached", 40),
        ]
    );
    assert!(
        found[2]
            .help
            .as_ref()
            .is_some_and(|help| help.zh.contains("首页"))
    );
    assert!(
        found[5].message.zh.contains("2 个链接"),
        "{}",
        found[5].message.zh
    );
    // Without a network nothing is dead.
    for outcome in known.values_mut() {
        *outcome = Outcome::Failed(Failure::Offline);
    }
    let found = findings(&links, &known);
    let codes: Vec<_> = told(&found).into_iter().map(|one| one.0).collect();
    assert_eq!(codes, ["external-unreached"; 4]);
}

#[test]
fn a_name_is_unknown_only_where_others_answer() {
    let made = Made {
        failures: BTreeMap::from([("a.cn", Failure::NoHost), ("b.cn", Failure::NoHost)]),
        ..Made::default()
    };
    let outcomes = |addresses: &[&'static str]| {
        let known = visit(
            addresses.iter().copied(),
            &made,
            &made.clock,
            Manners::default(),
        );
        known.into_values().collect::<Vec<_>>()
    };
    let failed = |failure| Outcome::Failed(failure);
    assert_eq!(
        outcomes(&["https://a.cn/", "https://b.cn/"]),
        [failed(Failure::Offline), failed(Failure::Offline)]
    );
    assert_eq!(
        outcomes(&["https://a.cn/", "https://c.cn/"]),
        [failed(Failure::NoHost), Outcome::Good]
    );
}

/// Links of texts and keys come with their places; the site's own address is none of them.
#[test]
fn links_are_found_in_texts_menus_and_keys() {
    let text =
        "# 一\n\n见[标准](https://a.cn/x)、<https://b.cn/>和[信](mailto:office@example.gov.cn)。\n";
    let literal = format!(
        "//- content/site.toml\ntitle = \"站\"\nbase_url = \"https://own.cn/\"\n[personal]\nallowed = [\"office@example.gov.cn\"]\n[[menu]]\ntitle = \"协会\"\ntarget = \"https://menu.cn/\"\n//- content/a.md\n{text}"
    );
    let sources = MemorySources::from_literal(&literal).expect("sound paths");
    let options = BuildOptions {
        policy: PublishPolicy {
            today: jiff::civil::date(2026, 11, 1),
            drafts: false,
        },
        overrides: Overrides::default(),
    };
    let found = inspect(&sources, &options).expect("memory can be read");
    let mut links: Vec<(String, String)> = Vec::new();
    for link in &found.links {
        let bytes = sources.read(&link.span.source).expect("a source");
        let there = bytes.get(link.span.bytes.clone()).expect("a place");
        let there = String::from_utf8_lossy(there).into_owned();
        links.push((link.address.clone(), there));
    }
    links.sort();
    let pair = |address: &str, there: &str| (address.to_owned(), there.to_owned());
    assert_eq!(
        links,
        [
            pair("https://a.cn/x", "[标准](https://a.cn/x)"),
            pair("https://b.cn/", "<https://b.cn/>"),
            pair("https://menu.cn/", "\"https://menu.cn/\""),
        ]
    );
}

/// A server of this machine that answers by the path; the port it listens on.
fn server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    port
}

fn answer(mut stream: TcpStream) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read > 0) {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut words = head.split(' ');
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let named = head.to_lowercase().contains("user-agent: anjian/");
    let said = match (method, path) {
        _ if !named => "HTTP/1.1 400 Bad Request\r\n",
        ("HEAD", "/no-head") => "HTTP/1.1 405 Method Not Allowed\r\n",
        (_, "/404") => "HTTP/1.1 404 Not Found\r\n",
        (_, "/500") => "HTTP/1.1 500 Internal Server Error\r\n",
        (_, "/moved") => "HTTP/1.1 301 Moved Permanently\r\nLocation: /%E6%96%B0\r\n",
        (_, "/loop") => "HTTP/1.1 302 Found\r\nLocation: loop\r\n",
        (_, "/busy") => "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 60\r\n",
        (_, "/nonsense") => "nonsense\r\n",
        (_, "/slow") => {
            // Says nothing until the visitor has gone.
            let _ = stream.read(&mut byte);
            return;
        }
        _ => "HTTP/1.1 200 OK\r\n",
    };
    let _ = stream
        .write_all(format!("{said}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
}

#[test]
fn a_server_is_asked_as_the_web_asks() {
    let port = server();
    let web = Web::without_proxy(Duration::from_millis(300));
    let manners = Manners {
        private: true,
        ..Manners::default()
    };
    let moved = format!("http://127.0.0.1:{port}/%E6%96%B0");
    let cases = [
        ("/", Outcome::Good),
        ("/安全 一?甲=乙#丙", Outcome::Good),
        ("/no-head", Outcome::Good),
        ("/404", Outcome::Dead(404)),
        ("/500", Outcome::Status(500)),
        ("/moved", Outcome::Moved(moved)),
        ("/loop", Outcome::Loop),
        ("/busy", Outcome::Busy(Some("60".to_owned()))),
        ("/slow", Outcome::Failed(Failure::Slow)),
    ];
    for (path, wanted) in cases {
        let address = format!("http://127.0.0.1:{port}{path}");
        let known = visit([address.as_str()], &web, &Hourglass::default(), manners);
        assert_eq!(known.get(&address), Some(&wanted), "{path}");
    }
    let address = format!("http://127.0.0.1:{port}/nonsense");
    let known = visit([address.as_str()], &web, &Hourglass::default(), manners);
    assert!(
        matches!(known[&address], Outcome::Failed(Failure::Other(_))),
        "{known:?}"
    );
    // Nobody listens on a port that was given back.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
    let closed = listener.local_addr().expect("an address").port();
    drop(listener);
    let address = format!("http://127.0.0.1:{closed}/");
    let known = visit([address.as_str()], &web, &Hourglass::default(), manners);
    assert_eq!(known[&address], Outcome::Failed(Failure::Refused));
    // Without the leave that tests have, this machine is nobody's.
    let known = visit(
        [address.as_str()],
        &web,
        &Hourglass::default(),
        Manners::default(),
    );
    assert_eq!(known[&address], Outcome::Private);
}
