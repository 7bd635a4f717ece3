// An imported text written in the test, together with the rules that encode it.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "model/passages/workspace.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {

inline passages::Workspace ImportText(const std::string& text) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  passages::Workspace workspace;
  workspace.source = "prueba.txt";
  workspace.document =
      passages::ReadDocument(sources, sources.Add("prueba.txt", text), "REG", diagnostics);
  workspace.ties = passages::TieAll(workspace.document);
  return workspace;
}

// One check on a regulation and, when it is not empty, its imported text.
inline base::CheckReport CheckOne(const std::string& code, const std::string& norma,
                                  const std::string& document = "") {
  const auto text = ReadRules(norma);
  if (!text->rules) return {};
  const passages::Workspace workspace =
      document.empty() ? passages::Workspace{} : ImportText(document);
  CheckOptions options;
  options.only = {code};
  return Check({*text->rules, text->families, &text->files, document.empty() ? nullptr : &workspace,
                nullptr},
               options);
}

inline std::vector<std::string> Titles(const base::CheckReport& report) {
  std::vector<std::string> titles;
  for (const base::Finding& finding : report.findings) titles.push_back(finding.title.es);
  std::sort(titles.begin(), titles.end());
  return titles;
}

// The only finding that cites the place; it is a failure when there is not exactly one.
inline base::Finding About(const base::CheckReport& report, const std::string& place) {
  std::vector<base::Finding> about;
  for (const base::Finding& finding : report.findings) {
    for (const base::Citation& article : finding.articles) {
      if (article.str() != place) continue;
      about.push_back(finding);
      break;
    }
  }
  EXPECT_EQ(about.size(), 1U) << place;
  return about.empty() ? base::Finding{} : about.front();
}

// A question was put and nothing was found.
inline void ExpectSilent(const base::CheckReport& report) {
  EXPECT_THAT(Titles(report), testing::IsEmpty());
  EXPECT_GT(report.totals.planned, 0);
  EXPECT_EQ(report.totals.proved, report.totals.planned);
  for (const base::QueryRecord& query : report.queries) {
    EXPECT_FALSE(query.bounds.es.empty()) << query.name;
    EXPECT_FALSE(query.bounds.en.empty()) << query.name;
  }
}

// What must hold of a finding that rests on the text or on the declarations.
inline void ExpectWellMade(const base::CheckReport& report) {
  for (const base::Finding& finding : report.findings) {
    EXPECT_FALSE(finding.articles.empty()) << finding.title.es;
    EXPECT_FALSE(finding.explanation.es.empty()) << finding.title.es;
    EXPECT_FALSE(finding.explanation.en.empty()) << finding.title.es;
    EXPECT_FALSE(finding.title.en.empty()) << finding.title.es;
    EXPECT_FALSE(finding.bounds.es.empty()) << finding.title.es;
    if (finding.evidence == base::Evidence::Quoted) {
      EXPECT_FALSE(finding.passages.empty()) << finding.title.es;
    }
    if (finding.evidence == base::Evidence::Replayed) {
      EXPECT_TRUE(finding.witness.replayed) << finding.title.es;
    }
  }
}

}  // namespace cotejo::checks
