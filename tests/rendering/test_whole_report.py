"""Every word of a big report comes back, whatever was written; nothing overprints and nothing leaves its page."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.errors import ClerkError
from desktop_app.model.entry import Entry, Status
from desktop_app.model.report_body import ReportTask
from desktop_app.rendering import Edition, render_report
from desktop_app.rendering.document import render_report as again
from desktop_app.rendering.faces import KAI, face, unprintable
from tests.rendering.conftest import squashed
from tests.rendering.geometry import outside, overprinted, pieces, read_aloud

CODE = "3F2A-9C01-77AB-0D4E"
STANDARD = "".join(
    line for line in (Path(__file__).with_name("standard-characters.txt")).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)  # fmt: skip
FIELDS = ("narrative", "problems", "next_steps", "coordination")
SYMBOLS = "PM₂.₅浓度30μg/m³，O₃、NOₓ、CO₂，12㎡，≤5%，①※☑"


def big(report, count):
    """A report of so many tasks, whose texts go through all standard characters again and again."""
    dice = random.Random(8105)  # noqa: S311
    supply = (STANDARD * (1 + count * 200 // len(STANDARD))).__iter__()

    def text(length):
        return "".join(next(supply) + ("，" if dice.random() < 0.08 else "") for _place in range(length)) + "。"

    tasks, entries = [], []
    for place in range(count):
        base = report.tasks[place % len(report.tasks)]
        task_id = f"{1 + place // 100}-{1 + place % 100}"
        task = replace(base.task, id=task_id, annex=1 + place // 100, number=str(1 + place % 100), measure=text(40))
        tasks.append(ReportTask(task, f"第{1 + place // 100}类", required=True))
        texts = {field: text(length) for field, length in zip(FIELDS, (70, 20, 20, 10), strict=True)}
        texts["narrative"] += SYMBOLS
        entries.append(Entry(task_id, Status.ON_TRACK, **texts))
    return replace(report, tasks=tuple(tasks), entries=tuple(entries), evidence=(), findings=())


def test_the_table_of_characters_is_whole():
    assert len(STANDARD) == len(set(STANDARD)) == 8105
    assert sum(character > "\uffff" for character in STANDARD) == 196


def test_five_hundred_tasks_with_every_standard_character_come_back(report, extracted):
    many = big(report, 500)
    made = render_report(many, CODE)
    found = extracted(made.pdf, "-raw")
    assert set(STANDARD) <= set("".join(getattr(entry, field) for entry in many.entries for field in FIELDS))
    lost = [
        (entry.task_id, field)
        for entry in many.entries for field in FIELDS if squashed(getattr(entry, field)) not in found
    ]  # fmt: skip
    assert lost == []
    assert [item.task.id for item in many.tasks if squashed(item.task.measure) not in found] == []


def test_the_check_for_overprinting_can_fail(report):
    from desktop_app.rendering.flow import Flow
    from desktop_app.rendering.page import PORTRAIT, Words
    from desktop_app.rendering.press import Imprint, press

    flow = Flow()
    flow.begin(PORTRAIT)
    for shift in (0.0, 6.0):
        flow.page.words.append(Words(100.0 + shift, 400.0, "国国", "fangsong", 16.0, 0.0))
    flow.page.words.append(Words(20.0, 400.0, "国", "fangsong", 16.0, 0.0))
    pdf = press(flow.pages, Imprint("甲", CODE, "题", "者", "", "", draft=False)).pdf
    assert [(one.text, other.text) for one, other in overprinted(pdf)] == [("国国", "国国")]
    assert [piece.text for piece in outside(pdf)] == ["国"]
    assert round(next(piece for piece in pieces(pdf) if piece.text == "国国").right, 1) == 132.0


@pytest.mark.parametrize(
    ("field", "length"), [("narrative", 650), ("narrative", 900), ("problems", 900), ("coordination", 10_000)]
)
def test_texts_of_any_length_are_whole_and_overprint_nothing(report, field, length):
    text = "".join(f"第{number}段：酒仙桥、望京两个街道发函，PM₂.₅降至30μg/m³。" for number in range(700))[:length]
    entries = (replace(report.entries[0], **{field: text}), *report.entries[1:])
    made = render_report(replace(report, entries=entries), CODE)
    assert overprinted(made.pdf) == []
    assert outside(made.pdf) == []
    assert ("TD", text) in read_aloud(made.pdf)  # in one piece: no furniture, no repeated head between


KNOWN = sorted(character for character in face(KAI).glyphs if unprintable(character) == "")
LETTERS = st.sampled_from(KNOWN) | st.sampled_from("市污染防治，。“”（）《》——……\n\t 。”）0123456789.%吨PM₂.₅")


@st.composite
def wild(draw):
    """A text of whatever can be printed, with runs that no line takes; now and then of whatever cannot."""
    pieces = draw(st.lists(st.text(LETTERS, max_size=60) | st.sampled_from(["A" * 300, "1" * 200, "，" * 150, "（" * 90,
                           "—" * 120, "https://example.invalid/" + "x" * 90, " " * 80]), max_size=8))  # fmt: skip
    return "".join(pieces) + draw(st.sampled_from(["", "", "", "", "😀", "\x07"]))


def fuzz(report, texts):
    """Either refused in a sentence, or printed without overprinting and within the sheet."""
    first = replace(report.entries[0], **dict(zip(FIELDS, texts[:4], strict=True)))
    finding = replace(report.findings[0], message=texts[4], explanation=texts[5])
    title = replace(
        report.tasks[0], annex_title=texts[6][:80], task=replace(report.tasks[0].task, title=texts[7][:200])
    )
    small = replace(report, entries=(first,), tasks=(title,), findings=(replace(finding, task="1-1"),))
    try:
        made = render_report(small, CODE)
    except ClerkError:
        return
    assert overprinted(made.pdf) == []
    assert outside(made.pdf) == []
    assert again(small, CODE).pdf == made.pdf
    again(small, CODE, edition=Edition.TASK, task_id="1-1")


QUICK = (Phase.explicit, Phase.generate)  # a failure is shown as it was found: to shrink it would take minutes
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@given(st.lists(wild(), min_size=8, max_size=8))
@settings(max_examples=12, deadline=None, suppress_health_check=CALM, phases=QUICK)
def test_wild_texts_never_crash_or_overflow(report, texts):
    fuzz(report, texts)


@pytest.mark.long
@given(st.lists(wild(), min_size=8, max_size=8))
@settings(max_examples=1000, deadline=None, suppress_health_check=CALM)
def test_a_campaign_of_wild_texts(report, texts):
    fuzz(report, texts)
