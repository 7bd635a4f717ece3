#include "reports/html/templates.h"

namespace cotejo::reports {

const std::string_view kCalibrationTemplate = R"html(<!DOCTYPE html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="cotejo {{version}}">
<title>{{t.calibration}} · {{title}}</title>
<style>
{{{style}}}
</style>
</head>
<body>
<header class="cover">
<p class="kicker">Cotejo <span>·</span> {{t.calibration}}</p>
<h1>{{title}}</h1>
<p class="norm">{{scope}}</p>
</header>
<div class="layout">
<nav class="toc" aria-label="{{t.contents}}">
<h2>{{t.contents}}</h2>
<ol>
<li><a href="#prueba">{{t.back_test}}</a></li>
<li><a href="#ajuste">{{t.fit}}</a></li>
<li><a href="#bondad">{{t.goodness}}</a></li>
<li><a href="#graficos">{{t.charts}}</a></li>
<li><a href="#datos">{{t.clock_data}}</a></li>
<li><a href="#repetir">{{t.run_again}}</a></li>
</ol>
</nav>
<main>
<section id="prueba">
<h2>{{t.back_test}} <span class="muted">{{back_test_scope}}</span></h2>
<p class="note">{{t.back_test_help}}</p>
{{#why_no_test}}<p class="alert">{{why_no_test}}</p>{{/why_no_test}}
{{#has_months}}<table class="plain back-test">
<thead><tr><th scope="col">{{t.month}}</th><th scope="col">{{t.observed}}</th><th scope="col">{{t.predicted}}</th><th scope="col">{{t.range95}}</th><th scope="col">{{t.holds}}</th></tr></thead>
<tbody>
{{#months}}<tr><th scope="row">{{month}}</th><td>{{observed}}</td><td>{{predicted}}</td><td class="range">{{range}}</td><td class="{{mark}}">{{#inside}}{{t.inside}}{{/inside}}{{^inside}}{{t.outside}}{{/inside}}</td></tr>
{{/months}}</tbody>
</table>{{/has_months}}
{{#has_absent_months}}<table class="plain back-test">
<caption>{{t.absent_days}}</caption>
<thead><tr><th scope="col">{{t.month}}</th><th scope="col">{{t.observed}}</th><th scope="col">{{t.predicted}}</th><th scope="col">{{t.range95}}</th><th scope="col">{{t.holds}}</th></tr></thead>
<tbody>
{{#absent_months}}<tr><th scope="row">{{month}}</th><td>{{observed}}</td><td>{{predicted}}</td><td class="range">{{range}}</td><td class="{{mark}}">{{#inside}}{{t.inside}}{{/inside}}{{^inside}}{{t.outside}}{{/inside}}</td></tr>
{{/absent_months}}</tbody>
</table>{{/has_absent_months}}
</section>
<section id="ajuste">
<h2>{{t.fit}}</h2>
<p class="note">{{t.fit_help}}</p>
<p class="note">{{how_sure}}</p>
{{#classes}}<table class="plain fit">
<caption>{{name}}</caption>
<thead><tr><th scope="col">{{unit}}</th><th scope="col">{{t.fitted}}</th><th scope="col">{{t.ci95_fit}}</th><th scope="col">{{t.in_file}}</th></tr></thead>
<tbody>
{{#rows}}<tr><th scope="row">{{label}}</th><td>{{value}}</td><td class="range">{{interval}}</td><td>{{file}}</td></tr>
{{/rows}}</tbody>
</table>
{{#few}}<p class="muted note">{{t.few_people}}</p>{{/few}}
{{#help}}<p class="note">{{help}}</p>{{/help}}
{{/classes}}
<p class="note">{{clock_limits}}</p>
</section>
<section id="bondad">
<h2>{{t.goodness}}</h2>
<p class="note">{{t.goodness_help}}</p>
<table class="plain goodness">
<thead><tr><th scope="col">{{t.compared}}</th><th scope="col">χ²</th><th scope="col">{{t.design_effect}}</th><th scope="col">{{t.degrees}}</th><th scope="col">{{t.p_value}}</th><th scope="col">{{t.largest_gap}}</th></tr></thead>
<tbody>
{{#goodness}}<tr><th scope="row">{{what}}</th>{{#done}}<td>{{statistic}}</td><td>{{effect}}</td><td>{{degrees}}</td><td>{{p}}</td><td>{{gap}} {{where}}</td>{{/done}}{{^done}}<td colspan="5">{{why_not}}</td>{{/done}}</tr>
{{/goodness}}</tbody>
</table>
</section>
<section id="graficos">
<h2>{{t.charts}}</h2>
<div class="charts">
{{#charts}}<figure class="{{size}}">
<figcaption><b>{{title}}</b>{{#note}} {{note}}{{/note}}</figcaption>
{{#svg}}{{{svg}}}{{/svg}}{{#problem}}<p class="alert" role="alert">{{problem}}</p>{{/problem}}
</figure>
{{/charts}}</div>
{{#no_charts}}<p>{{t.no_charts}}</p>{{/no_charts}}
</section>
<section id="datos">
<h2>{{t.clock_data}}</h2>
<p class="note">{{t.no_examples}}</p>
{{#files}}<table class="plain preview">
<caption>{{file}} <span>{{read_as}}</span></caption>
<thead><tr><th scope="col">{{t.rows}}</th><th scope="col">{{t.row_outcome}}</th><th scope="col">{{t.reason}}</th></tr></thead>
<tbody>
{{#tallies}}<tr><td class="number">{{n}}</td><td>{{outcome}}</td><td>{{reason}}</td></tr>
{{/tallies}}</tbody>
</table>
{{/files}}
<p><b>{{t.full_months}}</b> {{full_months}}</p>
<table class="plain quality">
<thead><tr><th scope="col">{{t.quality}}</th><th scope="col">{{t.times}}</th><th scope="col">{{t.treatment}}</th></tr></thead>
<tbody>
{{#issues}}<tr><th scope="row">{{what}}</th><td class="number">{{n}}</td><td>{{treatment}}</td></tr>
{{/issues}}</tbody>
</table>
</section>
<section id="repetir">
<h2>{{t.run_again}}</h2>
<p>{{t.run_again_text}}</p>
<pre class="command">{{command}}</pre>
<p class="muted">cotejo {{version}}</p>
</section>
</main>
</div>
</body>
</html>
)html";

}  // namespace cotejo::reports
