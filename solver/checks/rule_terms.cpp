// Incompatible terms, between what a rule says of a provision and what a procedure says of it.
#include "solver/checks/rule_terms.h"

#include <algorithm>
#include <map>
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

// What one provision gives one actor, by the rules and by the procedures.
struct Provision {
  std::vector<RuleTerm> rules;
  std::vector<std::pair<const rules::Procedure*, const Milestone*>> milestones;
};
using ProvisionKey = std::tuple<base::Citation, std::string, bool>;

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
        if (found == provisions.end() || !SameActor(rules_, milestone, found->second.rules.front()))
          continue;
        found->second.milestones.emplace_back(&procedure, &milestone);
      }
    }
    int looked = 0;
    for (const auto& [key, provision] : provisions) {
      if (provision.milestones.empty()) continue;
      ++looked;
      LookAt(std::get<0>(key), provision);
    }
    if (looked == 0) return;
    const Text bounds = {
        std::to_string(looked) + " disposiciones con plazo en reglas y en trámites",
        std::to_string(looked) + " provisions with a term in rules and in procedures"};
    RecordTime(report_, kCode, "reglas y trámites",
               report_.findings.empty() ? base::Verdict::Proved : base::Verdict::Refuted, bounds);
  }

 private:
  void LookAt(const base::Citation& article, const Provision& provision) {
    const auto said = [&](const rules::Term& term) {
      return std::any_of(provision.rules.begin(), provision.rules.end(),
                         [&](const RuleTerm& rule) { return SameTerm(rule.term, term); });
    };
    const auto marked = [&](const rules::Term& term) {
      return std::any_of(provision.milestones.begin(), provision.milestones.end(),
                         [&](const auto& entry) { return SameTerm(entry.second->term, term); });
    };
    const auto rule = std::find_if(provision.rules.begin(), provision.rules.end(),
                                   [&](const RuleTerm& r) { return !marked(r.term); });
    const auto entry = std::find_if(provision.milestones.begin(), provision.milestones.end(),
                                    [&](const auto& m) { return !said(m.second->term); });
    if (rule == provision.rules.end() && entry == provision.milestones.end()) return;
    Report(article, rule == provision.rules.end() ? provision.rules.front() : *rule,
           entry == provision.milestones.end() ? provision.milestones.front() : *entry);
  }

  void Report(const base::Citation& article, const RuleTerm& term,
              const std::pair<const rules::Procedure*, const Milestone*>& entry) {
    const auto& [procedure, milestone] = entry;
    const rules::Rule& rule = rules_.rule(term.rule);
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Error;
    finding.id = FindingId(kCode, "reglas|" + article.str() + "|" + rule.name);
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
