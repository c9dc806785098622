"""What can be typed without a command, which opens the window; the commands stand in parser.py."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from desktop_app import __version__
from desktop_app.cli import window
from desktop_app.errors import UsageError
from desktop_app.language import LANGUAGES, _


class Parser(argparse.ArgumentParser):
    """Wrong use is one sentence and exit 2, not a page of usage; an option is written out, so that scripts last."""

    def __init__(self, *names: Any, **settings: Any) -> None:
        own = settings.pop("add_help", True)
        super().__init__(*names, **{"allow_abbrev": False, "add_help": False, **settings})
        if own:
            # argparse gives its two groups no public name either; those of a parent are merged in by their first titles
            self._positionals.title, self._optionals.title = _("要写的"), _("选项")
            self.add_argument("-h", "--help", action="help", help=_("显示这份说明"))

    def format_help(self) -> str:
        """What can be typed, with no English word in front of it."""
        return super().format_help().replace("usage: ", _("用法："), 1)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with what argparse found wrong."""
        from desktop_app.cli.usage_words import plain_usage

        raise UsageError(
            _("命令写得不对：{message}。").format(message=plain_usage(message)),
            _("用 {program} --help 查看用法。").format(program=self.prog),
        )


def day(text: str) -> date:
    """YYYY-MM-DD; raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise UsageError(
            _("「{text}」不是日期。").format(text=text), _("请写成 YYYY-MM-DD，例如 2023-04-03。")
        ) from problem


def shared_options() -> Parser:
    """The options that every command takes; left out of the namespace where not given, so that either place counts."""
    parent = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    parent.add_argument("--book", type=Path, metavar="FILE", help=_("填报簿文件"))
    parent.add_argument(
        "--recovery-key-file", type=Path, metavar="FILE", help=_("加密的填报簿：恢复密钥在这个文本文件里")
    )
    parent.add_argument("--json", action="store_true", help=_("在标准输出给出一份 JSON"))
    parent.add_argument("--today", type=day, metavar="YYYY-MM-DD", help=_("演练：把这一天当作今天"))
    parent.add_argument("--lang", choices=sorted(LANGUAGES), help=_("语言：zh 或 en"))
    return parent


def top(shared: Parser) -> Parser:
    """What can be typed without a command."""
    made = Parser(
        prog="yuebao", description=_("月报：污染防治攻坚战月度进展的填报、校验、签署与报送"), parents=[shared]
    )
    made.add_argument("--version", action="version", version=f"yuebao {__version__}", help=_("显示版本"))
    made.add_argument("--sample", action="store_true", help=_("打开窗口时使用示例任务集"))
    made.set_defaults(run=window.run)
    return made
