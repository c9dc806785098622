"""Places on this machine, and little patience with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.exchange.patience import PATIENCE
from tests.exchange.ssh_server import SshServer, ssh_server


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """One OpenSSH server for all tests."""
    with ssh_server(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The folder that a server serves."""
    folder = tmp_path / "收件 inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second for an answer, two tries, no pause."""
    for name, value in (("answer", 0.5), ("tries", 2), ("pause", 0.01)):
        monkeypatch.setattr(PATIENCE, name, value)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """All the patience there is, but no pause between two tries."""
    monkeypatch.setattr(PATIENCE, "pause", 0.01)
