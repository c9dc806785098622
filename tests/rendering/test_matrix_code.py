"""The two-dimensional code is read from the page's image, also after printing and scanning."""

import random

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from desktop_app.rendering import Edition, render_report, render_slip
from desktop_app.rendering.matrix_code import identity, modules
from tests.rendering.test_editions import HANDOVER

CODE = "3F2A-9C01-77AB-0D4E"
SHA256 = "3f2a9c0177ab0d4e" + "0123456789abcdef" * 3
SAYS = f"YUEBAO:1:REPORT:110105:2023-03:2:{SHA256.upper()}"


def images(pdf, dpi):
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]


def read(image):
    return [found.text for found in zxingcpp.read_barcodes(image)]


def scanned(image, angle, noise, seed=1):
    """As a cheap scanner gives it back: askew, soft, grey, with specks."""
    dice = random.Random(seed)  # noqa: S311
    turned = image.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255).filter(
        ImageFilter.GaussianBlur(0.8)
    )
    grain = Image.frombytes("L", turned.size, dice.randbytes(turned.width * turned.height))
    return Image.blend(turned.point(lambda grey: 40 + grey * 190 // 255), grain, noise)


def test_every_page_says_unit_month_revision_and_digest(report):
    made = render_report(report, CODE, sha256=SHA256)
    assert [read(image) for image in images(made.pdf, 150)] == [[SAYS]] * made.pages


@pytest.mark.parametrize(("angle", "noise"), [(0.0, 0.0), (1.5, 0.15), (-2.0, 0.2), (90.0, 0.1), (180.7, 0.15)])
def test_it_survives_printing_and_scanning(report, angle, noise):
    made = render_report(report, CODE, sha256=SHA256, draft=True)
    for image in images(made.pdf, 200)[::3]:
        assert read(scanned(image, angle, noise)) == [SAYS]


def test_a_fax_of_a_copy_cannot_be_read(report):
    """The test above can fail: with more noise than paper nothing is found."""
    image = images(render_report(report, CODE, sha256=SHA256).pdf, 200)[0]
    assert read(scanned(image, 1.0, 0.9)) == []


def test_without_a_digest_it_says_the_check_code(report):
    made = render_report(report, CODE, edition=Edition.PUBLIC)
    assert read(images(made.pdf, 150)[0]) == [f"YUEBAO:1:REPORT:110105:2023-03:2:{CODE}"]


def test_the_slip_has_the_reports_code():
    (image,) = images(render_slip(HANDOVER).pdf, 150)
    assert read(image) == ["YUEBAO:1:REPORT:110105:2023-03:2:" + "CD" * 32]


def test_a_blank_form_names_its_plan(report):
    image = images(render_report(report, "", edition=Edition.BLANK).pdf, 150)[0]
    assert read(image) == ["YUEBAO:1:BLANK:110105:2023-03:0:" + "AB" * 32]


def test_a_unit_code_in_chinese_still_fits_a_code():
    text = identity("REPORT", "某单位", "2023-03", 1, SHA256)
    rows = modules(text)
    picture = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    (found,) = zxingcpp.read_barcodes(picture.resize((600, 600), Image.Resampling.NEAREST))
    assert found.bytes.decode("utf-8") == text
