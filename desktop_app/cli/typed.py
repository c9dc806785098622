"""What was typed: a command with its options, or the window."""

import argparse
from collections.abc import Sequence
from itertools import pairwise

from desktop_app.cli.parser import build, shared_options, top

_WITH_A_VALUE = ("--book", "--recovery-key-file", "--today", "--lang")


def language_of(words: Sequence[str]) -> str:
    """The language asked for, read before the parser is built so that its own texts are in it."""
    for position, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and position + 1 < len(words):
            return words[position + 1]
    return "zh"


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What was typed; UsageError where it is nothing that can be typed.

    Where no word can be a command the window is meant, which is up sooner without the hundred commands.
    """
    alone = all(word.startswith("-") or before in _WITH_A_VALUE for before, word in pairwise(("", *words)))
    plain = alone and not {"-h", "--help"} & set(words)
    return (top(shared_options()) if plain else build()).parse_args(words)
