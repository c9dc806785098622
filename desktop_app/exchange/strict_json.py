"""JSON from strangers: bounded, no key twice, whole numbers only, spelled in its one canonical form."""

import json
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.exchange.canonical import canonical
from desktop_app.language import _

LARGEST = 32 * 1024 * 1024  # bytes; 500 tasks with full texts need about 1 MB
DEEPEST = 12  # levels; our formats need 7


def read_json(data: bytes, name: str) -> dict[str, Any]:
    """The object in these bytes; ClerkError, in one sentence, for anything else. `name` is the embedded file's."""
    if len(data) > LARGEST:
        raise ClerkError(
            _("{name} 太大（{size} MB），没有读取。").format(name=name, size=len(data) // 1024 // 1024),
            _("请让对方重新生成。"),
        )
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as reason:
        raise ClerkError(_("{name} 读不懂：它不是完好的 JSON。").format(name=name), _("请让对方重新生成。")) from reason
    if not isinstance(value, dict) or _depth(value) > DEEPEST:
        raise ClerkError(_("{name} 的结构不对。").format(name=name), _("请让对方重新生成。"))
    if canonical(value) != data:
        raise ClerkError(_("{name} 不是规范写法（RFC 8785）。").format(name=name), _("请让对方重新生成。"))
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Readers differ on which of two equal keys counts: none does."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice")
    return value


def _refuse(text: str) -> Any:
    """Our formats write decimals as strings; a float would not come back as it was typed."""
    raise ValueError(f"{text} is not a whole number")


def _depth(value: Any) -> int:
    """How many levels lie below and including this value; breadth first, so that depth costs no stack."""
    levels, layer = 0, [value]
    while layer:
        levels += 1
        layer = [
            child
            for item in layer
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
    return levels
