"""What a column's heading names. Exact synonyms only: a heading that merely resembles one becomes a question."""

import re
from functools import lru_cache

from desktop_app.language import N_
from desktop_app.plans.cells import squeeze
from desktop_app.plans.heading_forms import composed

_SYNONYMS = {
    "number": (
        "序号 序 编号 任务编号 任务序号 项次 顺序号 序列 任务号 No No. № 排号 编码 任务编码 项目编号 指标编号 措施编号"
    ),
    "topic": (
        "重点任务 任务类别 任务分类 任务类型 任务名称 类别 重点领域 领域 主要任务 重点工作 重点工作任务 任务项目 项目 "
        "任务分项 重点任务名称 任务事项 工作事项 重点事项 事项 任务大类 工作类别 工作分类 分类 任务领域 工作领域 "
        "主要任务名称 重点任务类别 任务方向 工作方向 项目名称 工作名称 目标任务名称 工程名称 责任事项 整改事项"
    ),
    "measure": (
        "工作措施 具体措施 任务 工作任务 措施 主要措施 重点措施 任务措施 具体任务 工作内容 任务内容 主要内容 具体工作 "
        "工作举措 具体举措 重点举措 主要举措 措施内容 具体内容 任务措施内容 工作任务及措施 具体工作措施 具体任务措施 "
        "工作措施及要求 工作任务及要求 任务描述 任务措施及要求 主要工作措施 推进措施 落实措施 实施内容 建设内容 "
        "重点工作措施 重点工作内容 年度工作措施 年度工作任务 年度重点措施 具体工作任务 具体要求 工作要求 工作要点 "
        "主要工作内容 重点任务措施 重点任务内容 具体工作内容 任务具体内容 特色任务 特色任务内容 特色工作 特色工作措施 "
        "规定动作内容 工作任务和措施 任务和措施 任务及措施 措施任务 工作任务措施 举措 整改措施 治理措施 整治措施 "
        "管控措施 防治措施 "
        "建设任务 工程内容 治理内容 推进举措 整治内容 整改内容"
    ),
    "deadline": (
        "完成时限 时限要求 完成时间 时限 完成期限 时间要求 办理时限 办结时限 时间节点 完成时间节点 计划完成时间 "
        "完成日期 工作时限 时间安排 完成时限要求 期限 截止时间 截止日期 完成节点 计划完成时限 实施期限 实施时间 "
        "时限安排 时间进度 完成时间要求 任务时限 进度要求 完成年限 时间 节点 时限节点 完工时间 竣工时间 "
        "计划完工时间 计划竣工时间 整改时限 整改期限 整治时限 销号时限 办理期限 达标时限 预计完成时间 拟完成时间 "
        "计划完成日期 计划完成期限 建成时间"
    ),
    "lead": (
        "牵头部门 牵头单位 市级牵头部门 市级牵头单位 牵头 牵头责任单位 牵头市级部门 牵头委办局 总牵头单位 总牵头部门 "
        "牵头负责单位 牵头负责部门 市级牵头 市级牵头责任单位 牵头责任部门 任务牵头单位 任务牵头部门 "
        "牵头处室 牵头科室"
    ),
    "owners": (
        "主责单位 责任单位 主责部门 责任部门 责任主体 主要责任单位 主责 实施单位 实施主体 承担单位 承办单位 落实单位 "
        "主体责任单位 任务承担单位 负责单位 负责部门 主办单位 主办部门 实施部门 落实主体 责任落实单位 主责任单位 "
        "主要责任部门 主体责任部门 责任落实主体 承担部门 承办部门 主责主体 任务责任单位 责任区 责任区政府 "
        "建设单位 责任处室 责任科室 主责处室 主责科室"
    ),
    "supporters": (
        "协办单位 配合单位 协办部门 配合部门 协助单位 协同单位 协作单位 参与单位 参加单位 支持单位 协同部门 协办 配合 "
        "配合责任单位 协办责任单位 参与部门 协作部门 协助部门 支持部门 会办单位 市级配合部门 市级配合单位 协同责任单位 "
        "配合协办单位 市级协办单位 市级协办部门 协同配合单位 配合责任部门 协调配合单位 协同 配合处室 "
        "配合科室 协办处室"
    ),
    "key": (
        "是否重点 是否重点任务 重点 是否为重点 是否为重点任务 重点标识 重点标记 是否绩效任务 绩效任务 是否纳入绩效 "
        "是否纳入绩效管理 是否绩效 是否纳入绩效考核 ★"
    ),
    "goal": (
        "年度目标 目标 目标值 量化指标 量化目标 任务目标 年度目标任务 年度目标值 年度任务 年度任务量 任务量 工作目标 "
        "目标任务 考核指标 指标 全年目标 全年任务 全年任务量 任务指标 工作量 计划量 目标要求 计划任务量 具体目标 "
        "目标量 量化目标值 全市目标 市级目标 主要目标 量化任务 年度量化目标 年度指标 工作目标值 绩效目标 目标数量 "
        "任务数 任务数量 计划数 计划任务数 目标数 全区目标 全区任务 全区任务量 本区目标 本区任务"
    ),
    "obligation": "任务性质 动作类型 任务属性 动作性质 规定动作/特色任务 规定动作或特色任务 动作",
    "district": (
        "区 各区 行政区 所属区 区名 区县 属地 区域 地区 责任区域 所在区 所属区域 街道 乡镇 镇街 "
        "街乡 街镇 街乡镇 街道乡镇 属地街乡 责任街乡 责任镇街 属地区 所属区县 项目所在区"
    ),
    "part": (
        "附件 所属附件 附件号 附件名称 附件序号 专项 所属专项 专项行动 专项计划 板块 所属板块 所属领域 专项名称 "
        "环境要素 要素"
    ),
    "unit": "单位 计量单位 指标单位 数量单位 量化单位",
}
# As the columns of a measure are named to a person; NEEDED are those no table can do without.
FIELD_NAMES = {
    "measure": N_("工作措施"),
    "deadline": N_("完成时限"),
    "lead": N_("牵头部门"),
    "owners": N_("主责单位"),
    "supporters": N_("协办单位"),
}
COLUMN_NAMES = {
    **FIELD_NAMES,
    "title": N_("重点任务"),
    "goal": N_("年度目标"),
    "obligation": N_("任务性质"),
    "key": N_("是否重点"),
}
NEEDED = ("measure", "deadline", "owners")
UNIT_WORDS = ("单位", "部门", "名称")  # too little to go by under a heading that says more
_FIELDS = {squeeze(word).lower(): name for name, words in _SYNONYMS.items() for word in words.split()}
_LONGEST = 40
_FOREIGN = re.compile(
    r"备注|附注|备考|说明$|联系|电话|手机|邮箱|传真|资金|经费|投资|预算|金额|进展|完成情况|落实情况|完成率|完成量|状态"
    r"|问题|困难|原因|佐证|材料|来源|依据|出处|分值|权重|得分|评分|考核分|评价|责任人|负责人|领导|联络|经办|人员|姓名|签字"
    r"|签收|填报|(?:开工|启动|起始|开始)(?:时间|日期)|更新|版本|代码|编码|累计|下一步|上年|去年|实际|实绩|基数|现状|历史|序时|季度|[上下]半年|亮灯|督查|督办|修改|意见|反馈"
    r"|(?:工作|完成|形象|当前|推进)进度|完成比例|(?:验收|监督|考核|审核|监管)(?:单位|部门)"
)
_HINTS = (
    ("supporters", "协|配合|参与|支持|帮|搭手"),
    ("lead", "牵头|牵总|统筹|主管"),
    ("obligation", "规定动作|特色|自选"),
    ("key", "是否|绩效"),
    ("deadline", "时限|时间|期限|时候|日期|节点|何时|几时|哪天|多久|截止|做完|办完|干完"),
    ("owners", "责任|主责|承办|承担|承接|实施|负责|归口|单位|部门|属地|主体|谁|哪家"),
    ("goal", "目标|指标|任务数|任务量|数量|多少|程度|数$|量$|值$|额$"),
    ("measure", "措施|举措|内容|做法|怎么|如何|做什么|干什么|干啥|做啥|的事|事情|做法|活儿|要求|任务$|工作$|要点"),
    ("title", "任务|类别|类型|领域|项目|事项|方面|分类|名称"),
)
_LEVEL = re.compile("^(?:市级|区级|区属|街乡级|镇街级|我局|我委|我区|本区|本级)(?!.{0,1}$)")
_OTHER_TONGUE = re.compile(r"(?<=[\u4e00-\u9fff])/?[a-z][a-z .&/'-]*$")  # 主责单位 Responsible Unit
_FURTHER_PERSONS = re.compile(r"(?:[及和与、/]|以及)?(?:主要|具体|相关)?(?:责任人|负责人|责任领导|联系人)$")


def field_of(heading: str) -> str | None:
    """What a heading names, exactly, or without the brackets, the year and the persons that go with it."""
    return _field_of(heading) if len(heading) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _field_of(heading: str) -> str | None:
    plain = squeeze(heading).lower().strip(":;,.。、*★☆") or squeeze(heading)
    if plain in _FIELDS:
        return _FIELDS[plain]
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕", "", plain)
    bare = re.sub(r"^20\d\d年?度?(?!\d)", "", bare).strip(":;,.。、*★☆") or plain.strip("()")
    for form in (bare, _FURTHER_PERSONS.sub("", bare), _OTHER_TONGUE.sub("", bare), without_level(bare)):
        if form in _FIELDS:
            return _FIELDS[form]
    return composed(bare) if not is_foreign(bare) else None


def without_level(heading: str) -> str:
    """A heading without the level of government that it speaks of: 区级牵头单位 is 牵头单位."""
    return _LEVEL.sub("", squeeze(heading))


def is_foreign(heading: str) -> bool:
    """Whether a column plainly has no place in a plan (备注, 联系电话, 资金, 进展): it is only mentioned."""
    plain = squeeze(heading)
    return bool(_FOREIGN.search(plain)) or not re.search("[\u4e00-\u9fffA-Za-z]", plain)


@lru_cache(maxsize=1024)
def resembled(heading: str) -> tuple[str, ...]:
    """The columns of a measure that a heading may be, likeliest first; () where it resembles none."""
    plain = squeeze(heading)
    hinted = [name for name, words in _HINTS if re.search(words, plain)]
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)}
    shared: dict[str, int] = {}
    for word, name in _FIELDS.items():
        known = "title" if name == "topic" else name
        if known in COLUMN_NAMES:
            shared[known] = max(shared.get(known, 0), len(pairs & {word[at : at + 2] for at in range(len(word) - 1)}))
    alike = sorted((name for name, count in shared.items() if count > 1), key=lambda name: -shared[name])
    return tuple(dict.fromkeys((*hinted, *alike)))
