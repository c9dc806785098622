"""The code on paper is found on every page, and no page can keep the reader busy for hours."""

import time

import pikepdf
import pytest

from desktop_app.errors import ClerkError
from desktop_app.exchange import canonical, check_code, digest, printed_check_codes, report_json
from tests.exchange.planted import pack, receipt_pdf, report, report_pdf, rewritten

CODE = check_code(digest(canonical(report_json(report()))))


def test_every_page_tells_its_codes():
    assert printed_check_codes(report_pdf()) == (frozenset({CODE}),) * 2
    assert printed_check_codes(pack([], "AAAA-BBBB-CCCC-0001 / 1111-2222-3333-4444"))[0] == {
        "AAAA-BBBB-CCCC-0001",
        "1111-2222-3333-4444",
    }


def test_what_only_looks_like_a_code_is_none():
    text = "AAAA-BBBB-CCCC-00012 aaaa-bbbb-cccc-0001 AAAA-BBBB-CCCC-0001-2222 GGGG-BBBB-CCCC-0001 AAAABBBBCCCC0001"
    assert printed_check_codes(pack([], text))[0] == frozenset()


def test_a_page_without_a_code_has_an_empty_set():
    def add_page(document):
        document.add_blank_page(page_size=(595, 842))

    assert printed_check_codes(rewritten(receipt_pdf(), add_page))[2] == frozenset()


@pytest.mark.parametrize(("kind", "subtype"), [("XObject", "Form"), ("Font", "Type3")])
def test_pages_that_draw_pages_are_refused(kind, subtype):
    def maze(document):
        form = document.make_stream(b"q Q", Subtype=pikepdf.Name("/" + subtype), BBox=[0, 0, 9, 9])
        document.pages[0].obj.Resources["/" + kind] = pikepdf.Dictionary(Fm0=form)

    refused(rewritten(report_pdf(), maze))


def test_a_page_with_more_drawing_than_any_page_is_refused():
    def flood(document):
        document.pages[0].obj.Contents = document.make_stream(b"0 0 m 1 1 l S\n" * 700_000)

    refused(rewritten(report_pdf(), flood))


def test_one_content_drawn_on_all_pages_counts_each_time():
    def repeat(document):
        page = document.pages[0]
        page.obj.Contents = document.make_stream(b"0 0 m 1 1 l S\n" * 400_000)
        for _ in range(30):
            document.pages.append(page)

    start = time.process_time()
    refused(rewritten(report_pdf(), repeat))
    assert time.process_time() - start < 5


def refused(pdf):
    with pytest.raises(ClerkError, match="不是本程序生成的样子"):
        printed_check_codes(pdf)


@pytest.mark.parametrize("length", range(10, len(report_pdf()), 3001))
def test_a_truncated_file_gives_codes_or_a_sentence(length):
    try:
        found = printed_check_codes(report_pdf()[:length])
    except ClerkError:
        return
    assert all(codes <= {CODE} for codes in found)
