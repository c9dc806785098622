"""What counts as a stick, by what the system tells of mounts and disks."""

from pathlib import Path

import pytest

from desktop_app.exchange import sticks as room
from desktop_app.exchange.sticks import pulled_out, sticks


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A made-up list of mounts and disks; gives a function that plugs one in."""
    mounts, blocks = tmp_path / "mounts", tmp_path / "blocks"
    mounts.write_text("")
    blocks.mkdir()
    monkeypatch.setattr(room, "_MOUNTS", mounts)
    monkeypatch.setattr(room, "_BLOCKS", blocks)

    def plug(disk: str, part: str, folder: Path, *, removable: str, options: str = "rw", device: str = "/dev") -> None:
        home = tmp_path / "devices" / disk
        (home / part).mkdir(parents=True)
        (home / "removable").write_text(f"{removable}\n")
        (home / part / "partition").write_text("1\n")
        (blocks / part).symlink_to(home / part)
        folder.mkdir(exist_ok=True)
        name = str(folder).replace(" ", "\\040")
        mounts.write_text(mounts.read_text() + f"{device}/{part} {name} vfat {options},relatime 0 0\n")

    return plug


def test_a_removable_disk_is_one_and_a_built_in_one_is_not(system, tmp_path):
    system("sdb", "sdb1", tmp_path / "my stick", removable="1")
    system("sda", "sda2", tmp_path / "home", removable="0")
    system("nas", "nas1", tmp_path / "share", removable="1", device="server:")
    (found,) = sticks()
    assert (found.folder, found.label, found.writable) == (tmp_path / "my stick", "my stick", True)
    assert found.free > 0
    assert pulled_out(tmp_path / "my stick")
    assert pulled_out(tmp_path / "my stick" / "deeper")
    assert not pulled_out(tmp_path / "home")
    assert not pulled_out(tmp_path)


def test_a_usb_disk_that_does_not_call_itself_removable_is_one(system, tmp_path):
    system("usb3/sdc", "sdc1", tmp_path / "disk", removable="0")
    assert [stick.label for stick in sticks()] == ["disk"]


def test_its_switch_is_seen(system, tmp_path):
    system("sdb", "sdb1", tmp_path / "stick", removable="1", options="ro,nosuid")
    assert [stick.writable for stick in sticks()] == [False]


def test_one_that_has_just_gone_is_left_out(system, tmp_path):
    system("sdb", "sdb1", tmp_path / "stick", removable="1")
    (tmp_path / "stick").rmdir()
    assert sticks() == ()


def test_a_system_that_tells_nothing_has_none(monkeypatch, tmp_path):
    monkeypatch.setattr(room, "_MOUNTS", tmp_path / "nothing")
    assert sticks() == ()
    assert not pulled_out(tmp_path)
