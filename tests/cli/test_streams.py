"""Streams that are closed, full, or left by their reader: a sentence and the right exit code, never a traceback."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.cli.passphrase import given
from desktop_app.errors import UsageError

FULL = Path("/dev/full")
NO_FULL = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


def shell(redirected: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of its own process, with streams that only a shell can close."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "desktop_app", *words],
        capture_output=True,
        text=True,
        check=False,
    )


@NO_FULL
def test_full_streams_leave_no_traceback() -> None:
    for words in (("due", "2023-03", "--json"), ("--help",)):
        said = shell(">/dev/full", *words)
        assert (said.returncode, said.stderr.count("\n")) == (3, 1)
        assert said.stderr.startswith("结果写不出去：磁盘已满。")
    said = shell("2>/dev/full", "due", "2023-99", "--json")
    assert said.returncode == 2
    assert json.loads(said.stdout)["error"]["title"]


def test_what_is_closed_swallows_what_is_said() -> None:
    assert shell(">&- <&-", "due", "2023-03").returncode == 0
    said = shell("2>&-", "due", "2023-99", "--json")
    assert said.returncode == 2
    assert json.loads(said.stdout)["error"]["title"]  # the sentence for people did not get in between


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("plan", "import", "--help")], ids=" ".join)
def test_help_is_one_document_too(run, words: tuple[str, ...]) -> None:
    plain = run(*words)
    said = run(*words, "--json")
    assert (plain.code, said.code, said.err) == (0, 0, "")
    assert said.document == {"text": plain.out.rstrip("\n")}


def test_an_interruption_is_one_document_too(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop_app.cli.month.months.due", interrupted)
    said = run("due", "2023-03", "--json")
    assert said.code == 130
    assert "已中断" in said.document["error"]["title"]


def test_a_passphrase_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"\xc4\xe3\xc3\xc7\xba\xc3\n"), "utf-8", errors="surrogateescape")
    monkeypatch.setattr(sys, "stdin", typed)
    with pytest.raises(UsageError, match="UTF-8"):
        given(None, None, "口令：")
