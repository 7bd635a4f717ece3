#include <algorithm>
#include <deque>
#include <optional>

#include "model/citations/graph.h"

namespace cotejo::citations {
namespace {

bool IsPlace(const Vertex& vertex) {
  return vertex.kind == VertexKind::Norm || vertex.kind == VertexKind::Provision;
}

bool IsDeclaration(const Vertex& vertex) {
  return vertex.kind == VertexKind::Definition || vertex.kind == VertexKind::Rule ||
         vertex.kind == VertexKind::Fault || vertex.kind == VertexKind::Duty;
}

class Walk {
 public:
  Walk(const CitationGraph& graph, const Citation& on)
      : graph_(graph.graph), on_(on), parent_(boost::num_vertices(graph.graph)) {
    for (VertexId v = 0; v < boost::num_vertices(graph_); ++v) {
      if (IsPlace(graph_[v]) && graph_[v].citation.within(on_)) Visit(v, v);
    }
    while (!queue_.empty()) {
      const VertexId v = queue_.front();
      queue_.pop_front();
      if (IsPlace(graph_[v])) {
        FromPlace(v);
      } else {
        FromDeclaration(v);
      }
    }
  }

  Dependents Take() {
    Dependents found;
    for (VertexId v = 0; v < parent_.size(); ++v) {
      if (!parent_[v] || Asked(v)) continue;
      if (IsPlace(graph_[v])) found.provisions.push_back(graph_[v].citation);
      if (!IsDeclaration(graph_[v])) continue;
      Dependent dependent{v, {}};
      for (VertexId up = *parent_[v]; !Asked(up); up = *parent_[up])
        dependent.via.insert(dependent.via.begin(), up);
      found.declarations.push_back(std::move(dependent));
    }
    std::sort(found.declarations.begin(), found.declarations.end(),
              [this](const Dependent& a, const Dependent& b) {
                return graph_[a.vertex].id < graph_[b.vertex].id;
              });
    std::sort(found.provisions.begin(), found.provisions.end(), base::ReadsBefore);
    return found;
  }

 private:
  // Part of what was asked about.
  [[nodiscard]] bool Asked(VertexId v) const {
    return IsPlace(graph_[v]) && graph_[v].citation.within(on_);
  }

  void Visit(VertexId v, VertexId from) {
    if (parent_[v]) return;
    parent_[v] = from;
    queue_.push_back(v);
  }

  void FromPlace(VertexId v) {
    for (auto [e, end] = boost::in_edges(v, graph_); e != end; ++e) {
      const VertexId from = boost::source(*e, graph_);
      const EdgeKind kind = graph_[*e].kind;
      // A provision that only mentions one that depends on X need not change with X; one that
      // defers to it does.
      const bool refers = kind == EdgeKind::DefersTo ||
                          (Asked(v) && (kind == EdgeKind::Cites || kind == EdgeKind::Modifies ||
                                        kind == EdgeKind::Replaces));
      if (refers) Visit(from, v);
    }
    if (!Asked(v)) return;
    for (auto [e, end] = boost::out_edges(v, graph_); e != end; ++e) {
      const EdgeKind kind = graph_[*e].kind;
      if (kind == EdgeKind::Defines || kind == EdgeKind::Sanctions)
        Visit(boost::target(*e, graph_), v);
    }
  }

  void FromDeclaration(VertexId v) {
    for (auto [e, end] = boost::in_edges(v, graph_); e != end; ++e) {
      const EdgeKind kind = graph_[*e].kind;
      if (kind == EdgeKind::Uses) Visit(boost::source(*e, graph_), v);
    }
    for (auto [e, end] = boost::in_edges(v, graph_); e != end; ++e) {
      const EdgeKind kind = graph_[*e].kind;
      const VertexId from = boost::source(*e, graph_);
      // The provision that declares it; not another rule with the same duty.
      if (IsPlace(graph_[from]) && (kind == EdgeKind::Defines || kind == EdgeKind::Sanctions))
        Visit(from, v);
    }
    for (auto [e, end] = boost::out_edges(v, graph_); e != end; ++e) {
      const VertexId to = boost::target(*e, graph_);
      if (graph_[*e].kind == EdgeKind::Defines && graph_[to].kind == VertexKind::Duty) Visit(to, v);
    }
  }

  const Graph& graph_;
  Citation on_;
  std::vector<std::optional<VertexId>> parent_;
  std::deque<VertexId> queue_;
};

}  // namespace

Dependents DependsOn(const CitationGraph& graph, const Citation& on) {
  return Walk(graph, on).Take();
}

}  // namespace cotejo::citations
