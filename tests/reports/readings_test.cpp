#include "reports/readings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using ::testing::ElementsAre;

base::Finding WithId(const char* code, const char* id) {
  base::Finding finding = sample::Gap();
  finding.code = code;
  finding.id = id;
  return finding;
}

// Three assignments. `hueco` runs under each; `numeración-con-salto` only under the first.
std::vector<AssignedChecks> Runs() {
  std::vector<AssignedChecks> runs(3);
  runs[0].assignment = {"la supuesta", "the assumed one"};
  runs[1].assignment = {"a = b", "a = b"};
  runs[2].assignment = {"c = d", "c = d"};
  runs[0].checks.findings = {WithId("hueco", "hueco-1"), WithId("hueco", "hueco-2"),
                             WithId("numeración-con-salto", "num-1")};
  runs[1].checks.findings = {WithId("hueco", "hueco-1"), WithId("hueco", "hueco-3")};
  runs[2].checks.findings = {WithId("hueco", "hueco-1"), WithId("hueco", "hueco-2")};
  for (AssignedChecks& run : runs) {
    run.checks.queries = {{"hueco/x", "hueco", "barrido", base::Verdict::Refuted, {}, {}, {}}};
    run.checks.checks = {{"hueco", {"g", "g"}, {"t", "t"}, "p", {}, 0}};
  }
  runs[0].checks.checks.push_back({"numeración-con-salto", {"g", "g"}, {"t", "t"}, "p", {}, 0});
  return runs;
}

std::vector<std::string> Ids(const base::CheckReport& report) {
  std::vector<std::string> ids;
  for (const base::Finding& finding : report.findings) ids.push_back(finding.id);
  return ids;
}

TEST(MergeReadings, AllKeepsEveryFindingAndSaysUnderWhich) {
  const base::CheckReport merged = MergeReadings(Runs(), ReadingScope::All);
  EXPECT_THAT(Ids(merged), ElementsAre("hueco-1", "hueco-2", "hueco-3", "num-1"));
  EXPECT_EQ(merged.findings[0].under.size(), 3U);
  ASSERT_EQ(merged.findings[1].under.size(), 2U);
  EXPECT_EQ(merged.findings[1].under[1].es, "c = d");
  ASSERT_EQ(merged.findings[2].under.size(), 1U);
  EXPECT_EQ(merged.findings[2].under[0].es, "a = b");
  // What the others did not look for says nothing of readings.
  EXPECT_TRUE(merged.findings[3].under.empty());
}

TEST(MergeReadings, AlwaysKeepsWhatEveryAssignmentGives) {
  const base::CheckReport merged = MergeReadings(Runs(), ReadingScope::Always);
  EXPECT_THAT(Ids(merged), ElementsAre("hueco-1", "num-1"));
  EXPECT_EQ(merged.checks[0].findings, 1);
}

TEST(MergeReadings, CountsTheQuestionsOfEachAssignmentApart) {
  const base::CheckReport merged = MergeReadings(Runs(), ReadingScope::All);
  ASSERT_EQ(merged.queries.size(), 3U);
  EXPECT_EQ(merged.queries[0].name, "hueco/x");
  EXPECT_EQ(merged.queries[1].name, "hueco/x [a = b]");
  EXPECT_EQ(merged.totals.planned, 3);
  EXPECT_EQ(merged.checks[0].totals.planned, 3);
}

// The amended text settles «a = b» and brings «e = f»; «[3]» of a row is no assignment.
TEST(AssignmentsOf, AnAmendedTextHasItsOwn) {
  std::vector<AssignedChecks> runs = Runs();
  runs[0].checks.queries[0].name = "hueco/x[3]";
  const base::CheckReport in_force = MergeReadings(runs, ReadingScope::All);
  EXPECT_THAT(OtherAssignments(in_force), ElementsAre("a = b", "c = d"));
  const std::vector<base::Text> tried = {runs[0].assignment, runs[1].assignment,
                                         runs[2].assignment};
  runs[1].assignment = {"e = f", "e = f"};
  const base::CheckReport amended = MergeReadings(runs, ReadingScope::All);
  std::vector<std::string> names;
  for (const base::Text& text : AssignmentsOf(amended, in_force, tried)) names.push_back(text.es);
  EXPECT_THAT(names, ElementsAre("la supuesta", "c = d", "e = f"));
  EXPECT_TRUE(AssignmentsOf(amended, in_force, {}).empty());
}

TEST(MergeReadings, OfOneAssignmentIsItself) {
  std::vector<AssignedChecks> runs = Runs();
  runs.resize(1);
  EXPECT_THAT(Ids(MergeReadings(runs, ReadingScope::Always)),
              ElementsAre("hueco-1", "hueco-2", "num-1"));
}

}  // namespace
}  // namespace cotejo::reports
