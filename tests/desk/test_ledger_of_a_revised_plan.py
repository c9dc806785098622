"""A table renumbered in mid-year: a task's months and what it lists stay together under its new number."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.desk import keys, ledger, sign_report, strike_off, take_plan
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import set_people
from desktop_app.desk.open_book import create
from desktop_app.desk.save_entry import save
from desktop_app.model.finding import Severity
from desktop_app.model.ledger import LedgerKind
from desktop_app.model.listed import ItemState
from desktop_app.model.period import Period
from desktop_app.model.report import People, Role

HEAD = "示例任务集（非官方文本）北京市大气污染防治2023年行动计划,,,,\n序号,重点任务,工作措施,完成时限,主责单位\n"
DUST = "扬尘治理,对辖区内工地开展扬尘执法检查，全年不少于300次。,年底前,各区政府（含北京经济技术开发区管委会）\n"
SMOKE = "餐饮油烟,完成40家餐饮单位油烟净化设施改造。,年底前,各区政府（含北京经济技术开发区管委会）\n"
PHRASE = "correct horse"
TEXT = "{month}月按计划推进，完成了{amount}次执法检查，现场检查和资料归档同步进行。"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create(tmp_path / "book.yuebao", "朝阳区政府", today=date(2023, 5, 4))
    set_people(made, People("王喆", "", "李堃", "010-00000000"))
    for name, role in (("王喆", Role.PREPARER), ("李堃", Role.APPROVER)):
        keys.new_key(made, name, role, PHRASE, remember=False)
    yield made
    made.close()


def take(desk: Desk, folder: Path, rows: Sequence[str], *, effective: date | None = None) -> None:
    file = folder / f"plan-{len(rows)}.csv"
    file.write_text(HEAD + "".join(f"{n},{row}" for n, row in enumerate(rows, 1)), encoding="utf-8")
    reading = take_plan.reading(desk, file).read()
    take_plan.take(desk, take_plan.look_at(desk, reading, effective=effective))


def sign(desk: Desk, period: Period, rows: dict[str, tuple[int, int, str]]) -> None:
    """Amount, cumulative amount and problems by task."""
    for task, (amount, total, problems) in rows.items():
        words = {"narrative": TEXT.format(month=period.month, amount=amount), "next_steps": "继续推进。"}
        figures = {"this_month": amount, "cumulative": total}
        save(desk, period, task, {"status": "on_track", "problems": problems, **words, **figures})
    for finding in check(desk, period).findings:
        if finding.severity is Severity.WARNING and finding.blocks:
            explain(desk, period, finding.task, finding.code, "示例说明：集中安排在下半年实施。")
    for role, name in ((Role.PREPARER, "王喆"), (Role.APPROVER, "李堃")):
        sign_report.sign(desk, period, role, name, PHRASE)


def test_a_renumbered_task_goes_on_under_its_new_number(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path, [DUST, SMOKE])
    february, march = Period(2023, 2), Period(2023, 3)
    sign(desk, february, {"1-1": (20, 20, "无"), "1-2": (3, 3, "商户改造意愿不高。")})
    take(
        desk,
        tmp_path,
        ["臭氧治理,完成12家企业治理设施改造。,年底前,各区政府\n", DUST, SMOKE],
        effective=date(2023, 3, 1),
    )
    sign(desk, march, {"1-1": (1, 1, "无"), "1-2": (25, 45, "无"), "1-3": (4, 7, "商户改造意愿仍不高。")})

    amounts = ledger.ledger(desk, 2023, LedgerKind.PERFORMANCE).sheets[1]
    said = dict(zip(amounts.values("id"), zip(*(amounts.values(f"m{n}") for n in (2, 3)), strict=True), strict=True))
    assert said == {"1-1": (None, 1), "1-2": (20, 25), "1-3": (3, 4)}
    assert amounts.values("sum") == (Decimal(1), Decimal(45), Decimal(7))

    (row,) = ledger.ledger(desk, 2023, LedgerKind.INSPECTION).sheets[0].rows
    assert row[:2] == ("P-2023-02-1-2", "1-3"), "its own number is that of the month which listed it"
    done = strike_off.close(desk, "P-2023-02-1-2", "与商户签订改造协议，现场核查属实。", "李堃")
    assert (done.state, done.months_open) == (ItemState.CLOSED, 2)
