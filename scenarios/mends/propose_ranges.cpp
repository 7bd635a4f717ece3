// Where rows and rules begin and end: gaps, overlaps, and units that fall between.
#include <algorithm>
#include <array>
#include <set>

#include "scenarios/mends/places.h"
#include "scenarios/mends/proposers.h"

namespace cotejo::mends {

using base::Rational;
using base::Text;
using language::Decl;

namespace {

// A rule and what it asks of one measure.
struct Bounded {
  Written written;
  Range range;
};

std::vector<Bounded> RangesOf(const Bench& bench, const std::vector<Written>& rules,
                              const std::string& term) {
  std::vector<Bounded> ranges;
  for (const Written& written : rules) {
    if (const auto range = RangeOf(bench, written.rule, term)) ranges.push_back({written, *range});
  }
  return ranges;
}

// The range whose lower end is the nearest above a value, among the rules of the finding.
const Bounded* NearestAbove(const std::vector<Bounded>& all, Rational value) {
  const Bounded* nearest = nullptr;
  for (const Bounded& one : all) {
    if (!one.range.low || *one.range.low <= value) continue;
    if (nearest == nullptr || *one.range.low < *nearest->range.low) nearest = &one;
  }
  return nearest;
}

// The last value inside that is written at an end; a range open at a value stops a step before.
Rational LastOf(const Range& range, Rational step) {
  return range.high_open ? *range.high - step : *range.high;
}
Rational FirstOf(const Range& range, Rational step) {
  return range.low_open ? *range.low + step : *range.low;
}

// The measures that two or more of the rules look at, by name.
std::vector<const rules::Measure*> MeasuresOf(const Bench& bench,
                                              const std::vector<Written>& rules) {
  std::vector<const rules::Measure*> measures;
  for (const rules::Measure& measure : bench.rules.measures) {
    if (!RangesOf(bench, rules, measure.name).empty()) measures.push_back(&measure);
  }
  return measures;
}

void Add(std::vector<Proposal>& proposals, Text title, std::optional<Edit> edit) {
  if (edit) proposals.push_back({std::move(title), {std::move(*edit)}});
}

// One side reaches the other, or a row of the scale of either takes what lies between.
void CloseBetween(const Bench& bench, const rules::Measure& measure, const Bounded& below,
                  const Bounded& above, std::vector<Proposal>& proposals) {
  const Rational first = LastOf(below.range, measure.step) + measure.step;
  const Rational last = FirstOf(above.range, measure.step) - measure.step;
  if (first > last) return;
  const std::string from = Figure(measure.type, first);
  const std::string to = Figure(measure.type, last);
  const Text lower = Label(bench, below.written);
  const Text upper = Label(bench, above.written);
  Add(proposals, {"extender " + lower.es + " hasta " + to, "extend " + lower.en + " up to " + to},
      MoveEnd(bench, below.written, measure.name, true, last));
  Add(proposals, {"empezar " + upper.es + " en " + from, "begin " + upper.en + " at " + from},
      MoveEnd(bench, above.written, measure.name, false, first));
  const Bounded* home = below.written.row != nullptr ? &below : &above;
  if (home->written.row == nullptr) return;
  const std::string between = from == to ? from : from + " .. " + to;
  for (const Bounded* side : {&below, &above}) {
    const std::string orders = OrdersOf(bench, side->written);
    if (orders.empty()) continue;
    const Text name = Label(bench, side->written);
    // Last, so that the rows keep their numbers and the other findings their identity.
    proposals.push_back({{"agregar una fila para " + between + " con lo que ordena " + name.es,
                          "add a row for " + between + " with what " + name.en + " orders"},
                         {{After(home->written.decl->rows.back().span),
                           "\n  | " + between + " | " + orders + " |"}}});
  }
}

}  // namespace

std::vector<Proposal> ProposeForGap(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const rules::Measure* measure : MeasuresOf(bench, rules)) {
    const std::vector<Bounded> ranges = RangesOf(bench, rules, measure->name);
    for (const Bounded& below : ranges) {
      if (!below.range.high) continue;
      if (const Bounded* above = NearestAbove(ranges, *below.range.high)) {
        CloseBetween(bench, *measure, below, *above, proposals);
      } else if (below.written.row != nullptr && below.written.row->low) {
        const Text row = Label(bench, below.written);
        proposals.push_back(
            {{"dejar abierta por arriba " + row.es, "leave " + row.en + " open above"},
             {{below.written.row->range_span,
               TextOf(bench, below.written.row->low->span) + " .."}}});
      }
    }
  }
  return proposals;
}

// A case without a row is not punished: what closes a gap of the same articles may mend it, when
// it is a gap of what some rule of the finding judges. A sibling of that fact is another matter.
std::vector<Proposal> ProposeFromGaps(const Bench& bench, const base::Finding& finding) {
  std::set<std::int32_t> kinds;
  for (const Written& written : RulesOf(bench, finding)) {
    kinds.insert(bench.rules.rule(written.rule).subject.kind.value);
  }
  const auto same_subject = [&](const base::Finding& gap) {
    const std::vector<Written> rules = RulesOf(bench, gap);
    return std::any_of(rules.begin(), rules.end(), [&](const Written& written) {
      return kinds.contains(bench.rules.rule(written.rule).subject.kind.value);
    });
  };
  std::vector<Proposal> proposals;
  for (const base::Finding& gap : bench.report.findings) {
    if (gap.code != "hueco") continue;
    const bool near =
        std::any_of(gap.articles.begin(), gap.articles.end(), [&](const base::Citation& article) {
          return std::find(finding.articles.begin(), finding.articles.end(), article) !=
                 finding.articles.end();
        });
    if (!near || !same_subject(gap)) continue;
    for (Proposal& proposal : ProposeForGap(bench, gap)) proposals.push_back(std::move(proposal));
  }
  return proposals;
}

std::vector<Proposal> ProposeForOverlap(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const rules::Measure* measure : MeasuresOf(bench, rules)) {
    const std::vector<Bounded> ranges = RangesOf(bench, rules, measure->name);
    for (const Bounded& one : ranges) {
      for (const Bounded& other : ranges) {
        if (one.written.rule == other.written.rule) continue;
        const Text name = Label(bench, one.written);
        const bool ends_inside =
            other.range.low && (!one.range.low || *one.range.low < *other.range.low);
        const bool begins_inside =
            other.range.high && (!one.range.high || *one.range.high > *other.range.high);
        if (ends_inside) {
          const Rational to = FirstOf(other.range, measure->step) - measure->step;
          const std::string figure = Figure(measure->type, to);
          Add(proposals,
              {"acabar " + name.es + " en " + figure, "end " + name.en + " at " + figure},
              MoveEnd(bench, one.written, measure->name, true, to));
        }
        if (begins_inside) {
          const Rational from = LastOf(other.range, measure->step) + measure->step;
          const std::string figure = Figure(measure->type, from);
          Add(proposals,
              {"empezar " + name.es + " en " + figure, "begin " + name.en + " at " + figure},
              MoveEnd(bench, one.written, measure->name, false, from));
        }
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

}  // namespace cotejo::mends
