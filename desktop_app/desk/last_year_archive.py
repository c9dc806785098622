"""Last year from an archive, for a book that has none of it: verified whole, then kept in the book by its figures.

The folder may be gone tomorrow, or altered: what was read of it when it held stays, with the sum of its list of sums.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk import keys
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.last_year import courses
from desktop_app.desk.verify_archive import ArchiveVerdict, verify_archive
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.outlook import ArchivedCourses
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.store import bureau as enrolments
from desktop_app.store import settings

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

Look = Callable[[Callable[[], None]], ArchivedCourses]
_SHOWN = 3  # of what speaks against an archive


def kept_courses(desk: Desk, year: int) -> ArchivedCourses | None:
    """What was read of a year's archive; None where none was chosen."""
    found = settings.get(desk.book, key(year))
    return from_plain(ArchivedCourses, found) if found else None


def looking(desk: Desk, year: int, folder: Path, trust: Sequence[Path] = ()) -> Look:
    """A folder about to be verified, in any thread; the work raises ClerkError where it is not this unit's `year`."""
    known, unit, at, actor = _certificates(desk, trust), desk.unit, desk.clock(), desk.actor

    def look(here: Callable[[], None]) -> ArchivedCourses:
        verdict = verify_archive(folder, known=known, at=at, here=here)
        _refuse(verdict, year)
        found = verdict.archive
        if found is None or found.unit.code != unit.code or found.year != year:
            whose = _("{unit}{year}年").format(unit=found.unit.name, year=found.year) if found else "—"
            raise ClerkError(
                _("「{folder}」是{whose}的归档，不是{unit}{year}年的。").format(
                    folder=folder.name, whose=whose, unit=unit.name, year=year
                ),
                _("请选本单位上一年的归档。"),
            )
        return ArchivedCourses(
            year, str(folder.resolve()), verdict.listing_sha256, verdict.trusted, len(verdict.months), at, actor,
            courses(verdict.months),
        )  # fmt: skip

    return look


def keep(desk: Desk, found: ArchivedCourses) -> None:
    """From now on compare with these."""
    settings.put(desk.book, key(found.year), to_plain(found), at=desk.now(), actor=desk.actor)


def forget(desk: Desk, year: int) -> None:
    """Not any more; ClerkError where no archive was chosen."""
    if kept_courses(desk, year) is None:
        raise ClerkError(_("没有指定过{year}年的归档。").format(year=year))
    settings.put(desk.book, key(year), None, at=desk.now(), actor=desk.actor)


def _refuse(verdict: ArchiveVerdict, year: int) -> None:
    if not verdict.valid or not verdict.months:
        said = "".join(verdict.problems[:_SHOWN])
        raise ClerkError(
            _("「{folder}」没有通过核对，没有采用：{problems}").format(folder=verdict.path.name, problems=said),
            _("用 archive --verify 查看全部；请换一份完好的{year}年归档。").format(year=year),
        )


def _certificates(desk: Desk, trust: Sequence[Path]) -> "list[Certificate]":
    """Whom this book knows: those enrolled in it, its own, and those given."""
    from desktop_app.signing.certificates import read_certificates

    pems = [row.certificate_pem for row in enrolments.enrolled(desk.book)]
    if keys.list_keys(desk):
        pems.append(keys.key_folder(desk).unit_certificates_pem())
    pems += [read_file(path, largest=1024 * 1024) for path in trust]
    return [each for one in pems for each in read_certificates(one)]


def key(year: int) -> str:
    """Under which name a book keeps it."""
    return f"last_year:{year}"
