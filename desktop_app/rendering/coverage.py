"""Every character of a report is looked at before anything is drawn; what no face has is refused by name."""

from collections.abc import Iterator

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS, TEXT_FIELDS
from desktop_app.model.report_body import Report
from desktop_app.rendering.faces import unprintable

_PLAN_FIELDS = {"number": N_("序号"), "title": N_("重点任务"), "measure": N_("工作措施")}


def require_printable(report: Report) -> None:
    """Raise ClerkError naming task, field and characters of the first text that cannot be printed whole."""
    for where, field, text in _texts(report):
        missing = unprintable(text)
        if missing:
            shown = "、".join(_shown(character) for character in missing)
            raise ClerkError(
                _("{where}「{field}」中的字符 {characters} 没有可用的字形，无法打印，报告没有生成。").format(
                    where=where, field=_(field), characters=shown
                ),
                _("请把它换成规范的写法（或删去不可见字符）后再试。"),
            )


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"「{character}」（{code}）" if character.isprintable() else code


def _texts(report: Report) -> Iterator[tuple[str, str, str]]:
    """Where, which field, and the text, for all that is printed."""
    yield from _entry_texts(report)
    yield from _plan_texts(report)
    whole, plan = _("全表"), report.plan
    for text in (plan.title, plan.document_number):
        yield whole, N_("行动计划"), text
    yield whole, N_("更正说明"), report.reason
    yield whole, N_("报送单位"), report.unit.name
    yield whole, N_("工作日依据"), report.due.source
    people = report.people
    for field, text in (
        (N_("填报人"), people.preparer), (N_("审核人"), people.reviewer),
        (N_("单位负责人"), people.approver), (N_("联系电话"), people.phone),
    ):  # fmt: skip
        yield whole, field, text
    for found in report.findings:
        yield _task(found.task), N_("校验提示"), found.message
        yield _task(found.task), N_("情况说明"), found.explanation or ""
    for done in report.activities:
        for text in (done.title, done.channel, done.link):
            yield whole, N_("宣传与信息公开"), text
    for said in report.answers:
        yield _task(said.task), N_("退回意见"), said.remark
        yield _task(said.task), N_("答复"), said.text


def _entry_texts(report: Report) -> Iterator[tuple[str, str, str]]:
    for entry in report.entries:
        for field in TEXT_FIELDS:
            yield _task(entry.task_id), FIELD_LABELS[field], getattr(entry, field)
    for file in report.evidence:
        yield _task(file.task_id), FIELD_LABELS["evidence"], file.name


def _plan_texts(report: Report) -> Iterator[tuple[str, str, str]]:
    for item in report.tasks:
        for field, label in _PLAN_FIELDS.items():
            yield _task(item.task.id), label, getattr(item.task, field)
        yield _task(item.task.id), N_("附件"), item.annex_title
        yield _task(item.task.id), N_("完成时限"), item.task.deadline.raw
        for target in item.task.targets:
            yield _task(item.task.id), N_("目标"), target.raw + target.indicator + target.unit
    for indicator in report.indicators:
        raw = "".join(target.raw + target.unit + target.indicator for target in indicator.targets)
        yield indicator.id, N_("指标"), indicator.number + indicator.group + indicator.name + indicator.unit + raw


def _task(task_id: str) -> str:
    return _("全表") if task_id == "report" else _("任务 {task}").format(task=task_id)
