#include <set>

#include "model/citations/fields.h"
#include "model/citations/graph.h"

namespace cotejo::citations {
namespace {

using base::Text;

class Builder {
 public:
  Builder(const rules::Ruleset& rules, const std::vector<language::NormFile>& files)
      : rules_(rules), definitions_(DefinitionsOf(files)) {}

  CitationGraph Build(const std::vector<ProvisionText>& passages, const std::string& main_norm) {
    for (const rules::Norm& norm : rules_.norms) {
      const VertexId vertex = Provision({norm.name, {}});
      out_.graph[vertex].label = {norm.title, norm.title};
    }
    for (const rules::Provision& provision : rules_.provisions)
      out_.graph[Provision(provision.citation)].label = {provision.heading, provision.heading};
    const std::vector<Mention> mentions = MentionsOf(rules_, definitions_);
    for (const Mention& mention : mentions) AddMention(mention);
    AddUses();
    AddDuties();
    AddStatements(main_norm);
    AddPassages(passages, main_norm);
    return std::move(out_);
  }

 private:
  // ---- Vertices and edges ------------------------------------------------------------

  VertexId VertexOf(const std::string& id, VertexKind kind, const Text& label,
                    const Citation& citation = {}) {
    const auto found = out_.by_id.find(id);
    if (found != out_.by_id.end()) return found->second;
    const VertexId vertex = boost::add_vertex(Vertex{id, kind, label, citation}, out_.graph);
    out_.by_id.emplace(id, vertex);
    return vertex;
  }

  void Link(VertexId from, VertexId to, EdgeKind kind) {
    if (from == to || !edges_.insert({from, to, kind}).second) return;
    boost::add_edge(from, to, Edge{kind}, out_.graph);
  }

  // A provision, with all that contain it.
  VertexId Provision(const Citation& citation) {
    const std::string id = citation.str();
    const bool known = out_.by_id.contains(id);
    const VertexId vertex = VertexOf(
        id, citation.path.empty() ? VertexKind::Norm : VertexKind::Provision, {id, id}, citation);
    if (!known && !citation.path.empty()) {
      Citation outer = citation;
      outer.path.pop_back();
      Link(Provision(outer), vertex, EdgeKind::Contains);
    }
    return vertex;
  }

  VertexId Declaration(DeclarationKind kind, std::size_t index) {
    Mention mention{{}, kind, static_cast<int>(index), 0, true};
    VertexKind vertex = VertexKind::Definition;
    Citation citation;
    switch (kind) {
      case DeclarationKind::Rule: {
        const rules::Rule& rule = rules_.rules[index];
        vertex = rule.fault == rules::FaultClass::None ? VertexKind::Rule : VertexKind::Fault;
        citation = rule.citation;
        mention.row = rule.row + 1;
        break;
      }
      case DeclarationKind::Scale:
        vertex = VertexKind::Rule;
        citation = rules_.scales[index].citation;
        break;
      case DeclarationKind::Measure:
        citation = rules_.measures[index].citation;
        break;
      case DeclarationKind::Parameter:
        citation = rules_.parameters[index].citation;
        break;
      case DeclarationKind::Qualification:
        citation = rules_.qualifications[index].citation;
        break;
      case DeclarationKind::Definition:
        citation = definitions_[index].citation;
        break;
      case DeclarationKind::Schedule:
        citation = rules_.schedules[index].citation;
        break;
      case DeclarationKind::Reading:
        break;
      case DeclarationKind::LeastUnit:
        citation = rules_.units[index].citation;
        break;
      case DeclarationKind::ProcessRequirement:
        citation = rules_.process_requirements[index].citation;
        break;
      case DeclarationKind::Procedure:
        citation = rules_.procedures[index].citation;
        break;
      case DeclarationKind::Safeguard:
        return Provision(rules_.safeguards[index].sanction);
      case DeclarationKind::Declarative:
      case DeclarationKind::Deferring:
      case DeclarationKind::Duty:
        return Provision(rules_.statements[index].citation);
    }
    const Text label = Describe(rules_, definitions_, mention);
    // These carry no name of their own: several may share one.
    std::string id = label.es;
    if (kind == DeclarationKind::Qualification || kind == DeclarationKind::ProcessRequirement)
      id += " " + std::to_string(index + 1);
    return VertexOf(id, vertex, label, citation);
  }

  VertexId Fact(rules::FactKindId kind) {
    const std::string& name = rules_.kind(kind).name;
    return VertexOf("hecho " + name, VertexKind::Fact, {"hecho " + name, "fact " + name});
  }

  void AddMention(const Mention& mention) {
    const DeclarationKind kind = mention.kind;
    if (kind == DeclarationKind::Declarative || kind == DeclarationKind::Deferring ||
        kind == DeclarationKind::Duty || kind == DeclarationKind::Safeguard)
      return;  // no vertex of their own: AddDuties and AddStatements
    const VertexId declaration = Declaration(mention.kind, static_cast<std::size_t>(mention.index));
    const VertexId provision = Provision(mention.provision);
    if (mention.own) {
      const bool fault = out_.graph[declaration].kind == VertexKind::Fault;
      Link(provision, declaration, fault ? EdgeKind::Sanctions : EdgeKind::Defines);
    } else {
      Link(declaration, provision, EdgeKind::Cites);
    }
  }

  // ---- Who uses what -----------------------------------------------------------------

  void Uses(VertexId user, rules::ExprId id, const FactsJudged& judged) {
    if (!id.valid()) return;
    const rules::Expr& expr = rules_.expr(id);
    const auto ref = static_cast<std::size_t>(expr.ref);
    if (expr.op == rules::Op::Parameter) {
      Link(user, Declaration(DeclarationKind::Parameter, ref), EdgeKind::Uses);
    } else if (expr.op == rules::Op::Measure) {
      UsesMeasure(user, ref, judged);
    } else if (expr.op == rules::Op::ScheduledEntry || expr.op == rules::Op::ScheduledExit) {
      for (std::size_t i = 0; i < rules_.schedules.size(); ++i)
        Link(user, Declaration(DeclarationKind::Schedule, i), EdgeKind::Uses);
    }
    // A definition stands for its body: its expressions keep the place they were written in.
    for (std::size_t i = 0; i < definitions_.size(); ++i) {
      const base::Span& body = definitions_[i].span;
      if (expr.span.file == body.file && expr.span.length > 0 && expr.span.offset >= body.offset &&
          expr.span.offset + expr.span.length <= body.offset + body.length) {
        Link(user, Declaration(DeclarationKind::Definition, i), EdgeKind::Uses);
      }
    }
    for (const rules::ExprId arg : expr.args) Uses(user, arg, judged);
  }

  // A count of the facts that share a field with the one judged ("vez de la misma conducta")
  // depends on those facts alone, which the user depends on already, and not on all the
  // measure counts for others.
  void UsesMeasure(VertexId user, std::size_t index, const FactsJudged& judged) {
    const rules::Measure& measure = rules_.measures[index];
    const VertexId vertex = Declaration(DeclarationKind::Measure, index);
    const bool alike = measure.same_field.valid() && measure.kind == judged.kind &&
                       judged.allowed.contains(measure.same_field);
    Link(user, vertex, alike ? EdgeKind::Concerns : EdgeKind::Uses);
    if (!alike) return;
    Uses(user, measure.value, judged);
    Uses(user, measure.filter, judged);
  }

  void Uses(VertexId user, const std::vector<rules::Exception>& exceptions,
            const FactsJudged& judged) {
    for (const rules::Exception& exception : exceptions) Uses(user, exception.condition, judged);
  }

  // The facts themselves: whatever may produce one of those judged.
  void UsesFacts(VertexId user, const FactsJudged& judged) {
    if (!judged.kind.valid()) return;
    Link(user, Fact(judged.kind), EdgeKind::Concerns);
    for (std::size_t i = 0; i < rules_.qualifications.size(); ++i) {
      if (MayProduce(rules_, rules_.qualifications[i], judged))
        Link(user, Declaration(DeclarationKind::Qualification, i), EdgeKind::Uses);
    }
    if (!rules_.kind(judged.kind).is_sanction) return;
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      for (const rules::Consequence& consequence : rules_.rules[i].consequences) {
        if (consequence.kind == rules::ConsequenceKind::PayDeduction)
          Link(user, Declaration(DeclarationKind::Rule, i), EdgeKind::Uses);
      }
    }
  }

  void AddUses() {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) RuleUses(i);
    for (std::size_t i = 0; i < rules_.qualifications.size(); ++i) QualificationUses(i);
    for (std::size_t i = 0; i < rules_.measures.size(); ++i) {
      const rules::Measure& measure = rules_.measures[i];
      const VertexId vertex = Declaration(DeclarationKind::Measure, i);
      const FactsJudged counted = JudgedBy(rules_, measure.kind, measure.filter);
      UsesFacts(vertex, counted);
      Uses(vertex, measure.value, counted);
      Uses(vertex, measure.filter, counted);
    }
    for (std::size_t i = 0; i < rules_.schedules.size(); ++i)
      Uses(Declaration(DeclarationKind::Schedule, i), rules_.schedules[i].guard, {});
    for (const rules::Definition& definition : rules_.definitions) {
      for (std::size_t i = 0; i < definitions_.size(); ++i) {
        if (definitions_[i].span.file == definition.span.file &&
            definitions_[i].span.offset == definition.span.offset) {
          Uses(Declaration(DeclarationKind::Definition, i), definition.body, {});
        }
      }
    }
  }

  void RuleUses(std::size_t i) {
    const rules::Rule& rule = rules_.rules[i];
    const VertexId vertex = Declaration(DeclarationKind::Rule, i);
    const FactsJudged judged = JudgedBy(rules_, rule.subject.kind, rule.guard);
    UsesFacts(vertex, judged);
    Uses(vertex, rule.guard, judged);
    Uses(vertex, rule.exceptions, judged);
    for (const rules::Consequence& consequence : rule.consequences)
      Uses(vertex, consequence.quantity, judged);
    if (rule.scale.valid())
      Link(Declaration(DeclarationKind::Scale, rule.scale.index()), vertex, EdgeKind::Uses);
  }

  void QualificationUses(std::size_t i) {
    const rules::Qualification& qualification = rules_.qualifications[i];
    const VertexId vertex = Declaration(DeclarationKind::Qualification, i);
    const FactsJudged judged = JudgedBy(rules_, qualification.subject.kind, qualification.guard);
    UsesFacts(vertex, judged);
    Uses(vertex, qualification.guard, judged);
    Uses(vertex, qualification.exceptions, judged);
    for (const rules::FieldValue& field : qualification.fields) Uses(vertex, field.value, judged);
    if (qualification.from_rule.valid()) {
      Link(vertex, Declaration(DeclarationKind::Rule, qualification.from_rule.index()),
           EdgeKind::Uses);
    }
    Link(vertex, Fact(qualification.target), EdgeKind::Defines);
  }

  // ---- Duties, deferrals, texts --------------------------------------------------------

  void AddDuties() {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const rules::Rule& rule = rules_.rules[i];
      const VertexId by = Declaration(DeclarationKind::Rule, i);
      for (const rules::Consequence& c : rule.consequences) {
        if (c.actor.empty()) continue;
        AddDuty(by, c.actor + ": " + c.action, rules::DescribeConsequence(rules_, c, {}),
                rule.citation, c.actor, c.term);
      }
    }
    for (std::size_t i = 0; i < rules_.procedures.size(); ++i) {
      const rules::Procedure& procedure = rules_.procedures[i];
      const VertexId by = Declaration(DeclarationKind::Procedure, i);
      for (const rules::Milestone& step : procedure.milestones) {
        if (step.actor.empty()) continue;
        const Text label = {
            (step.power ? "facultad de " : "obligación de ") + step.actor + ": " + step.name,
            (step.power ? "power of " : "obligation of ") + step.actor + ": " + step.name};
        std::optional<rules::Term> term;
        if (step.bound == rules::Milestone::Bound::AtMost) term = step.term;
        AddDuty(by, step.actor + ": " + step.name + " (" + procedure.name + ")", label,
                step.citation, step.actor, term);
      }
    }
    for (const rules::Statement& statement : rules_.statements) {
      if (statement.kind != rules::Statement::Kind::Duty) continue;
      const VertexId duty =
          VertexOf("deber " + statement.citation.str() + ": " + statement.summary, VertexKind::Duty,
                   {statement.summary, statement.summary}, statement.citation);
      Link(Provision(statement.citation), duty, EdgeKind::Defines);
    }
    for (const rules::Safeguard& safeguard : rules_.safeguards) AddSafeguard(safeguard);
  }

  void AddDuty(VertexId by, const std::string& what, const Text& label, const Citation& citation,
               const std::string& actor, const std::optional<rules::Term>& within) {
    const VertexId duty = VertexOf("deber " + what, VertexKind::Duty, label, citation);
    // Two provisions may lay down one duty; it is then of neither alone.
    if (out_.graph[duty].citation != citation) out_.graph[duty].citation = {};
    Link(by, duty, EdgeKind::Defines);
    Link(duty, VertexOf("órgano " + actor, VertexKind::Organ, {actor, actor}), EdgeKind::Binds);
    if (!within) return;
    const Text term = rules::DescribeTerm(*within);
    Link(duty, VertexOf("plazo " + term.es, VertexKind::Term, term), EdgeKind::Within);
  }

  // To the duties stated there or, when none is, to the provision itself.
  void AddSafeguard(const rules::Safeguard& safeguard) {
    if (!safeguard.duty) return;
    const VertexId sanction = Provision(safeguard.sanction);
    bool stated = false;
    for (const rules::Statement& statement : rules_.statements) {
      if (statement.kind != rules::Statement::Kind::Duty ||
          !statement.citation.within(*safeguard.duty))
        continue;
      const std::string id = "deber " + statement.citation.str() + ": " + statement.summary;
      Link(sanction, out_.by_id.find(id)->second, EdgeKind::Sanctions);
      stated = true;
    }
    if (!stated) Link(sanction, Provision(*safeguard.duty), EdgeKind::Sanctions);
  }

  static EdgeKind EdgeOf(ReferenceKind kind) {
    switch (kind) {
      case ReferenceKind::Cites:
        return EdgeKind::Cites;
      case ReferenceKind::DefersTo:
        return EdgeKind::DefersTo;
      case ReferenceKind::Modifies:
        return EdgeKind::Modifies;
      case ReferenceKind::Replaces:
        return EdgeKind::Replaces;
    }
    return EdgeKind::Cites;
  }

  void AddReferences(const Citation& from, const std::string& text, const std::string& norm) {
    for (const Reference& reference : ReferencesIn(text, norm)) {
      if (reference.target == from || from.within(reference.target)) continue;
      Link(Provision(from), Provision(reference.target), EdgeOf(reference.kind));
    }
  }

  void AddStatements(const std::string& main_norm) {
    for (const rules::Statement& statement : rules_.statements) {
      const VertexId from = Provision(statement.citation);
      if (statement.kind == rules::Statement::Kind::Deferring) {
        const VertexId to = Provision(statement.target);
        Link(from, to, EdgeKind::DefersTo);
        // "remite A a B "sustituye el inciso …"": the summary says what it does to B.
        if (const ReferenceKind verb = VerbOf(statement.summary); verb != ReferenceKind::Cites)
          Link(from, to, EdgeOf(verb));
      }
      AddReferences(statement.citation, statement.summary, main_norm);
    }
  }

  void AddPassages(const std::vector<ProvisionText>& passages, const std::string& main_norm) {
    for (const ProvisionText& passage : passages) {
      const VertexId vertex = Provision(passage.citation);
      if (!passage.heading.empty()) out_.graph[vertex].label = {passage.heading, passage.heading};
      // "el presente Decreto" is of the instrument; "el presente Reglamento" of the regulation.
      AddReferences(passage.citation, passage.text, main_norm);
    }
  }

  const rules::Ruleset& rules_;
  std::vector<DefinitionRef> definitions_;
  CitationGraph out_;
  std::set<std::tuple<VertexId, VertexId, EdgeKind>> edges_;
};

}  // namespace

CitationGraph BuildGraph(const rules::Ruleset& rules, const std::vector<language::NormFile>& files,
                         const std::vector<ProvisionText>& passages, const std::string& main_norm) {
  return Builder(rules, files).Build(passages, main_norm);
}

}  // namespace cotejo::citations
