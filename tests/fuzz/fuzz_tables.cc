// tests/fuzz/fuzz_tables.cc — the examples' logs: each row of any file is used, or told as a
// problem, and playing what was used loses nothing.

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "../../examples/call_desk.h"
#include "../../examples/care_desk.h"
#include "targets.h"

namespace parley::fuzz {
namespace {

// A file of this process, written anew for each input.
class InputFile {
 public:
  InputFile()
      : path_(std::filesystem::temp_directory_path() / fmt::format("parley_tables_{}", getpid())) {}
  ~InputFile() { std::filesystem::remove(path_); }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  std::string With(std::string_view text) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << text;
    return path_;
  }

 private:
  std::filesystem::path path_;
};

size_t CountRows(const examples::Problems& problems) {
  size_t count = 0;
  for (const std::string_view kind :
       {"wrong number of columns", "quote not closed", "same as an earlier row", "bad date",
        "unknown role", "bad name", "company changes", "unknown outcome", "unknown priority",
        "bad type", "bad server", "bad time"}) {
    count += problems.Count(kind);
  }
  return count;
}

std::string WrongCare(const std::string& path) {
  examples::Problems problems;
  const auto log = examples::ReadCareLog(path, problems);
  if (!log.ok()) return {};
  if (log->messages.size() + CountRows(problems) != log->rows_in_file) return "rows are missing";
  examples::CareDesk desk(*log, 0);
  desk.Run();
  if (!desk.report().NothingIsLost(desk.engine())) return "a message is lost";
  return desk.engine().Audit().ok() ? std::string() : desk.engine().Audit().ToString();
}

std::string WrongCalls(const std::string& path) {
  const auto log = examples::ReadCallLog(path);
  if (!log.ok()) return {};
  const size_t used = log->calls.size() + log->phantoms + log->gone_before_queue;
  if (used + CountRows(log->unusable) != log->rows_in_file) return "rows are missing";
  examples::CallDesk desk(*log);
  desk.Run();
  if (!desk.report().NothingIsLost(desk.engine())) return "a call is lost";
  return desk.engine().Audit().ok() ? std::string() : desk.engine().Audit().ToString();
}

}  // namespace

std::string TryTables(std::string_view input) {
  static const InputFile file;
  const std::string path = file.With(input);
  std::string problem = WrongCare(path);
  return problem.empty() ? WrongCalls(path) : problem;
}

}  // namespace parley::fuzz
