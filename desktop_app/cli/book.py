"""Commands on the book's file: whether it is encrypted, and its key."""

from argparse import Namespace
from pathlib import Path

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import book_path, recovery
from desktop_app.desk import encryption
from desktop_app.errors import ClerkError
from desktop_app.language import _


def status(options: Namespace) -> Answer:
    """Book status; the book stays closed."""
    path = _there(options)
    found = encryption.status(path)
    if found.encrypted:
        lines = [_("{name} 已加密，编号 {id}。").format(name=path.name, id=found.book_id)]
        lines.append(_("密钥在系统密码库里。") if found.key_at_hand else _("系统密码库里没有它的密钥，或没有解锁。"))
    else:
        lines = [_("{name} 没有加密（默认）。").format(name=path.name)]
    if not found.available:
        lines.append(_("这台电脑上的程序没有装加密组件。"))
    return Answer(
        {
            "book": str(path),
            "encrypted": found.encrypted,
            "book_id": found.book_id,
            "available": found.available,
            "keyring": found.keyring_safe,
            "key_at_hand": found.key_at_hand,
        },
        [*lines, found.keyring],
    )


def encrypt(options: Namespace) -> Answer:
    """Book encrypt --recovery-key FILE."""
    done = encryption.encrypt(_there(options), options.recovery_key, remove_plain_copies=options.remove_plain_copies)
    lines = [
        _("已加密，编号 {id}。密钥在系统密码库里。").format(id=done.book_id),
        _("恢复密钥写到了 {path}：请打印后锁好，再删除这个文件。").format(path=done.recovery_file),
        _("磁盘上可能还有未加密内容的残迹，程序抹不掉；担心丢失电脑的，请启用整盘加密。"),
    ]
    if done.plain_copies:
        lines.append(_("以前的备份没有加密，谁都能读，请自行删除（或加 --remove-plain-copies）："))
        lines += [f"  {copy}" for copy in done.plain_copies]
    return Answer(
        {
            "book": str(done.book),
            "encrypted": True,
            "book_id": done.book_id,
            "recovery_key": str(done.recovery_file),
            "plain_copies": [str(copy) for copy in done.plain_copies],
            "removed": [str(copy) for copy in done.removed],
        },
        lines,
    )


def decrypt(options: Namespace) -> Answer:
    """Book decrypt."""
    done = encryption.decrypt(_there(options), recovery(options))
    return Answer(
        {"book": str(done.book), "encrypted": False, "book_id": done.book_id},
        [_("已改为不加密。密钥仍留在系统密码库里：以前的加密备份还要用它。")],
    )


def recovery_key(options: Namespace) -> Answer:
    """Book recovery-key --out FILE."""
    number = encryption.print_recovery_key(_there(options), options.out, recovery(options))
    return Answer(
        {"path": str(options.out), "book_id": number},
        [_("恢复密钥写到了 {path}：请打印后锁好，再删除这个文件。").format(path=options.out)],
    )


def _there(options: Namespace) -> Path:
    path = book_path(options)
    if not path.is_file():
        raise ClerkError(_("没有找到填报簿 {path}。").format(path=path), _("先运行 new --unit 单位名称。"))
    return path
