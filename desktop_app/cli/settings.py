"""What a unit settles for itself, by command."""

from argparse import Namespace
from pathlib import Path

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened_either
from desktop_app.desk import bounds, settings
from desktop_app.desk.settings import Setting
from desktop_app.errors import UsageError
from desktop_app.language import _

IMPORT = "import"


def run(options: Namespace) -> Answer:
    """settings [NAME VALUE], or settings import FILE for thresholds and curves."""
    if options.name is not None and options.value is None:
        raise UsageError(_("还要写设置的值。"), _("例如 settings internal_cutoff 25；不写名称则列出全部设置。"))
    with opened_either(options) as desk:
        if options.name == IMPORT:
            return _taken(bounds.take(desk, Path(options.value)))
        if options.name is None:
            found = settings.settings(desk)
            return Answer({"settings": [_plain(row) for row in found]}, [_line(row) for row in found])
        changed = settings.change(desk, options.name, options.value)
    return Answer(_plain(changed), [_line(changed)])


def _taken(found: bounds.TakenBounds) -> Answer:
    text = _("已采用：{thresholds} 个校验阈值，{curves} 项任务的进度曲线。")
    return Answer(
        {"thresholds": list(found.thresholds), "curves": list(found.curves)},
        [text.format(thresholds=len(found.thresholds), curves=len(found.curves))],
    )


def _plain(row: Setting) -> dict[str, str]:
    return {"name": row.name, "value": row.value, "default": row.default, "meaning": row.meaning}


def _line(row: Setting) -> str:
    return _("{name} = {value}（默认 {default}）：{meaning}").format(
        name=row.name, value=row.value, default=row.default, meaning=row.meaning
    )
