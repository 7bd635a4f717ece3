#include "model/rules/resolve.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "model/base/utf8.h"
#include "model/language/parse.h"
#include "model/rules/builder.h"

namespace cotejo::rules {

using language::Decl;

bool ProgramEntry::IsRepealed(const Citation& citation) const {
  return std::any_of(repealed.begin(), repealed.end(), [&](const Citation& outer) {
    return !citation.empty() && citation.within(outer);
  });
}

namespace {

// Declarations whose order means nothing: rules stand or fall by rank, date and specialty.
bool Unordered(const Decl& decl) {
  switch (decl.kind) {
    case Decl::Kind::Norm:
    case Decl::Kind::Use:
    case Decl::Kind::Hierarchy:
    case Decl::Kind::HolidayScope:
    case Decl::Kind::Schedule:  // the first one for a day counts
    case Decl::Kind::Replace:
    case Decl::Kind::Add:
    case Decl::Kind::Repeal:
      return false;
    default:
      return true;
  }
}

// Puts them in the order of what their files cite, and then of what they name, whatever the
// order of the files: where two findings are as good, which one is told must not hang on that.
void OrderByCitation(Program& program, const std::vector<language::NormFile>& files) {
  std::map<base::FileId, std::pair<Citation, std::string>> first;
  for (const auto& file : files) {
    auto& [citation, name] = first[file.file];
    for (const Decl& decl : file.decls) {
      if (!decl.citation.empty() && (citation.empty() || decl.citation < citation))
        citation = decl.citation;
      if (!decl.name.text.empty() && (name.empty() || decl.name.text < name)) name = decl.name.text;
    }
  }
  std::vector<std::size_t> places;
  std::vector<ProgramEntry> unordered;
  for (std::size_t i = 0; i < program.entries.size(); ++i) {
    if (!Unordered(*program.entries[i].decl)) continue;
    places.push_back(i);
    unordered.push_back(program.entries[i]);
  }
  std::stable_sort(unordered.begin(), unordered.end(),
                   [&](const ProgramEntry& a, const ProgramEntry& b) {
                     return first[a.decl->span.file] < first[b.decl->span.file];
                   });
  for (std::size_t i = 0; i < places.size(); ++i) program.entries[places[i]] = unordered[i];
}

}  // namespace

Program BuildProgram(const base::SourceMap& sources, const std::vector<language::NormFile>& files) {
  Program program;
  // A file without a norm of its own belongs to the first norm declared in its folder.
  std::map<std::string, std::string> folder_norm;
  const auto folder_of = [&](base::FileId file) {
    return std::filesystem::path(sources.file(file).path).parent_path().string();
  };
  for (const auto& file : files) {
    for (const Decl& decl : file.decls) {
      if (decl.kind == Decl::Kind::Norm && !decl.amends)
        folder_norm.try_emplace(folder_of(file.file), decl.name.text);
    }
  }
  for (const auto& file : files) {
    const auto found = folder_norm.find(folder_of(file.file));
    std::string norm = found == folder_norm.end() ? std::string() : found->second;
    for (const Decl& decl : file.decls) {
      if (decl.kind == Decl::Kind::Norm && !decl.amends) {
        norm = decl.name.text;
        if (program.title.empty()) program.title = decl.text;
      }
      program.entries.push_back({&decl, norm});
    }
    for (const auto& provision : file.provisions) program.provisions.push_back({&provision, norm});
  }
  OrderByCitation(program, files);
  return program;
}

std::shared_ptr<const Ruleset> Resolve(base::SourceMap& sources, const Program& program,
                                       const ReadingChoices& readings,
                                       base::Diagnostics& diagnostics) {
  return Builder(sources, program, readings, diagnostics).Build();
}

Regulation LoadRegulation(base::SourceMap& sources, const std::string& path,
                          const ReadingChoices& readings, base::Diagnostics& diagnostics) {
  Regulation regulation;
  regulation.files = language::Load(sources, path, diagnostics);
  auto rules = Resolve(sources, BuildProgram(sources, regulation.files), readings, diagnostics);
  if (!diagnostics.has_errors()) regulation.rules = std::move(rules);
  return regulation;
}

Builder::Builder(base::SourceMap& sources, const Program& program, const ReadingChoices& readings,
                 base::Diagnostics& diagnostics)
    : sources_(sources), program_(program), choices_(readings), diagnostics_(diagnostics) {}

std::shared_ptr<const Ruleset> Builder::Build() {
  const std::size_t errors_before = diagnostics_.errors();
  rules_.title = program_.title;
  RefuseLooseEdits();
  DeclareNorms();
  DeclareEnumerations();
  DeclareReadings();
  DeclareAttributes();
  DeclareParameters();
  DeclareFactKinds();
  DeclareHolidays();
  DeclareMeasureNames();
  DeclareDefinitions();
  DeclareSchedules();
  FillMeasures();
  DeclareQualifications();
  DeclareRules();
  DeclareProvisions();
  DeclareStatements();
  DeclareLeastUnits();
  DeclareProcessRequirements();
  DeclareSafeguards();
  DeclareWorseChoices();
  DeclareOrgans();
  DeclareProcedures();
  DeclareCases();
  if (diagnostics_.errors() > errors_before) return nullptr;
  OrderSteps();
  InferInstrumentSteps();
  if (diagnostics_.errors() > errors_before) return nullptr;
  return std::make_shared<const Ruleset>(std::move(rules_));
}

// ---- messages --------------------------------------------------------------------

void Builder::Error(const char* code, Span span, base::Text message, base::Text hint) {
  diagnostics_.Add(
      {code, base::Severity::Error, span, std::move(message), std::move(hint), article_});
}

void Builder::Unknown(const char* code, const language::Name& name, const base::Text& what,
                      const std::vector<std::string>& candidates) {
  const std::string near = base::NearestName(name.text, candidates);
  Error(code, name.span,
        {"no hay " + what.es + " que se llame «" + name.text + "»",
         "there is no " + what.en + " named '" + name.text + "'"},
        near.empty() ? base::Text{}
                     : base::Text{"¿quiso decir «" + near + "»?", "did you mean '" + near + "'?"});
}

void Builder::Duplicate(const language::Name& name, Span first) {
  std::string where;
  if (first.file.valid()) {
    where = sources_.file(first.file).path + ":" + std::to_string(sources_.place(first).line);
  }
  Error("nombre-repetido", name.span,
        {"«" + name.text + "» ya está declarado", "'" + name.text + "' is already declared"},
        where.empty() ? base::Text{}
                      : base::Text{"la primera vez en " + where, "first declared at " + where});
}

// ---- names -----------------------------------------------------------------------

void Builder::Register(Symbol::Kind kind, const language::Name& name, int index) {
  const auto [it, inserted] =
      symbols_.try_emplace(base::Fold(name.text), Symbol{kind, index, name.span});
  if (!inserted) Duplicate(name, it->second.span);
}

NormId Builder::NormOf(const ProgramEntry& entry, const Citation& citation, Span span,
                       bool required) {
  const std::string& name = citation.empty() ? entry.norm : citation.norm;
  const Decl& decl = *entry.decl;
  if (!citation.empty() && citation == decl.citation && decl.citation_span.file.valid())
    span = decl.citation_span;
  const auto found = norms_.find(base::Fold(name));
  if (found != norms_.end()) return found->second;
  if (!citation.empty()) {
    std::vector<std::string> names;
    for (const Norm& norm : rules_.norms) names.push_back(norm.name);
    Unknown("norma-desconocida", {citation.norm, span}, {"norma", "norm"}, names);
  } else if (required) {
    Error("sin-norma", span,
          {"esta declaración no pertenece a ninguna norma", "this declaration belongs to no norm"},
          {"declare la norma de la carpeta, o cite una", "declare the folder's norm, or cite one"});
  }
  return {};
}

FactKindId Builder::FindKind(const language::Name& name) {
  const auto found = kinds_.find(base::Fold(name.text));
  if (found != kinds_.end()) return found->second;
  std::vector<std::string> names;
  for (const FactKind& kind : rules_.fact_kinds) names.push_back(kind.name);
  Unknown("hecho-desconocido", name, {"hecho", "fact"}, names);
  return {};
}

FieldId Builder::FindFieldOf(FactKindId kind, const language::Name& name) {
  const FieldId field = rules_.FindField(kind, name.text);
  if (field.valid()) return field;
  std::vector<std::string> names;
  for (const Field& known : rules_.kind(kind).fields) names.push_back(known.name);
  Unknown(
      "campo-desconocido", name,
      {"campo de «" + rules_.kind(kind).name + "»", "field of '" + rules_.kind(kind).name + "'"},
      names);
  return {};
}

std::optional<Type> Builder::FindType(const language::Name& name) {
  static const std::map<std::string, Base, std::less<>> types = {
      {"logico", Base::Boolean}, {"veces", Base::Count},   {"minutos", Base::Minutes},
      {"dias", Base::Days},      {"anos", Base::Years},    {"bs", Base::Bolivianos},
      {"fecha", Base::Date},     {"hora", Base::TimeOfDay}};
  const std::string folded = base::Fold(name.text);
  if (const auto found = enums_.find(folded); found != enums_.end())
    return Type{Base::Enumeration, found->second};
  if (const auto found = types.find(folded); found != types.end()) return Type{found->second, {}};
  std::vector<std::string> names = {"lógico", "veces", "minutos", "días",
                                    "años",   "Bs",    "fecha",   "hora"};
  for (const Enumeration& known : rules_.enumerations) names.push_back(known.name);
  Unknown("tipo-desconocido", name, {"tipo", "type"}, names);
  return std::nullopt;
}

std::optional<std::pair<ReadingId, int>> Builder::FindUnder(const language::UnderClause& under) {
  const auto found = readings_.find(base::Fold(under.reading.text));
  if (found == readings_.end()) {
    std::vector<std::string> names;
    for (const Reading& reading : rules_.readings) names.push_back(reading.name);
    Unknown("lectura-desconocida", under.reading, {"lectura", "reading"}, names);
    return std::nullopt;
  }
  const Reading& reading = rules_.readings[found->second.index()];
  std::vector<std::string> names;
  for (std::size_t i = 0; i < reading.options.size(); ++i) {
    if (base::SameFolded(reading.options[i].name, under.option.text)) {
      return std::pair(found->second, static_cast<int>(i));
    }
    names.push_back(reading.options[i].name);
  }
  Unknown("opción-desconocida", under.option,
          {"opción de «" + reading.name + "»", "option of '" + reading.name + "'"}, names);
  return std::nullopt;
}

bool Builder::Chosen(const std::optional<language::UnderClause>& under) {
  if (!under) return true;
  const auto found = FindUnder(*under);
  return found && rules_.readings[found->first.index()].chosen == found->second;
}

std::optional<Rational> Builder::ConstantOf(const language::ExprPtr& expr,
                                            std::optional<Type> type) {
  if (!expr) return std::nullopt;
  Scope constant;
  constant.person = false;
  Typed typed = Check(*expr, constant, type);
  if (!typed.ok()) return std::nullopt;
  if (type && !Same(typed, {typed.id, *type}, expr->span)) return std::nullopt;
  if (rules_.expr(typed.id).op != Op::Literal) {
    Error("no-constante", expr->span,
          {"aquí sólo cabe un valor constante", "only a constant value fits here"});
    return std::nullopt;
  }
  return rules_.expr(typed.id).literal;
}

// ---- norms, enumerations, readings -----------------------------------------------

void Builder::RefuseLooseEdits() {
  for (const ProgramEntry& entry : program_.entries) {
    const Decl::Kind kind = entry.decl->kind;
    if (kind != Decl::Kind::Replace && kind != Decl::Kind::Add && kind != Decl::Kind::Repeal &&
        !entry.decl->amends)
      continue;
    Error("edición-fuera-de-lugar", entry.decl->span,
          {"las enmiendas no van entre las normas", "amendments do not go among the norms"},
          {"póngala en un archivo .enmienda.norma.md y aplíquela con «comparar»",
           "put it in a file .enmienda.norma.md and apply it with 'diff'"});
  }
}

void Builder::DeclareNorms() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind != Decl::Kind::Hierarchy) continue;
    if (!rules_.ranks.empty()) {
      Error("jerarquía-repetida", entry.decl->span,
            {"ya hay una jerarquía", "there is a hierarchy already"});
      continue;
    }
    for (const auto& name : entry.decl->names) rules_.ranks.push_back(name.text);
  }
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::Norm) DeclareNorm(*entry.decl);
  }
}

void Builder::DeclareNorm(const Decl& decl) {
  Norm norm;
  norm.name = decl.name.text;
  norm.title = decl.text;
  norm.issued = decl.issued;
  norm.in_force_from = decl.from;
  norm.in_force_to = decl.to;
  norm.amendment = decl.amends.has_value();
  norm.span = decl.span;
  norm.rank = static_cast<int>(rules_.ranks.size());
  if (decl.rank) {
    norm.rank_name = decl.rank->text;
    const auto found = std::find_if(
        rules_.ranks.begin(), rules_.ranks.end(),
        [&](const std::string& rank) { return base::SameFolded(rank, decl.rank->text); });
    if (found == rules_.ranks.end())
      Unknown("rango-desconocido", *decl.rank, {"rango", "rank"}, rules_.ranks);
    norm.rank = static_cast<int>(found - rules_.ranks.begin());
  }
  if (decl.confidence) {
    static const std::map<std::string, Confidence, std::less<>> levels = {
        {"alta", Confidence::High},
        {"media_alta", Confidence::MediumPlus},
        {"media", Confidence::Medium},
        {"baja", Confidence::Low}};
    const auto found = levels.find(base::Fold(decl.confidence->text));
    if (found == levels.end()) {
      Unknown("confianza-desconocida", *decl.confidence, {"nivel de confianza", "confidence level"},
              {"alta", "media_alta", "media", "baja"});
    } else {
      norm.confidence = found->second;
    }
  }
  const auto [it, inserted] = norms_.try_emplace(
      base::Fold(norm.name), NormId(static_cast<std::int64_t>(rules_.norms.size())));
  if (!inserted) return Duplicate(decl.name, rules_.norms[it->second.index()].span);
  rules_.norms.push_back(std::move(norm));
}

void Builder::DeclareEnumerations() {
  std::vector<Span> enumeration_spans;
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Enumeration) continue;
    Enumeration enumeration{decl.name.text, {}};
    std::map<std::string, Span> seen;
    for (const auto& value : decl.names) {
      const auto [it, inserted] = seen.try_emplace(base::Fold(value.text), value.span);
      if (!inserted) Duplicate(value, it->second);
      enumeration.values.push_back(value.text);
    }
    const EnumId id(static_cast<std::int64_t>(rules_.enumerations.size()));
    enumeration_spans.push_back(decl.name.span);
    const auto [it, inserted] = enums_.try_emplace(base::Fold(decl.name.text), id);
    if (!inserted) Duplicate(decl.name, enumeration_spans[it->second.index()]);
    rules_.enumerations.push_back(std::move(enumeration));
  }
}

void Builder::DeclareReadings() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::Reading) DeclareReading(*entry.decl);
  }
  std::set<ReadingId> chosen;
  for (const auto& [reading, option] : choices_) {
    const auto found = FindUnder({{reading, {}}, {option, {}}});
    if (!found) continue;
    Reading& of = rules_.readings[found->first.index()];
    if (!chosen.insert(found->first).second && of.chosen != found->second) {
      const std::string& before = of.options[static_cast<std::size_t>(of.chosen)].name;
      Error("lectura-repetida", {},
            {"de «" + of.name + "» se piden dos opciones a la vez: «" + before + "» y «" + option +
                 "»",
             "two options of '" + of.name + "' are asked for at once: '" + before + "' and '" +
                 option + "'"},
            {"deje una; para ver las dos, analice dos veces o con «--lecturas todas»",
             "leave one; to see both, analyse twice or with '--readings all'"});
    }
    of.chosen = found->second;
  }
}

void Builder::DeclareReading(const Decl& decl) {
  Reading reading;
  reading.name = decl.name.text;
  reading.span = decl.span;
  if (!decl.citation.empty()) reading.citations.push_back(decl.citation);
  for (const auto& name : decl.names) reading.citations.push_back(base::ParseCitation(name.text));
  int assumed = 0;
  for (const auto& option : decl.options) {
    if (option.assumed) {
      reading.assumed = static_cast<int>(reading.options.size());
      ++assumed;
    }
    reading.options.push_back({option.name.text, option.description});
  }
  if (reading.options.size() < 2 || assumed != 1) {
    Error("lectura-incompleta", decl.name.span,
          {"una lectura tiene dos opciones o más, y una sola supuesta",
           "a reading has two options or more, and exactly one assumed"});
  }
  reading.chosen = reading.assumed;
  const ReadingId id(static_cast<std::int64_t>(rules_.readings.size()));
  const auto [it, inserted] = readings_.try_emplace(base::Fold(reading.name), id);
  if (!inserted) return Duplicate(decl.name, rules_.readings[it->second.index()].span);
  rules_.readings.push_back(std::move(reading));
}

// ---- persons and facts -----------------------------------------------------------

Field Builder::BuildField(const language::FieldDecl& decl) {
  Field field;
  field.name = decl.name.text;
  const auto type = FindType(decl.type);
  if (!type) return field;
  field.type = *type;
  if (const auto value = ConstantOf(decl.initial, *type)) field.initial = Value{*value, false};
  field.low = ConstantOf(decl.low, *type);
  field.high = ConstantOf(decl.high, *type);
  // The step of a time of day is a duration.
  const Type step_type = type->base == Base::TimeOfDay ? Type{Base::Minutes, {}} : *type;
  field.step = ConstantOf(decl.step, step_type).value_or(0);
  if (decl.step && field.step <= Rational(0)) {
    Error("paso-inválido", decl.step->span,
          {"el paso es mayor que cero", "the step is greater than zero"});
  }
  // An empty domain would let every analysis pass on nothing.
  if (field.low && field.high && *field.low > *field.high) {
    Error("rango-invertido", decl.low->span,
          {"el rango empieza después de donde termina", "the range begins after its end"});
  } else if (field.initial && ((field.low && field.initial->number < *field.low) ||
                               (field.high && field.initial->number > *field.high))) {
    Error("valor-fuera-de-rango", decl.initial->span,
          {"el valor inicial está fuera de los límites declarados",
           "the initial value is outside the declared bounds"});
  }
  return field;
}

void Builder::DeclareAttributes() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind != Decl::Kind::Attribute) continue;
    const language::FieldDecl& decl = entry.decl->fields.front();
    const Field field = BuildField(decl);
    Attribute attribute;
    attribute.name = field.name;
    attribute.type = field.type;
    attribute.optional = decl.optional;
    attribute.initial = field.initial;
    attribute.low = field.low;
    attribute.high = field.high;
    attribute.span = entry.decl->span;
    const AttributeId id(static_cast<std::int64_t>(rules_.attributes.size()));
    Register(Symbol::Kind::Attribute, decl.name, id.value);
    rules_.attributes.push_back(std::move(attribute));
    if (!entry.decl->constitutive) continue;
    if (field.type.base != Base::Date || rules_.constitutive.valid()) {
      Error("constitutivo-inválido", decl.name.span,
            {"de la relación hay una fecha en que empieza, y una sola",
             "of the relation there is one date on which it begins, and no more"});
      continue;
    }
    rules_.constitutive = id;
  }
}

void Builder::DeclareFactKinds() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::FactKind) DeclareFactKind(*entry.decl);
  }
  DeclareSanction();
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::FactKind) FillFactKind(*entry.decl);
  }
}

void Builder::DeclareFactKind(const Decl& decl) {
  const FactKindId id(static_cast<std::int64_t>(rules_.fact_kinds.size()));
  const auto [it, inserted] = kinds_.try_emplace(base::Fold(decl.name.text), id);
  if (!inserted) return Duplicate(decl.name, rules_.kind(it->second).span);
  FactKind kind;
  kind.name = decl.name.text;
  kind.span = decl.span;
  rules_.fact_kinds.push_back(std::move(kind));
}

void Builder::DeclareSanction() {
  const FactKindId id(static_cast<std::int64_t>(rules_.fact_kinds.size()));
  if (!kinds_.try_emplace("sancion", id).second) {
    Error("nombre-reservado", rules_.kind(kinds_.find("sancion")->second).span,
          {"el hecho «sanción» es de la herramienta", "the fact 'sanción' belongs to the tool"},
          {"elija otro nombre", "choose another name"});
    return;
  }
  FactKind kind;
  kind.name = "sanción";
  kind.derived = true;
  kind.is_sanction = true;
  kind.fields.push_back({"días", {Base::Days, {}}, std::nullopt, std::nullopt, std::nullopt, 0});
  kind.fields.push_back(
      {"proceso", {Base::Boolean, {}}, std::nullopt, std::nullopt, std::nullopt, 0});
  rules_.fact_kinds.push_back(std::move(kind));
}

void Builder::FillFactKind(const Decl& decl) {
  const auto found = kinds_.find(base::Fold(decl.name.text));
  FactKind& kind = rules_.fact_kinds[found->second.index()];
  if (!kind.fields.empty()) return;  // a repeated declaration, already diagnosed
  kind.derived = decl.derived;
  if (decl.placement) {
    const std::string placement = base::Fold(decl.placement->text);
    if (placement == "tramo") {
      kind.placement = Placement::Shift;
    } else if (placement != "dia") {
      Unknown("lugar-desconocido", *decl.placement, {"lugar del hecho", "placement"},
              {"día", "tramo"});
    }
  }
  for (const auto& name : decl.excludes) {
    const FactKindId excluded = FindKind(name);
    if (excluded.valid()) kind.excludes.push_back(excluded);
  }
  std::map<std::string, Span> seen;
  for (const auto& field_decl : decl.fields) {
    const auto [it, inserted] =
        seen.try_emplace(base::Fold(field_decl.name.text), field_decl.name.span);
    if (!inserted) Duplicate(field_decl.name, it->second);
    kind.fields.push_back(BuildField(field_decl));
  }
  FillPeriodicity(decl, kind);
  kind.extinctive = decl.extinctive;
  if (kind.extinctive && (kind.derived || kind.placement == Placement::Shift || decl.periodicity)) {
    Error("extintivo-inválido", decl.name.span,
          {"lo que extingue la relación va en un día y lo trae la historia: no es derivado, ni de "
           "un tramo, ni del calendario",
           "what ends the relation belongs to a day and comes with the history: it is not derived, "
           "nor of a shift, nor of the calendar"});
  }
}

void Builder::FillPeriodicity(const Decl& decl, FactKind& kind) {
  if (!decl.periodicity) return;
  const std::string period = base::Fold(decl.periodicity->text);
  if (period == "gestion") {
    kind.periodicity = Periodicity::EachGestion;
  } else if (period == "mes") {
    kind.periodicity = Periodicity::EachMonth;
  } else if (period == "ano") {
    kind.periodicity = Periodicity::YearlyFromAttribute;
    const Symbol* symbol =
        decl.periodic_from ? Find(base::Fold(decl.periodic_from->text)) : nullptr;
    const bool date =
        symbol != nullptr && symbol->kind == Symbol::Kind::Attribute &&
        rules_.attributes[static_cast<std::size_t>(symbol->index)].type.base == Base::Date;
    if (!date) {
      return Error("periodicidad", decl.periodicity->span,
                   {"«cada año» necesita «desde» un dato de tipo fecha",
                    "'cada año' needs 'desde' an attribute of type date"});
    }
    kind.periodic_from = AttributeId(symbol->index);
    const auto plus = ConstantOf(decl.periodic_plus, Type{Base::Days, {}});
    if (plus && (!plus->whole() || *plus < Rational(0) || *plus > Rational(366))) {
      Error("periodicidad", decl.periodicity->span,
            {"los días de más van de 0 a 366", "the added days go from 0 to 366"});
    } else if (plus) {
      kind.periodic_plus_days = static_cast<std::int32_t>(plus->num());
    }
  } else {
    Unknown("periodicidad", *decl.periodicity, {"periodo", "period"}, {"año", "gestión", "mes"});
  }
}

// ---- parameters, definitions, schedules ------------------------------------------

void Builder::DeclareParameters() {
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Parameter) continue;
    article_ = decl.citation;
    Parameter parameter;
    parameter.name = decl.name.text;
    parameter.citation = decl.citation;
    parameter.norm = NormOf(entry, decl.citation, decl.span, false);
    parameter.span = decl.span;
    std::optional<Type> type;
    Scope constant;
    constant.person = false;
    for (const auto& dated : decl.values) {
      const Typed typed = Check(*dated.value, constant, type);
      if (!typed.ok()) continue;
      if (rules_.expr(typed.id).op != Op::Literal) {
        Error("no-constante", dated.value->span,
              {"un parámetro es un valor constante", "a parameter is a constant value"});
        continue;
      }
      if (type && !Same(typed, {typed.id, *type}, dated.value->span)) continue;
      type = typed.type;
      if (!parameter.values.empty() && dated.from && parameter.values.back().from >= dated.from) {
        Error(
            "fechas-desordenadas", dated.value->span,
            {"los valores van por fecha, de antes a después", "values go by date, earliest first"});
      }
      parameter.values.push_back({dated.from, rules_.expr(typed.id).literal});
    }
    parameter.type = type.value_or(Type{});
    Register(Symbol::Kind::Parameter, decl.name, static_cast<int>(rules_.parameters.size()));
    rules_.parameters.push_back(std::move(parameter));
  }
  article_ = {};
}

void Builder::DeclareDefinitions() {
  std::vector<const ProgramEntry*> person;
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Definition) continue;
    article_ = decl.citation;
    if (base::Fold(decl.of->text) == "persona") {
      Register(Symbol::Kind::Definition, decl.name, static_cast<int>(definition_decls_.size()));
      definition_decls_.push_back(&decl);
      person.push_back(&entry);
      continue;
    }
    const FactKindId kind = FindKind(*decl.of);
    if (!kind.valid()) continue;
    const auto [it, inserted] =
        kind_definitions_.try_emplace({kind.value, base::Fold(decl.name.text)}, &decl);
    if (!inserted) Duplicate(decl.name, it->second->name.span);
  }
  for (const auto& [key, decl] : kind_definitions_) {  // checked even if never used
    article_ = decl->citation;
    Check(*decl->expr, {FactKindId(key.first), true, true, true}, std::nullopt);
  }
  for (const ProgramEntry* entry : person) {
    const Decl& decl = *entry->decl;
    article_ = decl.citation;
    const Typed body = Check(*decl.expr, Scope{}, std::nullopt);
    if (!body.ok()) continue;
    rules_.definitions.push_back({decl.name.text, NormOf(*entry, decl.citation, decl.span, false),
                                  decl.citation, body.id, decl.span});
  }
  article_ = {};
}

void Builder::DeclareSchedules() {
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Schedule) continue;
    article_ = decl.citation;
    Schedule schedule;
    schedule.name = decl.name.text;
    schedule.citation = decl.citation;
    schedule.norm = NormOf(entry, decl.citation, decl.span, true);
    schedule.from = decl.from;
    schedule.to = decl.to;
    schedule.span = decl.span;
    const Type time{Base::TimeOfDay, {}};
    for (const auto& [entry_expr, exit_expr] : decl.shifts) {
      const auto from = ConstantOf(entry_expr, time);
      const auto to = ConstantOf(exit_expr, time);
      if (!from || !to) continue;
      const bool after_last = schedule.shifts.empty() || *from >= schedule.shifts.back().exit;
      if (*to <= *from || !after_last) {
        Error("tramos-desordenados", exit_expr->span,
              {"los tramos van en orden y cada uno termina después de empezar",
               "shifts go in order and each ends after it begins"});
      }
      schedule.shifts.push_back({*from, *to});
    }
    schedule.guard = CheckBoolean(decl.guard, Scope{});
    const auto [it, inserted] =
        schedule_names_.try_emplace(base::Fold(decl.name.text), decl.name.span);
    if (!inserted) Duplicate(decl.name, it->second);
    rules_.schedules.push_back(std::move(schedule));
  }
  article_ = {};
}

void Builder::DeclareProvisions() {
  for (const ProgramProvision& entry : program_.provisions) {
    const auto norm = norms_.find(base::Fold(entry.norm));
    if (norm == norms_.end()) continue;
    const std::string name = rules_.norms[norm->second.index()].name;
    rules_.provisions.push_back({norm->second,
                                 {name, {entry.provision->number}},
                                 entry.provision->heading,
                                 entry.provision->summary,
                                 entry.provision->span});
  }
}

void Builder::DeclareStatements() {
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    const bool states = decl.kind == Decl::Kind::Declare || decl.kind == Decl::Kind::Refer ||
                        decl.kind == Decl::Kind::Duty;
    if (!states) continue;
    article_ = decl.citation;
    Statement statement;
    statement.kind = decl.kind == Decl::Kind::Refer  ? Statement::Kind::Deferring
                     : decl.kind == Decl::Kind::Duty ? Statement::Kind::Duty
                                                     : Statement::Kind::Declarative;
    statement.norm = NormOf(entry, decl.citation, decl.name.span, true);
    statement.citation = decl.citation;
    if (decl.refer_to) statement.target = *decl.refer_to;
    statement.summary = decl.text;
    statement.span = decl.span;
    rules_.statements.push_back(std::move(statement));
  }
  article_ = {};
}

}  // namespace cotejo::rules
