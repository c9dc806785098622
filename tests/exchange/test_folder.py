"""A file in a folder is there whole or not at all, and never in the place of another."""

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange import folder as folder_room
from desktop_app.exchange.folder import deliver

NAME = "朝阳区_2023-03_第1版_3F2A-9C01-77AB-0D4E.pdf"
ROOT = Path(__file__).resolve().parents[2]


def test_the_file_is_there_and_only_the_file(tmp_path):
    delivered = deliver(b"signed", NAME, tmp_path)
    assert delivered.path == tmp_path / NAME
    assert delivered.sha256 == hashlib.sha256(b"signed").hexdigest()
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
    assert delivered.path.read_bytes() == b"signed"


def test_the_same_file_twice_is_harmless(tmp_path):
    first = deliver(b"signed", NAME, tmp_path)
    before = first.path.stat()
    assert deliver(b"signed", NAME, tmp_path) == first
    assert first.path.stat().st_mtime_ns == before.st_mtime_ns
    assert len(list(tmp_path.iterdir())) == 1


def test_a_different_file_is_never_overwritten(tmp_path):
    deliver(b"first", NAME, tmp_path)
    second = deliver(b"second", NAME, tmp_path)
    assert second.path.name == NAME.replace(".pdf", "(2).pdf")
    assert deliver(b"second", NAME, tmp_path) == second
    assert (tmp_path / NAME).read_bytes() == b"first"
    assert deliver(b"third", NAME, tmp_path).path.name == NAME.replace(".pdf", "(3).pdf")


@pytest.mark.parametrize("make", [lambda p: p.mkdir(), lambda p: p.symlink_to("nowhere")])
def test_a_name_taken_by_something_else_is_left_alone(tmp_path, make):
    make(tmp_path / NAME)
    assert deliver(b"signed", NAME, tmp_path).path.name == NAME.replace(".pdf", "(2).pdf")


def test_names_cannot_lead_out_of_the_folder(tmp_path):
    inside = tmp_path / "stick"
    inside.mkdir()
    assert deliver(b"x", "../../escape.pdf", inside).path.parent == inside


def test_a_part_left_by_a_cut_off_delivery_is_taken_over(tmp_path):
    (tmp_path / f".{NAME}.part").write_bytes(b"half a fi")
    deliver(b"signed", NAME, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("data", [b"", b"signed"])
def test_an_empty_part_is_no_hindrance(tmp_path, data):
    (tmp_path / f".{NAME}.part").touch()
    assert deliver(data, NAME, tmp_path).path.read_bytes() == data
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_a_part_of_this_very_file_is_gone_on_with(tmp_path):
    part = tmp_path / f".{NAME}.part"
    part.write_bytes(b"sig")
    inode = part.stat().st_ino
    delivered = deliver(b"signed", NAME, tmp_path)
    assert delivered.path.read_bytes() == b"signed"
    assert delivered.path.stat().st_ino == inode


def test_a_part_that_is_a_link_leads_nowhere(tmp_path):
    stick, mine = tmp_path / "stick", tmp_path / "mine.txt"
    stick.mkdir()
    mine.write_bytes(b"sig")
    (stick / f".{NAME}.part").symlink_to(mine)
    deliver(b"signed", NAME, stick)
    assert mine.read_bytes() == b"sig"
    assert [file.name for file in stick.iterdir()] == [NAME]


def test_a_missing_folder_says_so(tmp_path):
    with pytest.raises(ClerkError, match=r"不存在.*请插好优盘") as refusal:
        deliver(b"x", NAME, tmp_path / "away")
    assert refusal.value.exit_code == 1
    (tmp_path / "file").touch()
    with pytest.raises(ClerkError, match="不是文件夹"):
        deliver(b"x", NAME, tmp_path / "file")


@pytest.mark.parametrize("step", ["fsync", "open", "replace"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "空间不够"),
        (errno.EDQUOT, "空间不够"),
        (errno.EROFS, "不让写入"),
        (errno.EACCES, "不让写入"),
        (errno.ENOENT, "中途不见了"),
        (errno.ENODEV, "中途不见了"),
        (errno.EIO, "写入「.*」时出错"),
    ],
)
def test_a_disk_that_fails_is_told_plainly_and_nothing_stays(tmp_path, monkeypatch, step, number, sentence):
    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, step, fail)
    with pytest.raises(WorldError, match=sentence) as refusal:
        deliver(b"signed", NAME, tmp_path)
    monkeypatch.undo()
    assert refusal.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_keeps_something_else_is_found_out(tmp_path, monkeypatch):
    real = Path.replace

    def swallow(part, target):
        part.write_bytes(b"garbage")
        return real(part, target)

    monkeypatch.setattr(Path, "replace", swallow)
    with pytest.raises(WorldError, match="读回来不一样"):
        deliver(b"signed", NAME, tmp_path)


def test_windows_has_no_folder_to_sync(tmp_path, monkeypatch):
    def no_folder_handles(*_args):
        raise AssertionError("a folder was opened")

    monkeypatch.setattr(folder_room, "_IS_WINDOWS", True)
    monkeypatch.setattr(os, "open", no_folder_handles)
    folder_room.sync_folder(tmp_path)


def test_a_file_system_without_folder_sync_is_taken_as_it_is(tmp_path, monkeypatch):
    real = os.fsync

    def files_only(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112 - a handle, not a path
            raise OSError(errno.EINVAL, "Invalid argument")
        real(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    assert deliver(b"signed", NAME, tmp_path).path.exists()


def test_the_order_is_write_sync_move_sync(tmp_path, monkeypatch):
    steps = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle):
        target = str(Path(f"/proc/self/fd/{handle}").readlink())
        steps.append("folder" if target == str(tmp_path) else Path(target).name)
        real_sync(handle)

    def replace(part, target):
        steps.append("move")
        return real_replace(part, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    deliver(b"signed", NAME, tmp_path)
    assert steps == [f".{NAME}.part", "move", "folder"]


def test_a_disk_that_is_full_halfway_keeps_nothing(tmp_path):
    """The kernel itself refuses to let the file grow (a process limit, which needs no disk of our own)."""
    script = (
        "import os, resource, sys; from pathlib import Path; from desktop_app.exchange.folder import deliver\n"
        "from desktop_app.errors import WorldError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try: deliver(bytes(200_000), 'a.pdf', Path(sys.argv[1]))\n"
        "except WorldError as said: print(said.title, os.listdir(sys.argv[1]))\n"
        "print(deliver(b'small', 'a.pdf', Path(sys.argv[1])).path.name)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, tmp_path],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout == f"「{tmp_path}」空间不够，文件没有写入。 []\na.pdf\n"
