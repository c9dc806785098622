"""kill -9 while saving: what was acknowledged is there, the chain is whole, and nothing is half there."""

import mmap
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.unit import Unit
from desktop_app.store import Book, create_book, entries, journal, months, open_book, plans

MARCH = Period(2023, 3)
WAITING, SAVING, RESTING, CLOSING = range(4)
PHASES = {WAITING: "between saves", SAVING: "inside a save", RESTING: "inside a rest", CLOSING: "inside a close"}
KILLS_A_BOOK = 30


def save_for_ever(path: Path, now: datetime, first: int, told: Connection, phase: mmap.mmap) -> None:
    """Save one number after the other; tell each only when the book has said that it is kept."""
    book = open_book(path)
    while True:
        month = months.month(book, MARCH)
        for number in range(first + 1, first + 13):
            phase[0] = SAVING
            save(book, month, number, now)
            phase[0] = WAITING
            told.send(number)
            if number % 5 == 0:
                phase[0] = RESTING
                book.rest()
        first = number
        phase[0] = CLOSING
        book.close()
        book = open_book(path)


def save(book: Book, month: months.Month, number: int, now: datetime) -> None:
    words = {"cumulative": Decimal(number), "narrative": f"第{number}次" * (number % 60)}
    entries.save(book, month, "3-1", words, now, "王")


def last_told(told: Connection, before: int) -> int:
    number = before
    try:
        while told.poll():
            number = told.recv()
    except EOFError:
        pass
    return number


class Campaign:
    """Sudden deaths on one book after another, and what was seen of them."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.context = multiprocessing.get_context("fork")
        self.seen: Counter[str] = Counter()

    def run(self, path: Path, now: datetime, kills: int) -> None:
        kept = 0
        for _ in range(kills):
            acknowledged = self.die(path, now, kept)
            self.seen["log beside the book"] += path.with_name(f"{path.name}-wal").exists()
            there = what_is_there(path, acknowledged)
            self.seen["kills"] += 1
            self.seen["saves acknowledged"] += acknowledged - kept
            self.seen["one more than acknowledged"] += there - acknowledged
            kept = there

    def die(self, path: Path, now: datetime, kept: int) -> int:
        """Let a child save and kill it; the last number it was able to tell."""
        told, telling = self.context.Pipe(duplex=False)
        phase = mmap.mmap(-1, 1)
        child = self.context.Process(target=save_for_ever, args=(path, now, kept, telling, phase))
        child.start()
        telling.close()
        told.poll(20)
        time.sleep(self.dice.uniform(0, 0.01))
        child.kill()
        child.join()
        self.seen[PHASES[phase[0]]] += 1
        acknowledged = last_told(told, kept)
        told.close()
        phase.close()
        return acknowledged

    def __str__(self) -> str:
        return ", ".join(f"{number} {what}" for what, number in self.seen.most_common())


def what_is_there(path: Path, acknowledged: int) -> int:
    with open_book(path) as book:
        month = months.month(book, MARCH)
        entry = entries.entries(book, month.id)["3-1"]
        number = int(entry.cumulative)
        assert acknowledged <= number <= acknowledged + 1
        assert entry.narrative == f"第{number}次" * (number % 60)
        assert entries.history(book, month.id, "3-1", "cumulative")[-1].new == str(number)
        assert journal.verify(book).intact
        return number


def books(folder: Path, plan: Plan, unit: Unit, now: datetime, kills: int, seed: int) -> Campaign:
    campaign = Campaign(seed)
    for number in range(-(-kills // KILLS_A_BOOK)):
        path = folder / f"{number}.yuebao"
        with create_book(path, "unit", unit, now) as book:
            plans.save_plan(book, plan, now, "王")
            save(book, months.open_month(book, MARCH, plan.id, now, "王"), 0, now)
        campaign.run(path, now, min(KILLS_A_BOOK, kills - number * KILLS_A_BOOK))
    return campaign


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder on a disk in memory where there is one: what a killed process leaves does not depend on syncs."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="yuebao-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def test_three_hundred_sudden_deaths_lose_nothing(
    in_memory: Path, plan: Plan, unit: Unit, now: datetime, count
) -> None:
    campaign = books(in_memory, plan, unit, now, kills=300, seed=20230403)
    count(f"kill -9 while saving: {campaign}, none lost")
    assert campaign.seen["saves acknowledged"] > 300, "the children must have got somewhere before they died"
    assert campaign.seen["inside a save"] > 100, "and they must have died inside the write"


@pytest.mark.long
def test_a_thousand_sudden_deaths_lose_nothing(tmp_path: Path, plan: Plan, unit: Unit, now: datetime, count) -> None:
    campaign = books(tmp_path, plan, unit, now, kills=1000, seed=time.time_ns())
    count(f"kill -9 while saving: {campaign}, none lost")
    assert campaign.seen["saves acknowledged"] > 1000
    assert campaign.seen["inside a save"] > 400
    assert campaign.seen["inside a rest"]
    assert campaign.seen["one more than acknowledged"], (
        "never once was it killed between the disk and the word: the test is too tame"
    )
