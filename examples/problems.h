// examples/problems.h — what is wrong with a file: collected by kind, told with line numbers.
//
// A file that was recorded is as it is. Nothing that is wrong with a row stops a program; it is
// counted, and the first few of each kind are shown.

#ifndef PARLEY_EXAMPLES_PROBLEMS_H_
#define PARLEY_EXAMPLES_PROBLEMS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace parley::examples {

class Problems {
 public:
  static constexpr size_t kShown = 10;  // Of each kind.

  void Add(std::string_view kind, size_t line, std::string_view what) {
    Kind& found = Find(kind);
    ++found.count;
    if (found.count <= kShown) found.first.push_back(fmt::format("line {}: {}", line, what));
  }

  size_t Count(std::string_view kind) const {
    for (const Kind& known : kinds_) {
      if (known.name == kind) return known.count;
    }
    return 0;
  }

  // All of them, one line each, those of one kind together; empty if there are none.
  std::string ToText() const {
    std::string text;
    for (const Kind& kind : kinds_) {
      text += fmt::format("  {}: {}\n", kind.name, kind.count);
      for (const std::string& line : kind.first) text += fmt::format("    {}\n", line);
      if (kind.count > kShown) text += fmt::format("    and {} more\n", kind.count - kShown);
    }
    return text;
  }

 private:
  struct Kind {
    std::string name;
    size_t count = 0;
    std::vector<std::string> first;
  };

  Kind& Find(std::string_view name) {
    for (Kind& known : kinds_) {
      if (known.name == name) return known;
    }
    return kinds_.emplace_back(Kind{std::string(name), 0, {}});
  }

  std::vector<Kind> kinds_;  // As they were met.
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_PROBLEMS_H_
