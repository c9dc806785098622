"""The bureau runs the very same catalogue: over the same bytes it finds what the unit found."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import assets, language
from desktop_app.checks import CATALOGUE_VERSION, Thresholds
from desktop_app.desk import bounds, bureau, make_report, settings, take_plan
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.demo import DAY
from desktop_app.desk.desk import Desk
from desktop_app.desk.fill_month import fill
from desktop_app.desk.month import open_month, set_people
from desktop_app.desk.open_book import create, create_bureau, open_desk
from desktop_app.desk.recheck import recheck
from desktop_app.errors import ClerkError
from desktop_app.exchange import report_json, to_report
from desktop_app.model.finding import Finding, Severity
from desktop_app.model.period import Period
from desktop_app.model.report import People
from desktop_app.model.report_body import CheckBasis, Report

MARCH = Period(2023, 3)
MONTHS = {
    "chaoyang": ("朝阳区政府", ("2023-02", "2023-03")),
    "tongzhou": ("通州区政府", ("2023-03",)),
    "jtw": ("市交通委", ("2023-03",)),
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A book for each unit of the samples, its months filled in."""
    folder, samples = tmp_path_factory.mktemp("books"), assets.path("samples")
    for name, (unit, months) in MONTHS.items():
        desk = create(folder / f"{name}.yuebao", unit, today=DAY)
        take_plan.import_plan(desk, samples / "plan-2023-sample.xlsx")
        set_people(desk, People("王喆", "", "李堃", "010-00000000"))
        for month in months:
            fill(desk, Period.parse(month), samples / f"progress-{name}-{month}.json")
        desk.close()
    return {name: folder / f"{name}.yuebao" for name in MONTHS}


@pytest.fixture(params=[(name, month) for name, (_unit, months) in MONTHS.items() for month in months])
def a_month(request, books: dict[str, Path], tmp_path: Path) -> Iterator[tuple[Desk, Period]]:
    name, month = request.param
    desk = open_desk(Path(shutil.copy(books[name], tmp_path / "book.yuebao")), today=DAY)
    yield desk, Period.parse(month)
    desk.close()


@pytest.fixture
def desk(sample_desk: Desk) -> Desk:
    return sample_desk


def sent(desk: Desk, period: Period) -> Report:
    """The report as it comes out of the embedded data at the other end."""
    with language.speaking("zh"):
        made = make_report.report(desk, open_month(desk, period))
    return to_report(json.loads(json.dumps(report_json(made))))


def unusual(desk: Desk, tmp_path: Path) -> None:
    """Other bounds than the default, and a schedule of its own."""
    file = tmp_path / "bounds.json"
    curve = [0, 0, 0, 10, 20, 30, 40, 50, 60, 70, 85, 100]
    data = {"thresholds": {"lag_measure": "ratio", "behind_ratio": 90}, "curves": {"4-3": curve, "2-23": curve}}
    file.write_text(json.dumps(data), encoding="utf-8")
    bounds.take(desk, file)


def test_same_bytes_same_findings(a_month: tuple[Desk, Period]) -> None:
    desk, period = a_month
    report = sent(desk, period)
    found = recheck(report, None)
    assert found.checked.findings == report.findings
    assert found.checked.unchecked == check(desk, period).unchecked
    assert found.notes == ()
    assert report.checks.catalogue == CATALOGUE_VERSION


def test_unusual_bounds_and_schedules_travel(a_month: tuple[Desk, Period], tmp_path: Path) -> None:
    desk, period = a_month
    before = check(desk, period).findings
    unusual(desk, tmp_path)
    report = sent(desk, period)
    found = recheck(report, None)
    assert found.checked.findings == report.findings
    assert [each.code for each in before] != [each.code for each in report.findings]
    assert dict(report.checks.thresholds) == {"lag_measure": "ratio", "behind_ratio": "90"}
    (first, *rest) = found.notes
    assert "「滞后（按比例）」90（本处 80）" in first
    assert len(rest) == bool(report.checks.curves)


def test_the_desk_says_where_its_own_bounds_differ(desk: Desk) -> None:
    report = sent(desk, MARCH)
    assert recheck(report, None, Thresholds()).notes == ()
    (note,) = recheck(report, None, Thresholds(behind=Decimal(5))).notes
    assert "「滞后」10（本处 5）" in note


def test_explanations_travel(desk: Desk) -> None:
    warning = next(each for each in check(desk, MARCH).findings if each.severity is Severity.WARNING)
    explain(desk, MARCH, warning.task, warning.code, "示例说明：三季度集中实施。")
    report = sent(desk, MARCH)
    assert recheck(report, None).checked.findings == report.findings
    assert any(each.explanation for each in report.findings)


def test_history_comes_from_the_report_and_a_difference_is_told(desk: Desk) -> None:
    february, march = sent(desk, Period(2023, 2)), sent(desk, MARCH)
    assert recheck(march, february).notes == ()
    other = tuple(
        replace(entry, cumulative=Decimal(1)) if entry.task_id == "3-9" else entry for entry in february.entries
    )
    found = recheck(march, replace(february, entries=other))
    assert found.checked.findings == march.findings
    assert "1 项不同：3-9" in found.notes[0]


def test_a_doctored_list_of_findings_is_noticed(desk: Desk) -> None:
    report = sent(desk, MARCH)
    less = tuple(finding for finding in report.findings if finding.code != "K301")
    assert "不一致" in recheck(replace(report, findings=less), None).notes[0]
    assert "不一致" in recheck(replace(report, findings=less), None, Thresholds(behind=Decimal(5))).notes[1]


def test_a_report_of_the_first_catalogue_is_checked_with_a_sentence(desk: Desk) -> None:
    old = replace(sent(desk, MARCH), checks=CheckBasis())
    found = recheck(old, sent(desk, Period(2023, 2)))
    assert {each.code for each in found.checked.findings} >= {"K301", "K302"}
    assert "第 1 版校验规则" in found.notes[0]
    assert "K301" not in {each.code for each in recheck(old, None).checked.findings}


def test_settings_of_the_language_do_not_matter(desk: Desk) -> None:
    report = sent(desk, MARCH)
    with language.speaking("en"):
        assert recheck(report, None).notes == ()


def test_a_settled_bound_is_what_the_next_check_uses(desk: Desk) -> None:
    def lags() -> list[Finding]:
        return [each for each in check(desk, MARCH).findings if each.code in ("S401", "S402")]

    before = len(lags())
    settings.change(desk, "thresholds.behind", "30")
    assert len(lags()) < before


def test_an_old_report_is_accepted_at_the_desk_with_a_sentence(tmp_path: Path) -> None:
    keepsakes = Path(__file__).resolve().parents[1] / "keepsakes"
    there = create_bureau(tmp_path / "bureau.yuebao", today=DAY)
    try:
        bureau.enrol(there, keepsakes / "unit-1.pem")
        received = bureau.receive(there, [keepsakes / "report-1.pdf"])
    finally:
        there.close()
    assert received.refused == ()
    (taken,) = received.taken
    assert f"报告按第 1 版校验规则校验，本处用的是第 {CATALOGUE_VERSION} 版" in taken.effect


@pytest.mark.parametrize("bounds", [(("behind", "-1"),), (("behnid", "5"),), (("behind", "NaN"),), (("behind", ""),)])
def test_a_report_with_senseless_bounds_is_refused_in_words(desk: Desk, bounds: tuple[tuple[str, str], ...]) -> None:
    report = sent(desk, MARCH)
    with pytest.raises(ClerkError, match="校验阈值"):
        recheck(replace(report, checks=replace(report.checks, thresholds=bounds)), None)
