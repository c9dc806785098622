"""A book against a model in plain Python: whatever the clerk and the bureau do, in whatever order, both agree.

What this machine is worth is shown by the bugs of planted.py: with each of them in the program it has to fail.
"""

import hashlib
import shutil
import sqlite3
import tempfile
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.entry import ENTRY_FIELDS, Entry
from desktop_app.model.finding import Explanation
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import MonthState
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import (
    Book,
    Month,
    backups,
    create_book,
    entries,
    evidence,
    explanations,
    journal,
    months,
    open_book,
    restoring,
    sealed,
    taking_back,
    transfers,
)
from desktop_app.store.plans import save_plan
from desktop_app.store.taking_back import Scope
from tests.laws.book_draws import CHANGES, PERIODS, TASKS
from tests.laws.book_model import UNTOUCHED, Kept, Model, Step, journal_text

NOW = datetime(2023, 4, 3, 9, 30, tzinfo=timezone(timedelta(hours=8)))
PLAN = Plan("ab" * 32, 2023, "行动计划", "4号", 1, "plan.xlsx", True, (), ())
OPEN_STATES = (MonthState.SIGNED, MonthState.HANDED_IN)


class BookMachine(RuleBasedStateMachine):
    """`model` is the model; preconditions keep each rule where it can happen, the refusals have rules of their own."""

    @initialize()
    def make(self) -> None:
        memory = Path("/dev/shm")
        self.folder = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
        self.path = Path(self.folder.name) / "book.yuebao"
        self.book: Book = create_book(self.path, "unit", Unit("110105", "朝阳区政府", UnitKind.DISTRICT, 3), NOW)
        save_plan(self.book, PLAN, NOW, "王")
        self.model = Model(heads={journal.head(self.book)})
        self.copies: list[tuple[Path, Model]] = []
        self.before: Model | None = None
        self.sittings = 0
        self.seen: dict[str, int] = {}
        self.heads = set(self.model.heads)  # also those that a restore took back

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.book.close()
            self.folder.cleanup()

    @property
    def kept(self) -> dict[Period, Kept]:
        return self.model.kept

    def step(self, period: Period, rows: int) -> None:
        """Remember a draft as it is before words of it change."""
        month = self.kept[period]
        self.model.steps.append(Step(period, rows, dict(month.entries), dict(month.notes)))
        self.model.undone.clear()
        self.model.changes += rows

    def swap(self, step: Step) -> Step:
        """Put back what a step took away; returns the step that does the opposite."""
        month = self.kept[step.period]
        opposite = Step(step.period, step.rows, month.entries, month.notes)
        month.entries, month.notes = dict(step.entries), dict(step.notes)
        self.model.changes += step.rows + 1
        return opposite

    def standing(self) -> list[Step]:
        """The steps that can be taken back: those of drafts."""
        return [step for step in self.model.steps if self.kept[step.period].state is MonthState.DRAFT]

    def unseen(self, rule_name: str) -> bool:
        """Whether anything new happened since this rule was last tried: else it would crowd out what makes news."""
        return self.seen.get(rule_name) != len(self.heads)

    def month(self, period: Period) -> Month:
        found = months.month(self.book, period)
        assert found is not None
        return found

    def in_state(self, *states: MonthState) -> Period | None:
        return next((period for period, month in self.kept.items() if month.state in states), None)

    def refused(self, action: Any) -> None:
        """A refusal is a sentence, and changes nothing."""
        head = journal.head(self.book)
        with pytest.raises(ClerkError):
            action()
        assert journal.head(self.book) == head

    @precondition(lambda self: len(self.kept) < 2 or self.unseen("open"))
    @rule(period=PERIODS)
    def open(self, period: Period) -> None:
        self.seen["open"] = len(self.heads)
        months.open_month(self.book, period, PLAN.id, NOW, "王")
        if period not in self.kept:
            self.kept[period] = Kept()
            self.model.changes += 1

    @precondition(lambda self: self.in_state(MonthState.DRAFT))
    @rule(task=TASKS, changes=CHANGES)
    def save(self, task: str, changes: dict[str, Any]) -> None:
        period = self.in_state(MonthState.DRAFT)
        month = self.kept[period]
        before = month.entries.get(task, Entry(task))
        after = replace(before, **changes)
        assert entries.save(self.book, self.month(period), task, changes, NOW, "王") == after
        differing = sum(getattr(before, field) != getattr(after, field) for field in ENTRY_FIELDS)
        if differing:
            self.step(period, differing)
            month.entries[task] = after

    @precondition(lambda self: self.in_state(MonthState.DRAFT))
    @rule(first=CHANGES, then=CHANGES)
    def save_the_same_row_twice(self, first: dict[str, Any], then: dict[str, Any]) -> None:
        self.save("3-1", first)
        self.save("3-1", then)

    @precondition(lambda self: self.in_state(MonthState.DRAFT))
    @rule(task=TASKS, text=st.sampled_from(["因雨", "因疫情"]))
    def explain(self, task: str, text: str) -> None:
        period = self.in_state(MonthState.DRAFT)
        note = Explanation(task, "W1", text, (("a", text),))
        explanations.put(self.book, self.month(period), note, NOW, "王")
        if self.kept[period].notes.get(task) != note:
            self.step(period, 2)  # the text, and the values it speaks of
            self.kept[period].notes[task] = note

    @precondition(lambda self: self.in_state(MonthState.DRAFT))
    @rule(task=TASKS, data=st.sampled_from([b"1", b"22"]), keep=st.booleans())
    def attach_or_take_off(self, task: str, data: bytes, keep: bool) -> None:
        period = self.in_state(MonthState.DRAFT)
        files, month = self.kept[period].files, self.month(period)
        there = (task, data) in files
        if keep:
            evidence.add(self.book, month, task, "图.png", "image/png", data, NOW, "王")
            files += [] if there else [(task, data)]
        else:
            evidence.remove(self.book, month, task, hashlib.sha256(data).hexdigest(), NOW, "王")
            if there:
                files.remove((task, data))
        if there is not keep:
            self.model.changes += 1
            self.model.steps.clear()  # an undo would now begin with the file: see tests of its own
            self.model.undone.clear()

    @precondition(lambda self: (period := self.in_state(MonthState.DRAFT)) and self.kept[period].files)
    @rule(other=TASKS)
    def share_a_file_and_part(self, other: str) -> None:
        """The same bytes for another task, then off the first one: the other still has them."""
        task, data = self.kept[self.in_state(MonthState.DRAFT)].files[0]
        if other != task:
            self.attach_or_take_off(other, data, keep=True)
            self.attach_or_take_off(task, data, keep=False)

    @precondition(lambda self: self.standing())
    @rule()
    def undo(self) -> None:
        step = self.standing()[-1]
        taking_back.turn(self.book, taking_back.last_step(self.book, Scope()), NOW, "王", again=False)
        self.model.steps.remove(step)
        self.model.undone.append(self.swap(step))

    @precondition(lambda self: self.model.undone and self.model.undone[-1].period == self.in_state(MonthState.DRAFT))
    @rule()
    def redo(self) -> None:
        step = self.model.undone.pop()
        taking_back.turn(self.book, taking_back.last_undone(self.book, Scope()), NOW, "王", again=True)
        self.model.steps.append(self.swap(step))

    @precondition(lambda self: len(self.standing()) > 1)
    @rule()
    def undo_two_and_redo_both(self) -> None:
        """In which order steps come back shows only where more than one was taken back."""
        for turn in (self.undo, self.undo, self.redo, self.redo):
            turn()

    @precondition(lambda self: self.in_state(MonthState.DRAFT))
    @rule()
    def seal(self) -> None:
        period = self.in_state(MonthState.DRAFT)
        month = self.kept[period]
        month.pdf, month.signatures, month.state = f"%PDF {period}".encode(), 1, MonthState.SEALED
        sealed.seal(self.book, self.month(period), month.pdf, b"{}", "d" * 64, "CODE", 1, NOW, "王")
        self.model.changes += 2

    @precondition(lambda self: self.in_state(MonthState.SEALED))
    @rule(final=st.booleans())
    def countersign(self, final: bool) -> None:
        period = self.in_state(MonthState.SEALED)
        month = self.kept[period]
        month.pdf += b"+"
        month.signatures += 1
        sealed.add_signature(self.book, self.month(period), month.pdf, NOW, "李", final=final)
        month.state = MonthState.SIGNED if final else MonthState.SEALED
        self.model.changes += 1 + final

    @precondition(lambda self: self.in_state(*OPEN_STATES))
    @rule()
    def hand_in(self) -> None:
        period = self.in_state(*OPEN_STATES)
        self.model.changes += 1 + (self.kept[period].state is MonthState.SIGNED)
        transfers.record_out(self.book, self.month(period), "/stick", "r.pdf", "e" * 64, NOW, "王")
        self.kept[period].state = MonthState.HANDED_IN
        self.model.sent += 1

    @precondition(lambda self: self.in_state(*OPEN_STATES))
    @rule()
    def receive(self) -> None:
        period = self.in_state(*OPEN_STATES)
        receipt = f"%PDF receipt {period}".encode()
        assert self.take(receipt, self.month(period))
        self.model.received.append(receipt)
        self.kept[period].state = MonthState.RECEIVED
        self.model.changes += 2

    @precondition(lambda self: self.model.received)
    @rule(data=st.data())
    def receive_again(self, data: st.DataObject) -> None:
        period = self.in_state(*OPEN_STATES)
        receipt = data.draw(st.sampled_from(self.model.received))
        assert not self.take(receipt, self.month(period) if period else None)

    def can_happen(self) -> list[str]:
        """What may come between two changes, each once: by itself it makes no news."""
        states = {month.state for month in self.kept.values()}
        always = ["reopen", "let_rest", "die_and_come_back", "somebody_else_opens_it", "back_up"]
        here = always + (["break_off_in_the_middle"] if MonthState.DRAFT in states else [])
        here += ["what_is_not_signed_goes_nowhere"] if states & {MonthState.DRAFT, MonthState.SEALED} else []
        here += ["a_sealed_month_refuses_words"] if states - {MonthState.DRAFT} else []
        return [what for what in here if self.unseen(what)]

    @precondition(lambda self: self.can_happen())
    @rule(data=st.data())
    def meanwhile(self, data: st.DataObject) -> None:
        what = data.draw(st.sampled_from(self.can_happen()))
        self.seen[what] = len(self.heads)
        getattr(self, what)()

    def what_is_not_signed_goes_nowhere(self) -> None:
        month = self.month(self.in_state(MonthState.DRAFT, MonthState.SEALED))
        self.refused(lambda: transfers.record_out(self.book, month, "/stick", "r.pdf", "e" * 64, NOW, "王"))
        self.refused(lambda: self.take(b"a stranger's receipt", month))

    def a_sealed_month_refuses_words(self) -> None:
        period = next(period for period, month in self.kept.items() if month.state is not MonthState.DRAFT)
        stale = self.month(period)._replace(state=MonthState.DRAFT)
        self.refused(lambda: entries.save(self.book, stale, "3-1", {"narrative": "事后改的"}, NOW, "王"))
        self.refused(lambda: sealed.seal(self.book, stale, b"%PDF", b"{}", "d" * 64, "CODE", 1, NOW, "王"))

    def reopen(self) -> None:
        self.book.close()
        self.book = open_book(self.path)

    def let_rest(self) -> None:
        self.book.rest()
        self.somebody_else_opens_it()

    def die_and_come_back(self) -> None:
        """kill -9: the files as they lie there now are all that is left."""
        self.sittings += 1
        self.before = None  # the copies stay with the folder of before
        left = Path(self.folder.name) / f"sitting-{self.sittings}"
        left.mkdir()
        for name in ("", "-wal", "-journal"):
            file = self.path.with_name(f"{self.path.name}{name}")
            if file.exists():
                shutil.copy(file, left / file.name)
        self.book.close()
        self.path = left / self.path.name
        self.book = open_book(self.path)

    def somebody_else_opens_it(self) -> None:
        """Our own program is told so in words, any other by the lock itself."""
        with pytest.raises(WorldError, match="正被另一个程序使用"):
            open_book(self.path)
        with (
            closing(sqlite3.connect(self.path, timeout=0)) as stranger,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            stranger.execute("select count(*) from journal")

    def back_up(self) -> None:
        target = Path(self.folder.name) / f"copy-{len(self.copies)}.yuebao"
        backups.backup(self.book, target)
        self.copies.append((target, deepcopy(self.model)))

    @precondition(lambda self: self.copies and self.unseen("take_up"))
    @rule(data=st.data())
    def take_up_a_copy(self, data: st.DataObject) -> None:
        self.seen["take_up"] = len(self.heads)
        copy, model = data.draw(st.sampled_from(self.copies))
        self.book.close()
        restoring.replace(self.path, copy, NOW)
        self.before, self.model = self.model, deepcopy(model)
        self.book = open_book(self.path)

    @precondition(lambda self: self.before and self.unseen("put_back"))
    @rule()
    def put_it_back_again(self) -> None:
        """The restore was a mistake; what was done since goes aside with it."""
        self.seen["put_back"] = len(self.heads)
        self.book.close()
        restoring.undo(self.path, NOW)
        self.model, self.before = self.before, self.model
        self.book = open_book(self.path)

    def break_off_in_the_middle(self) -> None:
        period = self.in_state(MonthState.DRAFT)
        with pytest.raises(ZeroDivisionError):
            self.half_a_save(self.month(period), "3-1")

    def half_a_save(self, month: Month, task: str) -> None:
        with self.book.write() as connection:
            connection.execute("delete from entry where month_id = ?", (month.id,))
            connection.execute("insert into entry (month_id, task_id) values (?, ?)", (month.id, task))
            raise ZeroDivisionError

    def take(self, receipt: bytes, month: Month | None) -> bool:
        digest = hashlib.sha256(receipt).hexdigest()
        return transfers.record_in(
            self.book, digest, "receipt", "r.pdf", "办结", receipt, NOW, close_month=month, actor="王"
        )

    @invariant()
    def every_month_is_as_the_model_has_it(self) -> None:
        found = {month.period: month for month in months.months(self.book)}
        assert {period: month.state for period, month in found.items()} == {
            period: month.state for period, month in self.kept.items()
        }
        for period, kept in self.kept.items():
            month_id = found[period].id
            there = entries.entries(self.book, month_id)
            assert {task: entry for task, entry in there.items() if not entry.empty or entry.nil} == {
                task: entry for task, entry in kept.entries.items() if not entry.empty or entry.nil
            }
            assert {note.task: note for note in explanations.explanations(self.book, month_id)} == kept.notes
            files = evidence.evidence(self.book, month_id)
            assert [(item.task_id, evidence.content(self.book, item.sha256)) for item in files] == kept.files
            held = sealed.sealed(self.book, month_id)
            assert (held.pdf, held.signatures) == (kept.pdf, kept.signatures) if held else kept.pdf is None
            assert (found[period].closed_at is not None) is (kept.state is MonthState.RECEIVED)

    @invariant()
    def the_journal_tells_it_all_and_forgets_nothing(self) -> None:
        self.model.heads.add(journal.head(self.book))
        self.heads |= self.model.heads
        assert journal.verify(self.book, self.model.heads) == journal.JournalCheck(self.model.changes, intact=True)
        assert [arrived.data for arrived in transfers.inbox(self.book)] == self.model.received
        assert len(transfers.outbox(self.book)) == self.model.sent

    @invariant()
    def the_journal_tells_how_every_field_came_to_stand_as_it_does(self) -> None:
        told: dict[tuple[Period | None, str | None, str], str | None] = {}
        for row in journal.rows(self.book):
            if row.field in ENTRY_FIELDS:
                place = (row.period, row.task_id, row.field)
                assert row.old == told.get(place, UNTOUCHED.get(row.field))
                told[place] = row.new
        for period, month in self.kept.items():
            for task, entry in month.entries.items():
                for name in ENTRY_FIELDS:
                    text = told.get((period, task, name), UNTOUCHED.get(name))
                    assert text == journal_text(getattr(entry, name))
