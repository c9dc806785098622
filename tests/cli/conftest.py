"""Commands run in this process: what they print and how they leave."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app import language
from desktop_app.cli.main import main


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command as a user would; leaves the language Chinese."""

    def go(*words: object) -> Said:
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        language.use("zh")
        assert "Traceback" not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return go


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """A file with a passphrase in its first line."""
    file = tmp_path / "passphrase.txt"
    file.write_text("示例口令 2023\n", encoding="utf-8")
    return file


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where a book may be made."""
    return tmp_path / "朝阳.yuebao"


@pytest.fixture
def planned(run: Run, book: Path, samples: Path) -> Path:
    """A book of 朝阳区 with the sample plan in it."""
    assert run("new", "--unit", "朝阳区政府", "--book", book).code == 0
    assert run("plan", "import", samples / "plan-2023-sample.xlsx", "--book", book).code == 0
    return book
