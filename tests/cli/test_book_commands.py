"""The commands on a book's file by their contract."""

from pathlib import Path


def test_a_plain_book_says_so_and_a_refusal_changes_nothing(run, planned: Path, tmp_path: Path) -> None:
    said = run("book", "status", "--book", planned, "--json")
    assert said.code == 0
    assert said.document["encrypted"] is False
    assert said.document["book_id"] is None
    before = planned.read_bytes()
    said = run("book", "encrypt", "--recovery-key", tmp_path / "k.txt", "--book", planned)
    assert said.code == 3  # no keyring in tests
    assert "没有加密" in said.err
    assert planned.read_bytes() == before
    assert run("book", "decrypt", "--book", planned).code == 1
    assert run("book", "recovery-key", "--out", tmp_path / "k.txt", "--book", planned).code == 1
    assert run("book", "status", "--book", tmp_path / "none.yuebao").code == 1
    assert run("book").code == 2


def test_a_recovery_key_file_opens_an_encrypted_book(run, planned: Path, tmp_path: Path) -> None:
    from desktop_app.model import recovery_key
    from desktop_app.store.cipher import Secret
    from desktop_app.store.converting import convert

    secret = Secret.new()
    convert(planned, None, secret)
    key = tmp_path / "key.txt"
    key.write_text("# 我的\n" + "\n".join(recovery_key.written(secret.key)), "utf-8")
    said = run("plan", "show", "--book", planned, "--json")
    assert said.code == 3
    assert "恢复密钥" in said.err
    said = run("--recovery-key-file", key, "plan", "show", "--book", planned, "--json")
    assert said.code == 0
    assert len(said.document["tasks"]) == 55
    out = tmp_path / "again.txt"
    said = run("book", "recovery-key", "--out", out, "--book", planned, "--recovery-key-file", key, "--json")
    assert said.document == {"path": str(out), "book_id": secret.book_id}
    assert recovery_key.read(out.read_text("utf-8")) == secret.key
    said = run("book", "decrypt", "--book", planned, "--recovery-key-file", key, "--json")
    assert said.document["encrypted"] is False
    assert run("plan", "show", "--book", planned).code == 0
