"""A seat at a real screen: an X server, a window manager, a session bus, a screen reader, an input method.

Everything is started for the tests alone, on a free display and in folders of its own, and ended by its process id.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"  # pyatspi comes with the system, not with pip
PATIENCE = 30.0  # seconds: a busy machine is no failure

# No service is started by being asked for: no keyring, no portal, nothing of the machine's.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "x.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""

Node = dict[str, Any]


def until(ask: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """The first answer that is not nothing."""
    end = time.monotonic() + seconds
    while True:
        found = ask()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.05)


@dataclass
class Seat:
    """What sits at one display. `environment` is what a program started here gets."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _reader: subprocess.Popen[bytes] | None = None

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        """A process of this seat, in a group of its own; what it says goes into a file named like it."""
        with (self.folder / f"{Path(command[0]).name}.log").open("ab") as log:
            made = subprocess.Popen(
                command, env=self.environment | more, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        self.started.append(made)
        return made

    def end(self, process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
        """End what was started here, and what it started in its group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        with contextlib.suppress(ProcessLookupError):  # whoever outlived the head of the group
            os.killpg(process.pid, signal.SIGKILL)
        self.started = [each for each in self.started if each is not process]

    def run(self, *command: str, words: bytes | None = None, **more: str) -> str:
        """A short command at this display; what it prints."""
        done = subprocess.run(
            command, env=self.environment | more, input=words, capture_output=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, (command, done.stderr.decode(errors="replace"))
        return done.stdout.decode()

    def tried(self, *command: str) -> str:
        """What a short command prints; nothing where it fails."""
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=PATIENCE, check=False)
        return done.stdout.decode() if done.returncode == 0 else ""

    def ask(self, **question: object) -> Any:
        """A question to the screen reader."""
        reader = self._reader
        if reader is None or reader.poll() is not None:
            reader = self._reader = subprocess.Popen(
                [SYSTEM_PYTHON, str(READER)], env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            self.started.append(reader)
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.write(json.dumps(question).encode() + b"\n")
        reader.stdin.flush()
        ready, _write, _error = select.select([reader.stdout], [], [], PATIENCE)
        assert ready, f"the screen reader does not answer: {question}"
        return json.loads(reader.stdout.readline())

    def close(self) -> None:
        """End everything, the display last."""
        for process in reversed(self.started[:]):
            self.end(process)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


@contextlib.contextmanager
def taken(size: str = "1366x768") -> Iterator[Seat]:
    """A seat with screen, bus, accessibility and window manager."""
    folder = Path(tempfile.mkdtemp(prefix="yb-seat-", dir="/tmp"))  # a socket's path must be short
    seat = Seat(folder)
    try:
        _furnish(seat, size)
        yield seat
    finally:
        seat.close()
        shutil.rmtree(folder, ignore_errors=True)


def _furnish(seat: Seat, size: str) -> None:
    seat.environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        place = seat.folder / name.lower()
        place.mkdir(mode=0o700)
        seat.environment[name] = str(place)
    (seat.folder / "xdg_data_home" / "fonts").symlink_to(TOP / "resources" / "fonts")  # for the frames of windows
    seat.environment |= {"GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1"}
    seat.environment["DISPLAY"] = _display(seat, size)
    seat.environment["DBUS_SESSION_BUS_ADDRESS"] = _bus(seat)
    seat.start("/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
    until(lambda: _owned(seat, "org.a11y.Bus"), "the accessibility bus")
    seat.start("openbox", "--sm-disable")
    until(lambda: seat.tried("xdotool", "get_num_desktops"), "the window manager")


def _display(seat: Seat, size: str) -> str:
    """A display whose number the server itself found free."""
    read, write = os.pipe()
    with (seat.folder / "Xvfb.log").open("ab") as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
            env=seat.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[write],
            start_new_session=True,
        )  # fmt: skip
    seat.started.append(server)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    assert number, (seat.folder / "Xvfb.log").read_text()
    return f":{number}"


def _bus(seat: Seat) -> str:
    config = seat.folder / "bus.conf"
    config.write_text(BUS.format(folder=seat.folder))
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"],
        env=seat.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    seat.started.append(bus)
    assert bus.stdout is not None
    return bus.stdout.readline().decode().strip()


def _owned(seat: Seat, name: str) -> bool:
    """Whether somebody on the session bus answers to a name."""
    return "true" in seat.run(
        "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
        "org.freedesktop.DBus.NameHasOwner", f"string:{name}",
    )  # fmt: skip


FCITX_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""


def start_fcitx(seat: Seat) -> subprocess.Popen[bytes]:
    """Fcitx 5 with English and pinyin; Ctrl+Space goes from one to the other."""
    config = Path(seat.environment["XDG_CONFIG_HOME"]) / "fcitx5"
    (config / "conf").mkdir(parents=True, exist_ok=True)
    (config / "profile").write_text(FCITX_PROFILE)
    # the cloud and what looks for words elsewhere are no part of these tests
    process = seat.start("fcitx5", "--disable=cloudpinyin,notifications,wayland,kimpanel,notificationitem")
    until(lambda: _owned(seat, "org.freedesktop.IBus"), "fcitx5")
    return process


def start_ibus(seat: Seat) -> subprocess.Popen[bytes]:
    """ibus with libpinyin as its engine."""
    process = seat.start("ibus-daemon", "--panel=disable", "--config=/usr/libexec/ibus-memconf", "--cache=none")
    until(lambda: "libpinyin" in seat.tried("ibus", "list-engine"), "ibus")
    until(lambda: _ibus_engine(seat), "the engine libpinyin")
    return process


def _ibus_engine(seat: Seat) -> bool:
    seat.tried("ibus", "engine", "libpinyin")
    return "libpinyin" in seat.tried("ibus", "engine")
