// A thin typed layer over Z3: terms, named queries, resource limits and model values.
//
// No Z3 type and no Z3 exception leaves this folder: a failure of Z3 is an Unknown with its
// reason. The answer to a question depends on what was asserted and asked, and on nothing else:
// not on terms that were built and never said, and not on what was said in a scope that ended.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "model/base/rational.h"
#include "model/base/text.h"
#include "solver/smt/terms.h"

namespace cotejo::smt {

class Answers;

// Terms are indices into the table of their context; the type says the sort.
struct Bool {
  std::int32_t id = -1;
};
struct Int {
  std::int32_t id = -1;
};
struct Real {
  std::int32_t id = -1;
};

class Session;
class Printer;

class Context {
 public:
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  Bool True();
  Bool False();
  Bool BoolVar(const std::string& name);
  Bool Not(Bool a);
  Bool And(const std::vector<Bool>& all);
  Bool Or(const std::vector<Bool>& any);
  Bool Iff(Bool a, Bool b);

  Int IntVar(const std::string& name);
  Int IntConst(std::int64_t value);
  Int Add(const std::vector<Int>& all);
  Int Times(std::int64_t factor, Int a);
  Int Mul(Int a, Int b);
  Int DivFloor(Int a, std::int64_t divisor);  // divisor > 0
  Int Ite(Bool condition, Int then, Int otherwise);
  Bool Le(Int a, Int b);
  Bool Lt(Int a, Int b);
  Bool Eq(Int a, Int b);

  Real RealVar(const std::string& name);
  Real RealConst(Rational value);
  Bool Le(Real a, Real b);
  Bool Lt(Real a, Real b);

 private:
  friend class Solver;
  Terms terms_;
};

enum class Answer { Sat, Unsat, Unknown };
// The word of SMT-LIB.
const char* AnswerName(Answer answer);

struct Outcome {
  Answer answer = Answer::Unknown;
  base::Text reason;  // for Unknown
};

// What one solver was asked, in SMT-LIB 2: the k-th check-sat is the k-th query.
struct Script {
  struct Query {
    std::string name;
    Answer answer = Answer::Unknown;
  };
  std::string name;
  std::string text;
  std::vector<Query> queries;
};

// The scripts of every solver that ended; solvers of several threads may add to it.
class Log {
 public:
  void Add(Script script);
  // By name and text: in one order whatever the threads.
  [[nodiscard]] std::vector<Script> Scripts() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Script> scripts_;
};

struct Options {
  // Z3's own count of steps: the same question ends at the same place on any machine.
  std::uint64_t rlimit = 0;  // 0: none
  Log* log = nullptr;        // where the solver leaves its script; null: it keeps none
  std::string script = {};   // what the script is called
  // Where answers are kept and found again; null, or with a log: every question is asked.
  Answers* answers = nullptr;
};

// "4.8.12.0"
std::string Z3Version();

class Solver {
 public:
  Solver(Context& context, Options options);
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  void Assert(Bool fact);
  void Push();
  void Pop();

  // Asks whether the assertions and the assumptions hold together.
  Outcome Check(const std::string& name, const std::vector<Bool>& assumptions = {});

  // Values in the model of the last Sat answer; false or zero when there is none.
  bool Value(Bool a);
  Rational Value(Int a);
  Rational Value(Real a);

 private:
  Rational ValueOf(std::int32_t term);
  Session& Current();
  void Note(const char* command, std::int32_t fact);
  void NoteQuery(const std::string& name, const std::vector<std::int32_t>& assumptions,
                 Answer answer);
  void NoteCommand(const std::string& command);

  Context& context_;
  Options options_;
  std::vector<std::int32_t> asserted_;  // outside any scope
  int depth_ = 0;
  // What was asked outside any scope, and what since the outermost one began.
  std::unique_ptr<Session> outside_, scope_;
  Model model_;
  std::unique_ptr<Reading> reading_;  // of model_
  std::unique_ptr<Printer> printer_;
  std::string body_;  // of the script; its declarations go before, whatever their turn
  std::vector<Script::Query> queries_;
};

// "hueco/atraso_mensual [3]" → "hueco_atraso_mensual__3_.smt2"; not unique
std::string ScriptFileName(const std::string& script);

}  // namespace cotejo::smt
