"""What every test stands on: no screen, no user's folders, no user's keyring."""

import os
from pathlib import Path

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
