"""The command line: one document or a few lines on stdout, sentences on stderr, and an exit code."""

import json
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_log_path

from desktop_app import language
from desktop_app.cli.answer import Answer
from desktop_app.cli.parser import build, language_of
from desktop_app.errors import ClerkError
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
        options = build().parse_args(words)
        return _say(options.run(options), as_json=as_json)
    except ClerkError as refusal:
        if as_json:
            print(json.dumps({"error": {"title": refusal.title, "advice": refusal.advice}}, ensure_ascii=False))  # noqa: T201 - stdout is the answer
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
        print(_our_bug(bug), file=sys.stderr)  # noqa: T201
        return OUR_BUG


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
