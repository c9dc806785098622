"""A book that is gone comes back from its signed reports and receipts, and says what did not."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app import assets
from desktop_app.desk import bureau, history, keys, make_report, sign_report
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.desk import Desk
from desktop_app.desk.fill_month import fill
from desktop_app.desk.hand_in import hand_in, signed_pdf
from desktop_app.desk.month import open_month, set_people
from desktop_app.desk.open_book import create, create_bureau, open_desk
from desktop_app.desk.rebuild import Rebuilt, rebuild
from desktop_app.desk.rebuilt_plan import plans_of
from desktop_app.desk.save_entry import attach, save
from desktop_app.desk.take_plan import import_plan
from desktop_app.errors import ClerkError
from desktop_app.exchange import open_envelope, to_report
from desktop_app.model.finding import Severity
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState, People, Role
from desktop_app.model.report_body import Report
from desktop_app.signing.sign import sign
from desktop_app.store import bureau as enrolments
from desktop_app.store import evidence, explanations, months, sealed, transfers
from desktop_app.store import journal as kept_journal

FEBRUARY, MARCH, APRIL = Period(2023, 2), Period(2023, 3), Period(2023, 4)
TABLE = assets.path("samples", "plan-2023-sample.xlsx")
SECRET = "示例口令 2023"
SLIPS = {"3-9": {"cumulative": "26"}, "2-14": {"cumulative": "181"}}


@dataclass(frozen=True)
class Office:
    """What a unit has in its drawer when its computer is gone."""

    folder: Path
    book: Path
    reports: tuple[Path, ...]
    receipt: Path
    again: Path  # February signed a second time, by the same people, in a copy of the book
    third: Path  # a third revision of March
    unit_certificate: Path
    bureau_certificate: Path

    @property
    def files(self) -> tuple[Path, ...]:
        return (*self.reports, self.receipt)


def signed(desk: Desk, period: Period) -> None:
    for role, name in ((Role.PREPARER, "王喆"), (Role.APPROVER, "李堃")):
        sign_report.sign(desk, period, role, name, SECRET)


def filled(desk: Desk, period: Period) -> None:
    fill(desk, period, assets.path("samples", f"progress-chaoyang-{period}.json"))
    attach(desk, period, "4-8", assets.path("samples", "evidence-sample.txt"))
    attach(desk, period, "3-9", assets.path("samples", "evidence-sample.txt"))
    if period == MARCH:
        for task, figures in SLIPS.items():
            save(desk, period, task, figures)
    for finding in check(desk, period).findings:
        if finding.severity is Severity.WARNING:
            explain(desk, period, finding.task, finding.code, "（示例说明）前期准备已就绪，二、三季度集中实施。")


def third_revision(desk: Desk, file: Path) -> Path:
    """A report that says it is the third of its month, properly signed."""
    work = make_report.prepare(desk, MARCH, draft=False)
    paper = replace(work, report=replace(work.report, revision=3, reason="更正示例")).render()
    pdf = paper.pdf
    for role, name in ((Role.PREPARER, "王喆"), (Role.APPROVER, "李堃")):
        key = keys.load(desk, name, SECRET)
        boxes = paper.boxes if role is Role.PREPARER else {}
        pdf = sign(pdf, role, key, signer_name=name, at=desk.clock(), boxes=boxes, final=role is Role.APPROVER)
    file.write_bytes(pdf)
    return file


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Two months, both signed and handed in, March answered."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        desk = create(folder / "朝阳.yuebao", "朝阳区政府", today=date(2023, 3, 2))
        import_plan(desk, TABLE)
        set_people(desk, People("王喆", "", "李堃", "010-00000000"))
        for name, role in (("王喆", Role.PREPARER), ("李堃", Role.APPROVER)):
            keys.new_key(desk, name, role, SECRET, remember=False)
        keys.export(desk, folder / "unit.pem")
        filled(desk, FEBRUARY)
        desk.close()
        copied = folder / "副本.yuebao"
        shutil.copy(desk.book_path, copied)
        shutil.copytree(desk.key_folder, copied.with_name("副本.keys"))
        desk = open_desk(folder / "朝阳.yuebao", today=date(2023, 3, 2))
        signed(desk, FEBRUARY)
        (folder / "out").mkdir()
        reports = [hand_in(desk, FEBRUARY, folder / "out").path]
        desk.rehearsal = date(2023, 4, 4)
        filled(desk, MARCH)
        third = third_revision(desk, folder / "第三版.pdf")
        signed(desk, MARCH)
        reports.append(hand_in(desk, MARCH, folder / "out").path)
        desk.close()
        twin = open_desk(copied, today=date(2023, 3, 2))
        signed(twin, FEBRUARY)
        again = folder / "又一份.pdf"
        again.write_bytes(signed_pdf(twin, FEBRUARY))
        twin.close()
        other = create_bureau(folder / "bureau.yuebao", today=date(2023, 4, 4))
        bureau.make_key(other, SECRET)
        keys.export(other, folder / "bureau.pem")
        bureau.enrol(other, folder / "unit.pem")
        bureau.receive(other, reports)
        receipt = bureau.accept(other, str(reports[1]), SECRET, folder / "回执.pdf").path
        other.close()
    whose, theirs = folder / "unit.pem", folder / "bureau.pem"
    return Office(folder, folder / "朝阳.yuebao", tuple(reports), receipt, again, third, whose, theirs)


@pytest.fixture(scope="module")
def rebuilt(office: Office) -> tuple[Path, Rebuilt]:
    """The book made from all of it, with the task table and both certificates."""
    trust = [office.unit_certificate, office.bureau_certificate]
    book = office.folder / "恢复" / "new.yuebao"
    return book, rebuild(book, office.files, tables=[TABLE], trust=trust, today=date(2023, 5, 4))


@pytest.fixture
def new(rebuilt: tuple[Path, Rebuilt], tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(rebuilt[0], tmp_path / "new.yuebao")
    desk = open_desk(tmp_path / "new.yuebao", today=date(2023, 5, 4))
    yield desk
    desk.close()


@pytest.fixture
def old(office: Office, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(office.book, tmp_path / "old.yuebao")
    desk = open_desk(tmp_path / "old.yuebao", today=date(2023, 5, 4))
    yield desk
    desk.close()


def test_every_sealed_month_is_back_field_by_field(
    office: Office, rebuilt: tuple[Path, Rebuilt], old: Desk, new: Desk
) -> None:
    found = rebuilt[1]
    assert not found.refused
    assert not found.notes
    assert [(row.period, row.revision, row.state) for row in found.months] == [
        (FEBRUARY, 1, MonthState.SIGNED), (MARCH, 1, MonthState.RECEIVED)
    ]  # fmt: skip
    assert new.unit == old.unit
    for was, now in zip(months.months(old.book), months.months(new.book), strict=True):
        before, after = open_month(old, was.period), open_month(new, now.period)
        assert after.rows == before.rows  # tasks, entries, last month's entries, targets, evidence
        assert after.indicators == before.indicators
        assert after.people == before.people
        assert after.due == before.due
        assert (after.check_code, after.pdf_sha256) == (before.check_code, before.pdf_sha256)
        assert (now.revision, now.reason, now.plan_id) == (was.revision, was.reason, was.plan_id)
        assert explanations.explanations(new.book, now.id) == explanations.explanations(old.book, was.id)
        held, kept = sealed.sealed(old.book, was.id), sealed.sealed(new.book, now.id)
        assert kept is not None
        assert held is not None
        assert replace(kept, sealed_at=held.sealed_at) == held
        assert before.rows[0].evidence or any(row.evidence for row in before.rows)
        for item in evidence.evidence(new.book, now.id):
            assert evidence.content(new.book, item.sha256) == evidence.content(old.book, item.sha256)
    assert [row.data for row in transfers.inbox(new.book)] == [office.receipt.read_bytes()]
    assert [row.unit_name for row in enrolments.enrolled(new.book)] == ["北京市生态环境局"]
    assert kept_journal.verify(new.book).intact
    verdict = history.verify(new)
    assert verdict.holds, verdict.problems
    assert any("恢复" in note for note in verdict.notes)
    assert [told.state for told in history.months_of(new)] == [MonthState.SIGNED, MonthState.RECEIVED]


def test_the_next_month_goes_on_as_before(old: Desk, new: Desk) -> None:
    """What the checks say of April rests on March: both books say the same of the same words."""
    for desk in (old, new):
        open_month(desk, APRIL)
        save(desk, APRIL, "3-9", {"status": "on_track", "this_month": "1", "cumulative": "20", "narrative": "示例"})
    said = [check(desk, APRIL).findings for desk in (old, new)]
    assert said[0] == said[1]
    assert any(finding.task == "3-9" and finding.severity is Severity.ERROR for finding in said[1])  # it fell
    assert open_month(new, APRIL).row("3-9").previous == open_month(old, APRIL).row("3-9").previous


def test_reports_alone_bring_the_units_own_tasks(office: Office, old: Desk, tmp_path: Path) -> None:
    found = rebuild(tmp_path / "new.yuebao", office.reports)
    assert any("任务表" in sentence for sentence in found.missing)
    assert found.notes  # nothing to compare the signatures with: said
    assert any("没有回执" in sentence and "2023-02" in sentence for sentence in found.missing)
    new = open_desk(tmp_path / "new.yuebao", today=date(2023, 5, 4))
    try:
        before, after = open_month(old, MARCH), open_month(new, MARCH)
        assert after.state is MonthState.SIGNED
        assert [(row.task, row.entry) for row in after.rows] == [
            (row.task, row.entry) for row in before.rows if row.required or not row.entry.empty
        ]
        assert open_month(new, APRIL).required == before.required
    finally:
        new.close()


def test_each_file_that_does_not_hold_is_named_with_its_reason(office: Office, tmp_path: Path) -> None:
    broken = tmp_path / "改过.pdf"
    data = bytearray(office.reports[1].read_bytes())
    data[len(data) // 3] ^= 1
    broken.write_bytes(bytes(data))
    copy = tmp_path / "拷贝.pdf"
    shutil.copy(office.reports[0], copy)
    files = [office.reports[0], broken, copy, tmp_path / "没有.pdf", TABLE, office.receipt]
    found = rebuild(tmp_path / "new.yuebao", files, unit="朝阳区")
    assert [str(row.period) for row in found.months] == ["2023-02"]
    reasons = {Path(row.file).name: row.reason for row in found.refused}
    assert "没有通过核验" in reasons["改过.pdf"]
    assert "同一份文件" in reasons["拷贝.pdf"]
    assert "找不到文件" in reasons["没有.pdf"]
    assert TABLE.name in reasons
    assert "不在这些文件里" in reasons["回执.pdf"]


def test_another_units_report_is_left_out(office: Office, tmp_path: Path) -> None:
    found = rebuild(tmp_path / "new.yuebao", office.files, unit="海淀区")
    assert found.book is None
    assert not (tmp_path / "new.yuebao").exists()
    assert sum("不是本单位的" in row.reason for row in found.refused) == 3  # the receipt too


def test_two_files_of_one_revision_are_decided_by_the_receipt_or_not_at_all(office: Office, tmp_path: Path) -> None:
    found = rebuild(tmp_path / "new.yuebao", [*office.files, office.again])
    assert [row.period for row in found.months] == [MARCH]
    assert sum("两份不同的文件" in row.reason for row in found.refused) == 2


def test_gaps_in_revisions_and_months_are_named(office: Office, tmp_path: Path) -> None:
    found = rebuild(tmp_path / "new.yuebao", [*office.files, office.third])
    assert [(row.period, row.revision) for row in found.months] == [(FEBRUARY, 1), (MARCH, 1), (MARCH, 3)]
    assert any("2023-03 缺第 2 版" in sentence for sentence in found.missing)


def test_strangers_signatures_are_refused_where_a_certificate_is_at_hand(office: Office, tmp_path: Path) -> None:
    found = rebuild(tmp_path / "a.yuebao", office.files, trust=[office.bureau_certificate])
    assert found.book is None
    assert all("单位证书" in row.reason or "不在这些文件里" in row.reason for row in found.refused)
    assert rebuild(tmp_path / "b.yuebao", office.files).notes  # nothing to compare with: said
    trusted = rebuild(tmp_path / "c.yuebao", office.files, trust=[office.unit_certificate, office.bureau_certificate])
    assert not trusted.notes
    assert not trusted.refused


def test_spared_keys_are_taken_as_the_unit_certificate(office: Office, tmp_path: Path) -> None:
    shutil.copytree(office.folder / "朝阳.keys", tmp_path / "new.keys")
    found = rebuild(tmp_path / "new.yuebao", office.files)
    assert not found.notes
    assert not any("密钥" in sentence for sentence in found.missing)


def test_a_book_that_is_there_is_not_touched_and_nothing_half_is_left(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.yuebao"
    there.write_bytes(b"words")
    with pytest.raises(ClerkError, match="已经存在"):
        rebuild(there, office.files)
    assert there.read_bytes() == b"words"

    def torn(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop_app.store.rebuilding._put_letters", torn)
    with pytest.raises(ClerkError):
        rebuild(tmp_path / "new.yuebao", office.files)
    assert sorted(path.name for path in tmp_path.iterdir() if "yuebao" in path.name) == ["there.yuebao"]


def test_a_plan_revised_in_the_year_rules_from_its_first_report_on(office: Office) -> None:
    february, march = (to_report(open_envelope(file.read_bytes()).data) for file in office.reports)
    revised: Report = replace(march, plan=replace(march.plan, sha256="ab" * 32, revision=1))
    first, second = plans_of([february, revised], {})
    assert (first.id, first.previous, first.effective) == (february.plan.sha256, None, None)
    assert (second.previous, second.effective) == (first.id, date(2023, 3, 1))
    (one,) = plans_of([february, march], {})
    assert one.previous is None
