// src/attributes_json.cc — JSON becomes attributes: one of two files that see the JSON reader.

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "attribute_bytes.h"
#include "decimal.h"
#include "parley/model/attributes.h"

namespace parley {
namespace {

using Json = nlohmann::json;

// Hands out the bytes and knows how far it was read: the reader tells its place only for what it
// finds wrong itself.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  const char** reached_;
};

// An object or array whose end has not been seen.
struct Open {
  struct Item {
    std::string key;
    size_t key_at = 0;
    std::string value;
  };
  AttributeType type;
  std::vector<Item> items;
};

// Takes what the reader finds. Answers false to stop; then `error` says why.
class Builder {
 public:
  Builder(const char* begin, const char* const* reached) : begin_(begin), reached_(reached) {}

  bool null() {
    internal::AppendNull(NewValue());
    return Goes();
  }
  bool boolean(bool value) {
    internal::AppendBoolean(NewValue(), value);
    return Goes();
  }
  bool number_integer(int64_t value) {
    internal::AppendInteger(NewValue(), value);
    return Goes();
  }
  bool number_unsigned(uint64_t value) {
    if (value <= uint64_t{std::numeric_limits<int64_t>::max()}) {
      return number_integer(static_cast<int64_t>(value));
    }
    internal::AppendText(NewValue(), AttributeType::kDecimal, fmt::format("{}", value));
    return Goes();
  }
  // What the reader made of the number is rounded and of no interest.
  bool number_float(Json::number_float_t, const std::string& written) {
    if (open_.empty()) return Goes();
    if (!internal::IsWithinLimits(written)) {
      return Refuse(At() - written.size(),
                    std::string(internal::kNumberLimits));  // One byte past the number was read.
    }
    internal::AppendText(NewValue(), AttributeType::kDecimal, written);
    return Goes();
  }
  bool string(const std::string& text) {
    internal::AppendText(NewValue(), AttributeType::kText, text);
    return Goes();
  }
  bool binary(const Json::binary_t&) { return false; }  // Not in JSON texts.

  bool start_object(size_t) { return Start(AttributeType::kObject); }
  bool start_array(size_t) { return Start(AttributeType::kArray); }
  bool key(const std::string& key) {
    open_.back().items.push_back({key, At(), {}});
    return true;
  }
  bool end_object() {
    auto& items = open_.back().items;
    std::ranges::stable_sort(items, {}, &Open::Item::key);
    const auto twice = std::ranges::adjacent_find(items, {}, &Open::Item::key);
    if (twice != items.end()) {
      return Refuse(std::next(twice)->key_at, "a key that this object does not have yet");
    }
    return End();
  }
  bool end_array() { return End(); }

  bool parse_error(size_t place, const std::string& token, const Json::exception& problem) {
    constexpr int kTooLarge = 406;  // The reader's number for what its own type cannot hold.
    if (problem.id == kTooLarge)
      return Refuse(place - token.size(), std::string(internal::kNumberLimits));
    return Refuse(place > 0 ? place - 1 : 0, Expected(problem.what()));
  }

  const TextError& error() const { return error_; }
  std::string& bytes() { return bytes_; }

 private:
  // The reader's own words, from "...; expected X" or "... - invalid string: X; last read: ...".
  static std::string Expected(std::string_view what) {
    constexpr std::string_view kExpected = "; expected ";
    if (const size_t at = what.find(kExpected); at != what.npos) {
      return std::string(what.substr(at + kExpected.size()));
    }
    return "JSON in UTF-8";
  }

  // The last byte that was read.
  size_t At() const { return static_cast<size_t>(*reached_ - begin_) - 1; }

  bool Refuse(size_t at, std::string expected) {
    error_ = {at, std::move(expected)};
    return false;
  }

  // Where the next value is written. Outside of all objects it is nobody's: see Goes().
  std::string& NewValue() {
    if (open_.empty()) return bytes_;
    Open& open = open_.back();
    if (open.type == AttributeType::kArray) open.items.emplace_back();
    return open.items.back().value;
  }
  bool Goes() { return !open_.empty() || Refuse(At(), "an object"); }

  bool Start(AttributeType type) {
    if (open_.empty() && type != AttributeType::kObject) return Refuse(At(), "an object");
    if (open_.size() == Attributes::kMaxDepth) {
      return Refuse(At(), fmt::format("at most {} objects and arrays inside each other",
                                      Attributes::kMaxDepth));
    }
    open_.push_back({type, {}});
    return true;
  }

  bool End() {
    const Open done = std::move(open_.back());
    open_.pop_back();
    std::vector<std::string> items;
    const bool keys = done.type == AttributeType::kObject;
    for (const auto& item : done.items) {
      items.push_back(keys ? internal::Member(item.key, item.value) : item.value);
    }
    internal::AppendItems(NewValue(), done.type, items);
    return true;
  }

  const char* begin_;
  const char* const* reached_;
  std::vector<Open> open_;
  std::string bytes_;
  TextError error_;
};

absl::Status Report(TextError problem, TextError* error) {
  absl::Status status = ToStatus(problem);
  if (error != nullptr) *error = std::move(problem);
  return status;
}

}  // namespace

absl::StatusOr<Attributes> Attributes::Parse(std::string_view json, TextError* error) {
  if (json.empty()) return Attributes();
  if (json.size() > kMaxBytes) {
    return Report({kMaxBytes, fmt::format("the end; at most {} bytes are read", kMaxBytes)}, error);
  }
  // The reader takes a NUL for the end of the text, and would not look at what stands after it.
  if (const size_t nul = json.find('\0'); nul != json.npos) {
    return Report({nul, "no NUL byte"}, error);
  }
  const char* reached = json.data();
  Builder builder(json.data(), &reached);
  if (!Json::sax_parse(Cursor(json.data(), &reached), Cursor(json.data() + json.size(), &reached),
                       &builder)) {
    return Report(builder.error(), error);
  }
  return Attributes(std::move(builder.bytes()));
}

}  // namespace parley
