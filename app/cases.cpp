#include "app/cases.h"

#include <algorithm>
#include <cstdio>
#include <functional>

#include "app/commands.h"
#include "model/evaluation/evaluate.h"
#include "model/rules/families.h"

namespace cotejo::app {
namespace {

using base::Text;

struct Tried {
  int run = 0;
  int failed = 0;
};

void Report(Session& session, base::Severity severity, const rules::Case& example,
            const evaluation::CaseFailure& failure) {
  session.diagnostics.Add({"caso-fallido",
                           severity,
                           example.span,
                           {"el caso «" + example.name + "» da " + failure.found.es +
                                "; se esperaba " + failure.expected.es,
                            "the case '" + example.name + "' gives " + failure.found.en +
                                "; expected " + failure.expected.en},
                           {},
                           example.citation});
}

// The cases of a text that are `own`, each under the readings it is bound to.
Tried Try(Session& session, const rules::Program& program, const rules::Ruleset& rules,
          base::Severity severity, const std::function<bool(const rules::Case&)>& own) {
  Tried tried;
  if (std::none_of(rules.cases.begin(), rules.cases.end(), own)) return tried;
  std::vector<bool> aside(rules.cases.size());
  const auto take = [&](const evaluation::CaseReport& report, const auto& wanted) {
    for (const evaluation::CaseFailure& failure : report.failures) {
      if (!wanted(failure.case_index)) continue;
      ++tried.failed;
      Report(session, severity, rules.cases[failure.case_index], failure);
    }
  };
  const evaluation::CaseReport report = evaluation::RunCases(rules, rules::BuildFamilies(rules));
  for (const std::size_t index : report.skipped) aside[index] = true;
  const auto is_own = [&](std::size_t index) { return own(rules.cases[index]); };
  take(report, is_own);
  for (std::size_t index = 0; index < rules.cases.size(); ++index) {
    if (!is_own(index)) continue;
    if (!aside[index]) {
      ++tried.run;
      continue;
    }
    rules::ReadingChoices choices;
    for (const auto& [reading, option] : rules.cases[index].readings) {
      const rules::Reading& r = rules.readings[reading.index()];
      choices.emplace_back(r.name, r.options[static_cast<std::size_t>(option)].name);
    }
    const auto other = rules::Resolve(session.sources, program, choices, session.diagnostics);
    if (!other) continue;
    ++tried.run;
    take(evaluation::RunCases(*other, rules::BuildFamilies(*other)),
         [&](std::size_t of) { return of == index; });
  }
  return tried;
}

// An amended text keeps the cases of the text in force too, which test that text and not this one.
Tried TryOwn(Session& session, const Loaded& loaded, std::size_t amendment,
             base::Severity severity) {
  const base::FileId file = loaded.amendments[amendment].file.file;
  return Try(session, loaded.amended_programs[amendment], *loaded.amended[amendment], severity,
             [&](const rules::Case& example) { return example.span.file == file; });
}

Text Summary(const Tried& tried) {
  const std::string run = std::to_string(tried.run);
  const std::string failed = std::to_string(tried.failed);
  return {"casos: " + run + (tried.run == 1 ? " ejecutado, " : " ejecutados, ") + failed +
              (tried.failed == 1 ? " fallido" : " fallidos"),
          "cases: " + run + " run, " + failed + " failed"};
}

}  // namespace

void WarnOfFailedCases(Session& session, const Loaded& loaded) {
  for (std::size_t k = 0; k < loaded.amendments.size(); ++k)
    TryOwn(session, loaded, k, base::Severity::Warning);
  PrintDiagnostics(session);
}

ExitStatus RunCases(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  std::string out;
  Tried all = Try(session, loaded->program, *loaded->base.rules, base::Severity::Error,
                  [](const rules::Case& /*example*/) { return true; });
  out += Summary(all).in(session.language) + "\n";
  for (std::size_t k = 0; k < loaded->amendments.size(); ++k) {
    const Tried own = TryOwn(session, *loaded, k, base::Severity::Error);
    out += loaded->amendments[k].name + ": " + Summary(own).in(session.language) + "\n";
    all.run += own.run;
    all.failed += own.failed;
  }
  PrintDiagnostics(session);
  std::fputs(out.c_str(), stdout);
  if (all.run == 0) return ExitStatus::Undecided;
  return all.failed == 0 ? ExitStatus::Clean : ExitStatus::Findings;
}

}  // namespace cotejo::app
