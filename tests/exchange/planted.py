"""A small report, its PDF, and files that somebody tampered with: the raw material of the exchange tests."""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pikepdf

from desktop_app.exchange import canonical, check_code, digest, receipt_json, report_json
from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.finding import Finding, Severity
from desktop_app.model.period import Period
from desktop_app.model.plan import Deadline, DeadlineKind, Task
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate, People
from desktop_app.model.report_body import PlanReference, Report, ReportTask
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.rendering.pdfa import Attachment, to_pdfa3
from tests.rendering.plain_pages import plain_pages

BEIJING = timezone(timedelta(hours=8))
CREATED = datetime(2023, 4, 3, 10, 0, tzinfo=BEIJING)
PHOTO = b"\xff\xd8 not really a photo " * 50
PERIOD = Period(2023, 3)


def report(cumulative: Decimal = Decimal("4.50")) -> Report:
    """朝阳区 2023-03 on a plan of one task, with one photo."""
    task = Task("3-9", 3, "9", True, "扬尘", "治理扬尘", Deadline("年底前", DeadlineKind.YEAR_END, date(2023, 12, 31)))
    return Report(
        unit=Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3, ("朝阳区",)),
        period=PERIOD,
        revision=1,
        reason="",
        plan=PlanReference("京政办发〔2023〕0号", "示例计划", 2023, 1, "a" * 64, True),
        due=DueDate(PERIOD, date(2023, 4, 6), date(2023, 4, 4), True, "国办发明电〔2022〕16号"),
        as_of=date(2023, 3, 31),
        prepared_on=date(2023, 4, 3),
        people=People("王喆", "", "李翀", "010-00000000"),
        tasks=(ReportTask(task, "附件3", True),),
        entries=(Entry("3-9", Status.ON_TRACK, None, cumulative, narrative="完成4.5万㎡。"),),
        indicators=(),
        findings=(Finding("W1", Severity.WARNING, "3-9", "cumulative", "偏慢", "说明", (("累计", "4.5"),), "雨季"),),
        evidence=(Evidence("3-9", "照片.jpg", "image/jpeg", len(PHOTO), digest(PHOTO)),),
        journal_head="0" * 64,
        program="0.1.0",
    )


def receipt() -> Receipt:
    """The answer to it."""
    return Receipt(
        unit_code="110105",
        unit_name="北京市朝阳区人民政府",
        period=PERIOD,
        revision=1,
        report_sha256="b" * 64,
        data_sha256="c" * 64,
        check_code="CCCC-CCCC-CCCC-CCCC",
        received_at=datetime(2023, 4, 4, 9, 30, tzinfo=BEIJING),
        due=date(2023, 4, 6),
        on_time=True,
        bureau="市生态环境局",
    )


def pack(attachments: Sequence[Attachment], code: str = "") -> bytes:
    """Two pages that print `code`, with these attachments."""
    return to_pdfa3(
        plain_pages(f"Check code {code}", 2),
        attachments,
        title="月报",
        author="",
        subject="",
        keywords="",
        created=CREATED,
    )


def data_of(name: str, data: bytes) -> Attachment:
    """An attachment that holds data."""
    return Attachment(name, "application/json", data, "数据", "Data")


def photo(data: bytes = PHOTO, name: str = "佐证_3-9_照片.jpg") -> Attachment:
    """An attachment that holds evidence."""
    return Attachment(name, "image/jpeg", data, "佐证材料", "Supplement")


def report_pdf() -> bytes:
    """A whole report file, unsigned."""
    data = canonical(report_json(report()))
    return pack([data_of("report.json", data), photo()], check_code(digest(data)))


def receipt_pdf() -> bytes:
    """A whole receipt file, unsigned."""
    data = canonical(receipt_json(receipt()))
    return pack([data_of("receipt.json", data)], check_code(digest(data)))


def rewritten(pdf: bytes, change, **save) -> bytes:
    """The file after `change` went over it in pikepdf."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(out, **save)
    return out.getvalue()
