"""Real signed files of a bureau, two units and a forger, made once; and books to receive them in, copied afresh."""

import hashlib
import json
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from desktop_app.desk import bureau, receive, take_plan, verify_file
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import open_desk
from tests.journeys.small import TABLE, Side, new_bureau, new_unit

MARCH = "2023-03"
UNITS = {"A": "朝阳区政府", "B": "通州区政府"}


@dataclass
class Pool:
    """`files` by name; `books` as they stood when every unit had handed its first revision in."""

    files: dict[str, Path] = field(default_factory=dict)
    books: dict[str, Path] = field(default_factory=dict)


def make(folder: Path) -> Pool:
    """Two desks answer the same reports, one with receipts and one with returns; a third one has no business here."""
    pool, desk = Pool(), new_bureau(folder, "2023-04-03")
    table = folder / "plan.csv"
    packs = {"old": ("2023-04-01", TABLE), "new": ("2023-04-02", TABLE.replace("300次", "320次"))}
    for name, (day, text) in packs.items():
        table.write_text(text, encoding="utf-8")
        pool.files[f"plan-{name}"] = folder / f"plan-{name}.pdf"
        desk.on(day).signing("bureau", "publish-plan", table, "--out", pool.files[f"plan-{name}"])
    remarks = folder / "remarks.json"
    remarks.write_text(json.dumps([{"task": "1-1", "field": "cumulative", "text": "请核对。"}]), encoding="utf-8")
    for short, name in UNITS.items():
        unit = new_unit(folder, name, desk)
        table.write_text(TABLE.replace("40家", "41家"), encoding="utf-8")
        unit("plan", "import", table)
        unit.write_month(MARCH, 20)
        unit.sign(MARCH)
        pool.files[f"report-{short}"] = Path(unit("hand-in", MARCH, "--to", folder)["path"])
        unit("receive", pool.files[f"report-{short}"], "--trust", folder / "bureau.pem", code=1)
        pool.books[short] = unit.book
    pool.books["desk"] = Path(shutil.copy(desk.book, folder / "empty-desk.yuebao"))
    shutil.copytree(folder / "desk.keys", folder / "other.keys")
    other = Side(Path(shutil.copy(desk.book, folder / "other.yuebao")), desk.secret, desk.day)
    forger = Side(folder / "forger.yuebao", desk.secret, desk.day)
    forger.signing("bureau", "new")
    for name in UNITS.values():
        forger("bureau", "enrol", folder / f"{name}.pem")
    for short in UNITS:
        report = pool.files[f"report-{short}"]
        for side, word in ((desk, "receipt"), (forger, "forged")):
            out = folder / f"{word}-{short}.pdf"
            side.signing("bureau", "accept", report, "--out", out)
            pool.files[f"{word}-{short}"] = out
        out = folder / f"return-{short}.pdf"
        other.signing("bureau", "return", report, "--remarks", remarks, "--out", out)
        pool.files[f"return-{short}"] = out
    return pool


def copied(pool: Pool, folder: Path, *, fresh: bool) -> dict[str, Path]:
    """Where each book's copy lies, copied anew where `fresh`."""
    found = {name: folder / f"{name}.yuebao" for name in pool.books}
    for name, copy in found.items():
        if fresh:
            for old in folder.glob(f"{name}.yuebao*"):
                old.unlink()
            shutil.copy(pool.books[name], copy)
    return found


def open_one(name: str, book: Path) -> Desk:
    return open_desk(book, kind="bureau" if name == "desk" else "unit")


def opened(pool: Pool, folder: Path) -> dict[str, Desk]:
    """Fresh copies, open."""
    return {name: open_one(name, book) for name, book in copied(pool, folder, fresh=True).items()}


def warm(pool: Pool, folder: Path) -> None:
    """Judge every file once in every book, so that what follows is only effects."""
    scratch = folder / "scratch"
    scratch.mkdir()
    for name, desk in opened(pool, scratch).items():
        for file in pool.files.values():
            (bureau.receive if name == "desk" else receive.receive)(desk, [file])
        desk.close()


def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signatures and tables are judged once for each file and trust: what is tried here is what follows from it."""
    seen: dict[object, Any] = {}
    verify = verify_file.verify_bytes

    def verified(pdf, trust, at, **others):
        mark = hashlib.sha256(pdf).hexdigest()
        if mark not in seen:
            seen[mark] = verify(pdf, (), at).data
        given = trust(seen[mark]) if callable(trust) else trust
        key = (mark, tuple(sorted(each.serial_number for each in given)))
        if key not in seen:
            seen[key] = verify(pdf, given, at, **others)
        return seen[key]

    tables: dict[object, Any] = {}
    read = take_plan.open_source

    def source(data, name, directory):
        key = hashlib.sha256(data).hexdigest()
        if key not in tables:
            tables[key] = read(data, name, directory)
        return replace(tables[key], last=monotonic() + 60)  # what was read long ago may still be understood

    monkeypatch.setattr(receive, "verify_bytes", verified)
    monkeypatch.setattr(bureau, "verify_bytes", verified)
    monkeypatch.setattr(take_plan, "open_source", source)
