#include "solver/checks/histories.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "solver/checks/questions.h"
#include "solver/checks/severity.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using evaluation::CalendarFacts;
using evaluation::Fact;
using evaluation::History;
using rules::FactKindId;
using rules::Value;

namespace {

constexpr unsigned kLastMonth = 12;
// Combinations of Boolean and enumerated fields tried together; with more, one by one.
constexpr std::size_t kMaxCombinations = 256;
// Values of a numeric field tried before its ranges are narrowed.
constexpr int kSeeds = 8;

bool Primitive(const rules::FactKind& kind) {
  return !kind.derived && !kind.is_sanction && kind.periodicity == rules::Periodicity::None;
}

FactKindId KindAt(std::size_t index) { return FactKindId(static_cast<std::int64_t>(index)); }

// Kinds whose facts some sanction judges, by FactKindId.
std::vector<bool> Sanctioned(const rules::Ruleset& rules) {
  std::vector<bool> judged(rules.fact_kinds.size(), false);
  for (const rules::Rule& rule : rules.rules) {
    if (OrdersSanction(rule)) judged[rule.subject.kind.index()] = true;
  }
  return judged;
}

// Kinds from which those marked can be reached, themselves included.
std::vector<bool> LeadingTo(const rules::Ruleset& rules, std::vector<bool> kinds) {
  for (bool grown = true; grown;) {
    grown = false;
    for (const rules::Qualification& by : rules.qualifications) {
      if (!kinds[by.target.index()] || kinds[by.subject.kind.index()]) continue;
      kinds[by.subject.kind.index()] = true;
      grown = true;
    }
  }
  return kinds;
}

class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t Of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void Join(std::size_t a, std::size_t b) {
    a = Of(a);
    b = Of(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

void JoinMeasured(const rules::Ruleset& rules, rules::ExprId id, std::size_t kind, Groups& groups) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::Measure) {
    const rules::Measure& measure = rules.measure(rules::MeasureId(expr.ref));
    if (measure.kind.valid() && !rules.kind(measure.kind).is_sanction) {
      groups.Join(kind, measure.kind.index());
    }
  }
  for (rules::ExprId arg : expr.args) JoinMeasured(rules, arg, kind, groups);
}

}  // namespace

// ---- What can be misconduct ------------------------------------------------------

std::vector<std::vector<FactKindId>> MisconductGroups(const rules::Ruleset& rules) {
  const std::vector<bool> leading = LeadingTo(rules, Sanctioned(rules));
  Groups groups(rules.fact_kinds.size());
  for (const rules::Qualification& by : rules.qualifications) {
    if (leading[by.target.index()]) groups.Join(by.subject.kind.index(), by.target.index());
  }
  for (const rules::Rule& rule : rules.rules) {
    if (OrdersSanction(rule)) JoinMeasured(rules, rule.guard, rule.subject.kind.index(), groups);
  }
  std::map<std::size_t, std::vector<FactKindId>> by_group;
  for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
    if (leading[k] && Primitive(rules.fact_kinds[k])) by_group[groups.Of(k)].push_back(KindAt(k));
  }
  std::vector<std::vector<FactKindId>> all;
  for (auto& [group, kinds] : by_group) all.push_back(std::move(kinds));
  return all;
}

std::vector<bool> Becomes(const rules::Ruleset& rules, const std::vector<FactKindId>& kinds) {
  std::vector<bool> reached(rules.fact_kinds.size(), false);
  for (FactKindId kind : kinds) reached[kind.index()] = true;
  for (bool grown = true; grown;) {
    grown = false;
    for (const rules::Qualification& by : rules.qualifications) {
      if (!reached[by.subject.kind.index()] || reached[by.target.index()]) continue;
      reached[by.target.index()] = true;
      grown = true;
    }
  }
  return reached;
}

// ---- Where facts are laid out ----------------------------------------------------

namespace {

History EmptyHistory(const CheckContext& context) {
  History history;
  history.person = "testigo";
  history.from = Date(context.year, 1, 1);
  history.to = Date(context.year, 12, 31);
  history.attributes.resize(context.rules.attributes.size());
  return history;
}

}  // namespace

Layout MakeLayout(const CheckContext& context, unsigned first_month) {
  Layout layout;
  const History empty = EmptyHistory(context);
  for (unsigned month = first_month; month <= kLastMonth; ++month) {
    const Date first(context.year, month, 1);
    const std::string scope = evaluation::HolidayScope(context.rules, empty, first);
    layout.months.push_back(
        context.rules.calendar.WorkingDays(first, first.last_of_month(), scope));
  }
  const int schedule = evaluation::ScheduleOn(context.rules, empty, layout.months[0].front());
  if (schedule >= 0)
    layout.shifts = context.rules.schedules[static_cast<std::size_t>(schedule)].shifts;
  return layout;
}

unsigned LongestMonth(const CheckContext& context) {
  const Layout layout = MakeLayout(context, 1);
  unsigned longest = kFirstMonth;
  for (unsigned month = 1; month <= kLastMonth; ++month) {
    if (layout.months[month - 1].size() > layout.months[longest - 1].size()) longest = month;
  }
  return longest;
}

namespace {

// Every field has a value declared for it: no record carries another.
bool Recordable(const rules::Ruleset& rules, const Fact& fact) {
  const auto& fields = rules.kind(fact.kind).fields;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const rules::Field& field = fields[f];
    const Value& value = fact.fields[f];
    if (!value.absent &&
        rules::BoundsMissed(rules, field.type, field.low, field.high, value.number))
      return false;
  }
  return true;
}

bool Exclude(const rules::Ruleset& rules, const Fact& a, const Fact& b) {
  const bool together = a.date == b.date && (a.shift == b.shift || a.shift == 0 || b.shift == 0);
  const auto excludes = [&](FactKindId one, FactKindId other) {
    const auto& list = rules.kind(one).excludes;
    return std::find(list.begin(), list.end(), other) != list.end();
  };
  return together && (excludes(a.kind, b.kind) || excludes(b.kind, a.kind));
}

}  // namespace

bool MayHappen(const rules::Ruleset& rules, const std::vector<Fact>& facts) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (!Recordable(rules, facts[i])) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (Exclude(rules, facts[i], facts[j])) return false;
    }
  }
  return true;
}

std::optional<History> LayOut(const CheckContext& context, const Layout& layout,
                              const Recipe& recipe) {
  History history = EmptyHistory(context);
  for (const Placed& placed : recipe) {
    if (static_cast<std::size_t>(placed.month) >= layout.months.size()) return std::nullopt;
    const auto& days = layout.months[static_cast<std::size_t>(placed.month)];
    if (static_cast<std::size_t>(placed.day) >= days.size()) return std::nullopt;
    Fact fact;
    fact.kind = placed.kind;
    fact.date = days[static_cast<std::size_t>(placed.day)];
    fact.shift = placed.shift;
    fact.fields = placed.fields;
    const auto& fields = context.rules.kind(placed.kind).fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].type.base == rules::Base::Date && fact.fields[f].absent) {
        fact.fields[f] = {Rational(fact.date.days()), false};
      }
    }
    history.facts.push_back(std::move(fact));
  }
  if (!MayHappen(context.rules, history.facts)) return std::nullopt;
  evaluation::SortFacts(history);
  return history;
}

int Oddness(const rules::Ruleset& rules, const Recipe& recipe) {
  int odd = 0;
  for (const Placed& placed : recipe) {
    const std::vector<Value> plain = PlainFields(rules, placed.kind);
    for (std::size_t f = 0; f < plain.size(); ++f) {
      if (placed.fields[f] != plain[f]) ++odd;
    }
  }
  return odd;
}

Recipe Moved(Recipe recipe, int months, int days) {
  for (Placed& placed : recipe) {
    placed.month += months;
    placed.day += days;
  }
  return recipe;
}

// ---- Trying them -----------------------------------------------------------------

namespace {

// Kinds whose judgement facts of these kinds can change.
std::vector<bool> Touched(const rules::Ruleset& rules, const std::vector<FactKindId>& kinds) {
  std::vector<bool> reached = Becomes(rules, kinds);
  const std::vector<bool> leading = LeadingTo(rules, Sanctioned(rules));
  for (std::size_t k = 0; k < reached.size(); ++k) {
    const rules::FactKind& kind = rules.fact_kinds[k];
    // The calendar's own facts are judged too when a sanction may hang from them.
    const bool periodic = kind.periodicity != rules::Periodicity::None;
    if (kind.is_sanction || (periodic && leading[k])) reached[k] = true;
  }
  return reached;
}

std::vector<rules::Step> StepsOn(const rules::Ruleset& rules, const std::vector<bool>& kinds) {
  std::vector<rules::Step> steps;
  for (const rules::Step& step : rules.steps) {
    const rules::Subject& subject = step.rule.valid()
                                        ? rules.rule(step.rule).subject
                                        : rules.qualification(step.qualification).subject;
    if (kinds[subject.kind.index()]) steps.push_back(step);
  }
  return steps;
}

bool Disciplines(const rules::Rule& rule) {
  return rule.fault != rules::FaultClass::None ||
         std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const auto& c) { return rules::IsDisciplinary(c.kind); });
}

bool OnlyDisciplines(const rules::Rule& rule) {
  return std::all_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const auto& c) { return rules::IsDisciplinary(c.kind); });
}

// Of some steps, those on which sanctions depend: a rule that only gives a duty or a right says
// nothing of them, unless it answers where otherwise there would be a gap or cannot stand
// together with a rule that does.
class ForSanctions {
 public:
  ForSanctions(const rules::Ruleset& rules, const rules::Families& families,
               const std::vector<rules::RuleId>& also)
      : rules_(rules), families_(families), also_(also) {}

  [[nodiscard]] std::vector<rules::Step> Of(std::vector<rules::Step> steps) const {
    std::vector<bool> kept = Told();
    for (std::vector<rules::RuleId> met = Meeting(steps, kept); !met.empty();) {
      for (rules::RuleId id : met) kept[id.index()] = true;
      met = Meeting(steps, kept);
    }
    std::erase_if(steps, [&](const rules::Step& step) {
      return step.rule.valid() && !kept[step.rule.index()];
    });
    return steps;
  }

 private:
  // By RuleId.
  [[nodiscard]] std::vector<bool> Told() const {
    std::vector<bool> kept;
    for (const rules::Rule& rule : rules_.rules) kept.push_back(Disciplines(rule));
    for (rules::RuleId id : also_) kept[id.index()] = true;
    for (const rules::Family& family : families_.families) {
      for (const rules::Coverage& coverage : family.coverages) {
        for (rules::RuleId id : coverage.answering) kept[id.index()] = true;
      }
    }
    return kept;
  }

  // Those left out that could displace one of those kept, or be what displaces it no longer.
  [[nodiscard]] std::vector<rules::RuleId> Meeting(const std::vector<rules::Step>& steps,
                                                   const std::vector<bool>& kept) const {
    evaluation::Clashes clashes(rules_);
    std::vector<rules::RuleId> met;
    for (const rules::Step& own : steps) {
      if (!own.rule.valid() || kept[own.rule.index()]) continue;
      const bool meets = std::any_of(steps.begin(), steps.end(), [&](const rules::Step& other) {
        return other.rule.valid() && kept[other.rule.index()] &&
               !OnlyDisciplines(rules_.rule(other.rule)) && clashes.Between(own.rule, other.rule);
      });
      if (meets) met.push_back(own.rule);
    }
    return met;
  }

  const rules::Ruleset& rules_;
  const rules::Families& families_;
  const std::vector<rules::RuleId>& also_;
};

rules::Families FamiliesOn(const rules::Families& families, const std::vector<bool>& kinds) {
  rules::Families own;
  for (const rules::Family& family : families.families) {
    if (kinds[family.root.kind.index()]) own.families.push_back(family);
  }
  return own;
}

std::vector<rules::Step> StepsFor(const rules::Ruleset& rules, const rules::Families& families,
                                  const std::vector<bool>& kinds, JudgesBy judges,
                                  const std::vector<rules::RuleId>& also) {
  std::vector<rules::Step> steps = StepsOn(rules, kinds);
  if (judges == JudgesBy::EveryRule) return steps;
  return ForSanctions(rules, families, also).Of(std::move(steps));
}

}  // namespace

Bench::Bench(const CheckContext& context, const std::vector<FactKindId>& kinds, JudgesBy judges,
             const std::vector<rules::RuleId>& also)
    : context_(context),
      layout_(MakeLayout(context)),
      families_(FamiliesOn(context.families, Touched(context.rules, kinds))),
      evaluation_(context.rules,
                  StepsFor(context.rules, families_, Touched(context.rules, kinds), judges, also),
                  judges == JudgesBy::Sanctions ? CalendarFacts::LookedAt : CalendarFacts::All) {}

Trial Bench::Try(History history) {
  ++runs_;
  Trial trial{std::move(history), {}};
  trial.result = evaluation_.Run(families_, trial.history);
  return trial;
}

std::optional<Trial> Bench::Try(const Recipe& recipe) {
  std::optional<History> history = LayOut(context_, layout_, recipe);
  if (!history) return std::nullopt;
  return Try(std::move(*history));
}

bool Sound(const evaluation::Result& result) {
  return std::none_of(
      result.problems.begin(), result.problems.end(),
      [](const base::Diagnostic& problem) { return problem.severity == base::Severity::Error; });
}

std::optional<Trial> Replay(const CheckContext& context, const History& history) {
  Trial trial{history, evaluation::Evaluate(context.rules, context.families, history)};
  if (!Sound(trial.result)) return std::nullopt;
  return trial;
}

// ---- What one fact may be --------------------------------------------------------

std::vector<Value> PlainFields(const rules::Ruleset& rules, FactKindId kind) {
  std::vector<Value> values;
  for (const rules::Field& field : rules.kind(kind).fields) {
    if (field.initial) {
      values.push_back(*field.initial);
    } else if (field.type.base == rules::Base::Date) {
      values.push_back({Rational(0), true});  // LayOut gives it the fact's own date
    } else {
      values.push_back({field.low.value_or(Rational(0)), false});
    }
  }
  return values;
}

namespace {

void AddConstants(const rules::Ruleset& rules, rules::ExprId id, std::set<Rational>& constants) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::Literal) constants.insert(expr.literal);
  if (expr.op == rules::Op::Parameter) {
    for (const rules::DatedValue& dated : rules.parameter(rules::ParameterId(expr.ref)).values) {
      constants.insert(dated.value);
    }
  }
  for (rules::ExprId arg : expr.args) AddConstants(rules, arg, constants);
}

class Chooser {
 public:
  Chooser(Bench& bench, FactKindId kind)
      : bench_(bench),
        rules_(bench.context().rules),
        kind_(kind),
        sanctioned_(Sanctioned(rules_)),
        judged_in_windows_(JudgedInWindows()) {}

  std::vector<Choice> Run() {
    for (const std::vector<Value>& fields : Combinations()) {
      const std::size_t numeric = NumericField();
      if (numeric < fields.size()) {
        Narrow(fields, numeric);
      } else {
        Add(fields, Probe(fields), next_piece_++);
      }
    }
    return std::move(choices_);
  }

 private:
  // What the regulation makes of one such fact: characterisations, and rules on the fact.
  struct Answer {
    std::set<std::pair<bool, std::int64_t>> marks;
    std::string made;  // the marks with the values that go with them
    bool misconduct = false;
    bool possible = false;
  };

  Answer Probe(const std::vector<Value>& fields) {
    const rules::FactKind& kind = rules_.kind(kind_);
    Answer answer;
    const int shift = kind.placement == rules::Placement::Shift ? 1 : 0;
    const auto trial = bench_.Try(Recipe{{kind_, 0, 0, shift, fields}});
    if (!trial) return answer;
    answer.possible = true;
    for (const evaluation::EvaluatedFact& fact : trial->result.facts) {
      if (!fact.by.valid()) continue;
      answer.marks.insert({true, fact.by.value});
      answer.made += "q" + std::to_string(fact.by.value);
      for (const Value& value : fact.fact.fields) answer.made += " " + value.number.str();
      if (sanctioned_[fact.fact.kind.index()]) answer.misconduct = true;
    }
    for (const evaluation::Application& application : trial->result.applications) {
      const rules::Rule& rule = rules_.rule(application.rule);
      if (!OrdersSanction(rule)) continue;
      answer.misconduct = true;
      if (rule.subject.window == rules::Window::Fact) {
        answer.marks.insert({false, application.rule.value});
      }
      answer.made += "r" + std::to_string(application.rule.value);
      for (const Rational& quantity : application.quantities) answer.made += " " + quantity.str();
    }
    if (judged_in_windows_) answer.misconduct = true;
    return answer;
  }

  // A sanction counts these facts by window as they are, without characterising them.
  bool JudgedInWindows() const {
    return std::any_of(rules_.rules.begin(), rules_.rules.end(), [&](const rules::Rule& rule) {
      return rule.subject.kind == kind_ && rule.subject.window != rules::Window::Fact &&
             OrdersSanction(rule);
    });
  }

  void Add(std::vector<Value> fields, const Answer& answer, int piece) {
    if (!answer.possible) return;
    const auto next = static_cast<int>(likeness_.size());
    const int likeness = likeness_.try_emplace(answer.made, next).first->second;
    choices_.push_back({std::move(fields), answer.misconduct, likeness, piece});
  }

  // Each Boolean and enumerated field with each of its values.
  std::vector<std::vector<Value>> Combinations() const {
    const auto& fields = rules_.kind(kind_).fields;
    const std::vector<Value> plain = PlainFields(rules_, kind_);
    std::vector<std::vector<Value>> values(fields.size());
    std::size_t product = 1;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      values[f] = {plain[f]};
      if (fields[f].type.base == rules::Base::Boolean) {
        values[f].push_back({Rational(1) - plain[f].number, false});
      } else if (fields[f].type.base == rules::Base::Enumeration) {
        const auto& names = rules_.enumerations[fields[f].type.enumeration.index()].values;
        for (std::size_t v = 0; v < names.size(); ++v) {
          const Value value{Rational(static_cast<std::int64_t>(v)), false};
          if (value != plain[f]) values[f].push_back(value);
        }
      }
      product = std::min(product * values[f].size(), kMaxCombinations + 1);
    }
    std::vector<std::vector<Value>> all{plain};
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const std::size_t count = product > kMaxCombinations ? 1 : all.size();
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t v = 1; v < values[f].size(); ++v) {
          all.push_back(all[i]);
          all.back()[f] = values[f][v];
        }
      }
    }
    return all;
  }

  // The first field with a range of values; the others keep their plain one.
  std::size_t NumericField() const {
    const auto& fields = rules_.kind(kind_).fields;
    std::size_t f = 0;
    while (f < fields.size() && !Ranged(fields[f])) ++f;
    return f;
  }

  static bool Ranged(const rules::Field& field) {
    switch (field.type.base) {
      case rules::Base::Boolean:
      case rules::Base::Enumeration:
      case rules::Base::Date:
        return false;
      default:
        return !(field.low && field.high && *field.low == *field.high);
    }
  }

  struct Span {
    Rational low, high, grid;
    Rational origin;  // what constants are added to
  };

  Span SpanOf(const rules::Field& field, const std::set<Rational>& constants) const {
    Span span;
    span.grid = field.step.zero() || field.type.base == rules::Base::TimeOfDay
                    ? std::max(Rational(1), field.step)
                    : field.step;
    span.low = field.low.value_or(span.grid);
    const Rational most = constants.empty() ? span.low : *constants.rbegin();
    span.high = field.high.value_or(std::max(span.low, most + span.grid));
    const auto& shifts = bench_.layout().shifts;
    const bool placed = rules_.kind(kind_).placement == rules::Placement::Shift;
    if (placed && field.type.base == rules::Base::TimeOfDay && !shifts.empty()) {
      span.low = span.origin = shifts[0].entry;
      span.high = shifts[0].exit;
    }
    return span;
  }

  // Ranges of the field's values in which the answer does not change, by bisection between
  // values that any guard mentions.
  void Narrow(std::vector<Value> fields, std::size_t f) {
    std::set<Rational> constants;
    for (const rules::Qualification& by : rules_.qualifications) {
      if (by.subject.kind != kind_) continue;
      AddConstants(rules_, by.guard, constants);
      for (const rules::Exception& e : by.exceptions) AddConstants(rules_, e.condition, constants);
    }
    for (const rules::Rule& rule : rules_.rules) {
      if (rule.subject.kind == kind_) AddConstants(rules_, rule.guard, constants);
    }
    const Span span = SpanOf(rules_.kind(kind_).fields[f], constants);
    const auto at = [&](std::int64_t step) {
      fields[f] = {span.low + Rational(step) * span.grid, false};
      return fields;
    };
    const std::int64_t last = ((span.high - span.low) / span.grid).floor();
    std::set<std::int64_t> seeds{0, last};
    for (int i = 1; i < kSeeds; ++i) seeds.insert(last * i / kSeeds);
    for (Rational constant : constants) {
      const std::int64_t step = ((span.origin + constant - span.low) / span.grid).floor();
      for (std::int64_t near : {step, step + 1}) {
        if (near > 0 && near < last) seeds.insert(near);
      }
    }
    std::map<std::int64_t, Answer> answers;
    for (std::int64_t seed : seeds) answers[seed] = Probe(at(seed));
    const auto differ = [](const Answer& a, const Answer& b) {
      return a.marks != b.marks || a.misconduct != b.misconduct;
    };
    for (auto it = answers.begin(); std::next(it) != answers.end();) {
      const auto next = std::next(it);
      if (next->first - it->first <= 1 || !differ(it->second, next->second)) {
        ++it;
        continue;
      }
      const std::int64_t middle = (it->first + next->first) / 2;
      answers.emplace_hint(next, middle, Probe(at(middle)));
    }
    for (auto it = answers.begin(); it != answers.end();) {
      auto end = it;
      while (std::next(end) != answers.end() && !differ(it->second, std::next(end)->second)) ++end;
      Add(at(it->first), it->second, next_piece_);
      if (end != it) Add(at(end->first), end->second, next_piece_);
      ++next_piece_;
      it = std::next(end);
    }
  }

  Bench& bench_;
  const rules::Ruleset& rules_;
  FactKindId kind_;
  std::vector<bool> sanctioned_;
  bool judged_in_windows_;
  std::vector<Choice> choices_;
  std::map<std::string, int> likeness_;
  int next_piece_ = 0;
};

}  // namespace

std::vector<Choice> ChoicesOf(Bench& bench, FactKindId kind) { return Chooser(bench, kind).Run(); }

// ---- Patterns --------------------------------------------------------------------

std::vector<std::vector<Slot>> Patterns(const Layout& layout, rules::Placement placement,
                                        int most) {
  const bool by_shift = placement == rules::Placement::Shift;
  const int shifts = by_shift ? static_cast<int>(layout.shifts.size()) : 1;
  const auto days = static_cast<int>(layout.months[0].size());
  const auto slot = [&](int day, int shift) { return Slot{day, by_shift ? shift + 1 : 0}; };
  std::vector<std::vector<Slot>> all;
  const auto add = [&](const std::vector<Slot>& slots) {
    if (std::find(all.begin(), all.end(), slots) == all.end()) all.push_back(slots);
  };
  std::vector<Slot> consecutive;
  for (int day = 0; day < std::min(most, days); ++day) {
    for (int shift = 0; shift < shifts; ++shift) {
      consecutive.push_back(slot(day, shift));
      add(consecutive);
    }
  }
  std::vector<Slot> alternate;
  for (int day = 0; day < std::min(2 * most, days); day += 2) {
    for (int shift = 0; shift < shifts; ++shift) {
      alternate.push_back(slot(day, shift));
      add(alternate);
    }
  }
  std::vector<Slot> one_a_day;
  for (int day = 0; shifts > 1 && day < std::min(shifts * most, days); ++day) {
    one_a_day.push_back(slot(day, 0));
    add(one_a_day);
  }
  return all;
}

int MostThatMatters(const rules::Ruleset& rules, const rules::Families& families,
                    const std::vector<bool>& kinds) {
  Rational most = 1;
  for (const rules::Family& family : families.families) {
    if (!kinds[family.root.kind.index()]) continue;
    for (const rules::ExpandedRule& rule : family.rules) {
      if (!OrdersSanction(rules.rule(rule.rule))) continue;
      for (const rules::Box& box : rule.boxes) {
        for (const rules::Atom& atom : box.atoms) {
          if (atom.kind != rules::Atom::Kind::Interval) continue;
          const rules::Base base = rules.expr(atom.expr).type.base;
          if (base != rules::Base::Days && base != rules::Base::Count) continue;
          if (atom.low) most = std::max(most, *atom.low);
          if (atom.high) most = std::max(most, *atom.high);
        }
      }
    }
  }
  constexpr std::int64_t kDaysOfAMonth = 31;
  return static_cast<int>(std::min(most.ceil() + 1, kDaysOfAMonth));
}

Recipe Fill(const Bench& bench, FactKindId kind, const std::vector<Value>& fields,
            const std::vector<Slot>& slots, int month) {
  const auto& declared = bench.context().rules.kind(kind).fields;
  const auto& shifts = bench.layout().shifts;
  Recipe recipe;
  for (const Slot& slot : slots) {
    recipe.push_back({kind, month, slot.day, slot.shift, fields});
    if (slot.shift < 2) continue;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (declared[f].type.base != rules::Base::TimeOfDay) continue;
      recipe.back().fields[f].number +=
          shifts[static_cast<std::size_t>(slot.shift) - 1].entry - shifts[0].entry;
    }
  }
  return recipe;
}

// ---- Questions answered by trying ------------------------------------------------

namespace {

void Add(const CheckContext& context, base::CheckReport& report, base::QueryRecord record) {
  record.engine = "intérprete";
  report.queries.push_back(std::move(record));
  if (context.options.progress == nullptr) return;
  ++context.options.progress->planned;
  ++context.options.progress->done;
}

}  // namespace

void RecordTried(const CheckContext& context, base::CheckReport& report, std::string name,
                 const std::string& check, bool refuted, base::Text bounds) {
  base::QueryRecord record;
  record.name = std::move(name);
  record.check = check;
  record.verdict = refuted ? base::Verdict::Refuted : base::Verdict::Proved;
  record.evidence = refuted ? base::Evidence::Replayed : base::Evidence::Enumerated;
  record.bounds = std::move(bounds);
  Add(context, report, std::move(record));
}

void RecordOpen(const CheckContext& context, base::CheckReport& report, std::string name,
                const std::string& check, base::Text reason) {
  base::QueryRecord record;
  record.name = std::move(name);
  record.check = check;
  record.verdict = base::Verdict::Unknown;
  record.reason = std::move(reason);
  Add(context, report, std::move(record));
}

rules::Declarations DeclarationsOf(const CheckContext& context,
                                   const std::vector<FactKindId>& kinds) {
  const std::vector<bool> reached = Becomes(context.rules, kinds);
  rules::Declarations part;
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
  };
  for (const rules::Family& family : context.families.families) {
    const rules::FactKind& kind = context.rules.kind(family.root.kind);
    if (!reached[family.root.kind.index()] && !kind.is_sanction) continue;
    const rules::Declarations own = DeclarationsOf(context, family);
    append(part.kinds, own.kinds);
    append(part.measures, own.measures);
    append(part.qualifications, own.qualifications);
    append(part.rules, own.rules);
    append(part.scales, own.scales);
  }
  return part;
}

// ---- Words -----------------------------------------------------------------------

base::Witness Narrate(const CheckContext& context, const Trial& trial,
                      const std::vector<rules::RuleId>& also) {
  const rules::Ruleset& rules = context.rules;
  base::Witness witness = DescribeWitness(context, {trial.history, trial.result, {}});
  for (const evaluation::Application& application : trial.result.applications) {
    const bool wanted = std::find(also.begin(), also.end(), application.rule) != also.end();
    if (!wanted && !Disciplines(rules.rule(application.rule))) continue;
    witness.answers.push_back(DescribeAnswer(rules, application));
    witness.answers.back().date = application.date;
    const base::Text readings = DescribeReadings(rules, application.measures);
    if (readings.empty()) continue;
    witness.answers.back().description.es += "; " + readings.es;
    witness.answers.back().description.en += "; " + readings.en;
  }
  for (const evaluation::GapHit& gap : trial.result.gaps) {
    if (!LeavesUnpunished(rules, gap)) continue;
    const rules::Scale& scale = rules.scale(gap.scale);
    const base::Text readings = DescribeReadings(rules, gap.measures);
    witness.answers.push_back({scale.citation,
                               scale.name,
                               {"ninguna fila ni regla se aplica: " + readings.es,
                                "no row or rule applies: " + readings.en},
                               false,
                               gap.date,
                               false});
  }
  return witness;
}

}  // namespace cotejo::checks
