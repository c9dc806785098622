"""One writer for all that an office sends out: data and pages in one PDF/A-3b, signed once and locked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop_app.desk import fonts
from desktop_app.desk.desk import Desk
from desktop_app.exchange import canonical, check_code, digest
from desktop_app.language import speaking
from desktop_app.model.report import Role
from desktop_app.signing.keys import LoadedKey

if TYPE_CHECKING:
    from desktop_app.rendering import Rendered


@dataclass(frozen=True)
class Letter:
    """What goes into the file: report.json's brother `name` with `data`, and `files` (name, media type, bytes)."""

    name: str
    data: dict[str, Any]
    label: str
    title: str
    keywords: str
    render: "Callable[[str, str], Rendered]"  # check code and sha256 in, pages out
    files: Sequence[tuple[str, str, bytes]] = field(default=())
    reason: str = "收到"
    signs_as: str = ""


@dataclass(frozen=True)
class Sender:
    """Who sends out and when: the day that is rehearsed, and the clock on the wall, by which is signed."""

    name: str
    now: datetime
    clock: datetime


def sender(desk: Desk) -> Sender:
    """The desk's unit at this moment."""
    return Sender(desk.unit.name, desk.now(), desk.clock())


def signed_by(by: Sender, letter: Letter, key: LoadedKey) -> tuple[bytes, str]:
    """The finished file and its check code; in any thread."""
    from desktop_app.rendering.pdfa import Attachment, to_pdfa3
    from desktop_app.signing.sign import sign_receipt

    data = canonical(letter.data)
    code = check_code(digest(data))
    fonts.make_ready()
    with speaking("zh"):  # what goes on paper is Chinese whatever the screen speaks
        rendered = letter.render(code, digest(data))
    inside = [Attachment(letter.name, "application/json", data, letter.label, "Data")]
    inside += [Attachment(name, kind, body, letter.label, "Source") for name, kind, body in letter.files]
    pdf = to_pdfa3(
        rendered.pdf,
        inside,
        title=letter.title,
        author=by.name,
        subject=f"校验码 {code}",
        keywords=letter.keywords,
        created=by.now,
    )
    made = sign_receipt(
        pdf,
        key,
        signer_name=by.name,
        at=by.clock,
        box=rendered.boxes[Role.APPROVER],
        reason=letter.reason,
        label=letter.signs_as,
    )
    return made, code
