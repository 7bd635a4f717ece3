// The whole regulation is quick to load, and the amendments taken from other entities go
// through every engine as data.
#include <chrono>
#include <filesystem>

#include "scenarios/amendments/apply.h"
#include "scenarios/population/population.h"
#include "scenarios/year/simulate.h"
#include "solver/checks/check.h"
#include "tests/cases/regulation_for_tests.h"

namespace cotejo::cases {
namespace {

TEST(WholeRegulation, LoadsWithinItsTime) {
  std::vector<double> milliseconds;
  for (int run = 0; run < 5; ++run) {
    const auto start = std::chrono::steady_clock::now();
    base::SourceMap sources;
    base::Diagnostics diagnostics;
    const rules::Regulation regulation = rules::LoadRegulation(
        sources, std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025", {}, diagnostics);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(regulation.rules);
    milliseconds.push_back(took.count());
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  RecordProperty("median_ms", std::to_string(milliseconds[2]));
#ifdef NDEBUG
  EXPECT_LT(milliseconds[2], 150);
#endif
}

std::vector<std::string> PeerAmendments() {
  std::vector<std::string> names;
  const std::filesystem::path folder = std::string(COTEJO_SOURCE_DIR) + "/regulations/peers";
  if (!std::filesystem::exists(folder)) return names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".enmienda.norma.md")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Peers : public RegulationTest, public testing::WithParamInterface<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Peers);

TEST_P(Peers, GoThroughEveryEngine) {
  const amendments::Amendment amendment =
      amendments::ReadAmendment(sources_, root_ + "/regulations/peers/" + GetParam(), diagnostics_);
  const rules::Program base = rules::BuildProgram(sources_, regulation_.files);
  rules::Program program = amendments::Apply(base, amendment, diagnostics_);
  // As the program does: the cases in force stay as histories to look at.
  for (const rules::ProgramEntry& entry : base.entries) {
    if (entry.decl->kind == language::Decl::Kind::Case) program.entries.push_back(entry);
  }
  const auto amended = rules::Resolve(sources_, program, {}, diagnostics_);
  ASSERT_TRUE(amended) << Messages();
  EXPECT_FALSE(amendments::Differences(*regulation_.rules, *amended).empty());

  const rules::Families families = rules::BuildFamilies(*amended);
  const base::CheckReport report = checks::Check(*amended, families, {});
  EXPECT_GT(report.totals.run, 0);
  // What needs the official text or other readings is counted apart.
  EXPECT_EQ(report.totals.run + report.totals.not_run, report.totals.planned);
  // A change encoded by halves would be told as a defect of the other entity's text.
  for (const base::Finding& finding : report.findings) {
    EXPECT_EQ(finding.title.es.find(" en la regla y "), std::string::npos) << finding.title.es;
    EXPECT_EQ(finding.title.es.find("nada dice cuándo hay"), std::string::npos) << finding.title.es;
  }

  const auto histories =
      evaluation::ReadHistories(*amended, sources_, cases_ + "historias-60/hechos.csv",
                                cases_ + "historias-60/personas.csv", std::nullopt, diagnostics_);
  ASSERT_FALSE(histories.empty()) << Messages();
  EXPECT_FALSE(evaluation::Evaluate(*amended, families, histories.front()).applications.empty());

  const auto population = population::LoadPopulation(
      sources_, root_ + "/scenarios/library/defensoria-2025.toml", diagnostics_);
  year::Options options;
  options.replications = 2;
  options.threads = 1;
  const auto forecast =
      year::Simulate({{"base", {"texto vigente", "text in force"}, regulation_.rules},
                      {amendment.name, {amendment.title, amendment.title}, amended}},
                     population, options, diagnostics_);
  ASSERT_TRUE(forecast) << Messages();
  EXPECT_EQ(forecast->regulations.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Regulations, Peers, testing::ValuesIn(PeerAmendments()),
                         [](const auto& peer) {
                           return peer.param.substr(0, peer.param.find('.'));
                         });

}  // namespace
}  // namespace cotejo::cases
