// tests/temporary_file.h — a file with a given text, gone at the end of the test.

#ifndef PARLEY_TESTS_TEMPORARY_FILE_H_
#define PARLEY_TESTS_TEMPORARY_FILE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace parley {

class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view text) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = testing::TempDir();
    path_.append("/parley_").append(test->test_suite_name()).append(".").append(test->name());
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace parley

#endif  // PARLEY_TESTS_TEMPORARY_FILE_H_
