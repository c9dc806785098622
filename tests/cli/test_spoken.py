"""What the commands say is said in one language: the journal in the form's words, help without programmers' English."""

import re
from pathlib import Path

from desktop_app.desk.demo import sample_book


def test_the_journal_speaks_the_words_of_the_form(run, tmp_path: Path) -> None:
    book = tmp_path / "book.yuebao"
    sample_book(book).close()
    said = run("--book", book, "journal", "--limit", "2000").out
    assert "进展状态：— → 正常推进" in said
    assert "月报状态：— → 草稿" in said
    assert not re.search(r"on_track|→ draft|plan:|state：", said)
    english = run("--book", book, "--lang", "en", "journal", "--limit", "2000").out
    assert "Progress status: — → On track" in english
    assert "：" not in "".join(line.split(" → ")[0] for line in english.splitlines())


def test_a_draft_lacks_signatures_by_the_names_of_their_roles(run, tmp_path: Path) -> None:
    book = tmp_path / "book.yuebao"
    sample_book(book).close()
    run("--book", book, "report", "2023-03", "--out", tmp_path / "draft.pdf")
    said = run("--lang", "en", "verify", tmp_path / "draft.pdf")
    assert said.code == 1
    assert "is missing" in said.out
    assert not re.search("[\u4e00-\u9fff]", said.out)


def test_help_is_in_the_language_of_the_screen(run) -> None:
    for words in (("--help",), ("fill", "--help"), ("plan", "import", "--help")):
        asked = run(*words)
        assert (asked.code, asked.err) == (0, "")
        said = asked.out
        assert said.startswith("用法：yuebao")
        assert said.count("选项:") == 1
        assert not re.search("usage|options:|positional|show this|exit", said)
