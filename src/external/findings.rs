//! What visits showed, as findings where the links are written.

use super::{Failure, Link, Outcome};
use crate::check::rules::finding;
use crate::diag::Diagnostic;
use crate::graph::leaving::host;
use std::collections::{BTreeMap, BTreeSet};

/// The findings about all links. Hosts that could not be reached are told once each.
#[must_use]
pub fn findings(links: &[Link], known: &BTreeMap<String, Outcome>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut hosts: BTreeMap<String, Vec<(&Link, &Outcome)>> = BTreeMap::new();
    for link in links {
        let Some(outcome) = known.get(&link.address) else {
            continue;
        };
        match outcome {
            Outcome::Good => {}
            Outcome::Moved(to) => found.push(moved(link, to)),
            Outcome::Private => found.push(private(link)),
            Outcome::Dead(status) => found.push(dead(
                link,
                [
                    format!("服务器说这一页不存在（{status}）"),
                    format!("its server says that there is no such page ({status})"),
                ],
            )),
            Outcome::Failed(Failure::NoHost) => found.push(dead(
                link,
                [
                    "没有这个域名".to_owned(),
                    "no machine has this name".to_owned(),
                ],
            )),
            other => {
                let host = host(&link.address).unwrap_or_default();
                hosts.entry(host).or_default().push((link, other));
            }
        }
    }
    found.extend(hosts.iter().filter_map(|(host, all)| unreached(host, all)));
    found
}

fn dead(link: &Link, [zh, en]: [String; 2]) -> Diagnostic {
    let message = [
        format!("站外链接 `{}` 打不开：{zh}", link.address),
        format!("the link to `{}` is dead: {en}", link.address),
    ];
    let help = [
        "在浏览器里核对；页面搬走的换成新地址，没有了的删去链接，保留文件名称和文号".to_owned(),
        "try it in a browser; write its new address, or keep title and number without a link"
            .to_owned(),
    ];
    finding("external-dead", link.span.clone(), message, help)
}

fn moved(link: &Link, to: &str) -> Diagnostic {
    let message = [
        format!("站外链接 `{}` 已搬到 `{to}`", link.address),
        format!(
            "the link to `{}` has moved for good to `{to}`",
            link.address
        ),
    ];
    let path = |address: &str| {
        let (_, rest) = address.split_once("://").unwrap_or_default();
        rest.trim_end_matches('/').contains('/')
    };
    let help = match path(&link.address) && !path(to) {
        true => [
            "它转到了首页，原来的页面可能没有了；在浏览器里核对".to_owned(),
            "it leads to the front page: what it was may be gone; try it in a browser".to_owned(),
        ],
        false => [
            format!("核对后改成 `{to}`"),
            format!("compare, then write `{to}`"),
        ],
    };
    finding("external-moved", link.span.clone(), message, help)
}

fn private(link: &Link) -> Diagnostic {
    let message = [
        format!(
            "链接 `{}` 指向本机、内网或本地文件，读者打不开",
            link.address
        ),
        format!(
            "the link to `{}` leads to this machine, an inner network or a local file: readers cannot open it",
            link.address
        ),
    ];
    let help = [
        "换成公开的地址，或者把文件放进 content 文件夹再链接".to_owned(),
        "write a public address, or put the file into the content folder".to_owned(),
    ];
    finding("external-private", link.span.clone(), message, help)
}

/// One finding about a host, at its first link.
fn unreached(host: &str, all: &[(&Link, &Outcome)]) -> Option<Diagnostic> {
    let first = |one: &&(&Link, &Outcome)| {
        let span = &one.0.span;
        (span.source.clone(), span.bytes.start)
    };
    let (link, outcome) = all.iter().min_by_key(first)?;
    let addresses: BTreeSet<&str> = all.iter().map(|(link, _)| link.address.as_str()).collect();
    let count = addresses.len();
    let [zh, en] = why(outcome);
    let message = [
        format!("没能看到 `{host}` 上的 {count} 个链接：{zh}"),
        format!("`{host}` could not be seen (links: {count}): {en}"),
    ];
    let help = [
        "在浏览器里打开看一看；网站一时打不开的，过一天再查".to_owned(),
        "open them in a browser; where it is down for now, check again in a day".to_owned(),
    ];
    Some(finding(
        "external-unreached",
        link.span.clone(),
        message,
        help,
    ))
}

fn why(outcome: &Outcome) -> [String; 2] {
    let both = |zh: &str, en: &str| [zh.to_owned(), en.to_owned()];
    match outcome {
        Outcome::Failed(Failure::NoHost | Failure::Offline) => both(
            "查不到域名，可能是没有联网",
            "its name cannot be looked up; there may be no network",
        ),
        Outcome::Failed(Failure::Slow) => both("太慢，没有等到回答", "it took too long to answer"),
        Outcome::Failed(Failure::Refused) => both("拒绝连接", "it refuses connections"),
        Outcome::Failed(Failure::Insecure(why)) => [
            format!("证书或者加密方式有问题（{why}）"),
            format!("its certificate or encryption is not sound ({why})"),
        ],
        Outcome::Failed(Failure::Other(why)) => [format!("连接出错（{why}）"), why.clone()],
        Outcome::Busy(Some(after)) => [
            format!("它要求过后再来（Retry-After: {after}）"),
            format!("it asks to come again later (Retry-After: {after})"),
        ],
        Outcome::Busy(None) => both("它要求少来几次（429）", "it asks for fewer visits (429)"),
        Outcome::Loop => both("转来转去，没有终点", "it sends readers on without end"),
        Outcome::Strange => both(
            "中文域名要在浏览器里核对",
            "names in Chinese are to be tried in a browser",
        ),
        Outcome::Status(status @ (401 | 403 | 405 | 406 | 412 | 418)) => [
            format!("它不让程序访问（{status}）"),
            format!("it lets no program in ({status})"),
        ],
        Outcome::Status(status) => [
            format!("它回答了 {status}"),
            format!("it answered {status}"),
        ],
        Outcome::Good | Outcome::Moved(_) | Outcome::Dead(_) | Outcome::Private => both("", ""),
    }
}
