"""Keys as files: made, listed, opened, refused."""

import stat
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.errors import ClerkError
from desktop_app.model.report import Role
from desktop_app.signing import certificates
from desktop_app.signing.keys import KeyFolder


def test_the_first_key_makes_the_units_certificate_which_issues_all(desk):
    keys = desk.folder.list_keys()
    assert [(key.name, key.role, key.unit_issued, key.kind) for key in keys] == [
        ("王喆", Role.PREPARER, True, "EC P-256"),
        ("赵珺", Role.APPROVER, True, "EC P-256"),
    ]
    (unit,) = certificates.read_certificates(desk.folder.unit_certificates_pem())
    assert certificates.organisation(unit) == "北京市朝阳区人民政府"
    assert certificates.issued(unit, unit)
    assert certificates.may_issue(unit)
    assert certificates.issued(unit, desk.preparer.certificate)
    assert not certificates.may_issue(desk.preparer.certificate)
    assert desk.preparer.chain == (unit,)


def test_openssl_takes_the_chain(desk, tmp_path):
    (tmp_path / "ca.pem").write_bytes(desk.folder.unit_certificates_pem())
    (tmp_path / "person.pem").write_bytes(certificates.pem([desk.approver.certificate]))
    command = ["openssl", "verify", "-x509_strict", "-CAfile", tmp_path / "ca.pem", tmp_path / "person.pem"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_key_files_are_for_their_owner_and_nothing_is_left_beside_them(desk):
    files = sorted(desk.folder.path.iterdir())
    assert len(files) == 6
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert stat.S_IMODE(desk.folder.path.stat().st_mode) == 0o700


def test_fingerprint_is_sha256_in_groups_of_four(desk, tmp_path):
    (tmp_path / "c.pem").write_bytes(certificates.pem([desk.preparer.certificate]))
    command = ["openssl", "x509", "-in", tmp_path / "c.pem", "-noout", "-fingerprint", "-sha256"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert desk.preparer.info.fingerprint.replace(" ", "") == said.partition("=")[2].replace(":", "")
    assert [len(group) for group in desk.preparer.info.fingerprint.split(" ")] == [4] * 16


def test_a_taken_name_is_refused_whatever_its_case(new_folder, unit, desk):
    folder = new_folder()
    folder.new_key("Li Hua", Role.PREPARER, unit, "一二三四五六", at=desk.at)
    before = folder.load_key("Li Hua", "一二三四五六").info.fingerprint
    for name in ("Li Hua", "li hua", " LI HUA "):
        with pytest.raises(ClerkError, match="已经有"):
            folder.new_key(name, Role.APPROVER, unit, "另外的口令", at=desk.at)
    assert folder.load_key("Li Hua", "一二三四五六").info.fingerprint == before


@pytest.mark.parametrize("name", ["", "  ", "张\n三", "张\x00三", "三" * 65, "\ud800", "・" * 60])
def test_what_is_no_name_is_refused(new_folder, unit, desk, name):
    with pytest.raises(ClerkError, match="不能用作"):
        new_folder().new_key(name, Role.PREPARER, unit, "一二三四五六", at=desk.at)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12))
def test_any_printable_name_comes_back_as_it_was(tmp_path_factory, unit, desk, name):
    folder = KeyFolder(tmp_path_factory.mktemp("keys"))
    try:
        made = folder.new_key(name, Role.PREPARER, unit, "一二三四五六", at=desk.at)
    except ClerkError:
        assert len(name) > 8  # only a name too long for a file is refused
        return
    assert folder.list_keys() == (made,)
    assert folder.load_key(name, "一二三四五六", at=desk.at).info == made
    assert {file.parent for file in folder.path.rglob("*")} == {folder.path}


@pytest.mark.parametrize("name", ["../王", "CON", "王.喆", "a/b", "%41", "*"])
def test_names_that_mean_something_to_a_file_system_are_only_names(new_folder, unit, desk, name):
    folder = new_folder()
    folder.new_key(name, Role.PREPARER, unit, "一二三四五六", at=desk.at)
    assert [key.name for key in folder.list_keys()] == [name]
    assert all(file.name.startswith(("key-", "unit-ca.")) for file in folder.path.iterdir())


def test_a_rare_character_survives_in_the_certificate(new_folder, unit, desk):
    info = new_folder().new_key("王𫖯", Role.PREPARER, unit, "一二三四五六", at=desk.at)
    assert info.subject.startswith("CN=王𫖯,")


@given(text=st.text())
def test_written_names_can_be_compared_and_read_back(text):
    import stringprep

    carried = certificates.written(text)
    assert not any(stringprep.in_table_a1(character) for character in carried)
    if "〔" not in text:
        assert certificates.spoken(carried) == text


def test_wrong_passphrase_missing_and_damaged_files_are_told_apart(new_folder, unit, desk):
    folder = new_folder()
    folder.new_key("王喆", Role.PREPARER, unit, "一二三四五六", at=desk.at)
    with pytest.raises(ClerkError, match="口令不对"):
        folder.load_key("王喆", "一二三四五")
    with pytest.raises(ClerkError, match="找不到"):
        folder.load_key("李四", "一二三四五六")
    file = folder.path / "key-王喆.p12"
    whole = file.read_bytes()
    for damaged in (whole[:-7], b"", b"hello", whole[:400] + bytes([whole[400] ^ 1]) + whole[401:]):
        file.write_bytes(damaged)
        with pytest.raises(ClerkError, match="损坏"):
            folder.load_key("王喆", "一二三四五六")
    file.write_bytes(whole)
    assert folder.load_key("王喆", "一二三四五六").info.name == "王喆"


def test_a_damaged_certificate_file_is_named(new_folder, unit, desk):
    folder = new_folder()
    folder.new_key("王喆", Role.PREPARER, unit, "一二三四五六", at=desk.at)
    file = folder.path / "key-王喆.crt.pem"
    whole = file.read_text()
    file.write_text(whole[:200])
    with pytest.raises(ClerkError, match="损坏"):
        folder.list_keys()
    file.write_text(whole.replace("Role: preparer", "Role: emperor"))
    with pytest.raises(ClerkError, match="身份"):
        folder.list_keys()


@pytest.mark.parametrize("days", [-3, 365 * 3 + 2])
def test_a_key_outside_its_time_is_refused_before_signing(desk, days):
    with pytest.raises(ClerkError, match="有效期"):
        desk.folder.load_key("王喆", "口令一二三四", at=desk.at + timedelta(days=days))


def test_without_the_units_passphrase_a_key_certifies_itself_and_is_exported_too(new_folder, unit, desk):
    folder = new_folder()
    folder.new_key("王喆", Role.PREPARER, unit, "一二三四五六", at=desk.at)
    alone = folder.new_key("赵珺", Role.APPROVER, unit, "别的口令啊", at=desk.at, unit_passphrase="也不对")
    assert not alone.unit_issued
    bundle = certificates.read_certificates(folder.unit_certificates_pem())
    assert [certificates.may_issue(one) for one in bundle] == [True, False]
    assert certificates.fingerprint(bundle[1]) == alone.fingerprint


def test_an_expired_unit_certificate_issues_nothing(new_folder, unit, desk):
    folder = new_folder()
    folder.new_key("王喆", Role.PREPARER, unit, "一二三四五六", at=desk.at - timedelta(days=3660))
    assert not folder.new_key("赵珺", Role.APPROVER, unit, "一二三四五六", at=desk.at).unit_issued


def test_there_is_nothing_to_export_before_the_first_key(new_folder):
    with pytest.raises(ClerkError, match="还没有密钥"):
        new_folder().unit_certificates_pem()
    assert new_folder().list_keys() == ()


def test_an_empty_passphrase_is_refused(new_folder, unit, desk):
    with pytest.raises(ClerkError, match="空"):
        new_folder().new_key("王喆", Role.PREPARER, unit, "", at=desk.at)


def _openssl_p12(tmp_path, passphrase, *more, environment=None, key=("ec", "ec_paramgen_curve:P-256"), usage=None):
    extra = ["-addext", f"keyUsage={usage}"] if usage else []
    command = ["openssl", "req", "-x509", "-newkey", key[0], "-pkeyopt", key[1], "-nodes", "-days", "30", "-utf8"]
    command += ["-subj", "/CN=李翀/O=北京市朝阳区人民政府", "-addext", "basicConstraints=critical,CA:FALSE", *extra]
    subprocess.run([*command, "-keyout", tmp_path / "k", "-out", tmp_path / "c"], check=True, capture_output=True)
    (tmp_path / "word").write_text(passphrase + "\n", encoding="utf-8")
    command = ["openssl", "pkcs12", "-export", "-inkey", tmp_path / "k", "-in", tmp_path / "c", *more]
    command += ["-passout", f"file:{tmp_path / 'word'}", "-out", tmp_path / "p12"]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return (tmp_path / "p12").read_bytes()


@pytest.mark.parametrize("passphrase", ["abc 123", "口令一二三四"])
@pytest.mark.parametrize("form", [(), ("-legacy",), ("-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES")])
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_keys_made_by_openssl_can_be_imported(new_folder, tmp_path, desk, passphrase, form, locale):
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": locale}
    data = _openssl_p12(tmp_path, passphrase, *form, environment=environment)
    folder = new_folder()
    with pytest.raises(ClerkError, match="口令不对"):
        folder.import_p12(data, "李翀", Role.REVIEWER, passphrase + "x")
    assert folder.list_keys() == ()
    info = folder.import_p12(data, "李翀", Role.REVIEWER, passphrase)
    assert (info.role, info.kind, info.unit_issued) == (Role.REVIEWER, "EC P-256", False)
    assert folder.load_key("李翀", passphrase, at=datetime.now(UTC)).certificate is not None
    (exported,) = certificates.read_certificates(folder.unit_certificates_pem())
    assert certificates.fingerprint(exported) == info.fingerprint


def test_an_rsa_key_is_imported_and_a_short_one_is_not(new_folder, tmp_path):
    folder = new_folder()
    good = _openssl_p12(tmp_path, "abcdef", key=("rsa", "rsa_keygen_bits:2048"))
    assert folder.import_p12(good, "甲", Role.PREPARER, "abcdef").kind == "RSA-2048"
    short = _openssl_p12(tmp_path, "abcdef", key=("rsa", "rsa_keygen_bits:1024"))
    with pytest.raises(ClerkError, match="不支持"):
        folder.import_p12(short, "乙", Role.PREPARER, "abcdef")


def test_an_sm2_key_is_refused_in_plain_words(new_folder, tmp_path):
    data = _openssl_p12(tmp_path, "abcdef", key=("ec", "ec_paramgen_curve:SM2"))
    with pytest.raises(ClerkError, match="SM2"):
        new_folder().import_p12(data, "甲", Role.PREPARER, "abcdef")


def test_a_certificate_for_other_uses_is_refused(new_folder, tmp_path):
    data = _openssl_p12(tmp_path, "abcdef", usage="keyEncipherment")
    with pytest.raises(ClerkError, match="不是用来签名"):
        new_folder().import_p12(data, "甲", Role.PREPARER, "abcdef")


def test_the_units_own_key_cannot_be_imported_as_a_persons(new_folder, desk):
    data = (desk.folder.path / "unit-ca.p12").read_bytes()
    with pytest.raises(ClerkError, match="（CA）"):
        new_folder().import_p12(data, "甲", Role.PREPARER, "口令一二三四")


def test_what_is_no_key_file_is_refused(new_folder, desk):
    only_certificate = pkcs12.serialize_key_and_certificates(
        None, None, desk.preparer.certificate, None, serialization.BestAvailableEncryption(b"abcdef")
    )
    for data in (b"", b"%PDF-1.7", b"\x30\x80", only_certificate):
        with pytest.raises(ClerkError, match=r"密钥文件|私钥"):
            new_folder().import_p12(data, "甲", Role.PREPARER, "abcdef")


def test_certificates_are_read_as_pem_bundle_or_der(desk):
    certificate = desk.preparer.certificate
    assert certificates.read_certificates(certificate.public_bytes(serialization.Encoding.DER)) == (certificate,)
    bundle = certificates.pem([certificate, desk.approver.certificate])
    assert certificates.read_certificates(bundle) == (certificate, desk.approver.certificate)
    assert certificates.read_certificates("说明\n" + bundle.decode()) == (certificate, desk.approver.certificate)
    for data in (b"", b"hello", bundle[:-30], b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(ClerkError, match="不是证书"):
            certificates.read_certificates(data)


def test_only_keys_that_readers_can_verify_count():
    kinds = {
        certificates.kind(_certificate(key))
        for key in (ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048))
    }
    assert kinds == {"EC P-384", "RSA-2048"}
    assert certificates.kind(_certificate(ed25519.Ed25519PrivateKey.generate())) is None
    assert certificates.kind(_certificate(ec.generate_private_key(ec.SECP256K1()))) is None


def _certificate(key):
    now = datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "甲")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    from cryptography.hazmat.primitives import hashes

    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
