"""What an import asks, and what answers do: every choice that is offered is an answer as it stands."""

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.plan import DeadlineKind, TargetKind
from desktop_app.plans import apply_answer, import_plan

ROW = (1, "治理", "检查10家", "年底前", "市水务局", "市教委", "")


def test_every_choice_of_the_sample_is_taken_as_it_stands(plan, units):
    for question in plan.questions:
        for choice in question.choices:
            settled = apply_answer(plan, question.id, choice, units)
            assert not settled.task(question.task).open_questions
            answered = next(each for each in settled.questions if each.id == question.id)
            assert answered.answer == choice
            assert len(settled.questions) == len(plan.questions)


@pytest.mark.parametrize(
    ("question", "choice", "owners"),
    [
        ("1-16-owners", "各区政府（16个区）", 16),
        ("1-16-owners", "各区政府（含北京经济技术开发区管委会）（17个）", 17),
        ("1-16-owners", "110105、110112", ("110105", "110112")),
        ("1-16-owners", "朝阳区 通州区政府;开发区", ("110105", "110112", "BJ-BDA")),
        ("2-7-owners", "只有已列明的单位", ("BJ-ZJW", "BJ-JTW", "BJ-SHUIW", "BJ-YLJ")),
        ("2-7-owners", "市教委", ("BJ-ZJW", "BJ-JTW", "BJ-SHUIW", "BJ-YLJ", "BJ-JW")),
        ("2-30-owners", "昌平区，延庆区", ("110114", "110119", "BJ-DL")),
        ("3-7-owners", "各区政府", 17),
        ("3-16-owners", "门头沟区、平谷区、怀柔区、密云区、延庆区", 5),
    ],
)
def test_owners(plan, units, question, choice, owners):
    task = apply_answer(plan, question, choice, units).task(question.removesuffix("-owners"))
    assert task.owners == owners or len(task.owners) == owners
    assert task.owners_settled


def test_an_answer_makes_the_task_one_to_report_on(plan, units):
    assert "2-7" not in [task.id for task in plan.owned_by("BJ-JTW")]
    settled = apply_answer(plan, "2-7-owners", "只有已列明的单位", units)
    assert "2-7" in [task.id for task in settled.owned_by("BJ-JTW")]


def test_an_answer_changes_nothing_else(plan, units):
    settled = apply_answer(plan, "5-3-deadline", "11月15日前", units)
    task = settled.task("5-3")
    assert (task.deadline.kind, str(task.deadline.day)) == (DeadlineKind.DATE, "2023-11-15")
    assert (task.deadline.raw, task.deadline.confirmed) == ("按国家统一部署", True)
    assert [each for each in settled.tasks if each.id != "5-3"] == [each for each in plan.tasks if each.id != "5-3"]
    assert task.targets == plan.task("5-3").targets


def test_an_answer_can_be_changed(plan, units):
    once = apply_answer(plan, "1-16-owners", "朝阳区", units)
    assert apply_answer(once, "1-16-owners", "通州区", units).task("1-16").owners == ("110112",)


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        ("1-16-owners", "相关区政府"),
        ("1-16-owners", "市甲局"),
        ("1-16-owners", ""),
        ("5-3-deadline", "尽快"),
        ("9-9", "x"),
    ],
)
def test_what_is_no_answer_is_refused(plan, units, question, choice):
    with pytest.raises(ClerkError):
        apply_answer(plan, question, choice, units)


def test_answers_given_at_import_settle_at_once(samples, units, plan):
    data = (samples / "plan-2023-sample.xlsx").read_bytes()
    answers = {question.id: question.choices[0] for question in plan.questions}
    settled = import_plan(data, "plan.xlsx", units, {**answers, "9-9-owners": "朝阳区"}).plan
    assert not any(task.open_questions for task in settled.tasks)
    step_by_step = plan
    for key, choice in answers.items():
        step_by_step = apply_answer(step_by_step, key, choice, units)
    assert settled.tasks == step_by_step.tasks
    assert settled.questions == step_by_step.questions
    assert any("9-9-owners" in warning for warning in settled.warnings)


def test_an_unusable_answer_at_import_refuses_the_whole(samples, units):
    data = (samples / "plan-2023-sample.xlsx").read_bytes()
    with pytest.raises(ClerkError, match="市甲局"):
        import_plan(data, "plan.xlsx", units, {"1-16-owners": "市甲局"})


def test_an_unknown_unit_is_asked_with_close_names(read, units):
    plan = read((*ROW[:5], "市园林局、市教委", "")).plan
    (question,) = plan.questions
    assert (question.id, question.kind) == ("1-1-unknown_unit", "unknown_unit")
    assert "市园林绿化局" in question.choices
    assert plan.tasks[0].owners == ("BJ-JW",)
    assert apply_answer(plan, question.id, "市园林绿化局", units).tasks[0].owners == ("BJ-YLJ", "BJ-JW")
    assert apply_answer(plan, question.id, "不是报送单位", units).tasks[0].owners == ("BJ-JW",)


def test_two_unknown_units_are_two_questions(read, units):
    plan = read((*ROW[:5], "市甲局、市乙局", "市丙局")).plan
    assert [question.id for question in plan.questions] == [
        "1-1-unknown_unit",
        "1-1-unknown_unit-2",
        "1-1-unknown_unit-supporters",
    ]
    once = apply_answer(plan, "1-1-unknown_unit-2", "市教委", units)
    assert len(once.tasks[0].open_questions) == 2
    both = apply_answer(once, "1-1-unknown_unit", "市水务局", units)
    assert both.tasks[0].owners == ("BJ-SHUIW", "BJ-JW")


def test_blank_owners_are_asked(read, units):
    plan = read((*ROW[:5], None, "")).plan
    (question,) = plan.questions
    assert question.choices[0] == "市水务局"
    assert apply_answer(plan, question.id, "市水务局", units).tasks[0].owners == ("BJ-SHUIW",)


def test_a_wrong_count_of_districts_is_asked(read, units):
    plan = read((*ROW[:5], "除东城、西城外的其他15个区政府", "")).plan
    (question,) = plan.questions
    assert len(plan.tasks[0].owners) == 14
    assert len(apply_answer(plan, question.id, question.choices[0], units).tasks[0].owners) == 14
    assert len(apply_answer(plan, question.id, "各区政府", units).tasks[0].owners) == 16


def test_an_amount_that_is_not_yet_fixed_is_asked(read, units):
    headings = ("序号", "工作措施", "年度目标", "完成时限", "主责单位")
    plan = read((1, "推进治理", "待下达", "年底前", "市教委"), headings=headings).plan
    (question,) = plan.questions
    assert question.kind == "target"
    assert str(apply_answer(plan, question.id, "120家", units).tasks[0].target_for("BJ-JW").value) == "120"
    nothing = apply_answer(plan, question.id, "不设数量目标", units).tasks[0]
    assert [target.kind for target in nothing.targets] == [TargetKind.QUALITATIVE]
    with pytest.raises(ClerkError):
        apply_answer(plan, question.id, "若干", units)


def test_another_answer_leaves_the_question_of_the_amount_open(read, units):
    headings = ("序号", "工作措施", "年度目标", "完成时限", "主责单位")
    plan = read((1, "推进治理", "待下达", "年底前", "相关区政府"), headings=headings).plan
    settled = apply_answer(plan, "1-1-owners", "朝阳区", units)
    assert settled.tasks[0].open_questions == ("1-1-target",)
    assert len(settled.questions) == 2


HEADINGS = ("序号", "重点任务", "工作措施", "完成时限", "牵头部门", "承接处室", "协办单位")


def test_an_unknown_heading_in_place_of_the_owners_is_asked(read, units):
    plan = read((*ROW[:5], "市教委、相关区政府", ""), (2, *ROW[1:]), headings=HEADINGS).plan
    (question,) = plan.questions
    assert (question.id, question.kind, question.choices) == ("1-header-owners", "header", ("承接处室",))
    assert all(task.open_questions == ("1-header-owners",) for task in plan.tasks)
    settled = apply_answer(plan, question.id, "承接处室", units)
    assert [task.owners for task in settled.tasks] == [("BJ-JW",), ("BJ-JW",)]
    assert [task.open_questions for task in settled.tasks] == [("1-1-owners",), ()]
    assert plan.unread
    assert not settled.unread
    with pytest.raises(ClerkError, match="承接处室"):
        apply_answer(plan, question.id, "别的列", units)


def test_a_header_answer_at_import(read, units):
    given = read(ROW, headings=HEADINGS, answers={"1-header-owners": "承接处室"}).plan
    asked = apply_answer(read(ROW, headings=HEADINGS).plan, "1-header-owners", "承接处室", units)
    assert given.tasks == asked.tasks
    assert given.tasks[0].owners == ("BJ-JW",)


def test_an_unknown_heading_of_the_measures(read, units):
    headings = ("序号", "类别", "怎么做", "完成时限", "牵头部门", "主责单位", "协办单位")
    plan = read(ROW, headings=headings).plan
    (question,) = plan.questions
    task = apply_answer(plan, question.id, "怎么做", units).tasks[0]
    assert task.measure == "检查10家"
    assert str(task.target_for("BJ-JW").value) == "10"


def test_two_unknown_headings_are_settled_one_by_one(read, units):
    headings = ("序号", "重点任务", "工作措施", "啥时候", "牵头部门", "谁来干", "协办单位")
    plan = read(ROW, headings=headings).plan
    assert [question.id for question in plan.questions] == ["1-header-deadline", "1-header-owners"]
    once = apply_answer(plan, "1-header-deadline", "啥时候", units)
    assert once.tasks[0].deadline.kind is DeadlineKind.YEAR_END
    assert once.tasks[0].open_questions == ("1-header-owners",)
    both = apply_answer(once, "1-header-owners", "谁来干", units)
    assert (both.tasks[0].owners, both.tasks[0].open_questions) == (("BJ-JW",), ())


@pytest.mark.parametrize(
    ("choice", "measures"),
    [("两条都保留", ["a", "b"]), ("只保留前一条", ["a"]), ("只保留后一条", ["b"])],
)
def test_a_number_that_comes_twice(read, units, choice, measures):
    rows = [(9, "治理", "a", "年底前", "", "市教委", ""), ("９", "治理", "b", "年底前", "", "相关区政府", "")]
    plan = read(*rows).plan
    assert [task.id for task in plan.tasks] == ["1-9", "1-9-2"]
    question = plan.questions[0]
    assert (question.id, question.kind) == ("1-9-2-duplicate", "duplicate")
    settled = apply_answer(plan, question.id, choice, units)
    assert [task.measure for task in settled.tasks] == measures
    given = read(*rows, answers={question.id: choice}).plan
    assert given.tasks == settled.tasks
    assert {each.task for each in settled.questions if each.answer is None} <= {task.id for task in settled.tasks}


def test_no_answer_to_a_duplicate_is_guessed(read, units):
    plan = read(ROW, ROW).plan
    with pytest.raises(ClerkError, match="可选"):
        apply_answer(plan, "1-1-2-duplicate", "随便", units)
