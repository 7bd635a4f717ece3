#include "solver/checks/realise.h"

#include <algorithm>
#include <memory>
#include <set>

#include "solver/checks/asks.h"
#include "solver/checks/box_history.h"
#include "solver/checks/minimise.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/encoding/date_classes.h"

namespace cotejo::checks {

using base::Date;
using base::Text;
using base::Verdict;
using encoding::Cond;
using encoding::HistoryEncoding;
using encoding::Shape;
using rules::Window;

namespace {

// A model the interpreter does not confirm is set aside, this many times at most.
constexpr int kMaxRefinements = 4;

struct Size {
  int months;
  int days;             // of the last month, where the subject is
  int days_before = 1;  // of each month before it
};

// From small to large, so that the first witness found is among the smallest; the last
// ones are the bounds within which "no history" is claimed.
std::vector<Size> Sizes(Window widest) {
  switch (widest) {
    case Window::Fact:
    case Window::Day:
      return {{1, 1}};
    case Window::Month:
      return {{1, 1}, {1, 2}, {1, 3}, {1, 5}, {1, 12}, {1, 31}};
    default:
      return {{1, 1},    {1, 2},  {2, 1},     {1, 3},  {3, 1}, {1, 5},
              {2, 3, 3}, {1, 12}, {3, 12, 2}, {12, 1}, {1, 31}};
  }
}

// The same with the facts that matter only through measures, once the others do not do.
std::vector<Size> SizesWithAllKinds(Window widest) {
  switch (widest) {
    case Window::Fact:
    case Window::Day:
      return {{1, 1}};
    case Window::Month:
      return {{1, 1}, {1, 3}, {1, 12}, {1, 31}};
    default:
      return {{1, 1}, {1, 3}, {3, 1}, {1, 12}, {4, 3, 3}, {12, 1}};
  }
}

Shape MakeShape(const CheckContext& context, Size size, bool all_kinds) {
  Shape shape;
  shape.year = context.year;
  const unsigned first = size.months <= 10 ? kFirstMonth : 1;
  for (int m = 0; m < size.months; ++m) shape.months.push_back(first + static_cast<unsigned>(m));
  shape.days = size.days;
  shape.days_before = size.days_before;
  shape.all_kinds = all_kinds;
  const rules::AttributeId scope = context.rules.holiday_scope;
  if (scope.valid()) {
    const rules::Attribute& attribute = context.rules.attribute(scope);
    const bool given = attribute.initial && !attribute.initial->absent;
    shape.scope = given ? static_cast<int>(attribute.initial->number.num()) : 0;
  }
  return shape;
}

Text DescribeDays(int days) {
  const std::string n = std::to_string(days);
  if (days >= 31) return {" con todos sus días hábiles", " with all working days"};
  if (days == 1) return {" con un día hábil", " with one working day"};
  return {" con " + n + " días hábiles", " with " + n + " working days"};
}

Text DescribeBounds(const Shape& shape, Window widest) {
  const std::string year = std::to_string(shape.year);
  if (widest <= Window::Day) {
    return {"un día de la gestión " + year, "one day of " + year};
  }
  const Text days = DescribeDays(shape.days);
  Text where = {"un mes" + days.es, "one month" + days.en};
  if (shape.months.size() > 1) {
    const std::string months = std::to_string(shape.months.size());
    const Text before = DescribeDays(shape.days_before);
    where = {months + " meses, el último" + days.es + " y los otros" + before.es,
             months + " months, the last one" + days.en + " and the others" + before.en};
  }
  return {"gestión " + year + ", " + where.es + ", un hecho de cada clase por tramo",
          "year " + year + ", " + where.en + ", one fact of each kind a shift"};
}

// ---- One encoding ----------------------------------------------------------------

// Leaves the solver with a plain model of what it found satisfiable: facts of one kind alone
// and everybody as declared; or one of the two; or any.
void TakePlainest(HistoryEncoding& encoding, const std::string& name) {
  const smt::Bool declared = encoding.algebra().Term(encoding.AttributesAsDeclared());
  const auto holds = [&](const std::string& how, const std::vector<smt::Bool>& plain) {
    return encoding.solver().Check(name + how, plain).answer == smt::Answer::Sat;
  };
  std::vector<smt::Bool> kinds;
  for (rules::FactKindId kind : encoding.SlotKinds()) {
    kinds.push_back(encoding.algebra().Term(encoding.OnlyKind(kind)));
  }
  if (kinds.size() > 1) {
    for (const smt::Bool& kind : kinds) {
      if (holds(" (una clase de hecho, datos iniciales)", {kind, declared})) return;
    }
    for (const smt::Bool& kind : kinds) {
      if (holds(" (una clase de hecho)", {kind})) return;
    }
  }
  if (!holds(" (datos iniciales)", {declared})) encoding.solver().Check(name);
}

// Tries one question on one encoding. True when it is settled: found, or given up.
bool TryQuestion(const CheckContext& context, const rules::Family& family,
                 const std::vector<rules::Step>& steps, Asks& asks, const Question& question,
                 HistoryEncoding& encoding, Reply& reply) {
  for (int target : encoding.targets()) {
    const Cond asked = asks.Ask(question, encoding, target);
    if (!encoding.unsupported().empty()) return false;
    if (asks.circular()) {
      reply.verdict = Verdict::Unsupported;
      reply.reason = {"las reglas de la familia prevalecen unas sobre otras en círculo",
                      "the rules of the family prevail over one another in a circle"};
      return true;
    }
    if (asked.IsFalse()) continue;
    smt::Solver& solver = encoding.solver();
    solver.Push();
    solver.Assert(encoding.algebra().Term(asked));
    for (int attempt = 0;; ++attempt) {
      const smt::Outcome outcome = solver.Check(question.name);
      if (outcome.answer == smt::Answer::Unsat) break;
      if (outcome.answer == smt::Answer::Unknown) {
        reply.verdict = Verdict::Unknown;
        reply.reason = outcome.reason;
        solver.Pop();
        return true;
      }
      TakePlainest(encoding, question.name);
      Found found;
      found.history = encoding.Witness();
      found.result = evaluation::Evaluate(context.rules, context.families, found.history);
      if (const auto sighting = Confirm(context, family, question, found.history, found.result)) {
        found.sighting = *sighting;
        solver.Pop();
        Minimise(context, family, question, steps, found);
        reply.verdict = Verdict::Refuted;
        reply.found = std::move(found);
        return true;
      }
      if (attempt + 1 >= kMaxRefinements) {
        reply.verdict = Verdict::Unknown;
        reply.reason = {"el intérprete no confirma las historias que propone el demostrador",
                        "the interpreter does not confirm the histories the prover proposes"};
        solver.Pop();
        return true;
      }
      solver.Assert(encoding.algebra().Term(encoding.OtherThanModel()));
    }
    solver.Pop();
  }
  return false;
}

// Whether any history of the shape has the subject: nothing is proved from the absurd.
smt::Outcome DomainHolds(HistoryEncoding& encoding, const rules::Family& family,
                         const rules::Ruleset& rules) {
  std::vector<Cond> any;
  for (int target : encoding.targets()) any.push_back(encoding.root(target).exists);
  const Cond exists = encoding.algebra().Or(any);
  if (exists.IsFalse()) return {smt::Answer::Unsat, {}};
  return encoding.solver().Check("supuestos " + rules.kind(family.root.kind).name,
                                 {encoding.algebra().Term(exists)});
}

class Search {
 public:
  Search(const CheckContext& context, const rules::Family& family,
         const std::vector<Question>& questions)
      : context_(context),
        family_(family),
        questions_(questions),
        cone_(ConeOfQuestions(context, family, questions)),
        steps_(encoding::StepsOf(context.rules, cone_)),
        asks_(context, family),
        histories_(context, family),
        replies_(questions.size()),
        settled_(questions.size(), false) {}

  std::vector<Reply> Run() {
    for (std::size_t q = 0; q < questions_.size(); ++q) Guess(q, BoxesOf(questions_[q]));
    inhabited_ = Done() || Inhabited();
    for (Size size : Sizes(cone_.widest)) {
      if (!Done()) TryShape(MakeShape(context_, size, false));
    }
    if (HasFarKinds()) {
      for (Size size : SizesWithAllKinds(cone_.widest)) {
        if (!Done()) TryShape(MakeShape(context_, size, true));
      }
    }
    if (!Done()) TryWhatCrowds();
    if (!Done()) TryOtherDates();
    if (!Done()) TryChanges();
    if (!Done()) TryEarlierYear();
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (!settled_[q]) Conclude(questions_[q], replies_[q]);
    }
    return std::move(replies_);
  }

 private:
  // What a question asks of the values of its root, when it says so.
  std::vector<rules::Box> BoxesOf(const Question& question) const {
    if (question.kind == Question::Kind::Gap) return {rules::Box{AtomsOf(question.region)}};
    std::vector<rules::Box> boxes;
    for (const auto& [a, b] : question.pairs) {
      const auto both =
          Meet(context_.rules, family_, family_.rules[a].boxes, family_.rules[b].boxes);
      boxes.insert(boxes.end(), both.begin(), both.end());
    }
    return boxes;
  }

  // A history made from those values may already show it: the solver is asked when none does.
  void Guess(std::size_t q, const std::vector<rules::Box>& boxes) {
    const Question& question = questions_[q];
    for (const rules::Box& box : boxes) {
      settled_[q] = histories_.AnyOf(box, [&](const evaluation::History& history) {
        Found found{history, evaluation::Evaluate(context_.rules, context_.families, history), {}};
        const auto sighting = Confirm(context_, family_, question, found.history, found.result);
        if (!sighting) return false;
        found.sighting = *sighting;
        Minimise(context_, family_, question, steps_, found);
        replies_[q] = {
            Verdict::Refuted, {}, BoundsOfMaking(context_), "intérprete", std::move(found)};
        return true;
      });
      if (settled_[q]) return;
    }
  }

  // Whether a plain history has the subject: then the solver is not asked whether any has.
  bool Inhabited() const {
    Question question;
    question.kind = Question::Kind::Inhabited;
    return histories_.AnyOf({}, [&](const evaluation::History& history) {
      const auto result = evaluation::Evaluate(context_.rules, context_.families, history, steps_);
      return Confirm(context_, family_, question, history, result).has_value();
    });
  }

  bool Done() const {
    return std::all_of(settled_.begin(), settled_.end(), [](bool done) { return done; });
  }

  // Some kinds matter only through measures: they come in after the subject's own.
  bool HasFarKinds() const {
    for (std::size_t k = 0; k < cone_.kinds.size(); ++k) {
      const rules::FactKind& kind = context_.rules.fact_kinds[k];
      if (cone_.kinds[k] && !cone_.near_kinds[k] && !kind.derived && !kind.is_sanction &&
          kind.periodicity == rules::Periodicity::None) {
        return true;
      }
    }
    return false;
  }

  // What needs more days than the month looked at has is looked for in histories made for it, and
  // in the month that has most.
  void TryWhatCrowds() {
    if (cone_.widest < Window::Month) return;
    bool crowds = false;
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (settled_[q] || !Crowds(questions_[q])) continue;
      if (questions_[q].kind == Question::Kind::One) Guess(q, WaysOf(questions_[q]));
      crowds = crowds || !settled_[q];
    }
    const unsigned longest = LongestMonth(context_);
    if (!crowds || longest == kFirstMonth) return;
    also_ = {", también en el mes con más días hábiles",
             ", in the month with most working days too"};
    Shape shape = MakeShape(context_, {1, 31}, HasFarKinds());
    shape.months = {longest};
    TryShape(shape);
  }

  // What the ways to the rule asked about ask.
  std::vector<rules::Box> WaysOf(const Question& question) const {
    std::vector<rules::Box> boxes;
    for (std::size_t at : question.positions) {
      const auto& own = family_.rules[at].boxes;
      boxes.insert(boxes.end(), own.begin(), own.end());
    }
    return boxes;
  }

  bool Crowds(const Question& question) const {
    const bool one = question.kind == Question::Kind::One;
    const std::vector<rules::Box> boxes = one ? WaysOf(question) : BoxesOf(question);
    return std::any_of(boxes.begin(), boxes.end(),
                       [&](const rules::Box& box) { return histories_.Crowds(box); });
  }

  // What was looked for in one month is looked for on each date that the rules tell apart.
  void TryOtherDates() {
    Shape shape = MakeShape(context_, {1, 31}, HasFarKinds());
    const encoding::DateClasses classes =
        encoding::ClassesOf(context_.rules, cone_, context_.year, shape.scope);
    if (!classes.Any()) return;
    constexpr std::size_t kMost = 40;
    if (classes.days.size() > kMost) {
      const std::string count = std::to_string(classes.days.size());
      GiveUp(Verdict::Unknown,
             {"las reglas distinguen " + count + " clases de fecha, y no se miran todas",
              "the rules tell " + count + " classes of dates apart, and not all are looked at"});
      return;
    }
    also_.es += ", en cada fecha que las reglas distinguen";
    also_.en += ", on each date that the rules tell apart";
    const bool earlier = cone_.widest > Window::Month;
    const auto before = [&](Date date) {
      std::vector<Date> days;
      for (const auto& day : classes.days) {
        if (earlier && day.first < date) days.push_back(day.first);
      }
      return days;
    };
    const rules::FactKind& root = context_.rules.kind(family_.root.kind);
    if (family_.root.window > Window::Month ||
        root.periodicity == rules::Periodicity::EachGestion) {
      shape = MakeShape(context_, {12, 1}, HasFarKinds());
      shape.also = before(Date(context_.year + 1, 1, 1));
      TryShape(shape);
    } else if (family_.root.window == Window::Month ||
               root.periodicity == rules::Periodicity::EachMonth) {
      for (unsigned month : classes.months) {
        if (Done()) return;
        shape.months = {month};
        shape.also = before(Date(context_.year, month, 1));
        TryShape(shape);
      }
    } else {
      for (const auto& day : classes.days) {
        if (Done()) return;
        shape.months = {day.last.month()};
        shape.last = day.last;
        shape.days = cone_.widest <= Window::Day ? 1 : 31;
        shape.also = before(day.last);
        TryShape(shape);
      }
    }
  }

  // What was looked for in who is the same all year is looked for in who changes.
  void TryChanges() {
    if (!encoding::AttributesMayChange(context_.rules, cone_)) return;
    also_.es += ", con los datos de la persona iguales todo el año o cambiados una vez";
    also_.en += ", with what the person is the same all year or changed once";
    for (Size size : {Size{1, 31}, Size{12, 1}}) {
      if (Done() || (size.months > 1 && cone_.widest <= Window::Month)) return;
      Shape shape = MakeShape(context_, size, HasFarKinds());
      shape.changes = true;
      TryShape(shape);
    }
  }

  // A count over the whole career also sees what came before the year.
  void TryEarlierYear() {
    if (cone_.widest < Window::Career) return;
    also_.es += ", con los dos últimos días hábiles de la gestión anterior";
    also_.en += ", with the last two working days of the year before";
    for (int later = 0; later <= 1 && !Done(); ++later) {
      // The year before may not have been under these rules.
      Shape shape = MakeShape(context_, {1, 31}, HasFarKinds());
      shape.year += later;
      const std::vector<Date> days = context_.rules.calendar.WorkingDays(
          Date(shape.year - 1, 12, 1), Date(shape.year - 1, 12, 31), "nacional");
      const std::size_t count = std::min<std::size_t>(2, days.size());
      shape.also.assign(days.end() - static_cast<std::ptrdiff_t>(count), days.end());
      TryShape(shape);
    }
  }

  void TryShape(const Shape& shape) {
    HistoryEncoding encoding(context_.rules, context_.families, family_, cone_, shape,
                             SolverOptions(context_, ScriptName(shape)));
    bounds_ = DescribeBounds(shape, cone_.widest);
    bounds_.es += also_.es;
    bounds_.en += also_.en;
    if (!encoding.unsupported().empty()) {
      GiveUp(Verdict::Unsupported, encoding.unsupported());
      return;
    }
    if (!inhabited_) {
      const smt::Outcome domain = DomainHolds(encoding, family_, context_.rules);
      if (domain.answer == smt::Answer::Unknown) GiveUp(Verdict::Unknown, domain.reason);
      if (domain.answer != smt::Answer::Sat) return;
      inhabited_ = true;
    }
    asks_.Begin();
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (settled_[q]) continue;
      settled_[q] =
          TryQuestion(context_, family_, steps_, asks_, questions_[q], encoding, replies_[q]);
      if (settled_[q]) replies_[q].bounds = bounds_;
      if (!encoding.unsupported().empty()) {
        GiveUp(Verdict::Unsupported, encoding.unsupported());
        return;
      }
    }
  }

  // Unique among the solvers of a run: the shape, and the first question put to it.
  std::string ScriptName(const Shape& shape) const {
    const std::string date = shape.last ? shape.last->str() : std::to_string(shape.months.back());
    return questions_.front().name + "/" + DescribeBounds(shape, cone_.widest).es +
           (shape.all_kinds ? " (todas las clases)" : "") +
           (also_.empty() ? "" : also_.es + " " + date);
  }

  void GiveUp(Verdict verdict, const base::Text& reason) {
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (settled_[q]) continue;
      settled_[q] = true;
      replies_[q].verdict = verdict;
      replies_[q].reason = reason;
      replies_[q].bounds = bounds_;
    }
  }

  void Conclude(const Question& question, Reply& reply) const {
    reply.bounds = bounds_;
    // That nothing is there at all answers whether something is.
    const bool existence =
        question.kind == Question::Kind::Inhabited || question.kind == Question::Kind::One ||
        (question.kind == Question::Kind::Characterised && question.first == question.second);
    if (inhabited_ || existence) {
      reply.verdict = Verdict::Proved;
      return;
    }
    reply.verdict = Verdict::Unknown;
    reply.reason = {
        "ninguna historia de las cotas tiene este sujeto, y de lo absurdo nada se prueba",
        "no history within the bounds has this subject, and nothing is proved from the "
        "absurd"};
  }

  const CheckContext& context_;
  const rules::Family& family_;
  const std::vector<Question>& questions_;
  encoding::Cone cone_;
  std::vector<rules::Step> steps_;
  Asks asks_;
  BoxHistories histories_;
  std::vector<Reply> replies_;
  std::vector<bool> settled_;
  base::Text bounds_;
  base::Text also_;  // what is looked at besides
  bool inhabited_ = false;
};

}  // namespace

encoding::Cone ConeOfQuestions(const CheckContext& context, const rules::Family& family,
                               const std::vector<Question>& questions) {
  encoding::Cone cone = encoding::ConeOf(context.rules, family);
  std::set<rules::Subject> others;
  for (const Question& question : questions) {
    if (question.kind == Question::Kind::Twice) others.insert({question.one, question.two});
  }
  for (const rules::Family& other : context.families.families) {
    if (others.contains(other.root)) {
      encoding::Join(cone, encoding::ConeOf(context.rules, other));
    }
  }
  return cone;
}

bool WholeYear(const CheckContext& context, rules::NormId norm,
               const std::optional<base::Date>& from, const std::optional<base::Date>& to) {
  return evaluation::InForce(context.rules, norm, from, to, base::Date(context.year, 1, 1)) &&
         evaluation::InForce(context.rules, norm, from, to, base::Date(context.year, 12, 31));
}

std::vector<Reply> Realise(const CheckContext& context, const rules::Family& family,
                           const std::vector<Question>& questions) {
  try {
    return Search(context, family, questions).Run();
  } catch (const base::ArithmeticError& error) {
    Reply reply;
    reply.verdict = Verdict::Unknown;
    reply.reason = {
        std::string("el cálculo no cabe en números exactos (") + error.what() + ")",
        std::string("the computation does not fit in exact numbers (") + error.what() + ")"};
    return std::vector<Reply>(questions.size(), reply);
  }
}

}  // namespace cotejo::checks
