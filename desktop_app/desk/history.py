"""What was done: the journal with its chain, and the months with their revisions."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from desktop_app.desk.desk import Desk
from desktop_app.desk.month import due
from desktop_app.errors import ClerkError, UsageError
from desktop_app.exchange import open_envelope, to_receipt
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import DueDate, MonthState
from desktop_app.store import Month, journal, months, remarks, sealed, soundness, transfers
from desktop_app.store.journal import JournalRow
from desktop_app.store.rebuilding import REBUILT

__all__ = ["JournalRow"]


@dataclass(frozen=True)
class Page:
    """Rows of the journal in order; `total` counts all that were asked for, `more` says that there are others."""

    rows: tuple[JournalRow, ...]
    total: int
    more: bool


@dataclass(frozen=True)
class SignedHead:
    """The journal's head as a signed report carries it. `seq` is the row it belongs to, None where there is none."""

    period: Period
    revision: int
    head: str
    seq: int | None


@dataclass(frozen=True)
class JournalVerdict:
    """Whether the chain holds, and whether the heads in the signed reports still belong to it.

    `problems` are plain sentences; `notes` do not speak against it (a clock that was set back).
    """

    rows: int
    head: str
    intact: bool
    first_bad: int | None
    heads: tuple[SignedHead, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def heads_matched(self) -> bool:
        """Whether every signed report's head is in the chain."""
        return all(head.seq is not None for head in self.heads)

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.problems


@dataclass(frozen=True)
class Receipt:
    """The receipt that closed a month, as it came in."""

    sha256: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Told:
    """One revision of a month. `on_time` is None while it was not handed in; `signatures` 0 while it is a draft.

    `month_on_time` is of the month: a correction sent after the last day does not make late what first came in time.
    """

    period: Period
    revision: int
    state: MonthState
    reason: str
    due: DueDate
    on_time: bool | None
    opened_at: datetime
    sealed_at: datetime | None
    signatures: int
    check_code: str | None
    handed_in_at: datetime | None
    places: tuple[str, ...]
    closed_at: datetime | None
    receipt: Receipt | None
    month_on_time: bool | None = None


def page(
    desk: Desk,
    period: Period | None = None,
    task: str | None = None,
    field: str | None = None,
    *,
    after: int | None = None,
    limit: int = 100,
) -> Page:
    """Rows of the journal, of one period, task or field where asked: those behind `after`, or the last ones."""
    total = journal.count(desk.book, period, task, field)
    if after is None:
        found = journal.newest(desk.book, period, task, field, limit)
        return Page(found, total, len(found) < total)
    found = journal.rows(desk.book, period, task, field, after=after, limit=limit + 1)
    return Page(found[:limit], total, len(found) > limit)


def verify(desk: Desk, printed: Sequence[str] = (), *, signatures: bool = True) -> JournalVerdict:
    """Walk the chain, and look for the head that each signed report in the book carries.

    With `signatures` it is read from the signed pages, and these are verified: a head that could itself be rewritten
    proves nothing. Without, the copy of the data beside them is believed, which takes no time.
    `printed`
    are heads copied from paper, which nobody can rewrite; UsageError where one is none.
    """
    copied = [_head(text) for text in printed]
    heads: list[tuple[Month, str]] = []
    problems: list[str] = []
    rebuilt = {row.old for row in journal.rows(desk.book, field=REBUILT)}
    for month, data in _signed_data(desk, problems, signatures=signatures):
        if (head := str(data.get("journal_head", ""))) not in rebuilt:
            heads.append((month, head))
    found = journal.verify(desk.book, [head for _month, head in heads if head])
    numbers = journal.seqs(desk.book, [*copied, *(head for _month, head in heads)])
    signed = tuple(SignedHead(month.period, month.revision, head, numbers.get(head)) for month, head in heads)
    broken = found.first_bad if found.first_bad is not None and found.first_bad <= found.rows else None
    if broken is not None:
        problems.append(_("日志从第 {number} 条起对不上：有记录被改动、删去或调换。").format(number=broken))
    problems += [
        _("{period} 第{revision}版月报上印的日志校验值在日志里找不到：签署以后，以前的记录被改写过。").format(
            period=head.period.spoken, revision=head.revision
        )
        for head in signed
        if head.seq is None
    ]
    problems += [
        _("纸上的日志校验值 {head}… 在日志里找不到：以前的记录被改写过，或不是这本填报簿的月报。").format(head=head[:8])
        for head in copied
        if head not in numbers
    ]
    problems += [f"{flaw}。" for flaw in soundness.flaws(desk.book.connection) if broken is None]
    return JournalVerdict(
        found.rows,
        journal.head(desk.book),
        broken is None,
        broken,
        signed,
        tuple(problems),
        (*_clock(desk), *_began_anew(rebuilt)),
    )


def months_of(desk: Desk, year: int | None = None) -> tuple[Told, ...]:
    """Every revision of every month, of one year where asked, in order."""
    receipts = _receipts(desk, year)
    sent = transfers.outbox(desk.book)
    found = [month for month in months.months(desk.book) if year in (None, month.period.year)]
    told = []
    for period, revisions in groupby(sorted(found, key=lambda month: month.period), lambda month: month.period):
        of_month, deadline = list(revisions), due(period, desk)
        first = first_handed_in(desk, of_month)
        in_time = first.date() <= deadline.last_day if first else None
        for month in of_month:
            places = tuple(each.place for each in sent if (each.period, each.revision) == (period, month.revision))
            one = _told(desk, month, deadline, places, receipts.get((period, month.revision)))
            told.append(replace(one, month_on_time=in_time))
    return tuple(told)


def first_handed_in(desk: Desk, revisions: Sequence[Month]) -> datetime | None:
    """When the first of a month's revisions was handed in: by this the month is in time or late, in every list.

    Where it was carried by hand, that is when an answer says that it was there; None where nothing tells.
    """
    days = [each.handed_in_at for each in revisions if each.handed_in_at is not None]
    if not days and any(each.closed_at is not None for each in revisions):
        newest = revisions[-1]
        for (period, _revision), came in _receipts(desk, newest.period.year).items():
            if period == newest.period:
                days.append(to_receipt(open_envelope(transfers.content(desk.book, came.sha256)).data).received_at)
        days += [each.returned_at for each in remarks.standing(desk.book, newest.period, newest.revision)]
    return min(days, default=None)


def _told(desk: Desk, month: Month, deadline: DueDate, places: tuple[str, ...], receipt: Receipt | None) -> Told:
    seal = sealed.mark(desk.book, month.id)
    on_time = month.handed_in_at.date() <= deadline.last_day if month.handed_in_at else None
    return Told(
        period=month.period,
        revision=month.revision,
        state=month.state,
        reason=month.reason,
        due=deadline,
        on_time=on_time,
        opened_at=month.opened_at,
        sealed_at=seal.sealed_at if seal else None,
        signatures=seal.signatures if seal else 0,
        check_code=seal.check_code if seal else None,
        handed_in_at=month.handed_in_at,
        places=places,
        closed_at=month.closed_at,
        receipt=receipt,
    )


def _receipts(desk: Desk, year: int | None) -> dict[tuple[Period, int], Receipt]:
    """The receipt of each month: which one it was for stands in the journal. Their bytes are left where they are."""
    found = {}
    for row in journal.rows(desk.book, field="received:receipt"):
        if row.period is None or row.revision is None or year not in (None, row.period.year):
            continue
        if (came := transfers.named(desk.book, row.new or "")) is not None:
            found[(row.period, row.revision)] = Receipt(row.new or "", *came)
    return found


def _signed_data(desk: Desk, problems: list[str], *, signatures: bool) -> Iterator[tuple[Month, dict[str, object]]]:
    """The data inside each signed report; what is wrong with one is said and it counts as without a head."""
    from desktop_app.desk.verify_file import verify_bytes

    for month in months.months(desk.book):
        try:
            held = sealed.sealed(desk.book, month.id)
            if held is None:
                continue
            data = open_envelope(held.pdf).data if signatures else json.loads(held.data)
            if data != json.loads(held.data):
                problems.append(_("{period} 签署原件里的数据与簿里另存的不一致。").format(period=month.period.spoken))
            whole = month.state is not MonthState.SEALED  # before the last signature a report is not yet whole
            if signatures and whole and (said := verify_bytes(held.pdf, (), desk.clock()).problems):
                problems.append(_("{period} 的签署原件没有通过核验：").format(period=month.period.spoken) + said[0])
        except ClerkError as problem:
            problems.append(str(problem))
            continue
        yield month, data


def _began_anew(rebuilt: set[str | None]) -> Iterator[str]:
    """The heads that reports from before a rebuild print belong to a journal that is gone."""
    if rebuilt:
        yield _("{count} 份月报是从签署的文件恢复的：上面印的日志校验值属于丢失的旧日志，本簿无从对照。").format(
            count=len(rebuilt)
        )


def _head(text: str) -> str:
    """A head as it is printed, in groups, or as it is copied."""
    found = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    if not re.fullmatch("[0-9a-f]{64}", found):
        raise UsageError(
            _("「{text}」不是日志校验值。").format(text=text[:80]), _("请照月报末页抄写 64 位数字和字母。")
        )
    return found


def _clock(desk: Desk) -> Iterator[str]:
    """Where time runs backwards from one row to the next; their order is that of their numbers all the same."""
    back = journal.steps_back(desk.book)
    if back:
        yield _(
            "日志里有 {count} 处时间早于前一条（最近是第 {number} 条）：系统时钟调过，或用过演练日期；先后以编号为准。"
        ).format(count=len(back), number=back[-1])
