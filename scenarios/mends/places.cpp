#include "scenarios/mends/places.h"

#include <algorithm>

namespace cotejo::mends {

namespace {

bool Holds(base::Span outer, base::Span inner) {
  return outer.file == inner.file && outer.offset <= inner.offset &&
         inner.offset + inner.length <= outer.offset + outer.length;
}

}  // namespace

const rules::ProgramEntry* EntryAt(const rules::Program& program, base::Span span) {
  for (const rules::ProgramEntry& entry : program.entries) {
    if (Holds(entry.decl->span, span)) return &entry;
  }
  return nullptr;
}

std::optional<Written> FindWritten(const Bench& bench, const std::string& rule_name) {
  for (std::size_t i = 0; i < bench.rules.rules.size(); ++i) {
    const rules::Rule& rule = bench.rules.rules[i];
    if (rule.name != rule_name) continue;
    const rules::ProgramEntry* entry = EntryAt(bench.program, rule.span);
    if (entry == nullptr) return std::nullopt;
    Written written{rules::RuleId(static_cast<std::int64_t>(i)), entry->decl, nullptr};
    for (const language::RowDecl& row : entry->decl->rows) {
      if (row.span.offset == rule.span.offset) written.row = &row;
    }
    return written;
  }
  return std::nullopt;
}

std::vector<Written> RulesOf(const Bench& bench, const base::Finding& finding) {
  std::vector<Written> found;
  const auto add = [&](const base::Witness& witness) {
    for (const base::WitnessAnswer& answer : witness.answers) {
      const auto written = FindWritten(bench, answer.rule);
      if (!written) continue;
      const bool known = std::any_of(found.begin(), found.end(), [&](const Written& other) {
        return other.rule == written->rule;
      });
      if (!known) found.push_back(*written);
    }
  };
  add(finding.witness);
  if (finding.counterpart) add(*finding.counterpart);
  return found;
}

const std::vector<language::ConsequenceClause>& ConsequencesOf(const Written& written) {
  return written.row != nullptr ? written.row->consequences : written.decl->consequences;
}

std::string TextOf(const Bench& bench, base::Span span) {
  return std::string(bench.sources.text(span));
}

base::Span Before(base::Span span) { return {span.file, span.offset, 0}; }
base::Span After(base::Span span) { return {span.file, span.offset + span.length, 0}; }

base::Text Label(const Bench& bench, const Written& written) {
  const rules::Rule& rule = bench.rules.rule(written.rule);
  const std::string cited = rule.citation.empty() ? "" : " (" + rule.citation.str() + ")";
  if (written.row == nullptr) {
    return {"la regla «" + rule.name + "»" + cited, "rule «" + rule.name + "»" + cited};
  }
  const std::string number = std::to_string(rule.row + 1);
  const std::string scale = bench.rules.scale(rule.scale).name;
  return {"la fila " + number + " de «" + scale + "»" + cited,
          "row " + number + " of «" + scale + "»" + cited};
}

}  // namespace cotejo::mends
