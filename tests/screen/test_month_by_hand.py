"""A whole month by clicks and keys, from the first run to the receipt, with a picture of every step."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app import language
from desktop_app.language import _
from tests.screen import seat as seats
from tests.screen.hands import Hands
from tests.screen.seat import TOP, until

SECRET = "zheshikouling8"
WHY = "示例说明：任务集中安排在二、三季度实施。"


def w(text: str) -> str:
    """What the window says, in its language, without the mark of a letter."""
    return _(text).replace("&", "")


@pytest.fixture(params=["zh", pytest.param("en", marks=pytest.mark.long)])
def spoken(request: pytest.FixtureRequest):
    language.use(request.param)
    yield request.param
    language.use("zh")


@pytest.fixture
def fcitx(seat: seats.Seat):
    process = seats.start_fcitx(seat)
    yield
    seat.end(process)


@pytest.fixture
def hands(sit_down: Callable[..., Hands], tmp_path: Path, spoken: str, fcitx: None) -> Hands:
    """The program on a machine where it has never run."""
    return sit_down(tmp_path / "book.yuebao", "--lang", spoken, input_method="fcitx")


def test_a_month_from_the_first_run_to_the_receipt(hands: Hands, tmp_path: Path) -> None:
    first_run(hands)
    make_key(hands, tmp_path)
    fill(hands)
    check_and_explain(hands)
    sign(hands)
    report = hand_in(hands, tmp_path / "stick")
    receipt = answer(report, tmp_path)
    take_receipt(hands, receipt)
    hands.leave()


def first_run(hands: Hands) -> None:
    hands.wait_for(w("欢迎使用月报"))
    hands.picture("first-run")
    hands.click(w("先用示例任务集试一试"))
    hands.wait_for(w("五步办完本月"))
    hands.book = hands.book.with_name("sample.yuebao")
    hands.focus_in(w("填报"))
    hands.picture("month")


def make_key(hands: Hands, folder: Path) -> None:
    """The preparer's key in 设置, and the unit's certificate for the bureau."""
    hands.press("ctrl+7")
    hands.wait_for(w("第三个工作日当天报送算按时(&A)"))
    until(lambda: hands.find(w("新建密钥…(&W)")), "the keys")
    hands.press("alt+w")
    hands.focus_in(w("姓名(&N)"))
    hands.paste("王喆")
    hands.press("alt+p")
    hands.focus_in(w("口令(&P)"))
    hands.write(SECRET)
    hands.press("Tab")
    hands.write(SECRET)
    hands.picture("new-key")
    hands.press("Return")
    hands.wait_for(_("{task}完成：{name}，证书指纹 {mark}").format(task=_("新建密钥"), name="王喆", mark=""))
    hands.picture("key-made")
    hands.press("alt+h")
    hands.wait_for(w("导出单位证书"), "dialog", "file chooser")
    hands.press("ctrl+a")
    hands.paste(str(folder / "unit.pem"))
    hands.press("Return")
    until((folder / "unit.pem").exists, "the certificate")


def go_to(hands: Hands, task: str) -> None:
    hands.press("ctrl+f")
    hands.focus_in(w("按编号、文字或拼音首字母查找"))
    hands.press("ctrl+a")
    hands.write(task)
    hands.press("Return")
    hands.focus_in(w("任务列表"))
    hands.press("Return")
    hands.focus_in(w("进展状态(&S)"))


def fill(hands: Hands) -> None:
    """What is open: a nil report, one with figures and words, one that goes on as last month, two slips."""
    hands.press("ctrl+2")
    hands.focus_in(w("任务列表"))
    hands.picture("fill")
    go_to(hands, "5-14")
    hands.press("ctrl+0")
    hands.focus_in(w("零报告原因(&0)"))
    hands.press("ctrl+space")
    hands.write("dengdaishangjibushu")
    hands.picture("composing")
    hands.press("space", "ctrl+space")
    until(lambda: hands.in_book("5-14", "nil_reason") == "等待上级部署", "the reason in the book")
    hands.picture("nil")
    go_to(hands, "3-20")
    hands.press("alt+y", "alt+q", "alt+s")  # two keys: last month's words, and standing for them
    until(lambda: hands.in_book("3-20", "narrative"), "last month's words in the book")
    hands.picture("as-last-month")
    go_to(hands, "2-31")
    hands.press("Down", "Down", "Down", "alt+m")
    hands.focus_in(w("本月完成(&M)"))
    hands.write("0.4")
    hands.press("alt+j")
    hands.focus_in(w("本月进展(&J)"))
    hands.paste("更新应急减排清单，纳入企业4000家，开展培训2次，清单内企业用电数据已全部接入。")
    hands.press("alt+x")
    hands.focus_in(w("下一步工作安排(&X)"))
    hands.paste("继续核对清单。")
    until(lambda: hands.in_book("2-31", "next_steps") == "继续核对清单。", "2-31 in the book")
    hands.picture("figures-and-words")
    go_to(hands, "2-14")
    hands.press("alt+l", "ctrl+a")
    hands.write("181")
    hands.press("Return")  # Enter in a figure: on to the next one
    until(lambda: hands.in_book("2-14", "cumulative") == "181", "the slip put right")
    go_to(hands, "3-9")
    hands.press("alt+l", "ctrl+a")
    hands.write("25")
    hands.press("ctrl+Return")
    until(lambda: hands.in_book("3-9", "cumulative") == "25", "the other slip put right")
    hands.picture("filled")


def check_and_explain(hands: Hands) -> None:
    hands.press("ctrl+3")
    hands.focus_in(w("校验结果"))
    hands.picture("check")
    hands.copy(WHY)
    hands.press("alt+v", "Down", "Tab", "Tab", "Tab")  # of all only what is still to do
    hands.focus_in(w("校验结果"))
    for _turn in range(15):
        if hands.find(w("✓ 校验通过，可以签署")):
            break
        hands.press("Tab")
        hands.focus_in(w("情况说明：{message}").split("{")[0])
        hands.press("ctrl+v", "F5")  # what is explained leaves the list, and the cursor is in the list again
        hands.focus_in(w("校验结果"))
    hands.wait_for(w("✓ 校验通过，可以签署"))
    hands.picture("explained")


def sign(hands: Hands) -> None:
    hands.press("ctrl+4")
    hands.click(w("① 填报人签署…"))
    hands.focus_in(w("口令(&P)"))
    hands.write(SECRET)
    hands.picture("statement")
    hands.press("Return")
    hands.wait_for(w("填报人已签署封存，等单位负责人签署"))
    hands.picture("sealed")
    hands.click(w("② 单位负责人签署…"))
    hands.focus_in(w("口令(&P)"))  # a key is made here on first use; the name is the one of 表尾人员
    hands.write(SECRET)
    hands.press("Tab")
    hands.write(SECRET)
    hands.press("Return")
    hands.wait_for(w("✓ 已签署锁定，可以报送"))
    hands.picture("signed")


def hand_in(hands: Hands, stick: Path) -> Path:
    stick.mkdir()
    hands.click(w("③ 报送…"))
    hands.click(w("其他文件夹…(&O)"))
    hands.wait_for(w("报送到哪个文件夹"), "dialog", "file chooser")
    hands.press("ctrl+a")
    hands.paste(str(stick))
    hands.press("Return")
    hands.wait_for(str(stick), "list item", "check box", "table cell")
    hands.picture("where-to")
    hands.press("alt+" + _("报送(&D)").partition("&")[2][0].lower())
    hands.wait_for(_("✓ 已报送：{path}　读回核对一致，校验码 {code}。").partition("{")[0])
    hands.picture("handed-in")
    hands.press("Escape")
    hands.wait_for(w("✓ 已报送，等市局回执"))
    (report,) = stick.glob("*.pdf")
    return report


def answer(report: Path, folder: Path) -> Path:
    """The bureau, by command: it enrols the unit, and answers with a receipt."""
    (folder / "secret").write_text(SECRET + "\n")
    secret = ("--passphrase-file", str(folder / "secret"))

    def yuebao(*words: str) -> dict:
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", *words, "--book", str(folder / "desk.yuebao"), "--json",
             "--today", "2023-04-04"],
            cwd=TOP, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    yuebao("bureau", "new", *secret)
    yuebao("bureau", "enrol", str(folder / "unit.pem"))
    return Path(yuebao("bureau", "accept", str(report), "--out", str(folder / "receipts"), *secret)["path"])


def take_receipt(hands: Hands, receipt: Path) -> None:
    hands.click(w("④ 收回执…"))
    hands.wait_for(w("选择市局发回的回执"), "dialog", "file chooser")
    hands.press("ctrl+a")
    hands.paste(str(receipt))
    hands.press("Return")
    hands.wait_for(w("✓ 已收到回执，本月办结"))
    hands.picture("received")
    hands.press("ctrl+1")
    hands.wait_for(w("五步办完本月"))
    hands.picture("closed")
