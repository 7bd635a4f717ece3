#include "model/rules/content_hash.h"

#include <algorithm>
#include <optional>

namespace cotejo::rules {

void Hasher::Byte(unsigned char byte) {
  constexpr Wide kPrime = (static_cast<Wide>(1) << 88U) | 0x13bU;
  state_ = (state_ ^ byte) * kPrime;
}

Hasher& Hasher::Add(std::string_view text) {
  Add(static_cast<std::int64_t>(text.size()));
  for (const char c : text) Byte(static_cast<unsigned char>(c));
  return *this;
}

Hasher& Hasher::Add(std::int64_t number) {
  // Most numbers are small: one byte for them, nine for the others.
  if (0 <= number && number < 0xff) {
    Byte(static_cast<unsigned char>(number));
    return *this;
  }
  Byte(0xff);
  for (unsigned shift = 0; shift < 64; shift += 8) {
    Byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
  }
  return *this;
}

std::string Hasher::str() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 124; shift >= 0; shift -= 4) {
    text += kDigits[static_cast<std::size_t>((state_ >> static_cast<unsigned>(shift)) & 15U)];
  }
  return text;
}

namespace {

// Writes declarations into a hasher, names in place of ids.
class Writer {
 public:
  explicit Writer(const Ruleset& rules) : rules_(rules) {
    for (const Norm& norm : rules.norms) {
      norms_.push_back(DigestOf([&](Writer& w) { w.Put(norm); }));
    }
    for (const Enumeration& enumeration : rules.enumerations) {
      enumerations_.push_back(DigestOf([&](Writer& w) {
        w.Text(enumeration.name);
        w.Count(enumeration.values.size());
        for (const std::string& value : enumeration.values) w.Text(value);
      }));
    }
    for (const Parameter& parameter : rules.parameters) {
      parameters_.push_back(DigestOf([&](Writer& w) { w.Put(parameter); }));
    }
  }

  template <typename Write>
  std::string DigestOf(Write write) {
    hash_ = Hasher();
    write(*this);
    return hash_.str();
  }

  // ---- Plain values

  void Text(std::string_view text) { hash_.Add(text); }
  void Flag(bool flag) { hash_.Add(flag ? 1 : 0); }
  void Count(std::size_t count) { hash_.Add(static_cast<std::int64_t>(count)); }
  void Whole(std::int64_t number) { hash_.Add(number); }
  template <typename Enum>
  void Choice(Enum value) {
    hash_.Add(static_cast<std::int64_t>(value));
  }
  void Number(const Rational& number) {
    hash_.Add(number.num());
    hash_.Add(number.den());
  }
  void Day(const Date& date) { hash_.Add(date.days()); }
  template <typename T, typename Write>
  void Maybe(const std::optional<T>& value, Write write) {
    Flag(value.has_value());
    if (value) write(*value);
  }
  void Days(const std::optional<Date>& from, const std::optional<Date>& to) {
    for (const auto& date : {from, to}) Maybe(date, [&](const Date& d) { Day(d); });
  }
  void Numbers(const std::optional<Rational>& low, const std::optional<Rational>& high) {
    for (const auto& n : {low, high}) Maybe(n, [&](const Rational& number) { Number(number); });
  }
  void Put(const Value& value) {
    Flag(value.absent);
    Number(value.number);
  }
  void Cited(const Citation& citation) { Text(citation.str()); }

  // ---- References

  void Put(NormId id) { Text(id.valid() ? norms_[id.index()] : ""); }
  void Kind(FactKindId id) { Text(id.valid() ? rules_.kind(id).name : ""); }
  void TypeOf(const Type& type) {
    Choice(type.base);
    if (type.enumeration.valid()) Text(enumerations_[type.enumeration.index()]);
  }
  void Put(const Subject& subject) {
    Kind(subject.kind);
    Choice(subject.window);
  }

  void Put(ExprId id) {
    Flag(id.valid());
    if (!id.valid()) return;
    const Expr& expr = rules_.expr(id);
    Choice(expr.op);
    TypeOf(expr.type);
    switch (expr.op) {
      case Op::Literal:
        Number(expr.literal);
        break;
      case Op::Attribute:
        Text(rules_.attributes[static_cast<std::size_t>(expr.ref)].name);
        break;
      case Op::Parameter:
        Text(parameters_[static_cast<std::size_t>(expr.ref)]);
        break;
      case Op::Measure:
        Text(rules_.measures[static_cast<std::size_t>(expr.ref)].name);
        break;
      default:
        Whole(expr.ref);
        break;
    }
    Count(expr.args.size());
    for (ExprId arg : expr.args) Put(arg);
  }

  void Exceptions(const std::vector<Exception>& exceptions) {
    Count(exceptions.size());
    for (const Exception& exception : exceptions) {
      Put(exception.condition);
      Cited(exception.citation);
    }
  }

  void Put(const std::optional<Term>& term) {
    Maybe(term, [&](const Term& t) {
      Number(t.amount);
      Choice(t.unit);
    });
  }

  void Put(const Consequence& consequence) {
    Choice(consequence.kind);
    Put(consequence.quantity);
    Text(consequence.thing);
    Text(consequence.actor);
    Text(consequence.action);
    Put(consequence.term);
  }

  // ---- Declarations

  void Put(const Norm& norm) {
    Text(norm.name);
    Text(norm.title);
    Whole(norm.rank);
    Text(norm.rank_name);
    Days(norm.issued, norm.in_force_from);
    Days(norm.in_force_to, std::nullopt);
    Choice(norm.confidence);
    Flag(norm.amendment);
  }

  void Put(const Parameter& parameter) {
    Text(parameter.name);
    Put(parameter.norm);
    Cited(parameter.citation);
    TypeOf(parameter.type);
    Count(parameter.values.size());
    for (const DatedValue& value : parameter.values) {
      Days(value.from, std::nullopt);
      Number(value.value);
    }
  }

  void Put(const Attribute& attribute) {
    Text(attribute.name);
    TypeOf(attribute.type);
    Flag(attribute.optional);
    Maybe(attribute.initial, [&](const Value& value) { Put(value); });
    Numbers(attribute.low, attribute.high);
  }

  void Put(const FactKind& kind) {
    Text(kind.name);
    Flag(kind.derived);
    Flag(kind.extinctive);
    Choice(kind.placement);
    Choice(kind.periodicity);
    Text(kind.periodic_from.valid() ? rules_.attribute(kind.periodic_from).name : "");
    Whole(kind.periodic_plus_days);
    Count(kind.fields.size());
    for (const Field& field : kind.fields) {
      Text(field.name);
      TypeOf(field.type);
      Maybe(field.initial, [&](const Value& value) { Put(value); });
      Numbers(field.low, field.high);
      Number(field.step);
    }
    std::vector<std::string> excludes;
    for (FactKindId other : kind.excludes) excludes.push_back(rules_.kind(other).name);
    std::sort(excludes.begin(), excludes.end());
    Count(excludes.size());
    for (const std::string& name : excludes) Text(name);
    Flag(kind.is_sanction);
  }

  void Put(const Schedule& schedule) {
    Text(schedule.name);
    Put(schedule.norm);
    Cited(schedule.citation);
    Put(schedule.guard);
    Count(schedule.shifts.size());
    for (const Shift& shift : schedule.shifts) {
      Number(shift.entry);
      Number(shift.exit);
    }
    Days(schedule.from, schedule.to);
  }

  void Put(const Measure& measure) {
    Text(measure.name);
    Put(measure.norm);
    Cited(measure.citation);
    TypeOf(measure.type);
    Choice(measure.window);
    Choice(measure.aggregate);
    Kind(measure.kind);
    Put(measure.value);
    Put(measure.filter);
    Whole(measure.same_field.value);
    Number(measure.at_least);
    Number(measure.step);
    Number(measure.instrument_step);
  }

  void Put(const Qualification& by) {
    Text(by.name);
    Put(by.norm);
    Cited(by.citation);
    Put(by.subject);
    Put(by.guard);
    Exceptions(by.exceptions);
    Kind(by.target);
    Count(by.fields.size());
    for (const FieldValue& given : by.fields) {
      Whole(given.field.value);
      Put(given.value);
    }
    Days(by.from, by.to);
    Text(by.from_rule.valid() ? rules_.rule(by.from_rule).name : "");
  }

  void Put(const Scale& scale) {
    Text(scale.name);
    Put(scale.norm);
    Cited(scale.citation);
    Put(scale.subject);
    Put(scale.measure);
    Choice(scale.policy);
    Flag(scale.partial);
    Flag(scale.rows.empty());  // the rows themselves are rules
  }

  void Put(const Rule& rule, const std::vector<std::string>& scales) {
    Text(rule.name);
    Put(rule.norm);
    Cited(rule.citation);
    Put(rule.subject);
    Text(rule.scale.valid() ? scales[rule.scale.index()] : "");
    Whole(rule.row);
    Put(rule.guard);
    Exceptions(rule.exceptions);
    Choice(rule.fault);
    Count(rule.consequences.size());
    for (const Consequence& consequence : rule.consequences) Put(consequence);
    Whole(rule.priority);
    Days(rule.from, rule.to);
  }

  void Put(const Reading& reading) {
    Text(reading.name);
    Count(reading.citations.size());
    for (const Citation& citation : reading.citations) Cited(citation);
    Count(reading.options.size());
    for (const ReadingOption& option : reading.options) {
      Text(option.name);
      Text(option.description);
    }
    Whole(reading.assumed);
    Whole(reading.chosen);
  }

  void Put(const Statement& statement) {
    Choice(statement.kind);
    Put(statement.norm);
    Cited(statement.citation);
    Cited(statement.target);
    Text(statement.summary);
  }

  void Put(const LeastUnit& unit) {
    Text(unit.thing);
    Put(unit.norm);
    Cited(unit.citation);
    TypeOf(unit.type);
    Number(unit.step);
  }

  void Put(const ProcessRequirement& requirement) {
    Put(requirement.norm);
    Cited(requirement.citation);
    Count(requirement.consequences.size());
    for (ConsequenceKind kind : requirement.consequences) Choice(kind);
    Count(requirement.faults.size());
    for (FaultClass fault : requirement.faults) Choice(fault);
  }

  void Put(const Safeguard& safeguard) {
    Put(safeguard.norm);
    Maybe(safeguard.duty, [&](const Citation& duty) { Cited(duty); });
    Count(safeguard.actors.size());
    for (const std::string& actor : safeguard.actors) Text(actor);
    Cited(safeguard.sanction);
  }

  void Put(const WorseChoice& choice) {
    Kind(choice.worse);
    Kind(choice.better);
    Whole(choice.field.value);
  }

  void Put(const Organ& organ) {
    Text(organ.name);
    Text(organ.title);
    Count(organ.titles.size());
    for (const std::string& title : organ.titles) Text(title);
    Flag(organ.external);
  }

  void Put(const Procedure& procedure) {
    Text(procedure.name);
    Put(procedure.norm);
    Cited(procedure.citation);
    Count(procedure.milestones.size());
    for (const Milestone& milestone : procedure.milestones) {
      Text(milestone.name);
      Choice(milestone.bound);
      Put(milestone.term);
      Text(milestone.since);
      Text(milestone.actor);
      Flag(milestone.power);
      Cited(milestone.citation);
      Text(milestone.miss);
      Cited(milestone.miss_citation);
    }
  }

  void Put(const Provision& provision) {
    Put(provision.norm);
    Cited(provision.citation);
    Text(provision.heading);
    Text(provision.summary);
  }

  void Put(const Definition& definition) {
    Text(definition.name);
    Put(definition.norm);
    Cited(definition.citation);
    Put(definition.body);
  }

  void Put(const Case& example) {
    Text(example.name);
    Cited(example.citation);
    Count(example.readings.size());
    for (const auto& [reading, option] : example.readings) {
      Text(rules_.readings[reading.index()].name);
      Whole(option);
    }
    Count(example.attributes.size());
    for (const GivenAttribute& given : example.attributes) {
      Text(rules_.attribute(given.attribute).name);
      Days(given.from, std::nullopt);
      Put(given.value);
    }
    Count(example.facts.size());
    for (const GivenFact& fact : example.facts) {
      Kind(fact.kind);
      Day(fact.date);
      Whole(fact.shift);
      Count(fact.fields.size());
      for (const auto& [field, value] : fact.fields) {
        Whole(field.value);
        Put(value);
      }
    }
    Count(example.expectations.size());
    for (const Expectation& expectation : example.expectations) {
      Choice(expectation.kind);
      Put(expectation.consequence);
      Cited(expectation.citation);
    }
  }

  void Put(const base::Calendar& calendar) {
    std::vector<std::string> days;
    for (const base::Holiday& holiday : calendar.holidays()) {
      days.push_back(holiday.date.str() + " " + holiday.scope + "|" + holiday.name + "|" +
                     holiday.basis);
    }
    std::sort(days.begin(), days.end());
    Count(days.size());
    for (const std::string& day : days) Text(day);
  }

  [[nodiscard]] const std::vector<std::string>& norms() const { return norms_; }
  [[nodiscard]] const std::vector<std::string>& enumerations() const { return enumerations_; }
  [[nodiscard]] const std::vector<std::string>& parameters() const { return parameters_; }

 private:
  const Ruleset& rules_;
  Hasher hash_;
  std::vector<std::string> norms_, enumerations_, parameters_;
};

template <typename Item, typename Write>
std::vector<std::string> Each(Writer& writer, const std::vector<Item>& items, Write write) {
  std::vector<std::string> digests;
  digests.reserve(items.size());
  for (const Item& item : items) {
    digests.push_back(writer.DigestOf([&](Writer& w) { write(w, item); }));
  }
  return digests;
}

std::string Joined(const std::vector<std::string>& digests) {
  Hasher hash;
  for (const std::string& digest : digests) hash.Add(digest);
  return hash.str();
}

// Of declarations whose order says nothing.
std::string Sorted(std::vector<std::string> digests) {
  std::sort(digests.begin(), digests.end());
  return Joined(digests);
}

bool MayBeZero(const Ruleset& rules, ExprId divisor) {
  const Expr& expr = rules.expr(divisor);
  if (expr.op == Op::Literal) return expr.literal.zero();
  if (expr.op != Op::Parameter) return true;
  const auto& values = rules.parameters[static_cast<std::size_t>(expr.ref)].values;
  return std::any_of(values.begin(), values.end(),
                     [](const DatedValue& dated) { return dated.value.zero(); });
}

// Whether reading it may fail for a history that gives no more than a family needs: a personal
// datum without a value, a division. A witness is only shown when nothing at all failed in it.
bool MayFail(const Ruleset& rules, ExprId id) {
  if (!id.valid()) return false;
  const Expr& expr = rules.expr(id);
  if (expr.op == Op::Attribute) {
    const Attribute& attribute = rules.attributes[static_cast<std::size_t>(expr.ref)];
    return !attribute.optional && !attribute.initial;
  }
  if (expr.op == Op::Div && MayBeZero(rules, expr.args[1])) return true;
  if (expr.op == Op::Parameter) {
    const auto& values = rules.parameters[static_cast<std::size_t>(expr.ref)].values;
    return values.empty() || values.front().from.has_value();
  }
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ExprId arg) { return MayFail(rules, arg); });
}

bool MayFail(const Ruleset& rules, const std::vector<Exception>& exceptions) {
  return std::any_of(exceptions.begin(), exceptions.end(), [&](const Exception& exception) {
    return MayFail(rules, exception.condition);
  });
}

// Declarations outside any cone that may fail in a witness all the same.
Declarations Fallible(const Ruleset& rules) {
  Declarations part;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const Rule& rule = rules.rules[i];
    const bool quantity = std::any_of(
        rule.consequences.begin(), rule.consequences.end(),
        [&](const Consequence& consequence) { return MayFail(rules, consequence.quantity); });
    if (quantity || MayFail(rules, rule.guard) || MayFail(rules, rule.exceptions)) {
      part.rules.emplace_back(static_cast<std::int64_t>(i));
    }
  }
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    const Qualification& by = rules.qualifications[i];
    const bool field =
        std::any_of(by.fields.begin(), by.fields.end(),
                    [&](const FieldValue& given) { return MayFail(rules, given.value); });
    if (field || MayFail(rules, by.guard) || MayFail(rules, by.exceptions)) {
      part.qualifications.emplace_back(static_cast<std::int64_t>(i));
    }
  }
  for (std::size_t i = 0; i < rules.measures.size(); ++i) {
    if (MayFail(rules, rules.measures[i].value) || MayFail(rules, rules.measures[i].filter)) {
      part.measures.emplace_back(static_cast<std::int64_t>(i));
    }
  }
  return part;
}

template <typename Id>
void AddPicked(const std::vector<Id>& picked, const std::vector<std::string>& digests,
               Hasher& hash) {
  std::vector<Id> ids = picked;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  hash.Add(static_cast<std::int64_t>(ids.size()));
  for (Id id : ids) hash.Add(digests[id.index()]);
}

}  // namespace

ContentHash::ContentHash(const Ruleset& rules) {
  Writer writer(rules);
  kinds_ = Each(writer, rules.fact_kinds, [](Writer& w, const auto& x) { w.Put(x); });
  measures_ = Each(writer, rules.measures, [](Writer& w, const auto& x) { w.Put(x); });
  qualifications_ = Each(writer, rules.qualifications, [](Writer& w, const auto& x) { w.Put(x); });
  scales_ = Each(writer, rules.scales, [](Writer& w, const auto& x) { w.Put(x); });
  rules_ = Each(writer, rules.rules, [&](Writer& w, const auto& x) { w.Put(x, scales_); });
  const auto unordered = [&](const auto& items, auto write) {
    return Sorted(Each(writer, items, write));
  };
  statements_ = unordered(rules.statements, [](Writer& w, const auto& x) { w.Put(x); });
  units_ = unordered(rules.units, [](Writer& w, const auto& x) { w.Put(x); });
  process_requirements_ =
      unordered(rules.process_requirements, [](Writer& w, const auto& x) { w.Put(x); });
  safeguards_ = unordered(rules.safeguards, [](Writer& w, const auto& x) { w.Put(x); });
  worse_choices_ = unordered(rules.worse_choices, [](Writer& w, const auto& x) { w.Put(x); });
  organs_ = unordered(rules.organs, [](Writer& w, const auto& x) { w.Put(x); });
  procedures_ = unordered(rules.procedures, [](Writer& w, const auto& x) { w.Put(x); });
  provisions_ = unordered(rules.provisions, [](Writer& w, const auto& x) { w.Put(x); });

  Hasher common;
  common.Add(Joined(Each(writer, rules.attributes, [](Writer& w, const auto& x) { w.Put(x); })));
  // The first schedule that suits a person is his, and readings are listed in their order.
  common.Add(Joined(Each(writer, rules.schedules, [](Writer& w, const auto& x) { w.Put(x); })));
  common.Add(Joined(Each(writer, rules.readings, [](Writer& w, const auto& x) { w.Put(x); })));
  common.Add(writer.DigestOf([&](Writer& w) { w.Put(rules.calendar); }));
  common.Add(rules.holiday_scope.valid() ? rules.attribute(rules.holiday_scope).name : "");
  common.Add(rules.constitutive.valid() ? rules.attribute(rules.constitutive).name : "");
  histories_ = common.str();
  const Declarations fallible = Fallible(rules);
  AddPicked(fallible.measures, measures_, common);
  AddPicked(fallible.qualifications, qualifications_, common);
  AddPicked(fallible.rules, rules_, common);
  common_ = common.str();

  Hasher whole;
  whole.Add(common_).Add(rules.title);
  for (const std::string& rank : rules.ranks) whole.Add(rank);
  for (const auto* part : {&kinds_, &measures_, &qualifications_, &scales_, &rules_}) {
    whole.Add(Joined(*part));
  }
  for (const auto* part : {&writer.norms(), &writer.enumerations(), &writer.parameters()}) {
    whole.Add(Sorted(*part));
  }
  for (const auto* part : {&statements_, &units_, &process_requirements_, &safeguards_,
                           &worse_choices_, &organs_, &procedures_, &provisions_}) {
    whole.Add(*part);
  }
  whole.Add(unordered(rules.definitions, [](Writer& w, const auto& x) { w.Put(x); }));
  whole.Add(unordered(rules.cases, [](Writer& w, const auto& x) { w.Put(x); }));
  whole_ = whole.str();
}

std::string ContentHash::Of(const Declarations& part) const {
  Hasher hash;
  hash.Add(common_);
  AddPicked(part.kinds, kinds_, hash);
  AddPicked(part.measures, measures_, hash);
  AddPicked(part.qualifications, qualifications_, hash);
  AddPicked(part.rules, rules_, hash);
  AddPicked(part.scales, scales_, hash);
  const auto section = [&](bool wanted, const std::string& digest) {
    hash.Add(wanted ? digest : "");
  };
  section(part.statements, statements_);
  section(part.units, units_);
  section(part.process_requirements, process_requirements_);
  section(part.safeguards, safeguards_);
  section(part.worse_choices, worse_choices_);
  section(part.organs, organs_);
  section(part.procedures, procedures_);
  section(part.provisions, provisions_);
  return hash.str();
}

}  // namespace cotejo::rules
