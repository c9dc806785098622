"""A made-up month of any size for the benchmarks of the checks: figures, words and files such as clerks write."""

import random
from datetime import date
from decimal import Decimal
from functools import cache

from desktop_app.checks import CheckContext
from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.period import Period
from desktop_app.model.plan import Deadline, DeadlineKind, Direction, Plan, Target, TargetKind, Task
from desktop_app.model.report import DueDate, People
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.rendering import unprintable

_UNIT = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3, ("朝阳区",))
_MARCH = Period(2023, 3)
_WORDS = (
    "完成酒仙桥、望京等8处点位改造并通过验收，其余点位已进场施工；",
    "出动检查人员260人次，发现问题17个，整改完成15个；",
    "会同区住房城乡建设委、属地街乡召开调度会2次，逐项明确责任人和完成时间；",
    "现场照片、验收单和台账已由责任科室归档备查；",
    "PM₂.₅累计浓度41微克/立方米，较上月有所收窄；",
    "新增光伏装机0.15万千瓦，累计0.26万千瓦，其余项目正在办理接入手续；",
    "对3家未落实湿法作业的施工单位立案处罚，罚款6.5万元；",
    "引入第三方每月抽测，3月抽测31家，达标29家，2家清洗后复测合格；",
)
_STATUSES = (*(Status.ON_TRACK,) * 8, Status.BEHIND, Status.PREPARING)


@cache
def month_of(size: int) -> CheckContext:
    """March 2023 with this many tasks, all filled, last month's entries and some files beside them."""
    chance = random.Random(9)
    tasks = tuple(_task(number, chance) for number in range(1, size + 1))
    done = {task.id: (Decimal(chance.randint(0, 20)), Decimal(chance.randint(1, 20))) for task in tasks}
    status = {task.id: chance.choice(_STATUSES) for task in tasks}
    entries = {task.id: _entry(task, chance, status[task.id], *done[task.id]) for task in tasks}
    return CheckContext(
        unit=_UNIT,
        period=_MARCH,
        plan=Plan("0" * 64, 2023, "计划", "", 1, "x", True, (), tasks),
        tasks=tasks,
        optional=(),
        entries=entries,
        previous={task.id: _entry(task, chance, status[task.id], done[task.id][0], Decimal(0)) for task in tasks},
        evidence={task.id: (_file(task.id, chance),) for task in tasks if chance.random() < 0.3},
        people=People("李四", "王五", "张三", "010-65090000"),
        due=DueDate(_MARCH, date(2023, 4, 6), date(2023, 4, 4), True, ""),
        today=date(2023, 4, 3),
        unprintable=unprintable,
        earlier={},
    )


def _task(number: int, chance: random.Random) -> Task:
    day = chance.choice((date(2023, 12, 31), date(2023, 9, 30), date(2023, 6, 30), None))
    deadline = Deadline("年底前" if day else "长期实施", DeadlineKind.DATE if day else DeadlineKind.ONGOING, day)
    scope = chance.choice((_UNIT.code, None))
    unit = chance.choice(("处", "公里", "万平方米"))
    amount = Target("", TargetKind.QUANTITY, Direction.AT_LEAST, Decimal(chance.randint(10, 400)), unit, scope)
    targets = (amount,) if chance.random() < 0.7 else ()
    return Task(
        f"3-{number}", 3, str(number), chance.random() < 0.1, f"任务{number}", "完成治理", deadline,
        owners=(_UNIT.code,), targets=targets,
    )  # fmt: skip


def _entry(task: Task, chance: random.Random, status: Status, before: Decimal, now: Decimal) -> Entry:
    amount = task.target_for(_UNIT.code)
    rate = round((before + now) * 100 / amount.value, 1) if amount is not None and amount.value else None
    figures = amount is not None
    return Entry(
        task.id,
        status,
        now if figures else None,
        before + now if figures else None,
        rate,
        None if chance.random() < 0.7 or not figures else Decimal(chance.randint(0, 9)),
        "".join(chance.sample(_WORDS, chance.randint(2, 5))) + f"累计{before + now}处。",
        chance.choice(("无", "部分产权单位配合不够，协调时间较长。")),
        chance.choice(("按计划持续推进。", "4月底前再完成5处，同步整理验收资料。")),
    )


def _file(task_id: str, chance: random.Random) -> Evidence:
    return Evidence(task_id, f"{task_id}现场照片.jpg", "image/jpeg", chance.randint(1, 5_000_000), f"{chance.random()}")
