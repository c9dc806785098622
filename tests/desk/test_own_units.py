"""A unit's own additions to the directory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.desk import units
from desktop_app.desk.demo import sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.plan_in_force import current_plan
from desktop_app.errors import ClerkError, UsageError
from desktop_app.model.unit import UnitKind
from desktop_app.plans import shipped_directory
from desktop_app.plans.owners import read_units
from desktop_app.store import journal, settings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create(tmp_path / "朝阳.yuebao", "朝阳区")
    made.actor = "王喆"
    yield made
    made.close()


def test_an_added_unit_is_understood_in_tables(desk: Desk, tmp_path: Path) -> None:
    assert read_units("市样板河湖运维中心", desk.directory).unknown == ("市样板河湖运维中心",)
    made = units.add_unit(desk, "市样板河湖运维中心", aliases=("样板河湖中心",))
    assert (made.code, made.kind, made.aliases) == ("OWN-01", UnitKind.INSTITUTION, ("样板河湖中心",))
    assert read_units("样板河湖中心、朝阳区", desk.directory).codes == ("OWN-01", "110105")
    assert units.add_unit(desk, "市样板绿地运维中心").code == "OWN-02"
    assert units.units(desk)[:-2] == shipped_directory().units
    assert len(journal.rows(desk.book, field="setting:units")) == 2
    desk.close()
    reopened = open_desk(tmp_path / "朝阳.yuebao")
    try:
        assert [unit.code for unit in units.own_units(reopened)] == ["OWN-01", "OWN-02"]
        assert read_units("市样板河湖运维中心", reopened.directory).codes == ("OWN-01",)
    finally:
        reopened.close()


def test_what_people_here_call_a_known_unit(desk: Desk) -> None:
    unit = units.add_alias(desk, "市交通委", "样板交委")
    assert unit.code == "BJ-JTW"
    assert read_units("样板交委", desk.directory).codes == ("BJ-JTW",)
    assert [(unit.code, alias) for unit, alias in units.own_aliases(desk)] == [("BJ-JTW", "样板交委")]
    units.add_alias(desk, "样板交委", "样板路委")
    assert units.remove_unit(desk, "样板交委") == "样板交委"
    assert desk.directory.find("样板交委") is None
    assert units.remove_unit(desk, "样板路委") == "样板路委"
    assert units.own_units(desk) == ()
    assert desk.directory == shipped_directory()


def test_an_added_unit_can_be_called_something_else_and_removed(desk: Desk) -> None:
    units.add_unit(desk, "市样板河湖运维中心", code="YB-1")
    assert units.add_alias(desk, "YB-1", "样板中心").aliases == ("样板中心",)
    units.remove_unit(desk, "样板中心")
    assert desk.directory.find("YB-1") is not None
    assert units.remove_unit(desk, "YB-1") == "市样板河湖运维中心"
    assert desk.directory.find("YB-1") is None


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("朝阳区", {}, "「朝阳区」已经在名录里：北京市朝阳区人民政府（110105）"),
        ("市 交通委", {}, "「市交通委」已经在名录里：北京市交通委员会"),
        ("市样板中心", {"aliases": ("朝阳区",)}, "「朝阳区」已经在名录里"),
        ("市样板中心", {"aliases": ("市样板中心",)}, "写了两次"),
        ("市样板中心", {"code": "110105"}, "代码 110105 已经是北京市朝阳区人民政府的"),
        ("市样板中心", {"code": "样板"}, "不能用作代码"),
        ("市样板中心", {"code": "../x"}, "不能用作代码"),
        ("各区政府", {}, "另有含义"),
        ("相关区政府", {}, "另有含义"),
        ("有关部门", {}, "另有含义"),
        ("中", {}, "不像单位名称"),
        ("   ", {}, "不像单位名称"),
        ("长" * 61, {}, "不像单位名称"),
        ("市样\u202e板中心", {}, "看不见的字符"),
    ],
)
def test_a_name_that_would_confuse_is_refused(desk: Desk, name: str, more: dict, said: str) -> None:
    with pytest.raises(ClerkError) as refusal:
        units.add_unit(desk, name, **more)
    assert said in str(refusal.value)
    assert units.own_units(desk) == ()


def test_a_kind_that_is_none_is_refused_with_what_there_is(desk: Desk) -> None:
    with pytest.raises(UsageError, match="district_government、municipal_department、municipal_institution"):
        units.add_unit(desk, "市样板中心", kind="ministry")


def test_what_ships_and_what_is_unknown_is_not_removed(desk: Desk) -> None:
    for word, said in (("朝阳区", "程序自带名录里的"), ("市样板中心", "没有「市样板中心」")):
        with pytest.raises(ClerkError, match=said):
            units.remove_unit(desk, word)


def test_a_unit_that_a_task_names_stays(tmp_path: Path) -> None:
    from dataclasses import replace

    from desktop_app.store import plans

    desk = sample_book(tmp_path / "sample.yuebao")
    try:
        made = units.add_unit(desk, "市样板河湖运维中心")
        plan = current_plan(desk)
        first = replace(plan.tasks[0], supporters=(made.code,))
        plans.save_plan(desk.book, replace(plan, tasks=(first, *plan.tasks[1:])), desk.now(), desk.actor)
        with pytest.raises(ClerkError, match=f"任务 {first.id} 指着市样板河湖运维中心"):
            units.remove_unit(desk, made.code)
    finally:
        desk.close()


def test_a_book_opens_although_the_program_has_learnt_its_names(desk: Desk) -> None:
    """An update may ship a unit that people had added by themselves."""
    rows = [
        {"code": "OWN-01", "name": "北京市交通委员会", "kind": "municipal_department", "sort_order": 0, "aliases": []},
        {
            "code": "OWN-02",
            "name": "市样板中心",
            "kind": "municipal_institution",
            "sort_order": 0,
            "aliases": ["市水务局", "样板"],
        },
    ]
    settings.put(desk.book, "units", rows, at=desk.now(), actor="王喆")
    desk.reread()
    shipped = read_units("北京市交通委员会、市水务局", shipped_directory()).codes
    assert len(shipped) == 2
    assert read_units("市样板中心、样板、北京市交通委员会、市水务局", desk.directory).codes == ("OWN-02", *shipped)
    assert units.add_unit(desk, "市样板河湖运维中心").code == "OWN-03"
