"""Every reading can be confirmed or corrected; the table's own words stay."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.plan import DeadlineKind, Direction, Obligation, TargetKind
from desktop_app.plans import apply_answer, import_plan, withdraw

NOW = datetime(2023, 4, 4, 9, tzinfo=UTC)


def settle(plan, key, choice, units):
    return apply_answer(plan, key, choice, units, by="王", at=NOW)


@pytest.mark.parametrize(
    ("key", "choice", "reading"),
    [
        ("3-9.owners", "朝阳区、海淀区", lambda task: task.owners == ("110105", "110108")),
        ("3-9.lead", "市生态环境局", lambda task: task.lead == ("BJ-STHJJ",)),
        ("3-9.supporters", "无", lambda task: task.supporters == ()),
        ("3-9.deadline", "11月15日前", lambda task: str(task.deadline.day) == "2023-11-15" and task.deadline.confirmed),
        ("3-9.deadline", "长期实施", lambda task: task.deadline.kind is DeadlineKind.ONGOING),
        ("3-9.targets", "360个村", lambda task: (task.targets[0].value, task.targets[0].unit) == (360, "个村")),
        ("3-9.targets", "不设数量目标", lambda task: task.targets[0].kind is TargetKind.QUALITATIVE),
        (
            "3-9.targets",
            '[{"indicator":"达标率","kind":"ratio","direction":"at_least","value":"95.5","unit":"%"}]',
            lambda task: (task.targets[0].value, task.targets[0].direction) == (Decimal("95.5"), Direction.AT_LEAST),
        ),
        ("3-9.key", "是", lambda task: task.key),
        ("3-9.key", "否", lambda task: not task.key),
        ("3-9.obligation", "特色任务", lambda task: task.obligation is Obligation.DISTRICT_SPECIFIC),
        ("3-9.obligation", "无", lambda task: task.obligation is None),
    ],
)
def test_a_correction_rules_and_the_raw_words_stay(plan, units, key, choice, reading):
    before = plan.task("3-9")
    settled = settle(plan, key, choice, units)
    task = settled.task("3-9")
    assert reading(task)
    assert task.confirmed == (key.rpartition(".")[2],)
    assert (task.deadline.raw, task.owners_raw, task.measure) == (
        before.deadline.raw,
        before.owners_raw,
        before.measure,
    )
    (decision,) = settled.decisions
    assert (decision.id, decision.choice, decision.by, decision.at) == (key, choice, "王", NOW)
    back = withdraw(settled, key, units)
    assert back.tasks == plan.tasks
    assert back.decisions == ()


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        ("3-9.owners", "相关区政府"),
        ("3-9.owners", ""),
        ("3-9.deadline", "2月30日前"),
        ("3-9.deadline", "尽快"),
        ("3-9.targets", "做好工作"),
        ("3-9.targets", "[1]"),
        ("3-9.targets", '[{"value": "x"}]'),
        ("3-9.targets", "[" * 5000),
        ("3-9.key", "也许"),
        ("3-9.obligation", "别的"),
        ("9-99.owners", "朝阳区"),
        ("9-99.110105", "≤32"),
        ("3-9.colour", "红"),
    ],
)
def test_what_cannot_be_read_changes_nothing(plan, units, key, choice):
    with pytest.raises(ClerkError):
        settle(plan, key, choice, units)


def test_a_correction_of_the_owners_makes_the_question_needless_until_it_is_taken_back(plan, units):
    settled = settle(plan, "3-7.owners", "朝阳区", units)
    assert settled.task("3-7").owners == ("110105",)
    assert settled.task("3-7").open_questions == ()
    assert "3-7-owners" not in {question.id for question in settled.open_questions}
    back = withdraw(settled, "3-7.owners", units)
    assert back.task("3-7") == plan.task("3-7")
    assert {question.id for question in back.open_questions} == {question.id for question in plan.open_questions}


def test_a_correction_outlives_the_answer_of_another_question(plan, units):
    settled = settle(plan, "5-3.owners", "朝阳区", units)
    settled = settle(settled, "5-3-deadline", "11月15日前", units)
    assert settled.task("5-3").owners == ("110105",)
    assert str(settled.task("5-3").deadline.day) == "2023-11-15"


def test_confirmed_as_it_stands(plan, units):
    settled = settle(plan, "3-9.all", "=", units)
    assert set(settled.task("3-9").confirmed) == {
        "owners", "lead", "supporters", "deadline", "targets", "key", "obligation",
    }  # fmt: skip
    assert settled.task("3-9").deadline.confirmed
    assert settled.decisions[0].choice.startswith("=[")
    one = settle(plan, "3-9.owners", "=", units)
    assert one.task("3-9").confirmed == ("owners",)
    assert one.task("3-9").owners == plan.task("3-9").owners


def test_decisions_at_import_are_the_same_as_afterwards(samples, units, plan):
    data = (samples / "plan-2023-sample.xlsx").read_bytes()
    choices = {"3-9.deadline": "11月15日前", "3-7.owners": "朝阳区", "2-3.targets": "9家", "6-1.110105": "≤31"}
    taken = import_plan(data, "plan.xlsx", units, {**choices, "9-99.owners": "朝阳区"}).plan
    after = plan
    for key, choice in choices.items():
        after = apply_answer(after, key, choice, units)
    assert taken.tasks == after.tasks
    assert taken.indicators == after.indicators
    assert {question.id for question in taken.questions} == {question.id for question in after.questions}
    assert any("9-99.owners" in warning for warning in taken.warnings)


def test_a_confirmation_of_another_reading_lapses_and_says_so(samples, units, plan):
    data = (samples / "plan-2023-sample.xlsx").read_bytes()
    other = "=" + "、".join(plan.task("3-9").owners[:1]) + "、110999"
    taken = import_plan(data, "plan.xlsx", units, {"3-9.owners": other}).plan
    assert taken.task("3-9").confirmed == ()
    assert any("3-9" in warning and "重新确认" in warning for warning in taken.warnings)


def test_a_district_figure_is_corrected_and_taken_out(plan, units):
    settled = settle(plan, "6-1.110105", "≤31.5", units)
    row = next(row for row in settled.indicators if row.id == "6-1")
    assert row.target_for("110105").value == Decimal("31.5")
    assert row.target_for("110105").direction is Direction.AT_MOST
    assert len(row.targets) == len(plan.indicators[0].targets)
    gone = settle(settled, "6-1.110105", "/", units)
    assert next(row for row in gone.indicators if row.id == "6-1").target_for("110105") is None
