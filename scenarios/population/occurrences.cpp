// Reads `[[suceso]]`: any fact of the vocabulary, how often, to whom and with what fields.
#include <cmath>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr std::int64_t kMostHalfDays = 400;
constexpr std::int64_t kMostWeight = 1'000'000;

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
  OccurrenceLoader(Reader& reader, const toml::table& item) : reader_(reader), item_(item) {}

  Occurrence Load() {
    reader_.CheckKeys(item_, {"nombre", "hecho", "por_ano", "solo", "medios_dias_fuera", "en_tramo",
                              "cada_dia", "cuenta", "formas", "al_volver"});
    o_.name = reader_.String(item_, "nombre");
    o_.kind = reader_.String(item_, "hecho");
    o_.per_year = reader_.Number(item_, "por_ano", 0, 60);
    if (item_.contains("solo")) o_.only = ReadValues(reader_, reader_.Table(item_, "solo"));
    o_.away = item_.contains("medios_dias_fuera")
                  ? LoadDiscrete(reader_, item_, "medios_dias_fuera", 0, kMostHalfDays)
                  : Discrete({{0, 0, 1, {}}});
    if (item_.contains("en_tramo")) o_.in_shift = reader_.Boolean(item_, "en_tramo");
    if (item_.contains("cada_dia")) o_.each_day = reader_.Boolean(item_, "cada_dia");
    if (item_.contains("cuenta")) o_.counted = reader_.String(item_, "cuenta");
    LoadVariants();
    if (item_.contains("al_volver")) {
      const toml::table& back = reader_.Table(item_, "al_volver");
      reader_.CheckKeys(back, {"hecho", "campos"});
      o_.back_kind = reader_.String(back, "hecho");
      if (back.contains("campos"))
        o_.back_fields = ReadValues(reader_, reader_.Table(back, "campos"));
    }
    CheckSpell();
    return std::move(o_);
  }

 private:
  void LoadVariants() {
    if (!item_.contains("formas")) {
      o_.variants.push_back({1, {}});
    } else {
      for (const toml::table* form : reader_.List(item_, "formas")) {
        reader_.CheckKeys(*form, {"peso", "campos"});
        Occurrence::Variant variant;
        variant.weight = reader_.IntegerOr(*form, "peso", 1, 1, kMostWeight);
        if (form->contains("campos"))
          variant.fields = ReadValues(reader_, reader_.Table(*form, "campos"));
        o_.variants.push_back(std::move(variant));
      }
    }
    if (o_.variants.empty()) o_.variants.push_back({1, {}});  // reported by the reader
    if (o_.variants.size() > kMostVariants) {
      reader_.Error(item_.source(), "población-suceso",
                    {"un suceso tiene hasta " + std::to_string(kMostVariants) + " formas",
                     "an event has up to " + std::to_string(kMostVariants) + " forms"});
      o_.variants.resize(kMostVariants);
    }
    std::vector<Discrete::Band> bands;
    for (std::size_t i = 0; i < o_.variants.size(); ++i) {
      const auto at = static_cast<std::int32_t>(i);
      bands.push_back({at, at, o_.variants[i].weight, {}});
    }
    o_.variant = Discrete(bands);
  }

  void CheckSpell() {
    const bool away = o_.away.largest() > 0;
    if (o_.in_shift && (o_.away.largest() > 1 || o_.each_day || !o_.back_kind.empty())) {
      reader_.Error(item_.source(), "población-suceso",
                    {"un suceso «en_tramo» ocupa un tramo y no sigue otro día",
                     "an event 'en_tramo' takes one shift and does not go on another day"});
    }
    if (!away && (o_.each_day || !o_.counted.empty() || !o_.back_kind.empty())) {
      reader_.Error(item_.source(), "población-suceso",
                    {"«cada_dia», «cuenta» y «al_volver» piden «medios_dias_fuera»",
                     "'cada_dia', 'cuenta' and 'al_volver' ask for 'medios_dias_fuera'"});
    }
  }

  Reader& reader_;
  const toml::table& item_;
  Occurrence o_;
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

std::vector<Occurrence> LoadOccurrences(Reader& reader, const toml::table& root) {
  std::vector<Occurrence> all;
  if (!root.contains("suceso")) return all;
  for (const toml::table* item : reader.List(root, "suceso")) {
    all.push_back(OccurrenceLoader(reader, *item).Load());
  }
  return all;
}

}  // namespace cotejo::population
