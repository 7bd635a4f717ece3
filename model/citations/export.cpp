#include <algorithm>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <sstream>

#include "model/citations/graph.h"

namespace cotejo::citations {
namespace {

using base::Text;

// A copy whose vertices and edges stand in order, with plain strings: what Boost's writers want.
struct FlatVertex {
  std::string id, kind, label, citation;
};
struct FlatEdge {
  std::string kind;
};
using Flat =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, FlatVertex, FlatEdge>;

Flat Flatten(const CitationGraph& graph, base::Language language) {
  Flat flat;
  std::vector<VertexId> place(boost::num_vertices(graph.graph));
  for (const VertexId v : SortedVertices(graph)) {
    const Vertex& vertex = graph.graph[v];
    place[v] = boost::add_vertex(
        FlatVertex{vertex.id, Describe(vertex.kind).in(language), vertex.label.in(language),
                   vertex.citation.empty() ? "" : vertex.citation.str()},
        flat);
  }
  for (const SortedEdge& edge : SortedEdges(graph))
    boost::add_edge(place[edge.from], place[edge.to], FlatEdge{Describe(edge.kind).in(language)},
                    flat);
  return flat;
}

}  // namespace

std::vector<VertexId> SortedVertices(const CitationGraph& graph) {
  std::vector<VertexId> vertices;
  for (const auto& [id, vertex] : graph.by_id) vertices.push_back(vertex);
  return vertices;
}

std::vector<SortedEdge> SortedEdges(const CitationGraph& graph) {
  std::vector<SortedEdge> edges;
  for (auto [e, end] = boost::edges(graph.graph); e != end; ++e) {
    edges.push_back(
        {boost::source(*e, graph.graph), boost::target(*e, graph.graph), graph.graph[*e].kind});
  }
  std::sort(edges.begin(), edges.end(), [&graph](const SortedEdge& a, const SortedEdge& b) {
    return std::tie(graph.graph[a.from].id, graph.graph[a.to].id, a.kind) <
           std::tie(graph.graph[b.from].id, graph.graph[b.to].id, b.kind);
  });
  return edges;
}

Text Describe(VertexKind kind) {
  switch (kind) {
    case VertexKind::Norm:
      return {"norma", "norm"};
    case VertexKind::Provision:
      return {"disposición", "provision"};
    case VertexKind::Definition:
      return {"definición", "definition"};
    case VertexKind::Rule:
      return {"regla", "rule"};
    case VertexKind::Fault:
      return {"falta", "fault"};
    case VertexKind::Duty:
      return {"deber", "duty"};
    case VertexKind::Organ:
      return {"órgano", "organ"};
    case VertexKind::Term:
      return {"plazo", "term"};
    case VertexKind::Fact:
      return {"hecho", "fact"};
  }
  return {};
}

Text Describe(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::Contains:
      return {"contiene", "contains"};
    case EdgeKind::Cites:
      return {"cita", "cites"};
    case EdgeKind::DefersTo:
      return {"remite a", "defers to"};
    case EdgeKind::Modifies:
      return {"modifica", "modifies"};
    case EdgeKind::Replaces:
      return {"reemplaza", "replaces"};
    case EdgeKind::Defines:
      return {"define", "defines"};
    case EdgeKind::Sanctions:
      return {"sanciona", "sanctions"};
    case EdgeKind::Uses:
      return {"usa", "uses"};
    case EdgeKind::Concerns:
      return {"trata de", "concerns"};
    case EdgeKind::Binds:
      return {"obliga a", "binds"};
    case EdgeKind::Within:
      return {"en el plazo de", "within"};
  }
  return {};
}

std::string ToDot(const CitationGraph& graph, base::Language language) {
  const Flat flat = Flatten(graph, language);
  std::ostringstream out;
  const auto vertex = [&flat](std::ostream& to, auto v) {
    to << "[label=" << boost::escape_dot_string(flat[v].id)
       << ", tooltip=" << boost::escape_dot_string(flat[v].label)
       << ", class=" << boost::escape_dot_string(flat[v].kind) << "]";
  };
  const auto edge = [&flat](std::ostream& to, auto e) {
    to << "[label=" << boost::escape_dot_string(flat[e].kind) << "]";
  };
  boost::write_graphviz(out, flat, vertex, edge);
  return out.str();
}

std::string ToGraphMl(const CitationGraph& graph, base::Language language) {
  Flat flat = Flatten(graph, language);
  std::ostringstream out;
  boost::dynamic_properties properties;
  properties.property("id", boost::get(&FlatVertex::id, flat));
  properties.property("clase", boost::get(&FlatVertex::kind, flat));
  properties.property("rótulo", boost::get(&FlatVertex::label, flat));
  properties.property("cita", boost::get(&FlatVertex::citation, flat));
  properties.property("relación", boost::get(&FlatEdge::kind, flat));
  boost::write_graphml(out, flat, properties, true);
  return out.str();
}

}  // namespace cotejo::citations
