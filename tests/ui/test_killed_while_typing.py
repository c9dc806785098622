"""kill -9 of the real program while somebody types: whatever its mark called saved is in the book."""

import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from desktop_app.desk.month import row
from desktop_app.desk.open_book import open_desk
from desktop_app.model.period import Period

TOP = Path(__file__).resolve().parents[2]
KILLS = 10
MARCH = Period(2023, 3)

# Types for ever into one field of the real window and prints what stood in it each time the mark says saved.
TYPIST = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from ui import autosave
from ui.app import Program, make_application
autosave.PAUSE_MS = 20
application = make_application()
program = Program(Path(sys.argv[1]), date(2023, 4, 4), lambda problem: sys.exit(9))
program.begin(sample=False)
window = program.window
window.fill.choose("2-31", "narrative")
window.go("fill")
words = window.fill.form.texts["narrative"]
words.setFocus()
words.clear()
count = 0
seen = window.session.autosave.note
written = {}
def note(period, task_id, field, value):
    seen(period, task_id, field, value)
    written["text"] = value
window.session.autosave.note = note
def mark(state, text):
    if state == "saved":
        print("saved", written.get("text", ""), flush=True)
window.session.autosave.mark.connect(mark)
def type_on():
    global count
    count += 1
    QTest.keyClicks(words, f"{count:04d}.")
    QTimer.singleShot(30 if count % 3 else 1, type_on)
QTimer.singleShot(0, type_on)
application.exec()
"""


def test_everything_marked_saved_survives_ten_kills(book, tmp_path):
    chance = random.Random(20230406)
    marks = 0
    for turn in range(KILLS):
        file = Path(shutil.copy(book, tmp_path / f"{turn}.yuebao"))
        program = subprocess.Popen(
            [sys.executable, "-c", TYPIST, str(file)],
            cwd=TOP,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        first = program.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        program.send_signal(signal.SIGKILL)
        lines = [first, *program.stdout.readlines()]
        program.stdout.close()
        assert program.wait() == -signal.SIGKILL
        told = [
            line.split()[1] for line in lines if line.startswith("saved ") and line.endswith("\n") and line.split()[1:]
        ]
        marks += len(told)
        desk = open_desk(file, today=date(2023, 4, 4))
        try:
            kept = row(desk, MARCH, "2-31").entry.narrative
        finally:
            desk.close()
        assert kept.startswith(told[-1]), (turn, kept, told[-1])
    assert marks > KILLS
