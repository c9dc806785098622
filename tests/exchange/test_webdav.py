"""Handing in over WebDAV to a server that breaks, hangs, fills up, refuses and lies."""

import random
from dataclasses import replace

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.carrying import BLOCK, BrokenError, CancelledError, Watch, part_of
from desktop_app.exchange.reaching import reach, take_to
from desktop_app.exchange.webdav import WebdavCarrier
from desktop_app.model.place import parse_url
from tests.exchange.dav_server import PASSWORD, USER, dav_server

NAME = "朝阳区_2023-03_第1版_3F2A-9C01-77AB-0D4E.pdf"
DATA = random.Random(9).randbytes(3 * BLOCK + 5)


@pytest.fixture
def server(inbox):
    with dav_server(inbox) as running:
        yield running


@pytest.fixture
def place(server):
    found = parse_url(f"http://{USER}@127.0.0.1:{server.server_port}/dav/", "市局")
    return replace(found, plain=True)


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_arrives_whole_under_its_name_and_nothing_else_stays(place, inbox, server):
    told = []
    carried = take_to(place, PASSWORD, DATA, NAME, Watch(lambda *row: told.append(row)))
    assert (inbox / NAME).read_bytes() == DATA
    assert names(inbox) == [NAME]
    assert carried.settled is None
    assert [row for row in told if row[0] == "write"][-1] == ("write", len(DATA), len(DATA))
    written = [line for line in server.requests if line.startswith("PUT")]
    assert written == [f"PUT /dav/{part_of(NAME)}"], "never a PUT under the final name"


def test_the_same_file_twice_is_harmless_and_another_gets_a_number(place, inbox, server):
    take_to(place, PASSWORD, DATA, NAME, Watch())
    server.requests.clear()
    assert take_to(place, PASSWORD, DATA, NAME, Watch()).name == NAME
    assert not [line for line in server.requests if line.startswith("PUT")]
    assert take_to(place, PASSWORD, b"other", NAME, Watch()).name == NAME.replace(".pdf", "(2).pdf")
    assert (inbox / NAME).read_bytes() == DATA


def test_a_line_that_is_cut_is_tried_again(place, inbox, server, hurried):
    server.break_after, server.breaks = BLOCK, 1
    assert take_to(place, PASSWORD, DATA, NAME, Watch()).name == NAME
    assert server.breaks == 0
    assert (inbox / NAME).read_bytes() == DATA
    assert names(inbox) == [NAME]


def test_a_line_that_is_always_cut_leaves_no_file_under_its_name(place, inbox, server, hurried):
    server.break_after, server.breaks = BLOCK, 9
    with pytest.raises(BrokenError, match="断了或没有回应"):
        take_to(place, PASSWORD, DATA, NAME, Watch())
    assert names(inbox) in ([part_of(NAME)], [])
    server.breaks = 0
    take_to(place, PASSWORD, DATA, NAME, Watch())
    assert names(inbox) == [NAME]


def test_a_server_that_hangs_is_given_up_in_bounded_time(place, inbox, server, impatient):
    server.hang.clear()
    with pytest.raises(BrokenError, match="断了或没有回应"):
        take_to(place, PASSWORD, DATA * 30, NAME, Watch())
    server.hang.set()
    assert NAME not in names(inbox)


@pytest.mark.parametrize(
    ("status", "said"), [(507, "空间不够"), (403, "不让写入"), (423, "HTTP 423"), (302, "HTTP 302")]
)
def test_a_refusal_is_said_and_nothing_stays(place, inbox, server, status, said):
    server.status = status
    with pytest.raises(WorldError, match=said):
        take_to(place, PASSWORD, DATA, NAME, Watch())
    assert names(inbox) == []


def test_a_wrong_password_is_said_and_not_repeated(place, server):
    with pytest.raises(ClerkError, match="不接受这个用户名和口令") as refusal:
        take_to(place, "wrong", DATA, NAME, Watch())
    assert "wrong" not in str(refusal.value)
    assert len(server.requests) == 1


def test_a_server_that_keeps_something_else_gives_no_file_its_name(place, inbox, server):
    server.damage = True
    with pytest.raises(WorldError, match="读回来不一样"):
        take_to(place, PASSWORD, DATA, NAME, Watch())
    assert names(inbox) == []


def test_somebody_takes_the_name_at_the_last_moment(place, inbox, server):
    server.taken_at_move = b"theirs"
    assert take_to(place, PASSWORD, DATA, NAME, Watch()).name == NAME.replace(".pdf", "(2).pdf")
    assert (inbox / NAME).read_bytes() == b"theirs"
    assert len(names(inbox)) == 2


def test_cancelled_nothing_stays(place, inbox):
    watch = Watch(lambda _stage, done, _total: watch.cancel() if done >= BLOCK else None)
    with pytest.raises(CancelledError):
        take_to(place, PASSWORD, DATA, NAME, watch)
    assert names(inbox) == []


def test_what_lies_there_is_listed_and_read(place, inbox):
    (inbox / "回执 1.pdf").write_bytes(DATA)
    (inbox / "folder").mkdir()
    with reach(place, PASSWORD) as carrier:
        assert carrier.names() == [("回执 1.pdf", len(DATA))]
        assert b"".join(carrier.read("回执 1.pdf")) == DATA


def test_without_tls_only_where_it_was_asked_for_and_only_inside(place, server):
    with pytest.raises(ClerkError, match="没有加密"):
        WebdavCarrier(replace(place, plain=False), PASSWORD)
    with pytest.raises(ClerkError, match="外网地址"):
        WebdavCarrier(replace(place, address="http://x@8.8.8.8/dav/"), PASSWORD)
    assert server.requests == []


def test_a_certificate_must_be_vouched_for(inbox, tmp_path):
    certificate = tmp_path / "server.pem"
    with dav_server(inbox, certificate) as server:
        place = parse_url(f"https://{USER}@127.0.0.1:{server.server_port}/dav/", "市局")
        with pytest.raises(ClerkError, match=r"证书不可信.*没有发出"):
            take_to(place, PASSWORD, DATA, NAME, Watch())
        assert server.requests == []
        known = replace(place, authority=certificate.read_text())
        assert take_to(known, PASSWORD, DATA, NAME, Watch()).name == NAME
        elsewhere = replace(known, address=known.address.replace("127.0.0.1", "localhost"))
        with pytest.raises(ClerkError, match="证书不可信"):
            take_to(elsewhere, PASSWORD, DATA, NAME, Watch())
    assert (inbox / NAME).read_bytes() == DATA


def test_something_that_is_no_webdav_is_said(place, inbox, monkeypatch):
    from tests.exchange import dav_server as module

    monkeypatch.setattr(module._Handler, "do_PROPFIND", lambda self: self._refused() or self._say(200, b"<html>"))
    with pytest.raises(WorldError, match="不是 WebDAV"):
        take_to(place, PASSWORD, DATA, NAME, Watch())
    monkeypatch.undo()
    with pytest.raises(ClerkError, match="没有文件夹"):
        take_to(replace(place, address=place.address + "/none"), PASSWORD, DATA, NAME, Watch())
