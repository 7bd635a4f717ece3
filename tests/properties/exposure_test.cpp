// Exposure as the simulator counts it against the same staff-years in the interpreter.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "model/rules/resolve.h"
#include "scenarios/exposure/codes.h"
#include "scenarios/exposure/look_for.h"
#include "scenarios/exposure/measure.h"
#include "scenarios/year/person_year.h"
#include "solver/checks/check.h"
#include "tests/base/sanitized.h"

namespace cotejo::exposure {
namespace {

using base::Rational;

constexpr int kReplications = 2;

TEST(ExposureCodes, EveryCodeSaysWhatIsCountedOrWhyNot) {
  for (const std::string& code : checks::FindingCodes()) {
    const CodeEntry* entry = EntryOf(code);
    ASSERT_NE(entry, nullptr) << code;
    EXPECT_FALSE(entry->text.es.empty() || entry->text.en.empty()) << code;
  }
  EXPECT_EQ(EntryOf("otra-cosa"), nullptr);
}

// A staff that does everything wrong, so that the rare is met too.
class ExposureTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string root = COTEJO_SOURCE_DIR;
    regulation_ = rules::LoadRegulation(sources_, root + "/regulations/rip-2025", {}, diagnostics_);
    ASSERT_TRUE(regulation_.rules);
    population_ = population::LoadPopulation(
        sources_, root + "/scenarios/library/defensoria-2025.toml", diagnostics_);
    ASSERT_FALSE(diagnostics_.has_errors());
    population::BehaviourClass& worst = population_.classes.back();
    worst.arrival = population::Discrete(
        {{-5, 0, 70, {}}, {1, 10, 20, {}}, {11, 40, 9, {1U << 30}}, {41, 200, 1, {1U << 30}}});
    worst.conduct_factor = 20;
    for (population::SpellRate& spell : worst.absences) spell.per_year *= 3;
    for (population::SpellRate& spell : worst.post_absences) spell.per_year *= 6;
    for (std::uint16_t& behaviour : population_.staff.behaviour)
      behaviour = static_cast<std::uint16_t>(population_.classes.size() - 1);
    checks::CheckOptions options;
    options.only = {"contradicción",        "conflicto-resuelto",
                    "doble-sanción",        "hueco",
                    "proceso-omitido",      "regla-redundante",
                    "plazo-sin-inicio",     "plazo-sin-consecuencia",
                    "plazos-incompatibles", "derecho-que-caduca",
                    "horas-y-días-hábiles"};
    options.threads = 0;
    findings_ = checks::Check(*regulation_.rules, rules::BuildFamilies(*regulation_.rules), options)
                    .findings;
    ASSERT_GT(findings_.size(), 15U);
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation regulation_;
  population::Population population_;
  std::vector<base::Finding> findings_;
};

// Two of them counted by hand, from the interpreter's own result.
bool HalfDayGap(const evaluation::Result& result) {
  for (const evaluation::GapHit& gap : result.gaps) {
    for (const evaluation::MeasureReading& reading : gap.measures) {
      if (reading.term == "días_de_inasistencia" && reading.value.number == Rational(3, 2))
        return true;
    }
  }
  return false;
}

bool ThirdMonth(const rules::Ruleset& rules, const evaluation::Result& result) {
  for (const evaluation::Application& a : result.applications) {
    for (const int b : a.conflicts) {
      const auto& other = result.applications[static_cast<std::size_t>(b)];
      if (rules.rule(a.rule).citation == base::ParseCitation("RIP:47.I.a") &&
          rules.rule(other.rule).citation == base::ParseCitation("RIP:47.III.1"))
        return true;
    }
  }
  return false;
}

// 51.II: some month had more than thirty minutes to notify.
bool Notified(const rules::Ruleset& rules, const evaluation::Result& result) {
  return std::any_of(result.applications.begin(), result.applications.end(), [&](const auto& a) {
    return a.stands && rules.rule(a.rule).citation == base::ParseCitation("RIP:51.II");
  });
}

TEST_F(ExposureTest, TheInterpreterCountsTheSameStaffYears) {
  const rules::Ruleset& rules = *regulation_.rules;
  Options options;
  options.year = {.gestion = 2026, .seed = 3, .replications = kReplications, .threads = 2};
  const auto report = Measure(rules, findings_, population_, options, diagnostics_);
  ASSERT_TRUE(report);
  const rules::Families families = rules::BuildFamilies(rules);
  const Terms terms = TermsOf(families);
  std::vector<Plan> plans;
  std::vector<std::int64_t> met(findings_.size());
  std::int64_t half_day_gaps = 0;
  std::int64_t third_months = 0;
  std::int64_t notices = 0;
  const auto setting = year::Prepare({&rules}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting);
  for (const base::Finding& finding : findings_)
    plans.push_back(LookFor(rules, families, terms, setting->procedures.front(), finding));
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    for (std::uint32_t replication = 0; replication < kReplications; ++replication) {
      year::PersonYearKey key{0, person, options.year.seed, replication};
      std::vector<bool> by_post(plans.size());
      bool half_day_gap = false;
      bool third_month = false;
      bool notified = false;
      const int occupants = year::Occupants(*setting, population_, key);
      for (key.occupant = 0; key.occupant < occupants; ++key.occupant) {
        const evaluation::History history = year::PersonYear(*setting, population_, key);
        const evaluation::Result result = evaluation::Evaluate(rules, families, history);
        const Lived lived = FromInterpreter(rules, terms, history, result);
        for (std::size_t f = 0; f < plans.size(); ++f) {
          if (plans[f].sight && Met(*plans[f].sight, rules, lived)) by_post[f] = true;
        }
        half_day_gap = half_day_gap || HalfDayGap(result);
        third_month = third_month || ThirdMonth(rules, result);
        notified = notified || Notified(rules, result);
      }
      for (std::size_t f = 0; f < plans.size(); ++f) met[f] += by_post[f] ? 1 : 0;
      half_day_gaps += half_day_gap ? 1 : 0;
      third_months += third_month ? 1 : 0;
      notices += notified ? 1 : 0;
    }
  }
  int measured = 0;
  int seen = 0;
  for (std::size_t f = 0; f < findings_.size(); ++f) {
    const Exposure& exposure = report->findings[f];
    ASSERT_EQ(exposure.finding, findings_[f].id);
    if (!exposure.figure) continue;
    ++measured;
    seen += met[f] > 0 ? 1 : 0;
    EXPECT_EQ(exposure.figure->met, met[f]) << findings_[f].title.es;
    const std::string& title = findings_[f].title.es;
    if (title.find("con días de inasistencia: 1 1/2") != std::string::npos) {
      EXPECT_EQ(exposure.figure->met, half_day_gaps);
      half_day_gaps = -half_day_gaps;
    }
    if (findings_[f].code == "plazo-sin-inicio" && title.find("RIP:51.II") != std::string::npos) {
      EXPECT_EQ(exposure.figure->met, notices);
      notices = -notices;
    }
    if (title.starts_with("RIP:47.I.a y RIP:47.III.1")) {
      EXPECT_EQ(exposure.figure->met, third_months);
      third_months = -third_months;
    }
  }
  EXPECT_GT(measured, 14);
  EXPECT_GT(seen, 10);
  EXPECT_LT(half_day_gaps, 0);  // found among the findings, and met
  EXPECT_LT(third_months, 0);
  EXPECT_LT(notices, 0);
}

// What is received: of what provision and class of fault, what, in what month and how much.
using Answer = std::multiset<std::tuple<std::string, int, Rational>>;

Answer AnswerOf(const rules::Ruleset& rules, const rules::Families& families,
                const evaluation::History& history) {
  Answer answer;
  for (const evaluation::Application& a :
       evaluation::Evaluate(rules, families, history).applications) {
    if (!a.stands) continue;
    const rules::Rule& rule = rules.rule(a.rule);
    const auto month = static_cast<int>(a.date.month());
    for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
      const rules::Consequence& given = rule.consequences[c];
      if (given.kind == rules::ConsequenceKind::NoSanction) continue;
      std::string what = rule.citation.str() + "|" + std::to_string(static_cast<int>(rule.fault)) +
                         "|" + std::to_string(static_cast<int>(given.kind)) + "|" + given.thing +
                         "|" + given.actor + "|" + given.action;
      if (given.term)
        what += "|" + given.term->amount.str() + std::to_string(static_cast<int>(given.term->unit));
      answer.emplace(what, month, a.quantities[c]);
    }
  }
  return answer;
}

// The same facts under each reading, judged by the interpreter. Nobody is removed, for then others
// would come; what a day of pay is worth has a reading of its own, which nobody's bonus changes.
TEST_F(ExposureTest, AReadingIsMetByWhoeverReceivesSomethingElse) {
  population_.turnover->removal.reset();
  const rules::Ruleset& rules = *regulation_.rules;
  const rules::Program program = rules::BuildProgram(sources_, regulation_.files);
  const auto under = [&](const rules::ReadingChoices& choices) {
    base::Diagnostics diagnostics;
    return rules::Resolve(sources_, program, choices, diagnostics);
  };
  checks::CheckOptions check;
  check.only = {"ambigüedad"};
  check.threads = 0;
  const rules::Families families = rules::BuildFamilies(rules);
  const auto found = checks::Check({rules, families, nullptr, nullptr, under}, check).findings;
  ASSERT_GT(found.size(), 8U);
  Options options;
  options.year = {.gestion = 2026, .seed = 3, .replications = kReplications, .threads = 2};
  const auto without = Measure(rules, found, population_, options, diagnostics_);
  ASSERT_TRUE(without);
  for (const Exposure& exposure : without->findings) EXPECT_FALSE(exposure.figure);
  for (const rules::Reading& reading : rules.readings) {
    for (const rules::ReadingOption& option : reading.options) {
      if (&option == &reading.options[static_cast<std::size_t>(reading.chosen)]) continue;
      options.readings.push_back(
          {checks::AmbiguityId(reading, option), under({{reading.name, option.name}})});
    }
  }
  // Of one in five, where all takes many times as long.
  if (tests::kSanitized) options.readings.resize(options.readings.size() / 5);
  const auto report = Measure(rules, found, population_, options, diagnostics_);
  ASSERT_TRUE(report);
  int measured = 0, met = 0;
  for (std::size_t f = 0; f < found.size(); ++f) {
    const Exposure& exposure = report->findings[f];
    if (!exposure.figure) continue;
    ++measured;
    const auto& other = *std::find_if(options.readings.begin(), options.readings.end(),
                                      [&](const auto& r) { return r.finding == found[f].id; });
    base::Diagnostics diagnostics;
    const auto setting = year::Prepare({&rules, other.rules.get()}, population_, 2026, diagnostics);
    ASSERT_TRUE(setting);
    const rules::Families other_families = rules::BuildFamilies(*other.rules);
    std::int64_t years = 0;
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      for (std::uint32_t replication = 0; replication < kReplications; ++replication) {
        year::PersonYearKey own{0, person, options.year.seed, replication};
        bool differs = false;
        const int occupants = year::Occupants(*setting, population_, own);
        for (own.occupant = 0; own.occupant < occupants && !differs; ++own.occupant) {
          year::PersonYearKey read = own;
          read.regulation = 1;
          differs =
              AnswerOf(rules, families, year::PersonYear(*setting, population_, own)) !=
              AnswerOf(*other.rules, other_families, year::PersonYear(*setting, population_, read));
        }
        years += differs ? 1 : 0;
      }
    }
    EXPECT_EQ(exposure.figure->met, years) << found[f].title.es;
    met += years > 0 ? 1 : 0;
  }
  EXPECT_GE(measured, tests::Fewer(6, 6));
  EXPECT_GE(met, tests::Fewer(3, 3));
}

}  // namespace
}  // namespace cotejo::exposure
