"""A sample book whose March is ready to be signed, with the keys of two people."""

import sqlite3
from pathlib import Path

from desktop_app import assets
from desktop_app.desk import keys
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.demo import MARCH, sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.fill_month import fill
from desktop_app.desk.save_entry import save
from desktop_app.model.finding import Severity
from desktop_app.model.report import Role

WORD = "一把示例口令"


def ready_book(path: Path) -> Desk:
    """Filled, explained, two keys, nobody has signed."""
    desk = sample_book(path)
    fill(desk, MARCH, assets.path("samples", "progress-chaoyang-2023-03.json"))
    save(desk, MARCH, "3-9", {"cumulative": "26"})
    for finding in check(desk, MARCH).findings:
        if finding.severity is Severity.WARNING:
            explain(desk, MARCH, finding.task, finding.code, "示例说明：按计划在下半年实施。")
    keys.new_key(desk, "王喆", Role.PREPARER, WORD, remember=False)
    keys.new_key(desk, "李堃", Role.APPROVER, WORD, remember=False)
    return desk


def contents(book: Path | Desk) -> list[str]:
    """Every statement that would make this book again; an open one is read through its own connection."""
    if isinstance(book, Desk):
        return list(book.book.connection.iterdump())
    connection = sqlite3.connect(book)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
