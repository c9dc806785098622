"""An archive's first page: plain HTML with no script and nothing from elsewhere, read from a stick in any browser."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from typing import NewType

from desktop_app.model.activity import ACTIVITY_WORDS
from desktop_app.model.archive import (
    CONTENTS,
    LISTING,
    Archive,
    ArchivedLetter,
    ArchivedReport,
    ArchivedSignature,
    ArchivedTable,
)
from desktop_app.model.entry import Entry
from desktop_app.model.report import MonthState
from desktop_app.model.report_body import Report
from desktop_app.rendering.archive_style import STYLE
from desktop_app.rendering.wording import NONE, SAMPLE, day, number, size, status, targets

Html = NewType("Html", str)

_STATES = {
    MonthState.SIGNED: "已签署",
    MonthState.HANDED_IN: "已报送",
    MonthState.RECEIVED: "已办结",
    MonthState.RETURNED: "已退回",
}
_LETTERS = {"receipt": "回执", "return": "退回单"}
_FORMS = {"pdf": "PDF", "xlsx": "工作簿", "json": "JSON", "csv": "CSV", "pem": "证书"}
# A page that can load and run nothing, whatever stands in it; the reader's browser holds it to that.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def index_page(found: Archive, reports: Sequence[Report]) -> str:
    """The page as text. `reports` are those that the archive lists, in its order."""
    body = [
        _head(found),
        _section("months", "各月月报", _months(found)),
        _section("tasks", "全年任务", _tasks(found, reports)),
        _section("ledgers", "台账", _tables(found.ledgers)),
        _section("plans", "任务表", _tables(found.plans)),
        *([_section("public", "宣传与信息公开", _publicised(found))] if found.activities else []),
        *([_section("more", "其他", _tables(found.more))] if found.more and not found.activities else []),
        _section("data", "数据", _data(found)),
        _section("evidence", "佐证材料", _evidence(found)),
        _section("checking", "怎样核对", _checking(found)),
    ]
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(found.title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f"{''.join(body)}</body>\n</html>\n"
    )


def _text(value: object) -> Html:
    """Words as words: nothing in them is a mark, and no unseen character turns the line around."""
    kept = "".join(
        char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co") else "\ufffd"
        for char in str(value)
    )
    return Html(escape(kept))


def _link(path: str, words: object) -> Html:
    return Html(f'<a href="{_text(path)}">{_text(words)}</a>')


def _section(name: str, title: str, inner: str) -> Html:
    return Html(f'<section aria-labelledby="{name}">\n<h2 id="{name}">{_text(title)}</h2>\n{inner}</section>\n')


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Html]], *, kind: str = "") -> Html:
    top = "".join(f'<th scope="col">{_text(head)}</th>' for head in heads)
    lines = []
    for row in rows:
        first, *rest = row
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>\n')
    if not lines:
        return Html("<p>没有。</p>\n")
    return Html(
        f'<div class="wide"><table class="{kind}">\n<caption>{_text(caption)}</caption>\n'
        f"<thead><tr>{top}</tr></thead>\n"
        f"<tbody>\n{''.join(lines)}</tbody>\n</table></div>\n"
    )


def _head(found: Archive) -> Html:
    newest = found.newest()
    late = sum(each.on_time is False for each in _first(found))
    said = [
        f"{len(newest)} 个月的月报，共 {len(found.reports)} 版，全部经核验：签名有效，纸面与数据一致。",
        f"其中 {late} 个月首次报送逾期。" if late else "",
        f"{day(found.made_at.date())}由月报程序 {found.program} 归档。",
    ]
    sample = f'<p class="sample">{_text(SAMPLE)}</p>\n' if found.sample else ""
    left = "".join(f"<li>{_text(each)}</li>\n" for each in found.left_out)
    return Html(
        f"<header>\n<h1>{_text(found.title)}</h1>\n{sample}<p>{_text(''.join(said))}</p>\n"
        "<p>点开链接就能看：月报、回执、退回单、台账和任务表都是 PDF，任何 PDF 阅读器都能打开；数据是 CSV 和 JSON，"
        "工作簿是 XLSX。不需要月报程序，也不需要网络。</p>\n"
        + (f'<div class="left"><p>没有归入的：</p>\n<ul>\n{left}</ul></div>\n' if left else "")
        + "</header>\n"
    )


def _first(found: Archive) -> list[ArchivedReport]:
    """Of each month the revision that was handed in first."""
    first: dict[object, ArchivedReport] = {}
    for each in found.reports:
        if each.handed_in_at is not None:
            first.setdefault(each.period, each)
    return list(first.values())


def _months(found: Archive) -> Html:
    heads = ("报告期", "版次", "状态", "最迟报送", "报送", "签名", "文件", "答复", "校验码")
    return _table("每月每一版，最后一版为准", heads, (_month(each) for each in found.reports), kind="months")


def _month(each: ArchivedReport) -> list[Html]:
    late = "" if each.on_time is not False else ' <span class="late">逾期</span>'
    sent = Html(f"{_moment(each.handed_in_at)}{late}") if each.handed_in_at else _text(NONE)
    reason = f'<br><span class="small">{_text(each.reason)}</span>' if each.reason else ""
    return [
        _text(each.period.label),
        Html(f"第{each.revision}版{reason}"),
        _text(_STATES[each.state]),
        _text(each.last_day.isoformat()),
        sent,
        Html("<br>".join(_signature(one) for one in each.signatures)),
        Html(f"{_link(each.pdf, '月报')}　{_link(each.data, '数据')}"),
        Html("<br>".join(_letter(one) for one in each.letters)) if each.letters else _text(NONE),
        Html(f"<code>{_text(each.check_code)}</code>"),
    ]


def _signature(one: ArchivedSignature) -> Html:
    return Html(f"{_text(one.role)} {_text(one.signer)} {_moment(one.at)}")


def _letter(one: ArchivedLetter) -> Html:
    said = f"（{one.said}）" if one.said else ""
    return Html(f"{_link(one.path, _LETTERS[one.kind])} {_moment(one.at)}<br>{_text(one.bureau)}{_text(said)}")


def _moment(at: datetime | None) -> Html:
    return _text(at.date().isoformat() if at else "")


def _tasks(found: Archive, reports: Sequence[Report]) -> Html:
    """Where every task of the newest month stood, in its own words."""
    newest = reports[-1]
    listed = found.reports[-1]
    months = {each.period: report for each, report in zip(found.reports, reports, strict=True)}
    rows = []
    for item in newest.tasks:
        task, entry = item.task, newest.entry(item.task.id) or Entry(item.task.id)
        filled = sum(1 for report in months.values() if (said := report.entry(task.id)) and said.answered)
        target = task.target_for(newest.unit.code)
        rows.append(
            [
                _text(task.id),
                Html(f"{'★' if task.key else ''}{_text(task.title.lstrip('★').strip())}"),
                _text(targets(task, newest.unit.code)),
                _text(status(entry)),
                _text(number(entry.cumulative, target.unit if target else "")),
                _text(number(entry.percent, "%")),
                _text(filled),
                Html(_text(entry.narrative or entry.nil_reason or NONE).replace("\n", "<br>")),
            ]
        )
    caption = f"据{listed.period.label}第{listed.revision}版；填报月数按同一编号计"
    heads = ("编号", "重点任务", "目标", "状态", "累计完成", "完成率", "填报月数", "当月进展")
    return _table(caption, heads, rows, kind="tasks")


def _publicised(found: Archive) -> Html:
    """What was done in public, and the same as pages and as a workbook."""
    rows = [
        [
            _text(each.day.isoformat()),
            _text(ACTIVITY_WORDS[each.kind]),
            _text(each.title),
            _text(each.channel or NONE),
            _text(each.link or NONE),
            _text(each.task or NONE),
        ]
        for each in found.activities
    ]
    heads = ("日期", "类别", "标题", "渠道", "链接或文号", "任务")
    return Html(_table("全年登记的活动，按日期", heads, rows) + _tables(found.more))


def _tables(found: Sequence[ArchivedTable]) -> Html:
    if not found:
        return Html("<p>没有。</p>\n")
    return Html("<ul>\n" + "".join(f"<li>{_text(each.title)}：{_forms(each)}</li>\n" for each in found) + "</ul>\n")


def _forms(each: ArchivedTable) -> Html:
    return Html("　".join(_link(path, _FORMS.get(path.rpartition(".")[2], path)) for path in each.paths))


def _data(found: Archive) -> Html:
    return Html(
        "<p>表格取自各份签名月报里内嵌的数据，可以重新算出来。"
        f"{_link(CONTENTS, CONTENTS)}是整个归档的目录，供程序读取。"
        "CSV 里以等号、加号、减号、@ 开头的文字前面加了一个撇号，以免表格软件当成公式；原文见 JSON。</p>\n"
        f"{_tables(found.tables)}"
    )


def _evidence(found: Archive) -> Html:
    rows = [
        [
            _text(each.period.label),
            _text(f"第{each.revision}版"),
            _text(item.task),
            _link(item.path, item.name),
            _text(size(item.size)),
            Html(f"<code>{_text(item.sha256[:16])}</code>"),
        ]
        for each in found.reports
        for item in each.evidence
    ]
    heads = ("报告期", "版次", "任务", "文件", "大小", "SHA-256 前 16 位")
    return _table("随月报签名的佐证材料；链接上是原来的文件名；不常见的类型改以 .bin 结尾，点开不会运行", heads, rows)


def _checking(found: Archive) -> Html:
    certificates = [
        [Html(f"<code>{_text(each.title)}</code>"), _link(each.paths[0], "证书")] for each in found.certificates
    ]
    return Html(
        f"<ol>\n<li>文件没有变：在这个文件夹里运行 <code>sha256sum -c {LISTING}</code>；Windows 上用 "
        "<code>certutil -hashfile 文件 SHA256</code> 与清单对照。"
        f"{_link(LISTING, LISTING)} 以外的每个文件都在清单里。</li>\n"
        "<li>签名有效：用任何能验 PDF 签名的阅读器打开月报；签名是软件数字签名（防篡改校验），不是电子印章。"
        "证书要与当年登记的指纹核对。</li>\n"
        "<li>纸面与数据一致：校验码就是 data 文件夹里同名 JSON 文件的 SHA-256 的前 16 位，也印在月报每一页上。</li>\n"
        "<li>有月报程序时：<code>yuebao archive --verify 文件夹</code> 一次核对以上各项，并由签名的月报重新算出"
        "台账、表格和本页来对照，不需要填报簿。台账里的权重、销号记录、报送时间和宣传公开登记是填报簿的记载，没有签名。"
        "</li>\n</ol>\n" + _table("签名用的证书", ("名称和指纹", "文件"), certificates)
    )
