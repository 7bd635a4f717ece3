// Answers kept by what was asked are the ones Z3 would give.
#include "solver/smt/answers.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "solver/smt/smt.h"

namespace cotejo::smt {
namespace {

// What one conversation gives: an answer a question, and the values of its variables and of a
// sum when it is satisfiable.
struct Heard {
  std::vector<std::string> lines;
  friend bool operator==(const Heard&, const Heard&) = default;
};

// A conversation made at random from a seed: assertions, scopes, questions with assumptions.
// `shift` moves one constant said in the scope with that number: an edit of one rule.
class Conversation {
 public:
  Conversation(unsigned seed, Answers* answers, int edited_scope = -1, int names = 0)
      : random_(seed), edited_(edited_scope), solver_(context_, {0, nullptr, "", answers}) {
    for (int i = 0; i < 4; ++i) {
      // Other names come in the contrary order.
      const std::string name = std::to_string(names == 0 ? i : names - i);
      numbers_.push_back(context_.IntVar("n" + name));
      flags_.push_back(context_.BoolVar("b" + name));
      solver_.Assert(context_.Le(context_.IntConst(-5), numbers_.back()));
      solver_.Assert(context_.Le(numbers_.back(), context_.IntConst(20)));
    }
  }

  Heard Run() {
    Ask();
    for (int scope = 0; scope < 5; ++scope) {
      solver_.Push();
      for (int i = 0; i < 3; ++i) solver_.Assert(AnyFact(scope == edited_ ? 1 : 0));
      Ask();
      solver_.Push();
      solver_.Assert(AnyFact(0));
      Ask();
      solver_.Pop();
      solver_.Assert(AnyFact(0));
      Ask();
      solver_.Pop();
    }
    Ask();
    return heard_;
  }

 private:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  Int Number() { return numbers_[static_cast<std::size_t>(Pick(4))]; }
  Bool Flag() { return flags_[static_cast<std::size_t>(Pick(4))]; }

  Bool AnyFact(int shift) {
    const Int sum = context_.Add({context_.Times(1 + Pick(3), Number()),
                                  context_.Ite(Flag(), Number(), context_.IntConst(Pick(9)))});
    const Bool bound =
        context_.Le(context_.DivFloor(sum, 1 + Pick(3)), context_.IntConst(Pick(12) - 2 + shift));
    switch (Pick(4)) {
      case 0:
        return context_.Not(bound);
      case 1:
        return context_.Or({bound, context_.Not(Flag())});
      case 2:
        return context_.Iff(bound, Flag());
      default:
        return context_.And({bound, context_.Or({Flag(), context_.Lt(Number(), Number())})});
    }
  }

  void Ask() {
    const std::vector<Bool> assumptions = Pick(2) == 0 ? std::vector<Bool>{} : std::vector{Flag()};
    const Outcome outcome = solver_.Check("pregunta", assumptions);
    std::string line = AnswerName(outcome.answer);
    for (Int number : numbers_) line += " " + solver_.Value(number).str();
    for (Bool flag : flags_) line += solver_.Value(flag) ? " sí" : " no";
    heard_.lines.push_back(line);
  }

  std::mt19937 random_;
  int edited_;
  Context context_;
  Solver solver_;
  std::vector<Int> numbers_;
  std::vector<Bool> flags_;
  Heard heard_;
};

TEST(Answers, KeptOnesAreThoseThatZ3Gives) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Heard without = Conversation(seed, nullptr).Run();
    Answers answers;
    EXPECT_EQ(Conversation(seed, &answers).Run(), without) << seed;
    const std::size_t before = answers.found();
    EXPECT_EQ(Conversation(seed, &answers).Run(), without) << seed;
    EXPECT_EQ(answers.found() - before, without.lines.size());  // nothing asked again
  }
}

TEST(Answers, AfterAnEditOnlyItsScopeIsAskedAgainAndNothingDiffers) {
  int moved = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Answers answers;
    const Heard first = Conversation(seed, &answers).Run();
    const int edited = static_cast<int>(seed % 5);
    const std::size_t before = answers.found();
    const Heard with = Conversation(seed, &answers, edited).Run();
    EXPECT_EQ(with, Conversation(seed, nullptr, edited).Run()) << seed;
    // The first question, three in each other scope, and the last one.
    EXPECT_GE(answers.found() - before, 2U + 4U * 3U) << seed;
    if (with != first) ++moved;
  }
  EXPECT_GT(moved, 8);
}

TEST(Answers, AreTheSameWhateverTheVariablesAreCalled) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Answers answers;
    const Heard first = Conversation(seed, &answers).Run();
    const std::size_t before = answers.found();
    EXPECT_EQ(Conversation(seed, &answers, -1, 9).Run(), first) << seed;
    EXPECT_EQ(answers.found() - before, first.lines.size());
    EXPECT_EQ(Conversation(seed, nullptr, -1, 9).Run(), first) << seed;
  }
}

TEST(Answers, AnotherVariableIsAnotherQuestion) {
  Answers answers;
  for (const bool same : {true, false}) {
    Context context;
    Solver solver(context, {0, nullptr, "", &answers});
    const Int x = context.IntVar("x");
    const Int y = context.IntVar("y");
    solver.Assert(context.Lt(context.IntConst(3), x));
    solver.Assert(context.Lt(same ? x : y, context.IntConst(3)));
    EXPECT_EQ(solver.Check("x").answer, same ? Answer::Unsat : Answer::Sat);
  }
  EXPECT_EQ(answers.found(), 0U);
}

TEST(Answers, AnotherLimitIsAnotherQuestion) {
  Answers answers;
  for (const std::uint64_t rlimit : {0U, 1'000'000U}) {
    Context context;
    Solver solver(context, {rlimit, nullptr, "", &answers});
    solver.Assert(context.Lt(context.IntConst(3), context.IntVar("x")));
    EXPECT_EQ(solver.Check("x").answer, Answer::Sat);
  }
  EXPECT_EQ(answers.found(), 0U);
}

TEST(Answers, WhatIsLeftOpenIsNotKept) {
  Answers answers;
  for (int turn = 0; turn < 2; ++turn) {
    Context context;
    Solver solver(context, {1, nullptr, "", &answers});
    std::vector<Int> terms;
    for (int i = 0; i < 40; ++i) {
      const Int x = context.IntVar("x" + std::to_string(i));
      solver.Assert(context.Le(context.IntConst(0), x));
      solver.Assert(context.Le(x, context.IntConst(1)));
      terms.push_back(context.Times(7 + i, x));
    }
    solver.Assert(context.Eq(context.Add(terms), context.IntConst(501)));
    EXPECT_EQ(solver.Check("límite").answer, Answer::Unknown);
  }
  EXPECT_EQ(answers.found(), 0U);
}

TEST(Answers, AValueBeyondSixtyFourBitsIsAnErrorKeptOrNot) {
  Answers answers;
  for (Answers* kept : {static_cast<Answers*>(nullptr), &answers, &answers}) {
    Context context;
    Solver solver(context, {0, nullptr, "", kept});
    const Int x = context.IntVar("x");
    const Int large = context.IntConst(std::int64_t{1} << 62);
    solver.Assert(context.Lt(context.Times(4, large), x));
    ASSERT_EQ(solver.Check("x").answer, Answer::Sat);
    EXPECT_THROW(solver.Value(x), base::ArithmeticError);
  }
  EXPECT_EQ(answers.found(), 1U);
}

class AnswersFile : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    Conversation(7, &written_).Run();
    ASSERT_TRUE(written_.Save(path_, "programa"));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Questions of the same conversation answered from the file.
  std::size_t Found(const std::string& program) const {
    Answers read;
    read.Load(path_, program);
    const Heard heard = Conversation(7, &read).Run();
    EXPECT_EQ(heard, Conversation(7, nullptr).Run());
    return read.found();
  }

  std::string folder_ = testing::TempDir() + "respuestas_de_prueba";
  std::string path_ = folder_ + "/respuestas";
  Answers written_;
};

TEST_F(AnswersFile, GivesWhatWasLeftThere) { EXPECT_GE(Found("programa"), 17U); }

TEST_F(AnswersFile, OfAnotherProgramOrDamagedGivesNothing) {
  const std::size_t fresh = Found("otro programa");
  EXPECT_LT(fresh, 5U);
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file.put('\x55');
    file.put('\x66');
  }
  EXPECT_EQ(Found("programa"), fresh);
  std::filesystem::resize_file(path_, 50);
  EXPECT_EQ(Found("programa"), fresh);
}

TEST_F(AnswersFile, KeepsWithinItsBoundWhatWasUsedLast) {
  Answers second;
  second.Load(path_, "programa");
  Conversation(8, &second).Run();
  ASSERT_TRUE(second.Save(path_, "programa", std::filesystem::file_size(path_)));
  Answers third;
  third.Load(path_, "programa");
  const std::size_t before = third.found();
  Conversation(8, &third).Run();
  EXPECT_GE(third.found() - before, 12U);
  // With nothing new it is not written again.
  EXPECT_FALSE(third.Save(path_ + "2", "programa"));
}

}  // namespace
}  // namespace cotejo::smt
