"""Handing in over SFTP to a real OpenSSH server: whole or not at all, to the confirmed server only, and resumable."""

import random
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import replace

import pytest
from paramiko import Transport

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.carrying import BLOCK, BrokenError, CancelledError, Watch, carry, part_of
from desktop_app.exchange.patience import PATIENCE
from desktop_app.exchange.reaching import clear, reach, take_to
from desktop_app.exchange.sftp import SftpCarrier, fingerprint, server_fingerprint
from desktop_app.model.place import parse_url
from tests.exchange.listening_server import listening_server
from tests.exchange.ssh_server import new_key, ssh_server
from tests.small_disk import SmallDisk

NAME = "朝阳区_2023-03_第1版_3F2A-9C01-77AB-0D4E.pdf"
DATA = random.Random(8).randbytes(8 * BLOCK + 17)


@pytest.fixture
def place(sshd, inbox):
    found = parse_url(sshd.url(inbox), "市局")
    return replace(found, fingerprint=sshd.fingerprint, key_file=str(sshd.key))


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_arrives_whole_under_its_name_and_nothing_else_stays(place, inbox):
    told = []
    carried = take_to(place, "", DATA, NAME, Watch(lambda *row: told.append(row)))
    assert (inbox / NAME).read_bytes() == DATA
    assert names(inbox) == [NAME]
    assert (carried.name, carried.settled, carried.resumed) == (NAME, None, 0)
    written = [done for stage, done, _total in told if stage == "write"]
    checked = [done for stage, done, _total in told if stage == "check"]
    assert written[0] == 0
    assert written == sorted(written)
    assert written[-1] == checked[-1] == len(DATA)
    assert {total for _stage, _done, total in told} == {len(DATA)}


def test_the_same_file_twice_is_harmless_and_another_gets_a_number(place, inbox):
    take_to(place, "", DATA, NAME, Watch())
    before = (inbox / NAME).stat().st_mtime_ns
    assert take_to(place, "", DATA, NAME, Watch()).name == NAME
    assert (inbox / NAME).stat().st_mtime_ns == before
    other = take_to(place, "", DATA[:-1] + b"?", NAME, Watch())
    assert other.name == NAME.replace(".pdf", "(2).pdf")
    assert (inbox / NAME).read_bytes() == DATA
    assert len(names(inbox)) == 2


def test_nobody_stays_on_the_line(place, sshd):
    """Neither after a delivery nor after a login that failed."""
    take_to(place, "", DATA, NAME, Watch())
    with pytest.raises(ClerkError):
        take_to(replace(place, key_file=""), "not the password", DATA, NAME, Watch())
    for _again in range(200):
        if not sshd.sessions():
            break
        time.sleep(0.02)
    assert sshd.sessions() == []
    assert [thread.name for thread in threading.enumerate() if isinstance(thread, Transport)] == []


def test_an_empty_file_and_a_name_with_everything_in_it(place, inbox):
    assert take_to(place, "", b"", "空 '文件' $(x) %41.pdf", Watch()).name == "空_'文件'_$(x)_%41.pdf"
    assert (inbox / "空_'文件'_$(x)_%41.pdf").read_bytes() == b""


def test_only_the_confirmed_server_is_spoken_to(place, sshd, tmp_path):
    assert server_fingerprint(place) == (sshd.fingerprint, "ssh-ed25519")
    with pytest.raises(ClerkError, match=r"指纹变了.*没有发出") as refusal:
        take_to(replace(place, fingerprint="SHA256:" + "A" * 43), "", DATA, NAME, Watch())
    assert sshd.fingerprint in refusal.value.advice
    with pytest.raises(ClerkError, match="指纹变了"):
        take_to(replace(place, fingerprint=""), "", DATA, NAME, Watch())
    (tmp_path / "other").mkdir()
    with ssh_server(tmp_path / "other") as other:
        moved = replace(parse_url(other.url(tmp_path)), fingerprint=sshd.fingerprint, key_file=str(sshd.key))
        with pytest.raises(ClerkError, match="指纹变了"):
            take_to(moved, "", DATA, NAME, Watch())


def test_a_wrong_key_or_password_is_said(place, tmp_path):
    new_key(tmp_path / "stranger")
    with pytest.raises(ClerkError, match="不接受这个用户名和口令"):
        take_to(replace(place, key_file=str(tmp_path / "stranger")), "", DATA, NAME, Watch())
    with pytest.raises(ClerkError, match="不接受这个用户名和口令"):
        take_to(replace(place, key_file=""), "not the password", DATA, NAME, Watch())
    with pytest.raises(ClerkError, match="找不到登录用的密钥文件"):
        take_to(replace(place, key_file=str(tmp_path / "none")), "", DATA, NAME, Watch())


def test_a_password_goes_to_the_confirmed_server_and_to_no_other(hurried):
    with listening_server() as listener:
        known = replace(parse_url(f"sftp://clerk@127.0.0.1:{listener.port}/in"), fingerprint=fingerprint(listener.key))
        with pytest.raises(ClerkError, match=r"指纹变了.*口令和文件都没有发出"):
            take_to(replace(known, fingerprint="SHA256:" + "A" * 43), "口令 七八九", DATA, NAME, Watch())
        assert listener.told == []
        with pytest.raises(WorldError):  # it serves no files
            take_to(known, "口令 七八九", DATA, NAME, Watch())
        assert set(listener.told) == {("clerk", "口令 七八九")}


def test_a_key_file_with_a_passphrase_is_opened_with_it(place, sshd, inbox, tmp_path):
    locked = tmp_path / "locked"
    shutil.copy(sshd.key, locked)
    locked.chmod(0o600)
    subprocess.run(["ssh-keygen", "-q", "-p", "-N", "phrase of mine", "-f", str(locked)], check=True)
    for wrong in ("another one", ""):
        with pytest.raises(ClerkError, match=r"密钥文件 .* 打不开"):
            take_to(replace(place, key_file=str(locked)), wrong, DATA, NAME, Watch())
    with pytest.raises(ClerkError, match=r"密钥文件 .* 打不开"):
        take_to(replace(place, key_file=__file__), "", DATA, NAME, Watch())
    assert take_to(replace(place, key_file=str(locked)), "phrase of mine", DATA, NAME, Watch()).name == NAME


def test_a_folder_that_is_not_there_is_said(place):
    with pytest.raises(ClerkError, match="没有文件夹"):
        take_to(replace(place, address=place.address + "/none"), "", DATA, NAME, Watch())


def test_cancelled_it_goes_on_where_it_stopped(place, inbox):
    watch = Watch(lambda _stage, done, _total: watch.cancel() if done >= 3 * BLOCK else None)
    with pytest.raises(CancelledError):
        take_to(place, "", DATA, NAME, watch)
    assert names(inbox) == [part_of(NAME)]
    there = (inbox / part_of(NAME)).stat().st_size
    assert 0 < there < len(DATA)
    inode = (inbox / part_of(NAME)).stat().st_ino
    carried = take_to(place, "", DATA, NAME, Watch())
    assert carried.resumed == there
    assert (inbox / NAME).stat().st_ino == inode
    assert (inbox / NAME).read_bytes() == DATA
    assert names(inbox) == [NAME]


def test_a_part_that_is_not_ours_is_written_anew(place, inbox):
    for part in (b"", b"x" * 1000, DATA + b"more", DATA[:-1] + b"?"):
        (inbox / part_of(NAME)).write_bytes(part)
        assert take_to(place, "", DATA, NAME, Watch()).resumed == 0
        assert (inbox / NAME).read_bytes() == DATA
        (inbox / NAME).unlink()


def test_a_whole_part_only_gets_its_name(place, inbox):
    (inbox / part_of(NAME)).write_bytes(DATA)
    assert take_to(place, "", DATA, NAME, Watch()).resumed == len(DATA)
    assert names(inbox) == [NAME]


def test_given_up_nothing_stays(place, inbox):
    (inbox / part_of(NAME)).write_bytes(DATA[:100])
    clear(place, "", NAME)
    clear(place, "", NAME)
    assert names(inbox) == []


def test_a_session_that_is_killed_is_tried_again_and_goes_on(place, inbox, sshd, hurried):
    killed = []

    def kill_once(stage, done, _total):
        if done >= 3 * BLOCK and not killed:
            killed.append(done)
            for _again in range(500):  # what was sent may not be there yet
                if (inbox / part_of(NAME)).stat().st_size:
                    break
                time.sleep(0.01)
            sshd.signal_sessions(signal.SIGKILL)

    carried = take_to(place, "", DATA * 4, NAME, Watch(kill_once))
    assert killed
    assert carried.resumed > 0
    assert (inbox / NAME).read_bytes() == DATA * 4
    assert names(inbox) == [NAME]


def test_a_server_that_hangs_is_given_up_in_bounded_time(place, inbox, sshd, impatient):
    def hang(_stage, done, _total):
        if done >= BLOCK:
            sshd.signal_sessions(signal.SIGSTOP)

    try:
        with pytest.raises(BrokenError, match="断了或没有回应"):
            take_to(place, "", DATA * 4, NAME, Watch(hang))
    finally:
        sshd.signal_sessions(signal.SIGCONT)
    assert NAME not in names(inbox)
    assert take_to(place, "", DATA * 4, NAME, Watch()).name == NAME


def test_no_server_and_no_such_host_are_said(place, hurried):
    with pytest.raises(BrokenError, match="连不上"):
        take_to(replace(place, address="sftp://x@127.0.0.1:1/x"), "", DATA, NAME, Watch())


def test_a_full_disk_there_is_said_and_nothing_stays(place, tmp_path, sshd):
    folder = tmp_path / "small"
    folder.mkdir()
    disk = SmallDisk(folder, "1m")
    if not disk.mounted:
        pytest.skip("needs root: a disk of its own")
    try:
        full = replace(place, address=parse_url(sshd.url(folder)).address)
        with pytest.raises(WorldError, match=r"没有接受文件.*空间可能满了"):
            take_to(full, "", DATA, NAME, Watch())
        assert names(folder) == []
        with disk.read_only(), pytest.raises(WorldError, match=r"没有接受文件|不让写入"):
            take_to(full, "", DATA[:100], NAME, Watch())
        assert names(folder) == []
    finally:
        disk.close()


def test_somebody_takes_the_name_at_the_last_moment(place, inbox, monkeypatch):
    real = SftpCarrier.move

    def first_somebody_else(carrier, name, target):
        if target == NAME:
            (inbox / NAME).write_bytes(b"theirs")
        real(carrier, name, target)

    monkeypatch.setattr(SftpCarrier, "move", first_somebody_else)
    assert take_to(place, "", DATA, NAME, Watch()).name == NAME.replace(".pdf", "(2).pdf")
    assert (inbox / NAME).read_bytes() == b"theirs"
    assert len(names(inbox)) == 2


def test_a_server_that_keeps_something_else_gives_no_file_its_name(place, inbox, monkeypatch):
    real = SftpCarrier.write

    def spoil(carrier, name, *rest):
        real(carrier, name, *rest)
        spoilt = bytearray((inbox / name).read_bytes())
        spoilt[500] ^= 1
        (inbox / name).write_bytes(spoilt)

    monkeypatch.setattr(SftpCarrier, "write", spoil)
    with pytest.raises(WorldError, match="读回来不一样"):
        take_to(place, "", DATA, NAME, Watch())
    assert names(inbox) == []


def test_what_lies_there_is_listed_and_read(place, inbox):
    (inbox / "a.pdf").write_bytes(DATA)
    (inbox / "folder").mkdir()
    (inbox / "link.pdf").symlink_to("a.pdf")
    with reach(place) as carrier:
        assert carrier.names() == [("a.pdf", len(DATA))]
        assert b"".join(carrier.read("a.pdf")) == DATA


def test_a_name_taken_by_a_folder_or_a_link_is_left_alone(place, inbox):
    (inbox / NAME).mkdir()
    (inbox / NAME.replace(".pdf", "(2).pdf")).symlink_to("nowhere")
    with reach(place) as carrier:
        assert carry(carrier, b"x", NAME, Watch()).name == NAME.replace(".pdf", "(3).pdf")


def test_patience_is_bounded():
    assert PATIENCE.connect <= 15
    assert PATIENCE.answer <= 60
    assert PATIENCE.tries <= 5
