// How heavy the sanctions of a history are: removal > process > days of pay > written > verbal.
#pragma once

#include "model/evaluation/evaluate.h"

namespace cotejo::checks {

struct Severity {
  bool removal = false;  // destitution or retirement
  bool process = false;
  base::Rational days;  // of pay, in all
  int written = 0;
  int verbal = 0;

  Severity& operator+=(const Severity& other);
  [[nodiscard]] bool none() const;
};

// Whoever has been removed cannot be punished further: after a removal the rest does not count.
bool Lighter(const Severity& a, const Severity& b);

// Of one application, whether or not it stands, and of all those that stand.
Severity SeverityOf(const rules::Ruleset& rules, const evaluation::Application& application);
Severity SeverityOf(const rules::Ruleset& rules, const evaluation::Result& result);
// … where of those that contradict each other only the heaviest counts: no more than one can be
// meant, and nothing says which.
Severity HeaviestOf(const rules::Ruleset& rules, const evaluation::Result& result);
// Whether an application gives way so: one as heavy contradicts it.
bool OutweighedBy(const rules::Ruleset& rules, const evaluation::Result& result,
                  std::size_t application);

// Whether the scale that leaves it without a row is one of sanctions: what is left without a right
// says nothing of them.
bool LeavesUnpunished(const rules::Ruleset& rules, const evaluation::GapHit& gap);

// "destitución o retiro", "proceso interno y 6 días de descuento", "ninguna sanción".
base::Text DescribeSeverity(const Severity& severity);

// "1/2 día", "4 días", in the words of the language.
base::Text DescribeDays(base::Rational days);

}  // namespace cotejo::checks
