// The graph of norms, provisions and what they declare, on Boost.Graph; who depends on whom.
#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <map>
#include <string>
#include <vector>

#include "model/citations/mentions.h"

namespace cotejo::citations {

enum class VertexKind {
  Norm,
  Provision,
  Definition,  // parameters, measures, qualifications, schedules, readings, procedures … too
  Rule,        // rules and scales that are no fault
  Fault,       // rules of a class of fault
  Duty,        // an obligation, prohibition, permission or power
  Organ,       // who has it
  Term,        // by when
  Fact,        // a kind of fact
};

enum class EdgeKind {
  Contains,   // norm or provision → provision inside it
  Cites,      // declaration or provision → provision
  DefersTo,   // provision → provision
  Modifies,   // provision → provision
  Replaces,   // provision → provision
  Defines,    // provision → definition, rule or duty
  Sanctions,  // provision → fault, duty or, when no duty is stated there, provision
  Uses,       // declaration → declaration it needs, or that produces the facts it judges
  Concerns,   // declaration → kind of fact, or measure of the like of the fact it judges
  Binds,      // duty → organ
  Within,     // duty → term
};

struct Vertex {
  std::string id;  // "RIP:22.V", "medida minutos_de_atraso"
  VertexKind kind = VertexKind::Provision;
  base::Text label;
  Citation citation;  // of a provision; of a declaration, its own
};

struct Edge {
  EdgeKind kind = EdgeKind::Cites;
};

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, Vertex, Edge>;
using VertexId = boost::graph_traits<Graph>::vertex_descriptor;

struct CitationGraph {
  Graph graph;
  std::map<std::string, VertexId, std::less<>> by_id;
};

// A provision as the imported text writes it.
struct ProvisionText {
  Citation citation;
  std::string heading;
  std::string text;
};

// `passages` may be empty; what they cite is added to what the rules say.
CitationGraph BuildGraph(const rules::Ruleset& rules, const std::vector<language::NormFile>& files,
                         const std::vector<ProvisionText>& passages, const std::string& main_norm);

// Something that depends on a provision, and through what: `via` goes from what declares or
// names the provision to what the dependent uses; empty when it does so itself.
struct Dependent {
  VertexId vertex = 0;
  std::vector<VertexId> via;
};

struct Dependents {
  std::vector<Dependent> declarations;  // by identifier
  // Provisions that change with it, in the order of the text: those of the declarations, and
  // those that cite, modify or defer to it or to one of these.
  std::vector<Citation> provisions;
};

// What depends on a provision or on anything inside it. A norm alone asks for all of it.
Dependents DependsOn(const CitationGraph& graph, const Citation& on);

// Exports, sorted by identifier.
std::string ToDot(const CitationGraph& graph, base::Language language);
std::string ToGraphMl(const CitationGraph& graph, base::Language language);
std::string ToJson(const CitationGraph& graph);  // schema "cotejo-grafo/1", both languages

base::Text Describe(VertexKind kind);
base::Text Describe(EdgeKind kind);
// Vertices by identifier, and edges by the identifiers of their ends and their kind.
std::vector<VertexId> SortedVertices(const CitationGraph& graph);
struct SortedEdge {
  VertexId from = 0;
  VertexId to = 0;
  EdgeKind kind = EdgeKind::Cites;
};
std::vector<SortedEdge> SortedEdges(const CitationGraph& graph);

}  // namespace cotejo::citations
