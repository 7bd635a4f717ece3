// The population file with the figures of a calibration: those, and nothing else.
#include "scenarios/calibration/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenarios/population/population.h"

namespace cotejo::calibration {
namespace {

const std::string kLibrary = std::string(COTEJO_SOURCE_DIR) + "/scenarios/library/";

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string Content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Figures as the file has them, but for the first class, half as often late, and the second, of
// which there are too few.
Calibration Figures(const std::vector<ClassTable>& tables) {
  Calibration c;
  for (const ClassTable& table : tables) {
    FittedClass fitted{table.name, 50, true, {0, table.weight, 0, 1, 50}, {}, {}, {}, {}};
    for (const Band& band : table.bands)
      fitted.bands.push_back({band.from, band.to, {0, band.share, 0, 1, 50}});
    fitted.omission = {0, table.omission, 0, 1, 50};
    fitted.missing_entry = {0, table.missing_entry, 0, 1, 50};
    c.classes.push_back(fitted);
  }
  c.classes[0].weight.value = 0.25;
  for (std::size_t b = 0; b < c.classes[0].bands.size(); ++b) {
    double& share = c.classes[0].bands[b].share.value;
    share = b == 0 ? (1 + share) / 2 : share / 2;
  }
  c.classes[0].omission.value = 0.0125;
  c.classes[0].missing_entry.value = 0.61;
  c.classes[1].fitted = false;
  c.late = {0, 0.1, 0.08, 0.125, 100};
  c.omission = {0, 0, 0, 0.01, 100};  // none seen: the file keeps its doubt
  return c;
}

TEST(Tables, AreReadAsShares) {
  base::Diagnostics diagnostics;
  const auto tables = ReadTables(kLibrary + "defensoria-2025.toml", diagnostics);
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->size(), 4);
  EXPECT_EQ((*tables)[2].name, "impuntual");
  EXPECT_DOUBLE_EQ((*tables)[2].weight, 0.10);
  // 6500 of 9515.
  EXPECT_DOUBLE_EQ((*tables)[2].bands[0].share, 6500.0 / 9515.0);
  EXPECT_EQ((*tables)[2].bands[4].to, 120);
  EXPECT_DOUBLE_EQ((*tables)[2].omission, 0.010);
  EXPECT_DOUBLE_EQ((*tables)[2].missing_entry, 0.45);
}

// Of people told to record once a shift a record is missing in most of them.
TEST(Tables, OmissionsCutAtOneHalfAreTold) {
  const std::string path = kLibrary + "defensoria-2025.toml";
  base::Diagnostics diagnostics;
  const auto tables = ReadTables(path, diagnostics);
  ASSERT_TRUE(tables);
  Calibration c = Figures(*tables);
  c.classes[0].omission.value = 0.5;
  EXPECT_TRUE(WriteCalibrated(path, c, {"calibrado", "calibrated"}, diagnostics));
  EXPECT_TRUE(diagnostics.all().empty());
  c.classes[2].omission.value = 0.8764;
  const auto text = WriteCalibrated(path, c, {"calibrado", "calibrated"}, diagnostics);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, testing::HasSubstr("\nomision_por_mil = 500.0\n"));
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].code, "calibrar-tope");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_THAT(diagnostics.all()[0].message.es, testing::HasSubstr("«impuntual»"));
  EXPECT_THAT(diagnostics.all()[0].message.es, testing::HasSubstr("87,6 % de los tramos"));
}

TEST(Tables, OnlyWhatWasFittedChangesAndItSaysWhereItComesFrom) {
  const std::string path = kLibrary + "defensoria-2025.toml";
  base::Diagnostics diagnostics;
  const auto tables = ReadTables(path, diagnostics);
  ASSERT_TRUE(tables);
  const auto text = WriteCalibrated(path, Figures(*tables),
                                    {"calibrado de \"marcaciones\"", "calibrated"}, diagnostics);
  ASSERT_TRUE(text);
  const auto before = Lines(Content(path));
  const auto after = Lines(*text);
  ASSERT_EQ(before.size(), after.size());
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] != after[i]) changed.push_back(after[i]);
  }
  // Source, weight, five bands and two omissions of one class; the same of two more, whose
  // omissions come out as they were; source and weight of one; and the source and lateness of the
  // doubts.
  EXPECT_EQ(changed.size(), 9 + 2 * 7 + 2 + 2);
  EXPECT_THAT(changed, testing::Contains("peso = 250000"));
  EXPECT_THAT(changed, testing::Contains("omision_por_mil = 12.5"));
  EXPECT_THAT(changed, testing::Contains("omision_de_ingreso_por_ciento = 61"));
  // ln(0.125 / 0.08) / (2 × 1.96) = 0.11385
  EXPECT_THAT(changed, testing::Contains("atrasos = 0.114"));

  const std::string out =
      (std::filesystem::path(testing::TempDir()) / ("calibrada " + std::to_string(::getpid())))
          .string();
  std::ofstream(out) << *text;
  base::SourceMap sources;
  const auto population = population::LoadPopulation(sources, out, diagnostics);
  ASSERT_FALSE(diagnostics.has_errors());
  std::filesystem::remove(out);
  // On time: (1 + 9650/10000) / 2 = 0.9825 of 2^32.
  const auto on_time = static_cast<double>(population.classes[0].arrival.first_draw_from(1));
  EXPECT_NEAR(on_time / 4294967296.0, 0.9825, 1e-6);
  EXPECT_EQ(population.uncertainty[1], 0.5);
  std::string sources_said;
  for (const base::Text& source : population.sources) sources_said += source.es + "\n";
  EXPECT_THAT(sources_said,
              testing::HasSubstr("calibrado de \"marcaciones\"; lo demás: sintético"));
  EXPECT_THAT(sources_said, testing::HasSubstr("muy pocas personas para más"));
}

TEST(Tables, ASourceNamesNoMonthThatWasLeftOut) {
  EXPECT_EQ(ShowMonths({"2025-03"}), "2025-03");
  EXPECT_EQ(ShowMonths({"2025-11", "2025-12", "2026-01"}), "2025-11 a 2026-01");
  EXPECT_EQ(ShowMonths({"2025-03", "2025-04", "2025-06"}), "2025-03 a 2025-04 y 2025-06");
  EXPECT_EQ(ShowMonths({"2025-03", "2025-05", "2025-07", "2025-08"}),
            "2025-03, 2025-05 y 2025-07 a 2025-08");
}

TEST(Tables, AFileWithTheTablesOfAnotherNamesIt) {
  base::Diagnostics diagnostics;
  EXPECT_FALSE(ReadTables(kLibrary + "defensoria-2000.toml", diagnostics));
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_EQ(diagnostics.all()[0].code, "calibrar-población");
  EXPECT_THAT(diagnostics.all()[0].message.es, testing::HasSubstr("defensoria-2025.toml"));
}

// A population file with `[rasgos]`, one line of it changed.
class TraitsTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::path(COTEJO_BINARY_DIR) /
            ("rasgos " + std::to_string(::getpid()) + ".toml");
  }
  void TearDown() override { std::filesystem::remove(path_); }

  void Write(const std::string& from = "", const std::string& to = "") {
    std::ifstream file(kLibrary + "defensoria-2025.toml");
    std::stringstream text;
    text << file.rdbuf()
         << "\n[rasgos]\nfuente = \"sintético\"\npuntualidad = 0.5 # como se ve\nolvido = 0.3\n"
            "conducta = 0.4\ncorrelacion = [\n  { de = [\"conducta\", \"olvido\"], valor = 0.1 },\n"
            "  { de = [\"olvido\", \"puntualidad\"], valor = 0.2 },\n]\n";
    std::string all = text.str();
    if (!from.empty()) all.replace(all.find(from), from.size(), to);
    std::ofstream(path_) << all;
  }

  std::filesystem::path path_;
  base::Diagnostics diagnostics_;
};

TEST_F(TraitsTest, AreReadAsTheFileNamesThem) {
  Write();
  const auto traits = ReadTraits(path_.string(), diagnostics_);
  ASSERT_TRUE(traits);
  EXPECT_EQ(traits->of(population::Trait::Punctuality), 0.5);
  EXPECT_EQ(traits->of(population::Trait::Forgetting), 0.3);
  EXPECT_FALSE(traits->of(population::Trait::Attendance));
  ASSERT_EQ(traits->pairs.size(), 2);
  EXPECT_EQ(traits->pairs[1].first, population::Trait::Forgetting);
  EXPECT_EQ(traits->pairs[1].second, population::Trait::Punctuality);
  EXPECT_EQ(traits->pairs[1].value, 0.2);
  const auto none = ReadTraits(kLibrary + "defensoria-2025.toml", diagnostics_);
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->pairs.empty());
}

TEST_F(TraitsTest, ABandOnBothSidesOfTheHourIsAnError) {
  Write("{ desde = -20, hasta = 0, peso = 9650 },\n  { desde = 1, hasta = 5,",
        "{ desde = -20, hasta = -1, peso = 9650 },\n  { desde = 0, hasta = 5,");
  EXPECT_FALSE(ReadTraits(path_.string(), diagnostics_));
  ASSERT_EQ(diagnostics_.errors(), 1);
  EXPECT_EQ(diagnostics_.all()[0].code, "calibrar-población");
  EXPECT_THAT(diagnostics_.all()[0].message.es, testing::HasSubstr("la franja de 0 a 5"));
  EXPECT_THAT(diagnostics_.all()[0].message.es, testing::HasSubstr(".toml:236: "));
}

TEST_F(TraitsTest, WhatWasFittedOfThemIsWrittenAndTheRestStays) {
  Write();
  auto tables = ReadTables(path_.string(), diagnostics_);
  ASSERT_TRUE(tables);
  Calibration c = Figures(*tables);
  c.traits = {{"puntualidad", {0.5, 0.4321, 0.3, 0.6, 200}, true, {}},
              {"olvido", {0.3, 0.3, 0, 0, 0}, false, {"pocas", "few"}},
              {"conducta", {0.4, 0.4, 0, 0, 0}, false, {"no se ve", "not seen"}}};
  c.pairs = {{"conducta", "olvido", {0.1, 0.1, 0, 0, 0}, false, {"no se ve", "not seen"}},
             {"olvido", "puntualidad", {0.2, -0.25, -0.5, 0.1, 200}, true, {}}};
  const auto text =
      WriteCalibrated(path_.string(), c, {"calibrado de marcaciones", "calibrated"}, diagnostics_);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, testing::HasSubstr("puntualidad = 0.432 # como se ve\nolvido = 0.3\n"));
  EXPECT_THAT(*text, testing::HasSubstr("[\"conducta\", \"olvido\"], valor = 0.1 }"));
  EXPECT_THAT(*text, testing::HasSubstr("[\"olvido\", \"puntualidad\"], valor = -0.25 }"));
  EXPECT_THAT(*text,
              testing::HasSubstr("fuente = \"puntualidad, olvido con puntualidad: calibrado de "
                                 "marcaciones; lo demás: sintético\""));
}

}  // namespace
}  // namespace cotejo::calibration
