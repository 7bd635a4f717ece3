// Incompatible terms, between what a rule says of a provision and what a procedure says of it.
#include "solver/checks/rule_terms.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <tuple>

#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/term_replay.h"
#include "solver/checks/term_wording.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::Milestone;

namespace {

constexpr const char* kCode = "plazos-incompatibles";

const rules::Consequence& ConsequenceOf(const rules::Ruleset& rules, const RuleTerm& term) {
  return rules.rule(term.rule).consequences[term.consequence];
}

bool InForceIn(const rules::Ruleset& rules, const rules::Rule& rule, int year) {
  const rules::InForceDays days = rules::InForceOf(rules, rule.norm, rule.from, rule.to);
  return (!days.from || *days.from <= base::Date(year, 12, 31)) &&
         (!days.to || *days.to >= base::Date(year, 1, 1));
}

bool Near(const base::Citation& a, const base::Citation& b) { return a.within(b) || b.within(a); }

// One provision says that it fixes or changes the other.
bool Defers(const rules::Ruleset& rules, const base::Citation& from, const base::Citation& to) {
  return std::any_of(rules.statements.begin(), rules.statements.end(),
                     [&](const rules::Statement& statement) {
                       return statement.kind == rules::Statement::Kind::Deferring &&
                              Near(statement.citation, from) && Near(statement.target, to);
                     });
}

}  // namespace

std::vector<RuleTerm> TermsOfRules(const rules::Ruleset& rules, int year) {
  std::vector<RuleTerm> terms;
  for (std::size_t r = 0; r < rules.rules.size(); ++r) {
    const rules::Rule& rule = rules.rules[r];
    if (!InForceIn(rules, rule, year)) continue;
    for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
      const rules::Consequence& consequence = rule.consequences[c];
      const bool power = consequence.kind == rules::ConsequenceKind::Power;
      if (!consequence.term || (!power && consequence.kind != rules::ConsequenceKind::Obligation))
        continue;
      terms.push_back({rules::RuleId(static_cast<std::int64_t>(r)), c, *consequence.term, power});
    }
  }
  return terms;
}

bool SameTerm(const rules::Term& a, const rules::Term& b) {
  return a.unit == b.unit && a.amount == b.amount;
}

bool SameActor(const rules::Ruleset& rules, const Milestone& milestone, const RuleTerm& term) {
  return milestone.bound != Milestone::Bound::None &&
         milestone.bound != Milestone::Bound::AtLeast && milestone.power == term.power &&
         base::Fold(milestone.actor) == base::Fold(ConsequenceOf(rules, term).actor);
}

bool SpeaksOf(const rules::Ruleset& rules, const Milestone& milestone, const RuleTerm& term) {
  const base::Citation& cited = rules.rule(term.rule).citation;
  return SameActor(rules, milestone, term) && SameTerm(milestone.term, term.term) &&
         (Near(cited, milestone.citation) || Defers(rules, milestone.citation, cited));
}

namespace {

// An entry of a procedure.
using Entry = std::pair<const rules::Procedure*, const Milestone*>;

// An act that a provision gives to an actor, whatever the procedures that name it.
struct Act {
  std::string name;
  std::vector<Entry> terms;  // a wait is none
};

// What one provision gives one actor, by the rules and by the procedures.
struct Provision {
  std::vector<RuleTerm> rules;
  std::vector<Act> acts;
};
using ProvisionKey = std::tuple<base::Citation, std::string, bool>;

Act& ActOf(const std::string& name, Provision& provision) {
  for (Act& act : provision.acts) {
    if (base::Fold(act.name) == base::Fold(name)) return act;
  }
  return provision.acts.emplace_back(Act{name, {}});
}

// The beginnings of the words that say something: «resolución» and «resolver» begin alike.
std::set<std::string> StemsOf(const std::string& text) {
  constexpr std::size_t kStem = 5;
  std::set<std::string> stems;
  std::string word;
  for (const char c : base::Fold(text) + " ") {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) != 0 || letter >= 0x80) {
      word += c;
      continue;
    }
    if (word.size() >= kStem) stems.insert(word.substr(0, kStem));
    word.clear();
  }
  return stems;
}

// A rule and an entry of one provision that disagree on the term.
struct Pair {
  const RuleTerm* rule;
  Entry entry;
  bool supposed;  // nothing but the provision says that they are of the same act
};

// Which act of the procedures each rule of a provision is about. A provision may give its actor
// several acts: the names tell them apart, or that there is no other left.
class Pairing {
 public:
  Pairing(const rules::Ruleset& rules, const Provision& provision)
      : rules_(rules),
        provision_(provision),
        act_(provision.rules.size(), -1),
        taken_(provision.acts.size(), false) {
    PairByName();
  }

  [[nodiscard]] std::vector<Pair> Disagreeing() const {
    std::vector<Pair> pairs;
    for (std::size_t r = 0; r < act_.size(); ++r) {
      if (act_[r] >= 0) Compare(r, static_cast<std::size_t>(act_[r]), false, pairs);
    }
    if (const auto left = TheOnesLeft()) Compare(left->first, left->second, true, pairs);
    return pairs;
  }

 private:
  static bool Says(const Act& act, const rules::Term& term) {
    return std::any_of(act.terms.begin(), act.terms.end(),
                       [&](const Entry& entry) { return SameTerm(entry.second->term, term); });
  }
  // Some rule that is not told to be about another act.
  [[nodiscard]] bool SaidByOthers(const rules::Term& term) const {
    for (std::size_t r = 0; r < act_.size(); ++r) {
      if (act_[r] < 0 && SameTerm(provision_.rules[r].term, term)) return true;
    }
    return false;
  }

  // One act may have several terms, and several rules.
  void Compare(std::size_t r, std::size_t a, bool supposed, std::vector<Pair>& pairs) const {
    const Act& act = provision_.acts[a];
    // Rules of one term that are about one act are told once.
    const bool told = std::any_of(pairs.begin(), pairs.end(), [&](const Pair& pair) {
      return SameTerm(pair.rule->term, provision_.rules[r].term) &&
             pair.entry.second->name == act.name;
    });
    if (act.terms.empty() || told) return;
    const RuleTerm& rule = provision_.rules[r];
    for (const Entry& entry : act.terms) {
      const rules::Term& term = entry.second->term;
      if (!SameTerm(term, rule.term) && !SaidByOthers(term)) {
        pairs.push_back({&rule, entry, supposed});
        return;
      }
    }
    if (!Says(act, rule.term)) pairs.push_back({&rule, act.terms.front(), supposed});
  }

  // How much of the name of an act a rule says, and in how many words.
  using Likeness = std::pair<base::Rational, int>;
  [[nodiscard]] Likeness Shared(std::size_t r, std::size_t a) const {
    const RuleTerm& term = provision_.rules[r];
    const auto said =
        StemsOf(Spaced(rules_.rule(term.rule).name) + " " + ConsequenceOf(rules_, term).action);
    const auto named = StemsOf(Spaced(provision_.acts[a].name));
    const auto both = std::count_if(named.begin(), named.end(),
                                    [&](const auto& stem) { return said.contains(stem); });
    if (both == 0) return {0, 0};
    return {base::Rational(both) / base::Rational(static_cast<std::int64_t>(named.size())),
            static_cast<int>(both)};
  }

  [[nodiscard]] bool SameTermAs(std::size_t q, std::size_t r) const {
    return SameTerm(provision_.rules[q].term, provision_.rules[r].term);
  }

  // The act most alike a rule, when it is one only and no rule of another term is as much alike.
  void PairByName() {
    const std::size_t acts = provision_.acts.size();
    std::vector<std::vector<Likeness>> shared(act_.size(), std::vector<Likeness>(acts));
    for (std::size_t r = 0; r < act_.size(); ++r) {
      for (std::size_t a = 0; a < acts; ++a) shared[r][a] = Shared(r, a);
    }
    for (std::size_t r = 0; r < act_.size(); ++r) {
      for (std::size_t a = 0; a < acts; ++a) {
        bool best = shared[r][a].second > 0;
        for (std::size_t q = 0; q < act_.size(); ++q) {
          best &= shared[q][a] < shared[r][a] || (shared[q][a] == shared[r][a] && SameTermAs(q, r));
        }
        for (std::size_t b = 0; b < acts; ++b) best &= b == a || shared[r][b] < shared[r][a];
        if (!best) continue;
        act_[r] = static_cast<int>(a);
        taken_[a] = true;
      }
    }
  }

  // Of those without a name in common, the only rule and the only act, or those that are left when
  // equal terms are put together. More of them cannot be told apart.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> TheOnesLeft() const {
    std::vector<std::size_t> rules, acts;
    for (std::size_t r = 0; r < act_.size(); ++r) {
      const bool again =
          std::any_of(rules.begin(), rules.end(), [&](std::size_t q) { return SameTermAs(q, r); });
      if (act_[r] < 0 && !again) rules.push_back(r);
    }
    for (std::size_t a = 0; a < taken_.size(); ++a) {
      if (!taken_[a] && !provision_.acts[a].terms.empty()) acts.push_back(a);
    }
    const std::vector<std::size_t> all = acts;
    if (rules.size() > 1 || acts.size() > 1) {
      std::erase_if(acts, [&](std::size_t a) {
        return std::all_of(provision_.acts[a].terms.begin(), provision_.acts[a].terms.end(),
                           [&](const Entry& entry) { return SaidByOthers(entry.second->term); });
      });
      std::erase_if(rules, [&](std::size_t r) {
        return std::any_of(all.begin(), all.end(), [&](std::size_t a) {
          return Says(provision_.acts[a], provision_.rules[r].term);
        });
      });
    }
    if (rules.size() != 1 || acts.size() != 1) return std::nullopt;
    return std::pair(rules[0], acts[0]);
  }

  const rules::Ruleset& rules_;
  const Provision& provision_;
  std::vector<int> act_;     // of each rule; -1: not told
  std::vector<bool> taken_;  // acts that a rule names
};

class RuleTermCheck {
 public:
  RuleTermCheck(const CheckContext& context, const Offices& offices, base::CheckReport& report)
      : rules_(context.rules), offices_(offices), report_(report), year_(context.year) {}

  void Run() {
    std::map<ProvisionKey, Provision> provisions;
    for (const RuleTerm& term : TermsOfRules(rules_, year_)) {
      const rules::Consequence& consequence = ConsequenceOf(rules_, term);
      provisions[{rules_.rule(term.rule).citation, base::Fold(consequence.actor), term.power}]
          .rules.push_back(term);
    }
    for (const rules::Procedure& procedure : rules_.procedures) {
      for (const Milestone& milestone : procedure.milestones) {
        const auto found =
            provisions.find({milestone.citation, base::Fold(milestone.actor), milestone.power});
        if (found == provisions.end()) continue;
        Act& act = ActOf(milestone.name, found->second);
        if (SameActor(rules_, milestone, found->second.rules.front()))
          act.terms.emplace_back(&procedure, &milestone);
      }
    }
    int looked = 0;
    for (const auto& [key, provision] : provisions) {
      if (std::all_of(provision.acts.begin(), provision.acts.end(),
                      [](const Act& act) { return act.terms.empty(); }))
        continue;
      ++looked;
      for (const Pair& pair : Pairing(rules_, provision).Disagreeing()) {
        Report(std::get<0>(key), pair);
      }
    }
    if (looked == 0) return;
    const Text bounds = {
        std::to_string(looked) + " disposiciones con plazo en reglas y en trámites",
        std::to_string(looked) + " provisions with a term in rules and in procedures"};
    RecordTime(report_, kCode, "reglas y trámites",
               report_.findings.empty() ? base::Verdict::Proved : base::Verdict::Refuted, bounds);
  }

 private:
  void Report(const base::Citation& article, const Pair& pair) {
    const RuleTerm& term = *pair.rule;
    const auto& [procedure, milestone] = pair.entry;
    const rules::Rule& rule = rules_.rule(term.rule);
    base::Finding finding;
    finding.code = kCode;
    finding.severity =
        pair.supposed ? base::FindingSeverity::Warning : base::FindingSeverity::Error;
    const std::string later = term.consequence == 0 ? "" : "|" + std::to_string(term.consequence);
    finding.id = FindingId(kCode, "reglas|" + article.str() + "|" + rule.name + later);
    finding.articles = {article};
    const Text said = rules::DescribeTerm(term.term);
    const Text marked = rules::DescribeTerm(milestone->term);
    const std::string actor = Spaced(milestone->actor);
    finding.title = {article.str() + " da a " + actor + " dos plazos: " + said.es +
                         " en la regla y " + marked.es + " en el trámite",
                     article.str() + " gives " + actor + " two terms: " + said.en +
                         " in the rule and " + marked.en + " in the procedure"};
    finding.explanation = {
        "la regla " + Spaced(rule.name) + " y el trámite " + Spaced(procedure->name) +
            " codifican la misma disposición y no coinciden en el plazo; quien cumple el mayor "
            "ha dejado vencer el menor",
        "the rule " + Spaced(rule.name) + " and the procedure " + Spaced(procedure->name) +
            " encode the same provision and disagree on the term; whoever keeps the longer one "
            "has missed the shorter"};
    if (pair.supposed) {
      const std::string act = Spaced(milestone->name);
      finding.explanation.es += ". Se supone que hablan del mismo acto, «" + act +
                                "»: sus palabras no bastan para saberlo, pero de lo que "
                                "la disposición da a " +
                                actor + " no queda otro con que confundirlo";
      finding.explanation.en += ". They are supposed to speak of the same act, '" + act +
                                "': their words are not enough to tell, but of what the "
                                "provision gives " +
                                actor + " no other is left to take it for";
    }
    finding.region = {{"regla " + Spaced(rule.name) + " y trámite " + Spaced(procedure->name),
                       "rule " + Spaced(rule.name) + " and procedure " + Spaced(procedure->name)}};
    finding.reading = DescribeReading(rules_);
    finding.bounds = BoundsOf(offices_, Rhythm::Work);
    finding.evidence = base::Evidence::Quoted;
    finding.conditions = {
        {{article, {"la regla pide " + said.es, "the rule asks " + said.en}},
         {article, {"el trámite pide " + marked.es, "the procedure asks " + marked.en}}}};
    finding.all_sets = true;
    TellDates(*procedure, *milestone, term, finding);
    report_.findings.push_back(std::move(finding));
  }

  // The two ends from the first beginning of the gestión.
  void TellDates(const rules::Procedure& procedure, const Milestone& milestone,
                 const RuleTerm& term, base::Finding& finding) const {
    ForEachTime(offices_, Rhythm::Work, [&](const Office& office, Minute since) {
      const auto first = Bound(office, Milestone::Bound::AtMost, term.term, since);
      const auto second = Bound(office, Milestone::Bound::AtMost, milestone.term, since);
      if (!first || !second) return true;
      const Stepper stepper(rules_, office);
      const bool agreed = *first == stepper.Bound(Milestone::Bound::AtMost, term.term, since) &&
                          *second == stepper.Bound(Milestone::Bound::AtMost, milestone.term, since);
      Milestone of_rule = milestone;
      of_rule.name = rules_.rule(term.rule).name;
      of_rule.term = term.term;
      of_rule.since.clear();
      of_rule.bound = Milestone::Bound::AtMost;
      Milestone of_procedure = milestone;
      of_procedure.bound = Milestone::Bound::AtMost;
      StoryTeller teller(rules_, procedure);
      teller.Note(since, {"empieza a correr el plazo", "the term begins to run"});
      teller.Ends(*first, of_rule, *first >= *second);
      teller.Ends(*second, of_procedure, *second >= *first);
      finding.witness = teller.Tell(office, agreed);
      return false;
    });
  }

  const rules::Ruleset& rules_;
  const Offices& offices_;
  base::CheckReport& report_;
  int year_;
};

}  // namespace

void PlanTermsOfRules(const CheckContext& context, std::vector<Task>& tasks) {
  if (context.rules.procedures.empty()) return;
  const SharedOffices offices(context.rules, context.year);
  tasks.push_back({std::string(kCode) + "/reglas y trámites", DependsOnProcedures(context),
                   [&context, offices](base::CheckReport& report) {
                     RuleTermCheck(context, offices.get(), report).Run();
                   },
                   true});
}

}  // namespace cotejo::checks
