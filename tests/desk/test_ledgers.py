"""A year's ledgers: refusals, weights, what counts and what does not."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.desk import history, ledger, settings, timeliness
from desktop_app.desk.correct import correct
from desktop_app.desk.desk import Desk
from desktop_app.desk.ledger_facts import BookFacts
from desktop_app.desk.open_book import create
from desktop_app.desk.save_entry import save
from desktop_app.desk.signed_months import signed_months
from desktop_app.desk.weights import Weights
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.exchange.pdfium import opened
from desktop_app.language import speaking
from desktop_app.model.ledger import LEDGER_WORDS, Ledger, LedgerKind, Sheet, totals
from desktop_app.model.period import Period
from tests import sample_year
from tests.rendering import pdfa_lint_pages, pdfa_lint_strings  # noqa: F401 - enter their rules
from tests.rendering.pdfa_lint import lint

PERFORMANCE, TIMELINESS = LedgerKind.PERFORMANCE, LedgerKind.TIMELINESS


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = sample_year.year_desk(tmp_path)
    yield made
    made.close()


def main_sheet(desk: Desk, kind: LedgerKind, **more: bool) -> Sheet:
    return ledger.ledger(desk, sample_year.YEAR, kind, **more).sheets[0]


@pytest.mark.parametrize("kind", list(LedgerKind))
def test_a_year_without_signed_months_has_no_ledger(tmp_path: Path, kind: LedgerKind) -> None:
    desk = create(tmp_path / "book.yuebao", sample_year.UNIT, today=date(2024, 1, 10))
    with pytest.raises(ClerkError, match="2023年还没有签署完毕的月报"):
        ledger.write(desk, 2023, kind, tmp_path / "l.xlsx")
    desk.close()
    assert not (tmp_path / "l.xlsx").exists()


def test_a_draft_changes_no_ledger_until_it_is_signed(desk: Desk) -> None:
    before = [ledger.ledger(desk, 2023, kind) for kind in LedgerKind]
    correct(desk, Period(2023, 12), "数字复核后更正。")
    save(desk, Period(2023, 12), "2-4", {"cumulative": "999", "problems": "新的问题"})
    assert [ledger.ledger(desk, 2023, kind) for kind in LedgerKind] == before


def test_data_that_do_not_fit_the_check_code_are_not_used(desk: Desk) -> None:
    path = desk.book_path
    desk.close()
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        raw.execute(f'drop trigger "{name}"')
    (data,) = raw.execute("select data from sealed order by month_id desc limit 1").fetchone()
    forged = data.replace(b'"cumulative":"124"', b'"cumulative":"125"')
    assert forged != data
    raw.execute(
        "update sealed set data = ?, data_digest = ? where data = ?", (forged, sha256(forged).hexdigest(), data)
    )
    raw.commit()
    raw.close()
    again = sample_year.open_desk(path, today=sample_year.AFTER)
    with pytest.raises(WorldError, match="另存的数据与校验码"):
        signed_months(again, 2023)
    again.close()


def test_weights_are_the_unit_s_own_and_stand_on_the_ledger(desk: Desk) -> None:
    assert [weight for _key, _label, weight in main_sheet(desk, PERFORMANCE).constants] == [60, 20, 20]
    before = main_sheet(desk, PERFORMANCE).values("score")
    settings.change(desk, "weights.on_time", "0")
    settings.change(desk, "weights.first_pass", "39.5")
    found = ledger.ledger(desk, 2023, PERFORMANCE)
    assert [weight for _key, _label, weight in found.sheets[0].constants] == [60, 0, Decimal("39.5")]
    assert "按时报送×0＋一次通过×39.5" in found.notes[1]
    assert found.sheets[0].values("score") != before
    assert found.sheets[0].values("score")[0] == 100, "the late month no longer counts"


def test_the_history_calls_the_same_months_late_as_the_ledger(desk: Desk) -> None:
    months = signed_months(desk, 2023)
    record = timeliness.record(BookFacts(desk, 2023, months), 2023, months)
    told = history.months_of(desk, 2023)
    assert {row.period for row in told if row.month_on_time is False} == {row.period for row in record if row.days_late}
    assert any(row.on_time is False and row.month_on_time for row in told), "a correction came after the last day"


@pytest.mark.parametrize("value", ["-1", "100.5", "1e2", "", "6O", "60.25", "９", "NaN"])
def test_what_is_no_weight_is_refused(desk: Desk, value: str) -> None:
    with pytest.raises(UsageError, match="不是权重"):
        settings.change(desk, "weights.progress", value)


def test_something_must_weigh(desk: Desk) -> None:
    for part in ("on_time", "first_pass"):
        settings.change(desk, f"weights.{part}", "0")
    with pytest.raises(UsageError, match="不能都是 0"):
        settings.change(desk, "weights.progress", "0")


def test_a_score_counts_only_what_can_be_judged() -> None:
    weights = Weights()
    assert weights.score((Decimal(50), None, Decimal(100))) == Decimal("62.5")
    assert weights.score((None, None, None)) is None
    assert Weights(Decimal(60), Decimal(0), Decimal(0)).score((None, Decimal(9), Decimal(9))) is None
    assert weights.score((Decimal("86.1"), Decimal("91.7"), Decimal("91.7"))) == Decimal("88.3")
    assert Weights(Decimal(1), Decimal(1), Decimal(0)).score((Decimal("0.1"), Decimal("0.2"), None)) == Decimal("0.2")


def test_all_tasks_that_the_unit_owns_on_demand(desk: Desk) -> None:
    assert "另有 5 项" in ledger.ledger(desk, 2023, PERFORMANCE).notes[-1]
    every = ledger.ledger(desk, 2023, PERFORMANCE, every=True)
    assert every.sheets[0].values("id") == ("1-11", "1-12", "2-4", "2-9", "2-12", "2-15", "2-16", "2-19", "5-12")
    assert "另有" not in "".join(every.notes)
    progress = dict(zip(every.sheets[0].values("id"), every.sheets[0].values("progress"), strict=True))
    assert (progress["2-15"], progress["2-16"], progress["2-19"]) == (0, 100, 100)


def test_the_months_so_far_are_judged_by_the_schedule_so_far(tmp_path: Path) -> None:
    """Half a year: what is due by then counts, and what is due since and not signed is on the record."""
    desk = sample_year.year_desk(tmp_path, today=date(2024, 3, 1))
    months = signed_months(desk, 2023)[:6]
    facts = BookFacts(desk, 2023, months)
    found = ledger.ledger_of(facts, 2023, PERFORMANCE, months, every=True).sheets[0]
    at = found.values("id").index("2-12")
    assert (found.values("scheduled")[at], found.values("percent")[at]) == (Decimal("50.0"), Decimal("28.9"))
    assert found.values("gap")[at] == Decimal("-21.1")
    assert found.values("progress")[at] == Decimal("57.8")
    record = ledger.ledger_of(facts, 2023, TIMELINESS, months).sheets[0]
    assert record.values("standing")[6:] == ("逾期未报",) * 6
    assert record.values("check_code")[6:] == ("",) * 6
    assert record.values("days_late")[-1] == (date(2024, 3, 1) - date(2024, 1, 4)).days
    desk.close()


def test_a_report_carried_by_hand_counts_from_the_day_its_receipt_says(desk: Desk) -> None:
    """Nobody noted when it was handed in: the receipt knows when it was there."""
    path = desk.book_path
    desk.close()
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        raw.execute(f'drop trigger "{name}"')
    raw.execute("update month set handed_in_at = null where period in ('2023-01', '2023-02')")
    raw.commit()
    raw.close()
    again = sample_year.open_desk(path, today=sample_year.AFTER)
    january, february = signed_months(again, 2023)[:2]
    assert january.first_handed_in.date() == date(2023, 2, 2)
    assert february.first_handed_in is None, "no receipt, no note: nobody knows"
    assert main_sheet(again, TIMELINESS).values("standing")[:2] == ("按时", "逾期未报")
    again.close()


def test_commands_answer_with_rows_totals_and_sources(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    path = str(desk.book_path)
    desk.close()
    day = ["--book", path, "--today", "2024-01-10", "--json"]
    assert main(["ledger", "2023", "--kind", "inspection", "--out", str(tmp_path / "d.xlsx"), *day]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["path"], found["kind"], len(found["rows"])) == (str(tmp_path / "d.xlsx"), "inspection", 6)
    assert (found["totals"], found["counts"]) == ({"item": "6", "months_open": "37"}, {"挂账中": 2, "待销号": 4})
    assert [row["period"] for row in found["sources"]] == [str(period) for period in sample_year.PERIODS]
    assert main(["item", "close", "p-2023-01-2-12", "--evidence", "已核查办结。", "--by", "李堃", *day]) == 0
    assert json.loads(capsys.readouterr().out)["closing"]["by"] == "李堃"
    assert main(["item", "list", "2023", "--open", *day]) == 0
    assert len(json.loads(capsys.readouterr().out)["items"]) == 5
    assert main(["item", "reopen", "P-2023-01-2-12", "--reason", "复查没有通过。", *day]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "silent"
    assert main(["ledger", "2023", "--kind", "performance", *day[:-1]]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("1-12  ★交通领域  —  74%  正常推进  98.3  ") for line in lines)
    assert main(["journal", "--field", "listed:P-2023-01-2-12", *day[:-1]]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "挂账事项 P-2023-01-2-12：— → 销号 2023-06 2024-01-10 李堃：已核查办结。" in told[0]
    assert "→ 重新挂账 2023-06" in told[1]
    assert main(["ledger", "2023", "--kind", "performance", "--lang", "en", *day]) == 0
    english = json.loads(capsys.readouterr().out)
    assert english["weights"] == {"progress": "60", "on_time": "20", "first_pass": "20"}
    assert english["title"].endswith("Performance ledger")
    assert english["rows"][0]["score"] == "98.3"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ledger", "2023", "--kind", "绩效"], 2, "performance（绩效台账）"),
        (["ledger", "1999", "--kind", "problems"], 2, "不是报告的年份"),
        (["ledger", "2022", "--kind", "problems"], 1, "2022年还没有签署完毕的月报"),
        (["ledger", "2023", "--kind", "problems", "--out", "l.docx"], 2, ".xlsx 或 .pdf"),
        (["ledger", "2023", "--kind", "problems", "--out", "/proc/nowhere/l.xlsx"], 3, "写不了文件"),
        (["ledger", "2023"], 2, "--kind"),
        (["item", "close", "P-2023-01-2-12", "--by", "李"], 2, "--evidence"),
        (["item", "close", "X", "--by", "李", "--evidence", "已核查"], 1, "没有编号为「X」"),
        (["item", "list", "2021"], 1, "2021年还没有签署完毕的月报"),
    ],
)
def test_what_cannot_be_is_refused_by_a_sentence(
    desk: Desk, capsys: pytest.CaptureFixture, words: list[str], code: int, said: str
) -> None:
    path = str(desk.book_path)
    desk.close()
    assert main([*words, "--book", path, "--today", "2024-01-10"]) == code
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err


def test_totals_are_reckoned_over_what_is_there(desk: Desk) -> None:
    found: Ledger = ledger.ledger(desk, 2023, TIMELINESS)
    assert {column.key: value for column, value in totals(found.sheets[0])} == {
        "period": 12, "days_late": 2, "revisions": 14, "returned": 1, "remarked": 1,
    }  # fmt: skip


@pytest.mark.parametrize("kind", list(LedgerKind))
def test_paper_is_chinese_and_fit_for_an_archive(desk: Desk, tmp_path: Path, kind: LedgerKind) -> None:
    file = tmp_path / "ledger.pdf"
    with speaking("en"):
        ledger.write(desk, 2023, kind, file)
    data = file.read_bytes()
    assert lint(data) == []
    with opened(data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    flat = "".join(text.split())
    assert f"北京市交通委员会2023年{LEDGER_WORDS[kind]}" in flat
    assert all(month.check_code in flat for month in signed_months(desk, 2023))
