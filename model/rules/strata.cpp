// Order of evaluation. A qualification or rule depends on the facts its subject and its
// measures range over; facts depend on the qualifications that produce them. A cycle means
// that a fact would count towards its own existence, and is an error where it closes.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/version.hpp>
#include <set>

#include "model/rules/builder.h"

namespace cotejo::rules {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

// Vertices: fact kinds, then qualifications, then rules.
struct Vertices {
  std::size_t kinds;
  std::size_t qualifications;
  std::size_t rules;
  [[nodiscard]] std::size_t of(FactKindId id) const { return id.index(); }
  [[nodiscard]] std::size_t of(QualificationId id) const { return kinds + id.index(); }
  [[nodiscard]] std::size_t of(RuleId id) const { return kinds + qualifications + id.index(); }
  [[nodiscard]] std::size_t size() const { return kinds + qualifications + rules; }
};

// Fact kinds that an expression's measures range over.
void CollectKinds(const Ruleset& rules, ExprId id, std::set<FactKindId>& kinds) {
  if (!id.valid()) return;
  const Expr& expr = rules.expr(id);
  if (expr.op == Op::Measure) {
    const Measure& measure = rules.measure(MeasureId(expr.ref));
    if (measure.kind.valid()) kinds.insert(measure.kind);
  }
  for (const ExprId arg : expr.args) CollectKinds(rules, arg, kinds);
}

std::set<FactKindId> KindsOf(const Ruleset& rules, const Subject& subject, ExprId guard,
                             const std::vector<Exception>& exceptions) {
  std::set<FactKindId> kinds = {subject.kind};
  CollectKinds(rules, guard, kinds);
  for (const Exception& exception : exceptions) CollectKinds(rules, exception.condition, kinds);
  return kinds;
}

bool IsDisciplinary(const Rule& rule) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const Consequence& consequence) {
                       return consequence.kind <= ConsequenceKind::Retirement;
                     });
}

void AddEdges(const Ruleset& rules, const Vertices& vertices, Graph& graph) {
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    const Qualification& q = rules.qualifications[i];
    const std::size_t self = vertices.of(QualificationId(static_cast<std::int64_t>(i)));
    std::set<FactKindId> kinds = KindsOf(rules, q.subject, q.guard, q.exceptions);
    for (const FieldValue& field : q.fields) CollectKinds(rules, field.value, kinds);
    for (const FactKindId kind : kinds) boost::add_edge(vertices.of(kind), self, graph);
    boost::add_edge(self, vertices.of(q.target), graph);
  }
  FactKindId sanction;
  for (std::size_t i = 0; i < rules.fact_kinds.size(); ++i) {
    if (rules.fact_kinds[i].is_sanction) sanction = FactKindId(static_cast<std::int64_t>(i));
  }
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const Rule& rule = rules.rules[i];
    const std::size_t self = vertices.of(RuleId(static_cast<std::int64_t>(i)));
    std::set<FactKindId> kinds = KindsOf(rules, rule.subject, rule.guard, rule.exceptions);
    for (const Consequence& consequence : rule.consequences)
      CollectKinds(rules, consequence.quantity, kinds);
    // In a `primera` scale a row applies only if the rows above it do not.
    if (rule.scale.valid() && rules.scale(rule.scale).policy == HitPolicy::First) {
      for (const RuleId above : rules.scale(rule.scale).rows) {
        const Rule& row = rules.rule(above);
        if (row.row < rule.row) kinds.merge(KindsOf(rules, row.subject, row.guard, row.exceptions));
      }
    }
    for (const FactKindId kind : kinds) boost::add_edge(vertices.of(kind), self, graph);
    // Any disciplinary rule may prevail over a deduction, so all come before `sanción`.
    if (sanction.valid() && IsDisciplinary(rule))
      boost::add_edge(self, vertices.of(sanction), graph);
  }
}

}  // namespace

void Builder::OrderSteps() {
  const Vertices vertices{rules_.fact_kinds.size(), rules_.qualifications.size(),
                          rules_.rules.size()};
  Graph graph(vertices.size());
  AddEdges(rules_, vertices, graph);

  std::vector<int> component(vertices.size());
  const int count = boost::strong_components(
      graph,
      boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<int> size(static_cast<std::size_t>(count), 0);
  for (const int c : component) ++size[static_cast<std::size_t>(c)];
  std::set<int> reported;
  const auto report = [&](std::size_t vertex, Span span, const Citation& article,
                          const std::string& name) {
    const int c = component[vertex];
    if (size[static_cast<std::size_t>(c)] < 2 || !reported.insert(c).second) return;
    article_ = article;
    Error("dependencia-circular", span,
          {"«" + name + "» depende de sus propios resultados",
           "'" + name + "' depends on its own results"},
          {"una falta no puede contar para establecerse a sí misma",
           "a fault cannot count towards establishing itself"});
  };
  for (std::size_t i = vertices.rules; i-- > 0;) {
    const Rule& rule = rules_.rules[i];
    report(vertices.of(RuleId(static_cast<std::int64_t>(i))), rule.span, rule.citation, rule.name);
  }
  for (std::size_t i = vertices.qualifications; i-- > 0;) {
    const Qualification& q = rules_.qualifications[i];
    report(vertices.of(QualificationId(static_cast<std::int64_t>(i))), q.span, q.citation, q.name);
  }
  article_ = {};
  if (!reported.empty()) return;

  std::vector<std::size_t> order;
  boost::topological_sort(graph, std::back_inserter(order));
  std::reverse(order.begin(), order.end());
  for (const std::size_t vertex : order) {
    if (vertex < vertices.kinds) continue;
    Step step;
    if (vertex < vertices.kinds + vertices.qualifications) {
      step.qualification = QualificationId(static_cast<std::int64_t>(vertex - vertices.kinds));
    } else {
      step.rule =
          RuleId(static_cast<std::int64_t>(vertex - vertices.kinds - vertices.qualifications));
    }
    rules_.steps.push_back(step);
  }
}

// ---- what the instrument can express ---------------------------------------------

namespace {

// nullopt: no claim can be made; 0: a constant 0, which any step divides.
using Fineness = std::optional<Rational>;

Fineness Common(const Fineness& a, const Fineness& b) {
  if (!a || !b) return std::nullopt;
  return base::Gcd(*a, *b);
}

Rational Size(Rational r) { return r < Rational(0) ? -r : r; }

}  // namespace

// Finest difference between two values the field can take: that of the instrument, or of
// the expressions that qualifications give it.
Fineness Builder::StepOfField(FactKindId kind_id, FieldId field_id, int depth) const {
  const Field& field = rules_.kind(kind_id).fields[field_id.index()];
  Fineness step;
  if (!field.step.zero()) step = field.step;
  bool first = !step;
  for (const Qualification& q : rules_.qualifications) {
    if (q.target != kind_id) continue;
    for (const FieldValue& value : q.fields) {
      if (value.field != field_id) continue;
      const Fineness given = StepOf(value.value, q.subject.kind, depth + 1);
      step = first ? given : Common(step, given);
      first = false;
    }
  }
  return step;
}

// The same for an expression about a fact of `kind`.
Fineness Builder::StepOf(ExprId id, FactKindId kind, int depth) const {
  const Expr& expr = rules_.expr(id);
  if (depth > 32) return std::nullopt;  // a long chain of qualifications
  const auto arg = [&](std::size_t i) { return StepOf(expr.args[i], kind, depth + 1); };
  switch (expr.op) {
    case Op::Literal:
      return Size(expr.literal);
    case Op::Parameter: {
      Rational step = 0;
      for (const DatedValue& value : rules_.parameter(ParameterId(expr.ref)).values)
        step = base::Gcd(step, Size(value.value));
      return step;
    }
    case Op::ScheduledEntry:
    case Op::ScheduledExit: {
      Rational step = 0;
      for (const Schedule& schedule : rules_.schedules) {
        for (const Shift& shift : schedule.shifts)
          step = base::Gcd(step, base::Gcd(shift.entry, shift.exit));
      }
      return step;
    }
    case Op::Field:
      return StepOfField(kind, FieldId(expr.ref), depth + 1);
    case Op::Floor:
    case Op::Ceil:
      return Rational(1);
    case Op::Mul:
    case Op::Div: {
      const Expr& left = rules_.expr(expr.args[0]);
      const Expr& right = rules_.expr(expr.args[1]);
      Fineness step;
      if (right.op == Op::Literal && (step = arg(0))) {
        const Rational factor = Size(right.literal);
        return expr.op == Op::Mul ? *step * factor : *step / factor;
      }
      if (expr.op == Op::Mul && left.op == Op::Literal && (step = arg(1)))
        return Size(left.literal) * *step;
      return std::nullopt;
    }
    case Op::If:
      return Common(arg(1), arg(2));
    case Op::Add:
    case Op::Sub:
    case Op::Min:
    case Op::Max:
      return Common(arg(0), arg(1));
    case Op::Neg:
      return arg(0);
    default:
      return std::nullopt;
  }
}

void Builder::InferInstrumentSteps() {
  for (Measure& measure : rules_.measures) {
    if (!measure.value.valid()) continue;
    try {
      const Fineness step = StepOf(measure.value, measure.kind, 0);
      if (step && !step->zero() && *step < measure.step) measure.instrument_step = *step;
    } catch (const base::ArithmeticError&) {  // finer than any number here: no claim
      continue;
    }
  }
}

}  // namespace cotejo::rules
