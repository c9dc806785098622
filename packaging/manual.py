"""yuebao(1), written from what the program itself answers to --help, so that it cannot lie.

manual.py LANGUAGE writes the page (man's roff) to standard output; LANGUAGE is zh or en.
"""

import sys
from datetime import UTC, datetime
from os import environ

from command_tree import Argument, Command, commands

from desktop_app import __version__

WORDS = {
    "zh": {
        "name": "名称", "use": "用法", "what": "说明", "global": "哪里都能用的选项", "commands": "命令",
        "exit": "退出码",
        "files": "文件", "title": "月报使用手册", "short": "污染防治攻坚战月度进展的填报、校验、签署与报送",
        "intro": "不写命令就打开窗口。命令做的和窗口里一样，可以写进脚本；加 --json 得到一份 JSON。",
        "codes": ("办成", "不行：有错误、核验不通过、被拒绝", "用法不对", "环境问题：磁盘满、被占用、读不了",
                  "程序错误"),
        "book": "填报簿（--book 可指定别的文件）。卸载程序不会删除它。", "backups": "自动备份。",
        "keys": "签署密钥。", "command": "命令",
    },
    "en": {
        "name": "NAME", "use": "SYNOPSIS", "what": "DESCRIPTION", "global": "OPTIONS", "commands": "COMMANDS",
        "exit": "EXIT STATUS", "files": "FILES", "title": "Yuebao manual",
        "short": "fill in, check, sign and hand in monthly progress on the pollution campaign",
        "intro": "Without a command the window opens. The commands do what the window does and may be used in scripts; "
                 "with --json each gives one JSON document.",
        "codes": ("done", "the answer is no: errors found, not valid, refused", "wrong use",
                  "the world's fault: disk full, locked, unreadable", "a fault of the program"),
        "book": "the report book (another one with --book). Removing the program does not remove it.",
        "backups": "the automatic backups.", "keys": "the signing keys.", "command": "COMMAND",
    },
}  # fmt: skip
EXIT_CODES = (0, 1, 2, 3, 70)
FOLDER = "~/.local/share/yuebao/"


def escaped(text: str) -> str:
    """Text as roff takes it: no sign of it is taken for a command."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text


def bold(text: str) -> str:
    return f"\\fB{escaped(text)}\\fR"


def slanted(text: str) -> str:
    return f"\\fI{escaped(text)}\\fR"


def page(spoken: str) -> str:
    """The whole page."""
    words, root = WORDS[spoken], commands(spoken)
    day = datetime.fromtimestamp(int(environ.get("SOURCE_DATE_EPOCH", "0")), UTC).date()
    codes = [f".TP\n{bold(str(code))}\n{escaped(text)}" for code, text in zip(EXIT_CODES, words["codes"], strict=True)]
    parts = [
        ".\\\" Made by packaging/manual.py from the program's own --help.",
        f'.TH YUEBAO 1 "{day}" "yuebao {__version__}" "{words["title"]}"',
        ".ad l",  # Chinese has no blanks to stretch
        f".SH {words['name']}\nyuebao \\- {escaped(str(words['short']))}",
        f".SH {words['use']}\n{bold('yuebao')} [{slanted(words['global'])}] [{slanted(words['command'])} ...]",
        f".SH {words['what']}\n{escaped(str(words['intro']))}",
        f".SH {words['global']}",
        *(_entry(argument) for argument in root.options),
        f".SH {words['commands']}",
        *(_section(command, _shared(root)) for command in root.all() if command.words and not command.below),
        f".SH {words['exit']}",
        *codes,
        f".SH {words['files']}",
        *(
            f".TP\n{slanted(FOLDER + name)}\n{escaped(str(words[word]))}"
            for name, word in (("book.yuebao", "book"), ("book.yuebao.backups/", "backups"), ("book.keys/", "keys"))
        ),
    ]
    return "\n".join(parts) + "\n"


def _shared(root: Command) -> set[str]:
    """Options that every command takes, described once on top."""
    return {flag for argument in root.options for flag in argument.flags}


def _section(command: Command, shared: set[str]) -> str:
    own = [argument for argument in command.arguments if not shared.intersection(argument.flags)]
    typed = " ".join(_typed(argument) for argument in sorted(own, key=lambda argument: bool(argument.flags)))
    head = f".SS {bold(' '.join(command.words))} {typed}".rstrip()
    return "\n".join([head, escaped(command.meaning), *(_entry(argument) for argument in own if argument.meaning)])


def _typed(argument: Argument) -> str:
    shown = bold(argument.flags[-1]) if argument.flags else ""
    if argument.shown:
        shown = f"{shown} {slanted(argument.shown)}".strip()
    shown += " ..." if argument.many else ""
    return shown if argument.needed else f"[{shown}]"


def _entry(argument: Argument) -> str:
    flags = ", ".join(bold(flag) for flag in argument.flags)
    head = f"{flags} {slanted(argument.shown)}".strip() if argument.shown else flags
    return f".TP\n{head}\n{escaped(argument.meaning)}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(page(sys.argv[1]))
