"""What the program tells about itself: its rules, and whose work is inside; see parser.py."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.cli.later import Later
from desktop_app.language import _

licences = Later("licences")
month = Later("month")


def itself_commands(add: Callable[..., Any]) -> None:
    """rules; licences."""
    made = add("rules", month.rules, _("校验规则目录"))
    made.add_argument("--out", type=Path, metavar="FILE.md", help=_("把规则目录写成一页说明"))
    made = add("licences", licences.run, _("程序里各方作品的许可；写名称就是许可全文"))
    made.add_argument("name", nargs="?", metavar="NAME")
