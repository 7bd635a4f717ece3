// What a question does not need is left unsaid, and nothing is answered otherwise for it.
#include "solver/smt/relevance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <random>

#include "solver/smt/smt.h"

namespace cotejo::smt {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Relevance, WhatHoldsWhenNothingElseHappensIsLeftOut) {
  Terms terms;
  const auto flag = [&](const char* name) { return terms.Variable(TermOp::BoolVar, name); };
  const std::int32_t late = flag("atraso");
  const std::int32_t leave = flag("licencia");
  const std::int32_t hour = terms.Variable(TermOp::IntVar, "hora");
  Relevance relevance(terms);
  // 0: nobody is late and on leave; 1: the hour is past 8; 2: somebody is late.
  relevance.Add(terms.Make(TermOp::Not, {terms.Make(TermOp::And, {late, leave})}));
  relevance.Add(terms.Make(TermOp::Le, {terms.Constant(TermOp::IntConst, 8), hour}));
  EXPECT_THAT(relevance.For({}).facts, ElementsAre(1));
  relevance.Add(late);
  EXPECT_THAT(relevance.For({}).facts, ElementsAre(1, 2));
  // That nobody is on leave goes without saying; that somebody is does not, nor what it excludes.
  const Relevance::Needed without = relevance.For({terms.Make(TermOp::Not, {leave})});
  EXPECT_THAT(without.facts, ElementsAre(1, 2));
  EXPECT_THAT(without.assumptions, IsEmpty());
  const Relevance::Needed with = relevance.For({leave});
  EXPECT_THAT(with.facts, ElementsAre(0, 1, 2));
  EXPECT_THAT(with.assumptions, ElementsAre(leave));
}

// Facts over three numbers from 0 to 3 and three flags, with the same said in C++.
class World {
 public:
  struct Values {
    std::array<int, 3> numbers{};
    std::array<bool, 3> flags{};
  };
  struct Fact {
    Bool term;
    std::function<bool(const Values&)> holds;
  };

  explicit World(unsigned seed) : random_(seed), solver_(context_, {}) {
    for (std::size_t i = 0; i < 3; ++i) {
      numbers_[i] = context_.IntVar("n" + std::to_string(i));
      flags_[i] = context_.BoolVar("b" + std::to_string(i));
      const int least = Pick(2);
      Assert({context_.Le(context_.IntConst(least), numbers_[i]),
              [=](const Values& v) { return least <= v.numbers[i]; }});
      Assert({context_.Le(numbers_[i], context_.IntConst(3)),
              [=](const Values& v) { return v.numbers[i] <= 3; }});
    }
  }

  int Pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  Fact Any(int depth) {
    const auto a = static_cast<std::size_t>(Pick(3));
    const auto b = static_cast<std::size_t>(Pick(3));
    const int bound = Pick(7);
    switch (depth == 0 ? Pick(3) : Pick(7)) {
      case 0:
        return {flags_[a], [=](const Values& v) { return v.flags[a]; }};
      case 1:
        return {context_.Le(context_.Add({numbers_[a], context_.Times(2, numbers_[b])}),
                            context_.IntConst(bound)),
                [=](const Values& v) { return v.numbers[a] + 2 * v.numbers[b] <= bound; }};
      case 2:
        return {context_.Lt(context_.DivFloor(context_.IntConst(bound), 2),
                            context_.Ite(flags_[b], numbers_[a], context_.IntConst(2))),
                [=](const Values& v) { return bound / 2 < (v.flags[b] ? v.numbers[a] : 2); }};
      case 3: {
        const Fact one = Any(depth - 1);
        return {context_.Not(one.term), [=](const Values& v) { return !one.holds(v); }};
      }
      default: {
        const Fact one = Any(depth - 1);
        const Fact two = Any(depth - 1);
        if (bound % 3 == 0) {
          return {context_.And({one.term, two.term}),
                  [=](const Values& v) { return one.holds(v) && two.holds(v); }};
        }
        if (bound % 3 == 1) {
          return {context_.Iff(one.term, two.term),
                  [=](const Values& v) { return one.holds(v) == two.holds(v); }};
        }
        return {context_.Or({one.term, two.term}),
                [=](const Values& v) { return one.holds(v) || two.holds(v); }};
      }
    }
  }

  void Assert(const Fact& fact) {
    solver_.Assert(fact.term);
    facts_.push_back(fact);
  }

  // The answer by trying everything; and that every fact holds in the model, said or not.
  void Ask(const std::vector<Fact>& assumptions) {
    std::vector<Bool> terms;
    std::vector<Fact> all = facts_;
    for (const Fact& assumption : assumptions) {
      terms.push_back(assumption.term);
      all.push_back(assumption);
    }
    bool any = false;
    for (int code = 0; code < 512; ++code) {
      const Values v{{code & 3, (code >> 2) & 3, (code >> 4) & 3},
                     {(code & 64) != 0, (code & 128) != 0, (code & 256) != 0}};
      any = any || std::all_of(all.begin(), all.end(), [&](const Fact& f) { return f.holds(v); });
    }
    const Answer answer = solver_.Check("pregunta", terms).answer;
    ASSERT_EQ(answer, any ? Answer::Sat : Answer::Unsat);
    ++(any ? sat : unsat);
    if (!any) return;
    for (const Fact& fact : all) EXPECT_TRUE(solver_.Value(fact.term));
  }

  void Run() {
    for (int i = Pick(3); i > 0; --i) Assert(Any(2));
    Ask({});
    Ask({Any(1)});
    for (int scope = 0; scope < 2; ++scope) {
      const std::size_t before = facts_.size();
      solver_.Push();
      Assert(Any(2));
      Ask({});
      const std::size_t inside = facts_.size();
      solver_.Push();
      Assert(Any(1));
      Ask({Any(1)});
      solver_.Pop();
      facts_.resize(inside);
      Ask({Any(1), Any(0)});
      solver_.Pop();
      facts_.resize(before);
    }
    Ask({});
  }

  int sat = 0, unsat = 0;

 private:
  std::mt19937 random_;
  Context context_;
  Solver solver_;
  std::array<Int, 3> numbers_;
  std::array<Bool, 3> flags_;
  std::vector<Fact> facts_;
};

TEST(Relevance, NothingIsAnsweredOtherwise) {
  int sat = 0;
  int unsat = 0;
  for (unsigned seed = 1; seed <= 150; ++seed) {
    World world(seed);
    world.Run();
    sat += world.sat;
    unsat += world.unsat;
  }
  EXPECT_GT(sat, 300);
  EXPECT_GT(unsat, 150);
}

}  // namespace
}  // namespace cotejo::smt
