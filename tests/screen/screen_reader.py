"""A screen reader of the tests: the system's Python with pyatspi, one question a line on stdin, one answer on stdout.

Questions: {"do": "tree"} · {"do": "find", "name": words, "roles": [...], "exact": bool} · {"do": "focus"}.
"""

import json
import sys

import pyatspi
from gi.repository import GLib

STATES = {
    "focused": pyatspi.STATE_FOCUSED,
    "focusable": pyatspi.STATE_FOCUSABLE,
    "required": pyatspi.STATE_REQUIRED,
    "invalid": pyatspi.STATE_INVALID_ENTRY,
    "checked": pyatspi.STATE_CHECKED,
    "checkable": pyatspi.STATE_CHECKABLE,
    "enabled": pyatspi.STATE_ENABLED,
    "editable": pyatspi.STATE_EDITABLE,
    "read_only": pyatspi.STATE_READ_ONLY,
    "selected": pyatspi.STATE_SELECTED,
    "multi_line": pyatspi.STATE_MULTI_LINE,
    "active": pyatspi.STATE_ACTIVE,
}
ITEMS = ("list item", "table cell", "tree item")  # the chosen one says "focused" also when its list has not the cursor
LISTS = ("list", "table", "tree", "tree table")
CLOSED = ("label", "push button", "radio button", "text", "combo box", "password text")
GONE = (GLib.Error, LookupError, RuntimeError, AttributeError)  # a widget went away while it was being asked


def program():
    """The program on the bus, asked afresh each time; None while it is not there."""
    desktop = pyatspi.Registry.getDesktop(0)
    for place in range(desktop.childCount):
        found = desktop.getChildAtIndex(place)
        if found is not None and found.childCount:
            found.set_cache_mask(0)
            return found
    return None


def text_of(node) -> str:
    try:
        text = node.queryText()
        return text.getText(0, text.characterCount)
    except NotImplementedError:
        return ""


def told(node, states) -> dict:
    """What is read out of one control."""
    box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    relations = {}
    for relation in node.getRelationSet():
        kind = relation.getRelationType().value_nick
        targets = [relation.getTarget(place) for place in range(relation.getNTargets())]
        relations.setdefault(kind, []).extend(target.name for target in targets if target is not None)
    return {
        "role": node.getRoleName(),
        "name": node.name,
        "description": node.description,
        "text": text_of(node),
        "states": [name for name, state in STATES.items() if states.contains(state)],
        "relations": relations,
        "box": [box.x, box.y, box.width, box.height],
    }


def showing(node, depth=0, *, rows=False):
    """Every node that can be seen, from above, with how deep it lies; what is in lists and tables only as `rows`."""
    for place in range(node.childCount):
        try:
            child = node.getChildAtIndex(place)
            if child is None:
                continue
            states = child.getState()
            if not (states.contains(pyatspi.STATE_SHOWING) or states.contains(pyatspi.STATE_VISIBLE)):
                continue
            yield child, states, depth
            if child.getRoleName() not in CLOSED + (() if rows else LISTS):
                yield from showing(child, depth + 1, rows=rows)
        except GONE:
            continue


def all_told(top):
    for node, states, depth in showing(top):
        try:
            yield told(node, states) | {"depth": depth}
        except GONE:
            continue


def answer(question: dict) -> object:
    top = program()
    if top is None:
        return None
    if question["do"] == "tree":
        return list(all_told(top))
    rows = any(role in ITEMS for role in question.get("roles", ()))
    for node, states, _depth in showing(top, rows=rows):
        if question["do"] == "focus":
            if states.contains(pyatspi.STATE_FOCUSED) and node.getRoleName() not in ITEMS:
                return told(node, states)
        elif states.contains(pyatspi.STATE_SHOWING) and fits(node, question):
            return told(node, states)
    return None


def fits(node, question: dict) -> bool:
    name, wanted = node.name, question["name"]
    if not (name == wanted if question.get("exact") else wanted in name):
        return False
    return not question.get("roles") or node.getRoleName() in question["roles"]


for line in sys.stdin:
    try:
        said = answer(json.loads(line))
    except GONE:  # asked again, it will be another
        said = None
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    sys.stdout.flush()
