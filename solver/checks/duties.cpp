// Duties whose breach nothing sanctions, and sanctions of what no duty forbids.
#include <algorithm>
#include <map>
#include <set>

#include "model/base/source.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/severity.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::FindingSeverity;
using base::Text;
using rules::ConsequenceKind;
using rules::Safeguard;

namespace {

constexpr const char* kDuty = "deber-sin-sanción";
constexpr const char* kSanction = "sanción-sin-deber";
constexpr const char* kStaff = "persona";  // whom the rules judge; a `deber` binds them
constexpr std::size_t kListed = 6;         // duties named one by one in an explanation

// ---- What is sanctioned -----------------------------------------------------------

// Values of an enumeration of provisions that a guard allows; nothing when it looks at none.
void ConductsIn(const rules::Ruleset& rules, const std::vector<rules::Box>& boxes,
                std::set<Citation>& conducts) {
  for (const rules::Box& box : boxes) {
    for (const rules::Atom& atom : box.atoms) {
      if (atom.kind != rules::Atom::Kind::Values) continue;
      const rules::Type& type = rules.expr(atom.expr).type;
      if (!type.enumeration.valid()) continue;
      const auto& values = rules.enumerations[type.enumeration.index()].values;
      for (const int value : atom.values) {
        const Citation citation = base::ParseCitation(values[static_cast<std::size_t>(value)]);
        if (!citation.path.empty()) conducts.insert(citation);
      }
    }
  }
}

// What is sanctioned: the conducts that rules tell apart by the provision that describes them
// and, of the other rules, the provision they cite.
using Sanctioned = std::map<Citation, std::vector<Citation>>;  // with the rules that do
Sanctioned SanctionedBy(const rules::Ruleset& rules) {
  Sanctioned sanctioned;
  for (const rules::Rule& rule : rules.rules) {
    if (!OrdersSanction(rule)) continue;
    std::set<Citation> conducts;
    const auto boxes = rule.guard.valid() ? rules::ToBoxes(rules, rule.guard) : std::nullopt;
    if (boxes) ConductsIn(rules, *boxes, conducts);
    if (conducts.empty()) conducts.insert(rule.citation);
    for (const Citation& conduct : conducts) sanctioned[conduct].push_back(rule.citation);
  }
  return sanctioned;
}

// ---- What is ordered --------------------------------------------------------------

// What somebody must do, or must not.
struct Duty {
  std::string actor;
  Citation citation;
  std::string says;
};

// Staff and the organs of the entity; whom only other norms bind is not the regulation's to
// sanction. Without declared organs, everybody.
bool IsOurs(const rules::Ruleset& rules, const std::string& actor) {
  const std::string folded = base::Fold(actor);
  if (folded == kStaff || rules.organs.empty()) return true;
  return std::any_of(rules.organs.begin(), rules.organs.end(), [&](const rules::Organ& organ) {
    return !organ.external && base::Fold(organ.name) == folded;
  });
}

std::vector<Duty> DutiesOf(const rules::Ruleset& rules) {
  std::vector<Duty> duties;
  for (const rules::Statement& statement : rules.statements) {
    if (statement.kind == rules::Statement::Kind::Duty)
      duties.push_back({kStaff, statement.citation, statement.summary});
  }
  std::set<std::tuple<std::string, Citation, std::string>> said;
  for (const rules::Rule& rule : rules.rules) {
    for (const rules::Consequence& consequence : rule.consequences) {
      const bool binds = consequence.kind == ConsequenceKind::Obligation ||
                         consequence.kind == ConsequenceKind::Prohibition;
      if (!binds || !IsOurs(rules, consequence.actor)) continue;
      if (!said.emplace(consequence.actor, rule.citation, consequence.action).second) continue;
      duties.push_back({consequence.actor, rule.citation, consequence.action});
    }
  }
  return duties;
}

bool Overlap(const Citation& a, const Citation& b) { return a.within(b) || b.within(a); }

bool BindsActor(const Safeguard& safeguard, const std::string& actor) {
  const std::string folded = base::Fold(actor);
  return std::any_of(safeguard.actors.begin(), safeguard.actors.end(),
                     [&](const std::string& name) { return base::Fold(name) == folded; });
}

// Something stands where the safeguard sends: a rule that sanctions, a conduct that one
// sanctions, or a clause without a figure.
bool Stands(const rules::Ruleset& rules, const Sanctioned& sanctioned, const Safeguard& safeguard) {
  const Citation& place = safeguard.sanction;
  for (const auto& [conduct, rows] : sanctioned) {
    if (Overlap(conduct, place)) return true;
    if (std::any_of(rows.begin(), rows.end(),
                    [&](const Citation& row) { return Overlap(row, place); }))
      return true;
  }
  return std::any_of(
      rules.statements.begin(), rules.statements.end(),
      [&](const rules::Statement& statement) { return statement.citation == place; });
}

// A safeguard for the provision or for what holds it.
const Safeguard* OwnSafeguard(const std::vector<const Safeguard*>& safeguards, const Duty& duty) {
  const auto found =
      std::find_if(safeguards.begin(), safeguards.end(), [&](const Safeguard* safeguard) {
        return safeguard->duty && duty.citation.within(*safeguard->duty);
      });
  return found == safeguards.end() ? nullptr : *found;
}

const Safeguard* Residual(const std::vector<const Safeguard*>& safeguards, const Duty& duty) {
  const auto found =
      std::find_if(safeguards.begin(), safeguards.end(), [&](const Safeguard* safeguard) {
        return !safeguard->duty && BindsActor(*safeguard, duty.actor);
      });
  return found == safeguards.end() ? nullptr : *found;
}

// ---- Duties without sanction -----------------------------------------------------

Citation ArticleOf(const Citation& citation) {
  Citation article = citation;
  if (article.path.size() > 1) article.path.resize(1);
  return article;
}

std::string Listed(const std::vector<const Duty*>& duties) {
  std::string text;
  for (std::size_t i = 0; i < duties.size() && i < kListed; ++i) {
    text += (i == 0 ? "«" : "; «") + duties[i]->says + "» (" + duties[i]->citation.str() + ")";
  }
  if (duties.size() > kListed) text += "; …";
  return text;
}

std::vector<Citation> CitedBy(const std::vector<const Duty*>& duties) {
  std::vector<Citation> places;
  for (const Duty* duty : duties) places.push_back(duty->citation);
  return Unique(std::move(places));
}

base::Finding Unguarded(const std::string& actor, const Citation& article,
                        const std::vector<const Duty*>& duties) {
  const std::string who = Spaced(actor);
  const std::string where = base::JoinCitations(CitedBy(duties));
  base::Finding finding = TextFinding(
      kDuty, FindingSeverity::Warning, actor + "|" + article.str(),
      {"nada sanciona que «" + who + "» incumpla lo que le manda " + where,
       "nothing sanctions '" + who + "' for breach of what " + where + " orders"},
      {"el deber existe y su incumplimiento no tiene consecuencia, ni siquiera por una cláusula "
       "residual: " +
           Listed(duties),
       "the duty exists and its breach has no consequence, not even by a residual clause: " +
           Listed(duties)});
  finding.evidence = base::Evidence::Enumerated;
  finding.articles = CitedBy(duties);
  return finding;
}

// "UDITH (46), entidad (80)"
std::string Tally(const std::vector<const Duty*>& duties) {
  std::map<std::string, int> actors;
  for (const Duty* duty : duties) ++actors[Spaced(duty->actor)];
  std::string text;
  for (const auto& [actor, count] : actors)
    text += (text.empty() ? "" : ", ") + actor + " (" + std::to_string(count) + ")";
  return text;
}

base::Finding OnlyResidual(const Citation& clause, const std::vector<const Duty*>& duties) {
  const std::string count = std::to_string(duties.size());
  const std::string whose = Tally(duties);
  base::Finding finding = TextFinding(
      kDuty, FindingSeverity::Information, clause.str() + "|residual",
      {"sólo la cláusula residual " + clause.str() + " responde de " + count + " deberes: " + whose,
       "only the residual clause " + clause.str() + " answers for " + count + " duties: " + whose},
      {"ninguna falta los nombra: todos se sancionan igual, sea cual sea su importancia. " +
           Listed(duties),
       "no fault names them: all are sanctioned alike, whatever their weight. " + Listed(duties)});
  finding.evidence = base::Evidence::Enumerated;
  finding.articles = CitedBy(duties);
  finding.articles.push_back(clause);
  finding.articles = Unique(std::move(finding.articles));
  return finding;
}

void CheckDuties(const CheckContext& context, base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  const std::vector<Duty> duties = DutiesOf(rules);
  const Sanctioned sanctioned = SanctionedBy(rules);
  std::vector<const Safeguard*> safeguards;
  for (const Safeguard& safeguard : rules.safeguards) {
    if (Stands(rules, sanctioned, safeguard)) safeguards.push_back(&safeguard);
  }
  std::map<std::pair<std::string, Citation>, std::vector<const Duty*>> unguarded;
  std::map<Citation, std::vector<const Duty*>> residual;
  std::size_t guarded = 0;
  for (const Duty& duty : duties) {
    const Safeguard* own = OwnSafeguard(safeguards, duty);
    const Safeguard* clause = Residual(safeguards, duty);
    // A safeguard that is itself the residual clause says no more than it.
    const bool named = own != nullptr && (clause == nullptr || own->sanction != clause->sanction);
    if (named) {
      ++guarded;
    } else if (clause != nullptr) {
      residual[clause->sanction].push_back(&duty);
    } else {
      unguarded[{duty.actor, ArticleOf(duty.citation)}].push_back(&duty);
    }
  }
  const Text bounds{Counted(duties.size(), "deber", "deberes") + ", " + std::to_string(guarded) +
                        " con sanción propia",
                    Counted(duties.size(), "duty", "duties") + ", " + std::to_string(guarded) +
                        " with a sanction of their own"};
  RecordLooked(report, kDuty, "deberes", "grafo", !unguarded.empty() || !residual.empty(), bounds);
  for (const auto& [key, group] : unguarded) {
    report.findings.push_back(Unguarded(key.first, key.second, group));
    report.findings.back().bounds = bounds;
  }
  for (const auto& [clause, group] : residual) {
    report.findings.push_back(OnlyResidual(clause, group));
    report.findings.back().bounds = bounds;
  }
}

// ---- Sanctions without duty ------------------------------------------------------

void CheckSanctions(const CheckContext& context, base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  const Sanctioned sanctioned = SanctionedBy(rules);
  std::map<Citation, std::vector<Citation>> free;  // by article: conducts
  std::map<Citation, std::vector<Citation>> by;    // by article: rules
  for (const auto& [conduct, places] : sanctioned) {
    const bool forbidden = std::any_of(rules.safeguards.begin(), rules.safeguards.end(),
                                       [&, &conduct = conduct](const Safeguard& safeguard) {
                                         return Overlap(conduct, safeguard.sanction);
                                       });
    if (forbidden) continue;
    free[ArticleOf(conduct)].push_back(conduct);
    std::vector<Citation>& rows = by[ArticleOf(conduct)];
    rows.insert(rows.end(), places.begin(), places.end());
  }
  const Text bounds{Counted(sanctioned.size(), "conducta sancionada", "conductas sancionadas"),
                    Counted(sanctioned.size(), "sanctioned conduct", "sanctioned conducts")};
  RecordLooked(report, kSanction, "conductas", "grafo", !free.empty(), bounds);
  for (const auto& [article, conducts] : free) {
    const std::string which = base::JoinCitations(conducts);
    base::Finding finding = TextFinding(
        kSanction, FindingSeverity::Information, article.str() + "|" + which,
        {"se sanciona " + which + " y ningún deber ni prohibición del modelo lo ampara",
         which + " is sanctioned and no duty or prohibition of the model stands behind it"},
        {"la falta sólo se conoce por su castigo: la obligación que se incumple no está entre los "
         "deberes declarados, o no se ha dicho cuál es (`tutela`)",
         "the fault is known by its punishment only: the obligation that is breached is not among "
         "the declared duties, or it is not said which one it is (`tutela`)"});
    finding.evidence = base::Evidence::Enumerated;
    finding.articles = conducts;
    const std::vector<Citation>& rows = by[article];
    finding.articles.insert(finding.articles.end(), rows.begin(), rows.end());
    finding.articles = Unique(std::move(finding.articles));
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

// Without safeguards the model does not say what sanctions what: nothing can be asked.
bool SaysWhatSanctions(const CheckContext& context, const char* code, const char* what,
                       base::CheckReport& report) {
  if (!context.rules.safeguards.empty()) return true;
  RecordNotPut(report, code, what, "grafo",
               {"el modelo no dice qué sanciona cada deber (`tutela`)",
                "the model does not say what sanctions each duty (`tutela`)"});
  return false;
}

}  // namespace

void PlanDutiesWithoutSanction(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back({kDuty, {}, [&context](base::CheckReport& report) {
                     if (SaysWhatSanctions(context, kDuty, "deberes", report))
                       CheckDuties(context, report);
                   }});
}

void PlanSanctionsWithoutDuty(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back({kSanction, {}, [&context](base::CheckReport& report) {
                     if (SaysWhatSanctions(context, kSanction, "conductas", report))
                       CheckSanctions(context, report);
                   }});
}

}  // namespace cotejo::checks
