"""单位名录: institutions that the directory lacks, and what people here call the others."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from desktop_app.desk import set_back, units
from desktop_app.language import N_, _
from desktop_app.model.unit import UnitKind
from ui.fields.word_line import WordLine
from ui.pages.settings_card import SettingsCard, muted
from ui.session import Session

KINDS = (
    (UnitKind.INSTITUTION, N_("市属机构")),
    (UnitKind.DEPARTMENT, N_("市级部门")),
    (UnitKind.DISTRICT, N_("区政府")),
)


class UnitsCard(SettingsCard):
    """A name that is known with a new alias adds the alias; anything else adds a unit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        about = _("任务表里出现名录没有的单位时，在这里添加。名称填已有的单位、别名填新叫法，就是给它加别名。")
        super().__init__(session, _("单位名录"), about, parent)
        self.list = QListWidget()
        self.empty = muted(_("还没有自己添加的单位和别名。"))
        self.name = WordLine()
        self.alias = WordLine()
        self.kind = QComboBox()
        self.add = QPushButton(_("添加(&D)"))
        self.remove = QPushButton(_("删除选中的(&E)"))
        self.enrol = QPushButton(_("登记下属单位的证书…"))
        self._lay_out()
        self.add.clicked.connect(self.add_unit)
        self.name.returnPressed.connect(self.add_unit)
        self.alias.returnPressed.connect(self.add_unit)
        self.remove.clicked.connect(self.remove_unit)
        self.enrol.clicked.connect(self._choose_certificate)
        self.list.itemSelectionChanged.connect(self._selected)

    def _lay_out(self) -> None:
        for kind, word in KINDS:
            self.kind.addItem(_(word), str(kind))
        self.alias.setPlaceholderText(_("可不填，几个别名用逗号隔开"))
        form = QGridLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        fields = ((_("名称(&M)"), self.name), (_("别名(&L)"), self.alias), (_("类别(&K)"), self.kind))
        for place, (word, field) in enumerate(fields):
            label = QLabel(word)
            label.setBuddy(field)
            field.setAccessibleName(word.split("(&")[0])
            form.addWidget(label, place, 0)
            form.addWidget(field, place, 1, 1, 1 if field is self.kind else 2)
        form.addWidget(self.add, 2, 2)
        form.setColumnStretch(1, 1)
        self.box.addLayout(form)
        self.list.setAccessibleName(_("自己添加的单位和别名"))
        self.list.setTabKeyNavigation(False)
        self.list.setFixedHeight(96)
        self.box.addWidget(self.list)
        self.box.addWidget(self.empty)
        self.enrol.setToolTip(_("街乡镇、内设部门向本单位报月报的：登记以后，窗口左边会多出「收件」。"))
        row = QHBoxLayout()
        row.addWidget(self.enrol)
        row.addStretch(1)
        row.addWidget(self.remove)
        self.box.addLayout(row)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.name, self.alias, self.kind, self.add, self.remove)

    def show_values(self) -> None:
        """Read everything from the book."""
        desk = self.session.desk
        self.list.clear()
        for unit in units.own_units(desk):
            if units.is_own(unit):
                names = _("（别名：{names}）").format(names="、".join(unit.aliases)) if unit.aliases else ""
                self._show(f"{unit.code}　{unit.name}{names}", unit.code)
        for unit, alias in units.own_aliases(desk):
            self._show(_("{alias}　即 {unit}").format(alias=alias, unit=unit.name), alias)
        self.list.setVisible(self.list.count() > 0)
        self.remove.setVisible(self.list.count() > 0)
        self.empty.setVisible(self.list.count() == 0)
        self._selected()

    def add_unit(self) -> None:
        """Add what the form says; what was typed stays where it is refused."""
        desk, name = self.session.desk, self.name.text().strip()
        typed = self.alias.text().replace("，", ",").split(",")
        aliases = tuple(part.strip() for part in typed if part.strip())
        known = desk.directory.find(name)

        def add() -> None:
            if known is not None and aliases:
                for alias in aliases:
                    units.add_alias(desk, known.code, alias)
            else:
                units.add_unit(desk, name, kind=self.kind.currentData(), aliases=aliases)

        if not self.session.attempt(add):
            self.show_values()
            return
        self.name.clear()
        self.alias.clear()
        self.session.refresh()
        self.session.messages.good(_("已添加「{name}」，以后导入的任务表会认得它。").format(name=name))
        self.name.setFocus()

    def remove_unit(self) -> None:
        """Take the selected unit or alias out; one button puts it back."""
        chosen = self.list.selectedItems()
        if not chosen:
            return
        desk, word = self.session.desk, str(chosen[0].data(Qt.ItemDataRole.UserRole))
        gone: list[str] = []
        back = set_back.way_back(desk, set_back.UNITS)
        if self.session.attempt(lambda: gone.append(units.remove_unit(desk, word))):
            self.session.refresh()
            self.session.messages.good(_("已删除「{name}」。").format(name=gone[0]), self.undoing(back))

    def enrol_unit(self, file: Path) -> None:
        """Trust the certificate of a town or department, and expect its reports."""
        from desktop_app.desk import bureau

        steps = bureau.taking_on(self.session.desk, file)
        self.session.work.follow(_("正在核验证书…"), steps, self._enrolled, self._not_enrolled)

    def _enrolled(self, done: Any) -> None:
        self.session.refresh()
        text = _("已登记{unit}的证书，请核对指纹：{mark}。它的月报在「收件」里收。")
        self.session.messages.good(text.format(unit=done.unit_name, mark=done.fingerprint))

    def _not_enrolled(self) -> None:
        self.session.messages.note(_("已停下，没有登记任何证书。"))

    def _choose_certificate(self) -> None:
        kinds = _("证书或签名的文件 (*.pem *.cer *.crt *.pdf)")
        file, _kind = QFileDialog.getOpenFileName(self, _("选择单位证书"), "", kinds)
        if file:
            self.enrol_unit(Path(file))

    def _show(self, text: str, word: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, word)
        self.list.addItem(item)

    def _selected(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))
