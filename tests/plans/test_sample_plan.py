"""The sample workbook, measure by measure: counted and read by hand from the sheets."""

import json
from collections import Counter
from decimal import Decimal

import pytest

from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Direction, Plan, TargetKind

SIXTEEN_TEXT = (
    "110101 110102 110105 110108 110106 110107 110109 110111 110112 110113 110114 110115 110117 110116 110118 110119"
)
SIXTEEN = tuple(SIXTEEN_TEXT.split())
SEVENTEEN = [*SIXTEEN, "BJ-BDA"]
FOURTEEN = [code for code in SIXTEEN if code not in ("110101", "110102")]
THIRTEEN = [code for code in FOURTEEN if code != "110107"]
PROGRESS = (
    "progress-chaoyang-2023-02",
    "progress-chaoyang-2023-03",
    "progress-tongzhou-2023-03",
    "progress-jtw-2023-03",
)

# Every measure's deadline: kind and day, and the measures it stands for.
DEADLINES = {
    ("year_end", "2023-12-31"): (
        "1-1 1-4 1-5 1-6 1-9 1-11 1-12 1-13 1-16 1-18 2-1 2-2 2-4 2-8 2-9 2-10 2-11 2-12 2-15 2-17 2-20 2-22 2-25 2-26"
        " 3-1 3-3 3-4 3-5 3-8 3-13 3-14 3-16 3-17 3-20 3-22 4-1 4-4 4-7 4-10 4-14 5-1 5-4 5-5 5-7 5-11 5-12 5-13"
    ),
    ("ongoing", "None"): (
        "1-2 1-10 2-5 2-7 2-13 2-18 2-19 2-21 2-29 2-33 2-34 3-2 3-7 3-21 3-23 3-24 4-5 4-6 4-12 5-14"
    ),
    ("month_end", "2023-03-31"): "4-8",
    ("month_end", "2023-06-30"): "1-15 2-6 4-2",
    ("month_end", "2023-09-30"): "1-3 2-3 2-27 2-31 3-9 3-18 4-9 5-2",
    ("month_end", "2023-10-31"): "2-32 3-15 4-3 5-8",
    ("month_end", "2023-11-30"): "2-14 2-28 3-6 3-19 4-11 5-6",
    ("event", "None"): "1-7 1-17 2-23 2-30 3-11 3-12",
    ("date", "2023-11-15"): "1-8 2-24",
    ("date", "2023-09-15"): "4-13",
    ("quarter_end", "2023-09-30"): "1-14 2-16 5-9",
    ("half_year_end", "2023-06-30"): "5-10",
    ("staged", "2023-12-31"): "3-10",
    ("unknown", "None"): "5-3",
}
KEY_TEXT = (
    "1-1 1-2 1-4 1-5 1-6 1-11 1-12 2-1 2-2 2-3 2-4 2-5 2-6 2-9 2-10 2-11 2-17 2-18 2-27 2-28 3-1 3-2 3-3 3-4 3-5 3-6"
    " 3-7 3-8 4-1 4-5 4-6 4-7 4-10 4-11 4-12 5-1 5-4 5-5 5-6"
)
KEY = KEY_TEXT.split()

OWNERS = {
    "1-1": SEVENTEEN,
    "1-2": ["BJ-STHJJ", "BJ-FGW"],
    "1-7": ["110109", "110111", "110114", "110116", "110118", "110119"],
    "1-8": ["110101", "110102", "110105", "110106"],
    "1-9": SEVENTEEN,  # a line break inside the name
    "1-12": ["BJ-JTW", "110101", "110102", "110105", "110108", "110106", "110107"],
    "1-13": ["BJ-JXJ", "BJ-BDA"],
    "1-16": [],
    "1-18": ["BJ-STHJJ", "BJ-KW"],  # one name that contains the list mark
    "2-4": ["BJ-JTW", "BJ-SCJG", *SIXTEEN],
    "2-5": ["BJ-STHJJ", *SEVENTEEN],
    "2-6": ["110111", "BJ-BDA"],
    "2-7": ["BJ-ZJW", "BJ-JTW", "BJ-SHUIW", "BJ-YLJ"],
    "2-11": FOURTEEN,
    "2-13": ["BJ-JGJ", "BJ-STHJJ", *SEVENTEEN],
    "2-16": ["BJ-JTW", "BJ-JGJ"],  # parted by a line break only
    "2-20": SIXTEEN,
    "2-22": SEVENTEEN,  # 各区政府、北京经济技术开发区管委会
    "2-30": ["BJ-DL"],
    "3-2": ["BJ-SHUIW", "110118", "110116", "110119"],
    "3-6": THIRTEEN,
    "3-8": [],
    "3-16": [],
    "3-22": ["BJ-NYNCJ", *THIRTEEN],
    "4-4": [code for code in THIRTEEN if code not in ("110105", "110108", "110106")],
    "4-11": ["BJ-STHJJ", *SEVENTEEN],
    "5-8": ["BJ-YLJ", "BJ-NYNCJ", "BJ-SHUIW"],
    "5-13": ["110108", "110114", "110117"],
}

A, M = Direction.AT_LEAST, Direction.AT_MOST
Q, C, R = TargetKind.QUANTITY, TargetKind.CEILING, TargetKind.RATIO
TARGETS = {
    "1-2": [(Q, A, "4", "次", None)],
    "1-6": [(Q, A, "210", "亿千瓦时", None)],
    "1-7": [(Q, A, "1.34", "万户", None), (R, A, "100", "%", None)],
    "1-9": [
        (Q, A, "240", "万平方米", None),
        (Q, A, "36", "万平方米", "110105"),
        (Q, A, "34", "万平方米", "110108"),
    ],
    "1-10": [(Q, A, "55", "万平方米", None)],  # 节能率80%以上的设计标准 describes
    "1-13": [(Q, A, "8", "个", None), (C, M, "1.3", "", None)],
    "1-15": [(Q, A, "2", "项", None)],
    "2-1": [(C, M, "32", "微克/立方米", None), (C, M, "4", "天", None)],
    "2-3": [
        (Q, A, "50", "家", None),
        (Q, A, "6", "家", "110105"),
        (Q, A, "5", "家", "110112"),
        (Q, A, "9", "家", "110115"),
        (Q, A, "8", "家", "110113"),
    ],
    "2-4": [(Q, A, "120", "家", None), (R, A, "90", "%", None)],
    "2-7": [(C, M, "5", "%", None)],
    "2-8": [(Q, A, "30", "家", None)],
    "2-10": [(Q, A, "1", "项", None)],
    "2-12": [(Q, A, "3.5", "万辆", None)],
    "2-14": [(Q, A, "6000", "台", None), (Q, A, "800", "台", None)],
    "2-17": [(C, M, "5", "吨/平方公里·月", None)],
    "2-19": [(R, A, "100", "%", None), (R, A, "95", "%", None)],
    "2-20": [(Q, A, "700", "公顷", None)],
    "2-25": [(Q, A, "10", "家", None), (Q, A, "25", "家", None)],
    "2-30": [(Q, A, "6", "个村", None), (Q, A, "2300", "户", None)],
    "2-33": [(R, A, "90", "%", None)],
    "3-1": [(R, A, "70.3", "%", None), (Q, A, "26", "个断面", None)],
    "3-7": [(R, A, "90", "%", None), (Q, A, "1", "次", None)],
    "3-12": [(Q, A, "8.5", "万方", None), (Q, A, "2", "遍", None)],
    "3-13": [(Q, A, "10", "亿立方米", None)],
    "3-21": [(C, M, "22", "%", None)],
    "3-24": [(Q, A, "2.6", "万家次", None)],
    "5-5": [(Q, A, "50", "处", None), (Q, A, "120", "公里", None), (Q, A, "6", "处", "110105")],
}
WORDY = {
    "1-1": (TargetKind.QUALITATIVE, Direction.NONE),
    "1-3": (TargetKind.QUALITATIVE, Direction.NONE),
    "2-2": (TargetKind.TREND, Direction.IMPROVE),
    "2-24": (TargetKind.QUALITATIVE, Direction.NONE),
    "2-29": (TargetKind.TREND, Direction.DECREASE),
    "3-8": (TargetKind.QUALITATIVE, Direction.NONE),
    "5-1": (TargetKind.TREND, Direction.IMPROVE),
    "5-9": (TargetKind.QUALITATIVE, Direction.NONE),
}


def test_counts(taken, plan):
    assert [(sheet.annex, sheet.measures, sheet.indicators) for sheet in taken.sheets] == [
        (1, 18, 0),
        (2, 34, 0),
        (3, 24, 0),
        (4, 14, 0),
        (5, 14, 0),
        (6, 0, 12),
    ]
    assert len(plan.tasks) == 104
    assert [annex.number for annex in plan.annexes] == [1, 2, 3, 4, 5, 6]


def test_what_the_plan_says_of_itself(plan):
    assert (plan.year, plan.document_number, plan.revision) == (2023, "", 1)
    assert plan.sample
    assert "示例任务集" in plan.title
    assert len(plan.id) == 64
    assert plan.annexes[0].title.startswith("北京市应对气候变化2023年行动计划")


def test_numbers_run_through_each_annex(plan):
    for annex, count in ((1, 18), (2, 34), (3, 24), (4, 14), (5, 14)):
        numbers = [task.number for task in plan.tasks if task.annex == annex]
        assert numbers == [str(number) for number in range(1, count + 1)]
        assert [task.id for task in plan.tasks if task.annex == annex] == [f"{annex}-{number}" for number in numbers]


def test_deadline_of_every_measure(plan):
    expected = {task: meaning for meaning, tasks in DEADLINES.items() for task in tasks.split()}
    assert len(expected) == 104
    found = {task.id: (task.deadline.kind.value, str(task.deadline.day)) for task in plan.tasks}
    assert found == expected


def test_a_merged_deadline_and_lead_hold_for_all_rows(plan):
    assert plan.task("3-5").deadline.raw == "年底前"
    assert plan.task("2-2").lead == ("BJ-STHJJ",)
    assert plan.task("4-4").lead == ("BJ-NYNCJ",)
    assert plan.task("2-32").lead == plan.task("2-31").lead


def test_key_tasks_hold_for_every_measure_under_the_star(plan):
    assert [task.id for task in plan.tasks if task.key] == KEY
    assert not any("★" in task.title for task in plan.tasks)


def test_sections(plan):
    sections = Counter((task.annex, task.section) for task in plan.tasks)
    assert len(sections) == 30
    assert sections[2, "二、挥发性有机物（VOCs）治理"] == 6
    assert plan.task("5-14").section == "六、示范创建与监督"


def test_notes_are_kept_and_are_no_measures(plan):
    notes = {annex.number: annex.notes for annex in plan.annexes}
    assert len(notes[2]) == 2
    assert notes[2][1].startswith("注：1.标★")
    assert notes[5] == ("（本附件为示例，数据均为虚构。）",)


@pytest.mark.parametrize("task_id", OWNERS)
def test_owners(plan, task_id):
    assert list(plan.task(task_id).owners) == list(OWNERS[task_id])


def test_supporters_and_lead(plan):
    assert plan.task("1-3").supporters == tuple(SEVENTEEN)
    assert plan.task("1-4").supporters == ("BJ-JGSW", "BJ-DL")
    assert plan.task("2-33").supporters == ()
    assert plan.task("1-8").lead == ("BJ-CGW",)


def test_open_questions_are_those_that_only_a_person_can_answer(plan):
    owners = ["1-16", "2-7", "2-26", "2-30", "3-7", "3-8", "3-16", "4-7", "5-8"]
    assert {question.id for question in plan.questions} == {f"{task}-owners" for task in owners} | {"5-3-deadline"}
    assert {task.id for task in plan.tasks if task.open_questions} == {*owners, "5-3"}
    assert all(question.answer is None and question.choices for question in plan.questions)


def test_supporters_that_are_not_listed_are_only_remarked_on(plan):
    assert any("1-1 的协办单位「等部门」" in warning for warning in plan.warnings)
    assert not any(question.task == "1-1" for question in plan.questions)


@pytest.mark.parametrize("name", PROGRESS)
def test_assignment_is_what_the_unit_reports_on(plan, samples, name):
    data = json.loads((samples / f"{name}.json").read_text(encoding="utf-8"))
    expected = [f"{entry['annex']}-{entry['seq']}" for entry in data["entries"]]
    assert [task.id for task in plan.owned_by(data["unit_code"])] == expected


def test_counts_of_assignments(plan):
    assert [len(plan.owned_by(code)) for code in ("110105", "110112", "BJ-JTW")] == [55, 52, 9]


def test_a_unit_named_before_the_owners_are_settled_may_report(plan):
    assert "2-7" in [task.id for task in plan.supported_by("BJ-JTW")]


@pytest.mark.parametrize("name", PROGRESS)
def test_an_amount_is_asked_where_the_progress_file_has_one(plan, samples, name):
    data = json.loads((samples / f"{name}.json").read_text(encoding="utf-8"))
    for entry in data["entries"]:
        task = plan.task(f"{entry['annex']}-{entry['seq']}")
        assert (task.target_for(data["unit_code"]) is None) == (entry["cumulative"] is None), task.id


@pytest.mark.parametrize("name", PROGRESS)
def test_percent_fits_the_units_own_figure(plan, samples, name):
    """Where the plan gives the unit a number, the file's percent is its cumulative against that number."""
    data = json.loads((samples / f"{name}.json").read_text(encoding="utf-8"))
    for entry in data["entries"]:
        task = plan.task(f"{entry['annex']}-{entry['seq']}")
        if task.has_own_figure(data["unit_code"]) and entry["cumulative"] is not None:
            target = task.target_for(data["unit_code"])
            assert abs(100 * Decimal(str(entry["cumulative"])) / target.value - Decimal(str(entry["percent"]))) < 1


@pytest.mark.parametrize(
    ("task_id", "unit", "value", "measure"),
    [
        ("1-9", "110105", "36", "万平方米"),
        ("1-9", "110112", "240", "万平方米"),
        ("2-3", "110105", "6", "家"),
        ("2-23", "110105", "320", "蒸吨"),
        ("2-27", "110105", "260", "家"),
        ("3-6", "110105", "8", "个村"),
        ("5-4", "110105", "0.06", "万亩"),
        ("5-4", "110112", "0.12", "万亩"),
        ("5-5", "110105", "6", "处"),
        ("5-5", "110112", "50", "处"),
        ("2-22", "110105", "500", "条"),
        ("4-4", "110112", "60", "吨"),
        ("2-15", "BJ-JTW", "1", "条"),
    ],
)
def test_the_amount_asked_of_a_unit(plan, task_id, unit, value, measure):
    target = plan.task(task_id).target_for(unit)
    assert (target.value, target.unit) == (Decimal(value), measure)


@pytest.mark.parametrize("task_id", TARGETS)
def test_targets(plan, task_id):
    found = [
        (target.kind, target.direction, str(target.value), target.unit, target.scope)
        for target in plan.task(task_id).targets
    ]
    assert found == TARGETS[task_id]


@pytest.mark.parametrize("task_id", WORDY)
def test_a_measure_without_figures_has_one_target_in_words(plan, task_id):
    (target,) = plan.task(task_id).targets
    assert (target.kind, target.direction) == WORDY[task_id]
    assert target.value is None


def test_a_state_of_the_city_is_no_amount_of_work(plan):
    state = plan.task("3-1").targets[1]
    assert state.state
    assert [task.id for task in plan.tasks if any(target.state for target in task.targets)] == ["3-1"]


def test_figures_of_the_district_annex_are_linked(plan):
    for task_id, count in (("2-27", 17), ("3-6", 13), ("5-4", 15)):
        scoped = [target for target in plan.task(task_id).targets if target.scope]
        assert len(scoped) == count
        assert sum(target.value for target in scoped) == plan.task(task_id).targets[0].value
    assert plan.task("2-2").targets[0].kind is TargetKind.TREND


def test_names_of_targets(plan):
    names = {
        "1-4": "光伏发电装机",
        "1-9": "公共建筑节能绿色化改造",
        "2-3": "重点行业企业“一厂一策”精细化治理",
        "2-22": "城市道路机械化清扫（冲、洗）作业率",
        "3-5": "再生水利用量",
        "5-4": "造林绿化",
    }
    assert {task: plan.task(task).targets[0].indicator for task in names} == names


def test_a_plan_survives_being_kept(plan):
    assert from_plain(Plan, json.loads(json.dumps(to_plain(plan)))) == plan
