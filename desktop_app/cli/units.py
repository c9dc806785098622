"""Commands on the directory of units: what this unit added to it."""

from argparse import Namespace

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened_either
from desktop_app.desk import units
from desktop_app.language import _
from desktop_app.model.unit import Unit


def show(options: Namespace) -> Answer:
    """unit list [--all]."""
    with opened_either(options) as desk:
        own = units.own_units(desk)
        found = units.units(desk) if options.all else own
    lines = [_line(unit) for unit in found] or [_("还没有自己添加的单位；用 unit list --all 查看全部单位。")]
    return Answer({"units": [_plain(unit) for unit in found]}, lines)


def add(options: Namespace) -> Answer:
    """unit add NAME [--kind K] [--alias A …] [--code C]."""
    with opened_either(options) as desk:
        made = units.add_unit(desk, options.name, kind=options.kind, aliases=tuple(options.alias), code=options.code)
    return Answer(_plain(made), [_("已添加单位 {line}").format(line=_line(made))])


def alias(options: Namespace) -> Answer:
    """unit alias UNIT ALIAS."""
    with opened_either(options) as desk:
        unit = units.add_alias(desk, options.unit, options.alias)
    return Answer(_plain(unit), [_("已添加别名 {line}").format(line=_line(unit))])


def remove(options: Namespace) -> Answer:
    """unit remove CODE|NAME|ALIAS."""
    with opened_either(options) as desk:
        gone = units.remove_unit(desk, options.word)
    return Answer({"removed": gone}, [_("已删除「{name}」。").format(name=gone)])


def _plain(unit: Unit) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": str(unit.kind),
        "aliases": list(unit.aliases),
        "own": units.is_own(unit),
    }


def _line(unit: Unit) -> str:
    return f"{unit.code}  {unit.name}" + (f"（{'、'.join(unit.aliases)}）" if unit.aliases else "")
