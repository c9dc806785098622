"""The readme's pictures are there, small, and pages of the sample: their codes name its unit and month."""

import pytest
import zxingcpp
from PIL import Image

from desktop_app import assets

NAMES = ("letter", "tasks", "findings", "sign-off", "public", "task", "slip")


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_a_page_of_the_sample_month(name):
    file = assets.path("help", "pictures", f"{name}.png")
    assert file.stat().st_size <= 150 * 1024
    with Image.open(file) as picture:
        found = zxingcpp.read_barcodes(picture.convert("L").resize((picture.width * 2, picture.height * 2)))
    assert [code.text[:35] for code in found] == ["YUEBAO:1:REPORT:110105:2023-03:1:" + found[0].text[33:35]]


@pytest.mark.parametrize("page", ["month", "fill", "check", "send"])
def test_a_picture_of_the_window_is_wide_enough_to_read_and_small_enough_to_load(page):
    file = assets.path("help", "pictures", f"window-{page}.png")
    assert file.stat().st_size <= 150 * 1024
    with Image.open(file) as picture:
        assert picture.width == 1100
