"""What goes over into the next year and what does not, in the words of the window."""

from collections.abc import Iterator

from desktop_app.desk.year_change import Carried
from desktop_app.language import _


def going_over(found: Carried) -> Iterator[str]:
    """What stands in the next year as it does in this one."""
    plan, people = found.taken.plan, found.people
    yield _(
        "任务表《{title}》：共 {count} 项，本单位主责 {own} 项；{answered} 个问题沿用往年的答复，{left} 个由人答复"
    ).format(
        title=plan.title,
        count=len(plan.tasks),
        own=found.taken.assigned,
        answered=found.answered,
        left=found.left,
    )
    names = [name for name in (people.preparer, people.reviewer, people.approver) if name]
    yield _("人员：{names}").format(names=_("、").join(names) or "—")
    yield _("密钥：{names}").format(names=_("、").join(found.keys) or "—")
    yield _("自己添加的单位 {units} 个，报送去处 {places} 个；评分权重、校验阈值、截止日期的口径照旧").format(
        units=found.units, places=found.places
    )


def problems(found: Carried) -> Iterator[str]:
    """Each problem that is not struck off, and where it goes on."""
    for item, task in found.problems:
        where = (
            _("接在 {task} 下，原话放进 1 月草稿").format(task=task)
            if task
            else _("新任务表里没有对应的任务，仍挂在台账上")
        )
        yield f"{item.id}　{item.title}：{where}"


def staying(year: int) -> Iterator[str]:
    """What stays with the year that ends, and why."""
    yield _("累计完成和完成率：新的一年从零计起")
    yield _("{year}年各月的月报、佐证材料、情况说明：留在原来的月份，随时可看，也在归档里").format(year=year)
    yield _("没有签署的草稿：仍在原来的月份，可以接着办完")
    yield _("任务的进度曲线：跟着任务表走，新表的要另外导入")
