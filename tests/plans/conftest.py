"""A directory, the sample plan read once, and workbooks made on the spot."""

import io

import pytest
from openpyxl import Workbook

from desktop_app import assets
from desktop_app.plans import import_plan, shipped_directory
from desktop_app.plans import workbook as reader
from desktop_app.plans.reading.child import answer_to

HEADINGS = ("序号", "重点任务", "工作措施", "完成时限", "牵头部门", "主责单位", "协办单位")


@pytest.fixture(scope="session")
def units():
    return shipped_directory()


@pytest.fixture(scope="session")
def taken():
    data = assets.read_bytes("samples", "plan-2023-sample.xlsx")
    return import_plan(data, "plan-2023-sample.xlsx", shipped_directory(), {})


@pytest.fixture(scope="session")
def plan(taken):
    return taken.plan


@pytest.fixture
def read_here(monkeypatch):
    """Files are read in this process: the reader's own is tried elsewhere, and would only cost its start each time."""
    monkeypatch.setattr(reader, "_read_in_child", lambda data, _name: answer_to(data))


@pytest.fixture
def workbook():
    """Bytes of a workbook: a sheet for each list of rows, handed to `change` before it is saved."""

    def make(*sheets, change=None):
        book = Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets, start=1):
            sheet = book.create_sheet(f"表{number}")
            for row in rows:
                sheet.append(row)
        if change:
            change(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def read(workbook, units):
    """Import rows as one sheet (title and header before them unless given), and return the import."""

    def go(*rows, headings=HEADINGS, title="2023年行动计划", change=None, answers=None):
        data = workbook([[title], list(headings), *rows], change=change)
        return import_plan(data, "table.xlsx", units, answers or {})

    return go
