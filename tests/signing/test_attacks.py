"""Attacks on signed PDFs that are known by name: each is reported, none crashes or hangs the verifier."""

import random
import re
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop_app.model.report import Role
from desktop_app.signing import sign as signing
from desktop_app.signing.sign import sign
from desktop_app.signing.verify import verify


def reported(pdf, desk, **more):
    said = verify(pdf, desk.trust, at=desk.later, **more)
    assert not (said.intact and said.complete)
    assert said.problems
    assert all(problem.endswith("。") for problem in said.problems)
    return said


def flips(pdf, desk, count, seed):
    dice = random.Random(seed)  # noqa: S311 - places, not secrets
    for _time in range(count):
        place, bit = dice.randrange(len(pdf)), 1 << dice.randrange(8)
        changed = bytearray(pdf)
        changed[place] ^= bit
        said = verify(bytes(changed), desk.trust, at=desk.later)
        assert said.problems, (seed, place, bit)


def test_random_bit_flips_are_all_reported(desk):
    flips(desk.signed, desk, 150, 1)


@pytest.mark.long
def test_a_thousand_random_bit_flips_are_all_reported(desk):
    flips(desk.signed, desk, 1000, 2)


def ends(pdf):
    """Where each saving ends."""
    return [found.end() for found in re.finditer(rb"%%EOF[\r\n]*", pdf)]


def test_a_file_cut_back_to_any_saving_or_near_it_is_reported(desk):
    boundaries = ends(desk.signed)
    assert len(boundaries) == 3
    assert boundaries[-1] == len(desk.signed)
    for end in boundaries[:-1]:
        for length in (end - 1, end, end + 1, end + 40):
            reported(desk.signed[:length], desk)


def incremental(pdf, edit):
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    edit(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def outline(writer):
    entry = generic.DictionaryObject({pdf_name("/Title"): pdf_string("同意")})
    root = generic.DictionaryObject(
        {pdf_name("/First"): writer.add_object(entry), pdf_name("/Count"): generic.NumberObject(1)}
    )
    writer.root[pdf_name("/Outlines")] = writer.add_object(root)
    writer.update_root()


def metadata(writer):
    stream = generic.StreamObject({pdf_name("/Type"): pdf_name("/Metadata")}, stream_data=b"<x:xmpmeta/>")
    writer.root[pdf_name("/Metadata")] = writer.add_object(stream)
    writer.update_root()


def field_value(writer):
    """The approver's field is filled with something that is no signature of ours."""
    field = writer.root["/AcroForm"]["/Fields"][1]
    field[pdf_name("/V")] = pdf_string("同意")
    writer.update_container(field)


def mark_redrawn(writer):
    """The visible mark of the first signature shows another name."""
    mark = writer.root["/AcroForm"]["/Fields"][0]["/AP"]["/N"]
    mark._data = b"0 0 9 9 re f"
    mark._encoded_data = None
    writer.mark_update(writer.root["/AcroForm"]["/Fields"][0]["/AP"].raw_get("/N"))


def attachment_swapped(writer):
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    specification = names[1].get_object()
    stream = generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b'{"format":"x"}')
    specification[pdf_name("/EF")] = generic.DictionaryObject({pdf_name("/F"): writer.add_object(stream)})
    writer.update_container(specification)


def page_added(writer):
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Page"), pdf_name("/Parent"): writer.root.raw_get("/Pages")}
    )
    pages["/Kids"].append(writer.add_object(page))
    pages[pdf_name("/Count")] = generic.NumberObject(3)
    writer.update_container(pages)


def page_hidden(writer):
    """Shadow attack, hide: what was signed is covered."""
    page = writer.root["/Pages"]["/Kids"][1]
    cover = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 600 850 re f"))
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), cover])
    writer.update_container(page)


def pages_replaced(writer):
    """Shadow attack, hide and replace: the catalogue leads to other pages that lay in wait."""
    page = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page")})
    box = generic.ArrayObject(generic.NumberObject(number) for number in (0, 0, 595, 842))
    page[pdf_name("/MediaBox")] = box
    kids = generic.ArrayObject([writer.add_object(page)])
    tree = {"/Type": pdf_name("/Pages"), "/Kids": kids, "/Count": generic.NumberObject(1)}
    writer.root[pdf_name("/Pages")] = writer.add_object(
        generic.DictionaryObject({pdf_name(key): value for key, value in tree.items()})
    )
    writer.update_root()


EDITS = [outline, metadata, field_value, mark_redrawn, attachment_swapped, page_added, page_hidden, pages_replaced]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_after_the_lock_or_between_the_signatures_is_reported(desk, edit, monkeypatch):
    reported(incremental(desk.signed, edit), desk)
    between = incremental(desk.sealed, edit)
    reported(between, desk, expected=(Role.PREPARER,))
    if edit is field_value:
        return  # the field that the approver would sign is taken
    monkeypatch.setattr(signing, "_refuse_unsound", lambda pdf, signed, key, at: None)
    both = sign(between, Role.APPROVER, desk.approver, signer_name="赵珺", at=desk.later, boxes={}, final=True)
    reported(both, desk)


def test_font_that_changes_what_is_shown_is_reported(desk):
    """Shadow attack, replace: the mark's font draws other shapes for the same codes."""

    def redraw(writer):
        mark = writer.root["/AcroForm"]["/Fields"][0]["/AP"]["/N"]
        found = [font for font in _fonts(mark) if font.get("/Subtype") == "/Type3"]
        assert found
        found[0][pdf_name("/FirstChar")] = generic.NumberObject(2)
        writer.update_container(found[0])

    reported(incremental(desk.sealed, redraw), desk, expected=(Role.PREPARER,))


def _fonts(form):
    """Every font of a form, and of the forms inside it."""
    resources = form.get("/Resources", {})
    for name in resources.get("/Font", {}):
        yield resources["/Font"][name]
    for name in resources.get("/XObject", {}):
        yield from _fonts(resources["/XObject"][name])


def own_range(pdf):
    start = pdf.rindex(b"/ByteRange") + len(b"/ByteRange")
    opened, closed = pdf.index(b"[", start), pdf.index(b"]", start)
    return opened, closed, [int(number) for number in pdf[opened + 1 : closed].split()]


def test_signature_wrapping_is_reported(desk):
    """The signed bytes are moved aside and the range is led around what was put in between (USF, SWA)."""
    pdf = desk.signed
    opened, closed, (zero, before, after, length) = own_range(pdf)
    extra = b"\n99 0 obj << /Type /Page >> endobj\n"
    room = closed - opened - 1 + len(pdf[closed + 1 :]) - len(pdf[closed + 1 :].lstrip(b" "))

    def with_range(numbers, data=pdf):
        text = b" ".join(str(number).encode() for number in numbers)
        assert len(text) <= room
        return data[: opened + 1] + text + b"]" + b" " * (room - len(text)) + data[opened + 2 + room :]

    assert with_range((zero, before, after, length)) == pdf

    moved = pdf[:after] + extra + pdf[after:]
    cases = [
        with_range((zero, before, after + len(extra), length), moved),
        with_range((zero, before, after, length + len(extra)), pdf + extra),
        with_range((zero, before, after, length - 10)),
        with_range((1, before - 1, after, length)),
        with_range((zero, before, before, len(pdf) - before)),
        with_range((zero, before - 10, after, length)),
        with_range((zero, before, after, -length)),
        with_range((zero, before, after)),
        with_range((zero, 0, 0, 0)),
        with_range((zero, before, after, length, after, 1)),
        with_range((zero, 10**18, after, length)),
    ]
    for case in cases:
        reported(case, desk)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"/ByteRange", b"/ByteRang3"), (b"/Contents", b"/Content5"), (b"/Type /Sig", b"/Type /Sog"),
     (b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"), (b"/Adobe.PPKLite", b"/Adobe.PPKLit3")],
)  # fmt: skip
def test_a_signature_without_its_parts_is_reported(desk, old, new):
    """Universal signature forgery: a verifier must not take what it cannot read for valid."""
    place = desk.signed.rindex(old)
    reported(desk.signed[:place] + new + desk.signed[place + len(old) :], desk)


def test_an_object_twice_in_the_index_is_reported(desk):
    """The last index names the first page a second time, and leads elsewhere."""
    base = desk.signed
    body = b"\n3 0 obj\n<< /Type /Page /MediaBox [0 0 9 9] >>\nendobj\n"
    body += b"3 0 obj\n<< /Type /Page /MediaBox [0 0 8 8] >>\nendobj\n"
    first = len(base) + 1
    second = len(base) + body.rindex(b"3 0 obj")
    start = re.findall(rb"startxref\s+(\d+)", base)[-1]
    table = b"xref\n3 1\n%010d 00000 n \n3 1\n%010d 00000 n \n" % (first, second)
    trailer = b"trailer\n<< /Root 1 0 R /Size 200 /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        start,
        len(base) + len(body),
    )
    reported(base + body + table + trailer, desk)


def test_the_signature_of_another_file_is_not_taken(desk, boxes):
    """A second file by the same two people: its container is put where the first one's lies."""
    with pikepdf.open(BytesIO(desk.unsigned)) as pdf:
        pdf.docinfo["/Subject"] = "另一份"
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    other = sign(out.getvalue(), Role.PREPARER, desk.preparer, signer_name="王喆", at=desk.at, boxes=boxes, final=False)
    other = sign(other, Role.APPROVER, desk.approver, signer_name="赵珺", at=desk.at, boxes={}, final=True)

    def container(data):
        _opened, _closed, (_zero, before, after, _length) = own_range(data)
        return before, after

    before, after = container(desk.signed)
    there, end = container(other)
    digits = other[there + 1 : end - 1].rstrip(b"0")
    digits += b"0" * (len(digits) % 2)
    gap = after - before - 2
    assert len(digits) <= gap
    reported(desk.signed[:before] + b"<" + digits.ljust(gap, b"0") + b">" + desk.signed[after:], desk)
    reported(desk.sealed + other[len(desk.sealed) :], desk)


def test_a_file_that_leads_in_circles_ends(desk):
    def circle(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        page[pdf_name("/Parent")] = writer.root["/Pages"].raw_get("/Kids").raw_get(0)
        page[pdf_name("/Kids")] = generic.ArrayObject([writer.root["/Pages"].raw_get("/Kids").raw_get(0)])
        writer.update_container(page)

    reported(incremental(desk.signed, circle), desk)


def test_untouched_files_still_verify(desk):
    assert verify(desk.signed, desk.trust, at=desk.later).problems == ()
    assert PdfFileReader(BytesIO(desk.signed)).xrefs.total_revisions == 3
