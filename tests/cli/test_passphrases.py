"""Where a passphrase comes from: a file, else the keyring, else the person; and a new key never outlives its own."""

from pathlib import Path

import pytest

from desktop_app.desk import keys
from desktop_app.desk.open_book import open_desk
from desktop_app.errors import ClerkError
from desktop_app.signing import vault


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A safe keyring, as far as the desk can tell; the real one is met in tests/signing."""
    held: dict[str, str] = {}

    def remember(account: str, secret: str) -> bool:
        held[account] = secret
        return True

    monkeypatch.setattr(vault, "status", lambda: vault.VaultStatus(True, "test", ""))
    monkeypatch.setattr(vault, "remember", remember)
    monkeypatch.setattr(vault, "recall", held.get)
    return held


def sign(run, book: Path, *more: object):
    return run("sign", "2023-03", "--role", "preparer", "--key", "王喆", "--book", book, "--today", "2023-04-04", *more)


def test_with_a_keyring_nothing_is_asked(run, planned: Path, keyring: dict[str, str], tmp_path: Path) -> None:
    assert run("key", "new", "--name", "王喆", "--role", "preparer", "--book", planned).code == 0
    assert any("王喆" in account for account in keyring)
    said = sign(run, planned)
    assert said.code == 1  # the month is empty: the checks speak, not the passphrase
    assert "校验" in said.err
    desk = tmp_path / "desk.yuebao"
    assert run("bureau", "new", "--book", desk).code == 0
    assert len(keyring) >= 3


def test_a_keyring_that_forgets_is_not_relied_on(run, planned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "remember", lambda _account, _secret: True)
    monkeypatch.setattr(vault, "recall", lambda _account: None)
    monkeypatch.setattr("sys.stdin", None)
    said = run("key", "new", "--name", "王喆", "--role", "preparer", "--book", planned)
    assert said.code == 2
    assert run("key", "list", "--book", planned, "--json").document == {"keys": []}


def test_without_either_a_line_is_read(run, planned: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pipe = tmp_path / "typed"
    pipe.write_text("一句话口令\n", encoding="utf-8")
    with pipe.open(encoding="utf-8") as typed:
        monkeypatch.setattr("sys.stdin", typed)
        assert run("key", "new", "--name", "王喆", "--role", "preparer", "--book", planned).code == 0
    desk = open_desk(planned)
    try:
        assert keys.load(desk, "王喆", "一句话口令").info.name == "王喆"
        with pytest.raises(ClerkError):
            keys.load(desk, "王喆", "不是它呀")
    finally:
        desk.close()


def test_no_passphrase_no_bureau_book(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    desk = tmp_path / "desk.yuebao"
    assert run("bureau", "new", "--book", desk).code == 2
    assert not desk.exists()


def test_short_and_empty_passphrases_are_refused(run, planned: Path, tmp_path: Path) -> None:
    for text in ("", "\n", "123\n"):
        file = tmp_path / "short"
        file.write_text(text, encoding="utf-8")
        said = run("key", "new", "--name", "王喆", "--role", "preparer", "--passphrase-file", file, "--book", planned)
        assert said.code == 1
    assert run("key", "list", "--book", planned, "--json").document == {"keys": []}
