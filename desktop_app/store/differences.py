"""Two books of one unit beside each other: which months and fields differ, and where their histories part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.model.entry import ENTRY_FIELDS
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import entries, evidence, explanations, months
from desktop_app.store.book import Book
from desktop_app.store.months import Month

Place = tuple[Period, int]
Words = Mapping[tuple[str, str], str | None]


@dataclass(frozen=True, slots=True)
class MonthDifference:
    """A month that stands differently; None where one of the two does not have it."""

    period: Period
    revision: int
    present: MonthState | None
    other: MonthState | None

    @property
    def loses_a_signature(self) -> bool:
        """Whether what is signed in the present book would be a draft, or gone, with the other one."""
        return self.present not in (None, MonthState.DRAFT) and self.other in (None, MonthState.DRAFT)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that reads differently; None is "not there"."""

    period: Period
    revision: int
    task: str
    field: str
    present: str | None
    other: str | None


def months_that_differ(present: Book, other: Book) -> tuple[MonthDifference, ...]:
    """Months whose state would change, or that only one of the two has."""
    ours, theirs = _months(present), _months(other)
    found = []
    for place in sorted({*ours, *theirs}):
        states = [each[place].state if place in each else None for each in (ours, theirs)]
        if states[0] is not states[1]:
            found.append(MonthDifference(*place, states[0], states[1]))
    return tuple(found)


def fields_that_differ(present: Book, other: Book) -> tuple[FieldDifference, ...]:
    """Every field of every month that reads differently: figures, words, 情况说明, evidence."""
    ours, theirs = _months(present), _months(other)
    found = []
    for place in sorted({*ours, *theirs}):
        here, there = _words(present, ours.get(place)), _words(other, theirs.get(place))
        for task, field in sorted({*here, *there}):
            texts = here.get((task, field)), there.get((task, field))
            if texts[0] != texts[1]:
                found.append(FieldDifference(*place, task, field, *texts))
    return tuple(found)


def common_history(present: Book, other: Book) -> int:
    """How many journal rows both begin with; 0 where they are different books."""
    low, high = 0, min(_length(present), _length(other))
    while low < high:
        middle = (low + high + 1) // 2
        if _hash(present, middle) == _hash(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _months(book: Book) -> dict[Place, Month]:
    return {(month.period, month.revision): month for month in months.months(book)}


def _words(book: Book, month: Month | None) -> Words:
    return dict(_told(book, month)) if month is not None else {}


def _told(book: Book, month: Month) -> Iterator[tuple[tuple[str, str], str | None]]:
    for task, entry in entries.entries(book, month.id).items():
        texts = entries.texts(entry)
        yield from (((task, field), texts[field]) for field in ENTRY_FIELDS if texts[field] not in (None, "", "false"))
    for note in explanations.explanations(book, month.id):
        yield (note.task, f"{explanations.TEXT}{note.code}"), note.text
    for item in evidence.evidence(book, month.id):
        yield (item.task_id, f"evidence {item.sha256[:8]}"), item.name


def _length(book: Book) -> int:
    ((found,),) = book.read("select coalesce(max(seq), 0) from journal")
    return int(found)


def _hash(book: Book, seq: int) -> bytes:
    ((found,),) = book.read("select hash from journal where seq = ?", (seq,))
    return bytes(found)
