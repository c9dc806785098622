"""The commands on keys and on files signed elsewhere: what they print, and how they leave."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from desktop_app.desk.demo import run_demo
from tests.desk.ready_book import WORD, ready_book

CN, OU = x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATIONAL_UNIT_NAME
KEYS = {
    "name", "role", "subject", "kind", "not_before", "not_after", "fingerprint", "state", "reason", "storage",
    "unit_issued",
}  # fmt: skip


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "word"
    file.write_text(WORD + "\n", encoding="utf-8")
    return file


def test_a_key_from_request_to_hand_over(run, planned: Path, phrase: Path, tmp_path: Path) -> None:
    book = ("--book", planned, "--json")
    word = ("--passphrase-file", phrase)
    made = run("key", "new", "--name", "王喆", "--role", "preparer", "--kind", "rsa", *word, *book).document["keys"][0]
    assert (made.keys(), made["kind"], made["state"]) == (KEYS, "RSA-3072", "usable")
    csr, pem, crl = tmp_path / "a.csr", tmp_path / "a.pem", tmp_path / "a.crl"
    asked = run("key", "request", "--name", "李堃", "--role", "approver", "--out", csr, *word, *book).document
    assert asked["keys"][0]["state"] == "waiting"
    issued = run("key", "issue", csr, "--out", pem, *word, *book).document
    home = run("key", "import-certificate", pem, *book).document
    assert (home["fingerprint"], home["chain"], home["keys"][0]["state"]) == (issued["fingerprint"], 1, "usable")
    renewed = run("key", "renew", "李堃", *word, *book).document["keys"][0]
    assert renewed["fingerprint"] != issued["fingerprint"]
    assert run("key", "retire", "李堃", *book).document["keys"][0]["state"] == "retired"
    listed = run("key", "crl", "--out", crl, *word, *book).document
    assert listed["revoked"] == 1
    taken = run("key", "crl", crl, *book).document
    assert (taken["revoked"], taken["stale"]) == (1, False)
    for unit in ((), ("--unit",)):
        assert run("key", "request", *unit, "--out", csr, *word, *book).code == 0
    states = {key["name"]: key["state"] for key in run("key", "list", *book).document["keys"]}
    assert states == {"王喆": "usable", "李堃": "retired"}
    plain = run("key", "list", "--book", planned)
    assert "已停用" in plain.out


def outside_key(folder: Path, *subject: tuple[x509.ObjectIdentifier, str], issues: bool = False) -> Path:
    """A .p12 file as an authority hands it out."""
    private, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(what, word) for what, word in subject])
    made = x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=400))
    made = made.add_extension(x509.BasicConstraints(ca=issues, path_length=None), critical=True)
    locked = BestAvailableEncryption(WORD.encode())
    data = pkcs12.serialize_key_and_certificates(None, private, made.sign(private, hashes.SHA256()), None, locked)
    file = folder / "outside.p12"
    file.write_bytes(data)
    return file


def test_a_key_from_outside_brings_its_name_and_role(run, planned: Path, phrase: Path, tmp_path: Path) -> None:
    """By its department, by the people at the foot of the form, else the role that nobody signs in yet."""
    book = ("--book", planned, "--passphrase-file", phrase)
    run("people", "--reviewer", "赵审", "--book", planned)
    for subject, role in (
        (((CN, "钱甲"),), "填报人"),
        (((CN, "孙乙"),), "单位负责人"),
        (((OU, "填报人"), (CN, "李丙")), "填报人"),
        (((CN, "赵审"),), "审核人"),
    ):
        said = run("key", "import", outside_key(tmp_path, *subject), *book)
        assert said.code == 0, said.err
        assert said.out.startswith(subject[-1][1])
        assert f"登记为{role}的密钥" in said.out
    named = run("key", "import", outside_key(tmp_path, (CN, "x")), "--name", "周丁", "--role", "reviewer", *book)
    assert named.out.startswith("周丁  reviewer")
    assert "登记为" not in named.out
    assert "（CA）" in run("key", "import", outside_key(tmp_path, (CN, "根"), issues=True), *book).err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("key", "request", "--unit", "--name", "甲", "--out", "x.csr"), 2),
        (("key", "renew"), 2),
        (("key", "crl"), 2),
        (("key", "retire", "没有的"), 1),
        (("key", "renew", "没有的", "--passphrase-file", "word"), 1),
        (("key", "request", "--name", "甲", "--out", "x.csr", "--passphrase-file", "word"), 1),
        (("key", "token", "--module", "none.so", "--name", "甲", "--role", "preparer", "--pin-file", "word"), 1),
        (("key", "token", "--module", "none.so", "--passphrase-file", "word"), 1),
        (("key", "import-certificate", "word"), 1),
        (("key", "issue", "word", "--out", "x", "--passphrase-file", "word"), 1),
        (("key", "crl", "word"), 1),
        (("sign",), 2),
        (("sign", "2023-03"), 2),
        (("sign", "2023-03", "--role", "preparer"), 2),
        (("sign", "--file", "word", "--role", "approver", "--key", "甲"), 2),
        (("sign", "--file", "word", "--role", "approver", "--key", "甲", "--out", "x.pdf"), 1),
        (("sign", "--take", "word"), 1),
        (("sign", "--take", "word", "--file", "word"), 2),
        (("sign", "2023-03", "--carry", "x.pdf"), 1),
        (("verify", "word", "--out", "x.doc"), 2),
    ],
)
def test_what_cannot_be_done_leaves_with_its_code_and_a_sentence(
    run, planned: Path, phrase: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words, code
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*words, "--book", planned)
    assert said.code == code, said.err
    assert said.err.strip().endswith("。")
    assert not (tmp_path / "x.csr").exists()
    assert not (tmp_path / "x.pdf").exists()


def test_carried_signed_and_taken_home_by_command(run, tmp_path: Path, phrase: Path) -> None:
    ready_book(tmp_path / "home.yuebao").close()
    home = ("--book", tmp_path / "home.yuebao", "--today", "2023-04-04", "--json")
    word = ("--passphrase-file", phrase)
    said = run("sign", "2023-03", "--role", "preparer", "--key", "王喆", *word, *home)
    assert said.document["state"] == "sealed"
    assert "内容真实、完整" in said.err
    carried, back = tmp_path / "carried.pdf", tmp_path / "back.pdf"
    assert run("sign", "2023-03", "--carry", carried, *home).code == 0
    away = ("--book", tmp_path / "away.yuebao", "--json")
    assert run("new", "--unit", "朝阳区政府", *away).code == 0
    csr, pem = tmp_path / "a.csr", tmp_path / "a.pem"
    run("key", "request", "--name", "孙负", "--role", "approver", "--out", csr, *word, *away)
    run("key", "issue", csr, "--out", pem, *word, *home)
    assert run("key", "import-certificate", pem, *away).code == 0
    signed = run("sign", "--file", carried, "--role", "approver", "--key", "孙负", "--out", back, *word, *away)
    assert signed.document["signer"] == "孙负"
    assert "同意报送" in signed.err
    done = run("sign", "--take", back, *home)
    assert (done.document["state"], done.document["signatures"]) == ("signed", 2)


def test_a_result_to_print_and_a_stamped_copy(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run_demo(tmp_path / "demo")
    report, certificate = made.report_pdf, made.unit_certificate
    for name in ("result.pdf", "result.txt"):
        said = run("verify", report, "--trust", certificate, "--out", tmp_path / name, "--json", "--book", made.book)
        assert (said.code, said.document["result"], said.document["stamp"]) == (0, str(tmp_path / name), None)
    assert (tmp_path / "result.pdf").read_bytes().startswith(b"%PDF")
    text = (tmp_path / "result.txt").read_text("utf-8")
    assert text.startswith("核验通过")
    assert said.document["signatures"][1]["fingerprint"] in text
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(report.read_bytes()[:-1])
    said = run("verify", changed, "--out", tmp_path / "bad.txt")
    assert said.code == 1
    assert (tmp_path / "bad.txt").read_text("utf-8").startswith("核验没有通过")
    assert run("verify", report, "--trust", certificate).out.startswith("核验通过。")
    for trust in ((), ("--trust", made.bureau_certificate)):
        said = run("verify", report, *trust)
        assert said.code == 0
        assert said.out.startswith("文件完好；签名人的身份未经核对。")
        assert "填报簿现在打不开" not in said.out
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "yuebao").mkdir()
    (tmp_path / "yuebao" / "book.yuebao").write_bytes(b"junk")
    assert "填报簿现在打不开" in run("verify", report).out
    desk = made.book.with_name("bureau.yuebao")
    stamped = tmp_path / "stamped.pdf"
    word = tmp_path / "any"
    word.write_text("不用它，戳已经盖过\n", encoding="utf-8")
    said = run(
        "bureau", "stamp", made.check_code, "--out", stamped, "--passphrase-file", word, "--book", desk, "--json"
    )
    assert said.code == 0
    assert stamped.read_bytes().startswith(report.read_bytes())
    both = ("--trust", certificate, "--trust", made.bureau_certificate)
    found = run("verify", stamped, *both, "--json").document
    assert (found["valid"], found["trusted"], found["stamp"]["trusted"]) == (True, True, True)
    assert any("收文时间戳" in note for note in found["notes"])


def test_a_newer_revision_and_an_unknown_plan_are_told(run, tmp_path: Path) -> None:
    made = run_demo(tmp_path / "demo")
    other = tmp_path / "other.yuebao"
    run("new", "--unit", "朝阳区政府", "--book", other)
    notes = run("verify", made.report_pdf, "--book", other, "--json").document["notes"]
    assert any("还没有2023年3月的第1版" in note for note in notes)
    assert not any("取代" in note for note in notes)
    known = run("verify", made.report_pdf, "--book", made.book, "--trust", made.unit_certificate, "--json").document
    assert known["notes"] == []
