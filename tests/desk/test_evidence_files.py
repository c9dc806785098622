"""Evidence: what may be attached, how much, and under what name; a sentence for all else and nothing half kept."""

import os
from datetime import date
from pathlib import Path

import pytest

from desktop_app import assets
from desktop_app.desk import evidence_files
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import create
from desktop_app.desk.save_entry import attach, detach
from desktop_app.desk.take_plan import import_plan
from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.period import Period

MARCH = Period(2023, 3)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    made = create(tmp_path_factory.mktemp("book") / "b.yuebao", "朝阳区政府", today=date(2023, 4, 4))
    import_plan(made, assets.path("samples", "plan-2023-sample.xlsx"))
    open_month(made, MARCH)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _nothing_stays(desk: Desk):
    yield
    for row in open_month(desk, MARCH).rows:
        for item in row.evidence:
            detach(desk, MARCH, row.task.id, item.sha256)


def blobs(desk: Desk) -> int:
    return desk.book.read("select count(*) from evidence")[0][0]


def a_file(folder: Path, name: str, data: bytes = b"words") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_the_same_bytes_under_two_names_are_kept_once(desk: Desk, tmp_path: Path) -> None:
    first = attach(desk, MARCH, "3-9", a_file(tmp_path, "照片.jpg"))
    assert attach(desk, MARCH, "3-9", a_file(tmp_path, "又一张.jpg")) == first
    other = attach(desk, MARCH, "2-14", a_file(tmp_path, "别处.jpg"))
    assert (other.sha256, other.name) == (first.sha256, "别处.jpg")
    assert desk.book.read("select count(*) from blob where sha256 = ?", (first.sha256,)) == [(1,)]
    assert blobs(desk) == 2


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: a_file(folder, "空.txt", b""), "空文件"),
        (lambda folder: folder, "文件夹"),
        (lambda folder: Path("/dev/zero"), "不是普通文件"),
        (lambda folder: Path("/dev/null"), "不是普通文件"),
        (lambda folder: folder / "没有.txt", "找不到"),
        (lambda folder: folder / ("长" * 10_000 + ".txt"), "读不了"),
        (lambda folder: folder / "a\0b", "读不了"),
        (lambda folder: a_file(folder, "大.bin", b"\0" * (evidence_files.LARGEST + 1)), "20.0 MB 的上限"),
    ],
)
def test_what_is_no_evidence_is_refused_in_a_short_sentence(desk: Desk, tmp_path: Path, make, said: str) -> None:
    with pytest.raises(ClerkError, match=said) as refusal:
        attach(desk, MARCH, "3-9", make(tmp_path))
    assert len(str(refusal.value)) < 300
    assert blobs(desk) == 0


def test_a_pipe_does_not_make_it_wait(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ClerkError, match="不是普通文件"):
        attach(desk, MARCH, "3-9", tmp_path / "pipe")


def test_links_lead_to_what_they_mean(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "链接.jpg").symlink_to(a_file(tmp_path, "真的.jpg", b"picture"))
    (tmp_path / "断的.jpg").symlink_to(tmp_path / "没有")
    (tmp_path / "圈.jpg").symlink_to(tmp_path / "圈.jpg")
    assert attach(desk, MARCH, "3-9", tmp_path / "链接.jpg").name == "链接.jpg"
    with pytest.raises(ClerkError, match="找不到"):
        attach(desk, MARCH, "3-9", tmp_path / "断的.jpg")
    with pytest.raises(WorldError, match="读不了"):
        attach(desk, MARCH, "3-9", tmp_path / "圈.jpg")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a\u202egpj.pdf", "a_gpj.pdf"),
        ("换\n行\t了.txt", "换_行_了.txt"),
        ("  两  头 .txt", "两 头 .txt"),
        (os.fsdecode(b"\xff\xfe.jpg"), "__.jpg"),
        ("e\u0301.txt", "é.txt"),
        ("长" * 80 + ".jpeg", "长" * 80 + ".jpeg"),
    ],
)
def test_odd_names_are_kept_so_that_they_can_be_read_and_printed(
    desk: Desk, tmp_path: Path, name: str, kept: str
) -> None:
    assert attach(desk, MARCH, "3-9", a_file(tmp_path, name)).name == kept


def test_a_name_that_is_too_long_keeps_its_ending() -> None:
    name = evidence_files.kept_name(Path("长" * 10_000 + ".jpeg"))
    assert len(name) == evidence_files.LONGEST_NAME
    assert name.endswith("长….jpeg")


def test_a_month_holds_no_more_than_a_receiver_reads(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_files, "LARGEST_TOGETHER", 10_000)
    first = a_file(tmp_path, "一.bin", b"1" * 6_000)
    attach(desk, MARCH, "3-9", first)
    attach(desk, MARCH, "2-14", first)  # the same bytes weigh once
    with pytest.raises(ClerkError, match="上限"):
        attach(desk, MARCH, "2-14", a_file(tmp_path, "二.bin", b"2" * 6_000))
    attach(desk, MARCH, "2-14", a_file(tmp_path, "三.bin", b"3" * 4_000))
    assert blobs(desk) == 3
    there = [item for row in open_month(desk, MARCH).rows for item in row.evidence]
    assert evidence_files.report_size(there) == 1024 * 1024 + 10_000


def test_a_file_that_changes_or_goes_while_it_is_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_file(tmp_path, "在写.bin", b"1" * 3_000)
    chunks = evidence_files._chunks

    def growing(opened):
        yield from chunks(opened)
        with file.open("ab") as other:
            other.write(b"2" * 10)

    monkeypatch.setattr(evidence_files, "_chunks", growing)
    with pytest.raises(WorldError, match="还在变"):
        attach(desk, MARCH, "3-9", file)

    def torn(opened):
        raise OSError(5, "Input/output error")
        yield b""

    monkeypatch.setattr(evidence_files, "_chunks", torn)
    with pytest.raises(WorldError, match="读不了"):
        attach(desk, MARCH, "3-9", file)

    def vanishing(opened):
        yield from chunks(opened)
        file.unlink()

    monkeypatch.setattr(evidence_files, "_chunks", vanishing)
    file.write_bytes(b"3" * 100)
    assert attach(desk, MARCH, "3-9", file).size == 100  # what was open was read whole


def test_a_task_that_is_not_ours_gets_no_evidence(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="9-99"):
        attach(desk, MARCH, "9-99", a_file(tmp_path, "x.txt"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("台账.exe", b"words"),
        ("照片.jpg.SCR", b"words"),
        ("台账\uff0e\uff45\uff58\uff45", b"words"),
        ("台账.exe. ", b"words"),
        ("照片\u202egpj.exe", b"words"),
        ("说明.lnk", b"words"),
        ("台账.pdf", b"MZ\x90\0\x03\0\0\0" + bytes(60)),
        ("台账.pdf", b"\x7fELF\x02\x01"),
        ("台账", b"#!/bin/sh\n"),
    ],
)
def test_what_a_desktop_would_run_is_no_evidence(desk: Desk, tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(ClerkError, match="程序、脚本或快捷方式"):
        attach(desk, MARCH, "3-9", a_file(tmp_path, name, data))
    assert blobs(desk) == 0


@pytest.mark.parametrize(
    ("name", "data"), [("MZ说明.txt", b"MZ words"), ("com", b"words"), ("关于.exe的说明.txt", b"w")]
)
def test_what_only_sounds_like_a_program_is_taken(desk: Desk, tmp_path: Path, name: str, data: bytes) -> None:
    assert attach(desk, MARCH, "3-9", a_file(tmp_path, name, data)).name == name
