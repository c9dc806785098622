"""The bureau's document timestamp: behind the lock, and nothing else is."""

import random
import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto import parser
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.validation import validate_pdf_signature

from desktop_app.errors import ClerkError
from desktop_app.model.report import Role
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.signing import certificates, stamping, trust
from desktop_app.signing.keys import KeyFolder
from desktop_app.signing.sign import Writer, sign
from desktop_app.signing.verify import read_certificates, verify

BUREAU = Unit("sthjj", "北京市生态环境局", UnitKind.DEPARTMENT, 30, ("市生态环境局",))


@pytest.fixture(scope="module")
def bureau(desk, tmp_path_factory):
    folder = KeyFolder(tmp_path_factory.mktemp("stamping") / "keys")
    folder.new_key("收文专用", Role.APPROVER, BUREAU, "收文口令", at=desk.at)
    return folder


@pytest.fixture(scope="module")
def authority(bureau, desk):
    return stamping.authority(bureau, BUREAU, "收文口令", at=desk.later)


@pytest.fixture(scope="module")
def stamped(desk, authority):
    return stamping.stamp(desk.signed, authority, desk.later)


@pytest.fixture(scope="module")
def everybody(desk, bureau):
    return (*desk.trust, *read_certificates(bureau.unit_certificates_pem()))


def byte_range(pdf):
    start = pdf.rindex(b"/ByteRange") + len(b"/ByteRange")
    return [int(number) for number in pdf[pdf.index(b"[", start) + 1 : pdf.index(b"]", start)].split()]


def test_both_signatures_stay_valid_and_the_time_is_told(desk, stamped, everybody):
    assert stamped.startswith(desk.signed)
    said = verify(stamped, everybody, at=desk.later)
    assert (said.problems, said.intact, said.complete) == ((), True, True)
    assert [(one.role, one.valid, one.trusted) for one in said.signatures] == [
        (Role.PREPARER, True, True),
        (Role.APPROVER, True, True),
    ]
    assert (said.stamp.by, said.stamp.at, said.stamp.trusted) == (BUREAU.name, desk.later, True)
    assert not verify(stamped, desk.trust, at=desk.later).stamp.trusted
    assert verify(desk.signed, everybody, at=desk.later).stamp is None


def test_pyhankos_own_policy_and_pdfsig_find_the_signatures_valid(desk, stamped, bureau, tmp_path):
    reader = PdfFileReader(BytesIO(stamped))
    for signature in reader.embedded_regular_signatures:
        status = validate_pdf_signature(signature, trust.context([signature.signer_cert], desk.later))
        assert status.intact
        assert status.valid
        assert status.docmdp_ok
    (tmp_path / "a.pdf").write_bytes(stamped)
    (tmp_path / "unit.pem").write_bytes(desk.folder.unit_certificates_pem())
    (tmp_path / "nss").mkdir()
    store = f"sql:{tmp_path / 'nss'}"
    subprocess.run(["certutil", "-N", "-d", store, "--empty-password"], check=True)
    add = ["certutil", "-A", "-d", store, "-n", "u", "-t", "CT,CT,CT", "-i", tmp_path / "unit.pem"]
    subprocess.run(add, check=True)
    done = subprocess.run(["pdfsig", "-nssdir", store, tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert done.stdout.count("Signature is Valid.") == 2  # this pdfsig does not know document timestamps at all
    assert done.stdout.count("Certificate is Trusted.") == 2


def test_openssl_accepts_the_token(desk, stamped, bureau, authority, tmp_path):
    """`openssl ts` is a timestamp verifier of another house."""
    start, before, after, length = byte_range(stamped)
    padded = bytes.fromhex(stamped[before + 1 : after - 1].decode())
    token = padded[: parser.peek(padded)]  # not until the zeros begin: a signature may end in one
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "data").write_bytes(stamped[start:before] + stamped[after : after + length])
    (tmp_path / "ca.pem").write_bytes(bureau.unit_certificates_pem())
    command = ["openssl", "ts", "-verify", "-in", tmp_path / "token", "-token_in", "-data", tmp_path / "data"]
    done = subprocess.run([*command, "-CAfile", tmp_path / "ca.pem"], capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout, done.stderr
    (tmp_path / "data").write_bytes(b"other")
    done = subprocess.run([*command, "-CAfile", tmp_path / "ca.pem"], capture_output=True, text=True, check=False)
    assert "Verification: OK" not in done.stdout


def test_a_receipt_can_be_stamped_too(desk, authority, everybody):
    said = verify(
        stamping.stamp(desk.receipt, authority, desk.later), everybody, expected=(Role.APPROVER,), at=desk.later
    )
    assert (said.problems, said.stamp.at) == ((), desk.later)


def test_every_place_of_the_stamp_is_held(desk, stamped, everybody):
    """One bit of every seventh byte that the timestamp added, the token's own unsigned parts among them."""
    _start, before, after, _length = byte_range(stamped)
    end = before + 1 + 2 * len(bytes.fromhex(stamped[before + 1 : after - 1].decode()).rstrip(b"\0"))
    places = [
        *range(len(desk.signed), before, 7),
        *range(before, end, 37),
        end + 3,
        after - 1,
        *range(after, len(stamped), 5),
    ]
    for place in places:
        changed = stamped[:place] + bytes([stamped[place] ^ 1]) + stamped[place + 1 :]
        said = verify(changed, everybody, at=desk.later)
        assert said.problems, place


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_every_byte_of_the_stamp_is_held(desk, stamped, everybody, part, count):
    """A random low bit of every byte; of the zeros behind the token, which one rule holds, the ends and one in 32."""
    _start, before, after, _length = byte_range(stamped)
    end = before + 1 + 2 * len(bytes.fromhex(stamped[before + 1 : after - 1].decode()).rstrip(b"\0"))
    zeros = [*range(end, end + 64), *range(end + 64, after - 64, 32), *range(after - 64, after)]
    places = [*range(len(desk.signed), end), *zeros, *range(after, len(stamped))]
    dice = random.Random(part)
    for place in places[part::4]:
        changed = stamped[:place] + bytes([stamped[place] ^ 1 << dice.randrange(4)]) + stamped[place + 1 :]
        assert verify(changed, everybody, at=desk.later).problems, place
    count(f"one bit of {len(places[part::4])} bytes of a stamp: all reported")


def put_text_on_the_page(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(page)


def add_a_note(writer):
    page = writer.root["/Pages"]["/Kids"][1]
    note = generic.DictionaryObject(
        {pdf_name("/Subtype"): pdf_name("/FreeText"), pdf_name("/Contents"): pdf_string("x")}
    )
    page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(note)])
    writer.update_container(page)


def change_an_appearance(writer):
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/AP")] = generic.DictionaryObject()
    writer.update_container(field)


def retitle(writer):
    writer.trailer["/Info"][pdf_name("/Title")] = pdf_string("别的月报")
    writer.update_container(writer.trailer["/Info"])


def add_an_orphan(writer):
    writer.add_object(generic.StreamObject(stream_data=b"nobody leads here"))


def alter_the_form(writer):
    writer.root["/AcroForm"][pdf_name("/DA")] = pdf_string("/Helv 0 Tf")
    writer.mark_update(writer.root.raw_get("/AcroForm"))


EDITS = [put_text_on_the_page, add_a_note, change_an_appearance, retitle, add_an_orphan, alter_the_form]


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_rides_with_the_stamp_is_reported(desk, authority, everybody, edit):
    """One saving, validly stamped by the bureau itself, that is more than a timestamp."""
    writer, out = Writer(BytesIO(desk.signed)), BytesIO()
    edit(writer)
    clock = stamping._Clock(authority, desk.later)
    PdfTimeStamper(clock, stamping.FIELD, readable_field_name=stamping.READABLE).timestamp_pdf(
        writer, "sha256", output=out
    )
    said = verify(out.getvalue(), everybody, at=desk.later)
    assert said.problems == ("收文时间戳之外还有别的改动。",)
    assert said.stamp.problem


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_comes_before_or_behind_the_stamp_is_reported(desk, authority, stamped, everybody, edit):
    for base in (desk.signed, stamped):
        writer, out = Writer(BytesIO(base)), BytesIO()
        edit(writer)
        writer.write(out)
        changed = out.getvalue()
        if base is desk.signed:
            changed = stamping.stamp(changed, authority, desk.later)
        assert verify(changed, everybody, at=desk.later).problems


def test_a_visible_or_a_second_stamp_or_one_under_another_name_is_reported(desk, authority, stamped, everybody):
    assert verify(stamping.stamp(desk.sealed, authority, desk.later), everybody, at=desk.later).problems == (
        "缺少单位负责人的签名。",
    )
    with pytest.raises(Exception, match="ReceivedAt"):
        stamping.stamp(stamped, authority, desk.later)
    for name in ("Other", "Preparer"):
        clock, out = stamping._Clock(authority, desk.later), BytesIO()
        try:
            PdfTimeStamper(clock, name).timestamp_pdf(Writer(BytesIO(stamped)), "sha256", output=out)
        except Exception:  # noqa: BLE001, S112 - a name that is taken cannot be stamped at all
            continue
        assert verify(out.getvalue(), everybody, at=desk.later).problems


def test_a_stamp_by_a_key_that_is_none_for_stamps_is_reported(desk, authority, everybody):
    weak = replace(
        authority, private=desk.approver.private, certificate=desk.approver.certificate, chain=desk.approver.chain
    )
    said = verify(stamping.stamp(desk.signed, weak, desk.later), everybody, at=desk.later)
    assert "时间戳的证书" in said.problems[0]
    assert not certificates.may_sign(authority.certificate)


def test_times_that_cannot_be_are_reported(desk, authority, everybody):
    late = stamping.stamp(desk.signed, authority, desk.later + timedelta(days=3))
    assert "晚于现在" in verify(late, everybody, at=desk.later).problems[0]
    early = authority.certificate.not_valid_before_utc + timedelta(minutes=1)
    fresh = sign(
        desk.sealed,
        Role.APPROVER,
        desk.approver,
        signer_name="赵珺",
        at=desk.later + timedelta(days=4),
        boxes={},
        final=True,
    )
    stamped = stamping.stamp(fresh, authority, max(early, desk.later + timedelta(days=1)))
    assert "晚于收文时间戳" in verify(stamped, everybody, at=desk.later + timedelta(days=5)).problems[0]


def test_the_authority_is_made_once_and_opens_with_its_passphrase_alone(bureau, authority, desk):
    again = stamping.authority(bureau, BUREAU, "收文口令", at=desk.later)
    assert again.certificate == authority.certificate
    with pytest.raises(ClerkError, match="打不开"):
        stamping.authority(bureau, BUREAU, "不是它", at=desk.later)
    with pytest.raises(ClerkError, match="有效期"):
        stamping.stamp(desk.signed, authority, desk.later + timedelta(days=5000))
