"""The words of a deadline phrase, as patterns over squeezed text with plain digits."""

import re

from desktop_app.plans.cells import squeeze
from desktop_app.plans.numerals import CHINESE, arabic

TO = r"[-—–~～至到]+"
_AND = r"[、,和及与/]"
_NEXT = r"次年|明年|来年|翌年|第二年"
YEAR = rf"(?:(?P<year>20\d\d|(?<!\d)\d\d)年|(?P<next>{_NEXT})|(?:本年|今年|当年|每年|该年))度?"
_AFTER_DAY = r"(?:日|号|(?=(?:之|以)?前|$|[,、;:()至到\-—–~]))"

DATE = re.compile(
    rf"(?:{YEAR})?(?P<month>\d{{1,2}})月份?(?:(?P<day>\d{{1,2}}){_AFTER_DAY}|(?P<part>上旬|中旬|下旬|上、?中旬|中、?下旬|初|中(?!旬)|底|末)?)"
)
DIGITS = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
DOTTED = re.compile(
    r"(?<!\d)(?P<year>20\d\d|\d\d(?=\.\d{1,2}\.))(?P<mark>[-./])(?P<month>\d{1,2})(?!\d)(?:(?P=mark)(?P<day>\d{1,2})(?![\d月]))?日?"
)
SHORT = re.compile(
    r"(?<![\d./-])(?P<month>\d{1,2})(?:/|\.(?=\d+(?:日|号|(?:之|以)?前)))(?P<day>\d{1,2})(?=日|号|(?:之|以)?前|$)"
)
SERIAL = re.compile(r"(?P<days>4\d{4}|5[0-4]\d{3})(?:\.\d+)?")
QUARTER = re.compile(
    rf"(?:{YEAR})?(?:第|前)?(?P<quarter>\d{{1,2}})季度[末底]?|(?:(?P<year2>20\d\d)年?)?Q(?P<letter>[1-4])"
)
_YEAR_AGAIN = YEAR.replace("<year>", "<year2>").replace("<next>", "<next2>")
HALF = re.compile(rf"(?:{YEAR})?(?P<half>[上下])半年[底末内]?|(?:{_YEAR_AGAIN})?年?中(?=$|(?:之|以)?前|完成)")
YEAR_END = re.compile(
    rf"(?!每年(?!年?[底末终内]))(?:{YEAR})(?:年?(?:底|末|终|内|度内)|全年(?=完成)|(?=$|(?:全部|全面|基本)?(?:完[成工]|建成|竣工|投[产运]|验收|达到|实现|开工|启动)|起|(?:之|以)?前|[,、;()]|{TO}))"
    r"|(?<![\d半两多个月])(?:本|当|今)?年(?:底|末|终|内|度内?(?=$|完成|[,、;()]))|^[底末](?=(?:之|以)?前)|全年(?=完成)"
    r"|^(?P<bare>20\d\d)(?=$|前)"
)
FIVE_YEARS = re.compile(
    r"[“\"‘']?十(?P<plan>[一二三四五六七])五[”\"’']?(?:规划)?(?:期间|时期|期末|期|末|底)(?:末|底)?(?!初|中)"
)
# The first part of a range or a list that says its measure only at the end: 4-10月, 6、12月底, 1至3季度, 2023-2025年.
HEADS = (
    re.compile(
        rf"(?:{YEAR})?(?<![\d.])(?P<month>\d{{1,2}})(?=(?:(?:{TO}|{_AND})(?:20\d\d年|{_NEXT})?\d{{1,2}}){{1,12}}月)"
    ),
    re.compile(rf"(?:{YEAR})?第?(?<![\d.])(?P<quarter>[1-4])(?:季度?)?(?=(?:(?:{TO}|{_AND})第?[1-4]){{1,4}}季度)"),
    re.compile(rf"(?<!\d)(?P<year>20\d\d)(?={TO}20\d\d年)"),
)
LISTED = re.compile(_AND)
RANGE = re.compile(rf"(?:起|开始)?{TO}")
START = re.compile(r"(?:起|开始)(?!草)")
BEFORE = re.compile(r"(?:之|以)?前")
ONGOING = re.compile(
    r"长期|持续|坚持不懈|全年|全过程|常年|常态|长效|每[年月周日天旬]|每[两二]周|每季|每半[年月]|按[月季年周]|逐[日周月季年]|[月季]度调度|日常|贯穿|经常|定期|随时|动态|不间断"
    r"|一直|一贯|滚动|常抓|实时|全天候|按[日旬]|即日起|次月|印发之日起|发布之日起"
)
STAGED = re.compile(r"分(?:年度|季度|月|步|[两二三四]?[批期]|[两二三四]?个?阶段)")
_SEASON = (
    r"(?:主?汛期?|雨季|主汛|(?:采暖|供暖|供热|取暖)[季期]?|[春夏秋冬]季|秋冬季?|入[春夏秋冬汛]|三[夏秋]|春耕|秋收|麦收|臭氧(?:污染)?(?:高发|防控)?[季期]?|防火期|火险期|植树[季期]|枯水期|丰水期|暑[期假]|寒假"
    r"|[“\"]?(?:春节|国庆节?|五一|十一|全国两会|两会|元旦|元宵节?|中秋节?|清明节?|端午节?|劳动节)[”\"]?|高考|中考|开学|停[暖热]|上冻|封冻|冬奥会?|服贸会|世园会)"
)
EVENT = re.compile(
    rf"(?:[一-鿿]{{0,4}}?{_SEASON}[和及、]?)+(?:[一-鿿]{{0,6}}?)(?:到?来?[之以]?前|[之以]?后|期间|期|季|中|结束|开始)?"
)
EVENT_INSIDE = re.compile(_SEASON + r"[一-鿿]{0,4}?(?:[之以]?[前后]|期间|结束|开始)")
AFTER_EVENT = re.compile(
    rf"[^,;]{{2,30}}?(?:后|之日起|日起)[一-鿿]{{0,3}}?(?:\d+|{CHINESE}{{1,3}}|半)(?:个?工作日|个?小时|分钟|[日天周年]|个?(?:自然)?[月日]|个?季度)(?:[之以]?内)?(?:完成)?"
)
ANY_EVENT = re.compile(
    r"(?!按|根据|依据|结合|视|待|尽|近|目|此|提|争取|力争|月[底末初中]|季度?末|年[初前]|旬|半年)[一-鿿“”·、()]{2,20}(?:[之以]?[前后]|期间|结束)"
)
_PREFIX = re.compile(rf"^(?:20\d\d年?{TO})?(?:20\d\d年)?(?:每年|今年|当年|本年|下一?个?|本|今)?度?")


def plain(raw: str) -> str:
    """The phrase without blanks, times of day and closing marks; numbers in plain digits."""
    raw = re.sub(r"[\u2460-\u2473\u2474-\u2487]", "、", raw)  # ①6月 would become 16月
    text = squeeze(re.sub(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*$", "", raw)).strip("。.,、;")
    text = re.sub(r"(?<=\d)。(?=\d)", ".", text).replace("元月", "1月").replace("首季度", "第一季度")
    text = re.sub(r"(?<!\d)(20\d\d)(?=第?[一二三四]季度)", r"\1年", text)
    text = re.sub(rf"^(20\d\d{TO}20\d\d)$", r"\1年", text)
    text = re.sub(r"上(?:半年)?([、和及与])下半年", r"上半年\1下半年", text)
    text = re.sub(r"第?(III|II|IV|I)季度", lambda found: f"第{_ROMAN[found[1]]}季度", text)
    for measure in ("季度", "月"):
        text = re.sub(
            rf"({CHINESE}{{1,3}})(?=(?:(?:{TO}|{_AND})第?(?:{CHINESE}{{1,3}}|\d{{1,2}})){{0,12}}{measure})",
            lambda found: arabic(found[1] + "月", "月")[:-1],
            text,
        )
    return arabic(text, "年日号")


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def event_words(text: str) -> str:
    """The phrase without the year before it and the 完成 after it: what names an event."""
    return re.sub(r"(?:全部|基本)?(?:完成|落实|到位)(?:改造|任务|整改|治理)?$", "", _PREFIX.sub("", text, count=1))
