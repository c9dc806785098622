"""kill -9 while saving: what was acknowledged is there, the chain is whole, and nothing is half there."""

import multiprocessing
import random
import time
from datetime import datetime
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop_app.model.period import Period
from desktop_app.store import Book, Month, entries, journal, months, open_book


def save_for_ever(path: Path, now: datetime, first: int, told: Connection) -> None:
    """Save one number after the other; tell each only when the book has said that it is kept."""
    book = open_book(path)
    month = months.month(book, Period(2023, 3))
    number = first
    while True:
        number += 1
        words = {"cumulative": Decimal(number), "narrative": f"第{number}次" * (number % 400)}
        entries.save(book, month, "3-1", words, now, "王")
        told.send(number)


def last_told(told: Connection, before: int) -> int:
    number = before
    try:
        while told.poll():
            number = told.recv()
    except EOFError:
        pass
    return number


def campaign(path: Path, now: datetime, kills: int, seed: int) -> tuple[int, int]:
    """How many saves were acknowledged in all, and how many deaths left one more than that."""
    context = multiprocessing.get_context("fork")
    dice = random.Random(seed)
    kept, unannounced = 0, 0
    for _ in range(kills):
        told, telling = context.Pipe(duplex=False)
        child = context.Process(target=save_for_ever, args=(path, now, kept, telling))
        child.start()
        telling.close()
        told.poll(20)
        time.sleep(dice.uniform(0, 0.03))
        child.kill()
        child.join()
        acknowledged = last_told(told, kept)
        told.close()
        kept = what_is_there(path, acknowledged)
        unannounced += kept - acknowledged
    return kept, unannounced


def what_is_there(path: Path, acknowledged: int) -> int:
    with open_book(path) as book:
        month = months.month(book, Period(2023, 3))
        entry = entries.entries(book, month.id)["3-1"]
        number = int(entry.cumulative)
        assert acknowledged <= number <= acknowledged + 1
        assert entry.narrative == f"第{number}次" * (number % 400)
        assert entries.history(book, month.id, "3-1", "cumulative")[-1].new == str(number)
        assert journal.verify(book).intact
        return number


def test_a_hundred_sudden_deaths_lose_nothing(book: Book, month: Month, now: datetime) -> None:
    book.close()
    acknowledged, _ = campaign(book.path, now, kills=100, seed=20230403)
    assert acknowledged > 100, "the children must have got somewhere before they died"


@pytest.mark.long
def test_a_thousand_sudden_deaths_lose_nothing(book: Book, month: Month, now: datetime) -> None:
    book.close()
    acknowledged, unannounced = campaign(book.path, now, kills=1000, seed=time.time_ns())
    assert acknowledged > 1000
    assert unannounced, "never once was it killed between the disk and the word: the test is too tame"
