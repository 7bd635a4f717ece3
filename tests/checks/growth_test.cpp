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

std::string ScaleOf(int rows) {
  std::string norma = R"(
jerarquía ley > código
norma COD "Código" rango código vigente desde 2020-01-01
horario único cita COD:0 tramos 08:00 a 12:00, 14:00 a 18:00
hecho demora en tramo
  minutos: minutos entre 1 minuto y 240 minutos en pasos de 1 minuto
medida total por mes cita COD:1 = suma(demora.minutos) en pasos de 1 minuto
escala demoras cita COD:1.I sobre demora por mes según total
)";
  for (int row = 0; row < rows; ++row) {
    const std::string last = row + 1 < rows ? std::to_string(10 * row + 10) : "";
    norma += "  | " + std::to_string(10 * row + 1) + " .. " + last + " | descuento " +
             std::to_string(row + 1) + " días |\n";
  }
  return norma;
}

// What each row decides is shown by a history made from it, and what escapes the whole scale by
// its ranges together: the solver is asked nothing of any row.
TEST(Growth, ALongScaleAsksTheSolverNothingRowByRow) {
  constexpr int kRows = 400;
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  options.only = {"regla-muerta",   "regla-que-no-decide", "regla-redundante",
                  "supuesto-vacío", "escapatoria",         "inversión"};
  const base::CheckReport report = CheckText(ScaleOf(kRows), options);
  std::size_t asked = 0;
  for (const smt::Script& script : log.Scripts()) asked += script.queries.size();
  EXPECT_LE(asked, 5U);
  int shown = 0;
  for (const base::QueryRecord& query : report.queries) {
    if (query.check != "regla-muerta" && query.check != "regla-que-no-decide" &&
        query.check != "regla-redundante") {
      continue;
    }
    EXPECT_EQ(query.verdict, base::Verdict::Proved) << query.name;
    EXPECT_EQ(query.evidence, base::Evidence::Replayed) << query.name;
    ++shown;
  }
  EXPECT_EQ(shown, 3 * kRows);
  EXPECT_TRUE(report.findings.empty());
}

// The same of a sum of minutes after the entry, which arrivals are characterised as.
TEST(Growth, ALongScaleOfWhatFactsBecomeAsksNothingEither) {
  std::string norma = ScaleOf(40);
  const auto replace = [&](const std::string& before, const std::string& after) {
    norma.replace(norma.find(before), before.size(), after);
  };
  replace(
      "hecho demora en tramo\n  minutos: minutos entre 1 minuto y 240 minutos en pasos de 1 "
      "minuto\n",
      "hecho llegada en tramo\n  hora: hora en pasos de 1 minuto\n"
      "hecho demora derivado en tramo\n  minutos: minutos\n"
      "califica llegada como demora cita COD:1.A\n"
      "  cuando hora > hora_fijada\n  con minutos = hora - hora_fijada\n");
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  options.only = {"regla-muerta", "regla-que-no-decide", "regla-redundante"};
  const base::CheckReport report = CheckText(norma, options);
  EXPECT_EQ(report.queries.size(), 3U * 40U);
  EXPECT_TRUE(log.Scripts().empty());
  EXPECT_TRUE(report.findings.empty());
}

// A row that another takes the place of is not hidden by the histories made for the others.
TEST(Growth, ARowOfALongScaleThatNeverPrevailsIsStillFound) {
  std::string norma = ScaleOf(40);
  const std::string row = "  | 101 .. 110 | descuento 11 días |\n";
  norma.insert(norma.find("según total") + std::string("según total").size(), " política primera");
  norma.insert(norma.find(row) + row.size(), "  | 103 .. 107 | descuento 90 días |\n");
  CheckOptions options;
  options.only = {"regla-muerta", "regla-que-no-decide", "regla-redundante"};
  const base::CheckReport report = CheckText(norma, options);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].code, "regla-que-no-decide");
  EXPECT_NE(report.findings[0].title.es.find("demoras[12]"), std::string::npos)
      << report.findings[0].title.es;
}

}  // namespace
}  // namespace cotejo::checks
