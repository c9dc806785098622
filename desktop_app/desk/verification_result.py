"""A verification's result as a page to print, or as plain text."""

import hashlib
from pathlib import Path

from desktop_app.desk.desk import Desk, local_now
from desktop_app.desk.files import write_file
from desktop_app.desk.verify_file import Verified
from desktop_app.errors import UsageError
from desktop_app.exchange import KIND_WORDS
from desktop_app.language import _, speaking
from desktop_app.model.report import ROLE_LABELS
from desktop_app.rendering import VerificationSheet, render_verification


def write(found: Verified, file: Path, out: Path, desk: Desk | None) -> None:
    """Write the result to a .pdf (Chinese, like all paper) or a .txt (as the screen speaks)."""
    ending = out.suffix.lower()
    if ending not in (".pdf", ".txt"):
        raise UsageError(_("核验结果只能写成 .pdf 或 .txt。"), _("例如 --out 核验结果.pdf。"))
    if ending == ".txt":
        write_file(out, text(sheet(found, file, desk)).encode("utf-8"))
        return
    with speaking("zh"):
        made = sheet(found, file, desk)
    write_file(out, render_verification(made).pdf)


def sheet(found: Verified, file: Path, desk: Desk | None) -> VerificationSheet:
    """The result in words."""
    at = desk.clock() if desk else local_now()
    facts = [(_("文件"), file.name), (_("文件 SHA-256"), _grouped(hashlib.sha256(found.pdf).hexdigest()))]
    if found.kind:
        facts.append((_("种类"), _(KIND_WORDS[found.kind])))
    facts += _whose(found)
    if found.check_code:
        facts.append((_("校验码"), found.check_code))
    if found.data_sha256:
        facts.append((_("数据 SHA-256"), _grouped(found.data_sha256)))
    return VerificationSheet(
        verdict=verdict(found),
        facts=tuple(facts),
        signatures=tuple(_signatures(found)),
        problems=found.problems,
        notes=found.notes,
        made=_("核验时间：{time}。软件核验的是文件的完整性和签名，不代替对内容的审核。").format(
            time=at.strftime("%Y-%m-%d %H:%M")
        ),
        check_code=found.check_code or "—",
    )


def verdict(found: Verified) -> str:
    """The answer in one line."""
    if not found.valid:
        return _("核验没有通过")
    return _("核验通过") if found.trusted else _("文件完好；签名人的身份未经核对")


def text(made: VerificationSheet) -> str:
    """The same sheet as plain text."""
    lines = [made.verdict, ""]
    lines += [f"{label}：{value}" for label, value in made.facts]
    lines += ["", *("  ".join(one) for one in made.signatures)]
    for title, sentences in ((_("问题"), made.problems), (_("说明"), made.notes)):
        lines += ["", title, *(f"{number}. {sentence}" for number, sentence in enumerate(sentences, 1))] * bool(
            sentences
        )
    return "\n".join([*lines, "", made.made, ""])


def _whose(found: Verified) -> list[tuple[str, str]]:
    data = found.data or {}
    if not data:
        return []
    if "issuer_name" in data:
        return [(_("印发单位"), str(data["issuer_name"])), (_("年份"), str(data["year"]))]
    unit = data["unit"]["name"] if found.kind == "report" else data.get("unit_name", "")
    return [
        (_("报送单位"), str(unit)),
        (_("报告期和版次"), f"{data['period']}  {_('第{revision}版').format(revision=data['revision'])}"),
    ]


def _signatures(found: Verified) -> list[tuple[str, str, str, str]]:
    rows = []
    for one in found.signatures:
        role = _(ROLE_LABELS[one.role]) if one.role else _("来历不明")
        when = one.signed_at.astimezone().strftime("%Y-%m-%d %H:%M") if one.signed_at else "—"
        holds = _("有效") if one.valid else _("无效")
        known = _("证书已登记") if one.trusted else _("证书未登记")
        rows.append((role, one.signer, when, f"{holds}，{known}。{one.organisation} {one.fingerprint}"))
    return rows


def _grouped(digits: str) -> str:
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))
