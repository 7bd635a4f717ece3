#include "solver/checks/check.h"

#include <algorithm>
#include <array>
#include <set>

#include "solver/checks/questions.h"

namespace cotejo::checks {

namespace {

const std::array<CheckDescriptor, 3>& Table() {
  static const std::array<CheckDescriptor, 3> kTable{{
      {"contradicción",
       {"reglas cuyas consecuencias no pueden quedar en pie a la vez",
        "rules whose consequences cannot both stand"},
       "docs/comprobaciones/contradiccion.md",
       &CheckContradictions},
      {"hueco",
       {"casos del dominio de una escala a los que nada se aplica",
        "cases inside the domain of a scale to which nothing applies"},
       "docs/comprobaciones/hueco.md",
       &CheckGaps},
      {"solapamiento",
       {"un hecho calificado dos veces, o dos filas para un mismo caso",
        "a fact characterised twice, or two rows for one case"},
       "docs/comprobaciones/solapamiento.md",
       &CheckOverlaps},
  }};
  return kTable;
}

base::CheckTotals Count(const std::vector<base::QueryRecord>& queries) {
  base::CheckTotals totals;
  for (const base::QueryRecord& query : queries) {
    ++totals.planned;
    switch (query.verdict) {
      case base::Verdict::Proved:
        ++totals.proved;
        break;
      case base::Verdict::Refuted:
        ++totals.refuted;
        break;
      case base::Verdict::Unknown:
        ++totals.unknown;
        break;
      case base::Verdict::Unsupported:
        ++totals.unsupported;
        break;
    }
  }
  totals.run = totals.planned - totals.unsupported;
  return totals;
}

}  // namespace

std::span<const CheckDescriptor> AllChecks() { return Table(); }

std::vector<std::string> FindingCodes() {
  std::vector<std::string> codes;
  for (const CheckDescriptor& check : AllChecks()) codes.emplace_back(check.code);
  codes.emplace_back("granularidad");  // found by the check of gaps
  std::sort(codes.begin(), codes.end());
  return codes;
}

void RecordProved(const CheckContext& context, base::CheckReport& report, std::string name,
                  const std::string& check) {
  report.queries.push_back({std::move(name), check, "barrido", base::Verdict::Proved, {}});
  if (context.options.progress != nullptr) {
    ++context.options.progress->planned;
    ++context.options.progress->done;
  }
}

std::vector<Reply> Put(const CheckContext& context, const rules::Family& family,
                       const std::vector<Question>& questions, base::CheckReport& report) {
  if (questions.empty()) return {};
  Progress* progress = context.options.progress;
  const auto count = static_cast<int>(questions.size());
  if (progress != nullptr) progress->planned += count;
  const bool stopped = context.options.stop != nullptr && *context.options.stop;
  std::vector<Reply> replies(questions.size());
  if (stopped) {
    for (Reply& reply : replies)
      reply.reason = {"interrumpida antes de preguntar", "interrupted before it was put"};
  } else {
    replies = Realise(context, family, questions);
  }
  if (progress != nullptr) progress->done += count;
  for (std::size_t q = 0; q < questions.size(); ++q) {
    report.queries.push_back(
        {questions[q].name, questions[q].check, "z3", replies[q].verdict, replies[q].reason});
  }
  return replies;
}

base::CheckReport Check(const rules::Ruleset& rules, const rules::Families& families,
                        const CheckOptions& options) {
  const CheckContext context{rules, families, options,
                             options.year > 0 ? options.year : rules::FirstFullGestion(rules)};
  base::CheckReport report;
  for (const CheckDescriptor& check : AllChecks()) check.run(context, report);
  std::sort(report.findings.begin(), report.findings.end(),
            [](const base::Finding& a, const base::Finding& b) {
              return std::tie(a.severity, a.code, a.id) < std::tie(b.severity, b.code, b.id);
            });
  std::sort(report.queries.begin(), report.queries.end(),
            [](const base::QueryRecord& a, const base::QueryRecord& b) { return a.name < b.name; });
  report.totals = Count(report.queries);
  return report;
}

}  // namespace cotejo::checks
