"""A copy that was time-stamped later is the report it was made of: one row, one receipt, in whatever order."""

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from desktop_app.desk import bureau, keys
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.receive import receive
from desktop_app.signing import stamping
from desktop_app.store import report_digests
from tests.journeys.small import TABLE, new_bureau, new_unit

DAY, PHRASE, UNIT = date(2023, 4, 4), "一二三四五六", "朝阳区政府"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a bureau that knows a unit, the unit's report, and the copy that somebody stamped."""
    folder = tmp_path_factory.mktemp("stamped")
    unit = new_unit(folder, UNIT, new_bureau(folder, str(DAY)))
    (folder / "plan.csv").write_text(TABLE, encoding="utf-8")
    unit("plan", "import", folder / "plan.csv")
    unit.write_month("2023-03", 20)
    unit.sign("2023-03")
    report = Path(unit("hand-in", "2023-03", "--to", folder)["path"])
    office = open_desk(folder / "desk.yuebao", kind="bureau", today=DAY)
    clock = stamping.authority(keys.key_folder(office), office.unit, PHRASE, at=office.clock())
    copy = folder / "copy.pdf"
    copy.write_bytes(stamping.stamp(report.read_bytes(), clock, office.clock()))
    office.close()
    return folder, report, copy


@pytest.fixture
def office(made, tmp_path):
    shutil.copytree(made[0], tmp_path, dirs_exist_ok=True)
    desk = open_desk(tmp_path / "desk.yuebao", kind="bureau", today=DAY)
    yield desk
    desk.close()


@pytest.mark.parametrize("order", [(0, 1), (1, 1, 0, 0)], ids=str)
def test_whichever_comes_first_there_is_one_report_and_one_receipt(made, office, tmp_path, order):
    _folder, *files = made
    said = bureau.receive(office, [files[each] for each in order])
    assert said.refused == ()
    (held,) = report_digests.heads(office.book)
    assert held.sha256 == sha256(files[0].read_bytes()).hexdigest(), "the bytes that the unit signed"
    assert all("没有变化" in row.effect for row in said.taken[1:])
    answers = {bureau.accept(office, str(file), PHRASE, tmp_path / "out").sha256 for file in files}
    assert len(answers) == 1
    unit = open_desk(tmp_path / f"{UNIT}.yuebao", today=DAY)
    assert "办结" in receive(unit, list((tmp_path / "out").glob("*.pdf"))).taken[0].effect
    unit.close()


def test_a_copy_with_anything_else_behind_it_is_refused_though_the_report_is_known(made, office, tmp_path):
    _folder, report, copy = made
    bureau.receive(office, [report])
    bad = [tmp_path / f"{number}.pdf" for number in range(3)]
    data = copy.read_bytes()
    for file, bytes_ in zip(bad, (data + b"\n%more\n", data[:-40], _other_token(data)), strict=True):
        file.write_bytes(bytes_)
    said = bureau.receive(office, bad)
    assert ["核验" in row.reason for row in said.refused] == [True, True, True]
    assert len(report_digests.heads(office.book)) == 1


def _other_token(data: bytes) -> bytes:
    """The copy with one digit of the timestamp changed."""
    changed = bytearray(data)
    place = changed.rindex(b"/Contents") + 400
    changed[place] = ord("0") if changed[place] != ord("0") else ord("1")
    return bytes(changed)
