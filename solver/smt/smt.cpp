#include "solver/smt/smt.h"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "solver/smt/session.h"

namespace cotejo::smt {

namespace {

template <typename Term>
std::vector<std::int32_t> Ids(const std::vector<Term>& terms) {
  std::vector<std::int32_t> ids;
  ids.reserve(terms.size());
  for (Term term : terms) ids.push_back(term.id);
  return ids;
}

}  // namespace

Bool Context::True() { return {terms_.Make(TermOp::True, {})}; }
Bool Context::False() { return {terms_.Make(TermOp::False, {})}; }
Bool Context::BoolVar(const std::string& name) { return {terms_.Variable(TermOp::BoolVar, name)}; }
Bool Context::Not(Bool a) { return {terms_.Make(TermOp::Not, {a.id})}; }
Bool Context::And(const std::vector<Bool>& all) { return {terms_.Make(TermOp::And, Ids(all))}; }
Bool Context::Or(const std::vector<Bool>& any) { return {terms_.Make(TermOp::Or, Ids(any))}; }
Bool Context::Iff(Bool a, Bool b) { return {terms_.Make(TermOp::Iff, {a.id, b.id})}; }

Int Context::IntVar(const std::string& name) { return {terms_.Variable(TermOp::IntVar, name)}; }
Int Context::IntConst(std::int64_t value) { return {terms_.Constant(TermOp::IntConst, value)}; }
Int Context::Add(const std::vector<Int>& all) {
  if (all.empty()) return IntConst(0);
  if (all.size() == 1) return all.front();
  return {terms_.Make(TermOp::Add, Ids(all))};
}
Int Context::Times(std::int64_t factor, Int a) {
  if (factor == 1) return a;
  // A product by a constant stays linear: it is not TermOp::Mul of two unknowns.
  return {terms_.Make(TermOp::Times, {IntConst(factor).id, a.id})};
}
Int Context::Mul(Int a, Int b) { return {terms_.Make(TermOp::Mul, {a.id, b.id})}; }
Int Context::DivFloor(Int a, std::int64_t divisor) {
  return {terms_.Make(TermOp::DivFloor, {a.id, IntConst(divisor).id})};
}
Int Context::Ite(Bool condition, Int then, Int otherwise) {
  return {terms_.Make(TermOp::Ite, {condition.id, then.id, otherwise.id})};
}
Bool Context::Le(Int a, Int b) { return {terms_.Make(TermOp::Le, {a.id, b.id})}; }
Bool Context::Lt(Int a, Int b) { return {terms_.Make(TermOp::Lt, {a.id, b.id})}; }
Bool Context::Eq(Int a, Int b) { return {terms_.Make(TermOp::Eq, {a.id, b.id})}; }

Real Context::RealVar(const std::string& name) { return {terms_.Variable(TermOp::RealVar, name)}; }
Real Context::RealConst(Rational value) { return {terms_.Constant(TermOp::RealConst, value)}; }
Bool Context::Le(Real a, Real b) { return {terms_.Make(TermOp::Le, {a.id, b.id})}; }
Bool Context::Lt(Real a, Real b) { return {terms_.Make(TermOp::Lt, {a.id, b.id})}; }

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

std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

void Solver::NoteCommand(const std::string& command) {
  if (options_.log != nullptr) body_ += command + "\n";
}

void Solver::Note(const char* command, std::int32_t fact) {
  if (options_.log == nullptr) return;
  NoteCommand("(" + std::string(command) + " " + printer_->Print(fact) + ")");
}

void Solver::NoteQuery(const std::string& name, const std::vector<std::int32_t>& assumptions,
                       Answer answer) {
  if (options_.log == nullptr) return;
  NoteCommand("; " + OneLine(name) + ": z3 dice " + AnswerName(answer));
  if (!assumptions.empty()) NoteCommand("(push 1)");
  for (std::int32_t assumption : assumptions) Note("assert", assumption);
  NoteCommand("(check-sat)");
  if (!assumptions.empty()) NoteCommand("(pop 1)");
  queries_.push_back({name, answer});
}

// ---- Solver ----------------------------------------------------------------------

Solver::Solver(Context& context, Options options)
    : context_(context), options_(std::move(options)) {
  if (options_.log != nullptr) printer_ = std::make_unique<Printer>(context_.terms_);
}

Solver::~Solver() {
  if (options_.log == nullptr || queries_.empty()) return;
  options_.log->Add({options_.script,
                     "; " + OneLine(options_.script) + "\n" + printer_->Preamble() + body_,
                     std::move(queries_)});
}

// A scope begins new, told only what was asserted outside: its answers are then the same
// whatever was asked before it.
Session& Solver::Current() {
  std::unique_ptr<Session>& session = depth_ == 0 ? outside_ : scope_;
  if (session == nullptr) {
    session = std::make_unique<Session>(context_.terms_, options_.rlimit,
                                        options_.log == nullptr ? options_.answers : nullptr);
    for (std::int32_t fact : asserted_) session->Assert(fact);
  }
  return *session;
}

void Solver::Assert(Bool fact) {
  Current().Assert(fact.id);
  if (depth_ == 0) asserted_.push_back(fact.id);
  Note("assert", fact.id);
}

void Solver::Push() {
  if (depth_ > 0) scope_->Push();
  ++depth_;
  Current();
  NoteCommand("(push 1)");
}

void Solver::Pop() {
  --depth_;
  if (depth_ == 0) {
    scope_ = nullptr;
  } else {
    scope_->Pop();
  }
  NoteCommand("(pop 1)");
}

Outcome Solver::Check(const std::string& name, const std::vector<Bool>& assumptions) {
  const std::vector<std::int32_t> ids = Ids(assumptions);
  SessionResult result = Current().Check(ids);
  NoteQuery(name, ids, result.outcome.answer);
  model_ = std::move(result.model);
  reading_ = result.outcome.answer == Answer::Sat
                 ? std::make_unique<Reading>(context_.terms_, model_)
                 : nullptr;
  return std::move(result.outcome);
}

Rational Solver::ValueOf(std::int32_t term) {
  return reading_ == nullptr ? Rational() : reading_->Value(term);
}

bool Solver::Value(Bool a) { return !ValueOf(a.id).zero(); }
Rational Solver::Value(Int a) { return ValueOf(a.id); }
Rational Solver::Value(Real a) { return ValueOf(a.id); }

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
