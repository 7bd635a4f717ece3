// Term without a start: it does not say from when it runs, or runs from something that nothing
// produces and nobody has to notify.
#include <algorithm>
#include <map>

#include "solver/checks/plans.h"
#include "solver/checks/procedure_check.h"
#include "solver/checks/questions.h"
#include "solver/checks/rule_terms.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::Text;
using BoundKind = rules::Milestone::Bound;
using rules::Milestone;

namespace {

constexpr const char* kCode = "plazo-sin-inicio";

class StartCheck : private ProcedureCheck {
 public:
  using ProcedureCheck::ProcedureCheck;

  void Run() {
    int looked = 0;
    std::map<Citation, std::vector<const Milestone*>> unsaid, unproduced;
    for (const Milestone& milestone : procedure_.milestones) {
      if (milestone.bound == BoundKind::None) continue;
      ++looked;
      if (milestone.since.empty()) {
        unsaid[milestone.citation].push_back(&milestone);
      } else if (!Produced(milestone.since)) {
        unproduced[milestone.citation].push_back(&milestone);
      }
    }
    for (const auto& [article, terms] : unsaid) ReportUnsaid(article, terms);
    for (const auto& [article, terms] : unproduced) ReportUnproduced(article, terms);
    const std::string count = std::to_string(looked);
    const bool found = !unsaid.empty() || !unproduced.empty();
    RecordTime(report_, kCode, procedure_.name,
               found ? base::Verdict::Refuted : base::Verdict::Proved,
               {count + " plazos y los hitos desde los que corren",
                count + " terms and the milestones they run from"});
  }

 private:
  // An event has a date when somebody acts in it, when it has a term of its own, or when it is
  // a fact that histories have.
  [[nodiscard]] bool Produced(const std::string& event) const {
    const bool acted = std::any_of(
        procedure_.milestones.begin(), procedure_.milestones.end(), [&](const Milestone& m) {
          return m.name == event && (!m.actor.empty() || m.bound != BoundKind::None);
        });
    return acted || rules_.FindFactKind(event).valid();
  }

  // The entry by which the analyses count the term all the same: a supposition of whoever
  // encoded it.
  [[nodiscard]] const Milestone* SupposedStart(const Milestone& milestone) const {
    for (const Milestone& other : procedure_.milestones) {
      if (other.name == milestone.name && other.citation == milestone.citation &&
          !other.since.empty() && SameTerm(other.term, milestone.term))
        return &other;
    }
    return nullptr;
  }

  [[nodiscard]] base::Finding Start(const std::string& key, const Citation& article,
                                    const std::vector<const Milestone*>& terms) const {
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Warning;
    finding.id = FindingId(kCode, key + "|" + procedure_.name + "|" + article.str());
    finding.articles = {article};
    for (const Milestone* term : terms) {
      const std::string actor = term->actor.empty() ? "" : " (" + Spaced(term->actor) + ")";
      const Text what = DescribeMilestone(*term);
      finding.region.push_back({what.es + actor, what.en + actor});
    }
    finding.reading = DescribeReading(rules_);
    const std::string name = Spaced(procedure_.name);
    finding.bounds = {"los hitos del trámite " + name, "the milestones of the procedure " + name};
    finding.evidence = base::Evidence::Quoted;
    return finding;
  }

  static Text List(const base::Finding& finding) {
    Text list;
    for (const Text& line : finding.region) {
      list.es += (list.es.empty() ? "" : "; ") + line.es;
      list.en += (list.en.empty() ? "" : "; ") + line.en;
    }
    return list;
  }

  // No date can be told: the witness is what is said of the term on the first day looked at.
  void Tell(base::Finding& finding, const std::vector<const Milestone*>& terms,
            const Text& why) const {
    StoryTeller teller(rules_, procedure_);
    teller.Note(At(offices_.first, 0), why);
    finding.witness = teller.Tell(offices_.all.front(), false);
    for (const Milestone* term : terms) {
      const Text what = DescribeMilestone(*term);
      const Text miss = DescribeMiss(*term);
      finding.witness.answers.push_back(
          {term->citation,
           procedure_.name + "." + term->name,
           {"pide " + what.es + "; " + miss.es, "asks " + what.en + "; " + miss.en},
           true,
           offices_.first});
    }
  }

  void ReportUnsaid(const Citation& article, const std::vector<const Milestone*>& terms) {
    base::Finding finding = Start("sin inicio", article, terms);
    const Text list = List(finding);
    finding.title = {article.str() + " fija plazo y no dice desde cuándo corre: " + list.es,
                     article.str() + " sets a term and does not say from when it runs: " + list.en};
    Text supposed;
    for (const Milestone* term : terms) {
      const Milestone* start = SupposedStart(*term);
      if (start == nullptr) continue;
      supposed.es += "; «" + Spaced(term->name) + "» se cuenta aquí desde " + Spaced(start->since) +
                     ", y es una suposición";
      supposed.en += "; '" + Spaced(term->name) + "' is counted here from " + Spaced(start->since) +
                     ", which is a supposition";
    }
    finding.explanation = {
        "sin el hecho desde el que corre no se sabe qué día vence" + supposed.es,
        "without the event it runs from, the day it ends is not known" + supposed.en};
    Tell(finding, terms,
         {"no se sabe qué día vence: el texto no dice desde cuándo corre",
          "the day it ends is not known: the text does not say from when it runs"});
    report_.findings.push_back(std::move(finding));
  }

  void ReportUnproduced(const Citation& article, const std::vector<const Milestone*>& terms) {
    base::Finding finding = Start("sin hecho", article, terms);
    const Text list = List(finding);
    const std::string since = Spaced(terms.front()->since);
    finding.title = {article.str() + " cuenta un plazo con algo que nada produce: " + list.es,
                     article.str() + " counts a term with something nothing produces: " + list.en};
    finding.explanation = {
        "«" + since +
            "» no es un hecho que una historia tenga ni el acto de nadie, y nadie tiene que "
            "notificarlo: el plazo no llega a tener fecha",
        "'" + since +
            "' is neither a fact of a history nor anybody's act, and nobody has to notify it: "
            "the term never gets a date"};
    Tell(finding, terms,
         {"no se sabe qué día vence: «" + since + "» no tiene fecha",
          "the day it ends is not known: '" + since + "' has no date"});
    report_.findings.push_back(std::move(finding));
  }
};

}  // namespace

void PlanTermsWithoutStart(const CheckContext& context, std::vector<Task>& tasks) {
  PlanForProcedures<StartCheck>(context, kCode, tasks);
}

}  // namespace cotejo::checks
