"""A whole year in a folder: every revision, every answer, and what was found in it by other eyes than ours."""

import hashlib
import json
from pathlib import Path

import pikepdf
import pytest

from desktop_app.desk import archive as archiving
from desktop_app.desk.verify_archive import verify_archive
from tests import sample_year
from tests.rendering.pdfa_lint import lint

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = sample_year.year_desk(tmp_path_factory.mktemp("book"))
    try:
        return archiving.archive(desk, sample_year.YEAR, tmp_path_factory.mktemp("archives") / "2023").path
    finally:
        desk.close()


def test_all_that_was_handed_in_and_came_back_is_there_byte_for_byte(folder: Path) -> None:
    def sums(files: object) -> list[str]:
        return sorted(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)

    answers = sample_year.handed_in()[0].parent.parent / "answers"
    assert sums((folder / "reports").iterdir()) == sums(sample_year.handed_in())
    came = [*(folder / "receipts").iterdir(), *(folder / "returns").iterdir()]
    assert sums(came) == sums(answers.iterdir())
    assert len(came) == 8
    listed = json.loads((folder / "archive.json").read_text("utf-8"))["reports"]
    assert [len(each["letters"]) for each in listed] == [1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0]
    evidence = {path.read_bytes() for path in (folder / "evidence").rglob("*") if path.is_file()}
    inside = set()
    for file in (folder / "reports").iterdir():
        with pikepdf.open(file) as document:
            inside |= {
                spec.get_file().read_bytes()
                for name, spec in document.attachments.items()
                if not name.endswith("report.json")
            }
    assert evidence == inside != set()


def test_every_pdf_keeps_the_rules_of_pdf_a(folder: Path) -> None:
    found = {path.name: lint(path.read_bytes()) for path in folder.rglob("*.pdf")}
    assert len(found) == 27
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_it_verifies_as_a_whole_and_a_changed_answer_is_found(folder: Path) -> None:
    verdict = verify_archive(folder)
    assert (verdict.problems, verdict.reports) == ((), 14)
    receipt, other = folder / "receipts" / "2023-01-r1-1.pdf", folder / "receipts" / "2023-04-r1-1.pdf"
    listing = folder / "SHA256SUMS"
    before = receipt.read_bytes(), listing.read_text("utf-8")
    try:
        old, new = (hashlib.sha256(data).hexdigest() for data in (before[0], other.read_bytes()))
        receipt.write_bytes(other.read_bytes())
        listing.write_text(before[1].replace(old, new), encoding="utf-8")
        assert "receipts/2023-01-r1-1.pdf 不是目录里说的那份文件。" in verify_archive(folder).problems
    finally:
        receipt.write_bytes(before[0])
        listing.write_text(before[1], encoding="utf-8")
