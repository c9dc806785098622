"""Tables of other shapes than the sample's: headings, numbers, merged cells, notes, hidden parts, odd cells."""

from datetime import datetime

import pytest

from desktop_app.errors import ClerkError
from desktop_app.plans import import_plan
from desktop_app.plans.numerals import serial

ROW = (1, "★治理", "完成治理10家", "年底前", "市水务局", "各区政府", "市教委")


def test_other_headings(read):
    headings = ("编 号", "任务类别", "具体\n措施", "时限要求", "牵头单位及责任人", "责任单位", "配合单位")
    (task,) = read(ROW, headings=headings).plan.tasks
    assert (task.id, task.title, task.measure, task.deadline.kind) == ("1-1", "治理", "完成治理10家", "year_end")
    assert (task.lead, len(task.owners), task.supporters) == (("BJ-SHUIW",), 16, ("BJ-JW",))


def test_columns_in_another_order_with_an_extra_one(read):
    headings = ("主责部门", "完成时间", "备注", "工作任务", "序号")
    taken = read(("市水务局", "6月底前", "略", "检查5家", 7), headings=headings).plan
    assert taken.tasks[0].id == "1-7"
    assert taken.tasks[0].owners == ("BJ-SHUIW",)
    assert any("备注" in warning for warning in taken.warnings)


def test_a_table_of_task_and_measure(read):
    (task,) = read(
        (1, "大气", "检查5家", "年底前", "市教委"), headings=("序号", "任务", "措施", "完成时限", "责任单位")
    ).plan.tasks
    assert (task.title, task.measure) == ("大气", "检查5家")


def test_of_two_measure_columns_the_one_that_spells_out_is_taken(read):
    headings = ("序号", "类别", "工作任务", "具体措施", "完成时限", "主责单位")
    (task,) = read((1, "大气", "治理", "检查5家", "年底前", "市教委"), headings=headings).plan.tasks
    assert (task.title, task.measure) == ("大气", "检查5家")


def test_a_table_whose_only_text_column_is_the_task(read):
    (task,) = read((1, "检查5家", "年底前", "市教委"), headings=("序号", "重点任务", "完成时限", "责任单位")).plan.tasks
    assert task.measure == "检查5家"


def test_a_header_of_two_rows(workbook, units):
    rows = [
        ["2023年计划"],
        ["序号", "工作措施", "完成时限", "责任分工", None, None],
        [None, None, None, "牵头部门", "主责单位", "协办单位"],
        [1, "检查5家", "年底前", "市水务局", "市教委", "市交通委"],
    ]

    def merge(book):
        for area in ("A2:A3", "B2:B3", "C2:C3", "D2:F2"):
            book.active.merge_cells(area)

    (task,) = import_plan(workbook(rows, change=merge), "t.xlsx", units).plan.tasks
    assert (task.lead, task.owners, task.supporters) == (("BJ-SHUIW",), ("BJ-JW",), ("BJ-JTW",))


def test_a_header_far_down_and_to_the_right(workbook, units):
    rows = [["2023年计划"], *[[None]] * 12, [None, None, "序号", "工作措施", "完成时限", "主责单位"]]
    rows.append([None, None, 3, "检查5家", "年底前", "市教委"])
    (task,) = import_plan(workbook(rows), "t.xlsx", units).plan.tasks
    assert task.id == "1-3"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("３", "3"),
        ("7 ", "7"),
        ("(1)", "1"),
        ("（12）", "12"),
        ("①", "1"),
        ("⑿", "12"),
        ("3.0", "3"),
        ("十二", "12"),
        ("五、", "5"),
        ("★4", "4"),
        ("1.2", "1.2"),
        ("007", "7"),
        ("备注", None),
        ("", None),
    ],
)
def test_serial_numbers(text, number):
    assert serial(text) == number


def test_numbers_of_every_type_in_a_sheet(read):
    rows = [
        (number, "治理", f"检查{at}家", "年底前", "", "市教委", "")
        for at, number in enumerate((1, 2.0, "３", "(4)", "⑤ "), 1)
    ]
    assert [task.number for task in read(*rows).plan.tasks] == ["1", "2", "3", "4", "5"]


def test_merged_cells_hold_for_all_their_rows(read):
    rows = [
        (1, "★治理", "检查1家", "6月底前", "市水务局", "市教委", ""),
        (2, None, "检查2家", None, None, "市教委", ""),
    ]

    def merge(book):
        for column in "BDE":
            book.active.merge_cells(f"{column}3:{column}4")

    first, second = read(*rows, change=merge).plan.tasks
    assert second.key
    assert (second.title, second.deadline, second.lead) == (first.title, first.deadline, first.lead)


def test_a_star_ends_with_its_section(read):
    rows = [ROW, (2, None, *ROW[2:]), ("二、水",), (3, None, *ROW[2:])]
    found = read(*rows).plan.tasks
    assert [task.key for task in found] == [True, True, False]
    assert found[1].title == "治理"


def test_a_blank_deadline_that_is_not_merged_is_asked_for(read):
    rows = [ROW, (2, "治理", "检查2家", None, "市水务局", "市教委", "")]
    taken = read(*rows).plan
    assert [question.id for question in taken.questions] == ["1-2-deadline"]


def test_a_key_column(read):
    headings = ("序号", "工作措施", "完成时限", "主责单位", "是否重点")
    rows = [(1, "a", "年底前", "市教委", "是"), (2, "b", "年底前", "市教委", "否"), (3, "c", "年底前", "市教委", None)]
    assert [task.key for task in read(*rows, headings=headings).plan.tasks] == [True, False, False]


def test_a_goal_column_gives_the_amount(read):
    headings = ("序号", "工作措施", "年度目标", "完成时限", "主责单位")
    (task,) = read((1, "推进治理", "120家", "年底前", "市教委"), headings=headings).plan.tasks
    assert (str(task.target_for("BJ-JW").value), task.target_for("BJ-JW").unit) == ("120", "家")


def test_a_measure_over_two_rows_is_one_task_with_both_owners(read):
    rows = [(1, "治理", "检查1家", "年底前", "", "市教委", ""), (None, None, None, None, None, "市水务局", "")]

    def merge(book):
        for column in "ABCD":
            book.active.merge_cells(f"{column}3:{column}4")

    (task,) = read(*rows, change=merge).plan.tasks
    assert task.owners == ("BJ-JW", "BJ-SHUIW")


def test_sections_notes_totals_and_a_repeated_header(read):
    rows = [
        ("一、空气",),
        ROW,
        ("序号", "重点任务", "工作措施", "完成时限", "牵头部门", "主责单位", "协办单位"),
        ("（二）移动源",),
        (2, *ROW[1:]),
        ("合计", None, None, None, None, None, 2),
        ("注：以上任务按月报送。",),
    ]

    def merge(book):
        for row in (3, 6, 9):
            book.active.merge_cells(f"A{row}:G{row}")

    taken = read(*rows, change=merge).plan
    assert [(task.id, task.section) for task in taken.tasks] == [("1-1", "一、空气"), ("1-2", "（二）移动源")]
    assert taken.annexes[0].notes == ("注：以上任务按月报送。",)


def test_unmerged_sections_and_ditto_marks(read):
    rows = [("一、空气",), ROW, (2, "治理", "检查2家", "同上", "〃", "同上", "")]
    first, second = read(*rows).plan.tasks
    assert second.section == "一、空气"
    assert (second.deadline, second.lead, second.owners) == (first.deadline, first.lead, first.owners)


def test_a_row_without_a_number_is_taken_and_remarked_on(read):
    taken = read(ROW, (None, "治理", "检查2家", "年底前", "", "市教委", "")).plan
    assert [task.id for task in taken.tasks] == ["1-1", "1-1-2"]
    assert any("没有序号" in warning for warning in taken.warnings)


def test_annex_number_from_the_sheet_else_from_its_place(workbook, units):
    headings = ["序号", "工作措施", "完成时限", "主责单位"]
    one = [["附件三"], ["2023年计划"], headings, [1, "x", "年底前", "市教委"]]
    two = [["2023年方案"], headings, [1, "x", "年底前", "市教委"]]
    taken = import_plan(workbook(one, two), "t.xlsx", units)
    assert [(sheet.annex, sheet.measures) for sheet in taken.sheets] == [(3, 1), (2, 1)]
    assert [annex.number for annex in taken.plan.annexes] == [2, 3]


def test_document_number_and_year(read):
    title = "《2024年行动计划》（京政办发〔2024〕6号）"
    plan = read(ROW, title=title).plan
    assert (plan.year, plan.document_number) == (2024, "京政办发\u30142024\u30156号")
    assert not plan.sample
    assert str(plan.tasks[0].deadline.day) == "2024-12-31"


def test_other_sheets_are_skipped_with_a_word(workbook, units):
    table = [["2023年计划"], ["序号", "工作措施", "完成时限", "主责单位"], [1, "x", "年底前", "市教委"]]
    taken = import_plan(workbook([["填表说明"], ["请按时报送。"]], table), "t.xlsx", units)
    assert len(taken.sheets) == 1
    assert any("表1" in warning for warning in taken.plan.warnings)


def test_hidden_parts_are_taken_and_said(read):
    def hide(book):
        book.active.row_dimensions[4].hidden = True
        book.active.column_dimensions["G"].hidden = True

    plan = read(ROW, (2, *ROW[1:]), change=hide).plan
    assert len(plan.tasks) == 2
    assert plan.tasks[0].supporters == ("BJ-JW",)
    assert sum("隐藏" in warning for warning in plan.warnings) == 2


def test_a_formula_without_a_stored_value_is_said(read):
    plan = read((1, "治理", '=CONCATENATE("检","查")', "年底前", "", "市教委", ""), (2, *ROW[1:])).plan
    assert [task.id for task in plan.tasks] == ["1-2"]
    assert any("C3" in warning and "公式" in warning for warning in plan.warnings)


def test_text_that_looks_like_a_formula_stays_text(read):
    def as_text(book):
        for row, text in enumerate(("=1+1项", "+2家", "-3家", "@4家"), start=3):
            book.active.cell(row, 3).value = text
            book.active.cell(row, 3).data_type = "s"

    tasks = read(*[(number, *ROW[1:]) for number in range(1, 5)], change=as_text).plan.tasks
    assert [task.measure for task in tasks] == ["=1+1项", "+2家", "-3家", "@4家"]


def test_invisible_characters_are_taken_out_and_said(read):
    plan = read((1, "治理", "检查\u200b5\u202e家", "年底前", "", "市\ufeff教委", "")).plan
    assert (plan.tasks[0].measure, plan.tasks[0].owners) == ("检查5家", ("BJ-JW",))
    assert any("控制字符" in warning for warning in plan.warnings)


def test_dates_percentages_and_units_that_are_only_formats(read):
    headings = ("序号", "工作措施", "完成时限", "主责单位", "年度目标")
    rows = [(1, "a", datetime(2023, 9, 15), "市教委", 0.95), (2, "b", datetime(2023, 9, 1), "市教委", 30)]  # noqa: DTZ001

    def formats(book):
        book.active["E3"].number_format = "0%"
        book.active["C4"].number_format = 'yyyy"年"m"月"'
        book.active["E4"].number_format = '0"家"'

    first, second = read(*rows, headings=headings, change=formats).plan.tasks
    assert (first.deadline.kind, str(first.deadline.day)) == ("date", "2023-09-15")
    assert (str(first.targets[0].value), first.targets[0].unit) == ("95", "%")
    assert (second.deadline.kind, str(second.deadline.day)) == ("month_end", "2023-09-30")
    assert (str(second.targets[0].value), second.targets[0].unit) == ("30", "家")


def test_a_wrong_date_is_a_question(read):
    plan = read((1, "治理", "检查5家", "2月30日前", "", "市教委", "")).plan
    assert plan.tasks[0].deadline.kind == "unknown"
    assert plan.questions[0].kind == "deadline"


def test_figures_of_an_annex_that_is_too_small_are_remarked_on(workbook, units):
    tasks = [["附件1"], ["2023年计划"], ["序号", "工作措施", "完成时限", "主责单位"]]
    tasks.append([1, "新增造林绿化1万亩，分区任务见附件2。", "年底前", "各区政府"])
    shares = [
        ["附件2"],
        ["区", "新增造林绿化(亩)", "其他(家)"],
        ["东城区", 100, 1],
        ["西城区", 200, 1],
        ["朝阳区", 300, 1],
    ]
    plan = import_plan(workbook(tasks, shares), "t.xlsx", units).plan
    assert str(plan.tasks[0].target_for("110105").value) == "0.03"
    assert any("少于总任务" in warning for warning in plan.warnings)


def test_a_table_without_any_header_is_refused(workbook, units):
    with pytest.raises(ClerkError, match="没有找到任务表"):
        import_plan(workbook([["2023年计划"], [1, "治理", "检查5家"]]), "t.xlsx", units)


def test_the_file_date_stands_in_for_a_missing_year(read):
    plan = read(ROW, title="计划").plan
    assert any("没有写明年份" in warning for warning in plan.warnings)
