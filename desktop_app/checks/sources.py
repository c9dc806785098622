"""What the rules rest on, as the catalogue cites it."""

from desktop_app.language import N_

COORDINATION = N_("京政办发〔2023〕4号 二（全面加强任务统筹落实）")  # noqa: RUF001 - the document number's own brackets
PUBLICITY = N_("京政办发〔2023〕4号 三（信息公开和社会监督）")  # noqa: RUF001 - the document number's own brackets
SUPERVISION = N_("京政办发〔2023〕4号 四（严格督察考核，每月第三个工作日前报送上月进展）")  # noqa: RUF001 - the document number's own brackets
SCHEDULE = N_("序时进度的通行算法：按月均摊，阈值可配置")
NIL_REPORT = N_("零报告制度：没有进展也须写明原因")
FORM = N_("月报表填报规则（本软件）")
LAYOUT = N_("GB/T 9704-2012 打印要求：不得缺字")
SECRECY = N_("保密要求：不得录入涉密信息")
