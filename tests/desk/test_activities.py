"""宣传公开: a register that forgets nothing, told in the month's report, the year, the archive and a rebuilt book."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.checks.provenance import Origin
from desktop_app.desk import activities, archive, disclosure, public_edition, sign_report, year_summary
from desktop_app.desk.desk import Desk
from desktop_app.desk.hand_in import signed_pdf
from desktop_app.desk.make_report import prepare
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.rebuild import rebuild
from desktop_app.errors import ClerkError, UsageError
from desktop_app.exchange import open_envelope, report_json, to_report
from desktop_app.exchange.pdfium import opened
from desktop_app.model.activity import ActivityKind
from desktop_app.model.period import Period
from desktop_app.model.report import Role
from desktop_app.store import journal
from tests.desk.ready_book import WORD, ready_book

MARCH = Period(2023, 3)


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


def test_every_change_can_be_taken_back_and_made_again(sample_desk: Desk) -> None:
    made = activities.add(sample_desk, ActivityKind.PUBLICITY, date(2023, 3, 20), "进社区")
    moved = activities.change(sample_desk, replace(made.told, day=date(2023, 2, 20), title="进学校"))
    assert (moved.number, moved.period) == (made.number, Period(2023, 2))
    assert activities.change(sample_desk, moved.told) == moved  # nothing altered, nothing written
    assert len(journal.rows(sample_desk.book, field=f"activity:{made.number}")) == 2

    def now() -> list[str]:
        return [each.title for each in activities.of_year(sample_desk, 2023)]

    for said in (["进社区"], ["进学校"]):
        activities.undo(sample_desk, made.number)
        assert now() == said
    activities.remove(sample_desk, made.number)
    for said in (["进学校"], []):
        activities.undo(sample_desk, made.number)
        assert now() == said
    other = activities.add(sample_desk, ActivityKind.PUBLICITY, date(2023, 3, 21), "另一次")
    assert other.number == made.number + 1  # a number is never given twice
    assert activities.undo(sample_desk, other.number) is None
    assert now() == []
    with pytest.raises(ClerkError, match="没有编号"):
        activities.undo(sample_desk, 99)


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
    made = activities.add(sample_desk, ActivityKind.PUBLICITY, date(2023, 3, 1), "有过")
    with pytest.raises(ClerkError, match=said):
        activities.change(sample_desk, replace(made.told, day=day, title=title, task=task))
    assert activities.of_year(sample_desk, 2023) == (made,)


def test_kinds_go_by_either_word() -> None:
    assert activities.kind_of("解读") is activities.kind_of("explaining") is ActivityKind.EXPLAINING
    with pytest.raises(UsageError, match="可写"):
        activities.kind_of("广告")


def words_of(pdf: bytes) -> str:
    with opened(pdf) as document:
        pages = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    return "".join("".join(pages).split())


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """March signed with two activities, one entered after it was signed, one of a task that is not this unit's."""
    desk = ready_book(tmp_path_factory.mktemp("told") / "book.yuebao")
    task = open_month(desk, MARCH).rows[0].task.id
    activities.add(desk, ActivityKind.DISCLOSURE, date(2023, 3, 6), "公布全年任务", channel="政府网站", task=task)
    activities.add(desk, ActivityKind.EXPLAINING, date(2023, 3, 20), "解读减污降碳", link="第3期")
    activities.add(desk, ActivityKind.PUBLICITY, date(2023, 2, 20), "二月的一次")
    for role, name in ((Role.PREPARER, "王喆"), (Role.APPROVER, "李堃")):
        sign_report.sign(desk, MARCH, role, name, WORD)
    activities.add(desk, ActivityKind.PUBLICITY, date(2023, 3, 28), "签署以后补记")
    yield desk
    desk.close()


def test_the_report_tells_of_its_month_on_paper_and_in_data(told: Desk) -> None:
    pdf = signed_pdf(told, MARCH)
    report = to_report(open_envelope(pdf).data)
    assert [each.title for each in report.activities] == ["公布全年任务", "解读减污降碳"]
    whole, public = words_of(pdf), words_of(prepare(told, MARCH, edition="public").render().pdf)
    for said in (whole, public):
        assert "宣传与信息公开" in said
        assert "2023-03-06公开公布全年任务（任务1-1）政府网站" in said
        assert "二月的一次" not in said
        assert "签署以后补记" not in said


def test_a_character_that_cannot_be_printed_is_named(sample_desk: Desk) -> None:
    activities.add(sample_desk, ActivityKind.PUBLICITY, date(2023, 3, 5), "讲解\U000323af")
    with pytest.raises(ClerkError, match="宣传与信息公开"):
        prepare(sample_desk, MARCH).render()


def test_a_report_without_any_is_the_same_to_the_byte(sample_desk: Desk) -> None:
    """The report of an older program, too, is written again as it was."""
    report = prepare(sample_desk, MARCH).report
    assert report.activities == ()
    assert "activities" not in report_json(report)


def test_data_that_tell_of_another_month_are_refused(told: Desk) -> None:
    data = open_envelope(signed_pdf(told, MARCH)).data
    for wrong in ({"day": "2023-04-06"}, {"task": "9-99"}, {"number": 0}):
        forged = {**data, "activities": [{**data["activities"][0], **wrong}]}
        with pytest.raises(ClerkError):
            to_report(forged)


def test_the_summary_tells_of_them_and_which_month_says_so(told: Desk) -> None:
    found = year_summary.summary(told, 2023, anew=True)
    lines = found.text.splitlines()
    place = lines.index("五、宣传引导和信息公开")
    assert lines[place + 1 :] == [
        "2月20日，宣传：二月的一次。",
        "3月6日，公开：公布全年任务（政府网站）。〔3月〕",
        "3月20日，解读：解读减污降碳（第3期）。〔3月〕",
        "3月28日，宣传：签署以后补记。",
    ]
    assert [each.origin for each in found.sentences[-4:]] == [
        Origin.OWN, Origin.VERBATIM, Origin.VERBATIM, Origin.OWN
    ]  # fmt: skip


def test_the_archive_lists_the_register(told: Desk, tmp_path: Path) -> None:
    made = archive.archive(told, 2023, tmp_path / "2023")
    assert [each.title for each in made.archive.activities] == [
        "二月的一次", "公布全年任务", "解读减污降碳", "签署以后补记"
    ]  # fmt: skip
    page = (tmp_path / "2023" / "index.html").read_text("utf-8")
    assert '<h2 id="public">宣传与信息公开</h2>' in page
    assert page.index("签署以后补记") > page.index("公布全年任务")


def test_a_rebuilt_book_has_what_its_reports_tell(told: Desk, tmp_path: Path) -> None:
    file = tmp_path / "march.pdf"
    file.write_bytes(signed_pdf(told, MARCH))
    made = rebuild(tmp_path / "new.yuebao", [file])
    assert any("宣传公开登记" in said for said in made.missing)
    desk = open_desk(tmp_path / "new.yuebao", today=date(2023, 4, 4))
    try:
        back = activities.of_year(desk, 2023)
        assert [(each.number, each.title, each.task) for each in back] == [
            (1, "公布全年任务", "1-1"), (2, "解读减污降碳", "")
        ]  # fmt: skip
    finally:
        desk.close()


def test_a_year_is_stopped_by_a_name_in_the_register_until_it_is_allowed(told: Desk, tmp_path: Path) -> None:
    named = activities.add(told, ActivityKind.PUBLICITY, date(2023, 3, 29), "王喆讲课", channel="010-65090000")
    try:
        found = public_edition.look(told, 2023)
        assert [disclosure.leak_words(each) for each in found.left] == [
            f"登记第 {named.number} 号「标题」：王喆", f"登记第 {named.number} 号「渠道」：010-65090000"
        ]  # fmt: skip
        with pytest.raises(ClerkError, match="2 处不宜公开"):
            public_edition.year(told, 2023, tmp_path / "year.pdf")
        assert not (tmp_path / "year.pdf").exists()
        public_edition.allow(told, 2023, "本人同意", f"activity {named.number}", "title")
        public_edition.allow(told, 2023, "对外服务电话")
        public_edition.year(told, 2023, tmp_path / "year.pdf")
        assert "王喆讲课" in words_of((tmp_path / "year.pdf").read_bytes())
        assert public_edition.look(told, MARCH).left == ()  # signed before, it does not tell of this one
    finally:
        activities.remove(told, named.number)
