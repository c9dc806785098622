"""What a person writes as an answer or a correction, read as the value it stands for; ClerkError where it is none."""

import json
import re

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.plain import from_plain
from desktop_app.model.plan import Deadline, DeadlineKind, Direction, Target, TargetKind
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import squeeze
from desktop_app.plans.deadline import read_deadline
from desktop_app.plans.owners import read_units
from desktop_app.plans.target import read_targets

NO_AMOUNT = N_("不设数量目标")


def units_in(words: str, directory: Directory) -> tuple[str, ...]:
    """The codes of the units that the words name, all of them known."""
    found = read_units(words, directory)
    if found.codes and not (found.unknown or found.vague or found.etc):
        return found.codes
    raise ClerkError(
        _("「{words}」里有认不出的单位。").format(words=words),
        _("请从选项中选择，或写单位名称、简称或代码，用「、」隔开。"),
    )


def deadline_in(words: str, raw: str, year: int) -> Deadline:
    """The deadline that a person decided on, beside the table's own words. A far year is taken: a person wrote it."""
    chosen, _doubt = read_deadline(words, year)
    if chosen.kind is not DeadlineKind.UNKNOWN:
        return Deadline(raw, chosen.kind, chosen.day, confirmed=True)
    raise ClerkError(
        _("「{words}」看不出时限。").format(words=words),
        _("请写成「年底前」「6月底前」「11月15日前」「长期实施」这样的说法。"),
    )


def targets_in(words: str, measure: str, directory: Directory) -> tuple[Target, ...]:
    """Targets from words (300个村；不低于95%), or from a JSON list in the form that `plan show` prints."""
    if squeeze(words) == NO_AMOUNT:
        name = re.split(r"[，。；;]", measure, maxsplit=1)[0][:30]
        return (Target(name, TargetKind.QUALITATIVE, Direction.NONE, raw=words),)
    if words.lstrip().startswith("["):
        try:
            return tuple(from_plain(Target, row) for row in json.loads(words))
        except (ValueError, TypeError, ArithmeticError, RecursionError, LookupError) as wrong:
            raise ClerkError(
                _("「{words}」不是目标的列表。").format(words=words[:60]), _("请照 plan show 给出的写法写。")
            ) from wrong
    found = read_targets(words, directory)
    if words.strip() and not all(target.kind is TargetKind.QUALITATIVE for target in found):
        return found
    raise ClerkError(
        _("「{words}」里没有数量。").format(words=words), _("请写数量和单位，例如「120家」，或「不设数量目标」。")
    )
