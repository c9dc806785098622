"""Every change is kept with who made it."""

import getpass
from pathlib import Path

import pytest

from desktop_app.desk import desk as room
from desktop_app.desk.month import set_people
from desktop_app.desk.open_book import create
from desktop_app.desk.save_entry import save
from desktop_app.model.period import Period
from desktop_app.model.report import People
from desktop_app.store import journal


def test_the_journal_names_the_clerk_and_the_systems_user(tmp_path: Path, monkeypatch, table):
    from desktop_app.desk.take_plan import import_plan

    monkeypatch.setattr(getpass, "getuser", lambda: "user7")
    desk = create(tmp_path / "book.yuebao", "朝阳区")
    import_plan(desk, table("plan.xlsx"))
    set_people(desk, People(preparer="王喆"))
    save(desk, Period(2023, 3), "3-6", {"narrative": "示例"})
    actors = [row.actor for row in journal.rows(desk.book)]
    assert actors[0] == "user7"
    assert actors[-1] == "王喆@user7"
    assert "" not in actors
    desk.close()


@pytest.mark.parametrize("problem", [OSError, KeyError, ImportError])
def test_a_system_that_knows_no_user_is_no_obstacle(monkeypatch, problem):
    def nobody():
        raise problem

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert room.login() == ""
