"""Commands on files that leave and come home."""

import hashlib
import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from desktop_app.cli import plan
from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import book_path, opened, recovery
from desktop_app.cli.places import confirmed, secret
from desktop_app.desk import collect, handover, make_report, places, verification_result, verify_file
from desktop_app.desk import receive as receiving
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.open_book import open_desk
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import ROLE_LABELS


def report(options: Namespace) -> Answer:
    """report PERIOD --out FILE.pdf [--edition E] [--task ID]: an unsigned copy, marked 草稿 until all have signed."""
    if (options.edition == "task") is not bool(options.task):
        raise UsageError(_("--edition task 和 --task 任务编号 要一起写。"))
    with opened(options, reading=True) as desk:
        work = make_report.prepare(
            desk, Period.parse(options.period), edition=options.edition, task_id=options.task or ""
        )
    paper = work.render()
    write_file(options.out, paper.pdf)
    return Answer(
        {
            "path": str(options.out),
            "pages": paper.pages,
            "sha256": hashlib.sha256(paper.pdf).hexdigest(),
            "check_code": paper.check_code,
            "edition": options.edition,
            "faces": list(paper.faces),
        },
        [
            (_("草稿已写到 {path}，共 {pages} 页。") if work.draft else _("已写到 {path}，共 {pages} 页。")).format(
                path=options.out, pages=paper.pages
            )
        ],
    )


def slip(options: Namespace) -> Answer:
    """slip PERIOD --out FILE.pdf [--place TEXT]: 交接单, the paper that goes with the medium."""
    with opened(options) as desk:
        made = handover.slip(desk, Period.parse(options.period), options.place)
    write_file(options.out, made.pdf)
    return Answer(
        {
            "path": str(options.out),
            "file": made.name,
            "size": made.size,
            "sha256": made.sha256,
            "check_code": made.check_code,
            "place": made.place,
        },
        [_("交接单已写到 {path}。").format(path=options.out)],
    )


def verify(options: Namespace) -> Answer:
    """verify FILE [--trust CERT] [--out FILE.pdf|FILE.txt] [--scanned TEXT]; exit 1 where it is not valid."""
    desk = _desk_for_trust(options)
    try:
        found = verify_file.verify(options.file, options.trust, desk)
        if options.out:
            verification_result.write(found, options.file, options.out, desk)
    finally:
        if desk is not None:
            desk.close()
    if desk is None and not found.trusted and book_path(options).exists():
        passed_over = _("填报簿现在打不开，没有用上其中登记的证书。")
        found = replace(found, notes=(*found.notes, passed_over))
    unlike = verify_file.against_paper(found, options.scanned) if options.scanned else None
    if unlike:
        found = replace(found, problems=(*found.problems, unlike))
    document: dict[str, Any] = {
        "kind": found.kind,
        "valid": found.valid,
        "trusted": found.trusted,
        "signatures": [
            {
                "role": str(row.role) if row.role else None,
                "signer": row.signer,
                "valid": row.valid,
                "trusted": row.trusted,
                "signed_at": row.signed_at.isoformat() if row.signed_at else None,
                "fingerprint": row.fingerprint,
            }
            for row in found.signatures
        ],
        "problems": list(found.problems),
        "notes": list(found.notes),
        "check_code": found.check_code,
        "data_sha256": found.data_sha256,
        "stamp": None
        if found.stamp is None
        else {
            "by": found.stamp.by,
            "at": found.stamp.at.isoformat(),
            "trusted": found.stamp.trusted,
            "fingerprint": found.stamp.fingerprint,
        },
    }
    if options.out:
        document["result"] = str(options.out)
    lines = [_("{verdict}。").format(verdict=verification_result.verdict(found)), *found.problems, *found.notes]
    lines += _signature_lines(found)
    if found.check_code:
        lines.append(_("校验码 {code}").format(code=found.check_code))
    return Answer(document, lines, 0 if found.valid else 1)


def _signature_lines(found: verify_file.Verified) -> Iterator[str]:
    """Every signature in one line."""
    for row in found.signatures:
        role = _(ROLE_LABELS[row.role]) if row.role else _("来历不明")
        holds = _("有效") if row.valid else _("无效")
        known = _("证书已登记") if row.trusted else _("证书未登记")
        yield f"{role}  {row.signer}  {holds}  {known}"


def read(options: Namespace) -> Answer:
    """read FILE: the embedded data, as JSON in either case."""
    desk = _desk_for_trust(options)
    try:
        data = verify_file.read(options.file, options.trust, desk, untrusted=options.untrusted)
    finally:
        if desk is not None:
            desk.close()
    return Answer(data, [json.dumps(data, ensure_ascii=False, indent=1)])


def receive(options: Namespace) -> Answer:
    """receive FILE… | --from PLACE [--trust CERT]; exit 1 where anything was refused."""
    if bool(options.files) is bool(options.source):
        raise UsageError(_("请写要收的文件，或用 --from 写到哪里去看。"))
    with opened(options) as desk:
        marks = [receiving.trust_bureau(desk, certificate) for certificate in options.trust]
        if options.source:
            answer = _looked(desk, options)
        else:
            answer = received(collect.take(desk, options.files, preview=options.preview))
    enrolled = [_("已登记收文方证书，请与收文方核对指纹：{fingerprint}").format(fingerprint=mark) for mark in marks]
    return Answer({**answer.document, "enrolled": marks}, [*enrolled, *answer.lines], answer.code)


def received(found: receiving.Received) -> Answer:
    """What became of files that were received."""
    lines = [f"{row.file}：{row.effect}" for row in found.taken]
    lines += [_("没有收下 {file}：{reason}").format(file=row.file, reason=row.reason) for row in found.refused]
    return Answer(
        {
            "taken": [_taken(row) for row in found.taken],
            "refused": [{"file": row.file, "reason": row.reason} for row in found.refused],
        },
        lines,
        1 if found.refused else 0,
    )


def _looked(desk: Desk, options: Namespace) -> Answer:
    """What lay at a place, each file once."""
    place = confirmed(places.find(desk, options.source), options)
    found = collect.collect(desk, place, secret(place, options))
    answer = received(receiving.Received(found.taken, found.refused))
    passed = [{"file": row.file, "reason": row.reason} for row in found.passed_over]
    lines = answer.lines or [_("「{place}」里没有新的文件。").format(place=place.said)]
    return Answer({**answer.document, "passed_over": passed}, lines, answer.code)


def _taken(row: receiving.Taken) -> dict[str, Any]:
    """A file that was taken in; a task table first shows what it changes and asks."""
    plain = {"file": row.file, "kind": row.kind, "effect": row.effect}
    return plain if row.plan is None else {**plain, **plan.taken_plain(row.plan)}


def _desk_for_trust(options: Namespace) -> Desk | None:
    """The book whose enrolled certificates count, where there is one; verifying needs none."""
    path = book_path(options)
    if not path.exists():
        if getattr(options, "book", None):
            raise ClerkError(_("没有找到填报簿 {path}。").format(path=path))
        return None
    for kind in ("unit", "bureau"):
        try:
            return open_desk(path, today=getattr(options, "today", None), kind=kind, recovery=recovery(options))
        except WorldError:
            if getattr(options, "book", None):
                raise
            return None
        except ClerkError:
            continue
    return None
