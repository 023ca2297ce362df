// tests/readme_test.cc — the README shows what is built: its code is an example's, and the settings
// page lists the settings that are checked. With PARLEY_REWRITE=1 the pages are written instead.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "golden.h"
#include "parley/annex/explain.h"
#include "parley/annex/text.h"
#include "parley/model/settings_fields.h"
#include "world.h"

namespace parley {
namespace {

std::string Slurp(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(std::string(PARLEY_SOURCE_DIR) + "/" + path).rdbuf();
  return text.str();
}

// The lines between two marks, less the two columns they are indented by.
std::string Marked(const std::string& text, std::string_view begin, std::string_view end) {
  std::istringstream lines(text);
  std::string out;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(end) != std::string::npos) inside = false;
    if (inside) out += (line.starts_with("  ") ? line.substr(2) : line) + "\n";
    if (line.find(begin) != std::string::npos) inside = true;
  }
  return out;
}

// Puts `block` between the marks of README.md, in a fence.
void Rewrite(std::string_view begin, std::string_view end, const std::string& block) {
  std::string readme = Slurp("README.md");
  const size_t from = readme.find(begin) + begin.size();
  readme.replace(from, readme.find(end) - from, "\n" + block);
  std::ofstream(std::string(PARLEY_SOURCE_DIR) + "/README.md") << readme;
}

std::string Fenced(const std::string& language, const std::string& text) {
  return "```" + language + "\n" + text + "```\n";
}

TEST(ReadmeTest, ItsCodeIsAnExampleThatRuns) {
  const std::string code = Marked(Slurp("examples/embedding.cc"), "// [readme]", "// [/readme]");
  ASSERT_GT(code.size(), 100u);
  const std::string block = Fenced("cpp", code);
  if (std::getenv("PARLEY_REWRITE") != nullptr) {
    Rewrite("<!-- embedding -->", "<!-- /embedding -->", block);
  }
  EXPECT_THAT(Slurp("README.md"), testing::HasSubstr("<!-- embedding -->\n" + block));
}

// A task that nobody takes, for one reason each.
std::string SomeExplanation() {
  World world;
  world.Do(AddWorkflow{"french", R"({"task_routing": {"filters": [{"targets": [
      {"queue": "support", "expression": "worker.level > 2", "timeout": 200},
      {"queue": "support", "priority": 5}]}]}})"});
  const AgentId ann = world.AddAvailable("ann");
  world.Do(SetAgentAttributes{ann, R"({"level":3})"});
  world.Serve(ann, "first@example.org", Medium::kChat);
  const AgentId bob = world.AddAvailable("bob");
  world.Do(SetAgentAttributes{bob, R"({"level":1})"});
  world.AddAgentNamed("cy");
  world.Do(Message{Medium::kChat, "second@example.org", "shop", 1,
                   {.workflow = world.engine().FindWorkflow("french")}});
  const TaskId task = world.Only<TaskCreated>().task;
  return ToText(*world.engine().Explain(task), world.engine());
}

TEST(ReadmeTest, ItsExplanationIsWhatTheEngineSays) {
  const std::string block = Fenced("", SomeExplanation());
  if (std::getenv("PARLEY_REWRITE") != nullptr) {
    Rewrite("<!-- explain -->", "<!-- /explain -->", block);
  }
  EXPECT_THAT(Slurp("README.md"), testing::HasSubstr("<!-- explain -->\n" + block));
}

template <class T>
std::string RangeOf(const SettingInfo& info, const T&) {
  if constexpr (std::is_same_v<T, bool>) {
    return "on, off";
  } else if constexpr (std::is_same_v<T, MediumSet>) {
    return "media, or -";
  } else if constexpr (std::is_enum_v<T>) {
    std::string out;
    for (const std::string_view name : NamesOf(T{}))
      out.append(out.empty() ? "" : ", ").append(name);
    return out;
  } else if constexpr (std::is_integral_v<T>) {
    return fmt::format("{} to {}", info.min, info.max);
  } else {
    return fmt::format("{} to {}", ToText(Duration(info.min)), ToText(Duration(info.max)));
  }
}

template <class T>
std::string DefaultOf(const T& field) {
  if constexpr (std::is_same_v<T, bool>) {
    return field ? "on" : "off";
  } else if constexpr (std::is_enum_v<T>) {
    return std::string(Name(field));
  } else if constexpr (std::is_integral_v<T>) {
    return fmt::format("{}", field);
  } else if constexpr (std::is_same_v<T, Duration>) {
    return ToText(field);
  } else if constexpr (std::is_same_v<T, MediumSet>) {
    return "-";
  } else {
    return fmt::format("{},{}", ToText(field[0]), ToText(field[1]));
  }
}

// tests/golden/settings.md is the page that the README points at.
TEST(ReadmeTest, TheSettingsPageListsEverySettingWithItsRangeAndDefault) {
  std::string page = "# Settings\n\n| setting | says | range | default |\n|---|---|---|---|\n";
  const Settings settings;
  VisitSettings(settings, [&page](const SettingInfo& info, const auto& field) {
    page += fmt::format("| `{}` | {} | {} | {} |\n", info.name, info.says, RangeOf(info, field),
                        DefaultOf(field));
  });
  EXPECT_THAT(page, MatchesGolden("settings.md"));
}

}  // namespace
}  // namespace parley
