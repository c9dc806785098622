"""Commands of the receiving desk."""

from argparse import Namespace
from typing import Any

from desktop_app.cli import files
from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import book_path, opened_desk
from desktop_app.cli.passphrase import given
from desktop_app.cli.sharing import merged_lines, merged_plain
from desktop_app.desk import accepting, bureau, keys, open_book, received_at
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import files_in
from desktop_app.language import _


def new(options: Namespace) -> Answer:
    """bureau new: a book for receiving, and the key that signs receipts."""
    path = book_path(options, "bureau")
    asked = None if options.passphrase_file is None and keys.vault_status().safe else ""
    if asked is not None:  # before the book is made: without a passphrase there is to be no book either
        asked = given(options.passphrase_file, None, _("请为收文密钥设一个口令："))
    desk = open_book.create_bureau(path, today=getattr(options, "today", None))
    try:
        kept = keys.passphrase_in_vault(desk, bureau.KEY) if asked is None else asked
        secret = given(None, kept, _("请为收文密钥设一个口令："))
        key = bureau.make_key(desk, secret)
        unit = desk.unit
    finally:
        desk.close()
    return Answer(
        {
            "book": str(path),
            "bureau": {"code": unit.code, "name": unit.name, "kind": str(unit.kind)},
            "fingerprint": key.fingerprint,
        },
        [_("已新建收件簿：{path}").format(path=path)],
    )


def signer(options: Namespace, desk: Desk) -> tuple[str, str]:
    """Whose key signs for this desk, and its passphrase: from the file given, the keyring, or typed."""
    key = bureau.signing_key(desk, options.key)
    kept = None if options.passphrase_file else keys.recall_passphrase(desk, key)
    said = _("请输入收文密钥的口令：") if key == bureau.KEY else _("请输入「{name}」的口令：").format(name=key)
    return key, given(options.passphrase_file, kept, said)


def enrol(options: Namespace) -> Answer:
    """bureau enrol CERT: a certificate, or a signed file that carries it."""
    with opened_desk(options) as desk:
        done = bureau.enrol(desk, options.certificate)
    return Answer(
        {
            "unit": {"code": done.unit_code, "name": done.unit_name},
            "fingerprint": done.fingerprint,
        },
        [
            _("已登记{unit}的证书。").format(unit=done.unit_name),
            _("请与报送单位核对指纹：{fingerprint}").format(fingerprint=done.fingerprint),
        ],
    )


def receive(options: Namespace) -> Answer:
    """bureau receive FILE|FOLDER…; exit 1 where anything was refused."""
    with opened_desk(options) as desk:
        found = bureau.receive(desk, files_in(options.files))
    return files.received(found)


def accept(options: Namespace) -> Answer:
    """bureau accept REPORT: a signed receipt; at a unit's own desk its figures come into the draft."""
    with opened_desk(options) as desk:
        key, secret = signer(options, desk)
        done = accepting.accept(desk, options.report, secret, options.out, key_name=key)
    receipt = done.accepted.receipt
    document: dict[str, Any] = {
        "path": str(done.accepted.path),
        "receipt_pdf": str(done.accepted.path),
        "sha256": done.accepted.sha256,
        "unit": receipt.unit_code,
        "period": str(receipt.period),
        "revision": receipt.revision,
        "check_code": receipt.check_code,
        "on_time": receipt.on_time,
        "note": done.note or None,
    }
    lines = [_("回执已出具：{path}").format(path=done.accepted.path), *filter(None, [done.note])]
    if done.merged is not None:
        document |= merged_plain(done.merged)
        lines += merged_lines(done.merged)
        if done.merged.choices:
            lines.append(_("用 merge {code} --take theirs 取对方的。").format(code=receipt.check_code))
    return Answer(document, lines)


def stamp(options: Namespace) -> Answer:
    """bureau stamp REPORT --out FILE.pdf: a copy of a report held here, with the time it was stamped behind it."""
    with opened_desk(options) as desk:
        _key, secret = signer(options, desk)
        sha256 = received_at.stamped_copy(desk, options.report, secret, options.out)
    return Answer(
        {"path": str(options.out), "sha256": sha256},
        [_("加盖收文时间戳的副本已写到 {path}；原件没有改变。").format(path=options.out)],
    )


def export(options: Namespace) -> Answer:
    """bureau export --out FILE.pem: the desk's certificate, for units to enrol."""
    with opened_desk(options) as desk:
        fingerprints = keys.export(desk, options.out)
    return Answer(
        {"path": str(options.out), "fingerprints": list(fingerprints)},
        [_("证书已导出到 {path}。").format(path=options.out)],
    )
