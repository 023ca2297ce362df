// tests/source_files.h — the text of the project's own sources, for tests of how it is written.

#ifndef PARLEY_TESTS_SOURCE_FILES_H_
#define PARLEY_TESTS_SOURCE_FILES_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

namespace fs = std::filesystem;

struct SourceFile {
  std::string path;  // Relative to the source tree, with forward slashes.
  std::vector<std::string> lines;
};

inline std::vector<SourceFile> ReadFolder(const std::string& folder) {
  std::vector<SourceFile> files;
  const fs::path root(PARLEY_SOURCE_DIR);
  if (!fs::exists(root / folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cc") continue;
    auto& file = files.emplace_back();
    file.path = fs::relative(entry.path(), root).generic_string();
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) file.lines.push_back(line);
    if (file.lines.empty()) file.lines.emplace_back();
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

// Each folder is read once.
inline std::vector<SourceFile> Sources(const std::vector<std::string>& folders) {
  static std::map<std::string, std::vector<SourceFile>> read;
  std::vector<SourceFile> files;
  for (const auto& folder : folders) {
    if (!read.contains(folder)) read[folder] = ReadFolder(folder);
    files.insert(files.end(), read[folder].begin(), read[folder].end());
  }
  return files;
}

inline const std::vector<std::string> kHouse = {"include", "src"};
inline const std::vector<std::string> kEverything = {"include", "src", "tests", "bench",
                                                     "examples"};

inline std::string TextOf(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(fs::path(PARLEY_SOURCE_DIR) / path).rdbuf();
  return text.str();
}

inline size_t Count(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// What the compiler sees of a line. A // inside a string ends it too; that has not mattered yet.
inline std::string_view CodeOf(std::string_view line) { return line.substr(0, line.find("//")); }

}  // namespace parley

#endif  // PARLEY_TESTS_SOURCE_FILES_H_
