#include "app/files.h"

#include <filesystem>

namespace cotejo::app {
namespace {

namespace fs = std::filesystem;

struct Named {
  base::Text what;
  std::string path;
};

std::vector<Named> Outputs(const Options& options) {
  std::vector<Named> all = {
      {{"--salida", "--output"}, options.output},
      {{"--guardar-hechos", "--keep-facts"}, options.keep_facts},
      {{"--sarif", "--sarif"}, options.sarif},
      {{"--reanudar", "--resume"}, options.resume},
  };
  for (const std::string& report : options.reports)
    all.push_back({{"--informe", "--report"}, report});
  return all;
}

std::vector<Named> Inputs(const Options& options) {
  std::vector<Named> all = {
      {{"la población", "the population"}, options.population},
      {{"la lista de personal", "the staff list"}, options.staff},
      {{"los hechos", "the facts"}, options.facts},
      {{"los datos de las personas", "the persons' attributes"}, options.persons},
      {{"los hechos guardados", "the kept facts"}, options.kept},
      {{"la llave", "the key"}, options.key},
      {{"el informe anterior", "the earlier report"}, options.since},
      {{"las supresiones", "the suppressions"}, options.suppressions},
      {{"las ausencias autorizadas", "the authorised absences"}, options.authorised},
  };
  for (const std::string& path : options.amendments)
    all.push_back({{"una enmienda", "an amendment"}, path});
  for (const std::string& path : options.clocks)
    all.push_back({{"las marcaciones", "the clock records"}, path});
  std::error_code error;
  if (!fs::is_directory(options.regulation, error)) {
    all.push_back({{"la regulación", "the regulation"}, options.regulation});
    return all;
  }
  for (const auto& entry : fs::recursive_directory_iterator(options.regulation, error)) {
    if (entry.is_regular_file(error))
      all.push_back({{"la regulación", "the regulation"}, entry.path().string()});
  }
  return all;
}

// By whatever name, there already or not.
bool SameFile(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  std::error_code error;
  if (fs::exists(a, error) && fs::exists(b, error))
    return !fs::is_directory(a, error) && fs::equivalent(a, b, error);
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

// A result takes the place of what has its name: a device would be gone for every program.
bool IsDevice(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

bool KeepFilesApart(Session& session, const Options& options) {
  const auto refuse = [&](const Named& output, const Named& other) {
    const std::string path = "«" + output.path + "»";
    session.diagnostics.Add(
        {"archivo-repetido",
         base::Severity::Error,
         {},
         {output.what.es + " es el mismo archivo que " + other.what.es + ": " + path,
          output.what.en + " is the same file as " + other.what.en + ": '" + output.path + "'"},
         {"dé otro nombre a " + output.what.es + ": lo que hay en ese archivo se perdería",
          "give " + output.what.en + " another name: what is in that file would be lost"},
         {}});
  };
  const std::vector<Named> outputs = Outputs(options);
  const std::vector<Named> inputs = Inputs(options);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (IsDevice(outputs[i].path)) {
      session.diagnostics.Add({"no-se-puede-escribir",
                               base::Severity::Error,
                               {},
                               {outputs[i].what.es + " no es un archivo: «" + outputs[i].path + "»",
                                outputs[i].what.en + " is not a file: '" + outputs[i].path + "'"},
                               {"dé el nombre de un archivo", "give the name of a file"},
                               {}});
    }
    for (const Named& input : inputs) {
      if (SameFile(outputs[i].path, input.path)) refuse(outputs[i], input);
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (SameFile(outputs[i].path, outputs[j].path)) refuse(outputs[i], outputs[j]);
    }
  }
  const bool apart = !session.diagnostics.has_errors();
  PrintDiagnostics(session);
  return apart;
}

}  // namespace cotejo::app
