"""A book whose March is signed by all and waits to be handed in; made once in a run, then copied."""

import atexit
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop_app.desk import bureau, demo, keys, sign_report
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import create, create_bureau, open_desk
from desktop_app.model.period import Period
from desktop_app.model.report import Role

MARCH = Period(2023, 3)
DAY = date(2023, 4, 4)
PHRASE = "correct horse"


@cache
def _made() -> Path:
    folder = Path(mkdtemp(prefix="yuebao-signed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    desk = create(folder / "book.yuebao", demo.UNIT, today=DAY)
    try:
        demo._fill(desk)
        for name, role in ((demo.PREPARER, Role.PREPARER), (demo.APPROVER, Role.APPROVER)):
            keys.new_key(desk, name, role, PHRASE, remember=False)
            sign_report.sign(desk, MARCH, role, name, PHRASE)
        keys.export(desk, folder / "unit.pem")
    finally:
        desk.close()
    return folder


def signed_book(folder: Path) -> Path:
    """A copy of the book, its keys beside it."""
    shutil.copytree(_made(), folder, dirs_exist_ok=True)
    return folder / "book.yuebao"


def signed_desk(folder: Path) -> Desk:
    """The copy, open."""
    return open_desk(signed_book(folder), today=DAY)


def receipt_for(report: Path, unit_certificate: Path, folder: Path) -> Path:
    """What a bureau with a book in `folder` answers."""
    folder.mkdir(exist_ok=True)
    office = create_bureau(folder / "bureau.yuebao", today=DAY)
    try:
        bureau.make_key(office, PHRASE)
        bureau.enrol(office, unit_certificate)
        return bureau.accept(office, str(report), PHRASE, folder / "receipts").path
    finally:
        office.close()
