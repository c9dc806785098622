"""Whatever comes, in whatever order and however often: everything has its effect once, and nothing else has any."""

import contextlib
import hashlib
import multiprocessing
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desktop_app.desk import bureau, receive, receive_packs, revision_chain
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.model.standing_remark import StandingRemark
from desktop_app.store import bureau as kept_bureau
from desktop_app.store import journal, months, packs, plans, remarks, report_digests, transfers
from tests.laws import travelling

MARCH = Period(2023, 3)
NAMES = [
    *(f"{word}-{unit}" for word in ("report", "receipt", "return", "forged") for unit in travelling.UNITS),
    "plan-old", "plan-new",
]  # fmt: skip
POOL: list[travelling.Pool] = []


@pytest.fixture(scope="module", autouse=True)
def pool(tmp_path_factory: pytest.TempPathFactory) -> None:
    POOL[:] = [travelling.make(tmp_path_factory.mktemp("travelling"))]


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    travelling.remembering(monkeypatch)


class TravelMachine(RuleBasedStateMachine):
    """Two units' books and a desk; the model is a set of what came to each."""

    def __init__(self) -> None:
        super().__init__()
        self.desks = travelling.opened(POOL[0], Path(mkdtemp(dir=POOL[0].books["A"].parent)))
        self.came: dict[str, list[str]] = {name: [] for name in self.desks}
        self.before = {name: len(transfers.inbox(self.desks[name].book)) for name in travelling.UNITS}

    def teardown(self) -> None:
        for desk in self.desks.values():
            desk.close()

    @rule(unit=st.sampled_from(list(travelling.UNITS)), name=st.sampled_from(NAMES))
    def a_unit_receives(self, unit: str, name: str) -> None:
        done = receive.receive(self.desks[unit], [POOL[0].files[name]])
        assert len(done.taken) + len(done.refused) == 1
        assert bool(done.taken) is self.taken(unit, name)
        if done.taken and name not in self.came[unit]:
            assert "没有变化" not in done.taken[0].effect
            closes = name == f"receipt-{unit}" and f"return-{unit}" not in self.came[unit]
            assert ("办结" in done.taken[0].effect) is closes
            self.came[unit].append(name)
        elif done.taken:
            assert "没有变化" in done.taken[0].effect

    def taken(self, unit: str, name: str) -> bool:
        """Its own receipts, returns, and packs that are not older than what it has."""
        if name == "plan-old":
            return name in self.came[unit] or "plan-new" not in self.came[unit]
        return name == "plan-new" or name in (f"receipt-{unit}", f"return-{unit}")

    @rule(name=st.sampled_from(NAMES))
    def the_desk_receives(self, name: str) -> None:
        done = bureau.receive(self.desks["desk"], [POOL[0].files[name]])
        assert bool(done.taken) is name.startswith("report-")
        if done.taken and name not in self.came["desk"]:
            assert "没有变化" not in done.taken[0].effect
            self.came["desk"].append(name)
        elif done.taken:
            assert "没有变化" in done.taken[0].effect

    @invariant()
    def every_unit_stands_where_its_files_put_it(self) -> None:
        for unit in travelling.UNITS:
            book, came = self.desks[unit].book, self.came[unit]
            (month,) = months.months(book)
            expected = (
                MonthState.RETURNED if f"return-{unit}" in came
                else MonthState.RECEIVED if f"receipt-{unit}" in came else MonthState.HANDED_IN
            )  # fmt: skip
            assert month.state is expected
            asked: tuple[StandingRemark, ...] = remarks.standing(book, MARCH, 1)
            assert len(asked) == (f"return-{unit}" in came)
            assert len(transfers.inbox(book)) - self.before[unit] == len(came)
            newest = plans.plans(book)[-1]
            wanted = "320次" if "plan-new" in came else "300次"
            assert (wanted in newest.tasks[0].measure) or not {"plan-old", "plan-new"} & set(came)
            assert journal.verify(book).intact

    @invariant()
    def the_desk_holds_each_report_once(self) -> None:
        book = self.desks["desk"].book
        held = [head.sha256 for head in report_digests.heads(book)]
        files = [hashlib.sha256(POOL[0].files[name].read_bytes()).hexdigest() for name in self.came["desk"]]
        assert held == files
        assert all(report_digests.data(book, sha256) for sha256 in held)


def test_the_books_agree_with_their_model() -> None:
    run_state_machine_as_test(
        TravelMachine, settings=settings(max_examples=15, stateful_step_count=15, deadline=None, derandomize=True)
    )


@pytest.mark.long
def test_the_books_agree_with_their_model_for_long() -> None:
    run_state_machine_as_test(TravelMachine, settings=settings(max_examples=200, stateful_step_count=40, deadline=None))


def _never_closes(patch: pytest.MonkeyPatch) -> None:
    note = transfers.record_in
    patch.setattr(
        transfers, "record_in", lambda *values, close_month, **others: note(*values, close_month=None, **others)
    )


def _closes_as_received(patch: pytest.MonkeyPatch) -> None:
    note = transfers.record_in
    patch.setattr(
        transfers, "record_in",
        lambda *values, closes_as=None, **others: note(*values, closes_as=MonthState.RECEIVED, **others),
    )  # fmt: skip


def _forgets_what_else(patch: pytest.MonkeyPatch) -> None:
    note = transfers.record_in
    patch.setattr(transfers, "record_in", lambda *values, also=None, **others: note(*values, **others))


def _keeps_the_effect_without_the_record(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receive_packs, "_noting", lambda *values: lambda connection: None)


def _trusts_anybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receive, "_refuse_stranger", lambda *values: None)


def _takes_the_only_month(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receive, "_month_of", lambda desk, answer: months.months(desk.book)[-1])


def _keeps_a_report_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(bureau, "_take", lambda desk, pdf, take=bureau._take: (take(desk, pdf)[0], "已收下"))


BUGS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "nothing is known to have come": lambda patch: patch.setattr(transfers, "arrived", lambda *values: False),
    "answers close no month": _never_closes,
    "a return closes a month as received": _closes_as_received,
    "remarks are not kept": _forgets_what_else,
    "a pack is taken and not recorded": _keeps_the_effect_without_the_record,
    "an older pack is taken": lambda patch: patch.setattr(packs, "newest", lambda *values: None),
    "packs leave no date": lambda patch: patch.setattr(packs, "put", lambda *values: None),
    "anybody is trusted": _trusts_anybody,
    "an answer closes whatever month there is": _takes_the_only_month,
    "a known report is called new": _keeps_a_report_again,
    "the desk keeps no data": lambda patch: patch.setattr(report_digests, "put", lambda *values: None),
    "the desk forgets to keep": lambda patch: patch.setattr(
        kept_bureau, "keep_report", lambda *values: False
    ),
}  # fmt: skip
HUNT = settings(
    max_examples=60, stateful_step_count=25, deadline=None, derandomize=True, database=None,
    phases=[Phase.generate], report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
)  # fmt: skip


QUICK = ("answers close no month", "remarks are not kept", "a pack is taken and not recorded", "anybody is trusted",
         "nothing is known to have come", "the desk keeps no data")  # fmt: skip


@pytest.mark.parametrize("bug", [pytest.param(bug, marks=[] if bug in QUICK else pytest.mark.long) for bug in BUGS])
def test_a_planted_bug_is_caught(bug: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    BUGS[bug](monkeypatch)
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - whatever the bug breaks
        run_state_machine_as_test(TravelMachine, settings=HUNT)
    assert not isinstance(caught.value, KeyboardInterrupt | SystemExit)


def test_a_second_report_of_one_number_is_refused_and_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The chain's own rule, by data alone: the same number with other data."""
    desks = travelling.opened(POOL[0], tmp_path)
    with contextlib.closing(desks["desk"]) as desk:
        bureau.receive(desk, [POOL[0].files["report-A"]])
        report = bureau.to_report(revision_chain.data_of(desk, report_digests.heads(desk.book)[0].sha256))
        with pytest.raises(bureau.ClerkError, match="内容不同"):
            revision_chain.look(desk, report, report.unit.code, "0" * 64)
        assert revision_chain.look(desk, report, "110112", "0" * 64) == ()
    desks["A"].close()
    desks["B"].close()


def _receive_all(folder: Path) -> None:
    """Everything there is, twice, in a process that may die at any moment."""
    for name, book in travelling.copied(POOL[0], folder, fresh=False).items():
        with contextlib.closing(travelling.open_one(name, book)) as desk:
            verb = bureau.receive if name == "desk" else receive.receive
            for file in (*POOL[0].files.values(), *POOL[0].files.values()):
                verb(desk, [file])


def _effect_and_record_agree(folder: Path) -> int:
    """How many files had come; every one with all that it does, every other with nothing of it."""
    came = 0
    for name, path in travelling.copied(POOL[0], folder, fresh=False).items():
        with contextlib.closing(travelling.open_one(name, path)) as desk:
            book = desk.book
            if name == "desk":
                heads = report_digests.heads(book)
                assert all(report_digests.data(book, head.sha256) and head.errors == 0 for head in heads)
                came += len(heads)
                continue
            kinds = [file.kind for file in transfers.inbox(book)]
            (month,) = months.months(book)
            assert (month.state is MonthState.RETURNED) is ("return" in kinds)
            assert len(remarks.standing(book, MARCH, 1)) == kinds.count("return")
            assert month.state is not MonthState.HANDED_IN or not {"receipt", "return"} & set(kinds)
            assert len(book.read("select 1 from pack")) == kinds.count("plan") == len(plans.plans(book)) - 1
            assert journal.verify(book).intact
            came += len(kinds)
    return came


def _kill(folder: Path, times: int, seed: int) -> list[int]:
    """Receive and die, again and again on the same books; how many files had come after each death."""
    dice, context = random.Random(seed), multiprocessing.get_context("fork")
    travelling.copied(POOL[0], folder, fresh=True)
    found = []
    for _time in range(times):
        if found and found[-1] == 10:  # all there is: begin anew
            travelling.copied(POOL[0], folder, fresh=True)
        child = context.Process(target=_receive_all, args=(folder,))
        child.start()
        child.join(dice.uniform(0.0, 0.25))
        child.kill()
        child.join()
        child.close()
        found.append(_effect_and_record_agree(folder))
    _receive_all(folder)
    assert _effect_and_record_agree(folder) == 10
    return found


def test_a_death_leaves_effect_and_record_together(tmp_path: Path) -> None:
    travelling.warm(POOL[0], tmp_path)
    assert len(_kill(tmp_path, 12, seed=1)) == 12


@pytest.mark.long
def test_a_hundred_deaths_leave_effect_and_record_together(tmp_path: Path, count: Callable[[str], None]) -> None:
    travelling.warm(POOL[0], tmp_path)
    found = _kill(tmp_path, 150, seed=2)
    count(f"killed while receiving: 150 times, with {dict(sorted(Counter(found).items()))} files taken in by then")
    assert len(set(found)) > 3
