// The steps of evaluation as solver terms, and what the questions ask of them.
#include <algorithm>
#include <set>

#include "solver/encoding/history_encoding.h"

namespace cotejo::encoding {

using rules::Window;

bool HistoryEncoding::InForce(const std::optional<Date>& from, const std::optional<Date>& to,
                              rules::NormId norm, Date date) const {
  return evaluation::InForce(rules_, norm, from, to, date);
}

Cond HistoryEncoding::GuardHolds(rules::ExprId guard,
                                 const std::vector<rules::Exception>& exceptions, View view) {
  std::vector<Cond> all{Truth(guard, view)};
  if (all.front().IsFalse()) return all.front();
  for (const rules::Exception& exception : exceptions) {
    all.push_back(algebra_.Not(Truth(exception.condition, view)));
  }
  return algebra_.And(all);
}

std::vector<int> HistoryEncoding::WindowRoots(const rules::Subject& subject) {
  std::map<Date, std::vector<Cond>> windows;  // by last day
  for (const SymbolicFact& fact : facts_) {
    if (fact.kind != subject.kind) continue;
    windows[WindowEnd(subject.window, fact.date)].push_back(fact.present);
  }
  std::vector<int> result;
  for (const auto& [last, present] : windows) {
    int found = -1;
    for (std::size_t i = 0; i < roots_.size(); ++i) {
      if (roots_[i].subject == subject && roots_[i].last == last) found = static_cast<int>(i);
    }
    if (found < 0) {
      found = static_cast<int>(roots_.size());
      // The gestión of whoever left does not end for them.
      std::vector<Cond> exists = GoesOnUntil(last);
      exists.push_back(algebra_.Or(present));
      roots_.push_back(
          {subject, WindowStart(subject.window, last), last, -1, algebra_.And(exists)});
    }
    result.push_back(found);
  }
  return result;
}

void HistoryEncoding::RunSteps() {
  for (const rules::Step& step : rules_.steps) {
    if (!unsupported_.empty()) return;
    if (step.qualification.valid()) {
      if (cone_.qualifications[step.qualification.index()]) Qualify(step.qualification);
    } else if (step.rule.valid() && cone_.rules[step.rule.index()]) {
      Judge(step.rule);
    }
  }
}

void HistoryEncoding::Qualify(rules::QualificationId id) {
  const rules::Qualification& qualification = rules_.qualification(id);
  struct Found {
    View view;
    Cond exists;
    int root;
    int shift;
    int place;
    std::vector<rules::QualificationId> through;
  };
  std::vector<Found> subjects;
  if (qualification.subject.window == Window::Fact) {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const SymbolicFact& fact = facts_[i];
      if (fact.kind != qualification.subject.kind) continue;
      subjects.push_back({{fact.date, static_cast<int>(i)},
                          fact.present,
                          fact.root,
                          fact.shift,
                          fact.place,
                          fact.through});
    }
  } else {
    for (int root : WindowRoots(qualification.subject)) {
      const SymbolicRoot& window = roots_[static_cast<std::size_t>(root)];
      subjects.push_back({{window.last, -1}, window.exists, root, 0, kEndOfDay, {}});
    }
  }
  for (const Found& subject : subjects) {
    SymbolicFact fact;
    if (qualification.from_rule.valid()) {
      fact.present =
          algebra_.And({subject.exists, RuleHolds(qualification.from_rule, subject.view)});
    } else if (InForce(qualification.from, qualification.to, qualification.norm,
                       subject.view.date)) {
      fact.present =
          algebra_.And({subject.exists,
                        GuardHolds(qualification.guard, qualification.exceptions, subject.view)});
    } else {
      continue;
    }
    if (fact.present.IsFalse()) continue;
    fact.kind = qualification.target;
    fact.date = subject.view.date;
    fact.shift = subject.shift;
    fact.place = subject.place;
    fact.root = subject.root;
    fact.through = {id};
    fact.through.insert(fact.through.end(), subject.through.begin(), subject.through.end());
    const rules::FactKind& kind = rules_.kind(fact.kind);
    for (const rules::Field& field : kind.fields) {
      fact.fields.push_back(Algebra::Const(field.initial ? field.initial->number : Rational(0)));
      fact.fields.back().present = Algebra::Fixed(field.initial && !field.initial->absent);
    }
    for (const rules::FieldValue& value : qualification.fields) {
      fact.fields[value.field.index()] = Number(value.value, subject.view);
    }
    if (kind.placement == rules::Placement::Day) fact.shift = 0;
    derivations_.push_back({id, fact.root, fact.present});
    AddFact(std::move(fact));
  }
}

Cond HistoryEncoding::OwnConditions(const rules::Rule& rule, View view) {
  if (!InForce(rule.from, rule.to, rule.norm, view.date)) return Algebra::Fixed(false);
  return GuardHolds(rule.guard, rule.exceptions, view);
}

// With the policy of its scale: in `primera`, no earlier row applies.
Cond HistoryEncoding::RuleHolds(rules::RuleId id, View view) {
  const rules::Rule& rule = rules_.rule(id);
  std::vector<Cond> all{OwnConditions(rule, view)};
  const bool first_policy =
      rule.scale.valid() && rules_.scale(rule.scale).policy == rules::HitPolicy::First;
  for (int row = 0; first_policy && row < rule.row; ++row) {
    const rules::RuleId earlier = rules_.scale(rule.scale).rows[static_cast<std::size_t>(row)];
    all.push_back(algebra_.Not(OwnConditions(rules_.rule(earlier), view)));
  }
  return algebra_.And(all);
}

void HistoryEncoding::Judge(rules::RuleId id) {
  const rules::Rule& rule = rules_.rule(id);
  const auto judge = [&](View view, int root, const Cond& exists,
                         const std::vector<rules::QualificationId>& through) {
    if (!cone_.judged.contains(roots_[static_cast<std::size_t>(root)].subject)) return;
    const Cond own = algebra_.And({exists, OwnConditions(rule, view)});
    if (own.IsFalse()) return;
    applications_of_[{root, id}].push_back(applications_.size());
    applications_.push_back({id, root, through, own, algebra_.And({own, RuleHolds(id, view)})});
  };
  if (rule.subject.window == Window::Fact) {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const SymbolicFact fact = facts_[i];
      if (fact.kind != rule.subject.kind) continue;
      judge({fact.date, static_cast<int>(i)}, fact.root, fact.present, fact.through);
    }
    return;
  }
  for (int root : WindowRoots(rule.subject)) {
    const SymbolicRoot window = roots_[static_cast<std::size_t>(root)];
    judge({window.last, -1}, root, window.exists, {});
  }
}

// ---- Questions -------------------------------------------------------------------

template <typename Pick>
Cond HistoryEncoding::AnyOf(int root, rules::RuleId rule,
                            const std::vector<rules::QualificationId>& through, Pick pick) {
  const auto known = applications_of_.find({root, rule});
  if (known == applications_of_.end()) return Algebra::Fixed(false);
  std::vector<Cond> any;
  for (std::size_t index : known->second) {
    if (applications_[index].through == through) any.push_back(pick(applications_[index]));
  }
  return algebra_.Or(any);
}

Cond HistoryEncoding::Applies(int root, rules::RuleId rule,
                              const std::vector<rules::QualificationId>& through) {
  return AnyOf(root, rule, through, [](const SymbolicApplication& a) { return a.applies; });
}

Cond HistoryEncoding::Holds(int root, rules::RuleId rule,
                            const std::vector<rules::QualificationId>& through) {
  return AnyOf(root, rule, through, [](const SymbolicApplication& a) { return a.own; });
}

Cond HistoryEncoding::RestsOn(int root, int fact_root) {
  if (root == fact_root) return Algebra::Fixed(true);
  const SymbolicRoot& at = roots_[static_cast<std::size_t>(root)];
  if (at.subject.window == Window::Fact) return Algebra::Fixed(false);
  std::vector<Cond> any;
  for (const SymbolicFact& fact : facts_) {
    if (fact.root == fact_root && fact.kind == at.subject.kind && at.first <= fact.date &&
        fact.date <= at.last) {
      any.push_back(fact.present);
    }
  }
  return algebra_.Or(any);
}

Cond HistoryEncoding::Qualified(int root, rules::QualificationId by) {
  std::vector<Cond> any;
  for (const SymbolicDerivation& derivation : derivations_) {
    if (derivation.root == root && derivation.by == by) any.push_back(derivation.holds);
  }
  return algebra_.Or(any);
}

Cond HistoryEncoding::Within(int root, const Constraint& constraint) {
  const SymbolicRoot& at = roots_[static_cast<std::size_t>(root)];
  const View view{at.last, at.fact};
  const rules::Atom& atom = constraint.atom;
  if (atom.kind == rules::Atom::Kind::Opaque) {
    const Cond holds = Truth(atom.expr, view);
    return atom.negated ? algebra_.Not(holds) : holds;
  }
  const Num num = Number(atom.expr, view);
  if (constraint.absent) return algebra_.Not(num.present);
  if (atom.kind == rules::Atom::Kind::Values) {
    std::vector<Cond> any;
    for (int value : atom.values) any.push_back(algebra_.Eq(num, Algebra::Const(value)));
    return algebra_.Or(any);
  }
  std::vector<Cond> all{num.present};
  if (atom.low) {
    const Num low = Algebra::Const(*atom.low);
    all.push_back(atom.low_open ? algebra_.Lt(low, num) : algebra_.Le(low, num));
  }
  if (atom.high) {
    const Num high = Algebra::Const(*atom.high);
    all.push_back(atom.high_open ? algebra_.Lt(num, high) : algebra_.Le(num, high));
  }
  const bool finer = !num.fixed && !constraint.grid.zero() && !(num.unit / constraint.grid).whole();
  if (finer) {
    const Num steps = algebra_.Scale(num, Rational(1) / constraint.grid);
    all.push_back(algebra_.Eq(steps, algebra_.Floor(steps)));
  }
  return algebra_.And(all);
}

// ---- Witness ---------------------------------------------------------------------

namespace {

rules::Value ModelValue(smt::Solver& solver, const Num& num) {
  const bool present = num.present.fixed ? *num.present.fixed : solver.Value(num.present.term);
  if (!present) return {0, true};
  return {num.fixed ? num.value : num.unit * solver.Value(num.term), false};
}

}  // namespace

Rational HistoryEncoding::AnyValue(const rules::Type& type) const {
  return type.base == rules::Base::Date ? Date(shape_.year - 5, 1, 1).days() : 0;
}

evaluation::History HistoryEncoding::Witness() {
  evaluation::History history;
  history.person = "testigo";
  history.from = FirstDate();
  history.to = Date(shape_.year, 12, 31);
  history.attributes.resize(rules_.attributes.size());
  for (std::size_t i = 0; i < rules_.attributes.size(); ++i) {
    if (!cone_.attributes[i]) {
      // Rules of other families may need it, and a witness must evaluate without problems.
      const rules::Attribute& attribute = rules_.attributes[i];
      if (attribute.optional || attribute.initial) continue;
      const Rational any = attribute.low ? *attribute.low : AnyValue(attribute.type);
      history.attributes[i].push_back({std::nullopt, {any, false}});
      continue;
    }
    const rules::Value value = ModelValue(solver_, attributes_[i]);
    std::optional<Date> since;
    if (const auto earlier = earlier_.find(i); earlier != earlier_.end()) {
      const Date until(
          static_cast<std::int32_t>(ModelValue(solver_, earlier->second.until).number.num()));
      const rules::Value before = ModelValue(solver_, earlier->second.value);
      if (until > history.from && before != value) {
        since = until;
        if (!before.absent) history.attributes[i].push_back({std::nullopt, before});
      }
    }
    if (!value.absent || since) history.attributes[i].push_back({since, value});
  }
  if (rules_.holiday_scope.valid() && shape_.scope >= 0) {
    history.attributes[rules_.holiday_scope.index()] = {{std::nullopt, {shape_.scope, false}}};
  }
  for (const SymbolicFact& fact : facts_) {
    if (!fact.slot || !solver_.Value(fact.present.term)) continue;
    evaluation::Fact given;
    given.kind = fact.kind;
    given.date = fact.date;
    given.shift = fact.shift;
    for (const Num& field : fact.fields) {
      given.fields.push_back(ModelValue(solver_, field));
    }
    history.facts.push_back(std::move(given));
  }
  return history;
}

Cond HistoryEncoding::OtherThanModel() {
  std::vector<Cond> any;
  for (const SymbolicFact& fact : facts_) {
    if (!fact.slot) continue;
    if (!solver_.Value(fact.present.term)) {
      any.push_back(fact.present);
      continue;
    }
    any.push_back(algebra_.Not(fact.present));
    for (const Num& field : fact.fields) {
      const rules::Value value = ModelValue(solver_, field);
      any.push_back(algebra_.Not(algebra_.Eq(field, Algebra::Const(value.number))));
    }
  }
  const auto other_than = [&](const Num& num) {
    const rules::Value value = ModelValue(solver_, num);
    any.push_back(value.absent ? num.present
                               : algebra_.Not(algebra_.Eq(num, Algebra::Const(value.number))));
  };
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    if (cone_.attributes[i] && !attributes_[i].fixed) other_than(attributes_[i]);
  }
  for (const auto& [index, earlier] : earlier_) {
    other_than(earlier.value);
    other_than(earlier.until);
  }
  return algebra_.Or(any);
}

std::vector<rules::FactKindId> HistoryEncoding::SlotKinds() const {
  std::set<rules::FactKindId> kinds;
  for (const SymbolicFact& fact : facts_) {
    if (fact.slot) kinds.insert(fact.kind);
  }
  return {kinds.begin(), kinds.end()};
}

Cond HistoryEncoding::OnlyKind(rules::FactKindId kind) {
  std::vector<Cond> all;
  for (const SymbolicFact& fact : facts_) {
    if (fact.slot && fact.kind != kind) all.push_back(algebra_.Not(fact.present));
  }
  return algebra_.And(all);
}

Cond HistoryEncoding::AttributesAsDeclared() {
  std::vector<Cond> all;
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    const rules::Attribute& attribute = rules_.attributes[i];
    if (!cone_.attributes[i] || attributes_[i].fixed) continue;
    if (attribute.optional && !attribute.initial) {
      all.push_back(algebra_.Not(attributes_[i].present));
    } else if (attribute.initial && attribute.type.base != rules::Base::Date) {
      all.push_back(algebra_.Eq(attributes_[i], Algebra::Const(attribute.initial->number)));
    }
  }
  const Num first = Algebra::Const(FirstDate().days());
  for (const auto& [index, earlier] : earlier_) all.push_back(algebra_.Eq(earlier.until, first));
  return algebra_.And(all);
}

}  // namespace cotejo::encoding
