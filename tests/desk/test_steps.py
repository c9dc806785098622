"""Long verbs step by step: as at once, the steps without the book, and stopped they keep nothing more."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from desktop_app.desk import bureau, hand_in, receive
from desktop_app.desk.open_book import create_bureau, open_desk
from desktop_app.desk.steps import Steps, at_once
from desktop_app.errors import ClerkError
from tests.signed_month import DAY, MARCH, PHRASE, signed_desk


def away(steps: Steps[Any], stop_at: int | None = None) -> Any:
    """Every step in a thread of its own, as a window does it; only the first few where it is stopped."""
    box: list[Any] = []
    try:
        work, count = next(steps), 0
        while count != stop_at:
            box.clear()
            worker = threading.Thread(target=lambda work=work: box.append(work()))
            worker.start()
            worker.join()
            work, count = steps.send(box[0]), count + 1
    except StopIteration as end:
        return end.value
    steps.close()
    return None


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, str, str]:
    """A unit that has handed in, and an office that knows it: the folder, the unit's book, the report."""
    folder = tmp_path_factory.mktemp("steps")
    desk = signed_desk(folder / "unit")
    report = hand_in.hand_in(desk, MARCH, folder).path
    office = create_bureau(folder / "bureau.yuebao", today=DAY)
    bureau.make_key(office, PHRASE)
    bureau.enrol(office, folder / "unit" / "unit.pem")
    office.close()
    desk.close()
    return folder, str(desk.book_path.relative_to(folder)), report.name


@pytest.fixture
def there(made, tmp_path):
    """Both books open, copies, and the report."""
    folder, book, report = made
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    desk = open_desk(tmp_path / book, today=DAY)
    office = open_desk(tmp_path / "bureau.yuebao", today=DAY, kind="bureau")
    yield desk, office, tmp_path / report
    desk.close()
    office.close()


def test_a_report_and_its_receipt_are_taken_with_every_step_in_another_thread(there, tmp_path):
    desk, office, report = there
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(report.read_bytes()[:4000])
    found = away(bureau.receiving(office, [report, junk, report]))
    assert [row.file for row in found.refused] == [str(junk)]
    assert "按时" in found.taken[0].effect or "逾期" in found.taken[0].effect
    assert "以前已经收过" in found.taken[1].effect
    assert at_once(bureau.receiving(office, [report])).taken[0].effect == found.taken[1].effect
    receipt = bureau.accept(office, str(report), PHRASE, tmp_path / "r.pdf").path
    assert "办结" in away(receive.receiving(desk, [receipt])).taken[0].effect


@pytest.mark.parametrize("steps", [0, 1])
def test_stopped_between_its_steps_nothing_is_kept(there, steps):
    _desk, office, report = there
    assert away(bureau.receiving(office, [report]), stop_at=steps) is None
    assert "以前" not in bureau.receive(office, [report]).taken[0].effect


def test_what_came_another_way_meanwhile_is_not_kept_twice(there):
    _desk, office, report = there
    slow = bureau.receiving(office, [report])
    verified = next(slow)()
    checking = slow.send(verified)
    assert bureau.receive(office, [report]).taken
    with pytest.raises(StopIteration) as end:
        slow.send(checking())
    assert "以前已经收过" in end.value.value.taken[0].effect


def test_a_step_that_fails_is_the_verbs_own_matter():
    def verb() -> Steps[str]:
        try:
            yield lambda: int("x")
        except ValueError as problem:
            raise ClerkError("不是数字。") from problem
        return ""

    with pytest.raises(ClerkError, match="不是数字"):
        at_once(verb())


def test_a_receipt_is_signed_elsewhere_and_kept_at_the_end(there, tmp_path):
    _desk, office, report = there
    row, _effect = bureau.take_bytes(office, report.read_bytes())
    for enough in range(3):  # the day it was due, the signature, the timestamp: nothing is kept of them
        away(bureau.accepting(office, row.sha256, PHRASE, tmp_path), enough)
        assert bureau.answerable(office, row.sha256).answer is None
    done = away(bureau.accepting(office, row.sha256, PHRASE, tmp_path))
    assert (done.path.exists(), bureau.answerable(office, row.sha256).answer) == (True, "accepted")


def _to_its_end(steps: Steps[Any], value: Any) -> None:
    while True:
        value = steps.send(value)()


def test_a_receipt_is_not_given_for_what_was_answered_while_it_was_signed(there, tmp_path):
    _desk, office, report = there
    row, _effect = bureau.take_bytes(office, report.read_bytes())
    steps = bureau.accepting(office, row.sha256, PHRASE, tmp_path / "late")
    value = next(steps)()
    first = bureau.accept(office, row.sha256, PHRASE, tmp_path)
    with pytest.raises(ClerkError, match="已经答复过"):
        _to_its_end(steps, value)
    assert not (tmp_path / "late").exists()
    assert bureau.accept(office, row.sha256, PHRASE, tmp_path).sha256 == first.sha256
