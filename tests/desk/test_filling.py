"""A progress file in: what cannot be taken is named, and a row is taken whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.desk import fill_month
from desktop_app.desk.demo import MARCH
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month, set_people
from desktop_app.desk.save_entry import read_value
from desktop_app.errors import ClerkError
from desktop_app.language import speaking
from desktop_app.model.entry import Status
from desktop_app.model.report import People

Write = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        file = tmp_path / "进展.json"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def one(written: Write, **row: Any) -> Path:
    return written(json.dumps({"entries": [row]}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"entries": [{"annex": 3, "seq": 9, "this_month": 1, "this_month": 2}]}', "「this_month」写了两次"),
        (
            '{"entries": [{"annex": 3, "seq": 9, "this_month": 1e99999999999999999999}]}',
            "「1e99999999999999999999」不是能用的数",
        ),
        ('{"entries": [{"annex": 3, "seq": 9, "narrative": "\\ud800"}]}', "不是有效的 JSON"),
        ('{"plan_year": 2022, "entries": []}', "2022年计划"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_whole(
    sample_desk: Desk, written: Write, text: str, words: str
) -> None:
    before = open_month(sample_desk, MARCH).rows
    with pytest.raises(ClerkError, match=words):
        fill_month.fill(sample_desk, MARCH, written(text))
    assert open_month(sample_desk, MARCH).rows == before


def test_numbers_as_spreadsheets_write_them_name_the_task(sample_desk: Desk, written: Write) -> None:
    done = fill_month.fill(sample_desk, MARCH, one(written, annex=3.0, seq=9.0, problems="缺少人手"))
    assert (done.filled, done.refused) == (1, ())
    assert open_month(sample_desk, MARCH).row("3-9").entry.problems == "缺少人手"


def test_a_row_that_names_two_tasks_is_taken_for_neither(sample_desk: Desk, written: Write) -> None:
    before = open_month(sample_desk, MARCH).rows
    done = fill_month.fill(sample_desk, MARCH, one(written, task="3-6", annex=3, seq=9, problems="缺少人手"))
    assert done.filled == 0
    assert "3-6、3-9" in done.refused[0].reason
    assert open_month(sample_desk, MARCH).rows == before


def test_a_row_whose_evidence_is_missing_is_left_as_it_was(sample_desk: Desk, written: Write) -> None:
    before = open_month(sample_desk, MARCH).rows
    file = one(written, task="3-9", problems="缺少人手", evidence=["没有.pdf", "进展.json"])
    done = fill_month.fill(sample_desk, MARCH, file)
    assert [(row.task, row.field) for row in done.refused] == [("3-9", "evidence")]
    assert done.filled == 0
    assert open_month(sample_desk, MARCH).rows == before


def test_the_words_that_a_refusal_offers_are_taken() -> None:
    with speaking("en"):
        with pytest.raises(ClerkError) as refused:
            read_value("status", "flying")
        offered = refused.value.advice.partition(": ")[2].rstrip(".").replace("、", ", ").split(", ")
        assert [read_value("status", word) for word in offered] == list(Status)


def test_half_a_character_is_refused_by_name() -> None:
    with pytest.raises(ClerkError, match="「本月进展」里有残缺的字符"):
        read_value("narrative", "进展\ud83d")
    assert read_value("narrative", "进展😀") == "进展😀"


@pytest.mark.parametrize("people", [People(preparer="王喆\n李堃"), People(phone="0" * 61)])
def test_the_foot_of_the_form_holds_names_and_numbers(sample_desk: Desk, people: People) -> None:
    with pytest.raises(ClerkError, match="不像姓名或电话"):
        set_people(sample_desk, people)
