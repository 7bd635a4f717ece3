#include "solver/checks/variants.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Finding;
using base::Text;

namespace {

void Join(const std::vector<const Finding*>& others, Finding& head) {
  for (const Finding* other : others) {
    std::copy(other->articles.begin(), other->articles.end(), std::back_inserter(head.articles));
    for (const Text& line : other->region) {
      const bool known =
          std::find(head.region.begin(), head.region.end(), line) != head.region.end();
      if (!known) head.region.push_back(line);
    }
  }
  head.articles = Unique(std::move(head.articles));
  const std::string count = std::to_string(others.size());
  const bool one = others.size() == 1;
  head.title.es += one ? "; y un caso más" : "; y " + count + " casos más";
  head.title.en += one ? "; and one more case" : "; and " + count + " more cases";
}

}  // namespace

void JoinVariants(base::CheckReport& report) {
  std::map<std::string, std::vector<const Finding*>> others;
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    if (!first.emplace(finding.id, i).second) others[finding.id].push_back(&finding);
  }
  if (others.empty()) return;
  std::vector<Finding> joined;
  for (const auto& [id, index] : first) {
    joined.push_back(std::move(report.findings[index]));
    if (const auto more = others.find(id); more != others.end()) Join(more->second, joined.back());
  }
  report.findings = std::move(joined);
}

}  // namespace cotejo::checks
