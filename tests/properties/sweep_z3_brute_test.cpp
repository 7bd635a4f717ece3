// The sweep, Z3 and brute-force enumeration must agree on gaps and overlaps of random
// scales and rule sets.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "solver/checks/sweep.h"
#include "solver/encoding/measure_query.h"
#include "tests/rules/ruleset_builder.h"

namespace cotejo::checks {
namespace {

using rules::Base;
using rules::Op;

#ifdef COTEJO_SANITIZED
constexpr int kUsual = 200;
#else
constexpr int kUsual = 1000;
#endif

// COTEJO_PROPIEDADES: how many rule sets are tried.
int RuleSets() {
  const char* asked = std::getenv("COTEJO_PROPIEDADES");
  return asked != nullptr ? std::max(1, std::atoi(asked)) : kUsual;
}

constexpr int kLast = 9;  // bounds of rows lie in 0 .. 8 grid steps; beyond, nothing changes

// ---- What a rule set says, in whole grid steps -----------------------------------

struct Bounds {
  int low = 0, high = 0;
  bool has_low = false, has_high = false, low_open = false, high_open = false;

  bool Holds(int v) const {
    if (has_low && (low_open ? v <= low : v < low)) return false;
    return !has_high || (high_open ? v < high : v <= high);
  }
};

struct Condition {
  std::vector<std::optional<Bounds>> measures;
  std::vector<int> values;   // of the enumeration; empty: any
  std::optional<bool> flag;  // of the Boolean attribute
};

struct Row {
  std::vector<Condition> any;
  std::vector<Condition> except;
};

struct Point {
  std::vector<int> measures;
  int value = 0;
  bool flag = false;
};

bool Holds(const Condition& condition, const Point& point) {
  for (std::size_t m = 0; m < point.measures.size(); ++m) {
    if (condition.measures[m] && !condition.measures[m]->Holds(point.measures[m])) return false;
  }
  const auto& values = condition.values;
  if (!values.empty() && std::find(values.begin(), values.end(), point.value) == values.end()) {
    return false;
  }
  return !condition.flag || *condition.flag == point.flag;
}

bool Applies(const Row& row, const Point& point) {
  const auto holds = [&](const Condition& condition) { return Holds(condition, point); };
  return std::any_of(row.any.begin(), row.any.end(), holds) &&
         std::none_of(row.except.begin(), row.except.end(), holds);
}

// ---- Generation ------------------------------------------------------------------

struct Spec {
  std::vector<Rational> steps;  // one a measure
  std::vector<bool> own;        // counts the subject's own facts: at least 1
  std::vector<Row> rows;
};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Spec Make() {
    Spec spec;
    const int measures = 1 + Below(3);
    for (int m = 0; m < measures; ++m) {
      spec.steps.push_back(Below(2) == 0 ? Rational(1) : Rational(1, 2));
      spec.own.push_back(spec.steps.back() == Rational(1) && Below(3) == 0);
    }
    const int rows = 2 + Below(4);
    // Half of the sets are tidy scales over one measure, which nearly fit together.
    if (Below(2) == 0) {
      int from = 0;
      for (int r = 0; r < rows; ++r) {
        Condition condition{std::vector<std::optional<Bounds>>(spec.steps.size()), {}, {}};
        const int to = std::min(8, from + Below(3));
        condition.measures[0] = Bounds{from, to, r > 0, r + 1 < rows, false, false};
        spec.rows.push_back({{condition}, {}});
        from = to + (Below(4) == 0 ? Below(3) : 1);
      }
      return spec;
    }
    for (int r = 0; r < rows; ++r) {
      Row row;
      for (int c = 1 + (Below(4) == 0 ? 1 : 0); c > 0; --c) {
        row.any.push_back(MakeCondition(spec.steps.size(), 2));
      }
      if (Below(4) == 0) row.except.push_back(MakeCondition(spec.steps.size(), 1));
      spec.rows.push_back(std::move(row));
    }
    return spec;
  }

 private:
  int Below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }

  Condition MakeCondition(std::size_t measures, int looseness) {
    Condition condition{std::vector<std::optional<Bounds>>(measures), {}, {}};
    for (auto& bounds : condition.measures) {
      if (Below(1 + looseness) != 0) continue;
      const int a = Below(9);
      const int b = Below(9);
      bounds = Bounds{std::min(a, b), std::max(a, b), Below(4) != 0,
                      Below(3) != 0,  Below(4) == 0,  Below(4) == 0};
    }
    if (Below(4) == 0) condition.values = {Below(3)};
    if (Below(5) == 0) condition.values = {0, 1 + Below(2)};
    if (Below(5) == 0) condition.flag = Below(2) == 0;
    return condition;
  }

  std::mt19937_64 random_;
};

// The same as a Ruleset: a scale of policy `única` over a month.
struct Model : rules::RulesetBuilder {
  explicit Model(const Spec& spec) {
    const rules::NormId norm = AddNorm("REG", 0);
    const rules::EnumId colour = AddEnum("clase", {"a", "b", "c"});
    clase = AddAttribute("clase", {Base::Enumeration, colour}, Rational(0));
    flag = AddAttribute("exento", {Base::Boolean, {}}, Rational(0));
    kind = AddKind("falta", rules::Placement::Day, {MakeField("días", {Base::Days, {}})});
    const rules::FactKindId other = AddKind("otra", rules::Placement::Day, {});
    for (std::size_t m = 0; m < spec.steps.size(); ++m) {
      const bool count = spec.own[m];
      measures.push_back(AddMeasure("m" + std::to_string(m), rules::Window::Month,
                                    count ? rules::Aggregate::Count : rules::Aggregate::Sum,
                                    count ? kind : other, Base::Days));
      rules.measures.back().step = spec.steps[m];
      if (!count) rules.measures.back().value = Number(Base::Days, 1);
    }
    const rules::Subject subject{kind, rules::Window::Month};
    std::vector<rules::RuleId> rows;
    for (std::size_t r = 0; r < spec.rows.size(); ++r) {
      std::vector<rules::ExprId> any;
      for (const Condition& condition : spec.rows[r].any) any.push_back(Guard(spec, condition));
      rows.push_back(AddRule("fila" + std::to_string(r), norm, "REG:1", subject,
                             any.size() == 1 ? any[0] : Any(any),
                             {Deduct(static_cast<std::int64_t>(r % 2) + 1)}));
      for (const Condition& condition : spec.rows[r].except) {
        rules.rules.back().exceptions.push_back({Guard(spec, condition), {}});
      }
    }
    AddScale("escala", subject, {}, rules::HitPolicy::Unique, rows);
  }

  rules::ExprId Guard(const Spec& spec, const Condition& condition) {
    std::vector<rules::ExprId> all{Number(Base::Boolean, 1)};
    for (std::size_t m = 0; m < condition.measures.size(); ++m) {
      if (!condition.measures[m]) continue;
      const Bounds& bounds = *condition.measures[m];
      const auto number = [&](int steps) { return Number(Base::Days, spec.steps[m] * steps); };
      const rules::ExprId term = Read(measures[m]);
      if (bounds.has_low) {
        all.push_back(Compare(bounds.low_open ? Op::Gt : Op::Ge, term, number(bounds.low)));
      }
      if (bounds.has_high) {  // the bound on the left: both ways of writing it
        all.push_back(Compare(bounds.high_open ? Op::Gt : Op::Ge, number(bounds.high), term));
      }
    }
    if (!condition.values.empty()) {
      std::vector<rules::ExprId> args{Read(clase)};
      const rules::EnumId colour = rules.attribute(clase).type.enumeration;
      for (int value : condition.values) {
        args.push_back(
            EnumLiteral(colour, rules.enumerations[0].values[static_cast<std::size_t>(value)]));
      }
      all.push_back(Add(Op::InSet, Base::Boolean, args));
    }
    if (condition.flag) all.push_back(*condition.flag ? Read(flag) : Not(Read(flag)));
    return All(all);
  }

  rules::FactKindId kind;
  rules::AttributeId clase, flag;
  std::vector<rules::MeasureId> measures;
};

// ---- The three engines -----------------------------------------------------------

std::vector<Point> AllPoints(const Spec& spec) {
  std::vector<Point> points{{}};
  for (std::size_t m = 0; m < spec.steps.size(); ++m) {
    std::vector<Point> longer;
    for (const Point& point : points) {
      for (int v = spec.own[m] ? 1 : -1; v <= kLast; ++v) {
        longer.push_back(point);
        longer.back().measures.push_back(v);
      }
    }
    points = std::move(longer);
  }
  std::vector<Point> all;
  for (const Point& point : points) {
    for (int value = 0; value < 3; ++value) {
      for (bool flag : {false, true}) all.push_back({point.measures, value, flag});
    }
  }
  return all;
}

// Value of a point in one dimension of the sweep.
Rational ValueAt(const Spec& spec, const Dimension& dimension, const Point& point) {
  if (dimension.term == "clase") return point.value;
  if (dimension.term == "exento") return point.flag ? 1 : 0;
  const auto m = static_cast<std::size_t>(std::stoi(dimension.term.substr(1)));
  return spec.steps[m] * point.measures[m];
}

bool Inside(const Region& cell, const Region& region) {
  for (std::size_t d = 0; d < cell.ranges.size(); ++d) {
    if (cell.ranges[d].first < region.ranges[d].first ||
        cell.ranges[d].last > region.ranges[d].last) {
      return false;
    }
  }
  return true;
}

Point ToPoint(const Spec& spec, const Sweep& sweep, const std::vector<Rational>& values) {
  Point point{std::vector<int>(spec.steps.size(), 1), 0, false};
  for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
    const std::string& term = sweep.dimensions[d].term;
    if (term == "clase") {
      point.value = static_cast<int>(values[d].num());
    } else if (term == "exento") {
      point.flag = !values[d].zero();
    } else {
      const auto m = static_cast<std::size_t>(std::stoi(term.substr(1)));
      point.measures[m] = static_cast<int>((values[d] / spec.steps[m]).num());
    }
  }
  return point;
}

struct Tally {
  int with_gaps = 0, without_gaps = 0, meeting = 0, apart = 0, disagreements = 0, inexact = 0;
};

bool Covered(const Spec& spec, const Point& point) {
  return std::any_of(spec.rows.begin(), spec.rows.end(),
                     [&](const Row& row) { return Applies(row, point); });
}

void CompareGaps(const Spec& spec, const Sweep& sweep, const std::vector<Point>& points,
                 encoding::MeasureQuery& z3, Tally& tally) {
  const Gaps gaps = FindGaps(sweep, Grid::Norm, 1'000'000);
  const auto regions = Merge(sweep, gaps.regions, Grid::Norm);
  bool any = false;
  for (const Point& point : points) {
    const bool gap = !Covered(spec, point);
    any = any || gap;
    std::vector<Rational> values;
    for (const Dimension& dimension : sweep.dimensions) {
      values.push_back(ValueAt(spec, dimension, point));
    }
    const Region cell = RegionAt(sweep, values);
    const auto inside = [&](const Region& region) { return Inside(cell, region); };
    tally.disagreements += gap != std::any_of(gaps.regions.begin(), gaps.regions.end(), inside);
    tally.disagreements += gap != std::any_of(regions.begin(), regions.end(), inside);
  }
  const encoding::MeasurePoint found = z3.Uncovered("hueco", sweep.boxes);
  tally.disagreements += found.outcome.answer != (any ? smt::Answer::Sat : smt::Answer::Unsat);
  if (found.outcome.answer == smt::Answer::Sat) {
    tally.disagreements += Covered(spec, ToPoint(spec, sweep, found.values));
  }
  ++(any ? tally.with_gaps : tally.without_gaps);
}

void CompareOverlaps(const Spec& spec, const rules::Ruleset& rules, const rules::Family& family,
                     const std::vector<Point>& points, encoding::MeasureQuery& z3, Tally& tally) {
  for (std::size_t a = 0; a < family.rules.size(); ++a) {
    for (std::size_t b = a + 1; b < family.rules.size(); ++b) {
      const Row& first = spec.rows[family.rules[a].rule.index()];
      const Row& second = spec.rows[family.rules[b].rule.index()];
      const bool meet = std::any_of(points.begin(), points.end(), [&](const Point& point) {
        return Applies(first, point) && Applies(second, point);
      });
      const auto& boxes_a = family.rules[a].boxes;
      const auto& boxes_b = family.rules[b].boxes;
      tally.disagreements += meet != MayMeet(rules, family, boxes_a, boxes_b);
      const auto answer = z3.Common("solapamiento", boxes_a, boxes_b).outcome.answer;
      tally.disagreements += answer != (meet ? smt::Answer::Sat : smt::Answer::Unsat);
      ++(meet ? tally.meeting : tally.apart);
    }
  }
}

// `tamper` moves one bound of what the engines see, and not of what is enumerated.
void Compare(const Spec& spec, bool tamper, Tally& tally) {
  Model model(spec);
  rules::Families families = rules::BuildFamilies(model.rules);
  // A rule that can never apply is left out of its family; with none left there is none.
  if (families.families.empty()) return;
  rules::Family& family = families.families[0];
  for (rules::ExpandedRule& rule : family.rules) {
    if (!rule.exact) {
      ++tally.inexact;
      return;
    }
    for (rules::Box& box : rule.boxes) {
      for (rules::Atom& atom : box.atoms) {
        if (tamper && atom.high) {
          atom.high = *atom.high + Rational(1);
          tamper = false;
        }
      }
    }
  }
  const Sweep sweep = MakeSweep(model.rules, family);
  const std::vector<Point> points = AllPoints(spec);
  encoding::MeasureQuery z3(DomainsOf(model.rules, sweep), {});
  ASSERT_EQ(z3.Domain("dominio").outcome.answer, smt::Answer::Sat);
  CompareGaps(spec, sweep, points, z3, tally);
  CompareOverlaps(spec, model.rules, family, points, z3, tally);
}

TEST(SweepZ3Brute, AgreeOnGapsAndOverlaps) {
  Tally tally;
  const int sets = RuleSets();
  for (int seed = 0; seed < sets; ++seed) {
    const int before = tally.disagreements;
    Compare(Generator(static_cast<std::uint64_t>(seed)).Make(), false, tally);
    ASSERT_EQ(tally.disagreements, before) << "seed " << seed;
  }
  // Both answers must have been seen often, or the agreement says little.
  EXPECT_GT(tally.with_gaps, sets / 6);
  EXPECT_GT(tally.without_gaps, sets / 12);
  EXPECT_GE(tally.with_gaps + tally.without_gaps, sets * 5 / 6);
  EXPECT_GT(tally.meeting, sets / 3);
  EXPECT_GT(tally.apart, sets / 3);
  std::cout << sets << " rule sets: " << tally.with_gaps << " with gaps, " << tally.without_gaps
            << " without, " << tally.meeting << " pairs that meet, " << tally.apart << " apart\n";
}

TEST(SweepZ3Brute, ABoundMovedByOneIsNoticed) {
  int noticed = 0;
  for (int seed = 0; seed < 100; ++seed) {
    Tally tally;
    Compare(Generator(static_cast<std::uint64_t>(seed)).Make(), true, tally);
    noticed += tally.disagreements > 0 ? 1 : 0;
  }
  EXPECT_GT(noticed, 50);
}

}  // namespace
}  // namespace cotejo::checks
