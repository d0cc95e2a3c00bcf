//! What must hold for a reporting table as a whole: it has columns, not more than a sheet can carry, each under a name
//! of its own, and everything that names a column or a row names one that is there.

use super::{Column, Form, means};
use crate::content::fields::context::Context;
use crate::content::fields::{Fields, Located};
use crate::diag::{Message, suggest};

/// Columns that the widest paper of an office carries in letters that can be read.
const READABLE: usize = 60;
/// Columns beyond which nobody fills a form in.
const MOST: usize = 255;

/// Reports what is wrong with a form.
pub(super) fn check(fields: &Fields<'_>, form: &Form) {
    let context = fields.context;
    tree(fields, form);
    context.unique(form.rows.iter().map(|row| &row.id));
    context.unique(form.header_fields.iter().map(|field| &field.id));
    columns(context, form);
    sums(context, form);
}

/// The tree of heads: there is one, siblings differ, and it is not too wide.
fn tree(fields: &Fields<'_>, form: &Form) {
    let context = fields.context;
    if form.columns.is_empty() {
        context.error(
            "no-columns",
            fields.place(),
            Message::new("报表没有一栏", "the form has no column"),
            Message::new(
                "用 [[columns]] 写出各栏的 id、title 和 type",
                "write a [[columns]] table with id, title and type for each column",
            ),
        );
        return;
    }
    siblings(context, &form.columns);
    let count = form.leaves().len();
    let Some(first) = form.columns.first().filter(|_| count > READABLE) else {
        return;
    };
    let message = Message::new(
        format!("报表有 {count} 栏，A3 纸横放最多排 {READABLE} 栏还看得清"),
        format!("the form has {count} columns; A3 across carries {READABLE} that can be read"),
    );
    let help = Message::new(
        "拆成几张表，每张一个文件",
        "part it into several forms, a file each",
    );
    match count > MOST {
        true => context.error("too-many-columns", first.id.bytes.clone(), message, help),
        false => context.warning("too-many-columns", first.id.bytes.clone(), message, help),
    }
}

/// Columns under one head have ids of their own, which join to a path by dots and so hold none.
fn siblings(context: &Context<'_>, columns: &[Column]) {
    context.unique(columns.iter().map(|column| &column.id));
    for column in columns {
        let Located { value, bytes } = &column.id;
        if value.contains(['.', '*']) {
            context.error(
                "bad-id",
                bytes.clone(),
                Message::new(
                    format!("栏的编号 `{value}` 里不能有 . 和 *"),
                    format!("the id `{value}` of a column holds a . or *"),
                ),
                Message::new(
                    "点用来连接上下级的编号；换成 - ，如 a-b",
                    "dots join the ids of heads above each other; write a-b instead",
                ),
            );
        }
        siblings(context, &column.children);
    }
}

/// Every path that rows, groups and constraints name must mean a column.
fn columns(context: &Context<'_>, form: &Form) {
    let leaves = form.leaves();
    let rows = form.rows.iter();
    let printed = rows.clone().flat_map(|row| &row.cells);
    let merged = rows.flat_map(|row| &row.merged);
    let named = printed
        .map(|cell| &cell.column)
        .chain(merged.flat_map(|one| &one.columns))
        .chain(&form.per_group)
        .chain(form.constraints.iter().flat_map(|one| &one.columns));
    let names: Vec<&str> = leaves.iter().map(String::as_str).collect();
    for path in named {
        if !leaves.iter().any(|leaf| means(&path.value, leaf)) {
            let name = &path.value;
            context.error(
                "unknown-column",
                path.bytes.clone(),
                Message::new(
                    format!("表头没有 `{name}` 这一栏"),
                    format!("the head has no column `{name}`"),
                ),
                suggest(name, &names),
            );
        }
    }
}

/// A total needs parts, all of them numbers; a row of sums must be there.
fn sums(context: &Context<'_>, form: &Form) {
    let types = form.types();
    for constraint in &form.constraints {
        let sums = ["sum", "row-sum"].contains(&constraint.kind.as_str());
        for path in constraint.columns.iter().filter(|_| sums) {
            let mut meant = types.iter().filter(|(leaf, _)| means(&path.value, leaf));
            if meant.any(|(_, cells)| !["int", "decimal"].contains(&cells.as_str())) {
                context.error(
                    "sum-over-text",
                    path.bytes.clone(),
                    Message::new(
                        format!("`{}` 不是填数字的栏，不能求和", path.value),
                        format!("`{}` holds no numbers and cannot be summed", path.value),
                    ),
                    Message::new(
                        "把这一栏的 type 改成 int 或 decimal，或者从 columns 里删去",
                        "give the column the type int or decimal, or take it out of columns",
                    ),
                );
            }
        }
        if let Some(row) = &constraint.row {
            let names: Vec<&str> = form.rows.iter().map(|one| one.id.value.as_str()).collect();
            if !names.contains(&row.value.as_str()) {
                context.error(
                    "unknown-row",
                    row.bytes.clone(),
                    Message::new(
                        format!("没有编号为 `{}` 的行", row.value),
                        format!("there is no row `{}`", row.value),
                    ),
                    suggest(&row.value, &names),
                );
            }
        }
    }
}
