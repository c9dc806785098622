"""What the argument parser finds wrong, in our own words: it speaks English and programmers' English at that."""

import re

from desktop_app.language import N_, _

_KNOWN = (
    (r"unrecognized arguments: (?P<what>.*)", N_("不认识「{what}」")),
    (r"the following arguments are required: (?P<what>.*)", N_("缺少 {what}")),
    (
        r"argument (?P<name>.+?): expected (?:one argument|at least one argument|\d+ arguments?)",
        N_("{name} 后面要写内容"),
    ),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<what>.+?) \(choose from (?P<choices>.*)\)",
        N_("{name} 不能写 {what}，可以写 {choices}"),
    ),
    (r"argument (?P<name>.+?): invalid int value: (?P<what>.+)", N_("{name} 要写整数，{what} 不是")),
    (r"argument (?P<name>.+?): ignored explicit argument (?P<what>.+)", N_("{name} 后面不能写 {what}")),
    (r"argument (?P<name>.+?): not allowed with argument (?P<what>.+)", N_("{name} 和 {what} 不能一起写")),
)


def plain_usage(message: str) -> str:
    """The sentence for what argparse says; its own words where it says something new."""
    for pattern, text in _KNOWN:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(text).format(**{name: value.replace("'", "") for name, value in found.groupdict().items()})
    return message
