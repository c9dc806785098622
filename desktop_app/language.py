"""One voice in two languages: Chinese is written in the source, English comes from resources/translations/en.mo.

`_()` translates now; `N_()` only marks a text that is translated later, where it is shown. Sentences that carry
values are written with named fields and filled after translation: `_("{count} 项").format(count=3)`.
"""

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app import assets

_chosen: gettext.NullTranslations = gettext.NullTranslations()

LANGUAGES = {"zh": "简体中文", "en": "English"}


def use(language: str) -> None:
    """Choose the language of everything said from now on; an unknown one falls back to Chinese."""
    global _chosen
    if assets.exists("translations", f"{language}.mo"):
        _chosen = gettext.GNUTranslations(io.BytesIO(assets.read_bytes("translations", f"{language}.mo")))
    else:
        _chosen = gettext.NullTranslations()


def code() -> str:
    """The language spoken now, as in LANGUAGES."""
    return _chosen.info().get("language", "zh")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language for a while: what goes on paper is Chinese whatever the screen speaks."""
    global _chosen
    before = _chosen
    use(language)
    try:
        yield
    finally:
        _chosen = before


def _(text: str) -> str:
    return _chosen.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for a text marked but not yet translated
    """Mark a text for translation and return it unchanged."""
    return text
