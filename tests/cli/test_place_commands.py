"""Places, handing in, outbox and inbox by command."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.cli import places as commands
from desktop_app.desk import places
from tests.exchange.dav_server import PASSWORD, USER, dav_server
from tests.exchange.ssh_server import SshServer, ssh_server
from tests.signed_month import receipt_for, signed_book

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sshd(tmp_path_factory):
    with ssh_server(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture
def book(tmp_path):
    return signed_book(tmp_path / "unit")


@pytest.fixture
def box(tmp_path):
    folder = tmp_path / "box"
    folder.mkdir()
    return folder


@pytest.fixture
def ask(run, book):
    """Run a command on the signed book."""
    return lambda *words: run(*words, "--book", book, "--today", "2023-04-04", "--json")


def add_server(ask, sshd: SshServer, box: Path, *more: object):
    return ask("place", "add", "市局", sshd.url(box), "--key-file", sshd.key, *more)


def test_a_servers_fingerprint_is_shown_and_asked_for(ask, sshd, box, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    said = add_server(ask, sshd, box)
    assert said.code == 1
    assert sshd.fingerprint in said.document["error"]["title"]
    assert "ssh-ed25519" in said.document["error"]["title"]
    assert ask("place", "list").document == {"places": []}
    said = add_server(ask, sshd, box, "--fingerprint", sshd.fingerprint)
    assert said.document["fingerprint"] == sshd.fingerprint
    (row,) = ask("place", "list").document["places"]
    assert (row["name"], row["kind"]) == ("市局", "sftp")
    assert ask("place", "test", "市局").document["writable"] is True
    assert list(box.iterdir()) == []
    assert ask("place", "remove", "市局").code == 0
    assert ask("place", "remove", "市局").code == 1


def test_a_person_at_a_terminal_confirms_it(ask, sshd, box, monkeypatch):
    answers = ["no\n", "yes\n"]

    class Terminal:
        def isatty(self):
            return True

        def readline(self):
            return answers.pop(0)

    monkeypatch.setattr(sys, "stdin", Terminal())
    assert add_server(ask, sshd, box).code == 1
    said = add_server(ask, sshd, box)
    assert said.code == 0
    assert said.document["fingerprint"] == sshd.fingerprint
    assert sshd.fingerprint in said.err


def test_over_sftp_then_outbox_receipt_and_inbox(ask, sshd, box, tmp_path):
    add_server(ask, sshd, box, "--fingerprint", sshd.fingerprint)
    said = ask("hand-in", "2023-03", "--to", "市局")
    assert (said.code, said.document["verified"], said.document["safe_to_remove"]) == (0, True, None)
    (report,) = box.iterdir()
    assert said.document["path"].endswith(report.name)
    (row,) = ask("outbox", "2023-03").document["outbox"]
    assert (row["state"], row["place_name"], row["sha256"]) == ("delivered", "市局", said.document["sha256"])
    assert (row["check_code"], row["receipt"]) == (said.document["check_code"], None)
    receipt = receipt_for(report, tmp_path / "unit" / "unit.pem", tmp_path / "office")
    (box / receipt.name).write_bytes(receipt.read_bytes())
    found = ask("receive", "--from", "市局")
    assert [row["kind"] for row in found.document["taken"]] == ["receipt"]
    assert len(found.document["passed_over"]) == 1
    assert [(row["kind"], row["taken"]) for row in ask("inbox").document["inbox"]] == [("receipt", True)]
    assert ask("outbox").document["outbox"][0]["receipt"] == "received"
    assert ask("receive", "--from", "市局").document["taken"] == []


def test_a_changed_server_is_refused(ask, sshd, box, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    (tmp_path / "other").mkdir()
    add_server(ask, sshd, box, "--fingerprint", "SHA256:" + "A" * 43)
    said = ask("hand-in", "2023-03", "--to", "市局")
    assert said.code == 1
    assert "指纹变了" in said.document["error"]["title"]
    assert list(box.iterdir()) == []
    assert ask("outbox").document["outbox"][0]["state"] == "failed"


def test_several_places_one_of_them_away(ask, box, tmp_path):
    said = ask("hand-in", "2023-03", "--to", box, "--to", tmp_path / "away")
    assert said.code == 1
    assert [row["state"] for row in said.document["places"]] == ["delivered", "failed"]
    assert said.document["verified"] is True
    assert said.document["safe_to_remove"] is True


def test_a_password_comes_from_a_file_or_the_line_and_stays_nowhere(ask, run, book, box, tmp_path, monkeypatch):
    secret = tmp_path / "password.txt"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    with dav_server(box) as server:
        url = f"http://{USER}@127.0.0.1:{server.server_port}/dav"
        said = ask("place", "add", "内网", url, "--plain-http", "--password-file", secret)
        assert (said.code, said.document["password_kept"]) == (0, False), "no keyring here: it is not kept"
        said = ask("hand-in", "2023-03", "--to", "内网", "--password-file", secret)
        assert said.document["verified"] is True
        monkeypatch.setattr(sys, "stdin", None)
        assert ask("hand-in", "2023-03", "--to", "内网").code == 2
    everything = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and file != secret)
    assert PASSWORD.encode() not in everything
    assert json.dumps(PASSWORD)[1:-1].encode() not in everything
    assert ask("hand-in", "2023-03", "--to", "https://u:pw@127.0.0.1/x").code == 2


def test_a_kept_password_is_not_asked_for(monkeypatch):
    from argparse import Namespace

    place = places.draft("甲", "https://u@127.0.0.1/x")
    kept = {}
    monkeypatch.setattr(places.vault, "remember", lambda name, word: kept.update({name: word}) or True)
    monkeypatch.setattr(places.vault, "recall", kept.get)
    assert places.keep_secret(place, "geheim")
    assert list(kept) == ["place:https://u@127.0.0.1:443"]
    assert commands.secret(place, Namespace(password_file=None)) == "geheim"


@pytest.mark.parametrize(
    "words",
    [
        ("hand-in", "2023-03"),
        ("hand-in", "2023-03", "--resume", "--to", "x"),
        ("receive",),
        ("receive", "x.pdf", "--from", "y"),
        ("hand-in", "2023-03", "--to", "gopher://x/y"),
        ("place", "add", "a/b", "/tmp"),
        ("place",),
    ],
)
def test_wrong_use_is_one_sentence(ask, words):
    said = ask(*words)
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_nothing_to_resume_is_said(ask):
    assert ask("hand-in", "2023-03", "--resume").code == 1
    assert ask("hand-in", "2023-03", "--abandon").document == {"abandoned": []}


def test_stopped_by_the_keyboard_it_is_on_record_and_goes_on(book, box, ask):
    """Ctrl+C while a slow disk takes the file: told as cancelled, resumed, nothing else there."""
    slow = (
        "import sys, time; from desktop_app.exchange import carrying; from desktop_app.cli.main import main\n"
        "carrying.BLOCK = 4096; real = carrying._blocks\n"
        "def blocks(*given):\n"
        "    for block in real(*given): yield block; print('x', file=sys.stderr, flush=True); time.sleep(0.05)\n"
        "carrying._blocks = blocks; sys.exit(main(sys.argv[1:]))\n"
    )
    words = ["hand-in", "2023-03", "--to", str(box), "--book", str(book), "--today", "2023-04-04"]
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", slow, *words], cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8"
    ) as child:
        for _block in range(4):
            child.stderr.readline()
        child.send_signal(signal.SIGINT)
        said = child.stderr.read()
        assert child.wait() == 130
    assert "已中断" in said
    assert "Traceback" not in said
    (row,) = ask("outbox").document["outbox"]
    assert (row["state"], row["bytes_arrived"] > 0) == ("cancelled", True)
    (part,) = box.iterdir()
    assert part.name.endswith(".part")
    done = ask("hand-in", "2023-03", "--resume")
    assert done.document["resumed_at"] > 0
    assert [file.suffix for file in box.iterdir()] == [".pdf"]


def test_without_a_place_it_goes_to_the_default_one(ask, box):
    assert "place default" in ask("hand-in", "2023-03").document["error"]["advice"]
    assert ask("place", "default", "没有").code == 1
    ask("place", "add", "收件夹", box)
    assert ask("place", "default", "收件夹").document == {"default": "收件夹"}
    assert [row["default"] for row in ask("place", "list").document["places"]] == [True]
    assert Path(ask("hand-in", "2023-03").document["path"]).parent == box
    assert ask("place", "default").document == {"default": None}
    assert ask("hand-in", "2023-03").code == 2
    ask("place", "default", "收件夹")
    ask("place", "remove", "收件夹")
    ask("place", "add", "收件夹", box)
    assert [row["default"] for row in ask("place", "list").document["places"]] == [False]
