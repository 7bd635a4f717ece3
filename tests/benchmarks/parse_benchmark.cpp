// Reading the regulation: from files to a Ruleset, and a generated norm of many rules.
#include <benchmark/benchmark.h>

#include <string>

#include "model/language/parse.h"
#include "model/rules/families.h"
#include "model/rules/resolve.h"

namespace cotejo {
namespace {

void BM_LoadRip(benchmark::State& state) {
  const std::string folder = std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025";
  for (auto _ : state) {
    base::SourceMap sources;
    base::Diagnostics diagnostics;
    auto regulation = rules::LoadRegulation(sources, folder, {}, diagnostics);
    if (!regulation.rules) state.SkipWithError("the regulation does not load");
    benchmark::DoNotOptimize(regulation);
  }
}
BENCHMARK(BM_LoadRip)->Unit(benchmark::kMillisecond);

std::string ManyRules(std::int64_t count) {
  std::string text =
      "```norma\njerarquía ley\nnorma N \"generada\" rango ley\nhecho falta\n  horas: veces\n";
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    text += "regla r" + n + " cita N:" + n + " sobre falta cuando horas entre " + n + " y " + n +
            " + 3 entonces descuento 1/2 día\n";
  }
  return text + "```\n";
}

void BM_ParseAndResolveRules(benchmark::State& state) {
  const std::string text = ManyRules(state.range(0));
  for (auto _ : state) {
    base::SourceMap sources;
    base::Diagnostics diagnostics;
    const base::FileId file = sources.Add("generada.norma.md", text);
    std::vector<language::NormFile> files;
    files.push_back(language::Parse(sources, file, diagnostics));
    auto rules = rules::Resolve(sources, rules::BuildProgram(sources, files), {}, diagnostics);
    if (!rules) state.SkipWithError("the generated norm does not resolve");
    benchmark::DoNotOptimize(rules);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_ParseAndResolveRules)->Arg(100)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cotejo
