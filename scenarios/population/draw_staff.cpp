#include <algorithm>
#include <numeric>

#include "scenarios/population/philox.h"
#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

// What each draw about a person decides; part of the key, so never renumber.
enum Decision : std::uint32_t { kPayOrder = 1, kHired, kService, kOpening, kClass };

class Staff {
 public:
  explicit Staff(Specification& specification)
      : spec_(specification), population_(specification.population) {}

  void Draw() {
    for (std::size_t group = 0; group < population_.groups.size(); ++group) DrawGroup(group);
    base::Rational total;
    for (const base::Rational pay : pays_) total += pay;
    if (!pays_.empty())
      population_.mean_pay = total / base::Rational(static_cast<std::int64_t>(pays_.size()));
    AssignFixed();
  }

 private:
  Block Keyed(std::size_t person, Decision decision) const {
    return population::Draw(spec_.seed, 0, static_cast<std::uint32_t>(person), 0, decision);
  }

  // Pay levels in an order drawn for the group, so that pay does not follow the office.
  std::vector<base::Rational> PayOrder(std::size_t group) const {
    std::vector<base::Rational> levels;
    for (const PayLevel& level : spec_.pay[group])
      levels.insert(levels.end(), static_cast<std::size_t>(level.posts), level.amount);
    for (std::size_t i = levels.size(); i > 1; --i) {
      const Block block = Keyed(i, static_cast<Decision>(kPayOrder + 16 * (group + 1)));
      std::swap(levels[i - 1], levels[Below(block[0], static_cast<std::uint32_t>(i))]);
    }
    return levels;
  }

  void DrawGroup(std::size_t group) {
    const std::vector<base::Rational> pay = PayOrder(group);
    std::size_t next = 0;
    for (const Office& office : spec_.offices) {
      for (std::int64_t i = 0; i < office.posts[group]; ++i) AddPerson(group, office, pay[next++]);
    }
  }

  void AddPerson(std::size_t group, const Office& office, base::Rational pay) {
    const std::size_t index = population_.staff.size();
    Person person;
    const std::string number = std::to_string(index + 1);
    person.id = "P" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
    person.group = population_.groups[group];
    const AttributeNames& names = spec_.attributes;
    Name(person, names.group, person.group);
    Name(person, names.office, office.name);
    Name(person, names.department, office.department);
    Number(person, names.pay, pay);
    const base::Date hired = HiredOn(group, Keyed(index, kHired));
    Date(person, names.hired, hired);
    PreviousService(person, hired, Keyed(index, kService));
    person.opening_half_days = Opening(group, hired, Keyed(index, kOpening)[0]);
    person.behaviour = ClassOf(Keyed(index, kClass)[0]);
    offices_.push_back(office.name);
    pays_.push_back(pay);
    population_.staff.push_back(std::move(person));
  }

  static void Name(Person& person, const std::string& attribute, const std::string& name) {
    person.attributes.push_back({attribute, AttributeValue::Kind::Name, name, {}, {}});
  }
  static void Number(Person& person, const std::string& attribute, base::Rational number) {
    person.attributes.push_back({attribute, AttributeValue::Kind::Number, {}, number, {}});
  }
  static void Date(Person& person, const std::string& attribute, base::Date date) {
    person.attributes.push_back({attribute, AttributeValue::Kind::Date, {}, {}, date});
  }

  template <typename Bands>
  static std::size_t Pick(const Bands& bands, std::uint32_t draw) {
    std::int64_t total = 0;
    for (const auto& band : bands) total += band.weight;
    std::int64_t at = Below(draw, static_cast<std::uint32_t>(total));
    for (std::size_t i = 0; i < bands.size(); ++i) {
      at -= bands[i].weight;
      if (at < 0) return i;
    }
    return bands.size() - 1;
  }

  static base::Date Between(base::Date from, base::Date to, std::uint32_t draw) {
    const auto days = static_cast<std::uint32_t>(to.days() - from.days() + 1);
    return from.plus_days(static_cast<std::int32_t>(Below(draw, days)));
  }

  base::Date HiredOn(std::size_t group, const Block& block) const {
    const std::vector<DateBand>& bands = spec_.hired[group];
    const DateBand& band = bands[Pick(bands, block[0])];
    return Between(band.from, band.to, block[1]);
  }

  void PreviousService(Person& person, base::Date hired, const Block& block) const {
    const ServiceBand& band = spec_.service[Pick(spec_.service, block[0])];
    const auto width = static_cast<std::uint32_t>(band.to - band.from + 1);
    Number(person, spec_.attributes.previous_service, band.from + Below(block[1], width));
    if (!band.certificate.hit(block[2])) return;
    const base::Date from = std::max(hired, spec_.certificate_from);
    Date(person, spec_.attributes.certificate,
         Between(from, std::max(from, spec_.certificate_to), block[3]));
  }

  std::int32_t Opening(std::size_t group, base::Date hired, std::uint32_t draw) const {
    if (!spec_.opening_groups[group]) return 0;
    const auto years =
        static_cast<std::int32_t>(base::YearsBetween(hired, population_.opening_date).floor());
    for (const OpeningBand& band : spec_.opening) {
      if (years < band.years_from || years > band.years_to) continue;
      return band.low + static_cast<std::int32_t>(
                            Below(draw, static_cast<std::uint32_t>(band.high - band.low + 1)));
    }
    return 0;
  }

  std::size_t ClassOf(std::uint32_t draw) const { return Pick(population_.classes, draw); }

  void AssignFixed() {
    for (const FixedAttribute& fixed : spec_.fixed) {
      std::int64_t left = fixed.count;
      for (std::size_t i = 0; i < population_.staff.size() && left > 0; ++i) {
        if (offices_[i] != fixed.office) continue;
        population_.staff[i].attributes.push_back(fixed.value);
        --left;
      }
    }
  }

  Specification& spec_;
  Population& population_;
  std::vector<std::string> offices_;  // by person
  std::vector<base::Rational> pays_;
};

}  // namespace

void DrawStaff(Specification& specification) { Staff(specification).Draw(); }

}  // namespace cotejo::population
