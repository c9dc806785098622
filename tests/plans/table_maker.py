"""Workbooks as the bureau would send them, written down row by row."""

import io

from openpyxl import Workbook

from desktop_app.plans import import_plan, shipped_directory

HEADINGS = ("序号", "重点任务", "工作措施", "完成时限", "牵头部门", "主责单位", "协办单位")
REST = ("年底前", "市水务局", "各区政府", "")


def sheet(title, *rows, merge=()):
    """A sheet: its name, its rows, its merged areas."""
    return title, rows, merge


def written(*sheets, change=None):
    """The bytes of a workbook, handed to `change` before it is saved."""
    book = Workbook()
    book.remove(book.active)
    for title, rows, merge in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append([None if cell == "" else cell for cell in row] if row else [None])
        for area in merge:
            page.merge_cells(area)
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def imported(*sheets, answers=None, name="table.xlsx"):
    """What an import of these sheets gives."""
    return import_plan(written(*sheets), name, shipped_directory(), answers or {})


def measure(number, text="检查5家。", title="治理", rest=REST):
    """One row under HEADINGS."""
    return (number, title, text, *rest)


def ids(plan):
    """The ids of a plan's tasks in order."""
    return [task.id for task in plan.tasks]
