#include "solver/checks/box_history.h"

#include <algorithm>

#include "solver/checks/kind_paths.h"
#include "solver/checks/sweep.h"

namespace cotejo::checks {

using base::Rational;
using rules::Aggregate;
using rules::Atom;
using rules::Value;

namespace {

// More facts than this are left to the solver, which asks for fewer.
constexpr std::int64_t kMaxFacts = 1024;
// More ways than this to count are not tried one by one, nor in pairs.
constexpr std::size_t kMaxWays = 16;
constexpr std::int64_t kMonthsOfAGestion = 12;

// The values declared for a field or an attribute, or else those of its type.
rules::Domain Declared(const rules::Type& type, std::optional<Rational> low,
                       std::optional<Rational> high) {
  const rules::Domain domain = rules::DomainOf(type);
  return {low ? low : domain.low, high ? high : domain.high};
}

// A value of the range: the one given if it is there, or else that end of it. Where that end is
// past what is declared, the end of what is.
std::optional<Rational> Choose(const Atom& atom, bool low, Rational step,
                               std::optional<Rational> given, const rules::Domain& declared) {
  if (atom.kind == Atom::Kind::Values) {
    if (atom.values.empty()) return std::nullopt;
    return Rational(low ? atom.values.front() : atom.values.back());
  }
  if (atom.kind == Atom::Kind::Opaque) return Rational(atom.negated ? 0 : 1);
  if (given && Lies(atom, *given)) return given;
  const Rational grid = step.zero() ? Rational(1) : step;
  std::optional<Rational> value;
  if (atom.low && (low || !atom.high)) {
    value = Rational((*atom.low / grid).ceil()) * grid;
    if (!Lies(atom, *value)) *value += grid;
  } else if (atom.high) {
    value = Rational((*atom.high / grid).floor()) * grid;
    if (!Lies(atom, *value)) *value -= grid;
  }
  if (value && declared.low) value = std::max(*value, *declared.low);
  if (value && declared.high) value = std::min(*value, *declared.high);
  return value && Lies(atom, *value) ? value : std::nullopt;
}

}  // namespace

struct BoxHistories::Draft {
  std::vector<Value> root_fields;  // of facts of the root's kind
  std::vector<std::pair<rules::AttributeId, Value>> attributes;
  std::vector<Need> needs;
  int months = 1;  // as many as a count over more than one asks
};

struct BoxHistories::Month {
  Recipe recipe;
  int months = 1;
  std::vector<std::pair<rules::AttributeId, Value>> attributes;
};

// What an atom asks, when it is plain; what is not may still come about by itself.
bool BoxHistories::Meet(const Atom& atom, End end, Pace pace, Draft& draft) const {
  const rules::Ruleset& rules = context_.rules;
  const rules::Expr& expr = rules.expr(atom.expr);
  const Rational step = StepOf(rules, atom.expr, false);
  switch (expr.op) {
    case rules::Op::Attribute: {
      const rules::Attribute& attribute = rules.attribute(rules::AttributeId(expr.ref));
      const bool given = attribute.initial && !attribute.initial->absent;
      const auto initial = given ? std::optional(attribute.initial->number) : std::nullopt;
      const auto value = Choose(atom, end == End::Low, step, initial,
                                Declared(attribute.type, attribute.low, attribute.high));
      if (value) draft.attributes.push_back({rules::AttributeId(expr.ref), {*value, false}});
      return value.has_value();
    }
    case rules::Op::Field: {
      const auto f = static_cast<std::size_t>(expr.ref);
      if (family_.root.window != rules::Window::Fact || f >= draft.root_fields.size()) return true;
      const rules::Field& field = rules.kind(family_.root.kind).fields[f];
      const Rational grid = field.step.zero() ? step : field.step;
      const Value& plain = draft.root_fields[f];
      const auto value = Choose(atom, end == End::Low, grid,
                                plain.absent ? std::nullopt : std::optional(plain.number),
                                Declared(field.type, field.low, field.high));
      if (value) draft.root_fields[f] = {*value, false};
      return value.has_value();
    }
    case rules::Op::Measure: {
      const auto value = Choose(atom, end == End::Low, step,
                                atom.low ? std::nullopt : std::optional(Rational(0)), {});
      if (!value) return false;
      const rules::MeasureId measure(expr.ref);
      if (pace == Pace::Monthly && rules.measure(measure).window > family_.root.window) {
        if (*value > Rational(kMonthsOfAGestion)) return false;
        draft.months = std::max(draft.months, static_cast<int>(value->ceil()));
      } else {
        draft.needs.push_back({measure, *value});
      }
      return true;
    }
    default:
      return true;
  }
}

std::vector<Value> BoxHistories::FieldsOf(rules::FactKindId kind, const Draft& draft) const {
  return kind == family_.root.kind ? draft.root_fields : PlainFields(context_.rules, kind);
}

std::size_t BoxHistories::ShiftsOf(rules::FactKindId kind) const {
  const bool by_shift = context_.rules.kind(kind).placement == rules::Placement::Shift;
  return by_shift ? std::max<std::size_t>(layout_.shifts.size(), 1) : 1;
}

// A fact of the kind in its place: shift after shift and day after day.
Placed BoxHistories::At(rules::FactKindId kind, std::size_t place,
                        std::vector<Value> fields) const {
  const rules::FactKind& declared = context_.rules.kind(kind);
  const bool by_shift = declared.placement == rules::Placement::Shift;
  const std::size_t shifts = ShiftsOf(kind);
  std::size_t day = place / shifts;
  std::size_t month = 0;
  while (month + 1 < layout_.months.size() && day >= layout_.months[month].size()) {
    day -= layout_.months[month++].size();
  }
  const std::size_t shift = by_shift ? place % shifts + 1 : 0;
  if (shift > 1) {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (declared.fields[f].type.base != rules::Base::TimeOfDay) continue;
      fields[f].number += layout_.shifts[shift - 1].entry - layout_.shifts[0].entry;
    }
  }
  return {kind, static_cast<int>(month), static_cast<int>(day), static_cast<int>(shift),
          std::move(fields)};
}

// What one fact adds to a field of its kind, or of the kind it is characterised as.
std::optional<BoxHistories::Source> BoxHistories::SourceOf(rules::FactKindId kind,
                                                           std::optional<std::size_t> field) const {
  const rules::Ruleset& rules = context_.rules;
  const auto of_field = [&](rules::FactKindId primitive, std::size_t f) {
    const rules::Field& declared = rules.kind(primitive).fields[f];
    return Source{primitive, f, false, declared.low.value_or(Rational(0)),
                  declared.high.value_or(Rational(0))};
  };
  if (Primitive(rules.kind(kind))) {
    return field ? of_field(kind, *field) : Source{kind, std::nullopt, false, 1, 1};
  }
  const auto through = [&](const rules::Qualification& by) -> std::optional<Source> {
    if (by.target != kind || by.subject.window != rules::Window::Fact) return std::nullopt;
    if (!Primitive(rules.kind(by.subject.kind))) return std::nullopt;
    if (!field) return Source{by.subject.kind, std::nullopt, false, 1, 1};
    const auto given =
        std::find_if(by.fields.begin(), by.fields.end(),
                     [&](const rules::FieldValue& value) { return value.field.index() == *field; });
    if (given == by.fields.end()) return std::nullopt;
    const rules::Expr& value = rules.expr(given->value);
    if (value.op == rules::Op::Literal && value.literal > Rational(0)) {
      return Source{by.subject.kind, std::nullopt, false, value.literal, value.literal};
    }
    if (value.op == rules::Op::Field) {
      return of_field(by.subject.kind, static_cast<std::size_t>(value.ref));
    }
    const bool elapsed = value.op == rules::Op::Sub &&
                         rules.expr(value.args[0]).op == rules::Op::Field &&
                         rules.expr(value.args[1]).op == rules::Op::ScheduledEntry;
    if (!elapsed || layout_.shifts.empty()) return std::nullopt;
    const rules::Shift& shift = layout_.shifts.front();
    return Source{by.subject.kind, static_cast<std::size_t>(rules.expr(value.args[0]).ref), true, 1,
                  shift.exit - shift.entry};
  };
  // A plain fact is characterised when no condition is asked of it.
  for (const bool asks : {false, true}) {
    for (const rules::Qualification& by : rules.qualifications) {
      if (by.guard.valid() != asks) continue;
      if (auto source = through(by)) return source;
    }
  }
  return std::nullopt;
}

// As many as large as can be, and what is left in one more, or shared by two when it is less than
// the least that one can be; none when they would be too many.
std::vector<Rational> BoxHistories::Parts(const Source& source, Rational amount) const {
  const Rational largest = source.largest.zero() ? amount : source.largest;
  if (largest <= Rational(0) || amount > largest * Rational(kMaxFacts)) return {};
  std::vector<Rational> parts(static_cast<std::size_t>((amount / largest).floor()), largest);
  Rational rest = amount - Rational(static_cast<std::int64_t>(parts.size())) * largest;
  if (!rest.zero() && rest < source.least && !parts.empty()) {
    parts.back() = largest - (source.least - rest);
    rest = source.least;
  }
  if (!rest.zero()) parts.push_back(rest);
  return parts;
}

std::optional<Recipe> BoxHistories::FactsFor(const Need& need, const Draft& draft, Pace pace,
                                             const Recipe& before) const {
  const rules::Ruleset& rules = context_.rules;
  const rules::Measure& measure = rules.measure(need.measure);
  Recipe recipe;
  if (need.amount <= Rational(0)) return recipe;
  if (!measure.kind.valid()) return std::nullopt;
  std::optional<std::size_t> field;
  if (measure.aggregate != Aggregate::Count) {
    if (rules.expr(measure.value).op != rules::Op::Field) return std::nullopt;
    field = static_cast<std::size_t>(rules.expr(measure.value).ref);
  }
  const auto source = SourceOf(measure.kind, field);
  if (!source) return std::nullopt;
  const std::vector<Value> plain = FieldsOf(source->kind, draft);
  const auto add = [&](std::size_t place, Rational adds) {
    std::vector<Value> fields = plain;
    if (source->field) {
      const Rational entry = source->after_entry ? layout_.shifts.front().entry : Rational(0);
      fields[*source->field] = {entry + adds, false};
    }
    recipe.push_back(At(source->kind, place, std::move(fields)));
  };
  const std::size_t shifts = ShiftsOf(source->kind);
  if (measure.aggregate == Aggregate::Run) {
    // On each day as much as can be, in as many shifts as it takes.
    const Rational adds = source->largest.zero() ? measure.at_least : source->largest;
    if (adds <= Rational(0)) return std::nullopt;
    const auto takes = static_cast<std::size_t>((measure.at_least / adds).ceil());
    for (std::int64_t day = 0; day < need.amount.ceil() && day < kMaxFacts; ++day) {
      for (std::size_t shift = 0; shift < std::clamp<std::size_t>(takes, 1, shifts); ++shift) {
        add(static_cast<std::size_t>(day) * shifts + shift, adds);
      }
    }
    return recipe;
  }
  const bool follows = !before.empty() && before.front().kind == source->kind;
  Rational amount = need.amount;
  std::size_t first = 0;
  if (follows) {
    amount -= source->largest * Rational(static_cast<std::int64_t>(before.size()));
    if (amount <= Rational(0)) return recipe;
    first = (static_cast<std::size_t>(before.back().day) + 2) * shifts;  // the day between is free
  }
  const std::vector<Rational> parts = Parts(*source, amount);
  if (parts.empty()) return std::nullopt;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const std::size_t days = p / shifts * (pace == Pace::Together ? 1 : 2);
    add(first + days * shifts + p % shifts, parts[p]);
  }
  return recipe;
}

std::optional<BoxHistories::Month> BoxHistories::MonthFor(const rules::Box& box, End end,
                                                          Pace pace) const {
  const rules::Ruleset& rules = context_.rules;
  const rules::FactKind& kind = rules.kind(family_.root.kind);
  const bool own = Primitive(kind);
  const bool born = kind.periodicity != rules::Periodicity::None;  // by the calendar itself
  const auto root = born ? std::nullopt : SourceOf(family_.root.kind, std::nullopt);
  if (!born && !root) return std::nullopt;
  Draft draft;
  if (own) draft.root_fields = PlainFields(rules, family_.root.kind);
  for (const Atom& atom : box.atoms) {
    if (!Meet(atom, end, pace, draft)) return std::nullopt;
  }
  // Apart, a run comes first and the rest after it.
  const auto is_run = [&](const Need& need) {
    return rules.measure(need.measure).aggregate == Aggregate::Run;
  };
  std::stable_partition(draft.needs.begin(), draft.needs.end(), is_run);
  Recipe run;
  // The largest need of each kind of fact; less of another of the same facts is left to chance.
  std::vector<Recipe> parts;
  for (const Need& need : draft.needs) {
    auto recipe = FactsFor(need, draft, pace, run);
    if (!recipe) return std::nullopt;
    if (is_run(need) && pace != Pace::Together) run = *recipe;
    if (!is_run(need) && !run.empty() && !recipe->empty() &&
        recipe->front().kind == run.front().kind) {
      recipe->insert(recipe->begin(), run.begin(), run.end());
    }
    if (recipe->empty()) continue;
    const auto same = std::find_if(parts.begin(), parts.end(), [&](const Recipe& other) {
      return other.front().kind == recipe->front().kind;
    });
    if (same == parts.end()) {
      parts.push_back(std::move(*recipe));
    } else if (same->size() < recipe->size()) {
      *same = std::move(*recipe);
    }
  }
  Recipe all;
  bool rooted = born;
  for (Recipe& part : parts) {
    rooted = rooted || part.front().kind == root->kind;
    all.insert(all.end(), part.begin(), part.end());
  }
  if (!rooted) all.push_back(At(root->kind, 0, FieldsOf(root->kind, draft)));
  return Month{std::move(all), draft.months, std::move(draft.attributes)};
}

std::optional<evaluation::History> BoxHistories::LayOutMonths(const Recipe& earlier, int own,
                                                              const Month& last,
                                                              bool& crowded) const {
  Recipe all;
  for (int month = 0; month < last.months; ++month) {
    const bool as_earlier = month >= own && month + 1 < last.months;
    const Recipe facts = Moved(as_earlier ? earlier : last.recipe, month, 0);
    all.insert(all.end(), facts.begin(), facts.end());
  }
  const auto beyond = [](const Placed& placed) { return placed.month > 0; };
  const auto lacks_room = [&](const Placed& placed) {
    const auto month = static_cast<std::size_t>(placed.month);
    return month >= layout_.months.size() ||
           static_cast<std::size_t>(placed.day) >= layout_.months[month].size();
  };
  crowded = crowded || std::any_of(all.begin(), all.end(), lacks_room) ||
            std::any_of(last.recipe.begin(), last.recipe.end(), beyond);
  std::optional<evaluation::History> history = LayOut(context_, layout_, all);
  if (!history) return std::nullopt;
  for (const auto& [attribute, value] : last.attributes) {
    history->attributes[attribute.index()] = {{std::nullopt, value}};
  }
  return history;
}

std::optional<evaluation::History> BoxHistories::Make(const rules::Box& box, End end, Pace pace,
                                                      bool& crowded) const {
  const std::optional<Month> month = MonthFor(box, end, pace);
  if (!month || (pace == Pace::Monthly && month->months < 2)) return std::nullopt;
  return LayOutMonths({}, month->months, *month, crowded);
}

bool BoxHistories::Crowds(const rules::Box& box) const {
  bool crowded = false;
  for (const Pace pace : {Pace::Together, Pace::Apart}) (void)Make(box, End::Low, pace, crowded);
  return crowded;
}

std::vector<BoxHistories> BoxHistories::Roomier() const {
  std::vector<BoxHistories> all;
  for (const unsigned first : {LongestMonth(context_), 1U}) {
    if (first != kFirstMonth) all.push_back({context_, family_, MakeLayout(context_, first)});
  }
  return all;
}

namespace {

// The boxes of one way that are outside a box of another, term by term.
std::vector<rules::Box> Outside(const rules::Ruleset& rules, const rules::Family& family,
                                const rules::Box& way, const rules::Box& other) {
  std::vector<rules::Box> outside;
  for (const Atom& atom : other.atoms) {
    if (atom.kind != Atom::Kind::Interval) continue;
    Atom above = atom;
    Atom below = atom;
    above.low = atom.high;
    above.low_open = !atom.high_open;
    above.high = std::nullopt;
    below.high = atom.low;
    below.high_open = !atom.low_open;
    below.low = std::nullopt;
    for (const Atom& side : {above, below}) {
      if (!side.low && !side.high) continue;
      for (rules::Box& box : Meet(rules, family, {way}, {rules::Box{{side}}})) {
        outside.push_back(std::move(box));
      }
    }
  }
  return outside;
}

}  // namespace

std::vector<rules::Box> BoxHistories::EarlierWays(const rules::Box& box) const {
  const rules::Ruleset& rules = context_.rules;
  std::vector<rules::Box> ways;
  std::vector<rules::Box> alone;  // in one way and not in another
  for (const Atom& atom : box.atoms) {
    const rules::Expr& expr = rules.expr(atom.expr);
    if (atom.kind != Atom::Kind::Interval || expr.op != rules::Op::Measure) continue;
    const rules::Measure& measure = rules.measure(rules::MeasureId(expr.ref));
    if (measure.window <= family_.root.window) continue;
    for (const rules::Qualification& by : rules.qualifications) {
      if (by.subject != family_.root || by.target != measure.kind || !by.guard.valid()) continue;
      const auto boxes = rules::ToBoxes(rules, by.guard).value_or(std::vector<rules::Box>{});
      ways.insert(ways.end(), boxes.begin(), boxes.end());
    }
  }
  if (ways.size() > kMaxWays) return {};
  for (const rules::Box& way : ways) {
    for (const rules::Box& other : ways) {
      for (rules::Box& only : Outside(rules, family_, way, other)) alone.push_back(std::move(only));
    }
  }
  ways.insert(ways.end(), alone.begin(), alone.end());
  return ways;
}

std::optional<evaluation::History> BoxHistories::MakeAfter(const rules::Box& box,
                                                           const rules::Box& earlier, int own,
                                                           bool& crowded) const {
  const std::optional<Month> last = MonthFor(box, End::Low, Pace::Monthly);
  if (!last || last->months < own + 2) return std::nullopt;
  const std::optional<Month> before = MonthFor(earlier, End::Low, Pace::Apart);
  if (!before) return std::nullopt;
  return LayOutMonths(before->recipe, own, *last, crowded);
}

std::optional<evaluation::History> BoxHistories::MakeThroughout(const rules::Box& box,
                                                                const rules::Box& earlier,
                                                                Pace pace, bool& crowded) const {
  std::optional<Month> last = MonthFor(box, End::Low, Pace::Monthly);
  const std::optional<Month> each = MonthFor(earlier, End::Low, pace);
  if (!last || !each) return std::nullopt;
  const auto in_each = [&](const Placed& own) {
    return std::any_of(each->recipe.begin(), each->recipe.end(),
                       [&](const Placed& placed) { return placed.kind == own.kind; });
  };
  std::erase_if(last->recipe, in_each);
  last->recipe.insert(last->recipe.end(), each->recipe.begin(), each->recipe.end());
  return LayOutMonths(each->recipe, 0, *last, crowded);
}

base::Text BoundsOfMaking(const CheckContext& context) {
  const std::string year = std::to_string(context.year);
  return {"una historia de la gestión " + year + " hecha con lo que se pide",
          "a history of " + year + " made from what is asked"};
}

}  // namespace cotejo::checks
