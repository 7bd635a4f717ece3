// Everything the checks find in a ruleset, each finding with a witness already replayed.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/rules/families.h"
#include "model/rules/ruleset.h"

namespace cotejo::checks {

// Questions put so far, for a progress bar in another thread.
struct Progress {
  std::atomic<int> planned{0};
  std::atomic<int> done{0};
};

struct CheckOptions {
  int year = 0;                      // gestión of the witnesses; 0: rules::FirstFullGestion
  std::uint64_t rlimit = 3'000'000;  // resource limit of one Z3 query; 0: none
  std::size_t cell_budget = 20'000;  // nodes a sweep may visit for one family
  std::string dump_directory;        // SMT-LIB of every Z3 query; empty: none
  Progress* progress = nullptr;
  // When given and set: questions not yet put are recorded as unknown, with that reason.
  const std::atomic<bool>* stop = nullptr;
};

// A check: what it is called and what it asks.
struct CheckContext;
struct CheckDescriptor {
  const char* code;
  base::Text title;
  const char* page;  // its page in docs/
  void (*run)(const CheckContext& context, base::CheckReport& report);
};
std::span<const CheckDescriptor> AllChecks();

// Codes of the findings the checks give, each with a page docs/comprobaciones/<code>.md
// (accents folded).
std::vector<std::string> FindingCodes();

base::CheckReport Check(const rules::Ruleset& rules, const rules::Families& families,
                        const CheckOptions& options);

}  // namespace cotejo::checks
