"""What the command line is made of: the parser, and options that several commands share."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from desktop_app.cli.usage_words import plain_usage
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.report import Role


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
        raise UsageError(
            _("命令写得不对：{message}。").format(message=plain_usage(message)),
            _("用 {program} --help 查看用法。").format(program=self.prog),
        )


if TYPE_CHECKING:
    # argparse gives the type of its sub-commands no public name
    Commands = argparse._SubParsersAction[Parser]  # noqa: SLF001

Adder = Callable[..., Parser]


def day(text: str) -> date:
    """YYYY-MM-DD; raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise UsageError(
            _("「{text}」不是日期。").format(text=text), _("请写成 YYYY-MM-DD，例如 2023-04-03。")
        ) from problem


def of_a_plan(made: Parser) -> Parser:
    """Which plan is meant."""
    made.add_argument("--plan", metavar="ID", help=_("哪一份任务表（编号开头或文号），不写就是最新的"))
    return made


def person(made: Parser, *, needed: bool = True) -> Parser:
    """Whose key it is, and for what."""
    made.add_argument("--name", required=needed)
    made.add_argument("--role", required=needed, choices=[str(role) for role in Role])
    return made


def kind(made: Parser) -> Parser:
    """What kind of key."""
    made.add_argument("--kind", choices=["ec", "rsa"], default="ec", help=_("EC P-256 或 RSA-3072"))
    return made


def login(made: Parser) -> None:
    """How to come in where a place asks for it."""
    made.add_argument("--fingerprint", metavar="SHA256:…", help=_("SFTP：与管理员核对过的服务器指纹"))
    made.add_argument("--password-file", type=Path, metavar="FILE", help=_("口令在这个文件的第一行"))


def passphrase(made: Parser) -> None:
    """Where the passphrase stands."""
    made.add_argument("--passphrase-file", type=Path, metavar="FILE", help=_("口令在这个文件的第一行"))
