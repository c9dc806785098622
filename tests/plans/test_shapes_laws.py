"""The sample's sheets in other clothes: what changes nothing for a reader must change nothing that is understood."""

from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import assets
from desktop_app.plans import shipped_directory
from desktop_app.plans.cells import Sheet
from desktop_app.plans.sheets import Found, take_sheets
from desktop_app.plans.workbook import read_workbook

SETTING = settings(deadline=None, max_examples=25)
FULL_WIDTH = str.maketrans("0123456789():,", "０１２３４５６７８９（）：，")


@cache
def sample():
    return read_workbook(assets.read_bytes("samples", "plan-2023-sample.xlsx"), "plan.xlsx").sheets


def understood(sheets):
    """All that the walk over the sheets hands on, but for the sheets' own names and what is only mentioned."""
    found = Found()
    take_sheets(sheets, found, shipped_directory(), {})
    rows = sorted((row for _sheet, row in found.rows), key=lambda row: (row.annex, int(row.number)))
    titles = [(annex.number, annex.title, annex.notes) for _number, annex in sorted(found.annexes.items())]
    return rows, sorted(found.indicators, key=lambda each: int(each.number)), titles, found.questions


@cache
def plainly():
    return understood(sample())


def moved(sheet, row_to=lambda row: row, column_to=lambda column: column):
    """A sheet whose rows and columns stand elsewhere; merged areas grow with what is put inside them."""
    return replace(
        sheet,
        cells={(row_to(row), column_to(column)): text for (row, column), text in sheet.cells.items()},
        merges=tuple((row_to(t), column_to(left), row_to(b), column_to(r)) for t, left, b, r in sheet.merges),
    )


def header_row(sheet):
    return next(row for (row, column), text in sorted(sheet.cells.items()) if column == 1 and text.startswith("序"))


@SETTING
@given(st.lists(st.integers(1, 46), max_size=8), st.integers(0, 3), st.integers(0, 2))
def test_blank_rows_and_columns_change_nothing(blank, above, left):
    def row_to(row):
        return row + above + sum(each < row for each in blank)

    assert understood([moved(each, row_to, lambda column: column + left) for each in sample()]) == plainly()


@SETTING
@given(st.integers(1, 8), st.sampled_from(["备注", "联系电话", "资金（万元）", "2022年完成情况"]), st.booleans())
def test_a_foreign_column_anywhere_changes_nothing(place, heading, filled):
    changed = []
    for each in sample():
        sheet = moved(each, column_to=lambda column: column + (column >= place))
        top = header_row(each)
        taken = {row for t, left, b, r in sheet.merges for row in range(t, b + 1) if left <= place <= r}
        cells = dict(sheet.cells)
        if top not in taken:
            cells[top, place] = heading
            rows = {row for row, _column in each.cells if row > top + 1 and row not in taken} if filled else ()
            alone = {row for row in rows if len(dict(each.row_texts(row))) == 1}
            cells.update({(row, place): f"第{row}行" for row in set(rows) - alone})
        changed.append(replace(sheet, cells=cells))
    assert understood(changed) == plainly()


@pytest.mark.parametrize("order", list(permutations(range(1, 8)))[::400])
def test_the_order_of_the_columns_changes_nothing(order):
    tables = sample()[:5]
    changed = []
    for each in tables:
        wide = {(t, left) for t, left, _b, r in each.merges if r > left}
        top = header_row(each)
        cells = {
            (row, column if row < top or (row, column) in wide else order[column - 1]): text
            for (row, column), text in each.cells.items()
        }
        merges = tuple(
            (t, left, b, r) if r > left else (t, order[left - 1], b, order[left - 1]) for t, left, b, r in each.merges
        )
        changed.append(replace(each, cells=cells, merges=merges))
    assert understood(changed) == understood(tables)


@SETTING
@given(st.sets(st.integers(1, 46)))
def test_full_width_numbers_and_spaced_headings_change_nothing(chosen):
    changed = []
    for each in sample():
        top = header_row(each)
        cells = {
            (row, column): text.translate(FULL_WIDTH) + "　"
            if column == 1 and text.isdigit() and row in chosen
            else text
            for (row, column), text in each.cells.items()
        }
        cells.update(
            {(top, column): f" {text[0]}\n{text[1:]}：" for (row, column), text in each.cells.items() if row == top}
        )
        changed.append(replace(each, cells=cells))
    rows, indicators, titles, questions = understood(changed)
    plain = plainly()
    assert (rows, titles, questions) == (plain[0], plain[2], plain[3])
    assert [each.targets for each in indicators] == [each.targets for each in plain[1]]


@SETTING
@given(st.sets(st.integers(4, 46)), st.sampled_from([4, 5, 6, 7]))
def test_equal_neighbours_may_be_merged(chosen, column):
    changed = []
    for each in sample()[:5]:
        cells, merges = dict(each.cells), list(each.merges)
        merged = {row for t, left, b, r in each.merges if left <= column <= r for row in range(t, b + 1)}
        for row in sorted(chosen):
            below = row + 1
            same = cells.get((row, column)) and cells.get((row, column)) == cells.get((below, column))
            if same and not {row, below} & merged:
                del cells[below, column]
                merges.append((row, column, below, column))
                merged |= {row, below}
        changed.append(replace(each, cells=cells, merges=tuple(merges)))
    assert understood(changed) == understood(sample()[:5])


def test_merged_cells_may_be_written_out():
    changed = []
    for each in sample():
        cells = dict(each.cells)
        down = [area for area in each.merges if area[2] > area[0] and area[1] == area[3] and area[1] > 2]
        for top, column, bottom, _right in down:
            cells.update({(row, column): each.own(top, column) for row in range(top, bottom + 1)})
        kept = tuple(area for area in each.merges if area not in down)
        changed.append(replace(each, cells=cells, merges=kept))
    assert any(len(new.cells) > len(old.cells) for new, old in zip(changed, sample(), strict=True))
    assert understood(changed) == plainly()


@SETTING
@given(st.integers(6, 44), st.booleans())
def test_a_header_printed_again_changes_nothing(place, marked):
    changed = []
    for each in sample()[:5]:
        top = header_row(each)
        inside = any(t < place <= b for t, left, b, _r in each.merges if left > 0)
        if inside or place <= top:
            changed.append(each)
            continue
        sheet = moved(each, lambda row: row + 2 * (row >= place))
        again = {(place + 1, column): text for (row, column), text in each.cells.items() if row == top}
        mark = {(place, 1): "续表" if marked else each.own(2, 1)}
        changed.append(replace(sheet, cells={**sheet.cells, **mark, **again}))
    assert understood(changed) == understood(sample()[:5])


@given(st.permutations(range(6)))
@SETTING
def test_the_order_of_the_sheets_changes_nothing_but_the_order(order):
    assert understood([sample()[place] for place in order]) == plainly()


@given(st.permutations(range(6)), st.integers(0, 2))
@SETTING
def test_all_annexes_stacked_in_one_sheet(order, gap):
    cells, merges, below = {}, [], 0
    for each in (sample()[place] for place in order):
        cells.update({(row + below, column): text for (row, column), text in each.cells.items()})
        merges.extend((t + below, left, b + below, r) for t, left, b, r in each.merges)
        below += max(each.rows) + gap
    stacked = Sheet("全部", cells, tuple(merges))
    rows, indicators, titles, questions = understood([stacked])
    plain = plainly()
    assert (rows, indicators, questions) == (plain[0], plain[1], plain[3])
    assert [(number, title) for number, title, _notes in titles] == [(number, title) for number, title, _ in plain[2]]


def test_the_indicators_may_lie_on_their_side():
    each = sample()[5]
    turned = replace(
        each,
        cells={(column, row): text for (row, column), text in each.cells.items() if row > 3},
        merges=tuple((left, t, r, b) for t, left, b, r in each.merges if 3 < t < 23),
    )
    with_note = replace(turned, cells={**turned.cells, (30, 1): each.own(23, 1)})
    _rows, indicators, _titles, _questions = understood([*sample()[:5], with_note])
    assert [each.targets for each in indicators] == [each.targets for each in plainly()[1]]
    assert [(each.group, each.name, each.unit) for each in indicators] == [
        (each.group, each.name, each.unit) for each in plainly()[1]
    ]
