"""Commands on copies of the book."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.journal_words import STATE_WORDS, change_words
from desktop_app.cli.opening import book_path, opened_either, recovery
from desktop_app.desk import backups
from desktop_app.desk.backups import Holds, Kept
from desktop_app.desk.unlocking import learn
from desktop_app.errors import UsageError
from desktop_app.language import N_, _

_FEW = 20  # fields named one by one for a person; --json has them all
_REASONS = {"daily": N_("每日备份"), "undo": N_("恢复前的填报簿"), "year": N_("打开新年度以前")}


def backup(options: Namespace) -> Answer:
    """backup --out FILE, or backup --list."""
    if options.list == (options.out is not None):
        raise UsageError(_("请写 --out 文件，或 --list。"), _("例如 backup --out /media/usb/备份.yuebao"))
    if options.list:
        return _list(options)
    with opened_either(options) as desk:
        made = backups.make(desk, options.out)
    document = {
        "path": str(made.path),
        "size": made.size,
        "head": made.head,
        "verified": True,
        "flaws": list(made.flaws),
    }
    lines = [_("已备份到 {path}，读回核对一致。").format(path=made.path), *_flaw_lines(made.flaws)]
    return Answer(document, lines)


def restore(options: Namespace) -> Answer:
    """restore FILE [--preview], or restore --undo."""
    path = book_path(options)
    if options.undo == (options.file is not None):
        raise UsageError(_("请写备份文件，或 --undo。"), _("自动备份可用 backup --list 查看。"))
    if options.file is not None and (typed := recovery(options)) is not None:
        learn(options.file, typed)
    if options.undo:
        done = backups.undo_restore(path)
        said = _("已撤回恢复，填报簿和恢复前一模一样：{path}").format(path=done.book)
    elif options.preview:
        holds = backups.look(options.file, path)
        return Answer(_plain(holds), _lines(holds))
    else:
        done = backups.restore(path, options.file, flawed=options.damaged)
        said = _("已恢复：{path}").format(path=done.book)
    lines = [said]
    if done.undo:
        lines.append(_("原来的文件留在 {path}，可用 restore --undo 换回来。").format(path=done.undo))
    document = {
        "book": str(done.book),
        "undo": str(done.undo) if done.undo else None,
        "last_change": done.last_change.isoformat() if done.last_change else None,
        "head": done.head,
    }
    return Answer(document, lines)


def _list(options: Namespace) -> Answer:
    """Works without opening the book: it may be the very thing that is broken."""
    path = book_path(options)
    found = backups.listed(path)
    document = {
        "book": str(path),
        "backups": [
            {
                "path": str(kept.path),
                "number": kept.number,
                "at": kept.at.isoformat(),
                "reason": kept.reason,
                "size": kept.size,
            }
            for kept in found
        ],
        "size": sum(kept.size for kept in found),
        "can_undo": backups.can_undo(path),
    }
    return Answer(document, [_kept_line(kept) for kept in found] or [_("还没有自动备份。")])


def _kept_line(kept: Kept) -> str:
    what = _(_REASONS[kept.reason]) if kept.reason in _REASONS else _("升级前的备份")
    size = f"{kept.size / 1048576:.1f} MB"
    return f"{kept.at:%Y-%m-%d %H:%M}  {what}  {size}  {kept.path}"


def _plain(holds: Holds) -> dict[str, Any]:
    return {
        "path": str(holds.path),
        "unit": {"code": holds.unit.code, "name": holds.unit.name},
        "kind": holds.kind,
        "months": [
            {
                "period": str(month.period),
                "revision": month.revision,
                "state": str(month.state),
                "tasks": month.tasks,
                "filled": month.filled,
            }
            for month in holds.months
        ],
        "entries": holds.changes,
        "head": holds.head,
        "last_change": holds.last_change.isoformat() if holds.last_change else None,
        "flaws": list(holds.flaws),
        "present": holds.present or None,
        "lost_changes": holds.lost,
        "parted": holds.parted,
        "months_changed": [
            {
                "period": str(each.period),
                "revision": each.revision,
                "present": each.present,
                "backup": each.other,
                "signature_lost": each.loses_a_signature,
            }
            for each in holds.month_differences
        ],
        "fields_changed": [
            {
                "period": str(each.period),
                "revision": each.revision,
                "task": each.task,
                "field": each.field,
                "present": each.present,
                "backup": each.other,
            }
            for each in holds.field_differences
        ],
    }


def _lines(holds: Holds) -> list[str]:
    lines = [
        _("{unit}的填报簿，共 {count} 条日志，最后改动 {at}。").format(
            unit=holds.unit.name,
            count=holds.changes,
            at=f"{holds.last_change:%Y-%m-%d %H:%M}" if holds.last_change else "—",
        )
    ]
    lines += [
        _("{period} 第{revision}版：{state}，{filled}/{tasks} 项已填").format(
            period=month.period.spoken,
            revision=month.revision,
            state=_(STATE_WORDS[month.state]),
            filled=month.filled,
            tasks=month.tasks,
        )
        for month in holds.months
    ]
    lines += _flaw_lines(holds.flaws)
    if holds.present:
        return [*lines, _("现在的填报簿读不了，没有比较：{why}").format(why=holds.present)]
    if holds.parted:
        lines.append(_("这份备份有现在的填报簿里没有的改动：它不是现在这一本的早先状态。"))
    lines.append(_("恢复后，备份之后的 {count} 处改动会不在新的填报簿里。").format(count=holds.lost))
    lines += [
        _("注意：{period} 第{revision}版已经签署，恢复后这份签署不在簿里。").format(
            period=each.period.spoken, revision=each.revision
        )
        for each in holds.signatures_lost
    ]
    few = holds.field_differences[:_FEW]
    lines += [
        f"{each.period} {each.task} {change_words(each.field, each.present or '—', each.other or '—')}" for each in few
    ]
    left = len(holds.field_differences) - len(few)
    return [*lines, *([_("另有 {count} 处不同。").format(count=left)] if left else [])]


def _flaw_lines(flaws: tuple[str, ...]) -> list[str]:
    return [_("注意，已有损坏：{what}。").format(what=flaw) for flaw in flaws]
