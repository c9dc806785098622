"""A summary drafted from the months' own words: traceable, editable, kept durably, handed on."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.checks.provenance import Origin
from desktop_app.cli.main import main
from desktop_app.desk import summary_draft, year_summary
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.signed_months import SignedMonth, signed_months
from desktop_app.desk.year_summary import Summary, keep, summary, write
from desktop_app.errors import ClerkError, UsageError
from desktop_app.exchange.pdfium import opened
from tests import sample_year
from tests import sample_year_words as words
from tests.ledger_files import data_of
from tests.rendering import pdfa_lint_pages, pdfa_lint_strings  # noqa: F401 - enter their rules
from tests.rendering.pdfa_lint import lint


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_year.year_book(tmp_path_factory.mktemp("year"))


@pytest.fixture
def desk(book: Path) -> Iterator[Desk]:
    made = open_desk(book, today=sample_year.AFTER)
    yield made
    made.close()


@pytest.fixture(scope="module")
def whole(book: Path) -> Summary:
    """The draft of the whole year."""
    desk = open_desk(book, today=sample_year.AFTER)
    try:
        return summary(desk, 2023, anew=True)
    finally:
        desk.close()


def test_every_sentence_of_a_draft_is_in_the_signed_file_that_it_names(whole: Summary) -> None:
    """Read from the PDFs themselves, the newest revision of each month, with pikepdf alone."""
    newest = {file.name.split("_")[1]: data_of(file) for file in sample_year.handed_in()}
    said = {
        (entry["task_id"], int(period[-2:])): "".join(str(entry.get(field, "")) for field in summary_draft.TEXT_FIELDS)
        for period, data in newest.items()
        for entry in data["entries"]
    }
    told = [each for each in whole.sentences if each.origin is Origin.VERBATIM]
    assert len(told) > 100
    assert set(whole.counts) == set(Origin)
    assert whole.counts[Origin.CHANGED] == whole.counts[Origin.OWN] == 0
    for each in told:
        for month in each.months:
            assert each.text.rstrip("。") in said[each.task, month], each


def test_the_figures_of_a_draft_are_the_last_signed_ones(whole: Summary) -> None:
    figures = [each for each in whole.sentences if each.origin is Origin.FIGURES]
    assert figures[0].text == "截至12月底，主责任务9项：正常推进1项，进度滞后1项，已完成6项，长期坚持1项。"
    for task in words.AMOUNTS:
        stated = next(each for each in figures if each.task == task)
        assert f"累计完成{words.totals(task)[-1].normalize():f}" in stated.text
        assert stated.months == (12,)


def test_the_half_year_ends_in_june_and_names_the_corrected_revision(desk: Desk) -> None:
    found = summary(desk, 2023, half=True)
    assert found.text.startswith("北京市交通委员会2023年上半年工作总结\n一、总体情况\n截至6月底")
    assert max(month for each in found.sentences for month in each.months) == 6
    assert [(each.period.month, each.revision) for each in found.sources][-1] == (6, 2)
    assert "累计完成0.53万辆" in found.text, "what the correction says"


def test_what_is_said_again_stands_once_with_all_its_months(desk: Desk) -> None:
    months = [
        _saying(month, f"逐月核对口径。第{month.period.month}次会商。逐月核对口径。")
        for month in signed_months(desk, 2023)[:3]
    ]
    text = summary_draft.drafted(months, "题").text
    about = text[text.index("（2-4）") : text.index("（2-9）")]
    assert about.count("逐月核对口径。") == 1
    assert "逐月核对口径。〔1月、2月、3月〕" in about
    assert "第2次会商。〔2月〕" in about


def _saying(month: SignedMonth, narrative: str) -> SignedMonth:
    entries = tuple(replace(entry, narrative=narrative) for entry in month.report.entries)
    return replace(month, report=replace(month.report, entries=entries))


def test_an_edited_text_is_kept_as_it_is_and_judged_again(desk: Desk) -> None:
    text = summary(desk, 2023, anew=True).text
    edited = text.replace("抽查汽修企业9家", "抽查汽修企业90家", 1) + "\n成效显著。\n\n　〔存疑〕😀 =1+1"
    journal = desk.book.read("select count(*) from journal")[0][0]
    at = keep(desk, 2023, edited)
    found = summary(desk, 2023)
    assert (found.text, found.kept_at) == (edited, at.replace(microsecond=0))
    assert (found.counts[Origin.CHANGED], found.counts[Origin.OWN]) == (1, 2)
    first = desk.book.read("select count(*) from journal")[0][0]
    keep(desk, 2023, edited.replace("成效显著", "成效较好"))
    assert desk.book.read("select count(*) from journal")[0][0] - first <= 2, "one piece and its date, not the whole"
    assert first > journal
    assert summary(desk, 2023, anew=True).text == text
    assert summary(desk, 2023, half=True).kept_at is None


@given(st.text(st.sampled_from("一、（）二甲乙。〔3月〕\n 十"), max_size=60))
def test_pieces_put_together_are_the_text(text: str) -> None:
    assert "\n".join(year_summary._pieces(text)) == text


def test_a_text_made_shorter_leaves_nothing_of_the_longer_one(desk: Desk) -> None:
    keep(desk, 2023, "题\n一、甲\n二、乙\n三、丙")
    keep(desk, 2023, "题\n一、甲")
    assert summary(desk, 2023).text == "题\n一、甲"
    keep(desk, 2023, "")
    assert summary(desk, 2023).text == "", "an emptied text is the writer's will"


def test_refusals_are_sentences(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="2022年还没有签署完毕的月报"):
        summary(desk, 2022)
    with pytest.raises(UsageError, match=r"总结不能存成 a\.doc"):
        write(desk, summary(desk, 2023), tmp_path / "a.doc")
    with pytest.raises(ClerkError, match="残缺的字符"):
        keep(desk, 2023, "甲\ud800")
    with pytest.raises(ClerkError, match="太长了"):
        keep(desk, 2023, "甲" * (year_summary.LONGEST + 1))
    (tmp_path / "gbk.txt").write_bytes("总结".encode("gbk"))
    with pytest.raises(ClerkError, match="不是 UTF-8"):
        year_summary.take(desk, 2023, tmp_path / "gbk.txt")
    empty = create(tmp_path / "e.yuebao", sample_year.UNIT, today=date(2023, 4, 1))
    (tmp_path / "a.txt").write_text("题", encoding="utf-8")
    with pytest.raises(ClerkError, match="2023年还没有签署完毕的月报"):
        year_summary.take(empty, 2023, tmp_path / "a.txt")
    empty.close()


def test_pages_and_text_say_the_same_with_every_source(desk: Desk, whole: Summary, tmp_path: Path) -> None:
    write(desk, whole, tmp_path / "s.pdf")
    write(desk, whole, tmp_path / "s.txt")
    assert lint((tmp_path / "s.pdf").read_bytes()) == []
    with opened((tmp_path / "s.pdf").read_bytes()) as document:
        pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    text = (tmp_path / "s.txt").read_bytes().decode("utf-8-sig")
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    assert "示例任务集" in pages[0]
    for source in whole.sources:
        assert source.check_code in text
        assert source.check_code in pages[-1] + pages[-2]
    assert "月报原文 124、数字取自签署数据 10" in text


def test_the_command_drafts_takes_back_and_hands_on(tmp_path: Path, capsys) -> None:
    argv = ["--book", str(sample_year.year_book(tmp_path / "copy")), "--today", "2024-01-10", "summary", "2023"]
    assert main([*argv, "--half", "--out", str(tmp_path / "s.txt"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["half"], document["kept"]) == (True, None)
    assert main([*argv, "--half", "--from", str(tmp_path / "s.txt"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == document["text"], "what was written out comes back as it was"
    assert document["counts"]["own"] == document["counts"]["changed"] == 0
    assert document["sentences"][1]["months"] == ["2023-06"]
    (tmp_path / "mine.txt").write_text(document["text"] + "\n成效显著。", encoding="utf-8-sig", newline="\r\n")
    assert main([*argv, "--half", "--from", str(tmp_path / "mine.txt"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["own"] == 1
    assert main([*argv, "--half", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == document["text"] + "\n成效显著。"
    assert main([*argv, "--half", "--anew", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == document["text"]
    assert main([*argv, "--anew", "--from", str(tmp_path / "mine.txt")]) == 2
    assert main([*argv, "--from", str(tmp_path / "none.txt")]) == 1
    assert "Traceback" not in capsys.readouterr().err
