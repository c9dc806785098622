"""The whole street, by command: from the bureau's table to the receipt that closes the month."""

import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.main import main

TOP = Path(__file__).resolve().parent.parent.parent


def yuebao(*words: object, code: int = 0) -> dict[str, Any]:
    """Run a command in this process, as the program does after it has started, and give its document."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        left = main([*(str(word) for word in words), "--json"])
    assert left == code, err.getvalue() + out.getvalue()
    assert "Traceback" not in err.getvalue()
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def yuebao_process(*words: object, code: int = 0) -> dict[str, Any]:
    """Run the program as its own process and give its document."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", *(str(word) for word in words), "--json"],
        cwd=TOP,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return yuebao_process("demo", "--out", tmp_path_factory.mktemp("demo"), "--no-window")


def pdf_text(path: Path) -> str:
    """All text of a file as poppler reads it, without white space."""
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def test_demo_does_the_main_job(demo: dict[str, Any]) -> None:
    assert demo["period"] == "2023-03"
    assert demo["tasks"] == 55
    assert demo["signatures"] == 2
    assert demo["state"] == "received"
    assert demo["findings"]["errors"] == 0
    assert demo["findings"]["warnings"] > 0
    assert demo["seconds"] > 0


def test_the_signed_report_verifies_here_and_in_poppler(demo: dict[str, Any], tmp_path: Path) -> None:
    said = yuebao("verify", demo["report_pdf"], "--trust", demo["unit_certificate"])
    assert said["kind"] == "report"
    assert said["valid"] is True
    assert [(row["role"], row["valid"], row["trusted"]) for row in said["signatures"]] == [
        ("preparer", True, True), ("approver", True, True)
    ]  # fmt: skip
    assert said["problems"] == []
    assert said["check_code"] == demo["check_code"]
    untrusted = yuebao("verify", demo["report_pdf"])
    assert not any(row["trusted"] for row in untrusted["signatures"])
    database = f"sql:{tmp_path}"
    subprocess.run(["certutil", "-N", "-d", database, "--empty-password"], check=True)
    subprocess.run(
        ["certutil", "-A", "-d", database, "-n", "unit", "-t", "CT,CT,CT", "-i", demo["unit_certificate"]], check=True
    )
    seen = subprocess.run(
        ["pdfsig", "-nssdir", database, demo["report_pdf"]], capture_output=True, check=True
    ).stdout.decode()
    assert seen.count("Signature is Valid") == 2
    assert seen.count("Certificate is Trusted") == 2


def test_every_narrative_is_on_the_paper(demo: dict[str, Any], samples: Path) -> None:
    text = pdf_text(Path(demo["report_pdf"]))
    progress = json.loads((samples / "progress-chaoyang-2023-03.json").read_text("utf-8"))
    for entry in progress["entries"]:
        for field in ("narrative", "problems", "next_steps"):
            assert "".join(entry[field].split()) in text, (entry["annex"], entry["seq"], field)
    assert demo["check_code"] in text


def test_only_embedded_fonts(demo: dict[str, Any]) -> None:
    for file in (demo["report_pdf"], demo["receipt_pdf"]):
        rows = subprocess.run(["pdffonts", file], capture_output=True, check=True).stdout.decode().splitlines()[2:]
        assert rows
        for row in rows:
            embedded, _subset, unicode = row.split()[-5:-2]
            assert (embedded, unicode) == ("yes", "yes"), row


def test_the_data_inside_is_the_data_that_was_filled(demo: dict[str, Any], samples: Path) -> None:
    data = yuebao("read", demo["report_pdf"])
    progress = json.loads((samples / "progress-chaoyang-2023-03.json").read_text("utf-8"))
    inside = {entry["task_id"]: entry for entry in data["entries"]}
    assert len(inside) == len(progress["entries"])
    for entry in progress["entries"]:
        assert inside[f"{entry['annex']}-{entry['seq']}"]["narrative"] == entry["narrative"]
    assert inside["3-9"]["cumulative"] == "26"
    assert data["evidence"][0]["task_id"] == "4-8"
    assert all(finding["explanation"] for finding in data["findings"] if finding["severity"] == "warning")


def test_one_changed_byte_is_reported(demo: dict[str, Any], tmp_path: Path) -> None:
    whole = Path(demo["report_pdf"]).read_bytes()
    for position in (20, len(whole) // 3, len(whole) // 2, len(whole) - 2000):
        changed = bytearray(whole)
        changed[position] ^= 1
        file = tmp_path / "changed.pdf"
        file.write_bytes(bytes(changed))
        said = yuebao("verify", file, "--trust", demo["unit_certificate"], code=1)
        assert said["valid"] is False
        assert said["problems"]


def test_an_addition_after_signing_is_reported(demo: dict[str, Any], tmp_path: Path) -> None:
    from io import BytesIO

    from pyhanko.pdf_utils.generic import NameObject, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(Path(demo["report_pdf"]).read_bytes()))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Contents")] = pdf_string("")
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    file = tmp_path / "added.pdf"
    file.write_bytes(out.getvalue())
    said = yuebao("verify", file, "--trust", demo["unit_certificate"], code=1)
    assert said["valid"] is False
    assert said["problems"]


def test_a_file_cut_back_to_one_signature_lacks_the_other(demo: dict[str, Any], tmp_path: Path) -> None:
    whole = Path(demo["report_pdf"]).read_bytes()
    ends = [position + 5 for position in range(len(whole)) if whole.startswith(b"%%EOF", position)]
    file = tmp_path / "cut.pdf"
    file.write_bytes(whole[: ends[-2]] + b"\n")
    said = yuebao("verify", file, "--trust", demo["unit_certificate"], code=1)
    assert said["valid"] is False


def test_the_whole_street_by_hand(tmp_path: Path, samples: Path) -> None:
    """The same with two units' files, step by step, as two people and a bureau would."""
    book, desk, secret = tmp_path / "tz.yuebao", tmp_path / "desk.yuebao", tmp_path / "secret"
    secret.write_text("一二三四五六\n", encoding="utf-8")
    at = ("--book", book, "--today", "2023-04-04")
    yuebao("new", "--unit", "通州区政府", *at)
    yuebao("plan", "import", samples / "plan-2023-sample.xlsx", *at)
    yuebao("fill", "2023-03", "--from", samples / "progress-tongzhou-2023-03.json", *at)
    for role, name in (("preparer", "张漷"), ("approver", "赵珺")):
        yuebao("key", "new", "--name", name, "--role", role, "--passphrase-file", secret, *at)
    refused = yuebao("sign", "2023-03", "--role", "preparer", "--key", "张漷", "--passphrase-file", secret, *at, code=1)
    assert "校验" in refused["error"]["title"]
    for finding in yuebao("check", "2023-03", *at, code=1)["findings"]:
        assert finding["severity"] != "error"
        if finding["severity"] == "warning":
            yuebao("explain", "2023-03", finding["task"], finding["code"], "示例说明：按计划在下半年实施。", *at)
    assert yuebao("check", "2023-03", *at)["unexplained"] == 0
    first = yuebao("report", "2023-03", "--out", tmp_path / "a.pdf", *at)
    second = yuebao("report", "2023-03", "--out", tmp_path / "b.pdf", *at)
    assert first["sha256"] == second["sha256"]
    yuebao("hand-in", "2023-03", "--to", tmp_path, *at, code=1)
    yuebao("sign", "2023-03", "--role", "approver", "--key", "赵珺", "--passphrase-file", secret, *at, code=1)
    signed = yuebao("sign", "2023-03", "--role", "preparer", "--key", "张漷", "--passphrase-file", secret, *at)
    assert (signed["state"], signed["signatures"]) == ("sealed", 1)
    yuebao("fill", "2023-03", "--from", samples / "progress-tongzhou-2023-03.json", *at, code=1)
    yuebao("key", "new", "--name", "孙镕", "--role", "reviewer", "--passphrase-file", secret, *at)
    signed = yuebao("sign", "2023-03", "--role", "reviewer", "--key", "孙镕", "--passphrase-file", secret, *at)
    assert (signed["state"], signed["signatures"]) == ("sealed", 2)
    signed = yuebao("sign", "2023-03", "--role", "approver", "--key", "赵珺", "--passphrase-file", secret, *at)
    assert (signed["state"], signed["signatures"]) == ("signed", 3)
    stick = tmp_path / "stick"
    stick.mkdir()
    handed = yuebao("hand-in", "2023-03", "--to", stick, *at)
    assert handed["verified"] is True
    assert Path(handed["path"]).name == f"通州区_2023-03_第1版_{handed['check_code']}.pdf"
    again = yuebao("hand-in", "2023-03", "--to", stick, *at)
    assert [path.name for path in stick.iterdir()] == [Path(again["path"]).name]
    yuebao("key", "export", "--out", tmp_path / "unit.pem", *at)

    there = ("--book", desk, "--today", "2023-04-06")
    yuebao("bureau", "new", "--passphrase-file", secret, *there)
    stranger = yuebao("bureau", "receive", handed["path"], *there, code=1)
    assert "登记" in stranger["refused"][0]["reason"]
    yuebao("bureau", "enrol", tmp_path / "unit.pem", *there)
    taken = yuebao("bureau", "receive", handed["path"], *there)
    assert taken["taken"][0]["kind"] == "report"
    assert yuebao("bureau", "receive", tmp_path / "a.pdf", *there, code=1)["refused"]
    accepted = yuebao("bureau", "accept", handed["path"], "--out", tmp_path, "--passphrase-file", secret, *there)
    assert accepted["on_time"] is True
    receipt = accepted["receipt_pdf"]
    assert yuebao("verify", receipt)["kind"] == "receipt"

    forger = ("--book", tmp_path / "forger.yuebao", "--today", "2023-04-06")
    yuebao("bureau", "new", "--passphrase-file", secret, *forger)
    yuebao("bureau", "enrol", tmp_path / "unit.pem", *forger)
    forged = yuebao(
        "bureau", "accept", handed["path"], "--out", tmp_path / "forged.pdf", "--passphrase-file", secret, *forger
    )
    yuebao("bureau", "export", "--out", tmp_path / "bureau.pem", *there)
    refused = yuebao("receive", forged["path"], "--trust", tmp_path / "bureau.pem", *at, code=1)
    assert "收文方" in refused["refused"][0]["reason"]
    assert yuebao("month", "2023-03", *at)["state"] == "handed_in"

    home = yuebao("receive", receipt, *at)
    assert home["taken"][0]["kind"] == "receipt"
    assert yuebao("month", "2023-03", *at)["state"] == "received"
    yuebao("receive", receipt, *at)
    assert yuebao("month", "2023-03", *at)["state"] == "received"
    assert yuebao("receive", handed["path"], *at, code=1)["refused"]
