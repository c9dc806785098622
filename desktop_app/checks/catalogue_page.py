"""The catalogue of rules as a page (Markdown), written from the rules themselves so that it cannot lie."""

from desktop_app.checks.catalogue import CATALOGUE, CATALOGUE_VERSION, FAMILIES
from desktop_app.checks.rule import Rule
from desktop_app.checks.thresholds import Thresholds, label
from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.finding import Severity

SEVERITIES = {Severity.ERROR: N_("错误"), Severity.WARNING: N_("警示"), Severity.HINT: N_("提示")}


def catalogue_page() -> str:
    """Everything that is checked: families, rules with what they mean, what to do and what they rest on, thresholds."""
    parts = [_head()]
    for letter, name in FAMILIES.items():
        rules = [rule for rule in CATALOGUE if rule.code.startswith(letter)]
        parts.append(f"## {letter}　{_(name)}（{len(rules)}）\n")
        parts += [_rule(rule) for rule in rules]
    parts.append(_thresholds())
    return "\n".join(parts)


def _head() -> str:
    counts = {severity: sum(rule.severity is severity for rule in CATALOGUE) for severity in Severity}
    listed = _("错误 {error} 条，警示 {warning} 条，提示 {hint} 条").format(**counts)
    title = _("校验规则目录（第 {version} 版，{count} 条）").format(version=CATALOGUE_VERSION, count=len(CATALOGUE))
    words = _(
        "错误要改正后才能签署；警示写明情况说明后可以签署，说明会印在月报上；提示供参考。缺少数据、无法判断的，列为未校验。"
        "填报单位和收文方用的是同一份目录。代码定了就不再改，也不会挪作他用；打电话时说后三位数字即可。"
    )
    made = _("本页由程序从规则目录生成（yuebao rules --out 文件），请勿手工修改。")
    return f"# {title}\n\n{listed}。{words}\n\n{made}\n"


def _rule(rule: Rule) -> str:
    fields = "、".join(_(FIELD_LABELS[name]) for name in rule.fields if name in FIELD_LABELS)
    lines = [
        f"### {rule.code}　{_(rule.title)}（{_(SEVERITIES[rule.severity])}）\n",
        f"- {_('意思')}：{_(rule.meaning)}",
        f"- {_('怎么办')}：{_(rule.remedy)}",
        f"- {_('依据')}：{_(rule.source)}",
    ]
    return "\n".join([*lines, *([f"- {_('填报项')}：{fields}"] if fields else []), ""])


def _thresholds() -> str:
    rows = [f"| {name} | {label(name)} | {value} |" for name, value in Thresholds().texts().items()]
    head = [f"## {_('校验阈值')}\n", f"| {_('名称')} | {_('意思')} | {_('默认')} |", "| --- | --- | --- |"]
    words = _("在设置页修改，或 yuebao settings thresholds.名称 值；进度曲线用 yuebao settings import 文件 导入。")
    return "\n".join([*head, *rows, "", words, ""])
