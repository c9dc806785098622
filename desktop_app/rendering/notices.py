"""The notices that an office sends out: a return with its remarks, a task table, a year's working days."""

from desktop_app.model.correction import ReturnNote
from desktop_app.model.differences import LABELS
from desktop_app.model.finding import REPORT
from desktop_app.model.packs import CalendarPack, PlanPack
from desktop_app.model.report_body import ReportTask
from desktop_app.rendering.matrix_code import identity
from desktop_app.rendering.notice import Listing, Notice
from desktop_app.rendering.wording import NONE, day, size

EVERYBODY = "各报送单位"
_WEEKDAYS = "一二三四五六日"


def of_return(note: ReturnNote) -> Notice:
    """退回单: what went back, and every remark at its place."""
    at = note.returned_at
    rows = tuple(
        (str(number), "全表" if each.task == REPORT else each.task, LABELS.get(each.field, NONE), each.text)
        for number, each in enumerate(note.remarks, 1)
    )
    return Notice(
        title="月报退回单",
        addressee=note.unit_name,
        opening=(
            f"你单位{note.period.label}工作进展情况报告（第{note.revision}版）经审核予以退回，请按下列意见更正，"
            "逐条答复后另起一版重新报送。"
        ),
        facts=(
            ("报送单位", f"{note.unit_name}（{note.unit_code}）"),
            ("报告期和版次", f"{note.period.label}　第{note.revision}版"),
            ("退回时间", f"{day(at.date())}{at.hour}时{at.minute:02d}分"),
            ("应报送日期", day(note.due)),
            ("报告校验码", note.check_code),
            ("报告文件 SHA-256", note.report_sha256),
        ),
        listings=(
            Listing("退回意见", ("序号", "任务", "栏目", "意见"), (36, 50, 90, 266),
                    ("centre", "centre", "left", "full"), rows),
        ),
        closing=(),
        signer=note.bureau,
        date=day(at.date()),
        left=f"{note.unit_name}　{note.period.label}　第{note.revision}版　退回单",
        subject=f"退回单 {note.period}",
        matrix=lambda sha256: identity("RETURN", note.unit_code, note.period, note.revision, sha256),
    )  # fmt: skip


def of_plan(pack: PlanPack) -> Notice:
    """任务表: the letter, and the whole table on landscape pages."""
    facts = [
        ("文号", pack.document_number or NONE),
        ("任务", f"{len(pack.tasks)}项措施，{len(pack.indicators)}项指标"),
        ("任务表文件", pack.file.name),
        ("文件大小", size(pack.file.size)),
        ("文件 SHA-256", pack.file.sha256),
    ]
    rows = tuple(_task(item) for item in pack.tasks)
    listings = [
        Listing("任务", ("编号", "重点任务", "工作措施", "完成时限", "牵头", "主责单位", "协办单位"),
                (44, 90, 250, 80, 70, 90, 76), ("centre", "left", "full", "left", "left", "left", "left"), rows, True)
    ]  # fmt: skip
    if pack.indicators:
        listings.append(
            Listing("指标", ("编号", "类别", "指标", "单位"), (50, 110, 300, 80), ("centre", "left", "left", "centre"),
                    tuple((each.id, each.group, each.name, each.unit or NONE) for each in pack.indicators), True)
        )  # fmt: skip
    return Notice(
        title="关于印发任务表的通知",
        addressee=pack.to_name or EVERYBODY,
        opening=f"现将《{pack.title}》任务表印发给你单位。请用本文件导入（任务表原件附在文件里），按月填报。",
        facts=tuple(facts),
        listings=tuple(listings),
        closing=(),
        signer=pack.issuer_name,
        date=day(pack.issued_at.date()),
        left=f"{pack.issuer_name}　{pack.year}年　任务表",
        subject=f"任务表 {pack.year}",
        matrix=lambda sha256: identity("PLAN", pack.issuer_code, pack.year, 1, sha256),
        sample=pack.sample,
    )


def _task(item: ReportTask) -> tuple[str, ...]:
    task = item.task
    title = ("★" if task.key and "★" not in task.title else "") + task.title
    units = (task.lead_raw, task.owners_raw, task.supporters_raw)
    return (task.id, title or NONE, task.measure, task.deadline.raw or NONE, *(text or NONE for text in units))


def of_calendar(pack: CalendarPack) -> Notice:
    """工作日历: every day off and every make-up day of a year."""
    off = [(day(each), f"星期{_WEEKDAYS[each.weekday()]}", "放假") for each in pack.holidays]
    work = [(day(each), f"星期{_WEEKDAYS[each.weekday()]}", "上班（调休）") for each in pack.makeup_workdays]
    return Notice(
        title=f"{pack.year}年工作日历",
        addressee=EVERYBODY,
        opening=f"现将{pack.year}年放假和调休安排印发给你单位，报送期限按此计算。",
        facts=(("依据", pack.notice), ("通知标题", pack.title or NONE)),
        listings=(
            Listing("放假和调休", ("日期", "星期", "安排"), (160, 100, 180), ("centre", "centre", "centre"),
                    (*off, *work)),
        ),
        closing=(),
        signer=pack.issuer_name,
        date=day(pack.issued_at.date()),
        left=f"{pack.issuer_name}　{pack.year}年　工作日历",
        subject=f"工作日历 {pack.year}",
        matrix=lambda sha256: identity("CALENDAR", pack.issuer_code, pack.year, 1, sha256),
    )  # fmt: skip
