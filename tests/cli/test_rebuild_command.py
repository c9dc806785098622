"""rebuild by its contract, on the files of the first version ever shipped."""

from pathlib import Path

KEPT = Path(__file__).resolve().parents[1] / "keepsakes"


def test_a_book_from_the_first_reports(run, tmp_path: Path) -> None:
    book = tmp_path / "new.yuebao"
    files = [KEPT / "report-1.pdf", KEPT / "receipt-1.pdf", KEPT / "unit-1.pem"]
    said = run("rebuild", *files, "--trust", KEPT / "unit-1.pem", "--book", book, "--json")
    assert said.code == 1  # one of them is no report
    document = said.document
    assert document["book"] == str(book)
    assert document["months"] == [{"period": "2023-03", "revision": 1, "state": "received", "remarks": 0}]
    assert [Path(row["file"]).name for row in document["refused"]] == ["unit-1.pem"]
    assert document["missing"]
    assert run("check", "2023-03", "--book", book, "--json").document["errors"] == 0
    again = run("rebuild", KEPT / "report-1.pdf", "--book", book, "--json")
    assert again.code == 1
    assert "已经存在" in again.err


def test_nothing_to_use_makes_no_book(run, tmp_path: Path) -> None:
    book = tmp_path / "new.yuebao"
    said = run("rebuild", KEPT / "unit-1.pem", "--book", book, "--json")
    assert said.code == 1
    assert said.document["book"] is None
    assert not book.exists()
