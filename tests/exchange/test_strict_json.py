"""JSON that two readers could read in two ways is not read at all."""

import pytest

from desktop_app.errors import ClerkError
from desktop_app.exchange.strict_json import DEEPEST, read_json


def test_the_canonical_form_is_read():
    assert read_json('{"a":[1,null,true],"喆":"x"}'.encode(), "report.json") == {"a": [1, None, True], "喆": "x"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"a":1,"a":2}', "不是完好的 JSON"),
        (b'{"a":{"b":1,"b":1}}', "不是完好的 JSON"),
        (b'{"a":1.5}', "不是完好的 JSON"),
        (b'{"a":1e2}', "不是完好的 JSON"),
        (b'{"a":NaN}', "不是完好的 JSON"),
        (b'{"a":' + b"9" * 5000 + b"}", "不是完好的 JSON"),
        (b'{"a":', "不是完好的 JSON"),
        (b"", "不是完好的 JSON"),
        (b'\xef\xbb\xbf{"a":1}', "不是完好的 JSON"),
        (b'{"a":"\xff"}', "不是完好的 JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "不是完好的 JSON"),
        (b'{"a":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}", "结构不对"),
        (b"[1]", "结构不对"),
        (b'{"a": 1}', "不是规范写法"),
        (b'{"b":1,"a":2}', "不是规范写法"),
        (b'{"a":"\\u0041"}', "不是规范写法"),
        (b'{"a":"\\ud800"}', "残缺的字符"),
        (b'{"a":9007199254740993}', "过大的数"),
        (b'{"a":"' + b" " * 33 * 1024 * 1024 + b'"}', "太大（33 MB）"),
    ],
    ids=range(19),
)
def test_anything_else_is_refused(data, sentence):
    with pytest.raises(ClerkError, match=sentence):
        read_json(data, "report.json")
