// Provisions that send to one another in a circle, so that none of them says.
#include <boost/graph/strong_components.hpp>
#include <map>
#include <queue>
#include <set>

#include "model/citations/graph.h"
#include "model/passages/coverage.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::Text;
using citations::CitationGraph;
using citations::EdgeKind;
using citations::VertexId;
using citations::VertexKind;

namespace {

constexpr const char* kCode = "referencia-circular";

// Only who sends to whom, among the provisions that say nothing themselves: where a rule or a
// figure stands, whoever was sent there has arrived. What sends to a provision sends to the
// parts of it; a norm named as a whole is not read through.
struct Sending {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph;
  std::vector<VertexId> vertex;  // in the graph of citations
  std::size_t references = 0;
};

// Whether something with effect is declared there or inside.
bool Says(const std::set<Citation>& said, const Citation& place) {
  const auto next = said.lower_bound(place);
  return next != said.end() && next->within(place);
}

std::set<Citation> SaidIn(const CheckContext& context) {
  std::set<Citation> said;
  const auto definitions = citations::DefinitionsOf(*context.input.files);
  for (const citations::Mention& mention : citations::MentionsOf(context.rules, definitions)) {
    const bool statement = mention.kind == citations::DeclarationKind::Declarative ||
                           mention.kind == citations::DeclarationKind::Deferring ||
                           mention.kind == citations::DeclarationKind::Reading;
    if (mention.own && !statement) said.insert(mention.provision);
  }
  return said;
}

void Fill(const CitationGraph& whole, const std::set<Citation>& said, Sending& sending) {
  std::map<VertexId, std::size_t> place;
  for (const VertexId vertex : citations::SortedVertices(whole)) {
    if (whole.graph[vertex].kind != VertexKind::Provision) continue;
    if (Says(said, whole.graph[vertex].citation)) continue;
    place.emplace(vertex, sending.vertex.size());
    sending.vertex.push_back(vertex);
  }
  for (std::size_t v = 0; v < sending.vertex.size(); ++v) boost::add_vertex(sending.graph);
  for (const citations::SortedEdge& edge : citations::SortedEdges(whole)) {
    const bool sends = edge.kind == EdgeKind::DefersTo;
    if (!sends && edge.kind != EdgeKind::Contains) continue;
    const auto from = place.find(edge.from);
    const auto to = place.find(edge.to);
    if (from == place.end() || to == place.end()) continue;
    boost::add_edge(from->second, to->second, sending.graph);
    sending.references += sends ? 1 : 0;
  }
}

// The shortest way from a vertex back to itself.
std::vector<std::size_t> CircleFrom(const Sending& sending, std::size_t start) {
  std::map<std::size_t, std::size_t> before;
  std::queue<std::size_t> open;
  open.push(start);
  while (!open.empty()) {
    const std::size_t at = open.front();
    open.pop();
    for (auto [e, end] = boost::out_edges(at, sending.graph); e != end; ++e) {
      const std::size_t to = boost::target(*e, sending.graph);
      if (to == start) {
        std::vector<std::size_t> circle{at};
        while (circle.back() != start) circle.push_back(before.at(circle.back()));
        return {circle.rbegin(), circle.rend()};
      }
      if (before.emplace(to, at).second) open.push(to);
    }
  }
  return {};
}

base::Finding Describe(const CheckContext& context, const CitationGraph& whole,
                       const Sending& sending, const std::vector<std::size_t>& circle) {
  std::vector<Citation> order;
  for (const std::size_t place : circle)
    order.push_back(whole.graph[sending.vertex[place]].citation);
  std::string way;
  for (const Citation& citation : order) way += citation.str() + " → ";
  way += order.front().str();
  base::Finding finding = TextFinding(
      kCode, base::FindingSeverity::Error, way,
      {"remisión circular: " + way, "circular reference: " + way},
      {"cada una manda seguir a la siguiente y la última a la primera: ninguna dice qué hacer",
       "each sends to the next and the last to the first: none says what to do"});
  finding.evidence = base::Evidence::Enumerated;
  finding.articles = Unique(order);
  if (context.input.text == nullptr) return finding;
  for (const Citation& citation : order) {
    const passages::Passage* passage = context.input.text->document.Find(citation);
    if (passage != nullptr) finding.passages.push_back({citation, passage->text});
  }
  return finding;
}

void CheckCircles(const CheckContext& context, base::CheckReport& report) {
  // Of the text only quotations: that a provision says "conforme a" another is no proof that it
  // says nothing by itself.
  const CitationGraph whole = citations::BuildGraph(context.rules, *context.input.files, {},
                                                    passages::MainNorm(context.rules));
  Sending sending;
  Fill(whole, SaidIn(context), sending);
  std::vector<int> component(sending.vertex.size());
  const int count = boost::strong_components(
      sending.graph, boost::make_iterator_property_map(
                         component.begin(), boost::get(boost::vertex_index, sending.graph)));
  std::vector<std::vector<std::size_t>> members(static_cast<std::size_t>(count));
  for (std::size_t v = 0; v < component.size(); ++v)
    members[static_cast<std::size_t>(component[v])].push_back(v);
  const Text bounds{Counted(sending.references, "remisión", "remisiones") + " entre " +
                        Counted(sending.vertex.size(), "disposición", "disposiciones") +
                        " sin efecto propio",
                    Counted(sending.references, "reference", "references") + " among " +
                        Counted(sending.vertex.size(), "provision", "provisions") +
                        " with no effect of their own"};
  bool found = false;
  for (const auto& group : members) {
    if (group.size() < 2) continue;  // nothing sends to itself: BuildGraph leaves that out
    const std::size_t first =
        *std::min_element(group.begin(), group.end(), [&](std::size_t a, std::size_t b) {
          return base::ReadsBefore(whole.graph[sending.vertex[a]].citation,
                                   whole.graph[sending.vertex[b]].citation);
        });
    base::Finding finding = Describe(context, whole, sending, CircleFrom(sending, first));
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
    found = true;
  }
  RecordLooked(report, kCode, "remisiones", "grafo", found, bounds);
}

}  // namespace

void PlanCircularReferences(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckCircles(context, report); }});
}

}  // namespace cotejo::checks
