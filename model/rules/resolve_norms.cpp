// Declarations that decide no fact by themselves: least units, processes required, duties'
// sanctions, what is worse, organs and procedures.
#include <algorithm>

#include "model/base/utf8.h"
#include "model/rules/builder.h"

namespace cotejo::rules {

namespace {

std::optional<ConsequenceKind> SanctionOf(std::string_view folded) {
  static const std::map<std::string, ConsequenceKind, std::less<>> sanctions = {
      {"amonestacion verbal", ConsequenceKind::VerbalAdmonition},
      {"amonestacion escrita", ConsequenceKind::WrittenAdmonition},
      {"descuento", ConsequenceKind::PayDeduction},
      {"destitucion", ConsequenceKind::Destitution},
      {"retiro", ConsequenceKind::Retirement}};
  const auto found = sanctions.find(folded);
  return found == sanctions.end() ? std::nullopt : std::optional(found->second);
}

void AddThings(const std::vector<language::ConsequenceClause>& clauses,
               std::vector<std::string>& things) {
  for (const auto& clause : clauses) {
    if (clause.kind == "derecho") things.push_back(clause.thing.text);
  }
}

// The line that declares a milestone may be repealed while another's term still runs from it.
void KeepStartingPoints(Procedure& procedure) {
  std::vector<Milestone>& milestones = procedure.milestones;
  for (std::size_t i = 0; i < milestones.size(); ++i) {
    const std::string since = milestones[i].since;
    const bool there =
        since.empty() || std::any_of(milestones.begin(), milestones.end(),
                                     [&](const Milestone& m) { return m.name == since; });
    if (there) continue;
    Milestone bare;
    bare.name = since;
    bare.citation = procedure.citation;
    bare.span = milestones[i].span;
    milestones.push_back(std::move(bare));
  }
}

bool Holds(const std::vector<std::string>& names, const std::string& folded) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return base::SameFolded(name, folded); });
}

}  // namespace

// ---- least units, processes, safeguards ------------------------------------------

// Of every reading, so that choosing one does not make the name of another unknown.
std::vector<std::string> Builder::ThingsGranted() const {
  std::vector<std::string> things;
  for (const ProgramEntry& entry : program_.entries) {
    AddThings(entry.decl->consequences, things);
    for (const auto& row : entry.decl->rows) AddThings(row.consequences, things);
  }
  return things;
}

void Builder::DeclareLeastUnits() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::LeastUnit) DeclareLeastUnit(entry);
  }
  article_ = {};
}

void Builder::DeclareLeastUnit(const ProgramEntry& entry) {
  const Decl& decl = *entry.decl;
  article_ = decl.citation;
  Scope constant;
  constant.person = false;
  const Typed step = Check(*decl.expr, constant, std::nullopt);
  bool usable = step.ok();
  if (usable && (!IsQuantity(step.type) || rules_.expr(step.id).op != Op::Literal)) {
    Error("no-constante", decl.expr->span,
          {"una unidad es una cantidad constante", "a least unit is a constant quantity"},
          {"por ejemplo 1/2 día", "such as 1/2 día"});
    usable = false;
  } else if (usable && rules_.expr(step.id).literal <= Rational(0)) {
    Error("paso-inválido", decl.expr->span,
          {"el paso es mayor que cero", "the step is greater than zero"});
    usable = false;
  }
  const NormId norm = NormOf(entry, decl.citation, decl.span, true);
  // A thing that is charged is a kind of fact, such as the leave that is taken.
  std::vector<std::string> things = ThingsGranted();
  for (const FactKind& kind : rules_.fact_kinds) things.push_back(kind.name);
  for (const language::Name& name : decl.names) {
    const std::string folded = base::Fold(name.text);
    if (Holds(entry.withdrawn, folded)) continue;
    const auto [it, inserted] = unit_names_.try_emplace(folded, name.span);
    if (!inserted) Duplicate(name, it->second);
    if (!Holds(things, folded)) {
      Unknown("cosa-desconocida", name, {"derecho ni hecho", "entitlement or fact"}, things);
      continue;
    }
    if (!usable || !inserted) continue;
    const bool other_dimension =
        std::any_of(rules_.rules.begin(), rules_.rules.end(), [&](const Rule& rule) {
          return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                             [&](const Consequence& c) {
                               return c.kind == ConsequenceKind::Entitlement &&
                                      base::SameFolded(c.thing, folded) && c.quantity.valid() &&
                                      rules_.expr(c.quantity).type != step.type;
                             });
        });
    if (other_dimension) {
      Error("tipos", name.span,
            {"la unidad de «" + name.text + "» no mide lo mismo que lo que se concede",
             "the unit of '" + name.text + "' does not measure what is granted"});
    }
    rules_.units.push_back(
        {name.text, norm, decl.citation, step.type, rules_.expr(step.id).literal, decl.span});
  }
}

void Builder::DeclareProcessRequirements() {
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::ProcessRequirement) continue;
    article_ = decl.citation;
    ProcessRequirement requirement;
    requirement.norm = NormOf(entry, decl.citation, decl.name.span, true);
    requirement.citation = decl.citation;
    requirement.span = decl.span;
    for (const language::Name& name : decl.names) {
      if (const auto sanction = SanctionOf(base::Fold(name.text))) {
        requirement.consequences.push_back(*sanction);
        continue;
      }
      Unknown("sanción-desconocida", name, {"sanción", "sanction"},
              {"destitución", "retiro", "descuento", "amonestación verbal", "amonestación escrita",
               "falta"});
    }
    for (const language::Name& name : decl.faults) {
      const FaultClass fault = FindFault(name, FaultClass::None);
      if (fault != FaultClass::None) requirement.faults.push_back(fault);
    }
    rules_.process_requirements.push_back(std::move(requirement));
  }
  article_ = {};
}

void Builder::DeclareSafeguards() {
  std::map<std::pair<std::string, std::string>, Span> seen;
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Safeguard) continue;
    article_ = decl.citation.empty() ? *decl.refer_to : decl.citation;
    Safeguard safeguard;
    safeguard.sanction = *decl.refer_to;
    safeguard.norm = NormOf(entry, safeguard.sanction, decl.refer_span, true);
    safeguard.span = decl.span;
    if (!decl.citation.empty()) {
      NormOf(entry, decl.citation, decl.citation_span, true);
      safeguard.duty = decl.citation;
    }
    std::string duty = decl.citation.str();
    for (const language::Name& name : decl.names) {
      safeguard.actors.push_back(name.text);
      duty += " " + base::Fold(name.text);
    }
    const auto [it, inserted] = seen.try_emplace({duty, safeguard.sanction.str()}, decl.span);
    if (!inserted)
      Duplicate({"tutela " + decl.citation.str() + decl.name.text, decl.span}, it->second);
    rules_.safeguards.push_back(std::move(safeguard));
  }
  article_ = {};
}

// ---- what is worse ---------------------------------------------------------------

void Builder::DeclareWorseChoices() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::WorseChoice) DeclareWorseChoice(*entry.decl);
  }
}

// Whether what is declared so far puts the first below the second, by any number of steps.
bool Builder::WorseThan(FactKindId worse, FactKindId better) const {
  std::vector<FactKindId> reached = {worse};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const WorseChoice& choice : rules_.worse_choices) {
      const bool known = std::find(reached.begin(), reached.end(), choice.better) != reached.end();
      if (choice.worse == reached[i] && choice.better.valid() && !known)
        reached.push_back(choice.better);
    }
  }
  return std::find(reached.begin(), reached.end(), better) != reached.end();
}

void Builder::DeclareWorseChoice(const Decl& decl) {
  WorseChoice choice;
  choice.span = decl.span;
  choice.worse = FindKind(*decl.target);
  if (decl.grows) {
    if (!choice.worse.valid()) return;
    choice.field = FindFieldOf(choice.worse, *decl.grows);
    if (!choice.field.valid() ||
        !NeedsOrder(rules_.kind(choice.worse).fields[choice.field.index()].type, decl.grows->span))
      return;
  } else {
    choice.better = FindKind(decl.better);
    if (!choice.worse.valid() || !choice.better.valid()) return;
    if (WorseThan(choice.better, choice.worse)) {
      return Error(
          "peor-circular", decl.span,
          {"«" + decl.better.text + "» no puede ser mejor y peor que «" + decl.target->text + "»",
           "'" + decl.better.text + "' cannot be both better and worse than '" + decl.target->text +
               "'"},
          {"deje una de las dos", "leave one of the two"});
    }
  }
  const bool repeated = std::any_of(
      rules_.worse_choices.begin(), rules_.worse_choices.end(), [&](const WorseChoice& other) {
        return other.worse == choice.worse && other.better == choice.better &&
               other.field == choice.field;
      });
  if (repeated) return Duplicate({"peor " + decl.name.text, decl.name.span}, {});
  rules_.worse_choices.push_back(choice);
}

// ---- organs and procedures -------------------------------------------------------

void Builder::DeclareOrgans() {
  std::map<std::string, Span> seen;
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Organ) continue;
    const auto [it, inserted] = seen.try_emplace(base::Fold(decl.name.text), decl.name.span);
    if (!inserted) Duplicate(decl.name, it->second);
    rules_.organs.push_back({decl.name.text, decl.text, decl.titles, decl.external, decl.span});
  }
}

void Builder::DeclareProcedures() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::Procedure) DeclareProcedure(entry);
  }
  article_ = {};
}

void Builder::DeclareProcedure(const ProgramEntry& entry) {
  const Decl& decl = *entry.decl;
  article_ = decl.citation;
  const auto [it, inserted] =
      procedure_names_.try_emplace(base::Fold(decl.name.text), decl.name.span);
  if (!inserted) Duplicate(decl.name, it->second);
  Procedure procedure;
  procedure.name = decl.name.text;
  procedure.norm = NormOf(entry, decl.citation, decl.span, true);
  procedure.citation = decl.citation;
  procedure.span = decl.span;
  if (decl.milestones.empty() && !decl.milestones_lost) {
    Error("trámite-vacío", decl.name.span,
          {"el trámite «" + procedure.name + "» no tiene hitos",
           "the procedure '" + procedure.name + "' has no milestones"},
          {"añada líneas «hito …»", "add lines 'hito …'"});
  }
  for (const language::MilestoneDecl& milestone : decl.milestones) {
    if (entry.IsRepealed(milestone.citation)) continue;
    if (auto built = BuildMilestone(entry, milestone))
      procedure.milestones.push_back(std::move(*built));
  }
  KeepStartingPoints(procedure);
  if (procedure.milestones.empty() && !decl.milestones.empty()) return;  // all of it repealed
  rules_.procedures.push_back(std::move(procedure));
}

std::optional<Milestone> Builder::BuildMilestone(const ProgramEntry& entry,
                                                 const language::MilestoneDecl& decl) {
  using From = language::MilestoneDecl::Bound;
  Milestone milestone;
  milestone.name = *MilestoneName(*entry.decl, decl.name);
  milestone.bound = decl.bound == From::AtMost    ? Milestone::Bound::AtMost
                    : decl.bound == From::AtLeast ? Milestone::Bound::AtLeast
                    : decl.bound == From::Before  ? Milestone::Bound::Before
                                                  : Milestone::Bound::None;
  article_ = decl.citation.empty() ? entry.decl->citation : decl.citation;
  milestone.citation = article_;
  if (!decl.citation.empty()) NormOf(entry, decl.citation, decl.citation_span, true);
  if (!entry.IsRepealed(decl.miss_citation)) {
    milestone.miss = decl.miss;
    milestone.miss_citation = decl.miss_citation;
  }
  if (!decl.miss_citation.empty()) NormOf(entry, decl.miss_citation, decl.miss_citation_span, true);
  if (decl.actor) milestone.actor = decl.actor->text;
  milestone.power = decl.power;
  milestone.span = decl.span;
  if (decl.since) {
    if (base::SameFolded(decl.since->text, decl.name.text)) {
      Error("hito-circular", decl.since->span,
            {"el plazo de «" + decl.name.text + "» no puede correr desde él mismo",
             "the term of '" + decl.name.text + "' cannot run from itself"});
    }
    const auto since = MilestoneName(*entry.decl, *decl.since);
    if (!since) return std::nullopt;
    milestone.since = *since;
  }
  if (decl.term) {
    const auto term = FindTerm(*decl.term);
    if (!term) return std::nullopt;
    milestone.term = *term;
  }
  return milestone;
}

// As first written, so that engines compare texts; nothing when there is none so named.
std::optional<std::string> Builder::MilestoneName(const Decl& procedure,
                                                  const language::Name& name) {
  std::vector<std::string> names;
  for (const auto& milestone : procedure.milestones) {
    if (base::SameFolded(milestone.name.text, name.text)) return milestone.name.text;
    names.push_back(milestone.name.text);
  }
  if (procedure.milestones_lost) return std::nullopt;  // a line not read may have declared it
  Unknown("hito-desconocido", name,
          {"hito de «" + procedure.name.text + "»", "milestone of '" + procedure.name.text + "'"},
          names);
  return std::nullopt;
}

}  // namespace cotejo::rules
