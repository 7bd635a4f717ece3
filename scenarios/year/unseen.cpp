#include "scenarios/year/unseen.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "model/rules/caps.h"

namespace cotejo::year {
namespace {

// Digests of one text's declarations, and which of its rules the tables count.
class Told {
 public:
  Told(const Setting& setting, const population::Names& names, std::size_t regulation)
      : plan_(setting.plans[regulation].plan),
        agenda_(setting.agendas[regulation]),
        procedures_(setting.procedures[regulation]),
        names_(names),
        hash_(*plan_.rules) {
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

  // Calls `visit` with each rule that the other text does not have in the same words, and whether
  // the tables look at it.
  template <typename Visit>
  void EachOther(const Told& other, const Visit& visit) const {
    for (std::size_t i = 0; i < text().rules.size(); ++i) {
      const rules::RuleId id(static_cast<std::int64_t>(i));
      if (!other.rules_.contains(hash_.Of(id))) visit(text(), text().rules[i], Counts(i));
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
  std::set<std::string> rules_, rest_;
  std::set<std::tuple<std::string, std::int32_t, std::int64_t>> parameters_;
};

bool GivesDays(const rules::Ruleset& text, const rules::Rule& rule) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(), [&](const auto& c) {
    return c.kind == rules::ConsequenceKind::Entitlement && c.quantity.valid() &&
           text.expr(c.quantity).type.base == rules::Base::Days;
  });
}

}  // namespace

base::Text Unseen(const Setting& setting, const population::Names& names, std::size_t regulation,
                  const base::Text& title) {
  const Told before(setting, names, 0);
  const Told after(setting, names, regulation);
  std::vector<base::Citation> cited, counted_there;
  bool seen = setting.revisions[regulation].apart || !before.SameRest(after);
  bool gives = false;
  const auto look = [&](const rules::Ruleset& text, const rules::Rule& rule, bool counted) {
    (counted ? counted_there : cited).push_back(rule.citation);
    gives |= !counted && GivesDays(text, rule);
  };
  before.EachOther(after, look);
  after.EachOther(before, look);
  seen |= !counted_there.empty();
  // What an article gives in two rules, one of them counted, the tables look at.
  std::erase_if(cited, [&](const base::Citation& one) {
    return std::find(counted_there.begin(), counted_there.end(), one) != counted_there.end();
  });
  if (cited.empty() && (seen || before.SameParameters(after))) return {};

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

void TellUnseen(base::Text unseen, std::size_t regulation, Forecast& forecast) {
  if (unseen.empty()) return;
  forecast.assumptions.insert(forecast.assumptions.begin(), unseen);
  forecast.regulations[regulation].unseen = std::move(unseen);
}

}  // namespace cotejo::year
