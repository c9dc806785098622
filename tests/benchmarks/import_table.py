"""A task table taken in, child process and all, beside openpyxl's bare read of every value."""

import io
import random
from collections.abc import Callable

from openpyxl import Workbook, load_workbook

from desktop_app.plans import import_plan, shipped_directory

NAME = "import"
SIZE_NAME = "rows"
SIZE = 5_000
PEER = "openpyxl"
LIMIT = 2.5

_DISTRICTS = ["东城", "西城", "朝阳", "海淀", "丰台", "石景山", "门头沟", "房山", "通州", "顺义", "大兴", "昌平"]
_DEADLINES = ("年底前", "6月底前", "2023年11月15日前", "长期实施", "9月底前")
_HEADINGS = ["序号", "重点任务", "工作措施", "完成时限", "牵头部门", "主责单位", "协办单位"]
_SECTION = 50


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """Import of a table with this many rows, and the bare read of the same bytes."""
    data = table(size)
    directory = shipped_directory()

    def ours() -> object:
        plan = import_plan(data, "plan.xlsx", directory).plan
        if len(plan.tasks) != size:
            raise ValueError(f"{len(plan.tasks)} of {size} measures")
        return plan

    def peer() -> object:
        book = load_workbook(io.BytesIO(data), data_only=True)
        return [[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]

    return ours, peer


def table(size: int) -> bytes:
    """A plan such as the bureau sends: sections, merged cells, a text of its own for every measure."""
    chance = random.Random(5)
    book = Workbook()
    sheet = book.active
    sheet.title = "水污染防治"
    sheet.append(["附件3"])
    sheet.append(["北京市水污染防治2023年行动计划"])
    sheet.append(_HEADINGS)
    for number in range(1, size + 1):
        if number % _SECTION == 1:
            sheet.append([f"（{_chinese(number // _SECTION + 1)}）第{number // _SECTION + 1}类任务"])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=7)
        first, second = chance.sample(_DISTRICTS, 2)
        owners = chance.choice((f"{first}区政府、{second}区政府", f"{first}区政府、市水务局", "各区政府"))
        measure = (
            f"完成{chance.randint(1, 900)}个村的生活污水收集处理设施建设，污水处理率达到{chance.randint(50, 99)}%以上；"
            f"第{number}项，推动{first}区再生水利用，强化日常监管，巩固治理成效。"
        )
        topic = f"{'★' if number % 7 == 0 else ''}重点任务{number // 4}"
        sheet.append(
            [number, topic, measure, chance.choice(_DEADLINES), "市水务局", owners, "市生态环境局、市农业农村局"]
        )
        if number % 4 == 0:
            sheet.merge_cells(start_row=sheet.max_row - 1, end_row=sheet.max_row, start_column=2, end_column=2)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number % 100, 10)
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones or not tens else "")
