// The cost of the checks against the size of a regulation, in questions and not in time.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "tests/benchmarks/generated_code.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

namespace fs = std::filesystem;

struct Cost {
  int rules = 0;
  int questions = 0;  // records of the report
  int solvers = 0;    // encodings put to Z3
  int asked = 0;      // queries of Z3
};

Cost CostOf(int size) {
  const fs::path folder =
      fs::path(testing::TempDir()) /
      ("cotejo_crecimiento_" + std::to_string(size) + "_" + std::to_string(::getpid()));
  WriteCode(folder.string(), size);
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(sources, folder.string(), {}, diagnostics);
  fs::remove_all(folder);
  Cost cost;
  if (!regulation.rules) {
    ADD_FAILURE() << "the generated code does not load";
    return cost;
  }
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  options.threads = 0;
  const rules::Families families = rules::BuildFamilies(*regulation.rules);
  const CheckInput input{*regulation.rules, families, &regulation.files, nullptr, nullptr};
  const base::CheckReport report = Check(input, options);
  cost.rules = static_cast<int>(regulation.rules->rules.size());
  cost.questions = static_cast<int>(report.queries.size());
  for (const smt::Script& script : log.Scripts()) {
    ++cost.solvers;
    cost.asked += static_cast<int>(script.queries.size());
  }
  return cost;
}

// Twice the rules are about twice the questions; with a check that compared every rule with
// every other they would be four times as many.
TEST(Growth, QuestionsGrowWithTheRulesAndNotWithTheirPairs) {
  const Cost small = CostOf(100);
  const Cost large = CostOf(200);
  ASSERT_GE(small.rules, 90);
  ASSERT_GE(large.rules, 2 * small.rules - 20);
  const auto nearly_double = [](int before, int after) {
    EXPECT_GT(before, 0);
    EXPECT_LT(after, 2.6 * before) << before << " became " << after;
  };
  nearly_double(small.questions, large.questions);
  nearly_double(small.solvers, large.solvers);
  nearly_double(small.asked, large.asked);
  EXPECT_LT(large.questions, 8 * large.rules);
  EXPECT_LT(large.asked, 12 * large.rules);
  std::cout << small.rules << " and " << large.rules << " rules: " << small.questions << " and "
            << large.questions << " questions, " << small.solvers << " and " << large.solvers
            << " solvers, " << small.asked << " and " << large.asked << " queries\n";
}

}  // namespace
}  // namespace cotejo::checks
