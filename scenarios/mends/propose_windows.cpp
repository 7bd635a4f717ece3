// What is counted, and for how long: counts that restart, runs that a window cuts, counts apart.
#include <algorithm>
#include <set>

#include "scenarios/mends/places.h"
#include "scenarios/mends/proposers.h"

namespace cotejo::mends {

using base::Text;

namespace {

void CollectMeasures(const rules::Ruleset& rules, rules::ExprId id,
                     std::set<rules::MeasureId>& into) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::Measure) into.insert(rules::MeasureId(expr.ref));
  for (rules::ExprId arg : expr.args) CollectMeasures(rules, arg, into);
}

std::set<rules::MeasureId> MeasuresOf(const Bench& bench, const Written& written) {
  std::set<rules::MeasureId> measures;
  CollectMeasures(bench.rules, bench.rules.rule(written.rule).guard, measures);
  return measures;
}

// The counts that a finding is about: it cites them. Its histories name others too, and to count
// those for longer does not mend it.
std::set<rules::MeasureId> MeasuresOf(const Bench& bench, const base::Finding& finding) {
  std::set<rules::MeasureId> measures;
  for (std::size_t i = 0; i < bench.rules.measures.size(); ++i) {
    const base::Citation& citation = bench.rules.measures[i].citation;
    if (std::find(finding.articles.begin(), finding.articles.end(), citation) !=
        finding.articles.end()) {
      measures.insert(rules::MeasureId(static_cast<std::int64_t>(i)));
    }
  }
  return measures;
}

// Of a rule's counts, those that the finding is about.
std::set<rules::MeasureId> MeasuresOf(const Bench& bench, const Written& written,
                                      const base::Finding& finding) {
  std::set<rules::MeasureId> measures = MeasuresOf(bench, written);
  const std::set<rules::MeasureId> cited = MeasuresOf(bench, finding);
  std::erase_if(measures, [&](rules::MeasureId id) { return !cited.contains(id); });
  return measures;
}

// The rules of the history that does bring the consequence.
std::vector<Written> RulesCaught(const Bench& bench, const base::Finding& finding) {
  if (!finding.counterpart) return {};
  base::Finding caught;
  caught.witness = *finding.counterpart;
  return RulesOf(bench, caught);
}

struct Wider {
  const char* window;
  Text by;
};

// The nearest first: a count kept for the year restarts with the next one.
std::vector<Wider> WiderThan(rules::Window window) {
  const Wider year{"gestión", {"gestión", "year"}};
  const Wider career{"carrera", {"carrera", "career"}};
  if (window == rules::Window::Month) return {year, career};
  if (window == rules::Window::Gestion) return {career};
  return {};
}

// Where the condition of a rule, or what its scale measures, names a measure.
std::vector<base::Span> PlacesOf(const Written& written, const std::string& name) {
  if (written.row == nullptr) return RefsTo(written.decl->guard.get(), name);
  std::vector<base::Span> places = RefsTo(written.row->guard.get(), name);
  if (!places.empty()) return places;
  return RefsTo(written.decl->expr.get(), name);
}

const language::Decl* DeclOf(const Bench& bench, const rules::Measure& measure) {
  const rules::ProgramEntry* entry = EntryAt(bench.program, measure.span);
  return entry == nullptr || !entry->decl->window ? nullptr : entry->decl;
}

}  // namespace

// Counts that restart, kept for longer: the month's become the year's.
std::vector<Proposal> ProposeWindows(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (rules::MeasureId id : MeasuresOf(bench, finding)) {
    const rules::Measure& measure = bench.rules.measure(id);
    const language::Decl* decl = DeclOf(bench, measure);
    if (decl == nullptr) continue;
    for (const Wider& wider : WiderThan(measure.window)) {
      proposals.push_back({{"contar «" + measure.name + "» por " + wider.by.es,
                            "count «" + measure.name + "» by " + wider.by.en},
                           {{decl->window->span, wider.window}}});
    }
  }
  return proposals;
}

namespace {

// A second count like the first but for its window, which this rule alone looks at.
Proposal LookAtLonger(const Bench& bench, const Written& written, const rules::Measure& measure,
                      const language::Decl& decl, const Wider& wider) {
  const std::string longer = measure.name + "_por_" + wider.window;
  std::string copy = TextOf(bench, decl.span);
  copy.replace(decl.window->span.offset - decl.span.offset, decl.window->span.length, wider.window);
  copy.replace(decl.name.span.offset - decl.span.offset, decl.name.span.length, longer);
  const Text label = Label(bench, written);
  Proposal proposal{{"que " + label.es + " mire «" + measure.name + "» por " + wider.by.es,
                     "let " + label.en + " look at «" + measure.name + "» by " + wider.by.en},
                    {},
                    {copy}};
  for (base::Span place : PlacesOf(written, measure.name)) {
    proposal.edits.push_back({place, longer});
  }
  return proposal;
}

}  // namespace

// The rule that one window brings looks at the longer count too; the other rules do not.
std::vector<Proposal> ProposeLongerToo(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const Written& written : RulesCaught(bench, finding)) {
    if (written.row != nullptr) continue;
    for (rules::MeasureId id : MeasuresOf(bench, written, finding)) {
      const rules::Measure& measure = bench.rules.measure(id);
      const language::Decl* decl = DeclOf(bench, measure);
      if (decl == nullptr || PlacesOf(written, measure.name).empty()) continue;
      for (const Wider& wider : WiderThan(measure.window)) {
        proposals.push_back(LookAtLonger(bench, written, measure, *decl, wider));
      }
    }
  }
  return proposals;
}

// Two counts that are kept apart, added up in the rule that one of them alone brings.
std::vector<Proposal> ProposeJointCounts(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::set<rules::MeasureId> all = MeasuresOf(bench, finding);
  for (const Written& written : RulesCaught(bench, finding)) {
    const std::set<rules::MeasureId> own = MeasuresOf(bench, written, finding);
    for (rules::MeasureId first : own) {
      for (rules::MeasureId second : all) {
        const rules::Measure& one = bench.rules.measure(first);
        const rules::Measure& other = bench.rules.measure(second);
        const bool alike = one.type == other.type && one.window == other.window &&
                           one.aggregate == other.aggregate && one.kind != other.kind;
        const std::vector<base::Span> places = PlacesOf(written, one.name);
        if (own.contains(second) || !alike || places.empty()) continue;
        const Text label = Label(bench, written);
        Proposal proposal{
            {"que " + label.es + " sume «" + one.name + "» y «" + other.name + "»",
             "let " + label.en + " add up «" + one.name + "» and «" + other.name + "»"},
            {}};
        const std::string sum = "(" + one.name + " + " + other.name + ")";
        for (base::Span place : places) proposal.edits.push_back({place, sum});
        proposals.push_back(std::move(proposal));
      }
    }
  }
  return proposals;
}

// "del mismo inciso": without it, those of every sort are counted together.
std::vector<Proposal> ProposeOneCount(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const rules::Measure& measure : bench.rules.measures) {
    const language::Decl* decl = DeclOf(bench, measure);
    const bool cited = std::find(finding.articles.begin(), finding.articles.end(),
                                 measure.citation) != finding.articles.end();
    if (decl == nullptr || !decl->same_field || !cited) continue;
    const std::string text = TextOf(bench, decl->span);
    const std::size_t end = decl->same_field->span.offset - decl->span.offset;
    const std::size_t begin = text.rfind("del", end);
    if (begin == std::string::npos) continue;
    const base::Span clause{
        decl->span.file, decl->span.offset + static_cast<std::uint32_t>(begin),
        static_cast<std::uint32_t>(end - begin) + decl->same_field->span.length};
    const std::string field = decl->same_field->text;
    proposals.push_back({{"contar juntos en «" + measure.name + "» los de todo " + field,
                          "count together in «" + measure.name + "» those of every " + field},
                         {{clause, ""}}});
  }
  return proposals;
}

}  // namespace cotejo::mends
