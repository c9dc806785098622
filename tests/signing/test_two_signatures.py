"""Two people sign one report: what they and other programs see, and what is refused before signing."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm

from desktop_app.errors import ClerkError
from desktop_app.model.report import Role
from desktop_app.signing import certificates
from desktop_app.signing import sign as signing
from desktop_app.signing.sign import sign, sign_receipt
from desktop_app.signing.verify import read_certificates, verify

BEIJING = timezone(timedelta(hours=8))


def run(*command) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def test_both_signatures_verify_and_lead_to_the_units_certificate(desk):
    said = verify(desk.signed, desk.trust, at=desk.later)
    assert (said.intact, said.complete, said.problems) == (True, True, ())
    assert [(one.role, one.signer, one.valid, one.trusted) for one in said.signatures] == [
        (Role.PREPARER, "王喆", True, True),
        (Role.APPROVER, "赵珺", True, True),
    ]
    assert [one.signed_at for one in said.signatures] == [desk.at, desk.at + timedelta(minutes=9)]
    assert said.signatures[1].fingerprint == desk.approver.info.fingerprint


def test_pdfsig_that_trusts_only_the_exported_certificate_agrees(desk, tmp_path):
    (tmp_path / "report.pdf").write_bytes(desk.signed)
    (tmp_path / "unit.pem").write_bytes(desk.folder.unit_certificates_pem())
    store = f"sql:{tmp_path / 'nss'}"
    (tmp_path / "nss").mkdir()
    run("certutil", "-N", "-d", store, "--empty-password")
    before = run("pdfsig", "-nssdir", store, tmp_path / "report.pdf")
    assert "Certificate is Trusted." not in before
    run("certutil", "-A", "-d", store, "-n", "unit", "-t", "CT,CT,CT", "-i", tmp_path / "unit.pem")
    said = run("pdfsig", "-nssdir", store, tmp_path / "report.pdf")
    assert said.count("Signature is Valid.") == 2
    assert said.count("Certificate is Trusted.") == 2
    assert said.count("Total document signed") == 1
    assert "Signer Certificate Common Name: 王喆" in said


def test_the_sealed_file_lacks_the_approver(desk):
    said = verify(desk.sealed, desk.trust, at=desk.later)
    assert said.intact
    assert not said.complete
    assert said.problems == ("缺少单位负责人的签名。",)
    assert verify(desk.sealed, desk.trust, expected=(Role.PREPARER,), at=desk.later).problems == ()


def test_an_unsigned_file_is_neither_intact_nor_complete(desk):
    said = verify(desk.unsigned, desk.trust, at=desk.later)
    assert (said.intact, said.complete, said.signatures) == (False, False, ())
    assert "文件里没有签名。" in said.problems


def test_signing_only_appends_and_leaves_the_metadata_alone(desk):
    assert desk.sealed.startswith(desk.unsigned)
    assert desk.signed.startswith(desk.sealed)
    before, after = PdfFileReader(BytesIO(desk.unsigned)), PdfFileReader(BytesIO(desk.signed))
    assert after.trailer["/Info"]["/ModDate"] == before.trailer["/Info"]["/ModDate"]
    assert after.root["/Metadata"].data == before.root["/Metadata"].data


def test_the_mark_says_role_name_and_time_in_embedded_type(desk, unit, boxes, new_folder, tmp_path):
    folder = new_folder()
    name, at = "阿·买买提𫖯", datetime(2023, 4, 4, 9, 30, tzinfo=BEIJING)
    folder.new_key(name, Role.PREPARER, unit, "一二三四五六", at=at)
    key = folder.load_key(name, "一二三四五六", at=at)
    made = sign(desk.unsigned, Role.PREPARER, key, signer_name=name, at=at, boxes=boxes, final=False)
    (tmp_path / "a.pdf").write_bytes(made)
    text = run("pdftotext", tmp_path / "a.pdf", "-")
    assert f"填报人：{name}" in text
    assert "2023年4月4日 09:30" in text
    fonts = [line.split() for line in run("pdffonts", tmp_path / "a.pdf").splitlines()[2:]]
    assert [(line[1:3], line[-5], line[-3]) for line in fonts] == [(["Type", "3"], "yes", "yes")]
    said = verify(made, read_certificates(folder.unit_certificates_pem()), expected=(Role.PREPARER,), at=at)
    assert [(one.signer, one.trusted, one.signed_at) for one in said.signatures] == [(name, True, at)]


def test_qpdf_finds_no_fault(desk, tmp_path):
    (tmp_path / "a.pdf").write_bytes(desk.signed)
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", tmp_path / "a.pdf")


def test_the_marks_are_drawn_inside_their_boxes(desk, tmp_path, boxes):
    (tmp_path / "a.pdf").write_bytes(desk.signed)
    run("pdftoppm", "-r", "72", "-f", "2", "-l", "2", "-gray", tmp_path / "a.pdf", tmp_path / "page")
    raw = next(tmp_path.glob("page*.pgm")).read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
    width, height = int(head[1]), int(head[2])
    dark = [index for index, value in enumerate(raw[head.end() :]) if value < 200]
    places = {(index % width, height - index // width) for index in dark}
    for role in (Role.PREPARER, Role.APPROVER):
        box = boxes[role]
        places_in = {(x, y) for x, y in places if box.x1 - 1 <= x <= box.x2 + 1 and box.y1 - 1 <= y <= box.y2 + 2}
        assert len(places_in) > 100
        places -= places_in
    assert all(x < 160 and y < 160 for x, y in places)  # the page's own square and nothing else


def test_a_character_without_a_face_is_named(desk, boxes):
    with pytest.raises(ClerkError, match="U\\+1F600"):
        sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="😀", at=desk.at, boxes=boxes, final=False)


def test_the_reviewer_may_sign_between_and_only_there(desk):
    at = desk.at + timedelta(minutes=5)
    reviewed = sign(desk.sealed, Role.REVIEWER, desk.approver, signer_name="乙", at=at, boxes={}, final=False)
    done = sign(reviewed, Role.APPROVER, desk.approver, signer_name="赵珺", at=at, boxes={}, final=True)
    said = verify(done, desk.trust, expected=tuple(Role), at=desk.later)
    assert said.problems == ()
    assert [one.role for one in said.signatures] == [Role.PREPARER, Role.REVIEWER, Role.APPROVER]
    with pytest.raises(ClerkError, match="锁定"):
        sign(desk.signed, Role.REVIEWER, desk.approver, signer_name="乙", at=at, boxes={}, final=False)


def test_a_signature_forced_in_after_the_lock_is_reported(desk, monkeypatch):
    monkeypatch.setattr(signing, "_refuse_out_of_turn", lambda role, signed: None)
    at = desk.at + timedelta(minutes=20)
    forced = sign(desk.signed, Role.REVIEWER, desk.approver, signer_name="乙", at=at, boxes={}, final=False)
    said = verify(forced, desk.trust, at=desk.later)
    assert not said.intact
    assert said.problems


@pytest.mark.parametrize(("role", "final"), [(Role.PREPARER, False), (Role.APPROVER, True)])
def test_no_role_signs_twice(desk, boxes, role, final):
    with pytest.raises(ClerkError, match="不能再签一次"):
        sign(desk.signed, role, desk.preparer, signer_name="王喆", at=desk.later, boxes=boxes, final=final)


@pytest.mark.parametrize(("role", "final"), [(Role.REVIEWER, False), (Role.APPROVER, True)])
def test_nobody_signs_before_the_preparer(desk, boxes, role, final):
    with pytest.raises(ClerkError, match="填报人还没有签署"):
        sign(desk.unsigned, role, desk.approver, signer_name="赵珺", at=desk.at, boxes=boxes, final=final)


@pytest.mark.parametrize("days", [-30, 365 * 3 + 2])
def test_an_expired_key_does_not_sign(desk, boxes, days):
    at = desk.at + timedelta(days=days)
    with pytest.raises(ClerkError, match="有效期"):
        sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="王喆", at=at, boxes=boxes, final=False)
    with pytest.raises(ClerkError, match="有效期"):
        sign_receipt(desk.unsigned, desk.preparer, signer_name="王喆", at=at, box=boxes[Role.APPROVER])


@pytest.mark.parametrize("pdf", [b"", b"hello", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_refused(desk, boxes, pdf):
    with pytest.raises(ClerkError, match="读不了"):
        sign(pdf, Role.PREPARER, desk.preparer, signer_name="王喆", at=desk.at, boxes=boxes, final=False)


def test_a_changed_file_is_not_signed_again(desk):
    for position in (len(desk.unsigned) // 2, len(desk.sealed) - 900):
        changed = bytearray(desk.sealed)
        changed[position] ^= 1
        with pytest.raises(ClerkError, match=r"没有通过核验|读不了"):
            sign(bytes(changed), Role.APPROVER, desk.approver, signer_name="赵珺", at=desk.at, boxes={}, final=True)


def test_a_time_without_offset_is_our_own_mistake(desk, boxes):
    naive = datetime(2023, 4, 4, 9, 30)  # noqa: DTZ001 - that is the point
    with pytest.raises((ValueError, TypeError)):
        sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="王喆", at=naive, boxes=boxes, final=False)


def test_a_stranger_is_valid_but_not_trusted(desk):
    for trust in ((), desk.bureau_trust):
        said = verify(desk.signed, trust, at=desk.later)
        assert said.problems == ()
        assert [one.trusted for one in said.signatures] == [False, False]


def test_a_persons_own_certificate_can_be_trusted_but_issues_nothing(desk):
    said = verify(desk.signed, (desk.approver.certificate,), at=desk.later)
    assert [one.trusted for one in said.signatures] == [False, True]


def test_a_certificate_issued_by_a_person_is_not_trusted_through_the_person(desk, boxes):
    """Who may sign may not vouch for others: the approver's own certificate is pinned, and is no CA."""
    private = certificates.new_private_key()
    issuer = (desk.approver.certificate, desk.approver.private)
    certificate = certificates.person_certificate(("单位", "填报人", "冒名"), private, desk.at, issuer)
    chain = (desk.approver.certificate, *desk.approver.chain)
    key = replace(desk.preparer, private=private, certificate=certificate, chain=chain)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    for trust in ((desk.approver.certificate,), desk.trust):
        (one,) = verify(pdf, trust, expected=(Role.PREPARER,), at=desk.later).signatures
        assert (one.signer, one.trusted) == ("冒名", False)


def test_a_signature_made_outside_the_certificates_time_is_reported(desk, boxes, monkeypatch):
    monkeypatch.setattr(signing, "refuse_unfit", lambda key, at: None)
    early = desk.at - timedelta(days=9)
    pdf = sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="王喆", at=early, boxes=boxes, final=False)
    said = verify(pdf, desk.trust, expected=(Role.PREPARER,), at=desk.later)
    assert [(one.valid, one.trusted) for one in said.signatures] == [(False, False)]
    assert "有效期" in said.problems[0]


def test_a_preparer_who_allows_more_than_signing_is_reported(desk, boxes, monkeypatch):
    made = signing._metadata
    monkeypatch.setattr(signing, "_metadata", lambda role, name, why, _perm: made(role, name, why, MDPPerm.ANNOTATE))
    pdf = sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    said = verify(pdf, desk.trust, expected=(Role.PREPARER,), at=desk.later)
    assert "没有按规定限制" in said.problems[0]


@pytest.mark.parametrize("lock", [None, FieldMDPSpec(FieldMDPAction.INCLUDE, ["Preparer"])])
def test_an_approver_who_does_not_lock_all_is_reported(desk, boxes, monkeypatch, lock):
    made = signing._spec
    weak = lambda role, readable, box, wanted=None: made(role, readable, box, lock if wanted else None)  # noqa: E731
    monkeypatch.setattr(signing, "_spec", weak)
    pdf = sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    pdf = sign(pdf, Role.APPROVER, desk.approver, signer_name="赵珺", at=desk.at, boxes={}, final=True)
    said = verify(pdf, desk.trust, at=desk.later)
    assert [one.valid for one in said.signatures] == [True, False]
    assert "没有锁定" in said.problems[0]


def test_a_self_certified_key_is_trusted_through_the_exported_bundle(desk, new_folder, unit, boxes):
    folder = new_folder()
    folder.new_key("甲", Role.PREPARER, unit, "一二三四五六", at=desk.at)
    folder.new_key("乙", Role.APPROVER, unit, "完全不同的", at=desk.at)
    first = folder.load_key("甲", "一二三四五六", at=desk.at)
    second = folder.load_key("乙", "完全不同的", at=desk.at)
    pdf = sign(desk.unsigned, Role.PREPARER, first, signer_name="甲", at=desk.at, boxes=boxes, final=False)
    pdf = sign(pdf, Role.APPROVER, second, signer_name="乙", at=desk.at, boxes={}, final=True)
    bundle = read_certificates(folder.unit_certificates_pem())
    assert [one.trusted for one in verify(pdf, bundle, at=desk.later).signatures] == [True, True]
    assert [one.trusted for one in verify(pdf, bundle[:1], at=desk.later).signatures] == [True, False]


def test_a_signature_outlives_its_certificate(desk):
    said = verify(desk.signed, desk.trust, at=desk.at + timedelta(days=3650 * 2))
    assert said.problems == ()
    assert all(one.trusted for one in said.signatures)


def test_a_time_to_come_is_reported(desk):
    said = verify(desk.signed, desk.trust, at=desk.at - timedelta(days=3))
    assert any("晚于现在" in problem for problem in said.problems)


def test_a_receipt_is_locked_by_its_only_signature(desk, boxes):
    said = verify(desk.receipt, desk.bureau_trust, expected=(Role.APPROVER,), at=desk.later)
    assert said.problems == ()
    assert [(one.role, one.signer, one.trusted) for one in said.signatures] == [(Role.APPROVER, "收文", True)]
    assert not verify(desk.receipt, desk.bureau_trust, at=desk.later).complete
    with pytest.raises(ClerkError, match="已经签过名"):
        sign_receipt(desk.receipt, desk.preparer, signer_name="王喆", at=desk.later, box=boxes[Role.APPROVER])


def test_a_key_from_openssl_signs_too(desk, boxes, new_folder, tmp_path):
    key, certificate, p12 = tmp_path / "k", tmp_path / "c", tmp_path / "p12"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-utf8", "-subj", "/CN=李翀"]
    extensions = ["-addext", "basicConstraints=CA:FALSE", "-addext", "keyUsage=digitalSignature"]
    run(*request, *extensions, "-keyout", key, "-out", certificate)
    run("openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, "-passout", "pass:abcdef", "-out", p12)
    folder, now = new_folder(), datetime.now(UTC)
    folder.import_p12(p12.read_bytes(), "李翀", Role.PREPARER, "abcdef")
    loaded = folder.load_key("李翀", "abcdef", at=now)
    pdf = sign(desk.unsigned, Role.PREPARER, loaded, signer_name="李翀", at=now, boxes=boxes, final=False)
    said = verify(pdf, read_certificates(folder.unit_certificates_pem()), expected=(Role.PREPARER,), at=now)
    assert said.problems == ()
    assert said.signatures[0].trusted


def test_the_first_screen_does_not_load_pyhanko_or_cryptography():
    heavy = {"pyhanko", "cryptography", "keyring", "fontTools"}
    code = "import desktop_app.signing.keys, desktop_app.signing.vault, sys; print(*sys.modules)"
    assert not heavy & set(run(sys.executable, "-c", code).split())
