// Inversion of rights: the same person, had they come in years before, would be granted less.
#include <algorithm>
#include <map>
#include <set>

#include "model/base/utf8.h"
#include "solver/checks/histories.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/wording.h"
#include "solver/encoding/cone.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using base::Text;
using evaluation::History;
using rules::ConsequenceKind;
using rules::RuleId;
using rules::Value;

namespace {

constexpr const char* kCode = "inversión";
// Whole years of service compared, one by one.
constexpr int kMostYears = 40;
// Facts are told apart by what is granted after so many.
constexpr int kFewYears = 3;
constexpr int kManyYears = 20;
// The person comes in on this day of the first month looked at, and of the last.
constexpr unsigned kDayOfTheMonth = 10;

// One thing granted about one subject, by rules some of which look at the years since the person
// came in.
struct Right {
  std::string thing;
  rules::Subject subject;
  std::vector<RuleId> rules;
  std::vector<bool> attributes;  // that they look at, by AttributeId
  std::vector<bool> kinds;       // … and count, by FactKindId
};

// What a rule looks at to grant.
std::vector<rules::ExprId> Parts(const rules::Rule& rule) {
  std::vector<rules::ExprId> parts{rule.guard};
  for (const rules::Exception& exception : rule.exceptions) parts.push_back(exception.condition);
  for (const rules::Consequence& consequence : rule.consequences) {
    parts.push_back(consequence.quantity);
  }
  std::erase_if(parts, [](rules::ExprId id) { return !id.valid(); });
  return parts;
}

bool LooksAtEntry(const rules::Ruleset& rules, rules::ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::Attribute) return rules::AttributeId(expr.ref) == rules.constitutive;
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](rules::ExprId arg) { return LooksAtEntry(rules, arg); });
}

bool CountsService(const rules::Ruleset& rules, rules::ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::YearsBetween) return LooksAtEntry(rules, id);
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](rules::ExprId arg) { return CountsService(rules, arg); });
}

std::vector<Right> RightsByService(const rules::Ruleset& rules) {
  std::map<std::pair<std::string, rules::Subject>, Right> rights;
  for (std::size_t r = 0; r < rules.rules.size(); ++r) {
    const rules::Rule& rule = rules.rules[r];
    for (const rules::Consequence& consequence : rule.consequences) {
      if (consequence.kind != ConsequenceKind::Entitlement || !consequence.quantity.valid()) {
        continue;
      }
      Right& right = rights[{base::Fold(consequence.thing), rule.subject}];
      right.thing = consequence.thing;
      right.subject = rule.subject;
      right.rules.emplace_back(static_cast<std::int64_t>(r));
    }
  }
  std::vector<Right> found;
  for (auto& [key, right] : rights) {
    encoding::Cone cone;
    cone.kinds.resize(rules.fact_kinds.size());
    cone.qualifications.resize(rules.qualifications.size());
    cone.attributes.resize(rules.attributes.size());
    cone.measures.resize(rules.measures.size());
    cone.rules.resize(rules.rules.size());
    bool counts = false;
    for (RuleId id : right.rules) {
      for (rules::ExprId part : Parts(rules.rule(id))) {
        encoding::AddExpr(rules, part, cone);
        counts = counts || CountsService(rules, part);
      }
    }
    right.attributes = cone.attributes;
    right.kinds = cone.kinds;
    if (counts) found.push_back(std::move(right));
  }
  return found;
}

// Primitive or periodic kinds that what is judged or counted is, or comes from.
std::vector<rules::FactKindId> Sources(const rules::Ruleset& rules, const Right& right) {
  std::vector<rules::FactKindId> sources;
  for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
    const rules::FactKindId id(static_cast<std::int64_t>(k));
    const rules::FactKind& own = rules.fact_kinds[k];
    if (own.derived || own.is_sanction) continue;
    const std::vector<bool> becomes = Becomes(rules, {id});
    bool comes = becomes[right.subject.kind.index()];
    for (std::size_t counted = 0; counted < right.kinds.size(); ++counted) {
      comes = comes || (right.kinds[counted] && becomes[counted]);
    }
    if (comes) sources.push_back(id);
  }
  return sources;
}

// How much is granted on one day, and where it says so.
struct Given {
  Rational amount;
  std::size_t application = 0;
  RuleId rule;
};
using GivenByDay = std::map<Date, Given>;

class FallingRight {
 public:
  FallingRight(const CheckContext& context, const Right& right)
      : context_(context),
        rules_(context.rules),
        right_(right),
        sources_(Sources(context.rules, right)),
        bench_(context, sources_) {}

  void Run(const std::string& name, base::CheckReport& report) {
    if (bench_.layout().months.empty()) return;
    for (const History& history : Histories()) Climb(history);
    if (!reached_) {
      RecordOpen(context_, report, name, kCode,
                 {"ninguna historia probada da «" + Spaced(right_.thing) + "»",
                  "no history tried grants '" + Spaced(right_.thing) + "'"});
      return;
    }
    const std::string years = std::to_string(kMostYears);
    const std::string runs = std::to_string(bench_.runs());
    const Text bounds{
        "gestión " + std::to_string(context_.year) + ", con los años enteros de servicio de 0 a " +
            years +
            "; un hecho (uno de cada modo en que se concede) o ninguno, y a lo sumo un dato "
            "distinto "
            "de los iniciales; " +
            runs + " historias",
        "year " + std::to_string(context_.year) + ", whole years of service from 0 to " + years +
            "; one fact (one of each way it is granted) or none, and at most one attribute other "
            "than declared; " +
            runs + " histories"};
    const bool shown = !falls_.empty() && Report(report, bounds);
    RecordTried(context_, report, name, kCode, shown, bounds);
  }

 private:
  // What falls between two people of whom the second came in a year before.
  struct Fall {
    History less, more;
    Date day;
    Rational before, after;
  };

  // ---- Histories -----------------------------------------------------------------

  std::vector<History> Histories() {
    // Late in the year: what is given by parts of it has some to count.
    const int last = static_cast<int>(bench_.layout().months.size()) - 1;
    std::vector<Recipe> recipes;
    if (rules_.kind(right_.subject.kind).periodicity != rules::Periodicity::None) {
      recipes.emplace_back();
    }
    for (rules::FactKindId kind : sources_) {
      if (rules_.kind(kind).periodicity != rules::Periodicity::None) continue;
      const int shift = rules_.kind(kind).placement == rules::Placement::Shift ? 1 : 0;
      for (const Choice& choice : ChoicesOf(bench_, kind)) {
        recipes.push_back({{kind, last, 0, shift, choice.fields}});
      }
    }
    std::vector<History> histories;
    std::set<std::set<RuleId>> seen;
    for (const Recipe& recipe : recipes) {
      auto history = LayOut(context_, bench_.layout(), recipe);
      if (history && seen.insert(GrantedBy(*history)).second) {
        histories.push_back(std::move(*history));
      }
    }
    const std::size_t plain = histories.size();
    for (std::size_t a = 0; a < right_.attributes.size(); ++a) {
      if (!right_.attributes[a] || static_cast<std::int64_t>(a) == rules_.constitutive.value) {
        continue;
      }
      for (const Value& value : ValuesOf(rules_.attributes[a])) {
        for (std::size_t h = 0; h < plain; ++h) {
          histories.push_back(histories[h]);
          histories.back().attributes[a] = {{std::nullopt, value}};
        }
      }
    }
    return histories;
  }

  // The rules that grant the right after some years: of the facts to which the same ones do, one
  // stands for the others.
  std::set<RuleId> GrantedBy(const History& history) {
    std::set<RuleId> granting;
    for (const int years : {kFewYears, kManyYears}) {
      const auto entered = Entered(history, Date(context_.year - years, 1, kDayOfTheMonth));
      if (!entered) continue;
      for (const auto& [day, given] : GivenIn(bench_.Try(*entered).result)) {
        granting.insert(given.rule);
      }
    }
    return granting;
  }

  // Each value of what is told apart by its values, both ends of a range, and a date long past.
  std::vector<Value> ValuesOf(const rules::Attribute& attribute) const {
    std::vector<Value> values;
    const auto add = [&](Rational number) {
      const Value value{number, false};
      if (!attribute.initial || *attribute.initial != value) values.push_back(value);
    };
    switch (attribute.type.base) {
      case rules::Base::Boolean:
        add(Rational(0));
        add(Rational(1));
        break;
      case rules::Base::Enumeration: {
        const auto& names = rules_.enumerations[attribute.type.enumeration.index()].values;
        for (std::size_t v = 0; v < names.size(); ++v) add(static_cast<std::int64_t>(v));
        break;
      }
      case rules::Base::Date:
        add(Rational(Date(context_.year - 1, 1, kDayOfTheMonth).days()));
        break;
      default:
        if (attribute.low) add(*attribute.low);
        if (attribute.high) add(*attribute.high);
        break;
    }
    return values;
  }

  std::optional<History> Entered(History history, Date entry) const {
    const rules::Attribute& attribute = rules_.attribute(rules_.constitutive);
    const Rational day(entry.days());
    if ((attribute.low && day < *attribute.low) || (attribute.high && day > *attribute.high)) {
      return std::nullopt;
    }
    history.attributes[rules_.constitutive.index()] = {{std::nullopt, Value{day, false}}};
    return history;
  }

  // ---- Comparing -----------------------------------------------------------------

  // The same day of entry, each year before the last.
  void Climb(const History& history) {
    const auto& months = bench_.layout().months;
    std::set<unsigned> entries{months.front().front().month(), months.back().front().month()};
    for (unsigned month : entries) {
      std::optional<History> before;
      GivenByDay granted;
      for (int years = 0; years <= kMostYears; ++years) {
        const auto more = Entered(history, Date(context_.year - years, month, kDayOfTheMonth));
        if (!more) continue;
        GivenByDay now = GivenIn(bench_.Try(*more).result);
        reached_ = reached_ || !now.empty();
        for (const auto& [day, given] : now) {
          const auto same = granted.find(day);
          if (same == granted.end() || given.amount >= same->second.amount) continue;
          falls_.try_emplace({same->second.rule, given.rule},
                             Fall{*before, *more, day, same->second.amount, given.amount});
        }
        before = more;
        granted = std::move(now);
      }
    }
  }

  // Days on which two amounts are granted and nothing decides are a contradiction, not a fall.
  GivenByDay GivenIn(const evaluation::Result& result) const {
    GivenByDay given;
    std::set<Date> open;
    for (std::size_t a = 0; a < result.applications.size(); ++a) {
      const evaluation::Application& application = result.applications[a];
      const bool own = std::find(right_.rules.begin(), right_.rules.end(), application.rule) !=
                       right_.rules.end();
      if (!own || !application.stands) continue;
      if (!application.conflicts.empty()) open.insert(application.date);
      const auto& consequences = rules_.rule(application.rule).consequences;
      for (std::size_t c = 0; c < consequences.size(); ++c) {
        if (consequences[c].kind != ConsequenceKind::Entitlement) continue;
        if (base::Fold(consequences[c].thing) != base::Fold(right_.thing)) continue;
        const auto [it, added] =
            given.try_emplace(application.date, Given{Rational(0), a, application.rule});
        it->second.amount = it->second.amount + application.quantities[c];
      }
    }
    for (Date day : open) given.erase(day);
    return given;
  }

  // ---- Words ---------------------------------------------------------------------

  // On the whole ruleset.
  struct Shown {
    Trial trial;
    Given given;
  };
  std::optional<Shown> ShownOn(const History& history, Date day, Rational amount) const {
    auto trial = Replay(context_, history);
    if (!trial) return std::nullopt;
    const GivenByDay given = GivenIn(trial->result);
    const auto there = given.find(day);
    if (there == given.end() || there->second.amount != amount) return std::nullopt;
    return Shown{std::move(*trial), there->second};
  }

  base::Witness Tell(const Shown& shown, Text label) const {
    const auto& application = shown.trial.result.applications[shown.given.application];
    base::Witness witness = DescribeWitness(
        context_, {shown.trial.history, shown.trial.result, {application.root, -1, -1, 0}});
    witness.label = std::move(label);
    witness.answers.push_back(DescribeAnswer(rules_, application));
    return witness;
  }

  Text Say(const Shown& shown) const {
    const auto& application = shown.trial.result.applications[shown.given.application];
    for (const rules::Consequence& consequence : rules_.rule(application.rule).consequences) {
      if (base::Fold(consequence.thing) != base::Fold(right_.thing)) continue;
      const rules::Type type = rules_.expr(consequence.quantity).type;
      const Value value{shown.given.amount, false};
      return {rules::FormatValue(rules_, type, value, base::Language::Spanish),
              rules::FormatValue(rules_, type, value, base::Language::English)};
    }
    return {};
  }

  // "30 días (LEY:49.I.2)"
  Text Side(const Shown& shown) const {
    const auto& application = shown.trial.result.applications[shown.given.application];
    const std::string cited = " (" + rules_.rule(application.rule).citation.str() + ")";
    const Text amount = Say(shown);
    return {amount.es + cited, amount.en + cited};
  }

  std::string EntryOf(const Shown& shown) const {
    const auto& dated = shown.trial.history.attributes[rules_.constitutive.index()];
    return rules::FormatValue(rules_, rules_.attribute(rules_.constitutive).type,
                              dated.front().value, base::Language::Spanish);
  }

  // One finding for the right; its first line and its witnesses are of the largest fall.
  bool Report(base::CheckReport& report, const Text& bounds) const {
    std::vector<const Fall*> falls;
    for (const auto& [key, fall] : falls_) falls.push_back(&fall);
    std::stable_sort(falls.begin(), falls.end(), [](const Fall* a, const Fall* b) {
      return a->before - a->after > b->before - b->after;
    });
    base::Finding finding;
    for (const Fall* fall : falls) {
      const auto less = ShownOn(fall->less, fall->day, fall->before);
      const auto more = ShownOn(fall->more, fall->day, fall->after);
      if (!less || !more) continue;
      if (finding.region.empty()) Describe(*less, *more, finding);
      const Text from = Side(*less);
      const Text to = Side(*more);
      finding.region.push_back({from.es + " → " + to.es, from.en + " → " + to.en});
      for (const Shown* side : {&*less, &*more}) {
        const auto& application = side->trial.result.applications[side->given.application];
        finding.articles.push_back(rules_.rule(application.rule).citation);
      }
    }
    if (finding.region.empty()) return false;
    finding.articles = Unique(std::move(finding.articles));
    finding.reading = DescribeReading(rules_);
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
    return true;
  }

  void Describe(const Shown& less, const Shown& more, base::Finding& finding) const {
    const std::string thing = Spaced(right_.thing);
    const std::string entry = Spaced(rules_.attribute(rules_.constitutive).name);
    const Text subject = DescribeSubject(rules_, right_.subject);
    const Text from = Side(less);
    const Text to = Side(more);
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Warning;
    finding.id = FindingId(kCode, "derecho|" + right_.thing + "|" + subject.es);
    finding.title = {"con más años de servicio se da menos de «" + thing + "»: de " + Say(less).es +
                         " baja a " + Say(more).es,
                     "with more years of service less of '" + thing + "' is granted: from " +
                         Say(less).en + " it falls to " + Say(more).en};
    finding.explanation = {"dos personas que sólo se diferencian en «" + entry +
                               "»: a la que entró el " + EntryOf(less) + " se le dan " + from.es +
                               "; a la que entró antes, el " + EntryOf(more) + ", " + to.es,
                           "two people who differ only in '" + entry + "': whoever came in on " +
                               EntryOf(less) + " is granted " + from.en +
                               "; whoever came in before, on " + EntryOf(more) + ", " + to.en};
    finding.region.push_back(subject);
    finding.witness = Tell(less, {"con menos años de servicio", "with fewer years of service"});
    finding.counterpart = Tell(more, {"con más años de servicio", "with more years of service"});
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const Right& right_;
  std::vector<rules::FactKindId> sources_;
  Bench bench_;
  bool reached_ = false;
  std::map<std::pair<RuleId, RuleId>, Fall> falls_;  // the first seen from one rule to another
};

}  // namespace

void PlanFallingRights(const CheckContext& context, std::vector<Task>& tasks) {
  if (!context.rules.constitutive.valid()) return;
  for (const Right& right : RightsByService(context.rules)) {
    const std::string name = std::string(kCode) + "/derecho/" + Spaced(right.thing) + "/" +
                             DescribeSubject(context.rules, right.subject).es;
    std::vector<rules::FactKindId> kinds = Sources(context.rules, right);
    kinds.push_back(right.subject.kind);
    rules::Declarations part = DeclarationsOf(context, kinds);
    part.rules.insert(part.rules.end(), right.rules.begin(), right.rules.end());
    tasks.push_back(
        {name, DependsOn(context, part), [&context, right, name](base::CheckReport& report) {
           FallingRight(context, right).Run(name, report);
         }});
  }
}

}  // namespace cotejo::checks
