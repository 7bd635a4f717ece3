#include "solver/checks/severity.h"

#include <algorithm>
#include <tuple>

namespace cotejo::checks {

using base::Text;
using rules::ConsequenceKind;

Severity& Severity::operator+=(const Severity& other) {
  removal = removal || other.removal;
  process = process || other.process;
  days += other.days;
  written += other.written;
  verbal += other.verbal;
  return *this;
}

bool Severity::none() const {
  return !removal && !process && days.zero() && written == 0 && verbal == 0;
}

bool Lighter(const Severity& a, const Severity& b) {
  if (a.removal || b.removal) return !a.removal;
  return std::tie(a.process, a.days, a.written, a.verbal) <
         std::tie(b.process, b.days, b.written, b.verbal);
}

Severity SeverityOf(const rules::Ruleset& rules, const evaluation::Application& application) {
  Severity severity;
  const auto& consequences = rules.rule(application.rule).consequences;
  for (std::size_t i = 0; i < consequences.size(); ++i) {
    switch (consequences[i].kind) {
      case ConsequenceKind::Destitution:
      case ConsequenceKind::Retirement:
        severity.removal = true;
        break;
      case ConsequenceKind::Process:
        severity.process = true;
        break;
      case ConsequenceKind::PayDeduction:
        severity.days += application.quantities[i];
        break;
      case ConsequenceKind::WrittenAdmonition:
        ++severity.written;
        break;
      case ConsequenceKind::VerbalAdmonition:
        ++severity.verbal;
        break;
      default:
        break;
    }
  }
  return severity;
}

Severity SeverityOf(const rules::Ruleset& rules, const evaluation::Result& result) {
  Severity total;
  for (const evaluation::Application& application : result.applications) {
    if (application.stands) total += SeverityOf(rules, application);
  }
  return total;
}

bool OutweighedBy(const rules::Ruleset& rules, const evaluation::Result& result,
                  std::size_t application) {
  const evaluation::Application& own = result.applications[application];
  const Severity severity = SeverityOf(rules, own);
  return std::any_of(own.conflicts.begin(), own.conflicts.end(), [&](int index) {
    const auto at = static_cast<std::size_t>(index);
    const Severity other = SeverityOf(rules, result.applications[at]);
    return Lighter(severity, other) || (!Lighter(other, severity) && at < application);
  });
}

Severity HeaviestOf(const rules::Ruleset& rules, const evaluation::Result& result) {
  Severity total;
  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    const bool counts = result.applications[i].stands && !OutweighedBy(rules, result, i);
    if (counts) total += SeverityOf(rules, result.applications[i]);
  }
  return total;
}

bool LeavesUnpunished(const rules::Ruleset& rules, const evaluation::GapHit& gap) {
  const std::vector<rules::RuleId>& rows = rules.scale(gap.scale).rows;
  return std::any_of(rows.begin(), rows.end(),
                     [&](rules::RuleId row) { return OrdersSanction(rules.rule(row)); });
}

Text DescribeDays(base::Rational days) {
  const bool one = days > base::Rational(0) && days <= base::Rational(1);
  return {days.str() + (one ? " día" : " días"), days.str() + (one ? " day" : " days")};
}

Text DescribeSeverity(const Severity& severity) {
  std::vector<Text> parts;
  if (severity.removal) parts.push_back({"pérdida del puesto", "loss of the post"});
  if (severity.process) parts.push_back({"proceso interno", "internal process"});
  if (!severity.days.zero()) {
    const Text days = DescribeDays(severity.days);
    parts.push_back({days.es + " de descuento", days.en + " of pay deducted"});
  }
  const auto times = [](int n) { return n > 1 ? " (" + std::to_string(n) + ")" : std::string(); };
  if (severity.written > 0) {
    parts.push_back({"amonestación escrita" + times(severity.written),
                     "written admonition" + times(severity.written)});
  }
  if (severity.verbal > 0) {
    parts.push_back({"amonestación verbal" + times(severity.verbal),
                     "verbal admonition" + times(severity.verbal)});
  }
  if (parts.empty()) return {"ninguna sanción", "no sanction"};
  Text text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    text.es += (i == 0 ? "" : last ? " y " : ", ") + parts[i].es;
    text.en += (i == 0 ? "" : last ? " and " : ", ") + parts[i].en;
  }
  return text;
}

}  // namespace cotejo::checks
