// examples/table_file.h — reads a CSV or TSV file: a header that names the columns, then rows.
//
// Columns are found by their names, in whatever order they stand; others are not looked at. The
// header says what separates: tabs if it has one, else commas. In comma files a cell may stand in
// double quotes, with "" for one of them. Lines end with LF or CRLF.
//
// Errors     A file that cannot be read, or lacks a column, is a status. A row that does not fit
//            is a problem with its line number, and left out.

#ifndef PARLEY_EXAMPLES_TABLE_FILE_H_
#define PARLEY_EXAMPLES_TABLE_FILE_H_

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "problems.h"

namespace parley::examples {

struct TableRow {
  size_t line = 0;  // In the file, from 1.
  std::vector<std::string> cells;
};

struct Table {
  size_t rows_in_file = 0;
  std::vector<TableRow> rows;  // Those that fit; cells in the order in which they were asked for.
};

// The file, with these columns. Problems: "wrong number of columns", "quote not closed",
// "same as an earlier row". Fails with kNotFound or kInvalidArgument.
inline absl::StatusOr<Table> ReadTable(const std::string& path,
                                       std::span<const std::string_view> columns,
                                       Problems& problems);

// The whole text as a number in its range, or nothing.
inline std::optional<int64_t> ToNumber(std::string_view text, int64_t min, int64_t max) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number < min || number > max ? std::nullopt : std::optional(number);
}

// UTF-8 without control characters: what may be in a name.
inline bool IsPlain(std::string_view text);

// The text as it can be shown: one line, not too long.
inline std::string Shown(std::string_view text) {
  constexpr size_t kLongest = 60;
  std::string shown(text.substr(0, kLongest));
  std::ranges::replace_if(
      shown, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }, '?');
  return fmt::format("\"{}{}\"", shown, text.size() > kLongest ? "..." : "");
}

// ---- Only definitions below ------------------------------------------------------------------

namespace internal {

// The first character of the text as its number, and it is removed; nothing if it is not UTF-8.
inline std::optional<uint32_t> TakeCharacter(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if ((first >= 0x80 && first < 0xC0) || first >= 0xF8 || text.size() < size) return std::nullopt;
  uint32_t number = size == 1 ? first : first & (0x7Fu >> size);
  for (const char c : text.substr(1, size - 1)) {
    if ((c & 0xC0) != 0x80) return std::nullopt;
    number = number << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
  }
  text.remove_prefix(size);
  constexpr std::array<uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = number >= 0xD800 && number < 0xE000;
  if (number < kLeast[size] || number > 0x10FFFF || surrogate) return std::nullopt;
  return number;
}

inline absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return absl::NotFoundError(fmt::format("{}: there is no such file", path));
  }
  std::ifstream in(path, std::ios::binary);
  if (std::filesystem::is_directory(path, error) || !in) {
    return absl::NotFoundError(fmt::format("{}: cannot be read as a file", path));
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

inline std::vector<std::string_view> Lines(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// One cell from the front of the line, its separator included; nothing if its quote is not closed.
inline std::optional<std::string> TakeCell(std::string_view& line, char separator) {
  std::string cell;
  const bool quoted = separator == ',' && line.starts_with('"');
  bool open = quoted;
  size_t i = quoted ? 1 : 0;
  for (; i < line.size() && (open || line[i] != separator); ++i) {
    const bool quote = quoted && line[i] == '"';
    if (!quote) {
      cell += line[i];
    } else if (open && line.substr(i).starts_with("\"\"")) {
      cell += line[i++];
    } else {
      open = false;
    }
  }
  if (open) return std::nullopt;
  line.remove_prefix(i);
  return cell;
}

inline std::optional<std::vector<std::string>> Cells(std::string_view line, char separator) {
  std::vector<std::string> cells;
  while (true) {
    auto cell = TakeCell(line, separator);
    if (!cell) return std::nullopt;
    cells.push_back(*std::move(cell));
    if (line.empty()) return cells;
    line.remove_prefix(1);
  }
}

// Where each column stands in the header.
inline absl::StatusOr<std::vector<size_t>> FindColumns(const std::string& path,
                                                       const std::vector<std::string>& header,
                                                       std::span<const std::string_view> columns) {
  std::vector<size_t> places;
  for (const std::string_view column : columns) {
    const auto count = std::ranges::count(header, column);
    if (count != 1) {
      return absl::InvalidArgumentError(fmt::format("{}: the header has {} column \"{}\"", path,
                                                    count == 0 ? "no" : "more than one", column));
    }
    places.push_back(static_cast<size_t>(std::ranges::find(header, column) - header.begin()));
  }
  return places;
}

struct TableShape {
  char separator = ',';
  size_t width = 0;
  std::vector<size_t> places;
};

inline std::optional<TableRow> ReadRow(std::string_view text, size_t line, const TableShape& shape,
                                       Problems& problems) {
  auto cells = Cells(text, shape.separator);
  if (!cells) {
    problems.Add("quote not closed", line, Shown(text));
    return std::nullopt;
  }
  if (cells->size() != shape.width) {
    problems.Add("wrong number of columns", line,
                 fmt::format("{} instead of {}", cells->size(), shape.width));
    return std::nullopt;
  }
  TableRow row{line, {}};
  for (const size_t place : shape.places) row.cells.push_back(std::move((*cells)[place]));
  return row;
}

}  // namespace internal

inline bool IsPlain(std::string_view text) {
  while (!text.empty()) {
    const auto character = internal::TakeCharacter(text);
    if (!character || *character < ' ' || *character == 0x7F) return false;
  }
  return true;
}

inline absl::StatusOr<Table> ReadTable(const std::string& path,
                                       std::span<const std::string_view> columns,
                                       Problems& problems) {
  const auto text = internal::ReadFile(path);
  if (!text.ok()) return text.status();
  const auto lines = internal::Lines(*text);
  const std::string_view first = lines.empty() ? std::string_view() : lines[0];
  internal::TableShape shape{first.find('\t') == first.npos ? ',' : '\t', 0, {}};
  const auto header = internal::Cells(first, shape.separator).value_or(std::vector<std::string>());
  shape.width = header.size();
  auto places = internal::FindColumns(path, header, columns);
  if (!places.ok()) return places.status();
  shape.places = *std::move(places);

  Table table;
  std::map<std::string_view, size_t> seen;  // Line numbers by text.
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    ++table.rows_in_file;
    const auto [earlier, is_new] = seen.emplace(lines[i], i + 1);
    if (!is_new) {
      problems.Add("same as an earlier row", i + 1, fmt::format("line {}", earlier->second));
    } else if (auto row = internal::ReadRow(lines[i], i + 1, shape, problems)) {
      table.rows.push_back(*std::move(row));
    }
  }
  return table;
}

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_TABLE_FILE_H_
