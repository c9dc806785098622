"""Passphrases in a real Secret Service, and nowhere that is not safe."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from desktop_app.signing import vault

ROOT = Path(__file__).resolve().parent.parent.parent
SESSION = Path(__file__).with_name("vault_session.py")
SECRET = "口令 一二三四!"

# A bus that starts no service by itself: where no Secret Service was started, none is there.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={sockets}</listen>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""


def in_session(mode: str, folder: Path) -> dict:
    """What the vault says in a D-Bus session of its own, with folders of its own."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))
    }
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
        environment[name] = str(folder / name)
    environment["PYTHONPATH"] = str(ROOT)
    bus = folder / "bus.conf"
    bus.write_text(BUS.format(sockets=tempfile.gettempdir()))
    command = ["dbus-run-session", "--config-file", str(bus), "--", sys.executable, str(SESSION), mode]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_unlocked_secret_service_keeps_and_gives_back(tmp_path):
    said = in_session("unlocked", tmp_path)
    assert (said["kept"], said["recalled"], said["other"]) == (True, SECRET, None)
    assert (said["safe"], said["forgotten"], said["again"], said["after"]) == (True, True, False, None)
    assert "Secret Service" in said["reason"]
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*.keyring"))
    assert stored
    assert SECRET.encode() not in stored


def test_a_locked_service_means_being_asked_each_time(tmp_path):
    assert in_session("unlocked", tmp_path)["kept"]
    said = in_session("locked", tmp_path)
    assert (said["kept"], said["recalled"], said["safe"], said["forgotten"]) == (False, None, False, False)
    assert "Secret Service" in said["name"]
    assert "没有解锁" in said["reason"]
    assert "请输入口令" in said["reason"]


def test_without_any_service_one_is_asked_each_time(tmp_path):
    said = in_session("absent", tmp_path)
    assert (said["kept"], said["recalled"], said["safe"], said["forgotten"]) == (False, None, False, False)
    assert said["name"] == ""
    assert "没有可靠的系统密码库" in said["reason"]


class PlaintextKeyring(keyring.backend.KeyringBackend):
    """As keyrings.alt brings it: works, and writes what it is given in the clear."""

    priority = 9

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


def safe_keyring(**overridden):
    """A keyring that passes for the Windows one."""
    kind = type("WinVaultKeyring", (PlaintextKeyring,), {"__module__": "keyring.backends.Windows", **overridden})
    return kind()


@pytest.fixture
def chosen(monkeypatch):
    def choose(backend):
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
        return backend

    return choose


@pytest.mark.parametrize(
    "make",
    [PlaintextKeyring, keyring.backends.null.Keyring, keyring.backends.fail.Keyring],
    ids=lambda make: make.__module__,
)
def test_an_unsafe_keyring_is_given_nothing(chosen, make):
    backend = chosen(make())
    assert not vault.remember("甲", SECRET)
    assert vault.recall("甲") is None
    assert not vault.forget("甲")
    assert not vault.status().safe
    assert getattr(backend, "held", {}) == {}


def test_a_subclass_of_a_safe_keyring_from_elsewhere_is_not_safe(chosen):
    class Lookalike(type(safe_keyring())):
        pass

    backend = chosen(Lookalike())
    assert not vault.remember("甲", SECRET)
    assert backend.held == {}


def chain(*parts):
    backend = keyring.backends.chainer.ChainerBackend()
    type(backend).backends = property(lambda self: parts)
    return backend


@pytest.fixture
def _chainer_restored():
    kept = keyring.backends.chainer.ChainerBackend.backends
    yield
    keyring.backends.chainer.ChainerBackend.backends = kept


@pytest.mark.usefixtures("_chainer_restored")
def test_of_a_chain_only_a_safe_part_is_used(chosen):
    unsafe, safe = PlaintextKeyring(), safe_keyring()
    chosen(chain(unsafe, safe))
    assert vault.remember("甲", SECRET)
    assert vault.recall("甲") == SECRET
    assert (unsafe.held, len(safe.held)) == ({}, 1)
    chosen(chain(unsafe))
    assert not vault.remember("甲", SECRET)
    assert unsafe.held == {}


@pytest.mark.parametrize(
    "problem",
    [
        keyring.errors.NoKeyringError,
        keyring.errors.InitError,
        keyring.errors.KeyringLocked,
        ConnectionError,
        TimeoutError,
    ],
)
def test_a_keyring_that_fails_is_as_good_as_none(chosen, problem):
    def fail(*_args):
        raise problem("gone")

    chosen(safe_keyring(get_password=fail, set_password=fail, delete_password=fail))
    assert not vault.remember("甲", SECRET)
    assert vault.recall("甲") is None
    assert not vault.forget("甲")
    said = vault.status()
    assert not said.safe
    assert "Windows" in said.reason
