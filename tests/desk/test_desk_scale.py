"""A desk with a year of 300 units: a report costs as much memory at the end as at the beginning."""

import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_app.desk import bureau_month
from desktop_app.desk.open_book import create_bureau
from desktop_app.model.period import Period
from tests.benchmarks import desk as bench

MEGABYTE = 1024


def _rss() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024


def test_status_and_collation_read_no_kept_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = create_bureau(tmp_path / "desk.yuebao", today=date(2023, 3, 3))
    try:
        bench.fill(desk, ((unit, month) for month in (1, 2) for unit in range(3)))
        monkeypatch.setattr("desktop_app.desk.revision_chain.open_envelope", None)
        monkeypatch.setattr("desktop_app.store.bureau._kept", None)
        found = bureau_month.status(desk, Period(2023, 2))
        assert [unit.revision for unit in found.units] == [1, 1, 1]
        assert bureau_month.collate(desk, Period(2023, 2), tmp_path / "all.xlsx").rows == 3
    finally:
        desk.close()


@pytest.mark.long
def test_three_hundred_units_and_a_year(tmp_path: Path, count: Callable[[str], None]) -> None:
    desk = create_bureau(tmp_path / "desk.yuebao", today=date(2023, 12, 31))
    seen: list[tuple[float, int]] = []
    try:
        for month in range(1, 13):
            for start in range(0, 300, 100):
                began = time.monotonic()
                bench.fill(desk, ((unit, month) for unit in range(start, start + 100)))
                seen.append((time.monotonic() - began, _rss()))
        began = time.monotonic()
        standing = bureau_month.status(desk, Period(2023, 12))
        status = time.monotonic() - began
        before = _rss()
        done = bureau_month.collate(desk, Period(2023, 12), tmp_path / "all.xlsx")
        count(
            f"3,600 reports: {seen[3][0] * 10:.1f} ms each in the fourth hundred, {seen[-1][0] * 10:.1f} in the last; "
            f"RSS {seen[3][1] // MEGABYTE} MB then, {seen[-1][1] // MEGABYTE} MB at the end; status {status:.3f} s, "
            f"collation of 300 +{(_rss() - before) // MEGABYTE} MB"
        )
        assert (len(standing.units), done.rows) == (300, 300)
        assert seen[-1][1] - seen[3][1] < 60 * MEGABYTE
    finally:
        desk.close()
