#include <nlohmann/json.hpp>

#include "model/citations/graph.h"

namespace cotejo::citations {
namespace {

using Json = nlohmann::ordered_json;

Json ToJson(const base::Text& text) {
  return {{"es", text.es}, {"en", text.in(base::Language::English)}};
}

}  // namespace

std::string ToJson(const CitationGraph& graph) {
  Json vertices = Json::array();
  for (const VertexId v : SortedVertices(graph)) {
    const Vertex& vertex = graph.graph[v];
    Json entry = {{"id", vertex.id},
                  {"clase", ToJson(Describe(vertex.kind))},
                  {"rótulo", ToJson(vertex.label)}};
    if (!vertex.citation.empty()) entry["cita"] = vertex.citation.str();
    vertices.push_back(std::move(entry));
  }
  Json edges = Json::array();
  for (const SortedEdge& edge : SortedEdges(graph)) {
    edges.push_back({{"de", graph.graph[edge.from].id},
                     {"a", graph.graph[edge.to].id},
                     {"relación", ToJson(Describe(edge.kind))}});
  }
  const Json document = {{"esquema", "cotejo-grafo/1"}, {"vértices", vertices}, {"aristas", edges}};
  return document.dump(1) + "\n";
}

}  // namespace cotejo::citations
