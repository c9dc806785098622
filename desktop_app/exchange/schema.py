"""Hold data against the published formats, and say in one sentence where it does not fit."""

import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from desktop_app import assets
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

REPORT = "yuebao.report"
RECEIPT = "yuebao.receipt"
RETURN = "yuebao.return"
PLAN = "yuebao.plan"
CALENDAR = "yuebao.calendar"
_FILES = {
    REPORT: "report.json",
    RECEIPT: "receipt.json",
    RETURN: "return.json",
    PLAN: "plan.json",
    CALENDAR: "calendar.json",
}
_NEWEST = {REPORT: 1, RECEIPT: 1, RETURN: 1, PLAN: 1, CALENDAR: 1}
_SCHEMAS = {CALENDAR: "calendar-pack"}  # calendar-1 is the year file that a clerk imports by itself

_SAID = {
    "required": N_("缺少必需的内容"),
    "additionalProperties": N_("有不认识的内容"),
    "type": N_("类型不对"),
    "pattern": N_("写法不对"),
    "enum": N_("不是允许的值"),
    "const": N_("不是允许的值"),
    "maxLength": N_("太长"),
    "minLength": N_("是空的"),
    "maxItems": N_("太多"),
    "minItems": N_("太少"),
    "minimum": N_("太小"),
    "maximum": N_("太大"),
}


def title(document: str) -> str:
    """The embedded file's name of a format."""
    return _FILES[document]


def validate(data: Any) -> None:
    """Pass or raise ClerkError with the first place that does not fit, or that the format is newer than we are."""
    document = _document(data)
    first = min(_validator(document, data["version"]).iter_errors(data), key=_in_order, default=None)
    if first is None:
        return
    said = _(_SAID.get(str(first.validator), N_("不符合格式"))) + _names(first)
    raise ClerkError(
        _("{file} 的「{place}」{said}。").format(file=_FILES[document], place=_place(first.absolute_path), said=said),
        _("请更正这一项；若是收到的文件，请让对方重新生成。"),
    )


def _document(data: Any) -> str:
    """Which format the data claims; unknown formats and newer versions are refused in their own words."""
    document = data.get("format") if isinstance(data, dict) else None
    if not isinstance(document, str) or document not in _FILES:
        raise ClerkError(_("文件里的数据不是本程序认识的任何一种。"), _("请检查是否选错了文件。"))
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise ClerkError(_("{file} 没有写明格式版本。").format(file=_FILES[document]), _("请让对方重新生成。"))
    if version > _NEWEST[document]:
        raise ClerkError(
            _("这个文件由更新版本的程序生成（格式第 {version} 版），本程序还读不懂。").format(version=version),
            _("请先更新本程序。"),
        )
    return document


@cache
def _validator(document: str, version: int) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    stem = _SCHEMAS.get(document, _FILES[document].removesuffix(".json"))
    name = f"{stem}-{version}.schema.json"
    return Draft202012Validator(json.loads(assets.read_text("schemas", name)))


def _in_order(error: "ValidationError") -> tuple[list[str], str]:
    """A stable order, whatever the order of keys: by place, then by rule."""
    return [f"{part:09}" if isinstance(part, int) else part for part in error.absolute_path], str(error.validator)


def _names(error: "ValidationError") -> str:
    """Which keys are missing or unknown, where that is what is wrong."""
    if not isinstance(error.instance, dict) or not isinstance(error.schema, dict):
        return ""
    if error.validator == "required":
        keys = [key for key in error.schema["required"] if key not in error.instance]
    elif error.validator == "additionalProperties":
        keys = [str(key)[:40] for key in error.instance if key not in error.schema["properties"]]
    else:
        return ""
    return " " + "、".join(keys[:5])


def _place(path: Sequence[str | int]) -> str:
    """entries[3].percent, counted from 0 as in the data; the whole document where there is no path."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".") or _("全文")
