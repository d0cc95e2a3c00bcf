//! Rules: what a government site must show.

use super::{Family, Rule};
use crate::diag::Severity;

/// A rule of this family that a site may weigh otherwise.
const fn rule(
    code: &'static str,
    severity: Severity,
    says: [&'static str; 2],
    source: &'static str,
) -> Rule {
    Rule {
        code,
        family: Family::Government,
        severity,
        is_fixed: false,
        says,
        source,
    }
}

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    rule(
        "tags-incomplete",
        Severity::Error,
        [
            "写了 `[government]` 的网站，每页按首页、栏目页、内容页有全部必选标签",
            "with `[government]`, every page has the tags that its sort must have",
        ],
        "政府网站发展指引（国办发〔2017〕47号）附件：网页标签",
    ),
    rule(
        "site-domain",
        Severity::Error,
        [
            "`site_domain` 只写域名，以 .gov.cn 结尾",
            "`site_domain` is a name below .gov.cn",
        ],
        "政府网站发展指引（国办发〔2017〕47号）",
    ),
    rule(
        "no-site-id-code",
        Severity::Warning,
        [
            "填写国办核发的网站标识码；没有的不要编",
            "the site id code that was issued is set; none is made up",
        ],
        "政府网站发展指引（国办发〔2017〕47号）附件：网页标签",
    ),
    rule(
        "bad-site-id-code",
        Severity::Error,
        [
            "网站标识码是10位数字，或 bm 加8位数字",
            "a site id code is ten digits, or `bm` and eight",
        ],
        "政府网站发展指引（国办发〔2017〕47号）附件：网页标签",
    ),
    rule(
        "column-undescribed",
        Severity::Warning,
        [
            "栏目写明说明和关键词，不重复栏目名称",
            "a section says what it is for and has keywords",
        ],
        "政府网站发展指引（国办发〔2017〕47号）附件：网页标签",
    ),
    rule(
        "footer-incomplete",
        Severity::Warning,
        [
            "页脚有党政机关网站标识、找错入口、标识码、ICP备案、公安备案、主办单位、联系方式",
            "the footer has emblem, report of errors, site id code, both registrations, owner and contact",
        ],
        "政府网站发展指引（国办发〔2017〕47号）；检查产品的通行项目",
    ),
    rule(
        "footer-number",
        Severity::Warning,
        [
            "备案号照核发的写法写",
            "the numbers of registration are written as they are issued",
        ],
        "ICP备案、公安联网备案的编号格式",
    ),
    rule(
        "section-empty",
        Severity::Warning,
        ["没有空白栏目", "no section is empty"],
        "政府网站发展指引（国办发〔2017〕47号）；政府网站检查指标（国办秘函〔2019〕19号）",
    ),
    rule(
        "section-stale",
        Severity::Warning,
        [
            "动态要闻类栏目两周、通知公告和政策文件类栏目六个月内有更新；天数在 `[government.stale_after]` 里改",
            "sections of news bring something new within two weeks, of notices and policies within six months",
        ],
        "政府网站检查指标（国办秘函〔2019〕19号）",
    ),
    rule(
        "home-stale",
        Severity::Warning,
        [
            "首页两周内有更新",
            "the home page shows something new every two weeks",
        ],
        "政府网站检查指标（国办秘函〔2019〕19号）",
    ),
    rule(
        "date-in-future",
        Severity::Error,
        [
            "发布时间不晚于发布当天",
            "no date of publishing is later than the day of publishing",
        ],
        "政府网站检查指标（国办秘函〔2019〕19号）：伪造发稿日期",
    ),
    rule(
        "external-without-notice",
        Severity::Warning,
        [
            "指向非政府网站的链接有离站提示",
            "links to sites that are no government's have the notice",
        ],
        "政府网站的通行做法（工业和信息化部等门户网站）",
    ),
    rule(
        "hidden-link",
        Severity::Error,
        ["没有读者看不见的链接", "no link is hidden from readers"],
        "政府网站检查中的暗链；无障碍环境建设法第三十二条",
    ),
    rule(
        "palette",
        Severity::Warning,
        [
            "网站确定一种主色调，总色调不超过三种",
            "a site has one main hue and not more than three",
        ],
        "政府网站发展指引（国办发〔2017〕47号）",
    ),
    rule(
        "page-too-heavy",
        Severity::Warning,
        [
            "一页连样式和脚本不超过预算（不算图片，一百万字节），保证三秒内打开；`anjian build` 时查",
            "a page with style and scripts, without pictures, stays within its budget of a million bytes; told by `anjian build`",
        ],
        "政府网站发展指引（国办发〔2017〕47号）：页面加载时长不宜超过三秒",
    ),
    rule(
        "document-number",
        Severity::Warning,
        [
            "发文字号写作 机关代字〔年份〕序号号，年份用六角括号，序号不加“第”、不补零",
            "a document's number reads 机关代字〔year〕n号, with hexagonal brackets and no zero before n",
        ],
        "党政机关公文格式（GB/T 9704-2012）7.2.5",
    ),
    rule(
        "index-number",
        Severity::Error,
        [
            "索引号合 `[government] index_number` 的格式，一份文件一个",
            "an index number has the form of `index_number`, and each document its own",
        ],
        "政府信息公开条例第十二条",
    ),
    rule(
        "published-late",
        Severity::Warning,
        [
            "政府信息自形成之日起二十个工作日内公开",
            "a document is published within twenty working days",
        ],
        "政府信息公开条例第二十六条",
    ),
];
