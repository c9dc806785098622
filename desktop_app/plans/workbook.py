"""A task table's file in: formats told apart, read in a child process, refused in one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import desktop_app
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.plans.cells import Sheet, Workbook

LARGEST = 40 * 1024 * 1024
SECONDS = 8

_REFUSALS = {
    "old": N_("「{name}」是旧版 .xls 或加了密码的工作簿。请用 WPS 或 Excel 去掉密码、另存为 .xlsx 后再导入。"),
    "foreign": N_("「{name}」的内容不是 .xlsx 工作簿。请核对文件，或用 WPS、Excel 另存为 .xlsx 后再导入。"),
    "damaged": N_("「{name}」已损坏或不完整，读不出来。请重新取得这个文件后再导入。"),
    "large": N_("「{name}」展开后太大，不像一份任务表，没有读入。请只保留任务表所在的工作表后再导入。"),
    "entities": N_("「{name}」里有外部实体声明，可能有害，没有读入。请用 WPS 或 Excel 另存一份后再导入。"),
    "far": N_("「{name}」的内容伸到了表格极远的行列，没有读入。请删去任务表以外的单元格后再导入。"),
    "rows": N_("「{name}」的一张工作表超过 5000 行，不像一份任务表，没有读入。请只保留任务表后再导入。"),
    "slow": N_("「{name}」读了很久也没有读完，已停止。请用 WPS 或 Excel 另存一份后再导入。"),
}


def read_workbook(data: bytes, name: str) -> Workbook:
    """The sheets of an .xlsx file; ClerkError for anything else, within seconds and without taking memory here."""
    if not name.lower().endswith(".xlsx"):
        raise ClerkError(
            _("「{name}」不是 .xlsx 文件，目前只接收 .xlsx 格式的任务表。").format(name=name),
            _("请用 WPS 或 Excel 另存为 .xlsx 后再导入。"),
        )
    if len(data) > LARGEST:
        raise _refusal("large", name)
    found = _read_in_child(data, name)
    if "refused" in found:
        raise _refusal(found["refused"], name)
    sheets = tuple(Sheet.from_reader(sheet) for sheet in found["sheets"])
    return Workbook(sheets, title=str(found["title"]), year=found["year"])


def _refusal(word: str, name: str) -> ClerkError:
    return ClerkError(_(_REFUSALS.get(word, _REFUSALS["damaged"])).format(name=name))


def _read_in_child(data: bytes, name: str) -> dict[str, Any]:
    house = str(Path(desktop_app.__file__).resolve().parent.parent)
    paths = [house, *(path for path in sys.path if path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module, no word of the file in it
            [sys.executable, "-W", "ignore", "-m", "desktop_app.plans.reader"],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as slow:
        raise _refusal("slow", name) from slow
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError as broken:
        raise _refusal("damaged", name) from broken
    return found
