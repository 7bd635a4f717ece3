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
<h1>{{title}}</h1>
{{#main_norms}}<p class="norm"><b>{{name}}</b> {{title}}{{#dates}} <span>·</span> {{dates}}{{/dates}}</p>
{{/main_norms}}
{{#has_amendments}}<p class="norm"><b>{{t.compared_with}}</b> {{#amendments}}<a href="#{{anchor}}">{{title}}</a>{{^last}}, {{/last}}{{/amendments}}</p>{{/has_amendments}}
</header>
<div class="layout">
<nav class="toc" aria-label="{{t.contents}}">
<h2>{{t.contents}}</h2>
<ol>
<li><a href="#resumen">{{t.summary}}</a></li>
{{#has_checks}}<li><a href="#hallazgos">{{t.findings}}</a>
<ul>{{#findings}}
<li class="{{severity}}"><a href="#{{anchor}}">{{title}}</a></li>{{/findings}}
</ul></li>{{/has_checks}}
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
{{#no_findings}}<p>{{t.no_findings}}</p>{{/no_findings}}
{{> hallazgos}}
</section>
{{/has_checks}}
{{#has_amendments}}{{> enmiendas}}{{/has_amendments}}
{{#has_forecast}}{{> pronostico}}{{/has_forecast}}
<section id="repetir">
<h2>{{t.run_again}}</h2>
<p>{{t.run_again_text}}</p>
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
{{#changes}}<p class="tile-change"><b>{{change}}</b> <span>{{title}}</span><br><span class="muted">{{t.ci95}} {{interval}}{{#note}} · {{note}}{{/note}}</span></p>
{{/changes}}</div>
{{/headline}}</div>
{{/has_headline}}
<dl class="scope">
<dt>{{t.model}}</dt><dd>{{coverage}}</dd>
<dt>{{t.readings}}</dt><dd>{{#has_readings}}{{#readings}}<p><b>{{name}}</b>: {{chosen}}{{#articles}} <span class="art">{{.}}</span>{{/articles}}</p>{{/readings}}{{/has_readings}}{{^has_readings}}{{t.no_readings}}{{/has_readings}}</dd>
</dl>
</section>
)html";

std::vector<std::pair<std::string_view, std::string_view>> PageParts() {
  return {{"resumen", kSummaryTemplate},
          {"hallazgos", kFindingsTemplate},
          {"enmiendas", kAmendmentsTemplate},
          {"pronostico", kForecastTemplate},
          {"anexo", kAppendixTemplate}};
}

}  // namespace cotejo::reports
