"""A unit's own additions to the directory: institutions it does not list, and what people here call the others."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.checks.characters import hidden_characters, named
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.unit import Directory, Unit, UnitKind
from desktop_app.plans import shipped_directory
from desktop_app.plans.directory import with_added
from desktop_app.plans.owners import read_units
from desktop_app.store import plans as kept_plans
from desktop_app.store import settings as kept

KEY = "units"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", re.ASCII)
_LONGEST = 60
_MOST = 500


def directory(desk: Desk) -> Directory:
    """All units known to this book: the shipped ones and its own."""
    return directory_with(desk.unit, own_units(desk))


def directory_with(unit: Unit, own: Sequence[Unit]) -> Directory:
    """The same for a book of this unit with these units of its own."""
    found = shipped_directory()
    if found.find(unit.name) is None and found.find(unit.code) is None:
        found = with_added(found, (unit,))  # a town's own book
    for row in own:
        try:
            found = with_added(found, (row,))
        except ClerkError:
            # The program has learnt one of these names since: its own unit keeps the name, this one what is left.
            aliases = tuple(alias for alias in row.aliases if found.find(alias) is None)
            if all(unit is None or unit.code == row.code for unit in map(found.find, (row.name, row.code))):
                found = with_added(found, (replace(row, aliases=aliases),))
    return found


def own_units(desk: Desk) -> tuple[Unit, ...]:
    """What was added here; a shipped unit with a further alias stands here with that alias only."""
    return tuple(from_plain(Unit, row) for row in kept.get(desk.book, KEY) or ())


def units(desk: Desk) -> tuple[Unit, ...]:
    """Every unit known, the shipped ones in official order first."""
    return desk.directory.units


def is_own(unit: Unit) -> bool:
    """Whether a unit was added here and does not ship."""
    return shipped_directory().find(unit.code) is None


def own_aliases(desk: Desk) -> tuple[tuple[Unit, str], ...]:
    """The aliases that were added here to units that ship."""
    return tuple((unit, alias) for unit in own_units(desk) if not is_own(unit) for alias in unit.aliases)


def add_unit(
    desk: Desk,
    name: str,
    *,
    kind: str = UnitKind.INSTITUTION,
    aliases: tuple[str, ...] = (),
    code: str | None = None,
) -> Unit:
    """A unit that the directory lacks; its code is OWN-01… where none is given. ClerkError where it is known."""
    made = new_unit(desk, name, kind=kind, aliases=aliases, code=code)
    _keep(desk, (*own_units(desk), made))
    return _found(desk, made.code)


def keep_unit(desk: Desk, made: Unit) -> None:
    """Keep what `new_unit` made; ClerkError where the directory has learnt one of its names or its code since."""
    with_added(desk.directory, (made,))
    _keep(desk, (*own_units(desk), made))


def new_unit(
    desk: Desk,
    name: str,
    *,
    kind: str = UnitKind.INSTITUTION,
    aliases: tuple[str, ...] = (),
    code: str | None = None,
) -> Unit:
    """The same unit, as it would be added; nothing is kept."""
    if kind not in list(UnitKind):
        raise UsageError(
            _("没有「{kind}」这一类单位。").format(kind=kind),
            _("可用的类别：{names}。").format(names="、".join(UnitKind)),
        )
    words = [_word(desk, word) for word in (name, *aliases)]
    if len(set(words)) < len(words):
        raise ClerkError(_("同一个名称写了两次：{names}。").format(names="、".join(words)))
    made = Unit(_code(desk, code), words[0], UnitKind(kind), 0, tuple(words[1:]))
    with_added(desk.directory, (made,))  # refuses what would make a name mean two units
    return made


def add_alias(desk: Desk, unit: str, alias: str) -> Unit:
    """A further name for a unit, given by code, name or alias."""
    known = _found(desk, unit)
    word = _word(desk, alias)
    rows = {row.code: row for row in own_units(desk)}
    before = rows.get(known.code) or replace(known, aliases=())
    rows[known.code] = replace(before, aliases=(*before.aliases, word))
    with_added(desk.directory, (rows[known.code],))
    _keep(desk, tuple(rows.values()))
    return _found(desk, known.code)


def remove_unit(desk: Desk, word: str) -> str:
    """Take out a unit that was added here (by code or name), or one alias that was; gives what was removed.

    What ships stays, and so does a unit that a task in this book names.
    """
    known = _found(desk, word)
    rows = {row.code: row for row in own_units(desk)}
    row = rows.get(known.code)
    if row is not None and word.strip() in row.aliases:
        rows[known.code] = replace(row, aliases=tuple(alias for alias in row.aliases if alias != word.strip()))
        gone = word.strip()
        if not is_own(known) and not rows[known.code].aliases:
            del rows[known.code]
    elif row is not None and is_own(known):
        _refuse_needed(desk, known)
        del rows[known.code]
        gone = known.name
    else:
        raise ClerkError(
            _("「{word}」是程序自带名录里的，不能删除。").format(word=word.strip()),
            _("只能删除本机自己添加的单位和别名。"),
        )
    _keep(desk, tuple(rows.values()))
    return gone


def _keep(desk: Desk, rows: tuple[Unit, ...]) -> None:
    if len(rows) > _MOST:
        raise ClerkError(_("自己添加的单位已有 {count} 个，到了上限。").format(count=_MOST), _("请先删去不用的。"))
    plain: list[Any] = [to_plain(row) for row in rows]
    kept.put(desk.book, KEY, plain, at=desk.now(), actor=desk.actor)
    desk.reread()


def _found(desk: Desk, word: str) -> Unit:
    unit = desk.directory.find(word)
    if unit is None:
        raise ClerkError(_("单位名录里没有「{name}」。").format(name=word), _("用 unit list --all 查看全部单位。"))
    return unit


def _word(desk: Desk, text: str) -> str:
    """A name or alias as it will be looked for in tables: without blanks, new, and without a meaning of its own."""
    word = "".join(unicodedata.normalize("NFKC", text).split())
    if hidden := hidden_characters(text):
        raise ClerkError(_("名称里有看不见的字符：{list}。").format(list=named(hidden)), _("请重新键入。"))
    if not 2 <= len(word) <= _LONGEST:
        raise ClerkError(_("「{name}」不像单位名称。").format(name=word[:20]), _("名称应有 2 到 60 个字。"))
    known = desk.directory.find(word)
    if known is not None:
        raise ClerkError(
            _("「{name}」已经在名录里：{unit}（{code}）。").format(name=word, unit=known.name, code=known.code),
            _("不必再添加；它的别的叫法可以添加为别名。"),
        )
    meant = read_units(word, desk.directory)
    if not meant.unknown:
        raise ClerkError(
            _("「{name}」在任务表里另有含义（几个单位的统称，或不是单位名称），不能用作单位名称。").format(name=word),
            _("请写单位的全称。"),
        )
    return word


def _code(desk: Desk, code: str | None) -> str:
    if code is None:
        taken = {unit.code for unit in (*desk.directory.units, *own_units(desk))}
        return next(made for number in range(1, _MOST + 2) if (made := f"OWN-{number:02}") not in taken)
    known = desk.directory.find(code)
    if known is not None:
        raise ClerkError(_("代码 {code} 已经是{unit}的。").format(code=code, unit=known.name), _("请换一个代码。"))
    if not _CODE.fullmatch(code):
        raise ClerkError(
            _("「{code}」不能用作代码。").format(code=code[:40]), _("代码用字母、数字、点和短横，最多 32 个。")
        )
    return code


def _refuse_needed(desk: Desk, unit: Unit) -> None:
    """Raise ClerkError where a task names the unit: the table would no longer say whose work that is."""
    for plan in kept_plans.plans(desk.book):
        for task in plan.tasks:
            if unit.code in (*task.lead, *task.owners, *task.supporters):
                raise ClerkError(
                    _("《{plan}》的任务 {task} 指着{unit}，不能删除。").format(
                        plan=plan.title, task=task.id, unit=unit.name
                    ),
                    _("请先在任务里改成别的单位。"),
                )
