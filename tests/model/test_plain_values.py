"""Values to plain JSON and back."""

from dataclasses import replace

from hypothesis import given

from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Obligation, Task
from tests.strategies import tasks


@given(tasks("3-9"))
def test_a_task_comes_back_as_it_was(task):
    assert from_plain(Task, to_plain(task)) == task


@given(tasks("3-9"))
def test_fields_that_came_later_are_written_only_where_they_say_something(task):
    bare = replace(task, goal_raw="", obligation=None, confirmed=())
    assert not {"goal_raw", "obligation", "confirmed"} & set(to_plain(bare))
    said = replace(bare, goal_raw="300个村", obligation=Obligation.MANDATORY, confirmed=("deadline",))
    assert to_plain(said)["obligation"] == "mandatory"
    assert from_plain(Task, to_plain(said)) == said
