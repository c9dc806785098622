"""A month as paper: the same values printed for people and embedded for machines."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any

from desktop_app import __version__
from desktop_app.desk import activities, disclosure, fonts, withholding
from desktop_app.desk.check_report import Checked, check_view, context, ready
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import MonthView, open_month
from desktop_app.desk.recheck import basis_of
from desktop_app.exchange import canonical, check_code, digest, evidence_names, report_json, to_report
from desktop_app.language import speaking
from desktop_app.model.correction import Follows, RemarkAnswer
from desktop_app.model.differences import differences
from desktop_app.model.disclosure import FIGURES, Withheld
from desktop_app.model.finding import REPORT
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import MonthState, People, Role
from desktop_app.model.report_body import PlanReference, Report, ReportTask
from desktop_app.store import evidence as kept_evidence
from desktop_app.store import journal, months, remarks, sealed

if TYPE_CHECKING:
    from desktop_app.rendering import Edition, SignatureBox

BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Paper:
    """A finished PDF/A-3b with its data inside; `boxes` are the places kept for visible signatures.

    `faces` names what it is set in.
    """

    pdf: bytes
    pages: int
    check_code: str
    data: bytes
    data_sha256: str
    boxes: "dict[Role, SignatureBox]"
    faces: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperWork:
    """Everything a report is made from, read from the book; `render` touches neither book nor clock.

    `rules` say what is found of it; None where the report holds that already, because it is signed.
    """

    report: Report
    files: tuple[tuple[str, str, bytes], ...]  # name inside the PDF, media type, bytes
    edition: "Edition"
    draft: bool
    created: datetime
    before: Report | None = None  # the revision that this one corrects
    task_id: str = ""  # of a single sheet
    inside: tuple[Withheld, ...] = ()  # what this edition does not print
    rules: Callable[[], Checked] | None = field(default=None, compare=False)  # what they find follows from the rest

    def checked(self) -> Report:
        """The report with its findings, in Chinese whatever the screen speaks."""
        if self.rules is None:
            return self.report
        with speaking("zh"):
            return replace(self.report, findings=self.rules().findings)

    def render(self) -> Paper:
        """Pages and data in one file; may run in any thread. Same work, same bytes."""
        from desktop_app.rendering import Edition, render_report
        from desktop_app.rendering.pdfa import Attachment, to_pdfa3

        fonts.make_ready()
        report = self.checked()
        data = canonical(report_json(report))
        code = check_code(digest(data))
        rendered = render_report(
            withholding.withhold(report, self.inside), code, sha256=digest(data), edition=self.edition,
            draft=self.draft, before=self.before, task_id=self.task_id,
            figures_withheld=frozenset(each.task for each in self.inside if each.field == FIGURES),
        )  # fmt: skip
        inside = []
        if self.edition is Edition.FULL:
            inside.append(Attachment("report.json", "application/json", data, "月报数据", "Data"))
            inside += [Attachment(name, kind, body, "佐证材料", "Supplement") for name, kind, body in self.files]
        unit = report.unit.short_name
        pdf = to_pdfa3(
            rendered.pdf,
            inside,
            title=f"{unit}{report.period.label}污染防治攻坚战工作进展月报",
            author=report.unit.name,
            subject=f"{report.plan.title} 第{report.revision}版 校验码 {code}",
            keywords=f"{report.period},{report.unit.code},{code}",
            created=self.created,
        )
        return Paper(pdf, rendered.pages, code, data, digest(data), dict(rendered.boxes), rendered.faces)


def prepare(
    desk: Desk,
    period: Period,
    *,
    edition: str = "full",
    task_id: str = "",
    draft: bool = True,
    leaking: bool = False,
    named: People | None = None,
) -> PaperWork:
    """Read a month from the book, ready to be rendered: `full`, `public`, `blank`, or `task` with the task's id.

    Once the month is signed its data are those that were signed, and only the full edition, which has no signatures
    here, is still called a draft. ClerkError where the public edition would give away what nobody allowed to leave,
    unless it is only looked at (`leaking`). `named` stand at its foot instead of those whom the book names.
    """
    from desktop_app.rendering import Edition

    wanted = Edition(edition)
    with speaking("zh"):  # what goes on paper is Chinese whatever the screen speaks
        view = open_month(desk, period)
        view = replace(view, people=named) if named else view
        signed = _signed(desk, view)
        before = _before(desk, view)
        made = signed or _written(desk, view, before=before, every=wanted is Edition.BLANK)
    if wanted is Edition.TASK:
        made = _with_task(made, view, task_id)
    inside = withholding.withheld(desk, period) if wanted is Edition.PUBLIC else ()
    if wanted is Edition.PUBLIC and not leaking:
        edition = str(period)
        disclosure.refuse_leaks(disclosure.not_allowed(desk, disclosure.leaks_of(made, inside), edition), edition)
    return PaperWork(
        report=made,
        files=_files(desk, view) if wanted is Edition.FULL else (),
        edition=wanted,
        draft=draft and not (signed and wanted is not Edition.FULL),
        # midnight in Beijing of the day it was prepared: the same input gives the same bytes
        created=datetime.combine(made.prepared_on, time(), BEIJING),
        before=before,
        task_id=task_id,
        inside=inside,
        rules=None if signed else ready(desk, view),
    )


def _files(desk: Desk, view: MonthView) -> tuple[tuple[str, str, bytes], ...]:
    evidence = {item.sha256: item for row in view.rows for item in row.evidence}
    names = evidence_names(tuple(evidence.values()))
    return tuple(
        (names[sha256], item.media_type, kept_evidence.content(desk.book, sha256)) for sha256, item in evidence.items()
    )


def _signed(desk: Desk, view: MonthView) -> Report | None:
    """The report whose data all have signed; None before that."""
    if view.state in (MonthState.DRAFT, MonthState.SEALED):
        return None
    held = sealed.sealed(desk.book, view.id)
    return to_report(json.loads(held.data)) if held else None


def _before(desk: Desk, view: MonthView) -> Report | None:
    """The signed report that this revision corrects; None for a first one."""
    earlier = [month for month in months.months(desk.book) if month.period == view.period]
    for month in reversed([month for month in earlier if month.revision < view.revision]):
        held = sealed.sealed(desk.book, month.id)
        if held:
            return to_report(json.loads(held.data))
    return None


def _with_task(made: Report, view: MonthView, task_id: str) -> Report:
    """The report with this task in it, also where nothing was written on it; ClerkError where the unit has no part."""
    row = view.row(task_id)
    if any(item.task.id == task_id for item in made.tasks):
        return made
    return replace(made, tasks=(*made.tasks, ReportTask(row.task, row.annex_title, row.required)))


def report(desk: Desk, view: MonthView, *, before: Report | None = None, every: bool = False) -> Report:
    """The month as a report value: required tasks, and optional ones that were filled or answered on, or every one.

    `before` is the revision that it corrects.
    """
    return replace(_written(desk, view, before=before, every=every), findings=check_view(desk, view).findings)


def _written(desk: Desk, view: MonthView, *, before: Report | None = None, every: bool = False) -> Report:
    """The same before the rules were over it."""
    answers = _answers(desk, view)
    said = {answer.task for answer in answers}
    rows = [row for row in view.rows if every or row.required or not row.entry.empty or row.task.id in said]
    listed = {row.task.id for row in rows}
    seen = context(desk, view)
    made = Report(
        unit=desk.unit,
        period=view.period,
        revision=view.revision,
        reason=view.reason,
        plan=plan_reference(view.plan),
        due=view.due,
        as_of=view.period.last_day,
        prepared_on=desk.today(),
        people=view.people,
        tasks=tuple(ReportTask(row.task, row.annex_title, row.required) for row in rows),
        entries=tuple(row.entry for row in rows if not row.entry.empty),
        indicators=view.indicators,
        findings=(),
        evidence=tuple(item for row in rows for item in row.evidence),
        journal_head=journal.head(desk.book),
        program=__version__,
        checks=basis_of(seen, [row.task.id for row in rows]),
        follows=_follows(desk, view),
        answers=tuple(each if each.task in listed else replace(each, task=REPORT) for each in answers),
        activities=activities.told(desk, view.period, listed),
    )
    return replace(made, changes=differences(before, made)) if before else made


def _answers(desk: Desk, view: MonthView) -> tuple[RemarkAnswer, ...]:
    """What this revision answers to remarks."""
    said = remarks.answered_in(desk.book, view.id)
    return tuple(
        RemarkAnswer(each.task, each.field, each.text, said[each.id]) for each in view.remarks if each.id in said
    )


def _follows(desk: Desk, view: MonthView) -> Follows | None:
    """The sealed revision before this one."""
    earlier = [
        each for each in months.months(desk.book) if each.period == view.period and each.revision < view.revision
    ]
    mark = sealed.mark(desk.book, earlier[-1].id) if earlier else None
    return Follows(earlier[-1].revision, mark.data_sha256, mark.check_code) if mark else None


def plan_reference(plan: Plan) -> PlanReference:
    """How a report names the plan it answers."""
    return PlanReference(plan.document_number, plan.title, plan.year, plan.revision, plan.id, plan.sample)


@dataclass(frozen=True)
class PageImage:
    """One page as pixels: rows of width x 3 bytes, red green blue."""

    width: int
    height: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """How many pages a file has."""
    from desktop_app.exchange.pdfium import opened

    with opened(pdf) as document:
        return len(document)


def page_shapes(pdf: bytes) -> tuple[float, ...]:
    """How high every page is, in widths of its own; nothing is drawn."""
    from desktop_app.exchange.pdfium import opened

    with opened(pdf) as document:
        sizes = [document.get_page_size(index) for index in range(len(document))]
        return tuple(height / width for width, height in sizes)


def page_images(pdf: bytes, indices: Sequence[int], width_px: int) -> tuple[PageImage, ...]:
    """These pages, drawn `width_px` wide; may run in any thread."""
    from desktop_app.exchange.pdfium import opened

    with opened(pdf) as document:
        return tuple(_image(document[index], width_px) for index in indices)


def page_image(pdf: bytes, index: int, dots: int) -> PageImage:
    """One page at so many dots an inch; may run in any thread."""
    from desktop_app.exchange.pdfium import opened

    with opened(pdf) as document:
        page = document[index]
        return _image(page, round(page.get_width() * dots / 72))


def _image(page: Any, width_px: int) -> PageImage:
    bitmap = page.render(scale=width_px / page.get_width(), rev_byteorder=True)
    try:
        rgb = _tight(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride)
        return PageImage(bitmap.width, bitmap.height, rgb)
    finally:
        bitmap.close()
        page.close()


def _tight(buffer: bytes, width: int, height: int, stride: int) -> bytes:
    """Rows without the padding that the renderer puts at their end."""
    data = bytes(buffer)
    if stride == width * 3:
        return data[: stride * height]
    return b"".join(data[row * stride : row * stride + width * 3] for row in range(height))
