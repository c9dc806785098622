"""Commands on a year's archive: make one, and check one that was made long ago."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import archive as archiving
from desktop_app.desk.verify_archive import ArchiveVerdict, verify_archive
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.archive import INDEX, Archive


def archive(options: Namespace) -> Answer:
    """archive YEAR --out DIR, or archive --verify DIR [--trust CERT]."""
    if options.verify is not None:
        if options.year is not None or options.out is not None:
            raise UsageError(_("核对归档时不写年份和 --out。"), _("写成 archive --verify 文件夹。"))
        return _verified(verify_archive(options.verify, options.trust))
    if options.year is None or options.out is None:
        raise UsageError(
            _("要写归档的年份和文件夹。"), _("写成 archive 年份 --out 文件夹，或 archive --verify 文件夹。")
        )
    if options.trust:
        raise UsageError(_("--trust 只在核对归档时用。"), _("写成 archive --verify 文件夹 --trust 证书。"))
    with opened(options, reading=True) as desk:
        made = archiving.archive(desk, options.year, options.out)
    document = {
        "path": str(made.path),
        "index": str(made.path / INDEX),
        "files": made.files,
        "listing_sha256": made.listing_sha256,
        "verified": True,
        **_document(made.archive),
        "notes": list(made.notes),
    }
    said = _("{year}年已归档到 {path}：{months} 个月、{reports} 版月报，共 {files} 个文件，全部核对无误。").format(
        year=made.archive.year,
        path=made.path,
        months=len(made.archive.newest()),
        reports=len(made.archive.reports),
        files=made.files,
    )
    lines = [
        said,
        _("用浏览器打开 {index} 查看。").format(index=made.path / INDEX),
        _("清单 SHA256SUMS 的 SHA-256：{sum}（抄在别处，日后可知清单没有换过）。").format(sum=made.listing_sha256),
    ]
    return Answer(document, [*lines, *made.notes])


def _document(made: Archive) -> dict[str, Any]:
    return {
        "year": made.year,
        "unit": {"code": made.unit.code, "name": made.unit.name},
        "sample": made.sample,
        "reports": [
            {
                "period": str(each.period),
                "revision": each.revision,
                "state": str(each.state),
                "check_code": each.check_code,
                "data_sha256": each.data_sha256,
                "pdf": each.pdf,
                "data": each.data,
                "letters": [{"kind": one.kind, "path": one.path} for one in each.letters],
                "evidence": [one.path for one in each.evidence],
            }
            for each in made.reports
        ],
        "left_out": list(made.left_out),
    }


def _verified(verdict: ArchiveVerdict) -> Answer:
    known = _document(verdict.archive) if verdict.archive else {}
    document = {
        "path": str(verdict.path),
        "valid": verdict.valid,
        "trusted": verdict.trusted,
        "files": verdict.files,
        "listing_sha256": verdict.listing_sha256,
        **known,
        "problems": list(verdict.problems),
        "notes": list(verdict.notes),
    }
    if not verdict.valid:
        said = _("这份归档有 {count} 处不对：").format(count=len(verdict.problems))
        return Answer(document, [said, *verdict.problems, *verdict.notes], code=1)
    said = _(
        "归档完好：{files} 个文件与清单一致，{reports} 版月报签名有效；台账、表格和首页由签名月报重新算过，相符。"
    ).format(files=verdict.files, reports=verdict.reports)
    listed = _("清单 SHA256SUMS 的 SHA-256：{sum}。").format(sum=verdict.listing_sha256)
    return Answer(document, [said, listed, *verdict.notes])
