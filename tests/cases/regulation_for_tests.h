// The whole regulation, loaded as `cotejo` loads it, and the tables of worked answers.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "model/base/csv.h"
#include "model/evaluation/evaluate.h"
#include "model/rules/resolve.h"

namespace cotejo::cases {

class RegulationTest : public testing::Test {
 protected:
  void SetUp() override {
    regulation_ =
        rules::LoadRegulation(sources_, root_ + "/regulations/rip-2025", {}, diagnostics_);
    ASSERT_TRUE(regulation_.rules) << Messages();
    families_ = rules::BuildFamilies(*regulation_.rules);
  }

  [[nodiscard]] std::string Messages() const {
    std::string text;
    for (const base::Diagnostic& d : diagnostics_.all())
      text += base::Render(d, sources_, base::Language::Spanish) + "\n";
    return text;
  }

  // The rows of a table under tests/cases, without its header; the last
  // column is the reason, and every row gives one.
  std::vector<std::vector<std::string>> Table(const std::string& name, std::size_t columns) {
    std::vector<std::vector<std::string>> rows;
    const auto table = base::ReadCsv(sources_, cases_ + name, diagnostics_);
    EXPECT_TRUE(table && !diagnostics_.has_errors()) << Messages();
    if (!table) return rows;
    for (std::size_t i = 1; i < table->rows.size(); ++i) {
      const base::CsvRow& row = table->rows[i];
      EXPECT_EQ(row.fields.size(), columns) << name << ":" << row.line;
      if (row.fields.size() != columns) continue;
      EXPECT_FALSE(row.fields.back().empty()) << name << ":" << row.line << " gives no reason";
      rows.push_back(row.fields);
    }
    return rows;
  }

  const std::string root_ = COTEJO_SOURCE_DIR;
  const std::string cases_ = root_ + "/tests/cases/";
  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation regulation_;
  rules::Families families_;
};

// Two multisets of lines; what is only in one of them is printed.
inline void ExpectSameLines(std::vector<std::string> expected, std::vector<std::string> found) {
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  std::vector<std::string> missing;
  std::vector<std::string> surplus;
  std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                      std::back_inserter(missing));
  std::set_difference(found.begin(), found.end(), expected.begin(), expected.end(),
                      std::back_inserter(surplus));
  for (const std::string& line : missing) ADD_FAILURE() << "not given: " << line;
  for (const std::string& line : surplus) ADD_FAILURE() << "not expected: " << line;
}

}  // namespace cotejo::cases
