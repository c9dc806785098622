"""Commands on a month."""

from argparse import Namespace
from typing import Any

from desktop_app.cli import correcting
from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import at_hand, book_path, opened
from desktop_app.cli.words import SEVERITY_WORDS, finding_line
from desktop_app.desk import check_list, check_report, evidence_files, fill_month, month_sheet, open_book, save_entry
from desktop_app.desk import month as months
from desktop_app.desk.files import write_file
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.finding import Finding
from desktop_app.model.period import Period
from desktop_app.model.report import DueDate, People


def due(options: Namespace) -> Answer:
    """due PERIOD; needs no book, and goes by the book's calendars and settings where there is one."""
    period = Period.parse(options.period)
    with at_hand(options) as desk:
        found = months.due(period, desk)
        book = str(desk.book_path) if desk is not None else None
    passed_over = book is None and book_path(options).exists()
    return Answer(
        {
            "period": str(found.period),
            "due": found.due.isoformat(),
            "safe": found.safe.isoformat(),
            "certain": found.certain,
            "inclusive": found.inclusive,
            "last_day": found.last_day.isoformat(),
            "source": found.source,
            "book": book,
        },
        [
            due_line(found),
            _("依据：{source}").format(source=found.source),
            *([_("填报簿正在使用，没有读取；按程序自带的日历和默认设置计算。")] if passed_over else []),
        ],
    )


def due_line(found: DueDate) -> str:
    """The due date in one line: both dates, and that it is an estimate where it is one."""
    text = (
        _("{period}月报：{due} 截止（第三个工作日），建议不晚于 {safe}。")
        if found.inclusive
        else _("{period}月报：须在 {due}（第三个工作日）之前报送，最迟 {safe}。")
    )
    line = text.format(period=found.period.spoken, due=found.due.isoformat(), safe=found.safe.isoformat())
    return line if found.certain else line + _("（当年放假安排未公布，日期为估计。）")


def new(options: Namespace) -> Answer:
    """new --unit NAME."""
    path = book_path(options)
    desk = open_book.create(path, options.unit, today=getattr(options, "today", None), unlisted=options.unlisted)
    try:
        unit = desk.unit
    finally:
        desk.close()
    return Answer(
        {
            "book": str(path),
            "unit": {
                "code": unit.code,
                "name": unit.name,
                "kind": str(unit.kind),
                "short_name": unit.short_name,
            },
        },
        [_("已为{unit}新建填报簿：{path}").format(unit=unit.name, path=path)],
    )


def show(options: Namespace) -> Answer:
    """month PERIOD; opens it as a draft if it is not there yet."""
    period = Period.parse(options.period)
    with opened(options, reading=True) as desk:
        view = months.open_month(desk, period)
    document = {
        "period": str(period),
        "state": str(view.state),
        "revision": view.revision,
        "tasks": view.required,
        "filled": view.filled,
        "due": view.due.due.isoformat(),
        "safe": view.due.safe.isoformat(),
        "certain": view.due.certain,
        "inclusive": view.due.inclusive,
        "cutoff": view.cutoff.isoformat() if view.cutoff else None,
        "standing": view.standing.word,
        "workdays_left": view.standing.workdays_left,
        "check_code": view.check_code,
        "plan": {
            "id": view.plan.id,
            "year": view.plan.year,
            "document_number": view.plan.document_number,
            "revision": view.plan.revision,
        },
        "reason": view.reason or None,
        "remarks": [correcting.remark_plain(remark) for remark in view.remarks],
    }
    return Answer(
        document,
        [
            _("{period} 第{revision}版：{filled}/{tasks} 项已填。").format(
                period=period.spoken, revision=view.revision, filled=view.filled, tasks=view.required
            ),
            _("按《{title}》第 {revision} 版填报。").format(title=view.plan.title, revision=view.plan.revision),
            due_line(view.due),
            view.standing.text,
            *correcting.remark_lines(view.remarks),
            *([_("内部截止日：{day}。").format(day=view.cutoff.isoformat())] if view.cutoff else []),
        ],
    )


def fill(options: Namespace) -> Answer:
    """fill PERIOD --from FILE; exit 1 where anything was refused."""
    with opened(options) as desk:
        result = fill_month.fill(desk, Period.parse(options.period), options.file)
    refused = [{"task": row.task, "field": row.field, "reason": row.reason} for row in result.refused]
    lines = [_("已填 {count} 项。").format(count=result.filled)]
    lines += [_("没有采用 {task}：{reason}").format(task=row.task, reason=row.reason) for row in result.refused]
    return Answer({"filled": result.filled, "refused": refused}, lines, 1 if refused else 0)


def sheet(options: Namespace) -> Answer:
    """sheet PERIOD --out FILE.xlsx: the month as a workbook that `fill` reads back."""
    period = Period.parse(options.period)
    with opened(options, reading=True) as desk:
        made = month_sheet.write(desk, period, options.out)
    return Answer(
        {"path": str(options.out), "period": str(period), "tasks": len(made.rows)},
        [
            _("填报表已写到 {path}，共 {count} 项任务。").format(path=options.out, count=len(made.rows)),
            _("填好后运行 fill {period} --from {path}。").format(period=period, path=options.out),
        ],
    )


def check(options: Namespace) -> Answer:
    """check PERIOD; exit 1 while an error or an unexplained warning stands."""
    with opened(options, reading=True) as desk:
        period = Period.parse(options.period)
        result = check_report.check(desk, period)
        written = check_list.write(desk, period, options.out) if options.out else None
    document = {
        "errors": result.errors,
        "warnings": result.warnings,
        "unexplained": result.unexplained,
        "hints": result.hints,
        "not_checked": result.not_checked,
        "findings": [
            {**finding_plain(finding), "stale_explanation": result.stale_text(finding)} for finding in result.findings
        ],
        "not_checked_list": [
            {
                "code": item.code,
                "title": check_report.title(item.code),
                "task": item.task,
                "lacks": list(item.lacks),
                "message": check_report.lacking_words(item),
            }
            for item in result.unchecked
        ],
        **({"path": str(written)} if written else {}),
    }
    summary = _("{errors} 个错误，{warnings} 个警示（{open} 个未说明），{hints} 个提示，{skipped} 项因缺数据未校验。")
    lines = []
    for finding in result.findings:
        stale = result.stale_text(finding)
        lines.append(finding_line(finding))
        if stale:
            lines.append(_("　　原来的情况说明是为别的数字写的，要重新写：{text}").format(text=stale))
    lines += [
        _("未校验  {task}  {why}").format(task=item.task, why=check_report.lacking_words(item))
        for item in result.unchecked
    ]
    lines.append(
        summary.format(
            errors=result.errors,
            warnings=result.warnings,
            open=result.unexplained,
            hints=result.hints,
            skipped=result.not_checked,
        )
    )
    if written:
        lines.append(_("清单已存到 {path}。").format(path=written))
    return Answer(document, lines, 0 if result.passes else 1)


def finding_plain(finding: Finding) -> dict[str, Any]:
    """A finding as the contract names its parts."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "task": finding.task,
        "field": finding.field,
        "message": finding.message,
        "remedy": finding.remedy,
        "values": dict(finding.values),
        "explanation": finding.explanation,
    }


def rules(options: Namespace) -> Answer:
    """rules [--out FILE.md]; needs no book."""
    if options.out is not None:
        write_file(options.out, check_report.rules_page().encode())
    found = [dict(rule) for rule in check_report.rules()]
    words = {str(severity): word for severity, word in SEVERITY_WORDS.items()}
    return Answer(
        {"rules": found}, [f"{rule['code']}  {_(words[rule['severity']])}  {rule['title']}" for rule in found]
    )


def explain(options: Namespace) -> Answer:
    """explain PERIOD TASK|report CODE TEXT."""
    with opened(options) as desk:
        found = check_report.explain(desk, Period.parse(options.period), options.task, options.code, options.text)
    return Answer({"task": found.task, "code": found.code}, [_("已记下情况说明。")])


def people(options: Namespace) -> Answer:
    """people [--preparer N] [--reviewer N] [--approver N] [--phone N]."""
    with opened(options) as desk:
        before = months.people(desk)
        given = {name: getattr(options, name) for name in ("preparer", "reviewer", "approver", "phone")}
        after = People(**{name: getattr(before, name) if value is None else value for name, value in given.items()})
        if after != before:
            months.set_people(desk, after)
    document = {name: getattr(after, name) for name in given}
    return Answer(document, [f"{name}: {value}" for name, value in document.items()])


def attach(options: Namespace) -> Answer:
    """attach PERIOD TASK FILE…"""
    kept, refused = [], []
    with opened(options) as desk:
        for file in options.files:
            try:
                item = save_entry.attach(desk, Period.parse(options.period), options.task, file)
            except ClerkError as problem:
                refused.append({"file": str(file), "reason": str(problem)})
            else:
                kept.append({"task": item.task_id, "name": item.name, "size": item.size, "sha256": item.sha256})
        total = evidence_files.report_size(
            item for row in months.open_month(desk, Period.parse(options.period)).rows for item in row.evidence
        )
    lines = [_("已附上 {name}。").format(name=row["name"]) for row in kept]
    lines.append(_("连同全部佐证材料，月报文件约 {size}。").format(size=evidence_files.in_words(total)))
    lines += [_("没有采用 {file}：{reason}").format(**row) for row in refused]
    return Answer({"evidence": kept, "refused": refused, "report_bytes": total}, lines, 1 if refused else 0)
