// Everything the checks find in a ruleset, each finding with a witness already replayed.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/language/tree.h"
#include "model/passages/workspace.h"
#include "model/rules/families.h"
#include "model/rules/resolve.h"
#include "model/rules/ruleset.h"
#include "solver/smt/smt.h"

namespace cotejo::checks {

// Questions put so far, for a progress bar in another thread.
struct Progress {
  std::atomic<int> planned{0};
  std::atomic<int> done{0};
  std::atomic<int> reused{0};  // tasks whose result was kept from an earlier run
};

struct CheckOptions {
  int year = 0;                      // gestión of the witnesses; 0: rules::FirstFullGestion
  std::uint64_t rlimit = 3'000'000;  // resource limit of one Z3 query; 0: none
  std::size_t cell_budget = 20'000;  // nodes a sweep may visit for one family
  int threads = 1;                   // 0: as many as the machine has; the results are the same
  std::string cache_directory;       // results kept from one run to the next; empty: none
  smt::Log* log = nullptr;           // SMT-LIB of every Z3 query; then nothing is reused
  std::vector<std::string> only;     // codes of the checks to run; empty: all
  Progress* progress = nullptr;
  // When given and set: questions not yet put are recorded as unknown, with that reason.
  const std::atomic<bool>* stop = nullptr;
};

// What is checked. What a check needs and is not given makes it "not run", never a pass.
struct CheckInput {
  const rules::Ruleset& rules;
  const rules::Families& families;
  const std::vector<language::NormFile>* files = nullptr;  // for the graph of citations
  const passages::Workspace* text = nullptr;               // the imported official text
  // The same regulation with these readings in place of the assumed ones; may be called from
  // any thread; null on error.
  std::function<std::shared_ptr<const rules::Ruleset>(const rules::ReadingChoices&)> under;
  // A digest of all that `under` may bring in; empty: what rests on it is not kept.
  std::string wording = {};
};

struct CheckContext;

// A part of a check that runs by itself (a family, a procedure, a reading …). Two tasks of
// one name and one `depends` have the same result, whatever else the regulation says.
struct Task {
  std::string name;     // unique in a run: "contradicción/atraso por mes"
  std::string depends;  // rules::ContentHash of all that the result depends on; empty: not kept
  std::function<void(base::CheckReport& report)> run;
  // It uses what the first task to need it works out for all (the triggers, the offices): the
  // time it takes says nothing of whether it is worth keeping.
  bool shares = false;
};

enum class Needs { Rules, Files, Text, Readings };

// A check: what it is called and what it asks.
struct CheckDescriptor {
  const char* code;  // of its findings
  base::Text group;  // "consistencia"
  base::Text title;
  const char* page;  // its page in docs/
  Needs needs;
  // Adds its tasks. Two checks of one plan are found together (`granularidad`, `hueco`); null:
  // another pass of the run finds it (`supresión-vencida`).
  void (*plan)(const CheckContext& context, std::vector<Task>& tasks);
};
std::span<const CheckDescriptor> AllChecks();

// Codes of the findings the checks give, each with a page docs/comprobaciones/<code>.md
// (accents folded).
std::vector<std::string> FindingCodes();
// The id of the ambiguity between a reading as it is assumed and one of its other options.
std::string AmbiguityId(const rules::Reading& reading, const rules::ReadingOption& option);

base::CheckReport Check(const CheckInput& input, const CheckOptions& options);
base::CheckReport Check(const rules::Ruleset& rules, const rules::Families& families,
                        const CheckOptions& options);

}  // namespace cotejo::checks
