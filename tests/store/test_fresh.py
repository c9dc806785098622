"""A book made aside: named only when whole, never over another, nothing left of what failed."""

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.unit import Unit
from desktop_app.store import fresh, open_book
from desktop_app.store.fresh import made_beside
from desktop_app.store.journal import JournalCheck


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_has_its_name_only_at_the_end(tmp_path: Path, unit: Unit, now: datetime) -> None:
    with made_beside(tmp_path / "a.yuebao", "unit", unit, now):
        assert names(tmp_path) != ["a.yuebao"]
        assert not (tmp_path / "a.yuebao").exists()
    assert names(tmp_path) == ["a.yuebao"]
    open_book(tmp_path / "a.yuebao").close()


def test_what_is_not_whole_gets_no_name(
    tmp_path: Path, unit: Unit, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "verify", lambda _book: JournalCheck(3, intact=False, first_bad=2))
    with pytest.raises(WorldError, match="核对不上"), made_beside(tmp_path / "a.yuebao", "unit", unit, now):
        pass
    assert names(tmp_path) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_meanwhile_is_not_replaced(
    tmp_path: Path, unit: Unit, now: datetime, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:

        def none(*_given: object) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(os, "link", none)
    with pytest.raises(ClerkError, match="已经存在"), made_beside(tmp_path / "a.yuebao", "unit", unit, now):
        (tmp_path / "a.yuebao").write_bytes(b"words")
    assert names(tmp_path) == ["a.yuebao"]
    assert (tmp_path / "a.yuebao").read_bytes() == b"words"
    with made_beside(tmp_path / "b.yuebao", "unit", unit, now):
        pass
    open_book(tmp_path / "b.yuebao").close()


def test_a_leftover_of_a_killed_run_is_in_nobodys_way(tmp_path: Path, unit: Unit, now: datetime) -> None:
    (tmp_path / ".a.yuebao.new").write_bytes(b"half")
    with made_beside(tmp_path / "a.yuebao", "unit", unit, now):
        pass
    assert names(tmp_path) == ["a.yuebao"]
