// The second opinion: an honest solver confirms, a lying one is caught, whichever it is.
#include "solver/checks/contrast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kRules = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
regla una cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes <= 3 entonces destitución
)";

struct Logged {
  base::CheckReport report;
  std::vector<smt::Script> scripts;
};

// Two half days are at most one day in all: the rules can never meet, which the sweep over
// independent measures cannot see and Z3 proves.
Logged CheckLogged() {
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  Logged logged;
  logged.report = CheckText(kRules, options);
  logged.scripts = log.Scripts();
  return logged;
}

int Count(const base::CheckReport& report, base::Evidence evidence) {
  return static_cast<int>(
      std::count_if(report.queries.begin(), report.queries.end(),
                    [&](const base::QueryRecord& query) { return query.evidence == evidence; }));
}

// A program in the place of the second solver.
class Stub {
 public:
  Stub(const std::string& name, const std::string& script)
      : path_(fs::path(testing::TempDir()) /
              ("cotejo_" + name + "_" + std::to_string(::getpid()))) {
    std::ofstream(path_) << "#!/bin/sh\n" << script;
    fs::permissions(path_, fs::perms::owner_all);
  }
  ~Stub() { fs::remove(path_); }
  Stub(const Stub&) = delete;
  Stub& operator=(const Stub&) = delete;
  [[nodiscard]] SecondSolver Solver() const { return {path_.string(), 0, 2}; }

 private:
  fs::path path_;
};

// The file comes last; it is asked of cvc5 itself, and the answers are turned round.
const std::string kAsk = "for file; do :; done\ncvc5 --lang=smt2 --incremental \"$file\"";

TEST(Contrast, TheRulesNeedTheSolver) {
  const Logged logged = CheckLogged();
  EXPECT_EQ(Count(logged.report, base::Evidence::SolverAlone), 1);
  EXPECT_FALSE(logged.scripts.empty());
}

TEST(Contrast, AnHonestSolverConfirms) {
  Logged logged = CheckLogged();
  AskAgain(logged.scripts, {}, logged.report);
  ASSERT_TRUE(logged.report.second_opinion);
  const base::SecondOpinion& opinion = *logged.report.second_opinion;
  EXPECT_EQ(opinion.solver, "cvc5");
  EXPECT_GT(opinion.asked, 3);
  EXPECT_EQ(opinion.confirmed, opinion.asked);
  EXPECT_EQ(opinion.undecided, 0);
  EXPECT_TRUE(opinion.disagreements.empty());
  EXPECT_EQ(Count(logged.report, base::Evidence::SolverAlone), 0);
  EXPECT_EQ(Count(logged.report, base::Evidence::SecondSolver), 1);
  EXPECT_EQ(logged.report.totals.unknown, 0);
}

TEST(Contrast, ASecondSolverThatLiesIsCaught) {
  Logged logged = CheckLogged();
  const Stub liar("mentiroso", kAsk + " | sed 's/^sat$/x/; s/^unsat$/sat/; s/^x$/unsat/'\n");
  AskAgain(logged.scripts, liar.Solver(), logged.report);
  const base::SecondOpinion& opinion = *logged.report.second_opinion;
  EXPECT_EQ(opinion.confirmed, 0);
  EXPECT_EQ(static_cast<int>(opinion.disagreements.size()), opinion.asked);
  EXPECT_THAT(opinion.disagreements[0].es, HasSubstr("Z3 dijo"));
  // What was contradicted is no longer called proved.
  EXPECT_EQ(Count(logged.report, base::Evidence::SolverAlone), 0);
  EXPECT_EQ(Count(logged.report, base::Evidence::SecondSolver), 0);
  EXPECT_EQ(logged.report.totals.unknown, 1);
}

TEST(Contrast, AFirstSolverThatLiedIsCaught) {
  Logged logged = CheckLogged();
  int falsified = 0;
  for (smt::Script& script : logged.scripts) {
    for (smt::Script::Query& query : script.queries) {
      if (falsified > 0 || query.answer != smt::Answer::Unsat) continue;
      query.answer = smt::Answer::Sat;
      ++falsified;
    }
  }
  ASSERT_EQ(falsified, 1);
  AskAgain(logged.scripts, {}, logged.report);
  ASSERT_EQ(logged.report.second_opinion->disagreements.size(), 1U);
  EXPECT_THAT(logged.report.second_opinion->disagreements[0].es, HasSubstr("Z3 dijo sat y cvc5"));
  EXPECT_EQ(logged.report.totals.unknown, 1);
}

// No answer confirms nothing and contradicts nothing.
TEST(Contrast, ASolverThatDoesNotAnswerConfirmsNothing) {
  for (const char* script :
       {"for file; do :; done\ngrep -c check-sat \"$file\" > /dev/null\n", "echo unknown\n",
        "echo '(error \"no\")'\n"
        "echo unsat\n"
        "echo sat\n",
        "exit 1\n", "kill -9 $$\n"}) {
    Logged logged = CheckLogged();
    const Stub silent("callado", script);
    AskAgain(logged.scripts, silent.Solver(), logged.report);
    const base::SecondOpinion& opinion = *logged.report.second_opinion;
    EXPECT_EQ(opinion.confirmed, 0) << script;
    EXPECT_EQ(opinion.undecided, opinion.asked) << script;
    EXPECT_TRUE(opinion.disagreements.empty()) << script;
    EXPECT_EQ(Count(logged.report, base::Evidence::SolverAlone), 1) << script;
  }
}

TEST(Contrast, AProgramThatIsNotThereIsKnown) {
  EXPECT_TRUE(VersionOf({}).has_value());
  EXPECT_THAT(*VersionOf({}), HasSubstr("cvc5"));
  EXPECT_FALSE(VersionOf({"/no/existe/cvc5", 0, 1}).has_value());
  EXPECT_FALSE(VersionOf({"un-demostrador-que-no-hay", 0, 1}).has_value());
}

TEST(Contrast, EveryScriptIsWrittenToItsOwnFile) {
  const fs::path folder =
      fs::path(testing::TempDir()) / ("cotejo_guiones_" + std::to_string(::getpid()));
  std::vector<smt::Script> scripts = {
      {"hueco/a:b", "(check-sat)\n", {}}, {"hueco/a;b", "(exit)\n", {}}, {"otro", "", {}}};
  std::string failed;
  EXPECT_TRUE(WriteScripts(scripts, folder.string(), failed));
  EXPECT_TRUE(fs::exists(folder / "hueco_a_b.smt2"));
  EXPECT_TRUE(fs::exists(folder / "hueco_a_b_2.smt2"));
  EXPECT_TRUE(fs::exists(folder / "otro.smt2"));
  fs::remove_all(folder);
  EXPECT_FALSE(WriteScripts(scripts, "/proc/no/se/puede", failed));
  EXPECT_THAT(failed, HasSubstr("/proc/no/se/puede"));
}

// A rule that another one repeats: that it changes nothing is a finding which no history can
// bear out, and Z3 alone says it.
const std::string kRepeated = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
regla una cita REG:7 sobre falta entonces amonestación verbal
regla otra cita REG:8 sobre falta entonces amonestación verbal
)";

TEST(Contrast, AFindingThatRestsOnZ3AloneIsConfirmedOrGoes) {
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  const base::CheckReport before = CheckText(kRepeated, options);
  const auto redundant = [](const base::CheckReport& report) {
    return Of(report, "regla-redundante");
  };
  ASSERT_EQ(redundant(before).size(), 1U);
  EXPECT_EQ(redundant(before)[0].evidence, base::Evidence::SolverAlone);
  base::CheckReport honest = before;
  AskAgain(log.Scripts(), {}, honest);
  ASSERT_EQ(redundant(honest).size(), 1U);
  EXPECT_EQ(redundant(honest)[0].evidence, base::Evidence::SecondSolver);
  EXPECT_EQ(Count(honest, base::Evidence::SolverAlone), 0);
  base::CheckReport denied = before;
  const Stub liar("mentiroso2", kAsk + " | sed 's/^unsat$/sat/'\n");
  AskAgain(log.Scripts(), liar.Solver(), denied);
  EXPECT_TRUE(redundant(denied).empty());
  EXPECT_GT(denied.totals.unknown, before.totals.unknown);
}

// What was proved of the whole regulation is proved twice.
TEST(ContrastOfTheRip, EverythingProvedIsConfirmed) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(
      sources, (fs::path(COTEJO_SOURCE_DIR) / "regulations" / "rip-2025").string(), {},
      diagnostics);
  ASSERT_TRUE(regulation.rules);
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  options.threads = 0;
  base::CheckReport report =
      Check(*regulation.rules, rules::BuildFamilies(*regulation.rules), options);
  AskAgain(log.Scripts(), {}, report);
  EXPECT_TRUE(report.second_opinion->disagreements.empty());
  EXPECT_GT(report.second_opinion->asked, 100);
  const int alone = Count(report, base::Evidence::SolverAlone);
  EXPECT_LE(100 * alone, report.totals.proved) << alone << " of " << report.totals.proved;
}

}  // namespace
}  // namespace cotejo::checks
