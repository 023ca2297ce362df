// src/json_read.cc — JSON documents become trees, with nlohmann's reader: see json_tree.h.

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "decimal.h"
#include "json_tree.h"

namespace parley::internal {
namespace {

using Reader = nlohmann::json;

// Hands out the bytes and knows how far it was read: the reader tells its place only for what it
// finds wrong itself.
class ByteReader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  ByteReader(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  ByteReader& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  friend bool operator==(const ByteReader& a, const ByteReader& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  const char** reached_;
};

// Takes what the reader finds. Answers false to stop; then `error` says why.
class Builder {
 public:
  Builder(std::string_view all, const JsonLimits& limits, const char* const* reached)
      : all_(all), limits_(limits), reached_(reached) {}

  bool null() { return Add(JsonType::kNull); }
  bool boolean(bool value) {
    if (!Add(JsonType::kBoolean)) return false;
    Last().truth = value;
    return true;
  }
  bool number_integer(int64_t) { return Number(); }
  bool number_unsigned(uint64_t) { return Number(); }
  // What the reader made of the number is rounded and of no interest.
  bool number_float(Reader::number_float_t, const std::string&) { return Number(); }
  bool string(std::string& text) {
    if (!Add(JsonType::kText)) return false;
    Last().text = std::move(text);
    return true;
  }
  bool binary(const Reader::binary_t&) { return false; }  // Not in JSON texts.

  bool start_object(size_t) { return Start(JsonType::kObject); }
  bool start_array(size_t) { return Start(JsonType::kArray); }
  bool key(std::string& key) {
    key_at_.push_back(Begin());
    key_ = std::move(key);
    read_ = Reached();
    return true;
  }
  bool end_object() {
    if (const size_t twice = FindTwice(); twice != all_.npos) {
      return Refuse(twice, "a key that this object does not have yet");
    }
    key_at_.resize(key_at_.size() - open_.back()->items.size());
    return end_array();
  }
  bool end_array() {
    open_.pop_back();
    read_ = Reached();
    return true;
  }

  bool parse_error(size_t place, const std::string& token, const Reader::exception& problem) {
    constexpr int kTooLarge = 406;  // The reader's number for what its own type cannot hold.
    if (problem.id == kTooLarge) return Refuse(place - token.size(), std::string(kNumberLimits));
    return Refuse(place > 0 ? place - 1 : 0, Expected(problem.what()));
  }

  const TextError& error() const { return error_; }
  Json& root() { return root_; }

 private:
  // The reader's own words, from "...; expected X"; it has none for texts that it cannot read.
  static std::string Expected(std::string_view what) {
    constexpr std::string_view kExpected = "; expected ";
    if (const size_t at = what.find(kExpected); at != what.npos) {
      return std::string(what.substr(at + kExpected.size()));
    }
    return "JSON in UTF-8";
  }

  size_t Reached() const { return static_cast<size_t>(*reached_ - all_.data()); }
  // Where the key or value begins that the reader has found now: after what came before it.
  size_t Begin() const { return std::min(all_.find_first_not_of(" \t\r\n,:", read_), Reached()); }

  bool Refuse(size_t at, std::string expected) {
    error_ = {at, std::move(expected)};
    return false;
  }

  Json& Last() { return open_.empty() ? root_ : open_.back()->items.back(); }

  bool Add(JsonType type) {
    if (++values_ > limits_.values) {
      return Refuse(Begin(), fmt::format("the end; at most {} values are read", limits_.values));
    }
    if (!open_.empty()) open_.back()->items.emplace_back();
    Last().type = type;
    Last().at = Begin();
    Last().key = std::exchange(key_, {});
    read_ = Reached();
    return true;
  }

  bool Number() {
    if (!Add(JsonType::kNumber)) return false;
    const std::string_view rest = all_.substr(Last().at);
    Last().text = rest.substr(0, NumberLength(rest));
    return IsWithinLimits(Last().text) || Refuse(Last().at, std::string(kNumberLimits));
  }

  bool Start(JsonType type) {
    if (open_.size() == limits_.depth) {
      return Refuse(Begin(),
                    fmt::format("at most {} objects and arrays inside each other", limits_.depth));
    }
    if (!Add(type)) return false;
    open_.push_back(&Last());  // It stays where it is: nobody is added beside it while it is open.
    return true;
  }

  // Where a key of the innermost object stands a second time.
  size_t FindTwice() const {
    const auto& items = open_.back()->items;
    const size_t first = key_at_.size() - items.size();
    std::vector<size_t> order(items.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [&items](size_t i) -> const std::string& { return items[i].key; };
    std::ranges::sort(order, {},
                      [&key](size_t i) { return std::pair(std::string_view(key(i)), i); });
    const auto twice = std::ranges::adjacent_find(order, {}, key);
    return twice == order.end() ? all_.npos : key_at_[first + *std::next(twice)];
  }

  std::string_view all_;
  const JsonLimits& limits_;
  const char* const* reached_;
  size_t read_ = 0;  // Up to here the document has been understood.
  size_t values_ = 0;
  Json root_;
  std::vector<Json*> open_;     // Whose end has not been seen, outermost first.
  std::vector<size_t> key_at_;  // Places of the keys of all open objects.
  std::string key_;             // Of the value that comes next.
  TextError error_;
};

absl::Status Report(TextError problem, TextError* error) {
  absl::Status status = ToStatus(problem);
  if (error != nullptr) *error = std::move(problem);
  return status;
}

}  // namespace

absl::StatusOr<Json> ReadJson(std::string_view text, const JsonLimits& limits, TextError* error) {
  if (text.size() > limits.bytes) {
    return Report({limits.bytes, fmt::format("the end; at most {} bytes are read", limits.bytes)},
                  error);
  }
  // The reader takes a NUL for the end of the text, and would not look at what stands after it.
  if (const size_t nul = text.find('\0'); nul != text.npos) {
    return Report({nul, "no NUL byte"}, error);
  }
  const char* reached = text.data();
  Builder builder(text, limits, &reached);
  if (!Reader::sax_parse(ByteReader(text.data(), &reached),
                         ByteReader(text.data() + text.size(), &reached), &builder)) {
    return Report(builder.error(), error);
  }
  return std::move(builder.root());
}

}  // namespace parley::internal
