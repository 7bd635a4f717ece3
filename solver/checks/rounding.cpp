// Rounding: what a rule grants or deducts is not a whole number of the least unit in which it
// can be had.
#include <algorithm>
#include <set>

#include "model/base/utf8.h"
#include "model/rules/terms.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/triggers.h"
#include "solver/checks/wording.h"
#include "solver/encoding/cone.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using base::Text;
using evaluation::History;
using rules::ConsequenceKind;
using rules::LeastUnit;
using rules::Value;

namespace {

constexpr const char* kCode = "redondeo";
// Histories tried for one rule, values of one number, and quantities a finding lists.
constexpr std::size_t kMostHistories = 2000;
constexpr std::int64_t kMostValues = 500;
constexpr std::size_t kListed = 6;
// Years of service looked at through a date of the person.
constexpr int kYearsBack = 12;
constexpr unsigned kMonthsOfAYear = 12;
constexpr unsigned kDayOfTheMonth = 10;
constexpr std::int64_t kValuesOfAnAttribute = 8;
constexpr std::int64_t kMinutesOfAnHour = 60;

// Where the text says how much: a rule that grants the thing, or a characterisation that makes
// a fact of that name, such as leave that is charged.
struct Grant {
  std::string name;
  base::Citation citation;
  rules::Subject subject;
  rules::ExprId guard, quantity;
  rules::RuleId rule{};
  std::size_t consequence = 0;
  rules::QualificationId by{};
  rules::FieldId field{};
};

std::vector<Grant> GrantsOf(const rules::Ruleset& rules, const LeastUnit& unit) {
  const std::string thing = base::Fold(unit.thing);
  std::vector<Grant> grants;
  for (std::size_t r = 0; r < rules.rules.size(); ++r) {
    const rules::Rule& rule = rules.rules[r];
    for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
      const rules::Consequence& consequence = rule.consequences[c];
      if (consequence.kind != ConsequenceKind::Entitlement) continue;
      if (base::Fold(consequence.thing) != thing || !consequence.quantity.valid()) continue;
      Grant grant{rule.name, rule.citation, rule.subject, rule.guard, consequence.quantity};
      grant.rule = rules::RuleId(static_cast<std::int64_t>(r));
      grant.consequence = c;
      grants.push_back(std::move(grant));
    }
  }
  for (std::size_t q = 0; q < rules.qualifications.size(); ++q) {
    const rules::QualificationId id(static_cast<std::int64_t>(q));
    const rules::Qualification& by = rules.qualification(id);
    if (base::Fold(rules.kind(by.target).name) != thing) continue;
    for (const rules::FieldValue& given : by.fields) {
      if (!(rules.expr(given.value).type == unit.type)) continue;
      Grant grant{by.name, CitationOf(rules, id), by.subject, by.guard, given.value};
      grant.by = id;
      grant.field = given.field;
      grants.push_back(std::move(grant));
    }
  }
  return grants;
}

// Numbers of a range by steps, the plainest first: whole hours before other minutes.
std::vector<Value> Numbers(const rules::Type& type, Rational low, Rational high, Rational step) {
  std::vector<Value> values;
  const std::int64_t count = std::min(((high - low) / step).floor(), kMostValues);
  for (std::int64_t i = 0; i <= count; ++i) {
    values.push_back({low + Rational(i) * step, false});
  }
  if (type.base == rules::Base::Minutes) {
    std::stable_partition(values.begin(), values.end(), [](const Value& value) {
      return !value.number.zero() && (value.number / Rational(kMinutesOfAnHour)).whole();
    });
  }
  return values;
}

class RoundingSearch {
 public:
  RoundingSearch(const CheckContext& context, const LeastUnit& unit, const Grant& grant)
      : context_(context),
        rules_(context.rules),
        unit_(unit),
        grant_(grant),
        bench_(context, Sources(context.rules, grant.subject.kind)) {}

  void Run(const std::string& name, base::CheckReport& report) {
    if (const auto fixed = Fixed()) {
      const Text bounds{"la cantidad es fija en todas sus vigencias",
                        "the quantity is fixed in all its periods"};
      if (std::all_of(fixed->begin(), fixed->end(), [&](Rational q) { return Fits(q); })) {
        RecordTried(context_, report, name, kCode, false, bounds);
        return;
      }
    }
    for (const History& history : Histories()) Try(history);
    if (reached_.empty()) {
      RecordOpen(context_, report, name, kCode,
                 {"ninguna historia probada llega a «" + grant_.name + "»",
                  "no history tried reaches '" + grant_.name + "'"});
      return;
    }
    const std::string tried = std::to_string(bench_.runs());
    const Text bounds{tried +
                          " historias con un hecho o sin ninguno y hasta dos datos distintos de "
                          "los declarados; " +
                          std::to_string(reached_.size()) + " cantidades alcanzadas",
                      tried +
                          " histories with one fact or none and up to two attributes other than "
                          "declared; " +
                          std::to_string(reached_.size()) + " quantities reached"};
    const bool shown = witness_ && Report(report, bounds);
    RecordTried(context_, report, name, kCode, shown, bounds);
  }

 private:
  bool Fits(Rational quantity) const { return (quantity / unit_.step).whole(); }

  // Primitive or periodic kinds that the kind is, or comes from.
  static std::vector<rules::FactKindId> Sources(const rules::Ruleset& rules,
                                                rules::FactKindId kind) {
    std::vector<rules::FactKindId> sources;
    for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
      const rules::FactKindId id(static_cast<std::int64_t>(k));
      const rules::FactKind& own = rules.fact_kinds[k];
      if (!own.derived && !own.is_sanction && Becomes(rules, {id})[kind.index()]) {
        sources.push_back(id);
      }
    }
    return sources;
  }

  // Every value over time of a quantity made of literals and parameters alone.
  std::optional<std::vector<Rational>> Fixed() const {
    std::set<Date> changes;
    AddChanges(grant_.quantity, changes);
    std::vector<Rational> values;
    // A parameter has no value before its first date; then nothing is given.
    for (const Date date : changes) {
      if (const auto value = rules::ConstantValue(rules_, grant_.quantity, date))
        values.push_back(*value);
    }
    const auto last = rules::ConstantValue(rules_, grant_.quantity, Date(context_.year, 12, 31));
    if (!last) return std::nullopt;
    values.push_back(*last);
    return values;
  }

  // The dates on which a parameter of an expression changes.
  void AddChanges(rules::ExprId id, std::set<Date>& changes) const {
    if (!id.valid()) return;
    const rules::Expr& expr = rules_.expr(id);
    if (expr.op == rules::Op::Parameter) {
      for (const auto& dated : rules_.parameter(rules::ParameterId(expr.ref)).values) {
        if (dated.from) changes.insert(*dated.from);
      }
    }
    for (rules::ExprId arg : expr.args) AddChanges(arg, changes);
  }

  // ---- Histories -----------------------------------------------------------------

  std::vector<History> Histories() {
    // In each month, when what is given depends on which one.
    std::set<Date> changes;
    AddChanges(grant_.guard, changes);
    AddChanges(grant_.quantity, changes);
    const int months = changes.empty() ? 1 : static_cast<int>(bench_.layout().months.size());
    std::vector<Recipe> recipes;
    for (rules::FactKindId kind : Sources(rules_, grant_.subject.kind)) {
      if (rules_.kind(kind).periodicity != rules::Periodicity::None) {
        recipes.emplace_back();
        continue;
      }
      const int shift = rules_.kind(kind).placement == rules::Placement::Shift ? 1 : 0;
      for (const auto& fields : FieldsOf(kind)) {
        for (int month = 0; month < months; ++month) {
          recipes.push_back({{kind, month, 0, shift, fields}});
        }
      }
    }
    std::vector<History> histories;
    for (const Recipe& recipe : recipes) {
      if (auto history = LayOut(context_, bench_.layout(), recipe)) {
        histories.push_back(std::move(*history));
      }
    }
    Vary(histories);
    if (histories.size() > kMostHistories) histories.resize(kMostHistories);
    return histories;
  }

  // The choices to which the rule applies, with each value of each number; then the others.
  std::vector<std::vector<Value>> FieldsOf(rules::FactKindId kind) {
    const auto& declared = rules_.kind(kind).fields;
    const int shift = rules_.kind(kind).placement == rules::Placement::Shift ? 1 : 0;
    std::vector<std::vector<Value>> judged, others;
    for (const Choice& choice : ChoicesOf(bench_, kind)) {
      const auto trial = bench_.Try(Recipe{{kind, 0, 0, shift, choice.fields}});
      const bool applies = trial && !Given(trial->result).empty();
      auto& all = applies ? judged : others;
      all.push_back(choice.fields);
      for (std::size_t f = 0; applies && f < declared.size(); ++f) {
        const rules::Field& field = declared[f];
        if (!field.low || !field.high || field.type.base == rules::Base::Date) continue;
        if (field.type.base == rules::Base::TimeOfDay) continue;
        const Rational step = field.step.zero() ? Rational(1) : field.step;
        for (const Value& value : Numbers(field.type, *field.low, *field.high, step)) {
          all.push_back(choice.fields);
          all.back()[f] = value;
        }
      }
    }
    std::stable_partition(judged.begin(), judged.end(), [&](const std::vector<Value>& fields) {
      return Plain(declared, fields);
    });
    judged.insert(judged.end(), others.begin(), others.end());
    return judged;
  }

  static bool Plain(const std::vector<rules::Field>& declared, const std::vector<Value>& fields) {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (declared[f].type.base != rules::Base::Minutes) continue;
      if (!(fields[f].number / Rational(kMinutesOfAnHour)).whole()) return false;
    }
    return true;
  }

  // Each history with one attribute changed, and the first with two.
  void Vary(std::vector<History>& histories) const {
    encoding::Cone cone;
    cone.kinds.resize(rules_.fact_kinds.size());
    cone.qualifications.resize(rules_.qualifications.size());
    cone.attributes.resize(rules_.attributes.size());
    cone.measures.resize(rules_.measures.size());
    cone.rules.resize(rules_.rules.size());
    encoding::AddExpr(rules_, grant_.guard, cone);
    encoding::AddExpr(rules_, grant_.quantity, cone);
    const rules::FactKind& kind = rules_.kind(grant_.subject.kind);
    if (kind.periodic_from.valid()) cone.attributes[kind.periodic_from.index()] = true;
    const std::size_t plain = histories.size();
    std::vector<std::pair<std::size_t, Value>> changes;
    for (std::size_t a = 0; a < cone.attributes.size(); ++a) {
      if (!cone.attributes[a]) continue;
      for (const Value& value : ValuesOf(rules_.attributes[a])) changes.emplace_back(a, value);
    }
    const auto changed = [](History history, const std::pair<std::size_t, Value>& change) {
      history.attributes[change.first] = {{std::nullopt, change.second}};
      return history;
    };
    for (std::size_t h = 0; h < plain; ++h) {
      for (const auto& change : changes) {
        if (histories.size() > kMostHistories) return;
        histories.push_back(changed(histories[h], change));
      }
    }
    for (std::size_t i = 0; plain > 0 && i < changes.size(); ++i) {
      for (std::size_t j = i + 1; j < changes.size(); ++j) {
        if (changes[i].first == changes[j].first) continue;
        if (histories.size() > kMostHistories) return;
        histories.push_back(changed(changed(histories[0], changes[i]), changes[j]));
      }
    }
  }

  std::vector<Value> ValuesOf(const rules::Attribute& attribute) const {
    std::vector<Value> values;
    switch (attribute.type.base) {
      case rules::Base::Boolean:
        return {{Rational(0), false}, {Rational(1), false}};
      case rules::Base::Enumeration: {
        const auto& names = rules_.enumerations[attribute.type.enumeration.index()].values;
        for (std::size_t v = 0; v < names.size(); ++v) {
          values.push_back({Rational(static_cast<std::int64_t>(v)), false});
        }
        return values;
      }
      case rules::Base::Date:
        // Every month of the year before, and one of each year before that.
        for (int back = 1; back <= kYearsBack; ++back) {
          for (unsigned month = 1; month <= (back == 1 ? kMonthsOfAYear : 1); ++month) {
            const Date date(context_.year - back, month, kDayOfTheMonth);
            values.push_back({Rational(date.days()), false});
          }
        }
        return values;
      default:
        if (!attribute.low || !attribute.high || *attribute.low >= *attribute.high) return {};
        return Numbers(attribute.type, *attribute.low, *attribute.high,
                       (*attribute.high - *attribute.low) / Rational(kValuesOfAnAttribute));
    }
  }

  // ---- Trying --------------------------------------------------------------------

  struct Quantity {
    Rational amount;
    int root = -1;
    Date date;
    base::WitnessAnswer answer;
  };

  // Every quantity that the text gives there.
  std::vector<Quantity> Given(const evaluation::Result& result) const {
    std::vector<Quantity> given;
    for (const evaluation::Application& application : result.applications) {
      if (application.rule != grant_.rule || !application.stands) continue;
      given.push_back({application.quantities[grant_.consequence], application.root,
                       application.date, DescribeAnswer(rules_, application)});
    }
    for (const evaluation::EvaluatedFact& fact : result.facts) {
      if (!grant_.by.valid() || fact.by != grant_.by) continue;
      const Value& value = fact.fact.fields[grant_.field.index()];
      if (value.absent) continue;
      const Text said = Say(value.number);
      std::string kind = rules_.kind(fact.fact.kind).name;
      std::replace(kind.begin(), kind.end(), '_', ' ');
      given.push_back({value.number,
                       fact.root,
                       fact.fact.date,
                       {grant_.citation,
                        grant_.name,
                        {kind + " de " + said.es, kind + " of " + said.en},
                        true,
                        fact.fact.date}});
    }
    return given;
  }

  // The first quantity that does not fit.
  std::optional<Quantity> Misfit(const evaluation::Result& result) {
    std::optional<Quantity> misfit;
    for (Quantity& quantity : Given(result)) {
      reached_.insert(quantity.amount);
      if (Fits(quantity.amount)) continue;
      misfits_.insert(quantity.amount);
      if (!misfit) misfit = std::move(quantity);
    }
    return misfit;
  }

  void Try(const History& history) {
    const Trial trial = bench_.Try(history);
    if (Misfit(trial.result) && !witness_) witness_ = history;
  }

  // ---- Words ---------------------------------------------------------------------

  Text Say(Rational quantity) const {
    const rules::Type type = rules_.expr(grant_.quantity).type;
    return {rules::FormatValue(rules_, type, {quantity, false}, base::Language::Spanish),
            rules::FormatValue(rules_, type, {quantity, false}, base::Language::English)};
  }

  bool Report(base::CheckReport& report, const Text& bounds) {
    const auto trial = Replay(context_, *witness_);
    if (!trial) return false;
    const std::optional<Quantity> misfit = Misfit(trial->result);
    if (!misfit) return false;
    std::string thing = unit_.thing;
    std::replace(thing.begin(), thing.end(), '_', ' ');
    const Text quantity = Say(misfit->amount);
    const Text step = Say(unit_.step);
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Warning;
    finding.id = FindingId(kCode, unit_.thing + "|" + grant_.name);
    finding.title = {grant_.citation.str() + " da " + quantity.es + " de " + thing + ", que " +
                         unit_.citation.str() + " sólo admite de " + step.es + " en " + step.es,
                     grant_.citation.str() + " gives " + quantity.en + " of " + thing + ", which " +
                         unit_.citation.str() + " allows only by " + step.en};
    Text list;
    std::size_t listed = 0;
    for (Rational one : misfits_) {
      if (listed++ == kListed) break;
      const Text said = Say(one);
      list.es += (list.es.empty() ? "" : ", ") + said.es;
      list.en += (list.en.empty() ? "" : ", ") + said.en;
    }
    const std::string out = std::to_string(misfits_.size());
    const std::string of = std::to_string(reached_.size());
    finding.explanation = {
        "de " + of + " cantidades alcanzadas, " + out + " no son múltiplos de " + step.es + " (" +
            list.es + (misfits_.size() > kListed ? " …" : "") +
            "). El texto no dice si lo que sobra se redondea, se acumula o se pierde",
        "of " + of + " quantities reached, " + out + " are no multiples of " + step.en + " (" +
            list.en + (misfits_.size() > kListed ? " …" : "") +
            "). The text does not say whether the remainder is rounded, kept or lost"};
    finding.region = {{thing + ": " + quantity.es, thing + ": " + quantity.en}};
    finding.articles = Unique({grant_.citation, unit_.citation});
    finding.reading = DescribeReading(rules_);
    finding.bounds = bounds;
    finding.witness =
        DescribeWitness(context_, {trial->history, trial->result, {misfit->root, -1, -1, 0}});
    finding.witness.answers.push_back(misfit->answer);
    finding.witness.answers.back().date = misfit->date;
    finding.witness.answers.push_back(
        {unit_.citation,
         "unidad " + unit_.thing,
         {"sólo se tiene de " + step.es + " en " + step.es, "it can only be had by " + step.en},
         true,
         misfit->date});
    report.findings.push_back(std::move(finding));
    return true;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const LeastUnit& unit_;
  const Grant& grant_;
  Bench bench_;
  std::set<Rational> reached_, misfits_;
  std::optional<History> witness_;
};

}  // namespace

void PlanRoundings(const CheckContext& context, std::vector<Task>& tasks) {
  for (const LeastUnit& unit : context.rules.units) {
    for (const Grant& grant : GrantsOf(context.rules, unit)) {
      const std::string name = std::string(kCode) + "/" + unit.thing + "/" + grant.name;
      rules::Declarations part = DeclarationsOf(context, std::vector{grant.subject.kind});
      part.units = true;
      if (grant.rule.valid()) part.rules.push_back(grant.rule);
      if (grant.by.valid()) part.qualifications.push_back(grant.by);
      tasks.push_back({name, DependsOn(context, part),
                       [&context, &unit, grant, name](base::CheckReport& report) {
                         RoundingSearch(context, unit, grant).Run(name, report);
                       }});
    }
  }
}

}  // namespace cotejo::checks
