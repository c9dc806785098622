"""The command line: one document or a few lines on stdout, sentences on stderr, and an exit code."""

import json
import logging
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop_app import language
from desktop_app.cli import streams
from desktop_app.cli.typed import Told, language_of, parse
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.language import _
from desktop_app.model.text import is_text

if TYPE_CHECKING:
    from desktop_app.cli.answer import Answer

OUR_BUG = 70
INTERRUPTED = 130  # as every shell counts it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. No traceback ever reaches a user."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    streams.settle()
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    language.use(language_of(words))
    as_json = "--json" in words
    try:
        return _say(_run(words), as_json=as_json)
    except ClerkError as refusal:
        return _refuse(refusal.exit_code, refusal.title, refusal.advice, as_json=as_json)
    except BrokenPipeError:
        return 0  # the reader went away (… | head): nothing to say
    except KeyboardInterrupt:
        return _refuse(INTERRUPTED, _("已中断。没有完成的操作没有留下半截内容。"), as_json=as_json)
    except Exception as bug:  # noqa: BLE001 - the last door: whatever is left is our bug, and is said calmly
        return _refuse(OUR_BUG, _our_bug(bug), as_json=as_json)


def _run(words: Sequence[str]) -> "Answer | int":
    try:
        options = parse(words)
    except Told as told:
        from desktop_app.cli.answer import Answer

        return Answer({"text": str(told)}, [str(told)])
    _refuse_half_characters(options)
    done: Answer | int = options.run(options)
    return done


def _refuse(code: int, title: str, advice: str = "", *, as_json: bool) -> int:
    """Standard output is one document, of a refusal too; returns the exit code."""
    if as_json:
        with suppress(OSError, WorldError):
            streams.give(json.dumps({"error": {"title": title, "advice": advice}}, ensure_ascii=False))
    streams.tell(f"{title} {advice}".strip())
    return code


def _refuse_half_characters(options: Namespace) -> None:
    """Raise UsageError for words that are not UTF-8; names of files may be anything."""
    for given in vars(options).values():
        for word in given if isinstance(given, list) else [given]:
            if isinstance(word, str) and not is_text(word):
                raise UsageError(
                    _("「{word}」不是 UTF-8 编码的文字。").format(word=word.encode("utf-8", "replace").decode()),
                    _("请把终端的编码设为 UTF-8 再试。"),
                )


def _say(answer: "Answer | int", *, as_json: bool) -> int:
    if isinstance(answer, int):
        return answer
    if as_json:
        streams.give(json.dumps(answer.document, ensure_ascii=False, indent=1))
    elif answer.lines:
        streams.give("\n".join(answer.lines))
    return answer.code


def _our_bug(bug: Exception) -> str:
    """Write the details to the log and say where they are; values of the bug stay out of it, they may be personal."""
    import traceback
    from pathlib import Path

    from platformdirs import user_log_path

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
