"""The file is carried to another machine, signed there, and brought home; nothing else gets in on the way."""

import shutil
from pathlib import Path

import pytest

from desktop_app.desk import bureau, hand_in, key_care, keys, sign_elsewhere, sign_report
from desktop_app.desk.demo import DAY, MARCH
from desktop_app.desk.open_book import create, create_bureau, open_desk
from desktop_app.desk.receive import receive
from desktop_app.desk.verify_file import verify
from desktop_app.errors import ClerkError
from desktop_app.model.report import MonthState, Role
from desktop_app.signing import p12
from desktop_app.store import journal, months
from tests.desk.ready_book import WORD, contents, ready_book

AWAY = "带出去的口令"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A book that awaits the approver, and the file carried out of it; twin.pdf is of a copy sealed a second time."""
    folder = tmp_path_factory.mktemp("home")
    ready_book(folder / "home.yuebao").close()
    twin = tmp_path_factory.mktemp("twin") / "copy"
    shutil.copytree(folder, twin)
    for book, file in ((folder, "carried.pdf"), (twin, "twin.pdf")):
        desk = open_desk(book / "home.yuebao", today=DAY)
        sign_report.sign(desk, MARCH, Role.PREPARER, "王喆", WORD)
        sign_elsewhere.carry_out(desk, MARCH, folder / file)
        desk.close()
    return folder


@pytest.fixture
def home(made, tmp_path):
    shutil.copytree(made, tmp_path / "home")
    desk = open_desk(tmp_path / "home" / "home.yuebao", today=DAY)
    yield desk
    desk.close()


@pytest.fixture
def carried(home):
    return home.book_path.with_name("carried.pdf")


@pytest.fixture
def away(home, tmp_path):
    """The approver's machine: an empty book of the same unit, whose key the unit certified over a request."""
    desk = create(tmp_path / "away" / "away.yuebao", "朝阳区政府", today=DAY)
    key_care.request(desk, "李堃", Role.APPROVER, AWAY, tmp_path / "li.csr")
    key_care.issue(home, tmp_path / "li.csr", WORD, tmp_path / "li.pem")
    key_care.take_certificate(desk, tmp_path / "li.pem")
    yield desk
    desk.close()


def signed_away(desk, carried: Path, out: Path) -> Path:
    work = sign_elsewhere.prepare(desk, carried, Role.APPROVER, "李堃", AWAY)
    assert "朝阳区" in work.statement
    out.write_bytes(work.run())
    return out


def state(desk) -> MonthState:
    return months.month(desk.book, MARCH).state


def test_there_and_back_and_on_to_the_bureau(home, away, carried, tmp_path):
    before = contents(away)
    file = signed_away(away, carried, tmp_path / "signed.pdf")
    assert contents(away) == before
    done = sign_elsewhere.take(home, file)
    assert (done.state, done.signatures) == (MonthState.SIGNED, 2)
    said = [row.new for row in journal.rows(home.book, MARCH, field="statement")]
    assert [words[:3] for words in said] == ["我确认", "我已审"]
    keys.export(home, tmp_path / "unit.pem")
    (tmp_path / "in").mkdir()
    handed = hand_in.hand_in(home, MARCH, tmp_path / "in")
    assert handed.path.read_bytes() == file.read_bytes()
    desk = create_bureau(tmp_path / "bureau.yuebao", today=DAY)
    try:
        bureau.enrol(desk, tmp_path / "unit.pem")
        assert bureau.receive(desk, [handed.path]).refused == ()
    finally:
        desk.close()


def test_receive_takes_it_home_too(home, away, carried, tmp_path):
    found = receive(home, [signed_away(away, carried, tmp_path / "signed.pdf")])
    assert (found.refused, found.taken[0].kind, state(home)) == ((), "report", MonthState.SIGNED)


def test_a_machine_without_a_book_signs_with_a_key_file(home, away, carried, tmp_path):
    key = keys.key_folder(away).open(keys.key_folder(away).record("李堃"), AWAY)
    (tmp_path / "li.p12").write_bytes(p12.pack(p12.Opened(key.key, *_certified(away)), "李堃", AWAY))
    work = sign_elsewhere.prepare(None, carried, Role.APPROVER, str(tmp_path / "li.p12"), AWAY)
    (tmp_path / "signed.pdf").write_bytes(work.run())
    assert sign_elsewhere.take(home, tmp_path / "signed.pdf").state is MonthState.SIGNED
    with pytest.raises(ClerkError, match="口令不对"):
        sign_elsewhere.prepare(None, carried, Role.APPROVER, str(tmp_path / "li.p12"), "不是它")
    with pytest.raises(ClerkError, match="没有填报簿"):
        sign_elsewhere.prepare(None, carried, Role.APPROVER, "李堃", AWAY)


def _certified(desk):
    found = keys.key_folder(desk).record("李堃").certificates
    return found[0], found[1:]


def test_a_reviewer_and_an_approver_come_home_in_one_file(home, away, carried, tmp_path):
    key_care.request(away, "周审", Role.REVIEWER, AWAY, tmp_path / "zhou.csr")
    key_care.issue(home, tmp_path / "zhou.csr", WORD, tmp_path / "zhou.pem")
    key_care.take_certificate(away, tmp_path / "zhou.pem")
    first = sign_elsewhere.prepare(away, carried, Role.REVIEWER, "周审", AWAY)
    (tmp_path / "one.pdf").write_bytes(first.run())
    file = signed_away(away, tmp_path / "one.pdf", tmp_path / "two.pdf")
    done = sign_elsewhere.take(home, file)
    assert (done.state, done.signatures) == (MonthState.SIGNED, 3)
    assert verify(file, (), home).problems == ()


def test_only_the_held_bytes_with_signatures_behind_them_come_home(home, away, carried, tmp_path):
    file = signed_away(away, carried, tmp_path / "signed.pdf")
    whole, held = file.read_bytes(), carried.read_bytes()
    twin = signed_away(away, carried.with_name("twin.pdf"), tmp_path / "twin-signed.pdf").read_bytes()
    grafted = held + whole[len(held) : len(held) + 1] + twin[len(held) + 1 :]
    before = contents(home)
    cases = {
        "no signature": held,
        "cut": whole[:-40],
        "flipped": whole[:-900] + bytes([whole[-900] ^ 1]) + whole[-899:],
        "appended": whole + b"\n",
        "sealed twice": twin,
        "grafted": grafted,
        "no pdf": b"hello",
        "empty": b"",
    }
    for name, data in cases.items():
        (tmp_path / "back.pdf").write_bytes(data)
        with pytest.raises(ClerkError):
            sign_elsewhere.take(home, tmp_path / "back.pdf")
        assert receive(home, [tmp_path / "back.pdf"]).taken == (), name
    assert contents(home) == before


def test_a_stranger_is_refused_until_his_certificate_is_given(home, carried, tmp_path):
    stranger = create(tmp_path / "stranger" / "book.yuebao", "朝阳区政府", today=DAY)
    keys.new_key(stranger, "李堃", Role.APPROVER, AWAY, remember=False)
    keys.export(stranger, tmp_path / "stranger.pem")
    file = signed_away(stranger, carried, tmp_path / "signed.pdf")
    stranger.close()
    before = contents(home)
    with pytest.raises(ClerkError, match="不是本单位签发的"):
        sign_elsewhere.take(home, file)
    assert contents(home) == before
    assert sign_elsewhere.take(home, file, (tmp_path / "stranger.pem",)).state is MonthState.SIGNED
    keys.export(home, tmp_path / "all.pem")
    assert verify(file, (tmp_path / "all.pem",)).trusted


def test_what_may_not_be_signed_elsewhere(home, away, carried, tmp_path):
    with pytest.raises(ClerkError, match="自己的填报簿"):
        sign_elsewhere.prepare(away, carried, Role.PREPARER, "李堃", AWAY)
    with pytest.raises(ClerkError, match="单位负责人用的"):
        sign_elsewhere.prepare(away, carried, Role.REVIEWER, "李堃", AWAY)
    with pytest.raises(ClerkError, match="口令不对"):
        sign_elsewhere.prepare(away, carried, Role.APPROVER, "李堃", "不是它")
    changed = carried.read_bytes()
    (tmp_path / "changed.pdf").write_bytes(changed[:-500] + bytes([changed[-500] ^ 1]) + changed[-499:])
    with pytest.raises(ClerkError, match="没有通过核验"):
        sign_elsewhere.prepare(away, tmp_path / "changed.pdf", Role.APPROVER, "李堃", AWAY)
    sign_elsewhere.take(home, signed_away(away, carried, tmp_path / "signed.pdf"))
    with pytest.raises(ClerkError, match="不在等待审签"):
        sign_elsewhere.carry_out(home, MARCH, tmp_path / "again.pdf")
    with pytest.raises(ClerkError, match="不在等待审签"):
        sign_elsewhere.take(home, tmp_path / "signed.pdf")


def test_a_key_of_another_unit_does_not_sign_beside_ours(carried, tmp_path):
    other = create(tmp_path / "haidian" / "book.yuebao", "海淀区政府", today=DAY)
    keys.new_key(other, "李堃", Role.APPROVER, AWAY, remember=False)
    try:
        work = sign_elsewhere.prepare(other, carried, Role.APPROVER, "李堃", AWAY)
        with pytest.raises(ClerkError, match="不属于同一单位"):
            work.run()
    finally:
        other.close()
