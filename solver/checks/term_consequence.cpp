// Term without consequence: nothing says what a miss causes, and nothing sanctions it.
#include <algorithm>
#include <map>
#include <set>

#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/rule_terms.h"
#include "solver/checks/term_replay.h"
#include "solver/checks/term_wording.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::Text;
using BoundKind = rules::Milestone::Bound;
using rules::Milestone;

namespace {

constexpr const char* kCode = "plazo-sin-consecuencia";

bool Near(const Citation& a, const Citation& b) { return a.within(b) || b.within(a); }

// A term and who has it: of a procedure's entry, or of a rule that no entry speaks of.
struct BareTerm {
  std::string name;  // of the milestone, or the rule
  std::string actor;
  bool power = false;
  Text what;  // "«regularización» en 72 horas desde inasistencia"
  const rules::Procedure* procedure = nullptr;
  const Milestone* milestone = nullptr;
  const RuleTerm* rule = nullptr;
};

class ConsequenceCheck {
 public:
  ConsequenceCheck(const CheckContext& context, const Offices& offices, base::CheckReport& report)
      : rules_(context.rules),
        offices_(offices),
        report_(report),
        rule_terms_(TermsOfRules(context.rules, context.year)) {}

  void Run() {
    for (const rules::Procedure& procedure : rules_.procedures) LookAt(procedure);
    LookAtRules();
    for (const auto& [article, terms] : bare_) Report(article, terms);
  }

 private:
  // Something else sanctions the breach: its own safeguard, or the residual one of its norm.
  [[nodiscard]] bool Safeguarded(const Citation& article, const std::string& actor,
                                 bool power) const {
    return std::any_of(
        rules_.safeguards.begin(), rules_.safeguards.end(), [&](const rules::Safeguard& guard) {
          if (guard.duty) return Near(article, *guard.duty);
          const bool named = std::any_of(
              guard.actors.begin(), guard.actors.end(),
              [&](const std::string& one) { return base::Fold(one) == base::Fold(actor); });
          return named && !power && guard.sanction.norm == article.norm;
        });
  }

  static bool HasEnd(const Milestone& milestone) {
    return milestone.bound == BoundKind::AtMost || milestone.bound == BoundKind::Before;
  }

  // Another entry may say what the miss of the same term of the same provision causes.
  [[nodiscard]] bool SaidElsewhere(const Milestone& milestone) const {
    for (const rules::Procedure& procedure : rules_.procedures) {
      for (const Milestone& other : procedure.milestones) {
        if (!other.miss.empty() && HasEnd(other) && SameTerm(other.term, milestone.term) &&
            other.power == milestone.power && other.citation == milestone.citation &&
            base::Fold(other.actor) == base::Fold(milestone.actor) &&
            base::Fold(other.name) == base::Fold(milestone.name))
          return true;
      }
    }
    return false;
  }

  // Another term for the same act prevails over it: what a miss of this one causes is idle.
  [[nodiscard]] bool Overruled(const rules::Procedure& procedure,
                               const Milestone& milestone) const {
    return std::any_of(
        procedure.milestones.begin(), procedure.milestones.end(), [&](const Milestone& other) {
          return other.name == milestone.name && HasEnd(other) && other.since == milestone.since &&
                 !SameTerm(other.term, milestone.term) &&
                 Prevails(rules_, other.citation, milestone.citation) != rules::Precedence::None;
        });
  }

  void LookAt(const rules::Procedure& procedure) {
    int looked = 0;
    bool found = false;
    std::set<std::tuple<std::string, std::string, std::string>> seen;
    for (const Milestone& milestone : procedure.milestones) {
      if (!HasEnd(milestone)) continue;
      ++looked;
      if (!milestone.miss.empty() || SaidElsewhere(milestone) || Overruled(procedure, milestone) ||
          Safeguarded(milestone.citation, milestone.actor, milestone.power))
        continue;
      found = true;
      // The entry without a start and the one with an assumed one are the same term.
      if (!seen.insert({milestone.name, milestone.citation.str(),
                        rules::DescribeTerm(milestone.term).es})
               .second)
        continue;
      bare_[milestone.citation].push_back({milestone.name, milestone.actor, milestone.power,
                                           DescribeMilestone(milestone), &procedure, &milestone,
                                           nullptr});
    }
    Record(procedure.name, looked, found);
  }

  void LookAtRules() {
    int looked = 0;
    bool found = false;
    for (const RuleTerm& term : rule_terms_) {
      const bool spoken = std::any_of(
          rules_.procedures.begin(), rules_.procedures.end(), [&](const rules::Procedure& p) {
            return std::any_of(p.milestones.begin(), p.milestones.end(),
                               [&](const Milestone& m) { return SpeaksOf(rules_, m, term); });
          });
      if (spoken) continue;
      ++looked;
      const rules::Rule& rule = rules_.rule(term.rule);
      const rules::Consequence& consequence = rule.consequences[term.consequence];
      if (Safeguarded(rule.citation, consequence.actor, term.power)) continue;
      found = true;
      const Text amount = rules::DescribeTerm(term.term);
      bare_[rule.citation].push_back(
          {rule.name,
           consequence.actor,
           term.power,
           {consequence.action + " en " + amount.es, consequence.action + " within " + amount.en},
           nullptr,
           nullptr,
           &term});
    }
    if (looked > 0) Record("reglas", looked, found);
  }

  void Record(const std::string& what, int looked, bool found) {
    const std::string count = std::to_string(looked);
    RecordTime(report_, kCode, what, found ? base::Verdict::Refuted : base::Verdict::Proved,
               {count + " plazos, cada uno contra lo que dice que causa su vencimiento y contra "
                        "las tutelas",
                count + " terms, each against what it says a miss causes and the safeguards"});
  }

  void Report(const Citation& article, const std::vector<BareTerm>& terms) {
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Warning;
    finding.articles = {article};
    std::string key = article.str();
    Text list;
    for (const BareTerm& term : terms) {
      const std::string actor = term.actor.empty() ? "" : " (" + Spaced(term.actor) + ")";
      list.es += (list.es.empty() ? "" : "; ") + term.what.es + actor;
      list.en += (list.en.empty() ? "" : "; ") + term.what.en + actor;
      key += "|" + term.name;
      finding.region.push_back({term.what.es + actor, term.what.en + actor});
    }
    finding.id = FindingId(kCode, key);
    finding.title = {
        article.str() + " fija plazo y nada dice qué pasa si vence: " + list.es,
        article.str() + " sets a term and nothing says what a miss causes: " + list.en};
    const bool right =
        std::all_of(terms.begin(), terms.end(), [](const BareTerm& term) { return term.power; });
    finding.explanation =
        right ? Text{"no se sabe si el derecho se pierde al vencer el plazo o puede usarse después",
                     "whether the right is lost when the term ends, or may be used later, is not "
                     "known"}
              : Text{
                    "ningún hito dice qué causa el vencimiento y ninguna regla ni tutela sanciona "
                    "a quien deja pasar el plazo",
                    "no milestone says what a miss causes and no rule or safeguard sanctions "
                    "whoever lets the term pass"};
    if (OfAnotherNorm(rules_, article)) {
      finding.severity = base::FindingSeverity::Information;
      const Text other = DescribeAnotherNorm(article);
      finding.explanation.es += other.es;
      finding.explanation.en += other.en;
    }
    finding.reading = DescribeReading(rules_);
    finding.bounds = BoundsOf(offices_, Rhythm::Work);
    finding.evidence = base::Evidence::Quoted;
    finding.witness = Tell(terms.front());
    report_.findings.push_back(std::move(finding));
  }

  // When the first of them would end, from the first beginning of the gestión.
  [[nodiscard]] base::Witness Tell(const BareTerm& term) const {
    Milestone milestone = term.milestone != nullptr ? *term.milestone : Milestone{};
    const rules::Procedure nothing{term.name, {}, {}, {}, {}};
    if (term.milestone == nullptr) {
      const rules::Rule& rule = rules_.rule(term.rule->rule);
      milestone.name = rule.consequences[term.rule->consequence].action;
      milestone.bound = BoundKind::AtMost;
      milestone.term = term.rule->term;
      milestone.citation = rule.citation;
    }
    base::Witness witness;
    const Rhythm rhythm = RhythmOf(rules_, milestone.since);
    ForEachTime(offices_, rhythm, [&](const Office& office, Minute since) {
      if (!Countable(milestone.term)) return false;
      const auto end = Bound(office, milestone.bound, milestone.term, since);
      if (!end) return true;
      const Stepper stepper(rules_, office);
      StoryTeller teller(rules_, term.procedure != nullptr ? *term.procedure : nothing);
      if (milestone.since.empty()) {
        teller.Note(since, {"empieza a correr el plazo", "the term begins to run"});
      } else {
        teller.Happens(since, milestone.since);
      }
      teller.Ends(*end, milestone, false);
      witness = teller.Tell(office, *end == stepper.Bound(milestone.bound, milestone.term, since));
      return false;
    });
    return witness;
  }

  const rules::Ruleset& rules_;
  const Offices& offices_;
  base::CheckReport& report_;
  std::vector<RuleTerm> rule_terms_;
  std::map<Citation, std::vector<BareTerm>> bare_;
};

}  // namespace

void PlanTermsWithoutConsequence(const CheckContext& context, std::vector<Task>& tasks) {
  const SharedOffices offices(context.rules, context.year);
  tasks.push_back({std::string(kCode) + "/plazos", DependsOnProcedures(context),
                   [&context, offices](base::CheckReport& report) {
                     ConsequenceCheck(context, offices.get(), report).Run();
                   },
                   true});
}

}  // namespace cotejo::checks
