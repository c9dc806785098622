"""A signature that fails or is cut off at any point leaves the draft exactly as it was; one that is kept is whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop_app.desk import sign_report
from desktop_app.desk.demo import DAY, MARCH
from desktop_app.desk.hand_in import signed_pdf
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.report import MonthState, Role
from desktop_app.signing.verify import verify
from desktop_app.store import months, sealed
from tests.desk.ready_book import WORD, contents, ready_book

TOP = Path(__file__).resolve().parents[2]

# Signs each book whose path it reads, in a process of its own, and says which.
SIGNER = """
import os, sys
from pathlib import Path
from desktop_app.desk import sign_report
from desktop_app.desk.demo import DAY, MARCH
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.save_entry import save
from desktop_app.model.report import Role
import desktop_app.signing.sign, desktop_app.rendering.document, desktop_app.rendering.pdfa
while line := sys.stdin.readline():
    book, role, key, word = line.rstrip("\\n").split("\\t")
    pid = os.fork()
    if pid == 0:
        desk = open_desk(Path(book), today=DAY)
        sign_report.sign(desk, MARCH, Role(role), key, word)
        os._exit(0)
    print(pid, flush=True)
    sys.stdin.readline()
    print(os.waitpid(pid, 0)[1], flush=True)
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """Two folders: one book is a draft, the other awaits the approver."""
    folder = tmp_path_factory.mktemp("books")
    desk = ready_book(folder / "draft" / "a.yuebao")
    desk.close()
    shutil.copytree(folder / "draft", folder / "sealed")
    desk = open_desk(folder / "sealed" / "a.yuebao", today=DAY)
    sign_report.sign(desk, MARCH, Role.PREPARER, "王喆", WORD)
    desk.close()
    return folder


@pytest.fixture(scope="module")
def signer():
    program = subprocess.Popen(
        [sys.executable, "-c", SIGNER], cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )  # fmt: skip
    yield program
    program.stdin.close()
    program.wait(10)
    program.stdout.close()


def cut_off(signer, book: Path, role: Role, delay: float) -> int:
    """Kill the signing process `delay` seconds after it began; gives its wait status (0: it had ended)."""
    key = "王喆" if role is Role.PREPARER else "李堃"
    signer.stdin.write(f"{book}\t{role}\t{key}\t{WORD}\n")
    signer.stdin.flush()
    pid = int(signer.stdout.readline())
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)  # still ours: nobody waits for it before the next line
    signer.stdin.write("\n")
    signer.stdin.flush()
    return int(signer.stdout.readline())


def killed_many_times(signer, books: Path, folder: Path, kills: int) -> tuple[int, int]:
    """How many signatures were cut off, and how many were kept whole."""
    chance = random.Random(20230404)  # noqa: S311
    cut, kept = 0, 0
    for role, state in ((Role.PREPARER, "draft"), (Role.APPROVER, "sealed")):
        before = contents(books / state / "a.yuebao")
        whole = _takes(signer, books / state, folder / f"whole-{state}", role)
        for turn in range(kills // 2):
            home = Path(shutil.copytree(books / state, folder / f"{state}-{turn}"))
            cut_off(
                signer, home / "a.yuebao", role, whole * chance.choice((chance.random(), 0.85 + chance.random() / 4))
            )
            desk = open_desk(home / "a.yuebao", today=DAY)
            try:
                now = months.month(desk.book, MARCH)
                moved = now.state is not (MonthState.DRAFT if state == "draft" else MonthState.SEALED)
                if moved:
                    roles = (Role.PREPARER,) if state == "draft" else (Role.PREPARER, Role.APPROVER)
                    assert verify(signed_pdf(desk, MARCH), (), expected=roles, at=desk.clock()).problems == ()
            finally:
                desk.close()
            if not moved:
                assert contents(home / "a.yuebao") == before
            cut, kept = cut + (not moved), kept + moved
            shutil.rmtree(home)
    return cut, kept


def _takes(signer, source: Path, home: Path, role: Role) -> float:
    """Seconds of one signature that is left alone."""
    shutil.copytree(source, home)
    began = time.monotonic()
    key = "王喆" if role is Role.PREPARER else "李堃"
    signer.stdin.write(f"{home / 'a.yuebao'}\t{role}\t{key}\t{WORD}\n\n")
    signer.stdin.flush()
    signer.stdout.readline()
    assert int(signer.stdout.readline()) == 0
    return time.monotonic() - began


def test_thirty_kills_leave_nothing_half(signer, books, tmp_path):
    cut, kept = killed_many_times(signer, books, tmp_path, 30)
    assert cut + kept == 30
    assert cut >= 5


@pytest.mark.long
def test_two_hundred_kills_leave_nothing_half(signer, books, tmp_path):
    cut, kept = killed_many_times(signer, books, tmp_path, 200)
    assert cut > 20
    assert kept > 5


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("desktop_app.desk.make_report.PaperWork.render", RuntimeError("bug")),
        ("desktop_app.signing.sign.sign", ClerkError("没有成。")),
        ("desktop_app.signing.sign._write", MemoryError()),
        ("desktop_app.desk.sign_report.sealed.seal", OSError(28, "No space left on device")),
        ("desktop_app.store.sealed._keep", RuntimeError("bug")),
        ("desktop_app.store.sealed.move", RuntimeError("bug")),
    ],
)
def test_a_failure_in_the_middle_leaves_the_draft(books, tmp_path, monkeypatch, where, problem):
    home = Path(shutil.copytree(books / "draft", tmp_path / "home"))
    before = contents(home / "a.yuebao")

    def fail(*_args, **_more):
        raise problem

    monkeypatch.setattr(where, fail)
    desk = open_desk(home / "a.yuebao", today=DAY)
    with pytest.raises(type(problem)):
        sign_report.sign(desk, MARCH, Role.PREPARER, "王喆", WORD)
    desk.close()
    assert contents(home / "a.yuebao") == before


def test_a_full_disk_leaves_the_draft(books, tmp_path):
    home = Path(shutil.copytree(books / "draft", tmp_path / "home"))
    before = contents(home / "a.yuebao")
    desk = open_desk(home / "a.yuebao", today=DAY)
    work = sign_report.prepare(desk, MARCH, Role.PREPARER, "王喆", WORD)
    made = work.run()
    (pages,) = desk.book.connection.execute("pragma page_count").fetchone()
    desk.book.connection.execute(f"pragma max_page_count = {pages + 1}")
    with pytest.raises(WorldError):
        sign_report.finish(desk, work, made)
    assert months.month(desk.book, MARCH).state is MonthState.DRAFT
    assert sealed.sealed(desk.book, months.month(desk.book, MARCH).id) is None
    desk.close()
    assert contents(home / "a.yuebao") == before


def test_what_is_written_while_it_is_signed_is_not_signed(books, tmp_path):
    home = Path(shutil.copytree(books / "draft", tmp_path / "home"))
    desk = open_desk(home / "a.yuebao", today=DAY)
    work = sign_report.prepare(desk, MARCH, Role.PREPARER, "王喆", WORD)
    made = work.run()
    save(desk, MARCH, "2-3", {"narrative": "签的时候又写的。"})
    with pytest.raises(ClerkError, match="又有改动"):
        sign_report.finish(desk, work, made)
    assert months.month(desk.book, MARCH).state is MonthState.DRAFT
    sign_report.sign(desk, MARCH, Role.PREPARER, "王喆", WORD)
    assert "签的时候又写的。" in sealed.sealed(desk.book, work.month_id).data.decode()
    desk.close()


@pytest.mark.parametrize("word", ["不是它呀", "", "一把示例口令 "])
def test_a_wrong_passphrase_leaves_the_draft(books, tmp_path, word):
    home = Path(shutil.copytree(books / "draft", tmp_path / "home"))
    before = contents(home / "a.yuebao")
    desk = open_desk(home / "a.yuebao", today=DAY)
    with pytest.raises(ClerkError, match="口令不对"):
        sign_report.sign(desk, MARCH, Role.PREPARER, "王喆", word)
    desk.close()
    assert contents(home / "a.yuebao") == before
