"""Commands of the receiving desk."""

from argparse import Namespace

from desktop_app.cli import files
from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import book_path, opened
from desktop_app.cli.passphrase import given
from desktop_app.desk import bureau, keys, open_book, received_at
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


def enrol(options: Namespace) -> Answer:
    """bureau enrol CERT."""
    with opened(options, "bureau") as desk:
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
    """bureau receive FILE…; exit 1 where anything was refused."""
    with opened(options, "bureau") as desk:
        found = bureau.receive(desk, options.files)
    return files.received(found)


def accept(options: Namespace) -> Answer:
    """bureau accept REPORT: a signed receipt."""
    with opened(options, "bureau") as desk:
        secret = given(
            options.passphrase_file,
            None if options.passphrase_file else keys.recall_passphrase(desk, bureau.KEY),
            _("请输入收文密钥的口令："),
        )
        done = bureau.accept(desk, options.report, secret, options.out)
    receipt = done.receipt
    return Answer(
        {
            "path": str(done.path),
            "receipt_pdf": str(done.path),
            "sha256": done.sha256,
            "unit": receipt.unit_code,
            "period": str(receipt.period),
            "revision": receipt.revision,
            "check_code": receipt.check_code,
            "on_time": receipt.on_time,
        },
        [_("回执已出具：{path}").format(path=done.path)],
    )


def stamp(options: Namespace) -> Answer:
    """bureau stamp REPORT --out FILE.pdf: a copy of a report held here, with the time it was stamped behind it."""
    with opened(options, "bureau") as desk:
        secret = given(
            options.passphrase_file,
            None if options.passphrase_file else keys.recall_passphrase(desk, bureau.KEY),
            _("请输入收文密钥的口令："),
        )
        sha256 = received_at.stamped_copy(desk, options.report, secret, options.out)
    return Answer(
        {"path": str(options.out), "sha256": sha256},
        [_("加盖收文时间戳的副本已写到 {path}；原件没有改变。").format(path=options.out)],
    )


def export(options: Namespace) -> Answer:
    """bureau export --out FILE.pem: the bureau's certificate, for units to enrol."""
    with opened(options, "bureau") as desk:
        fingerprints = keys.export(desk, options.out)
    return Answer(
        {"path": str(options.out), "fingerprints": list(fingerprints)},
        [_("证书已导出到 {path}。").format(path=options.out)],
    )
