#include "scenarios/mends/places.h"

#include <algorithm>

#include "model/rules/terms.h"

namespace cotejo::mends {

using base::Rational;
using language::Expr;

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

const language::ConsequenceClause* ClauseOf(const Written& written, std::string_view kind) {
  for (const language::ConsequenceClause& clause : ConsequencesOf(written)) {
    if (clause.kind == kind) return &clause;
  }
  return nullptr;
}

std::string OrdersOf(const Bench& bench, const Written& written) {
  const auto& clauses = ConsequencesOf(written);
  if (clauses.empty()) return {};
  const base::Span begin = clauses.front().span;
  const base::Span end = clauses.back().span;
  return TextOf(bench, {begin.file, begin.offset, end.offset + end.length - begin.offset});
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

std::string Figure(const rules::Type& type, Rational value) {
  const bool plain = type.base == rules::Base::Count || type.base == rules::Base::Minutes ||
                     type.base == rules::Base::Days || type.base == rules::Base::Bolivianos;
  if (!plain) return {};
  std::string text = std::to_string(value.num());
  if (value.den() != 1) text += "/" + std::to_string(value.den());
  return text;
}

std::string Days(Rational value) {
  return Figure({rules::Base::Days, {}}, value) + (value <= Rational(1) ? " día" : " días");
}

// ---- Bounds ----------------------------------------------------------------------

std::optional<Range> RangeOf(const Bench& bench, rules::RuleId rule, const std::string& term) {
  for (const rules::Family& family : bench.families.families) {
    for (const rules::ExpandedRule& expanded : family.rules) {
      if (expanded.rule != rule) continue;
      for (const rules::Box& box : expanded.boxes) {
        for (const rules::Atom& atom : box.atoms) {
          if (atom.term == term && atom.kind == rules::Atom::Kind::Interval) {
            return Range{atom.low, atom.high, atom.low_open, atom.high_open};
          }
        }
      }
    }
  }
  return std::nullopt;
}

std::string MeasureTermOf(const Bench& bench, const rules::Scale& scale) {
  if (!scale.measure.valid()) return {};
  return rules::CanonicalText({&bench.rules, scale.subject, {}}, {scale.measure, 0});
}

const rules::Measure* MeasureNamed(const Bench& bench, const std::string& term) {
  for (const rules::Measure& measure : bench.rules.measures) {
    if (base::Fold(measure.name) == base::Fold(term)) return &measure;
  }
  return nullptr;
}

namespace {

bool Names(const Expr& expr, const std::string& name) {
  return expr.kind == Expr::Kind::Ref && expr.field.text.empty() &&
         base::Fold(expr.name.text) == base::Fold(name);
}

// The end of one comparison, when it bounds the term on that side.
std::optional<Edit> EndIn(const Bench& bench, const Expr& expr, const std::string& term, bool upper,
                          const std::string& figure) {
  if (expr.kind == Expr::Kind::Between && Names(*expr.args[0], term)) {
    return Edit{expr.args[upper ? 2 : 1]->span, figure};
  }
  if (expr.kind != Expr::Kind::Binary || !Names(*expr.args[0], term)) return std::nullopt;
  const std::string name = TextOf(bench, expr.args[0]->span);
  const std::string other = TextOf(bench, expr.args[1]->span);
  if (expr.op == "=") {
    return Edit{expr.span,
                name + " entre " + (upper ? other + " y " + figure : figure + " y " + other)};
  }
  if (expr.op == (upper ? "<=" : ">=")) return Edit{expr.args[1]->span, figure};
  if (expr.op == (upper ? "<" : ">"))
    return Edit{expr.span, name + (upper ? " <= " : " >= ") + figure};
  return std::nullopt;
}

std::optional<Edit> EndInside(const Bench& bench, const Expr* expr, const std::string& term,
                              bool upper, const std::string& figure) {
  if (expr == nullptr) return std::nullopt;
  if (auto edit = EndIn(bench, *expr, term, upper, figure)) return edit;
  if (expr->kind != Expr::Kind::Binary || expr->op != "y") return std::nullopt;
  for (const language::ExprPtr& arg : expr->args) {
    if (auto edit = EndInside(bench, arg.get(), term, upper, figure)) return edit;
  }
  return std::nullopt;
}

std::string WrittenRange(const std::string& low, const std::string& high) {
  if (low == high) return low;
  if (low.empty()) return ".. " + high;
  return high.empty() ? low + " .." : low + " .. " + high;
}

}  // namespace

std::optional<Edit> MoveEnd(const Bench& bench, const Written& written, const std::string& term,
                            bool upper, Rational value) {
  const rules::Rule& rule = bench.rules.rule(written.rule);
  const rules::Measure* measure = MeasureNamed(bench, term);
  if (measure == nullptr) return std::nullopt;
  const std::string figure = Figure(measure->type, value);
  if (figure.empty()) return std::nullopt;
  const bool ranged = written.row != nullptr && written.row->has_range && rule.scale.valid() &&
                      MeasureTermOf(bench, bench.rules.scale(rule.scale)) == term;
  if (!ranged) {
    const Expr* guard =
        written.row != nullptr ? written.row->guard.get() : written.decl->guard.get();
    return EndInside(bench, guard, term, upper, figure);
  }
  const auto end = [&](const language::ExprPtr& one) {
    return one ? TextOf(bench, one->span) : std::string();
  };
  const language::RowDecl& row = *written.row;
  const std::string low = end(row.low);
  const std::string high = row.exact ? low : end(row.high);
  return Edit{row.range_span, upper ? WrittenRange(low, figure) : WrittenRange(figure, high)};
}

std::string ConditionOf(const Bench& bench, const Written& written) {
  if (written.row == nullptr) {
    return written.decl->guard ? TextOf(bench, written.decl->guard->span) : "";
  }
  const language::RowDecl& row = *written.row;
  std::string condition;
  if (row.has_range && written.decl->expr) {
    const std::string measure = TextOf(bench, written.decl->expr->span);
    const std::string low = row.low ? TextOf(bench, row.low->span) : "";
    const std::string high = row.high ? TextOf(bench, row.high->span) : "";
    if (row.exact) {
      condition = measure + " = " + low;
    } else if (high.empty()) {
      condition = measure + " >= " + low;
    } else {
      condition = low.empty() ? measure + " <= " + high : measure + " entre " + low + " y " + high;
    }
  }
  if (!row.guard) return condition;
  return (condition.empty() ? "" : condition + " y ") + TextOf(bench, row.guard->span);
}

std::vector<base::Span> RefsTo(const Expr* expr, const std::string& name) {
  if (expr == nullptr) return {};
  if (Names(*expr, name)) return {expr->span};
  std::vector<base::Span> found;
  for (const language::ExprPtr& arg : expr->args) {
    for (base::Span span : RefsTo(arg.get(), name)) found.push_back(span);
  }
  return found;
}

}  // namespace cotejo::mends
