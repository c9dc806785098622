"""An archive's first page runs nothing and says every word as a word."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser

from desktop_app.model.activity import Activity, ActivityKind
from desktop_app.model.archive import Archive, ArchivedReport, ArchivedTable, Basis
from desktop_app.model.entry import Entry, Status
from desktop_app.model.report import MonthState
from desktop_app.model.report_body import Report
from desktop_app.rendering.archive_index import index_page

EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)>" onload="y\' & \u202egnp'


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def archive(report: Report, words: str, now: datetime) -> Archive:
    listed = ArchivedReport(
        period=report.period, revision=1, state=MonthState.SIGNED, reason=words, check_code="0" * 16,
        data_sha256="0" * 64, pdf_sha256="0" * 64, pdf="reports/a.pdf", data="data/a.json",
        last_day=now.date(), handed_in_at=now, places=(words,), signatures=(),
    )  # fmt: skip
    table = ArchivedTable(words, ("plan/plan-1.pdf",))
    unit = replace(report.unit, name=words)
    done = Activity(
        1, report.period, ActivityKind.EXPOSURE, now.date(), words, words, words, words, at=now, actor=words
    )
    basis = Basis(weights=(), deadlines=(), sealed_at=(), marks=(), carried=(), activities=(done,), units=())
    return Archive(
        unit=unit, year=2023, made_at=now, program="1", sample=True, reports=(listed,), plans=(table,),
        ledgers=(table,), tables=(table,), certificates=(table,), left_out=(words,), basis=basis,
    )  # fmt: skip


def test_words_are_words_whatever_they_hold(report: Report) -> None:
    now = datetime(2024, 1, 10, 10, tzinfo=timezone(timedelta(hours=8)))
    task = report.tasks[0].task
    evil = replace(
        report,
        tasks=(replace(report.tasks[0], task=replace(task, title=EVIL)),),
        entries=(Entry(task.id, Status.DONE, narrative=EVIL),),
    )
    text = index_page(archive(evil, EVIL, now), (evil,))
    page = Page(text)
    assert page.tags.isdisjoint({"script", "img", "iframe", "object", "link", "base"})
    assert page.names <= {"lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "scope",
                          "aria-labelledby"}  # fmt: skip
    assert sum(EVIL.replace("\u202e", "\ufffd") in said for said in page.said) >= 12
    assert "\u202e" not in text
    assert "default-src 'none'" in text
    assert "://" not in text
