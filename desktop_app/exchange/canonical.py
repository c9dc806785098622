"""One spelling for one piece of data, and the short code that people compare."""

import hashlib
import re
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.language import _

CHECK_CODE = re.compile(r"(?<![0-9A-Z-])[0-9A-F]{4}(?:-[0-9A-F]{4}){3}(?![0-9A-Z-])")


def canonical(data: dict[str, Any]) -> bytes:
    """The data's one form in bytes (RFC 8785); ClerkError for what that form cannot carry."""
    import rfc8785

    try:
        return rfc8785.dumps(data)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as reason:
        raise ClerkError(
            _("数据里有不能交换的内容（残缺的字符、过大的数或过深的层次）。"), _("请检查最近粘贴进来的文字。")
        ) from reason


def digest(data: bytes) -> str:
    """Sha256 in 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def check_code(hex_digest: str) -> str:
    """校验码: the digest's first 16 digits as 3F2A-9C01-77AB-0D4E."""
    head = hex_digest[:16].upper()
    return "-".join(head[start : start + 4] for start in range(0, 16, 4))
