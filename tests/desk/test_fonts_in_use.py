"""What 设置 says of the faces on paper is what the pages are set in."""

from desktop_app.desk import fonts
from desktop_app.rendering import office_fonts
from tests.rendering.test_office_fonts import made


def test_each_role_says_whose_face_it_is(tmp_path, monkeypatch):
    office, system = tmp_path / "office", tmp_path / "system"
    for folder, name, family in ((office, "own.ttf", "仿宋_GB2312"), (system, "simhei.ttf", "SimHei")):
        folder.mkdir()
        (folder / name).write_bytes(made(family))
    monkeypatch.setattr(fonts, "office_folder", lambda: office)
    monkeypatch.setattr(office_fonts, "system_folders", lambda: (system,))
    title, first, second, text = fonts.in_use()
    assert (title.origin, title.name) == (fonts.OURS, "")
    assert (first.origin, first.name) == (fonts.SYSTEM, "SimHei")
    assert (second.origin, second.name) == (fonts.OURS, "")
    assert (text.origin, text.name) == (fonts.OFFICE, "仿宋_GB2312")
