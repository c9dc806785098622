"""Pictures of the sample month's pages for the readme: python packaging/pictures.py (needs nothing but .venv).

Each says 示例 in its head, for the pages themselves do.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image, ImageOps

from desktop_app.desk import handover, make_report
from desktop_app.desk.demo import MARCH, run_demo
from desktop_app.desk.open_book import open_desk

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "help" / "pictures"
_GREYS, _DOTS = 16, 84


def picture(pdf: bytes, index: int, name: str) -> None:
    """One page as a small greyscale PNG with a thin edge."""
    page = make_report.page_image(pdf, index, _DOTS)
    image = Image.frombytes("RGB", (page.width, page.height), page.rgb).convert("L")
    image = ImageOps.expand(image, border=1, fill=170).quantize(_GREYS)
    image.save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = run_demo(Path(folder))
        signed = made.report_pdf.read_bytes()
        pages = make_report.page_count(signed)
        desk = open_desk(made.book)
        try:
            public = make_report.prepare(desk, MARCH, edition="public").render().pdf
            task = make_report.prepare(desk, MARCH, edition="task", task_id="1-8").render().pdf
            slip = handover.slip(desk, MARCH, "优盘 红-07（示例）").pdf
        finally:
            desk.close()
        for pdf, index, name in (
            (signed, 0, "letter"), (signed, 3, "tasks"),
            (signed, pages - 2, "findings"),
            (signed, pages - 1, "sign-off"),
            (public, 0, "public"), (task, 0, "task"), (slip, 0, "slip"),
        ):  # fmt: skip
            picture(pdf, index, name)


if __name__ == "__main__":
    main()
