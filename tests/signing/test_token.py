"""Keys on a token: SoftHSM2 stands in for a USB key, with a folder and settings of its own.

SoftHSM2 locks no PIN and cannot be pulled out; these two are raised by a library that says so.
"""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop_app.desk import key_care
from desktop_app.desk import keys as desk_keys
from desktop_app.desk.open_book import create
from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.report import Role
from desktop_app.signing import certificates, token
from desktop_app.signing.keys import KeyFolder
from desktop_app.signing.sign import sign
from desktop_app.signing.verify import read_certificates, verify

PIN, SO_PIN = "12345678", "87654321"
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@pytest.fixture(scope="module")
def module():
    """The library; packaging/test installs it, so that it is missing is a failure and no reason to skip."""
    found = next((Path(place) for place in PLACES if Path(place).exists()), None)
    assert found is not None, "softhsm2 is missing: run packaging/test"
    return found


@pytest.fixture(scope="module")
def plugged(module, tmp_path_factory):
    """A token 填报U盾 with an EC and an RSA key; SOFTHSM2_CONF is read when the library is loaded."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    run("softhsm2-util", "--init-token", "--free", "--label", "填报U盾", "--so-pin", SO_PIN, "--pin", PIN)
    at = datetime.now(UTC).replace(microsecond=0)
    made = {}
    for number, kind in (("01", "ec"), ("02", "rsa")):
        key = certificates.new_private_key(kind)
        person = ("北京市朝阳区人民政府", "填报人", "王喆")
        certificate = certificates.person_certificate(person, key, at, None)
        file = folder / f"{number}.pem"
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        (folder / f"{number}.der").write_bytes(certificate.public_bytes(Encoding.DER))
        common = ("--token", "填报U盾", "--pin", PIN)
        run("softhsm2-util", "--import", file, "--label", f"key{number}", "--id", number, *common)
        write = ("--write-object", folder / f"{number}.der", "--type", "cert", "--id", number)
        run("pkcs11-tool", "--module", module, "--login", "--token-label", "填报U盾", "--pin", PIN, *write)
        made[number] = certificate
    yield made
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


@pytest.fixture
def book(tmp_path):
    desk = create(tmp_path / "book.yuebao", "朝阳区政府")
    yield desk
    desk.close()


@pytest.mark.parametrize(("number", "kind"), [("01", "EC P-256"), ("02", "RSA-3072")])
def test_a_key_on_a_token_signs_and_verifies(plugged, module, book, desk, boxes, number, kind):
    info = key_care.token(book, module, "王喆", Role.PREPARER, PIN, key_id=number)
    assert (info.kind, info.storage, info.usable) == (kind, "token", True)
    assert info.fingerprint == certificates.fingerprint(plugged[number])
    at = datetime.now(UTC).replace(microsecond=0)
    key = desk_keys.load(book, "王喆", PIN)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=at, boxes=boxes, final=False)
    trust = read_certificates(desk_keys.key_folder(book).unit_certificates_pem())
    said = verify(pdf, trust, expected=(Role.PREPARER,), at=at + timedelta(hours=1))
    assert (said.problems, [one.trusted for one in said.signatures]) == ((), [True])


def test_a_token_says_whose_it_is(plugged, module, book):
    info = key_care.token(book, module, None, None, PIN, key_id="01")
    assert (info.name, info.role) == (certificates.common_name(plugged["01"]), Role.PREPARER)


def test_the_pin_is_kept_nowhere(plugged, module, book, desk, boxes):
    key_care.token(book, module, "王喆", Role.PREPARER, PIN, key_id="01")
    key = desk_keys.load(book, "王喆", PIN)
    assert PIN not in repr(key)
    at = datetime.now(UTC)
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=at, boxes=boxes, final=False)
    files = [file for file in book.book_path.parent.rglob("*") if file.is_file()]
    assert files
    assert all(PIN.encode() not in data for data in (pdf, *(file.read_bytes() for file in files)))


def test_what_a_token_refuses_is_said_in_words(plugged, module, book, tmp_path):
    for pin, words in (("00000000", "PIN 不对"), ("1", "PIN")):
        with pytest.raises(ClerkError, match=words):
            key_care.token(book, module, "王喆", Role.PREPARER, pin, key_id="01")
    cases = (
        ({"label": "没有的"}, "没有找到令牌"),
        ({"slot": 99999}, "没有找到令牌"),
        ({}, "几把密钥"),
        ({"key_id": "7f"}, "没有编号"),
    )
    for more, words in cases:
        with pytest.raises(ClerkError, match=words):
            key_care.token(book, module, "王喆", Role.PREPARER, PIN, **more)
    with pytest.raises(ClerkError, match="找不到驱动库"):
        key_care.token(book, tmp_path / "none.so", "王喆", Role.PREPARER, PIN)
    (tmp_path / "not.so").write_bytes(b"hello")
    with pytest.raises(WorldError, match="载入不了"):
        key_care.token(book, tmp_path / "not.so", "王喆", Role.PREPARER, PIN)
    assert desk_keys.list_keys(book) == ()


def test_a_wrong_pin_is_tried_once_and_before_anything_is_made(plugged, module, book):
    key_care.token(book, module, "王喆", Role.PREPARER, PIN, key_id="01")
    with pytest.raises(ClerkError, match="PIN 不对"):
        desk_keys.load(book, "王喆", "11111111")
    assert desk_keys.load(book, "王喆", PIN).info.name == "王喆"


def test_another_token_with_the_same_name_is_not_taken_for_it(plugged, module, book):
    info = key_care.token(book, module, "王喆", Role.PREPARER, PIN, key_id="01")
    folder = desk_keys.key_folder(book)
    file = folder.path / "key-王喆.crt.pem"
    text = file.read_text()
    serial = folder.record(info.name).heads["Token-Serial"]
    file.write_text(text.replace(serial, "00" * (len(serial) // 2)))
    with pytest.raises(ClerkError, match="没有找到令牌"):
        desk_keys.load(book, "王喆", PIN)
    file.write_text(text.replace("Token-Id: 01", "Token-Id: 09"))
    with pytest.raises(ClerkError, match="没有这把密钥"):
        desk_keys.load(book, "王喆", PIN)


def test_a_token_key_is_renewed_and_asked_for_with_its_own_tools(plugged, module, book, tmp_path):
    key_care.token(book, module, "王喆", Role.PREPARER, PIN, key_id="01")
    with pytest.raises(ClerkError, match="令牌"):
        key_care.renew(book, "王喆", PIN)
    with pytest.raises(ClerkError, match="令牌"):
        key_care.request(book, "王喆", None, PIN, tmp_path / "a.csr")


@pytest.mark.parametrize(
    ("name", "words"),
    [("PinLocked", "锁住"), ("TokenNotPresent", "拔掉"), ("DeviceRemoved", "拔掉"), ("GeneralError", "没有完成")],
)
def test_a_locked_or_pulled_token_leaves_the_file_as_it_was(
    plugged, module, book, desk, boxes, monkeypatch, name, words
):
    import pkcs11

    key_care.token(book, module, "王喆", Role.PREPARER, PIN, key_id="01")
    key = desk_keys.load(book, "王喆", PIN)

    def refuse(*_args, **_more):
        raise getattr(pkcs11, name, None) or getattr(pkcs11.exceptions, name)

    monkeypatch.setattr("pyhanko.sign.pkcs11.PKCS11Signer._load_objects", refuse)
    with pytest.raises(ClerkError, match=words):
        sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=datetime.now(UTC), boxes=boxes, final=False)


def test_without_the_library_a_sentence_is_said(plugged, module, book, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pkcs11", None)
    with pytest.raises(WorldError, match="没有带令牌支持"):
        token.find(module, PIN)


def test_a_certificate_for_other_uses_is_not_noted(plugged, module, book, monkeypatch):
    monkeypatch.setattr(certificates, "may_sign", lambda certificate: False)
    with pytest.raises(ClerkError, match="不是用来签名"):
        key_care.token(book, module, "王喆", Role.PREPARER, PIN, key_id="01")
    assert KeyFolder(book.key_folder).list_keys() == ()
