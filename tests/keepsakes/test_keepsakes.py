"""What was ever handed to a clerk or a bureau stays readable for ever."""

import shutil
from pathlib import Path

import pytest

from desktop_app.desk import history, verification_result
from desktop_app.desk.check_report import check
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.verify_file import verify
from desktop_app.errors import ClerkError
from desktop_app.exchange import to_calendar_pack, to_plan_pack, to_receipt, to_report, to_return
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState, Role
from desktop_app.store import migrations

HERE = Path(__file__).resolve().parent
MARCH = Period(2023, 3)


def opened(tmp_path: Path, name: str) -> Desk:
    return open_desk(Path(shutil.copy(HERE / name, tmp_path / "kept.yuebao")))


@pytest.mark.parametrize("name", ["book-1.sqlite", "book-2.sqlite"])
def test_a_book_of_every_schema_opens(tmp_path: Path, name: str) -> None:
    desk = opened(tmp_path, name)
    try:
        view = open_month(desk, MARCH)
        assert (view.state, view.revision, view.required, view.filled) == (MonthState.RECEIVED, 1, 55, 55)
        assert view.row("2-27").entry.narrative
        assert check(desk, MARCH).passes
        assert history.verify(desk).holds
        assert (len(desk.book.read("select 1 from journal where field = 'undo'")) > 0) == (name != "book-1.sqlite")
    finally:
        desk.close()


def test_there_is_a_book_of_every_schema() -> None:
    assert {path.name for path in HERE.glob("book-*.sqlite")} == {
        f"book-{version}.sqlite" for version in range(1, len(migrations.STEPS) + 1)
    }


def test_a_report_and_a_receipt_of_version_one_verify_and_read() -> None:
    report = verify(HERE / "report-1.pdf", [HERE / "unit-1.pem"])
    assert (report.kind, report.valid, report.trusted) == ("report", True, True)
    assert report.data is not None
    assert to_report(report.data).unit.code == "110105"
    receipt = verify(HERE / "receipt-1.pdf", [HERE / "bureau-1.pem"])
    assert (receipt.kind, receipt.valid, receipt.trusted) == ("receipt", True, True)
    assert receipt.data is not None
    assert to_receipt(receipt.data).check_code == report.check_code


def test_what_an_office_sends_out_verifies_and_reads() -> None:
    """A return, a task table and a calendar of version one, each signed once by the office."""
    found = {name: verify(HERE / f"{name}-1.pdf", [HERE / "bureau-2.pem"]) for name in ("return", "plan", "calendar")}
    for name, said in found.items():
        assert (said.kind, said.problems, said.trusted) == (name, (), True)
        assert [row.role for row in said.signatures] == [Role.APPROVER]
    note = to_return(found["return"].data or {})
    assert [(each.task, each.field) for each in note.remarks] == [("3-9", "cumulative"), ("report", "")]
    assert [item.task.id for item in to_plan_pack(found["plan"].data or {}).tasks] == ["1-1", "1-2", "1-3"]
    assert to_calendar_pack(found["calendar"].data or {}).year == 2024


def test_a_correction_names_what_it_follows() -> None:
    said = verify(HERE / "report-1-corrected.pdf", [HERE / "unit-2.pem"])
    assert (said.kind, said.problems, said.trusted) == ("report", (), True)
    report = to_report(said.data or {})
    assert (report.revision, report.follows and report.follows.revision) == (2, 1)
    assert [(each.task_id, each.field) for each in report.changes] == [("3-9", "cumulative"), ("3-9", "percent")]


def test_a_book_with_a_return_opens(tmp_path: Path) -> None:
    desk = opened(tmp_path, "book-3.sqlite")
    try:
        view = open_month(desk, MARCH)
        assert (view.state, view.revision) == (MonthState.DRAFT, 3)
        assert [(each.task, each.open) for each in view.remarks] == [("3-9", False), ("report", True)]
    finally:
        desk.close()


@pytest.mark.parametrize("kind", ["report", "receipt", "return", "plan", "calendar"])
def test_what_was_found_of_every_kind_can_be_printed(kind: str, tmp_path: Path) -> None:
    file = HERE / f"{kind}-1.pdf"
    found = verify(file, [HERE / name for name in ("unit-1.pem", "bureau-1.pem", "bureau-2.pem")])
    for ending in ("txt", "pdf"):
        verification_result.write(found, file, tmp_path / f"out.{ending}", None)
    assert found.check_code in (tmp_path / "out.txt").read_text("utf-8")


@pytest.mark.parametrize("kind", ["receipt", "return", "plan", "calendar"])
def test_one_kind_is_not_read_as_another(kind: str) -> None:
    data = verify(HERE / f"{kind}-1.pdf").data or {}
    readers = {"report": to_report, "receipt": to_receipt, "return": to_return, "plan": to_plan_pack}
    readers["calendar"] = to_calendar_pack
    for name, read in readers.items():
        if name == kind:
            read(data)
        else:
            with pytest.raises(ClerkError, match=f"{name}.json 里装的不是"):
                read(data)
