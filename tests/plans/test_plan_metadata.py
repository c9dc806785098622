"""What the notice says of itself, found in the file."""

from datetime import date

NOTE = (
    "注：本计划自2023年3月1日起施行，《北京市污染防治攻坚战2020年行动计划》（京政办发〔2020〕8号）、"
    "《2021年行动计划》（京政办发〔2021〕3号）同时废止。"
)


def test_number_dates_and_what_is_repealed(read):
    title = "北京市深入打好污染防治攻坚战2023年行动计划（京政办发〔2023〕4号，2023年2月23日印发）"
    row = (1, "治理", "检查10家", "年底前", "市水务局", "市教委", "")
    plan = read(row, (NOTE,), title=title).plan
    assert plan.document_number == "京政办发〔2023〕4号"
    assert (plan.issued, plan.effective) == (date(2023, 2, 23), date(2023, 3, 1))
    assert plan.repeals == ("京政办发〔2020〕8号", "京政办发〔2021〕3号")
    assert plan.starts == date(2023, 3, 1)


def test_where_the_file_says_nothing_the_year_begins_on_its_first_day(read):
    plan = read((1, "治理", "检查10家，2023年2月23日前完成", "年底前", "市水务局", "市教委", "")).plan
    assert (plan.issued, plan.effective, plan.repeals) == (None, None, ())
    assert plan.starts == date(2023, 1, 1)


def test_a_measure_that_speaks_of_another_rule_says_nothing_of_the_plan(read):
    row = (
        1,
        "治理",
        "自2023年7月1日起施行国六b标准，2022年5月1日印发的《办法》（京环发〔2022〕7号）同时废止",
        "年底前",
        "市水务局",
        "市教委",
        "",
    )
    plan = read(row).plan
    assert (plan.issued, plan.effective, plan.repeals) == (None, None, ())
