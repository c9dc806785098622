"""The tables as the first version made them, and those of later ones; never edited afterwards (migrations.py).

Numbers are canonical decimal text, times ISO text with offset, periods YYYY-MM, digests lower-case hex. No table is
WITHOUT ROWID: sqlite-utils' transform() cannot rebuild one.
"""

BOOK = """
create table book (
    id integer primary key check (id = 1),
    kind text not null check (kind in ('unit', 'bureau')),
    unit text not null,
    created_at text not null
) strict
"""

JOURNAL = """
create table journal (
    seq integer primary key,
    at text not null,
    actor text not null,
    period text,
    revision integer,
    task_id text,
    field text not null,
    old text,
    new text,
    prev blob not null check (length(prev) = 32),
    hash blob not null check (length(hash) = 32)
) strict
"""

SETTING = """
create table setting (
    key text primary key,
    value text not null
) strict
"""

PLAN = """
create table plan (
    id text primary key,
    year integer not null
) strict
"""

PLAN_VERSION = """
create table plan_version (
    seq integer primary key,
    plan_id text not null references plan (id),
    body text not null,
    body_sha256 text not null,
    at text not null,
    actor text not null
) strict
"""

MONTH = """
create table month (
    id integer primary key,
    period text not null check (period glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    revision integer not null check (revision >= 1),
    plan_id text not null references plan (id),
    state text not null check (state in ('draft', 'sealed', 'signed', 'handed_in', 'received', 'returned')),
    reason text not null default '',
    opened_at text not null,
    handed_in_at text,
    closed_at text,
    unique (period, revision)
) strict
"""

# The glob keeps anything but plain decimal text out, 1e5 and full-width digits included.
_NUMBER = "text check ({0} not glob '*[^-0-9.]*' and {0} <> '')"

ENTRY = f"""
create table entry (
    month_id integer not null references month (id),
    task_id text not null,
    status text,
    this_month {_NUMBER.format("this_month")},
    cumulative {_NUMBER.format("cumulative")},
    percent {_NUMBER.format("percent")},
    under_way {_NUMBER.format("under_way")},
    nil integer not null default 0 check (nil in (0, 1)),
    narrative text not null default '',
    problems text not null default '',
    next_steps text not null default '',
    coordination text not null default '',
    nil_reason text not null default '',
    primary key (month_id, task_id)
) strict
"""

EXPLANATION = """
create table explanation (
    month_id integer not null references month (id),
    task text not null,
    code text not null,
    text text not null,
    finding_values text not null,
    primary key (month_id, task, code)
) strict
"""

BLOB = """
create table blob (
    sha256 text primary key,
    data blob not null
) strict
"""

EVIDENCE = """
create table evidence (
    id integer primary key,
    month_id integer not null references month (id),
    task_id text not null,
    sha256 text not null references blob (sha256),
    name text not null,
    media_type text not null,
    size integer not null,
    unique (month_id, task_id, sha256)
) strict
"""

SEALED = """
create table sealed (
    month_id integer primary key references month (id),
    data blob not null,
    data_digest text not null,
    data_sha256 text not null,
    check_code text not null,
    sealed_at text not null,
    actor text not null
) strict
"""

SEALED_PDF = """
create table sealed_pdf (
    seq integer primary key,
    month_id integer not null references sealed (month_id),
    pdf_sha256 text not null,
    signatures integer not null,
    final integer not null check (final in (0, 1)),
    at text not null,
    actor text not null,
    pdf blob not null
) strict
"""

OUTBOX = """
create table outbox (
    seq integer primary key,
    month_id integer not null references month (id),
    place text not null,
    name text not null,
    pdf_sha256 text not null,
    at text not null,
    actor text not null
) strict
"""

INBOX = """
create table inbox (
    seq integer primary key,
    sha256 text not null unique,
    kind text not null,
    name text not null,
    effect text not null,
    at text not null,
    data blob not null
) strict
"""

ENROLLED = """
create table enrolled (
    seq integer primary key,
    unit_code text not null,
    unit_name text not null,
    certificate_pem blob not null,
    fingerprint text not null,
    at text not null,
    unique (unit_code, fingerprint)
) strict
"""

BUREAU_REPORT = """
create table bureau_report (
    seq integer primary key,
    sha256 text not null unique,
    unit_code text not null,
    unit_name text not null,
    period text not null,
    revision integer not null,
    check_code text not null,
    data_sha256 text not null,
    on_time integer not null check (on_time in (0, 1)),
    at text not null,
    pdf blob not null
) strict
"""

BUREAU_ANSWER = """
create table bureau_answer (
    sha256 text primary key references bureau_report (sha256),
    answer text not null check (answer in ('accepted', 'returned')),
    receipt_sha256 text not null,
    at text not null,
    receipt blob not null
) strict
"""

# What is read of every plan at each start; the texts of ten years are megabytes.
TERM = (
    "json_extract(body, '$.year', '$.document_number', '$.effective', '$.issued', '$.repealed', '$.repeals', "
    "'$.previous')"
)

PLAN_TERM = """
create table plan_term (
    seq integer primary key references plan_version (seq),
    plan_id text not null references plan (id),
    term text not null
) strict
"""

REMARK = """
create table remark (
    id integer primary key,
    month_id integer not null references month (id),
    sha256 text not null references inbox (sha256),
    task text not null,
    field text not null,
    text text not null,
    bureau text not null,
    at text not null
) strict
"""

REMARK_ANSWER = """
create table remark_answer (
    month_id integer not null references month (id),
    remark_id integer not null references remark (id),
    text text not null,
    primary key (month_id, remark_id)
) strict
"""

PACK = """
create table pack (
    sha256 text primary key references inbox (sha256),
    kind text not null check (kind in ('plan', 'calendar')),
    subject text not null,
    issuer text not null,
    issued_at text not null
) strict
"""

# What the desk asks of every report it holds, so that no kept PDF is read again; data is report.json, deflated.
BUREAU_DIGEST = """
create table bureau_digest (
    sha256 text primary key references bureau_report (sha256),
    errors integer not null,
    warnings integer not null,
    unexplained integer not null,
    hints integer not null,
    follows text,
    data blob not null,
    data_sha256 text not null
) strict
"""

TRAVELLING = (REMARK, REMARK_ANSWER, PACK, BUREAU_DIGEST, "create index remark_by_month on remark (month_id)")

# What was said of a listed problem or request beyond the signed months: that it is solved, or after all is not.
LISTED_MARK = """
create table listed_mark (
    seq integer primary key,
    item text not null,
    action text not null check (action in ('closed', 'reopened')),
    through text not null check (through glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    said text not null check (trim(said) <> ''),
    person text not null check (trim(person) <> ''),
    day text not null,
    file_name text,
    file_sha256 text,
    at text not null,
    actor text not null
) strict
"""

# 宣传公开: what was done in public. A row is the whole of an activity; the last one of its number is what it is now.
ACTIVITY = """
create table activity (
    seq integer primary key,
    number integer not null check (number >= 1),
    removed integer not null check (removed in (0, 1)),
    period text not null check (period glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    kind text not null check (kind in ('explaining', 'publicity', 'exposure', 'disclosure')),
    day text not null,
    title text not null check (trim(title) <> ''),
    channel text not null,
    link text not null,
    task text not null,
    at text not null,
    actor text not null
) strict
"""

# 公开、内部: of a field of a task in a month, the task by the id that it has in that plan. The last row counts.
PUBLIC_MARK = """
create table public_mark (
    seq integer primary key,
    period text not null check (period glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    plan_id text not null references plan (id),
    task text not null,
    field text not null check (field in ('narrative', 'next_steps', 'figures')),
    say text not null check (say in ('inside', 'public', 'as_before')),
    at text not null,
    actor text not null
) strict
"""

# What may leave in a public edition (YYYY-MM or YYYY) though it was found, and why; without a reason no longer.
PUBLIC_CONSENT = """
create table public_consent (
    seq integer primary key,
    edition text not null check (edition glob '[0-9][0-9][0-9][0-9]' or edition glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    task text not null,
    field text not null,
    found text not null,
    reason text not null,
    at text not null,
    actor text not null
) strict
"""

THE_YEAR = (LISTED_MARK, ACTIVITY, PUBLIC_MARK, PUBLIC_CONSENT)

INDEXES = (
    "create index journal_by_field on journal (period, task_id, field)",
    "create index plan_version_by_plan on plan_version (plan_id)",
    "create unique index one_draft on month (period) where state = 'draft'",
    "create index evidence_by_blob on evidence (sha256)",
    "create index sealed_pdf_by_month on sealed_pdf (month_id)",
    "create index outbox_by_month on outbox (month_id)",
    "create index bureau_report_by_period on bureau_report (period, unit_code)",
)

ALL = (
    BOOK, JOURNAL, SETTING, PLAN, PLAN_VERSION, MONTH, ENTRY, EXPLANATION, BLOB, EVIDENCE, SEALED, SEALED_PDF,
    OUTBOX, INBOX, ENROLLED, BUREAU_REPORT, BUREAU_ANSWER,
)  # fmt: skip
