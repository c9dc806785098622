"""A key's life: asked for elsewhere, renewed, handed over, revoked; each step refused where it must be."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from desktop_app.errors import ClerkError
from desktop_app.model.report import Role
from desktop_app.signing import certificates, lifecycle, records, requests, revocation
from desktop_app.signing.fitness import KeyState
from desktop_app.signing.sign import sign
from desktop_app.signing.verify import read_certificates, verify
from tests.signing.authority import Authority

PHRASE = "一二三四五六"


@pytest.fixture(scope="module")
def authority():
    key = certificates.new_private_key()
    at = datetime.now(UTC) - timedelta(days=500)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "北京市生态环境局 CA")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(at).not_valid_after(at + timedelta(days=4000))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=2), critical=True)
    builder = builder.add_extension(certificates.usage(key_cert_sign=True, crl_sign=True), critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return Authority(key, builder.add_extension(identifier, critical=False).sign(key, hashes.SHA256()))


@pytest.fixture
def now():
    return datetime.now(UTC).replace(microsecond=0)


def asked(folder, unit, now, name="李翀", role=Role.APPROVER):
    return requests.request_for_person(folder, name, role, unit, PHRASE, at=now)


def packed(form, *found):
    if form == "pem":
        return certificates.pem(found)
    if form == "cer":
        return found[0].public_bytes(Encoding.DER)
    encoding = Encoding.DER if form == "p7b" else Encoding.PEM
    return pkcs7.serialize_certificates(list(reversed(found)), encoding)


def test_an_rsa_key_is_made_signs_and_is_renewed_in_kind(new_folder, unit, desk, boxes):
    folder = new_folder()
    made = folder.new_key("王喆", Role.PREPARER, unit, PHRASE, at=desk.at, kind="rsa")
    assert made.kind == "RSA-3072"
    key = folder.load_key("王喆", PHRASE, at=desk.at)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    trust = read_certificates(folder.unit_certificates_pem())
    said = verify(pdf, trust, expected=(Role.PREPARER,), at=desk.later)
    assert (said.problems, said.signatures[0].trusted) == ((), True)
    assert lifecycle.renew(folder, "王喆", unit, PHRASE, at=desk.at).kind == "RSA-3072"


def test_openssl_reads_the_request(new_folder, unit, now, tmp_path):
    folder = new_folder()
    (tmp_path / "a.csr").write_bytes(asked(folder, unit, now))
    command = ["openssl", "req", "-in", tmp_path / "a.csr", "-noout", "-verify", "-subject", "-nameopt", "utf8"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "verify OK" in done.stdout + done.stderr
    assert "李翀" in done.stdout
    assert "北京市朝阳区人民政府" in done.stdout


@pytest.mark.parametrize("form", ["pem", "cer", "p7b", "p7b-pem"])
def test_the_answer_finds_the_key_that_waits_for_it(new_folder, unit, now, authority, form, desk, boxes):
    folder = new_folder()
    request = asked(folder, unit, now, role=Role.PREPARER)
    (waiting,) = folder.list_keys(now)
    assert (waiting.state, waiting.usable) == (KeyState.WAITING, False)
    assert "等" in waiting.reason or "还没有" in waiting.reason
    with pytest.raises(ClerkError, match="还没有导入"):
        folder.load_key("李翀", PHRASE, at=now)
    answer = packed(form, authority.answer(request, now), authority.certificate)
    done = requests.take_answer(folder, answer, unit, at=now)
    assert (done.key.name, done.key.state, done.key.unit_issued) == ("李翀", KeyState.USABLE, False)
    assert done.chain == (0 if form == "cer" else 1)
    key = folder.load_key("李翀", PHRASE, at=now)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="李翀", at=now, boxes=boxes, final=False)
    said = verify(pdf, (authority.certificate,), expected=(Role.PREPARER,), at=now)
    assert (said.problems, said.signatures[0].trusted) == ((), True)
    with pytest.raises(ClerkError, match="口令不对"):
        folder.load_key("李翀", PHRASE + "x", at=now)


def test_an_answer_that_does_not_fit_changes_nothing(new_folder, unit, now, authority):
    folder = new_folder()
    request = asked(folder, unit, now)
    other = asked(new_folder(), unit, now)
    agreement = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=True, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    refused = [
        (authority.answer(other, now), "没有一张证书是本填报簿"),
        (authority.answer(request, now, organisation="北京市海淀区人民政府"), "海淀区"),
        (authority.answer(request, now, days=-1), "有效期"),
        (authority.answer(request, now, usage=agreement), "不是用来签名"),
        (authority.answer(request, now, ca=True), "（CA）"),
    ]
    before = {file.name: file.read_bytes() for file in folder.path.iterdir()}
    for certificate, words in refused:
        with pytest.raises(ClerkError, match=words):
            requests.take_answer(folder, certificates.pem([certificate]), unit, at=now)
    for junk in (b"", b"hello", b"0\x82\x01", request):
        with pytest.raises(ClerkError, match="不是证书"):
            requests.take_answer(folder, junk, unit, at=now)
    assert {file.name: file.read_bytes() for file in folder.path.iterdir()} == before


def test_a_key_in_use_gets_a_new_certificate_and_keeps_the_old_one(new_folder, unit, now, authority):
    folder = new_folder()
    before = folder.new_key("王喆", Role.PREPARER, unit, PHRASE, at=now)
    request = requests.request_for_person(folder, "王喆", Role.PREPARER, unit, PHRASE, at=now)
    assert folder.load_key("王喆", PHRASE, at=now).info.fingerprint == before.fingerprint
    done = requests.take_answer(folder, certificates.pem([authority.answer(request, now)]), unit, at=now)
    assert done.key.fingerprint != before.fingerprint
    assert folder.load_key("王喆", PHRASE, at=now).info.fingerprint == done.key.fingerprint
    assert [certificates.fingerprint(one) for one in records.archived(folder.path)] == [before.fingerprint]


def test_the_units_own_certificate_from_the_bureau_carries_everybody(new_folder, unit, now, authority, desk, boxes):
    folder = new_folder()
    folder.new_key("王喆", Role.PREPARER, unit, PHRASE, at=now)
    request = requests.request_for_unit(folder, unit, PHRASE, at=now)
    for wrong, words in ((authority.answer(request, now), "不能签发"),
                         (authority.answer(request, now, ca=True, organisation="另一个单位"), "另一个单位"),
                         (authority.answer(request, now, ca=True, days=-1), "过期")):  # fmt: skip
        with pytest.raises(ClerkError, match=words):
            requests.take_answer(folder, certificates.pem([wrong]), unit, at=now)
    answer = authority.answer(request, now, ca=True)
    done = requests.take_answer(folder, packed("p7b", answer, authority.certificate), unit, at=now)
    assert (done.key, done.chain) == (None, 1)
    key = folder.load_key("王喆", PHRASE, at=now)
    assert key.chain == (answer, authority.certificate)
    folder.new_key("赵珺", Role.APPROVER, unit, PHRASE, at=now)
    second = folder.load_key("赵珺", PHRASE, at=now)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=now, boxes=boxes, final=False)
    pdf = sign(pdf, Role.APPROVER, second, signer_name="赵珺", at=now, boxes={}, final=True)
    for trust in ((authority.certificate,), read_certificates(folder.unit_certificates_pem())):
        said = verify(pdf, trust, at=now)
        assert (said.problems, [one.trusted for one in said.signatures]) == ((), [True, True])
    with pytest.raises(ClerkError, match="上级发证方"):
        lifecycle.renew_unit(folder, unit, PHRASE, at=now)


def test_a_key_made_on_another_machine_is_certified_by_the_unit(new_folder, unit, now):
    home, away = new_folder(), new_folder()
    home.new_key("王喆", Role.PREPARER, unit, PHRASE, at=now)
    request = asked(away, unit, now)
    (subject, fingerprint), data = lifecycle.issue(home, request, unit, (PHRASE,), at=now)
    assert subject.startswith("CN=李翀")
    done = requests.take_answer(away, data, unit, at=now)
    assert (done.key.fingerprint, done.chain) == (fingerprint, 1)
    root = home.unit_chain()[0]
    assert certificates.issued(root, away.load_key("李翀", PHRASE, at=now).certificate)
    with pytest.raises(ClerkError, match="口令不对"):
        lifecycle.issue(home, request, unit, (PHRASE + "x", None), at=now)
    for junk in (b"", b"hello", request[:-40]):
        with pytest.raises(ClerkError, match="不是证书申请"):
            lifecycle.issue(home, junk, unit, (PHRASE,), at=now)


def test_a_request_of_another_unit_is_not_certified(new_folder, unit, now):
    from dataclasses import replace

    home = new_folder()
    home.new_key("王喆", Role.PREPARER, unit, PHRASE, at=now)
    stranger = asked(new_folder(), replace(unit, name="北京市海淀区人民政府"), now)
    with pytest.raises(ClerkError, match="海淀区"):
        lifecycle.issue(home, stranger, unit, (PHRASE,), at=now)


def test_a_changed_request_is_not_certified(new_folder, unit, now):
    """Its own key must have signed it: else somebody could have a certificate over another's key."""
    home = new_folder()
    home.new_key("王喆", Role.PREPARER, unit, PHRASE, at=now)
    encoded = x509.load_pem_x509_csr(asked(new_folder(), unit, now)).public_bytes(Encoding.DER)
    place = encoded.index("李翀".encode())
    with pytest.raises(ClerkError, match="损坏"):
        lifecycle.issue(home, encoded[:place] + "李堃".encode() + encoded[place + 6 :], unit, (PHRASE,), at=now)


def test_renewal_gives_a_new_key_and_the_old_signature_goes_on(new_folder, unit, desk, boxes):
    folder = new_folder()
    before = folder.new_key("王喆", Role.PREPARER, unit, PHRASE, at=desk.at)
    key = folder.load_key("王喆", PHRASE, at=desk.at)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    near = desk.at + timedelta(days=365 * 3 - 20)
    assert "续期" in folder.list_keys(near)[0].reason
    after = lifecycle.renew(folder, "王喆", unit, PHRASE, at=near)
    assert (after.name, after.role, after.unit_issued, after.reason) == ("王喆", Role.PREPARER, True, "")
    assert after.fingerprint != before.fingerprint
    assert [info.name for info in folder.list_keys()] == ["王喆"]
    later = near + timedelta(days=400)
    renewed = folder.load_key("王喆", PHRASE, at=later)
    assert renewed.private.public_key() == renewed.certificate.public_key() != key.certificate.public_key()
    said = verify(pdf, read_certificates(folder.unit_certificates_pem()), expected=(Role.PREPARER,), at=later)
    assert (said.problems, said.signatures[0].trusted) == ((), True)
    again = lifecycle.renew(folder, "王喆", unit, PHRASE, at=later)
    assert folder.load_key("王喆", PHRASE, at=later).info.fingerprint == again.fingerprint


@pytest.mark.parametrize("broken", ["key-王喆~2.p12", "key-王喆.crt.pem"])
def test_a_renewal_that_cannot_be_written_leaves_the_old_key(new_folder, unit, desk, monkeypatch, broken):
    folder = new_folder()
    before = folder.new_key("王喆", Role.PREPARER, unit, PHRASE, at=desk.at)
    whole = records.write_private

    def fail(path, data):
        if path.name == broken:
            raise OSError(28, "No space left on device")
        whole(path, data)

    monkeypatch.setattr("desktop_app.signing.keys.write_private", fail)
    monkeypatch.setattr("desktop_app.signing.records.write_private", fail)
    with pytest.raises(OSError, match="space"):
        lifecycle.renew(folder, "王喆", unit, PHRASE, at=desk.at)
    assert folder.load_key("王喆", PHRASE, at=desk.at).info == before


def test_what_cannot_be_renewed_here_says_where(new_folder, unit, now, authority):
    folder = new_folder()
    request = asked(folder, unit, now)
    with pytest.raises(ClerkError, match="还没有导入"):
        lifecycle.renew(folder, "李翀", unit, PHRASE, at=now)
    requests.take_answer(folder, certificates.pem([authority.answer(request, now)]), unit, at=now)
    with pytest.raises(ClerkError, match="key request"):
        lifecycle.renew(folder, "李翀", unit, PHRASE, at=now)
    folder.new_key("王喆", Role.PREPARER, unit, PHRASE, at=now)
    with pytest.raises(ClerkError, match="口令不对"):
        lifecycle.renew(folder, "王喆", unit, PHRASE + "x", at=now)
    with pytest.raises(ClerkError, match="renew --unit"):
        lifecycle.renew(folder, "王喆", unit, PHRASE, at=now + timedelta(days=3700))
    lifecycle.renew_unit(folder, unit, PHRASE, at=now + timedelta(days=3700))
    renewed = lifecycle.renew(folder, "王喆", unit, PHRASE, at=now + timedelta(days=3700))
    assert renewed.unit_issued


def test_hand_over_old_key_signs_nothing_and_its_signatures_stand(new_folder, unit, desk, boxes):
    folder = new_folder()
    folder.new_key("王喆", Role.PREPARER, unit, PHRASE, at=desk.at)
    key = folder.load_key("王喆", PHRASE, at=desk.at)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    retired = lifecycle.retire(folder, "王喆", at=desk.later)
    assert (retired.state, retired.usable) == (KeyState.RETIRED, False)
    with pytest.raises(ClerkError, match="停用"):
        folder.load_key("王喆", PHRASE, at=desk.later)
    with pytest.raises(ClerkError, match="停用"):
        lifecycle.renew(folder, "王喆", unit, PHRASE, at=desk.later)
    assert lifecycle.retire(folder, "王喆", at=desk.later + timedelta(days=9)) == retired
    trust = read_certificates(folder.unit_certificates_pem())
    data, count = lifecycle.revocation_list(folder, unit, (PHRASE,), at=desk.later + timedelta(minutes=5))
    assert count == 1
    lists = (revocation.read(data),)
    said = verify(pdf, trust, expected=(Role.PREPARER,), at=desk.later, lists=lists)
    assert (said.problems, said.signatures[0].trusted) == ((), True)
    assert "签署在此之前" in said.notes[0]
    late = sign(
        desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=desk.later + timedelta(minutes=1), boxes=boxes,
        final=False,
    )  # fmt: skip
    assert verify(late, trust, expected=(Role.PREPARER,), at=desk.later).problems == ()
    said = verify(late, trust, expected=(Role.PREPARER,), at=desk.later, lists=lists)
    assert "签署之前已被吊销" in said.problems[0]


def revoked_list(authority, certificate, since, published, reason=None, critical=False):
    row = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(since)
    if reason:
        row = row.add_extension(x509.CRLReason(reason), critical=False)
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    builder = builder.last_update(published).next_update(published + timedelta(days=30))
    if critical:
        builder = builder.add_extension(x509.DeltaCRLIndicator(1), critical=True)
    return builder.add_revoked_certificate(row.build()).sign(authority.key, hashes.SHA256())


def test_a_revoked_key_does_not_sign(new_folder, unit, now, authority, desk, boxes):
    folder = new_folder()
    answer = authority.answer(asked(folder, unit, now, role=Role.PREPARER), now)
    requests.take_answer(folder, packed("pem", answer, authority.certificate), unit, at=now)
    found = revoked_list(authority, answer, now - timedelta(days=1), now - timedelta(hours=1))
    done = revocation.take(folder.path, found.public_bytes(Encoding.PEM), (authority.certificate,), now)
    assert (done.issuer, done.count, done.stale) == ("北京市生态环境局 CA", 1, False)
    (info,) = folder.list_keys(now)
    assert info.state is KeyState.REVOKED
    with pytest.raises(ClerkError, match="吊销"):
        folder.load_key("李翀", PHRASE, at=now)
    assert revocation.told(found, now + timedelta(days=40)).stale


def test_a_list_that_nobody_known_signed_or_an_older_one_is_refused(new_folder, desk, now, authority):
    folder = new_folder()
    folder.path.mkdir()
    certificate = desk.preparer.certificate
    good = revoked_list(authority, certificate, now, now)
    known = (authority.certificate,)
    revocation.take(folder.path, good.public_bytes(Encoding.DER), known, now)
    older = revoked_list(authority, certificate, now, now - timedelta(days=1)).public_bytes(Encoding.DER)
    early = revoked_list(authority, certificate, now, now + timedelta(days=3)).public_bytes(Encoding.DER)
    part = revoked_list(authority, certificate, now, now, critical=True).public_bytes(Encoding.DER)
    whole = good.public_bytes(Encoding.DER)
    flipped = whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:]
    forged = revoked_list(Authority(desk.preparer.private, authority.certificate), certificate, now, now)
    for data, issuers, words in (
        (whole, (), "不是本机认识"), (whole, (desk.trust[0],), "不是本机认识"), (older, known, "更新的"),
        (early, known, "晚于现在"), (part, known, "一部分"), (flipped, known, "不是本机认识"),
        (forged.public_bytes(Encoding.DER), known, "不是本机认识"), (b"hello", known, "不是证书吊销"),
        (b"", known, "不是证书吊销"), (whole[:-9], known, "不是证书吊销"),
    ):  # fmt: skip
        with pytest.raises(ClerkError, match=words):
            revocation.take(folder.path, data, issuers, now)
    assert [one.public_bytes(Encoding.DER) for one in revocation.held(folder.path)] == [whole]


def test_after_a_theft_only_a_timestamp_proves_the_time(authority, now):
    from desktop_app.signing import between

    certificate = authority.answer(_any_request(), now)
    stolen = (revoked_list(authority, certificate, now, now, x509.ReasonFlags.key_compromise),)
    left = (revoked_list(authority, certificate, now, now, x509.ReasonFlags.cessation_of_operation),)
    before = now - timedelta(days=2)
    assert "无从证明" in between.revoked(certificate, before, None, stolen)[0]
    assert "无从证明" in between.revoked(certificate, before, now + timedelta(days=1), stolen)[0]
    assert between.revoked(certificate, before, now - timedelta(days=1), stolen)[0] is None
    assert between.revoked(certificate, before, None, left)[0] is None
    assert between.revoked(certificate, now, None, left)[0] is not None


def _any_request() -> bytes:
    key = certificates.new_private_key()
    name = certificates.person_name(("单位", "填报人", "甲"))
    return (
        x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    )


def _p12(tmp_path: Path, phrase: bytes, *more: str) -> bytes:
    base = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-utf8", "-subj", "/CN=李翀"]
    usage = ["-addext", "basicConstraints=critical,CA:FALSE", "-addext", "keyUsage=digitalSignature"]
    subprocess.run([*base, *usage, "-keyout", tmp_path / "k", "-out", tmp_path / "c"], check=True, capture_output=True)
    (tmp_path / "word").write_bytes(phrase + b"\n")
    command = ["openssl", "pkcs12", "-export", "-inkey", tmp_path / "k", "-in", tmp_path / "c", *more]
    out = ["-passout", f"file:{tmp_path / 'word'}", "-out", tmp_path / "p12"]
    subprocess.run([*command, *out], check=True, capture_output=True)
    return (tmp_path / "p12").read_bytes()


@pytest.mark.parametrize("form", [("-legacy",), ("-legacy", "-descert"), ()])
def test_several_certificates_and_old_ciphers_in_one_file(new_folder, tmp_path, authority, desk, form):
    (tmp_path / "more.pem").write_bytes(certificates.pem([authority.certificate, desk.trust[0]]))
    data = _p12(tmp_path, "口令一二".encode(), "-certfile", str(tmp_path / "more.pem"), *form)
    folder = new_folder()
    info = folder.import_p12(data, "李翀", Role.APPROVER, "口令一二")
    assert info.kind == "RSA-2048"
    assert folder.load_key("李翀", "口令一二", at=datetime.now(UTC)).chain == ()  # the others vouch for nothing


def test_a_file_left_open_is_kept_under_a_passphrase(new_folder, tmp_path):
    data = _p12(tmp_path, b"")
    folder = new_folder()
    with pytest.raises(ClerkError, match="口令是空的"):
        folder.import_p12(data, "李翀", Role.APPROVER, "")
    folder.import_p12(data, "李翀", Role.APPROVER, PHRASE)
    with pytest.raises(ClerkError, match="口令不对"):
        folder.load_key("李翀", "")
    assert folder.load_key("李翀", PHRASE).info.name == "李翀"
