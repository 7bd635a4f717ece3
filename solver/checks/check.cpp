#include "solver/checks/check.h"

#include <algorithm>

#include "solver/checks/cache.h"
#include "solver/checks/edited_rules.h"
#include "solver/checks/other_readings.h"
#include "solver/checks/punished.h"
#include "solver/checks/questions.h"
#include "solver/checks/tasks.h"
#include "solver/checks/triggers.h"
#include "solver/checks/variants.h"
#include "solver/checks/wording.h"
#include "solver/smt/answers.h"

namespace cotejo::checks {

namespace {

constexpr const char* kAnswersFile = "respuestas";

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

// A plan may also find what was not asked for.
void KeepWanted(const CheckOptions& options, base::CheckReport& report) {
  std::erase_if(report.findings,
                [&](const base::Finding& f) { return !Wanted(options, f.code.c_str()); });
  std::erase_if(report.queries,
                [&](const base::QueryRecord& q) { return !Wanted(options, q.check.c_str()); });
}

// One summary for each check asked for, counted once all is in.
void Summarise(const CheckOptions& options, base::CheckReport& report) {
  for (const CheckDescriptor& check : AllChecks()) {
    if (!Wanted(options, check.code)) continue;
    report.checks.push_back({check.code, check.group, check.title, check.page, {}, 0});
  }
  base::Recount(report);
}

// A finding that no history bears out rests on the text under the run's reading all the same.
void StateGrounds(const rules::Ruleset& rules, base::CheckReport& report) {
  for (base::Finding& finding : report.findings) {
    if (finding.reading.empty()) finding.reading = DescribeReading(rules);
    if (finding.bounds.empty()) {
      finding.bounds = {"lo que el texto y el modelo dicen, sin mirar historias",
                        "what the text and the model say, no history looked at"};
    }
  }
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

std::vector<Reply> Inquire(const CheckContext& context, const rules::Family& family,
                           const std::vector<Question>& questions) {
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
  return replies;
}

std::vector<Reply> Put(const CheckContext& context, const rules::Family& family,
                       const std::vector<Question>& questions, base::CheckReport& report) {
  std::vector<Reply> replies = Inquire(context, family, questions);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    base::QueryRecord record;
    record.name = questions[q].name;
    record.check = questions[q].check;
    record.engine = replies[q].engine;
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

smt::Options SolverOptions(const CheckContext& context, std::string script) {
  return {context.options.rlimit, context.options.log, std::move(script), context.answers};
}

base::CheckReport Check(const rules::Ruleset& rules, const rules::Families& families,
                        const CheckOptions& options) {
  return Check({rules, families, nullptr, nullptr, nullptr}, options);
}

base::CheckReport Check(const CheckInput& input, const CheckOptions& options) {
  const bool keeps = !options.cache_directory.empty();
  const auto content = keeps ? std::make_unique<rules::ContentHash>(input.rules) : nullptr;
  SharedTriggers triggers;
  SharedReadings readings;
  SharedSeverities severities;
  smt::Answers answers;
  const std::string kept_answers = options.cache_directory + "/" + kAnswersFile;
  const std::string program = keeps ? ProgramId() : "";
  if (!program.empty()) answers.Load(kept_answers, program);
  SpareRules spare(input.rules);
  const CheckContext context{input,
                             input.rules,
                             input.families,
                             options,
                             options.year > 0 ? options.year : rules::FirstFullGestion(input.rules),
                             content.get(),
                             &triggers,
                             &readings,
                             &answers,
                             &spare,
                             &severities};
  base::CheckReport report;
  std::vector<Task> tasks;
  std::vector<decltype(CheckDescriptor::plan)> planned;
  for (const CheckDescriptor& check : AllChecks()) {
    if (!Wanted(options, check.code) || check.plan == nullptr) continue;
    if (std::find(planned.begin(), planned.end(), check.plan) != planned.end()) continue;
    planned.push_back(check.plan);
    const base::Text missing = Missing(input, check.needs);
    if (missing.empty()) {
      check.plan(context, tasks);
    } else {
      RecordNotRun(check, missing, report);
    }
  }
  // By name: which of several variants speaks for all must not depend on the order of the files.
  std::stable_sort(tasks.begin(), tasks.end(),
                   [](const Task& a, const Task& b) { return a.name < b.name; });
  RunTasks(context, tasks, report);
  if (!program.empty()) answers.Save(kept_answers, program);
  JoinVariants(report);
  StateGrounds(input.rules, report);
  KeepWanted(options, report);
  Summarise(options, report);
  return report;
}

}  // namespace cotejo::checks
