#include "solver/checks/minimise.h"

#include <algorithm>

namespace cotejo::checks {

namespace {

class Reduction {
 public:
  Reduction(const CheckContext& context, const rules::Family& family, const Question& question,
            Found& found)
      : context_(context), family_(family), question_(question), found_(found) {}

  void Run() {
    DropFacts();
    DropAttributes();
    SetPlainFields();
    RoundTimes();
  }

 private:
  bool Keep(evaluation::History history) {
    evaluation::Result result = evaluation::Evaluate(context_.rules, context_.families, history);
    const auto sighting = Confirm(context_, family_, question_, result);
    if (!sighting) return false;
    found_ = {std::move(history), std::move(result), *sighting};
    return true;
  }

  void DropFacts() {
    for (std::size_t i = 0; i < found_.history.facts.size();) {
      evaluation::History smaller = found_.history;
      smaller.facts.erase(smaller.facts.begin() + static_cast<std::ptrdiff_t>(i));
      if (!Keep(std::move(smaller))) ++i;
    }
  }

  void DropAttributes() {
    for (std::size_t a = 0; a < found_.history.attributes.size(); ++a) {
      if (found_.history.attributes[a].empty()) continue;
      evaluation::History smaller = found_.history;
      smaller.attributes[a].clear();
      Keep(std::move(smaller));
    }
  }

  // Fields that do not matter take their declared initial value.
  void SetPlainFields() {
    for (std::size_t i = 0; i < found_.history.facts.size(); ++i) {
      const auto& fields = context_.rules.kind(found_.history.facts[i].kind).fields;
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (!fields[f].initial || *fields[f].initial == found_.history.facts[i].fields[f]) continue;
        evaluation::History plainer = found_.history;
        plainer.facts[i].fields[f] = *fields[f].initial;
        Keep(std::move(plainer));
      }
    }
  }

  void RoundTimes() {
    for (std::size_t i = 0; i < found_.history.facts.size(); ++i) {
      const auto& fields = context_.rules.kind(found_.history.facts[i].kind).fields;
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (fields[f].type.base != rules::Base::TimeOfDay) continue;
        const base::Rational value = found_.history.facts[i].fields[f].number;
        if (value.whole()) continue;
        for (base::Rational rounded :
             {base::Rational(value.floor()), base::Rational(value.ceil())}) {
          evaluation::History plainer = found_.history;
          plainer.facts[i].fields[f].number = rounded;
          if (Keep(std::move(plainer))) break;
        }
      }
    }
  }

  const CheckContext& context_;
  const rules::Family& family_;
  const Question& question_;
  Found& found_;
};

bool Lies(const rules::Atom& atom, base::Rational value) {
  if (atom.low && (value < *atom.low || (atom.low_open && value == *atom.low))) return false;
  if (atom.high && (value > *atom.high || (atom.high_open && value == *atom.high))) return false;
  return true;
}

}  // namespace

bool InRegion(const Question& question, const evaluation::GapHit& gap) {
  for (const encoding::Constraint& constraint : question.region) {
    if (constraint.atom.kind != rules::Atom::Kind::Interval) continue;
    for (const evaluation::MeasureReading& reading : gap.measures) {
      if (reading.term != constraint.atom.term) continue;
      const base::Rational value = reading.value.number;
      const base::Rational grid = constraint.grid;
      if (!Lies(constraint.atom, value)) return false;
      if (!grid.zero() && !(value / grid).whole()) return false;
    }
  }
  return true;
}

void Minimise(const CheckContext& context, const rules::Family& family, const Question& question,
              Found& found) {
  // A region over anything but measures cannot be read back from the replay.
  const bool readable = std::all_of(
      question.region.begin(), question.region.end(), [&](const encoding::Constraint& constraint) {
        return constraint.atom.kind == rules::Atom::Kind::Interval &&
               context.rules.expr(constraint.atom.expr).op == rules::Op::Measure;
      });
  if (readable) Reduction(context, family, question, found).Run();
}

}  // namespace cotejo::checks
