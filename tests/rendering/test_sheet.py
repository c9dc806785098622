"""Measured on the printed page: GB/T 9704 type area, pitch, page numbers, no overprinting, places for signatures."""

from dataclasses import replace
from itertools import groupby, pairwise

import pypdfium2
import pytest

from desktop_app.model.report import Role
from desktop_app.rendering import render_report
from desktop_app.rendering.blocks import Text
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import A4, LANDSCAPE, PORTRAIT
from desktop_app.rendering.press import Imprint, press
from desktop_app.rendering.styles import BODY_FLUSH, BODY_WIDTH, MM

CODE = "3F2A-9C01-77AB-0D4E"


def characters(pdf, index):
    """(character, left, bottom, right, top) of one page, in points on the unturned sheet."""
    page = pypdfium2.PdfDocument(pdf)[index].get_textpage()
    found = []
    for place in range(page.count_chars()):
        text = page.get_text_range(place, 1)
        if text.strip():
            found.append((text, *page.get_charbox(place)))
    return found


@pytest.fixture(scope="module")
def full_page():
    flow = Flow()
    flow.begin(PORTRAIT)
    flow.add(Text.of("国" * 28 * 22, BODY_FLUSH, BODY_WIDTH))
    assert len(flow.pages) == 1
    return characters(press(flow.pages, Imprint("甲", CODE, "题", "者", "", "", draft=False)).pdf, 0)


def test_a_full_page_is_22_lines_of_28_characters_in_the_type_area(full_page):
    body = [found for found in full_page if found[0] == "国"]
    rows = [list(group) for _y, group in groupby(body, key=lambda found: round(found[2], 1))]
    assert [len(row) for row in rows] == [28] * 22
    pitches = {round(upper[0][2] - lower[0][2], 2) for upper, lower in pairwise(rows)}
    assert pitches <= {28.98, 28.99, 29.0}
    steps = [right[1] - left[1] for left, right in pairwise(rows[0])]
    assert sum(steps) / len(steps) == pytest.approx(15.79, abs=0.01)
    assert min(found[1] for found in body) >= 28 * MM - 0.1
    assert max(found[3] for found in body) <= A4[0] - 26 * MM + 0.1
    assert max(found[4] for found in body) <= A4[1] - 37 * MM + 0.1
    assert min(found[2] for found in body) >= 35 * MM - 0.1


def test_page_numbers_stand_seven_millimetres_below_odd_right_even_left(report):
    pdf = render_report(report, CODE).pdf
    for index in (0, 1, 2, 3):
        number = [found for found in characters(pdf, index) if found[2] < 28 * MM + 1 and found[0] in "—0123456789"]
        assert "".join(found[0] for found in number) == f"—{index + 1}—"
        assert max(found[4] for found in number) <= 28 * MM
        if index % 2:
            assert number[0][1] == pytest.approx(28 * MM + 14, abs=1.5)
        else:
            assert number[-1][3] == pytest.approx(A4[0] - 26 * MM - 14, abs=1.5)


def test_the_task_table_lies_on_turned_pages_with_its_head_at_the_left_edge(report):
    document = pypdfium2.PdfDocument(render_report(report, CODE).pdf)
    turned = [index for index in range(len(document)) if document[index].get_rotation() == 90]
    assert turned == list(range(turned[0], turned[-1] + 1))
    for index in turned:
        assert document[index].get_mediabox() == pytest.approx((0, 0, *A4), abs=0.01)
        text = document[index].get_textpage().get_text_range()
        assert text.count("进展状态") == text.count("完成时限") == text.count("每项任务之下") in (1, 2)
        found = {name: box for name, *box in reversed(characters(render_report(report, CODE).pdf, index))}
        assert found["序"][0] < 28 * MM + 45  # the head row is nearest to the sheet's left edge


def test_no_two_characters_lie_upon_each_other(report):
    long = "很长的单位名称" * 4
    crowded = replace(report, unit=replace(report.unit, name=long), people=replace(report.people, preparer=long * 2))
    pdf = render_report(crowded, CODE).pdf
    for index in range(len(pypdfium2.PdfDocument(pdf))):
        middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for _c, *box in characters(pdf, index)]
        cells = {}
        for x, y in middles:
            cells.setdefault((round(x), round(y)), []).append((x, y))
        near = [
            (here, other)
            for (column, row), inside in cells.items()
            for here in inside
            for step in ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))
            for other in cells.get((column + step[0], row + step[1]), ())
            if here is not other and abs(here[0] - other[0]) < 1.0 and abs(here[1] - other[1]) < 1.0
        ]
        assert not near


def test_everything_but_furniture_is_inside_the_type_area(report):
    pdf = render_report(report, CODE).pdf
    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        left, right, low, high = 28 * MM, A4[0] - 26 * MM, 35 * MM, A4[1] - 37 * MM
        if document[index].get_rotation():
            left -= 15 * MM  # the furniture of a turned page
        else:
            high += 15 * MM
        body = [found for found in characters(pdf, index) if found[2] > 29 * MM]
        assert all(left - 1 <= found[1] and found[3] <= right + 1 for found in body)
        assert all(low - 1 <= found[2] and found[4] <= high + 1 for found in body)


def test_places_for_signatures_are_empty_and_on_an_unturned_page(report):
    made = render_report(report, CODE)
    assert set(made.boxes) == set(Role)
    page = pypdfium2.PdfDocument(made.pdf)[made.boxes[Role.PREPARER].page]
    assert page.get_rotation() == 0
    for box in made.boxes.values():
        assert box.x2 - box.x1 > 150
        assert box.y2 - box.y1 > 40
        inside = [
            found for found in characters(made.pdf, box.page)
            if found[3] > box.x1 and found[1] < box.x2 and found[4] > box.y1 and found[2] < box.y2
        ]  # fmt: skip
        assert inside == []


def test_the_seal_on_the_letter_has_fifty_millimetres(report):
    pdf = render_report(report, CODE).pdf
    document = pypdfium2.PdfDocument(pdf)
    last = max(index for index in range(3) if document[index].get_rotation() == 0)
    marks = characters(pdf, last)
    texts = "".join(found[0] for found in marks)
    start = texts.index("北京市朝阳区人民政府2023年4月3日")
    name = marks[start : start + len("北京市朝阳区人民政府2023年4月3日")]
    centre = (min(found[1] for found in name) + max(found[3] for found in name)) / 2
    others = marks[:start] + marks[start + len(name) :]
    column = [found for found in others if found[3] > centre - 25 * MM and found[1] < centre + 25 * MM]
    above = min(found[2] for found in column if found[2] > name[0][2])
    below = max(found[4] for found in column if found[4] < name[-1][2])
    assert above - below >= 50 * MM


def test_a_table_goes_on_under_its_head_and_no_row_is_lost():
    from desktop_app.rendering.blocks import row
    from desktop_app.rendering.styles import CELL, HEAD

    flow = Flow()
    flow.begin(LANDSCAPE)
    head = [row(["甲栏", "乙栏"], [100.0, 500.0], HEAD)]
    rows = [row([str(number), "长文本" * (number * 40)], [100.0, 500.0], CELL) for number in range(1, 31)]
    flow.table(head, rows)
    assert all([words.text for words in page.words[:2]] == ["甲栏", "乙栏"] for page in flow.pages)
    whole = "".join(words.text for page in flow.pages for words in page.words[2:])
    assert whole == "".join(f"{number}" + "长文本" * (number * 40) for number in range(1, 31))
    bottom = LANDSCAPE.top - LANDSCAPE.body_height
    assert all(frame.y >= bottom - 0.01 for page in flow.pages for frame in page.frames)
    assert all(min(words.y for words in page.words) >= bottom for page in flow.pages)


@pytest.mark.parametrize("count", range(1, 9))
def test_a_text_is_parted_with_two_lines_on_either_side_or_not_at_all(count):
    text = Text.of("国" * 28 * count, BODY_FLUSH, BODY_WIDTH)
    leading = BODY_FLUSH.leading
    for lines in range(count + 1):
        parts = text.split(lines * leading + 1.0)
        if parts is None:
            assert lines < 2 or count < 4
        else:
            above, below = (len(part.lines) for part in parts)
            assert above + below == count
            assert 2 <= above <= max(2, lines)
            assert below >= 2
