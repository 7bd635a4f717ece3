#include "solver/smt/smt.h"

#include <z3++.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <optional>
#include <tuple>

namespace cotejo::smt {

struct ContextState {
  z3::context z3;
  std::vector<z3::expr> terms;
  std::vector<std::size_t> variables;  // positions in terms
  bool integers = false, reals = false, products = false;
  std::string error;  // first failure while building terms
};

struct SolverState {
  explicit SolverState(z3::context& context) : solver(context, z3::solver::simple()) {}
  z3::solver solver;
  std::optional<z3::model> model;
  std::string error;
  std::string body;  // of the script; its declarations go before, whatever their turn
  std::vector<Script::Query> queries;
};

namespace {

// Builds one term; on failure keeps the reason and returns a harmless placeholder (true).
template <typename Build>
std::int32_t Keep(ContextState& state, Build build) {
  try {
    state.terms.push_back(build());
  } catch (const z3::exception& failure) {
    if (state.error.empty()) state.error = failure.msg();
    state.terms.push_back(state.z3.bool_val(true));
  }
  return static_cast<std::int32_t>(state.terms.size() - 1);
}

template <typename Build>
std::int32_t KeepVariable(ContextState& state, Build build) {
  const std::int32_t id = Keep(state, build);
  const z3::expr& term = state.terms.back();
  state.variables.push_back(state.terms.size() - 1);
  state.integers = state.integers || term.is_int();
  state.reals = state.reals || term.is_real();
  return id;
}

template <typename Term>
const z3::expr& At(ContextState& state, Term term) {
  return state.terms[static_cast<std::size_t>(term.id)];
}

template <typename Term>
z3::expr_vector Vector(ContextState& state, const std::vector<Term>& terms) {
  z3::expr_vector vector(state.z3);
  for (Term term : terms) vector.push_back(At(state, term));
  return vector;
}

Outcome Failure(const std::string& message) {
  return {Answer::Unknown, {"el demostrador falló: " + message, "the prover failed: " + message}};
}

Rational ToRational(const z3::expr& value) {
  if (!value.is_numeral()) return {};
  const z3::expr num = value.is_int() ? value : value.numerator();
  const z3::expr den = value.is_int() ? value.ctx().int_val(1) : value.denominator();
  std::int64_t n = 0;
  std::int64_t d = 1;
  if (!num.is_numeral_i64(n) || !den.is_numeral_i64(d)) {
    throw base::ArithmeticError("a model value exceeds 64 bits");
  }
  return {n, d};
}

}  // namespace

Context::Context() : state_(std::make_unique<ContextState>()) {}
Context::~Context() = default;

Bool Context::True() {
  return {Keep(*state_, [&] { return state_->z3.bool_val(true); })};
}
Bool Context::False() {
  return {Keep(*state_, [&] { return state_->z3.bool_val(false); })};
}
Bool Context::BoolVar(const std::string& name) {
  return {KeepVariable(*state_, [&] { return state_->z3.bool_const(name.c_str()); })};
}
Bool Context::Not(Bool a) {
  return {Keep(*state_, [&] { return !At(*state_, a); })};
}
Bool Context::And(const std::vector<Bool>& all) {
  return {Keep(*state_, [&] { return z3::mk_and(Vector(*state_, all)); })};
}
Bool Context::Or(const std::vector<Bool>& any) {
  return {Keep(*state_, [&] { return z3::mk_or(Vector(*state_, any)); })};
}
Bool Context::Iff(Bool a, Bool b) {
  return {Keep(*state_, [&] { return At(*state_, a) == At(*state_, b); })};
}

Int Context::IntVar(const std::string& name) {
  return {KeepVariable(*state_, [&] { return state_->z3.int_const(name.c_str()); })};
}
Int Context::IntConst(std::int64_t value) {
  return {Keep(*state_, [&] { return state_->z3.int_val(value); })};
}
Int Context::Add(const std::vector<Int>& all) {
  if (all.empty()) return IntConst(0);
  if (all.size() == 1) return all.front();
  return {Keep(*state_, [&] { return z3::sum(Vector(*state_, all)); })};
}
Int Context::Times(std::int64_t factor, Int a) {
  if (factor == 1) return a;
  return {Keep(*state_, [&] { return state_->z3.int_val(factor) * At(*state_, a); })};
}
Int Context::Mul(Int a, Int b) {
  state_->products = true;
  return {Keep(*state_, [&] { return At(*state_, a) * At(*state_, b); })};
}
Int Context::DivFloor(Int a, std::int64_t divisor) {
  // SMT-LIB division rounds down when the divisor is positive.
  return {Keep(*state_, [&] { return At(*state_, a) / state_->z3.int_val(divisor); })};
}
Int Context::Ite(Bool condition, Int then, Int otherwise) {
  return {Keep(*state_, [&] {
    return z3::ite(At(*state_, condition), At(*state_, then), At(*state_, otherwise));
  })};
}
Bool Context::Le(Int a, Int b) {
  return {Keep(*state_, [&] { return At(*state_, a) <= At(*state_, b); })};
}
Bool Context::Lt(Int a, Int b) {
  return {Keep(*state_, [&] { return At(*state_, a) < At(*state_, b); })};
}
Bool Context::Eq(Int a, Int b) {
  return {Keep(*state_, [&] { return At(*state_, a) == At(*state_, b); })};
}

Real Context::RealVar(const std::string& name) {
  return {KeepVariable(*state_, [&] { return state_->z3.real_const(name.c_str()); })};
}
Real Context::RealConst(Rational value) {
  const std::string text = std::to_string(value.num()) + "/" + std::to_string(value.den());
  return {Keep(*state_, [&] { return state_->z3.real_val(text.c_str()); })};
}
Bool Context::Le(Real a, Real b) {
  return {Keep(*state_, [&] { return At(*state_, a) <= At(*state_, b); })};
}
Bool Context::Lt(Real a, Real b) {
  return {Keep(*state_, [&] { return At(*state_, a) < At(*state_, b); })};
}

// ---- Scripts ---------------------------------------------------------------------

const char* AnswerName(Answer answer) {
  switch (answer) {
    case Answer::Sat:
      return "sat";
    case Answer::Unsat:
      return "unsat";
    case Answer::Unknown:
      break;
  }
  return "unknown";
}

void Log::Add(Script script) {
  const std::lock_guard lock(mutex_);
  scripts_.push_back(std::move(script));
}

std::vector<Script> Log::Scripts() const {
  const std::lock_guard lock(mutex_);
  std::vector<Script> sorted = scripts_;
  std::sort(sorted.begin(), sorted.end(), [](const Script& a, const Script& b) {
    return std::tie(a.name, a.text) < std::tie(b.name, b.text);
  });
  return sorted;
}

namespace {

// The smallest logic with every sort and operation of the terms.
std::string LogicOf(const ContextState& state) {
  const char* arithmetic = !state.reals ? "IA" : state.integers ? "IRA" : "RA";
  return std::string(state.products ? "QF_N" : "QF_L") + arithmetic;
}

std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

void Solver::NoteCommand(const char* command) {
  if (options_.log != nullptr) state_->body += std::string(command) + "\n";
}

void Solver::Note(const char* command, Bool fact) {
  if (options_.log == nullptr) return;
  state_->body += "(" + std::string(command) + " " + At(*context_.state_, fact).to_string() + ")\n";
}

void Solver::NoteQuery(const std::string& name, const std::vector<Bool>& assumptions,
                       Answer answer) {
  if (options_.log == nullptr) return;
  NoteCommand(("; " + OneLine(name) + ": z3 dice " + AnswerName(answer)).c_str());
  if (!assumptions.empty()) NoteCommand("(push 1)");
  for (Bool assumption : assumptions) Note("assert", assumption);
  NoteCommand("(check-sat)");
  if (!assumptions.empty()) NoteCommand("(pop 1)");
  state_->queries.push_back({name, answer});
}

// ---- Solver ----------------------------------------------------------------------

Solver::Solver(Context& context, Options options)
    : context_(context), options_(std::move(options)) {
  try {
    Z3_set_ast_print_mode(context.state_->z3, Z3_PRINT_SMTLIB2_COMPLIANT);
    state_ = std::make_unique<SolverState>(context.state_->z3);
    z3::params params(context.state_->z3);
    if (options_.rlimit > 0) params.set("rlimit", static_cast<unsigned>(options_.rlimit));
    // Decide "absent" first, so that witnesses come out with few facts.
    params.set("phase_selection", 0U);
    state_->solver.set(params);
  } catch (const z3::exception& failure) {
    if (context.state_->error.empty()) context.state_->error = failure.msg();
  }
}

Solver::~Solver() {
  if (state_ == nullptr || options_.log == nullptr || state_->queries.empty()) return;
  const ContextState& context = *context_.state_;
  if (!context.error.empty() || !state_->error.empty()) return;
  std::string text = "; " + OneLine(options_.script) + "\n(set-logic " + LogicOf(context) + ")\n";
  for (std::size_t variable : context.variables) {
    text += context.terms[variable].decl().to_string() + "\n";
  }
  options_.log->Add({options_.script, text + state_->body, std::move(state_->queries)});
}

void Solver::Assert(Bool fact) {
  if (state_ == nullptr) return;
  try {
    state_->solver.add(At(*context_.state_, fact));
    Note("assert", fact);
  } catch (const z3::exception& failure) {
    if (state_->error.empty()) state_->error = failure.msg();
  }
}

void Solver::Push() {
  if (state_ == nullptr) return;
  try {
    state_->solver.push();
    NoteCommand("(push 1)");
  } catch (const z3::exception& failure) {
    if (state_->error.empty()) state_->error = failure.msg();
  }
}

void Solver::Pop() {
  if (state_ == nullptr) return;
  try {
    state_->model.reset();
    state_->solver.pop();
    NoteCommand("(pop 1)");
  } catch (const z3::exception& failure) {
    if (state_->error.empty()) state_->error = failure.msg();
  }
}

Outcome Solver::Check(const std::string& name, const std::vector<Bool>& assumptions) {
  if (!context_.state_->error.empty()) return Failure(context_.state_->error);
  if (!state_->error.empty()) return Failure(state_->error);
  try {
    state_->model.reset();
    const z3::check_result result = state_->solver.check(Vector(*context_.state_, assumptions));
    const Answer answer = result == z3::sat     ? Answer::Sat
                          : result == z3::unsat ? Answer::Unsat
                                                : Answer::Unknown;
    NoteQuery(name, assumptions, answer);
    if (answer == Answer::Sat) state_->model = state_->solver.get_model();
    if (answer != Answer::Unknown) return {answer, {}};
    const std::string why = state_->solver.reason_unknown();
    return {Answer::Unknown,
            {"la consulta agotó el límite de recursos (" + why + ")",
             "the query used up its resource limit (" + why + ")"}};
  } catch (const z3::exception& failure) {
    return Failure(failure.msg());
  }
}

bool Solver::Value(Bool a) {
  if (!state_->model) return false;
  try {
    return state_->model->eval(At(*context_.state_, a), true).is_true();
  } catch (const z3::exception& failure) {
    if (state_->error.empty()) state_->error = failure.msg();
    return false;
  }
}

Rational Solver::Value(Int a) {
  if (!state_->model) return {};
  try {
    return ToRational(state_->model->eval(At(*context_.state_, a), true));
  } catch (const z3::exception& failure) {
    if (state_->error.empty()) state_->error = failure.msg();
    return {};
  }
}

Rational Solver::Value(Real a) {
  if (!state_->model) return {};
  try {
    return ToRational(state_->model->eval(At(*context_.state_, a), true));
  } catch (const z3::exception& failure) {
    if (state_->error.empty()) state_->error = failure.msg();
    return {};
  }
}

std::string Z3Version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned build = 0;
  unsigned revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build) + "." +
         std::to_string(revision);
}

std::string ScriptFileName(const std::string& script) {
  constexpr std::size_t kLongest = 120;  // no file system takes a name of any length
  std::string name;
  for (const char c : script.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '.');
    name += plain ? c : '_';
  }
  return name + ".smt2";
}

}  // namespace cotejo::smt
