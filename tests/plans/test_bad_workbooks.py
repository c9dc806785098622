"""Files that are no task table, or mean harm: one sentence, at once, and nothing of them stays."""

import io
import subprocess
import sys
import time
import zipfile

import pytest

from desktop_app import assets
from desktop_app.errors import ClerkError
from desktop_app.plans import import_plan
from desktop_app.plans import workbook as files

GOOD = assets.read_bytes("samples", "plan-2023-sample.xlsx")
HEADINGS = ["序号", "重点任务", "工作措施", "完成时限", "牵头部门", "主责单位", "协办单位"]


def repacked(change):
    """The sample with its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member)))
    return stream.getvalue()


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _step in range(200):
                part.write(b"0" * 1024 * 1024)
    return stream.getvalue()


def entities(name, text):
    if "sheet1" not in name:
        return text
    return text.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet', 1)


def in_two_bytes(name, text):
    return text.decode().replace("UTF-8", "UTF-16").encode("utf-16") if "sheet1" in name else text


BAD = {
    "nothing": (b"", "是空的"),
    "no archive": (b"hello", "没有找到任务表"),
    "another archive": (b"PK\x05\x06" + b"\0" * 18, "压缩包"),
    "an archive behind a program": (b"MZ" + GOOD, "是程序"),
    "half of it": (GOOD[: len(GOOD) // 2], "损坏"),
    "nearly all of it": (GOOD[:-30], "损坏"),
    "a changed byte": (GOOD[:3000] + bytes([GOOD[3000] ^ 255]) + GOOD[3001:], "损坏"),
    "an old container with nothing in it": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
    "a bomb": (bomb(), "太大"),
    "outside entities": (repacked(entities), "外部实体"),
    "entities in two bytes": (repacked(lambda *part: in_two_bytes(part[0], entities(*part))), "外部实体"),
    "broken sheet": (repacked(lambda name, text: text[:500] if "sheet1" in name else text), "损坏"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused_in_a_sentence(units, case):
    data, words = BAD[case]
    started = time.monotonic()
    with pytest.raises(ClerkError, match=words) as refused:
        import_plan(data, "任务表.xlsx", units)
    assert "任务表.xlsx" in str(refused.value)
    assert refused.value.exit_code == 1
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("name", ["plan.docx", "plan.csv", "plan.xls", "plan", "plan.xlsx.exe"])
def test_the_content_counts_and_not_the_ending(units, name):
    plan = import_plan(GOOD, name, units).plan
    assert len(plan.tasks) == 104
    assert plan.warnings[0] == f"「{name}」的内容其实是.xlsx 工作簿，已按内容读入，请核对。"


@pytest.mark.parametrize("name", ["PLAN.XLSX", "plan.xlsm", "计划.et"])
def test_endings_that_fit(units, name):
    plan = import_plan(GOOD, name, units).plan
    assert len(plan.tasks) == 104
    assert not any("按内容" in warning for warning in plan.warnings)


def test_a_part_in_two_bytes_is_no_harm(units, plan):
    assert import_plan(repacked(in_two_bytes), "t.xlsx", units).plan.tasks == plan.tasks


def test_a_cell_at_the_far_end(workbook, units):
    def far(book):
        book.active["XFD1048576"] = "x"

    with pytest.raises(ClerkError, match="极远"):
        import_plan(workbook([HEADINGS], change=far), "t.xlsx", units)


def test_formats_far_down_are_no_content(workbook, units):
    def style(book):
        book.active["A20000"].number_format = "0.00"

    rows = [["2023年计划"], HEADINGS, [1, "a", "b", "年底前", "", "市教委", ""]]
    assert len(import_plan(workbook(rows, change=style), "t.xlsx", units).plan.tasks) == 1


def test_twenty_thousand_rows(workbook, units):
    data = workbook([HEADINGS, *[[1, "a"]] * 20_000])
    started = time.monotonic()
    with pytest.raises(ClerkError, match="10000 行"):
        import_plan(data, "t.xlsx", units)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("rows", [[], [["说明"]], [["2023年计划"], HEADINGS]])
def test_no_measures(workbook, units, rows):
    with pytest.raises(ClerkError, match="没有找到任务表"):
        import_plan(workbook(rows), "t.xlsx", units)


def test_a_cell_longer_than_any_measure(workbook, units):
    with pytest.raises(ClerkError, match="太长"):
        import_plan(workbook([HEADINGS, [1, "a", "1家" * 3000, "年底前", "", "市教委", ""]]), "t.xlsx", units)


def test_a_reader_that_hangs_is_stopped(units, monkeypatch):
    monkeypatch.setattr(files, "SECONDS", 0.01)
    with pytest.raises(ClerkError, match="已停止"):
        import_plan(GOOD, "t.xlsx", units)


def test_a_reader_that_dies_is_a_damaged_file(units, monkeypatch):
    def dies(*_args, **_more):
        return subprocess.CompletedProcess([], -6, b"", b"")

    monkeypatch.setattr(files.subprocess, "run", dies)
    with pytest.raises(ClerkError, match="损坏"):
        import_plan(GOOD, "t.xlsx", units)


def test_the_reader_works_within_its_memory():
    script = (
        "import resource, subprocess, sys\n"
        "reader = [sys.executable, '-m', 'desktop_app.plans.reading.child']\n"
        "subprocess.run(reader, stdin=sys.stdin, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], input=GOOD, capture_output=True, check=True)
    assert int(done.stdout) < 150 * 1024, "kilobytes"


def test_the_sample_twice_is_the_same_plan(units, plan):
    again = import_plan(GOOD, "plan-2023-sample.xlsx", units).plan
    assert again == plan
