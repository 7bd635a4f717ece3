#include "reports/html/templates.h"

namespace cotejo::reports {

const std::string_view kFindingsTemplate = R"html({{#findings}}
<article class="finding {{severity}}" id="{{anchor}}">
<details>
<summary>
<span class="badge">{{severity_label}}</span> <span class="code">{{code}}</span>
<span class="finding-title">{{title}}</span>
<span class="arts">{{#articles}}<span class="art">{{.}}</span> {{/articles}}</span>
</summary>
<div class="body">
<p class="explanation">{{explanation}}</p>
<dl>
{{#has_region}}<dt>{{t.region}}</dt><dd>{{#region}}<p>{{.}}</p>{{/region}}</dd>{{/has_region}}
{{#resolution}}<dt>{{t.resolution}}</dt><dd>{{resolution}}</dd>{{/resolution}}
{{#reading}}<dt>{{t.reading}}</dt><dd>{{reading}}</dd>{{/reading}}
{{#under}}<dt>{{t.under}}</dt><dd>{{under}}</dd>{{/under}}
{{#bounds}}<dt>{{t.bounds}}</dt><dd>{{bounds}}</dd>{{/bounds}}
<dt>{{t.evidence}}</dt><dd>{{evidence}}</dd>
{{#exposed}}<dt>{{t.exposure}}</dt><dd>{{exposure}}{{#counted}}. <span class="muted">{{counted}}</span>{{/counted}}</dd>{{/exposed}}
{{#suppressed}}<dt>{{t.suppressed_why}}</dt><dd{{{es}}}>{{why}}</dd>
<dt>{{t.suppressed_owner}}</dt><dd{{{es}}}>{{owner}}</dd>
<dt>{{t.suppressed_until}}</dt><dd>{{until}}</dd>{{/suppressed}}
</dl>
{{#witnesses}}
<div class="witness">
<h4>{{t.witness}}{{#label}}<span class="muted">: {{label}}</span>{{/label}}</h4>
{{#has_person}}<p class="person">{{#person}}<span>{{.}}</span>{{/person}}</p>{{/has_person}}
{{#timeline}}{{{timeline}}}{{/timeline}}
{{#months}}<div class="month"><h5>{{month}}</h5>
<ol class="facts{{#many}} many{{/many}}">{{#facts}}<li><time datetime="{{iso}}">{{day}}</time> <span>{{text}}</span></li>{{/facts}}</ol></div>
{{/months}}
{{#has_answers}}<table class="answers">
<thead><tr><th scope="col">{{t.article}}</th><th scope="col">{{t.rule}}</th><th scope="col">{{t.answer}}</th><th scope="col">{{t.stands_column}}</th></tr></thead>
<tbody>{{#answers}}<tr class="{{#stands}}stands{{/stands}}{{#yields}}loses{{/yields}}{{#silent}}silent{{/silent}}"><td><span class="art">{{article}}</span></td><td class="rule"{{{es}}}>{{{rule}}}</td><td>{{text}}</td><td>{{#stands}}{{t.stands}}{{/stands}}{{#yields}}{{t.loses}}{{/yields}}{{#silent}}—{{/silent}}</td></tr>{{/answers}}</tbody>
</table>{{/has_answers}}
{{^has_answers}}<p>{{t.no_answer}}</p>{{/has_answers}}
{{#replayed}}<p class="replay yes">✓ {{t.replayed}}</p>{{/replayed}}{{#not_replayed}}<p class="replay no">✗ {{t.not_replayed}}</p>{{/not_replayed}}
{{#csv}}<details class="screen"><summary>{{t.as_csv}}</summary><p class="note">{{t.csv_readings}}{{#csv_horizon}} {{t.csv_horizon}} {{csv_horizon}}.{{/csv_horizon}}</p><pre{{{es}}}>{{csv}}</pre></details>{{/csv}}
</div>
{{/witnesses}}
{{#has_sets}}<div class="conditions">
<h4>{{t.conditions}}</h4>
{{#sets}}<ol>{{#conditions}}<li>{{#article}}<span class="art">{{article}}</span> {{/article}}{{text}}</li>{{/conditions}}</ol>{{/sets}}
<p class="muted note">{{#all_sets}}{{t.all_sets}}{{/all_sets}}{{^all_sets}}{{t.some_sets}}{{/all_sets}}</p>
</div>{{/has_sets}}
{{#has_mends}}<div class="mends">
<h4>{{t.mends}}</h4>
<ol>{{#mends}}<li>{{mend}} <span class="muted">{{t.edits}} {{edits}}. {{t.removes}}</span>
{{#amendment}}<details class="screen"><summary>{{t.amendment_file}}</summary><pre{{{es}}}>{{amendment}}</pre></details>{{/amendment}}</li>{{/mends}}</ol>
</div>{{/has_mends}}
{{#has_refused}}<details class="refused"><summary>{{t.refused}}</summary>
<ul>{{#refused}}<li>{{mend}}.</li>{{/refused}}</ul>
</details>{{/has_refused}}
{{#has_passages}}<details class="passages"><summary>{{t.passages}}</summary><dl>{{#passages}}<dt><span class="art">{{article}}</span></dt><dd><blockquote lang="es">{{text}}</blockquote></dd>{{/passages}}</dl></details>{{/has_passages}}
<p class="permalink"><a href="#{{anchor}}">{{id}}</a></p>
</div>
</details>
</article>
{{/findings}})html";

const std::string_view kExposureTemplate = R"html(<section id="exposicion">
<h2>{{t.exposure}} <span class="muted">{{exposure_scope}}</span></h2>
<p class="note">{{t.exposure_help}}</p>
{{#has_exposures}}<table class="plain exposure">
<thead><tr><th scope="col">{{t.finding}}</th><th scope="col">{{t.severity}}</th><th scope="col">{{t.per_thousand}}</th><th scope="col">{{t.ci95_mean}}</th></tr></thead>
<tbody>
{{#exposures}}<tr><th scope="row"><a href="#{{anchor}}">{{title}}</a> <span class="code">{{code}}</span> <span class="muted">{{counted}}</span></th><td class="{{severity}}">{{severity_label}}</td><td class="number">{{figure}}</td><td class="range">{{interval}}</td></tr>
{{/exposures}}</tbody>
</table>{{/has_exposures}}
{{#has_unmeasured}}<details><summary>{{t.unmeasured}} <span class="muted">{{unmeasured_n}}</span></summary>
<ul>{{#unmeasured}}<li><a href="#{{anchor}}">{{title}}</a> <span class="code">{{code}}</span>: {{why_not}}</li>
{{/unmeasured}}</ul></details>{{/has_unmeasured}}
</section>
)html";

const std::string_view kAmendmentsTemplate = R"html(<section id="enmiendas">
<h2>{{t.amendments}}</h2>
{{#amendments}}
<div class="amendment" id="{{anchor}}">
<h3{{{es}}}>{{title}}</h3>
{{#has_changes}}<ul class="changes">{{#changes}}<li>{{.}}</li>{{/changes}}</ul>{{/has_changes}}
{{#has_checks}}
<table class="totals">
<caption>{{t.amended_queries_caption}}</caption>
<thead><tr>{{#totals}}<th scope="col">{{label}}</th>{{/totals}}</tr></thead>
<tbody><tr>{{#totals}}<td class="{{mark}}">{{n}}</td>{{/totals}}</tr></tbody>
</table>
<p>{{balance}}</p>
{{#has_unanswered}}<p class="alert">{{t.unanswered}}</p>
<ul class="unanswered">{{#unanswered}}<li>{{verdict}}: <span class="rule"{{{es}}}>{{{name}}}</span>{{#reason}}; {{reason}}{{/reason}}</li>{{/unanswered}}</ul>{{/has_unanswered}}
{{#has_solved}}<h4>{{t.solved}}</h4>
<ul>{{#solved}}<li><a href="#{{anchor}}">{{title}}</a> <span class="code">{{code}}</span> {{#articles}}<span class="art">{{.}}</span> {{/articles}}</li>{{/solved}}</ul>{{/has_solved}}
{{#has_introduced}}<h4>{{t.introduced}}</h4>{{/has_introduced}}
{{> hallazgos}}
{{#has_still}}<h4>{{t.still}}</h4>
<ul>{{#still}}<li><a href="#{{anchor}}">{{text}}</a> <span class="code">{{code}}</span></li>{{/still}}</ul>
{{#still_blocks}}{{> hallazgos}}{{/still_blocks}}{{/has_still}}
{{/has_checks}}
{{^has_checks}}<p class="muted">{{t.amendment_unchecked}}</p>{{/has_checks}}
</div>
{{/amendments}}
</section>
)html";

const std::string_view kForecastTemplate = R"html(<section id="pronostico">
<h2>{{t.forecast}} <span class="muted">{{forecast_scope}}</span></h2>
<p>{{t.forecast_help}}</p>
{{#unseen}}<p class="alert">{{.}}</p>
{{/unseen}}
{{#tables}}
<table class="forecast">
<caption>{{label}}{{#amendment}} <span>· <span{{{es}}}>{{amendment}}</span></span>{{/amendment}}</caption>
<colgroup><col class="c-label"><col class="c-mean"><col class="c-range"><col class="c-range">{{#amendment}}<col class="c-mean"><col class="c-mean"><col class="c-range">{{/amendment}}</colgroup>
<thead>
<tr><th rowspan="2" scope="col">{{t.concept}}</th><th colspan="3" scope="colgroup">{{t.in_force}}</th>{{#amendment}}<th colspan="3" scope="colgroup" class="with">{{t.with_amendment}}</th>{{/amendment}}</tr>
<tr><th scope="col">{{t.mean}}</th><th scope="col">{{t.ci95_mean}}</th><th scope="col">{{t.year_range}}</th>{{#amendment}}<th scope="col" class="with">{{t.mean}}</th><th scope="col">{{t.difference}}</th><th scope="col">{{t.ci95_difference}}</th>{{/amendment}}</tr>
</thead>
<tbody>
{{#rows}}<tr{{#total}} class="total"{{/total}}><th scope="row">{{label}} <span class="unit">{{unit}}</span></th><td>{{mean}}</td><td class="range">{{ci}}</td><td class="range">{{range}}</td>{{#compared}}<td class="with">{{amended}}</td><td class="{{mark}}">{{change}}</td><td class="range">{{change_ci}}</td>{{/compared}}</tr>
{{/rows}}</tbody>
</table>
{{/tables}}
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
<section id="supuestos">
<h2>{{t.assumptions}}</h2>
<table class="facts-table">
{{#facts_table}}<tr><th scope="row">{{name}}</th><td>{{value}}</td></tr>
{{/facts_table}}</table>
<ul class="assumptions">
{{#assumptions}}<li>{{.}}</li>
{{/assumptions}}</ul>
{{#no_assumptions}}<p class="alert">{{t.no_assumptions}}</p>{{/no_assumptions}}
</section>
)html";

const std::string_view kAppendixTemplate = R"html(<section id="anexo">
<h2>{{t.appendix}}</h2>
<h3>{{t.norms}}</h3>
<table class="plain">
<thead><tr><th scope="col">{{t.norm}}</th><th scope="col">{{t.norm_title}}</th><th scope="col">{{t.rank}}</th><th scope="col">{{t.issued}}</th><th scope="col">{{t.validity}}</th><th scope="col">{{t.confidence}}</th></tr></thead>
<tbody>
{{#norms}}<tr><th scope="row">{{name}}{{#amendment}} <span class="unit">{{t.amendment_mark}}</span>{{/amendment}}</th><td{{{es}}}>{{title}}</td><td{{{es}}}>{{rank}}</td><td>{{issued}}</td><td>{{validity}}</td><td>{{confidence}}</td></tr>
{{/norms}}</tbody>
</table>
{{#has_readings}}
<h3>{{t.readings}}</h3>
<p>{{t.readings_help}}</p>
{{#readings}}
<table class="plain reading">
<caption><b{{{es}}}>{{name}}</b> {{#articles}}<span class="art">{{.}}</span> {{/articles}}</caption>
<tbody>
{{#options}}<tr{{#chosen}} class="chosen"{{/chosen}}><th scope="row"{{{es}}}>{{name}}</th><td{{{es}}}>{{description}}</td><td>{{#chosen}}{{t.chosen}}{{/chosen}}{{#assumed}} {{t.assumed}}{{/assumed}}</td></tr>
{{/options}}</tbody>
</table>
{{/readings}}
{{/has_readings}}
{{#has_checks}}
<h3>{{t.queries}}</h3>
<p>{{t.queries_help}}</p>
{{#has_open_queries}}
<table class="plain">
<caption>{{t.open_queries}}</caption>
<thead><tr><th scope="col">{{t.query}}</th><th scope="col">{{t.verdict}}</th><th scope="col">{{t.reason}}</th></tr></thead>
<tbody>
{{#open_queries}}<tr><td class="rule"{{{es}}}>{{{name}}}</td><td class="{{mark}}">{{verdict}}</td><td>{{#reason}}{{reason}}{{/reason}}</td></tr>
{{/open_queries}}</tbody>
</table>
{{/has_open_queries}}
<details class="queries screen"><summary>{{queries_summary}}</summary>
<table class="plain">
<thead><tr><th scope="col">{{t.query}}</th><th scope="col">{{t.check}}</th><th scope="col">{{t.engine}}</th><th scope="col">{{t.verdict}}</th><th scope="col">{{t.evidence}}</th><th scope="col">{{t.bounds}}</th></tr></thead>
<tbody>
{{#queries}}<tr><td class="rule"{{{es}}}>{{{name}}}</td><td>{{check}}</td><td>{{engine}}</td><td class="{{mark}}">{{verdict}}</td><td>{{evidence}}</td><td>{{#query_bounds}}{{query_bounds}}{{/query_bounds}}</td></tr>
{{/queries}}</tbody>
</table>
</details>
{{/has_checks}}
</section>
)html";

}  // namespace cotejo::reports
