"""Reports are PDF/A-3b: by our own lint, by pikepdf's validator, and, for the A-1b twin, by PDFBox Preflight."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest
from PIL import Image, ImageCms

from desktop_app import assets
from desktop_app.model.report import Role
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.rendering import Edition, pdfa, render_report, render_slip
from desktop_app.rendering.pdfa import Attachment, to_pdfa3
from desktop_app.signing.keys import KeyFolder
from desktop_app.signing.sign import sign
from tests.rendering import pdfa_lint_pages, pdfa_lint_strings  # noqa: F401 - enter their rules
from tests.rendering.pdfa_lint import RULES, lint
from tests.rendering.pdfa_plants import PLANTS, content
from tests.rendering.plain_pages import plain_pages
from tests.rendering.test_editions import HANDOVER

CODE = "3F2A-9C01-77AB-0D4E"
CREATED = datetime(2023, 4, 3, 10, 20, 30, tzinfo=timezone(timedelta(hours=8)))
WORDS = {
    "title": "朝阳区<3月> & 月报",
    "author": "北京市朝阳区人民政府",
    "subject": f"校验码 {CODE}",
    "keywords": "a,b",
}
FILES = (
    Attachment("report.json", "application/json", b'{"a":1}' * 99, "月报数据", "Data"),
    Attachment("佐证_3-9_照片.jpg", "image/jpeg", b"\xff\xd8" * 500, "佐证材料", "Supplement"),
    Attachment("未知", "bad type", b"", "空", "Supplement"),
)


def made(pdf: bytes = plain_pages(CODE, 2), files=FILES, **changes) -> bytes:
    return to_pdfa3(pdf, files, created=CREATED, **{**WORDS, **changes})


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def allowed_by_pikepdf(pdf: bytes) -> list[str]:
    return [str(finding) for finding in pikepdf.pdfa.validate_written(io.BytesIO(pdf), "3b").findings]


def test_plain_pages_become_an_archive_file(tmp_path):
    (tmp_path / "a.pdf").write_bytes(made())
    assert lint(made()) == []
    assert allowed_by_pikepdf(made()) == []
    checked = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert (checked.returncode, "No syntax or stream encoding errors" in checked.stdout) == (0, True)


def test_a_real_report_becomes_an_archive_file(report):
    pdf = made(render_report(report, CODE).pdf)
    assert lint(pdf) == []
    assert allowed_by_pikepdf(pdf) == []


def each_edition(report):
    """Every paper that the program makes, by name."""
    earlier = replace(report, revision=1, entries=report.entries[1:])
    return {
        "draft": render_report(report, CODE, draft=True), "correction": render_report(report, CODE, before=earlier),
        "public": render_report(report, CODE, edition=Edition.PUBLIC),
        "blank": render_report(report, CODE, edition=Edition.BLANK),
        "task": render_report(report, CODE, edition=Edition.TASK, task_id="1-2"), "slip": render_slip(HANDOVER),
    }  # fmt: skip


def test_every_edition_is_an_archive_file_to_four_judges(report, tmp_path):
    """Our lint, pikepdf's validator, qpdf, and Preflight on the A-1b twin."""
    for name, rendered in each_edition(report).items():
        pdf = made(rendered.pdf)
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        checked = subprocess.run(
            ["qpdf", "--check", tmp_path / f"{name}.pdf"], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr, lint(pdf), allowed_by_pikepdf(pdf)) == (0, "", [], []), name
        complaints = preflight(twin(rendered.pdf), tmp_path)
        assert [line for line in complaints if "CIDSet entry is missing" not in line] == [], name


def test_same_input_same_bytes():
    assert made() == made()
    assert made() != made(title="other")


def test_info_and_xmp_say_the_same():
    with opened(made()) as document:
        info, xmp = document.trailer.Info, document.Root.Metadata.read_bytes().decode()
    assert str(info.Title) == WORDS["title"]
    assert "朝阳区&lt;3月&gt; &amp; 月报" in xmp
    assert str(info.CreationDate) == str(info.ModDate) == "D:20230403102030+08'00'"
    assert xmp.count("2023-04-03T10:20:30+08:00") == 3
    for key in ("Author", "Subject", "Keywords", "Creator", "Producer"):
        assert str(info["/" + key]) in xmp


def test_what_xml_forbids_is_left_out():
    assert lint(made(title="a\x00b\x0cc\ud800d\ufffee")) == []


def test_attachments_come_back_with_their_kind():
    with opened(made()) as document:
        assert {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()} == {
            one.name: one.data for one in FILES
        }
        kinds = {str(spec.UF): (str(spec.EF.F.Subtype), str(spec.AFRelationship)) for spec in document.Root.AF}
        assert int(document.Root.AF[0].EF.F.Params.Size) == len(FILES[0].data)
    assert kinds == {
        "report.json": ("/application/json", "/Data"),
        "佐证_3-9_照片.jpg": ("/image/jpeg", "/Supplement"),
        "未知": ("/application/octet-stream", "/Supplement"),
    }


def test_the_reader_shows_the_title_in_chinese():
    with opened(made(files=())) as document:
        assert str(document.Root.Lang) == "zh-CN"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert "/AF" not in document.Root


def test_the_callers_bugs_are_told():
    with pytest.raises(ValueError, match="offset"):
        to_pdfa3(plain_pages(CODE, 1), (), created=CREATED.replace(tzinfo=None), **WORDS)
    with pytest.raises(ValueError, match="two attachments"):
        made(files=(FILES[0], Attachment("REPORT.JSON", "text/plain", b"", "")))


def test_utc_is_an_offset_too():
    with opened(to_pdfa3(plain_pages(CODE, 1), (), created=datetime(2023, 4, 3, tzinfo=UTC), **WORDS)) as document:
        assert str(document.trailer.Info.CreationDate) == "D:20230403000000+00'00'"


def test_signatures_leave_it_an_archive_file(report, tmp_path):
    unit, at = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3), datetime.now(UTC).replace(microsecond=0)
    folder = KeyFolder(tmp_path / "keys")
    folder.new_key("王喆", Role.PREPARER, unit, "口令一二三四", at=at)
    folder.new_key("李翀", Role.APPROVER, unit, "另一个 口令!", at=at, unit_passphrase="口令一二三四")
    rendered = render_report(report, CODE)
    pdf, keys = made(rendered.pdf), {"王喆": "口令一二三四", "李翀": "另一个 口令!"}
    for role, (name, passphrase) in zip((Role.PREPARER, Role.APPROVER), keys.items(), strict=True):
        key = folder.load_key(name, passphrase, at=at)
        boxes = rendered.boxes if role is Role.PREPARER else {}
        pdf = sign(pdf, role, key, signer_name=name, at=at, boxes=boxes, final=role is Role.APPROVER)
    assert lint(pdf) == []
    assert pdf.startswith(made(rendered.pdf))


def test_the_profile_is_srgb_and_its_recipe_makes_it():
    shipped = assets.read_bytes("icc", "srgb.icc")
    noise = Image.linear_gradient("L").resize((64, 64))
    picture = Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(45)))
    ours, theirs = ImageCms.ImageCmsProfile(io.BytesIO(shipped)), ImageCms.createProfile("sRGB")
    seen = ImageCms.applyTransform(picture, ImageCms.buildTransform(ours, theirs, "RGB", "RGB", renderingIntent=1))
    assert max(abs(a - b) for a, b in zip(picture.tobytes(), seen.tobytes(), strict=True)) <= 1
    packaging = Path(__file__).resolve().parents[2] / "packaging"
    recipe = "import sys, make_srgb; sys.stdout.buffer.write(make_srgb.profile())"
    again = subprocess.run([sys.executable, "-B", "-c", recipe], cwd=packaging, capture_output=True, check=True).stdout
    assert again == shipped


JARS = "pdfbox2 preflight xmpbox fontbox2 commons-logging commons-io javax.activation jaxb-api jaxb-core jaxb-runtime"
PREFLIGHT = "org.apache.pdfbox.preflight.Validator_A1b"


def preflight(pdf: bytes, folder: Path) -> list[str]:
    """What PDFBox has to say against a PDF/A-1b file, one line a complaint."""
    (folder / "twin.pdf").write_bytes(pdf)
    jars = ":".join(f"/usr/share/java/{name}.jar" for name in JARS.split())
    told = subprocess.run(
        ["java", "-cp", jars, PREFLIGHT, folder / "twin.pdf"], capture_output=True, text=True, check=False
    )
    assert "PDF/A-1b file" in told.stdout, told.stderr
    return [line for line in told.stdout.splitlines() if re.match(r"\d", line)]


def twin(pages: bytes) -> bytes:
    """The same pages by the same steps, as far as PDF/A-1b goes: no attachments, no object streams."""
    facts = pdfa._Facts(*WORDS.values(), CREATED)
    return pdfa._finish(pages, (), facts, part=1, version="1.4", object_streams=False)


def test_preflight_passes_the_twin(tmp_path):
    assert preflight(twin(plain_pages(CODE, 2)), tmp_path) == []


def test_preflight_finds_in_a_report_only_what_part_3_made_optional(report, tmp_path):
    complaints = preflight(twin(render_report(report, CODE).pdf), tmp_path)
    assert [line for line in complaints if "CIDSet entry is missing" not in line] == []


def test_preflight_can_say_no(tmp_path):
    assert preflight(plain_pages(CODE, 1), tmp_path)


@pytest.mark.parametrize("number", PLANTS)
def test_the_lint_finds_what_is_planted(number):
    out = io.BytesIO()
    with opened(made()) as document:
        PLANTS[number](document)
        document.save(out, fix_metadata_version=False)
    assert number in {broken.split(":")[0] for broken in lint(out.getvalue())}


@pytest.mark.parametrize(
    ("number", "change"),
    [
        ("6.1.2-2", lambda pdf: pdf.replace(b"%\xbf\xf7\xa2\xfe", b"%abcd", 1)),
        ("6.1.3-3", lambda pdf: pdf + b"more"),
        ("6.1.7-2", lambda pdf: re.sub(rb"stream\n(?=<\?xpacket)", b"stream ", pdf, count=1)),
        ("6.1.9-1", lambda pdf: re.sub(rb"\n(\d+) 0 obj\n", rb"\n\1 0 obj ", pdf, count=1)),
    ],
)
def test_the_lint_finds_what_is_wrong_with_the_bytes(number, change):
    out = io.BytesIO()
    with opened(made()) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    damaged = change(out.getvalue())
    assert damaged != out.getvalue()
    assert number in {broken.split(":")[0] for broken in lint(damaged)}


def test_the_lint_says_no_to_bare_pages():
    assert {"6.2.3-2", "6.6.2.1-1", "6.6.4-2"} <= {broken.split(":")[0] for broken in lint(plain_pages(CODE, 1))}


def test_the_lint_looks_at_the_glyphs_that_are_drawn(report):
    """Text moved to the missing glyph and widths that lie are found in a real report."""
    out = io.BytesIO()
    with opened(made(render_report(report, CODE).pdf)) as document:
        fonts = document.pages[0].obj.Resources.Font
        name = next(key for key in fonts.keys() if fonts[key].Subtype == "/Type0")  # noqa: SIM118
        fonts[name].DescendantFonts[0].W = pikepdf.Array([0, 65000, 1])
        content(f"BT {name} 9 Tf <0000FFFF> Tj ET".encode())(document)
        document.save(out)
    found = {broken.split(":")[0] for broken in lint(out.getvalue())}
    assert {"6.2.11.8-1", "6.2.11.5-1", "6.2.11.4.1-2"} <= found


def test_the_list_of_rules_is_long_and_readable():
    assert len(RULES) == 79
    assert all(re.match(r"6\.\d+", number) and len(text) > 4 for number, (text, _check) in RULES.items())
