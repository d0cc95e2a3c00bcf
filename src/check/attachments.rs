//! Files that are offered beside the pages: none is empty, locked, something else than its name says, or brings
//! programs along. A finding stands where a page names the file, else at the file.

use crate::attachment::Problem;
use crate::attachment::copies::Undecodable;
use crate::diag::{Diagnostic, Message, Severity, Span};
use crate::graph::links::{Destination, resolve};
use crate::graph::{FileFacts, Site};
use crate::path::SourcePath;

/// The findings about all files.
#[must_use]
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let files = site.files.iter();
    let wrong = files.filter(|(_, file)| !file.asset.problems.is_empty());
    let found = wrong.flat_map(|(path, file)| findings(site, path, file));
    found.collect()
}

fn findings(site: &Site, path: &SourcePath, file: &FileFacts) -> Vec<Diagnostic> {
    let span = named(site, path);
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
    found.collect()
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
        span: named(site, path),
        help: Some(Message::new(
            "用看图软件打开，另存为普通的 JPG 或 PNG，再放进来",
            "open it in a viewer, save it as a plain JPG or PNG and put that in its place",
        )),
    }
}

/// Where a page names the file first; nothing where none does.
fn named(site: &Site, path: &SourcePath) -> Option<Span> {
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
        Some(Span {
            source: document.path.clone(),
            bytes,
        })
    });
    let mut places = places;
    places.next()
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
