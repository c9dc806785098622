"""One voice in two languages: Chinese is written in the source, English comes from resources/translations/en.mo.

`_()` translates now; `N_()` only marks a text that is translated later, where it is shown. Sentences that carry
values are written with named fields and filled after translation: `_("{count} 项").format(count=3)`.
"""

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from desktop_app import assets

_chosen: gettext.NullTranslations = gettext.NullTranslations()
# What this thread alone speaks for a while: paper is made in Chinese while the window goes on in its own language.
_meanwhile: ContextVar[gettext.NullTranslations | None] = ContextVar("meanwhile", default=None)

LANGUAGES = {"zh": "简体中文", "en": "English"}


def use(language: str) -> None:
    """Choose the language of everything said from now on; an unknown one falls back to Chinese."""
    global _chosen
    _chosen = _translations(language)


def code() -> str:
    """The language spoken now, as in LANGUAGES."""
    return _spoken().info().get("language", "zh")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language for a while, in this thread: what goes on paper is Chinese whatever the screen speaks."""
    before = _meanwhile.set(_translations(language))
    try:
        yield
    finally:
        _meanwhile.reset(before)


def _translations(language: str) -> gettext.NullTranslations:
    if assets.exists("translations", f"{language}.mo"):
        return gettext.GNUTranslations(io.BytesIO(assets.read_bytes("translations", f"{language}.mo")))
    return gettext.NullTranslations()


def _spoken() -> gettext.NullTranslations:
    return _meanwhile.get() or _chosen


def _(text: str) -> str:
    return (_meanwhile.get() or _chosen).gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for a text marked but not yet translated
    """Mark a text for translation and return it unchanged."""
    return text
