"""The benchmarks run, on a small size; what they measure is judged by packaging/bench, not here."""

import json

import pytest

from tests.benchmarks.__main__ import main, modules

KEYS = {"name", "ours_seconds", "peer", "peer_seconds", "ratio", "limit", "holds"}


@pytest.mark.parametrize("name", sorted(modules()))
def test_each_runs_and_says_what_it_measured(name, capsys):
    code = main([name, "--json", "--size", "20", "--rounds", "1"])
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == KEYS | {modules()[name].SIZE_NAME}
    assert (found["name"], found[modules()[name].SIZE_NAME]) == (name, 20)
    assert found["ratio"] == pytest.approx(found["ours_seconds"] / found["peer_seconds"], rel=0.1)
    assert found["holds"] == (found["ratio"] <= found["limit"])
    assert code == (0 if found["holds"] else 1)


def test_a_limit_that_does_not_hold(monkeypatch, capsys):
    monkeypatch.setattr(modules()["import"], "LIMIT", 0.0)
    assert main(["import", "--size", "20", "--rounds", "1"]) == 1
    assert capsys.readouterr().out.endswith("FAILS\n")


def test_all_together_in_readable_form(capsys):
    main(["--size", "20", "--rounds", "1"])
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == list(modules())


def test_an_unknown_name(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])
    assert "'import'" in capsys.readouterr().err
