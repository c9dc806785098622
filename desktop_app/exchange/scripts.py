"""A file that travels is read and never run: what could act by itself when it is opened is refused."""

from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.language import _

MOST_OBJECTS = 300_000  # a report of 5,000 tasks has 30,000
_DEEPEST = 60
_ACTING = frozenset(("/JS", "/JavaScript", "/OpenAction", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings"))
_ACTIONS = frozenset(
    (
        "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/URI", "/Rendition", "/Movie",
        "/Sound", "/ResetForm", "/Hide", "/Named", "/SetOCGState", "/Trans", "/GoTo3DView", "/RichMediaExecute",
    )
)  # fmt: skip


def refuse_scripts(document: Any) -> None:
    """Look at every object, reached or not; ClerkError for scripts, actions and forms that calculate."""
    for count, thing in enumerate(document.objects):
        if count > MOST_OBJECTS:
            raise ClerkError(_("这个 PDF 里的对象多得不正常，没有读取。"), _("请让对方重新生成。"))
        _look(thing, _DEEPEST)


def _look(thing: Any, deeper: int) -> None:
    import pikepdf

    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        keys = thing.keys()
        if not _ACTING.isdisjoint(keys) or ("/S" in keys and _acts(thing["/S"])):
            raise ClerkError(
                _("这个 PDF 里有脚本或会自动执行的动作，没有读取。"),
                _("本程序生成的文件里没有这些；请让对方重新生成。"),
            )
        inside = [thing[key] for key in keys if key != "/Parent"]
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    else:
        return
    for part in inside:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            if not deeper:
                raise ClerkError(_("这个 PDF 的结构深得不正常，没有读取。"), _("请让对方重新生成。"))
            _look(part, deeper - 1)


def _acts(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Name) and str(value) in _ACTIONS
