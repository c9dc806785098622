"""What comes in a PDF is read whole, or refused in a sentence."""

import random
import time
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.errors import ClerkError
from desktop_app.exchange import canonical, digest, open_envelope, receipt_json, report_json, to_receipt, to_report
from tests.exchange.planted import (
    PHOTO,
    data_of,
    pack,
    photo,
    receipt,
    receipt_pdf,
    report,
    report_pdf,
    rewritten,
)

REPORT = canonical(report_json(report()))


def refused(pdf):
    with pytest.raises(ClerkError) as refusal:
        open_envelope(pdf)
    assert type(refusal.value) is ClerkError
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_report_is_opened():
    envelope = open_envelope(report_pdf())
    assert (envelope.kind, envelope.problems) == ("report", ())
    assert envelope.data_bytes == REPORT
    assert to_report(envelope.data) == report()
    assert envelope.attachments["佐证_3-9_照片.jpg"] == ("image/jpeg", PHOTO)
    assert set(envelope.attachments) == {"report.json", "佐证_3-9_照片.jpg"}


def test_a_receipt_is_opened():
    envelope = open_envelope(receipt_pdf())
    assert envelope.kind == "receipt"
    assert to_receipt(envelope.data) == receipt()


@pytest.mark.parametrize(
    ("attachments", "sentence"),
    [
        ([], "没有本程序的数据"),
        ([data_of("other.json", REPORT)], "没有本程序的数据"),
        ([data_of("Report.json", REPORT)], "没有本程序的数据"),
        (
            [data_of("report.json", REPORT), data_of("receipt.json", canonical(receipt_json(receipt())))],
            "同时有月报、回执",
        ),
        ([data_of("report.json", canonical(receipt_json(receipt())))], "report.json 里装的不是"),
        ([data_of("receipt.json", REPORT)], "receipt.json 里装的不是"),
        ([data_of("report.json", b"{}")], "不是本程序认识的任何一种"),
        ([data_of("report.json", b"not json")], "不是完好的 JSON"),
        ([data_of("report.json", REPORT + b" ")], "不是规范写法"),
        ([data_of("report.json", canonical({**report_json(report()), "version": 7}))], "由更新版本的程序生成"),
    ],
)
def test_the_wrong_data_is_refused(attachments, sentence):
    assert sentence in refused(pack(attachments))


@pytest.mark.parametrize(
    ("attachments", "sentence"),
    [
        ([], "缺失或已被改动"),
        ([photo(PHOTO + b"!")], "缺失或已被改动"),
        ([photo(), photo(b"stowaway", "夹带.jpg")], "清单以外的附件「夹带.jpg」"),
    ],
)
def test_evidence_must_be_what_the_list_says(attachments, sentence):
    problems = open_envelope(pack([data_of("report.json", REPORT), *attachments])).problems
    assert any(sentence in problem for problem in problems)


def test_evidence_of_another_size_than_listed_is_a_problem():
    data = report_json(report())
    data["evidence"][0]["size"] += 1
    assert "大小与清单不符" in open_envelope(pack([data_of("report.json", canonical(data)), photo()])).problems[0]


@pytest.mark.parametrize("pdf", [b"", b"PK\x03\x04", b"<html>", b"\n" + report_pdf(), REPORT])
def test_what_is_no_pdf_says_so(pdf):
    assert "不是 PDF" in refused(pdf)


def test_a_pdf_of_another_program_is_refused():
    assert "没有本程序的数据" in refused(rewritten(report_pdf(), _forget_attachments))


def _forget_attachments(document):
    del document.Root.Names
    del document.Root.AF


def test_an_encrypted_pdf_is_refused():
    locked = rewritten(report_pdf(), lambda _: None, encryption=pikepdf.Encryption(owner="x", user="", R=6))
    assert "加了密" in refused(locked)


def test_a_file_too_large_is_refused_unread():
    assert "太大（100 MB）" in refused(b"%PDF-1.7" + bytes(100 * 1024 * 1024 + 1))


def test_a_truncated_file_never_opens_as_something_else():
    whole = report_pdf()
    for length in range(0, len(whole) - 20, 997):
        try:
            envelope = open_envelope(whole[:length])
        except ClerkError:
            continue
        assert envelope.data_bytes == REPORT  # qpdf mends what it can; what it mends must be the same


def test_data_unfolding_without_end_is_refused_quickly():
    bomb = _with_stream(report_pdf(), zlib.compress(bytes(80 * 1024 * 1024), 9))
    assert len(bomb) < 200_000
    start = time.process_time()
    assert "展开后大得不正常" in refused(bomb)
    assert time.process_time() - start < 3


def _with_stream(pdf, raw, **entries):
    def swap(document):
        stream = document.Root.AF[0].EF.F
        stream.write(raw, filter=pikepdf.Name.FlateDecode)
        for key, value in entries.items():
            stream["/" + key] = value

    return rewritten(pdf, swap, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def test_a_bomb_in_an_object_stream_is_refused_before_qpdf_unfolds_it():
    packed = zlib.compress(b"1 0 " + bytes(90 * 1024 * 1024), 9)
    pdf = b"%PDF-1.7\n9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n" + packed
    assert "展开后大得不正常" in refused(pdf + b"\nendstream\nendobj\n")


def test_many_middling_streams_are_refused_too():
    packed = zlib.compress(bytes(60 * 1024 * 1024), 9)
    part = b"stream\n" + packed + b"\nendstream\n"
    assert "展开后大得不正常" in refused(b"%PDF-1.7\n" + part * 8)


@pytest.mark.parametrize(
    "filters",
    [
        b"/Filter[/FlateDecode/FlateDecode]",
        b"/Filter /LZWDecode",
        b"/F#69lter /LZWDecode",
        b"/#46#69#6c#74#65#72/LZW",
        b"/Filter 5 0 R",
        b"/Filter%x\n/FlateDecode",
        b"/Filter[/ASCII85Decode /FlateDecode]",
        b"/Filter/Fl",
    ],
)
def test_filters_that_our_program_never_writes_are_refused(filters):
    assert "不是本程序生成的" in refused(b"%PDF-1.7\n1 0 obj<<" + filters + b">>stream\nx\nendstream")


def test_a_predictor_with_rows_without_end_is_refused():
    parms = pikepdf.Dictionary(Predictor=12, Columns=2_000_000_000)
    assert refused(_with_stream(report_pdf(), zlib.compress(REPORT), DecodeParms=parms))


def test_more_attachments_than_any_report_has_are_refused():
    def crowd(document):
        spec = document.Root.AF[0]
        many = []
        for number in range(2100):
            copy = pikepdf.Dictionary(spec)
            copy.UF = copy.F = f"{number}.json"
            many += [pikepdf.String(f"{number:05}"), document.make_indirect(copy)]
        document.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(many))

    assert "附件多得不正常" in refused(rewritten(report_pdf(), crowd))


def test_a_name_tree_that_contains_itself_ends():
    def loop(document):
        tree = document.Root.Names.EmbeddedFiles
        tree.Kids = pikepdf.Array([tree, tree, tree])

    start = time.process_time()
    assert "附件多得不正常" in refused(rewritten(report_pdf(), loop))
    assert time.process_time() - start < 5


def test_two_files_of_one_name_are_refused_wherever_they_hang():
    def double(document):
        copy = pikepdf.Dictionary(document.Root.AF[0])
        other = document.make_stream(b"{}")
        copy.EF = pikepdf.Dictionary(F=other, UF=other)
        document.Root.AF.append(document.make_indirect(copy))

    assert "两个同名的附件「report.json」" in refused(rewritten(report_pdf(), double))


@pytest.mark.parametrize("key", ["F", "UF"])
def test_a_file_with_two_faces_is_refused(key):
    def second_name(document):
        document.Root.AF[0]["/" + key] = "other.json"

    def second_stream(document):
        document.Root.AF[0].EF["/" + key] = document.make_stream(b"{}")

    assert "已损坏" in refused(rewritten(report_pdf(), second_name))
    assert "已损坏" in refused(rewritten(report_pdf(), second_stream))


def test_swapped_data_does_not_pass_for_the_old():
    data = report_json(report())
    data["entries"][0]["cumulative"] = "9.5"
    swapped = _with_stream(report_pdf(), zlib.compress(canonical(data)))
    envelope = open_envelope(swapped)
    assert digest(envelope.data_bytes) != digest(REPORT)  # the printed code and the signature tell


@pytest.mark.parametrize(
    "break_it",
    [
        lambda d: d.Root.__setitem__("/Names", 5),
        lambda d: d.Root.__setitem__("/AF", pikepdf.Array([1, 2])),
        lambda d: d.Root.AF[0].__setitem__("/EF", pikepdf.Array()),
        lambda d: d.Root.AF[0].EF.__setitem__("/F", pikepdf.Dictionary()),
        lambda d: d.Root.AF[0].__delitem__("/EF"),
        lambda d: d.Root.AF[0].__setitem__("/UF", pikepdf.Array()),
        lambda d: d.Root.Names.EmbeddedFiles.__setitem__("/Names", pikepdf.Name.X),
        lambda d: d.Root.Names.EmbeddedFiles.__setitem__("/Kids", pikepdf.Array([7])),
    ],
)
def test_a_structure_of_the_wrong_kind_is_refused(break_it):
    assert refused(rewritten(report_pdf(), break_it))


WHOLE = report_pdf()
PLAIN = rewritten(WHOLE, lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([WHOLE, PLAIN]), st.lists(st.tuples(st.floats(0, 0.99999), st.integers(0, 255)), max_size=12))
def test_flipped_bytes_never_bring_anything_but_a_sentence(pdf, changes):
    damaged = bytearray(pdf)
    for place, value in changes:
        damaged[int(place * len(damaged))] = value
    _opens_or_says_why(bytes(damaged))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.floats(0, 1))
def test_garbage_inside_never_brings_anything_but_a_sentence(garbage, place):
    cut = 9 + int(place * (len(PLAIN) - 9))
    _opens_or_says_why(PLAIN[:cut] + garbage + PLAIN[cut:])


def test_tokens_exchanged_never_bring_anything_but_a_sentence():
    dice = random.Random(7)
    words = [b"/AF", b"/EF", b"/Names", b"/Kids", b"/F", b"/UF", b"/Length", b"/Filter", b"/Root", b"/Pages", b"obj"]
    for _ in range(150):
        old, new = dice.sample(words, 2)
        _opens_or_says_why(PLAIN.replace(old, new.ljust(len(old))[: len(old)], dice.choice((1, -1))))


def _opens_or_says_why(pdf):
    try:
        envelope = open_envelope(pdf)
    except ClerkError:
        return
    assert envelope.data_bytes == canonical(envelope.data)
