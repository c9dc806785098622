"""The sample year that ledgers, the year page and the archive are tested with is what it says it is."""

from decimal import Decimal
from pathlib import Path

from desktop_app.desk import history
from desktop_app.desk.desk import local_now
from desktop_app.desk.verify_file import verify_bytes
from tests import sample_year
from tests import sample_year_words as words


def test_twelve_months_are_signed_handed_in_and_answered(tmp_path: Path) -> None:
    desk = sample_year.year_desk(tmp_path)
    try:
        told = history.months_of(desk, sample_year.YEAR)
        verdict = history.verify(desk, signatures=False)
    finally:
        desk.close()
    revisions = [(row.period.month, row.revision) for row in told]
    assert revisions == [
        (1, 1),
        (2, 1),
        (3, 1),
        (3, 2),
        (4, 1),
        (5, 1),
        (6, 1),
        (6, 2),
        *((m, 1) for m in range(7, 13)),
    ]
    assert {str(row.state) for row in told} == {"received", "returned", "handed_in"}
    assert [row.period.month for row in told if row.on_time is False] == [4, 6]
    assert {row.period for row in told if row.receipt} == set(sample_year.ANSWERED)
    assert len({row.check_code for row in told}) == len(told)
    assert (verdict.problems, verdict.notes) == ((), ())


def test_every_file_holds_and_its_amounts_add_up(tmp_path: Path) -> None:
    sums: dict[str, Decimal] = {}
    said: dict[str, Decimal] = {}
    newest = {file.name.split("_")[1]: file for file in sample_year.handed_in()}
    assert len(newest) == 12
    for file in newest.values():
        found = verify_bytes(file.read_bytes(), (), local_now())
        assert found.problems == ()
        for entry in found.data["entries"]:
            if entry["cumulative"] is not None:
                sums[entry["task_id"]] = sums.get(entry["task_id"], Decimal(0)) + Decimal(entry["this_month"])
                said[entry["task_id"]] = Decimal(entry["cumulative"])
    assert said == {task: words.totals(task)[-1] for task in words.AMOUNTS}
    assert {task: said[task] - sums[task] for task in said} == {
        task: Decimal(words.BEFORE.get(task, 0)) for task in words.AMOUNTS
    }
