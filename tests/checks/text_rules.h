// Small regulations written in the language itself, for the tests of the checks.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/language/parse.h"
#include "model/rules/families.h"
#include "model/rules/resolve.h"
#include "solver/checks/check.h"

namespace cotejo::checks {

struct TextRules {
  base::SourceMap sources;
  std::vector<language::NormFile> files;
  std::shared_ptr<const rules::Ruleset> rules;
  rules::Families families;
};

inline std::unique_ptr<TextRules> ReadRules(const std::string& norma) {
  auto text = std::make_unique<TextRules>();
  base::Diagnostics diagnostics;
  const base::FileId file = text->sources.Add("prueba.norma.md", "```norma\n" + norma + "\n```\n");
  text->files.push_back(language::Parse(text->sources, file, diagnostics));
  const rules::Program program = rules::BuildProgram(text->sources, text->files);
  text->rules = rules::Resolve(text->sources, program, {}, diagnostics);
  for (const base::Diagnostic& diagnostic : diagnostics.all()) {
    ADD_FAILURE() << base::Render(diagnostic, text->sources, base::Language::Spanish);
  }
  if (text->rules) text->families = rules::BuildFamilies(*text->rules);
  return text;
}

// The checks about the rules of one family, which is what most small regulations are about.
inline std::vector<std::string> FamilyChecks() {
  return {"contradicción", "conflicto-resuelto",  "doble-sanción", "conflicto-de-categoría",
          "hueco",         "granularidad",        "solapamiento",  "regla-redundante",
          "regla-muerta",  "regla-que-no-decide", "supuesto-vacío"};
}

// Without `options.only`, those.
inline base::CheckReport CheckText(const std::string& norma, CheckOptions options = {}) {
  const auto text = ReadRules(norma);
  if (!text->rules) return {};
  if (options.only.empty()) options.only = FamilyChecks();
  return Check(*text->rules, text->families, options);
}

inline std::vector<base::Finding> Of(const base::CheckReport& report, const std::string& code) {
  std::vector<base::Finding> found;
  for (const base::Finding& finding : report.findings) {
    if (finding.code == code) found.push_back(finding);
  }
  return found;
}

inline std::vector<std::string> Regions(const base::CheckReport& report, const std::string& code) {
  std::vector<std::string> regions;
  for (const base::Finding& finding : Of(report, code)) {
    for (const base::Text& line : finding.region) regions.push_back(line.es);
  }
  std::sort(regions.begin(), regions.end());
  return regions;
}

// What must hold of every report, whatever it found.
inline void ExpectSound(const base::CheckReport& report) {
  const base::CheckTotals& totals = report.totals;
  EXPECT_EQ(totals.planned, static_cast<int>(report.queries.size()));
  EXPECT_EQ(totals.planned, totals.run + totals.unsupported + totals.not_run);
  EXPECT_EQ(totals.run, totals.proved + totals.refuted + totals.unknown);
  for (std::size_t i = 1; i < report.queries.size(); ++i) {
    EXPECT_LT(report.queries[i - 1].name, report.queries[i].name);
  }
  for (const base::QueryRecord& query : report.queries) {
    const bool open =
        query.verdict != base::Verdict::Proved && query.verdict != base::Verdict::Refuted;
    EXPECT_EQ(open, !query.reason.empty()) << query.name;
    EXPECT_EQ(open, query.evidence == base::Evidence::None) << query.name;
    if (!open) {
      EXPECT_FALSE(query.bounds.empty()) << query.name;
    }
  }
  for (const base::Finding& finding : report.findings) {
    if (finding.evidence == base::Evidence::Replayed) {
      EXPECT_TRUE(finding.witness.replayed) << finding.title.es;
      EXPECT_FALSE(finding.witness.facts.empty()) << finding.title.es;
      EXPECT_FALSE(finding.witness.answers.empty()) << finding.title.es;
      EXPECT_FALSE(finding.witness.csv.empty()) << finding.title.es;
    }
    EXPECT_NE(finding.evidence, base::Evidence::None) << finding.title.es;
    for (const base::WitnessAnswer& answer : finding.witness.answers) {
      EXPECT_GT(answer.date, base::Date()) << finding.title.es << ": " << answer.rule;
    }
    EXPECT_FALSE(finding.articles.empty()) << finding.title.es;
    // What is not about values of some measure has no region.
    const std::vector<std::string> family = FamilyChecks();
    if (std::find(family.begin(), family.end(), finding.code) != family.end()) {
      EXPECT_FALSE(finding.region.empty()) << finding.title.es;
    }
    for (const base::Text& text :
         {finding.title, finding.explanation, finding.reading, finding.bounds}) {
      EXPECT_FALSE(text.es.empty()) << finding.id;
      EXPECT_FALSE(text.en.empty()) << finding.id;
    }
  }
}

}  // namespace cotejo::checks
