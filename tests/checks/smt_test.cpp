#include "solver/smt/smt.h"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>

namespace cotejo::smt {
namespace {

TEST(Smt, SatisfiableWithExactValues) {
  Context context;
  Solver solver(context, {});
  const Int x = context.IntVar("x");
  const Real y = context.RealVar("y");
  solver.Assert(context.Eq(context.Times(3, x), context.IntConst(21)));
  solver.Assert(context.Le(context.RealConst({7, 3}), y));
  solver.Assert(context.Le(y, context.RealConst({7, 3})));
  ASSERT_EQ(solver.Check("valores").answer, Answer::Sat);
  EXPECT_EQ(solver.Value(x), Rational(7));
  EXPECT_EQ(solver.Value(y), Rational(7, 3));
}

TEST(Smt, PushAndPopAndAssumptions) {
  Context context;
  Solver solver(context, {});
  const Int x = context.IntVar("x");
  solver.Assert(context.Lt(x, context.IntConst(5)));
  const Bool large = context.Lt(context.IntConst(9), x);
  EXPECT_EQ(solver.Check("supuesto", {large}).answer, Answer::Unsat);
  EXPECT_EQ(solver.Check("sin supuesto").answer, Answer::Sat);
  solver.Push();
  solver.Assert(large);
  EXPECT_EQ(solver.Check("dentro").answer, Answer::Unsat);
  solver.Pop();
  EXPECT_EQ(solver.Check("fuera").answer, Answer::Sat);
}

TEST(Smt, DivisionRoundsDown) {
  Context context;
  Solver solver(context, {});
  const Int x = context.IntVar("x");
  solver.Assert(context.Eq(x, context.IntConst(-7)));
  const Int quotient = context.DivFloor(x, 2);
  ASSERT_EQ(solver.Check("división").answer, Answer::Sat);
  EXPECT_EQ(solver.Value(quotient), Rational(-4));
}

TEST(Smt, ResourceLimitIsUnknownWithAReason) {
  Context context;
  Solver solver(context, {1});
  std::vector<Int> terms;
  for (int i = 0; i < 40; ++i) {
    const Int x = context.IntVar("x" + std::to_string(i));
    solver.Assert(context.Le(context.IntConst(0), x));
    solver.Assert(context.Le(x, context.IntConst(1)));
    terms.push_back(context.Times(7 + i, x));
  }
  solver.Assert(context.Eq(context.Add(terms), context.IntConst(501)));
  const Outcome outcome = solver.Check("límite");
  EXPECT_EQ(outcome.answer, Answer::Unknown);
  EXPECT_FALSE(outcome.reason.es.empty());
}

TEST(Smt, TheScriptHasEveryQueryWithItsAnswer) {
  Log log;
  {
    Context context;
    Solver solver(context, {0, &log, "guion"});
    const Int days = context.IntVar("días @1");
    solver.Assert(context.Le(context.IntConst(3), days));
    solver.Push();
    EXPECT_EQ(solver.Check("una").answer, Answer::Sat);
    solver.Pop();
    EXPECT_EQ(solver.Check("otra", {context.Lt(days, context.IntConst(3))}).answer, Answer::Unsat);
    EXPECT_TRUE(log.Scripts().empty());  // it is left when the solver ends
  }
  const std::vector<Script> scripts = log.Scripts();
  ASSERT_EQ(scripts.size(), 1U);
  EXPECT_EQ(scripts[0].text,
            "; guion\n(set-logic QF_LIA)\n(declare-fun |días @1| () Int)\n"
            "(assert (<= 3 |días @1|))\n(push 1)\n; una: z3 dice sat\n(check-sat)\n"
            "(pop 1)\n; otra: z3 dice unsat\n(push 1)\n(assert (< |días @1| 3))\n"
            "(check-sat)\n(pop 1)\n");
  ASSERT_EQ(scripts[0].queries.size(), 2U);
  EXPECT_EQ(scripts[0].queries[0].name, "una");
  EXPECT_EQ(scripts[0].queries[1].answer, Answer::Unsat);
}

TEST(Smt, ScriptFileNamesArePlain) {
  EXPECT_EQ(ScriptFileName("hueco/total: 1 1/2"), "hueco_total__1_1_2.smt2");
}

std::atomic<int> interrupts{0};

// A signal that comes while two threads ask is the program's own, and not of a question.
TEST(Interrupts, AreLeftToTheProgram) {
  const auto before = std::signal(SIGINT, [](int) { ++interrupts; });
  std::atomic<bool> over{false};
  const auto ask = [&] {
    while (!over) {
      Context context;
      Solver solver(context, {});
      const Int x = context.IntVar("x");
      const Int y = context.IntVar("y");
      solver.Assert(context.Eq(context.Mul(x, y), context.IntConst(7 * 11 * 13)));
      solver.Assert(context.Lt(context.IntConst(1), x));
      solver.Assert(context.Lt(x, y));
      EXPECT_EQ(solver.Check("factores").answer, Answer::Sat);
    }
  };
  std::thread first(ask);
  std::thread second(ask);
  constexpr int kTimes = 200;
  for (int i = 0; i < kTimes; ++i) {
    std::raise(SIGINT);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  over = true;
  first.join();
  second.join();
  std::signal(SIGINT, before);
  EXPECT_EQ(interrupts, kTimes);
}

}  // namespace
}  // namespace cotejo::smt
