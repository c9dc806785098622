"""The report as we set it, in a process of its own: `python -m tests.benchmarks._paper_ours DATA.json OUT.pdf`."""

import json
import sys
from datetime import date
from pathlib import Path

from desktop_app.model.entry import Entry, Status
from desktop_app.model.period import Period
from desktop_app.model.plan import Deadline, DeadlineKind, Direction, Target, TargetKind, Task
from desktop_app.model.report import DueDate, People
from desktop_app.model.report_body import PlanReference, Report, ReportTask
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.rendering import render_report

_MARCH = Period(2023, 3)
_ANNEX = "示例附件"


def report(data) -> Report:
    """The benchmark's texts as a report."""
    tasks, entries = [], []
    for place, row in enumerate(data["tasks"]):
        number, title, deadline, goal, *_figures = row["facts"]
        texts = dict(row["texts"])
        task_id = f"{1 + place // 100}-{place % 100 + 1}"
        tasks.append(
            ReportTask(
                Task(
                    task_id, 1 + place // 100, number, False, title, texts["工作措施"],
                    Deadline(deadline, DeadlineKind.YEAR_END),
                    targets=(Target("", TargetKind.QUALITATIVE, Direction.NONE, None, "", None, goal),),
                ),
                _ANNEX,
                required=True,
            )
        )  # fmt: skip
        entries.append(
            Entry(
                task_id, Status.ON_TRACK, narrative=texts["本月进展"], problems=texts["存在问题（原因）"],
                next_steps=texts["下一步工作安排"], coordination=texts["需市级协调事项"],
            )
        )  # fmt: skip
    return Report(
        Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3), _MARCH, 1, "",
        PlanReference("", "示例行动计划", 2023, 1, "ab" * 32, sample=True),
        DueDate(_MARCH, date(2023, 4, 6), date(2023, 4, 4), certain=True, source=""), _MARCH.last_day,
        date(2023, 4, 3), People(), tuple(tasks), tuple(entries), (), (), (), "0" * 64, "bench",
    )  # fmt: skip


if __name__ == "__main__":
    source, out = map(Path, sys.argv[1:])
    made = render_report(
        report(json.loads(source.read_text(encoding="utf-8"))), "3F2A-9C01-77AB-0D4E", sha256="ab" * 32
    )
    out.write_bytes(made.pdf)
