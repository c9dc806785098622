"""What was typed: a command with its options, or the window."""

import argparse
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise

from desktop_app.cli.top import shared_options, top

_WITH_A_VALUE = ("--book", "--recovery-key-file", "--today", "--lang")


def language_of(words: Sequence[str]) -> str:
    """The language asked for, read before the parser is built so that its own texts are in it."""
    for position, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and position + 1 < len(words):
            return words[position + 1]
    return "zh"


class Told(Exception):  # noqa: N818 - an answer, not an error
    """What --help or --version has to say, in place of a command."""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What was typed; UsageError where it is nothing that can be typed, Told where only a text was asked for.

    Where no word can be a command the window is meant, which is up sooner without the hundred commands.
    """
    alone = all(word.startswith("-") or before in _WITH_A_VALUE for before, word in pairwise(("", *words)))
    plain = alone and not {"-h", "--help"} & set(words)
    if plain:
        made = top(shared_options())
    else:
        from desktop_app.cli.parser import build

        made = build()
    said = StringIO()
    try:
        with redirect_stdout(said):
            return made.parse_args(words)
    except SystemExit as left:
        raise Told(said.getvalue().rstrip("\n")) from left
