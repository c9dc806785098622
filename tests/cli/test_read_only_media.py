"""A book on a medium that cannot be written: what only reads works, what writes says why not."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.desk.demo import sample_book
from tests.small_disk import SmallDisk

READS = (
    ("month", "2023-03"),
    ("check", "2023-03"),
    ("plan", "show"),
    ("plan", "list"),
    ("history",),
    ("journal", "--verify"),
)


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Path]:
    """The sample book where nothing can be written: a mounted disk for root, permissions for others."""
    sample_book(tmp_path / "made.yuebao").close()
    folder = tmp_path / "disc"
    folder.mkdir()
    disk = SmallDisk(folder, "8m")
    book = Path(shutil.copy(tmp_path / "made.yuebao", folder / "book.yuebao"))
    if disk.mounted:
        with disk.read_only():
            yield book
    else:
        book.chmod(0o400)
        folder.chmod(0o500)
        yield book
        folder.chmod(0o700)
    disk.close()


def test_what_only_reads_works_and_what_writes_says_why_not(run, medium: Path, tmp_path: Path) -> None:
    assert not os.access(medium, os.W_OK)
    before = medium.read_bytes()
    for words in READS:
        said = run("--book", medium, "--today", "2023-04-04", "--json", *words)
        assert said.code in (0, 1), words
        assert "error" not in said.document, words
        assert "只读打开" in said.err
    for words in (
        ("sheet", "2023-03", "--out", tmp_path / "表.xlsx"),
        ("report", "2023-03", "--out", tmp_path / "稿.pdf"),
    ):
        assert run("--book", medium, *words).code == 0
        assert Path(words[-1]).is_file()
    for words in (("people", "--phone", "1"), ("month", "2023-05"), ("explain", "2023-03", "report", "L801", "停电")):
        said = run("--book", medium, *words)
        assert said.code == 3, words
        assert "只读" in said.err
    assert medium.read_bytes() == before


def test_a_book_in_use_is_still_refused(run, tmp_path: Path) -> None:
    desk = sample_book(tmp_path / "held.yuebao")
    try:
        said = run("--book", tmp_path / "held.yuebao", "check", "2023-03")
        assert said.code == 3
        assert "只读打开" not in said.err
    finally:
        desk.close()
