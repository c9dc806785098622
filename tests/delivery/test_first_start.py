"""The first start where nothing is: each thing works, or says what is missing and how to go on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.bare_machine import Bare, may_cut_off, reached_out

WORD = "一把示例口令"
MONTH = """
import sys
from pathlib import Path
from desktop_app.cli.main import main
folder = Path(sys.argv[1])
book, file = str(folder / "out" / "sample.yuebao"), str(folder / "copy.yuebao")
def do(*words): print("##", words[0], main([*words]), flush=True)
do("demo", "--no-window", "--out", str(folder / "out"), "--json")
report = str(next((folder / "out" / "handed-in").glob("*.pdf")))
do("check", "2023-03", "--book", book)
do("verify", report, "--trust", str(folder / "out" / "unit-certificate.pem"))
do("report", "2023-03", "--out", str(folder / "draft.pdf"), "--book", book)
do("backup", "--out", file, "--book", book)
do("restore", file, "--book", book)
do("journal", "--verify", "--book", book)
do("print", "2023-03", "--book", book)
from tests.delivery.bare_machine import look
look()
do("open", book)
"""


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    home, folder = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    folder.mkdir()
    return Bare(home, folder)


@pytest.fixture
def locked_home(bare: Bare) -> Iterator[Bare]:
    """A home that may be read and not written, as of a profile that is reset at every login."""
    if os.geteuid() == 0:
        os.chown(bare.home, 65534, 65534)
    bare.home.chmod(0o555)
    yield bare
    bare.home.chmod(0o755)


def test_a_month_where_nothing_is_and_no_socket_to_any_network(bare: Bare, tmp_path: Path) -> None:
    """Cut off, no bus, no keyring, no fonts, no lp: a month is done and kept; not one socket of an internet family."""
    log = tmp_path / "calls"
    done = bare.traced(log, bare.folder, script=MONTH)
    assert done.returncode == 0, done.stderr
    codes = dict(line.split()[1:] for line in done.stdout.splitlines() if line.startswith("## "))
    wanted = dict.fromkeys(("demo", "check", "verify", "report", "backup", "restore", "journal", "open"), "0")
    assert codes == {**wanted, "print": "1"}
    assert "没有找到可用的打印机。 请" in done.stderr
    assert "Traceback" not in done.stderr
    (seen,) = (line.split() for line in done.stdout.splitlines() if line.startswith("MainWindow"))
    assert seen[-1] == "chinese"
    assert "+++ exited with 0 +++" in log.read_text("utf-8", "replace")
    assert reached_out(log) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).bind(('127.0.0.1', 0))",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import urllib.request as u, contextlib as c\n"
        "with c.suppress(OSError): u.urlopen('http://192.0.2.1/', timeout=0.1)",
    ],
    ids=["listening", "only a socket", "a look for updates"],
)
def test_the_watch_sees_the_smallest_attempt(bare: Bare, tmp_path: Path, planted: str) -> None:
    """The guard above can fail."""
    log = tmp_path / "calls"
    bare.traced(log, script=planted)
    assert reached_out(log)


def test_what_is_called_cut_off_is_cut_off(bare: Bare) -> None:
    """Nothing but a loopback that is down."""
    if not may_cut_off():
        pytest.skip("this user may not start anything without a network")
    listed = "import socket; print([name for _number, name in socket.if_nameindex()])"
    assert bare.run(script=listed).stdout == "['lo']\n"


def test_a_home_that_cannot_be_written_says_so_and_a_book_elsewhere_works(locked_home: Bare) -> None:
    refused = locked_home.run("new", "--unit", "朝阳区政府")
    assert refused.returncode == 3
    assert "没有权限" in refused.stderr
    assert "--book" in refused.stderr
    book = locked_home.folder / "own.yuebao"
    made = locked_home.run("new", "--unit", "朝阳区政府", "--book", book)
    assert (made.returncode, made.stderr) == (0, "")
    window = locked_home.run("open", book)
    assert (window.returncode, "Traceback" in window.stderr) == (0, False)
    assert window.stdout.split()[0] in ("StartPage", "MainWindow")
    assert list(locked_home.home.rglob("*")) == []


def test_without_a_keyring_the_passphrase_is_asked_for_or_read(bare: Bare) -> None:
    book, word = bare.folder / "own.yuebao", bare.folder / "word"
    word.write_text(WORD + "\n", encoding="utf-8")
    bare.run("new", "--unit", "朝阳区政府", "--book", book)
    person = ("--name", "王喆", "--role", "preparer", "--book", book)
    refused = bare.run("key", "new", *person)
    assert refused.returncode == 2
    assert "--passphrase-file" in refused.stderr
    made = bare.run("key", "new", *person, "--passphrase-file", word)
    assert made.returncode == 0
    assert "没有可用的安全钥匙串" in made.stdout


def test_without_a_screen_a_sentence_says_so(bare: Bare) -> None:
    """Qt itself would end the process with an English text and a core."""
    for language, said, screen in (("zh", "窗口打不开：没有屏幕可用", {}), ("en", "no screen", {"DISPLAY": ":4711"})):
        refused = bare.run("open", "--lang", language, QT_QPA_PLATFORM="xcb", **screen)
        assert refused.returncode == 3
        assert said in refused.stderr
        assert "qt.qpa" not in refused.stderr
