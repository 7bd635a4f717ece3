// Real people in the place of those drawn; each takes what the list does not say of him from one
// of those drawn, so that what the tables tie stays tied (hot-deck imputation).
#include <algorithm>
#include <map>
#include <set>

#include "scenarios/population/column_builder.h"
#include "scenarios/population/philox.h"
#include "scenarios/population/staff_list.h"
#include "scenarios/population/traits.h"

namespace cotejo::population {
namespace {

using Kind = AttributeValue::Kind;

// Parts of the key, as those of draw_staff.cpp: never renumber.
enum Decision : std::uint32_t { kDeck = 32, kListedOpening, kListedTraits, kListedOffice };

// The digits of a pseudonym are as good as a draw: what is decided about a person does not
// depend on who else is in the list.
std::uint32_t KeyOfPerson(const std::string& pseudonym) {
  const std::size_t digits = pseudonym.find_last_not_of("0123456789abcdef") + 1;
  return static_cast<std::uint32_t>(std::stoul(pseudonym.substr(digits, 8), nullptr, 16));
}

class ListedStaff {
 public:
  ListedStaff(Specification& specification, const StaffList& list)
      : spec_(specification), list_(list), drawn_(std::move(specification.population.staff)) {
    for (const Column& column : list.columns) listed_[column.attribute] = &column;
    for (const Column& column : drawn_.columns) donors_[column.attribute] = &column;
    for (const Column& column : drawn_.own) donors_[column.attribute] = &column;
    FindTies();
  }

  void Take() {
    ChooseDonors();
    Staff& staff = spec_.population.staff = {};
    staff.persons = list_.persons;
    for (const Column& column : drawn_.columns)
      staff.columns.push_back(Fill(column, ColumnBuilder(column.attribute)));
    for (const Column& column : drawn_.own) {
      ColumnBuilder builder(column.attribute);
      for (const AttributeValue& value : column.values) builder.Know(value);
      staff.own.push_back(Fill(column, std::move(builder)));
    }
    for (const Column& column : list_.columns) {
      if (!donors_.contains(column.attribute) && column.attribute != kOpeningField)
        staff.columns.push_back(TakeExtra(column));
    }
    TakeGroups();
    TakeOpening();
    AddTraits(spec_.population, [&](std::size_t person) {
      return Draw(spec_.seed, 0, KeyOfPerson(list_.persons[person]), 0, kListedTraits);
    });
    Tell({"comportamiento", "behaviour"}, 0, 0, list_.persons.size());
    base::Rational pay;
    const Column& amounts = *staff.Find(spec_.attributes.pay);
    for (const std::int32_t of : amounts.of) pay += amounts.values[At(of)].number;
    spec_.population.mean_pay = pay / base::Rational(static_cast<std::int64_t>(amounts.of.size()));
  }

 private:
  static std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

  // What the list says of somebody; kUnknown where it has no such column.
  std::int32_t Listed(const std::string& attribute, std::size_t person) const {
    const auto found = listed_.find(attribute);
    return found == listed_.end() ? kUnknown : found->second->of[person];
  }
  const AttributeValue& ListedValue(const std::string& attribute, std::int32_t of) const {
    return listed_.at(attribute)->values[At(of)];
  }

  // ---- who a person takes the rest from

  // The group, on which every table hangs, the department that offices are drawn in, and what a
  // `[[cruce]]` ties to something else.
  void FindTies() {
    ties_.push_back(spec_.attributes.group);
    if (AsksForOffices()) ties_.push_back(spec_.attributes.department);
    std::set<std::string> crossed;
    for (const Cross& cross : spec_.crosses) crossed.insert({cross.rows, cross.columns});
    for (const std::string& attribute : crossed) {
      const auto column = donors_.find(attribute);
      if (column == donors_.end() || !listed_.contains(attribute) ||
          std::find(ties_.begin(), ties_.end(), attribute) != ties_.end())
        continue;
      const auto& values = column->second->values;
      if (!values.empty() &&
          (values.front().kind == Kind::Name || values.front().kind == Kind::Boolean))
        ties_.push_back(attribute);
    }
  }

  // The list puts somebody in a department, and not in an office.
  bool AsksForOffices() const {
    for (std::size_t person = 0; person < list_.persons.size(); ++person) {
      if (Listed(spec_.attributes.department, person) >= 0 &&
          Listed(spec_.attributes.office, person) == kUnknown)
        return true;
    }
    return false;
  }

  // A shuffled pile of people drawn; it is gone through before anybody is taken twice.
  struct Deck {
    std::vector<std::size_t> people;
    std::size_t next = 0;
  };

  // What is known of a person of the first `count` ties.
  std::string ProfileOf(std::size_t person, std::size_t count) const {
    std::string profile;
    for (std::size_t t = 0; t < count; ++t) {
      const std::int32_t of = Listed(ties_[t], person);
      profile += of >= 0 ? Show(ListedValue(ties_[t], of)) : of == kHasNone ? "\x01" : "\x02";
      profile += '\n';
    }
    return profile;
  }

  bool Fits(std::size_t donor, std::size_t person, std::size_t count) const {
    for (std::size_t t = 0; t < count; ++t) {
      const std::int32_t known = Listed(ties_[t], person);
      if (known == kUnknown) continue;
      const Column& column = *donors_.at(ties_[t]);
      const std::int32_t of = column.of[donor];
      if ((of < 0) != (known < 0)) return false;
      if (of >= 0 && Show(column.values[At(of)]) != Show(ListedValue(ties_[t], known)))
        return false;
    }
    return true;
  }

  Deck& DeckOf(std::size_t person, std::size_t count) {
    const auto [place, added] = decks_.try_emplace(ProfileOf(person, count));
    Deck& deck = place->second;
    if (!added) return deck;
    for (std::size_t donor = 0; donor < drawn_.size(); ++donor) {
      if (Fits(donor, person, count)) deck.people.push_back(donor);
    }
    const auto which = static_cast<std::uint32_t>(decks_.size());
    for (std::size_t i = deck.people.size(); i > 1; --i) {
      const Block block = Draw(spec_.seed, 0, which, static_cast<std::uint32_t>(i), kDeck);
      std::swap(deck.people[i - 1], deck.people[Below(block[0], static_cast<std::uint32_t>(i))]);
    }
    return deck;
  }

  // With fewer ties when nobody drawn has them all; without any, everybody fits.
  void ChooseDonors() {
    for (std::size_t person = 0; person < list_.persons.size(); ++person) {
      std::size_t count = ties_.size();
      while (count > 0 && DeckOf(person, count).people.empty()) --count;
      Deck& deck = DeckOf(person, count);
      donor_of_.push_back(deck.people[deck.next]);
      deck.next = (deck.next + 1) % deck.people.size();
    }
  }

  // ---- columns

  Column Fill(const Column& drawn, ColumnBuilder builder) {
    std::size_t from_list = 0;
    std::size_t derived = 0;
    const bool fixed = IsFixed(drawn.attribute);
    for (std::size_t person = 0; person < list_.persons.size(); ++person) {
      const std::int32_t of = Listed(drawn.attribute, person);
      if (of >= 0) builder.Add(ListedValue(drawn.attribute, of));
      if (of == kHasNone) builder.AddNone();
      if (of != kUnknown) {
        ++from_list;
      } else if (const std::string* department = DepartmentOf(drawn.attribute, person)) {
        builder.Add({{}, Kind::Name, *department, {}, {}});
        ++derived;
      } else if (fixed) {
        builder.AddNone();
      } else {
        AddDrawn(builder, drawn, person);
      }
    }
    Column column = builder.Take();
    if (fixed) column = GiveFixed(std::move(column));
    Tell({"«" + drawn.attribute + "»", "'" + drawn.attribute + "'"}, from_list, derived,
         list_.persons.size() - from_list - derived);
    return column;
  }

  // Whoever is in an office is in its department, when the list gives the office.
  const std::string* DepartmentOf(const std::string& attribute, std::size_t person) const {
    if (attribute != spec_.attributes.department) return nullptr;
    const std::int32_t of = Listed(spec_.attributes.office, person);
    if (of < 0) return nullptr;
    const std::string& name = ListedValue(spec_.attributes.office, of).name;
    for (const Office& office : spec_.offices) {
      if (office.name == name) return &office.department;
    }
    return nullptr;
  }

  void AddDrawn(ColumnBuilder& builder, const Column& drawn, std::size_t person) const {
    const std::int32_t of = drawn.of[donor_of_[person]];
    if (of < 0) return builder.AddNone();
    AttributeValue value = drawn.values[At(of)];
    // Nobody hands a certificate in before being there.
    if (drawn.attribute == spec_.attributes.certificate)
      value.date = std::max(value.date, HiredOf(person));
    if (drawn.attribute == spec_.attributes.office) value.name = OfficeOf(person, value.name);
    builder.Add(value);
  }

  // That of the donor unless the list gives a department, and it is not one of its offices: nobody
  // drawn of the same group was there.
  std::string OfficeOf(std::size_t person, const std::string& drawn) const {
    const std::int32_t of = Listed(spec_.attributes.department, person);
    if (of < 0) return drawn;
    const std::string& department = ListedValue(spec_.attributes.department, of).name;
    std::vector<std::string> offices;
    for (const Office& office : spec_.offices) {
      if (office.department == department) offices.push_back(office.name);
    }
    if (offices.empty() || std::find(offices.begin(), offices.end(), drawn) != offices.end())
      return drawn;
    const Block block = Draw(spec_.seed, 0, KeyOfPerson(list_.persons[person]), 0, kListedOffice);
    return offices[Below(block[0], static_cast<std::uint32_t>(offices.size()))];
  }

  base::Date HiredOf(std::size_t person) const {
    const std::string& name = spec_.attributes.hired;
    const std::int32_t of = Listed(name, person);
    if (of >= 0) return ListedValue(name, of).date;
    const Column& column = *donors_.at(name);
    return column.values[At(column.of[donor_of_[person]])].date;
  }

  bool IsFixed(const std::string& attribute) const {
    return std::any_of(spec_.fixed.begin(), spec_.fixed.end(),
                       [&](const auto& fixed) { return fixed.value.attribute == attribute; });
  }

  // As for a staff drawn: the first people of the office, those of whom the list says nothing.
  Column GiveFixed(Column column) const {
    ColumnBuilder builder(column.attribute);
    for (const std::int32_t of : column.of) {
      if (of < 0) builder.AddNone();
      if (of >= 0) builder.Add(column.values[At(of)]);
    }
    const Column& offices = *spec_.population.staff.Find(spec_.attributes.office);
    for (const FixedAttribute& fixed : spec_.fixed) {
      if (fixed.value.attribute != column.attribute) continue;
      const auto people = static_cast<std::int64_t>(list_.persons.size());
      std::int64_t left = FixedCount(spec_, fixed, people);
      for (std::size_t i = 0; i < list_.persons.size() && left > 0; ++i) {
        if (Listed(column.attribute, i) != kUnknown || offices.of[i] < 0 ||
            offices.values[At(offices.of[i])].name != fixed.office)
          continue;
        builder.Replace(i, fixed.value);
        --left;
      }
    }
    return builder.Take();
  }

  // Of a vocabulary's attribute that the file does not mention: where it is not given, nothing is
  // known, and the vocabulary's own initial value holds.
  Column TakeExtra(const Column& listed) {
    Column column = listed;
    std::size_t known = 0;
    for (std::int32_t& of : column.of) {
      known += of != kUnknown ? 1 : 0;
      of = std::max(of, -1);
    }
    const std::string total = std::to_string(list_.persons.size());
    base::Text line = {"«" + listed.attribute + "»: de la lista, " + std::to_string(known) +
                           " de " + total + " personas",
                       "'" + listed.attribute + "': from the list, " + std::to_string(known) +
                           " of " + total + " people"};
    if (known < list_.persons.size()) {
      line.es += "; en las demás, el valor inicial del vocabulario";
      line.en += "; for the others, the vocabulary's initial value";
    }
    spec_.population.listed.push_back(std::move(line));
    return column;
  }

  void TakeGroups() {
    const std::vector<std::string>& groups = spec_.population.groups;
    Staff& staff = spec_.population.staff;
    const Column& column = *staff.Find(spec_.attributes.group);
    for (std::size_t person = 0; person < list_.persons.size(); ++person) {
      const auto found =
          std::find(groups.begin(), groups.end(), column.values[At(column.of[person])].name);
      staff.group.push_back(static_cast<std::uint16_t>(found - groups.begin()));
      staff.behaviour.push_back(drawn_.behaviour[donor_of_[person]]);
    }
  }

  void TakeOpening() {
    Staff& staff = spec_.population.staff;
    std::size_t from_list = 0;
    for (std::size_t person = 0; person < list_.persons.size(); ++person) {
      const std::int32_t of = Listed(kOpeningField, person);
      std::int64_t half_days = 0;
      if (of >= 0) {
        half_days = (ListedValue(kOpeningField, of).number * base::Rational(2)).floor();
        ++from_list;
      } else {
        const std::uint32_t key = KeyOfPerson(list_.persons[person]);
        half_days = OpeningHalfDays(spec_, staff.group[person], HiredOf(person),
                                    Draw(spec_.seed, 0, key, 0, kListedOpening)[0]);
      }
      staff.opening_half_days.push_back(static_cast<std::int16_t>(half_days));
    }
    Tell({"saldo inicial de vacaciones", "opening vacation balance"}, from_list, 0,
         list_.persons.size() - from_list);
  }

  void Tell(const base::Text& what, std::size_t from_list, std::size_t derived, std::size_t drawn) {
    base::Text line = {what.es + ": ", what.en + ": "};
    const auto add = [&](std::size_t count, const base::Text& how) {
      if (count == 0) return;
      const bool first = line.es.ends_with(": ");
      line.es += (first ? "" : "; ") + how.es + ", " + std::to_string(count);
      line.en += (first ? "" : "; ") + how.en + ", " + std::to_string(count);
    };
    add(from_list, {"de la lista", "from the list"});
    add(derived, {"de su oficina", "from the office"});
    add(drawn, {"sintético", "synthetic"});
    const std::string total = std::to_string(list_.persons.size());
    line.es += " (de " + total + " personas)";
    line.en += " (of " + total + " people)";
    spec_.population.listed.push_back(std::move(line));
  }

  Specification& spec_;
  const StaffList& list_;
  const Staff drawn_;
  std::map<std::string, const Column*> listed_;  // by attribute
  std::map<std::string, const Column*> donors_;
  std::vector<std::string> ties_;
  std::map<std::string, Deck> decks_;
  std::vector<std::size_t> donor_of_;  // by person
};

}  // namespace

void TakeListed(Specification& specification, const StaffList& list) {
  ListedStaff(specification, list).Take();
}

}  // namespace cotejo::population
