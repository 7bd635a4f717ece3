#include <algorithm>
#include <numeric>
#include <optional>

#include "scenarios/population/column_builder.h"
#include "scenarios/population/fitting.h"
#include "scenarios/population/philox.h"
#include "scenarios/population/specification.h"
#include "scenarios/population/traits.h"

namespace cotejo::population {
namespace {

// What each draw about a person decides; part of the key, so never renumber.
enum Decision : std::uint32_t { kHired = 2, kService, kOpening, kTraitWords, kCharacteristic = 64 };

AttributeValue Named(std::string name) {
  return {{}, AttributeValue::Kind::Name, std::move(name), {}, {}};
}
AttributeValue Counted(base::Rational number) {
  return {{}, AttributeValue::Kind::Number, {}, number, {}};
}
AttributeValue Dated(base::Date date) { return {{}, AttributeValue::Kind::Date, {}, {}, date}; }

base::Date Between(base::Date from, base::Date to, std::uint32_t draw) {
  const auto days = static_cast<std::uint32_t>(to.days() - from.days() + 1);
  return from.plus_days(static_cast<std::int32_t>(Below(draw, days)));
}

class StaffDraw {
 public:
  StaffDraw(Specification& specification, Reader& reader, const toml::table& root)
      : spec_(specification), population_(specification.population), reader_(reader), root_(root) {}

  void Draw() {
    AskForTables();
    AskForCharacteristics();
    AskForCrosses();
    FittingOptions options;
    options.seed = spec_.seed;
    // Some profiles for each person, but not more than tell one table from another.
    options.pool =
        static_cast<std::size_t>(std::clamp<std::int64_t>(16 * spec_.total, 4096, 32768));
    const Fitted fitted = Fit(margins_, static_cast<std::size_t>(spec_.total), options);
    for (const base::Text& fault : fitted.faults) {
      reader_.Error(root_.source(), "población-cuadros", fault);
    }
    if (!fitted.faults.empty()) return;
    Realise(fitted);
    AssignFixed();
    Keep();
    AddTraits(population_, [&](std::size_t person) { return Keyed(person, kTraitWords); });
  }

 private:
  // ---- the tables, as margins

  std::size_t AddVariable(std::string name, std::vector<std::string> categories) {
    margins_.variables.push_back({std::move(name), std::move(categories)});
    return margins_.variables.size() - 1;
  }

  // People by group and category of one variable: weights within each group.
  void AskByGroup(const std::string& table, std::size_t variable,
                  const std::vector<std::vector<std::int64_t>>& weights) {
    Margin margin{table, {group_, variable}, {}};
    for (std::size_t g = 0; g < weights.size(); ++g) {
      const double sum = static_cast<double>(
          std::accumulate(weights[g].begin(), weights[g].end(), std::int64_t{0}));
      for (const std::int64_t weight : weights[g]) {
        margin.people.push_back(sum > 0 ? static_cast<double>(spec_.group_sizes[g]) *
                                              static_cast<double>(weight) / sum
                                        : 0);
      }
    }
    margins_.margins.push_back(std::move(margin));
  }

  // One list for each group, joined: what one group does not have, it has nobody of.
  template <typename Item, typename NameOf, typename WeightOf>
  std::size_t AskLists(const std::string& table, const std::vector<std::vector<Item>>& lists,
                       NameOf name_of, WeightOf weight_of) {
    std::vector<std::string> names;
    for (const auto& list : lists) {
      for (const Item& item : list) names.push_back(name_of(item));
    }
    std::vector<std::vector<std::int64_t>> weights(lists.size(),
                                                   std::vector<std::int64_t>(names.size(), 0));
    std::size_t first = 0;
    for (std::size_t g = 0; g < lists.size(); ++g) {
      for (std::size_t i = 0; i < lists[g].size(); ++i)
        weights[g][first + i] = weight_of(lists[g][i]);
      first += lists[g].size();
    }
    const std::size_t variable = AddVariable(table, std::move(names));
    AskByGroup(table, variable, weights);
    return variable;
  }

  void AskForTables() {
    group_ = AddVariable(spec_.attributes.group, population_.groups);
    std::vector<std::string> offices;
    std::vector<std::vector<std::int64_t>> posts(population_.groups.size());
    for (const Office& office : spec_.offices) {
      offices.push_back(office.name);
      for (std::size_t g = 0; g < posts.size(); ++g) posts[g].push_back(office.posts[g]);
    }
    office_ = AddVariable(spec_.attributes.office, std::move(offices));
    AskByGroup("oficinas", office_, posts);
    pay_ = AskLists(
        "remuneracion", spec_.pay, [](const PayLevel& l) { return l.amount.str(); },
        [](const PayLevel& l) { return l.posts; });
    hired_ = AskLists(
        "ingreso", spec_.hired, [](const DateBand& b) { return b.from.str() + " a " + b.to.str(); },
        [](const DateBand& b) { return b.weight; });
    AskForService();
    std::vector<std::string> classes;
    std::vector<std::int64_t> weights;
    for (const BehaviourClass& c : population_.classes) {
      classes.push_back(c.name);
      weights.push_back(c.weight);
    }
    class_ = AddVariable("clase", std::move(classes));
    AskByGroup("clase", class_, std::vector(population_.groups.size(), weights));
  }

  // Each band twice: without a certificate and with it.
  void AskForService() {
    std::vector<std::string> names;
    std::vector<std::int64_t> weights;
    for (const ServiceBand& band : spec_.service) {
      const std::string years = std::to_string(band.from) + " a " + std::to_string(band.to);
      names.push_back(years);
      names.push_back(years + ", con certificado");
      // In parts of 2^32, as the chance is; the weights stay well below 2^31.
      const auto with = static_cast<std::int64_t>(band.certificate.below >> 12);
      constexpr std::int64_t kWhole = std::int64_t{1} << 20;
      weights.push_back(band.weight * (kWhole - with));
      weights.push_back(band.weight * with);
    }
    service_ = AddVariable("servicio_previo", std::move(names));
    AskByGroup("servicio_previo", service_, std::vector(population_.groups.size(), weights));
  }

  void AskForCharacteristics() {
    for (const Characteristic& c : spec_.characteristics) {
      std::vector<std::string> names;
      std::vector<std::vector<std::int64_t>> weights(population_.groups.size());
      for (const Characteristic::Value& value : c.values) {
        names.push_back(value.name);
        for (std::size_t g = 0; g < weights.size(); ++g) weights[g].push_back(value.weight[g]);
      }
      characteristics_.push_back(AddVariable(c.attribute, std::move(names)));
      AskByGroup("dato «" + c.attribute + "»", characteristics_.back(), weights);
    }
  }

  // Nothing, with an error, for a name that is not of a table.
  std::optional<std::size_t> FindVariable(const Cross& cross, const std::string& name) {
    for (std::size_t v = 0; v < margins_.variables.size(); ++v) {
      if (margins_.variables[v].name == name) return v;
    }
    reader_.Error(cross.where, "población-cruce",
                  {"«" + name + "» no es un cuadro ni un dato de este archivo",
                   "'" + name + "' is not a table or an attribute of this file"});
    return std::nullopt;
  }

  std::optional<std::size_t> FindCategory(const Cross& cross, std::size_t variable,
                                          const std::string& name) {
    const auto& categories = margins_.variables[variable].categories;
    const auto found = std::find(categories.begin(), categories.end(), name);
    if (found != categories.end()) return static_cast<std::size_t>(found - categories.begin());
    reader_.Error(cross.where, "población-cruce",
                  {"«" + name + "» no es un valor de «" + margins_.variables[variable].name + "»",
                   "'" + name + "' is not a value of '" + margins_.variables[variable].name + "'"});
    return std::nullopt;
  }

  void AskForCrosses() {
    for (const Cross& cross : spec_.crosses) {
      const auto row = FindVariable(cross, cross.rows);
      const auto column = FindVariable(cross, cross.columns);
      if (!row || !column) continue;
      const std::size_t width = margins_.variables[*column].categories.size();
      Margin margin{cross.name, {*row, *column}, {}};
      margin.people.assign(margins_.variables[*row].categories.size() * width, 0);
      for (const auto& [a, b, people] : cross.cells) {
        const auto first = FindCategory(cross, *row, a);
        const auto second = FindCategory(cross, *column, b);
        if (first && second) margin.people[*first * width + *second] += people;
      }
      margins_.margins.push_back(std::move(margin));
    }
  }

  // ---- people

  Block Keyed(std::size_t person, std::uint32_t decision) const {
    return population::Draw(spec_.seed, 0, static_cast<std::uint32_t>(person), 0, decision);
  }

  void Realise(const Fitted& fitted) {
    const AttributeNames& names = spec_.attributes;
    for (const std::string& name : {names.group, names.office, names.department, names.pay,
                                    names.hired, names.previous_service, names.certificate}) {
      builders_.emplace_back(name);
    }
    for (const Characteristic& c : spec_.characteristics) {
      builders_.emplace_back(c.attribute);
      // What happens to those who have a value may be said of one that nobody has.
      for (const Characteristic::Value& value : c.values) {
        if (c.own && !value.absent && Show(value.lowest) == Show(value.highest))
          builders_.back().Know(value.lowest);
      }
    }
    base::Rational pay;
    for (std::size_t person = 0; person < fitted.size(); ++person) pay += AddPerson(person, fitted);
    population_.mean_pay = pay / base::Rational(static_cast<std::int64_t>(fitted.size()));
  }

  // Which of a group's own list a position in the joined one is.
  template <typename Item>
  static const Item& ItemOf(const std::vector<std::vector<Item>>& lists, std::size_t position) {
    std::size_t g = 0;
    while (position >= lists[g].size()) position -= lists[g++].size();
    return lists[g][position];
  }

  // The person's pay.
  base::Rational AddPerson(std::size_t person, const Fitted& fitted) {
    Staff& staff = population_.staff;
    const std::size_t group = fitted.at(person, group_);
    const Office& office = spec_.offices[fitted.at(person, office_)];
    const base::Rational pay = ItemOf(spec_.pay, fitted.at(person, pay_)).amount;
    const DateBand& band = ItemOf(spec_.hired, fitted.at(person, hired_));
    const base::Date hired = Between(band.from, band.to, Keyed(person, kHired)[1]);
    builders_[0].Add(Named(population_.groups[group]));
    builders_[1].Add(Named(office.name));
    builders_[2].Add(Named(office.department));
    builders_[3].Add(Counted(pay));
    builders_[4].Add(Dated(hired));
    AddService(fitted.at(person, service_), hired, Keyed(person, kService));
    for (std::size_t c = 0; c < characteristics_.size(); ++c) {
      const auto draw = Keyed(person, kCharacteristic + static_cast<std::uint32_t>(c));
      AddCharacteristic(c, fitted.at(person, characteristics_[c]), draw[0]);
    }
    staff.group.push_back(static_cast<std::uint16_t>(group));
    staff.behaviour.push_back(fitted.at(person, class_));
    staff.opening_half_days.push_back(static_cast<std::int16_t>(
        OpeningHalfDays(spec_, group, hired, Keyed(person, kOpening)[0])));
    offices_.push_back(fitted.at(person, office_));
    return pay;
  }

  void AddService(std::size_t category, base::Date hired, const Block& block) {
    const ServiceBand& band = spec_.service[category / 2];
    const auto width = static_cast<std::uint32_t>(band.to - band.from + 1);
    builders_[5].Add(Counted(band.from + static_cast<std::int32_t>(Below(block[1], width))));
    if (category % 2 == 0) return builders_[6].AddNone();
    const base::Date from = std::max(hired, spec_.certificate_from);
    builders_[6].Add(Dated(Between(from, std::max(from, spec_.certificate_to), block[3])));
  }

  void AddCharacteristic(std::size_t c, std::size_t category, std::uint32_t draw) {
    ColumnBuilder& column = builders_[kOfEveryStaff + c];
    const Characteristic::Value& value = spec_.characteristics[c].values[category];
    if (value.absent) return column.AddNone();
    AttributeValue drawn = value.lowest;
    if (drawn.kind == AttributeValue::Kind::Date) {
      drawn.date = Between(value.lowest.date, value.highest.date, draw);
    } else if (drawn.kind == AttributeValue::Kind::Number) {
      const base::Rational width = value.highest.number - value.lowest.number;
      drawn.number +=
          static_cast<std::int64_t>(Below(draw, static_cast<std::uint32_t>(width.floor()) + 1));
    }
    column.Add(drawn);
  }

  // The first people of an office; as many as the total asks for in proportion.
  void AssignFixed() {
    for (const FixedAttribute& fixed : spec_.fixed) {
      ColumnBuilder& column = FixedColumn(fixed.value.attribute);
      std::int64_t left = FixedCount(spec_, fixed, spec_.total);
      for (std::size_t i = 0; i < offices_.size() && left > 0; ++i) {
        if (spec_.offices[offices_[i]].name != fixed.office) continue;
        column.Replace(i, fixed.value);
        --left;
      }
    }
  }

  ColumnBuilder& FixedColumn(const std::string& attribute) {
    for (auto& [name, column] : fixed_) {
      if (name == attribute) return column;
    }
    fixed_.emplace_back(attribute, ColumnBuilder(attribute));
    for (std::size_t i = 0; i < offices_.size(); ++i) fixed_.back().second.AddNone();
    return fixed_.back().second;
  }

  void Keep() {
    Staff& staff = population_.staff;
    for (std::size_t b = 0; b < builders_.size(); ++b) {
      const bool own = b >= kOfEveryStaff && spec_.characteristics[b - kOfEveryStaff].own;
      (own ? staff.own : staff.columns).push_back(builders_[b].Take());
    }
    for (auto& [name, builder] : fixed_) staff.columns.push_back(builder.Take());
  }

  Specification& spec_;
  Population& population_;
  Reader& reader_;
  const toml::table& root_;
  Margins margins_;
  std::size_t group_ = 0, office_ = 0, pay_ = 0, hired_ = 0, service_ = 0, class_ = 0;
  std::vector<std::size_t> characteristics_;       // variables
  static constexpr std::size_t kOfEveryStaff = 7;  // columns; then characteristics
  std::vector<ColumnBuilder> builders_;
  std::vector<std::pair<std::string, ColumnBuilder>> fixed_;
  std::vector<std::uint16_t> offices_;  // by person
};

}  // namespace

std::string PersonId(const Staff& staff, std::size_t person) {
  if (!staff.persons.empty()) return staff.persons[person];
  const std::string number = std::to_string(person + 1);
  return "P" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

std::int32_t OpeningHalfDays(const Specification& specification, std::size_t group,
                             base::Date hired, std::uint32_t draw) {
  if (!specification.opening_groups[group]) return 0;
  const base::Date at = specification.population.opening_date;
  if (hired > at) return 0;
  const auto years = static_cast<std::int32_t>(base::YearsBetween(hired, at).floor());
  for (const OpeningBand& band : specification.opening) {
    if (years < band.years_from || years > band.years_to) continue;
    return band.low + static_cast<std::int32_t>(
                          Below(draw, static_cast<std::uint32_t>(band.high - band.low + 1)));
  }
  return 0;
}

std::int64_t FixedCount(const Specification& specification, const FixedAttribute& fixed,
                        std::int64_t people) {
  const std::int64_t declared =
      std::max<std::int64_t>(std::accumulate(specification.group_sizes.begin(),
                                             specification.group_sizes.end(), std::int64_t{0}),
                             1);
  return (fixed.count * people + declared / 2) / declared;
}

void DrawStaff(Specification& specification, Reader& reader, const toml::table& root) {
  StaffDraw(specification, reader, root).Draw();
}

}  // namespace cotejo::population
