// The simulator's own evaluation of a person-year against the reference interpreter's.
#include "model/evaluation/evaluate.h"
#include "scenarios/year/person_year.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr int kSampled = 200;
constexpr int kMany = 2000;

Consequences FromInterpreter(const evaluation::Result& result) {
  Consequences all;
  for (const evaluation::Application& a : result.applications)
    all.applications.push_back({a.rule, a.date, a.quantities, a.stands, !a.conflicts.empty()});
  for (const evaluation::GapHit& gap : result.gaps) {
    const auto& root = result.roots[static_cast<std::size_t>(gap.root)];
    all.gaps.push_back({root.subject, gap.date});
  }
  SortConsequences(all);
  return all;
}

std::string Show(const rules::Ruleset& rules, const Consequences& all) {
  std::string text;
  for (const auto& a : all.applications) {
    text += a.date.str() + " " + rules.rule(a.rule).name + (a.stands ? "" : " (cede)") +
            (a.in_conflict ? " (choca)" : "");
    for (const base::Rational q : a.quantities) text += " " + q.str();
    text += "\n";
  }
  for (const auto& gap : all.gaps) {
    text += gap.date.str() + " hueco " + rules.kind(gap.subject.kind).name + "\n";
  }
  return text;
}

struct Seen {
  std::size_t applications = 0, defeated = 0, conflicts = 0, gaps = 0;
};

class InterpreterTest : public RipTest {
 protected:
  Seen Compare(const rules::Ruleset& rules, int gestion, std::uint64_t seed, int count) {
    Seen seen;
    const auto setting = Prepare({&rules}, population_, gestion, diagnostics_);
    if (!setting) {
      ADD_FAILURE() << Messages(sources_, diagnostics_);
      return seen;
    }
    const rules::Families families = rules::BuildFamilies(rules);
    const std::size_t staff = population_.staff.size();
    for (int i = 0; i < count; ++i) {
      PersonYearKey key;
      key.seed = seed;
      key.person = static_cast<std::size_t>(i) * 7 % staff;
      key.replication = static_cast<std::uint32_t>(i);
      const evaluation::History history = PersonYear(*setting, population_, key);
      const evaluation::Result result = evaluation::Evaluate(rules, families, history);
      EXPECT_TRUE(result.problems.empty()) << result.problems.front().message.es;
      const Consequences expected = FromInterpreter(result);
      const auto found = Judge(*setting, population_, key, diagnostics_);
      if (!found) {
        ADD_FAILURE() << Messages(sources_, diagnostics_);
        return seen;
      }
      EXPECT_EQ(expected.applications.size(), found->applications.size());
      EXPECT_TRUE(expected.applications == found->applications && expected.gaps == found->gaps)
          << history.person << ", replication " << i << "\ninterpreter:\n"
          << Show(rules, expected) << "simulator:\n"
          << Show(rules, *found) << evaluation::WriteHistoryCsv(rules, history);
      if (HasFailure()) return seen;
      seen.applications += found->applications.size();
      seen.gaps += found->gaps.size();
      for (const auto& a : found->applications) {
        seen.defeated += a.stands ? 0 : 1;
        seen.conflicts += a.in_conflict ? 1 : 0;
      }
    }
    return seen;
  }
};

TEST_F(InterpreterTest, TwoHundredPersonYearsHaveTheSameConsequences) {
  const Seen seen = Compare(*regulation_.rules, 2025, 20250217, kSampled);
  EXPECT_GT(seen.applications, 2000U);
}

// Far worse than any staff: everything the regulation has rows for happens, and often.
TEST_F(InterpreterTest, TheSameForAStaffThatDoesEverythingWrong) {
  population::BehaviourClass& worst = population_.classes.back();
  worst.arrival = population::Discrete(
      {{-5, 0, 70, {}}, {1, 10, 20, {}}, {11, 40, 9, {1U << 30}}, {41, 200, 1, {1U << 30}}});
  worst.conduct_factor = 40;
  for (population::SpellRate& spell : worst.absences) spell.per_year *= 3;
  for (population::SpellRate& spell : worst.post_absences) spell.per_year *= 6;
  for (std::uint16_t& behaviour : population_.staff.behaviour)
    behaviour = static_cast<std::uint16_t>(population_.classes.size() - 1);
  const Seen seen = Compare(*regulation_.rules, 2025, 31, kSampled);
  EXPECT_GT(seen.applications, 5000U);
  EXPECT_GT(seen.gaps, 50U);
  EXPECT_GT(seen.conflicts, 50U);
  EXPECT_GT(seen.defeated, 0U);
}

// A whole year under the regulation, with leaves, permits, illness and trips.
TEST_F(InterpreterTest, TwoThousandPersonYearsOfAWholeYearHaveTheSameConsequences) {
  const Seen seen = Compare(*regulation_.rules, 2026, 7, kMany);
  EXPECT_GT(seen.applications, 20'000U);
}

TEST_F(InterpreterTest, TheSameUnderAnAmendment) {
  const auto amended = Amended("tolerancia-10.enmienda.norma.md");
  ASSERT_TRUE(amended);
  Compare(*amended, 2025, 5, 60);
}

// Alternative meanings exercise other measures: each omission judged on its own, minutes
// counted from the fixed hour, recidivism over the career.
TEST_F(InterpreterTest, TheSameUnderEveryOtherReading) {
  for (const rules::Reading& reading : regulation_.rules->readings) {
    for (std::size_t option = 0; option < reading.options.size(); ++option) {
      if (static_cast<int>(option) == reading.assumed) continue;
      SCOPED_TRACE(reading.name + " = " + reading.options[option].name);
      const rules::Regulation other =
          rules::LoadRegulation(sources_, root_ + "/regulations/rip-2025",
                                {{reading.name, reading.options[option].name}}, diagnostics_);
      ASSERT_TRUE(other.rules) << Messages(sources_, diagnostics_);
      Compare(*other.rules, 2025, 11, 40);
    }
  }
}

TEST_F(InterpreterTest, TheSameForAnotherEntitysRegulation) {
  const auto rules = FromText(kOtherEntity);
  ASSERT_TRUE(rules);
  const Seen seen = Compare(*rules, 2025, 99, 300);
  EXPECT_GT(seen.defeated, 0U);
  EXPECT_GT(seen.gaps, 0U);
  EXPECT_GT(seen.conflicts, 0U);
}

}  // namespace
}  // namespace cotejo::year
