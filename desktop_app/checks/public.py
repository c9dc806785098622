"""What must not leave in a public edition: people's numbers, addresses and names, and words meant for the inside."""

import re
from collections.abc import Iterable

from desktop_app.checks.private import contacts, private_numbers
from desktop_app.checks.words import classified_words

_INSIDE = re.compile(
    r"内部(?:掌握|通报|传阅|使用|讨论|情况|会议|意见|数据|材料|消息|口径)|不公开|暂不(?:对外)?公布|[请切]?勿外传|"
    r"不(?:得|宜|要)外传|敏感(?:信息|问题|企业|点位)|舆情风险"
)
_NAMED = re.compile(
    r"(?:联系人|经办人|联络人|负责人|举报人|投诉人|当事人)\s*(?:[:：是为]|姓名)\s*([\u4e00-\u9fff]{2,4})"
)


def leaks(text: str, people: Iterable[str] = ()) -> tuple[str, ...]:
    """What in a text is not for the public, people's numbers masked; `people` are names that are known."""
    known = [name for name in people if len(name) > 1 and name in text]
    found = (
        *private_numbers(text),
        *contacts(text),
        *known,
        *_NAMED.findall(text),
        *classified_words(text),
        *_INSIDE.findall(text),
    )
    return tuple(dict.fromkeys(found))
