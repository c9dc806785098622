"""The year so far, from a year's signed months: curves, forecasts, what will miss its date, and the files of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.cli.main import main
from desktop_app.desk import outlook_list
from desktop_app.desk.correct import correct
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import create
from desktop_app.desk.outlook import outlook, outlook_of, signed_until
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError, UsageError
from desktop_app.exchange.pdfium import opened
from desktop_app.model.entry import Entry
from desktop_app.model.outlook import NoForecast, Outlook, Standing, TaskOutlook
from desktop_app.model.period import Period
from desktop_app.model.report_body import Curve
from tests import sample_year
from tests import sample_year_words as words
from tests.rendering import pdfa_lint_pages, pdfa_lint_strings  # noqa: F401 - enter their rules
from tests.rendering.pdfa_lint import lint

AUGUST, DECEMBER = Period(2023, 8), Period(2023, 12)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = sample_year.year_desk(tmp_path_factory.mktemp("year"))
    yield made
    made.close()


def by_id(found: Outlook) -> dict[str, TaskOutlook]:
    return {task.id: task for task in found.tasks}


def text_of(file: Path) -> str:
    with opened(file.read_bytes()) as document:
        return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_every_amount_is_the_one_that_was_signed(desk: Desk) -> None:
    found = outlook(desk, 2023)
    assert [task.id for task in found.tasks] == list(words.AMOUNTS)
    assert (found.left, found.months, found.last, found.compared) == (2, 12, DECEMBER, None)
    for task in found.tasks:
        totals = words.totals(task.id)
        assert [each.cumulative for each in task.stated] == list(totals), task.id
        assert [point[0] for point in task.points] == list(range(1, 13))
        assert task.actual == totals[-1]
        assert task.forecast is None


def test_august_says_what_its_figures_say(desk: Desk) -> None:
    found = outlook(desk, 2023, through=AUGUST)
    tasks = by_id(found)
    assert [task.id for task in outlook_list.missing(found)] == ["2-12", "2-9"]
    behind = tasks["2-12"]
    amounts = [Decimal(word) for word in words.AMOUNTS["2-12"].split()[:8]]
    whole = sum(amounts)
    assert behind.forecast.mid == whole + whole * 4 / 8
    assert (behind.forecast.low, behind.forecast.high) == (whole + 4 * min(amounts), whole + 4 * max(amounts))
    assert behind.needed == Decimal("0.423"), "(3.5 - 1.81) / 4, rounded up"
    assert behind.beyond_fastest
    assert not tasks["2-9"].beyond_fastest
    assert (tasks["2-16"].standing, tasks["2-16"].why_not) == (Standing.DONE, NoForecast.DONE)
    assert (tasks["5-12"].standing, tasks["5-12"].why_not) == (Standing.OPEN, NoForecast.UNEVEN)
    assert tasks["5-12"].will_miss is None


def test_a_date_in_the_year_is_judged_in_its_own_month(desk: Desk) -> None:
    early = by_id(outlook(desk, 2023, through=Period(2023, 2)))["2-16"]
    assert (early.due_month, early.needed) == (9, Decimal("0.9"))
    assert early.why_not is NoForecast.FEW_MONTHS
    assert dict(early.schedule)[9] == 100


def test_a_date_that_is_over_is_missed(desk: Desk) -> None:
    missed = by_id(outlook(desk, 2023))["2-15"]
    assert (missed.standing, missed.needed, missed.will_miss) == (Standing.MISSED, None, True)


def test_a_draft_changes_nothing_until_it_is_signed(tmp_path: Path) -> None:
    desk = sample_year.year_desk(tmp_path)
    before = outlook(desk, 2023)
    correct(desk, DECEMBER, "数字复核后更正。")
    save(desk, DECEMBER, "2-4", {"cumulative": "999"})
    assert outlook(desk, 2023) == before
    desk.close()


def test_refusals_are_sentences(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="2022年还没有签署完毕的月报"):
        outlook(desk, 2022)
    with pytest.raises(ClerkError, match="2023年到 2022年12月 为止没有"):
        outlook(desk, 2023, through=Period(2022, 12))
    with pytest.raises(UsageError, match=r"不能存成 a\.doc"):
        outlook_list.write_list(desk, 2023, tmp_path / "a.doc")
    with pytest.raises(UsageError, match=r"不能存成 a\.xlsx"):
        outlook_list.write_chart(desk, 2023, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())
    empty = create(tmp_path / "e.yuebao", sample_year.UNIT, today=date(2023, 4, 1))
    with pytest.raises(ClerkError, match="2023年还没有签署完毕的月报"):
        outlook_list.write_list(empty, 2023, tmp_path / "a.xlsx")
    empty.close()


def test_the_list_is_a_workbook_and_pages_with_the_same_rows(desk: Desk, tmp_path: Path) -> None:
    outlook_list.write_list(desk, 2023, tmp_path / "l.xlsx", AUGUST)
    book = load_workbook(tmp_path / "l.xlsx")
    assert book.sheetnames == ["预计完不成的任务", "各项任务", "依据"]
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "任务编号")
    first = dict(zip(rows[head], rows[head + 1], strict=True))
    assert (first["任务编号"], first["累计完成"], first["以后每月需完成"]) == ("2-12", 1.81, 0.423)
    assert (first["年底最低"], first["年底中间"], first["年底最高"]) == (2.13, 2.715, 3.49)
    outlook_list.write_list(desk, 2023, tmp_path / "l.pdf", AUGUST)
    text = text_of(tmp_path / "l.pdf")
    for word in ("示例任务集", "2.715", "0.423", "照此进度完不成", "这不是概率区间", "没有与上年比较"):
        assert word in text, word


def test_every_curve_stands_on_one_page(desk: Desk, tmp_path: Path) -> None:
    outlook_list.write_chart(desk, 2023, tmp_path / "y.pdf", AUGUST)
    with opened((tmp_path / "y.pdf").read_bytes()) as document:
        assert len(document) == 1
    text = text_of(tmp_path / "y.pdf")
    for task in outlook(desk, 2023, through=AUGUST).tasks:
        assert task.id in text, task.id
    assert "U+" not in text
    assert "示例任务集" in text
    assert lint((tmp_path / "y.pdf").read_bytes()) == []


def test_the_command_says_it_in_json_with_decimal_strings(desk: Desk, tmp_path: Path, capsys) -> None:
    book = sample_year.year_book(tmp_path / "copy")
    argv = ["--book", str(book), "--today", "2024-01-10", "year", "2023", "--through", "2023-08"]
    assert main([*argv, "--json", "--out", str(tmp_path / "l.xlsx"), "--chart", str(tmp_path / "y.pdf")]) == 0
    document = json.loads(capsys.readouterr().out)
    tasks = {task["id"]: task for task in document["tasks"]}
    assert document["will_miss"] == ["2-12", "2-9"]
    assert tasks["2-9"]["forecast"] == {"low": "0.96", "mid": "1.14", "high": "1.24", "until_month": 12, "months": 8}
    assert (tasks["2-9"]["will_miss"], tasks["2-9"]["needed_per_month"]) == (True, "0.11")
    assert tasks["5-12"]["forecast"] is None
    assert tasks["5-12"]["no_forecast"] == "uneven"
    assert tasks["2-4"]["source"]["period"] == "2023-08"
    assert main(argv) == 0
    assert "到期前每月需 0.423万辆" in capsys.readouterr().out
    assert main([*argv[:4], "year", "23"]) == 2
    assert main([*argv[:6], "--through", "2023-13"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_curve_of_the_plans_own_is_not_reckoned_by_the_mean(desk: Desk) -> None:
    months = list(signed_until(desk, 2023, AUGUST))
    curve = Curve("2-9", tuple(Decimal(share) for share in (0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100)))
    report = replace(months[-1].report, checks=replace(months[-1].report.checks, curves=(curve,)))
    months[-1] = replace(months[-1], report=report)
    task = by_id(outlook_of(desk, 2023, months))["2-9"]
    assert (task.why_not, task.forecast, task.standing) == (NoForecast.OWN_CURVE, None, Standing.OPEN)
    assert dict(task.schedule)[4] == 20


def test_the_citys_amount_is_the_units_only_where_its_rate_says_so(desk: Desk) -> None:
    months = [
        replace(month, report=replace(month.report, entries=tuple(map(_half, month.report.entries))))
        for month in signed_until(desk, 2023, AUGUST)
    ]
    task = by_id(outlook_of(desk, 2023, months))["2-4"]
    assert (task.unit, task.target, task.actual) == ("%", 100, Decimal("40.85"))


def _half(entry: Entry) -> Entry:
    """A rate that is not the amount by the whole city's target."""
    return replace(entry, percent=entry.percent and entry.percent / 2)
