"""Harmful, cut and mistaken files of every format: a sentence within 10 seconds and 300 MB, or taken whole."""

import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import assets
from desktop_app.errors import ClerkError
from desktop_app.plans import import_plan, shipped_directory
from desktop_app.plans.reading.child import answer_to, kind_of
from desktop_app.plans.workbook import _KINDS, _REFUSALS, ENDINGS
from tests.benchmarks.import_table import table
from tests.plans.office_files import (
    HEADINGS,
    MEASURE,
    SHEET_NS,
    book,
    cell,
    document,
    grid,
    inline,
    line,
    packed,
    relations,
    row,
)

FILES = Path(__file__).parent / "files"
GOOD = {
    ".xlsx": assets.read_bytes("samples", "plan-2023-sample.xlsx"),
    ".docx": assets.read_bytes("samples", "plan-2023-water.docx"),
    ".xls": (FILES / "plan-2023-water.xls").read_bytes(),
    ".csv": "\n".join(",".join(each) for each in (("2023年计划",) * 7, HEADINGS, MEASURE)).encode("gb18030"),
}
ALL_ENDINGS = [*ENDINGS, "", ".doc", ".wps", ".pdf", ".zip", ".txt", ".jpg"]
SECONDS, MEGABYTES = 10, 300

_MEASURED = """
import re, resource, sys, time
from desktop_app.errors import ClerkError
from desktop_app.plans import import_plan, shipped_directory
data, units, started = sys.stdin.buffer.read(), shipped_directory(), time.monotonic()
try:
    said = f"taken {len(import_plan(data, sys.argv[1], units).plan.tasks)}"
except ClerkError as refused:
    said = str(refused)
seconds = time.monotonic() - started
own = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(seconds, (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024, said)
"""


def measured(data, name):
    """What an import in a process of its own says, having taken no more time and memory than it may."""
    done = subprocess.run([sys.executable, "-c", _MEASURED, name], input=data, capture_output=True, check=True)
    seconds, megabytes, said = done.stdout.decode().strip().split(" ", 2)
    assert float(seconds) < SECONDS
    assert int(megabytes) < MEGABYTES
    return said


def zeros(megabytes, *names):
    """A zip of parts that unpack to a thousand times their size."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            with archive.open(name, "w", force_zip64=True) as part:
                for _step in range(megabytes):
                    part.write(b"0" * 1024 * 1024)
    return stream.getvalue()


def entity(text):
    return text.replace("<w:document", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document', 1)


def with_entity():
    with zipfile.ZipFile(BytesIO(document(grid(row(*HEADINGS), row(*MEASURE))))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return packed({name: entity(text) for name, text in parts.items()})


def _repeated(number):
    return f"&l{number};" * 8


def entities_of_entities():
    each = "".join(f'<!ENTITY l{n} "{_repeated(n - 1)}">' for n in range(1, 30))
    parts = {
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'<!DOCTYPE a [<!ENTITY l0 "ha">{each}]><a>&l29;</a>',
    }
    return packed(parts)


def nested(inner):
    for _depth in range(5):
        inner = packed({"计划.xlsx": inner, "副本.xlsx": inner})
    return inner


def many_sheets(count):
    """A workbook with this many sheets, each with one measure."""
    sheet = f'<worksheet xmlns="{SHEET_NS}">{inline(MEASURE)}</worksheet>'
    names = [f"worksheets/s{number}.xml" for number in range(count)]
    parts = {f"xl/{name}": sheet for name in names}
    parts["xl/_rels/workbook.xml.rels"] = relations(*(("worksheet", name) for name in names))
    return book("", workbook="".join(f'<sheet name="s{n}" r:id="rId{n}"/>' for n in range(1, count + 1)), more=parts)


def merges(*references):
    return "<mergeCells>" + "".join(f'<mergeCell ref="{reference}"/>' for reference in references) + "</mergeCells>"


XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>'

# What each must say; those that take seconds come in the campaign.
QUICK = {
    "a bomb in a document": (lambda: zeros(150, "word/document.xml"), ".docx", "太大"),
    "an entity in a document": (with_entity, ".docx", "外部实体"),
    "tables in tables": (lambda: document("<w:tbl><w:tr><w:tc>" * 100_000), ".docx", "层层嵌套"),
    "very many members": (lambda: packed({f"xl/{n}.xml": "" for n in range(3000)}), ".xlsx", "太大"),
    "all cells merged": (lambda: book(inline(MEASURE) + merges("A1:XFD1048576")), ".xlsx", "极远"),
    "one cell far away": (lambda: book('<sheetData><c r="XFD1048576"><v>1</v></c></sheetData>'), ".xlsx", "极远"),
    "one line of ten megabytes": (lambda: b"a" * 10_000_000, ".csv", "太长"),
    "nothing but quotes": (lambda: b'"' * 10_000_001, ".csv", "太长"),
    "a quote that never ends": (lambda: GOOD[".csv"] + b'\n"2,a\n', ".csv", "引号"),
    "nothing but zeros": (lambda: bytes(30_000_000), ".csv", "不是能认出"),
    "a hundred thousand cells in a row": (lambda: document(grid(row(*["x"] * 5000))), ".docx", "极远"),
    "twenty thousand rows": (lambda: b"a,b,c\n" * 20_000, ".csv", "10000 行"),
    "bombs packed in bombs": (lambda: nested(zeros(60, "a.xml")), ".xlsx", "压缩包"),
    "a thousand sheets": (lambda: many_sheets(1000), ".xlsx", "太大"),
    "one long string in all cells": (
        lambda: book(
            "<sheetData>" + ("<row>" + '<c t="s"><v>0</v></c>' * 200 + "</row>") * 1400 + "</sheetData>",
            strings=f"<si><t>{'重' * 3900}</t></si>",
        ),
        ".xlsx",
        "太大",
    ),
    "entities of entities": (entities_of_entities, ".docx", "外部实体"),
    "fifty thousand tables in one cell": (
        lambda: document(grid(row(cell(line("x") + grid(row("a")) * 50_000)))),
        ".docx",
        "太长|已停止",
    ),
    "one line of fifty megabytes": (lambda: b"a," * 25_000_000, ".csv", "太大"),
    "web tables in tables": (lambda: b"<table><tr><td>" * 200_000, ".xls", "没有找到任务表"),
}
SLOW = {
    "a smaller bomb in a document": (lambda: zeros(45, "word/document.xml"), ".docx", "已停止|太大|太长|损坏"),
    "millions of empty rows": (lambda: book("<sheetData>" + "<row/>" * 3_000_000 + "</sheetData>"), ".xlsx", "."),
    "millions of empty cells": (lambda: book("<sheetData>" + "<c/>" * 4_000_000 + "</sheetData>"), ".xlsx", "."),
    "a million names of elements": (lambda: book("".join(f"<a{n}/>" for n in range(1_000_000))), ".xlsx", "."),
    "an element of many attributes": (
        lambda: book("<row " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>"),
        ".xlsx",
        "没有找到任务表",
    ),
    "elements in elements": (lambda: book("<a>" * 2_000_000 + "</a>" * 2_000_000), ".xlsx", "太大"),
    "a million merges": (lambda: book(inline(MEASURE) + merges(*["A1:G3"] * 1_000_000)), ".xlsx", "."),
    "merges over merges": (
        lambda: book(inline(*[MEASURE] * 9000) + merges(*(f"A{n}:G9000" for n in range(1, 9000)))),
        ".xlsx",
        "极远",
    ),
    "hidden columns without end": (
        lambda: book('<col min="1" max="999999999" hidden="1"/>' * 500_000 + inline(MEASURE)),
        ".xlsx",
        "taken 1",
    ),
    "one huge cell": (lambda: book(inline(("1", "a", "x" * 20_000_000))), ".xlsx", "太长"),
    "one huge string": (lambda: book("", strings=f"<si><t>{'x' * 30_000_000}</t></si>"), ".xlsx", "太大"),
    "millions of strings": (lambda: book("", strings="<si><t>xy</t></si>" * 2_000_000), ".xlsx", "."),
    "very many sheets": (
        lambda: book(inline(MEASURE), workbook='<sheet name="a" r:id="rId1"/>' * 30_000),
        ".xlsx",
        "太大|已停止",
    ),
    "very many relations": (
        lambda: book(
            inline(MEASURE), more={"xl/_rels/workbook.xml.rels": relations(*[("worksheet", "a.xml")] * 200_000)}
        ),
        ".xlsx",
        ".",
    ),
    "very many styles": (
        lambda: book(inline(MEASURE), styles=f"<cellXfs>{'<xf/>' * 1_500_000}</cellXfs>"),
        ".xlsx",
        "taken 1|太大|已停止",
    ),
    "a number format of a megabyte": (
        lambda: book(
            '<sheetData><row><c s="0"><v>1</v></c></row></sheetData>',
            styles=f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 1_000_000}"/></numFmts>'
            '<cellXfs><xf numFmtId="200"/></cellXfs>',
        ),
        ".xlsx",
        "没有找到任务表",
    ),
    "a document of lines": (lambda: document(line("x") * 600_000), ".docx", "太大|已停止"),
    "very many tables": (lambda: document(grid(row("a", "b")) * 20_000), ".docx", "太大"),
    "a table of 25,000 rows": (
        lambda: document(grid(row(*HEADINGS), *[row(*MEASURE)] * 25_000)),
        ".docx",
        "10000 行|已停止",
    ),
    "a cell of lines": (lambda: document(grid(row(cell(line("x") * 300_000)))), ".docx", "太长|已停止|太大"),
    "very many lists": (lambda: document(line("x"), numbering="<w:num/>" * 500_000), ".docx", "."),
    "millions of commas": (lambda: b"," * 10_000_000, ".csv", "空的|太大"),
    "millions of line breaks": (lambda: b"\n" * 30_000_000, ".csv", "太大|空的"),
    "millions of pairs of quotes": (lambda: b'"a",' * 5_000_000, ".csv", "极远|太大"),
    "a large web page": (lambda: b"<html><table>" + b"<tr><td>1</td></tr>" * 600_000, ".xls", "太大|损坏"),
    "cells that span a web page": (
        lambda: b"<html><table>" + b"<tr><td rowspan=50000 colspan=200>1</td></tr>" * 3000,
        ".xls",
        "极远",
    ),
    "deep XML of 2003": (lambda: XML_2003 + b"<a>" * 3_000_000, ".xls", "太大|损坏"),
    "long XML of 2003": (lambda: XML_2003 + b"<Row/>" * 1_900_000, ".xls", "太大|损坏"),
    "noise in an old container": (
        lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + random.Random(1).randbytes(3_000_000),
        ".xls",
        "损坏",
    ),
    "one number for ten thousand measures": (lambda: book(inline(*[MEASURE] * 9900)), ".xlsx", "taken 9900|已停止"),
    "ten thousand unknown units": (
        lambda: book(inline(*((str(n), *MEASURE[1:5], f"某某{n}办公处局", "") for n in range(9900)))),
        ".xlsx",
        "taken 9900|已停止",
    ),
    "nothing but headings": (lambda: book(inline(*[HEADINGS] * 9900)), ".xlsx", "没有找到任务表"),
    "five thousand measures": (lambda: table(5000), ".xlsx", "taken 5000"),
    "five thousand measures in a document": (
        lambda: document(
            line("2023年行动计划") + grid(row(*HEADINGS), *(row(str(n), *MEASURE[1:]) for n in range(1, 5001)))
        ),
        ".docx",
        "taken 5000",
    ),
    "twenty thousand measures": (lambda: book(inline(*[MEASURE] * 20_000)), ".xlsx", "10000 行"),
}


def _holds(case):
    make, ending, words = case
    said = measured(make(), f"任务表{ending}")
    assert any(word in said for word in words.split("|")) or words == ".", said
    assert said.startswith(("taken", "「任务表", "任务表"))


@pytest.mark.parametrize("name", QUICK)
def test_harm_is_refused_within_bounds(name):
    _holds(QUICK[name])


@pytest.mark.long
@pytest.mark.parametrize("name", SLOW)
def test_more_harm_is_refused_within_bounds(name):
    _holds(SLOW[name])


def said_of(data, name="任务表.xlsx"):
    """The sentence for a file, or the ids of what was taken."""
    try:
        return [task.id for task in import_plan(data, name, shipped_directory()).plan.tasks]
    except ClerkError as refused:
        return str(refused)


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".xls"])
def test_a_cut_file_is_never_half_taken(ending):
    whole = GOOD[ending]
    expected = said_of(whole, "t" + ending)
    for place in range(0, len(whole), len(whole) // 12):
        said = said_of(whole[:place], "t" + ending)
        # An old container may end in padding: what is left out then is nothing.
        assert said == expected or ("t" + ending in said and ("损坏" in said or "空的" in said or "没有找到" in said))
        assert said != expected or (ending == ".xls" and place > len(whole) * 0.8)


@pytest.mark.parametrize("name", ["plan-2023-water.xls", "oddities.xls"])
def test_an_old_file_cut_anywhere_is_damaged(name):
    whole = (FILES / name).read_bytes()
    chance = random.Random(77)
    for _each in range(40):
        assert answer_to(whole[: chance.randrange(1, len(whole))]) == {"refused": "damaged"}


def test_a_part_with_a_password_says_so():
    data = bytearray(book(inline(MEASURE)))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(start)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(start, place + 4)
    assert "密码" in said_of(bytes(data))


@pytest.mark.parametrize("ending", ALL_ENDINGS)
def test_noise_under_every_ending(ending):
    chance = random.Random(ending)
    for size in (1, 7, 600, 20_000):
        said = said_of(chance.randbytes(size), f"任务表{ending}")
        assert f"任务表{ending}" in said


@pytest.mark.parametrize("ending", ALL_ENDINGS)
@pytest.mark.parametrize("true", GOOD)
def test_every_format_under_every_ending(true, ending):
    assert said_of(GOOD[true], f"t{ending}") == said_of(GOOD[true], f"t{true}")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF.*原件"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "图片"),
        (b"BM\x36\0\0\0", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包.*解压"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (packed({"计划.xlsx": b"PK"}), "压缩包"),
        (packed({"OFD.xml": "<a/>"}), "OFD"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), r"\.ods.*\.xlsx"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), r"\.odt.*\.docx"),
        (packed({"_rels/.rels": relations(("officeDocument", "ppt/p.xml")), "ppt/p.xml": "<a/>"}), "演示文稿"),
        (packed({"_rels/.rels": relations(("officeDocument", "xl/w.bin")), "xl/w.bin": "a"}), "xlsb"),
        (packed({"[Content_Types].xml": "<a/>"}), "损坏"),
        (b"{\\rtf1 x}", r"RTF.*\.docx"),
        (b"\xef\xbb\xbf{\\rtf1 x}", r"RTF.*\.docx"),
        (b"\r\n\r\n%PDF-1.4", "PDF.*原件"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x36\x00\x01\x00\x01\x00" + bytes(50), "密码"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "单个文件的网页"),
        (b"<html><body>x</body></html>", "网页，里面没有表格"),
        (b'<?xml version="1.0"?><a/>', "是 XML 文件"),
    ],
)
def test_what_it_seems_to_be_and_what_to_do(data, words):
    with pytest.raises(ClerkError, match=words):
        import_plan(data, "任务表.xlsx", shipped_directory())


def old_container(stream):
    entry = stream.encode("utf-16-le")
    directory = (entry.ljust(64, b"\0") + (len(entry) + 2).to_bytes(2, "little")).ljust(128, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ("WordDocument", r"旧版 Word.*\.docx"),
        ("EncryptedPackage", "密码"),
        ("PowerPoint Document", "演示"),
        ("x", "损坏"),
    ],
)
def test_old_containers(stream, words):
    with pytest.raises(ClerkError, match=words):
        import_plan(old_container(stream), "计划.wps", shipped_directory())


def test_a_bomb_that_nobody_unpacks_is_no_harm():
    with zipfile.ZipFile(BytesIO(book(inline(MEASURE)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert said_of(packed({**parts, "xl/media/a.png": bytes(60_000_000)})) == ["1-1"]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_changed_byte_is_refused_or_read(ending, data):
    whole = bytearray(GOOD[ending])
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    answer = answer_to(bytes(whole))
    assert answer.get("refused") in _REFUSALS or answer["kind"] in _KINDS


@given(st.binary(max_size=200))
def test_every_beginning_has_a_name(data):
    assert kind_of(data) in {*_REFUSALS, "zip", "xls", "html", "sheet2003", "text"}
