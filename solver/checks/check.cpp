#include "solver/checks/check.h"

#include <algorithm>
#include <tuple>

#include "solver/checks/questions.h"

namespace cotejo::checks {

namespace {

void Count(const base::QueryRecord& query, base::CheckTotals& totals) {
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
    case base::Verdict::NotRun:
      ++totals.not_run;
      break;
  }
  totals.run = totals.planned - totals.unsupported - totals.not_run;
}

bool Wanted(const CheckOptions& options, const char* code) {
  return options.only.empty() ||
         std::find(options.only.begin(), options.only.end(), code) != options.only.end();
}

// What a check needs and was not given; empty when it can run.
base::Text Missing(const CheckInput& input, Needs needs) {
  switch (needs) {
    case Needs::Rules:
      return {};
    case Needs::Files:
      if (input.files != nullptr) return {};
      return {"no se dieron los archivos de la norma", "the norm files were not given"};
    case Needs::Text:
      if (input.text != nullptr && input.files != nullptr) return {};
      return {"el texto oficial no se ha importado", "the official text has not been imported"};
    case Needs::Readings:
      if (input.under) return {};
      return {"no se dio cómo leer el texto de otro modo",
              "no way of reading the text otherwise was given"};
  }
  return {};
}

void RecordNotRun(const CheckDescriptor& check, const base::Text& reason,
                  base::CheckReport& report) {
  base::QueryRecord record;
  record.name = std::string(check.code) + "/sin comprobar";
  record.check = check.code;
  record.verdict = base::Verdict::NotRun;
  record.reason = reason;
  report.queries.push_back(std::move(record));
}

void Summarise(const CheckOptions& options, base::CheckReport& report) {
  for (const CheckDescriptor& check : AllChecks()) {
    if (!Wanted(options, check.code)) continue;
    base::CheckSummary summary{check.code, check.group, check.title, check.page, {}, 0};
    for (const base::QueryRecord& query : report.queries) {
      if (query.check == check.code) Count(query, summary.totals);
    }
    summary.findings = static_cast<int>(
        std::count_if(report.findings.begin(), report.findings.end(),
                      [&](const base::Finding& f) { return f.code == check.code; }));
    report.checks.push_back(std::move(summary));
  }
  for (const base::QueryRecord& query : report.queries) Count(query, report.totals);
}

}  // namespace

std::vector<std::string> FindingCodes() {
  std::vector<std::string> codes;
  for (const CheckDescriptor& check : AllChecks()) codes.emplace_back(check.code);
  std::sort(codes.begin(), codes.end());
  return codes;
}

void RecordProved(const CheckContext& context, base::CheckReport& report, std::string name,
                  const std::string& check) {
  base::QueryRecord record;
  record.name = std::move(name);
  record.check = check;
  record.engine = "barrido";
  record.verdict = base::Verdict::Proved;
  record.evidence = base::Evidence::Enumerated;
  record.bounds = {"todos los valores de las medidas, tomadas como independientes",
                   "every value of the measures, taken as independent"};
  report.queries.push_back(std::move(record));
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
    base::QueryRecord record;
    record.name = questions[q].name;
    record.check = questions[q].check;
    record.engine = "z3";
    record.verdict = replies[q].verdict;
    record.reason = replies[q].reason;
    record.bounds = replies[q].bounds;
    record.evidence = replies[q].verdict == base::Verdict::Refuted  ? base::Evidence::Replayed
                      : replies[q].verdict == base::Verdict::Proved ? base::Evidence::SolverAlone
                                                                    : base::Evidence::None;
    report.queries.push_back(std::move(record));
  }
  return replies;
}

std::string DependsOnFamily(const CheckContext& /*context*/, const rules::Family& /*family*/) {
  return {};
}

std::string DependsOnAll(const CheckContext& /*context*/) { return {}; }

base::CheckReport Check(const rules::Ruleset& rules, const rules::Families& families,
                        const CheckOptions& options) {
  return Check({rules, families, nullptr, nullptr, nullptr}, options);
}

base::CheckReport Check(const CheckInput& input, const CheckOptions& options) {
  const CheckContext context{
      input, input.rules, input.families, options,
      options.year > 0 ? options.year : rules::FirstFullGestion(input.rules)};
  base::CheckReport report;
  std::vector<Task> tasks;
  for (const CheckDescriptor& check : AllChecks()) {
    if (!Wanted(options, check.code) || check.plan == nullptr) continue;
    const base::Text missing = Missing(input, check.needs);
    if (missing.empty()) {
      check.plan(context, tasks);
    } else {
      RecordNotRun(check, missing, report);
    }
  }
  for (const Task& task : tasks) task.run(report);
  std::sort(report.findings.begin(), report.findings.end(),
            [](const base::Finding& a, const base::Finding& b) {
              return std::tie(a.severity, a.code, a.id) < std::tie(b.severity, b.code, b.id);
            });
  std::sort(report.queries.begin(), report.queries.end(),
            [](const base::QueryRecord& a, const base::QueryRecord& b) { return a.name < b.name; });
  Summarise(options, report);
  return report;
}

}  // namespace cotejo::checks
