"""The benchmarks run, on a small size; what they measure is judged by packaging/bench, not here."""

import json

import pytest

from tests.benchmarks import _window_book, _window_runs, window_memory
from tests.benchmarks.__main__ import main, modules

KEYS = {"name", "ours_seconds", "peer", "peer_seconds", "ratio", "limit", "holds"}


PAIRS = sorted(name for name, module in modules().items() if hasattr(module, "prepare"))


@pytest.mark.parametrize("name", PAIRS)
def test_each_runs_and_says_what_it_measured(name, capsys):
    code = main([name, "--json", "--size", "20", "--rounds", "1"])
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == KEYS | {modules()[name].SIZE_NAME}
    assert (found["name"], found[modules()[name].SIZE_NAME]) == (name, 20)
    assert found["ratio"] == pytest.approx(found["ours_seconds"] / found["peer_seconds"], rel=0.1)
    assert found["holds"] == (found["ratio"] <= found["limit"])
    assert code == (0 if found["holds"] else 1)


def test_paper_is_measured_beside_every_engine_that_is_here(capsys):
    code = main(["paper", "--json", "--size", "5", "--rounds", "1"])
    found = json.loads(capsys.readouterr().out)
    rows = {row["engine"]: row for row in found["rows"]}
    assert {"ours", "reportlab", "ours, 10 × as many"} <= rows.keys()
    assert rows.keys() | set(found["missing"]) >= {"reportlab", "typst", "weasyprint", "libreoffice"}
    assert not rows.keys() & set(found["missing"])
    assert all(row["seconds"] > 0 and row["memory_mb"] > 10 and row["pages"] > 1 for row in rows.values())
    assert rows["ours, 10 × as many"]["pages"] > 5 * (rows["ours"]["pages"] - 4)
    assert {target["name"] for target in found["targets"]} >= {"time / reportlab", "cost per task, 10 × as many"}
    assert code == (0 if found["holds"] else 1)


WINDOWS = {
    "start": {"with tasks / without", "with tasks / bare window"},
    "list": {"a key of the search", "a filter", "the list set anew", "the next task"},
    "window_memory": {"memory / bare window"},
}


@pytest.mark.parametrize("name", WINDOWS)
def test_the_window_is_measured_beside_the_least_it_could_be(name, capsys, monkeypatch):
    monkeypatch.setattr(window_memory, "REST", 0.1)
    code = main([name, "--json", "--size", "20", "--rounds", "1"])
    found = json.loads(capsys.readouterr().out)
    assert (found["name"], found["tasks"]) == (name, 20)
    assert {target["name"] for target in found["targets"]} == WINDOWS[name]
    assert all(value > 0 for row in found["rows"] for value in row.values() if isinstance(value, float))
    assert found["holds"] == all(target["ratio"] <= target["limit"] for target in found["targets"])
    assert code == (0 if found["holds"] else 1)


def test_the_command_shows_the_window_without_what_is_slow_to_load(tmp_path):
    """As it is typed: the command line stands before the window and may load nothing heavy either."""
    seen = _window_runs.run(str(_window_book.make(tmp_path / "book.yuebao", 5)), tmp_path)
    assert (seen["window"], seen["heavy"]) == ("MainWindow", [])


def test_a_limit_that_does_not_hold(monkeypatch, capsys):
    monkeypatch.setattr(modules()["import"], "LIMIT", 0.0)
    assert main(["import", "--size", "20", "--rounds", "1"]) == 1
    assert capsys.readouterr().out.endswith("FAILS\n")


def test_all_together_in_readable_form(capsys, monkeypatch):
    monkeypatch.setattr(modules()["paper"], "_PEERS", {"reportlab": "stock"})
    monkeypatch.setattr(window_memory, "REST", 0.1)
    main(["--size", "5", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == list(modules())
    assert any(line.startswith("  reportlab: ") for line in lines)
    assert any(line.startswith("  time / reportlab: ") for line in lines)


def test_an_unknown_name(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])
    assert "'import'" in capsys.readouterr().err
