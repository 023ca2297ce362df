// tests/fuzz/corpus.h — inputs of a fuzzer as a text file: one a line, printable bytes as they are,
// others as \xHH, \n or \\. Lines that begin with "# " say what the next is about.
//
//   for (const std::string& input : fuzz::ReadCorpus(path)) ...

#ifndef PARLEY_TESTS_FUZZ_CORPUS_H_
#define PARLEY_TESTS_FUZZ_CORPUS_H_

#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace parley::fuzz {

inline std::string ToLine(std::string_view input) {
  std::string line;
  for (const char c : input) {
    if (c == '\n') {
      line += "\\n";
    } else if (c == '\\') {
      line += "\\\\";
    } else if (c < ' ' || c > '~' || (c == '#' && line.empty())) {
      line += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      line += c;
    }
  }
  return line;
}

// Nothing if it is not written as above.
inline std::optional<std::string> FromLine(std::string_view line) {
  std::string input;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\') {
      input += line[i];
      continue;
    }
    const std::string_view rest = line.substr(i + 1);
    unsigned byte = 0;
    if (rest.starts_with("n") || rest.starts_with("\\")) {
      input += rest[0] == 'n' ? '\n' : '\\';
      i += 1;
    } else if (rest.size() >= 3 && rest[0] == 'x' &&
               std::from_chars(rest.data() + 1, rest.data() + 3, byte, 16).ptr == rest.data() + 3) {
      input += static_cast<char>(byte);
      i += 3;
    } else {
      return std::nullopt;
    }
  }
  return input;
}

// The inputs of a file; none if there is no such file. A line that is not written as above stands
// as it is.
inline std::vector<std::string> ReadCorpus(const std::string& path) {
  std::vector<std::string> inputs;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("# ")) inputs.push_back(FromLine(line).value_or(line));
  }
  return inputs;
}

}  // namespace parley::fuzz

#endif  // PARLEY_TESTS_FUZZ_CORPUS_H_
