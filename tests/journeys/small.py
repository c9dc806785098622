"""A bureau and two units on a plan of three tasks: a whole month costs two seconds instead of twenty."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.test_street import yuebao

TABLE = (
    "示例任务集（非官方文本）北京市大气污染防治2023年行动计划,,,,,\n"
    "序号,重点任务,工作措施,完成时限,主责单位,协办单位\n"
    "1,扬尘治理,对辖区内工地开展扬尘执法检查，全年不少于300次。,年底前,各区政府（含北京经济技术开发区管委会）,\n"
    "2,餐饮油烟,完成40家餐饮单位油烟净化设施改造。,年底前,各区政府（含北京经济技术开发区管委会）,\n"
    "3,宣传教育,持续开展生态环境宣传教育活动。,长期实施,各区政府（含北京经济技术开发区管委会）,\n"
)
TOWN = "漷县镇人民政府"
PEOPLE = {"朝阳区政府": ("王喆", "李堃"), "通州区政府": ("张漷", "赵珺"), TOWN: ("周泃", "吴堃")}
TEXT = "本月按计划推进，完成了既定的工作内容，现场检查和资料归档同步进行。"
WHY = "示例说明：任务集中安排在二、三季度实施，预计上半年赶上序时进度。"


@dataclass(frozen=True)
class Side:
    """A book, worked on one day."""

    book: Path
    secret: Path
    day: str

    def on(self, day: str) -> "Side":
        return Side(self.book, self.secret, day)

    def __call__(self, *words: object, code: int = 0) -> dict[str, Any]:
        """A command on this book; those that sign are given the passphrase."""
        return yuebao(*words, "--book", self.book, "--today", self.day, code=code)

    def signing(self, *words: object, code: int = 0) -> dict[str, Any]:
        return self(*words, "--passphrase-file", self.secret, code=code)

    def write_month(self, period: str, this_month: int, text: str = TEXT) -> None:
        """Fill all three tasks, the amounts with the same figure, and explain what is asked."""
        amounts = {"this_month": str(this_month), "cumulative": str(this_month)}
        rows: list[dict[str, Any]] = [
            {
                "task": f"1-{number}",
                "status": "on_track",
                "narrative": f"{text}（第{number}项）",
                "next_steps": "继续推进。",
            }
            | (amounts if number < 3 else {"status": "ongoing"})
            for number in (1, 2, 3)
        ]
        file = self.book.with_suffix(".json")
        file.write_text(json.dumps({"entries": rows}, ensure_ascii=False), encoding="utf-8")
        assert self("fill", period, "--from", file)["refused"] == []
        self.explain(period)

    def explain(self, period: str) -> None:
        for row in yuebao_any(self, "check", period)["findings"]:
            if row["severity"] == "warning" and not row["explanation"]:
                self("explain", period, row["task"], row["code"], WHY)

    def sign(self, period: str) -> dict[str, Any]:
        found = self("key", "list")["keys"]
        for key in sorted(found, key=lambda each: each["role"], reverse=True):
            done = self.signing("sign", period, "--role", key["role"], "--key", key["name"])
        return done


def yuebao_any(side: Side, *words: object) -> dict[str, Any]:
    """A command that may answer no."""
    try:
        return side(*words)
    except AssertionError:
        return side(*words, code=1)


def new_bureau(folder: Path, day: str) -> Side:
    secret = folder / "secret"
    secret.write_text("一二三四五六\n", encoding="utf-8")
    made = Side(folder / "desk.yuebao", secret, day)
    made.signing("bureau", "new")
    made("bureau", "export", "--out", folder / "bureau.pem")
    return made


def new_unit(folder: Path, name: str, bureau: Side) -> Side:
    """A unit with two keys, enrolled at the bureau."""
    made = Side(folder / f"{name}.yuebao", bureau.secret, bureau.day)
    made("new", "--unit", name)
    _with_keys(made, name, folder / f"{name}.pem")
    bureau("bureau", "enrol", folder / f"{name}.pem")
    return made


def new_town(folder: Path, district: Side) -> Side:
    """A town that no directory has, with two keys; its certificate is in town.pem, and enrolled nowhere."""
    made = Side(folder / "town.yuebao", district.secret, district.day)
    made("new", "--unit", TOWN, "--unlisted")
    _with_keys(made, TOWN, folder / "town.pem")
    return made


def _with_keys(made: Side, name: str, certificate: Path) -> None:
    preparer, approver = PEOPLE[name]
    made.signing("key", "new", "--name", preparer, "--role", "preparer")
    made.signing("key", "new", "--name", approver, "--role", "approver")
    made("people", "--preparer", preparer, "--approver", approver, "--phone", "010-65090000")
    made("key", "export", "--out", certificate)
