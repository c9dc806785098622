"""A task table's file in: read in a child process, told apart by its content, refused in one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.sentence import Sentence, say
from desktop_app.plans.cells import Sheet, Workbook
from desktop_app.plans.word_tables import join_tables

LARGEST = 40 * 1024 * 1024
SECONDS = 5

# What a chooser of files offers; reading itself goes by content.
ENDINGS = (".xlsx", ".xls", ".et", ".csv", ".docx")

_KINDS = {
    "xlsx": (N_(".xlsx 工作簿"), (".xlsx", ".xlsm", ".xltx", ".et", ".ett")),
    "xls": (N_(".xls 工作簿"), (".xls", ".et", ".xlt", ".ett")),
    "csv": (N_("CSV 文本"), (".csv", ".txt", ".tsv")),
    "docx": (N_(".docx 文档"), (".docx", ".docm", ".dotx")),
    "html": (N_("网页格式的表格"), (".htm", ".html")),
    "sheet2003": (N_("XML 格式的表格"), (".xml",)),
}
_WITHOUT_NAMES = ("csv", "docx", "html")  # formats that give their tables none
_OTHERWISE = N_("请用 WPS 或 Excel 另存为 .xlsx 后再导入。")
_REFUSALS = {
    "empty": (N_("「{name}」是空的，没有可读的内容。"), N_("请重新取得这个文件后再导入。")),
    "damaged": (N_("「{name}」已损坏或不完整，读不出来。"), N_("请重新取得这个文件后再导入。")),
    "locked": (N_("「{name}」加了密码，读不出来。"), N_("请用 WPS 或 Office 打开，去掉密码另存一份后再导入。")),
    "doc": (N_("「{name}」是旧版 Word 或 WPS 文字的文档（.doc、.wps）。"), N_("请另存为 .docx 后再导入。")),
    "rtf": (N_("「{name}」是 RTF 文档。"), N_("请用 WPS 或 Word 另存为 .docx 后再导入。")),
    "odt": (N_("「{name}」是 LibreOffice 的 .odt 文档。"), N_("请另存为 .docx 后再导入。")),
    "ods": (N_("「{name}」是 LibreOffice 的 .ods 表格。"), N_("请另存为 .xlsx 后再导入。")),
    "xlsb": (N_("「{name}」是二进制的 .xlsb 工作簿。"), _OTHERWISE),
    "slides": (N_("「{name}」是演示文稿，不是任务表。"), N_("请导入 Excel、WPS 或 Word 的任务表。")),
    "pdf": (N_("「{name}」是 PDF，里面的表格不能可靠读出。"), N_("请向发文单位索取 Excel、WPS 或 Word 原件后再导入。")),
    "ofd": (
        N_("「{name}」是 OFD 版式文件，里面的表格不能可靠读出。"),
        N_("请向发文单位索取 Excel、WPS 或 Word 原件后再导入。"),
    ),
    "picture": (N_("「{name}」是图片，读不出表格。"), N_("请向发文单位索取 Excel、WPS 或 Word 原件后再导入。")),
    "archive": (N_("「{name}」是压缩包或其他打包文件，不是任务表。"), N_("请先解压，再导入里面的任务表。")),
    "program": (N_("「{name}」是程序，不是任务表，没有打开。"), ""),
    "mhtml": (N_("「{name}」是单个文件的网页。"), _OTHERWISE),
    "html": (N_("「{name}」是网页，里面没有表格。"), _OTHERWISE),
    "xml": (N_("「{name}」是 XML 文件，不是任务表。"), _OTHERWISE),
    "binary": (N_("「{name}」不是能认出的表格或文档。"), _OTHERWISE),
    "encoding": (N_("「{name}」的文字编码认不出，既不是 UTF-8 也不是 GB18030。"), _OTHERWISE),
    "quotes": (N_("「{name}」的引号不成对，分不清各个单元格，没有读入。"), _OTHERWISE),
    "large": (N_("「{name}」展开后太大，不像一份任务表，没有读入。"), N_("请只保留任务表所在的工作表后再导入。")),
    "long": (
        N_("「{name}」有一个单元格的文字太长，不像任务表，没有读入。"),
        N_("请删去任务表以外的长篇文字后再导入。"),
    ),
    "entities": (
        N_("「{name}」里有外部实体声明，可能有害，没有读入。"),
        N_("请用 WPS 或 Office 另存一份后再导入。"),
    ),
    "deep": (
        N_("「{name}」的内容层层嵌套，不像正常的文件，没有读入。"),
        N_("请用 WPS 或 Office 另存一份后再导入。"),
    ),
    "far": (N_("「{name}」的内容伸到了表格极远的行列，没有读入。"), N_("请删去任务表以外的单元格后再导入。")),
    "rows": (N_("「{name}」超过 10000 行，不像一份任务表，没有读入。"), N_("请只保留任务表后再导入。")),
    "slow": (N_("「{name}」读了很久也没有读完，已停止。"), N_("请用 WPS 或 Office 另存一份后再导入。")),
}
_WARNINGS = {
    "cut": N_("「{name}」的最后一行比其他行少几格，文件可能不完整，请核对最后一项任务。"),
}


def read_workbook(data: bytes, name: str) -> Workbook:
    """The sheets of a table's file; ClerkError for anything else, within seconds and without taking memory here."""
    began = monotonic()
    if len(data) > LARGEST:
        raise refusal("large", name)
    found = _read_in_child(data, name)
    if "refused" in found:
        raise refusal(str(found["refused"]), name)
    if found["kind"] in _WITHOUT_NAMES:
        _name_the_only_table(found["sheets"], name)
    sheets = tuple(Sheet.from_reader(sheet) for sheet in found["sheets"])
    if "heads" in found:
        sheets = join_tables(sheets, [(lines, columns) for lines, columns in found["heads"]])
    said = [say(_WARNINGS[word], name=name) for word in found["warnings"]]
    return Workbook(
        sheets,
        title=str(found["title"]),
        year=found["year"],
        warnings=(*_about_ending(found["kind"], name), *said),
        seconds=monotonic() - began,
    )


def read_form(data: bytes, name: str) -> Workbook:
    """The sheets of a form that people filled in: every character as typed, and longer texts than a task table has."""
    if len(data) > LARGEST:
        raise refusal("large", name)
    found = _read_in_child(data, name, "form")
    if "refused" in found:
        raise refusal(str(found["refused"]), name)
    return Workbook(tuple(Sheet.from_reader(sheet, as_typed=True) for sheet in found["sheets"]))


def _name_the_only_table(sheets: list[dict[str, Any]], name: str) -> None:
    """A file with one table that has no name of its own gives it the file's name."""
    titles = [sheet["title"] for sheet in sheets]
    if titles[0] in ("", "表1") and "表2" not in titles:
        sheets[0]["title"] = Path(name).stem


def _about_ending(kind: str, name: str) -> tuple[Sentence, ...]:
    """A warning where the ending promises another format than the file is."""
    words, endings = _KINDS[kind]
    if Path(name).suffix.lower() in endings:
        return ()
    return (say(N_("「{name}」的内容其实是{kind}，已按内容读入，请核对。"), name=name, kind=say(words)),)


def refusal(word: str, name: str) -> ClerkError:
    """The sentence for the reader's word."""
    title, advice = _REFUSALS.get(word, _REFUSALS["damaged"])
    return ClerkError(_(title).format(name=name), _(advice) if advice else "")


def _read_in_child(data: bytes, name: str, *words: str) -> dict[str, Any]:
    # The reader's package is found by its folder alone: importing the house would take longer than reading.
    start = "import sys; sys.path.append(sys.argv[1]); from reading.child import main; main()"
    folder = str(Path(__file__).resolve().parent)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module, no word of the file in it
            [sys.executable, "-W", "ignore", "-c", start, folder, *words],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as slow:
        raise refusal("slow", name) from slow
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError as broken:
        raise refusal("damaged", name) from broken
    return found
