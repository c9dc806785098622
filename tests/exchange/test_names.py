"""Names that every disk takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange import evidence_names
from desktop_app.exchange.folder import report_name
from desktop_app.exchange.names import LONGEST, safe_name
from desktop_app.model.entry import Evidence
from desktop_app.model.period import Period


def test_a_report_is_named_for_people():
    name = report_name("朝阳区", Period(2023, 3), 1, "3F2A-9C01-77AB-0D4E")
    assert name == "朝阳区_2023-03_第1版_3F2A-9C01-77AB-0D4E.pdf"
    assert "/" not in report_name("a/b:c", Period(2023, 3), 1, "X")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("照片.jpg", "照片.jpg"),
        ("../../etc/passwd", "etc_passwd"),
        ("a\\b", "a_b"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("尾点. ", "尾点"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "_"),
        ("...", "_"),
        ('a:b*c?"<>|d', "a_b_c_d"),
        ("长" * 300 + ".jpg", "长" * 65 + ".jpg"),
    ],
)
def test_what_a_disk_forbids_is_replaced(text, name):
    assert safe_name(text) == name


@given(st.text())
def test_a_safe_name_is_safe_and_stays_as_it_is(text):
    name = safe_name(text)
    assert 0 < len(name.encode()) <= LONGEST
    assert not set(name) & set('\\/:*?"<>|\0\n\t')
    assert name not in (".", "..")
    assert name.strip() == name
    assert safe_name(name) == name


def test_evidence_has_one_readable_name_per_file():
    def item(task, name, sha256):
        return Evidence(task, name, "image/jpeg", 1, sha256)

    shared = [item("3-9", "照片.jpg", "a"), item("3-9", "照片.JPG", "b"), item("3-10", "照片.jpg", "a")]
    assert evidence_names(shared) == {"a": "佐证_3-9_照片.jpg", "b": "佐证_3-9_照片(2).JPG"}
