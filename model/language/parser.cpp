#include "model/language/parser.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "model/base/file.h"
#include "model/language/markdown.h"
#include "model/language/parse.h"

namespace cotejo::language {
namespace {

using base::Diagnostics;

const std::set<std::string, std::less<>>& DeclarationKeywords() {
  static const std::set<std::string, std::less<>> keywords = {
      "norma",     "usa",    "jerarquia", "enumeracion", "dato",   "hecho",  "feriados", "horario",
      "parametro", "define", "medida",    "califica",    "regla",  "escala", "lectura",  "declara",
      "remite",    "caso",   "enmienda",  "sustituye",   "agrega", "deroga", "unidad",   "exige",
      "deber",     "tutela", "peor",      "organo",      "tramite"};
  return keywords;
}

// The declaration, clause or unit that a misspelt word may have meant.
base::Text KeywordHint(const Token& token) {
  static const std::vector<std::string> words = {
      "norma",   "usa",        "jerarquía", "enumeración", "dato",        "hecho",     "feriados",
      "horario", "define",     "parámetro", "medida",      "califica",    "regla",     "escala",
      "lectura", "declara",    "remite",    "caso",        "enmienda",    "sustituye", "agrega",
      "deroga",  "cita",       "sobre",     "cuando",      "salvo",       "entonces",  "establece",
      "falta",   "bajo",       "según",     "política",    "parcial",     "con",       "vigente",
      "desde",   "hasta",      "prioridad", "dado",        "espera",      "donde",     "rango",
      "emitida", "entre",      "confianza", "excluye",     "cada",        "derivado",  "tramos",
      "para",    "sino",       "opcional",  "minutos",     "horas",       "días",      "meses",
      "años",    "veces",      "segundos",  "unidad",      "exige",       "deber",     "tutela",
      "peor",    "órgano",     "trámite",   "hito",        "vence",       "tras",      "antes",
      "externo", "obligación", "facultad",  "extintivo",   "constitutivo"};
  const std::string near = base::NearestName(token.text, words);
  if (near.empty()) return {};
  return {"¿quiso decir «" + near + "»?", "did you mean '" + near + "'?"};
}

}  // namespace

Parser::Parser(std::vector<Token> tokens, Diagnostics& diagnostics)
    : tokens_(std::move(tokens)), diagnostics_(diagnostics), errors_before_(diagnostics.errors()) {}

// ---- tokens ----------------------------------------------------------------------

const Token& Parser::Peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& Parser::Advance() {
  const Token& token = Peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool Parser::At(std::string_view keyword, std::size_t ahead) const {
  return Peek(ahead).kind == TokenKind::Name && Peek(ahead).folded == keyword;
}

bool Parser::AtSymbol(std::string_view symbol, std::size_t ahead) const {
  return Peek(ahead).kind == TokenKind::Symbol && Peek(ahead).text == symbol;
}

bool Parser::Take(std::string_view keyword) {
  if (!At(keyword)) return false;
  Advance();
  return true;
}

bool Parser::TakeOnce(std::string_view keyword, bool already) {
  if (!At(keyword)) return false;
  if (already) {
    const Token& token = Peek();
    Error("cláusula-repetida", token.span,
          {"«" + token.text + "» ya se dijo aquí", "'" + token.text + "' was already said here"},
          {"deje una sola; dos condiciones se unen con «y»",
           "leave one; two conditions are joined with 'y'"});
  }
  Advance();
  return true;
}

bool Parser::TakeSymbol(std::string_view symbol) {
  if (!AtSymbol(symbol)) return false;
  Advance();
  return true;
}

void Parser::Need(std::string_view keyword) {
  const std::string quoted = "«" + std::string(keyword) + "»";
  if (!Take(keyword)) Fail({quoted, "'" + std::string(keyword) + "'"});
}

void Parser::NeedSymbol(std::string_view symbol) {
  if (!TakeSymbol(symbol)) Fail({"«" + std::string(symbol) + "»", "'" + std::string(symbol) + "'"});
}

// A bar of a row. One that opens a line belongs to the next row.
void Parser::NeedBar() {
  if (Peek().first_on_line) Fail({"«|» en la misma línea", "'|' on the same line"});
  NeedSymbol("|");
}

Name Parser::NeedName(const base::Text& what) {
  if (!AtKind(TokenKind::Name) || AtDeclaration()) Fail(what);
  const Token& token = Advance();
  return {token.text, token.span};
}

std::string Parser::NeedString() {
  if (!AtKind(TokenKind::String)) Fail({"un texto entre comillas", "a quoted text"});
  return Advance().text;
}

Date Parser::NeedDate() {
  if (!AtKind(TokenKind::Date)) Fail({"una fecha (año-mes-día)", "a date (year-month-day)"});
  return Advance().date;
}

Citation Parser::NeedCitation() {
  if (AtKind(TokenKind::Citation)) return Advance().citation;
  if (AtKind(TokenKind::Name) && !AtDeclaration()) return {Advance().text, {}};  // a whole norm
  Fail({"una cita, por ejemplo RIP:46.III.a", "a citation, such as RIP:46.III.a"});
}

void Parser::SetCitation(Decl& decl) {
  decl.citation_span = Peek().span;
  article_ = decl.citation = NeedCitation();
}

bool Parser::TakeCitation(Decl& decl) {
  if (!Take("cita")) return false;
  SetCitation(decl);
  return true;
}

void Parser::Fail(const base::Text& expected) {
  const Token& token = Peek();
  const bool end = token.kind == TokenKind::End;
  // What is missing at the end of a line is shown there, not at the next declaration or row.
  const bool next_line = end || AtDeclaration() || (token.first_on_line && AtSymbol("|"));
  Span span = token.span;
  if (next_line && at_ > 0) {
    const Span before = tokens_[at_ - 1].span;
    span = {before.file, before.offset + before.length, 0};
  }
  Error("sintaxis", span,
        {"se esperaba " + expected.es + (end ? " y el bloque termina" : ""),
         "expected " + expected.en + (end ? " and the block ends" : "")},
        {});
}

void Parser::Error(const char* code, Span span, base::Text message, base::Text hint) {
  diagnostics_.Add(
      {code, base::Severity::Error, span, std::move(message), std::move(hint), article_});
  throw Abandoned{};
}

bool Parser::AtDeclaration() const {
  return Peek().first_on_line && AtKind(TokenKind::Name) &&
         DeclarationKeywords().contains(Peek().folded);
}

bool Parser::TooManyErrors() const { return diagnostics_.errors() - errors_before_ >= kMostErrors; }

void Parser::Recover() {
  while (!AtKind(TokenKind::End) && !AtDeclaration()) Advance();
}

Span Parser::From(const Token& first) const {
  const Span last = tokens_[at_ > 0 ? at_ - 1 : 0].span;
  Span span = first.span;
  if (last.offset >= span.offset) span.length = last.offset + last.length - span.offset;
  return span;
}

// ---- declarations ----------------------------------------------------------------

std::vector<Decl> Parser::ParseBlock() {
  std::vector<Decl> decls;
  while (!AtKind(TokenKind::End)) {
    if (TooManyErrors()) break;
    article_ = {};
    depth_ = 0;
    operators_ = 0;
    const std::size_t start = at_;
    try {
      decls.push_back(ParseDecl());
      if (!AtKind(TokenKind::End) && !AtDeclaration()) FailAfter();
    } catch (const Abandoned&) {
      if (at_ == start) Advance();
      Recover();
    }
  }
  return decls;
}

// What stands where a declaration could have gone on, or the next one begun.
void Parser::FailAfter() {
  const Token& token = Peek();
  if (token.first_on_line && token.kind == TokenKind::Name) {
    article_ = {};
    ParseDecl();  // says what it is not
  }
  base::Text hint = token.kind == TokenKind::Name ? KeywordHint(token) : base::Text{};
  if (hint.empty()) {
    hint = {"las declaraciones empiezan en su propia línea con una palabra clave",
            "declarations begin on their own line with a keyword"};
  }
  Error("sintaxis", token.span,
        {"«" + token.text + "» no sigue a lo anterior",
         "'" + token.text + "' does not follow what comes before"},
        hint);
}

Decl Parser::ParseDecl() {
  if (!AtKind(TokenKind::Name) || !DeclarationKeywords().contains(Peek().folded)) {
    Error("declaración-desconocida", Peek().span,
          {"«" + Peek().text + "» no abre ninguna declaración",
           "'" + Peek().text + "' opens no declaration"},
          KeywordHint(Peek()));
  }
  const Token keyword = Advance();
  Decl decl = ParseBody(keyword);
  decl.span = From(keyword);
  return decl;
}

Decl Parser::ParseBody(const Token& keyword) {
  using Method = void (Parser::*)(Decl&);
  struct Entry {
    Decl::Kind kind;
    Method method;
  };
  static const std::map<std::string, Entry, std::less<>> table = {
      {"norma", {Decl::Kind::Norm, &Parser::ParseNorm}},
      {"enmienda", {Decl::Kind::Norm, &Parser::ParseAmendment}},
      {"jerarquia", {Decl::Kind::Hierarchy, &Parser::ParseHierarchy}},
      {"enumeracion", {Decl::Kind::Enumeration, &Parser::ParseEnumeration}},
      {"dato", {Decl::Kind::Attribute, &Parser::ParseAttribute}},
      {"hecho", {Decl::Kind::FactKind, &Parser::ParseFactKind}},
      {"feriados", {Decl::Kind::HolidayScope, &Parser::ParseHolidays}},
      {"horario", {Decl::Kind::Schedule, &Parser::ParseSchedule}},
      {"parametro", {Decl::Kind::Parameter, &Parser::ParseParameter}},
      {"define", {Decl::Kind::Definition, &Parser::ParseDefinition}},
      {"medida", {Decl::Kind::Measure, &Parser::ParseMeasure}},
      {"califica", {Decl::Kind::Qualification, &Parser::ParseQualification}},
      {"regla", {Decl::Kind::Rule, &Parser::ParseRule}},
      {"escala", {Decl::Kind::Scale, &Parser::ParseScale}},
      {"lectura", {Decl::Kind::Reading, &Parser::ParseReading}},
      {"declara", {Decl::Kind::Declare, &Parser::ParseStatement}},
      {"remite", {Decl::Kind::Refer, &Parser::ParseStatement}},
      {"deber", {Decl::Kind::Duty, &Parser::ParseStatement}},
      {"unidad", {Decl::Kind::LeastUnit, &Parser::ParseLeastUnit}},
      {"exige", {Decl::Kind::ProcessRequirement, &Parser::ParseProcessRequirement}},
      {"tutela", {Decl::Kind::Safeguard, &Parser::ParseSafeguard}},
      {"peor", {Decl::Kind::WorseChoice, &Parser::ParseWorseChoice}},
      {"organo", {Decl::Kind::Organ, &Parser::ParseOrgan}},
      {"tramite", {Decl::Kind::Procedure, &Parser::ParseProcedure}},
      {"caso", {Decl::Kind::Case, &Parser::ParseCase}},
      {"sustituye", {Decl::Kind::Replace, &Parser::ParseEdit}},
      {"agrega", {Decl::Kind::Add, &Parser::ParseEdit}},
      {"deroga", {Decl::Kind::Repeal, &Parser::ParseEdit}},
  };
  Decl decl;
  if (keyword.folded == "usa") {
    decl.kind = Decl::Kind::Use;
    decl.name.span = Peek().span;
    decl.text = NeedString();
    return decl;
  }
  const Entry& entry = table.find(keyword.folded)->second;
  decl.kind = entry.kind;
  (this->*entry.method)(decl);
  return decl;
}

bool Parser::ParseValidity(Decl& decl) {
  if (!TakeOnce("vigente", decl.from.has_value())) return false;
  Need("desde");
  decl.from = NeedDate();
  if (!Take("hasta")) return true;
  const Token& until = Peek();
  decl.to = NeedDate();
  if (*decl.to < *decl.from) {
    Error("vigencia-invertida", until.span,
          {"la vigencia termina antes de empezar", "the validity ends before it begins"}, {});
  }
  return true;
}

void Parser::ParseNorm(Decl& decl) {
  decl.name = NeedName({"el nombre de la norma", "the name of the norm"});
  decl.text = NeedString();
  for (;;) {
    if (TakeOnce("rango", decl.rank.has_value())) {
      decl.rank = NeedName({"un rango", "a rank"});
    } else if (TakeOnce("emitida", decl.issued.has_value())) {
      decl.issued = NeedDate();
    } else if (TakeOnce("confianza", decl.confidence.has_value())) {
      decl.confidence = NeedName({"una confianza", "a confidence"});
    } else if (!ParseValidity(decl)) {
      return;
    }
  }
}

void Parser::ParseAmendment(Decl& decl) {
  decl.name = NeedName({"el nombre de la enmienda", "the name of the amendment"});
  decl.text = NeedString();
  Need("sobre");
  decl.amends = NeedName({"la norma que se enmienda", "the norm it amends"});
  ParseValidity(decl);
}

void Parser::ParseEdit(Decl& decl) {
  if (decl.kind == Decl::Kind::Repeal) {
    if (AtKind(TokenKind::Citation)) {
      decl.name.span = Peek().span;
      decl.refer_to = Advance().citation;
    } else {
      decl.name = NeedName({"una cita o un nombre", "a citation or a name"});
    }
    return;
  }
  const bool nested = At("sustituye") || At("agrega") || At("deroga") || At("enmienda");
  if (nested || At("usa")) {
    Error("edición-inválida", Peek().span,
          {"una enmienda no edita «" + Peek().text + "»",
           "an amendment does not edit '" + Peek().text + "'"},
          {"tras «sustituye» o «agrega» va una declaración de la norma",
           "after 'sustituye' or 'agrega' comes a declaration of the norm"});
  }
  decl.edit = std::make_unique<Decl>(ParseDecl());
}

void Parser::ParseHierarchy(Decl& decl) {
  do decl.names.push_back(NeedName({"un rango", "a rank"}));
  while (TakeSymbol(">"));
}

void Parser::ParseEnumeration(Decl& decl) {
  decl.name = NeedName({"el nombre de la enumeración", "the name of the enumeration"});
  NeedSymbol("=");
  do {
    if (AtKind(TokenKind::Citation)) {
      const Token& token = Advance();
      decl.names.push_back({token.text, token.span});
    } else {
      decl.names.push_back(NeedName({"un valor", "a value"}));
    }
  } while (TakeSymbol(","));
}

FieldDecl Parser::ParseField() {
  FieldDecl field;
  field.name = NeedName({"el nombre de un campo", "the name of a field"});
  NeedSymbol(":");
  field.type = NeedName({"un tipo", "a type"});
  field.optional = Take("opcional");
  if (TakeSymbol("=")) field.initial = ParseSum();
  for (;;) {
    if (TakeOnce("entre", field.low != nullptr)) {
      field.low = ParseSum();
      Need("y");
      field.high = ParseSum();
    } else if (At("en") && At("pasos", 1)) {
      Advance();
      Advance();
      Need("de");
      field.step = ParseSum();
    } else {
      return field;
    }
  }
}

void Parser::ParseAttribute(Decl& decl) {
  decl.fields.push_back(ParseField());
  decl.name = decl.fields.front().name;
  decl.constitutive = Take("constitutivo");
}

void Parser::ParseFactKind(Decl& decl) {
  decl.name = NeedName({"el nombre del hecho", "the name of the fact"});
  while (!(At("en") && AtSymbol(":", 1))) {
    if (Take("derivado")) {
      decl.derived = true;
    } else if (Take("extintivo")) {
      decl.extinctive = true;
    } else if (Take("en")) {
      decl.placement = NeedName({"«día» o «tramo»", "'día' or 'tramo'"});
    } else if (Take("excluye")) {
      do decl.excludes.push_back(NeedName({"el nombre de un hecho", "the name of a fact"}));
      while (TakeSymbol(","));
    } else if (Take("cada")) {
      decl.periodicity = NeedName({"«año», «gestión» o «mes»", "'año', 'gestión' or 'mes'"});
      if (Take("desde"))
        decl.periodic_from = NeedName({"un dato de tipo fecha", "an attribute of type date"});
      if (Take("mas")) decl.periodic_plus = ParseSum();
    } else {
      break;
    }
  }
  while (AtKind(TokenKind::Name) && AtSymbol(":", 1)) decl.fields.push_back(ParseField());
}

void Parser::ParseHolidays(Decl& decl) {
  decl.name.span = Peek().span;
  decl.text = NeedString();
  if (Take("segun")) decl.of = NeedName({"un dato enumerado", "an enumeration attribute"});
}

void Parser::ParseSchedule(Decl& decl) {
  decl.name = NeedName({"el nombre del horario", "the name of the schedule"});
  TakeCitation(decl);
  Need("tramos");
  do {
    ExprPtr entry = ParseSum();
    Need("a");
    decl.shifts.emplace_back(std::move(entry), ParseSum());
  } while (TakeSymbol(","));
  if (Take("para")) decl.guard = ParseExpr();
  ParseValidity(decl);
}

void Parser::ParseParameter(Decl& decl) {
  decl.name = NeedName({"el nombre del parámetro", "the name of the parameter"});
  TakeCitation(decl);
  if (TakeSymbol("=")) {
    decl.values.push_back({std::nullopt, ParseSum()});
    return;
  }
  do {
    Need("desde");
    const Date from = NeedDate();
    NeedSymbol("=");
    decl.values.push_back({from, ParseSum()});
  } while (TakeSymbol(","));
}

void Parser::ParseDefinition(Decl& decl) {
  decl.name = NeedName({"el nombre de la definición", "the name of the definition"});
  Need("de");
  decl.of = NeedName({"un hecho o «persona»", "a fact or 'persona'"});
  TakeCitation(decl);
  NeedSymbol("=");
  decl.expr = ParseExpr();
}

void Parser::ParseReading(Decl& decl) {
  decl.name = NeedName({"el nombre de la lectura", "the name of the reading"});
  if (TakeCitation(decl)) {
    while (TakeSymbol(",")) {
      const Citation more = NeedCitation();
      decl.names.push_back({more.str(), {}});
    }
  }
  while (AtKind(TokenKind::Name) && (AtSymbol(":", 1) || AtSymbol("(", 1))) {
    ReadingOptionDecl option;
    option.name = NeedName({"una opción", "an option"});
    if (TakeSymbol("(")) {
      Need("supuesta");
      NeedSymbol(")");
      option.assumed = true;
    }
    NeedSymbol(":");
    option.description = NeedString();
    decl.options.push_back(std::move(option));
  }
}

void Parser::ParseStatement(Decl& decl) {
  decl.name.span = Peek().span;
  SetCitation(decl);
  if (decl.kind == Decl::Kind::Refer) {
    Need("a");
    decl.refer_to = NeedCitation();
  }
  decl.text = NeedString();
}

// ---- files -----------------------------------------------------------------------

namespace {

// A block that opens with bare ``` and begins with a declaration would be taken for prose.
void CheckUnnamed(const base::SourceMap& sources, base::FileId file, const UnnamedBlock& block,
                  Diagnostics& diagnostics) {
  Diagnostics ignored;
  std::vector<Token> tokens = Lex(sources, file, block.inner.begin, block.inner.end, ignored);
  const Token first = tokens.front();
  if (first.kind != TokenKind::Name || !DeclarationKeywords().contains(first.folded)) return;
  const std::vector<Decl> decls = Parser(std::move(tokens), ignored).ParseBlock();
  if (decls.empty() || decls.front().span.offset != first.span.offset) return;
  diagnostics.Add({"bloque-sin-palabra",
                   base::Severity::Error,
                   block.opening,
                   {"este bloque se escribe como una norma y no se lee, porque no dice que lo sea",
                    "this block is written as a norm and is not read: it does not say it is one"},
                   {"ábralo con ```norma; si es un ejemplo, con ```text",
                    "open it with ```norma; if it is an example, with ```text"},
                   {}});
}

}  // namespace

NormFile Parse(const base::SourceMap& sources, base::FileId file, Diagnostics& diagnostics) {
  NormFile parsed;
  parsed.file = file;
  const std::size_t errors_before = diagnostics.errors();
  Outline outline = ReadOutline(sources, file, diagnostics);
  parsed.provisions = std::move(outline.provisions);
  if (!outline.blocks.empty()) {
    for (const UnnamedBlock& block : outline.unnamed)
      CheckUnnamed(sources, file, block, diagnostics);
  }
  for (const Block& block : outline.blocks) {
    Parser parser(Lex(sources, file, block.begin, block.end, diagnostics), diagnostics);
    for (Decl& decl : parser.ParseBlock()) parsed.decls.push_back(std::move(decl));
    if (diagnostics.errors() - errors_before < kMostErrors) continue;
    diagnostics.Add(
        {"demasiados-errores",
         base::Severity::Error,
         {file, block.end, 0},
         {"el archivo tiene demasiados errores y no se sigue leyendo",
          "the file has too many errors and is not read further"},
         {"corrija los primeros y vuelva a probar", "mend the first ones and try again"},
         {}});
    break;
  }
  if (outline.blocks.empty() && diagnostics.errors() == errors_before) {
    diagnostics.Add({"sin-normas",
                     base::Severity::Error,
                     {file, 0, 0},
                     {"el archivo no tiene ningún bloque «norma»", "the file has no 'norma' block"},
                     {"¿es un archivo de normas? los bloques se abren con ```norma",
                      "is it a norm file? blocks open with ```norma"},
                     {}});
  }
  return parsed;
}

namespace {

namespace fs = std::filesystem;

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// What a folder gives: its norm files, and those whose name says they were to be one.
struct Folder {
  std::vector<std::string> files;
  std::vector<std::string> misnamed;
};

Folder FilesOf(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {{path}, {}};
  Folder folder;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    const std::string name = entry.path().string();
    if (EndsWith(name, ".enmienda.norma.md")) continue;
    if (EndsWith(name, ".norma.md")) {
      folder.files.push_back(name);
      continue;
    }
    // "45.norma.md.txt", as an editor leaves it; a copy kept aside ends in "~" or ".bak".
    const std::string folded = base::Fold(name);
    if (EndsWith(folded, ".norma.md") || EndsWith(folded, ".norma.md.txt") ||
        EndsWith(folded, ".norma.txt") || EndsWith(folded, ".norma"))
      folder.misnamed.push_back(name);
  }
  std::sort(folder.files.begin(), folder.files.end());
  std::sort(folder.misnamed.begin(), folder.misnamed.end());
  return folder;
}

std::string Canonical(const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? path : canonical.string();
}

class Loader {
 public:
  Loader(base::SourceMap& sources, Diagnostics& diagnostics)
      : sources_(sources), diagnostics_(diagnostics) {}

  void Load(const std::string& path, Span asked_at) {
    const auto [files, misnamed] = FilesOf(path);
    for (const std::string& name : misnamed) {
      diagnostics_.Add({"archivo-sin-leer",
                        base::Severity::Warning,
                        asked_at,
                        {"«" + name + "» no se lee: su nombre no termina en .norma.md",
                         "\"" + name + "\" is not read: its name does not end in .norma.md"},
                        {"cámbiele el nombre; si no es de la regulación, sáquelo de la carpeta",
                         "rename it; if it is not of the regulation, take it out of the folder"},
                        {}});
    }
    if (files.empty()) {
      diagnostics_.Add({"carpeta-vacía",
                        base::Severity::Error,
                        asked_at,
                        {"la carpeta " + path + " no tiene archivos .norma.md",
                         "the folder " + path + " has no .norma.md files"},
                        {},
                        {}});
    }
    for (const std::string& file : files) LoadFile(file, asked_at);
  }

  std::vector<NormFile> Take() { return std::move(files_); }

 private:
  void LoadFile(const std::string& path, Span asked_at) {
    if (!seen_.insert(Canonical(path)).second) return;
    Diagnostics reading;
    const auto content = base::ReadTextFile(path, reading);
    for (base::Diagnostic diagnostic : reading.all()) {
      diagnostic.span = asked_at;
      if (asked_at.file.valid() && diagnostic.code == "archivo-inexistente") {
        diagnostic.hint = {"revise la ruta; es relativa a este archivo",
                           "check the path; it is relative to this file"};
      }
      diagnostics_.Add(std::move(diagnostic));
    }
    if (!content) return;
    const base::FileId id = sources_.Add(path, *content);
    NormFile file = Parse(sources_, id, diagnostics_);
    const fs::path folder = fs::path(path).parent_path();
    std::vector<std::pair<std::string, Span>> uses;
    for (const Decl& decl : file.decls) {
      if (decl.kind == Decl::Kind::Use)
        uses.emplace_back((folder / decl.text).lexically_normal().string(), decl.name.span);
    }
    files_.push_back(std::move(file));
    for (const auto& [used, span] : uses) Load(used, span);
  }

  base::SourceMap& sources_;
  Diagnostics& diagnostics_;
  std::vector<NormFile> files_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<NormFile> Load(base::SourceMap& sources, const std::string& path,
                           Diagnostics& diagnostics) {
  Loader loader(sources, diagnostics);
  loader.Load(path, {});
  return loader.Take();
}

}  // namespace cotejo::language
