"""Hypothesis strategies for the values that travel: any report and receipt that the program could hold."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from desktop_app.model.activity import ActivityKind, Publicised
from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.finding import REPORT, Finding, Severity
from desktop_app.model.period import Period
from desktop_app.model.plan import (
    Change,
    Deadline,
    DeadlineKind,
    Direction,
    Indicator,
    Obligation,
    Target,
    TargetKind,
    Task,
)
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate, People
from desktop_app.model.report_body import CheckBasis, Curve, PlanReference, Problems, Report, ReportTask
from desktop_app.model.unit import Unit, UnitKind

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["=1+1", "王喆、李翀 PM₂.₅", "A<B>&C", '"引号"', "𫖯𬭎", "完成36万㎡。", " 前后空格 "]
)
words = st.text("0123456789abcXYZ-", min_size=1, max_size=8)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
decimals = st.decimals(
    min_value=Decimal("-1e12"), max_value=Decimal("1e12"), allow_nan=False, allow_infinity=False, places=4
)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
periods = st.builds(Period, st.integers(2000, 2099), st.integers(1, 12))
moments = st.builds(
    lambda seconds, hours: datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours))),
    st.integers(946_684_800, 4_102_444_800),
    st.integers(-11, 13),
)
codes = st.tuples() | st.lists(words, max_size=3).map(tuple)

units = st.builds(
    Unit,
    words,
    st.text("北京市朝阳区", min_size=1),
    st.sampled_from(UnitKind),
    st.integers(0, 99),
    st.lists(texts, max_size=2).map(tuple),
)
deadlines = st.builds(Deadline, texts, st.sampled_from(DeadlineKind), st.none() | days, st.booleans())
targets = st.builds(
    Target,
    texts,
    st.sampled_from(TargetKind),
    st.sampled_from(Direction),
    st.none() | decimals,
    texts,
    st.none() | words,
    texts,
)
pairs = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
target_lists = st.lists(targets, max_size=2).map(tuple)


def tasks(task_id: str) -> st.SearchStrategy[Task]:
    annex, number = task_id.split("-")
    return st.builds(
        Task,
        id=st.just(task_id),
        annex=st.just(int(annex)),
        number=st.just(number),
        key=st.booleans(),
        title=texts,
        measure=texts,
        deadline=deadlines,
        section=texts,
        lead=codes,
        owners=codes,
        supporters=codes,
        lead_raw=texts,
        owners_raw=texts,
        supporters_raw=texts,
        targets=target_lists,
        open_questions=codes,
        goal_raw=texts,
        obligation=st.none() | st.sampled_from(Obligation),
        confirmed=codes,
    )


def entries(task_id: str) -> st.SearchStrategy[Entry]:
    """Any row of the form for this task."""
    numbers = st.none() | decimals
    return st.builds(
        Entry,
        st.just(task_id),
        st.none() | st.sampled_from(Status),
        numbers,
        numbers,
        numbers,
        numbers,
        texts,
        texts,
        texts,
        texts,
        st.booleans(),
        texts,
    )


def _findings(tasks: list[str]) -> st.SearchStrategy[Finding]:
    return st.builds(
        Finding,
        words,
        st.sampled_from(Severity),
        st.sampled_from([*tasks, REPORT]),
        st.none() | words,
        texts,
        texts,
        pairs,
        st.none() | texts,
    )


def _bases(ids: list[str]) -> st.SearchStrategy[CheckBasis]:
    """What the checks of a report rested on: of an older program, nothing but the catalogue's version."""
    percents = st.lists(decimals, min_size=12, max_size=12).map(tuple)
    past = st.none() | st.tuples(*(entries(i) for i in ids))
    earlier = st.none() | st.tuples(*(st.builds(Problems, st.just(i), texts) for i in ids))
    changes = st.tuples(*(st.builds(Change, st.just(i), words, texts, texts, st.just(i)) for i in ids))
    return st.builds(
        CheckBasis,
        st.integers(1, 9),
        st.lists(st.tuples(words, words), max_size=2).map(tuple),
        st.tuples(*(st.builds(Curve, st.just(i), percents) for i in ids)),
        past,
        earlier,
        changes,
    )


def _activities(period: Period, ids: list[str]) -> st.SearchStrategy[tuple[Publicised, ...]]:
    """What was done in public in the month."""
    done = st.builds(
        Publicised,
        st.integers(1, 999),
        st.sampled_from(ActivityKind),
        st.dates(period.first_day, period.last_day),
        texts,
        texts,
        texts,
        st.sampled_from(["", *ids]),
    )
    return st.lists(done, max_size=2).map(tuple)


@st.composite
def reports(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Report:
    """Any report whose references lead somewhere."""
    ids = draw(st.lists(st.builds("{}-{}".format, st.integers(1, 6), st.integers(1, 50)), max_size=3, unique=True))
    period = draw(periods)
    indicators = st.builds(Indicator, words, st.integers(1, 6), words, texts, texts, texts, target_lists)
    names = st.text("照片.jpg ", min_size=1, max_size=10)
    evidence = [
        st.builds(Evidence, st.just(i), names, st.just("image/jpeg"), st.integers(0, 9**9), hashes) for i in ids
    ]
    return Report(
        unit=draw(units),
        period=period,
        revision=draw(st.integers(1, 99)),
        reason=draw(texts),
        plan=draw(
            st.builds(PlanReference, texts, texts, st.integers(2000, 2100), st.integers(1, 9), hashes, st.booleans())
        ),
        due=draw(st.builds(DueDate, st.just(period), days, days, st.booleans(), texts)),
        as_of=draw(days),
        prepared_on=draw(days),
        people=draw(st.builds(People, texts, texts, texts, texts)),
        tasks=tuple(ReportTask(draw(tasks(i)), draw(texts), draw(st.booleans())) for i in ids),
        entries=tuple(draw(entries(i)) for i in ids if draw(st.booleans())),
        indicators=draw(st.lists(indicators, max_size=2).map(tuple)),
        findings=draw(st.lists(_findings(ids), max_size=3).map(tuple)),
        evidence=tuple(draw(one) for one in evidence),
        journal_head=draw(hashes),
        program=draw(words),
        checks=draw(_bases(ids)),
        activities=draw(_activities(period, ids)),
    )


check_codes = st.binary(min_size=8, max_size=8).map(lambda raw: raw.hex("-", 2).upper())
receipts = st.builds(
    Receipt,
    words,
    st.text("朝阳区", min_size=1),
    periods,
    st.integers(1, 99),
    hashes,
    hashes,
    check_codes,
    moments,
    days,
    st.booleans(),
    st.text("办公室", min_size=1),
)
