"""The look into a wheel sees what is missing, what is too much and what tells of the machine that built it."""

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "packaging"))

INFO = "yuebao-9.dist-info"
Files = dict[str, bytes]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small house."""
    top = tmp_path / "source"
    for room in ("desktop_app", "ui", "resources/translations"):
        (top / room).mkdir(parents=True)
        (top / room / "__init__.py").write_bytes(b'"""A room."""\n')
    (top / "resources/translations/en.po").write_bytes(b"po")
    (top / "resources/translations/en.mo").write_bytes(b"mo")
    return top


def files(source: Path) -> Files:
    """What a wheel of it holds."""
    inside = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in source.rglob("*")
        if path.is_file() and path.suffix != ".po"
    }
    names = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    return inside | {f"{INFO}/{name}": b"text\n" for name in names}


def seen(source: Path, inside: Files) -> list[str]:
    from look_into_wheel import troubles

    wheel = source.parent / "yuebao-9-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    return troubles(wheel, source)


def test_a_whole_wheel_passes(source: Path) -> None:
    assert seen(source, files(source)) == []


def _without(name: str) -> Callable[[Path, Files], object]:
    return lambda _source, inside: inside.pop(name)


def _with(name: str, data: bytes = b"x") -> Callable[[Path, Files], object]:
    return lambda _source, inside: inside.update({name: data})


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (_without("resources/translations/en.mo"), "the English texts are not compiled"),
        (_without("ui/__init__.py"), "ui/__init__.py is missing"),
        (_without(f"{INFO}/licenses/LICENSE"), "LICENSE is missing"),
        (_with("tests/test_x.py"), "tests would be imported under a name that is not ours"),
        (_with("packaging/run"), "packaging would be imported"),
        (_with("ui/__pycache__/a.pyc"), "has no business there"),
        (_with("ui/forgotten.py"), "ui/forgotten.py is too much"),
        (_with("ui/__init__.py", b"changed"), "is not what was committed"),
        (_with(f"{INFO}/RECORD", b"/home/somebody/x"), "names /home/"),
        (lambda source, inside: inside.update({"ui/__init__.py": str(source).encode()}), "ui/__init__.py names /"),
    ],
)
def test_what_is_planted_is_seen(source: Path, plant: Callable[[Path, Files], object], said: str) -> None:
    inside = files(source)
    plant(source, inside)
    assert any(said in trouble for trouble in seen(source, inside)), seen(source, inside)


def test_a_name_that_another_package_has_is_seen(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So did one on the package index that is called as our first room is."""
    import look_into_wheel

    monkeypatch.setattr(look_into_wheel, "packages_distributions", lambda: {"ui": ["stranger", "yuebao"]})
    assert [said.split(": ")[1] for said in seen(source, files(source))] == ["stranger has a package ui too"]


def test_a_part_of_the_lock_brings_what_it_needs_and_nothing_else() -> None:
    from lock_part import LOCK, blocks, part

    lock = LOCK.read_text("utf-8")
    assert set(blocks(part(lock, ["pytest-qt"]))) == {
        "colorama", "iniconfig", "packaging", "pluggy", "pygments", "pytest", "pytest-qt", "typing-extensions",
    }  # fmt: skip
    assert part(lock, ["babel"]).count("--hash=sha256:") == 2
    with pytest.raises(KeyError, match="stranger"):
        part(lock, ["stranger"])


def test_none_of_our_rooms_has_the_name_of_a_module_that_is_installed() -> None:
    from importlib.metadata import packages_distributions

    held = packages_distributions()
    assert len(held) > 50
    for room in ("desktop_app", "ui", "resources"):
        assert room not in sys.stdlib_module_names
        assert set(held.get(room, [])) <= {"yuebao"}
