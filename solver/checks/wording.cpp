#include "solver/checks/wording.h"

#include <algorithm>
#include <set>

#include "model/evaluation/fact_wording.h"
#include "model/rules/terms.h"

namespace cotejo::checks {

using base::Language;
using base::Text;
using rules::Atom;

Text DescribeName(const rules::Rule& rule) {
  std::string name = Spaced(rule.name);
  const std::size_t row = name.rfind('[');
  if (!rule.scale.valid() || row == std::string::npos || name.back() != ']') {
    return {"«" + name + "»", "«" + name + "»"};
  }
  const std::string number = name.substr(row + 1, name.size() - row - 2);
  name.resize(row);
  return {"«" + name + ", fila " + number + "»", "«" + name + ", row " + number + "»"};
}

namespace {

std::string Format(const rules::Ruleset& rules, const Atom& atom, base::Rational value,
                   Language language) {
  return rules::FormatValue(rules, rules.expr(atom.expr).type, {value, false}, language);
}

// "30 minutos", "31 minutos" → "30" before a bound in the same unit.
std::string WithoutUnit(const std::string& first, const std::string& second) {
  const auto space = first.rfind(' ');
  const auto other = second.rfind(' ');
  if (space == std::string::npos || other == std::string::npos) return first;
  if (first.find(' ') != space) return first;  // "1 año y 1 día", "3 1/2 días": keep it whole
  return first.substr(space) == second.substr(other) ? first.substr(0, space) : first;
}

std::string IntervalText(const rules::Ruleset& rules, const Atom& atom, Language language) {
  const bool es = language == Language::Spanish;
  if (atom.low && atom.high && *atom.low == *atom.high) {
    return Format(rules, atom, *atom.low, language);
  }
  const std::string low = atom.low ? Format(rules, atom, *atom.low, language) : "";
  const std::string high = atom.high ? Format(rules, atom, *atom.high, language) : "";
  const std::string low_short = WithoutUnit(low, high);
  if (atom.low && atom.high) {
    if (!atom.low_open && !atom.high_open) {
      return es ? "de " + low_short + " a " + high : low_short + " to " + high;
    }
    const std::string from =
        atom.low_open ? (es ? "más de " : "more than ") : (es ? "desde " : "from ");
    const std::string to =
        atom.high_open ? (es ? " y menos de " : " and less than ") : (es ? " hasta " : " up to ");
    return from + low_short + to + high;
  }
  if (atom.low) {
    if (atom.low_open) return (es ? "más de " : "more than ") + low;
    return low + (es ? " o más" : " or more");
  }
  if (atom.high) {
    return (atom.high_open ? (es ? "menos de " : "less than ") : (es ? "hasta " : "up to ")) + high;
  }
  return es ? "cualquier valor" : "any value";
}

std::string AtomText(const rules::Ruleset& rules, const Atom& atom, Language language) {
  const bool es = language == Language::Spanish;
  switch (atom.kind) {
    case Atom::Kind::Interval:
      return Spaced(atom.term) + ": " + IntervalText(rules, atom, language);
    case Atom::Kind::Values: {
      std::string values;
      for (int value : atom.values) {
        values += (values.empty() ? "" : ", ") + Format(rules, atom, value, language);
      }
      return Spaced(atom.term) + ": " + values;
    }
    case Atom::Kind::Opaque:
      break;
  }
  const std::string holds = atom.negated ? (es ? "no se cumple «" : "it does not hold that «")
                                         : (es ? "se cumple «" : "it holds that «");
  return holds + Spaced(atom.term) + "»";
}

template <typename Items, typename Say>
Text Join(const Items& items, const char* separator, const Text& none, Say say) {
  Text text;
  for (const auto& item : items) {
    const Text one = say(item);
    if (one.empty()) continue;
    text.es += (text.es.empty() ? "" : separator) + one.es;
    text.en += (text.en.empty() ? "" : separator) + one.en;
  }
  return text.es.empty() ? none : text;
}

Text Both(std::string es, std::string en) { return {std::move(es), std::move(en)}; }

}  // namespace

Text DescribeSubject(const rules::Ruleset& rules, const rules::Subject& subject) {
  const std::string kind = Spaced(rules.kind(subject.kind).name);
  switch (subject.window) {
    case rules::Window::Day:
      return Both(kind + " por día", kind + " by day");
    case rules::Window::Month:
      return Both(kind + " por mes", kind + " by month");
    case rules::Window::Gestion:
      return Both(kind + " por gestión", kind + " by year");
    default:
      return Both(kind, kind);
  }
}

Text DescribeLimit(const rules::Ruleset& rules, const encoding::Constraint& limit) {
  if (limit.absent) {
    const std::string term = Spaced(limit.atom.term);
    return Both("sin valor de " + term, "no value of " + term);
  }
  return Both(AtomText(rules, limit.atom, Language::Spanish),
              AtomText(rules, limit.atom, Language::English));
}

Text DescribeLimits(const rules::Ruleset& rules, const std::vector<encoding::Constraint>& limits) {
  return Join(limits, "; ", Both("cualquier caso", "any case"),
              [&](const encoding::Constraint& limit) { return DescribeLimit(rules, limit); });
}

Text DescribeBox(const rules::Ruleset& rules, const rules::Box& box) {
  std::vector<encoding::Constraint> limits;
  for (const Atom& atom : box.atoms) limits.push_back({atom, 0, false});
  return DescribeLimits(rules, limits);
}

Text DescribeOutcome(const rules::Ruleset& rules, const evaluation::Application& application) {
  const rules::Rule& rule = rules.rule(application.rule);
  Text text;
  for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
    std::optional<base::Rational> quantity;
    if (rule.consequences[i].quantity.valid()) quantity = application.quantities[i];
    const Text one = rules::DescribeConsequence(rules, rule.consequences[i], quantity);
    text.es += (i == 0 ? "" : " y ") + one.es;
    text.en += (i == 0 ? "" : " and ") + one.en;
  }
  if (rule.consequences.empty())
    text = Both("sin consecuencia propia", "no consequence of its own");
  if (rule.fault != rules::FaultClass::None) {
    const Text fault = rules::DescribeFault(rule.fault);
    text.es += " (" + fault.es + ")";
    text.en += " (" + fault.en + ")";
  }
  return text;
}

Text DescribeReadings(const rules::Ruleset& rules,
                      const std::vector<evaluation::MeasureReading>& readings) {
  return Join(readings, "; ", Text{}, [&](const evaluation::MeasureReading& reading) {
    const auto say = [&](Language language) {
      return Spaced(reading.term) + " = " +
             rules::FormatValue(rules, reading.type, reading.value, language);
    };
    return Both(say(Language::Spanish), say(Language::English));
  });
}

// ---- Citations -------------------------------------------------------------------

base::Citation CitationOf(const rules::Ruleset& rules, rules::QualificationId id) {
  const rules::Qualification& qualification = rules.qualification(id);
  const bool borrowed = qualification.citation.empty() && qualification.from_rule.valid();
  return borrowed ? rules.rule(qualification.from_rule).citation : qualification.citation;
}

std::vector<base::Citation> CitationsOf(const rules::Ruleset& rules, rules::RuleId rule,
                                        const std::vector<rules::QualificationId>& through) {
  std::vector<base::Citation> citations{rules.rule(rule).citation};
  for (rules::QualificationId id : through) citations.push_back(CitationOf(rules, id));
  return Unique(std::move(citations));
}

std::vector<base::Citation> Unique(std::vector<base::Citation> citations) {
  std::erase_if(citations, [](const base::Citation& citation) { return citation.empty(); });
  std::sort(citations.begin(), citations.end());
  citations.erase(std::unique(citations.begin(), citations.end()), citations.end());
  return citations;
}

// ---- Witness ---------------------------------------------------------------------

base::Witness DescribeWitness(const CheckContext& context, const Found& found) {
  const rules::Ruleset& rules = context.rules;
  base::Witness witness;
  witness.replayed = true;
  for (std::size_t a = 0; a < found.history.attributes.size(); ++a) {
    for (const evaluation::DatedAttribute& dated : found.history.attributes[a]) {
      const rules::Attribute& attribute = rules.attributes[a];
      const auto say = [&](Language language) {
        const std::string since =
            !dated.from
                ? ""
                : (language == Language::Spanish ? " desde " : " from ") + dated.from->str();
        return Spaced(attribute.name) + ": " +
               rules::FormatValue(rules, attribute.type, dated.value, language) + since;
      };
      witness.person.push_back(Both(say(Language::Spanish), say(Language::English)));
    }
  }
  for (const evaluation::Fact& fact : found.history.facts) {
    witness.facts.push_back({fact.date, evaluation::DescribeFact(rules, found.history, fact)});
  }
  witness.csv = evaluation::WriteHistoryCsv(rules, found.history);
  if (found.sighting.root < 0) return witness;
  // A subject the calendar itself produces is shown too: without it there is no story.
  const evaluation::Root& root = found.result.roots[static_cast<std::size_t>(found.sighting.root)];
  const rules::FactKind& kind = rules.kind(root.subject.kind);
  if (kind.periodicity != rules::Periodicity::None) {
    const std::string name = Spaced(kind.name);
    witness.facts.push_back({root.last, Both(name + " (lo produce el calendario)",
                                             name + " (produced by the calendar)")});
  }
  return witness;
}

base::WitnessAnswer DescribeAnswer(const rules::Ruleset& rules,
                                   const evaluation::Application& application) {
  const rules::Rule& rule = rules.rule(application.rule);
  return {rule.citation, rule.name, DescribeOutcome(rules, application), application.stands,
          application.date};
}

Text DescribeReading(const rules::Ruleset& rules) {
  const std::string assignment = rules.ReadingAssignment();
  if (assignment.empty()) {
    return Both("el texto no declara lecturas alternativas", "the text declares no other readings");
  }
  return Both(assignment, assignment);
}

Text DescribePrecedence(rules::Precedence why) {
  switch (why) {
    case rules::Precedence::Rank:
      return Both("su norma es de mayor rango", "its norm is of higher rank");
    case rules::Precedence::Exception:
      return Both("la propia norma le da prioridad", "the norm itself gives it priority");
    case rules::Precedence::Special:
      return Both("es la especial: su condición implica la de la otra",
                  "it is the special one: its condition implies the other's");
    case rules::Precedence::Later:
      return Both("su norma es posterior", "its norm is the later one");
    case rules::Precedence::None:
      break;
  }
  return {};
}

}  // namespace cotejo::checks
