"""What the sample year says, task by task and month by month: all of it invented, none of it anybody's report."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.model.finding import REPORT, Finding
from desktop_app.model.period import Period

# Amounts by month in the plan's unit; 1-11 counts a stock that was there before the year began.
BEFORE = {"1-11": "60.2"}
AMOUNTS = {
    "1-11": "0.7 1.6 2.4 0.6 0.5 0.7 0.4 0.6 0.5 0.7 0.8 0.7",
    "2-4": "9 18 31 10 9 8 7 6 8 6 5 7",
    "2-9": "0.05 0.07 0.11 0.09 0.10 0.10 0.12 0.11 0.10 0.12 0.13 0.14",
    "2-12": "0.08 0.15 0.19 0.17 0.20 0.22 0.38 0.42 0.45 0.44 0.40 0.41",
    "2-15": "0 0 0 0 0 0 0 0 0 0 0 0",
    "2-16": "5 7 9 0 0 0 0 0 0 0 0 0",
    "5-12": "0 0 0 0 0 4 5 6 5 4 3 3",
}
TARGETS = {"1-11": "68", "2-4": "120", "2-9": "1.2", "2-12": "3.5", "2-15": "1", "2-16": "18", "5-12": "30"}
UNITS = {"1-11": "万辆", "2-4": "家", "2-9": "万辆", "2-12": "万辆", "2-15": "条", "2-16": "处", "5-12": "处"}

# (first month, last month): what stood in 存在问题 or 需市级协调事项 then.
PROBLEMS = {
    "1-11": ((2, 12, "充电设施布局与车辆增长不匹配，远郊区快充站偏少，缺口约{gap}座。"),),
    "2-9": (
        (3, 5, "冷藏车电动化车型少，企业更新意愿不高，{month}月仅收到{gap}份意向。"),
        (9, 10, "冷藏车电动化车型供货周期延长，{month}月有{gap}台延期交付。"),
    ),
    "2-12": ((1, 6, "补助政策衔接期，车主观望，{month}月有{gap}份申请搁置。"),),
    "2-16": ((3, 3, "部分导航软件尚未同步绕行路线。"),),
    "2-19": ((11, 11, "个别拆迁工地夜间作业时雾炮未开启，已责令当场改正。"),),
}
REQUESTS = {
    "5-12": ((4, 7, "请市级协调运营单位，每晚天窗作业时间延长{gap}分钟。"),),
    "2-15": ((6, 12, "请市级协调铁路专用线用地审批，{month}月尚缺{gap}项手续。"),),
}
SOLVED = {
    ("2-12", 7): "补贴细则7月1日起施行，此前搁置的补助申请全部受理，政策衔接问题已经解决。",
    ("5-12", 8): "经市级协调，运营单位同意每晚天窗作业时间延长30分钟，8月起执行。",
    ("2-9", 6): "与两家车企签订供货协议，冷藏车电动化车型不足的问题缓解。",
    ("2-9", 11): "延期交付的冷藏车到货并上牌。",
    ("2-19", 12): "夜间作业雾炮未开启的拆迁工地已复查，全部整改到位。",
}
EVIDENCE = {
    7: (("2-12", "补贴细则（示例）.txt", "示例：补贴细则摘要，仅供测试。\n"),),
    8: (("5-12", "协调会纪要（示例）.txt", "示例：天窗时间协调会纪要，仅供测试。\n"),),
}

# What March said wrongly at first, and how it was put right.
REMARK = {"task": "2-4", "field": "cumulative", "text": "累计数与上月累计加本月不符，请核对。"}
WRONG = {"cumulative": "85", "percent": "70.8"}
PUT_RIGHT = {"cumulative": "58", "percent": "48.3"}
ANSWER = "数字录入颠倒，已按台账更正为58家。"
REMOVED_TASK = "2-16"
RETURN_REASON = "按退回意见更正2-4累计数；2-16导航同步问题当月已解决，撤下。"
CORRECTION_REASON = "公安上牌数据复核后，6月新能源货运车补登0.01万辆。"
CORRECTION = ("2-9", {"this_month": "0.11", "cumulative": "0.53", "percent": "44.2"})

_TEXTS = {
    "1-11": "{month}月全市新增新能源汽车{amount}万辆，保有量达到{total}万辆；与公安上牌数据逐月核对口径。",
    "1-12": "{month}月中心城区绿色出行比例测算为{share}%；完成慢行系统治理{metres}公里，优化公交线路{lines}条。",
    "2-4": "{month}月抽查汽修企业{amount}家，累计{total}家；不合格样品已移送属地处理，指导企业使用低挥发性涂料。",
    "2-9": "{month}月新增新能源货运车{amount}万辆，累计{total}万辆；城区通行证对新能源车优先办理{lines}0件。",
    "2-12": "{month}月淘汰国三柴油货车和国四汽油车{amount}万辆，累计{total}万辆；走访重点单位{lines}家，逐车建立清单。",
    "2-15": "{month}月铁路专用线项目召开推进会{lines}次，完善用地预审材料；大宗货物绿色运输比例为{share}%。",
    "2-16": "{month}月新设绕行提示点位{amount}处，累计{total}处；巡检可变情报板{lines}块，诱导绕行高排放货车。",
    "2-19": "{month}月检查交通行业在施项目{lines}次，“六个百分百”达标率{share}%；对不达标工地当场责令改正。",
    "5-12": "{month}月完成轨道交通敏感点降噪改造{amount}处，累计{total}处；夜间天窗作业{lines}个班次。",
}
_NEXT = "{next}月继续按清单推进，逐项核对台账。"
_RATIOS = {"1-12": "74.0"}
_STATED = {"2-15": "on_track", "2-19": "ongoing", "1-12": "on_track"}


def totals(task: str) -> tuple[Decimal, ...]:
    """The cumulative amount at the end of each month, the correction of June counted."""
    said = [Decimal(word) for word in AMOUNTS[task].split()]
    if task == CORRECTION[0]:
        said[5] = Decimal("0.11")
    running, found = Decimal(BEFORE.get(task, "0")), []
    for amount in said:
        running += amount
        found.append(running)
    return tuple(found)


def write_month(file: Path, period: Period) -> Path:
    """The month as a progress file."""
    rows = [_row(task, period.month) for task in _TEXTS]
    file.write_text(json.dumps({"period": str(period), "entries": rows}, ensure_ascii=False), encoding="utf-8")
    return file


def write_remarks(file: Path) -> Path:
    """What the bureau sends March back with."""
    file.write_text(json.dumps([REMARK], ensure_ascii=False), encoding="utf-8")
    return file


def explanation(finding: Finding, period: Period) -> str:
    """A reason for a warning."""
    if finding.task == REPORT:
        return f"示例说明：{period.month}月报送因系统检修推迟。"
    return f"示例说明：{finding.task}按季度集中实施，{period.month}月数字已与台账核对。"


def _row(task: str, month: int) -> dict[str, Any]:
    row: dict[str, Any] = {"task": task, "status": _status(task, month), **_figures(task, month)}
    facts = _facts(task, month)
    solved = SOLVED.get((task, month), "")
    row["narrative"] = _TEXTS[task].format(**facts) + solved
    row["next_steps"] = _NEXT.format(next=month % 12 + 1)
    row["problems"] = _standing(PROBLEMS, task, month, facts) or "无"
    row["coordination"] = _standing(REQUESTS, task, month, facts)
    if task == REMARK["task"] and month == 3:
        row |= WRONG
    return row


def _figures(task: str, month: int) -> dict[str, str]:
    if task not in AMOUNTS:
        return {"percent": _RATIOS[task]} if task in _RATIOS else {}
    done = totals(task)[month - 1]
    amount = AMOUNTS[task].split()[month - 1]
    if task == CORRECTION[0] and month == 6:
        done -= Decimal("0.01")  # what June said before it was corrected
    return {"this_month": amount, "cumulative": str(done), "percent": f"{done / Decimal(TARGETS[task]) * 100:.1f}"}


def _status(task: str, month: int) -> str:
    if task in _STATED:
        return "behind" if task == "2-15" and month > 6 else _STATED[task]
    done, wanted = totals(task)[month - 1], Decimal(TARGETS[task])
    if done >= wanted:
        return "done"
    if not done:
        return "preparing"
    return "on_track" if done * 12 >= wanted * month * Decimal("0.9") else "behind"


def _facts(task: str, month: int) -> dict[str, object]:
    figures = _figures(task, month)
    return {
        "month": month,
        "amount": figures.get("this_month", ""),
        "total": figures.get("cumulative", ""),
        "share": f"{73 + month / 10:.1f}",
        "metres": 10 + 3 * month,
        "lines": 20 + 2 * month,
        "gap": 60 - 3 * month,
    }


def _standing(stated: Mapping[str, Any], task: str, month: int, facts: Mapping[str, object]) -> str:
    return next((text.format(**facts) for first, last, text in stated.get(task, ()) if first <= month <= last), "")
