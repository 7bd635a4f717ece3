// The simulated year as a whole: what it must never depend on, and what must add up.
#include <hwy/targets.h>

#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "scenarios/year/attendance.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

class YearTest : public RipTest {
 protected:
  RegulationInput Base() { return {"base", {"texto vigente", "text in force"}, regulation_.rules}; }
  RegulationInput Null() {
    return {"nula", {"nula", "null"}, Amended("enmienda-nula.enmienda.norma.md")};
  }
  RegulationInput Tolerance() {
    return {"tolerancia_10", {"10", "10"}, Amended("tolerancia-10.enmienda.norma.md")};
  }
  static Options Small(std::uint64_t seed) {
    Options options;
    options.seed = seed;
    options.replications = 12;
    options.threads = 2;
    return options;
  }
  static std::size_t Find(const Forecast& forecast, const std::string& key) {
    for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
      if (forecast.cells[i].key == key) return i;
    }
    ADD_FAILURE() << "no cell " << key;
    return 0;
  }
  static double Mean(const Forecast& forecast, const std::string& key, std::size_t regulation = 0) {
    return forecast.regulations[regulation].statistics[Find(forecast, key)].mean;
  }
};

void ExpectSame(const Forecast& a, const Forecast& b) {
  ASSERT_EQ(a.cells.size(), b.cells.size());
  ASSERT_EQ(a.regulations.size(), b.regulations.size());
  for (std::size_t r = 0; r < a.regulations.size(); ++r) {
    EXPECT_EQ(a.regulations[r].values, b.regulations[r].values);
    for (std::size_t i = 0; i < a.cells.size(); ++i) {
      EXPECT_EQ(a.cells[i].key, b.cells[i].key);
      EXPECT_EQ(a.regulations[r].statistics[i].mean, b.regulations[r].statistics[i].mean);
      EXPECT_EQ(a.regulations[r].statistics[i].ci_low, b.regulations[r].statistics[i].ci_low);
    }
  }
  for (std::size_t s = 0; s < a.series.size(); ++s) {
    EXPECT_EQ(a.series[s].base, b.series[s].base);
    EXPECT_EQ(a.series[s].amended, b.series[s].amended);
  }
}

TEST_F(YearTest, TheNumberOfThreadsChangesNothing) {
  const std::vector<RegulationInput> regulations = {Base(), Tolerance()};
  Options options = Small(42);
  options.threads = 1;
  const Forecast one = Run(regulations, options);
  options.threads = 2;
  ExpectSame(one, Run(regulations, options));
  options.threads = 5;
  ExpectSame(one, Run(regulations, options));
}

TEST_F(YearTest, EveryInstructionSetGivesTheSameYear) {
  const Forecast usual = Run({Base()}, Small(7));
  std::set<std::string> engines;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    const Forecast other = Run({Base()}, Small(7));
    engines.insert(other.engine);
    ExpectSame(usual, other);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  EXPECT_GE(engines.size(), 2U);
}

TEST_F(YearTest, AnAmendmentThatChangesNothingDiffersByExactlyZero) {
  const RegulationInput base = Base();
  const RegulationInput null = Null();
  for (const std::uint64_t seed : {1ULL, 2025ULL, 0xFFFFFFFFFFFFFFFFULL}) {
    const Forecast forecast = Run({base, null}, Small(seed));
    ASSERT_EQ(forecast.regulations.size(), 2U);
    EXPECT_EQ(forecast.regulations[0].values, forecast.regulations[1].values);
    for (const Statistics& d : forecast.regulations[1].difference) {
      EXPECT_EQ(d.mean, 0);
      EXPECT_EQ(d.ci_low, 0);
      EXPECT_EQ(d.ci_high, 0);
      EXPECT_EQ(d.year_low, 0);
      EXPECT_EQ(d.year_high, 0);
      EXPECT_EQ(d.sd, 0);
    }
    for (const MonthSeries& series : forecast.series) EXPECT_EQ(series.base, series.amended[0]);
  }
}

TEST_F(YearTest, TheBaseDoesNotDependOnWhatItIsComparedWith) {
  const RegulationInput base = Base();
  const RegulationInput tolerance = Tolerance();
  const Forecast alone = Run({base}, Small(3));
  const Forecast beside = Run({base, tolerance}, Small(3));
  std::map<std::string, std::vector<std::int64_t>> values;
  for (std::size_t i = 0; i < beside.cells.size(); ++i)
    values[beside.cells[i].key] = beside.regulations[0].values[i];
  for (std::size_t i = 0; i < alone.cells.size(); ++i)
    EXPECT_EQ(values[alone.cells[i].key], alone.regulations[0].values[i]) << alone.cells[i].key;
}

TEST_F(YearTest, TotalsAreTheSumOfTheirGroups) {
  const Forecast forecast = Run({Base(), Tolerance()}, Small(11));
  std::map<std::string, int> totals;
  for (const RegulationResult& result : forecast.regulations) {
    for (std::size_t t = 0; t < forecast.cells.size(); ++t) {
      if (!forecast.cells[t].total) continue;
      ++totals[forecast.cells[t].group];
      std::vector<std::int64_t> sum(static_cast<std::size_t>(forecast.replications));
      for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
        if (forecast.cells[i].total || forecast.cells[i].group != forecast.cells[t].group) continue;
        for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += result.values[i][r];
      }
      EXPECT_EQ(sum, result.values[t]) << forecast.cells[t].key;
    }
  }
  EXPECT_GE(totals.size(), 9U);
  for (const auto& [group, count] : totals) EXPECT_EQ(count, 2) << group;
}

TEST_F(YearTest, ThereIsSomethingInEveryTable) {
  const Forecast forecast = Run({Base()}, Small(5));
  for (const char* key : {"sanciones/total", "sanciones/RIP:45.I", "descuentos/días/total",
                          "descuentos/centavos/total", "personas/sancionadas/total",
                          "procesos/total", "huecos/total", "refrigerio/centavos",
                          "vacaciones/saldo/final", "vacaciones/ganada", "vacaciones/pasivo/total"})
    EXPECT_GT(Mean(forecast, key), 0) << key;
  EXPECT_LE(Mean(forecast, "personas/sancionadas/total"), 220);
  EXPECT_EQ(forecast.staff, 220);
  EXPECT_FALSE(forecast.assumptions.empty());
}

TEST_F(YearTest, AWiderToleranceDeductsLess) {
  const Forecast forecast = Run({Base(), Tolerance()}, Small(9));
  EXPECT_LT(Mean(forecast, "descuentos/días/RIP:45.I", 1),
            Mean(forecast, "descuentos/días/RIP:45.I"));
  const Statistics& d =
      forecast.regulations[1].difference[Find(forecast, "descuentos/días/RIP:45.I")];
  EXPECT_LT(d.ci_high, 0);
  // Vacations have nothing to do with it.
  EXPECT_EQ(forecast.regulations[1].difference[Find(forecast, "vacaciones/saldo/final")].sd, 0);
}

// One figure of the norm file, changed in a copy and nowhere else.
TEST_F(YearTest, AFigureChangedInTheNormFileChangesTheYear) {
  namespace fs = std::filesystem;
  const fs::path copy = fs::path(COTEJO_BINARY_DIR) / ("copia " + std::to_string(::getpid()));
  fs::copy(fs::path(root_) / "regulations", copy, fs::copy_options::recursive);
  const fs::path file = copy / "rip-2025" / "45-asistencia.norma.md";
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  std::string norm = text.str();
  const std::string row = "| 46 .. 60 ";
  ASSERT_NE(norm.find(row), std::string::npos);
  norm.replace(norm.find(row), row.size(), "| 46 .. 59 ");
  std::ofstream(file) << norm;
  const auto changed =
      rules::LoadRegulation(sources_, (copy / "rip-2025").string(), {}, diagnostics_);
  fs::remove_all(copy);
  ASSERT_TRUE(changed.rules) << Messages(sources_, diagnostics_);
  const Forecast forecast = Run({Base(), {"59", {"59", "59"}, changed.rules}}, Small(8));
  const std::string days = "descuentos/días/RIP:45.I";
  EXPECT_LT(Mean(forecast, days, 1), Mean(forecast, days));
  const std::string gap = "huecos/atraso por mes";
  EXPECT_EQ(Mean(forecast, gap), 0);
  EXPECT_GT(Mean(forecast, gap, 1), 0);
  // Each such month lost exactly the one day that its row gave.
  EXPECT_DOUBLE_EQ(forecast.regulations[1].difference[Find(forecast, days)].mean,
                   -Mean(forecast, gap, 1));
}

TEST_F(YearTest, TheNextYearCanBeSimulated) {
  Options options = Small(1);
  options.gestion = 2026;
  EXPECT_GT(Mean(Run({Base()}, options), "sanciones/total"), 0);
}

TEST_F(YearTest, AYearWithoutKnownHolidaysIsAnError) {
  Options options = Small(1);
  options.gestion = 2031;
  EXPECT_FALSE(Simulate({Base()}, population_, options, diagnostics_));
  ASSERT_TRUE(diagnostics_.has_errors());
  EXPECT_EQ(diagnostics_.all().front().code, "simulación-no-admite");
}

TEST_F(YearTest, OneReplicationIsRefused) {
  Options options = Small(1);
  options.replications = 1;
  EXPECT_FALSE(Simulate({Base()}, population_, options, diagnostics_));
  EXPECT_EQ(diagnostics_.all().front().code, "simulación-opciones");
}

TEST_F(YearTest, ProgressReachesTheEndAndStopKeepsWhatIsDone) {
  std::atomic<std::int64_t> progress = 0;
  std::atomic<bool> stop = false;
  Options options = Small(6);
  options.progress = &progress;
  options.stop = &stop;
  Run({Base()}, options);
  EXPECT_EQ(progress, 220 * options.replications);

  options.replications = 20000;
  progress = 0;
  std::thread watch([&] {
    while (progress < 220 * 40) std::this_thread::yield();
    stop = true;
  });
  const Forecast cut = Run({Base()}, options);
  watch.join();
  ASSERT_GE(cut.replications, 8);
  ASSERT_LT(cut.replications, 20000);
  // What was finished is what a run of just that many replications gives.
  Options same = Small(6);
  same.replications = cut.replications;
  ExpectSame(cut, Run({Base()}, same));
}

TEST_F(YearTest, StoppingBeforeTwoReplicationsIsAnError) {
  const std::atomic<bool> stop = true;
  Options options = Small(6);
  options.stop = &stop;
  EXPECT_FALSE(Simulate({Base()}, population_, options, diagnostics_));
  EXPECT_EQ(diagnostics_.all().front().code, "simulación-interrumpida");
}

}  // namespace
}  // namespace cotejo::year
