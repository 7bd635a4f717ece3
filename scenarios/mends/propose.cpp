#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "model/rules/terms.h"
#include "scenarios/mends/places.h"

namespace cotejo::mends {

using base::Rational;
using base::Text;
using language::ConsequenceClause;
using language::Decl;

namespace {

// ---- Ranges ----------------------------------------------------------------------

struct Range {
  std::optional<Rational> low, high;
  bool low_open = false, high_open = false;
};

// What a rule asks of a term, over all its boxes; nothing when it does not look at it.
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
  return rules::CanonicalText({&bench.rules, scale.subject, {}}, {scale.measure, 0});
}

// Distance between two neighbouring values of what a scale measures; 0 when unknown.
Rational StepOf(const Bench& bench, const rules::Scale& scale) {
  const rules::Expr& expr = bench.rules.expr(scale.measure);
  if (expr.op != rules::Op::Measure) return 0;
  return bench.rules.measure(rules::MeasureId(expr.ref)).step;
}

// A number as the ranges of a scale write it; empty for types that need more than that.
std::string Figure(const rules::Type& type, Rational value) {
  const bool plain = type.base == rules::Base::Count || type.base == rules::Base::Minutes ||
                     type.base == rules::Base::Days || type.base == rules::Base::Bolivianos;
  if (!plain) return {};
  std::string text = std::to_string(value.num());
  if (value.den() != 1) text += "/" + std::to_string(value.den());
  return text;
}

std::string WrittenRange(const std::string& low, const std::string& high) {
  if (low == high) return low;
  return low + " .. " + high;
}

// ---- Gaps and overlaps -----------------------------------------------------------

struct RowRange {
  Written written;
  Range range;
};

// The lower end of the nearest range above a value, among the rules of the finding.
std::optional<RowRange> NearestAbove(const std::vector<RowRange>& all, Rational value) {
  std::optional<RowRange> nearest;
  for (const RowRange& one : all) {
    if (!one.range.low || *one.range.low <= value) continue;
    if (!nearest || *one.range.low < *nearest->range.low) nearest = one;
  }
  return nearest;
}

std::vector<RowRange> RangesOf(const Bench& bench, const std::vector<Written>& rules,
                               const std::string& term) {
  std::vector<RowRange> ranges;
  for (const Written& written : rules) {
    if (const auto range = RangeOf(bench, written.rule, term)) ranges.push_back({written, *range});
  }
  return ranges;
}

// The row with another upper (or lower) end, and a row of its own for what lies between.
void CloseAbove(const Bench& bench, const RowRange& below, const RowRange& above, Rational step,
                std::vector<Proposal>& proposals) {
  const rules::Scale& scale = bench.rules.scale(bench.rules.rule(below.written.rule).scale);
  const rules::Type type = bench.rules.expr(scale.measure).type;
  const Rational last = above.range.low_open ? *above.range.low : *above.range.low - step;
  const Rational first = *below.range.high + step;
  if (first > last) return;
  const std::string low = below.range.low ? Figure(type, *below.range.low) : "";
  const std::string to = Figure(type, last);
  if (to.empty()) return;
  const Text row = Label(bench, below.written);
  proposals.push_back({{"extender " + row.es + " hasta " + to, "extend " + row.en + " up to " + to},
                       {{below.written.row->range_span, WrittenRange(low, to)}}});
  if (above.written.row != nullptr) {
    const Text other = Label(bench, above.written);
    const std::string from = Figure(type, first);
    const std::string high = above.range.high ? Figure(type, *above.range.high) : "";
    proposals.push_back(
        {{"empezar " + other.es + " en " + from, "begin " + other.en + " at " + from},
         {{above.written.row->range_span,
           above.range.high ? WrittenRange(from, high) : from + " .."}}});
  }
  const std::string between = WrittenRange(Figure(type, first), to);
  for (const RowRange* side : {&below, &above}) {
    const auto& clauses = ConsequencesOf(side->written);
    if (clauses.empty()) continue;
    const base::Span begin = clauses.front().span;
    const base::Span end = clauses.back().span;
    const std::string orders =
        TextOf(bench, {begin.file, begin.offset, end.offset + end.length - begin.offset});
    // Last, so that the rows keep their numbers and the other findings their identity.
    const Text from = Label(bench, side->written);
    proposals.push_back({{"agregar una fila para " + between + " con lo que ordena " + from.es,
                          "add a row for " + between + " with what " + from.en + " orders"},
                         {{After(below.written.decl->rows.back().span),
                           "\n  | " + between + " | " + orders + " |"}}});
  }
}

std::vector<Proposal> ProposeForGap(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const Written& written : rules) {
    if (written.row == nullptr) continue;
    const rules::Scale& scale = bench.rules.scale(bench.rules.rule(written.rule).scale);
    if (!scale.measure.valid()) continue;
    const Rational step = StepOf(bench, scale);
    if (step.zero()) continue;
    const std::vector<RowRange> ranges = RangesOf(bench, rules, MeasureTermOf(bench, scale));
    for (const RowRange& below : ranges) {
      if (below.written.rule != written.rule || !below.range.high) continue;
      if (const auto above = NearestAbove(ranges, *below.range.high)) {
        CloseAbove(bench, below, *above, step, proposals);
      } else {
        const std::string low =
            below.range.low ? Figure(bench.rules.expr(scale.measure).type, *below.range.low) : "";
        const Text row = Label(bench, written);
        proposals.push_back(
            {{"dejar abierta por arriba " + row.es, "leave " + row.en + " open above"},
             {{written.row->range_span, low + " .."}}});
      }
    }
  }
  return proposals;
}

// Whole units: the derived field is rounded where it is born, or the total where it is judged.
std::vector<Proposal> ProposeForGranularity(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  std::set<rules::ScaleId> seen;
  for (const Written& written : RulesOf(bench, finding)) {
    const rules::ScaleId id = bench.rules.rule(written.rule).scale;
    if (!id.valid() || written.decl->expr == nullptr || !seen.insert(id).second) continue;
    const rules::Scale& scale = bench.rules.scale(id);
    const rules::Expr& expr = bench.rules.expr(scale.measure);
    for (const auto& [function, es, en] :
         {std::array<const char*, 3>{"piso", "despreciar la fracción", "drop the fraction"},
          std::array<const char*, 3>{"techo", "contar la fracción como unidad entera",
                                     "count a fraction as a whole unit"}}) {
      Proposal each;
      each.title = {std::string(es) + " en cada hecho", std::string(en) + " in each fact"};
      if (expr.op == rules::Op::Measure) {
        const rules::Measure& measure = bench.rules.measure(rules::MeasureId(expr.ref));
        for (const rules::ProgramEntry& entry : bench.program.entries) {
          const Decl& decl = *entry.decl;
          if (decl.kind != Decl::Kind::Qualification || !decl.target || !measure.kind.valid())
            continue;
          if (base::Fold(decl.target->text) != base::Fold(bench.rules.kind(measure.kind).name))
            continue;
          for (const language::Assignment& assignment : decl.assignments) {
            if (!measure.value.valid()) continue;
            const rules::Expr& field = bench.rules.expr(measure.value);
            const auto& fields = bench.rules.kind(measure.kind).fields;
            if (field.op != rules::Op::Field ||
                base::Fold(assignment.field.text) !=
                    base::Fold(fields[static_cast<std::size_t>(field.ref)].name)) {
              continue;
            }
            const base::Span span = assignment.value->span;
            each.edits.push_back({span, std::string(function) + "(" + TextOf(bench, span) + ")"});
          }
        }
      }
      if (!each.edits.empty()) proposals.push_back(std::move(each));
      const base::Span total = written.decl->expr->span;
      proposals.push_back({{std::string(es) + " en el total de «" + scale.name + "»",
                            std::string(en) + " in the total of «" + scale.name + "»"},
                           {{total, std::string(function) + "(" + TextOf(bench, total) + ")"}}});
    }
  }
  return proposals;
}

std::vector<Proposal> ProposeForOverlap(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const Written& written : rules) {
    if (written.row == nullptr) continue;
    const rules::Scale& scale = bench.rules.scale(bench.rules.rule(written.rule).scale);
    const Rational step = scale.measure.valid() ? StepOf(bench, scale) : Rational(0);
    if (step.zero()) continue;
    const rules::Type type = bench.rules.expr(scale.measure).type;
    const std::vector<RowRange> ranges = RangesOf(bench, rules, MeasureTermOf(bench, scale));
    for (const RowRange& one : ranges) {
      if (one.written.rule != written.rule) continue;
      for (const RowRange& other : ranges) {
        if (other.written.rule == written.rule || !one.range.low || !other.range.low) continue;
        const Text row = Label(bench, written);
        if (*one.range.low < *other.range.low) {
          const std::string to = Figure(type, *other.range.low - step);
          proposals.push_back(
              {{"acabar " + row.es + " en " + to, "end " + row.en + " at " + to},
               {{written.row->range_span, WrittenRange(Figure(type, *one.range.low), to)}}});
        } else if (*one.range.low > *other.range.low && other.range.high) {
          const std::string from = Figure(type, *other.range.high + step);
          const std::string high = one.range.high ? Figure(type, *one.range.high) : "";
          proposals.push_back(
              {{"empezar " + row.es + " en " + from, "begin " + row.en + " at " + from},
               {{written.row->range_span,
                 one.range.high ? WrittenRange(from, high) : from + " .."}}});
        }
      }
    }
  }
  return proposals;
}

// ---- Which rule prevails ---------------------------------------------------------

// A priority goes before the first of these words of the declaration.
std::optional<base::Span> PlaceForPriority(const Bench& bench, const Decl& decl) {
  const std::string text = TextOf(bench, decl.span);
  std::size_t first = std::string::npos;
  for (std::string_view word : {" cuando ", "\n  cuando ", "entonces ", "salvo "}) {
    first = std::min(first, text.find(word));
  }
  if (first == std::string::npos) return std::nullopt;
  while (first < text.size() && (text[first] == ' ' || text[first] == '\n')) ++first;
  return base::Span{decl.span.file, decl.span.offset + static_cast<std::uint32_t>(first), 0};
}

std::vector<Proposal> ProposePriorities(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const Written& written : RulesOf(bench, finding)) {
    if (written.decl->kind != Decl::Kind::Rule || written.decl->priority > 0) continue;
    const auto place = PlaceForPriority(bench, *written.decl);
    if (!place) continue;
    const Text rule = Label(bench, written);
    proposals.push_back({{"hacer que prevalezca " + rule.es, "let " + rule.en + " prevail"},
                         {{*place, "prioridad 1\n  "}}});
  }
  return proposals;
}

// ---- Amounts ---------------------------------------------------------------------

const ConsequenceClause* ClauseOf(const Written& written, std::string_view kind) {
  for (const ConsequenceClause& clause : ConsequencesOf(written)) {
    if (clause.kind == kind) return &clause;
  }
  return nullptr;
}

std::optional<Rational> ConstantDays(const Bench& bench, const Written& written) {
  for (const rules::Consequence& consequence : bench.rules.rule(written.rule).consequences) {
    if (consequence.kind == rules::ConsequenceKind::PayDeduction) {
      return rules::ConstantValue(bench.rules, consequence.quantity);
    }
  }
  return std::nullopt;
}

// One side deducts what the other does: the same figure, or the same way to compute it.
std::vector<Proposal> ProposeAmounts(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const Written& written : rules) {
    const ConsequenceClause* clause = ClauseOf(written, "descuento");
    if (clause == nullptr) continue;
    for (const Written& other : rules) {
      const ConsequenceClause* model = ClauseOf(other, "descuento");
      if (model == nullptr || model == clause) continue;
      const auto days = ConstantDays(bench, other);
      const std::string amount =
          days ? Figure({rules::Base::Days, {}}, *days) + (*days == 1 ? " día" : " días")
               : TextOf(bench, model->quantity->span);
      if (days && days == ConstantDays(bench, written)) continue;
      const Text label = Label(bench, written);
      proposals.push_back(
          {{"que " + label.es + " descuente " + amount, "let " + label.en + " deduct " + amount},
           {{clause->quantity->span, amount}}});
    }
  }
  return proposals;
}

// The right side of the guard of a rule that caps sanctions: "… > tope * mes".
std::optional<base::Span> CapExpression(const Bench& bench, const Written& cap) {
  const rules::Rule& rule = bench.rules.rule(cap.rule);
  if (!bench.rules.kind(rule.subject.kind).is_sanction || cap.decl->guard == nullptr) {
    return std::nullopt;
  }
  const language::Expr& guard = *cap.decl->guard;
  if (guard.kind != language::Expr::Kind::Binary || guard.op != ">" || guard.args.size() != 2) {
    return std::nullopt;
  }
  return guard.args[1]->span;
}

std::vector<Proposal> ProposeCaps(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const Written& cap : rules) {
    const auto expression = CapExpression(bench, cap);
    if (!expression) continue;
    for (const Written& written : rules) {
      const ConsequenceClause* clause = ClauseOf(written, "descuento");
      if (clause == nullptr) continue;
      const base::Span quantity = clause->quantity->span;
      const Text label = Label(bench, written);
      const Text by = Label(bench, cap);
      proposals.push_back({{"limitar lo que descuenta " + label.es + " a lo que permite " + by.es,
                            "limit what " + label.en + " deducts to what " + by.en + " allows"},
                           {{quantity, "mín(" + TextOf(bench, quantity) + ", " +
                                           TextOf(bench, *expression) + ")"}}});
    }
  }
  return proposals;
}

// A process in every rule of the finding's articles that sanctions without one.
std::vector<Proposal> ProposeProcess(const Bench& bench, const base::Finding& finding) {
  const std::vector<Written> named = RulesOf(bench, finding);
  Proposal proposal;
  std::vector<base::Citation> where;
  for (const rules::Rule& rule : bench.rules.rules) {
    const auto written = FindWritten(bench, rule.name);
    const bool cited = std::find(finding.articles.begin(), finding.articles.end(), rule.citation) !=
                       finding.articles.end();
    if (!written || !cited || ClauseOf(*written, "proceso") != nullptr) continue;
    const bool alike = std::any_of(named.begin(), named.end(), [&](const Written& one) {
      const auto& clauses = ConsequencesOf(one);
      return !clauses.empty() && ClauseOf(*written, clauses.front().kind) != nullptr;
    });
    if (!alike) continue;
    proposal.edits.push_back({Before(ConsequencesOf(*written).front().span), "proceso, "});
    where.push_back(rule.citation);
  }
  if (proposal.edits.empty()) return {};
  const std::string articles = base::JoinCitations(where);
  proposal.title = {"exigir proceso en " + articles, "require a process in " + articles};
  return {proposal};
}

// What is granted, rounded to the unit in which it can be had.
std::vector<Proposal> ProposeRounding(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const Written& written : RulesOf(bench, finding)) {
    for (const ConsequenceClause& clause : ConsequencesOf(written)) {
      if (clause.kind != "derecho") continue;
      const auto unit = std::find_if(
          bench.rules.units.begin(), bench.rules.units.end(), [&](const rules::LeastUnit& one) {
            return base::Fold(one.thing) == base::Fold(clause.thing.text);
          });
      if (unit == bench.rules.units.end()) continue;
      const base::Span quantity = clause.quantity->span;
      const std::string step =
          rules::FormatValue(bench.rules, unit->type, {unit->step, false}, base::Language::Spanish);
      for (const auto& [function, es, en] :
           {std::array<const char*, 3>{"piso", "por defecto", "down"},
            std::array<const char*, 3>{"techo", "por exceso", "up"}}) {
        const Text label = Label(bench, written);
        proposals.push_back(
            {{"redondear " + std::string(es) + " a " + step + " lo que da " + label.es,
              "round " + std::string(en) + " to " + step + " what " + label.en + " gives"},
             {{quantity, std::string(function) + "((" + TextOf(bench, quantity) + ") / (" + step +
                             ")) * (" + step + ")"}}});
      }
    }
  }
  return proposals;
}

// ---- Windows ---------------------------------------------------------------------

void CollectMeasures(const rules::Ruleset& rules, rules::ExprId id,
                     std::set<rules::MeasureId>& into) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::Measure) into.insert(rules::MeasureId(expr.ref));
  for (rules::ExprId arg : expr.args) CollectMeasures(rules, arg, into);
}

// Counts that restart, kept for longer: the month's become the year's.
std::vector<Proposal> ProposeWindows(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  std::set<rules::MeasureId> measures;
  for (const Written& written : RulesOf(bench, finding)) {
    CollectMeasures(bench.rules, bench.rules.rule(written.rule).guard, measures);
  }
  for (rules::MeasureId id : measures) {
    const rules::Measure& measure = bench.rules.measure(id);
    const bool month = measure.window == rules::Window::Month;
    if (!month && measure.window != rules::Window::Gestion) continue;
    const rules::ProgramEntry* entry = EntryAt(bench.program, measure.span);
    if (entry == nullptr || !entry->decl->window) continue;
    const std::string wider = month ? "gestión" : "carrera";
    proposals.push_back({{"contar «" + measure.name + "» por " + wider,
                          "count «" + measure.name + "» by " + (month ? "year" : "career")},
                         {{entry->decl->window->span, wider}}});
  }
  return proposals;
}

using Proposer = std::vector<Proposal> (*)(const Bench&, const base::Finding&);
struct CodeProposer {
  std::string_view code;
  Proposer propose;
};

constexpr std::array kProposers{
    CodeProposer{"hueco", &ProposeForGap},
    CodeProposer{"granularidad", &ProposeForGranularity},
    CodeProposer{"solapamiento", &ProposeForOverlap},
    CodeProposer{"contradicción", &ProposePriorities},
    CodeProposer{"contradicción", &ProposeForOverlap},
    CodeProposer{"conflicto-de-categoría", &ProposePriorities},
    CodeProposer{"inversión", &ProposeAmounts},
    CodeProposer{"incentivo-perverso", &ProposeAmounts},
    CodeProposer{"tope-excedido", &ProposeCaps},
    CodeProposer{"proceso-omitido", &ProposeProcess},
    CodeProposer{"redondeo", &ProposeRounding},
    CodeProposer{"escapatoria", &ProposeWindows},
};

}  // namespace

std::vector<Proposal> Propose(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const auto& [code, propose] : kProposers) {
    if (code != finding.code) continue;
    for (Proposal& proposal : propose(bench, finding)) proposals.push_back(std::move(proposal));
  }
  return proposals;
}

}  // namespace cotejo::mends
