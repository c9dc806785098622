"""Pictures of the window for the help, larger ones for the README: python packaging/window_pictures.py.

It needs nothing but .venv and a display.

The sample month in both languages, 示例 in the head of each; QT_QPA_PLATFORM=offscreen will do for a display.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.desk.desk import Desk

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP))
FOLDER = TOP / "resources" / "help" / "pages"
DAY = date(2023, 4, 4)
README = TOP / "resources" / "help" / "pictures"
SMALL, LARGE = (760, 64), (1100, 128)  # px, colours
SHOWN = ("month", "fill", "check", "send")  # in the README, in Chinese


def report_here(desk: "Desk", folder: Path) -> None:
    """Two towns that do not exist report to the unit."""
    from desktop_app.desk import bureau, keys, open_book
    from desktop_app.model.report import Role

    for name in ("示例镇", "示例街道办事处"):
        town = open_book.create(folder / f"{name}.yuebao", name, today=DAY, unlisted=True)
        keys.new_key(town, "示例", Role.APPROVER, "示例用的口令，不保密", remember=False)
        keys.export(town, folder / f"{name}.pem")
        town.close()
        bureau.enrol(desk, folder / f"{name}.pem")


def draw(language: str) -> None:
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtWidgets import QLabel

    from desktop_app.desk import month
    from desktop_app.desk.demo import sample_book
    from ui import background
    from ui.app import make_application
    from ui.main_window import MainWindow
    from ui.messages import Messages
    from ui.pages.navigation import DESK, PAGES
    from ui.session import Session

    application = make_application(language)
    with tempfile.TemporaryDirectory() as folder:
        desk = sample_book(Path(folder) / "sample.yuebao", today=DAY)
        report_here(desk, Path(folder))
        window = MainWindow(Session(desk, month.latest_period(desk), Messages()))
        window.resize(1366, 728)
        window.show()
        window.fill.choose("2-3")
        for page, _word in (*PAGES, DESK):
            window.go(page)
            until = time.monotonic() + 0.5
            while time.monotonic() < until or background.busy():
                application.processEvents()
            for label in window.findChildren(QLabel):  # a picture names no folder of the machine it was taken on
                if folder in label.text():
                    label.setText(label.text().replace(folder, "~"))
            application.processEvents()
            held = QByteArray()
            buffer = QBuffer(held)
            buffer.open(QBuffer.OpenModeFlag.WriteOnly)
            window.grab().save(buffer, "PNG")
            image = Image.open(io.BytesIO(held.data())).convert("RGB")
            name = f"window-{page}{'' if language == 'zh' else '-' + language}.png"
            wanted = {FOLDER / name: SMALL} | ({README / name: LARGE} if language == "zh" and page in SHOWN else {})
            for file, (width, colours) in wanted.items():
                small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
                small.quantize(colours, Image.Quantize.FASTOCTREE).save(file, optimize=True)  # keeps our green a green
        window.close()
        background.wait()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        draw(sys.argv[1])
    else:  # a language is chosen once in a program
        for each in ("zh", "en"):
            subprocess.run([sys.executable, __file__, each], check=True, env=os.environ)
