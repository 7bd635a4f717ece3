// The command line in words: CLI11 speaks English only, so what it asks of a value, its labels
// and its errors are said here.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "model/base/text.h"

namespace cotejo::app {

// A whole number in [low, high], both included.
CLI::Validator Between(long long low, long long high, base::Language lang);

// A number in [low, high], the bounds as they are to be read.
CLI::Validator BetweenDecimals(double low, double high, const std::string& words,
                               base::Language lang);

// A seed: CLI11 alone would take −1, or what does not fit, for the largest one.
CLI::Validator Seed(base::Language lang);

CLI::Validator OneOf(std::vector<std::string> names, base::Language lang);

// The identifier of a finding: any text but none.
CLI::Validator FindingName(base::Language lang);

// Labels, usage and help of the program and its orders; after all of them have been added.
void SetLabels(CLI::App& app, base::Language lang);

// Prints what is wrong with the arguments, or the help that was asked for; gives the status.
int ExplainArguments(const CLI::App& app, const CLI::ParseError& error, base::Language lang);

}  // namespace cotejo::app
