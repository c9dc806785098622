"""The program is killed while it copies: the name is free or holds every byte, and the next try ends it."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from desktop_app.exchange.carrying import Watch, part_of
from desktop_app.exchange.reaching import take_to
from desktop_app.model.place import Place, PlaceKind, parse_url

ROOT = Path(__file__).resolve().parents[2]
NAME = "朝阳区_2023-03_第1版_3F2A-9C01-77AB-0D4E.pdf"
DATA = random.Random(3).randbytes(4 * 1024 * 1024 + 1)


class Carriers:
    """The process that carries, and how long an undisturbed delivery takes."""

    def __init__(self, source: Path) -> None:
        source.write_bytes(DATA)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.exchange.killed_carrier", str(source), NAME],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def carry(self, place: Place, kill_after: float | None) -> tuple[bool, float]:
        """Whether it came to its end, and the seconds it took."""
        began = time.monotonic()
        self._process.stdin.write(json.dumps(asdict(place)) + "\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        code = int(self._process.stdout.readline())
        assert code in (0, -signal.SIGKILL)
        return code == 0, time.monotonic() - began

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


@pytest.fixture
def carriers(tmp_path):
    running = Carriers(tmp_path / "source")
    yield running
    running.close()


def campaign(carriers, place, folder, rounds) -> Counter:
    """Kill `rounds` deliveries at random moments; what was found, and none of it a broken file."""
    seconds = 60.0
    for _warm in range(3):
        shutil.rmtree(folder)
        folder.mkdir()
        done, took = carriers.carry(place, None)
        assert done
        seconds = min(seconds, took)
    dice, found = random.Random(5), Counter()
    for _round in range(rounds):
        shutil.rmtree(folder)
        folder.mkdir()
        carriers.carry(place, dice.uniform(0, 0.8 * seconds))
        there = sorted(path.name for path in folder.iterdir())
        assert set(there) <= {NAME, part_of(NAME)}
        if NAME in there:
            assert (folder / NAME).read_bytes() == DATA, "a broken file under a final name"
            found["whole"] += 1
        elif there:
            found["part"] += 1
        else:
            found["nothing"] += 1
        before = (folder / part_of(NAME)).stat().st_size if NAME not in there and there else 0
        carried = take_to(place, "", DATA, NAME, Watch())
        # A killed session's last bytes may still come in behind the first look; then it is written anew.
        found["went on"] += bool(before and carried.resumed)
        assert (folder / NAME).read_bytes() == DATA
        assert [path.name for path in folder.iterdir()] == [NAME]
    return found


def say(count, where, rounds, found) -> None:
    count(f"killed while copying to {where}: {rounds} times, 0 broken, all ended on the next try; {dict(found)}")
    assert found["part"] > rounds // 10, "the kills came too early or too late to prove anything"
    assert found["went on"] >= found["part"] // 2


@pytest.mark.parametrize("rounds", [16, pytest.param(150, marks=pytest.mark.long)])
def test_killed_while_copying_to_a_folder(carriers, inbox, rounds, count):
    place = Place("", PlaceKind.FOLDER, str(inbox))
    say(count, "a folder", rounds, campaign(carriers, place, inbox, rounds))


@pytest.mark.parametrize("rounds", [8, pytest.param(150, marks=pytest.mark.long)])
def test_killed_while_copying_over_sftp(carriers, inbox, sshd, rounds, count):
    place = replace(parse_url(sshd.url(inbox)), fingerprint=sshd.fingerprint, key_file=str(sshd.key))
    say(count, "an OpenSSH server", rounds, campaign(carriers, place, inbox, rounds))
