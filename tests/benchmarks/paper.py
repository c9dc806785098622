"""Paper: our pages beside other engines' of the same texts, each in a cold process of its own, in turns.

One-threaded engines are compared by processor time, which a busy machine does not stretch; typst, which uses every
core, by the clock and by processor time, whichever is worse for us.

Engines that this Python does not have are said to be missing. YUEBAO_BENCH_PYTHON names another Python that has them.
"""

import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pypdfium2

NAME = "paper"
SIZE_NAME = "tasks"
SIZE = 500
ROUNDS = 3
ROW = "  {engine}: {seconds:.2f} s, {cpu_seconds:.2f} s of processor, {memory_mb:.0f} MB, {pages} pages"
LIMITS = {"time / typst": 0.7, "time / reportlab": 0.35, "memory / typst": 0.7, "cost per task, 10 × as many": 1.1}
_TOP = Path(__file__).resolve().parents[2]
_FONTS = _TOP / "resources" / "fonts"
_PEERS = {"reportlab": "stock", "typst": "typst", "weasyprint": "weasyprint"}
_HEADS = ("序号", "重点任务", "完成时限", "目标", "进展状态", "本月完成", "累计完成", "完成率")
_WORDS = (
    "推进", "完成", "污染治理", "街道乡镇", "现场核查", "清洁能源", "改造工程", "监测点位", "执法检查",
    "台账管理", "专题调度",
    "生态修复",
    "水环境", "扬尘管控", "挥发性有机物", "建筑节能", "新能源车", "责任落实",
)  # fmt: skip


def data(size: int) -> dict[str, Any]:
    """The texts of this many tasks, some 330 characters each."""
    dice = random.Random(9)  # noqa: S311

    def text(length: int) -> str:
        said = ""
        while len(said) < length:
            said += dice.choice(_WORDS) + dice.choice(
                ("，", "、", "", f"{dice.randint(1, 999)}项，", "PM2.5浓度下降，")
            )
        return said.rstrip("，、") + "。"

    tasks = [
        {
            "facts": [str(number), text(8)[:-1], "年底前", f"完成{number * 3}万平方米", "正常推进", "—", "—", "—"],
            "texts": [("工作措施", text(60)), ("本月进展", text(150)), ("存在问题（原因）", text(40)),
                      ("下一步工作安排", text(40)), ("需市级协调事项", text(20))],
        }
        for number in range(1, size + 1)
    ]  # fmt: skip
    return {"heads": _HEADS, "tasks": tasks}


def measure(size: int, rounds: int) -> dict[str, Any]:
    """Every engine's best time and memory over the rounds, and how ours stands to them."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        small, large = work / "small.json", work / "large.json"
        for file, count in ((small, size), (large, 10 * size)):
            file.write_text(json.dumps(data(count), ensure_ascii=False), encoding="utf-8")
        engines = {"ours": _ours(small, work / "ours.pdf"), **_peers(small, work)}
        engines["ours, 10 × as many"] = _ours(large, work / "large.pdf")
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in engines}
        for _round in range(rounds):
            for name, (command, _out) in engines.items():
                found[name].append(_run(command))
        rows = [
            {
                "engine": name,
                "seconds": round(min(run[0] for run in runs), 3),
                "cpu_seconds": round(min(run[1] for run in runs), 3),
                "memory_mb": round(min(run[2] for run in runs), 1),
                "pages": _pages(engines[name][1]),
            }
            for name, runs in found.items()
        ]
        start = min(_run(_ours(_empty(work), work / "empty.pdf")[0])[1] for _round in range(rounds))
    targets = _targets({row["engine"]: row for row in rows}, size, start)
    return {
        "name": NAME, SIZE_NAME: size, "rows": rows, "missing": [name for name in _wanted() if name not in engines],
        "targets": targets, "holds": all(target["holds"] for target in targets),
    }  # fmt: skip


def _wanted() -> tuple[str, ...]:
    return (*_PEERS, "libreoffice")


def _empty(work: Path) -> Path:
    """A report of one task: what a process costs before the tasks do."""
    file = work / "one.json"
    file.write_text(json.dumps(data(1), ensure_ascii=False), encoding="utf-8")
    return file


def _ours(source: Path, out: Path) -> tuple[list[str], Path]:
    return [sys.executable, "-m", "tests.benchmarks._paper_ours", str(source), str(out)], out


def _peers(source: Path, work: Path) -> dict[str, tuple[list[str], Path]]:
    script = str(Path(__file__).with_name("_paper_peers.py"))
    python = os.environ.get("YUEBAO_BENCH_PYTHON", sys.executable)
    found = {}
    for name, engine in _PEERS.items():
        own = name == "reportlab"
        if own or _has(python, name):
            out = work / f"{name}.pdf"
            runner = sys.executable if own else python
            found[name] = ([runner, script, engine, str(source), str(_FONTS), str(out)], out)
    office = shutil.which("lowriter")  # a machine may have Calc alone
    if office:
        out = work / "libreoffice.pdf"
        page = work / "libreoffice.html"
        subprocess.run([sys.executable, script, "page", str(source), str(_FONTS), str(page)], check=True)
        home = f"-env:UserInstallation={(work / 'office').as_uri()}"
        kind = "pdf:writer_web_pdf_Export"
        found["libreoffice"] = (
            [office, home, "--headless", "--convert-to", kind, "--outdir", str(work), str(page)], out,
        )  # fmt: skip
    return found


def _has(python: str, name: str) -> bool:
    if python == sys.executable:
        return importlib.util.find_spec(name) is not None
    return subprocess.run([python, "-c", f"import {name}"], capture_output=True, check=False).returncode == 0


def _run(command: list[str]) -> tuple[float, float, float]:
    """Seconds by the clock, of the processor, and megabytes at the most, of one process from start to end.

    Modules are compiled once, in the first round, as those of an installed program are.
    """
    kept = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(command[-1]).parent / "compiled")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    started = perf_counter()
    process = subprocess.Popen(command, cwd=_TOP, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaints = process.stderr.read() if process.stderr else b""
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stderr:
        process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{command[:4]}: {complaints.decode('utf-8', 'replace')[-400:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _pages(pdf: Path) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _targets(rows: dict[str, dict[str, Any]], size: int, start: float) -> list[dict[str, Any]]:
    """What was set out to be reached, as far as the engines are here to compare with."""
    ours, many = rows["ours"], rows["ours, 10 × as many"]
    each = max(1e-9, (ours["cpu_seconds"] - start) / size)
    ratios: dict[str, Callable[[], float]] = {
        "time / typst": lambda: max(ours[kind] / rows["typst"][kind] for kind in ("seconds", "cpu_seconds")),
        "time / reportlab": lambda: ours["cpu_seconds"] / rows["reportlab"]["cpu_seconds"],
        "memory / typst": lambda: ours["memory_mb"] / rows["typst"]["memory_mb"],
        "cost per task, 10 × as many": lambda: (many["cpu_seconds"] - start) / (10 * size) / each,
    }
    known = [name for name in LIMITS if "typst" not in name or "typst" in rows]
    return [
        {"name": name, "ratio": round(ratio, 3), "limit": LIMITS[name], "holds": ratio <= LIMITS[name]}
        for name in known
        for ratio in [ratios[name]()]
    ]
