"""The command line: one document or a few lines on stdout, sentences on stderr, and an exit code."""

import json
import logging
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_log_path

from desktop_app import language
from desktop_app.cli.answer import Answer
from desktop_app.cli.typed import language_of, parse
from desktop_app.desk.save_entry import is_text
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _

OUR_BUG = 70


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. No traceback ever reaches a user."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    language.use(language_of(words))
    as_json = "--json" in words
    try:
        options = parse(words)
        _refuse_half_characters(options)
        return _say(options.run(options), as_json=as_json)
    except ClerkError as refusal:
        if as_json:
            _say_error(refusal.title, refusal.advice)
        print(str(refusal), file=sys.stderr)  # noqa: T201
        return refusal.exit_code
    except BrokenPipeError:
        # the reader went away (… | head): nothing to say, and nothing to flush into at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(_("已中断。没有完成的操作没有留下半截内容。"), file=sys.stderr)  # noqa: T201
        return 130
    except Exception as bug:  # noqa: BLE001 - the last door: whatever is left is our bug, and is said calmly
        said = _our_bug(bug)
        if as_json:
            _say_error(said)
        print(said, file=sys.stderr)  # noqa: T201
        return OUR_BUG


def _say_error(title: str, advice: str = "") -> None:
    """Standard output is one document, of a refusal too."""
    print(json.dumps({"error": {"title": title, "advice": advice}}, ensure_ascii=False))  # noqa: T201


def _refuse_half_characters(options: Namespace) -> None:
    """Raise UsageError for words that are not UTF-8; names of files may be anything."""
    for given in vars(options).values():
        for word in given if isinstance(given, list) else [given]:
            if isinstance(word, str) and not is_text(word):
                raise UsageError(
                    _("「{word}」不是 UTF-8 编码的文字。").format(word=word.encode("utf-8", "replace").decode()),
                    _("请把终端的编码设为 UTF-8 再试。"),
                )


def _say(answer: Answer | int, *, as_json: bool) -> int:
    if isinstance(answer, int):
        return answer
    if as_json:
        print(json.dumps(answer.document, ensure_ascii=False, indent=1))  # noqa: T201
    else:
        for line in answer.lines:
            print(line)  # noqa: T201
    sys.stdout.flush()
    return answer.code


def _our_bug(bug: Exception) -> str:
    """Write the details to the log and say where they are; values of the bug stay out of it, they may be personal."""
    where: Path = user_log_path("yuebao", appauthor=False) / "errors.log"
    frames = "".join(traceback.format_tb(bug.__traceback__))
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        with where.open("a", encoding="utf-8") as log:
            log.write(f"{type(bug).__name__}\n{frames}\n")
    except OSError:
        return _("程序出了错（{kind}），已保存的内容没有受影响。").format(kind=type(bug).__name__)
    return _("程序出了错（{kind}），已保存的内容没有受影响。详情记在 {where}，请转交维护人员。").format(
        kind=type(bug).__name__, where=where
    )
