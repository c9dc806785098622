"""Deliveries on the desk: the outbox knows what arrived and what did not, and what was cut off goes on."""

import shutil
from dataclasses import replace

import pytest

from desktop_app.desk import collect, deliveries, places
from desktop_app.desk.deliveries import CancelledError, Watch
from desktop_app.desk.hand_in import hand_in
from desktop_app.desk.open_book import open_desk
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.exchange import folder as folder_room
from desktop_app.exchange.carrying import part_of
from desktop_app.model.place import Place, PlaceKind, parse_url
from desktop_app.model.report import MonthState
from desktop_app.store import months
from tests.exchange.dav_server import PASSWORD, USER, dav_server
from tests.exchange.ssh_server import ssh_server
from tests.signed_month import DAY, MARCH, receipt_for, signed_desk


@pytest.fixture
def desk(tmp_path):
    opened = signed_desk(tmp_path / "unit")
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def folder_place(folder) -> Place:
    return Place("", PlaceKind.FOLDER, str(folder))


def test_several_places_in_one_go_one_of_them_gone(desk, stick, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    where = [folder_place(stick), folder_place(tmp_path / "away"), folder_place(other)]
    outcomes = deliveries.send(desk, MARCH, where)
    assert [bool(each.arrived) for each in outcomes] == [True, False, True]
    assert "不存在" in str(outcomes[1].problem)
    name = outcomes[0].arrived.path.rpartition("/")[2]
    assert (stick / name).read_bytes() == (other / name).read_bytes()
    rows = deliveries.outbox(desk, MARCH)
    assert sorted((row.state, row.place) for row in rows) == sorted(
        [("delivered", str(stick)), ("failed", str(tmp_path / "away")), ("delivered", str(other))]
    )
    assert {row.check_code for row in rows} == {outcomes[0].arrived.check_code}
    assert {row.actor for row in rows} == {desk.actor}
    assert [row.reason for row in rows if row.state == "failed"] == [outcomes[1].problem.title]
    assert months.month(desk.book, MARCH).state is MonthState.HANDED_IN


def test_a_cancelled_delivery_is_on_record_and_goes_on(desk, stick):
    place = folder_place(stick)
    watch = Watch(lambda stage, done, _total: watch.cancel() if done else None)
    outcome = deliveries.send(desk, MARCH, [place, place], watch=watch)
    assert [type(each.problem) for each in outcome] == [CancelledError]
    assert months.month(desk.book, MARCH).state is MonthState.SIGNED, "nothing was handed in"
    (row,) = deliveries.outbox(desk)
    assert (row.state, row.arrived > 0, row.size > row.arrived) == ("cancelled", True, True)
    assert [path.name for path in stick.iterdir()] == [part_of(row.name)]
    ((again, _attempt),) = deliveries.unfinished(desk, MARCH)
    (done,) = deliveries.send(desk, MARCH, [again])
    assert done.arrived.resumed > 0
    assert [path.name for path in stick.iterdir()] == [row.name]
    assert [row.state for row in deliveries.outbox(desk)] == ["delivered"]
    assert deliveries.unfinished(desk, MARCH) == ()


def test_given_up_nothing_stays_and_nothing_waits(desk, stick):
    watch = Watch(lambda stage, done, _total: watch.cancel() if done else None)
    deliveries.send(desk, MARCH, [folder_place(stick)], watch=watch)
    ((place, attempt),) = deliveries.unfinished(desk, MARCH)
    deliveries.give_up(desk, place, attempt)
    assert list(stick.iterdir()) == []
    assert deliveries.unfinished(desk, MARCH) == ()
    assert deliveries.outbox(desk) == ()


def test_a_program_that_died_while_copying_is_told_after_opening(desk, stick):
    delivery = deliveries.begin(desk, MARCH, folder_place(stick))
    (stick / part_of(delivery.name)).write_bytes(delivery.data[:1000])
    path = desk.book_path
    desk.close()
    again = open_desk(path, today=DAY)
    try:
        ((place, attempt),) = deliveries.unfinished(again, MARCH)
        assert attempt.state == deliveries.UNDER_WAY
        (done,) = deliveries.send(again, MARCH, [place])
        assert done.arrived.resumed == 1000
    finally:
        again.close()


def test_a_full_disk_is_on_record(desk, stick, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder_room.os, "fsync", full)
    with pytest.raises(WorldError, match="空间不够"):
        hand_in(desk, MARCH, stick)
    monkeypatch.undo()
    (row,) = deliveries.outbox(desk)
    assert (row.state, "空间不够" in row.reason) == ("failed", True)
    assert list(stick.iterdir()) == []


def test_it_may_be_pulled_out_only_after_the_sync(desk, stick, monkeypatch):
    monkeypatch.setattr(places, "pulled_out", lambda _folder: True)
    (done,) = deliveries.send(desk, MARCH, [folder_place(stick)])
    assert deliveries.removal_words(done.arrived) == "可以拔出。"
    monkeypatch.setattr(folder_room, "sync_folder", lambda _folder: False)
    (unsure,) = deliveries.send(desk, MARCH, [folder_place(stick)])
    assert "先在系统里「弹出」" in deliveries.removal_words(unsure.arrived)
    monkeypatch.undo()
    (disk,) = deliveries.send(desk, MARCH, [folder_place(stick)])
    assert deliveries.removal_words(disk.arrived) == ""


def test_an_unsigned_month_is_not_handed_in(desk, stick):
    with pytest.raises(ClerkError, match="还没有签署完毕"):
        deliveries.send(desk, MARCH.next, [folder_place(stick)])
    assert deliveries.outbox(desk) == ()


def test_places_have_names_and_hold_no_password(desk, stick):
    places.add(desk, places.draft("优盘", str(stick)))
    server = places.draft("市局", "sftp://clerk@10.0.0.1:2222/in box", fingerprint="A" * 43)
    places.add(desk, server)
    assert places.find(desk, "优盘").address == str(stick)
    assert places.find(desk, "sftp://clerk@10.0.0.1:2222/in%20box") == server
    assert (server.host, server.port, server.user, server.path) == ("10.0.0.1", 2222, "clerk", "/in box")
    assert [place.name for place in places.places(desk)] == ["优盘", "市局"]
    with pytest.raises(UsageError, match="不要写口令"):
        places.find(desk, "sftp://clerk:secret@10.0.0.1/")
    assert b"secret" not in desk.book_path.read_bytes()
    with pytest.raises(ClerkError, match="还没有核对"):
        places.add(desk, replace(server, fingerprint=""))
    places.remove(desk, "市局")
    with pytest.raises(ClerkError, match="没有名为"):
        places.remove(desk, "市局")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("smb://server/share", "共享文件夹请先在系统里接通"),
        ("ftp://server/x", "不认识"),
        ("sftp:///x", "不是有效的地址"),
        ("https://server/x?y=1", "不是有效的地址"),
        ("sftp://server:port/x", "不是有效的地址"),
        ("sftp://server/x", "要有用户名"),
    ],
)
def test_an_address_without_meaning_is_said(address, said):
    with pytest.raises(UsageError, match=said):
        places.draft("x", address)


def test_where_a_path_begins_on_a_server():
    assert parse_url("sftp://u@h/~/in").path == "in"
    assert parse_url("sftp://u@h/~").path == "."
    assert parse_url("sftp://u@h").path == "/"
    assert parse_url("davs://h/a%20b/").path == "/a b"
    assert parse_url("https://[::1]:8443/x").host == "::1"


def test_a_journey_over_sftp_and_webdav(desk, tmp_path):
    """To both servers in one go, the receipt comes back over WebDAV; every byte goes to this machine only."""
    boxes = [tmp_path / "sftp", tmp_path / "dav"]
    for box in boxes:
        box.mkdir()
    (tmp_path / "sshd").mkdir()
    with ssh_server(tmp_path / "sshd") as sshd, dav_server(boxes[1]) as dav:
        places.add(desk, places.draft("甲", sshd.url(boxes[0]), fingerprint=sshd.fingerprint, key_file=sshd.key))
        url = f"http://{USER}@127.0.0.1:{dav.server_port}/dav"
        places.add(desk, places.draft("乙", url, plain=True))
        where = [places.find(desk, name) for name in ("甲", "乙")]
        outcomes = deliveries.send(desk, MARCH, where, lambda place: PASSWORD if place.name == "乙" else "")
        assert [each.problem for each in outcomes] == [None, None]
        (report,) = boxes[1].iterdir()
        assert report.read_bytes() == next(boxes[0].iterdir()).read_bytes()
        receipt = receipt_for(report, tmp_path / "unit" / "unit.pem", tmp_path / "office")
        shutil.copy(receipt, boxes[1])
        (boxes[1] / "notice.pdf").write_bytes(b"%PDF-1.4 nothing for us")
        (boxes[1] / "notes.txt").write_text("x")
        looked = collect.collect(desk, where[1], PASSWORD)
        assert [(row.kind, row.file) for row in looked.taken] == [("receipt", f"{where[1].shown}/{receipt.name}")]
        assert [row.reason for row in looked.passed_over] == ["这是本单位自己的月报。"]
        assert len(looked.refused) == 1
        assert months.month(desk.book, MARCH).state is MonthState.RECEIVED
        again = collect.collect(desk, where[1], PASSWORD)
        assert again.taken == ()
        assert len(again.passed_over) == 2
    assert [row.receipt for row in deliveries.outbox(desk)] == ["received", "received"]
    assert sorted((row.taken, row.kind, row.name) for row in collect.inbox(desk)) == [
        (False, "", "notice.pdf"),
        (True, "receipt", receipt.name),
    ]


def test_a_foreign_and_a_tampered_receipt_are_kept_with_the_reason(desk, stick, tmp_path):
    report = hand_in(desk, MARCH, stick).path
    receipt = receipt_for(report, tmp_path / "unit" / "unit.pem", tmp_path / "office")
    spoilt = bytearray(receipt.read_bytes())
    place = len(spoilt) // 2
    spoilt[place] ^= 1
    (stick / "回执_改.pdf").write_bytes(spoilt)
    looked = collect.collect(desk, folder_place(stick))
    assert looked.taken == ()
    assert len(looked.refused) == 1
    assert months.month(desk.book, MARCH).state is MonthState.HANDED_IN
    collect.collect(desk, folder_place(stick))
    (row,) = collect.inbox(desk)
    assert (row.taken, row.effect) == (False, looked.refused[0].reason)
