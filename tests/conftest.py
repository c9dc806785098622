"""What every test stands on: no screen, no user's folders, no user's keyring."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_IM_MODULE"] = "none"


@pytest.fixture(autouse=True)
def _away_from_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's is read or written: every XDG folder is fresh, and no keyring is there unless asked for."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
        Path(home / name.lower()).mkdir()


@pytest.fixture
def samples() -> Path:
    """The folder of shipped sample files."""
    return Path(__file__).resolve().parent.parent / "resources" / "samples"


@pytest.fixture
def years_until_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calendars as they were when the test was written: a year that ships later is still unknown to it."""
    from desktop_app.deadlines import calendars

    known = {year: held for year, held in calendars.load().items() if year <= 2026}
    monkeypatch.setattr(calendars, "_shipped", lambda: known)


SHARED = "YUEBAO_TESTS_SHARED"  # names the folder in which a run's workers find what only one of them makes


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = mkdtemp(prefix="yuebao-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


_COUNTS = pytest.StashKey[list[str]]()


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say how much a campaign tried and found; every run of the tests prints it at its end."""
    return request.config.stash.setdefault(_COUNTS, []).append


def pytest_sessionfinish(session: pytest.Session) -> None:
    told = getattr(session.config, "workeroutput", None)  # in a worker: what it hands to the run it belongs to
    if told is not None:
        told["counts"] = session.config.stash.get(_COUNTS, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    node.config.stash.setdefault(_COUNTS, []).extend(getattr(node, "workeroutput", {}).get("counts", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(_COUNTS, []):
        terminalreporter.write_line(line)
