"""What a command gives back: a document for --json, lines for people, and the exit code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`document` is printed with --json, `lines` otherwise; `code` is 0, or 1 where the answer is no."""

    document: dict[str, Any]
    lines: Sequence[str]
    code: int = 0
