// Reads `[[suceso]]`: any fact of the vocabulary, how often or when, to whom and with what fields.
#include <algorithm>
#include <cmath>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr std::int64_t kMostHalfDays = 400;
constexpr std::int64_t kMostWeight = 1'000'000;
constexpr std::int64_t kMostMonths = 72;
constexpr std::int64_t kMostDaysAfter = 366;
constexpr std::int64_t kMostShifts = 16;

std::optional<std::int64_t> ThousandthsOf(const toml::node& node) {
  constexpr double kLargest = 1e9;
  const auto value = node.value<double>();
  if (!node.is_number() || !value || !(std::abs(*value) <= kLargest)) return std::nullopt;
  const double thousandths = std::round(*value * 1000);
  if (std::abs(*value * 1000 - thousandths) > 1e-6) return std::nullopt;
  return static_cast<std::int64_t>(thousandths);
}

class OccurrenceLoader {
 public:
  // `before`: those that stand above this one in the file.
  OccurrenceLoader(Reader& reader, const toml::table& item, const Specification& specification,
                   const std::vector<Occurrence>& before)
      : reader_(reader), item_(item), spec_(specification), before_(before) {}

  Occurrence Load() {
    reader_.CheckKeys(item_, {"nombre",
                              "hecho",
                              "por_ano",
                              "fechas",
                              "fecha_de",
                              "sin_29_de_febrero",
                              "traslada",
                              "tras",
                              "a_los_dias",
                              "solo",
                              "alcanza_por_ciento",
                              "oficinas",
                              "grupos",
                              "meses",
                              "medios_dias_fuera",
                              "en_tramo",
                              "en_el_puesto",
                              "tramo",
                              "cada_dia",
                              "cuenta",
                              "campo_meses",
                              "formas",
                              "al_volver"});
    o_.name = reader_.String(item_, "nombre");
    o_.kind = reader_.String(item_, "hecho");
    LoadWhen();
    if (Has("solo")) o_.only = ReadValues(reader_, reader_.Table(item_, "solo"));
    o_.offices = ReadOffices(reader_, item_, spec_);
    o_.groups = ReadGroups(reader_, item_, spec_);
    LoadSpell();
    LoadVariants();
    if (Has("al_volver")) {
      const toml::table& back = reader_.Table(item_, "al_volver");
      reader_.CheckKeys(back, {"hecho", "campos"});
      o_.back_kind = reader_.String(back, "hecho");
      if (back.contains("campos"))
        o_.back_fields = ReadValues(reader_, reader_.Table(back, "campos"));
    }
    CheckSpell();
    CheckMonths();
    return std::move(o_);
  }

 private:
  [[nodiscard]] bool Has(const char* key) const { return item_.contains(key); }

  void Contradiction(base::Text message) {
    reader_.Error(item_.source(), "población-suceso", std::move(message));
  }

  // By chance, on dates, on one of the person's own, or after another.
  void LoadWhen() {
    const bool own = Has("fecha_de");
    const bool dated = Has("fechas") || own;
    const bool tied = Has("tras");
    int ways = 0;
    for (const char* key : {"por_ano", "fechas", "fecha_de", "tras"}) ways += Has(key) ? 1 : 0;
    if (ways > 1)
      Contradiction(
          {"un suceso ocurre o «por_ano», o en «fechas», o en la «fecha_de» la persona, o «tras» "
           "otro",
           "an event happens either 'por_ano', or on 'fechas', or on the 'fecha_de' of the person, "
           "or 'tras' another"});
    if (Has("fechas")) LoadDates();
    if (own) LoadOwnDate();
    if (dated && Has("traslada")) o_.carried_over = reader_.Boolean(item_, "traslada");
    if (tied) LoadFollowing();
    if (!dated && !tied) o_.per_year = reader_.Number(item_, "por_ano", 0, 60);
    if (!own && Has("sin_29_de_febrero"))
      Contradiction(
          {"«sin_29_de_febrero» pide «fecha_de»", "'sin_29_de_febrero' asks for 'fecha_de'"});
    if (!dated && Has("traslada"))
      Contradiction(
          {"«traslada» pide «fechas» o «fecha_de»", "'traslada' asks for 'fechas' or 'fecha_de'"});
    if (!tied && Has("a_los_dias"))
      Contradiction({"«a_los_dias» pide «tras»", "'a_los_dias' asks for 'tras'"});
    if (!dated && !tied && Has("alcanza_por_ciento"))
      Contradiction({"«alcanza_por_ciento» pide «fechas», «fecha_de» o «tras»",
                     "'alcanza_por_ciento' asks for 'fechas', 'fecha_de' or 'tras'"});
    const double share =
        Has("alcanza_por_ciento") ? reader_.Number(item_, "alcanza_por_ciento", 0, 100) : 100;
    o_.reached = {static_cast<std::uint64_t>(std::floor(share / 100 * 4294967296.0))};
  }

  void LoadDates() {
    const toml::array* dates = item_.get("fechas")->as_array();
    bool good = dates != nullptr && !dates->empty();
    for (std::size_t i = 0; good && i < dates->size(); ++i) {
      const auto occasion = OccasionOf(*dates->get(i));
      good = occasion.has_value();
      if (good) o_.dates.push_back(*occasion);
    }
    if (good) return;
    reader_.Error(item_.get("fechas")->source(), "población-tipo",
                  {"«fechas» debe ser una lista de fechas como 2026-05-27, o como \"05-27\" si es "
                   "de cada año",
                   "'fechas' must be a list of dates such as 2026-05-27, or \"05-27\" if it is of "
                   "every year"});
  }

  static std::optional<Occasion> OccasionOf(const toml::node& node) {
    if (const auto* date = node.as_date()) {
      const toml::date given = date->get();
      return Occasion{given.year, given.month, given.day};
    }
    // A leap year has every day that some year has.
    const auto* text = node.as_string();
    const auto day = text == nullptr ? std::nullopt : base::ParseDate("2024-" + text->get());
    if (!day) return std::nullopt;
    return Occasion{0, day->month(), day->day()};
  }

  void LoadOwnDate() {
    o_.date_of = reader_.String(item_, "fecha_de");
    LoadWithoutLeapDay();
    const auto is_date = [&](const Characteristic& c) {
      const auto date = [](const Characteristic::Value& value) {
        return value.absent || value.lowest.kind == AttributeValue::Kind::Date;
      };
      return c.attribute == o_.date_of && std::all_of(c.values.begin(), c.values.end(), date);
    };
    if (std::none_of(spec_.characteristics.begin(), spec_.characteristics.end(), is_date))
      Contradiction(
          {"«fecha_de» pide un [[dato]] que sea una fecha, y «" + o_.date_of + "» no lo es",
           "'fecha_de' asks for a [[dato]] that is a date, and '" + o_.date_of + "' is not"});
  }

  void LoadWithoutLeapDay() {
    if (!Has("sin_29_de_febrero")) return;
    const toml::node& node = *item_.get("sin_29_de_febrero");
    o_.without_leap_day = OccasionOf(node);
    if (o_.without_leap_day && o_.without_leap_day->year == 0) return;
    reader_.Error(node.source(), "población-tipo",
                  {"«sin_29_de_febrero» debe ser un día de cada año, como \"03-01\"",
                   "'sin_29_de_febrero' must be a day of every year, such as \"03-01\""});
  }

  void LoadFollowing() {
    const std::string name = reader_.String(item_, "tras");
    const auto same = [&](const Occurrence& o) { return o.name == name; };
    const auto found = std::find_if(before_.begin(), before_.end(), same);
    o_.follows = {static_cast<std::size_t>(found - before_.begin()),
                  LoadDiscrete(reader_, item_, "a_los_dias", 0, kMostDaysAfter)};
    if (found == before_.end()) {
      Contradiction({"«" + name + "» no es el nombre de un suceso de más arriba",
                     "'" + name + "' is not the name of an event further up"});
    } else if (std::any_of(found + 1, before_.end(), same)) {
      Contradiction({"«tras» no dice cuál: hay más de un suceso «" + name + "»",
                     "'tras' does not say which: there is more than one event '" + name + "'"});
    }
  }

  void LoadSpell() {
    o_.away = Has("medios_dias_fuera")
                  ? LoadDiscrete(reader_, item_, "medios_dias_fuera", 0, kMostHalfDays)
                  : Discrete({{0, 0, 1, {}}});
    if (Has("meses")) o_.months = LoadDiscrete(reader_, item_, "meses", 1, kMostMonths);
    if (Has("en_el_puesto")) o_.at_post = reader_.Boolean(item_, "en_el_puesto");
    if (Has("en_tramo")) o_.in_shift = reader_.Boolean(item_, "en_tramo");
    if (Has("tramo"))
      o_.shift = static_cast<std::int32_t>(reader_.Integer(item_, "tramo", 1, kMostShifts));
    if (Has("cada_dia")) o_.each_day = reader_.Boolean(item_, "cada_dia");
    o_.counts_months = Has("campo_meses");
    if (Has("cuenta")) o_.counted = reader_.String(item_, "cuenta");
    if (Has("campo_meses")) o_.counted = reader_.String(item_, "campo_meses");
  }

  void LoadVariants() {
    if (!Has("formas")) {
      o_.variants.push_back({1, {}});
    } else {
      for (const toml::table* form : reader_.List(item_, "formas")) {
        reader_.CheckKeys(*form, {"peso", "dia", "campos"});
        Occurrence::Variant variant;
        variant.weight = reader_.IntegerOr(*form, "peso", 1, 1, kMostWeight);
        if (form->contains("dia")) LoadDayKind(*form, o_.variants.size());
        if (form->contains("campos"))
          variant.fields = ReadValues(reader_, reader_.Table(*form, "campos"));
        o_.variants.push_back(std::move(variant));
      }
    }
    if (o_.variants.empty()) o_.variants.push_back({1, {}});  // reported by the reader
    if (o_.variants.size() > kMostVariants) {
      Contradiction({"un suceso tiene hasta " + std::to_string(kMostVariants) + " formas",
                     "an event has up to " + std::to_string(kMostVariants) + " forms"});
      o_.variants.resize(kMostVariants);
    }
    CheckDayKinds();
    std::vector<Discrete::Band> bands;
    for (std::size_t i = 0; i < o_.variants.size(); ++i) {
      const auto at = static_cast<std::int32_t>(i);
      bands.push_back({at, at, o_.variants[i].weight, {}});
    }
    o_.variant = Discrete(bands);
  }

  // The form that it takes when the date is such a day.
  void LoadDayKind(const toml::table& form, std::size_t at) {
    static const std::array<std::string, kDayKinds> kNames = {"laborable", "sabado", "domingo",
                                                              "feriado"};
    const std::string name = reader_.String(form, "dia");
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end() || form.contains("peso"))
      return Contradiction({"«dia» es laborable, sabado, domingo o feriado, y no va con «peso»",
                            "'dia' is laborable, sabado, domingo or feriado, and does not go with "
                            "'peso'"});
    days_[static_cast<std::size_t>(found - kNames.begin())].push_back(at);
  }

  void CheckDayKinds() {
    std::array<std::size_t, kDayKinds> variants{};
    std::size_t given = 0;
    bool once = true;
    for (std::size_t kind = 0; kind < kDayKinds; ++kind) {
      given += days_[kind].size();
      once = once && days_[kind].size() == 1;
      if (!days_[kind].empty()) variants[kind] = days_[kind].front();
    }
    if (given == 0) return;
    o_.variant_by_day = variants;
    if (!once || given != o_.variants.size() || !o_.dated())
      Contradiction(
          {"las formas con «dia» son una por cada clase de día, sin otras, y piden "
           "«fechas» o «fecha_de»",
           "forms with 'dia' are one for each kind of day, with no others, and ask for "
           "'fechas' or 'fecha_de'"});
  }

  void CheckSpell() {
    const bool away = o_.away.largest() > 0 || o_.months;
    if (o_.in_shift && (o_.away.largest() > 1 || o_.months || o_.each_day || !o_.back_kind.empty()))
      Contradiction({"un suceso «en_tramo» ocupa un tramo y no sigue otro día",
                     "an event 'en_tramo' takes one shift and does not go on another day"});
    if (!away && (o_.each_day || !o_.counted.empty() || !o_.back_kind.empty()))
      Contradiction(
          {"«cada_dia», «cuenta» y «al_volver» piden «medios_dias_fuera» o «meses»",
           "'cada_dia', 'cuenta' and 'al_volver' ask for 'medios_dias_fuera' or 'meses'"});
    if (o_.shift > 0 && !o_.in_shift && o_.away.largest() == 0)
      Contradiction({"«tramo» pide «en_tramo» o «medios_dias_fuera»",
                     "'tramo' asks for 'en_tramo' or 'medios_dias_fuera'"});
  }

  void CheckMonths() {
    if (o_.months && Has("medios_dias_fuera"))
      Contradiction({"un suceso dura «meses» o «medios_dias_fuera», no las dos cosas",
                     "an event lasts 'meses' or 'medios_dias_fuera', not both"});
    if (o_.counts_months && !o_.months)
      Contradiction({"«campo_meses» pide «meses»", "'campo_meses' asks for 'meses'"});
    if (o_.counts_months && Has("cuenta"))
      Contradiction({"un suceso dice «cuenta» o «campo_meses», no las dos cosas",
                     "an event says 'cuenta' or 'campo_meses', not both"});
    if (o_.at_post && (!o_.months || !o_.each_day || !o_.back_kind.empty()))
      Contradiction({"«en_el_puesto» pide «meses» y «cada_dia», y nadie vuelve de él",
                     "'en_el_puesto' asks for 'meses' and 'cada_dia', and nobody is back from it"});
  }

  Reader& reader_;
  const toml::table& item_;
  const Specification& spec_;
  const std::vector<Occurrence>& before_;
  Occurrence o_;
  std::array<std::vector<std::size_t>, kDayKinds> days_;  // by kind: the forms given for it
};

}  // namespace

std::optional<AttributeValue> ReadValue(const toml::node& node) {
  AttributeValue value;
  if (const auto* text = node.as_string()) {
    value.name = text->get();
  } else if (const auto* flag = node.as_boolean()) {
    value.kind = AttributeValue::Kind::Boolean;
    value.number = flag->get() ? 1 : 0;
  } else if (const auto* date = node.as_date()) {
    value.kind = AttributeValue::Kind::Date;
    value.date = {date->get().year, date->get().month, date->get().day};
  } else if (const auto number = ThousandthsOf(node)) {
    value.kind = AttributeValue::Kind::Number;
    value.number = base::Rational(*number, 1000);
  } else {
    return std::nullopt;
  }
  return value;
}

std::vector<AttributeValue> ReadValues(Reader& reader, const toml::table& table) {
  std::vector<AttributeValue> values;
  for (const auto& [key, node] : table) {
    const auto value = ReadValue(node);
    if (!value) {
      const std::string name(key.str());
      reader.Error(node.source(), "población-tipo",
                   {"«" + name +
                        "» debe ser un texto, una fecha, true, false o un número de "
                        "hasta tres decimales",
                    "'" + name +
                        "' must be a text, a date, true, false or a number of up to "
                        "three decimals"});
      continue;
    }
    values.push_back(*value);
    values.back().attribute = std::string(key.str());
  }
  return values;
}

std::vector<Occurrence> LoadOccurrences(Reader& reader, const toml::table& root,
                                        const Specification& specification) {
  std::vector<Occurrence> all;
  if (!root.contains("suceso")) return all;
  for (const toml::table* item : reader.List(root, "suceso")) {
    all.push_back(OccurrenceLoader(reader, *item, specification, all).Load());
  }
  return all;
}

}  // namespace cotejo::population
