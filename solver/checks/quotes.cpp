#include "solver/checks/quotes.h"

#include <algorithm>

#include "model/passages/labels.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr std::size_t kAround = 60;  // bytes of context at each side of what is quoted

}  // namespace

std::vector<Piece> PiecesOf(const passages::Document& document) {
  std::vector<Piece> pieces;
  for (const passages::Division& division : document.divisions) {
    const std::string norm = passages::InstrumentName(division.text);
    const bool own = norm.empty();
    pieces.push_back({{own ? document.norm : norm, {}}, division.text, true, own, division.line});
  }
  const auto add = [&](const passages::Passage& passage) {
    const bool own = passage.citation.norm == document.norm;
    if (!passage.heading.empty())
      pieces.push_back({passage.citation, passage.heading, true, own, passage.line});
    if (!passage.text.empty())
      pieces.push_back({passage.citation, passage.text, false, own, passage.line});
  };
  for (const passages::Passage& passage : document.resolution) add(passage);
  for (const passages::Passage& passage : document.passages) add(passage);
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.line < b.line; });
  return pieces;
}

base::PassageQuote QuoteOf(const Piece& piece, std::size_t begin, std::size_t end) {
  // Whole words, so that no letter of several bytes is split.
  std::size_t first = begin > kAround ? piece.text.rfind(' ', begin - kAround) : 0;
  first = first == std::string_view::npos || first == 0 ? 0 : first + 1;
  std::size_t last =
      end + kAround < piece.text.size() ? piece.text.find(' ', end + kAround) : piece.text.size();
  last = std::min(last, piece.text.size());
  return {piece.citation, (first > 0 ? "…" : "") +
                              std::string(piece.text.substr(first, last - first)) +
                              (last < piece.text.size() ? "…" : "")};
}

base::Finding TextFinding(const std::string& code, base::FindingSeverity severity,
                          const std::string& key, Text title, Text explanation) {
  base::Finding finding;
  finding.code = code;
  finding.severity = severity;
  finding.id = FindingId(code, key);
  finding.title = std::move(title);
  finding.explanation = std::move(explanation);
  finding.evidence = base::Evidence::Quoted;
  return finding;
}

void RecordLooked(base::CheckReport& report, const std::string& code, const std::string& what,
                  const char* engine, bool found, Text bounds) {
  base::QueryRecord record;
  record.name = code + "/" + what;
  record.check = code;
  record.engine = engine;
  record.verdict = found ? base::Verdict::Refuted : base::Verdict::Proved;
  const std::string_view by(engine);
  record.evidence = !found || by == "grafo" ? base::Evidence::Enumerated
                    : by == "texto"         ? base::Evidence::Quoted
                                            : base::Evidence::Replayed;
  record.bounds = std::move(bounds);
  report.queries.push_back(std::move(record));
}

void RecordNotPut(base::CheckReport& report, const std::string& code, const std::string& what,
                  const char* engine, Text reason) {
  base::QueryRecord record;
  record.name = code + "/" + what;
  record.check = code;
  record.engine = engine;
  record.verdict = base::Verdict::NotRun;
  record.reason = std::move(reason);
  report.queries.push_back(std::move(record));
}

std::string Counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace cotejo::checks
