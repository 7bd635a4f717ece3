// Lapsing right: a power whose term is over before it can be used, because the act of another
// that opens it may still come, or because nobody works while it runs.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "solver/checks/idle_terms.h"
#include "solver/checks/plans.h"
#include "solver/checks/procedure_check.h"
#include "solver/checks/questions.h"
#include "solver/checks/term_replay.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using BoundKind = rules::Milestone::Bound;
using rules::Milestone;

namespace {

constexpr const char* kCode = "derecho-que-caduca";

class RightCheck : private ProcedureCheck {
 public:
  using ProcedureCheck::ProcedureCheck;

  void Run() {
    if (!Countable(kCode)) return;
    const std::size_t before = report_.findings.size();
    bool unscheduled = false;
    std::vector<Limit> rights;
    for (const Limit& limit : terms_.limits) {
      if (!limit.upper || !Entry(limit).power) continue;
      for (const Limit& opens : terms_.limits) LookAtOpening(limit, opens);
      rights.push_back(limit);
      const bool by_clock = limit.term.unit == rules::TermUnit::Hours;
      unscheduled |= by_clock && !offices_.all.front().has_schedule();
    }
    LookAtHours(rights);
    const bool found = report_.findings.size() > before;
    if (!found && unscheduled) {
      RecordTime(report_, kCode, procedure_.name, base::Verdict::Unsupported,
                 offices_.Bounds(rhythm_),
                 {"no hay horario: no se sabe a qué horas se trabaja",
                  "there is no schedule: the hours of work are not known"});
      return;
    }
    RecordTime(report_, kCode, procedure_.name,
               found ? base::Verdict::Refuted : base::Verdict::Proved, offices_.Bounds(rhythm_));
  }

 private:
  // Who acts in an event, as its entries say.
  [[nodiscard]] std::string ActorOf(int event) const {
    for (const Milestone& milestone : procedure_.milestones) {
      if (milestone.name == terms_.events[static_cast<std::size_t>(event)] &&
          !milestone.actor.empty())
        return milestone.actor;
    }
    return {};
  }

  // `opens` says that the right waits for the act of another. Can that act come so late, all
  // its own terms kept, that by then nothing is left of the right?
  void LookAtOpening(const Limit& right, const Limit& opens) {
    if (opens.event != right.event || opens.upper || opens.milestone == right.milestone) return;
    const std::string other = ActorOf(opens.since);
    if (other.empty() || base::Fold(other) == base::Fold(Entry(right).actor)) return;
    std::vector<Limit> limits;
    for (const Limit& limit : terms_.limits) {
      if (limit.event != right.event) limits.push_back(limit);
    }
    const std::size_t others = limits.size();
    // The event stands here for the moment the right opens: when the term is over, or later.
    Limit over = right;
    over.upper = false;
    limits.push_back(over);
    Limit opening = opens;
    opening.upper = true;
    limits.push_back(opening);
    const Network network(terms_.events.size(), limits);
    int lapsed = 0;
    int looked = 0;
    const Office* office = nullptr;
    Minute first = 0;
    ForEachStart(offices_, rhythm_, limits, [&](const Office& at, Minute time) {
      const Fit fit = network.Earliest(at, StartingAt(time)).fit;
      looked += fit != Fit::Unknown ? 1 : 0;
      if (fit != Fit::Yes) return true;
      if (lapsed++ == 0) {
        office = &at;
        first = time;
      }
      return true;
    });
    if (office == nullptr ||
        !opened_.insert({right.event, opens.since, Entry(right).citation}).second)
      return;
    Report(right, opens, network, others, *office, first,
           {std::to_string(lapsed) + " de " + std::to_string(looked),
            std::to_string(lapsed) + " of " + std::to_string(looked)});
  }

  [[nodiscard]] std::vector<Given> StartingAt(Minute time) const {
    std::vector<Given> given;
    for (const int start : starts_) given.push_back({start, time});
    return given;
  }

  void Report(const Limit& right, const Limit& opens, const Network& network, std::size_t others,
              const Office& office, Minute first, const Text& share) {
    const Milestone& milestone = Entry(right);
    const std::string act = Spaced(milestone.name);
    const std::string opener = Spaced(terms_.events[static_cast<std::size_t>(opens.since)]);
    const Times story = network.Story(office, StartingAt(first));
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Error;
    finding.id = FindingId(kCode, procedure_.name + "|" + milestone.name + "|" +
                                      DescribeBound(milestone).es + "|" + opener);
    finding.articles = {milestone.citation, Entry(opens).citation};
    std::vector<base::Condition> conditions{{milestone.citation, DescribeMilestone(milestone)}};
    for (const Milestone& of : procedure_.milestones) {
      if (of.name != terms_.events[static_cast<std::size_t>(opens.since)]) continue;
      if (of.bound == BoundKind::None) continue;
      finding.articles.push_back(of.citation);
      conditions.push_back({of.citation, DescribeMilestone(of)});
    }
    finding.articles = Unique(std::move(finding.articles));
    finding.conditions = {conditions};
    const std::string cited = milestone.citation.str();
    finding.title = {"el derecho «" + act + "» (" + cited +
                         ") puede caducar antes de que llegue «" + opener + "», que lo abre",
                     "the right '" + act + "' (" + cited + ") may lapse before '" + opener +
                         "', which opens it, arrives"};
    const bool bounded =
        std::any_of(terms_.limits.begin(), terms_.limits.end(),
                    [&](const Limit& limit) { return limit.upper && limit.event == opens.since; });
    const Text late = bounded ? Text{"si " + opener + " llega al final de su propio plazo",
                                     "when " + opener + " comes at the end of its own term"}
                              : Text{opener + " no tiene plazo, y si llega tarde",
                                     opener + " has no term, and when it comes late"};
    finding.explanation = {
        "el plazo del derecho corre desde " + Spaced(milestone.since) + " y no desde " + opener +
            ": " + late.es + ", al derecho no le queda nada. Ocurre en " + share.es +
            " comienzos mirados",
        "the term of the right runs from " + Spaced(milestone.since) + " and not from " + opener +
            ": " + late.en + ", nothing is left of the right. So it is in " + share.en +
            " of the beginnings looked at"};
    const Text supposed = DescribeSuppositions(procedure_, {&milestone});
    if (!supposed.empty()) {
      // Counted from its opener the right would stand: the text leaves both open.
      finding.severity = base::FindingSeverity::Warning;
      finding.explanation.es += supposed.es;
      finding.explanation.en += supposed.en;
    }
    const std::string name = Spaced(procedure_.name);
    finding.region = {{"trámite " + name + ", " + DescribeMilestone(milestone).es,
                       "procedure " + name + ", " + DescribeMilestone(milestone).en}};
    finding.reading = DescribeReading(rules_);
    finding.bounds = BoundsOf(offices_, rhythm_);
    finding.evidence = base::Evidence::Enumerated;
    const Stepper stepper(rules_, office);
    bool agreed = story.fit == Fit::Yes && stepper.Keeps(network.limits(), story);
    StoryTeller teller(rules_, procedure_);
    const std::set<int> told = Behind(terms_, {right, opens});
    for (std::size_t e = 0; agreed && e < terms_.events.size(); ++e) {
      const bool tell = told.contains(static_cast<int>(e)) && static_cast<int>(e) != right.event;
      if (story.at[e] && tell) teller.Happens(*story.at[e], terms_.events[e]);
    }
    for (std::size_t l = 0; agreed && l < others; ++l) {
      const Limit& limit = network.limits()[l];
      const auto since = story.at[static_cast<std::size_t>(limit.since)];
      const auto end = Bound(office, limit.bound, limit.term, *since);
      if (limit.upper && end && told.contains(limit.event)) teller.Ends(*end, Entry(limit), true);
    }
    if (agreed) {
      const auto since = story.at[static_cast<std::size_t>(right.since)];
      teller.Ends(*Bound(office, right.bound, right.term, *since), milestone, false);
    }
    finding.witness = teller.Tell(office, agreed);
    report_.findings.push_back(std::move(finding));
  }

  // One provision may give one right in more than one way of counting: the worst is told.
  void LookAtHours(const std::vector<Limit>& rights) {
    std::map<std::tuple<int, base::Citation, std::string>, std::pair<Limit, IdleTerm>> worst;
    for (const Limit& right : rights) {
      const IdleTerm idle = FindIdle(rules_, offices_, terms_, right);
      if (idle.office == nullptr) continue;
      const auto [it, added] = worst.try_emplace(
          {right.event, Entry(right).citation, rules::DescribeTerm(right.term).es}, right, idle);
      if (!added && idle.next - idle.since > it->second.second.next - it->second.second.since)
        it->second = {right, idle};
    }
    for (const auto& [key, found] : worst) ReportHours(found.first, found.second);
  }

  void ReportHours(const Limit& right, const IdleTerm& idle) {
    const Milestone& milestone = Entry(right);
    base::Finding finding = DescribeIdle(context_, offices_, procedure_, right, idle, kCode);
    const std::string act = Spaced(milestone.name);
    const Text bound = DescribeBound(milestone);
    const std::string cited = milestone.citation.str();
    const Text without = WithoutWork(idle);
    finding.title = {
        "el derecho «" + act + "» (" + cited + ", " + bound.es + ") puede vencer " + without.es,
        "the right '" + act + "' (" + cited + ", " + bound.en + ") may run out " + without.en};
    report_.findings.push_back(std::move(finding));
  }

  std::set<std::tuple<int, int, base::Citation>> opened_;  // reported: right, what opens it
};

}  // namespace

void PlanLapsingRights(const CheckContext& context, std::vector<Task>& tasks) {
  PlanForProcedures<RightCheck>(context, kCode, tasks);
}

}  // namespace cotejo::checks
