"""Wrong use in plain words, in the language of the screen, and one document for scripts whatever happens."""

import json
import re
from pathlib import Path

import pytest

from desktop_app.cli import month
from desktop_app.desk.files import write_file
from desktop_app.errors import WorldError
from desktop_app.language import speaking

WRONG = (
    ("frobnicate",),
    ("plan", "frob"),
    ("fill",),
    ("fill", "2023-03", "--from"),
    ("month", "2023-03", "--bogus"),
    ("month", "2023-03", "--lang", "fr"),
    ("journal", "--limit", "x"),
    ("month", "2023-03", "--json=yes"),
    ("history", "1800"),
    ("key", "new", "--name", "甲", "--role", "king"),
)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_use_is_said_in_the_language_of_the_screen(run, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert said.code == 2
    assert not re.search("argument|required|expected|invalid|choose|unrecognized|ignored", said.err)
    english = run("--lang", "en", *words) if "--lang" not in words else said
    assert english.code == 2
    assert not re.search("[\u4e00-\u9fff]", english.err.replace("甲", "")) or "--lang" in words


def test_an_option_is_written_out(run, book: Path) -> None:
    assert run("--boo", book, "month", "2023-03").code == 2
    assert run("due", "2023-03", "--js").code == 2


def test_words_that_are_no_text_are_refused(run, book: Path) -> None:
    run("new", "--unit", "朝阳区", "--book", book)
    said = run("--book", book, "--json", "people", "--preparer", "王\udcff")
    assert said.code == 2
    assert "UTF-8" in said.document["error"]["title"]


def test_a_bug_of_ours_is_one_document_too(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(_period: object, _desk: object) -> None:
        raise KeyError("secret")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(month.months, "due", broken)
    said = run("due", "2023-03", "--json")
    assert said.code == 70
    assert said.document["error"]["title"] == said.err.strip()
    assert "secret" not in said.out + said.err


def test_a_month_goes_out_as_a_workbook_and_comes_back(run, book: Path, samples: Path, tmp_path: Path) -> None:
    to = ("--book", book, "--json")
    run("new", "--unit", "通州区", *to)
    run("plan", "import", samples / "plan-2023-sample.xlsx", *to)
    run("fill", "2023-03", "--from", samples / "progress-tongzhou-2023-03.json", *to)
    said = run("sheet", "2023-03", "--out", tmp_path / "填报表.xlsx", *to)
    assert said.code == 0
    assert Path(said.document["path"]).is_file()
    assert run("fill", "2023-03", "--from", tmp_path / "填报表.xlsx", *to).document == {"filled": 52, "refused": []}
    assert run("sheet", "2023-03", "--out", tmp_path / "填报表.doc", *to).code == 2


def test_what_the_system_says_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="那是文件夹，不是文件"):
        write_file(tmp_path, b"")
    with speaking("en"), pytest.raises(WorldError, match="it is a folder"):
        write_file(tmp_path, b"")
    assert json.dumps(list(tmp_path.parent.glob(".*.part"))) == "[]"
