"""A task table written out again, in the columns that the reader knows: what a unit hands to its towns."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from desktop_app.model.plan import Plan, Task

_HEADS = ("序号", "重点任务", "工作措施", "完成时限", "牵头部门", "主责单位", "协办单位")
_WIDTHS = (8, 24, 70, 18, 20, 24, 20)


def table(plan: Plan, tasks: Sequence[Task], owner: str, lead: str) -> bytes:
    """An .xlsx with a sheet for each annex; every task is this owner's, and the numbers stay what they are."""
    book = Workbook()
    book.remove(book.worksheets[0])
    titles = {annex.number: annex.title for annex in plan.annexes}
    for number in sorted({task.annex for task in tasks}):
        sheet = book.create_sheet(f"附件{number}")
        for column, width in enumerate(_WIDTHS):
            sheet.column_dimensions[chr(ord("A") + column)].width = width
        rows = [
            [f"附件{number}"],
            [titles.get(number) or plan.title],
            [f"（{plan.year}年，由{lead}分解到{owner}）{'示例任务集（非官方文本）' if plan.sample else ''}"],
            list(_HEADS),
            *(_row(task, owner, lead) for task in tasks if task.annex == number),
        ]
        for place, cells in enumerate(rows, 1):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(place, column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row(task: Task, owner: str, lead: str) -> list[str]:
    title = ("★" if task.key and "★" not in task.title else "") + task.title
    return [task.number, title, task.measure, task.deadline.raw, lead, owner, ""]
