"""A name that was typed without an ending gets that of the kind that was chosen; others stay as they are."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.file_choice import SHEET_OR_PAGES, file_to_write

SHEET, PAGES = SHEET_OR_PAGES.values()


@pytest.mark.parametrize(
    ("typed", "kind", "file"),
    [
        ("清单", SHEET, "清单.xlsx"),
        ("清单", PAGES, "清单.pdf"),
        ("清单.2023", PAGES, "清单.2023.pdf"),
        ("清单.PDF", SHEET, "清单.PDF"),
        ("清单", "", "清单.xlsx"),
    ],
)
def test_the_ending_fits_what_was_chosen(typed, kind, file, tmp_path: Path, monkeypatch, qapp) -> None:
    asked = []

    def dialog(_parent, title, name, kinds):
        asked.append((title, name, kinds))
        return str(tmp_path / typed), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    assert file_to_write(QWidget(), "导出", "清单.xlsx", SHEET_OR_PAGES) == tmp_path / file
    assert asked == [("导出", "清单.xlsx", f"{SHEET};;{PAGES}")]


def test_nothing_chosen_is_no_file(monkeypatch, qapp) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: ("", ""))
    assert file_to_write(QWidget(), "导出", "清单.xlsx", SHEET_OR_PAGES) is None
