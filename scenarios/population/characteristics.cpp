// Reads `[[dato]]`, an attribute given to the staff in some proportion, and `[[cruce]]`, how many
// people have each pair of values of two tables.
#include <algorithm>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr std::int64_t kMostWeight = 1'000'000;
constexpr double kMostPeople = 1e7;

class CharacteristicLoader {
 public:
  CharacteristicLoader(Reader& reader, const std::vector<std::string>& groups)
      : reader_(reader), groups_(groups) {}

  Characteristic Load(const toml::table& item) {
    reader_.CheckKeys(item, {"nombre", "valores", "de_la_poblacion"});
    Characteristic c;
    c.attribute = reader_.String(item, "nombre");
    if (item.contains("de_la_poblacion")) c.own = reader_.Boolean(item, "de_la_poblacion");
    for (const toml::table* value : reader_.List(item, "valores"))
      c.values.push_back(Value(*value));
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      const bool some = std::any_of(c.values.begin(), c.values.end(),
                                    [&](const auto& value) { return value.weight[g] > 0; });
      if (some) continue;
      reader_.Error(item.source(), "población-pesos",
                    {"ningún valor de «" + c.attribute + "» tiene peso en «" + groups_[g] + "»",
                     "no value of '" + c.attribute + "' has a weight in '" + groups_[g] + "'"});
    }
    return c;
  }

 private:
  Characteristic::Value Value(const toml::table& item) {
    reader_.CheckKeys(item, {"valor", "desde", "hasta", "ninguno", "peso", "pesos", "nombre"});
    Characteristic::Value value;
    const int forms = static_cast<int>(item.contains("valor")) +
                      static_cast<int>(item.contains("desde")) +
                      static_cast<int>(item.contains("ninguno"));
    if (forms != 1) {
      Wrong(item, {"un valor es «valor», o «desde» y «hasta», o «ninguno»",
                   "a value is 'valor', or 'desde' and 'hasta', or 'ninguno'"});
    } else if (item.contains("ninguno")) {
      value.absent = reader_.Boolean(item, "ninguno");
      value.name = "ninguno";
    } else if (item.contains("valor")) {
      Single(item, value);
    } else {
      Range(item, value);
    }
    if (item.contains("nombre")) value.name = reader_.String(item, "nombre");
    Weights(item, value);
    return value;
  }

  void Wrong(const toml::table& item, base::Text message) {
    reader_.Error(item.source(), "población-dato", std::move(message));
  }

  void Single(const toml::table& item, Characteristic::Value& value) {
    const auto read = ReadValue(*item.get("valor"));
    if (!read) {
      return Wrong(item, {"«valor» debe ser un texto, una fecha, true, false o un número",
                          "'valor' must be a text, a date, true, false or a number"});
    }
    value.lowest = value.highest = *read;
    value.name = Show(*read);
  }

  // Of whole numbers or dates, both ends in.
  void Range(const toml::table& item, Characteristic::Value& value) {
    const auto low = ReadValue(*item.get("desde"));
    const auto high = item.contains("hasta") ? ReadValue(*item.get("hasta")) : std::nullopt;
    const auto whole = [](const AttributeValue& v) {
      return v.kind == AttributeValue::Kind::Date ||
             (v.kind == AttributeValue::Kind::Number && v.number.den() == 1);
    };
    if (!low || !high || low->kind != high->kind || !whole(*low) || !whole(*high) ||
        high->date < low->date || high->number < low->number) {
      return Wrong(item, {"«desde» y «hasta» son dos fechas o dos números enteros en orden",
                          "'desde' and 'hasta' are two dates or two whole numbers in order"});
    }
    value.lowest = *low;
    value.highest = *high;
    value.name = Show(*low) + " a " + Show(*high);
  }

  void Weights(const toml::table& item, Characteristic::Value& value) {
    if (item.contains("peso") == item.contains("pesos")) {
      Wrong(item, {"un valor lleva «peso», o «pesos» por grupo",
                   "a value has 'peso', or 'pesos' by group"});
      value.weight.assign(groups_.size(), 0);
      return;
    }
    if (item.contains("peso")) {
      value.weight.assign(groups_.size(), reader_.Integer(item, "peso", 0, kMostWeight));
      return;
    }
    const toml::table& weights = reader_.Table(item, "pesos");
    reader_.CheckKeys(weights, groups_);
    for (const std::string& group : groups_) {
      value.weight.push_back(reader_.IntegerOr(weights, group.c_str(), 0, 0, kMostWeight));
    }
  }

  Reader& reader_;
  const std::vector<std::string>& groups_;
};

}  // namespace

std::string Show(const AttributeValue& value) {
  switch (value.kind) {
    case AttributeValue::Kind::Name:
      return value.name;
    case AttributeValue::Kind::Boolean:
      return value.number.zero() ? "no" : "sí";
    case AttributeValue::Kind::Date:
      return value.date.str();
    case AttributeValue::Kind::Number:
      break;
  }
  return value.number.str();
}

void LoadCharacteristics(Reader& reader, const toml::table& root, Specification& specification) {
  if (!root.contains("dato")) return;
  CharacteristicLoader loader(reader, specification.population.groups);
  for (const toml::table* item : reader.List(root, "dato")) {
    specification.characteristics.push_back(loader.Load(*item));
  }
}

void LoadCrosses(Reader& reader, const toml::table& root, Specification& specification) {
  if (!root.contains("cruce")) return;
  for (const toml::table* item : reader.List(root, "cruce")) {
    reader.CheckKeys(*item, {"nombre", "de", "filas"});
    Cross cross;
    cross.where = item->source();
    cross.name = reader.String(*item, "nombre");
    const std::vector<std::string> of = reader.Strings(*item, "de");
    if (of.size() != 2 || of[0] == of[1]) {
      reader.Error(item->source(), "población-cruce",
                   {"«de» nombra dos cuadros distintos", "'de' names two different tables"});
      continue;
    }
    cross.rows = of[0];
    cross.columns = of[1];
    for (const toml::table* row : reader.List(*item, "filas")) {
      reader.CheckKeys(*row, {"valor", "personas"});
      const std::string value = reader.String(*row, "valor");
      const toml::table& people = reader.Table(*row, "personas");
      for (const auto& [key, node] : people) {
        const std::string name(key.str());
        cross.cells.emplace_back(value, name, reader.Number(people, name.c_str(), 0, kMostPeople));
      }
    }
    specification.crosses.push_back(std::move(cross));
  }
}

}  // namespace cotejo::population
