// Cycle of terms: milestones that wait for one another, and nothing outside sets them going.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include "solver/checks/plans.h"
#include "solver/checks/procedure_check.h"
#include "solver/checks/questions.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using BoundKind = rules::Milestone::Bound;
using rules::Milestone;

namespace {

constexpr const char* kCode = "ciclo-de-plazos";

// An entry whose term runs from another milestone waits for it; one that ends before another
// milestone does not: that one has its own date.
bool Waits(const Milestone& milestone) {
  return !milestone.since.empty() && milestone.bound != BoundKind::Before;
}

class CycleCheck : private ProcedureCheck {
 public:
  using ProcedureCheck::ProcedureCheck;

  void Run() {
    bool found = false;
    for (const std::vector<int>& group : Groups()) {
      if (group.size() < 2 || SetGoing(group)) continue;
      Report(group);
      found = true;
    }
    const Text bounds{"todas las esperas entre los hitos del trámite",
                      "every wait between the milestones of the procedure"};
    RecordTime(report_, kCode, procedure_.name,
               found ? base::Verdict::Refuted : base::Verdict::Proved, bounds);
  }

 private:
  // Events that wait for one another, each in one group; ascending.
  [[nodiscard]] std::vector<std::vector<int>> Groups() const {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
    Graph graph(terms_.events.size());
    for (const Milestone& milestone : procedure_.milestones) {
      if (!Waits(milestone)) continue;
      boost::add_edge(static_cast<std::size_t>(terms_.Event(milestone.name)),
                      static_cast<std::size_t>(terms_.Event(milestone.since)), graph);
    }
    std::vector<int> component(terms_.events.size());
    const int count = boost::strong_components(
        graph, boost::make_iterator_property_map(component.begin(),
                                                 boost::get(boost::vertex_index, graph)));
    std::vector<std::vector<int>> groups(static_cast<std::size_t>(count));
    for (std::size_t e = 0; e < component.size(); ++e) {
      groups[static_cast<std::size_t>(component[e])].push_back(static_cast<int>(e));
    }
    std::sort(groups.begin(), groups.end());
    return groups;
  }

  [[nodiscard]] bool Inside(const std::vector<int>& group, const std::string& event) const {
    return std::binary_search(group.begin(), group.end(), terms_.Event(event));
  }

  // Some entry of the group is an event of its own, or runs from outside the group.
  [[nodiscard]] bool SetGoing(const std::vector<int>& group) const {
    return std::any_of(procedure_.milestones.begin(), procedure_.milestones.end(),
                       [&](const Milestone& m) {
                         if (!Inside(group, m.name)) return false;
                         return m.bound == BoundKind::None || (Waits(m) && !Inside(group, m.since));
                       });
  }

  void Report(const std::vector<int>& group) {
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Error;
    std::string names;
    for (const int event : group) {
      names += (names.empty() ? "«" : ", «") +
               Spaced(terms_.events[static_cast<std::size_t>(event)]) + "»";
    }
    finding.id = FindingId(kCode, procedure_.name + "|" + names);
    StoryTeller teller(rules_, procedure_);
    const Minute begin = At(offices_.first, 0);
    auto& conditions = finding.conditions.emplace_back();
    for (const Milestone& milestone : procedure_.milestones) {
      if (!Inside(group, milestone.name) || !Waits(milestone)) continue;
      const Text what = DescribeMilestone(milestone);
      finding.articles.push_back(milestone.citation);
      conditions.push_back({milestone.citation, what});
      const std::string name = Spaced(milestone.name);
      const std::string since = Spaced(milestone.since);
      teller.Note(begin, {"«" + name + "» espera a «" + since + "»",
                          "'" + name + "' waits for '" + since + "'"});
      finding.witness.answers.push_back({milestone.citation,
                                         procedure_.name + "." + milestone.name,
                                         {"pide " + what.es, "asks " + what.en},
                                         true,
                                         offices_.first});
    }
    finding.all_sets = true;
    finding.articles = Unique(std::move(finding.articles));
    const std::string name = Spaced(procedure_.name);
    finding.title = {"se esperan unos a otros y nada los pone en marcha: " + names,
                     "they wait for one another and nothing sets them going: " + names};
    finding.explanation = {
        "en el trámite " + name +
            " el plazo de cada uno corre desde otro del mismo círculo, y ninguno corre desde un "
            "hecho de fuera: ningún plazo llega a empezar",
        "in the procedure " + name +
            " the term of each runs from another in the same circle, and none from anything "
            "outside: no term ever begins"};
    finding.region = {{"trámite " + name, "procedure " + name}};
    finding.reading = DescribeReading(rules_);
    finding.bounds = {"todas las esperas entre los hitos del trámite",
                      "every wait between the milestones of the procedure"};
    finding.evidence = base::Evidence::Enumerated;
    std::vector<base::WitnessAnswer> answers = std::move(finding.witness.answers);
    finding.witness = teller.Tell(offices_.all.front(), NothingBegins(group));
    finding.witness.answers = std::move(answers);
    report_.findings.push_back(std::move(finding));
  }

  // The plain count: an event may happen once something it runs from has, or by itself; the
  // group's never do, whatever else has happened.
  [[nodiscard]] bool NothingBegins(const std::vector<int>& group) const {
    std::vector<bool> happened(terms_.events.size());
    for (std::size_t e = 0; e < happened.size(); ++e) {
      happened[e] = !std::binary_search(group.begin(), group.end(), static_cast<int>(e));
    }
    const std::vector<bool> before = happened;
    for (std::size_t round = 0; round < happened.size(); ++round) {
      for (const Milestone& m : procedure_.milestones) {
        const auto event = static_cast<std::size_t>(terms_.Event(m.name));
        const bool starts = m.bound == BoundKind::None ||
                            (Waits(m) && happened[static_cast<std::size_t>(terms_.Event(m.since))]);
        if (starts) happened[event] = true;
      }
    }
    return happened == before;
  }
};

}  // namespace

void PlanTermCycles(const CheckContext& context, std::vector<Task>& tasks) {
  PlanForProcedures<CycleCheck>(context, kCode, tasks);
}

}  // namespace cotejo::checks
