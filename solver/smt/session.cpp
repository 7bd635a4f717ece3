#include "solver/smt/session.h"

#include <z3++.h>

#include <utility>

namespace cotejo::smt {

namespace {

// Variables go by their names, or by their turn: what Z3 answers then depends on no name.
enum class Naming { Names, Turns };

// Terms as one Z3 context has them: each made once, when first said, its arguments before it.
class Translation {
 public:
  Translation(const Terms& terms, Naming naming) : terms_(terms), naming_(naming) {
    Z3_set_ast_print_mode(z3_, Z3_PRINT_SMTLIB2_COMPLIANT);
  }

  z3::context& z3() { return z3_; }

  const z3::expr& Of(std::int32_t id) {
    const auto index = static_cast<std::size_t>(id);
    if (place_.size() < terms_.size()) place_.resize(terms_.size(), -1);
    if (place_[index] < 0) {
      const TermNode& node = terms_.at(id);
      for (std::uint32_t k = 0; k < node.count; ++k) Of(terms_.argument(node, k));
      made_.push_back(Make(node));
      place_[index] = static_cast<std::int32_t>(made_.size() - 1);
      if (IsVariable(node.op)) variables_.push_back(id);
      Note(node.op);
    }
    return made_[static_cast<std::size_t>(place_[index])];
  }

  [[nodiscard]] z3::expr_vector All(const std::vector<std::int32_t>& ids) {
    z3::expr_vector all(z3_);
    for (std::int32_t id : ids) all.push_back(Of(id));
    return all;
  }

  // In the order in which they were first said.
  [[nodiscard]] const std::vector<std::int32_t>& variables() const { return variables_; }

  // The smallest logic with every sort and operation said.
  [[nodiscard]] std::string Logic() const {
    const char* arithmetic = !reals_ ? "IA" : integers_ ? "IRA" : "RA";
    return std::string(products_ ? "QF_N" : "QF_L") + arithmetic;
  }

 private:
  void Note(TermOp op) {
    integers_ = integers_ || op == TermOp::IntVar;
    reals_ = reals_ || op == TermOp::RealVar;
    products_ = products_ || op == TermOp::Mul;
  }

  z3::symbol SymbolOf(const TermNode& node) {
    return naming_ == Naming::Names ? z3_.str_symbol(terms_.name(node).c_str())
                                    : z3_.int_symbol(static_cast<int>(variables_.size()));
  }

  z3::expr Make(const TermNode& node) {
    const auto arg = [&](std::uint32_t k) { return Of(terms_.argument(node, k)); };
    const auto all = [&] {
      z3::expr_vector arguments(z3_);
      for (std::uint32_t k = 0; k < node.count; ++k) arguments.push_back(arg(k));
      return arguments;
    };
    switch (node.op) {
      case TermOp::True:
        return z3_.bool_val(true);
      case TermOp::False:
        return z3_.bool_val(false);
      case TermOp::BoolVar:
        return z3_.constant(SymbolOf(node), z3_.bool_sort());
      case TermOp::Not:
        return !arg(0);
      case TermOp::And:
        return z3::mk_and(all());
      case TermOp::Or:
        return z3::mk_or(all());
      case TermOp::Iff:
      case TermOp::Eq:
        return arg(0) == arg(1);
      case TermOp::IntVar:
        return z3_.constant(SymbolOf(node), z3_.int_sort());
      case TermOp::IntConst:
        return z3_.int_val(node.value.num());
      case TermOp::Add:
        return z3::sum(all());
      case TermOp::Times:
      case TermOp::Mul:
        return arg(0) * arg(1);
      case TermOp::DivFloor:
        // SMT-LIB division rounds down when the divisor is positive.
        return arg(0) / arg(1);
      case TermOp::Ite:
        return z3::ite(arg(0), arg(1), arg(2));
      case TermOp::Le:
        return arg(0) <= arg(1);
      case TermOp::Lt:
        return arg(0) < arg(1);
      case TermOp::RealVar:
        return z3_.constant(SymbolOf(node), z3_.real_sort());
      case TermOp::RealConst: {
        const std::string text =
            std::to_string(node.value.num()) + "/" + std::to_string(node.value.den());
        return z3_.real_val(text.c_str());
      }
    }
    return z3_.bool_val(false);
  }

  const Terms& terms_;
  Naming naming_;
  z3::context z3_;
  std::vector<z3::expr> made_;
  std::vector<std::int32_t> place_;  // of each term, in made_; -1: not made
  std::vector<std::int32_t> variables_;
  bool integers_ = false, reals_ = false, products_ = false;
};

ModelValue ValueOf(const z3::expr& value) {
  if (value.is_bool()) return {true, Rational(value.is_true() ? 1 : 0)};
  if (!value.is_numeral()) return {};
  const z3::expr num = value.is_int() ? value : value.numerator();
  const z3::expr den = value.is_int() ? value.ctx().int_val(1) : value.denominator();
  std::int64_t n = 0;
  std::int64_t d = 1;
  if (!num.is_numeral_i64(n) || !den.is_numeral_i64(d)) return {false, {}};
  return {true, {n, d}};
}

Model ModelOf(Translation& said, const z3::model& model) {
  Model values;
  for (std::int32_t variable : said.variables()) {
    const ModelValue value = ValueOf(model.eval(said.Of(variable), true));
    if (!value.fits || !value.value.zero()) {
      values.emplace(variable, value);
    }
  }
  return values;
}

Outcome Failure(const std::string& message) {
  return {Answer::Unknown, {"el demostrador falló: " + message, "the prover failed: " + message}};
}

}  // namespace

struct Session::Z3Side {
  Z3Side(const Terms& terms, std::uint64_t rlimit)
      : said(terms, Naming::Turns), solver(said.z3(), z3::solver::simple()) {
    z3::params params(said.z3());
    if (rlimit > 0) params.set("rlimit", static_cast<unsigned>(rlimit));
    // Decide "absent" first, so that witnesses come out with few facts.
    params.set("phase_selection", 0U);
    // Or else Z3 takes Ctrl-C for itself during each question: it would end that one and nothing
    // more, and with two threads the handler left behind is of a question that is over.
    params.set("ctrl_c", false);
    solver.set(params);
  }
  Translation said;
  z3::solver solver;
};

Session::Session(const Terms& terms, std::uint64_t rlimit, Answers* answers)
    : terms_(terms), rlimit_(rlimit), answers_(answers), relevance_(terms) {
  said_.Add(rlimit_);
}

Session::~Session() = default;

void Session::Tell(Command::Kind kind, std::vector<std::int32_t> terms) {
  said_.Add(static_cast<std::uint64_t>(kind));
  said_.Add(terms.size());
  for (std::int32_t term : terms) said_.Add(SaidAs(term));
  commands_.push_back({kind, std::move(terms)});
}

// What a term says, whatever its variables are called: by their turn in what has been said.
const Digest& Session::SaidAs(std::int32_t id) {
  const auto index = static_cast<std::size_t>(id);
  if (said_as_.size() < terms_.size()) said_as_.resize(terms_.size());
  if (said_as_[index]) return *said_as_[index];
  const TermNode& node = terms_.at(id);
  Digest digest;
  digest.Add(static_cast<std::uint64_t>(node.op));
  if (IsVariable(node.op)) {
    digest.Add(variables_.size());
    variables_.push_back(id);
  } else {
    digest.Add(static_cast<std::uint64_t>(node.value.num()));
    digest.Add(static_cast<std::uint64_t>(node.value.den()));
    digest.Add(node.count);
    for (std::uint32_t k = 0; k < node.count; ++k) digest.Add(SaidAs(terms_.argument(node, k)));
  }
  said_as_[index] = digest;
  return *said_as_[index];
}

// A model with each variable by its turn, and with each as this context has it.
Model Session::ByTurn(const Model& model) const {
  Model values;
  for (std::size_t turn = 0; turn < variables_.size(); ++turn) {
    const auto value = model.find(variables_[turn]);
    if (value != model.end()) values.emplace(static_cast<std::int32_t>(turn), value->second);
  }
  return values;
}

Model Session::ByTerm(const Model& by_turn) const {
  Model values;
  for (const auto& [turn, value] : by_turn) {
    values.emplace(variables_.at(static_cast<std::size_t>(turn)), value);
  }
  return values;
}

void Session::Assert(std::int32_t fact) {
  relevance_.Add(fact);
  told_.resize(relevance_.mark(), kUntold);
}

void Session::Push() {
  levels_.push_back(relevance_.mark());
  Tell(Command::Kind::Push, {});
}

// What was told inside is forgotten, though it was given before: it is told again when needed.
void Session::Pop() {
  relevance_.TakeBack(levels_.back());
  levels_.pop_back();
  told_.resize(relevance_.mark());
  for (int& level : told_) {
    if (level > static_cast<int>(levels_.size())) level = kUntold;
  }
  Tell(Command::Kind::Pop, {});
}

SessionResult Session::Check(const std::vector<std::int32_t>& assumptions) {
  Relevance::Needed needed = relevance_.For(assumptions);
  for (std::size_t fact : needed.facts) {
    if (told_[fact] != kUntold) continue;
    told_[fact] = static_cast<int>(levels_.size());
    Tell(Command::Kind::Assert, {relevance_.fact(fact)});
  }
  Tell(Command::Kind::Check, std::move(needed.assumptions));
  if (answers_ != nullptr) {
    if (auto kept = answers_->Find(said_)) {
      return {{kept->sat ? Answer::Sat : Answer::Unsat, {}}, ByTerm(kept->model)};
    }
  }
  SessionResult result = Ask();
  if (answers_ != nullptr && result.outcome.answer != Answer::Unknown) {
    answers_->Keep(said_, {result.outcome.answer == Answer::Sat, ByTurn(result.model)});
  }
  return result;
}

// Tells Z3 all that it was not told yet, earlier questions too: what it answers to one may
// depend on those before.
SessionResult Session::Ask() {
  SessionResult last;
  try {
    if (z3_ == nullptr) z3_ = std::make_unique<Z3Side>(terms_, rlimit_);
    for (; executed_ < commands_.size(); ++executed_) last = Run(commands_[executed_]);
  } catch (const z3::exception& failure) {
    executed_ = 0;
    z3_ = nullptr;
    return {Failure(failure.msg()), {}};
  }
  return last;
}

SessionResult Session::Run(const Command& command) {
  z3::solver& solver = z3_->solver;
  switch (command.kind) {
    case Command::Kind::Assert:
      solver.add(z3_->said.Of(command.terms.front()));
      return {};
    case Command::Kind::Push:
      solver.push();
      return {};
    case Command::Kind::Pop:
      solver.pop();
      return {};
    case Command::Kind::Check:
      break;
  }
  switch (solver.check(z3_->said.All(command.terms))) {
    case z3::sat:
      return {{Answer::Sat, {}}, ModelOf(z3_->said, solver.get_model())};
    case z3::unsat:
      return {{Answer::Unsat, {}}, {}};
    case z3::unknown:
      break;
  }
  const std::string why = solver.reason_unknown();
  return {{Answer::Unknown,
           {"la consulta agotó el límite de recursos (" + why + ")",
            "the query used up its resource limit (" + why + ")"}},
          {}};
}

// ---- Printing --------------------------------------------------------------------

struct Printer::State {
  explicit State(const Terms& terms) : said(terms, Naming::Names) {}
  Translation said;
};

Printer::Printer(const Terms& terms) : state_(std::make_unique<State>(terms)) {}
Printer::~Printer() = default;

std::string Printer::Print(std::int32_t term) { return state_->said.Of(term).to_string(); }

std::string Printer::Preamble() const {
  std::string text = "(set-logic " + state_->said.Logic() + ")\n";
  for (std::int32_t variable : state_->said.variables()) {
    text += state_->said.Of(variable).decl().to_string() + "\n";
  }
  return text;
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

}  // namespace cotejo::smt
