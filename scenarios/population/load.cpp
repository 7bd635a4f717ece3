#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "model/base/file.h"
#include "scenarios/population/reader.h"
#include "scenarios/population/specification.h"
#include "scenarios/population/staff_list.h"

namespace cotejo::population {
namespace {

base::Text LoadTitle(Reader& reader, const toml::table& root) {
  const toml::table& title = reader.Table(root, "titulo");
  reader.CheckKeys(title, {"es", "en"});
  return {reader.String(title, "es"), reader.String(title, "en")};
}

constexpr std::int64_t kFormat = 1;
constexpr std::int64_t kMostPeople = 1'000'000;
constexpr std::int64_t kMostWeight = 1'000'000'000;

Chance PerCent(std::int64_t percent) { return {(static_cast<std::uint64_t>(percent) << 32) / 100}; }

void Backwards(Reader& reader, const toml::table& where) {
  reader.Error(where.source(), "población-orden",
               {"«desde» es mayor que «hasta», o la franja pisa la anterior",
                "'desde' is greater than 'hasta', or the band overlaps the one before"});
}

template <typename Bands>
void CheckWeights(Reader& reader, const toml::table& where, const Bands& bands) {
  if (bands.empty()) return;  // which is said of the list
  std::int64_t total = 0;
  for (const auto& band : bands) total += band.weight;
  if (total > 0 && total <= kMostWeight) return;
  reader.Error(where.source(), "población-pesos",
               {"los pesos deben sumar entre 1 y " + std::to_string(kMostWeight),
                "the weights must add up to between 1 and " + std::to_string(kMostWeight)});
}

class Loader {
 public:
  Loader(Reader& reader, const toml::table& root) : reader_(reader), root_(root) {}

  Specification Load() {
    reader_.CheckKeys(root_,
                      {"formato",       "nombre",    "semilla",      "titulo",    "vocabulario",
                       "personal",      "oficinas",  "remuneracion", "ingreso",   "servicio_previo",
                       "saldo_inicial", "dato_fijo", "clase",        "conductas", "vacaciones",
                       "dato",          "cruce",     "suceso",       "rotacion",  "tramite",
                       "incertidumbre", "disuasion", "rasgos"});
    reader_.CheckSources(root_, population_.sources);
    reader_.Integer(root_, "formato", kFormat, kFormat);
    population_.name = reader_.String(root_, "nombre");
    spec_.seed = static_cast<std::uint64_t>(reader_.Integer(root_, "semilla", 0, INT64_MAX));
    population_.title = LoadTitle(reader_, root_);
    LoadNames();
    LoadGroups();
    LoadOffices();
    LoadPay();
    LoadHired();
    LoadService();
    LoadOpening();
    LoadFixed();
    LoadClasses();
    LoadConduct();
    LoadCharacteristics(reader_, root_, spec_);
    LoadCrosses(reader_, root_, spec_);
    population_.occurrences = LoadOccurrences(reader_, root_, spec_);
    LoadVacations(reader_, root_, spec_);
    population_.turnover = LoadTurnover(reader_, root_, population_.groups);
    population_.deterrence = LoadDeterrence(reader_, root_);
    population_.procedures = LoadProcedures(reader_, root_);
    CheckRemoval();
    LoadUncertainty();
    population_.traits = LoadTraits(reader_, root_);
    return std::move(spec_);
  }

 private:
  void LoadNames() {
    const toml::table& all = reader_.Table(root_, "vocabulario");
    reader_.CheckKeys(
        all, {"datos", "llegada", "omision", "inasistencia", "ausencia", "conducta", "vacacion",
              "desvinculacion", "saldo", "calculos", "derechos", "serie"});
    Names& n = population_.names;
    const auto read = [&](const char* table_key,
                          const std::vector<std::pair<const char*, std::string*>>& entries) {
      const toml::table& table = reader_.Table(all, table_key);
      std::vector<std::string> keys;
      for (const auto& [key, target] : entries) {
        keys.emplace_back(key);
        *target = reader_.String(table, key);
      }
      reader_.CheckKeys(table, std::move(keys));
    };
    AttributeNames& a = spec_.attributes;
    read("datos", {{"grupo", &a.group},
                   {"oficina", &a.office},
                   {"departamento", &a.department},
                   {"remuneracion", &a.pay},
                   {"ingreso", &a.hired},
                   {"servicio_previo", &a.previous_service},
                   {"certificado", &a.certificate}});
    read("llegada", {{"hecho", &n.arrival.kind},
                     {"hora", &n.arrival.time},
                     {"justificada", &n.arrival.justified}});
    read("omision", {{"hecho", &n.omission.kind}, {"regularizada", &n.omission.regularised}});
    read("inasistencia", {{"hecho", &n.absence.kind},
                          {"dias", &n.absence.days},
                          {"justificada", &n.absence.justified}});
    read("ausencia", {{"hecho", &n.post_absence.kind},
                      {"dias", &n.post_absence.days},
                      {"justificada", &n.post_absence.justified}});
    read("conducta", {{"hecho", &n.conduct.kind}, {"inciso", &n.conduct.clause}});
    std::vector<std::pair<const char*, std::string*>> vacation = {{"hecho", &n.vacation.kind},
                                                                  {"dias", &n.vacation.days}};
    if (reader_.Table(all, "vacacion").contains("colectiva"))
      vacation.emplace_back("colectiva", &n.vacation.collective);
    read("vacacion", vacation);
    read("calculos", {{"haber_diario", &n.day_pay}, {"refrigerio_diario", &n.meal_allowance}});
    if (all.contains("desvinculacion") || root_.contains("rotacion")) {
      read("desvinculacion", {{"hecho", &n.separation.kind},
                              {"vacacion", &n.separation.left},
                              {"pago", &n.separation.payment}});
    }
    if (all.contains("saldo"))
      read("saldo", {{"hecho", &n.balance.kind}, {"dias", &n.balance.days}});
    std::vector<std::pair<const char*, std::string*>> rights = {
        {"vacacion", &n.vacation_right},
        {"vacacion_ganada", &n.earned_right},
        {"refrigerio", &n.meal_right}};
    if (reader_.Table(all, "derechos").contains("aguinaldo"))
      rights.emplace_back("aguinaldo", &n.bonus_right);
    if (reader_.Table(all, "derechos").contains("vacacion_prescrita"))
      rights.emplace_back("vacacion_prescrita", &n.lapsed_right);
    read("derechos", rights);
    read("serie", {{"hecho", &n.series_kind}, {"campo", &n.series_field}});
    population_.group_attribute = a.group;
    population_.office_attribute = a.office;
    population_.hired_attribute = a.hired;
  }

  void LoadGroups() {
    const toml::table& table = reader_.Table(root_, "personal");
    reader_.CheckKeys(table, {"total", "grupos"});
    std::int64_t total = 0;
    for (const toml::table* group : reader_.List(table, "grupos")) {
      reader_.CheckKeys(*group, {"nombre", "cantidad"});
      population_.groups.push_back(reader_.String(*group, "nombre"));
      spec_.group_sizes.push_back(reader_.Integer(*group, "cantidad", 0, kMostPeople));
      total += spec_.group_sizes.back();
    }
    const std::int64_t declared = reader_.Integer(table, "total", 1, kMostPeople);
    // One that cannot be was said already.
    const bool read = table["total"].value<std::int64_t>() == declared;
    if (read && total != declared) Mismatch(table, "total", declared, total);
    spec_.total = declared;
  }

  void Mismatch(const toml::table& table, const std::string& what, std::int64_t declared,
                std::int64_t sum) {
    reader_.Error(table.source(), "población-suma",
                  {"«" + what + "» declara " + std::to_string(declared) + " y sus partes suman " +
                       std::to_string(sum),
                   "'" + what + "' declares " + std::to_string(declared) +
                       " and its parts add up to " + std::to_string(sum)});
  }

  void LoadOffices() {
    const toml::table& table = reader_.Table(root_, "oficinas");
    reader_.CheckKeys(table, {"lista"});
    std::vector<std::int64_t> sums(population_.groups.size());
    for (const toml::table* item : reader_.List(table, "lista")) {
      reader_.CheckKeys(*item, {"nombre", "departamento", "plazas"});
      Office office{reader_.String(*item, "nombre"), reader_.String(*item, "departamento"), {}};
      const toml::table& posts = reader_.Table(*item, "plazas");
      reader_.CheckKeys(posts, population_.groups);
      for (std::size_t group = 0; group < sums.size(); ++group) {
        office.posts.push_back(
            reader_.IntegerOr(posts, population_.groups[group].c_str(), 0, 0, kMostPeople));
        sums[group] += office.posts.back();
      }
      spec_.offices.push_back(std::move(office));
    }
    CheckSums(table, sums);
  }

  void CheckSums(const toml::table& table, const std::vector<std::int64_t>& sums) {
    for (std::size_t group = 0; group < sums.size(); ++group) {
      if (sums[group] != spec_.group_sizes[group])
        Mismatch(table, population_.groups[group], spec_.group_sizes[group], sums[group]);
    }
  }

  void LoadPay() {
    const toml::table& table = reader_.Table(root_, "remuneracion");
    reader_.CheckKeys(table, population_.groups);
    std::vector<std::int64_t> sums(population_.groups.size());
    spec_.pay.resize(sums.size());
    for (std::size_t group = 0; group < sums.size(); ++group) {
      for (const toml::table* level : reader_.List(table, population_.groups[group])) {
        reader_.CheckKeys(*level, {"bs", "cantidad"});
        spec_.pay[group].push_back({base::Rational(reader_.Integer(*level, "bs", 1, kMostPay)),
                                    reader_.Integer(*level, "cantidad", 0, kMostPeople)});
        sums[group] += spec_.pay[group].back().posts;
      }
    }
    CheckSums(table, sums);
  }

  void LoadHired() {
    const toml::table& table = reader_.Table(root_, "ingreso");
    reader_.CheckKeys(table, population_.groups);
    for (const std::string& group : population_.groups) {
      std::vector<DateBand> bands;
      for (const toml::table* item : reader_.List(table, group)) {
        reader_.CheckKeys(*item, {"desde", "hasta", "peso"});
        bands.push_back({reader_.Date(*item, "desde"), reader_.Date(*item, "hasta"),
                         reader_.Integer(*item, "peso", 0, kMostWeight)});
        if (bands.back().to < bands.back().from) Backwards(reader_, *item);
      }
      CheckWeights(reader_, table, bands);
      spec_.hired.push_back(std::move(bands));
    }
  }

  void LoadService() {
    const toml::table& table = reader_.Table(root_, "servicio_previo");
    reader_.CheckKeys(table, {"anos", "certificado_desde", "certificado_hasta"});
    for (const toml::table* item : reader_.List(table, "anos")) {
      reader_.CheckKeys(*item, {"desde", "hasta", "peso", "certificado_por_ciento"});
      spec_.service.push_back(
          {static_cast<std::int32_t>(reader_.Integer(*item, "desde", 0, kMostServiceYears)),
           static_cast<std::int32_t>(reader_.Integer(*item, "hasta", 0, kMostServiceYears)),
           reader_.Integer(*item, "peso", 0, kMostWeight),
           PerCent(reader_.Integer(*item, "certificado_por_ciento", 0, 100))});
      if (spec_.service.back().to < spec_.service.back().from) Backwards(reader_, *item);
    }
    CheckWeights(reader_, table, spec_.service);
    spec_.certificate_from = reader_.Date(table, "certificado_desde");
    spec_.certificate_to = reader_.Date(table, "certificado_hasta");
  }

  void LoadOpening() {
    const toml::table& table = reader_.Table(root_, "saldo_inicial");
    reader_.CheckKeys(table, {"al", "grupos", "saldos"});
    population_.opening_date = reader_.Date(table, "al");
    spec_.opening_groups.assign(population_.groups.size(), false);
    for (const std::string& name : reader_.Strings(table, "grupos")) {
      const auto found = std::find(population_.groups.begin(), population_.groups.end(), name);
      if (found == population_.groups.end()) {
        reader_.Error(table.source(), "población-grupo",
                      {"«" + name + "» no es un grupo del personal",
                       "'" + name + "' is not a group of the staff"});
        continue;
      }
      spec_.opening_groups[static_cast<std::size_t>(found - population_.groups.begin())] = true;
    }
    for (const toml::table* item : reader_.List(table, "saldos")) {
      reader_.CheckKeys(*item,
                        {"anos_desde", "anos_hasta", "medios_dias_desde", "medios_dias_hasta"});
      const auto value = [&](const char* key, std::int64_t high) {
        return static_cast<std::int32_t>(reader_.Integer(*item, key, 0, high));
      };
      const OpeningBand band{value("anos_desde", 99), value("anos_hasta", 99),
                             value("medios_dias_desde", kMostOpening),
                             value("medios_dias_hasta", kMostOpening)};
      if (band.years_to < band.years_from || band.high < band.low) Backwards(reader_, *item);
      spec_.opening.push_back(band);
    }
  }

  void LoadFixed() {
    if (!root_.contains("dato_fijo")) return;
    for (const toml::table* item : reader_.List(root_, "dato_fijo")) {
      reader_.CheckKeys(*item, {"dato", "valor", "oficina", "cantidad"});
      FixedAttribute fixed;
      fixed.value.attribute = reader_.String(*item, "dato");
      fixed.value.kind = AttributeValue::Kind::Boolean;
      fixed.value.number = reader_.Boolean(*item, "valor") ? 1 : 0;
      fixed.office = reader_.String(*item, "oficina");
      fixed.count = reader_.Integer(*item, "cantidad", 0, kMostPeople);
      spec_.fixed.push_back(std::move(fixed));
    }
  }

  std::vector<SpellRate> LoadSpells(const toml::table& table, const char* key) {
    std::vector<SpellRate> spells;
    for (const toml::table* item : reader_.List(table, key)) {
      reader_.CheckKeys(*item, {"medios_dias", "por_ano", "justificada_por_ciento"});
      spells.push_back({static_cast<std::int32_t>(reader_.Integer(*item, "medios_dias", 1, 120)),
                        reader_.Number(*item, "por_ano", 0, 60),
                        PerCent(reader_.IntegerOr(*item, "justificada_por_ciento", 0, 0, 100))});
      if (spells.back().half_days > 1 && spells.back().half_days % 2 != 0) {
        reader_.Error(
            item->source(), "población-medios-días",
            {"una racha de varios días va en días enteros",
             "a spell of several days goes in whole days"},
            {"use 1, o un número par de medios días", "use 1, or an even number of half days"});
      }
    }
    return spells;
  }

  void LoadClasses() {
    for (const toml::table* item : reader_.List(root_, "clase")) {
      reader_.CheckKeys(
          *item, {"nombre", "peso", "llegada", "omision_por_mil", "omision_de_ingreso_por_ciento",
                  "regularizada_por_ciento", "inasistencia", "ausencia", "factor_de_conductas"});
      BehaviourClass c;
      c.name = reader_.String(*item, "nombre");
      c.weight = reader_.Integer(*item, "peso", 0, kMostWeight);
      c.arrival = LoadDiscrete(reader_, *item, "llegada", -240, 239);
      c.missing_record = {static_cast<std::uint64_t>(
          std::floor(reader_.Number(*item, "omision_por_mil", 0, 500) / 1000 * 4294967296.0))};
      c.missing_entry = PerCent(reader_.Integer(*item, "omision_de_ingreso_por_ciento", 0, 100));
      c.regularised = PerCent(reader_.Integer(*item, "regularizada_por_ciento", 0, 100));
      c.absences = LoadSpells(*item, "inasistencia");
      c.post_absences = LoadSpells(*item, "ausencia");
      c.conduct_factor = reader_.Number(*item, "factor_de_conductas", 0, 1000);
      population_.classes.push_back(std::move(c));
    }
    CheckWeights(reader_, root_, population_.classes);
  }

  void LoadConduct() {
    const toml::table& table = reader_.Table(root_, "conductas");
    reader_.CheckKeys(table, {"lista"});
    std::set<std::string> seen;
    for (const toml::table* item : reader_.List(table, "lista")) {
      reader_.CheckKeys(*item, {"inciso", "por_ano"});
      const std::string clause = reader_.String(*item, "inciso");
      if (!clause.empty() && !seen.insert(clause).second) {
        reader_.Error(item->source(), "población-repetida",
                      {"«" + clause + "» ya está en la lista: sería dos veces más frecuente",
                       "'" + clause + "' is in the list already: it would be twice as frequent"},
                      {"deje una sola fila", "leave one row"});
      }
      population_.conduct.push_back({clause, reader_.Number(*item, "por_ano", 0, 60)});
    }
  }

  // Standard deviations of the logarithms of the factors.
  void LoadUncertainty() {
    if (!root_.contains("incertidumbre")) return;
    const toml::table& table = reader_.Table(root_, "incertidumbre");
    std::vector<std::string> keys;
    for (std::size_t f = 0; f < kFactors; ++f) {
      const char* key = KeyOf(static_cast<Factor>(f));
      keys.emplace_back(key);
      if (table.contains(key)) population_.uncertainty[f] = reader_.Number(table, key, 0, 2);
    }
    reader_.CheckKeys(table, std::move(keys));
    const char* key = KeyOf(Factor::Deterrence);
    if (!table.contains(key) || root_.contains("disuasion")) return;
    reader_.Error(table.source(), "población-disuasión",
                  {"no se puede dudar de una respuesta que nadie tiene: falta «[disuasion]»",
                   "there is no answer to be unsure of: no '[disuasion]'"});
  }

  // How long a process takes is said once.
  void CheckRemoval() {
    if (!population_.turnover || !population_.turnover->removal) return;
    const bool lived = std::any_of(population_.procedures.begin(), population_.procedures.end(),
                                   [](const ProcedureConduct& procedure) {
                                     return base::Fold(procedure.begins) == "proceso";
                                   });
    if (lived != population_.turnover->removal->process_days.has_value()) return;
    reader_.Error(
        reader_.Table(root_, "rotacion").source(), "población-trámite",
        lived ? base::Text{"lo que dura un proceso lo dice el [[tramite]] que empieza tras "
                           "«proceso»: sobra «dias_de_proceso»",
                           "how long a process takes is said by the [[tramite]] that begins after "
                           "'proceso': 'dias_de_proceso' is one too many"}
              : base::Text{"nada dice lo que dura un proceso: falta «dias_de_proceso» en "
                           "[rotacion.remocion], o un [[tramite]] que empiece tras «proceso»",
                           "nothing says how long a process takes: no 'dias_de_proceso' in "
                           "[rotacion.remocion], and no [[tramite]] that begins after 'proceso'"});
  }

  Reader& reader_;
  const toml::table& root_;
  Specification spec_;
  Population& population_ = spec_.population;
};

void CheckRates(const Population& population, Reader& reader, const toml::table& root) {
  for (const BehaviourClass& c : population.classes) {
    double total = 0;
    for (const SpellRate& spell : c.absences) total += spell.per_year;
    for (const SpellRate& spell : c.post_absences) total += spell.per_year;
    for (const ConductRate& rate : population.conduct) total += rate.per_year * c.conduct_factor;
    for (const Occurrence& occurrence : population.occurrences) total += occurrence.per_year;
    if (total <= kMostEventsPerYear) continue;
    reader.Error(root.source(), "población-frecuencias",
                 {"la clase «" + c.name + "» suma más de 120 sucesos por año",
                  "the class '" + c.name + "' adds up to more than 120 events a year"});
  }
}

}  // namespace

Discrete LoadDiscrete(Reader& reader, const toml::table& table, const char* key, std::int64_t low,
                      std::int64_t high) {
  std::vector<Discrete::Band> bands;
  for (const toml::table* item : reader.List(table, key)) {
    reader.CheckKeys(*item, {"desde", "hasta", "peso", "justificada_por_ciento"});
    const auto end = [&](const char* name) {
      return static_cast<std::int32_t>(reader.Integer(*item, name, low, high));
    };
    const Discrete::Band band{
        end("desde"), end("hasta"), reader.Integer(*item, "peso", 0, kMostWeight),
        PerCent(reader.IntegerOr(*item, "justificada_por_ciento", 0, 0, 100))};
    if (band.to < band.from || (!bands.empty() && band.from <= bands.back().to)) {
      Backwards(reader, *item);
    }
    bands.push_back(band);
  }
  CheckWeights(reader, table, bands);
  std::int64_t total = 0;
  for (const Discrete::Band& band : bands) total += band.weight;
  return total > 0 ? Discrete(bands) : Discrete({{0, 0, 1, {}}});
}

namespace {

// The tables of one file with another number of people, and perhaps traits: `de` names the file
// they are in.
struct Variant {
  std::string of;
  std::string name;
  base::Text title;
  std::uint64_t seed = 0;
  std::int64_t total = 0;
  std::optional<Traits> traits;
};

Variant LoadVariant(Reader& reader, const toml::table& root) {
  reader.CheckKeys(root, {"formato", "nombre", "semilla", "titulo", "de", "total", "rasgos"});
  reader.Integer(root, "formato", kFormat, kFormat);
  return {reader.String(root, "de"),
          reader.String(root, "nombre"),
          LoadTitle(reader, root),
          static_cast<std::uint64_t>(reader.Integer(root, "semilla", 0, INT64_MAX)),
          reader.Integer(root, "total", 1, kMostPeople),
          LoadTraits(reader, root)};
}

// Nothing, with diagnostics, when there are errors.
std::optional<Specification> LoadTables(
    base::SourceMap& sources, const std::string& path, bool may_vary,
    base::Diagnostics& diagnostics,
    const std::function<void(Specification&, Reader&, const toml::table&)>& then) {
  const std::optional<std::string> content = base::ReadTextFile(path, diagnostics);
  if (!content) return std::nullopt;
  const base::FileId file = sources.Add(path, *content);
  Reader reader(sources, file, diagnostics);
  const std::size_t before = diagnostics.errors();
  toml::table root;
  try {
    root = toml::parse(sources.file(file).content);
  } catch (const toml::parse_error& error) {
    reader.Error(error.source(), "población-toml",
                 {"el archivo no es TOML válido", "the file is not valid TOML"},
                 {std::string(error.description()), std::string(error.description())});
    return std::nullopt;
  }
  std::optional<Specification> specification;
  if (may_vary && root.contains("de")) {
    std::vector<base::Text> found;
    reader.CheckSources(root, found);
    const Variant variant = LoadVariant(reader, root);
    if (diagnostics.errors() > before) return std::nullopt;
    const auto beside = std::filesystem::path(path).parent_path() / variant.of;
    specification = LoadTables(sources, beside.string(), false, diagnostics, {});
    if (!specification) return std::nullopt;
    specification->seed = variant.seed;
    specification->total = variant.total;
    specification->population.name = variant.name;
    specification->population.title = variant.title;
    if (variant.traits) specification->population.traits = variant.traits;
    auto& all = specification->population.sources;
    all.insert(all.begin(), found.begin(), found.end());
  } else {
    specification = Loader(reader, root).Load();
    CheckRates(specification->population, reader, root);
  }
  if (diagnostics.errors() == before && then) then(*specification, reader, root);
  if (diagnostics.errors() > before) return std::nullopt;
  return specification;
}

// What a list may say of somebody: what the tables say, and no more.
std::vector<ListField> FieldsOf(const Specification& specification) {
  using Kind = AttributeValue::Kind;
  const AttributeNames& names = specification.attributes;
  std::vector<std::string> offices;
  std::vector<std::string> departments_of;
  std::vector<std::string> departments;
  for (const Office& office : specification.offices) {
    offices.push_back(office.name);
    departments_of.push_back(office.department);
    if (std::find(departments.begin(), departments.end(), office.department) == departments.end())
      departments.push_back(office.department);
  }
  std::vector<ListField> fields = {
      {names.group, Kind::Name, specification.population.groups, {}, {}, false},
      {names.office, Kind::Name, offices, {}, {}, false, names.department, departments_of},
      {names.department, Kind::Name, departments, {}, {}, false},
      {names.pay, Kind::Number, {}, base::Rational(1), base::Rational(kMostPay), false},
      {names.hired, Kind::Date, {}, {}, {}, false},
      {names.previous_service,
       Kind::Number,
       {},
       base::Rational(0),
       base::Rational(kMostServiceYears),
       false},
      {names.certificate, Kind::Date, {}, {}, {}, true},
      {kOpeningField,
       Kind::Number,
       {},
       base::Rational(0),
       base::Rational(kMostOpening, 2),
       false,
       names.hired,
       {},
       specification.population.opening_date}};
  for (const Characteristic& c : specification.characteristics) {
    ListField field{c.attribute, Kind::Boolean, {}, {}, {}, false};
    for (const Characteristic::Value& value : c.values) {
      field.optional = field.optional || value.absent;
      if (value.absent) continue;
      field.kind = value.lowest.kind;
      if (field.kind == Kind::Name) field.values.push_back(value.lowest.name);
    }
    fields.push_back(std::move(field));
  }
  for (const FixedAttribute& fixed : specification.fixed) {
    const auto same = [&](const ListField& f) { return f.name == fixed.value.attribute; };
    if (std::none_of(fields.begin(), fields.end(), same))
      fields.push_back({fixed.value.attribute, Kind::Boolean, {}, {}, {}, false});
  }
  return fields;
}

}  // namespace

Population LoadPopulation(base::SourceMap& sources, const std::string& path,
                          base::Diagnostics& diagnostics) {
  auto specification = LoadTables(sources, path, true, diagnostics, DrawStaff);
  return specification ? std::move(specification->population) : Population{};
}

Population LoadPopulation(base::SourceMap& sources, const std::string& path, const StaffList& list,
                          base::Diagnostics& diagnostics) {
  const auto draw = [&](Specification& specification, Reader& reader, const toml::table& root) {
    DrawStaff(specification, reader, root);
    if (!specification.population.staff.empty()) TakeListed(specification, list);
  };
  auto specification = LoadTables(sources, path, true, diagnostics, draw);
  return specification ? std::move(specification->population) : Population{};
}

std::vector<ListField> LoadListFields(base::SourceMap& sources, const std::string& path,
                                      base::Diagnostics& diagnostics) {
  const auto specification = LoadTables(sources, path, true, diagnostics, {});
  return specification ? FieldsOf(*specification) : std::vector<ListField>{};
}

}  // namespace cotejo::population
