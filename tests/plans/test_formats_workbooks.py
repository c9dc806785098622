"""Workbooks as Excel, WPS and LibreOffice write them, old and new; and how numbers and dates are shown."""

import io
import struct
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop_app import assets
from desktop_app.errors import ClerkError
from desktop_app.plans import import_plan
from desktop_app.plans.reading.grid import letters, place
from desktop_app.plans.reading.shown import as_shown, pattern_of
from desktop_app.plans.workbook import read_workbook
from tests.plans.office_files import MEASURE, STRICT_NS, book, inline

FILES = Path(__file__).parent / "files"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0&quot;家&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="31"/><xf numFmtId="164"/></cellXfs>'
)


def texts(data, name="t.xlsx"):
    """The cells of the last sheet."""
    return dict(read_workbook(data, name).sheets[-1].cells)


def cells(xml):
    return f"<sheetData><row>{xml}</row></sheetData>"


def water(plan):
    return [task for task in plan.tasks if task.annex == 3]


@pytest.mark.parametrize("name", ["水.xls", "水.et", "水.xlsx"])
def test_an_old_workbook_gives_the_measures_of_the_new_one(units, plan, name):
    taken = import_plan((FILES / "plan-2023-water.xls").read_bytes(), name, units).plan
    for ours, theirs in zip(taken.tasks, water(plan), strict=True):
        assert (ours.id, ours.owners, ours.deadline, ours.key) == (
            theirs.id,
            theirs.owners,
            theirs.deadline,
            theirs.key,
        )
        assert (ours.title, ours.section, ours.measure) == (theirs.title, theirs.section, theirs.measure)
    assert bool([warning for warning in taken.warnings if "按内容读入" in warning]) == name.endswith("x")


def test_what_an_old_workbook_shows():
    shown, hidden = read_workbook((FILES / "oddities.xls").read_bytes(), "t.xls").sheets
    assert list(shown.cells.values()) == [
        "1", "95%", "95.5%", "2023年11月15日", "2023年11月", "120家", "70.3", "0.3", "12345", "2023年11月15日", "95%",
        "2023年11月15日", "是", "=1+1", "文字",
    ]  # fmt: skip
    assert (shown.hidden_rows, shown.hidden_columns) == ((16,), (3,))
    assert shown.bare_formulas == ("A14", "C16")
    assert (hidden.title, hidden.hidden) == ("藏", True)


def test_an_old_workbook_with_a_password():
    data = bytearray((FILES / "plan-2023-water.xls").read_bytes())
    at = data.find(struct.pack("<HH", 0x0809, 16), 512)
    struct.pack_into("<H", data, at + 20, 0x2F)  # the record after the first says: encrypted
    with pytest.raises(ClerkError, match="密码"):
        read_workbook(bytes(data), "t.xls")


def test_a_new_workbook_with_a_password():
    with pytest.raises(ClerkError, match=r"密码.*去掉密码"):
        read_workbook((FILES / "locked.xlsx").read_bytes(), "t.xlsx")


def test_texts_in_the_cells_and_no_references_styles_or_properties(units):
    (task,) = import_plan(book(inline(MEASURE)), "t.xlsx", units).plan.tasks
    assert (task.id, task.owners, task.deadline.day) == ("1-1", ("110105",), date(2023, 12, 31))


def test_the_strict_edition(units):
    data = book(inline(MEASURE), namespace=STRICT_NS)
    assert [task.id for task in import_plan(data, "t.xlsx", units).plan.tasks] == ["1-1"]


def test_names_with_a_prefix():
    data = book("<sheetData/>", more={"xl/worksheets/sheet1.xml": PREFIXED})
    assert texts(data) == {(1, 1): "甲", (2, 3): "乙"}


PREFIXED = (
    '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
    '<x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row>'
    '<x:row r="2"><x:c r="C2" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
)


def test_rich_and_phonetic_strings():
    strings = (
        "<si><t>平</t></si><si><r><rPr><b/></rPr><t>粗</t></r><r><t xml:space='preserve'> 细</t></r></si>"
        "<si><t>汉字</t><rPh sb='0' eb='2'><t>かんじ</t></rPh></si><si><t>a_x000D_b_x005F_</t></si>"
    )
    xml = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(4))
    xml += "<c t='inlineStr'><is><t>字</t><rPh sb='0' eb='1'><t>zi</t></rPh></is></c>"
    assert list(texts(book(cells(xml), strings=strings)).values()) == ["平", "粗 细", "汉字", "a\nb_", "字"]


def test_kinds_of_values():
    xml = (
        '<c t="b"><v>1</v></c><c t="str"><f>A1&amp;B1</f><v>拼</v></c><c t="d"><v>2023-11-15T00:00:00</v></c>'
        '<c s="1"><v>0.95</v></c><c s="2"><v>45245</v></c><c s="3"><v>120</v></c><c><v>1.0</v></c><c><v>12.50</v></c>'
        '<c t="e"><v>#REF!</v></c><c><f>1+1</f></c><c><f>1+1</f><v></v></c><c t="str"><f>""</f><v></v></c>'
    )
    (sheet,) = read_workbook(book(cells(xml), styles=STYLES), "t.xlsx").sheets
    assert list(sheet.cells.values()) == ["是", "拼", "2023年11月15日", "95%", "2023年11月15日", "120家", "1", "12.5"]
    assert (sheet.faulty, sheet.bare_formulas) == (("I1",), ("J1", "K1"))


def test_days_counted_from_1904():
    xml = cells('<c s="2"><v>43783</v></c>')
    assert texts(book(xml, styles=STYLES, workbook='<workbookPr date1904="1"/>')) == {(1, 1): "2023年11月15日"}


def test_charts_and_dialogs_and_names_of_nothing(units):
    junk = "<definedNames><definedName name='_xlnm.Print_Area' localSheetId='99'>#REF!</definedName></definedNames>"
    more = {"xl/chartsheets/sheet1.xml": "<chartsheet/>", "xl/dialogsheets/sheet1.xml": "<dialogsheet/>"}
    data = book(inline(MEASURE), workbook=junk, kinds=("chartsheet", "dialogsheet"), more=more)
    assert [task.id for task in import_plan(data, "t.xlsx", units).plan.tasks] == ["1-1"]


def test_a_broken_style_is_no_reason_to_refuse():
    styles = '<fonts><font><sz val="大"/><color rgb="GGGGGGGG"/></font></fonts><cellXfs><xf numFmtId="x"/></cellXfs>'
    assert texts(book(cells('<c s="0"><v>3</v></c><c s="77"><v>4</v></c>'), styles=styles)) == {
        (1, 1): "3",
        (1, 2): "4",
    }


def test_merges_hide_what_stands_under_them_and_end_where_the_table_ends():
    xml = (
        '<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r="2"><c r="C2"><v>3</v></c></row>'
        '</sheetData><mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="C2:C1048576"/></mergeCells>'
    )
    (sheet,) = read_workbook(book(xml), "t.xlsx").sheets
    assert dict(sheet.cells) == {(1, 1): "1", (2, 3): "3"}
    assert sheet.merges == ((1, 1, 1, 3), (2, 3, 2, 3))


def test_formula_looking_text_stays_text(units):
    row = ("1", "=题", "+措施1家", "年底前", "", "朝阳区政府", "=A1")
    (sheet,) = read_workbook(book(inline(row)), "t.xlsx").sheets
    assert [sheet.own(3, column) for column in (2, 3, 7)] == ["=题", "+措施1家", "=A1"]
    (task,) = import_plan(book(inline(row)), "t.xlsx", units).plan.tasks
    assert (task.title, task.measure, task.supporters_raw) == ("=题", "+措施1家", "=A1")


def test_every_value_of_the_sample_is_read_as_openpyxl_reads_it():
    data = assets.read_bytes("samples", "plan-2023-sample.xlsx")
    ours = read_workbook(data, "t.xlsx")
    theirs = load_workbook(io.BytesIO(data), data_only=True)
    for sheet, other in zip(ours.sheets, theirs.worksheets, strict=True):
        expected = {
            (cell.row, cell.column): cell.value for line in other.iter_rows() for cell in line if cell.value is not None
        }
        assert sheet.title == other.title
        assert {spot: text.replace("\n", "") for spot, text in sheet.cells.items()} == {
            spot: str(value).replace("\n", "").replace("\t", " ")
            for spot, value in expected.items()
            if str(value).strip()
        }
        assert sorted(sheet.merges) == sorted(
            (area.min_row, area.min_col, area.max_row, area.max_col) for area in other.merged_cells.ranges
        )


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (1.0, "General", "1"),
        (0.28999999999999998, "General", "0.29"),
        (1e15, "General", "1000000000000000"),
        (0.95, "0.00%", "95%"),
        (95, '0"%"', "95%"),
        (3, "第0项", "3"),
        (3, '"第"0"项"', "第3项"),
        (120, "0\\家", "120家"),
        (1234.5, "#,##0.00_);[Red](#,##0.00)", "1234.5"),
        (45245, "yyyy/m/d;@", "2023年11月15日"),
        (45245, '[$-804]yyyy"年"m"月"d"日";@', "2023年11月15日"),
        (45245, 'yyyy"年"m"月"', "2023年11月"),
        (45245.75, "yyyy/m/d h:mm", "2023年11月15日"),
        (0.5, "h:mm", "12:00"),
        (1, "yyyy/m/d", "1900年1月1日"),
        (59, "yyyy/m/d", "1900年2月28日"),
        (61, "yyyy/m/d", "1900年3月1日"),
        (-1, "yyyy/m/d", "-1"),
        (1e9, "yyyy/m/d", "1000000000"),
        (7, "@", "7"),
        (7, "[DBNum1]General", "7"),
    ],
)
def test_numbers_as_they_are_shown(value, pattern, shown):
    assert as_shown(value, pattern) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(9, "4524500%"), (14, "2023年11月15日"), (57, "2023年11月"), (58, "2023年11月15日")]
)
def test_formats_known_by_number_alone(number, shown):
    assert as_shown(45245, pattern_of(number, {})) == shown


@given(st.integers(1, 18_278), st.integers(1, 1_048_576))
def test_places_and_their_names(column, line):
    assert place(f"{letters(column)}{line}") == (line, column)


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_a_number_is_shown_as_it_was_typed(number):
    assert as_shown(float(number), "General") == format(number.normalize(), "f").replace("-0", "0", number == 0)
