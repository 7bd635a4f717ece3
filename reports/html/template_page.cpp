#include "reports/html/templates.h"

namespace cotejo::reports {

const std::string_view kPageTemplate = R"html(<!DOCTYPE html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="cotejo {{version}}">
<title>{{title}} · {{t.kind}}</title>
<style>
{{{style}}}
</style>
</head>
<body>
<header class="cover">
<p class="kicker">Cotejo <span>·</span> {{t.kind}}</p>
<h1{{{es}}}>{{title}}</h1>
{{#main_norms}}<p class="norm"><b>{{name}}</b> <span{{{es}}}>{{title}}</span>{{#dates}} <span>·</span> {{dates}}{{/dates}}</p>
{{/main_norms}}
{{#has_amendments}}<p class="norm"><b>{{t.compared_with}}</b> {{#amendments}}<a{{{es}}} href="#{{anchor}}">{{title}}</a>{{^last}}, {{/last}}{{/amendments}}</p>{{/has_amendments}}
</header>
<div class="layout">
<nav class="toc" aria-label="{{t.contents}}">
<h2>{{t.contents}}</h2>
<ol>
<li><a href="#resumen">{{t.summary}}</a></li>
{{#has_checks}}<li><a href="#hallazgos">{{t.findings}}</a>
<ul class="groups">{{#groups}}{{#group_found}}
<li><a href="#{{group_anchor}}">{{group}}</a> <span class="muted">{{group_n}}</span>
<details class="screen"><summary>{{t.list}}</summary><ul>{{#levels}}{{#findings}}
<li class="{{severity}}"><a href="#{{anchor}}">{{title}}</a></li>{{/findings}}{{/levels}}
</ul></details></li>{{/group_found}}{{/groups}}{{#has_suppressed}}
<li><a href="#suprimidos">{{t.suppressed}}</a></li>{{/has_suppressed}}
</ul></li>{{/has_checks}}
{{#has_exposure}}<li><a href="#exposicion">{{t.exposure}}</a></li>{{/has_exposure}}
{{#has_amendments}}<li><a href="#enmiendas">{{t.amendments}}</a></li>{{/has_amendments}}
{{#has_forecast}}<li><a href="#pronostico">{{t.forecast}}</a></li>
<li><a href="#graficos">{{t.charts}}</a></li>
<li><a href="#supuestos">{{t.assumptions}}</a></li>{{/has_forecast}}
<li><a href="#repetir">{{t.run_again}}</a></li>
<li><a href="#anexo">{{t.appendix}}</a></li>
</ol>
</nav>
<main>
{{> resumen}}
{{#has_checks}}
<section id="hallazgos">
<h2>{{t.findings}}</h2>
{{> catalogo}}
</section>
{{/has_checks}}
{{#has_exposure}}{{> exposicion}}{{/has_exposure}}
{{#has_amendments}}{{> enmiendas}}{{/has_amendments}}
{{#has_forecast}}{{> pronostico}}{{/has_forecast}}
<section id="repetir">
<h2>{{t.run_again}}</h2>
<p>{{#interrupted}}{{t.run_whole_text}}{{/interrupted}}{{^interrupted}}{{t.run_again_text}}{{/interrupted}}</p>
<pre class="command">{{command}}</pre>
{{#has_forecast}}<p>{{t.seed_text}}</p>{{/has_forecast}}
<p class="muted">cotejo {{version}}</p>
</section>
{{> anexo}}
</main>
</div>
<script>
(function () {
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open]):not(.screen)"));
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
  });
  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var inside = target && (target.tagName === "DETAILS" ? target : target.querySelector("details"));
    if (inside) { inside.open = true; }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
</script>
</body>
</html>
)html";

const std::string_view kSummaryTemplate = R"html(<section id="resumen">
<h2>{{t.summary}}</h2>
{{#interrupted}}<p class="alert" role="alert">{{t.interrupted}}</p>{{/interrupted}}
{{#has_checks}}
<div class="verdict">
{{#counts}}<div class="count {{severity}}{{#none}} none{{/none}}"><b>{{n}}</b><span>{{label}}</span></div>
{{/counts}}</div>
{{#nothing_checked}}<p class="alert" role="alert">{{t.nothing_checked}}</p>{{/nothing_checked}}
{{#undecided}}<p class="alert">{{undecided_text}}</p>{{/undecided}}
<table class="totals">
<caption>{{t.queries_caption}}</caption>
<thead><tr>{{#totals}}<th scope="col">{{label}}</th>{{/totals}}</tr></thead>
<tbody><tr>{{#totals}}<td class="{{mark}}">{{n}}</td>{{/totals}}</tr></tbody>
</table>
<p class="muted note">{{t.verdict_help}}</p>
{{/has_checks}}
{{#has_headline}}
<h3>{{t.headline}} <span class="muted">{{forecast_scope}}</span></h3>
<div class="tiles">
{{#headline}}<div class="tile">
<p class="tile-label">{{label}} <span class="unit">{{unit}}</span></p>
<p class="tile-base"><b>{{mean}}</b> <span>{{t.in_force_short}}</span></p>
{{#changes}}<p class="tile-change"><b>{{change}}</b> <span{{{es}}}>{{title}}</span><br><span class="muted">{{t.ci95}} {{interval}}{{#note}} · {{note}}{{/note}}</span></p>
{{/changes}}</div>
{{/headline}}</div>
{{/has_headline}}
<dl class="scope">
<dt>{{t.model}}</dt><dd>{{coverage}}</dd>
{{#checked_year}}<dt>{{t.checked_year}}</dt><dd>{{checked_year}}</dd>{{/checked_year}}
<dt>{{t.readings}}</dt><dd>{{#has_readings}}{{#readings}}<p><span{{{es}}}><b>{{name}}</b>: {{chosen}}</span>{{#instead_of}} <b class="open">({{t.instead_of}} <span{{{es}}}>{{instead_of}}</span>)</b>{{/instead_of}}{{#articles}} <span class="art">{{.}}</span>{{/articles}}</p>{{/readings}}{{/has_readings}}{{^has_readings}}{{t.no_readings}}{{/has_readings}}</dd>
</dl>
</section>
)html";

const std::string_view kCatalogueTemplate =
    R"html({{#no_findings}}<p>{{t.no_findings}}</p>{{/no_findings}}
{{#common_reading}}<p class="muted note">{{t.common_reading}} <span{{{es}}}>{{common_reading}}</span>.</p>{{/common_reading}}
{{#several_readings}}<p class="note">{{#always}}{{t.readings_always}}{{/always}}{{^always}}{{t.readings_all}}{{/always}} {{t.readings_tried}} {{assignments_n}}.</p>
<details class="note"><summary>{{t.readings_list}}</summary><ul>{{#assignments}}<li>{{.}}</li>{{/assignments}}</ul></details>{{/several_readings}}
{{#has_catalogue}}
<h3>{{t.catalogue}}</h3>
<p class="note">{{t.catalogue_help}}</p>
<table class="catalogue">
<thead><tr><th scope="col">{{t.check}}</th><th scope="col">{{t.asked}}</th><th scope="col">{{t.outcome}}</th></tr></thead>
{{#groups}}{{#has_checks}}<tbody>
<tr class="group"><th colspan="3" scope="rowgroup">{{#group_found}}<a href="#{{group_anchor}}">{{group}}</a>{{/group_found}}{{^group_found}}{{group}}{{/group_found}}</th></tr>
{{#checks}}<tr><th scope="row">{{check}} <span class="muted">{{looks_for}}</span></th><td class="number">{{asked}}</td><td class="{{mark}}">{{outcome}}</td></tr>
{{/checks}}</tbody>{{/has_checks}}{{/groups}}
</table>
{{/has_catalogue}}
{{#groups}}{{#group_found}}
<div class="group" id="{{group_anchor}}">
<h3>{{group}} <span class="muted">{{group_n}}</span></h3>
{{#levels}}
<h4 class="level">{{level}} <span class="muted">{{n}}</span></h4>
{{> hallazgos}}
{{/levels}}
</div>
{{/group_found}}{{/groups}}
{{#suppression_file}}<p class="note">{{t.suppression_file}} {{suppression_file}}</p>{{/suppression_file}}
{{#has_suppressed}}
<div class="group" id="suprimidos">
<h3>{{t.suppressed}}</h3>
<p class="note">{{t.suppressed_help}}</p>
{{#suppressed_list}}{{> hallazgos}}{{/suppressed_list}}
</div>
{{/has_suppressed}}
)html";

std::vector<std::pair<std::string_view, std::string_view>> PageParts() {
  return {{"resumen", kSummaryTemplate},      {"catalogo", kCatalogueTemplate},
          {"hallazgos", kFindingsTemplate},   {"exposicion", kExposureTemplate},
          {"enmiendas", kAmendmentsTemplate}, {"pronostico", kForecastTemplate},
          {"anexo", kAppendixTemplate}};
}

}  // namespace cotejo::reports
