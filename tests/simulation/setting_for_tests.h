// The real regulation, its amendments and the staff of the library.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/rules/resolve.h"
#include "scenarios/amendments/apply.h"
#include "scenarios/population/population.h"
#include "scenarios/year/setting.h"
#include "scenarios/year/simulate.h"

namespace cotejo::year {

inline std::string Messages(const base::SourceMap& sources, const base::Diagnostics& diagnostics) {
  std::string text;
  for (const base::Diagnostic& d : diagnostics.all())
    text += base::Render(d, sources, base::Language::Spanish) + "\n";
  return text;
}

// Read once for all the tests of a program, each of which has its own sources and staff: under the
// sanitizers reading them takes as long as most tests.
struct RipAndStaff {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  rules::Regulation regulation;
  population::Population population;

  static const RipAndStaff& Read() {
    static const RipAndStaff read;
    return read;
  }

 private:
  RipAndStaff() {
    const std::string root = COTEJO_SOURCE_DIR;
    regulation = rules::LoadRegulation(sources, root + "/regulations/rip-2025", {}, diagnostics);
    population = population::LoadPopulation(
        sources, root + "/scenarios/library/defensoria-2025.toml", diagnostics);
  }
};

class RipTest : public testing::Test {
 protected:
  void SetUp() override {
    const RipAndStaff& read = RipAndStaff::Read();
    sources_ = read.sources;
    diagnostics_ = read.diagnostics;
    population_ = read.population;
    ASSERT_TRUE(regulation_.rules) << Messages(sources_, diagnostics_);
    ASSERT_FALSE(diagnostics_.has_errors()) << Messages(sources_, diagnostics_);
  }

  std::shared_ptr<const rules::Ruleset> Amended(const std::string& file) {
    return AmendedBy(root_ + "/scenarios/library/" + file);
  }

  std::shared_ptr<const rules::Ruleset> AmendedBy(const std::string& path) {
    amendments_.push_back(std::make_unique<amendments::Amendment>(
        amendments::ReadAmendment(sources_, path, diagnostics_)));
    base_.push_back(
        std::make_unique<rules::Program>(rules::BuildProgram(sources_, regulation_.files)));
    const rules::Program program =
        amendments::Apply(*base_.back(), *amendments_.back(), diagnostics_);
    auto rules = rules::Resolve(sources_, program, {}, diagnostics_);
    EXPECT_TRUE(rules) << Messages(sources_, diagnostics_);
    return rules;
  }

  // No steps of any procedure: what a process takes is said in days.
  void DropProcedures() {
    population_.procedures.clear();
    if (population_.turnover && population_.turnover->removal)
      population_.turnover->removal->process_days = 60;
  }

  // A regulation of its own over the shared vocabulary, with no procedures.
  std::shared_ptr<const rules::Ruleset> FromText(const std::string& norma,
                                                 const rules::ReadingChoices& readings = {}) {
    namespace fs = std::filesystem;
    DropProcedures();
    const fs::path folder =
        fs::path(COTEJO_BINARY_DIR) / ("regulación de prueba " + std::to_string(::getpid()));
    fs::create_directories(folder);
    const std::string vocabulary =
        fs::relative(fs::path(root_) / "regulations" / "vocabulary", folder).string();
    std::ofstream(folder / "prueba.norma.md") << "```norma\nusa \"" << vocabulary << "\"\n"
                                              << norma << "\n```\n";
    auto loaded = rules::LoadRegulation(sources_, folder.string(), readings, diagnostics_);
    fs::remove_all(folder);
    EXPECT_TRUE(loaded.rules) << Messages(sources_, diagnostics_);
    return loaded.rules;
  }

  Forecast Run(const std::vector<RegulationInput>& regulations, const Options& options) {
    auto forecast = Simulate(regulations, population_, options, diagnostics_);
    EXPECT_TRUE(forecast) << Messages(sources_, diagnostics_);
    return forecast ? std::move(*forecast) : Forecast{};
  }

  // Nothing happens to anybody but what a test asks for.
  void Quiet() {
    for (population::BehaviourClass& c : population_.classes) {
      c.arrival = population::Discrete({{0, 0, 1, {}}});
      c.missing_record = {};
      c.absences.clear();
      c.post_absences.clear();
    }
    population_.conduct.clear();
    population_.occurrences.clear();
    population_.vacation.share = population::Discrete({{0, 0, 1, {}}});
  }

  const std::string root_ = COTEJO_SOURCE_DIR;
  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  const rules::Regulation& regulation_ = RipAndStaff::Read().regulation;
  population::Population population_;
  std::vector<std::unique_ptr<amendments::Amendment>> amendments_;
  std::vector<std::unique_ptr<rules::Program>> base_;
};

}  // namespace cotejo::year
