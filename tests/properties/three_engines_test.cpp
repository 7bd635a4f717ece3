// Interpreter, Z3 encoding and plain enumeration give the same answers on random regulations.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "model/evaluation/evaluate.h"
#include "model/rules/terms.h"
#include "solver/encoding/history_encoding.h"
#include "tests/properties/naive_evaluation.h"
#include "tests/properties/random_rules.h"

namespace cotejo {
namespace {

using encoding::HistoryEncoding;
using naive::Applied;

constexpr int kHistories = 12;  // of each regulation, besides those that Z3 chooses

// COTEJO_PROPIEDADES: how many regulations are tried.
int Regulations() {
  const char* asked = std::getenv("COTEJO_PROPIEDADES");
  return asked != nullptr ? std::max(1, std::atoi(asked)) : 1500;
}

struct Tally {
  int histories = 0, applied = 0;      // interpreter and enumeration
  int models = 0, models_applied = 0;  // and Z3, on histories it chose
  int refuted = 0, unsupported = 0;    // conditions Z3 says no history meets
  std::map<int, int> operators;        // how often each was written
};

std::multiset<Applied> ByInterpreter(const rules::Ruleset& rules, const rules::Families& families,
                                     const evaluation::History& history) {
  const evaluation::Result result = evaluation::Evaluate(rules, families, history);
  for (const base::Diagnostic& problem : result.problems) {
    EXPECT_NE(problem.severity, base::Severity::Error) << problem.message.es;
  }
  std::multiset<Applied> applied;
  for (const evaluation::Application& application : result.applications) {
    const evaluation::Root& root = result.roots[static_cast<std::size_t>(application.root)];
    const bool window = root.subject.window != Window::Fact;
    const int shift = window ? 0 : result.facts[static_cast<std::size_t>(root.facts[0])].fact.shift;
    int steps = 0;
    for (int fact = application.fact; fact >= 0;) {
      const auto& evaluated = result.facts[static_cast<std::size_t>(fact)];
      if (!evaluated.by.valid()) break;
      ++steps;
      const bool of_window = rules.qualification(evaluated.by).subject.window != Window::Fact;
      fact = of_window || evaluated.from.empty() ? -1 : evaluated.from.front();
    }
    applied.insert({application.rule.value, application.date, shift, steps});
  }
  return applied;
}

// What the rules say, to see what a disagreement is about.
std::string Describe(const rules::Ruleset& rules) {
  std::string text;
  const auto add = [&](const std::string& name, const rules::Subject& subject, ExprId guard,
                       const std::vector<rules::Exception>& exceptions) {
    text += name + " over " + rules.kind(subject.kind).name + " by " +
            std::to_string(static_cast<int>(subject.window)) + ": " +
            (guard.valid() ? rules::FormatExprOf(rules, guard, subject.kind) : "");
    for (const rules::Exception& exception : exceptions) {
      text += " unless " + rules::FormatExprOf(rules, exception.condition, subject.kind);
    }
    text += "\n";
  };
  for (const rules::Qualification& by : rules.qualifications) {
    add(by.name, by.subject, by.guard, by.exceptions);
  }
  for (const rules::Rule& rule : rules.rules) {
    add(rule.name, rule.subject, rule.guard, rule.exceptions);
  }
  return text;
}

// ---- Interpreter and enumeration -------------------------------------------------

void CompareOnHistories(RandomRules& random, const rules::Families& families, Tally& tally) {
  std::vector<Date> days;
  for (Date day = Date(kYear, 3, 3); day <= Date(kYear, 4, 4); day = day.plus_days(1)) {
    days.push_back(day);
  }
  days.push_back(Date(kYear, 1, 31));
  days.push_back(Date(kYear, 12, 31));
  for (int i = 0; i < kHistories; ++i) {
    const evaluation::History history = random.MakeHistory(days, 12);
    const auto plain = naive::Evaluation(random.rules, history).applied();
    ASSERT_EQ(ByInterpreter(random.rules, families, history), plain)
        << Describe(random.rules) << evaluation::WriteHistoryCsv(random.rules, history);
    ++tally.histories;
    tally.applied += static_cast<int>(plain.size());
  }
}

// ---- And Z3 ----------------------------------------------------------------------

struct Asked {
  encoding::Cond cond;
  int root = -1;
  std::size_t position = 0;  // in family.rules
};

bool ValueOf(HistoryEncoding& encoding, const encoding::Cond& cond) {
  return cond.fixed ? *cond.fixed : encoding.solver().Value(cond.term);
}

class SolverComparison {
 public:
  SolverComparison(RandomRules& random, const rules::Families& families,
                   const rules::Family& family, Tally& tally)
      : random_(random), families_(families), family_(family), tally_(tally) {}

  void Run() {
    const encoding::Cone cone = encoding::ConeOf(random_.rules, family_);
    encoding::Shape shape;
    shape.year = kYear;
    shape.months = random_.dice.OneIn(2) ? std::vector<unsigned>{3} : std::vector<unsigned>{2, 3};
    shape.days = 1 + random_.dice.Below(3);
    shape.days_before = 1;
    shape.all_kinds = true;
    HistoryEncoding encoding(random_.rules, families_, family_, cone, shape, {1'000'000});
    std::vector<Asked> all;
    for (int root : encoding.targets()) {
      for (std::size_t r = 0; r < family_.rules.size(); ++r) {
        all.push_back(
            {encoding.Applies(root, family_.rules[r].rule, family_.rules[r].through), root, r});
      }
    }
    if (!encoding.unsupported().empty()) {
      ++tally_.unsupported;
      return;
    }
    if (all.empty()) return;
    const std::vector<std::vector<evaluation::History>> tried = {Sample(shape)};
    for (int turn = 0; turn < 3; ++turn) {
      const Asked& asked = random_.dice.Pick(all);
      const bool wanted = turn != 1;
      const encoding::Cond there = encoding.root(asked.root).exists;
      const encoding::Cond cond =
          encoding.algebra().And({there, wanted ? asked.cond : encoding.algebra().Not(asked.cond)});
      Ask(encoding, all, asked, cond, wanted, tried.front());
    }
  }

 private:
  std::vector<evaluation::History> Sample(const encoding::Shape& shape) {
    std::vector<Date> days;
    for (unsigned month : shape.months) {
      const Date first(shape.year, month, 1);
      auto working = random_.rules.calendar.WorkingDays(first, first.last_of_month(), "nacional");
      const int count = month == shape.months.back() ? shape.days : shape.days_before;
      working.resize(std::min(working.size(), static_cast<std::size_t>(count)));
      days.insert(days.end(), working.begin(), working.end());
    }
    std::vector<evaluation::History> histories;
    for (int i = 0; i < 8; ++i) histories.push_back(random_.MakeHistory(days, 6));
    // The solver's histories have one fact of a kind in a shift and attributes without dates.
    for (evaluation::History& history : histories) {
      auto& facts = history.facts;
      facts.erase(std::unique(facts.begin(), facts.end(),
                              [](const auto& a, const auto& b) {
                                return a.kind == b.kind && a.date == b.date && a.shift == b.shift;
                              }),
                  facts.end());
      for (auto& dated : history.attributes) {
        if (dated.size() > 1) dated.resize(1);
      }
    }
    return histories;
  }

  void Ask(HistoryEncoding& encoding, const std::vector<Asked>& all, const Asked& asked,
           const encoding::Cond& cond, bool wanted,
           const std::vector<evaluation::History>& sample) {
    smt::Solver& solver = encoding.solver();
    solver.Push();
    solver.Assert(encoding.algebra().Term(cond));
    for (int model = 0; model < 2; ++model) {
      const smt::Outcome outcome = solver.Check("consulta");
      ASSERT_NE(outcome.answer, smt::Answer::Unknown) << outcome.reason.es;
      if (outcome.answer == smt::Answer::Unsat) {
        if (model == 0) ExpectNone(encoding, asked, wanted, sample);
        break;
      }
      ExpectSame(encoding, all);
      if (testing::Test::HasFailure()) break;
      solver.Assert(encoding.algebra().Term(encoding.OtherThanModel()));
    }
    solver.Pop();
  }

  // The model's history, by the three.
  void ExpectSame(HistoryEncoding& encoding, const std::vector<Asked>& all) {
    const evaluation::History history = encoding.Witness();
    std::vector<bool> by_solver;
    for (const Asked& asked : all) by_solver.push_back(ValueOf(encoding, asked.cond));
    const auto plain = naive::Evaluation(random_.rules, history).applied();
    ASSERT_EQ(ByInterpreter(random_.rules, families_, history), plain);
    ++tally_.models;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool applies = Plainly(encoding, all[i], plain);
      ASSERT_EQ(applies, by_solver[i])
          << Describe(random_.rules) << evaluation::WriteHistoryCsv(random_.rules, history);
      tally_.models_applied += applies ? 1 : 0;
    }
  }

  // The solver found no history: neither does trying.
  void ExpectNone(HistoryEncoding& encoding, const Asked& asked, bool wanted,
                  const std::vector<evaluation::History>& sample) {
    ++tally_.refuted;
    for (const evaluation::History& history : sample) {
      if (!Legal(history)) continue;
      const auto plain = naive::Evaluation(random_.rules, history).applied();
      if (!wanted && !RootThere(encoding, asked, history)) continue;
      ASSERT_NE(Plainly(encoding, asked, plain), wanted);
    }
  }

  // What the plain evaluation says of a condition.
  bool Plainly(const HistoryEncoding& encoding, const Asked& asked,
               const std::multiset<Applied>& plain) const {
    const encoding::SymbolicRoot& root = encoding.root(asked.root);
    const int shift = root.fact < 0 ? 0 : encoding.fact(root.fact).shift;
    const rules::ExpandedRule& rule = family_.rules[asked.position];
    const int steps = static_cast<int>(rule.through.size());
    return plain.count({rule.rule.value, root.last, shift, steps}) > 0;
  }

  // A primitive fact's root exists when the history has the fact; of others nothing is said.
  bool RootThere(const HistoryEncoding& encoding, const Asked& asked,
                 const evaluation::History& history) const {
    const encoding::SymbolicRoot& root = encoding.root(asked.root);
    if (root.fact < 0) {
      return std::any_of(history.facts.begin(), history.facts.end(), [&](const auto& fact) {
        return fact.kind == root.subject.kind && root.first <= fact.date && fact.date <= root.last;
      });
    }
    return std::any_of(history.facts.begin(), history.facts.end(), [&](const auto& fact) {
      return fact.kind == root.subject.kind && fact.date == root.last &&
             fact.shift == encoding.fact(root.fact).shift;
    });
  }

  // Whether the solver may choose it: exclusions, bounds of fields, dates it looks at.
  bool Legal(const evaluation::History& history) const {
    for (const evaluation::Fact& a : history.facts) {
      for (const evaluation::Fact& b : history.facts) {
        const auto& excludes = random_.rules.kind(a.kind).excludes;
        const bool apart = a.date != b.date || (a.shift > 0 && b.shift > 0 && a.shift != b.shift);
        if (!apart && std::find(excludes.begin(), excludes.end(), b.kind) != excludes.end()) {
          return false;
        }
      }
    }
    return true;
  }

  RandomRules& random_;
  const rules::Families& families_;
  const rules::Family& family_;
  Tally& tally_;
};

void Compare(std::uint64_t seed, Tally& tally) {
  RandomRules random(seed);
  const rules::Families families = rules::BuildFamilies(random.rules);
  for (const rules::Expr& expr : random.rules.exprs) ++tally.operators[static_cast<int>(expr.op)];
  CompareOnHistories(random, families, tally);
  if (testing::Test::HasFailure() || families.families.empty()) return;
  SolverComparison(random, families, random.dice.Pick(families.families), tally).Run();
}

TEST(ThreeEngines, AgreeOnRandomRegulationsAndHistories) {
  Tally tally;
  const int regulations = Regulations();
  for (int seed = 0; seed < regulations; ++seed) {
    Compare(static_cast<std::uint64_t>(seed), tally);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
  // Agreement says little unless there was much to agree on.
  EXPECT_EQ(tally.histories, kHistories * regulations);
  EXPECT_GT(tally.applied, kHistories * regulations);
  EXPECT_GT(tally.models, 2 * regulations);
  EXPECT_GT(tally.models_applied, regulations);
  EXPECT_GT(tally.refuted, regulations / 20);
  EXPECT_LT(tally.unsupported, regulations / 10);
  for (Op op : {Op::Add,
                Op::Sub,
                Op::Mul,
                Op::Div,
                Op::Neg,
                Op::Min,
                Op::Max,
                Op::Floor,
                Op::Ceil,
                Op::Lt,
                Op::Le,
                Op::Eq,
                Op::Ne,
                Op::Ge,
                Op::Gt,
                Op::And,
                Op::Or,
                Op::Not,
                Op::If,
                Op::InSet,
                Op::Has,
                Op::YearsBetween,
                Op::MonthsSinceAnniversary,
                Op::FirstOfNextMonth,
                Op::Shift,
                Op::ScheduledEntry,
                Op::ScheduledExit,
                Op::FactDate,
                Op::Parameter,
                Op::Measure,
                Op::Field,
                Op::Attribute}) {
    EXPECT_GT(tally.operators[static_cast<int>(op)], regulations / 50) << static_cast<int>(op);
  }
  std::cout << regulations << " regulations: " << tally.histories << " histories with "
            << tally.applied << " applications, " << tally.models << " models of Z3 with "
            << tally.models_applied << ", " << tally.refuted << " conditions refuted, "
            << tally.unsupported << " not encoded\n";
}

}  // namespace
}  // namespace cotejo
