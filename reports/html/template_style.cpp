#include "reports/html/templates.h"

namespace cotejo::reports {

// System fonts only and no image: the page must work without a network and on paper.
const std::string_view kPageStyle = R"css(:root {
  color-scheme: light;
  --ink: #1f2933; --soft: #52606d; --line: #d3dae1; --wash: #f5f7f9; --paper: #ffffff;
  --blue: #1d4e79; --error: #9b1c1c; --error-wash: #fdf3f2; --warn: #7a4f01; --warn-wash: #fdf7e7;
  --info: #1d4e79; --info-wash: #f1f6fb; --good: #1e6b3a;
  --serif: Charter, "Bitstream Charter", Cambria, "Liberation Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans); }
a { color: var(--blue); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid #7fb1dd; outline-offset: 2px; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: 2.1rem; margin: .1rem 0 .8rem; }
h2 { font-size: 1.55rem; margin: 0 0 1rem; padding-bottom: .35rem; border-bottom: 2px solid var(--ink); }
h2 .muted, h3 .muted { font: 400 1rem var(--sans); }
h3 { font-size: 1.2rem; margin: 1.8rem 0 .6rem; }
h4 { font-size: .95rem; margin: 0 0 .5rem; }
h5 { font-size: .85rem; margin: 0; color: var(--soft); font-weight: 600; }
p { margin: 0 0 .7rem; }
.muted { color: var(--soft); }
.note { font-size: .875rem; max-width: 46rem; }
.unit { color: var(--soft); font-weight: 400; font-size: .85em; white-space: nowrap; }
.cover { background: var(--wash); border-bottom: 1px solid var(--line); padding: 2.2rem max(1.5rem, calc((100vw - 76rem) / 2)) 1.4rem; }
.kicker { text-transform: uppercase; letter-spacing: .09em; font-size: .8rem; color: var(--soft); margin: 0; }
.norm { margin: 0 0 .2rem; color: var(--soft); } .norm b { color: var(--ink); }
.layout { display: grid; grid-template-columns: 15.5rem minmax(0, 1fr); gap: 3rem; max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
.toc { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow: auto; font-size: .875rem; line-height: 1.4; }
.toc h2 { font: 600 .8rem var(--sans); letter-spacing: .05em; text-transform: uppercase; border: 0; color: var(--soft); margin: 0 0 .5rem; padding: 0; }
.toc ol, .toc ul { list-style: none; margin: 0; padding: 0; }
.toc li { margin: .4rem 0; }
.toc ul { margin: .3rem 0 .6rem; }
.toc ul li { font-size: .8125rem; } .toc ul ul li { border-left: 3px solid var(--line); padding-left: .6rem; }
.toc .groups summary { cursor: pointer; color: var(--soft); font-size: .75rem; }
.toc li.error { border-color: var(--error); } .toc li.warning { border-color: #c98a12; } .toc li.information { border-color: var(--info); }
.toc a { text-decoration: none; } .toc a:hover { text-decoration: underline; }
section { margin: 0 0 3.2rem; }
.verdict { display: flex; gap: .8rem; flex-wrap: wrap; margin: 0 0 1rem; }
.count { flex: 1 1 9rem; display: flex; align-items: baseline; gap: .6rem; padding: .7rem 1rem; border: 1px solid var(--line); border-left: 6px solid; border-radius: 3px; }
.count b { font: 600 2.2rem/1 var(--serif); font-variant-numeric: lining-nums; }
.count.error { border-left-color: var(--error); background: var(--error-wash); } .count.error b { color: var(--error); }
.count.warning { border-left-color: #c98a12; background: var(--warn-wash); } .count.warning b { color: var(--warn); }
.count.information { border-left-color: var(--info); background: var(--info-wash); } .count.information b { color: var(--info); }
.count.none { background: none; border-left-color: var(--line); } .count.none b { color: var(--soft); }
.alert { border: 1px solid #c98a12; background: var(--warn-wash); color: var(--warn); padding: .7rem 1rem; border-radius: 3px; font-weight: 600; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.6rem; font-size: .875rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; font-size: 1rem; } caption span { font-weight: 400; }
caption .art { font-weight: 400; }
th, td { padding: .38rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; font-size: .8125rem; color: var(--soft); border-bottom: 1px solid var(--soft); vertical-align: bottom; }
tbody th { font-weight: 500; }
.totals caption { font-size: .875rem; color: var(--soft); }
.totals td, .totals th { text-align: center; border: 1px solid var(--line); font-variant-numeric: tabular-nums; }
.totals td { font-size: 1.05rem; }
.bad, td.bad { color: var(--error); font-weight: 600; } .open, td.open { color: var(--warn); font-weight: 600; } td.good { color: var(--good); }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(14.5rem, 1fr)); gap: .8rem; margin: 0 0 1.4rem; }
.tile { border: 1px solid var(--line); border-radius: 3px; padding: .8rem 1rem .4rem; }
.tile p { margin: 0 0 .5rem; font-size: .875rem; line-height: 1.35; }
.tile .tile-label { font-weight: 600; }
.tile b { font: 600 1.35rem/1.2 var(--serif); font-variant-numeric: lining-nums tabular-nums; }
.tile .tile-base { color: var(--soft); } .tile .tile-base b { color: var(--ink); }
.tile-base span, .tile-change b + span { display: block; } .tile-change br { display: none; }
.tile-change { border-top: 1px solid var(--line); padding-top: .45rem; }
.tile-change b { color: var(--blue); } .tile-change .muted { font-size: .8125rem; }
dl { display: grid; grid-template-columns: minmax(7.5rem, max-content) minmax(0, 1fr); gap: .35rem 1.2rem; margin: 0 0 1rem; font-size: .9375rem; }
dt { color: var(--soft); } dd { margin: 0; } dd p { margin: 0 0 .15rem; }
.art { display: inline-block; font-size: .8125rem; line-height: 1.35; padding: 0 .4em; border: 1px solid var(--line); border-radius: 2px; background: var(--paper); white-space: nowrap; color: var(--ink); }
.code { font-size: .8125rem; color: var(--soft); }
.finding { border: 1px solid var(--line); border-left: 5px solid var(--info); border-radius: 3px; margin: 0 0 1rem; scroll-margin-top: 1rem; }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: #c98a12; }
.finding:target { box-shadow: 0 0 0 3px #cfe2f3; }
.finding > details > summary { cursor: pointer; position: relative; padding: .8rem 1rem .7rem 2.2rem; list-style: none; }
.finding > details > summary::-webkit-details-marker { display: none; }
.finding > details > summary::before { content: "▸"; position: absolute; left: .9rem; color: var(--soft); }
.finding > details[open] > summary::before { content: "▾"; }
.finding-title { display: block; font: 600 1.1rem/1.3 var(--serif); margin: .15rem 0 .3rem; text-wrap: balance; }
.badge { display: inline-block; font-size: .75rem; font-weight: 600; padding: .05rem .5rem; border-radius: 2px; color: #fff; background: var(--info); }
.error .badge { background: var(--error); } .warning .badge { background: var(--warn); } .information .badge { background: var(--info); }
.finding .body { padding: 0 1.2rem .6rem 2.2rem; }
.explanation { max-width: 46rem; }
.witness { background: var(--wash); border: 1px solid var(--line); border-radius: 3px; padding: .9rem 1rem .5rem; margin: 0 0 .8rem; }
.person { font-size: .875rem; margin: 0 0 .6rem; } .person span { margin-right: 1.2rem; display: inline-block; }
.month { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: .4rem; padding: .35rem 0; border-top: 1px solid var(--line); font-size: .875rem; }
.month h5 { padding-top: .1rem; }
.facts { list-style: none; margin: 0; padding: 0 0 0 .9rem; border-left: 2px solid #b6c2cd; }
.facts li { position: relative; padding: .08rem 0; display: flex; gap: .7rem; break-inside: avoid; }
.facts li::before { content: ""; position: absolute; left: calc(-.9rem - 5px); top: .55em; width: 8px; height: 8px; border-radius: 50%; background: var(--blue); }
.facts.many { columns: 2; column-gap: 1.5rem; } .facts.many li::before { display: none; }
.facts time { flex: 0 0 3.6rem; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.timeline { margin: 0 0 .8rem; background: var(--paper); border: 1px solid var(--line); border-radius: 3px; padding: .4rem .6rem; font-size: 11px; }
.timeline text { fill: var(--ink); font-size: 11px; }
.timeline .month, .timeline .day, .timeline .many { text-anchor: middle; }
.timeline .month { font-size: 11px; font-weight: 600; } .timeline .day { font-size: 9.5px; fill: var(--soft); }
.timeline .day.end { text-anchor: end; } .timeline .lane { fill: var(--soft); text-anchor: start; } .timeline .many { font-size: 9px; font-weight: 700; fill: #fff; }
.timeline .weekend { fill: #eef1f4; } .timeline .axis { stroke: var(--ink); stroke-width: 1; } .timeline .track { stroke: var(--line); stroke-width: 1; }
.timeline .month-end { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; } .timeline .drop { stroke: var(--line); stroke-width: 1; stroke-dasharray: 1 3; }
.timeline circle { fill: var(--blue); stroke: #fff; stroke-width: 1; }
.timeline .mark { fill: var(--error); } .timeline .loses .mark { fill: #fff; stroke: var(--soft); } .timeline .loses text { fill: var(--soft); }
.passages blockquote { margin: 0; } .passages dl { margin-top: .5rem; }
.conditions ol, .mends ol { margin: 0 0 .6rem; padding-left: 1.4rem; font-size: .9375rem; } .conditions li, .mends li { margin: .2rem 0; }
.catalogue .group th { font-family: var(--serif); font-size: 1rem; padding-top: .8rem; border-bottom: 1px solid var(--ink); }
.catalogue th .muted { display: block; font-size: .8125rem; } .catalogue .number { text-align: right; font-variant-numeric: tabular-nums; }
.catalogue td:last-child { width: 45%; } .level { margin: 1.2rem 0 .5rem; } .group { scroll-margin-top: 1rem; }
.answers { margin: .7rem 0; background: var(--paper); }
.answers th, .answers td { border: 1px solid var(--line); }
.answers .loses, .answers .silent { color: var(--soft); } .answers .loses td:nth-child(3) { text-decoration: line-through; }
.answers .stands td:last-child { font-weight: 600; }
.rule { font-family: var(--mono); font-size: .8125rem; overflow-wrap: anywhere; }
.plain th, .plain td { overflow-wrap: anywhere; }
.replay { font-size: .875rem; font-weight: 600; margin: .4rem 0; } .replay.yes { color: var(--good); } .replay.no { color: var(--error); }
.screen summary, .queries summary { cursor: pointer; font-size: .875rem; color: var(--blue); }
pre { font: .8125rem/1.5 var(--mono); background: var(--paper); border: 1px solid var(--line); padding: .6rem .8rem; overflow-x: auto; border-radius: 3px; }
pre.command { background: var(--wash); white-space: pre-wrap; overflow-wrap: anywhere; }
.permalink { font-size: .75rem; margin: 0; text-align: right; } .permalink a { color: var(--soft); text-decoration: none; }
.amendment { margin-bottom: 2rem; } .amendment > h4 { margin-top: 1.2rem; }
.forecast th, .forecast td { padding: .38rem .35rem; }
.forecast td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.forecast thead tr:nth-child(2) th { text-align: right; }
.forecast thead th[colspan] { text-align: center; border-bottom: 1px solid var(--line); }
.forecast .with { border-left: 1px solid var(--line); }
.forecast .range { color: var(--soft); font-size: .78rem; white-space: normal; }
.forecast { table-layout: fixed; font-size: .8125rem; }
.forecast col.c-label { width: 22%; } .forecast col.c-mean { width: 12%; } .forecast col.c-range { width: 14%; }
.forecast th { overflow-wrap: anywhere; }
.forecast .total th, .forecast .total td { font-weight: 700; border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); background: var(--wash); }
.forecast .total .range { font-weight: 500; color: var(--ink); }
.fit .range { white-space: nowrap; }
.forecast td.clear { font-weight: 700; } .forecast td.same { color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.6rem; }
figure { margin: 0; break-inside: avoid; } figure.wide { grid-column: 1 / -1; }
figcaption { font-size: .875rem; line-height: 1.4; margin-bottom: .4rem; color: var(--soft); } figcaption b { color: var(--ink); }
svg { display: block; width: 100%; height: auto; font-family: var(--sans); }
.facts-table { width: auto; } .facts-table th { color: var(--soft); font-weight: 400; }
.assumptions { max-width: 48rem; padding-left: 1.2rem; } .assumptions li { margin: .3rem 0; }
.reading .chosen th, .reading .chosen td { background: var(--info-wash); font-weight: 600; }
@media (max-width: 66rem) {
  .layout { display: block; overflow-wrap: break-word; } .toc { position: static; max-height: none; margin-bottom: 2rem; }
  .charts { grid-template-columns: 1fr; } table { display: block; overflow-x: auto; }
  .month { grid-template-columns: 1fr; } .facts.many { columns: 1; }
  .witness { overflow-x: auto; } .witness .timeline { min-width: 38rem; }
  .art { white-space: normal; overflow-wrap: anywhere; }
}
@page { size: A4; margin: 17mm 15mm 18mm; }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { scroll-behavior: auto; font-size: 9.2pt; }
  body { font-size: 1rem; line-height: 1.42; }
  .cover { background: none; padding: 0 0 4mm; border-bottom: 0; }
  h2, h3, h4, h5, caption, figcaption { break-after: avoid; }
  .layout { display: block; padding: 0; max-width: none; }
  .toc { position: static; max-height: none; overflow: visible; margin-bottom: 7mm; columns: 2; }
  .toc h2 { column-span: all; } .toc ol > li { break-inside: avoid-column; }
  .toc ul li { margin: .15rem 0; }
  a { color: inherit; text-decoration: none; }
  section { margin-bottom: 8mm; } #hallazgos, #pronostico, #anexo { break-before: page; }
  .screen, .permalink { display: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .finding > details > summary { padding: 2.5mm 4mm; break-after: avoid; }
  .finding > details > summary::before { content: none !important; }
  .finding .body { padding: 0 4mm 2mm; }
  tr, .tile, .count, .month, .answers, .timeline { break-inside: avoid; } thead { display: table-header-group; }
  .forecast th, .forecast td { padding: 1mm 1.1mm; }
  .tiles { grid-template-columns: repeat(3, 1fr); } .charts { gap: 6mm; }
  .month { grid-template-columns: 7rem minmax(0, 1fr); }
  .witness { overflow: visible; } .witness .timeline { min-width: 0; }
}
)css";

}  // namespace cotejo::reports
