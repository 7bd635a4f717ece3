#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "scenarios/amendments/apply.h"

namespace cotejo::amendments {
namespace {

using base::Language;
using base::Text;
using rules::Ruleset;

// ---- Texts -----------------------------------------------------------------------

Text Same(const std::string& text) { return {text, text}; }

Text operator+(const Text& a, const Text& b) { return {a.es + b.es, a.en + b.en}; }

// What is empty on either side takes no separator.
void Join(Text& text, const Text& part, const char* separator) {
  if (part.empty()) return;
  if (!text.empty()) text = text + Same(separator);
  text = text + part;
}

Text JoinedText(const std::vector<std::string>& parts) {
  Text text;
  for (const std::string& part : parts) Join(text, Same(part), ", ");
  return text;
}

// The language has no mixed fractions, and readers do: "3/2 días" is 1 1/2 días. Of what the
// language writes.
std::string WithMixedFractions(const std::string& text) {
  static const std::regex kAmount("(\\d+)/(\\d+) (día|minuto|segundo|año)s?");
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator at(text.begin(), text.end(), kAmount), end; at != end; ++at) {
    const base::Rational amount(std::stoll((*at)[1]), std::stoll((*at)[2]));
    out.append(rest, (*at)[0].first);
    out += amount.str() + " " + (*at)[3].str() + (amount > base::Rational(1) ? "s" : "");
    rest = (*at)[0].second;
  }
  return out.append(rest, text.cend());
}

Text ValueText(const Ruleset& rules, const rules::Type& type, const rules::Value& value) {
  return {FormatValue(rules, type, value, Language::Spanish),
          FormatValue(rules, type, value, Language::English)};
}

Text NumberText(const Ruleset& rules, const rules::Type& type, base::Rational number) {
  return ValueText(rules, type, {number, false});
}

// In the norm language, whoever reads it.
Text ExprText(const Ruleset& rules, rules::ExprId id) {
  if (!id.valid()) return {"siempre", "always"};
  return Same(WithMixedFractions(FormatExpr(rules, id)));
}

bool IsNever(const Ruleset& rules, rules::ExprId id) {
  if (!id.valid()) return false;
  const rules::Expr& expr = rules.expr(id);
  return expr.op == rules::Op::Literal && expr.literal.zero();
}

// A condition; of one that only asks for a reading, what it comes to under the chosen one.
Text ConditionText(const Ruleset& rules, rules::ExprId id) {
  if (IsNever(rules, id)) return {"nunca", "never"};
  const bool always = id.valid() && rules.expr(id).op == rules::Op::Literal;
  return ExprText(rules, always ? rules::ExprId() : id);
}

// ---- What is compared ------------------------------------------------------------

// A thing in parts, the same ones in both rulesets.
struct Part {
  enum class Shown {
    Always,
    IfDifferent,
    Aside,  // shown with the rest and not compared: it says the value of something else
  };
  Text text;
  Shown shown = Shown::Always;
};

Part Quiet(Text text) { return {std::move(text), Part::Shown::IfDifferent}; }
Part Aside(Text text) { return {std::move(text), Part::Shown::Aside}; }

struct Entry {
  Text what;
  base::Citation citation;
  std::vector<Part> parts;
};

bool Differ(const Part& a, const Part& b) {
  return a.shown != Part::Shown::Aside && base::Fold(a.text.es) != base::Fold(b.text.es);
}

bool Differ(const Entry& a, const Entry& b) {
  for (std::size_t i = 0; i < a.parts.size(); ++i) {
    if (Differ(a.parts[i], b.parts[i])) return true;
  }
  return false;
}

// Every named thing of a ruleset, by "what" without accents or capitals, which do not tell
// names apart; texts that are equal in the same way mean the same.
class Catalogue {
 public:
  // Several may go by one name: qualifications that cite one place, safeguards of one duty.
  using Entries = std::map<std::string, std::vector<Entry>>;

  void Add(const Text& what, const base::Citation& citation, std::vector<Part> parts) {
    // Where it is written is shown before its parts; only a move of it is said again.
    const Text place = citation.empty() ? Text{"sin cita", "no citation"}
                                        : Text{"cita ", "citation "} + Same(citation.str());
    parts.insert(parts.begin(), Quiet(place));
    entries_[base::Fold(what.es)].push_back({what, citation, std::move(parts)});
  }
  [[nodiscard]] const Entries& entries() const { return entries_; }

 private:
  Entries entries_;
};

// Takes from both what is the same in the two: of several things that go by one name, none is to
// be told against another's other half.
void TakeEqual(std::vector<Entry>& before, std::vector<Entry>& after) {
  std::erase_if(before, [&](const Entry& was) {
    const auto same = std::find_if(after.begin(), after.end(),
                                   [&](const Entry& now) { return !Differ(was, now); });
    if (same == after.end()) return false;
    after.erase(same);
    return true;
  });
}

Text ExceptionsText(const Ruleset& rules, const std::vector<rules::Exception>& exceptions) {
  Text text;
  for (const rules::Exception& exception : exceptions) {
    // One of another reading: here it excepts nobody.
    if (IsNever(rules, exception.condition)) continue;
    text = text + Text{"; salvo ", "; except "} + ConditionText(rules, exception.condition);
    if (!exception.citation.empty()) text = text + Same(" (" + exception.citation.str() + ")");
  }
  return text;
}

Text ValidityText(const std::optional<base::Date>& from, const std::optional<base::Date>& to) {
  Text text;
  if (from) Join(text, {"desde " + from->str(), "from " + from->str()}, "; ");
  if (to) Join(text, {"hasta " + to->str(), "until " + to->str()}, "; ");
  return text;
}

Text WindowText(rules::Window window) {
  static const Text windows[] = {{"por hecho", "by fact"},
                                 {"por día", "by day"},
                                 {"por mes", "by month"},
                                 {"por gestión", "by year"},
                                 {"por carrera", "by career"}};
  return windows[static_cast<int>(window)];
}

Text SubjectText(const Ruleset& rules, const rules::Subject& subject) {
  if (!subject.kind.valid()) return {};
  Text text = Text{"sobre ", "about "} + Same(rules.kind(subject.kind).name);
  if (subject.window != rules::Window::Fact) Join(text, WindowText(subject.window), " ");
  return text;
}

Text ConsequencesText(const Ruleset& rules, const rules::Rule& rule) {
  Text text;
  for (const rules::Consequence& consequence : rule.consequences) {
    std::optional<base::Rational> quantity;
    const bool constant =
        consequence.quantity.valid() && rules.expr(consequence.quantity).op == rules::Op::Literal;
    if (constant) quantity = rules.expr(consequence.quantity).literal;
    Text said = DescribeConsequence(rules, consequence, quantity);
    if (consequence.quantity.valid() && !constant)
      said = {WithMixedFractions(said.es), WithMixedFractions(said.en)};
    Join(text, said, ", ");
  }
  return text.empty() ? Text{"sin consecuencia propia", "no consequence of its own"} : text;
}

Text ValuesText(const Ruleset& rules, const rules::Parameter& parameter) {
  Text text;
  for (const rules::DatedValue& value : parameter.values) {
    Text dated;
    if (value.from)
      dated = {"desde " + value.from->str() + ": ", "from " + value.from->str() + ": "};
    Join(text, dated + NumberText(rules, parameter.type, value.value), "; ");
  }
  return text;
}

void ParametersOf(const Ruleset& rules, rules::ExprId id, std::set<std::int32_t>& parameters) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::Parameter) parameters.insert(expr.ref);
  for (const rules::ExprId arg : expr.args) ParametersOf(rules, arg, parameters);
}

// "con descuento_de_falta_grave = 4 días": a quantity that is named by its parameter.
Text QuantitiesText(const Ruleset& rules, const rules::Rule& rule) {
  std::set<std::int32_t> parameters;
  for (const rules::Consequence& consequence : rule.consequences)
    ParametersOf(rules, consequence.quantity, parameters);
  Text text;
  for (const std::int32_t ref : parameters) {
    const rules::Parameter& parameter = rules.parameter(rules::ParameterId(ref));
    const Text link = text.empty() ? Text{"con ", "with "} : Text{", ", ", "};
    text = text + link + Same(parameter.name + " = ") + ValuesText(rules, parameter);
  }
  return text;
}

void AddParameters(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Parameter& parameter : rules.parameters) {
    catalogue.Add(Text{"parámetro ", "parameter "} + Same(parameter.name), parameter.citation,
                  {{ValuesText(rules, parameter)}});
  }
}

void AddRules(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Rule& rule : rules.rules) {
    const Text what = rule.scale.valid() ? Text{"fila ", "row "} : Text{"regla ", "rule "};
    const std::string priority = std::to_string(rule.priority);
    catalogue.Add(
        what + Same(rule.name), rule.citation,
        {Quiet(SubjectText(rules, rule.subject)),
         {ConditionText(rules, rule.guard) + ExceptionsText(rules, rule.exceptions) + Same(" → ") +
          ConsequencesText(rules, rule)},
         Aside(QuantitiesText(rules, rule)),
         {DescribeFault(rule.fault)},
         {rule.priority == 0 ? Text{} : Text{"prioridad " + priority, "priority " + priority}},
         {ValidityText(rule.from, rule.to)}});
  }
}

void AddScales(const Ruleset& rules, Catalogue& catalogue) {
  static const Text policies[] = {{"única", "unique"}, {"primera", "first"}, {"acumula", "add up"}};
  for (const rules::Scale& scale : rules.scales) {
    const Text by =
        scale.measure.valid() ? Text{"según ", "by "} + ExprText(rules, scale.measure) : Text{};
    catalogue.Add(Text{"escala ", "scale "} + Same(scale.name), scale.citation,
                  {Quiet(SubjectText(rules, scale.subject)),
                   {Text{"política ", "policy "} + policies[static_cast<int>(scale.policy)]},
                   {scale.partial ? Text{"parcial", "partial"} : Text{}},
                   {by}});
  }
}

void AddQualifications(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Qualification& q : rules.qualifications) {
    Text fields;
    for (const rules::FieldValue& field : q.fields) {
      const std::string& name = rules.kind(q.target).fields[field.field.index()].name;
      Join(fields, Same(name + " = ") + ExprText(rules, field.value), "; ");
    }
    catalogue.Add(Text{"calificación ", "qualification "} + Same(q.name + " " + q.citation.str()),
                  q.citation,
                  {Quiet(SubjectText(rules, q.subject)),
                   {ConditionText(rules, q.guard) + ExceptionsText(rules, q.exceptions)},
                   {fields},
                   {ValidityText(q.from, q.to)}});
  }
}

// What is measured, as the language writes it.
std::string AggregateText(const Ruleset& rules, const rules::Measure& measure) {
  static const char* const names[] = {"suma", "cuenta", "racha", "días_hábiles"};
  std::string text = std::string(names[static_cast<int>(measure.aggregate)]) + "(";
  if (measure.kind.valid()) text += rules.kind(measure.kind).name;
  if (measure.value.valid()) text += "." + ExprText(rules, measure.value).es;
  if (measure.filter.valid()) text += " donde " + ExprText(rules, measure.filter).es;
  if (measure.same_field.valid())
    text += " del mismo " + rules.kind(measure.kind).fields[measure.same_field.index()].name;
  if (measure.aggregate == rules::Aggregate::Run && measure.value.valid()) {
    const rules::Type& type = rules.expr(measure.value).type;
    text += " >= " + FormatValue(rules, type, {measure.at_least, false});
  }
  return text + ")";
}

void AddMeasures(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Measure& measure : rules.measures) {
    catalogue.Add(
        Text{"medida ", "measure "} + Same(measure.name), measure.citation,
        {{WindowText(measure.window) + Same(" = " + AggregateText(rules, measure))},
         {Text{"en pasos de ", "in steps of "} + NumberText(rules, measure.type, measure.step)}});
  }
}

void AddSchedules(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Schedule& schedule : rules.schedules) {
    Text shifts;
    const rules::Type time{rules::Base::TimeOfDay, {}};
    for (const rules::Shift& shift : schedule.shifts) {
      Join(shifts,
           NumberText(rules, time, shift.entry) + Text{" a ", " to "} +
               NumberText(rules, time, shift.exit),
           "; ");
    }
    const Text whose = schedule.guard.valid()
                           ? Text{"para ", "for "} + ExprText(rules, schedule.guard)
                           : Text{"para todos", "for everybody"};
    catalogue.Add(Text{"horario ", "schedule "} + Same(schedule.name), schedule.citation,
                  {{shifts}, {whose}, {ValidityText(schedule.from, schedule.to)}});
  }
  for (const rules::Definition& definition : rules.definitions) {
    catalogue.Add(Text{"definición ", "definition "} + Same(definition.name), definition.citation,
                  {{ExprText(rules, definition.body)}});
  }
}

Text TypeText(const Ruleset& rules, const rules::Type& type) {
  static const Text names[] = {
      {"lógico", "yes or no"}, {"veces", "count"}, {"minutos", "minutes"}, {"días", "days"},
      {"años", "years"},       {"Bs", "Bs"},       {"fecha", "date"},      {"hora", "time of day"}};
  if (type.base == rules::Base::Enumeration)
    return Same(rules.enumerations[type.enumeration.index()].name);
  return names[static_cast<int>(type.base)];
}

// Type, initial value and bounds of an attribute or of a field.
template <typename Item>
Text DomainText(const Ruleset& rules, const Item& item) {
  Text text = TypeText(rules, item.type);
  if (item.initial)
    Join(text, Text{"inicial ", "initial "} + ValueText(rules, item.type, *item.initial), "; ");
  if (item.low) Join(text, Text{"desde ", "from "} + NumberText(rules, item.type, *item.low), "; ");
  if (item.high) Join(text, Text{"hasta ", "to "} + NumberText(rules, item.type, *item.high), "; ");
  return text;
}

Text PeriodText(const Ruleset& rules, const rules::FactKind& kind) {
  switch (kind.periodicity) {
    case rules::Periodicity::None:
      return {};
    case rules::Periodicity::EachMonth:
      return {"cada mes", "each month"};
    case rules::Periodicity::EachGestion:
      return {"cada gestión", "each year"};
    case rules::Periodicity::YearlyFromAttribute:
      break;
  }
  const std::string from = rules.attribute(kind.periodic_from).name;
  const std::string plus =
      kind.periodic_plus_days == 0 ? "" : " + " + std::to_string(kind.periodic_plus_days);
  return {"cada año desde " + from + plus, "each year from " + from + plus};
}

void AddKind(const Ruleset& rules, const rules::FactKind& kind, Catalogue& catalogue) {
  std::vector<std::string> excluded;
  for (const rules::FactKindId other : kind.excludes) excluded.push_back(rules.kind(other).name);
  const bool shift = kind.placement == rules::Placement::Shift;
  catalogue.Add(Text{"hecho ", "fact "} + Same(kind.name), {},
                {{shift ? Text{"en tramo", "of a shift"} : Text{"en día", "of a day"}},
                 {kind.derived ? Text{"derivado", "derived"} : Text{}},
                 {kind.extinctive ? Text{"extintivo", "ends the relation"} : Text{}},
                 {excluded.empty() ? Text{} : Text{"excluye ", "excludes "} + JoinedText(excluded)},
                 {PeriodText(rules, kind)}});
  for (const rules::Field& field : kind.fields) {
    const Text step = field.step.zero() ? Text{}
                                        : Text{"en pasos de ", "in steps of "} +
                                              NumberText(rules, field.type, field.step);
    catalogue.Add(Text{"hecho ", "fact "} + Same(kind.name + "." + field.name), {},
                  {{DomainText(rules, field)}, {step}});
  }
}

Text ConfidenceText(rules::Confidence confidence) {
  static const Text levels[] = {{"confianza alta", "high confidence"},
                                {"confianza media alta", "medium-high confidence"},
                                {"confianza media", "medium confidence"},
                                {"confianza baja", "low confidence"},
                                {"confianza sin decir", "confidence not stated"}};
  return levels[static_cast<int>(confidence)];
}

// The days that are not working days, one by one, and whose they are.
void AddHolidays(const Ruleset& rules, Catalogue& catalogue) {
  // A file may say one twice.
  std::map<std::pair<base::Date, std::string>, std::set<std::string>> days;
  for (const base::Holiday& holiday : rules.calendar.holidays()) {
    const std::string basis = holiday.basis.empty() ? "" : " (" + holiday.basis + ")";
    days[{holiday.date, holiday.scope}].insert(holiday.name + basis);
  }
  for (const auto& [day, names] : days) {
    const Text what = Text{"feriado ", "holiday "} + Same(day.first.str() + " " + day.second);
    catalogue.Add(what, {}, {{JoinedText({names.begin(), names.end()})}});
  }
  if (!rules.holiday_scope.valid()) return;
  catalogue.Add(Text{"feriados", "holidays"}, {},
                {{Text{"según ", "by "} + Same(rules.attribute(rules.holiday_scope).name)}});
}

void AddNorms(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Norm& norm : rules.norms) {
    Text issued;
    if (norm.issued) issued = {"emitida " + norm.issued->str(), "issued " + norm.issued->str()};
    catalogue.Add(Text{"norma ", "norm "} + Same(norm.name), {norm.name, {}},
                  {Quiet(Same("«" + norm.title + "»")),
                   Quiet(issued),
                   Quiet(ConfidenceText(norm.confidence)),
                   {Same(norm.rank_name)},
                   {ValidityText(norm.in_force_from, norm.in_force_to)}});
  }
  Text ranks;
  for (const std::string& rank : rules.ranks) Join(ranks, Same(rank), " > ");
  catalogue.Add(Text{"jerarquía", "hierarchy"}, {}, {{ranks}});
}

void AddReadings(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Reading& reading : rules.readings) {
    Text options;
    for (std::size_t i = 0; i < reading.options.size(); ++i) {
      const rules::ReadingOption& option = reading.options[i];
      const Text assumed =
          static_cast<int>(i) == reading.assumed ? Text{" (supuesta)", " (assumed)"} : Text{};
      Join(options, Same(option.name) + assumed + Same(": " + option.description), "; ");
    }
    catalogue.Add(Text{"lectura ", "reading "} + Same(reading.name), {},
                  {{Same(base::JoinCitations(reading.citations))}, {options}});
  }
}

void AddData(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Enumeration& enumeration : rules.enumerations) {
    catalogue.Add(Text{"enumeración ", "enumeration "} + Same(enumeration.name), {},
                  {{JoinedText(enumeration.values)}});
  }
  for (std::size_t i = 0; i < rules.attributes.size(); ++i) {
    const rules::Attribute& attribute = rules.attributes[i];
    const bool constitutive = rules.constitutive.valid() && rules.constitutive.index() == i;
    catalogue.Add(Text{"dato ", "attribute "} + Same(attribute.name), {},
                  {{DomainText(rules, attribute)},
                   {attribute.optional ? Text{"opcional", "optional"} : Text{}},
                   {constitutive ? Text{"constitutivo", "constitutive"} : Text{}}});
  }
  for (const rules::FactKind& kind : rules.fact_kinds) AddKind(rules, kind, catalogue);
  for (const rules::Statement& statement : rules.statements) {
    const bool duty = statement.kind == rules::Statement::Kind::Duty;
    const Text target = statement.target.empty()
                            ? Text{}
                            : Text{"remite a ", "refers to "} + Same(statement.target.str());
    catalogue.Add((duty ? Text{"deber ", "duty "} : Text{"disposición ", "provision "}) +
                      Same(statement.citation.str()),
                  statement.citation, {{Same(statement.summary)}, {target}});
  }
}

Text ProcessText(const Ruleset& rules, const rules::ProcessRequirement& requirement) {
  Text text;
  for (const rules::ConsequenceKind kind : requirement.consequences) {
    rules::Consequence consequence;
    consequence.kind = kind;
    // "descuento": of any amount.
    Join(text,
         kind == rules::ConsequenceKind::PayDeduction ? Text{"descuento", "pay deduction"}
                                                      : DescribeConsequence(rules, consequence, {}),
         ", ");
  }
  for (const rules::FaultClass fault : requirement.faults) Join(text, DescribeFault(fault), ", ");
  return text;
}

Text MilestoneText(const rules::Milestone& milestone) {
  using Bound = rules::Milestone::Bound;
  Text text = Same(milestone.name);
  const Text term = DescribeTerm(milestone.term);
  if (milestone.bound == Bound::AtMost) text = text + Text{" hasta ", " within "} + term;
  if (milestone.bound == Bound::AtLeast) text = text + Text{" tras ", " at least "} + term;
  if (milestone.bound == Bound::Before)
    text = text + Same(" ") + term + Text{" antes de ", " before "} + Same(milestone.since);
  if (milestone.bound != Bound::Before && !milestone.since.empty())
    text = text + Text{" desde ", " from "} + Same(milestone.since);
  if (!milestone.actor.empty()) {
    text = text + (milestone.power ? Text{", facultad de ", ", power of "}
                                   : Text{", obligación de ", ", obligation of "});
    text = text + Same(milestone.actor);
  }
  if (!milestone.citation.empty()) text = text + Same(" (" + milestone.citation.str() + ")");
  if (!milestone.miss.empty())
    text = text + Text{", si vence ", ", if missed "} + Same(milestone.miss);
  if (!milestone.miss_citation.empty())
    text = text + Same(" (" + milestone.miss_citation.str() + ")");
  return text;
}

void AddSafeguards(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::ProcessRequirement& requirement : rules.process_requirements) {
    catalogue.Add(
        Text{"exigencia de proceso ", "process requirement "} + Same(requirement.citation.str()),
        requirement.citation, {{ProcessText(rules, requirement)}});
  }
  for (const rules::Safeguard& safeguard : rules.safeguards) {
    const Text duty = safeguard.duty
                          ? Same(safeguard.duty->str())
                          : Text{"lo demás de ", "the rest of "} + JoinedText(safeguard.actors);
    catalogue.Add(Text{"tutela de ", "safeguard of "} + duty, {},
                  {{Text{"con ", "by "} + Same(safeguard.sanction.str())}});
  }
  for (const rules::WorseChoice& choice : rules.worse_choices) {
    const rules::FactKind& worse = rules.kind(choice.worse);
    const Text than =
        choice.better.valid()
            ? Text{" que ", " than "} + Same(rules.kind(choice.better).name)
            : Text{" con más ", " with more "} + Same(worse.fields[choice.field.index()].name);
    catalogue.Add(Text{"peor ", "worse "} + Same(worse.name) + than, {}, {});
  }
}

void AddProcedures(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::LeastUnit& unit : rules.units) {
    catalogue.Add(Text{"unidad ", "unit "} + Same(unit.thing), unit.citation,
                  {{NumberText(rules, unit.type, unit.step)}});
  }
  for (const rules::Organ& organ : rules.organs) {
    Text titles = Same(organ.title);
    for (const std::string& title : organ.titles) Join(titles, Same(title), ", ");
    catalogue.Add(Text{"órgano ", "organ "} + Same(organ.name), {},
                  {{titles}, {organ.external ? Text{"externo", "external"} : Text{}}});
  }
  for (const rules::Procedure& procedure : rules.procedures) {
    Text milestones;
    for (const rules::Milestone& milestone : procedure.milestones)
      Join(milestones, MilestoneText(milestone), "; ");
    catalogue.Add(Text{"trámite ", "procedure "} + Same(procedure.name), procedure.citation,
                  {{milestones}});
  }
}

Catalogue Describe(const Ruleset& rules) {
  Catalogue catalogue;
  AddParameters(rules, catalogue);
  AddRules(rules, catalogue);
  AddScales(rules, catalogue);
  AddQualifications(rules, catalogue);
  AddMeasures(rules, catalogue);
  AddSchedules(rules, catalogue);
  AddHolidays(rules, catalogue);
  AddNorms(rules, catalogue);
  AddReadings(rules, catalogue);
  AddData(rules, catalogue);
  AddSafeguards(rules, catalogue);
  AddProcedures(rules, catalogue);
  return catalogue;
}

// ---- What is said ----------------------------------------------------------------

// A thing that is in one ruleset alone.
Text Whole(const Entry& entry) {
  Text text;
  for (const Part& part : entry.parts) {
    if (part.shown != Part::Shown::IfDifferent) Join(text, part.text, "; ");
  }
  return text;
}

// One of two that differ. Where only what is not always shown does, that alone.
Text Against(const Entry& entry, const Entry& other) {
  Text quiet;
  bool rest = false;
  for (std::size_t i = 0; i < entry.parts.size(); ++i) {
    const Part& part = entry.parts[i];
    if (!Differ(part, other.parts[i])) continue;
    if (part.shown == Part::Shown::IfDifferent) {
      Join(quiet, part.text, "; ");
    } else {
      rest = true;
    }
  }
  if (rest) Join(quiet, Whole(entry), "; ");
  return quiet;
}

}  // namespace

std::vector<Change> Differences(const Ruleset& before, const Ruleset& after) {
  const Catalogue old_things = Describe(before);
  const Catalogue new_things = Describe(after);
  std::vector<Change> changes;
  std::vector<Change> added;
  Catalogue::Entries olds = old_things.entries();
  Catalogue::Entries news = new_things.entries();
  for (const auto& [key, unused] : news) olds.try_emplace(key);
  for (auto& [key, were] : olds) {
    std::vector<Entry>& now = news[key];
    TakeEqual(were, now);
    for (std::size_t i = 0; i < were.size(); ++i) {
      const Entry& was = were[i];
      if (i >= now.size()) {
        changes.push_back({Change::Kind::Removed, was.what, was.citation, Whole(was), {}});
      } else {
        changes.push_back({Change::Kind::Changed, now[i].what, now[i].citation,
                           Against(was, now[i]), Against(now[i], was)});
      }
    }
    for (std::size_t i = were.size(); i < now.size(); ++i)
      added.push_back({Change::Kind::Added, now[i].what, now[i].citation, {}, Whole(now[i])});
  }
  changes.insert(changes.end(), added.begin(), added.end());
  return changes;
}

Text DescribeChange(const Change& change) {
  const Text none = Same("—");
  Text text = change.what;
  // Things without a name are called by their citation.
  const std::string place = change.citation.str();
  if (!place.empty() && !text.es.ends_with(" " + place)) text = text + Same(" (" + place + ")");
  const auto after = [](const Text& said) { return said.empty() ? Text{} : Same(": ") + said; };
  switch (change.kind) {
    case Change::Kind::Added:
      return text + Text{": se agrega", ": added"} + after(change.after);
    case Change::Kind::Removed:
      return text + Text{": se quita", ": removed"} + after(change.before);
    case Change::Kind::Changed:
      break;
  }
  return text + Text{": antes: ", ": before: "} + (change.before.empty() ? none : change.before) +
         Text{"; ahora: ", "; now: "} + (change.after.empty() ? none : change.after);
}

}  // namespace cotejo::amendments
