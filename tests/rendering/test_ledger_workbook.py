"""A ledger's workbook: real figures, days and formulas with their values, and texts that nothing reckons."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from openpyxl import load_workbook

from desktop_app.model.ledger import CellKind, Column, Formula, Ledger, LedgerKind, Sheet, Tally, Total
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.rendering.ledger_pages import render_ledger
from desktop_app.rendering.ledger_workbook import ledger_workbook

UNIT = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3)
RISKY = ("=1+1", "+86 010", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")')
STRANGE = ("<b>&amp;</b>", "铃\x07声", "_x0041_", "两行\n文字", "尾空格 ", "𫖯𬭎 ㎡ PM₂.₅")
COLUMNS = (
    Column("text", "文字", 20, total=Total.COUNT, paper=90),
    Column("state", "状态", 10, paper=40),
    Column("number", "数量", 10, CellKind.NUMBER, Total.SUM, paper=50),
    Column("percent", "完成率", 10, CellKind.PERCENT, paper=50),
    Column("points", "分数", 10, CellKind.NUMBER, Total.MEAN, paper=50),
    Column("twice", "两倍", 10, CellKind.NUMBER, paper=50),
    Column("day", "日期", 12, CellKind.DAY, paper=60),
)


def sheet(texts: tuple[str, ...]) -> Sheet:
    rows = tuple(
        (
            text,
            "甲" if place % 2 else "乙",
            Decimal(place) / 8,
            Decimal("86.75"),
            Decimal(90 + place) if place else None,
            Formula('=IF({number}{row}=0,"",{number}{row}*2)', Decimal(place) / 4 if place else None),
            date(2023, 4, 1 + place),
        )
        for place, text in enumerate(texts)
    )
    tallies = tuple(Tally(word, "state", word, sum(row[1] == word for row in rows)) for word in "甲乙")
    return Sheet("台账", COLUMNS, rows, tallies, (("points", "权重", Decimal("12.5")),))


def ledger(*texts: str) -> Ledger:
    """One table with these texts in it, in its notes and its title."""
    title = texts[0] if texts else "空台账"
    return Ledger(LedgerKind.PROBLEMS, 2023, UNIT, title, (*texts,), (sheet(texts), Sheet("空表", COLUMNS, ())), True)


@pytest.fixture(scope="module")
def book() -> bytes:
    return ledger_workbook(ledger(*RISKY, *STRANGE))


def cells(book: bytes, *, values: bool) -> dict[str, object]:
    found = load_workbook(io.BytesIO(book), data_only=values)["台账"]
    return {cell.coordinate: cell for row in found.iter_rows() for cell in row if cell.value is not None}


def head_row(book: bytes) -> int:
    return next(cell.row for cell in cells(book, values=True).values() if cell.value == "文字")


def test_texts_stay_texts(book: bytes) -> None:
    found, first = cells(book, values=False), head_row(book) + 1
    for place, text in enumerate((*RISKY, *STRANGE)):
        cell = found[f"A{first + place}"]
        assert cell.data_type == "s"
        assert cell.quotePrefix is (text in RISKY)
        if text.isprintable():
            assert cell.value.replace("_x005F_", "_") == text
    formulas = [cell for cell in found.values() if cell.data_type == "f"]
    assert len(formulas) == 12 + 3 + 2
    assert all(re.match(r"=(IF\(C|SUBTOTAL\(|COUNTIF\(B)", cell.value) for cell in formulas)


def test_figures_are_figures_with_their_own_formats(book: bytes) -> None:
    found, row = cells(book, values=True), head_row(book) + 2
    assert (found[f"C{row}"].value, found[f"C{row}"].number_format) == (0.125, "#,##0.000")
    assert (found[f"D{row}"].value, found[f"D{row}"].number_format) == (0.8675, "0.00%")
    assert (found[f"G{row}"].value.date(), found[f"G{row}"].number_format) == (date(2023, 4, 2), "yyyy-mm-dd")
    assert found[f"E{head_row(book) - 1}"].value == 12.5


def test_every_formula_has_its_value_beside_it(book: bytes) -> None:
    formulas, found = cells(book, values=False), cells(book, values=True)
    first, last = head_row(book) + 1, head_row(book) + 12
    assert found[f"F{last}"].value == 2.75
    assert f"F{first}" not in found, "nothing comes to nothing, not to 0"
    assert (found[f"A{last + 1}"].value, found[f"C{last + 1}"].value) == (12, sum(range(12)) / 8)
    assert found[f"E{last + 1}"].value == pytest.approx(sum(range(91, 102)) / 11)
    assert formulas[f"C{last + 1}"].value == f"=SUBTOTAL(109,C{first}:C{last})"
    assert [found[f"A{last + 2 + place}"].value for place in (0, 1)] == [6, 6]


def test_a_number_too_long_for_a_spreadsheet_stays_whole() -> None:
    long = Decimal("1234567890123456.5")
    table = Sheet("台账", (Column("n", "数", 9, CellKind.NUMBER),), ((long,),))
    made = ledger_workbook(Ledger(LedgerKind.PROBLEMS, 2023, UNIT, "长数", (), (table,), False))
    assert load_workbook(io.BytesIO(made))["台账"]["A3"].value == "1234567890123456.5"


def test_it_filters_prints_and_stays_in_view(book: bytes) -> None:
    found, head = load_workbook(io.BytesIO(book))["台账"], head_row(book)
    assert found.auto_filter.ref == f"A{head}:G{head + 12}"
    assert found.print_area == f"'台账'!$A$1:$G${head + 15}"
    assert found.print_title_rows == f"${head}:${head}"
    assert found.freeze_panes == f"C{head + 1}"
    assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 9)
    assert found.column_dimensions["A"].width == 20
    empty = load_workbook(io.BytesIO(book))["空表"]
    assert [cell.value for cell in empty[empty.max_row]] == [column.head for column in COLUMNS]


def test_what_has_no_place_on_paper_stands_behind_and_is_not_printed() -> None:
    columns = (Column("id", "编号", 8, paper=30), Column("more", "更多", 8), Column("text", "文字", 10, paper=90))
    table = Sheet("台账", columns, (("1", "附注", "很长的文字" * 6 + "\n第二段"),))
    made = load_workbook(
        io.BytesIO(ledger_workbook(Ledger(LedgerKind.PROBLEMS, 2023, UNIT, "次序", (), (table,), False)))
    )
    found = made["台账"]
    assert [cell.value for cell in found[2]] == ["编号", "文字", "更多"]
    assert [cell.value for cell in found[3]][::2] == ["1", "附注"]
    assert found.print_area == "'台账'!$A$1:$B$3"
    assert found.auto_filter.ref == "A2:C3"
    assert found.row_dimensions[3].height == 15 * 8 + 3, "60 half widths in 9, and the second paragraph"


def test_the_file_is_whole_and_carries_nothing_that_runs(book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as found:
        assert found.testzip() is None
        names = found.namelist()
        assert len(names) == len(set(names))
        assert not any(word in name for name in names for word in ("vba", "externalLink", "connections"))
        text = b"".join(found.read(name) for name in names)
    assert b"\x07" not in text


def test_paper_says_the_same_rows_and_totals() -> None:
    made = render_ledger(ledger(*RISKY, *STRANGE))
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        assert len(document.pages) == made.pages
        assert "示例任务集" in text_of(made.pdf)
    text = text_of(made.pdf)
    for word in ("=cmd|", "U+0007", "86.75%", "2023-04-12", "共12项", "合计8.25", "平均96", "甲6乙6", "没有这样的事项"):
        assert word in text, word


def text_of(pdf: bytes) -> str:
    from desktop_app.exchange.pdfium import opened

    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "".join("".join(pages).split())


def test_an_empty_ledger_is_a_page_that_says_so() -> None:
    assert "没有这样的事项" in text_of(render_ledger(ledger()).pdf)
    assert load_workbook(io.BytesIO(ledger_workbook(ledger())))["台账"]["A1"].value == "空台账"
