//! Requests: the site's files, the script and events of live reload, and who may ask.
//! Files, their types, ranges and the safety of paths are tower-http's.

use super::page::{SCRIPT, STYLES, Words, with_script};
use super::shown::{self, Shown};
use crate::diag::report::Language;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::watch::Receiver;
use tower_http::services::ServeDir;

/// Page and script of the preview itself obey the strictest policy that lets them work.
const OWN_POLICY: &str = "default-src 'self'";

#[derive(Clone)]
struct Preview {
    shown: Receiver<Shown>,
    base: Arc<str>,
    words: Words,
}

/// All routes, with the site below `base` (which begins and ends with a slash).
pub(super) fn router(shown: Receiver<Shown>, base: &str, language: Language) -> Router {
    let words = Words::new(language);
    let preview = Preview {
        shown,
        base: base.into(),
        words,
    };
    Router::new()
        .route("/__anjian/reload.js", get(script))
        .route("/__anjian/overlay.css", get(styles))
        .route("/__anjian/events", get(events))
        .fallback(page)
        .layer(middleware::from_fn_with_state(words, guard))
        .with_state(preview)
}

/// Refuses foreign hosts and forbids caches. A page elsewhere that has its own name resolve to this
/// machine (DNS rebinding) would otherwise read unpublished drafts.
async fn guard(State(words): State<Words>, request: Request, next: Next) -> Response {
    let mut response = if is_local(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, words.foreign_host()).into_response()
    };
    let no_store = HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response
}

fn is_local(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let Ok(host) = host.to_str() else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|local| name.eq_ignore_ascii_case(local))
}

async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        SCRIPT,
    )
}

async fn styles() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLES)
}

async fn events(State(preview): State<Preview>, uri: Uri) -> impl IntoResponse {
    let build = uri.query().and_then(|query| query.parse().ok());
    let events = shown::events(preview.shown, build, preview.words);
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn page(State(preview): State<Preview>, request: Request) -> Response {
    // Taken before the file is read: a build that ends in between makes the page stale, not current.
    let shown = preview.shown.borrow().clone();
    let Some(folder) = shown.folder else {
        let page = preview.words.waiting(&shown.report, shown.build);
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, OWN_POLICY),
        ];
        return (StatusCode::SERVICE_UNAVAILABLE, headers, page).into_response();
    };
    let method = request.method().clone();
    let mut response = match below(&preview.base, request.uri()) {
        Place::Site(uri) => file(&folder, &preview.base, uri, request).await,
        Place::Elsewhere => StatusCode::NOT_FOUND.into_response(),
        Place::Above => return Redirect::temporary(&preview.base).into_response(),
    };
    if response.status() == StatusCode::NOT_FOUND {
        response = not_found(&folder, &preview, &method).await;
    }
    inject(response, &method, shown.build).await
}

/// Where a request's address lies.
enum Place {
    /// In the site, at this address as the site's folder knows it.
    Site(Uri),
    /// At the root or at the base path without its slash: the site's home is meant.
    Above,
    /// Outside the base path.
    Elsewhere,
}

fn below(base: &str, uri: &Uri) -> Place {
    let path = uri.path();
    let whole = uri.path_and_query().map_or("/", |whole| whole.as_str());
    let inside = path.starts_with(base).then(|| &whole[base.len() - 1..]);
    match inside.map(str::parse) {
        Some(Ok(uri)) => Place::Site(uri),
        None if path == "/" || path == base.trim_end_matches('/') => Place::Above,
        _ => Place::Elsewhere,
    }
}

async fn file(folder: &Path, base: &str, uri: Uri, mut request: Request) -> Response {
    *request.uri_mut() = uri;
    // What is sent is not what lies on disk, so dates and tags of files decide nothing.
    for condition in [
        header::IF_MATCH,
        header::IF_NONE_MATCH,
        header::IF_MODIFIED_SINCE,
        header::IF_UNMODIFIED_SINCE,
    ] {
        request.headers_mut().remove(condition);
    }
    let mut files = ServeDir::new(folder).redirect_path_prefix(base.trim_end_matches('/'));
    match files.try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(cause) => match cause.kind() {
            ErrorKind::NotFound
            | ErrorKind::PermissionDenied
            | ErrorKind::NotADirectory
            | ErrorKind::InvalidFilename => StatusCode::NOT_FOUND.into_response(),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, cause.to_string()).into_response(),
        },
    }
}

/// The site's own page for unknown addresses.
async fn not_found(folder: &Path, preview: &Preview, method: &Method) -> Response {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method.clone();
    let uri = Uri::from_static("/404.html");
    let mut response = file(folder, &preview.base, uri, request).await;
    if response.status() == StatusCode::NOT_FOUND {
        return (StatusCode::NOT_FOUND, preview.words.not_found()).into_response();
    }
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// A whole HTML page gets the script; everything else stays as it is.
async fn inject(response: Response, method: &Method, build: u64) -> Response {
    let whole = matches!(response.status(), StatusCode::OK | StatusCode::NOT_FOUND);
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !whole || !html {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    for about_the_file in [
        header::CONTENT_LENGTH,
        header::LAST_MODIFIED,
        header::ETAG,
        header::ACCEPT_RANGES,
    ] {
        parts.headers.remove(about_the_file);
    }
    if method == Method::HEAD {
        return Response::from_parts(parts, Body::empty());
    }
    match axum::body::to_bytes(body, usize::MAX).await {
        Ok(page) => Response::from_parts(parts, Body::from(with_script(&page, build))),
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, cause.to_string()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(host: &str) -> bool {
        let mut headers = HeaderMap::new();
        if let Ok(host) = HeaderValue::from_str(host) {
            headers.insert(header::HOST, host);
        }
        is_local(&headers)
    }

    #[test]
    fn only_names_of_this_machine_are_local() {
        for host in [
            "localhost",
            "LocalHost:8000",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:8000",
        ] {
            assert!(local(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:8000",
            "evil.example:localhost",
            "127.0.0.2",
            "::1",
        ] {
            assert!(!local(host), "{host}");
        }
        assert!(!is_local(&HeaderMap::new()));
    }
}
