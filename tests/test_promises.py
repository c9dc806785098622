"""What the program must never say, and what must never be found lying about."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
SECRET = "绝密口令-8fQ2"


@pytest.mark.parametrize("words", ["电子印章", "可靠电子签名", "可靠的电子签名"])
def test_no_text_claims_what_the_law_reserves(words):
    """Only a denial may name them: 不是电子印章."""
    rooms = [TOP / room for room in ("desktop_app", "ui", "resources")]
    files = [
        file
        for room in rooms
        for ending in ("py", "po", "json", "md", "html", "txt")
        for file in room.rglob(f"*.{ending}")
    ]
    assert len(files) > 200
    for file in [*files, TOP / "README.md"]:
        text = file.read_text("utf-8").replace('"\n"', "").replace("\n", "")
        for place in range(len(text)):
            if text.startswith(words, place):
                before = text[max(0, place - 8) : place]
                assert "不是" in before or "非" in before or "不等于" in before, (file, text[place - 20 : place + 20])


def everything(folder: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_passphrase_is_in_no_file_no_argument_and_no_log(tmp_path):
    """A whole month by command, with the passphrase in a file outside; every process's arguments are watched."""
    folder, home, outside = tmp_path / "work", tmp_path / "home", tmp_path / "outside"
    for made in (folder, home, outside):
        made.mkdir()
    word = outside / "word"
    word.write_text(SECRET + "\n", encoding="utf-8")
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(TOP), "PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
        (home / name).mkdir()
        environment[name] = str(home / name)
    seen: list[bytes] = []
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(seen, over))
    watcher.start()
    said = []
    try:
        for command in _processes(folder, word):
            done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, check=False)
            said.append(done.stdout + done.stderr)
    finally:
        over.set()
        watcher.join()
    assert any(b"desktop_app" in arguments for arguments in seen)
    assert (folder / "book.keys" / "key-周审.p12").exists()
    assert b'"state": "sealed"' in said[-1]
    for spelling in (SECRET.encode(), SECRET.encode("utf-16-be"), SECRET.encode("utf-16-le")):
        for where in (everything(folder), everything(home), *said, *seen):
            assert spelling not in where


def _processes(folder: Path, word: Path) -> list[list[str]]:
    """A key made and a month signed in processes of their own, as a clerk would; the rest in one, for speed."""
    book = ["--book", str(folder / "book.yuebao")]
    phrase = ["--passphrase-file", str(word)]
    ours = [sys.executable, "-m", "desktop_app"]
    rest = [
        ["key", "request", "--name", "李堃", "--role", "approver", "--out", str(folder / "a.csr"), *phrase, *book],
        ["key", "issue", str(folder / "a.csr"), "--out", str(folder / "a.pem"), *phrase, *book],
        ["key", "import-certificate", str(folder / "a.pem"), *book],
        ["key", "renew", "王喆", *phrase, *book],
        ["key", "crl", "--out", str(folder / "a.crl"), *phrase, *book],
        ["key", "list", "--json", *book],
    ]
    ready = f"from pathlib import Path; from tests.desk.ready_book import ready_book as r; r(Path({book[1]!r})).close()"
    alone = f"from desktop_app.cli.main import main; assert not any([main(words) for words in {rest!r}])"
    return [
        [sys.executable, "-c", ready],
        [*ours, "key", "new", "--name", "周审", "--role", "preparer", *phrase, *book],
        [sys.executable, "-c", alone],
        [
            *ours,
            "sign",
            "2023-03",
            "--role",
            "preparer",
            "--key",
            "周审",
            "--json",
            "--today",
            "2023-04-04",
            *phrase,
            *book,
        ],
    ]


def _watch(seen: list[bytes], over: threading.Event) -> None:
    """The arguments of every process of this user, again and again."""
    while not over.wait(0.02):
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                arguments = file.read_bytes()
            except OSError:
                continue
            if arguments and arguments not in seen:
                seen.append(arguments)
