"""Commands by which work is shared: tasks handed out, drafts carried and merged."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.cli.passphrase import given
from desktop_app.cli.plan import plan_plain, question_plain
from desktop_app.desk import backups, bureau, keys, merge, publish, split_plan
from desktop_app.language import _
from desktop_app.model.merging import Choice, Hand, Merged


def split(options: Namespace) -> Answer:
    """plan split --to UNIT --out FILE.pdf [--task ID …] [--key N]."""
    with opened(options) as desk:
        key = keys.approver_key(desk, options.key)
        kept = None if options.passphrase_file else keys.recall_passphrase(desk, key)
        secret = given(options.passphrase_file, kept, _("请输入「{name}」的口令：").format(name=key))
        done = split_plan.split(
            desk, options.to, options.out, secret, key_name=key, tasks=options.task, plan_id=options.plan
        )
    answer = published(done.published)
    unit = {"code": done.unit.code, "name": done.unit.name, "added": done.added}
    line = _("已把 {count} 项任务分解给{unit}。").format(count=len(done.tasks), unit=done.unit.name)
    return Answer({**answer.document, "unit": unit, "tasks": list(done.tasks)}, [line, *answer.lines])


def export(options: Namespace) -> Answer:
    """draft export --out FILE.yuebao: a copy to work on elsewhere and to merge back."""
    with opened(options) as desk:
        made = backups.make(desk, options.out)
    return Answer(
        {"path": str(made.path), "size": made.size, "head": made.head},
        [_("已写到 {path}；在别的电脑上填好后，用 merge 合并回来。").format(path=made.path)],
    )


def bring(options: Namespace) -> Answer:
    """merge FILE [--take ours|theirs|ID=…]; exit 1 while there is something to choose."""
    with opened(options) as desk:
        for certificate in options.trust:
            bureau.enrol(desk, certificate)
        done = merge.merge(desk, options.file, options.take)
    return Answer(merged_plain(done), merged_lines(done), 1 if done.choices else 0)


def merged_plain(done: Merged) -> dict[str, Any]:
    """What came into the draft, for scripts."""
    return {
        "source": done.source,
        "merged": [
            {"period": str(row.period), "task": row.task, "field": row.field, "old": row.old, "new": row.new,
             "source": row.source}
            for row in done.drawn
        ],
        "conflicts": [_choice(row) for row in done.choices],
        "skipped": list(done.skipped),
        "again": done.again,
    }  # fmt: skip


def merged_lines(done: Merged) -> list[str]:
    """The same in words."""
    lines = [_("{source}：采用了 {count} 处。").format(source=done.source, count=len(done.drawn))]
    lines += [
        _("两边都写了 {id}：本簿「{ours}」，对方「{theirs}」").format(id=row.id, ours=row.ours, theirs=row.theirs)
        for row in done.choices
    ]
    if done.choices:
        lines.append(_("没有取舍的保持原样；用 --take ours、--take theirs 或 --take 编号=theirs 取舍。"))
    return [*lines, *done.skipped]


def published(done: publish.Published) -> Answer:
    """What was sent out."""
    lines = [_("已写到 {path}，校验码 {code}。").format(path=done.path, code=done.check_code), *done.doubts]
    if done.questions:
        lines.append(_("有 {count} 个问题没有答复，由收到的单位自己答复：").format(count=len(done.questions)))
        lines += [f"  {each.id}  {each.words}" for each in done.questions]
    document: dict[str, Any] = {
        "path": str(done.path),
        "sha256": done.sha256,
        "check_code": done.check_code,
        "issued_at": done.issued_at.isoformat(),
        "warnings": list(done.doubts),
    }
    if done.plan is not None:
        document |= {
            "plan": plan_plain(done.plan),
            "tasks": len(done.plan.tasks),
            "questions": [question_plain(each) for each in done.questions],
        }
    return Answer(document, lines)


def _choice(row: Choice) -> dict[str, Any]:
    return {
        "id": row.id,
        "period": str(row.period),
        "task": row.task,
        "field": row.field,
        "ours": row.ours,
        "theirs": row.theirs,
        "ours_by": _hand(row.our_hand),
        "theirs_by": _hand(row.their_hand),
    }


def _hand(hand: Hand | None) -> dict[str, str] | None:
    return {"actor": hand.actor, "at": hand.at.isoformat()} if hand else None
