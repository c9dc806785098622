"""The benchmarks run, on a small size; what they measure is judged by packaging/bench, not here."""

import json

import pytest

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


def test_a_limit_that_does_not_hold(monkeypatch, capsys):
    monkeypatch.setattr(modules()["import"], "LIMIT", 0.0)
    assert main(["import", "--size", "20", "--rounds", "1"]) == 1
    assert capsys.readouterr().out.endswith("FAILS\n")


def test_all_together_in_readable_form(capsys, monkeypatch):
    monkeypatch.setattr(modules()["paper"], "_PEERS", {"reportlab": "stock"})
    main(["--size", "5", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == list(modules())
    assert any(line.startswith("  reportlab: ") for line in lines)
    assert any(line.startswith("  time / reportlab: ") for line in lines)


def test_an_unknown_name(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])
    assert "'import'" in capsys.readouterr().err
