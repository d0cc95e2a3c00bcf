//! Block directives: their HTML in place of the thematic breaks that stand for their lines.

use super::Writer;
use crate::parse::directive::{Directive, Kind, Mark};
use crate::parse::markdown::{SlotKind, escape};

impl<'a> Writer<'_, 'a> {
    /// Writes the directives up to a place in the source; whether one stands just there.
    pub(super) fn flush_markers(&mut self, until: usize) -> bool {
        let mut here = false;
        while let Some(marker) = self.markers.get(self.next_marker).cloned() {
            if marker.span.start > until {
                break;
            }
            self.next_marker += 1;
            here = marker.span.start == until;
            self.line();
            match marker.mark {
                Mark::Open(directive) => self.open_directive(directive),
                Mark::Close(kind) => self.close_directive(kind),
                Mark::Leaf(directive) => self.leaf(&directive),
                Mark::Nothing => {}
            }
        }
        here
    }

    fn open_directive(&mut self, directive: Directive) {
        self.marks.push(self.raw_open.len());
        let (class, word) = match directive.kind {
            Kind::Note => ("note", "说明"),
            Kind::Warning => ("warning", "注意"),
            Kind::Steps => return self.push("<div class=\"steps\">\n"),
            Kind::Table => {
                self.merging = Some(directive);
                return;
            }
            Kind::Figure | Kind::Download => return,
        };
        let title = if directive.title.is_empty() {
            word
        } else {
            directive.title.as_str()
        };
        let title = escape::text(title);
        self.push(&format!(
            "<aside class=\"{class}\">\n<p class=\"{class}__title\">{title}</p>\n"
        ));
    }

    fn close_directive(&mut self, kind: Kind) {
        if let Some(floor) = self.marks.pop() {
            self.raw_close(floor);
        }
        match kind {
            Kind::Note | Kind::Warning => self.push("</aside>\n"),
            Kind::Steps => self.push("</div>\n"),
            _ => self.merging = None,
        }
    }

    fn leaf(&mut self, directive: &Directive) {
        if directive.kind == Kind::Download {
            let (target, span) = directive.argument("target");
            self.slot(SlotKind::Download, target, span);
            return self.push("\n");
        }
        let (source, span) = directive.argument("src");
        self.push("<figure class=\"figure\">");
        self.image(source, directive.argument("alt").0, "", span);
        let caption = directive.argument("caption").0;
        if !caption.is_empty() {
            self.push(&format!(
                "<figcaption>{}</figcaption>",
                escape::text(caption)
            ));
        }
        self.push("</figure>\n");
    }
}
