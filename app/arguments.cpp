#include "app/arguments.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "app/commands.h"
#include "model/base/source.h"

namespace cotejo::app {
namespace {

// The whole of `text` as a number; from_chars takes no sign for an unsigned one, no spaces.
template <typename Number>
std::optional<Number> Whole(const std::string& text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::string Wrong(const std::string& given, const base::Text& asked, base::Language lang) {
  return base::Text{"«" + given + "» no es " + asked.es, "'" + given + "' is not " + asked.en}.in(
      lang);
}

CLI::Validator Number(base::Text asked, std::string shown, base::Language lang,
                      std::function<bool(const std::string&)> holds) {
  CLI::Validator validator;
  validator.description(std::move(shown));
  validator.operation(
      [asked = std::move(asked), lang, holds = std::move(holds)](std::string& text) {
        return holds(text) ? std::string() : Wrong(text, asked, lang);
      });
  return validator;
}

// CLI11 keeps the type and what is asked of the value in one word, of which a label is the whole.
void TranslateType(CLI::Option& option) {
  static const std::vector<std::pair<std::string, std::string>> types = {
      {"TEXT", "TEXTO"}, {"UINT", "NÚMERO"}, {"INT", "ENTERO"}, {"FLOAT", "NÚMERO"}};
  const std::string type = option.get_type_name();
  for (const auto& [english, spanish] : types) {
    if (type == english || type.starts_with(english + ":")) option.type_name(spanish);
  }
}

// The order that was being read when the arguments failed; the program itself when none was.
const CLI::App& OrderRead(const CLI::App& app) {
  const auto orders = app.get_subcommands();
  return orders.empty() ? app : *orders.front();
}

std::vector<std::string> OptionNames(const CLI::App& order) {
  std::vector<std::string> names;
  for (const CLI::Option* option : order.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> OrderNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* order : app.get_subcommands(nullptr)) {
    names.push_back(order->get_name());
    for (const std::string& alias : order->get_aliases()) names.push_back(alias);
  }
  return names;
}

struct Complaint {
  base::Text message;
  base::Text hint{};
  std::string nearest{};  // what was meant, perhaps
};

Complaint UnknownArgument(const CLI::App& app, const std::string& argument) {
  const CLI::App& order = OrderRead(app);
  const std::string name = argument.substr(0, argument.find('='));
  if (name.starts_with("-")) {
    return {{"no hay opción «" + name + "»", "there is no option '" + name + "'"},
            {},
            base::NearestName(name, OptionNames(order))};
  }
  if (&order == &app) {
    return {{"no hay orden «" + name + "»", "there is no command '" + name + "'"},
            {},
            base::NearestName(name, OrderNames(app))};
  }
  return {
      {"el argumento «" + argument + "» sobra", "the argument '" + argument + "' is one too many"}};
}

// CLI11 puts the name of the option first, and of what follows only the words of the validators
// above are in the user's language.
Complaint Explain(const CLI::App& app, const CLI::ParseError& error, base::Language lang) {
  const std::string what = error.what();
  const std::string option = what.substr(0, what.find(':'));
  const std::vector<std::string> unknown = app.remaining(true);
  const auto code = static_cast<CLI::ExitCodes>(error.get_exit_code());
  const bool missing = code == CLI::ExitCodes::RequiredError;
  if ((missing || code == CLI::ExitCodes::ExtrasError) && !unknown.empty()) {
    return UnknownArgument(app, unknown.front());
  }
  if (missing && &OrderRead(app) == &app) return {{"falta la orden", "the command is missing"}};
  if (missing) {
    const std::string name = what.substr(0, what.rfind(" is required"));
    return {
        {"falta «" + name + "», que es obligatorio", "'" + name + "' is missing, and is required"}};
  }
  if (code == CLI::ExitCodes::ValidationError) return {{what, what}};
  if (code == CLI::ExitCodes::ConversionError) {
    const auto at = what.find(": ");
    const std::string given = at == std::string::npos ? what : what.substr(at + 2);
    return {{"«" + given + "»: el valor no es del tipo que se pide",
             "'" + given + "': the value is not of the type asked for"}};
  }
  if (code == CLI::ExitCodes::ArgumentMismatch) {
    if (what.find("received") != std::string::npos)
      return {{option + " se da más de una vez", option + " is given more than once"},
              {"deje uno solo de sus valores", "leave one of its values"}};
    return {{option + ": le falta o le sobra un valor", option + ": too few or too many values"}};
  }
  const std::string words = lang == base::Language::English ? " (" + what + ")" : "";
  return {{"argumentos inválidos", "invalid arguments" + words}};
}

}  // namespace

CLI::Validator Between(long long low, long long high, base::Language lang) {
  const std::string from = std::to_string(low), to = std::to_string(high);
  return Number({"un entero de " + from + " a " + to, "a whole number from " + from + " to " + to},
                base::Text{"de " + from + " a " + to, "from " + from + " to " + to}.in(lang), lang,
                [low, high](const std::string& text) {
                  const auto number = Whole<long long>(text);
                  return number && *number >= low && *number <= high;
                });
}

namespace {

// "" is what a script gives whose variable is empty: without its file, its list or its reading the
// order would do something else and say nothing.
CLI::Validator NotEmpty(base::Language lang) {
  CLI::Validator validator;
  validator.operation([lang](std::string& text) {
    return text.empty()
               ? base::Text{"el valor que se le da está vacío", "the value given to it is empty"}
                     .in(lang)
               : std::string();
  });
  return validator;
}

}  // namespace

CLI::Validator BetweenDecimals(double low, double high, const std::string& words,
                               base::Language lang) {
  return Number({"un número " + words + ", con punto decimal",
                 "a number " + words + ", with a decimal point"},
                words, lang, [low, high](const std::string& text) {
                  const auto number = Whole<double>(text);
                  return number && *number >= low && *number <= high;
                });
}

CLI::Validator Seed(base::Language lang) {
  return Number({"una semilla: un entero de 0 a 18446744073709551615",
                 "a seed: a whole number from 0 to 18446744073709551615"},
                "", lang,
                [](const std::string& text) { return Whole<std::uint64_t>(text).has_value(); });
}

CLI::Validator OneOf(std::vector<std::string> names, base::Language lang) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return Number({"ninguno de: " + list, "any of: " + list}, "", lang,
                [names = std::move(names)](const std::string& text) {
                  return std::find(names.begin(), names.end(), text) != names.end();
                });
}

CLI::Validator FindingName(base::Language lang) {
  return Number({"un hallazgo: sus identificadores están al pie de cada uno, en «cotejo revisar»",
                 "a finding: the identifiers are at the foot of each, in 'cotejo check'"},
                "", lang, [](const std::string& text) { return !text.empty(); });
}

void SetLabels(CLI::App& app, base::Language lang) {
  const auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(34);
  if (lang == base::Language::Spanish) {
    formatter->label("Usage", "Uso");
    formatter->label("OPTIONS", "OPCIONES");
    formatter->label("SUBCOMMAND", "ORDEN");
    formatter->label("Positionals", "Argumentos");
    formatter->label("Options", "Opciones");
    formatter->label("REQUIRED", "obligatorio");
  } else {
    formatter->label("SUBCOMMAND", "COMMAND");
    formatter->label("Positionals", "Arguments");
    formatter->label("REQUIRED", "required");
  }
  std::vector<CLI::App*> all = app.get_subcommands(nullptr);
  all.push_back(&app);
  for (CLI::App* each : all) {
    each->formatter(formatter);
    each->set_help_flag(
        "-h,--help,--ayuda",
        base::Text{"muestra esta ayuda y termina", "prints this help and exits"}.in(lang));
    each->get_help_ptr()->group(base::Text{"Opciones", "Options"}.in(lang));
    for (CLI::Option* option : each->get_options()) {
      if (!option->get_positional()) option->group(base::Text{"Opciones", "Options"}.in(lang));
      if (option->get_items_expected_max() > 0) option->check(NotEmpty(lang));
      if (lang == base::Language::Spanish) TranslateType(*option);
    }
  }
}

int ExplainArguments(const CLI::App& app, const CLI::ParseError& error, base::Language lang) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
  const Complaint complaint = Explain(app, error, lang);
  base::Text hint = {"vea «cotejo --ayuda» y «cotejo ORDEN --ayuda»",
                     "see 'cotejo --help' and 'cotejo COMMAND --help'"};
  if (!complaint.hint.empty())
    hint = {complaint.hint.es + "; " + hint.es, complaint.hint.en + "; " + hint.en};
  if (!complaint.nearest.empty()) {
    hint = {"¿quiso decir «" + complaint.nearest + "»? " + hint.es,
            "did you mean '" + complaint.nearest + "'? " + hint.en};
  }
  std::fprintf(stderr, "error: %s\n  %s\n", complaint.message.in(lang).c_str(),
               base::Text{"pista: " + hint.es, "hint: " + hint.en}.in(lang).c_str());
  return static_cast<int>(ExitStatus::BadInput);
}

}  // namespace cotejo::app
