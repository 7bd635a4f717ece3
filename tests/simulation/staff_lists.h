// Lists of people read from files of a test's own.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/population/staff_list.h"

namespace cotejo::population {

inline const std::string kKey(64, 'a');

class StaffLists : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(COTEJO_BINARY_DIR) /
              ("lista de prueba " + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Put(const std::string& name, const std::string& content) {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }

  const std::vector<ListField>& Fields() {
    if (fields_.empty()) fields_ = LoadListFields(sources_, library_, diagnostics_);
    return fields_;
  }

  static ImportOptions Options() {
    ImportOptions options;
    options.today = base::Date(2026, 3, 1);
    options.key = kKey;
    return options;
  }

  std::optional<Imported> Import(const std::string& content,
                                 const ImportOptions& options = Options()) {
    const std::string path = Put("lista.csv", content);
    const auto sheet = ReadSheet(path, "", diagnostics_);
    if (!sheet) return std::nullopt;
    return ImportList(*sheet, Fields(), options, diagnostics_);
  }

  std::string Written(const std::string& content) {
    const auto imported = Import(content);
    EXPECT_TRUE(imported) << Messages();
    return imported ? WriteStaffCsv(imported->list) : "";
  }

  Population Staffed(const std::string& content, const std::string& library) {
    const auto imported = Import(content);
    EXPECT_TRUE(imported) << Messages();
    if (!imported) return {};
    return LoadPopulation(sources_, library, imported->list, diagnostics_);
  }

  [[nodiscard]] std::string Messages() const {
    std::string text;
    for (const base::Diagnostic& d : diagnostics_.all())
      text += base::Render(d, sources_, base::Language::Spanish);
    return text;
  }

  [[nodiscard]] std::vector<std::string> Codes() const {
    std::vector<std::string> codes;
    for (const base::Diagnostic& d : diagnostics_.all()) codes.push_back(d.code);
    return codes;
  }

  const std::string library_ =
      std::string(COTEJO_SOURCE_DIR) + "/scenarios/library/defensoria-2025.toml";
  std::filesystem::path folder_;
  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  std::vector<ListField> fields_;
};

}  // namespace cotejo::population
