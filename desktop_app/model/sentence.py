"""What the program says about a table, kept so that it can be said in either language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Union

from desktop_app.language import _

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A Chinese text marked with N_(), its fields not yet filled.

    `words` fill fields with what stays as it is (names, quoted cells, figures), `parts` with sentences of their own,
    which are translated too.
    """

    template: str
    words: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, "Sentence"], ...] = ()

    def __str__(self) -> str:
        """The sentence in the language of the moment."""
        return self._filled(_)

    @property
    def chinese(self) -> str:
        """The sentence as it is kept beside the plan, whatever the window speaks."""
        return self._filled(lambda text: text)

    def to_plain(self) -> dict[str, Any]:
        """{"template", "values": {name: words, or a sentence in the same form}}."""
        parts = {name: part.to_plain() for name, part in self.parts}
        return {"template": self.template, "values": {**dict(self.words), **parts}}

    @classmethod
    def from_plain(cls, data: Any) -> "Sentence":
        """The sentence of that form; ValueError for anything else."""
        if not isinstance(data, dict) or data.keys() != {"template", "values"} or not isinstance(data["values"], dict):
            raise ValueError("not a sentence")
        words = tuple((name, value) for name, value in data["values"].items() if isinstance(value, str))
        rest = ((name, value) for name, value in data["values"].items() if not isinstance(value, str))
        return cls(str(data["template"]), words, tuple((name, cls.from_plain(value)) for name, value in rest))

    def _filled(self, translated: Callable[[str], str]) -> str:
        # Not str.format: a kept plan may come from elsewhere, and its template must never run away or raise.
        values = {**dict(self.words), **{name: part._filled(translated) for name, part in self.parts}}  # noqa: SLF001
        return _FIELD.sub(lambda found: values.get(found[1], found[0]), translated(self.template))


def say(template: str, **values: Union[str, int, "Sentence"]) -> Sentence:
    """The sentence of a text marked with N_() and what fills it."""
    return Sentence(
        template,
        tuple((name, str(value)) for name, value in values.items() if not isinstance(value, Sentence)),
        tuple((name, value) for name, value in values.items() if isinstance(value, Sentence)),
    )
