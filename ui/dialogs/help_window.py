"""帮助: a page for each page of the window, with pictures, and the catalogue of rules. Nothing comes from a network."""

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop_app import assets, language
from desktop_app.language import N_, _
from ui.fields.word_line import WordLine
from ui.theme.wearing import WEARING

RULES, ABOUT = "rules", "about"
LICENCE = "licence"  # the scheme of a link to the text of one
TOPICS = (
    ("month", N_("本月")),
    ("fill", N_("填报")),
    ("check", N_("校验")),
    ("send", N_("报送")),
    ("history", N_("历史")),
    ("plan", N_("计划")),
    ("settings", N_("设置")),
    ("reception", N_("收件")),
    (RULES, N_("校验规则")),
    (ABOUT, N_("关于和许可")),
)
FOLDER = ("help", "pages")


class OwnPages(QTextBrowser):
    """Shows what it is given and pictures of the help folder; any other address is left alone."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """A picture that we ship, else nothing."""
        del kind  # only pictures are asked for: there is no style sheet in the help
        picture = QUrl(name).fileName()
        if picture.endswith(".png") and assets.exists(*FOLDER, picture):
            return QImage.fromData(assets.read_bytes(*FOLDER, picture))
        return None


class HelpWindow(QDialog):
    """Stays beside the work; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("帮助"))
        self.topics = QListWidget()
        self.topics.setAccessibleName(_("帮助目录"))
        self.topics.setTabKeyNavigation(False)
        self.topics.setFixedWidth(150)
        for _name, word in TOPICS:
            self.topics.addItem(_(word))
        self.text = OwnPages()
        self.text.setAccessibleName(_("帮助内容"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(18)
        self.search = WordLine()
        self.search.setAccessibleName(_("在这一页里查找"))
        self.search.setPlaceholderText(_("在这一页里查找　Ctrl+F"))
        self.search.setClearButtonEnabled(True)
        self.said = QLabel()
        self.said.setObjectName("muted")
        self._lay_out()
        self.topics.currentRowChanged.connect(self._show)
        self.topics.itemClicked.connect(lambda _item: self._show(self.topics.currentRow()))
        self.text.anchorClicked.connect(self._follow)
        self.search.returnPressed.connect(self.look)
        self.search.textChanged.connect(lambda _text: self.said.clear())
        QShortcut("Ctrl+F", self, self.search.setFocus)
        WEARING.changed.connect(self._coloured)
        self.resize(1000, 660)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.said)
        right = QVBoxLayout()
        right.addLayout(head)
        right.addWidget(self.text, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(10)
        box.addWidget(self.topics)
        box.addLayout(right, 1)

    def show_topic(self, name: str) -> None:
        """Open at the help of a page."""
        self.topics.setCurrentRow([topic for topic, _word in TOPICS].index(name))
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """The next place of what is searched for, from the top again at the end."""
        word = self.search.text().strip()
        if not word or self.text.find(word):
            return
        self.text.moveCursor(self.text.textCursor().MoveOperation.Start)
        if not self.text.find(word):
            self.said.setText(_("这一页里没有。"))

    def _coloured(self) -> None:
        """A page keeps the colours it was made with: it is made anew, where it stood."""
        place = self.text.verticalScrollBar().value()
        self._show(self.topics.currentRow())
        self.text.verticalScrollBar().setValue(place)

    def _follow(self, address: QUrl) -> None:
        """The text of a licence; the topic beside it leads back."""
        if address.scheme() == LICENCE:
            self.text.setPlainText(licence_text(address.path(QUrl.ComponentFormattingOption.FullyDecoded)))

    def _show(self, row: int) -> None:
        self.said.clear()
        self.text.setMarkdown(page(TOPICS[row][0]))


def page(name: str) -> str:
    """The text of a topic, in the language of the window."""
    if name == RULES:
        from desktop_app.desk.check_report import rules_page

        return rules_page()
    if name == ABOUT:
        from desktop_app.desk.licences import page as about

        return about()
    ending = "" if language.code() == "zh" else f"-{language.code()}"
    return assets.read_text(*FOLDER, f"{name}{ending}.md")


def licence_text(name: str) -> str:
    """The whole text; a word where the licence asks for none."""
    from desktop_app.desk.licences import licence_of, text_of

    row = licence_of(name)
    head = f"{row.name} {row.version}".rstrip()
    text = text_of(row) or _("没有附正文。")
    return f"{head}\n{row.licence}\n\n{text}"
