"""The program on the accessibility bus, read by pyatspi as a screen reader reads it: page by page, field by field."""

from tests.screen.hands import BUTTONS, FIELDS, said
from tests.screen.seat import until

PAGES = {"ctrl+1": "五步办完本月", "ctrl+2": "任务列表", "ctrl+3": "校验结果", "ctrl+4": "页面预览",
         "ctrl+5": "全年各月", "ctrl+6": "要由人确认的问题", "ctrl+7": "签署密钥"}  # fmt: skip
READ = {*BUTTONS, *FIELDS, "list", "table", "tree table"}
ALONE = ("查找", "按编号", "另外写明")  # a search says in itself what it is for


def test_every_page_is_read_with_names_roles_labels_and_what_is_wrong(sit_down, book, seat):
    hands = sit_down(book)
    counted = 0
    for key, landmark in PAGES.items():
        hands.press(key)
        hands.wait_for(landmark)
        nodes = [node for node in hands.tree() if node["role"] in READ]
        counted += len(nodes)
        for node in nodes:
            assert said(node).strip(), node
            inside_spin = node["role"] == "text" and "内部截止日" in node["name"]
            if node["role"] in FIELDS and not node["name"].startswith(ALONE) and not inside_spin:
                assert node["relations"].get("labelled-by"), node
        assert len(nodes) >= 10, (key, nodes)
    assert counted > 100
    hands.press("ctrl+2")
    hands.focus_in("任务列表")
    hands.press("ctrl+f")
    hands.focus_in("查找")
    hands.write("2-14")
    hands.press("Return", "Return", "alt+l")
    field = hands.focus_in("累计完成")
    assert "上月累计 85 + 本月 96 = 181 台" in field["description"]
    assert {"focused", "enabled", "editable"} <= set(field["states"])
    hands.press("alt+j")
    words = hands.focus_in("本月进展")
    assert words["description"].startswith("必填")
    assert "multi_line" in words["states"]
    hands.press("alt+z")
    hands.focus_in("在施")
    hands.write("1,2")
    until(lambda: "不是数字" in hands.focus_in("在施")["description"], "the refusal in the field's description")
    hands.press("ctrl+a", "Delete")
    until(lambda: hands.focus_in("在施")["description"] == "", "the refusal gone")
    nil = hands.wait_for("零报告", "check box")
    assert "checked" not in nil["states"]
    hands.press("ctrl+0")
    until(lambda: "checked" in hands.wait_for("零报告", "check box")["states"], "the tick read out")
    assert hands.focus_in("零报告原因")["description"].startswith("必填")
    hands.leave()
