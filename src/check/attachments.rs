//! Files that are offered beside the pages: none is empty, locked, something else than its name says, brings
//! programs along, or tells of persons what must not be published. A finding stands where a page names the file, else at
//! the file.

use super::{personal, rules};
use crate::attachment::Problem;
use crate::attachment::copies::Undecodable;
use crate::attachment::words::{Secret, Unread};
use crate::config::Strictness;
use crate::content;
use crate::content::enforcement_case::EnforcementCase;
use crate::diag::{Diagnostic, Message, Severity, Span};
use crate::graph::links::{Destination, resolve};
use crate::graph::{FileFacts, Site};
use crate::path::SourcePath;
use crate::text::personal::{Kind, mask};
use std::collections::BTreeMap;

/// The findings about all files.
#[must_use]
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let files = site.files.iter();
    let wrong = files.filter(|(_, file)| {
        let asset = &file.asset;
        !asset.problems.is_empty() || !asset.personal.is_empty() || asset.unread.is_some()
    });
    let found = wrong.flat_map(|(path, file)| findings(site, path, file));
    found.collect()
}

fn findings(site: &Site, path: &SourcePath, file: &FileFacts) -> Vec<Diagnostic> {
    let (span, case) = named(site, path).unzip();
    let case = case.flatten();
    let mut told = secrets(site, path, file, span.as_ref(), case);
    told.extend(unread(path, file, span.as_ref()));
    let problems = file.asset.problems.iter();
    let found = problems.map(|problem| {
        let (severity, code, zh, en, help) = words(*problem);
        Diagnostic {
            severity,
            code: code.into(),
            message: Message::new(
                format!("附件 `{path}` {zh}"),
                format!("the attachment `{path}` {en}"),
            ),
            span: span.clone(),
            help: Some(help),
        }
    });
    told.extend(found);
    told
}

/// How many places of a kind a finding names.
const PLACES: usize = 5;

/// The findings about what an attachment says of persons, one for each kind.
fn secrets(
    site: &Site,
    path: &SourcePath,
    file: &FileFacts,
    span: Option<&Span>,
    case: Option<&EnforcementCase>,
) -> Vec<Diagnostic> {
    let allowed = &site.config.allowed;
    let mut kinds: BTreeMap<Kind, Vec<&Secret>> = BTreeMap::new();
    for secret in &file.asset.personal {
        let counts = secret.kind != Kind::PersonName
            || case.is_some_and(|case| !personal::is_party(case, &secret.value));
        if counts && !personal::is_allowed(&secret.value, allowed) {
            kinds.entry(secret.kind).or_default().push(secret);
        }
    }
    let is_lenient = site.config.unknown_keys == Strictness::Warn;
    let found = kinds.into_iter().map(|(kind, secrets)| {
        let mut one = secret(path, kind, &secrets);
        one.span = span.cloned();
        if is_lenient && kind != Kind::IdentityNumber {
            one.severity = Severity::Warning;
        }
        one
    });
    found.collect()
}

fn secret(path: &SourcePath, kind: Kind, secrets: &[&Secret]) -> Diagnostic {
    let [zh, en] = personal::noun(kind);
    let mut places: Vec<[String; 2]> = secrets.iter().map(|one| one.place.name()).collect();
    places.dedup();
    let more = places.len() > PLACES;
    places.truncate(PLACES);
    let [zh_places, en_places] = [0, 1].map(|language: usize| {
        let names = places.iter().filter_map(|names| names.get(language));
        names.map(String::as_str).collect::<Vec<_>>()
    });
    let message = [
        format!(
            "附件 `{path}` 里有{zh}，不得公开：{}{}",
            zh_places.join("、"),
            if more { "等处" } else { "" }
        ),
        format!(
            "the attachment `{path}` holds {en}, which must not be published: {}{}",
            en_places.join(", "),
            if more { " and elsewhere" } else { "" }
        ),
    ];
    let mask = mask(kind, "某");
    let help = match kind {
        Kind::PersonName => [
            "打开文件，写成姓加“某”，再放上来；anjian mask 文件 列出每一处".to_owned(),
            "open it and write 某 for the given name; `anjian mask FILE` lists each place"
                .to_owned(),
        ],
        _ => [
            format!("打开文件，删去或写成{mask}，再放上来；anjian mask 文件 列出每一处"),
            format!("open it and delete it or write {mask}; `anjian mask FILE` lists each place"),
        ],
    };
    let code = match kind {
        Kind::PersonName => "person-named",
        _ => "personal-data",
    };
    rules::finding_of_site(code, message, help)
}

/// The finding about an attachment whose text was not looked through in full.
fn unread(path: &SourcePath, file: &FileFacts, span: Option<&Span>) -> Option<Diagnostic> {
    let (zh, en) = match file.asset.unread? {
        Unread::TooLarge => (
            "太大，没有全部查过",
            "is too large to be looked through in full",
        ),
        Unread::Scanned => (
            "是扫描的图片，查不出里面的个人信息，读屏软件也读不出来",
            "is a scan: nobody can tell by its text what it says of persons, and no screen reader can read it",
        ),
        Unread::Damaged => ("有一部分读不出来，没有查过", "cannot be read in part"),
    };
    let message = [
        format!("附件 `{path}` {zh}"),
        format!("the attachment `{path}` {en}"),
    ];
    let help = [
        "由人看一遍，确认没有身份证号码、电话、住址；能换成文字版的换成文字版",
        "look through it yourself for numbers and addresses of persons, or offer it as text",
    ];
    let mut one = rules::finding_of_site("attachment-unread", message, help.map(str::to_owned));
    one.span = span.cloned();
    Some(one)
}

/// The finding about a picture that cannot be decoded, so that it has no copies for the page.
#[must_use]
pub fn undecodable(site: &Site, path: &SourcePath, error: &Undecodable) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "bad-picture".into(),
        message: Message::new(
            format!("图片 `{path}` 读不出来：{error}"),
            format!("the picture `{path}` cannot be decoded: {error}"),
        ),
        span: named(site, path).map(|(span, _)| span),
        help: Some(Message::new(
            "用看图软件打开，另存为普通的 JPG 或 PNG，再放进来",
            "open it in a viewer, save it as a plain JPG or PNG and put that in its place",
        )),
    }
}

/// Where a page names the file, cases first, and the case that does; nothing where none does.
fn named<'a>(site: &'a Site, path: &SourcePath) -> Option<(Span, Option<&'a EnforcementCase>)> {
    let places = site.pages.iter().enumerate().filter_map(|(id, page)| {
        let document = &page.document;
        let mut listed = document.content.common.attachments.iter();
        let in_keys = listed.find(|one| {
            let target = document.path.join(site.root.as_str(), &one.file.value);
            target.is_ok_and(|target| target == *path)
        });
        let mut slots = document.body.slots.iter();
        let mut in_text = || {
            slots.find(|slot| {
                matches!(resolve(site, id, &slot.target), Ok(Destination::File(file)) if file == *path)
            })
        };
        let bytes = match in_keys {
            Some(one) => one.file.bytes.clone(),
            None => in_text()?.span.clone(),
        };
        let span = Span {
            source: document.path.clone(),
            bytes,
        };
        let case = match &document.content.kind {
            content::Kind::EnforcementCase(case) => Some(case),
            _ => None,
        };
        Some((span, case))
    });
    let mut first = None;
    for (span, case) in places {
        if case.is_some() {
            return Some((span, case));
        }
        first.get_or_insert((span, None));
    }
    first
}

type Words = (Severity, &'static str, String, String, Message);

fn words(problem: Problem) -> Words {
    let words = |severity, code, zh: &str, en: &str, help: Message| {
        (severity, code, zh.to_owned(), en.to_owned(), help)
    };
    match problem {
        Problem::Empty => words(
            Severity::Error,
            "empty-attachment",
            "是空文件",
            "is empty",
            Message::new(
                "换上有内容的文件，或者删去它",
                "put a file with content in its place, or delete it",
            ),
        ),
        Problem::Other(format) => words(
            Severity::Error,
            "wrong-attachment",
            &format!("的内容与扩展名不符：它其实是 {}", format.name()),
            &format!("is not what its name says: it is {}", format.name()),
            Message::new(
                "用 WPS 或 Office 打开，另存为扩展名所说的格式；或者把扩展名改对",
                "open it and save it in the format that its name says, or mend the name",
            ),
        ),
        Problem::Program => words(
            Severity::Error,
            "attachment-with-program",
            "带有宏或者脚本，读者的电脑会拦下它",
            "brings macros or scripts along, which readers' computers will stop",
            Message::new(
                "另存为不带宏的 .docx、.xlsx；PDF 重新打印成 PDF",
                "save it as a plain .docx or .xlsx; print a PDF into a new one",
            ),
        ),
        Problem::Locked => words(
            Severity::Error,
            "locked-attachment",
            "设有密码，读者打不开",
            "is locked by a password, so that readers cannot open it",
            Message::new("去掉密码再放上来", "take the password off"),
        ),
        Problem::Signed => words(
            Severity::Warning,
            "signed-attachment",
            "带有电子签名，也带有作者姓名；去掉姓名会使签名失效，所以照原样发布",
            "is signed and names its author; without the name the signature would be void, so it is published as it is",
            Message::new(
                "确认姓名可以公开；不能公开的，去掉姓名后重新签名",
                "make sure that the name may be published, or take it out and sign anew",
            ),
        ),
        Problem::Broken => words(
            Severity::Warning,
            "broken-attachment",
            "读不完整，查不出里面有没有作者姓名",
            "cannot be read in full, so that nobody can tell whether it names its author",
            Message::new(
                "打开看看是否正常，另存一份再放上来",
                "open it, and save it anew",
            ),
        ),
        Problem::Linked => words(
            Severity::Warning,
            "linked-attachment",
            "引用了别处的文件，读者打开时会报错或者被跟踪",
            "draws on files that stand elsewhere: readers get an error, or are followed",
            Message::new(
                "在 WPS 或 Office 里断开外部链接、换成普通模板，再保存",
                "break its links to other files, give it a plain template, and save it",
            ),
        ),
    }
}
