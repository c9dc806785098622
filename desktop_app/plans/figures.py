"""Figures in a measure's words, as patterns: what is counted, how it is compared, and what only describes."""

import re

from desktop_app.plans.numerals import CHINESE

# One character for one, so that places in the plain text are places in the text as written.
PLAIN = str.maketrans("０１２３４５６７８９％．（）：；≧≦＞＜＝，／～－", "0123456789%.():;≥≤><=，/~-")

AREA = "平方千米|平方公里|平方米|立方米|公顷|亩|㎡|㎥"
_THINGS = (
    "千瓦时|千瓦|兆瓦时|兆瓦|千伏安|蒸吨|公里|千米|家次|台次|辆次|车次|人次|架次|户次|场次|班次|轮次|例次|个断面|个村(?!级|级)|个百分点"
    "|标准煤|吨标准煤|吨标煤|吨二氧化碳|分贝|摄氏度|"
    "家|户|台|辆|个|处|条|块|眼|件|项|批次|批|次|遍|名|种|株|座|套|方|吨|起|份|场|期|轮|栋|片|段|口|支|元|艘|部|组|村|宗|"
    "册|例|对|只|头|羽|根|棵|所|桩|人|米|公斤|千克|升|度|幅|间|盏|列|张|篇|标台|倍|分(?=以上|及以上|[，。；;,、)]|$)|℃|MW|GW|kW|dB|t|km"
)
_MIXED = (
    "(?:微克|毫克|μg|ug|mg)/(?:立方米|标准立方米|m³|m3|升|L|千克|公斤)|吨/平方公里·月|吨/平方公里|克/平方米|千克/[万亿]?元|吨/万元|立方米/万元"
    "|吨标准煤/万元|升/人·?日|克/公里|t/(?:km²|km2)·月"
)
_PER = "/(?:平方公里·月|平方公里|小时|时|日|天|周|月|季度|季|年|人|公里|万元|亿元|元|吨|亩|公顷|平方米|立方米)"
TIMES = "个工作日|工作日|个月|小时|分钟|天"
UNIT = (
    rf"(?:{_MIXED}|%|‰|{TIMES}|(?:[百千万亿]|百万|千万)*(?:吨标准煤|吨标煤|{AREA}|{_THINGS})(?:\(次\))?(?:{_PER})?"
    r"|[万亿](?![一-鿿]))"
)
FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
AFTER = r"及?以上|左右|上下|以内|及?以下|之内|内|以上"
NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<figure>{FIGURE}|{CHINESE}{{2,12}}|{CHINESE}(?={UNIT}(?:以上|左右)?(?:[，。；;,]|$)))"
    rf"(?:(?:{UNIT})?[-—–~至到](?P<upto>{FIGURE}))?[余多]?(?P<unit>{UNIT})?[余多]?(?P<after>{AFTER})?"
)
# What shares the unit that is only written at the end: 26、60微克/立方米以内.
SHARED = re.compile(rf"(?:[、和及与](?:{FIGURE})){{1,9}}(?P<unit>{UNIT})(?P<after>{AFTER})?")
# A cell that is one figure and nothing else; its unit stands in the heading.
ALONE = re.compile(
    r"(?P<before>(?:力争|确保|完成|约|近|共计?|达到?|至少|高于|低于|超过|控制在|保持在?|不(?:高于|超过|多于|大于|低于|少于|小于)|[≥≤<>]=?){0,4})"
    rf"(?P<figure>{FIGURE}|{CHINESE}{{1,12}})(?:[-—–~至到](?P<upto>{FIGURE}))?[余多]?(?P<unit>[百千万亿]{{0,2}}%?)(?P<after>{AFTER})?"
)
# Figures that name or describe something and ask for nothing.
NO_TARGET = re.compile(
    r"“[^”]{0,80}”|《[^》]{0,80}》|附[件表]\d+|第(?:\d+|[一二三四五六七八九十]+)|国[\d\u2160-\u216b一二三四五六]+"
    r"|(?<![/\dA-Za-zμ])[A-Za-z₀-₉][A-Za-z]{0,12}[.\-]?\d[\d.]*"
    r"|(?<!\d)\d{1,8}(?:[A-Za-z]级|(?:[.\-/—]\d{1,4}){0,4}(?:年度?|月份?|日|时|号|级|类|型|版|位)(?!均)|个?(?:地区|区)(?!域))|分(?:\d+|[一二两三四五六七八九十]+)批"
    r"|(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])|20\d\d(?=[-—–至])|发现一(?P<thing>.)[、，]?[一-鿿]{2}一(?P=thing)"
    r"|(?<!\d)\d{1,3}×\d{1,3}小时|〔\d{4}〕\d*|(?<![底日月])[前后]\d+名"
)
AT_MOST = re.compile(
    r"(?:不(?:得)?(?:高于|超过|多于|大于|超|突破)|(?<!不)低于|(?<!不)少于|(?<!不)小于|控制在|控制到|限制在|[压削]减[至到]|减少[至到]"
    r"|压降[至到]|下?降低?[至到]|≤|<)[^\d，。；]{0,8}$"
)
AT_LEAST = re.compile(
    r"(?:不(?:低于|少于|小于|足)|至少|达到?|力争达到?|保持|高于|超过|≥|>|(?:提高|提升|增加|增长|扩大|恢复)[到至])[^\d，。；]{0,8}$"
)
SHRINKING = re.compile(r"(?:下降|降低|减少|削减|压减)(?!率|比例)[^\d，。；]{0,3}$")
GROWING = re.compile(r"(?:提高|提升|增长|增加|上升|扩大)(?!率|比例|到|至)[^\d，。；到至]{0,3}$")
UPPER_BY_NATURE = re.compile(r"浓度|降尘量|残存量|超标率|不合格|劣[ⅤV5五]类|重污染天数")
RID_OF = re.compile("消除|销号")  # 消除劣Ⅴ类断面2个 is work, not a bound
PHYSICAL = re.compile(rf"(?:{AREA}|蒸吨|吨|千瓦时|千瓦|米|公里|%|年|级|t|km|小时|时|日|天)$")
# 由33微克/立方米下降到32微克/立方米: the first figure is where it stands, not where it should go.
FROM = re.compile(r"(?:由|从)[^\d，。；]{0,10}(?:\d{4}年的?)?[^\d，。；]{0,6}$")
ONWARD = re.compile(r"(?:左右|以上)?[^\d，。；、]{0,10}[到至]")
FROM_TO = re.compile(r"(?:由|从)[^，。；]{0,40}[到至]$")
# 500米服务半径, 100米范围: how far, not how much.
REACH = re.compile(r"(?:以?内)?的?(?:范围|半径|区域|服务|见园|见绿|可达|缓冲)")
CONCENTRATION = ("微克", "毫克", "μg", "ug")
# 65蒸吨锅炉2台, 1座50万吨/日再生水厂: how large each of the things counted is.
CAPACITY = re.compile(r"蒸吨|/(?:小时|时|日|天)$|千伏|兆瓦$")
SIZED = re.compile("的?[\u4e00-\u9fff]")
COUNTED = re.compile(rf"的?[\u4e00-\u9fff]{{1,10}}(?:{FIGURE})(?:台|座|个|套|家|处|条)")
