"""What was acknowledged is there after a power cut at any moment; where syncs are left out, the same test sees loss."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.powercut import verdicts
from tests.powercut.disk import Disk, power_cuts
from tests.powercut.recording import Acknowledged, Cut, Event, Name, Rename, Sync, SyncFolder, Write, record
from tests.powercut.scenes import MADE

FAILURES = ("lost", "corrupt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def failures(found: Counter[str]) -> dict[str, int]:
    return {word: found[word] for word in FAILURES if found[word]}


def test_no_power_cut_loses_an_acknowledged_save(folder: Path, count) -> None:
    """Making, saving, attaching, resting, closing and opening again."""
    events = record("saving", folder, "ours", "46")
    found = verdicts.judged(power_cuts(events, torn=5, seed=4), verdicts.book_of, folder)
    count(f"power cuts while saving: {found['states']} states of {len(events)} events, {dict(found)}")
    assert failures(found) == {}
    assert found["states"] >= 3000
    assert found["one more"] > 20, "the power must have gone between the disk and the word"
    assert found["none yet"] > 100, "and before the book was there"


@pytest.mark.parametrize("mode", ["off", "normal"])
def test_without_the_syncs_the_same_cuts_do_lose(folder: Path, mode: str, count) -> None:
    """The control: were this test blind, it would find nothing here either."""
    events = record("saving", folder, mode, "8")
    found = verdicts.judged(power_cuts(events, torn=1, seed=5, after=MADE), verdicts.book_of, folder)
    count(f"control, synchronous={mode}: {found['states']} states, {failures(found)} as it should")
    assert found["lost"] + found["corrupt"] > found["states"] / 10


def test_no_power_cut_leaves_half_a_copy(folder: Path, count) -> None:
    events = record("backing_up", folder)
    found = verdicts.judged(power_cuts(events, torn=1, seed=6, after=MADE), verdicts.copies_of, folder)
    count(f"power cuts while backing up: {found['states']} states, {dict(found)}")
    assert failures(found) == {}
    assert found["states"] > 150


def test_no_power_cut_comes_between_a_restore_and_its_undo(folder: Path, count) -> None:
    events = record("restoring_it", folder)
    found = verdicts.judged(power_cuts(events, torn=2, seed=8, after=MADE), verdicts.restored_of, folder)
    count(f"power cuts while restoring and undoing it: {found['states']} states, {dict(found)}")
    assert failures(found) == {}
    assert found["states"] > 80


def test_a_restore_without_syncs_does_lose(folder: Path, count) -> None:
    events = record("restoring_it", folder, "unsynced")
    found = verdicts.judged(power_cuts(events, torn=1, seed=8, after=MADE), verdicts.restored_of, folder)
    count(f"control, a restore without syncs: {found['states']} states, {failures(found)} as it should")
    assert found["lost"] + found["corrupt"] > 2


def test_no_power_cut_leaves_half_a_report_on_the_stick(folder: Path, count) -> None:
    events = record("handing_in", folder)
    found = verdicts.judged(power_cuts(events, torn=12, seed=7), verdicts.delivery_of, folder)
    count(f"power cuts while handing in: {found['states']} states, {dict(found)}")
    assert failures(found) == {}
    assert found["states"] > 25


def test_a_plain_copy_to_the_stick_does_lose(folder: Path, count) -> None:
    events = record("carelessly_handing_in", folder)
    found = verdicts.judged(power_cuts(events, torn=12, seed=7), verdicts.delivery_of, folder)
    count(f"control, a plain copy: {found['states']} states, {failures(found)} as it should")
    assert found["lost"]
    assert found["corrupt"]


@pytest.mark.long
@pytest.mark.parametrize("mode", ["ours", "rollback"])
@pytest.mark.parametrize("seed", [11, 12])
def test_many_power_cuts(folder: Path, mode: str, seed: int, count) -> None:
    """Also with the rollback journal, which makes and migrates the book and stands in where there can be no log."""
    events = record("saving", folder, mode, "150")
    found = verdicts.judged(power_cuts(events, torn=10, seed=seed), verdicts.book_of, folder)
    count(f"power cuts, {mode}, seed {seed}: {found['states']} states, {dict(found)}")
    assert failures(found) == {}
    assert found["states"] > 10_000


def disk_after(*events: Event) -> Disk:
    disk = Disk()
    for event in events:
        disk.follow(event)
    return disk


def contents(disk: Disk, torn: int = 40) -> set[tuple[tuple[str, bytes], ...]]:
    return {tuple(sorted(state.files.items())) for state in disk.states(random.Random(1), 0, torn)}


def test_a_disk_keeps_what_was_synced_and_perhaps_the_rest() -> None:
    synced = [Name("/t/a", 1), Write(1, 0, b"old"), Sync(1), SyncFolder("/t")]
    assert contents(disk_after(*synced)) == {(("/t/a", b"old"),)}
    assert contents(disk_after(*synced, Write(1, 0, b"new"))) == {(("/t/a", b"old"),), (("/t/a", b"new"),)}
    assert contents(disk_after(*synced, Write(1, 0, b"new"), Sync(1))) == {(("/t/a", b"new"),)}
    assert contents(disk_after(*synced, Cut(1, 1))) == {(("/t/a", b"old"),), (("/t/a", b"o"),)}


def test_a_write_is_torn_at_sectors_and_nowhere_else() -> None:
    old, new = b"o" * 1024, b"n" * 1024
    disk = disk_after(Name("/t/a", 1), Write(1, 0, old), Sync(1), SyncFolder("/t"), Write(1, 0, new))
    found = {files[0][1] for files in contents(disk)}
    assert found == {a + b for a in (old[:512], new[:512]) for b in (old[512:], new[512:])}
    disk = disk_after(Name("/t/a", 1), Write(1, 0, old), Sync(1), SyncFolder("/t"), Write(1, 510, b"nn"))
    assert len(contents(disk)) == 2, "a write that lies within one sector is whole or not there"


def test_a_name_made_again_is_another_file() -> None:
    """The contents of a deleted journal never turn up in the one that follows it."""
    first = [Name("/t/j", 1), Write(1, 0, b"first"), Sync(1), SyncFolder("/t")]
    disk = disk_after(*first, Name("/t/j", None), Name("/t/j", 2), Write(2, 0, b"x"), Sync(2))
    assert contents(disk) == {(), (("/t/j", b"first"),), (("/t/j", b"x"),)}


def test_a_rename_is_there_or_not_and_never_half() -> None:
    before = [Name("/t/a", 1), Write(1, 0, b"1"), Sync(1), Name("/t/b", 2), Write(2, 0, b"2"), Sync(2)]
    disk = disk_after(*before, SyncFolder("/t"), Rename("/t/b", "/t/a"))
    assert contents(disk) == {(("/t/a", b"1"), ("/t/b", b"2")), (("/t/a", b"2"),)}
    disk.follow(SyncFolder("/t"))
    assert contents(disk) == {(("/t/a", b"2"),)}


def test_only_what_was_said_before_the_cut_is_asked_for() -> None:
    states = list(power_cuts([Name("/t/a", 1), Acknowledged("1"), Write(1, 0, b"1")], torn=1, seed=1, after="1"))
    assert {state.acknowledged for state in states} == {("1",)}
    assert {state.moment for state in states} <= {1, 2}
