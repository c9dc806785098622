"""Where a task table's header stands and what its columns hold. Exact synonyms only: a near miss becomes a question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.language import N_
from desktop_app.plans.cells import Sheet, one_line, squeeze

_SYNONYMS = {
    "number": "序号 序 编号 任务编号 任务序号 项次 No No. №",
    "topic": (
        "重点任务 任务类别 任务分类 任务类型 任务名称 类别 重点领域 领域 主要任务 重点工作 重点工作任务 "
        "任务项目 项目 任务分项"
    ),
    "measure": (
        "工作措施 具体措施 任务 工作任务 措施 主要措施 重点措施 任务措施 具体任务 工作内容 任务内容 "
        "主要内容 具体工作 工作举措 具体举措 重点举措 主要举措 措施内容 具体内容 任务措施内容 "
        "工作任务及措施 具体工作措施 具体任务措施"
    ),
    "deadline": (
        "完成时限 时限要求 完成时间 时限 完成期限 时间要求 办理时限 办结时限 时间节点 完成时间节点 "
        "计划完成时间 完成日期 工作时限 时间安排 完成时限要求 期限 截止时间"
    ),
    "lead": (
        "牵头部门 牵头单位 牵头单位及责任人 牵头部门及责任人 市级牵头部门 市级牵头单位 牵头 牵头责任单位 "
        "牵头市级部门 牵头委办局"
    ),
    "owners": (
        "主责单位 责任单位 主责部门 责任部门 主责单位及责任人 责任单位及责任人 责任主体 主要责任单位 主责 "
        "实施单位 实施主体 承担单位 承办单位 落实单位 主体责任单位 责任单位(部门) 任务承担单位"
    ),
    "supporters": (
        "协办单位 配合单位 协办部门 配合部门 协助单位 协同单位 协作单位 参与单位 参加单位 支持单位 "
        "协同部门 协办 配合 配合责任单位 协办责任单位 参与部门"
    ),
    "key": (
        "是否重点 是否重点任务 重点 是否为重点 是否为重点任务 重点标识 重点标记 是否绩效任务 绩效任务 "
        "是否纳入绩效 是否纳入绩效管理 ★"
    ),
    "goal": (
        "年度目标 目标 目标值 量化指标 量化目标 任务目标 年度目标任务 年度目标值 年度任务 年度任务量 "
        "任务量 工作目标 目标任务 考核指标 指标"
    ),
}
FIELD_NAMES = {
    "measure": N_("工作措施"),
    "deadline": N_("完成时限"),
    "lead": N_("牵头部门"),
    "owners": N_("主责单位"),
    "supporters": N_("协办单位"),
}
NEEDED = ("measure", "deadline", "owners")
_FIELDS = {squeeze(word).lower(): name for name, words in _SYNONYMS.items() for word in words.split()}
_FEWEST = 3


@dataclass(frozen=True)
class Header:
    """Columns by what they hold; `others` are headings that are not understood, by column. Data begins at `below`."""

    top: int
    below: int
    fields: Mapping[str, int]
    headings: Mapping[int, str]

    @property
    def others(self) -> dict[int, str]:
        """Columns with a heading that is no known one."""
        known = set(self.fields.values())
        return {column: text for column, text in self.headings.items() if column not in known}

    @property
    def missing(self) -> tuple[str, ...]:
        """What the table must have and no heading names; and unit columns that an unknown heading may be."""
        unclear = any(re.search("单位|部门|责任|牵头|配合|协", text) for text in self.others.values())
        wanted = [*NEEDED, *(("lead", "supporters") if unclear else ())]
        return tuple(name for name in wanted if name not in self.fields)


def find_header(sheet: Sheet) -> Header | None:
    """The row (or two rows) with the most known headings, at least three of them; None where there is none."""
    best: Header | None = None
    for depth in (1, 2):
        for row in sheet.rows:
            found = _header_at(sheet, row, depth)
            if found and (best is None or len(found.fields) > len(best.fields)):
                best = found
    return best


def field_of(heading: str) -> str | None:
    """What a heading names, exactly, or without the brackets that explain it."""
    plain = squeeze(heading).lower().strip(":*★") or squeeze(heading)
    return _FIELDS.get(plain) or _FIELDS.get(re.sub(r"\([^)]*\)$", "", plain))


def _header_at(sheet: Sheet, row: int, depth: int) -> Header | None:
    headings = {column: text for column in sheet.columns if (text := _heading(sheet, row, column, depth))}
    fields: dict[str, int] = {}
    for column, text in headings.items():
        name = field_of(text)
        if name == "measure" and name in fields and "topic" not in fields:
            # 「任务 | 措施」: the first of two measure-like columns is what the second spells out.
            fields["topic"] = fields.pop("measure")
        elif name == "measure" and name in fields and re.search("措施|举措|内容", text):
            fields["measure"] = column
        if name and name not in fields:
            fields[name] = column
    if len(fields) < _FEWEST or not any(name in fields for name in NEEDED):
        return None
    if "measure" not in fields and "topic" in fields and set(headings) == set(fields.values()):
        fields["measure"] = fields.pop("topic")
    below = 1 + max(sheet.area(row + depth - 1, column)[2] for column in headings)
    return Header(row, below, fields, headings)


def _heading(sheet: Sheet, row: int, column: int, depth: int) -> str:
    top, left, bottom, right = sheet.area(row, column)
    if depth == 1 or bottom > row or left == right:
        return one_line(sheet.text(row, column)) if top <= row else ""
    return one_line(sheet.text(row + 1, column)) or one_line(sheet.text(row, column))
