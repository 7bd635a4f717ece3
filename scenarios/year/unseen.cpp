#include "scenarios/year/unseen.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "model/rules/caps.h"

namespace cotejo::year {
namespace {

// What may happen to somebody of this staff: what the population says how often happens, what the
// calendar brings, and what the text makes of them.
class Possible {
 public:
  explicit Possible(const Plan& plan) : plan_(plan), kinds_(plan.kinds.size()) {
    const Binding& binding = plan.binding;
    for (const KindBinding& of : binding.kinds) Add(of.kind);
    for (const OccurrenceBinding& occurrence : binding.occurrences) {
      Add(occurrence.kind);
      Add(occurrence.back);
    }
    Add(binding.separation.kind);
    Add(binding.balance.kind);
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
      const rules::FactKind& kind = plan.rules->fact_kinds[k];
      if (kind.periodicity != rules::Periodicity::None || kind.is_sanction) kinds_[k] = true;
    }
    while (Derive()) {
    }
    for (const int clause : binding.clauses) clauses_.insert(clause * plan.unit);
    DeriveClauses();
  }

  // Whether the rule may ever have something to judge.
  [[nodiscard]] bool Meets(std::size_t rule) const {
    const PlanRule& of = plan_.plan_rules[rule];
    const int kind = plan_.subjects[static_cast<std::size_t>(of.subject)].kind.value;
    if (!kinds_[static_cast<std::size_t>(kind)]) return false;
    const KindBinding& conduct = plan_.binding.of(Happening::Conduct);
    if (kind != conduct.kind.value || any_clause_) return true;
    return std::all_of(of.condition.tests.begin(), of.condition.tests.end(), [&](const Test& test) {
      return !AsksClause(test, conduct.amount.value) ||
             std::any_of(clauses_.begin(), clauses_.end(),
                         [&](std::int64_t clause) { return Passes(test, clause); });
    });
  }

 private:
  void Add(rules::FactKindId kind) {
    if (kind.valid()) kinds_[kind.index()] = true;
  }

  bool Derive() {
    bool more = false;
    for (const PlanQualification& by : plan_.qualifications) {
      const int from = plan_.subjects[static_cast<std::size_t>(by.subject)].kind.value;
      const auto to = static_cast<std::size_t>(by.target);
      if (!kinds_[static_cast<std::size_t>(from)] || kinds_[to]) continue;
      kinds_[to] = more = true;
    }
    return more;
  }

  // What the text characterises as a conduct is one too, of the clause it says.
  void DeriveClauses() {
    const KindBinding& conduct = plan_.binding.of(Happening::Conduct);
    if (!conduct.amount.valid()) return;
    for (const PlanQualification& by : plan_.qualifications) {
      if (by.target != conduct.kind.value) continue;
      const std::int32_t value = by.fields[conduct.amount.index()];
      const Node* node = value < 0 ? nullptr : &plan_.nodes[static_cast<std::size_t>(value)];
      if (node != nullptr && node->op == rules::Op::Literal) {
        clauses_.insert(node->literal);
      } else {
        any_clause_ = true;
      }
    }
  }

  [[nodiscard]] bool AsksClause(const Test& test, std::int32_t field) const {
    if (test.kind == Test::Kind::Field) return test.ref == field;
    if (test.kind != Test::Kind::Among) return false;
    const Node& node = plan_.nodes[static_cast<std::size_t>(test.ref)];
    return node.op == rules::Op::Field && node.ref == field;
  }

  static bool Passes(const Test& test, std::int64_t value) {
    if (test.kind == Test::Kind::Among)
      return std::binary_search(test.values.begin(), test.values.end(), value);
    return test.low <= value && value <= test.high;
  }

  const Plan& plan_;
  std::vector<bool> kinds_;
  std::set<std::int64_t> clauses_;  // scaled by the unit
  bool any_clause_ = false;
};

// Digests of one text's declarations, and which of its rules the tables count.
class Told {
 public:
  Told(const Setting& setting, const population::Names& names, std::size_t regulation)
      : plan_(setting.plans[regulation].plan),
        agenda_(setting.agendas[regulation]),
        procedures_(setting.procedures[regulation]),
        names_(names),
        hash_(*plan_.rules),
        possible_(plan_) {
    for (std::size_t i = 0; i < text().rules.size(); ++i)
      rules_.insert(hash_.Of(rules::RuleId(static_cast<std::int64_t>(i))));
    for (std::size_t i = 0; i < text().measures.size(); ++i)
      rest_.insert(hash_.Of(rules::MeasureId(static_cast<std::int64_t>(i))));
    for (std::size_t i = 0; i < text().qualifications.size(); ++i) {
      const rules::QualificationId id(static_cast<std::int64_t>(i));
      if (agenda_.kinds[text().qualifications[i].target.index()]) rest_.insert(hash_.Of(id));
    }
    rules::Declarations procedures;
    procedures.procedures = true;
    rest_.insert(hash_.Of(procedures));
    for (std::size_t i = 0; i < text().parameters.size(); ++i) {
      for (const DatedNumber& value : plan_.parameters[i])
        parameters_.emplace(text().parameters[i].name, value.from, value.value);
    }
  }

  [[nodiscard]] bool SameParameters(const Told& other) const {
    return parameters_ == other.parameters_;
  }
  // What the tables may look at, besides rules, is the same.
  [[nodiscard]] bool SameRest(const Told& other) const { return rest_ == other.rest_; }

  // Calls `visit` with each rule that the other text does not have in the same words, whether the
  // tables look at it, and whether it may ever have something to judge.
  template <typename Visit>
  void EachOther(const Told& other, const Visit& visit) const {
    for (std::size_t i = 0; i < text().rules.size(); ++i) {
      const rules::RuleId id(static_cast<std::int64_t>(i));
      if (!other.rules_.contains(hash_.Of(id)))
        visit(text(), text().rules[i], Counts(i), possible_.Meets(i));
    }
  }

 private:
  const rules::Ruleset& text() const { return *plan_.rules; }

  bool Counts(std::size_t i) const {
    const rules::Rule& rule = text().rules[i];
    return IsCounted(rule, names_) || !procedures_.begun_by(i).empty() ||
           rules::IsCap(text(), rule) ||
           std::any_of(rule.consequences.begin(), rule.consequences.end(),
                       [](const rules::Consequence& c) { return rules::IsDisciplinary(c.kind); });
  }

  const Plan& plan_;
  const Agenda& agenda_;
  const Procedures& procedures_;
  const population::Names& names_;
  rules::ContentHash hash_;
  Possible possible_;
  std::set<std::string> rules_, rest_;
  std::set<std::tuple<std::string, std::int32_t, std::int64_t>> parameters_;
};

bool GivesDays(const rules::Ruleset& text, const rules::Rule& rule) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(), [&](const auto& c) {
    return c.kind == rules::ConsequenceKind::Entitlement && c.quantity.valid() &&
           text.expr(c.quantity).type.base == rules::Base::Days;
  });
}

base::Text NotLookedAt(const base::Text& title, const std::vector<base::Citation>& cited, bool seen,
                       bool gives) {
  const std::string articles = cited.empty() ? "" : " (" + base::JoinCitations(cited) + ")";
  base::Text said = seen
                        ? base::Text{"de lo que cambia la enmienda «" + title.es +
                                         "», este pronóstico no mira una parte" + articles +
                                         ": ningún cuadro la cuenta",
                                     "of what the amendment '" + title.en +
                                         "' changes, this forecast does not look at a part" +
                                         articles + ": no table counts it"}
                        : base::Text{"este pronóstico no mira nada de lo que cambia la enmienda «" +
                                         title.es + "»" + articles +
                                         ": ningún cuadro lo cuenta, y sus cifras no pueden "
                                         "diferir",
                                     "this forecast looks at nothing of what the amendment '" +
                                         title.en + "' changes" + articles +
                                         ": no table counts it, and its figures "
                                         "cannot differ"};
  if (gives) {
    said.es +=
        "; los días que la gente pide y toma los dice la población, no el texto: si con la "
        "enmienda serían otros, cámbielos también en ella";
    said.en +=
        "; the days that people ask for and take are told by the population, not by the "
        "text: if they would be others with the amendment, change them there too";
  }
  return said;
}

// A zero that tells of the population and not of the text.
base::Text NeverMet(const std::vector<base::Citation>& cited) {
  const std::string articles = base::JoinCitations(cited);
  return {"a nadie de esta población le ocurre lo que juzga " + articles +
              ": sus cifras son cero porque la población no dice cuántas veces pasa, y no porque "
              "no cueste nada",
          "what " + articles +
              " judges happens to nobody of this population: its figures are zero because the "
              "population does not say how often it happens, and not because it costs nothing"};
}

}  // namespace

base::Text Unseen(const Setting& setting, const population::Names& names, std::size_t regulation,
                  const base::Text& title) {
  const Told before(setting, names, 0);
  const Told after(setting, names, regulation);
  std::vector<base::Citation> cited, counted_there, never;
  bool seen = setting.revisions[regulation].apart || !before.SameRest(after);
  bool gives = false;
  const auto look = [&](const rules::Ruleset& text, const rules::Rule& rule, bool counted,
                        bool may_be) {
    (counted ? counted_there : cited).push_back(rule.citation);
    if (counted && !may_be) never.push_back(rule.citation);
    gives |= !counted && GivesDays(text, rule);
  };
  before.EachOther(after, look);
  after.EachOther(before, look);
  seen |= !counted_there.empty();
  // What an article gives in two rules, one of them counted, the tables look at.
  std::erase_if(cited, [&](const base::Citation& one) {
    return std::find(counted_there.begin(), counted_there.end(), one) != counted_there.end();
  });
  base::Text said;
  if (!cited.empty() || !(seen || before.SameParameters(after)))
    said = NotLookedAt(title, cited, seen, gives);
  if (!never.empty()) {
    const base::Text zero = NeverMet(never);
    said.es += (said.es.empty() ? "" : "; ") + zero.es;
    said.en += (said.en.empty() ? "" : "; ") + zero.en;
  }
  return said;
}

void TellUnseen(base::Text unseen, std::size_t regulation, Forecast& forecast) {
  if (unseen.empty()) return;
  forecast.assumptions.insert(forecast.assumptions.begin(), unseen);
  forecast.regulations[regulation].unseen = std::move(unseen);
}

}  // namespace cotejo::year
