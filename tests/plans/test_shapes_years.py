"""Whole tables in the shapes of other years, held against what a person reads in them."""

from tests.plans.table_maker import HEADINGS, ids, imported, measure, sheet


def units(task):
    return task.lead, task.owners, task.supporters


def test_2013_numbers_in_chinese_head_the_sections():
    taken = imported(
        sheet(
            "任务分解",
            ("附件",),
            ("北京市2013—2017年清洁空气行动计划重点任务分解2013年工作措施",),
            (),
            ("序号", "工作任务", "具体措施", "时限\n要求", "牵头单位及责任人", "责任单位"),
            ("一", "源头控制减排工程"),
            (1, "优化城市功能", "发布禁限目录。", "2013年底前", "市发展改革委\n张三", "市经济信息化委、各区县政府"),
            (2, None, "分解人口调控目标。", "长期实施", "市发展改革委 李四", "东城区政府、西城区政府"),
            ("二", "能源结构调整减排工程"),
            (3, "削减燃煤", "全市燃煤总量减少130万吨。", "2013年底前", "市发展改革委", "各区县政府"),
        )
    )
    first, second, third = taken.plan.tasks
    assert taken.plan.year == 2013
    assert [task.section for task in taken.plan.tasks] == ["一、源头控制减排工程"] * 2 + ["二、能源结构调整减排工程"]
    assert units(first)[0] == ("BJ-FGW",)
    assert (first.title, second.title, third.title) == ("优化城市功能", "优化城市功能", "削减燃煤")
    assert (len(first.owners), second.owners, len(third.owners)) == (17, ("110101", "110102"), 16)
    assert [str(task.deadline.day) for task in taken.plan.tasks] == ["2013-12-31", "None", "2013-12-31"]


def test_2020_a_header_of_two_rows_and_sections_across():
    taken = imported(
        sheet("填表说明", ("填表说明",), ("1.序号按顺序填写",), ("2.主责单位须填写",)),
        sheet(
            "蓝天",
            ("附件1",),
            ("北京市蓝天保卫战2020年行动计划",),
            ("序号", "重点任务", "工作措施", "时限要求", "责任分工", None, None),
            (None, None, None, None, "牵头部门", "主责单位（牵头落实）", "协办单位"),
            ("一、移动源",),
            (1, "★车辆结构", "推广新能源车1.2万辆。", "年底前", "市交通委", "市交通委、各区政府", "市财政局"),
            (2, None, "淘汰柴油车5000辆。", "6月底前", "市生态环境局", "各区政府", "市公安局公安交通管理局"),
            ("（二）扬尘",),
            ("３", "扬尘", "降尘量控制在5吨/平方公里·月以内。", "持续推进", "市住房城乡建设委", "各区政府", ""),
            merge=("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "A5:G5", "B6:B7", "A8:G8"),
        ),
        sheet(
            "碧水",
            ("附件2 北京市碧水攻坚战2020年行动计划",),
            ("序号", "任务类别", "任务", "时限要求", "牵头单位", "责任单位", "配合单位"),
            ("一、水",),
            (1.0, "截污", "新建污水管线100公里。", "年底前", "市水务局", "各区政府", "市财政局"),
        ),
    )
    assert ids(taken.plan) == ["1-1", "1-2", "1-3", "2-1"]
    assert [annex.title for annex in taken.plan.annexes] == [
        "北京市蓝天保卫战2020年行动计划",
        "北京市碧水攻坚战2020年行动计划",
    ]
    assert [task.key for task in taken.plan.tasks] == [True, True, False, False]
    assert taken.plan.tasks[2].section == "（二）扬尘"
    assert taken.plan.tasks[1].supporters == ("BJ-JGJ",)
    assert not taken.plan.questions
    assert any("填表说明" in warning for warning in taken.plan.warnings)


def test_2021_all_annexes_in_one_sheet():
    taken = imported(
        sheet(
            "行动计划",
            ("北京市深入打好污染防治攻坚战2021年行动计划",),
            ("附件1",),
            ("北京市大气污染防治2021年行动计划",),
            HEADINGS,
            measure(1),
            measure(2),
            ("附件2",),
            ("北京市水污染防治2021年行动计划",),
            HEADINGS,
            measure(1),
            ("附件3 北京市土壤污染防治2021年行动计划",),
            measure(1),
            measure(2),
            ("附件6",),
            ("2021年各区指标",),
            ("区", "PM2.5年均浓度（微克/立方米）", "新能源车（辆）"),
            ("全市", "≤35", 30000),
            ("1.东城区", "≤36", 100),
            ("西 城 区", "≤36", 200),
            ("朝阳区政府", "≤37", "300以上"),
            ("亦庄", "持续改善", "/"),
            ("合计", None, 600),
        )
    )
    plan = taken.plan
    assert ids(plan) == ["1-1", "1-2", "2-1", "3-1", "3-2"]
    assert [(annex.number, annex.title) for annex in plan.annexes] == [
        (1, "北京市大气污染防治2021年行动计划"),
        (2, "北京市水污染防治2021年行动计划"),
        (3, "北京市土壤污染防治2021年行动计划"),
        (6, "2021年各区指标"),
    ]
    assert [(sheet.annex, sheet.measures, sheet.indicators) for sheet in taken.sheets] == [
        (1, 2, 0),
        (2, 1, 0),
        (3, 2, 0),
        (6, 0, 2),
    ]
    assert [target.scope for target in plan.indicators[0].targets] == ["110101", "110102", "110105", "BJ-BDA"]
    assert [target.scope for target in plan.indicators[1].targets] == ["110101", "110102", "110105"]
    assert not plan.warnings


def test_2022_five_actions_told_by_a_column():
    rows = [
        (number, action, "治理", f"检查{number}家。", "年底前", "市生态环境局")
        for number, action in enumerate(
            ("大气污染防治行动", "大气污染防治行动", "水污染防治行动", "土壤污染防治行动"), 1
        )
    ]
    taken = imported(
        sheet(
            "Sheet1",
            ("北京市深入打好污染防治攻坚战2022年行动计划任务清单",),
            ("序号", "专项行动", "重点任务", "工作措施", "完成时限", "主责单位"),
            *rows,
            merge=("B3:B4",),
        )
    )
    assert ids(taken.plan) == ["1-1", "1-2", "2-3", "3-4"]
    assert [annex.title for annex in taken.plan.annexes] == ["大气污染防治行动", "水污染防治行动", "土壤污染防治行动"]
    assert taken.plan.year == 2022


def test_2024_mandatory_and_district_specific_tables():
    headings = ("序号", "任务名称", "工作措施", "完成时限")
    taken = imported(
        sheet("规定动作", ("附件6-1",), ("2024年各区规定动作",), HEADINGS, measure(1), measure(2)),
        sheet("朝阳区", ("附件6-2",), ("朝阳区2024年特色任务",), headings, (1, "亮马河", "治理3公里。", "年底前")),
        sheet("海淀区", ("附件6-3",), ("海淀区2024年特色任务",), headings, (1, "清河", "治理2公里。", "年底前")),
        sheet("大气", ("附件1",), ("北京市大气污染防治2024年行动计划",), HEADINGS, measure(1)),
    )
    plan = taken.plan
    assert ids(plan) == ["6-1.1", "6-1.2", "6-2.1", "6-3.1", "1-1"]
    assert [task.obligation for task in plan.tasks] == ["mandatory", "mandatory", *["district_specific"] * 2, None]
    assert [task.owners for task in plan.tasks[2:4]] == [("110105",), ("110108",)]
    assert [annex.number for annex in plan.annexes] == [1, 6]
    assert not plan.questions


def test_2025_goal_unit_and_shares_of_districts_in_one_table():
    taken = imported(
        sheet(
            "附件2",
            ("大气污染防治任务分解表",),
            (
                "序号",
                "工作措施",
                "2024年目标",
                "2025年目标",
                None,
                "分区任务",
                None,
                None,
                "完成时限",
                "责任单位",
                "备注",
            ),
            (None, None, None, "数值", "单位", "东城区", "西城区", "朝阳区", None, None, None),
            (1, "餐饮业深度治理", 200, 300, "家", 100, "/", 200, "年底前", "各区政府", "重点"),
            merge=("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:H2", "I2:I3", "J2:J3", "K2:K3"),
        )
    )
    (task,) = taken.plan.tasks
    assert (taken.plan.year, task.id) == (2025, "2-1")
    assert task.goal_raw == "300家，其中东城区100家、朝阳区200家"
    assert [(str(target.value), target.unit, target.scope) for target in task.targets] == [
        ("300", "家", None),
        ("100", "家", "110101"),
        ("200", "家", "110105"),
    ]
    assert not taken.plan.questions
    assert any("2024年目标" in warning and "备注" in warning for warning in taken.plan.warnings)
