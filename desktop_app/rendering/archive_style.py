"""How an archive's first page looks, on a screen and on paper."""

STYLE = """\
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1.25rem 3rem; background: #f4f6f6; color: #1b262c;
  font: 1rem/1.65 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
header, section { background: #fff; border: 1px solid #d3dadc; border-radius: .5rem; padding: 1rem 1.25rem;
  margin: 0 0 1rem; }
h1 { font-size: 1.5rem; margin: .2rem 0 .6rem; line-height: 1.35; }
h2 { font-size: 1.15rem; margin: 0 0 .6rem; color: #185748; }
p { margin: .4rem 0; max-width: 60rem; }
a { color: #1c5690; }
a:focus-visible { outline: 3px solid #1f6f5c; outline-offset: 2px; }
code { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: .86em; overflow-wrap: anywhere; }
.sample { display: inline-block; background: #fdf0dc; color: #854600; border: 1px solid #ecc98f;
  border-radius: .3rem; padding: .1rem .6rem; }
.left { border-left: 4px solid #ecc98f; padding-left: .8rem; }
.late { color: #a81e17; font-weight: 600; white-space: nowrap; }
.small { font-size: .86em; color: #55626a; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.5; }
caption { text-align: left; color: #55626a; padding: 0 0 .35rem; }
th, td { border: 1px solid #d3dadc; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #e3efec; white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; }
.months td:nth-child(n+3):nth-child(-n+7), .months td:nth-child(9) code { white-space: nowrap; }
.tasks td:nth-child(4), .tasks td:nth-child(5) { white-space: nowrap; }
.tasks td:last-child { min-width: 18rem; white-space: normal; }
@media print {
  @page { size: A4 landscape; margin: 14mm; }
  body { background: #fff; max-width: none; padding: 0; font-size: 9.5pt; }
  header, section { border: 0; padding: 0; margin: 0 0 8mm; }
  h2 { break-after: avoid; }
  table { font-size: 8pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .wide { overflow: visible; }
  a { color: inherit; text-decoration: none; }
  .tasks td:nth-child(4), .tasks td:nth-child(5) { white-space: nowrap; }
.tasks td:last-child { min-width: 0; }
}
"""
