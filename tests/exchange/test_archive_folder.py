"""A folder that is whole under its name or not there; what the disk broke off is gone on with."""

import os
import subprocess
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange import archive_folder
from desktop_app.exchange.archive_folder import MARK, Unfinished, files_of
from tests.small_disk import SmallDisk

FILES = {"index.html": b"x" * 1000, "reports/a.pdf": b"a" * 300_000, "reports/b.pdf": b"b" * 300_000}


def put_all(folder: Unfinished) -> None:
    for name, data in FILES.items():
        folder.put(name, data)


def test_it_has_its_name_when_all_is_there(tmp_path: Path) -> None:
    out = tmp_path / "new" / "2023"
    folder = Unfinished(out)
    put_all(folder)
    assert not out.exists()
    folder.finish()
    assert files_of(out) == ["SHA256SUMS", *FILES]
    assert [(out / name).read_bytes() for name in FILES] == list(FILES.values())
    assert [path.name for path in out.parent.iterdir()] == ["2023"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a small disk needs root")
def test_a_full_disk_leaves_no_folder_and_is_gone_on_with(tmp_path: Path) -> None:
    disk = SmallDisk(tmp_path, "400k")
    assert disk.mounted
    try:
        folder = Unfinished(tmp_path / "2023")
        with pytest.raises(WorldError, match="空间不够") as refused:
            put_all(folder)
        assert folder.stuck
        assert "2023.part" in refused.value.advice
        assert [path.name for path in tmp_path.iterdir()] == ["2023.part"]
        there = (folder.folder / "reports" / "a.pdf").stat().st_ino
        subprocess.run(["mount", "-o", "remount,size=2m", str(tmp_path)], check=True)
        (folder.folder / "reports" / "older.pdf").write_bytes(b"of another try")
        again = Unfinished(tmp_path / "2023")
        put_all(again)
        again.finish()
        assert files_of(tmp_path / "2023") == ["SHA256SUMS", *FILES]
        assert (tmp_path / "2023" / "reports" / "a.pdf").stat().st_ino == there
        assert (tmp_path / "2023" / "reports" / "b.pdf").read_bytes() == FILES["reports/b.pdf"]
    finally:
        disk.close()


def test_a_disk_that_reads_back_otherwise_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Unfinished(tmp_path / "2023")
    folder.put("a.csv", b"1")
    (folder.folder / "a.csv").write_bytes(b"2")
    with pytest.raises(WorldError, match="读回来不一样"):
        folder.finish()
    assert not (tmp_path / "2023").exists()
    assert archive_folder.sum_of(folder.folder / "a.csv") != folder.sums["a.csv"]


def test_what_lies_beside_is_nobody_s_to_take_away(tmp_path: Path) -> None:
    other = tmp_path / "2023.part"
    other.mkdir()
    (other / "photo.jpg").write_bytes(b"x")
    with pytest.raises(ClerkError, match="已经有别的内容"):
        Unfinished(tmp_path / "2023")
    assert [path.name for path in other.iterdir()] == ["photo.jpg"]


def test_a_folder_that_was_filled_meanwhile_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "2023"
    out.mkdir()
    folder = Unfinished(out)
    folder.put("a.csv", b"1")
    (out / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ClerkError, match="已经有内容"):
        folder.finish()
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "name", ["../a.pdf", "/a.pdf", "a//b.pdf", "月报.pdf", "a b.pdf", ".hidden", MARK + "/../../x"]
)
def test_a_name_that_leads_elsewhere_is_our_bug(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Unfinished(tmp_path / "2023").put(name, b"")
