"""Tests in front of a real screen. YUEBAO_PICTURES names a folder that keeps the pictures they take."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.desk.demo import sample_book
from tests.screen import seat as seats
from tests.screen.hands import Hands, open_program

DAY = date(2023, 4, 4)


@pytest.fixture(scope="session")
def seat() -> Iterator[seats.Seat]:
    """One seat for all tests of a run."""
    with seats.taken() as taken:
        yield taken


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "sample.yuebao"
    sample_book(file, today=DAY).close()
    return file


@pytest.fixture
def pictures(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Where this test's pictures go."""
    asked = os.environ.get("YUEBAO_PICTURES")
    folder = Path(asked).absolute() / request.node.name if asked else tmp_path / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def sit_down(seat: seats.Seat, tmp_path: Path, pictures: Path) -> Iterator[Callable[..., Hands]]:
    """Open the program on a book in a fresh folder; a test that leaves it open finds it ended."""
    opened: list[Hands] = []

    def open_it(book: Path, *words: str, input_method: str = "none") -> Hands:
        hands = open_program(seat, book, pictures, *words, input_method=input_method)
        opened.append(hands)
        return hands

    yield open_it
    for hands in opened:
        if hands.program in seat.started:
            hands.picture("left-open")
            seat.end(hands.program)


@pytest.fixture
def book(_sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample book: 55 tasks, three of them open, two slips in the figures."""
    return Path(shutil.copy(_sample_file, tmp_path / "book.yuebao"))


@pytest.fixture(params=["fcitx", pytest.param("ibus", marks=pytest.mark.long)])
def chinese(seat: seats.Seat, request: pytest.FixtureRequest) -> Iterator[str]:
    """An input method that types pinyin, by the name a desktop gives it."""
    process = {"fcitx": seats.start_fcitx, "ibus": seats.start_ibus}[request.param](seat)
    yield request.param
    seat.end(process)
