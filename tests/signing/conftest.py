"""A unit with two people's keys, a bureau, and a report of two pages: unsigned, sealed and signed."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from cryptography import x509
from reportlab.pdfgen.canvas import Canvas

from desktop_app.model.report import Role
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.signing.keys import KeyFolder, LoadedKey
from desktop_app.signing.sign import sign, sign_receipt
from desktop_app.signing.verify import read_certificates

UNIT = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 5, ("朝阳区",))
BUREAU = Unit("sthjj", "北京市生态环境局", UnitKind.DEPARTMENT, 30, ("市生态环境局",))
PASSPHRASES = {"王喆": "口令一二三四", "赵珺": "另一个 口令!"}


class Box(NamedTuple):
    page: int
    x1: float
    y1: float
    x2: float
    y2: float


BOXES = {role: Box(1, 100.4, 600.6 - 70 * index, 350.2, 656.4 - 70 * index) for index, role in enumerate(Role)}


@dataclass(frozen=True)
class Desk:
    """What the tests sign with and what came of it."""

    at: datetime
    folder: KeyFolder
    preparer: LoadedKey
    approver: LoadedKey
    unsigned: bytes
    sealed: bytes
    signed: bytes
    receipt: bytes
    trust: tuple[x509.Certificate, ...]
    bureau_trust: tuple[x509.Certificate, ...]

    @property
    def later(self) -> datetime:
        return self.at + timedelta(hours=1)


def two_pages() -> bytes:
    """A PDF/A-like file: outlines only, XMP and Info, one attachment, object streams."""
    raw = io.BytesIO()
    canvas = Canvas(raw, initialFontName="Helvetica", invariant=1)
    for _page in range(2):
        canvas.rect(50, 50, 100, 100)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(raw.getvalue())) as pdf:
        for page in pdf.pages:
            page.Resources = pikepdf.Dictionary()
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["dc:title"] = "月报"
        pdf.docinfo["/ModDate"] = "D:20230404080000+08'00'"
        pdf.attachments["report.json"] = pikepdf.AttachedFileSpec(pdf, b'{"format":"yuebao.report"}')
        out = io.BytesIO()
        modes = pikepdf.ObjectStreamMode
        pdf.save(out, deterministic_id=True, object_stream_mode=modes.generate, min_version="1.7")
    return out.getvalue()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Real keys, real signatures; the day is today's, because pdfsig judges by the clock on the wall."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    folder = KeyFolder(tmp_path_factory.mktemp("unit") / "keys")
    first, second = PASSPHRASES.items()
    folder.new_key(first[0], Role.PREPARER, UNIT, first[1], at=at)
    folder.new_key(second[0], Role.APPROVER, UNIT, second[1], at=at, unit_passphrase=first[1])
    preparer, approver = folder.load_key(*first, at=at), folder.load_key(*second, at=at)
    unsigned = two_pages()
    sealed = sign(unsigned, Role.PREPARER, preparer, signer_name="王喆", at=at, boxes=BOXES, final=False)
    signed = sign(
        sealed, Role.APPROVER, approver, signer_name="赵珺", at=at + timedelta(minutes=9), boxes={}, final=True
    )
    bureau = KeyFolder(tmp_path_factory.mktemp("bureau"))
    bureau.new_key("收文", Role.APPROVER, BUREAU, "收文口令", at=at)
    stamp = bureau.load_key("收文", "收文口令", at=at)
    receipt = sign_receipt(unsigned, stamp, signer_name=BUREAU.name, at=at, box=BOXES[Role.APPROVER])
    return Desk(
        at,
        folder,
        preparer,
        approver,
        unsigned,
        sealed,
        signed,
        receipt,
        read_certificates(folder.unit_certificates_pem()),
        read_certificates(bureau.unit_certificates_pem()),
    )


@pytest.fixture
def new_folder(tmp_path: Path) -> Callable[[], KeyFolder]:
    """A folder without keys, a fresh one at each call."""
    made: list[KeyFolder] = []

    def make() -> KeyFolder:
        made.append(KeyFolder(tmp_path / f"keys-{len(made)}"))
        return made[-1]

    return make


@pytest.fixture(scope="session")
def boxes() -> dict[Role, Box]:
    return BOXES


@pytest.fixture(scope="session")
def unit() -> Unit:
    return UNIT
