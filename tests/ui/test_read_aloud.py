"""What a screen reader is given, in every window: a name, a role, the label that belongs, what is asked and wrong."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTableView,
    QTextBrowser,
    QWidget,
)

from tests.ui.every_window import DIALOGS, PAGES, settle
from ui.fields.public_mark import PublicMark
from ui.fields.remark_box import RemarkBox

Role = QAccessible.Role
ROLES = (
    (QRadioButton, {Role.RadioButton}),
    (QCheckBox, {Role.CheckBox}),
    (PublicMark, {Role.CheckBox}),  # a button that stays in, or not
    (QPushButton, {Role.Button, Role.RadioButton, Role.ButtonMenu}),
    (QComboBox, {Role.ComboBox}),
    (QAbstractSpinBox, {Role.SpinBox}),
    (QTextBrowser, {Role.StaticText}),
    (QPlainTextEdit, {Role.EditableText}),
    (QLineEdit, {Role.EditableText}),
    (QListView, {Role.List}),
    (QTableView, {Role.Table, Role.Tree}),
    (QProgressBar, {Role.ProgressBar}),
)
FIELDS = (QComboBox, QAbstractSpinBox, QPlainTextEdit, QLineEdit)


def controls(top: QWidget) -> list[QWidget]:
    """All that is in view and can be used or read; what a spin box is made of is its own affair."""
    kinds = (QAbstractButton, QAbstractItemView, QTextBrowser, QProgressBar, *FIELDS)
    return [
        widget
        for widget in top.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisible()
        and widget.window() is top.window()
        and not isinstance(widget, QHeaderView)
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
    ]


def heard(widget: QWidget) -> tuple[str, str, list[str]]:
    """Name, description and labels."""
    interface = QAccessible.queryAccessibleInterface(widget)
    labels = [
        other.text(QAccessible.Text.Name)
        for other, relation in interface.relations()
        if relation == QAccessible.RelationFlag.Label
    ]
    name, about = (interface.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description))
    if name.strip() and isinstance(widget, QLineEdit) and not labels:  # Qt relates only what lies beside each other
        labels = [name for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    return name.strip(), about.strip(), [label for label in labels if label.strip()]


def alone(widget: QWidget) -> bool:
    """Fields that no label can stand beside: a search says in itself what it is for, an answer stands below a remark,
    what else an answer may be beside its own round button; the desk's passphrase is asked for among buttons."""
    name = heard(widget)[0]
    return isinstance(widget, QLineEdit) and (
        name.startswith(("查找", "按编号", "在这一页里查找", "另外写明", "收文密钥的口令"))
        or any(isinstance(above, RemarkBox) for above in ancestors(widget))
    )


def ancestors(widget: QWidget) -> list[QWidget]:
    found, above = [], widget.parentWidget()
    while above is not None:
        found.append(above)
        above = above.parentWidget()
    return found


def faults(top: QWidget) -> list[str]:
    """Everything that a screen reader could not say, or would say twice."""
    said, names = [], []
    found = controls(top)
    for widget in found:
        role = QAccessible.queryAccessibleInterface(widget).role()
        name, _about, labels = heard(widget)
        kind = next(kind for kind, _roles in ROLES if isinstance(widget, kind))
        if role not in dict(ROLES)[kind]:
            said.append(f"role {role.name}: {widget!r}")
        read_only = isinstance(widget, QPlainTextEdit) and widget.isReadOnly()
        if isinstance(widget, FIELDS) and not read_only and not alone(widget) and not labels:
            said.append(f"no label: {name} {widget!r}")
        if not isinstance(widget, QComboBox | QAbstractSpinBox) and not name:
            said.append(f"no name: {widget!r}")
        if isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Password:
            assert QAccessible.queryAccessibleInterface(widget).state().passwordEdit
        names.append((role, tuple(labels) or name))
    keys = letters(top)
    said += [f"letter twice: {key}" for key in sorted({key for key in keys if keys.count(key) > 1})]
    said += [f"twice: {name}" for name in sorted({str(name) for name in names if names.count(name) > 1})]
    return said


def letters(top: QWidget) -> list[str]:
    """The Alt letters of what is in view, of labels, buttons and shortcuts."""
    found = [
        QKeySequence.mnemonic(widget.text()).toString()
        for widget in top.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible() and widget.window() is top.window()
        if not isinstance(widget, QLabel) or widget.buddy()
    ]
    keys = [
        shortcut.key().toString()
        for shortcut in top.findChildren(QShortcut)
        if shortcut.context() is Qt.ShortcutContext.WindowShortcut
        if isinstance(above := shortcut.parent(), QWidget) and above.isVisible() and above.window() is top.window()
    ]
    return [letter for letter in (*found, *keys) if letter]


def test_every_control_of_every_page_has_name_role_and_label(clerk):
    said = {}
    for page, show in PAGES.items():
        show(clerk.window)
        settle()
        assert len(controls(clerk.window)) > 8
        said[page] = faults(clerk.window)
    assert {page: found for page, found in said.items() if found} == {}


def test_every_control_of_every_dialog_has_name_role_and_label(clerk, qtbot, tmp_path):
    clerk.window.go("fill")
    said = {}
    for name, make in DIALOGS.items():
        dialog = make(clerk.window, tmp_path)
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        assert controls(dialog)
        said[name] = faults(dialog)
        dialog.close()
    assert {name: found for name, found in said.items() if found} == {}


def test_a_field_says_that_it_is_asked_for_and_what_is_wrong_with_it(clerk):
    fill, form = clerk.window.fill, clerk.window.fill.form

    def about(name):
        return heard(form.boxes[name].field)[1]

    clerk.window.go("fill")
    fill.choose("2-31", "status")
    assert about("status").startswith("必填")
    assert "本月没有填报任何内容" in about("narrative")
    assert "必填" not in about("problems")
    form.toggle_nil()
    assert "必填" not in about("status") + about("narrative")
    assert about("nil_reason").startswith("必填")
    fill.choose("2-14", "cumulative")
    assert "上月累计 85 + 本月 96 = 181 台" in about("cumulative")
    fill.choose("2-3", "under_way")
    assert about("under_way") == ""
    clerk.write("1,2")
    assert not clerk.window.session.autosave.flush()
    assert "不是数字" in about("under_way")
    clerk.focus.clear()
    clerk.window.session.autosave.note(clerk.window.session.period, "2-3", "under_way", "")
    clerk.window.session.autosave.give_up()
