"""CSV in the encodings and separators that are met, and tables that were saved as a web page or XML and named .xls."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.errors import ClerkError
from desktop_app.plans import import_plan
from desktop_app.plans.reading.delimited import read_delimited
from desktop_app.plans.workbook import read_workbook
from tests.plans.office_files import HEADINGS, MEASURE

ROWS = (("水污染防治2023年行动计划", "", "", "", "", "", ""), HEADINGS, MEASURE)
SECOND = ("2", "治水", "建成“海绵”公园,3个；\n修复湿地5亩", "6月底前", "市水务局", "海淀区政府\n朝阳区政府", "")


def written(rows=(*ROWS, SECOND), separator=",", quoting=csv.QUOTE_MINIMAL):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=quoting).writerows(rows)
    return stream.getvalue()


def taken(units, data, name="t.csv"):
    return import_plan(data, name, units).plan


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le-bom", "utf-16-be-bom"]
)
def test_encodings(units, encoding):
    if encoding.endswith("-bom"):
        encoding = encoding.removesuffix("-bom")
        data = "\ufeff".encode(encoding) + written().encode(encoding)
    else:
        data = written().encode(encoding)
    plan = taken(units, data)
    assert [task.measure for task in plan.tasks] == ["建成污水管线12公里", "建成“海绵”公园,3个；修复湿地5亩"]
    assert plan.tasks[1].owners == ("110108", "110105")
    assert plan.warnings == ()


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_separators(units, separator, quoting):
    plan = taken(units, written(separator=separator, quoting=quoting).encode())
    assert [(task.id, task.owners[0]) for task in plan.tasks] == [("1-1", "110105"), ("1-2", "110108")]


def test_the_line_that_names_the_separator(units):
    assert len(taken(units, ("sep=;\r\n" + written(separator=";")).encode()).tasks) == 2


def test_rare_characters_of_gb18030(units):
    rows = (*ROWS, ("2", "治水", "治理\U00020000河道3处", "年底前", "", "朝阳区政府", ""))
    assert taken(units, written(rows).encode("gb18030")).tasks[1].measure == "治理\U00020000河道3处"


def test_a_last_row_that_is_short_is_said(units):
    whole = written().encode()
    cut = whole[: whole.index("6月底前".encode()) + 4]
    assert any("文件可能不完整" in warning for warning in taken(units, cut).warnings)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (written().encode() + "水".encode()[:2], "损坏或不完整"),
        (written().encode("gbk") + b"\xff\xff", "编码"),
        (written().encode("big5", "ignore") + b"\x80\x80\xff", "编码"),
        (("a,b\n" * 3 + '"没有收尾,c\n').encode(), "引号"),
        (b"a,b\0c\n", "认不出|不是能认出"),
        (b" \n\n", "空的"),
        (written().encode("utf-16")[:-1], "损坏或不完整"),
    ],
)
def test_texts_that_cannot_be_told(units, data, words):
    with pytest.raises(ClerkError, match=words):
        taken(units, data)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n\ufeff"), min_size=1, max_size=8)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=2, max_size=5))
def test_what_a_writer_wrote_is_read(rows):
    rows = [["甲,", "乙", "丙"], *rows]
    (sheet,) = read_delimited(written(rows, quoting=csv.QUOTE_ALL).encode("utf-8-sig"))["sheets"]
    expected = [
        [number, column, text]
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row, start=1)
        if not text.isspace()
    ]
    assert sheet["cells"] == expected


PAGE = """<html><head><meta charset="{charset}"><title>计划</title><style>td {{}}</style></head><body>
<p>附件2</p><p>大气污染防治<br>2023年行动计划</p><table>
<tr>{headings}</tr>
<tr><td>1</td><td rowspan="2">★治气</td><td>淘汰<b>老旧</b>车<br/>1万辆</td><td>年底前</td><td rowspan=2>市交通委</td>
<td>朝阳区政府</td><td></td></tr>
<tr><td>2</td><td>抽查&nbsp;5家</td><td>6月底前</td><td>海淀区政府</td><td>市教委</td></tr>
<tr><td colspan="7">二、其他</td></tr>
<tr><td>3</td><td>别的</td><td>建设3处<table><tr><td>内</td></tr></table></td><td>年底前</td><td></td><td>各区政府</td><td></td></tr>
</table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_a_web_page_named_xls(units, charset):
    page = PAGE.format(charset=charset, headings="".join(f"<td>{text}</td>" for text in HEADINGS))
    plan = taken(units, page.encode("gb18030" if charset.startswith("g") else charset), "导出.xls")
    assert [(task.id, task.title, task.measure, task.section) for task in plan.tasks] == [
        ("2-1", "治气", "淘汰老旧车1万辆", ""),
        ("2-2", "治气", "抽查 5家", ""),
        ("2-3", "别的", "建设3处内", "二、其他"),
    ]
    assert [task.key for task in plan.tasks] == [True, True, False]
    assert plan.tasks[1].supporters == ("BJ-JW",)
    assert plan.warnings[0] == "「导出.xls」的内容其实是网页格式的表格，已按内容读入，请核对。"


SHEET_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="水"><Table><Row><Cell ss:MergeAcross="6"><Data ss:Type="String">2023年行动计划</Data></Cell></Row>
<Row ss:Index="3">{headings}</Row>
<Row><Cell><Data ss:Type="Number">1.0</Data></Cell><Cell ss:MergeDown="1"><Data ss:Type="String">治水</Data></Cell>
<Cell><Data ss:Type="String">建成<B>2</B>处</Data></Cell>
<Cell><Data ss:Type="DateTime">2023-11-15T00:00:00.000</Data></Cell>
<Cell ss:Index="6"><Data ss:Type="String">朝阳区政府</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="Number">2</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">乙</Data></Cell>
<Cell><Data ss:Type="String">年底前</Data></Cell><Cell ss:Index="6"><Data ss:Type="String">海淀区政府</Data></Cell>
<Cell ss:Formula="=1"/></Row></Table></Worksheet></Workbook>"""


def test_a_workbook_saved_as_xml(units):
    headings = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in HEADINGS)
    plan = taken(units, SHEET_2003.format(headings=headings).encode(), "导出.xls")
    assert [(task.title, task.measure, task.deadline.raw, task.owners) for task in plan.tasks] == [
        ("治水", "建成2处", "2023年11月15日", ("110105",)),
        ("治水", "乙", "年底前", ("110108",)),
    ]
    assert "XML 格式的表格" in plan.warnings[0]
    assert any("G5" in warning for warning in plan.warnings)


def test_an_outside_entity_in_a_workbook_saved_as_xml():
    data = SHEET_2003.replace("<Workbook ", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Workbook ', 1)
    with pytest.raises(ClerkError, match="外部实体"):
        read_workbook(data.format(headings="").encode(), "t.xls")


def test_the_only_table_is_called_as_its_file(units):
    plan = taken(units, written().encode(), "附件4 水污染防治.csv")
    assert [annex.sheet for annex in plan.annexes] == ["附件4 水污染防治"]
    assert [task.id for task in plan.tasks] == ["4-1", "4-2"]
