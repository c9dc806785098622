"""When a report was received, by the bureau's own timestamp: kept beside the bytes, which stay exactly as they came.

The receipt carries no timestamp of its own: the bureau signs it, and many a reader knows no document timestamps.
"""

import base64
import hashlib
import zlib
from pathlib import Path

from desktop_app.desk import keys
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.steps import Steps, at_once
from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.store import KeptReport, settings
from desktop_app.store import bureau as kept


def stamp(desk: Desk, held: KeptReport, passphrase: str) -> bytes:
    """The report with its timestamp behind it: the one made when it was accepted, or one made and kept now."""
    return at_once(stamping(desk, held, passphrase))


def stamping(desk: Desk, held: KeptReport, passphrase: str) -> Steps[bytes]:
    """The same step by step."""
    known = settings.get(desk.book, _place(held))
    if known is not None:
        return held.pdf + zlib.decompress(base64.b64decode(known))
    folder, unit, at, secret = keys.key_folder(desk), desk.unit, desk.clock(), keys.unit_passphrase(desk)

    def make() -> bytes:
        from desktop_app.signing.stamping import authority
        from desktop_app.signing.stamping import stamp as stamped_by

        return stamped_by(held.pdf, authority(folder, unit, passphrase, at=at, unit_passphrase=secret), at)

    stamped: bytes = yield make
    addition = base64.b64encode(zlib.compress(stamped[len(held.pdf) :], 9)).decode("ascii")
    settings.put(desk.book, _place(held), addition, at=desk.now(), actor=desk.actor)
    return stamped


def stamping_with(desk: Desk, held: KeptReport, passphrase: str) -> Steps[str]:
    """The same where it can be done with what is at hand; "" where it was, else why a unit's own desk could not.

    A bureau's one passphrase opens its certificate too; at a unit the approver's need not.
    """
    try:
        yield from stamping(desk, held, passphrase)
    except WorldError:
        raise
    except ClerkError as problem:
        if desk.kind == "bureau":
            raise
        return _("没有加盖收文时间戳：{reason}").format(reason=problem.title)
    return ""


def stamped_copy(desk: Desk, report: str, passphrase: str, out: Path) -> str:
    """Write a report that is held here with its timestamp; gives the copy's sha256."""
    held = kept.report(desk.book, report.strip())
    if held is None:
        raise ClerkError(_("收件簿里没有「{report}」。").format(report=report), _("请给出校验码或文件的 SHA-256。"))
    data = stamp(desk, held, passphrase)
    write_file(out, data)
    return hashlib.sha256(data).hexdigest()


def _place(held: KeptReport) -> str:
    return f"stamp:{held.sha256}"
