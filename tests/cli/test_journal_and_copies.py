"""journal, history, undo, backup and restore by command: their JSON, their exit codes, their sentences."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

KEPT = Path(__file__).resolve().parent.parent / "keepsakes" / "book-2.sqlite"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """March signed and received, February a draft."""
    return Path(shutil.copy(KEPT, tmp_path / "book.yuebao"))


def test_the_journal_holds(run: Run, kept: Path) -> None:
    said = run("journal", "--verify", "--book", kept, "--json")
    found = said.document
    assert (said.code, found["intact"], found["heads_matched"], found["problems"]) == (0, True, True, [])
    assert [(head["period"], head["revision"]) for head in found["heads"]] == [("2023-03", 1)]
    some = run("journal", "--book", kept, "--period", "2023-03", "--task", "2-1", "--field", "narrative", "--json")
    (row,) = some.document["entries"]
    assert (row["period"], row["task"], row["field"]) == ("2023-03", "2-1", "narrative")
    assert row["actor"]
    few = run("journal", "--book", kept, "--after", 3, "--limit", 2, "--json").document
    assert ([each["seq"] for each in few["entries"]], few["more"]) == ([4, 5], True)
    assert run("journal", "--head", "12", "--book", kept).code == 2
    assert run("journal", "--head", "1" * 64, "--book", kept).code == 1


def test_a_rewritten_row_gives_exit_one(run: Run, kept: Path) -> None:
    raw = sqlite3.connect(kept)
    raw.execute("drop trigger journal_update")
    raw.execute("update journal set new = 'x' where seq = 9")
    raw.commit()
    raw.close()
    said = run("journal", "--verify", "--book", kept, "--json")
    assert (said.code, said.document["intact"], said.document["first_bad"]) == (1, False, 9)


def test_the_months(run: Run, kept: Path) -> None:
    february, march = run("history", 2023, "--book", kept, "--json").document["months"]
    assert (february["period"], february["state"], february["on_time"]) == ("2023-02", "draft", None)
    assert (march["state"], march["on_time"], march["signatures"]) == ("received", True, 2)
    assert march["due"] == "2023-04-06"
    assert march["receipt"]["sha256"]
    assert march["check_code"]
    assert run("history", 2022, "--book", kept, "--json").document == {"months": []}
    assert "已办结" in run("history", "--book", kept).out


def test_undo_and_redo(run: Run, kept: Path) -> None:
    words = run("journal", "--book", kept, "--period", "2023-02", "--task", "2-2", "--field", "narrative", "--json")
    before = words.document["entries"][-1]["new"]
    done = run("undo", "2023-02", "2-2", "narrative", "--book", kept, "--json").document
    assert done["fields"] == [{"task": "2-2", "field": "narrative", "was": before, "now": ""}]
    again = run("redo", "2023-02", "2-2", "--book", kept, "--json").document
    assert again["fields"] == [{"task": "2-2", "field": "narrative", "was": "", "now": before}]
    sealed = run("undo", "2023-03", "--book", kept)
    assert (sealed.code, "封存" in sealed.err) == (1, True)
    assert "日志完整" in run("journal", "--verify", "--book", kept).out


def test_backup_preview_restore_and_undo(run: Run, kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.yuebao"
    made = run("backup", "--out", target, "--book", kept, "--json").document
    assert (made["path"], made["verified"], made["flaws"]) == (str(target), True, [])
    taken = run("backup", "--out", target, "--book", kept)
    assert (taken.code, "已经存在" in taken.err) == (1, True)
    run("undo", "2023-02", "2-2", "--book", kept)
    seen = run("restore", target, "--preview", "--book", kept, "--json").document
    assert seen["head"] == made["head"]
    assert [month["filled"] for month in seen["months"]] == [54, 55]
    assert {field["task"] for field in seen["fields_changed"]} == {"2-2"}
    assert (seen["lost_changes"] > 0, seen["parted"], seen["months_changed"]) == (True, False, [])
    before = kept.read_bytes()
    done = run("restore", target, "--book", kept, "--json").document
    assert done["head"] == made["head"]
    assert Path(done["undo"]).read_bytes() == before
    assert run("restore", "--undo", "--book", kept).code == 0
    assert kept.read_bytes() == before
    listed = run("backup", "--list", "--book", kept, "--json").document
    assert {"undo"} < {each["reason"] for each in listed["backups"]} <= {"daily", "v2", "undo"}
    assert listed["can_undo"]


def test_what_is_refused(run: Run, kept: Path, tmp_path: Path) -> None:
    assert run("backup", "--book", kept).code == 2
    assert run("restore", "--book", kept).code == 2
    letter = tmp_path / "letter.txt"
    letter.write_text("信", encoding="utf-8")
    before = kept.read_bytes()
    said = run("restore", letter, "--book", kept, "--json")
    assert (said.code, "不是月报填报簿" in said.document["error"]["title"]) == (1, True)
    assert run("restore", tmp_path / "none", "--book", kept).code == 1
    assert kept.read_bytes() == before
    assert run("restore", "--undo", "--book", kept).code == 1


def test_a_lost_book_is_restored_from_the_copy_of_the_day(run: Run, kept: Path) -> None:
    assert run("month", "2023-03", "--book", kept).code == 0
    kept.unlink()
    (copy,) = run("backup", "--list", "--book", kept, "--json").document["backups"]
    assert run("restore", copy["path"], "--book", kept).code == 0
    assert run("month", "2023-03", "--book", kept).code == 0
