// tests/fuzz/pack.cc — a fuzzer's folder of inputs becomes one text file (corpus.h), and back.
//
//   fuzz_pack unpack CORPUS.txt FOLDER          A file for each line.
//   fuzz_pack pack FOLDER CORPUS.txt BYTES      As many inputs as fit.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "corpus.h"

namespace {

namespace fs = std::filesystem;
using namespace parley::fuzz;

void Unpack(const std::string& corpus, const fs::path& folder) {
  fs::create_directories(folder);
  const auto inputs = ReadCorpus(corpus);
  for (size_t i = 0; i < inputs.size(); ++i) {
    const std::string name = fmt::format("{}_{:04}", fs::path(corpus).stem().string(), i);
    std::ofstream(folder / name, std::ios::binary) << inputs[i];
  }
}

// Every so-manieth of the inputs, ordered by the lengths of their lines and then by their bytes: a
// diff shows what is new, and what is left out is not all long.
void Pack(const fs::path& folder, const std::string& corpus, size_t most) {
  std::vector<std::string> lines;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    lines.push_back(ToLine(text.str()) + "\n");
  }
  std::ranges::sort(lines, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  std::string packed(most + 1, ' ');
  for (size_t stride = 1; packed.size() > most; ++stride) {
    packed.clear();
    for (size_t i = stride - 1; i < lines.size(); i += stride) packed += lines[i];
  }
  std::ofstream(corpus, std::ios::binary) << packed;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> words(argv, static_cast<size_t>(argc));
  const std::string_view what = argc > 3 ? words[1] : "";
  if (what == "unpack" && argc == 4) {
    Unpack(words[2], words[3]);
  } else if (what == "pack" && argc == 5) {
    Pack(words[2], words[3], std::stoul(words[4]));
  } else {
    std::fputs("usage: fuzz_pack unpack CORPUS.txt FOLDER | pack FOLDER CORPUS.txt BYTES\n",
               stderr);
    return 2;
  }
  return 0;
}
