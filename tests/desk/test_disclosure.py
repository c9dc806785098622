"""What is said in public: a register of it, and an edition that gives nobody away."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from desktop_app.checks.public import leaks
from desktop_app.cli.main import main
from desktop_app.desk import activities, disclosure, make_report, public_edition
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month, set_people
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError, UsageError
from desktop_app.model.activity import ActivityKind
from desktop_app.model.period import Period
from desktop_app.model.report import People
from desktop_app.store import journal

MARCH = Period(2023, 3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系电话13812345678，随时受理。", ("138****5678",)),
        ("请拨打010-65090000或写信至hb@example.org。", ("010-65090000", "hb@example.org")),
        ("身份证11010519491231002X已核对。", ("110105********002X",)),
        ("由王喆牵头完成。", ("王喆",)),
        ("联系人：赵某某，已进场。", ("赵某某",)),
        ("内部文件，不得公开。", ("内部文件", "不得公开")),
        ("仅供内部掌握，暂不公布。", ("仅供内部", "内部掌握", "暂不公布")),
        ("敏感企业已约谈。", ("敏感企业",)),
    ],
)
def test_what_must_not_leave_is_found(text: str, found: tuple[str, ...]) -> None:
    assert set(leaks(text, ["王喆"])) == set(found)


@pytest.mark.parametrize(
    "text",
    [
        "完成公共建筑节能改造1.8万平方米，累计38000平方米。", "车站内部道路喷淋系统已建成。",
        "依法公开环境信息120条，公布结果3次。",
        "密云水库水质稳定，司机密切配合。", "2023年11月15日前完成1301家，共13800000元。", "负责人员培训3次。",
    ],
)  # fmt: skip
def test_ordinary_words_may_leave(text: str) -> None:
    assert leaks(text, ["王喆"]) == ()


def words_of(desk: Desk, tmp_path: Path) -> str:
    file = tmp_path / "public.pdf"
    file.write_bytes(make_report.prepare(desk, MARCH, edition="public").render().pdf)
    done = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True)
    return "".join(done.stdout.decode().split())


def test_a_leak_stops_the_public_edition_until_it_is_hidden_or_explained(sample_desk: Desk, tmp_path: Path) -> None:
    task = open_month(sample_desk, MARCH).rows[0].task.id
    set_people(sample_desk, People("王喆", "", "李堃", "010-65090000"))
    save(sample_desk, MARCH, task, {"narrative": "由王喆带队，咨询电话13812345678。", "problems": "李堃反映资金不足。"})
    assert [str(each) for each in public_edition.look(sample_desk, MARCH)] == [
        f"{task}「本月进展」：138****5678",
        f"{task}「本月进展」：王喆",
    ]
    with pytest.raises(ClerkError, match="2 处不宜公开") as refused:
        make_report.prepare(sample_desk, MARCH, edition="public")
    assert "13812345678" not in str(refused.value)
    make_report.prepare(sample_desk, MARCH)  # what is handed in is nobody else's business

    assert public_edition.hide(sample_desk, MARCH, task) == (task,)
    whole = make_report.prepare(sample_desk, MARCH)
    said = words_of(sample_desk, tmp_path)
    assert "13812345678" not in said
    assert "李堃反映" not in said
    assert disclosure.WITHHELD in said
    assert whole.render().check_code in said  # the code is that of the whole report

    assert public_edition.hide(sample_desk, MARCH, task, show=True) == ()
    public_edition.allow(sample_desk, MARCH, "对外服务电话，本人同意署名。")
    assert "13812345678" in words_of(sample_desk, tmp_path)
    save(sample_desk, MARCH, task, {"next_steps": "有事找李堃。"})
    with pytest.raises(ClerkError, match="1 处不宜公开"):  # what was allowed is allowed, what is new is not
        make_report.prepare(sample_desk, MARCH, edition="public")
    assert journal.rows(sample_desk.book, field=f"setting:public:{MARCH}")


def test_nothing_to_explain_is_said_and_a_task_must_be_one(sample_desk: Desk) -> None:
    with pytest.raises(ClerkError, match="不需要说明"):
        public_edition.allow(sample_desk, MARCH, "可以")
    with pytest.raises(ClerkError):
        public_edition.hide(sample_desk, MARCH, "9-99")
    assert disclosure.hidden(sample_desk, MARCH) == ()


def test_activities_are_entered_listed_and_taken_off(sample_desk: Desk) -> None:
    day = date(2023, 3, 20)
    later = activities.add(sample_desk, ActivityKind.EXPOSURE, day, "曝光三起  典型案例", channel="北京日报")
    first = activities.add(sample_desk, ActivityKind.DISCLOSURE, date(2023, 3, 1), "公布目标", link="京环发〔2023〕1号")
    assert activities.of_year(sample_desk, 2023) == (first, later)
    assert later.title == "曝光三起 典型案例"
    assert activities.of_year(sample_desk, 2023, Period(2023, 4)) == ()
    activities.remove(sample_desk, later.number)
    assert activities.of_year(sample_desk, 2023) == (first,)
    with pytest.raises(ClerkError, match="没有编号"):
        activities.remove(sample_desk, later.number)
    told = [(row.old, row.new) for row in journal.rows(sample_desk.book, field=f"activity:{later.number}")]
    assert told == [(None, "2023-03-20 exposure 曝光三起 典型案例 北京日报"),
                    ("2023-03-20 exposure 曝光三起 典型案例 北京日报", None)]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "title", "task", "said"),
    [
        (date(2030, 1, 1), "以后", "", "还没有到"),
        (date(2023, 3, 1), "  ", "", "没有写标题"),
        (date(2023, 3, 1), "x" * 201, "", "超过 200"),
        (date(2023, 3, 1), "a\u202eb", "", "看不见的字符"),
        (date(2023, 3, 1), "针对", "9-99", "任务表里没有"),
        (date(1899, 3, 1), "从前", "", "不是报告期"),
    ],
)
def test_what_cannot_be_entered_is_refused(sample_desk: Desk, day: date, title: str, task: str, said: str) -> None:
    with pytest.raises(ClerkError, match=said):
        activities.add(sample_desk, ActivityKind.PUBLICITY, day, title, task=task)
    assert activities.of_year(sample_desk, day.year) == ()


def test_kinds_go_by_either_word() -> None:
    assert activities.kind_of("解读") is activities.kind_of("explaining") is ActivityKind.EXPLAINING
    with pytest.raises(UsageError, match="可写"):
        activities.kind_of("广告")


def test_commands(sample_desk: Desk, capsys: pytest.CaptureFixture) -> None:
    book = ["--book", str(sample_desk.book_path), "--today", "2023-04-04", "--json"]
    task = open_month(sample_desk, MARCH).rows[0].task.id
    save(sample_desk, MARCH, task, {"narrative": "联系人：赵某某。"})
    sample_desk.close()

    def run(*words: str) -> tuple[int, dict]:
        code = main([*words, *book])
        return code, json.loads(capsys.readouterr().out)

    assert run("activity", "add", "宣传", "进社区", "--on", "2023-03-05", "--task", task)[1]["number"] == 1
    assert [each["title"] for each in run("activity", "list", "2023")[1]["activities"]] == ["进社区"]
    assert run("activity", "list", "2023-04")[1]["activities"] == []
    assert run("public", "check", "2023-03")[0] == 1
    assert run("public", "hide", "2023-03", task)[1]["hidden"] == [task]
    assert run("public", "check", "2023-03") == (0, {"leaks": [], "hidden": [task], "reason": None})
    assert run("public", "show", "2023-03", task)[1]["hidden"] == []
    assert run("public", "allow", "2023-03", "已征得同意")[1]["leaks"][0]["found"] == "赵某某"
    assert run("public", "check", "2023-03")[0] == 0
    assert run("activity", "remove", "1")[1]["title"] == "进社区"
    assert run("public", "year", "2023", "--out", "x.pdf")[0] == 1
