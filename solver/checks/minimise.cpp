#include "solver/checks/minimise.h"

#include <algorithm>
#include <set>

#include "solver/checks/histories.h"
#include "solver/checks/kind_paths.h"

namespace cotejo::checks {

using base::Rational;

namespace {

class Reduction {
 public:
  Reduction(const CheckContext& context, const rules::Family& family, const Question& question,
            const std::vector<rules::Step>& steps, const evaluation::History& history)
      : context_(context), family_(family), question_(question), steps_(steps), history_(history) {}

  evaluation::History Run() {
    // With what is left made plainer, a fact that was needed may be so no longer.
    do {
      Pass();
    } while (DropFacts());
    return std::move(history_);
  }

 private:
  void Pass() {
    DropFacts();
    DropAttributes();
    UsePlainKinds();
    SetPlainFields();
    RoundTimes();
    LowerFields();
  }

  bool Shows(const evaluation::History& history) const {
    const evaluation::Result result =
        evaluation::Evaluate(context_.rules, context_.families, history, steps_);
    return Confirm(context_, family_, question_, history, result).has_value();
  }

  bool Keep(evaluation::History history) {
    if (!Shows(history)) return false;
    history_ = std::move(history);
    return true;
  }

  const rules::Field& FieldOf(std::size_t fact, std::size_t field) const {
    return context_.rules.kind(history_.facts[fact].kind).fields[field];
  }

  template <typename Act>
  void ForEachField(Act act) {
    for (std::size_t i = 0; i < history_.facts.size(); ++i) {
      for (std::size_t f = 0; f < history_.facts[i].fields.size(); ++f) act(i, f);
    }
  }

  evaluation::History With(std::size_t fact, std::size_t field, Rational value) const {
    evaluation::History other = history_;
    other.facts[fact].fields[field] = {value, false};
    return other;
  }

  // Whether any could be spared.
  bool DropFacts() {
    const std::size_t before = history_.facts.size();
    for (std::size_t i = 0; i < history_.facts.size();) {
      evaluation::History smaller = history_;
      smaller.facts.erase(smaller.facts.begin() + static_cast<std::ptrdiff_t>(i));
      if (!Keep(std::move(smaller))) ++i;
    }
    return history_.facts.size() < before;
  }

  void DropAttributes() {
    for (std::size_t a = 0; a < history_.attributes.size(); ++a) {
      if (history_.attributes[a].empty()) continue;
      evaluation::History smaller = history_;
      smaller.attributes[a].clear();
      Keep(std::move(smaller));
    }
  }

  // Whether some qualification makes the same of a fact of either kind.
  bool BecomeTheSame(rules::FactKindId a, rules::FactKindId b) const {
    const auto& all = context_.rules.qualifications;
    const auto of = [](rules::FactKindId kind) {
      return [kind](const rules::Qualification& by) {
        return by.subject.kind == kind && by.subject.window == rules::Window::Fact;
      };
    };
    return std::any_of(all.begin(), all.end(), [&](const rules::Qualification& one) {
      return of(a)(one) &&
             std::any_of(all.begin(), all.end(), [&](const rules::Qualification& two) {
               return of(b)(two) && two.target == one.target;
             });
    });
  }

  // An absence told as such rather than as something else that counts as one: the facts of a
  // kind with more to say are those of one with less where the same is made of both.
  void UsePlainKinds() {
    std::set<rules::FactKindId> kinds;
    for (const evaluation::Fact& fact : history_.facts) kinds.insert(fact.kind);
    for (rules::FactKindId kind : kinds) {
      for (std::size_t k = 0; k < context_.rules.fact_kinds.size(); ++k) {
        const rules::FactKindId other(static_cast<std::int64_t>(k));
        const rules::FactKind& plain = context_.rules.kind(other);
        const rules::FactKind& own = context_.rules.kind(kind);
        if (!Primitive(plain) || plain.placement != own.placement ||
            plain.fields.size() >= own.fields.size() || !BecomeTheSame(kind, other)) {
          continue;
        }
        evaluation::History plainer = history_;
        for (evaluation::Fact& fact : plainer.facts) {
          if (fact.kind != kind) continue;
          fact.kind = other;
          fact.fields = PlainFields(context_.rules, other);
        }
        const bool may = MayHappen(context_.rules, plainer.facts);
        if (may && Keep(std::move(plainer))) break;
      }
    }
  }

  // Fields that do not matter take their declared initial value.
  void SetPlainFields() {
    ForEachField([&](std::size_t i, std::size_t f) {
      const rules::Field& field = FieldOf(i, f);
      if (field.initial && *field.initial != history_.facts[i].fields[f]) {
        evaluation::History plainer = history_;
        plainer.facts[i].fields[f] = *field.initial;
        Keep(std::move(plainer));
      }
    });
  }

  void RoundTimes() {
    ForEachField([&](std::size_t i, std::size_t f) {
      const rules::Value value = history_.facts[i].fields[f];
      if (FieldOf(i, f).type.base != rules::Base::TimeOfDay || value.absent) return;
      if (value.number.whole()) return;
      for (Rational rounded : {Rational(value.number.floor()), Rational(value.number.ceil())}) {
        evaluation::History other = With(i, f, rounded);
        if (MayHappen(context_.rules, other.facts) && Keep(std::move(other))) return;
      }
    });
  }

  // The unit in which a number is brought down; 0: it is left as it is.
  Rational UnitOf(const rules::Field& field, Rational value) const {
    switch (field.type.base) {
      case rules::Base::TimeOfDay:
      case rules::Base::Minutes:
        if (value.whole() && (field.step.zero() || (Rational(1) / field.step).whole())) return 1;
        return field.step;
      case rules::Base::Count:
      case rules::Base::Days:
      case rules::Base::Bolivianos:
        return field.step.zero() && value.whole() ? Rational(1) : field.step;
      default:
        return 0;
    }
  }

  // Where the number starts from: a time of day, from the entry of its shift.
  std::optional<Rational> LeastOf(std::size_t i, std::size_t f) const {
    const rules::Field& field = FieldOf(i, f);
    if (field.type.base != rules::Base::TimeOfDay) return field.low.value_or(Rational(0));
    const evaluation::Fact& fact = history_.facts[i];
    const int schedule = evaluation::ScheduleOn(context_.rules, history_, fact.date);
    if (schedule < 0 || fact.shift < 1) return std::nullopt;
    const auto& shifts = context_.rules.schedules[static_cast<std::size_t>(schedule)].shifts;
    const auto shift = static_cast<std::size_t>(fact.shift) - 1;
    return shift < shifts.size() ? std::optional(shifts[shift].entry) : std::nullopt;
  }

  // The least value by bisection: right where more of it never unmakes what is shown, and
  // elsewhere still a value that shows it. A time that could be the entry itself is not what
  // the finding is about, or is worse the earlier it is: it stays.
  void LowerFields() {
    ForEachField([&](std::size_t i, std::size_t f) {
      const rules::Field& field = FieldOf(i, f);
      const rules::Value value = history_.facts[i].fields[f];
      if (value.absent || (field.initial && *field.initial == value)) return;
      const Rational unit = UnitOf(field, value.number);
      const std::optional<Rational> least = LeastOf(i, f);
      if (!least || unit.zero() || !(value.number / unit).whole()) return;
      std::int64_t low = (*least / unit).ceil();
      std::int64_t high = (value.number / unit).floor();
      const bool time = field.type.base == rules::Base::TimeOfDay;
      if (low >= high || (time && Shows(With(i, f, unit * Rational(low))))) return;
      while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (Keep(With(i, f, unit * Rational(middle)))) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
    });
  }

  const CheckContext& context_;
  const rules::Family& family_;
  const Question& question_;
  const std::vector<rules::Step>& steps_;
  evaluation::History history_;
};

}  // namespace

void Minimise(const CheckContext& context, const rules::Family& family, const Question& question,
              const std::vector<rules::Step>& steps, Found& found) {
  Found smaller;
  smaller.history = Reduction(context, family, question, steps, found.history).Run();
  smaller.result = evaluation::Evaluate(context.rules, context.families, smaller.history);
  const auto sighting = Confirm(context, family, question, smaller.history, smaller.result);
  if (!sighting) return;
  smaller.sighting = *sighting;
  found = std::move(smaller);
}

}  // namespace cotejo::checks
