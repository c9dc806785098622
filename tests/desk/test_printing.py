"""Printing: the exact signed bytes reach the printer, the choice is remembered, and every refusal is a sentence."""

import io
import json
import os
import pwd
import time
import uuid
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from desktop_app.cli.main import main
from desktop_app.desk import printing
from desktop_app.desk.open_book import create
from desktop_app.desk.printing import Choice
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.rendering import render_slip
from tests.desk.print_system import running
from tests.rendering.test_editions import HANDOVER


@pytest.fixture(scope="module")
def printers():
    with running() as found:
        yield found


@pytest.fixture
def server(printers, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", printers.server)
    return printers


@pytest.fixture
def desk(tmp_path):
    opened = create(tmp_path / "book.yuebao", "朝阳区政府")
    yield opened
    opened.close()


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))


@pytest.fixture(scope="module")
def document():
    return render_slip(HANDOVER).pdf


def test_the_systems_printers_are_found_its_default_first(server):
    assert printing.direct()
    assert printing.printers() == ("Netz", "Pdf")


def test_the_bytes_that_reach_the_printer_are_those_that_were_given(server, document):
    before = len(server.listener.received)
    job = printing.send(document, Choice("Netz"), "月报 -o 'x'; $(y)")
    assert job.startswith("Netz-")
    assert server.wait_for(before + 1)[-1] == document


def test_cups_pdf_prints_every_page(server, document):
    title = f"yuebao{uuid.uuid4().hex}"
    printing.send(document, Choice("Pdf", duplex=False), title)
    places = [Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF", Path("/var/spool/cups-pdf/ANONYMOUS")]
    found, end = [], time.monotonic() + 40
    while not found and time.monotonic() < end:
        time.sleep(0.2)
        found = [file for place in places if place.is_dir() for file in place.glob(f"*{title}*.pdf")]
    try:
        time.sleep(0.5)  # written, then moved
        pages = pypdfium2.PdfDocument(io.BytesIO(found[0].read_bytes()))
        assert len(pages) == 1
        assert [round(side) for side in pages[0].get_size()] == [595, 842]
    finally:
        for file in found:
            file.unlink()


def test_sides_and_paper_are_asked_for(server, document, monkeypatch):
    asked = []
    real = printing._run
    monkeypatch.setattr(printing, "_run", lambda command, data: (asked.append(command), real(command, data))[1])
    printing.send(document, Choice("Netz", "A3", duplex=True), "t")
    printing.send(document, Choice("", "A4", duplex=False), "t")
    sent = [command for command in asked if command[0].endswith("/lp")]
    assert [sent[0][6], sent[0][8]] == ["media=A3", "sides=two-sided-long-edge"]
    assert [sent[1][2], sent[1][6], sent[1][8]] == ["Netz", "media=A4", "sides=one-sided"]


def test_a_printer_that_is_not_there_is_named_with_those_that_are(server, document):
    with pytest.raises(ClerkError, match="没有名为「九楼」的打印机") as refused:
        printing.send(document, Choice("九楼"), "t")
    assert "Netz、Pdf" in refused.value.advice


def test_without_a_print_system_a_sentence_says_so(nowhere, document):
    assert printing.printers() == ()
    with pytest.raises(ClerkError, match="没有找到可用的打印机"):
        printing.send(document, Choice(), "t")


def test_a_print_system_that_refuses_or_hangs(server, document, monkeypatch, tmp_path):
    fake = tmp_path / "lp"
    fake.write_text("#!/bin/sh\ncat > /dev/null\necho 'lp: paper is out' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(WorldError, match="paper is out"):
        printing.send(document, Choice("Netz"), "t")
    fake.write_text("#!/bin/sh\nexec sleep 20\n")
    monkeypatch.setattr(printing, "_PATIENCE", 0.3)
    with pytest.raises(WorldError, match="没有回应"):
        printing.send(document, Choice("Netz"), "t")


def test_the_choice_is_remembered_in_the_book(desk):
    assert printing.remembered(desk) == Choice()
    chosen = Choice("九楼彩机", "A3", duplex=False)
    printing.remember(desk, chosen)
    assert printing.remembered(desk) == chosen
    with pytest.raises(UsageError, match="不能用 B5 纸打印"):
        printing.remember(desk, Choice("", "B5"))
    assert printing.remembered(desk) == chosen


def test_the_command_prints_what_was_signed(server, tmp_path, capsys):
    main(["demo", "--out", str(tmp_path), "--no-window", "--json"])
    made = json.loads(capsys.readouterr().out)
    before = len(server.listener.received)
    book = ["--book", made["book"], "--json"]
    assert main(["print", "2023-03", "--printer", "Netz", "--sides", "one", *book]) == 0
    said = json.loads(capsys.readouterr().out)
    got = server.wait_for(before + 1)[-1]
    assert got == Path(made["report_pdf"]).read_bytes()
    assert (said["printer"], said["sides"], said["paper"]) == ("Netz", "one", "A4")
    assert main(["print", "2023-03", *book]) == 0
    assert json.loads(capsys.readouterr().out)["sides"] == "one"  # as last time
    assert main(["slip", "2023-03", "--out", str(tmp_path / "s.pdf"), *book]) == 0
    slip = json.loads(capsys.readouterr().out)
    assert slip["file"] == Path(made["report_pdf"]).name
    assert slip["sha256"] == said["sha256"]
    for edition, more in (("public", []), ("blank", []), ("task", ["--task", "1-8"])):
        out = str(tmp_path / f"{edition}.pdf")
        assert main(["report", "2023-03", "--out", out, "--edition", edition, *more, *book]) == 0
        report = json.loads(capsys.readouterr().out)
        assert report["edition"] == edition
        assert report["check_code"] == slip["check_code"] or edition == "blank"
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out))
        assert "草稿" not in text  # signed: no draft any more
    assert main(["report", "2023-03", "--out", str(tmp_path / "x.pdf"), "--edition", "task", *book]) == 2


def test_paper_and_file_are_matched_with_a_scanner(tmp_path, capsys):
    main(["demo", "--out", str(tmp_path), "--no-window", "--json"])
    made = json.loads(capsys.readouterr().out)
    page = pypdfium2.PdfDocument(made["report_pdf"])[4]
    (code,) = zxingcpp.read_barcodes(page.render(scale=200 / 72, grayscale=True).to_pil().convert("L"))
    asked = ["verify", made["report_pdf"], "--json", "--book", made["book"], "--scanned"]
    assert main([*asked, f"{code.text.lower()}\n"]) == 0
    capsys.readouterr()
    for text, said in (
        (code.text[:-1] + ("0" if code.text[-1] != "0" else "1"), "纸质件与这个文件不一致"),
        ("https://example.invalid", "不是月报的"),
    ):
        assert main([*asked, text]) == 1
        assert any(said in problem for problem in json.loads(capsys.readouterr().out)["problems"])
