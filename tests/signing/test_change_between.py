"""A certificate that changes between two signatures: another unit is a problem, another issuer has to be said."""

from dataclasses import replace

from desktop_app.model.report import Role
from desktop_app.signing import between
from desktop_app.signing.sign import sign
from desktop_app.signing.verify import read_certificates, verify

PHRASE = "一二三四五六"


def signed_by(folder, unit, desk):
    folder.new_key("李堃", Role.APPROVER, unit, PHRASE, at=desk.at)
    key = folder.load_key("李堃", PHRASE, at=desk.at)
    return sign(desk.sealed, Role.APPROVER, key, signer_name="李堃", at=desk.at, boxes={}, final=True)


def test_another_issuer_of_the_same_unit_is_told_and_each_is_trusted_for_itself(desk, new_folder, unit):
    folder = new_folder()
    pdf = signed_by(folder, unit, desk)
    said = verify(pdf, desk.trust, at=desk.later)
    assert said.problems == ()
    assert "同名而密钥不同" in said.notes[0]
    assert verify(desk.signed, desk.trust, at=desk.later).notes == ()
    assert [one.trusted for one in said.signatures] == [True, False]
    both = (*desk.trust, *read_certificates(folder.unit_certificates_pem()))
    assert [one.trusted for one in verify(pdf, both, at=desk.later).signatures] == [True, True]
    stranger = desk.bureau_trust[0]
    told = list(between.changed([desk.preparer.certificate, stranger]))
    assert [problem for problem, _sentence in told] == [True, False]
    assert "不同的发证方" in told[1][1]


def test_another_unit_is_a_problem_even_where_nobody_looked_before_signing(desk, new_folder, unit, monkeypatch):
    monkeypatch.setattr(between, "refuse_other_unit", lambda before, own: None)
    pdf = signed_by(new_folder(), replace(unit, name="北京市海淀区人民政府"), desk)
    said = verify(pdf, desk.trust, at=desk.later)
    assert "不属于同一单位" in said.problems[0]
    assert not said.intact
    assert any("不同的发证方" in note for note in said.notes)
