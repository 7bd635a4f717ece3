// Gap: a subject inside the domain of a scale to which no rule applies. Granularity: the
// same at values that only the recording instrument can give.
#include <algorithm>
#include <set>

#include "solver/checks/explain.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"
#include "solver/encoding/measure_query.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr const char* kGap = "hueco";
constexpr const char* kGranularity = "granularidad";
// Cells looked at one by one when a family has too many to sweep.
constexpr int kMaxSampledCells = 32;

const char* CodeOf(Grid grid) { return grid == Grid::Norm ? kGap : kGranularity; }

// A family in one respect.
struct Promise {
  rules::Family family;
  std::vector<rules::Box> others;  // where its rules in other respects apply
  std::string scale;               // which, when the family has several

  Promise(const rules::Ruleset& rules, const rules::Family& whole, const rules::Coverage& coverage)
      : family(whole.Only(coverage)) {
    for (const rules::ExpandedRule& rule : whole.rules) {
      if (coverage.IsAnsweredBy(rule.rule)) continue;
      others.insert(others.end(), rule.boxes.begin(), rule.boxes.end());
    }
    // What was known of a family that promises one thing keeps its name.
    if (coverage.scales != whole.coverages.front().scales)
      scale = rules.scale(coverage.scales.front()).name;
  }
};

std::string NameOf(const CheckContext& context, const Promise& promise, Grid grid) {
  return std::string(CodeOf(grid)) + "/" + DescribeSubject(context.rules, promise.family.root).es +
         (promise.scale.empty() ? "" : " («" + promise.scale + "»)");
}

// Too many cells to sweep: the solver proposes uncovered points, one cell at a time.
std::vector<Region> SampleGaps(const CheckContext& context, const Promise& promise,
                               const Sweep& sweep, base::CheckReport& report) {
  const std::string name = NameOf(context, promise, Grid::Norm);
  encoding::MeasureQuery query(DomainsOf(context.rules, sweep),
                               SolverOptions(context, name + " (medidas)"));
  std::vector<rules::Box> covered = sweep.boxes;
  std::vector<Region> regions;
  base::QueryRecord record;
  record.name = name + " (medidas)";
  record.check = kGap;
  record.engine = "z3";
  record.verdict = base::Verdict::Proved;
  record.evidence = base::Evidence::SolverAlone;
  record.bounds = {"las medidas como números libres", "the measures as free numbers"};
  while (true) {
    const encoding::MeasurePoint point = query.Uncovered(record.name, covered);
    if (point.outcome.answer == smt::Answer::Unsat) break;
    if (point.outcome.answer == smt::Answer::Unknown || regions.size() >= kMaxSampledCells) {
      record.verdict = base::Verdict::Unknown;
      record.reason = point.outcome.reason.empty()
                          ? Text{"la familia tiene demasiadas celdas: quedan casos sin mirar",
                                 "the family has too many cells: some cases were not looked at"}
                          : point.outcome.reason;
      break;
    }
    regions.push_back(RegionAt(sweep, point.values));
    rules::Box box;
    for (const encoding::Constraint& limit : Limits(sweep, regions.back())) {
      box.atoms.push_back(limit.atom);
    }
    covered.push_back(std::move(box));
  }
  report.queries.push_back(record);
  return regions;
}

// Counts of what the subject itself is characterised as: where it is, they are not zero.
struct OwnCount {
  std::string term;
  std::vector<rules::Box> when;
};

std::vector<OwnCount> OwnCounts(const CheckContext& context, const rules::Family& family) {
  std::vector<OwnCount> counts;
  if (family.root.window == rules::Window::Fact) return counts;
  for (const rules::Qualification& by : context.rules.qualifications) {
    if (by.subject != family.root || !by.exceptions.empty() || by.from_rule.valid()) continue;
    if (!WholeYear(context, by.norm, by.from, by.to)) continue;
    const auto when = by.guard.valid() ? rules::ToBoxes(context.rules, by.guard)
                                       : std::optional(std::vector<rules::Box>{{}});
    if (!when) continue;
    for (const rules::Measure& measure : context.rules.measures) {
      if (measure.aggregate != rules::Aggregate::Count || measure.kind != by.target) continue;
      if (measure.filter.valid() || measure.same_field.valid()) continue;
      if (measure.window < family.root.window) continue;
      counts.push_back({measure.name, *when});
    }
  }
  return counts;
}

bool Excluded(const std::vector<OwnCount>& counts, const std::vector<rules::Atom>& atoms) {
  return std::any_of(counts.begin(), counts.end(), [&](const OwnCount& count) {
    const bool none = std::any_of(atoms.begin(), atoms.end(), [&](const rules::Atom& atom) {
      return atom.kind == rules::Atom::Kind::Interval && atom.term == count.term && atom.high &&
             *atom.high < Rational(1);
    });
    return none && rules::Implies({rules::Box{atoms}}, count.when);
  });
}

// A region is not said to be where such a count is none: what is left of its range is. A range that
// is whole says nothing of the count, and stays so. Nothing is left where the count can only be
// none.
std::optional<Region> WithoutNone(const Sweep& sweep, const std::vector<OwnCount>& counts,
                                  Region region) {
  if (Excluded(counts, AtomsOf(Limits(sweep, region)))) return std::nullopt;
  for (std::size_t d = 0; d < region.ranges.size(); ++d) {
    Range& range = region.ranges[d];
    if (range == Range{0, static_cast<int>(sweep.dimensions[d].cells.size()) - 1}) continue;
    while (range.first < range.last) {
      Region least = region;
      least.ranges[d].last = range.first;
      if (!Excluded(counts, AtomsOf(Limits(sweep, least)))) break;
      ++range.first;
    }
  }
  return region;
}

// Limits that the others already imply are left out, so that the region says no more than
// what matters: one day and a half needs no mention that the longest run is below two.
Region Widened(const Sweep& sweep, const std::vector<Relation>& relations, Region region) {
  const auto impossible = [&](const Region& part) {
    return !Possible(relations, AtomsOf(Limits(sweep, part)));
  };
  for (std::size_t d = 0; d < region.ranges.size(); ++d) {
    const int end = static_cast<int>(sweep.dimensions[d].cells.size()) - 1;
    const Range own = region.ranges[d];
    if (sweep.dimensions[d].kind != rules::Atom::Kind::Interval || own.first > 0) continue;
    if (own.last == end) continue;
    Region above = region;
    above.ranges[d] = {own.last + 1, end};
    if (impossible(above)) region.ranges[d] = {0, end};
  }
  return region;
}

// ---- Words -----------------------------------------------------------------------

base::WitnessAnswer NotReached(const CheckContext& context, const rules::Family& family,
                               std::size_t position, base::Date date) {
  const rules::Rule& rule = context.rules.rule(family.rules[position].rule);
  Text asks;
  for (const rules::Box& box : family.rules[position].boxes) {
    const Text one = DescribeBox(context.rules, box);
    asks.es += (asks.es.empty() ? "" : ", o ") + one.es;
    asks.en += (asks.en.empty() ? "" : ", or ") + one.en;
  }
  return {rule.citation,
          rule.name,
          {"no se aplica: pide " + asks.es, "does not apply: asks " + asks.en},
          false,
          date,
          false};
}

std::vector<base::Citation> ScaleCitations(const rules::Ruleset& rules,
                                           const rules::Family& family) {
  std::vector<base::Citation> citations;
  for (const rules::ScaleId scale : family.coverages.front().scales)
    citations.push_back(rules.scale(scale).citation);
  return citations;
}

// What is not said of the cases of a region. Where rules in other respects may apply to them, it is
// not that none does.
struct Unsaid {
  Text title, explanation;
};

Unsaid Describe(const CheckContext& context, const Promise& promise,
                const std::vector<encoding::Constraint>& limits, const std::string& cited) {
  const rules::Ruleset& rules = context.rules;
  const Text where = DescribeLimits(rules, limits);
  const Text subject = DescribeSubject(rules, promise.family.root);
  const Text cases = {subject.es + " con " + where.es, subject.en + " with " + where.en};
  const Text neighbours = {"las vecinas (" + cited +
                               ") piden otros valores. El testigo es uno de "
                               "esos casos",
                           "the neighbouring ones (" + cited +
                               ") ask for other values. The witness "
                               "is such a case"};
  if (!MayMeet(rules, promise.family, promise.others, {rules::Box{AtomsOf(limits)}})) {
    return {
        {"ninguna regla se aplica a " + cases.es, "no rule applies to " + cases.en},
        {"hay casos de " + cases.es + " y ninguna fila ni regla los recoge: " + neighbours.es,
         "there are cases of " + cases.en + " and no row or rule takes them: " + neighbours.en}};
  }
  const std::string scale =
      "«" + rules.scale(promise.family.coverages.front().scales.front()).name + "»";
  return {{"la escala " + scale + " no dice nada de " + cases.es,
           "the scale " + scale + " says nothing of " + cases.en},
          {"hay casos de " + cases.es +
               " y ninguna fila los recoge, ni otra regla dice de ellos lo "
               "que la escala " +
               scale + " debía decir: " + neighbours.es +
               ". Lo que otras reglas ordenan de esos casos es otra cosa",
           "there are cases of " + cases.en +
               " and no row takes them, nor does another rule say of "
               "them what scale " +
               scale + " should: " + neighbours.en +
               ". What other rules order of those cases is something else"}};
}

base::Finding Describe(const CheckContext& context, const Promise& promise, const Sweep& sweep,
                       const std::vector<Relation>& relations, const Region& region, Grid grid,
                       const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const rules::Family& family = promise.family;
  const Found& found = *reply.found;
  const Region widened = Widened(sweep, relations, region);
  const Text where = DescribeLimits(rules, Limits(sweep, widened));
  // A clock finer than the rows is one defect, between whichever rows it shows.
  std::string terms;
  for (std::size_t d = 0; d < widened.ranges.size(); ++d) {
    const int end = static_cast<int>(sweep.dimensions[d].cells.size()) - 1;
    if (widened.ranges[d] != Range{0, end}) terms += "|" + sweep.dimensions[d].term;
  }
  const Text subject = DescribeSubject(rules, family.root);
  base::Finding finding;
  finding.code = CodeOf(grid);
  finding.severity =
      grid == Grid::Norm ? base::FindingSeverity::Error : base::FindingSeverity::Warning;
  const std::string about = subject.es + (promise.scale.empty() ? "" : "|" + promise.scale);
  finding.id = FindingId(finding.code, about + "|" + (grid == Grid::Norm ? where.es : terms));
  finding.region = {where};
  const base::Date date = found.result.roots[static_cast<std::size_t>(found.sighting.root)].last;
  std::vector<base::Citation> articles, scales;
  const std::vector<std::size_t> beside = Neighbours(sweep, relations, region);
  for (std::size_t position : beside) {
    const rules::ExpandedRule& rule = family.rules[position];
    const auto citations = CitationsOf(rules, rule.rule, rule.through);
    articles.insert(articles.end(), citations.begin(), citations.end());
    const rules::ScaleId scale = rules.rule(rule.rule).scale;
    if (scale.valid()) scales.push_back(rules.scale(scale).citation);
    finding.witness.answers.push_back(NotReached(context, family, position, date));
  }
  if (articles.empty()) articles = ScaleCitations(rules, family);
  finding.articles = Unique(std::move(articles));
  const std::string cited = base::JoinCitations(finding.articles);
  // Rows may cite other articles: the one that lacks a row is that of their scale.
  finding.articles.insert(finding.articles.end(), scales.begin(), scales.end());
  finding.articles = Unique(std::move(finding.articles));
  if (grid == Grid::Norm) {
    Unsaid unsaid = Describe(context, promise, Limits(sweep, widened), cited);
    finding.title = std::move(unsaid.title);
    finding.explanation = std::move(unsaid.explanation);
  } else {
    finding.title = {"el registro da valores que ninguna fila recoge: " + where.es,
                     "the record gives values that no row takes: " + where.en};
    finding.explanation = {
        "las filas (" + cited +
            ") cuentan en unidades enteras, pero el instrumento registra más "
            "fino, y un caso de " +
            subject.es + " puede caer entre dos de ellas: " + where.es +
            ". El texto no dice si ese resto se redondea o se desprecia",
        "the rows (" + cited +
            ") count in whole units, but the instrument records finer ones, and "
            "a case of " +
            subject.en + " may fall between two of them: " + where.en +
            ". The text does not say whether the remainder is rounded or ignored"};
  }
  finding.reading = DescribeReading(rules);
  finding.bounds = reply.bounds;
  std::vector<base::WitnessAnswer> answers = std::move(finding.witness.answers);
  finding.witness = DescribeWitness(context, found);
  finding.witness.answers = std::move(answers);
  Explain(context, family, question, found, finding, beside);
  return finding;
}

// ---- The check -------------------------------------------------------------------

void ReportGaps(const CheckContext& context, const Promise& promise, const Sweep& sweep,
                const std::vector<Relation>& relations, const std::vector<Region>& regions,
                Grid grid, base::CheckReport& report) {
  std::vector<Question> questions;
  for (const Region& region : regions) {
    Question question;
    question.region = Limits(sweep, region);
    question.name =
        NameOf(context, promise, grid) + "/" + DescribeLimits(context.rules, question.region).es;
    question.check = CodeOf(grid);
    questions.push_back(std::move(question));
  }
  const std::vector<Reply> replies = Put(context, promise.family, questions, report);
  std::vector<Region> realised;
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict == base::Verdict::Refuted) realised.push_back(regions[q]);
  }
  for (const Region& whole : Merge(sweep, realised, grid)) {
    // The witness of the first realised cell inside the joined region.
    for (std::size_t q = 0; q < questions.size(); ++q) {
      bool inside = replies[q].verdict == base::Verdict::Refuted;
      for (std::size_t d = 0; d < whole.ranges.size() && inside; ++d) {
        inside = whole.ranges[d].first <= regions[q].ranges[d].first &&
                 regions[q].ranges[d].last <= whole.ranges[d].last;
      }
      if (!inside) continue;
      report.findings.push_back(
          Describe(context, promise, sweep, relations, whole, grid, questions[q], replies[q]));
      break;
    }
  }
}

void CheckPromise(const CheckContext& context, const Promise& promise, base::CheckReport& report) {
  const rules::Family& family = promise.family;
  const Sweep sweep = MakeSweep(context.rules, family);
  std::set<std::string> terms;
  for (const Dimension& dimension : sweep.dimensions) terms.insert(dimension.term);
  const std::vector<Relation> relations = RelationsOf(context.rules, terms);
  const std::vector<OwnCount> counts = OwnCounts(context, family);
  for (Grid grid : {Grid::Norm, Grid::Instrument}) {
    const Gaps gaps = FindGaps(sweep, grid, context.options.cell_budget);
    if (gaps.exceeded && grid == Grid::Instrument) {
      base::QueryRecord record;
      record.name = NameOf(context, promise, grid);
      record.check = kGranularity;
      record.engine = "barrido";
      record.verdict = base::Verdict::Unsupported;
      record.bounds = {"los valores que registra el instrumento",
                       "the values the instrument records"};
      record.reason = {"la familia tiene demasiadas celdas para barrer los valores del instrumento",
                       "the family has too many cells to sweep the values of the instrument"};
      report.queries.push_back(std::move(record));
      continue;
    }
    const std::vector<Region> uncovered =
        gaps.exceeded ? SampleGaps(context, promise, sweep, report) : gaps.regions;
    std::vector<Region> regions;
    for (const Region& region : uncovered) {
      const auto left = WithoutNone(sweep, counts, region);
      if (left && Possible(relations, AtomsOf(Limits(sweep, *left)))) regions.push_back(*left);
    }
    if (!regions.empty()) {
      ReportGaps(context, promise, sweep, relations, regions, grid, report);
    } else if (!gaps.exceeded) {
      RecordProved(context, report, NameOf(context, promise, grid), CodeOf(grid));
    }
  }
}

}  // namespace

void PlanGaps(const CheckContext& context, std::vector<Task>& tasks) {
  for (const rules::Family& family : context.families.families) {
    if (family.coverages.empty()) continue;
    tasks.push_back({std::string(kGap) + "/" + DescribeSubject(context.rules, family.root).es,
                     DependsOnFamily(context, family),
                     [&context, &family](base::CheckReport& report) {
                       for (const rules::Coverage& coverage : family.coverages)
                         CheckPromise(context, Promise(context.rules, family, coverage), report);
                     }});
  }
}

}  // namespace cotejo::checks
