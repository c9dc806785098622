"""What an import asks and says follows the language of the moment; names and quoted cells stay as they are."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from desktop_app import language
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Plan
from desktop_app.model.sentence import Sentence, say
from desktop_app.plans import apply_answer, import_plan, shipped_directory
from tests.plans.table_maker import HEADINGS, imported, measure, sheet, written

ROOM = Path(__file__).resolve().parents[2] / "desktop_app" / "plans"
SAYING = ("deadline", "duplicates", "headers_asked", "importing", "indicator_table", "linking", "owners", "sheets",
          "task_table", "understanding")  # fmt: skip
HANZI = re.compile("[\u4e00-\u9fff]")
REST = ("年底前", "市水务局", "朝阳区", "")


@pytest.fixture(autouse=True)
def _chinese_again():
    yield
    language.use("zh")


def tasks(*rows, title="2023年行动计划"):
    return sheet("任务", (title,), HEADINGS, *rows)


def oddities(book):
    page = book.create_sheet("奇怪")
    for row in (
        ("2023年计划",),
        (*HEADINGS, "备注"),
        measure(1),
        (2, "治理", '=CONCATENATE("检","查")', *REST),
        (3, "治理", "#REF!", *REST),
        (4, "治理", "检查\u200b4家。", *REST),
    ):
        page.append(row)
    page["C5"].data_type = "e"
    page.row_dimensions[3].hidden = True
    page.column_dimensions["G"].hidden = True
    page.sheet_state = "hidden"


def odd_workbook():
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(written(tasks(measure(1)))))
    oddities(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


OWNERS = (
    "相关区政府",
    "",
    "市某某中心",
    "市水务局节水处",
    "市水务局 张三",
    "各区政府（15个区）",
    "东城、西城、朝阳四区政府",
)
DEADLINES = ("", "2月30日前", "看情况", "2050年11月底前", "6月前")


@cache
def plans():
    """One import for each group of shapes; together they ask and say everything there is."""
    units = shipped_directory()
    rows = [(at, "治理", f"检查{at}家。", "年底前", "", owners, "") for at, owners in enumerate(OWNERS, start=1)]
    rows += [
        (at, "治理", f"检查{at}家。", deadline, "", "市水务局", "") for at, deadline in enumerate(DEADLINES, start=20)
    ]
    rows += [
        (40, "治理", "整治一批，具体数量待定。", *REST),
        (41, "治理", "检查1家。", "年底前", "张三", "市水务局", "市教委等部门"),
        (41, "治理", "检查2家。", *REST),
        (None, "治理", "检查3家。", *REST),
        (43, "治理", "", *REST),
        ("合计", "", "3家", "", "", "", ""),
    ]
    answers = {"9-9-owners": "朝阳区", "1-40.lead": "=BJ-JW"}
    shares = (
        sheet("一", ("附件1",), ("2023年计划",), HEADINGS, measure(1, "造林绿化1万亩，分区任务见附件2。")),
        sheet("二", ("附件2",), ("区", "造林绿化(亩)", "家(家)", "备注"), ("东城区", 100, 1, "x"),
              ("崇文区", 9, 9, "x"),
              ("西城区", 200, 1, "x"), ("朝阳区", 300, 1, "x")),
        sheet("三", ("附件3",), ("指标", "东城区", "崇文区", "西城区", "朝阳区"), ("机动车(辆)", 1, 2, 3, 4),
              ("某项(家)", 1, 2, 3, 4)),
    )  # fmt: skip
    beside = (*HEADINGS[:4], None, *HEADINGS[:4])
    columns = ("序号", "重点任务", "工作措施", "办结时间点", "牵头部门", "归口处室负责单位", "今年任务数")
    return (
        imported(tasks(*rows), answers=answers).plan,
        imported(*shares, sheet("说明", ("请按时报送。",))).plan,
        imported(sheet("并排", ("计划",), beside, (*measure(1)[:4], None, *measure(2)[:4]))).plan,
        imported(
            sheet("列", ("2023年计划",), columns, (1, "治理", "检查1家。", "年底前", "市水务局", "朝阳区", "1家"))
        ).plan,
        import_plan(odd_workbook(), "奇怪.csv", units).plan,
        import_plan("\r\n".join(",".join(row) for row in CUT).encode(), "计划.csv", units).plan,
    )


CUT = (("2023年计划", *[""] * 3), HEADINGS[:4], ("1", "治理", "检查5家。", "年底前"), ("2", "治理", "检查"))


def sentences(plan):
    for question in plan.questions:
        yield question.text_said
        if question.where_said:
            yield question.where_said
    yield from plan.warnings_said


def inner(sentence):
    yield sentence
    for _name, part in sentence.parts:
        yield from inner(part)


def without_values(sentence, text):
    """The text without what stays as it is in every language, the longest first."""
    values = [
        (value, each.template.count(f"{{{name}}}")) for each in inner(sentence) for name, value in each.words if value
    ]
    for value, times in sorted(values, key=lambda pair: -len(pair[0])):
        text = text.replace(value, "", times)
    return text


def templates():
    """Every text that these modules mark for saying later, by the source itself."""
    found = set()
    for name in SAYING:
        for node in ast.walk(ast.parse((ROOM / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
                text = ast.literal_eval(node.args[0])
                if "{" in text or text.endswith(("。", "？", "）")) or text == "没有填写完成时限":
                    found.add(text)
    return {text for text in found if not text.startswith("各区政府（")}  # two answers, not sentences


def test_these_plans_ask_and_say_everything_there_is():
    said = {each.template for plan in plans() for top in sentences(plan) for each in inner(top)}
    assert templates() - said == set()
    assert {question.kind for plan in plans() for question in plan.questions} == {
        "owners", "deadline", "target", "header", "duplicate", "unknown_unit"
    }  # fmt: skip
    assert any("按内容读入" in template for template in said)
    assert any("文件可能不完整" in template for template in said)


def test_no_chinese_sentence_remains_in_english():
    for plan in plans():
        for sentence in sentences(plan):
            language.use("en")
            spoken = str(sentence)
            left = HANZI.findall(without_values(sentence, spoken))
            language.use("zh")
            assert left == [], spoken


def test_english_and_back():
    for plan in plans():
        chinese = [question.words for question in plan.questions], plan.remarks
        assert chinese == ([question.text for question in plan.questions], plan.warnings)
        language.use("en")
        assert [question.words for question in plan.questions] != chinese[0] or not plan.questions
        assert all(question.place and question.words for question in plan.questions)
        language.use("zh")
        assert ([question.words for question in plan.questions], plan.remarks) == chinese


def test_an_import_in_english_keeps_plain_chinese():
    language.use("en")
    row = (1, "治理", "检查1家。", "2月30日前", "", "相关区政府", "")
    plan = imported(tasks(row)).plan
    assert all(re.fullmatch(r"[^A-Za-z]+", question.text) for question in plan.questions)
    deadline = next(question for question in plan.questions if question.kind == "deadline")
    assert deadline.words.startswith("「2月30日前」 is") or "2月30日前" in deadline.words
    assert "calendar" in deadline.words


def test_a_question_put_again_after_an_answer_speaks_both_languages():
    row = (1, "治理", "检查1家。", "2月30日前", "", "相关区政府", "")
    plan = apply_answer(imported(tasks(row)).plan, "1-1-owners", "朝阳区", shipped_directory())
    (still,) = plan.open_questions
    language.use("en")
    assert not HANZI.search(without_values(still.text_said, still.words))


def test_kept_and_read_again():
    for plan in plans():
        assert from_plain(Plan, json.loads(json.dumps(to_plain(plan)))) == plan


def test_a_book_of_the_first_months_shows_what_it_kept():
    plan = plans()[0]
    kept = to_plain(plan)
    for question in kept["questions"]:
        question.pop("where_said", None)
        question.pop("text_said", None)
    kept.pop("warnings_said", None)
    old = from_plain(Plan, kept)
    assert [question.words for question in old.questions] == [question.text for question in plan.questions]
    assert old.remarks == plan.warnings
    assert to_plain(old) == kept  # nothing is added to what is only read


def test_a_template_from_elsewhere_never_runs_away():
    for template in ("{a.__class__}", "{a:>999999999}", "{b}", "{", "{}", "{a!r}"):
        assert str(say(template, a="x")) == template
    for wrong in (
        "text",
        {},
        {"template": "x"},
        {"template": "x", "values": []},
        {"template": "x", "values": {"a": 1}},
    ):
        with pytest.raises(ValueError):
            Sentence.from_plain(wrong)


def test_no_sentence_or_name_of_ours_is_frozen_inside_another():
    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text))) for text in templates()]
    for plan in plans():
        for sentence in (each for top in sentences(plan) for each in inner(top)):
            for name, value in sentence.words:
                assert name not in ("role", "field", "kind", "doubt", "said"), value
                assert not any(pattern.fullmatch(value) for pattern in patterns), value
