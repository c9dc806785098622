"""Where a summary's sentences come from: its marks are held against what the months say."""

import pytest

from desktop_app.checks.provenance import Origin, is_heading, mark, sentences, sourced

SAID = {
    ("2-4", 3): "抽查汽修企业31家，累计58家；不合格样品已移送。\n无",
    ("2-4", 4): "抽查汽修企业10家。不合格样品已移送。",
    ("2-9", 3): "新增货车100辆。",
}
FIGURES = ("截至4月底，累计完成68家。",)


def origins(*lines: str) -> list[Origin]:
    return [each.origin for each in sourced("\n".join(("题目", "（一）治理（2-4）", *lines)), SAID, FIGURES)]


def test_a_months_own_words_are_known_whatever_their_marks_and_blanks() -> None:
    assert origins("抽查汽修企业31家，累计58家；不合格样品已移送。〔3月〕") == [Origin.VERBATIM]
    assert origins("　抽查汽修企业 31 家, 累计58家。〔3月〕") == [Origin.VERBATIM]
    assert origins("不合格样品已移送。〔3月、4月〕") == [Origin.VERBATIM]
    assert origins("截至4月底，累计完成68家。〔4月〕") == [Origin.FIGURES]


@pytest.mark.parametrize(
    "line",
    [
        "抽查汽修企业32家，累计58家。〔3月〕",
        "抽查汽修企业31家，累计58家。〔4月〕",
        "抽查汽修企业31家，累计58家。〔3月、4月〕",
        "新增货车100辆。〔3月〕",
        "抽查汽修企业10家。〔5月〕",
        "截至4月底，累计完成69家。〔4月〕",
    ],
)
def test_one_figure_month_or_task_off_is_no_longer_the_months_word(line: str) -> None:
    assert origins(line) == [Origin.CHANGED]


def test_what_has_no_mark_is_the_writers_own() -> None:
    assert origins("抽查汽修企业31家，累计58家。", "成效显著。") == [Origin.OWN, Origin.OWN]
    assert origins("抽查汽修企业10家。〔4月〕成效显著。") == [Origin.VERBATIM, Origin.OWN]
    assert origins("成效显著。抽查汽修企业10家。〔4月〕") == [Origin.CHANGED, Origin.VERBATIM]


def test_headings_blank_lines_and_the_title_are_no_sentences() -> None:
    assert sourced("2023年工作总结。\n一、总体情况\n\n（一）治理（2-4）\n　", SAID, FIGURES) == ()


def test_a_clerks_own_numbering_is_no_heading() -> None:
    assert is_heading("一、总体情况")
    assert is_heading("（十二）治理（2-4）")
    assert not is_heading("一、完成了治理。〔3月〕")
    assert not is_heading("一是完成了治理")


def test_a_document_number_is_no_mark() -> None:
    (found,) = sourced("题目\n按照京政办发〔2023〕4号推进。", SAID, FIGURES)
    assert (found.origin, found.text) == (Origin.OWN, "按照京政办发〔2023〕4号推进。")


def test_sentences_keep_their_closing_marks() -> None:
    assert list(sentences("他说“好。”完成了！\n还有吗？没有")) == ["他说“好。”", "完成了！", "还有吗？", "没有"]
    assert mark([3, 11]) == "〔3月、11月〕"
