"""The whole list of findings as a file: a workbook to work with, or pages to print."""

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.checks import catalogue
from desktop_app.desk import check_report
from desktop_app.desk.check_report import Checked
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.month import MonthView, open_month
from desktop_app.errors import UsageError
from desktop_app.language import N_, _, speaking
from desktop_app.model.check_list import CheckLine, CheckList
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.finding import REPORT, Finding, Severity, Unchecked
from desktop_app.model.period import Period
from desktop_app.model.unit import Unit

SEVERITY_WORDS = {Severity.ERROR: N_("错误"), Severity.WARNING: N_("警示"), Severity.HINT: N_("提示")}
UNCHECKED_WORD = N_("未校验")
STALE = N_("警示：情况说明要重新写")
GROUPS = (
    STALE,
    N_("错误：改正后才能签署"),
    N_("警示：写明情况说明后可以签署"),
    N_("已说明的警示"),
    N_("提示：供参考"),
    N_("未校验：缺少数据"),
)
_HEADS = (
    N_("级别"),
    N_("分组"),
    N_("任务"),
    N_("重点任务"),
    N_("填报项"),
    N_("问题"),
    N_("怎么办"),
    N_("情况说明"),
    N_("代码"),
    N_("类别"),
    N_("依据"),
)
XLSX, PDF = ".xlsx", ".pdf"


def group_of(checked: Checked, finding: Finding) -> str:
    """Under which heading a finding stands, untranslated."""
    if finding.severity is Severity.ERROR:
        return GROUPS[1]
    if finding.severity is Severity.HINT:
        return GROUPS[4]
    if not finding.blocks:
        return GROUPS[3]
    return STALE if checked.stale_text(finding) else GROUPS[2]


def write(desk: Desk, period: Period, out: Path) -> Path:
    """Write the list to a file, .xlsx in the language of the moment or .pdf in Chinese; UsageError for another kind."""
    write_file(out, ready(desk, period, out)())
    return out


def ready(desk: Desk, period: Period, out: Path) -> Callable[[], bytes]:
    """The month read, ready to be checked and listed in any thread, as bytes for a file of this name."""
    kind = out.suffix.lower()
    if kind not in (XLSX, PDF):
        raise UsageError(_("清单不能存成 {name}。").format(name=out.name), _("文件名请以 .xlsx 或 .pdf 结尾。"))
    view = open_month(desk, period)
    check = check_report.ready(desk, view)

    def workbook() -> bytes:
        from desktop_app.rendering.check_workbook import check_workbook

        return check_workbook(as_list(desk.unit, view, check()))

    def pages() -> bytes:
        from desktop_app.rendering.check_list import render_check_list

        with speaking("zh"):  # what goes on paper is Chinese whatever the screen speaks
            return render_check_list(as_list(desk.unit, view, check())).pdf

    return workbook if kind == XLSX else pages


def listed(desk: Desk, view: MonthView) -> CheckList:
    """The list as a value."""
    return as_list(desk.unit, view, check_report.check_view(desk, view))


def as_list(unit: Unit, view: MonthView, checked: Checked) -> CheckList:
    """The same of what was found already."""
    lines = [*_found(view, checked), *(_unchecked(view, item) for item in checked.unchecked)]
    order = [_(group) for group in GROUPS]
    title = _("{unit} {period} 校验结果清单").format(unit=unit.short_name, period=view.period.spoken)
    return CheckList(
        unit=unit,
        period=view.period,
        revision=view.revision,
        title=title,
        summary=summary(checked),
        heads=tuple(_(head) for head in _HEADS),
        lines=tuple(sorted(lines, key=lambda line: order.index(line.group))),
        sample=view.plan.sample,
    )


def family(code: str) -> str:
    """What the family of a rule is called."""
    return catalogue.family(code)


def about(code: str) -> str:
    """What a rule means and what it rests on, for those who want to know why."""
    rule = catalogue.rule(code)
    return _("{meaning}（依据：{source}）").format(meaning=_(rule.meaning), source=_(rule.source)) if rule else ""


def summary(checked: Checked) -> str:
    """How many of each, in one line."""
    return _(
        "{errors} 个错误，{warnings} 个警示（{open} 个未说明），{hints} 个提示，{skipped} 项因缺数据未校验。"
    ).format(
        errors=checked.errors,
        warnings=checked.warnings,
        open=checked.unexplained,
        hints=checked.hints,
        skipped=checked.not_checked,
    )


def short_message(finding: Finding) -> str:
    """The message without the task's name, for places that show it already."""
    if not finding.message.startswith(finding.task):
        return finding.message
    colon = next((mark for mark in ("：", ": ") if mark in finding.message), "")
    return finding.message.partition(colon)[2].strip() if colon else finding.message


def _found(view: MonthView, checked: Checked) -> Iterator[CheckLine]:
    for finding in checked.findings:
        stale = checked.stale_text(finding)
        rule = catalogue.rule(finding.code)
        yield CheckLine(
            group=_(group_of(checked, finding)),
            severity=_(SEVERITY_WORDS[finding.severity]),
            family=catalogue.family(finding.code),
            code=finding.code,
            task="" if finding.task == REPORT else finding.task,
            place=_place(view, finding.task),
            field=_(FIELD_LABELS[finding.field]) if finding.field in FIELD_LABELS else "",
            message=short_message(finding),
            remedy=finding.remedy,
            explanation=finding.explanation or (_("（已过时）{text}").format(text=stale) if stale else ""),
            source=_(rule.source) if rule else "",
        )


def _unchecked(view: MonthView, item: Unchecked) -> CheckLine:
    rule = catalogue.rule(item.code)
    return CheckLine(
        group=_(GROUPS[-1]),
        severity=_(UNCHECKED_WORD),
        family=catalogue.family(item.code),
        code=item.code,
        task=item.task,
        place=_place(view, item.task),
        field=_(FIELD_LABELS[item.lacks[0]]) if item.lacks and item.lacks[0] in FIELD_LABELS else "",
        message=check_report.lacking_words(item),
        remedy=missing_remedy(item),
        explanation="",
        source=_(rule.source) if rule else "",
    )


def missing_remedy(item: Unchecked) -> str:
    """What can be done where a rule had no answer."""
    if "deadline" in item.lacks:
        return _("时限没有写明哪一天，可以在「计划」页确认成具体日期；不确认也可以报送。")
    return _("补上数据后会自动校验；本来就没有的，不用处理。")


def _place(view: MonthView, task_id: str) -> str:
    if task_id == REPORT:
        return _("整份月报")
    return next((row.task.title.lstrip("★").strip() for row in view.rows if row.task.id == task_id), "")
