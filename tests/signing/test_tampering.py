"""Whatever is changed after signing is reported."""

import random
import sys
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from desktop_app.errors import ClerkError
from desktop_app.model.report import Role
from desktop_app.signing import sign as signing
from desktop_app.signing.sign import sign
from desktop_app.signing.verify import verify


def byte_range(pdf: bytes) -> list[int]:
    """The last signature's."""
    start = pdf.rindex(b"/ByteRange") + len(b"/ByteRange")
    return [int(number) for number in pdf[pdf.index(b"[", start) + 1 : pdf.index(b"]", start)].split()]


def flipped(pdf: bytes, position: int, mask: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ mask]) + pdf[position + 1 :]


def assert_reported(pdf, desk, what, **more):
    said = verify(pdf, desk.trust, at=desk.later, **more)
    assert not (said.intact and said.complete), what
    assert said.problems, what
    assert all(problem.endswith("。") for problem in said.problems)


def test_a_byte_changed_anywhere_is_reported(desk):
    dice = random.Random(20230331)  # noqa: S311 - places, not secrets
    for _time in range(220):
        position, mask = dice.randrange(len(desk.signed)), dice.randrange(1, 256)
        assert_reported(flipped(desk.signed, position, mask), desk, (position, mask))


def test_a_byte_changed_in_the_unsigned_gap_is_reported(desk):
    """The container of the last signature is covered by no signature."""
    dice = random.Random(7)  # noqa: S311
    _start, before, after, _length = byte_range(desk.signed)
    structure = before + 1 + 2 * len(bytes.fromhex(desk.signed[before + 1 : after - 1].decode()).rstrip(b"\0"))
    places = [before, after - 1, after - 2, structure + 2, *dice.sample(range(before, structure), 60)]
    places += dice.sample(range(structure, after), 10)
    for position in places:
        for mask in (0x01, 0x20):  # another digit; the same digit in lower case
            assert_reported(flipped(desk.signed, position, mask), desk, (position, mask))


def test_the_unused_bits_of_an_issuers_signature_are_held(desk, unit, boxes, new_folder):
    """They are covered by no signature, and where the last bit is nought, readers accept them as they come."""
    while True:
        folder = new_folder()
        folder.new_key("王喆", Role.PREPARER, unit, "一二三四五六", at=desk.at)
        key = folder.load_key("王喆", "一二三四五六", at=desk.at)
        (root,) = key.chain
        if root.signature[-1] % 2 == 0:
            break
    pdf = sign(desk.unsigned, Role.PREPARER, key, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    before = (b"\x03" + bytes([len(root.signature) + 1]) + b"\0" + root.signature).hex().upper().encode()
    assert pdf.count(before) == 1
    after = before[:4] + b"01" + before[6:]
    assert verify(pdf, (), expected=(Role.PREPARER,), at=desk.later).problems == ()
    assert_reported(pdf.replace(before, after), desk, "unused bits", expected=(Role.PREPARER,))


@pytest.mark.long
def test_every_byte_of_the_unsigned_gap_is_held(desk):
    _start, before, after, _length = byte_range(desk.signed)
    for position in range(before, after):
        assert_reported(flipped(desk.signed, position, 0x01), desk, position)


def replace_page(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(page)


def annotate(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/FreeText"), "/Contents": pdf_string("同意")}
    corners = generic.ArrayObject(generic.NumberObject(number) for number in (10, 10, 90, 90))
    made = generic.DictionaryObject({pdf_name(key): value for key, value in note.items()})
    made[pdf_name("/Rect")] = corners
    page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(made)])
    writer.update_container(page)


def add_form_field(writer):
    form = writer.root["/AcroForm"]
    field = {"/FT": pdf_name("/Tx"), "/T": pdf_string("more"), "/V": pdf_string("改")}
    made = generic.DictionaryObject({pdf_name(key): value for key, value in field.items()})
    form["/Fields"].append(writer.add_object(made))
    writer.update_container(form["/Fields"])
    writer.update_root()


def rename_field(writer):
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/TU")] = pdf_string("别的人")
    writer.update_container(field)


def replace_data(writer):
    specification = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    stream = generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b'{"format":"x"}')
    specification["/EF"][pdf_name("/F")] = writer.add_object(stream)
    writer.update_container(specification["/EF"])


def attach_more(writer):
    stream = embed.EmbeddedFileObject.from_file_data(writer, data=b"more", mime_type="text/plain")
    embed.embed_file(writer, embed.FileSpec("more.txt", embedded_data=stream))


def open_action(writer):
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


def retitle(writer):
    writer.trailer["/Info"][pdf_name("/Title")] = pdf_string("别的月报")
    writer.update_container(writer.trailer["/Info"])


EDITS = [replace_page, annotate, add_form_field, rename_field, replace_data, attach_more, open_action, retitle]


def edited(pdf: bytes, edit) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    edit(writer)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(pdf)
    assert len(out.getvalue()) > len(pdf)
    return out.getvalue()


@pytest.mark.parametrize("edit", EDITS)
def test_an_addition_to_the_signed_report_is_reported(desk, edit):
    assert_reported(edited(desk.signed, edit), desk, edit)


@pytest.mark.parametrize("edit", EDITS)
def test_an_addition_to_the_sealed_report_is_reported(desk, edit):
    assert_reported(edited(desk.sealed, edit), desk, edit, expected=(Role.PREPARER,))


@pytest.mark.parametrize("edit", EDITS)
def test_an_addition_to_a_receipt_is_reported(desk, edit):
    assert_reported(edited(desk.receipt, edit), desk, edit, expected=(Role.APPROVER,))


@pytest.mark.parametrize("edit", EDITS)
def test_an_addition_between_the_signatures_is_reported(desk, edit, monkeypatch):
    """Even where the second signer's program did not look, and his own signature covers it."""
    monkeypatch.setattr(signing, "_refuse_unsound", lambda pdf, signed, key, at: None)
    between = edited(desk.sealed, edit)
    done = sign(between, Role.APPROVER, desk.approver, signer_name="赵珺", at=desk.later, boxes={}, final=True)
    assert_reported(done, desk, edit)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_inside_the_approvers_own_saving_is_reported(desk, edit, monkeypatch):
    """One saving, validly signed by the unit's own approver, that is more than a signature."""
    opened = signing._open

    def open_and_edit(pdf):
        writer = opened(pdf)
        edit(writer)
        return writer

    monkeypatch.setattr(signing, "_open", open_and_edit)
    done = sign(desk.sealed, Role.APPROVER, desk.approver, signer_name="赵珺", at=desk.later, boxes={}, final=True)
    said = verify(done, desk.trust, at=desk.later)
    assert [one.role for one in said.signatures] == [Role.PREPARER, Role.APPROVER]
    assert [one.valid for one in said.signatures] == [False, True]
    assert_reported(done, desk, edit)


def test_an_empty_saving_between_the_signatures_is_reported(desk, monkeypatch):
    """It changes nothing that is shown, and the difference analysis has no objection."""
    writer, out = signing.Writer(BytesIO(desk.sealed)), BytesIO()
    writer._force_write_when_empty = True
    writer.write(out)
    spare = out.getvalue()
    assert len(spare) > len(desk.sealed)
    more = {"signer_name": "赵珺", "at": desk.later, "boxes": {}, "final": True}
    with pytest.raises(ClerkError, match="没有通过核验"):
        sign(spare, Role.APPROVER, desk.approver, **more)
    monkeypatch.setattr(signing, "_refuse_unsound", lambda pdf, signed, key, at: None)
    assert_reported(sign(spare, Role.APPROVER, desk.approver, **more), desk, "spare")


def test_a_changed_signature_value_is_reported(desk):
    """The container stays in form and the digest still fits; only the arithmetic can tell."""
    _start, before, after, _length = byte_range(desk.signed)
    container = bytes.fromhex(desk.signed[before + 1 : after - 1].decode())
    value = PdfFileReader(BytesIO(desk.signed)).embedded_regular_signatures[-1].signer_info["signature"].native
    place = before + 1 + 2 * (container.index(value) + len(value) - 1)
    digit = b"0" if desk.signed[place : place + 1] != b"0" else b"1"
    said = verify(desk.signed[:place] + digit + desk.signed[place + 1 :], desk.trust, at=desk.later)
    assert [one.valid for one in said.signatures] == [True, False]


def test_a_field_of_another_name_is_none_of_ours(desk, boxes, monkeypatch):
    monkeypatch.setattr(signing, "FIELD_NAMES", {role: f"{role}-x" for role in Role})
    pdf = sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    said = verify(pdf, desk.trust, expected=(), at=desk.later)
    assert [one.role for one in said.signatures] == [None]
    assert said.problems == ("文件里有来历不明的签名。",)
    assert not said.intact


def test_a_signature_of_a_kind_that_nobody_reads_is_reported(desk, boxes, monkeypatch):
    def add_foreign_signature(writer):
        parts = {"/Type": pdf_name("/Sig"), "/SubFilter": pdf_name("/of.a.foreign.kind"), "/Contents": pdf_string("x")}
        value = generic.DictionaryObject({pdf_name(key): part for key, part in parts.items()})
        append_signature_field(writer, SigFieldSpec("Foreign"))
        writer.root["/AcroForm"]["/Fields"][-1][pdf_name("/V")] = writer.add_object(value)

    base = edited(desk.unsigned, add_foreign_signature)
    more = {"signer_name": "王喆", "at": desk.at, "boxes": boxes, "final": False}
    with pytest.raises(ClerkError, match="来历不明"):
        sign(base, Role.PREPARER, desk.preparer, **more)
    monkeypatch.setattr(signing, "_signed", lambda writer: [])
    monkeypatch.setattr(signing.PdfSigner, "_enforce_certification_constraints", lambda self, reader: None)
    forced = sign(base, Role.PREPARER, desk.preparer, **more)
    said = verify(forced, desk.trust, expected=(Role.PREPARER,), at=desk.later)
    assert said.problems == ("文件里有来历不明的签名。",)


def test_bytes_behind_the_end_are_reported(desk):
    for more in (b"\n", b" ", b"%%EOF\n", b"x" * 2000):
        assert_reported(desk.signed + more, desk, more)


def test_a_file_cut_back_to_an_earlier_saving_says_who_is_missing(desk):
    said = verify(desk.sealed, desk.trust, at=desk.later)
    assert said.problems == ("缺少单位负责人的签名。",)
    said = verify(desk.unsigned, desk.trust, at=desk.later)
    assert {"缺少填报人的签名。", "缺少单位负责人的签名。"} <= set(said.problems)


def test_a_file_cut_anywhere_is_reported(desk):
    dice = random.Random(5)  # noqa: S311
    for length in [len(desk.signed) - 1, *dice.sample(range(len(desk.signed)), 40)]:
        assert_reported(desk.signed[:length], desk, length)


def test_a_file_saved_by_another_program_is_reported(desk):
    with pikepdf.open(BytesIO(desk.signed)) as pdf:
        out = BytesIO()
        pdf.save(out)
    assert_reported(out.getvalue(), desk, "resaved")


def test_the_second_signature_put_on_another_first_one_is_reported(desk, boxes):
    """The approver's revision, glued to a report that the preparer signed anew."""
    other = sign(desk.unsigned, Role.PREPARER, desk.preparer, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    assert_reported(other + desk.signed[len(desk.sealed) :], desk, "glued")


def test_a_report_with_many_bookmarks_verifies(desk, boxes):
    """The difference analysis goes one level deeper for each bookmark: Python's usual limit stops at some 400."""
    with pikepdf.open(BytesIO(desk.unsigned)) as pdf:
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"任务{number}", 0) for number in range(600))
        out = BytesIO()
        pdf.save(out)
    limit = sys.getrecursionlimit()
    pdf = out.getvalue()
    pdf = sign(pdf, Role.PREPARER, desk.preparer, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    pdf = sign(pdf, Role.APPROVER, desk.approver, signer_name="赵珺", at=desk.at, boxes={}, final=True)
    assert verify(pdf, desk.trust, at=desk.later).problems == ()
    assert sys.getrecursionlimit() == limit


def test_a_file_nested_without_end_is_refused_and_nothing_falls_over(desk):
    for nested in (b"[" * 500_000, b"<</A" * 200_000):
        assert_reported(desk.signed.replace(b"/AcroForm", b"/AcroForm " + nested, 1), desk, nested[:4])
        assert_reported(b"%PDF-1.7\n1 0 obj\n" + nested + b"\nendobj\ntrailer<</Root 1 0 R>>", desk, nested[:4])


def test_nonsense_gives_a_sentence_and_no_exception(desk):
    dice = random.Random(3)  # noqa: S311
    for data in (b"", b"%PDF-1.7", b"\0" * 1000, dice.randbytes(5000), b"%PDF-1.7\n" + dice.randbytes(5000)):
        assert_reported(data, desk, data[:20])


def test_nothing_is_printed_while_verifying(desk, capfd):
    for pdf in (flipped(desk.signed, 3000, 1), desk.signed[:-100], edited(desk.signed, annotate)):
        verify(pdf, desk.trust, at=desk.later)
    assert capfd.readouterr() == ("", "")
