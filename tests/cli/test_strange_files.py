"""Files from strangers: without an end, with numbers nobody could reckon with, for a unit by another spelling."""

from pathlib import Path
from typing import Any

import pytest

from desktop_app.desk.files import read_file, read_json
from desktop_app.errors import ClerkError
from desktop_app.plans.directory import shipped_directory


def test_a_file_without_an_end_is_given_up_at_the_limit(tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="zero 超过 64 KB 的上限"):
        read_file(Path("/dev/zero"), largest=64 * 1024)
    large = tmp_path / "large"
    large.write_bytes(bytes(2 * 1024 * 1024 + 1))
    with pytest.raises(ClerkError, match="large 超过 2 MB 的上限"):
        read_file(large, largest=2 * 1024 * 1024)
    assert len(read_file(large, largest=2 * 1024 * 1024 + 1)) == 2 * 1024 * 1024 + 1


@pytest.mark.parametrize("number", ["1e4000000000", "-1e-4000000000", "1e99999999999999999999", "9" * 1001, "NaN"])
def test_numbers_beyond_any_figure_are_named(tmp_path: Path, number: str) -> None:
    file = tmp_path / "进展.json"
    file.write_text(f'{{"entries": [{{"annex": 1, "seq": 4, "this_month": {number}}}]}}', encoding="utf-8")
    with pytest.raises(ClerkError, match=f"进展.json 里的「{number[:40]}」不是能用的数"):
        read_json(file)


@pytest.mark.parametrize("number", ["0", "-0.0", "1e400", "0.15", "4.0", "123456789012345678.5"])
def test_numbers_that_can_be_reckoned_with_are_left_to_the_fields(tmp_path: Path, number: str) -> None:
    file = tmp_path / "进展.json"
    file.write_text(f"[{number}]", encoding="utf-8")
    assert str(read_json(file)[0]).lower().replace("+", "") == number.lower()


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("海淀区人民政府", "110108"),
        ("北京市海淀区政府", "110108"),
        ("海淀　区", "110108"),
        ("１１０１０８", "110108"),
        ("交通委员会", "BJ-JTW"),
        ("北京市交通委", "BJ-JTW"),
        ("北京市", None),
        ("市", None),
        ("", None),
    ],
)
def test_a_unit_is_known_with_and_without_its_city(word: str, code: str | None) -> None:
    found = shipped_directory().find(word)
    assert (found and found.code) == code


def test_numbers_in_full_width_name_the_same_task(run, planned: Path, tmp_path: Path) -> None:
    file = tmp_path / "进展.json"
    file.write_text('{"entries": [{"annex": "１", "seq": " ４ ", "narrative": "已并网"}]}', encoding="utf-8")
    assert run("fill", "2023-03", "--from", file, "--book", planned, "--json").document == {"filled": 1, "refused": []}


def test_what_comes_through_a_pipe_is_read_once(
    run, planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """… | fill --from /dev/stdin, or a shell's <(…): neither has a name that tells what it is."""
    file = tmp_path / "63"
    file.write_text('{"entries": [{"annex": 1, "seq": 4, "narrative": "已并网"}]}', encoding="utf-8")
    read, opened = Path.open, []

    def once(path: Path, *how: Any, **more: Any) -> Any:
        if path == file:
            opened.append(path)
        return read(path, *how, **more)

    monkeypatch.setattr(Path, "open", once)
    assert run("fill", "2023-03", "--from", file, "--book", planned, "--json").document == {"filled": 1, "refused": []}
    assert len(opened) == 1
