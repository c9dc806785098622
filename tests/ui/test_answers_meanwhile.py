"""Long work on a large plan: the window goes on answering, and what is stopped writes nothing."""

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app import language
from desktop_app.language import _, speaking
from tests.ui.conftest import HALF, Beats, Clerk
from ui import background
from ui.background import Stop, StoppedError
from ui.dialogs.restore_dialog import RestoreDialog
from ui.main_window import MainWindow


@pytest.mark.parametrize("name", ["list.xlsx", "list.pdf", "copy.pdf"])
def test_the_window_answers_while_files_are_made(window: MainWindow, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    make = window.send.papers.save_copy if name.startswith("copy") else window.check.save_list
    assert Beats().standstill(lambda: make(file)) < HALF
    assert file.stat().st_size > 5000
    assert str(file) in window.message_bar.text.text()
    assert window.work_bar.isHidden()


def test_the_window_answers_while_a_table_is_read_a_copy_looked_at_and_the_journal_walked(
    window: MainWindow, large: Path, tmp_path: Path
) -> None:
    assert Beats().standstill(lambda: window.plan.read(large / "table.xlsx")) < HALF
    window.settings.book.copy_to(tmp_path / "copy.yuebao")
    assert window.work_bar.isVisible()
    assert not window.work_bar.stop.isVisible(), "a copy that is read back ends by itself"
    background.wait()
    QApplication.processEvents()
    assert "读回核对一致" in window.message_bar.text.text()
    assert Beats().standstill(lambda: window.preview(tmp_path / "copy.yuebao")) < HALF
    window.findChild(RestoreDialog).reject()
    assert Beats().standstill(window.settings.book.verify_journal) < HALF


def test_one_works_on_while_it_runs_and_what_is_typed_is_saved(window: MainWindow, tmp_path: Path) -> None:
    window.check.save_list(tmp_path / "list.pdf")
    assert window.work_bar.isVisible()
    task = window.session.view.rows[3].task.id
    window.open_task(task, "narrative")
    window.fill.form.texts["narrative"].insertPlainText("同时写的。")
    assert window.session.autosave.flush()
    assert background.busy()
    assert window.session.view.row(task).entry.narrative.startswith("同时写的。")


def test_stopped_work_writes_nothing_and_a_second_one_waits(window: MainWindow, tmp_path: Path, qtbot) -> None:
    go = threading.Event()
    written: list[str] = []

    def slow(stop: Stop) -> None:
        assert go.wait(20)
        stop.here()
        written.append("x")

    work = window.session.work
    assert work.start("正在试。", slow, written.append)
    assert window.work_bar.isVisible()
    assert window.work_bar.stop.accessibleName() == "停下：正在试。"
    assert not work.start("又一件。", slow, written.append)
    assert "正在试。请等它完成" in window.message_bar.text.text()
    window.work_bar.stop.click()
    assert window.work_bar.isHidden()
    assert "已停下，没有写文件" in window.message_bar.text.text()
    go.set()
    background.wait()
    QApplication.processEvents()
    assert written == []
    assert not work.under_way


def test_an_export_that_is_stopped_leaves_no_file(window: MainWindow, tmp_path: Path) -> None:
    window.send.papers.save_copy(tmp_path / "copy.pdf")
    window.work_bar.stop.click()
    background.wait()
    QApplication.processEvents()
    assert list(tmp_path.glob("*copy*")) == []
    assert "已停下" in window.message_bar.text.text()


def test_work_that_fails_is_said_in_words(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    window.send.papers.save_copy(tmp_path / "file" / "copy.pdf")
    background.wait()
    QApplication.processEvents()
    assert window.work_bar.isHidden()
    assert window.message_bar.property("kind") == "bad"


def test_stop_is_looked_at_between_steps() -> None:
    stop = Stop()
    stop.here()
    stop.ask()
    with pytest.raises(StoppedError):
        stop.here()


def test_paper_made_in_chinese_leaves_an_english_window_alone(clerk: Clerk) -> None:
    """What a worker says in Chinese for a while is said in its thread only, also where two of them overlap."""
    language.use("en")
    inside, out = threading.Barrier(3), threading.Barrier(3)
    heard: list[str] = []

    def paper() -> None:
        with speaking("zh"):
            inside.wait(20)
            heard.append(_("关闭"))
            out.wait(20)

    workers = [threading.Thread(target=paper) for _each in range(2)]
    for worker in workers:
        worker.start()
    inside.wait(20)
    assert _("关闭") == "Close"
    assert language.code() == "en"
    out.wait(20)
    for worker in workers:
        worker.join()
    assert heard == ["关闭", "关闭"]
    assert _("关闭") == "Close"
