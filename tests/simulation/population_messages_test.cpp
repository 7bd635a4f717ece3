// What is said of a wrong population file: once, of what is wrong, in the reader's language.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenarios/population/population.h"

namespace cotejo::population {
namespace {

using testing::ElementsAre;

class PopulationMessages : public testing::Test {
 protected:
  // Of the library's file with one text in the place of another.
  Population With(const std::string& from, const std::string& to) {
    std::ifstream file(COTEJO_SOURCE_DIR "/scenarios/library/defensoria-2025.toml");
    std::stringstream content;
    content << file.rdbuf();
    std::string text = content.str();
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    const std::filesystem::path path =
        std::filesystem::path(COTEJO_BINARY_DIR) /
        ("mensajes de prueba " + std::to_string(::getpid()) + ".toml");
    std::ofstream(path) << text;
    Population population = LoadPopulation(sources_, path.string(), diagnostics_);
    std::filesystem::remove(path);
    return population;
  }

  [[nodiscard]] std::vector<std::string> Said(base::Language language) const {
    std::vector<std::string> said;
    for (const base::Diagnostic& d : diagnostics_.all()) said.push_back(d.message.in(language));
    return said;
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
};

TEST_F(PopulationMessages, ATotalThatCannotBeIsNotComparedWithItsParts) {
  With("total = 220", "total = 0");
  EXPECT_THAT(Said(base::Language::Spanish),
              ElementsAre("«total» debe ser un número entero entre 1 y 1000000"));
  EXPECT_THAT(Said(base::Language::English),
              ElementsAre("'total' must be a whole number between 1 and 1000000"));
}

TEST_F(PopulationMessages, ATableThatIsMissingHasNoWeightsToAddUp) {
  With("[vacaciones]", "[vacacion]");
  std::vector<std::string> codes;
  for (const base::Diagnostic& d : diagnostics_.all()) codes.push_back(d.code);
  EXPECT_THAT(
      codes, testing::UnorderedElementsAre("población-clave-desconocida", "población-falta-clave"));
}

// Twice the row would be twice the frequency, and a header lost, all its keys under another.
TEST_F(PopulationMessages, WhatWouldChangeAFigureInSilenceIsTold) {
  With("{ inciso = \"RIP:43.II.b\", por_ano = 0.030 }",
       "{ inciso = \"RIP:43.II.b\", por_ano = 0.030 }, { inciso = \"RIP:43.II.b\", por_ano = 0.030 "
       "}");
  EXPECT_THAT(Said(base::Language::Spanish),
              ElementsAre("«RIP:43.II.b» ya está en la lista: sería dos veces más frecuente"));
}

TEST_F(PopulationMessages, ATitleHasNoFigures) {
  With("[titulo]", "[titulo]\npuntualidad = 0.5");
  EXPECT_THAT(Said(base::Language::Spanish), testing::Contains(testing::HasSubstr("puntualidad")));
}

TEST_F(PopulationMessages, ABoundIsWrittenAsItIsInTheFile) {
  With("por_ano = 0.6,", "por_ano = 1000.0,");
  EXPECT_THAT(Said(base::Language::Spanish),
              ElementsAre("«por_ano» debe ser un número entre 0 y 60"));
}

TEST_F(PopulationMessages, WhereAFigureComesFromIsNamedInBothLanguages) {
  const Population population = With("[ingreso]\nfuente", "[ingreso]\nfuente");
  const auto said = [&](const std::string& es, const std::string& en) {
    return std::any_of(population.sources.begin(), population.sources.end(), [&](const auto& text) {
      return text.es.starts_with(es) && text.en.starts_with(en);
    });
  };
  EXPECT_TRUE(said("«ingreso»: sintético", "'ingreso': sintético"));
  EXPECT_TRUE(said("el archivo: ", "the file: "));
}

}  // namespace
}  // namespace cotejo::population
