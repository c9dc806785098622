"""A small report with everything that a page can carry."""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.finding import Finding, Severity
from desktop_app.model.period import Period
from desktop_app.model.plan import Deadline, DeadlineKind, Direction, Indicator, Target, TargetKind, Task
from desktop_app.model.report import DueDate, People
from desktop_app.model.report_body import PlanReference, Report, ReportTask
from desktop_app.model.unit import Unit, UnitKind

UNIT = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3, ("朝阳区政府", "朝阳区"))


def _task(annex: int, number: int) -> ReportTask:
    target = Target("改造量", TargetKind.QUANTITY, Direction.AT_LEAST, Decimal(240), "万平方米", None, "")
    task = Task(
        f"{annex}-{number}", annex, str(number), number == 1, f"重点任务{number}",
        f"完成公共建筑节能绿色化改造不少于240万平方米，其中朝阳区不少于36万平方米，第{annex}-{number}项措施。",
        Deadline("年底前", DeadlineKind.YEAR_END), targets=(target,),
    )  # fmt: skip
    return ReportTask(task, f"北京市第{annex}类污染防治2023年行动计划", required=number != 3)


def _entry(annex: int, number: int) -> Entry:
    return Entry(
        f"{annex}-{number}", Status.ON_TRACK, Decimal("1.8"), Decimal("3.8"), Decimal("10.6"), None,
        f"在漷县镇由王喆、李堃、朱镕负责，PM₂.₅浓度降至30μg/m³，O₃同比下降，完工{number}项共1.8万㎡（𫖯、𬭎两处），"
        f"专家“现场”核定——节能率均超过15%……☑已归档，编号{annex}/{number}。" * (number % 3 + 1),
        f"写字楼业主受空置率影响，改造意愿不强（{annex}-{number}）。", f"开展政策宣讲2场（{annex}-{number}）。",
        f"请协调资金{annex}-{number}。" if number == 2 else "",
    )  # fmt: skip


@pytest.fixture
def report() -> Report:
    """Two annexes of six tasks; one nil report, one row without figures, findings, evidence, an indicator."""
    numbers = [(annex, number) for annex in (1, 2) for number in range(1, 7)]
    entries = {place: _entry(*place) for place in numbers}
    entries[1, 5] = Entry("1-5", Status.ON_TRACK, nil=True, nil_reason="采暖季按计划不安排施工。")
    entries[2, 6] = Entry("2-6", Status.ONGOING, narrative="持续推进。")
    ceiling = Target(
        "PM₂.₅年均浓度", TargetKind.CEILING, Direction.AT_MOST, Decimal(34), "微克/立方米", UNIT.code, "≤34"
    )
    return Report(
        UNIT, Period(2023, 3), 2, "更正累计完成量",
        PlanReference("京政办发〔2023〕4号", "北京市深入打好污染防治攻坚战2023年行动计划", 2023, 1, "ab" * 32,
                      sample=True),
        DueDate(Period(2023, 3), date(2023, 4, 6), date(2023, 4, 4), certain=False,
                source="按国办发明电〔2022〕16号推算"),
        date(2023, 3, 31), date(2023, 4, 3), People("王喆", "李翀", "赵堃", "010-65090000"),
        tuple(_task(*place) for place in numbers), tuple(entries.values()),
        (Indicator("6-1", 6, "1", "大气环境", "PM₂.₅年均浓度", "微克/立方米", (ceiling,)),),
        (Finding("JD-03", Severity.WARNING, "1-2", "percent", "完成率低于序时进度。", "请说明。", (),
                 "受冬季施工限制。"),),
        (Evidence("1-1", "现场照片.pdf", "application/pdf", 123456, "0123456789abcdef" * 4),),
        "0" * 64, "yuebao",
    )  # fmt: skip


def squashed(text: str) -> str:
    """Without any white space."""
    return re.sub(r"\s", "", text)


@pytest.fixture
def extracted(tmp_path) -> Callable[..., str]:
    """What poppler's pdftotext reads out of PDF bytes, without white space."""

    def extract(pdf: bytes, *options: str) -> str:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True)
        return squashed(done.stdout.decode("utf-8"))

    return extract
