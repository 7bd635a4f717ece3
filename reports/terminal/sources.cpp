#include "reports/terminal/sources.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/format.h"

namespace cotejo::reports {
namespace {

using base::Language;
using base::Text;

std::string Say(Language language, const char* es, const char* en) {
  return language == Language::English ? en : es;
}

std::string Join(const std::vector<Text>& texts, Language language, const char* between) {
  std::string out;
  for (const Text& text : texts) {
    if (!out.empty()) out += between;
    out += text.in(language);
  }
  return out;
}

// The first declarations, and how many more.
std::string Shorten(const std::vector<Text>& texts, Language language) {
  constexpr std::size_t kMost = 3;
  if (texts.size() <= kMost + 1) return Join(texts, language, ", ");
  const std::vector<Text> first(texts.begin(), texts.begin() + kMost);
  return Join(first, language, ", ") +
         fmt::format(fmt::runtime(Say(language, " y {} más", " and {} more")),
                     texts.size() - kMost);
}

void AddCitations(std::string& out, const std::string& title,
                  const std::vector<base::Citation>& citations) {
  if (citations.empty()) return;
  out += fmt::format("{} ({}): {}\n", title, citations.size(), base::JoinCitations(citations));
}

}  // namespace

std::string FormatImport(const ImportSummary& summary, Language language) {
  std::string out = fmt::format(
      fmt::runtime(Say(language,
                       "{}: {} disposiciones, {} artículos de {}; la resolución que aprueba, "
                       "aparte, tiene {}\n",
                       "{}: {} provisions, {} articles of {}; the approving resolution, apart, has "
                       "{}\n")),
      summary.source, summary.provisions, summary.articles, summary.norm, summary.resolution);
  for (const ChangedPassage& change : summary.changes) {
    out += fmt::format("{} {}\n", change.citation.str(), change.kind.in(language));
    if (!change.before.empty())
      out += "  " + Say(language, "antes: ", "before: ") + change.before + "\n";
    if (!change.after.empty())
      out += "  " + Say(language, "ahora: ", "now: ") + change.after + "\n";
    if (!change.encoded_by.empty()) {
      out += "  " + Say(language, "codificada en: ", "encoded in: ") +
             Shorten(change.encoded_by, language) + "\n";
    }
  }
  if (!summary.changes.empty()) {
    out += fmt::format(
        fmt::runtime(Say(language,
                         "pasajes que no son los que se codificaron: {}; revíselos y acepte el "
                         "texto con --aceptar\n",
                         "passages that are not those encoded: {}; review them and accept the "
                         "text with --accept\n")),
        summary.changes.size());
  }
  AddCitations(out, Say(language, "pasajes sin disposición", "passages without a provision"),
               summary.without_provision);
  AddCitations(out, Say(language, "disposiciones sin pasaje", "provisions without a passage"),
               summary.without_passage);
  return out;
}

std::string FormatCoverage(const CoverageTable& table, Language language) {
  std::string out;
  std::size_t citation = 0;
  std::size_t status = 0;
  for (const CoverageRow& row : table.rows) {
    citation = std::max(citation, row.citation.str().size());
    status = std::max(status, row.status.in(language).size());
  }
  int total = 0;
  for (const auto& [name, count] : table.totals) total += count;
  int pending = 0;
  for (const CoverageRow& row : table.rows) {
    pending += row.pending ? 1 : 0;
    if (table.pending_only && !row.pending) continue;
    std::string line =
        fmt::format("{:<{}}  {:<{}}  {}", row.citation.str(), citation, row.status.in(language),
                    status, row.by.empty() ? row.heading : Shorten(row.by, language));
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  if (!out.empty()) out += "\n";
  out += fmt::format(fmt::runtime(Say(language, "{}: {} disposiciones", "{}: {} provisions")),
                     table.source, total);
  for (const auto& [name, count] : table.totals)
    out += fmt::format(" · {} {}", name.in(language), count);
  out += "\n" + Say(language, "cobertura: ", "coverage: ") +
         (total == 0 ? "—" : fmt::format("{}/{}", total - pending, total)) +
         (total > 0 ? fmt::format(" ({} %)", 100 * (total - pending) / total) : "") + "\n";
  AddCitations(out, Say(language, "disposiciones sin pasaje", "provisions without a passage"),
               table.without_passage);
  return out;
}

std::string FormatDependents(const DependencyList& list, Language language) {
  const auto count = [&](std::size_t n, const Text& one, const Text& many) {
    return fmt::format("{} {}", n, (n == 1 ? one : many).in(language));
  };
  std::string out = fmt::format(
      fmt::runtime(Say(language, "de {0} dependen {1} y {2}\n", "{1} and {2} depend on {0}\n")),
      list.on.str(),
      count(list.provisions.size(), {"disposición", "provision"}, {"disposiciones", "provisions"}),
      count(list.declarations.size(), {"declaración", "declaration"},
            {"declaraciones", "declarations"}));
  AddCitations(out, Say(language, "disposiciones", "provisions"), list.provisions);
  for (const DependencyRow& row : list.declarations) {
    out += "  " + row.name.in(language);
    if (!row.citation.empty()) out += " (" + row.citation.str() + ")";
    if (!row.via.empty()) {
      std::vector<Text> nearest(row.via.rbegin(), row.via.rend());
      out += Say(language, "; por ", "; through ") + Join(nearest, language, " ← ");
    }
    out += "\n";
  }
  return out;
}

}  // namespace cotejo::reports
