// src/attributes.cc — attributes written into one string, and read from it.

#include "parley/model/attributes.h"

#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "attribute_bytes.h"
#include "json_tree.h"
#include "parley/base/check.h"

namespace parley {
namespace {

uint64_t LoadBytes(const char* bytes, size_t count) {
  uint64_t value = 0;
  for (size_t i = 0; i < count; ++i) {
    value |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return value;
}
size_t Load16(const char* bytes) { return static_cast<size_t>(LoadBytes(bytes, 2)); }

void Append(std::string& out, uint64_t value, size_t count) {
  for (size_t i = 0; i < count; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}
void Append16(std::string& out, size_t value) {
  PARLEY_CHECK(value <= UINT16_MAX);
  Append(out, value, 2);
}

void AppendType(std::string& out, AttributeType type) { out += static_cast<char>(type); }

bool HasItems(AttributeType type) {
  return type == AttributeType::kArray || type == AttributeType::kObject;
}

constexpr size_t kSize = 1;   // Where the size of an array or object stands, after its type;
constexpr size_t kCount = 3;  // its count;
constexpr size_t kTable = 5;  // and the places of its items.

void AppendJson(std::string& out, AttributeView value);

// At most Attributes::kMaxDepth of these inside each other.
void AppendJsonItems(std::string& out, AttributeView value, bool keys) {
  out += keys ? '{' : '[';
  for (size_t i = 0; i < value.size(); ++i) {
    if (i > 0) out += ',';
    if (keys) {
      internal::AppendJsonText(out, value.key(i));
      out += ':';
    }
    AppendJson(out, value.at(i));
  }
  out += keys ? '}' : ']';
}

void AppendJson(std::string& out, AttributeView value) {
  switch (value.type()) {
    case AttributeType::kNull:
      out += "null";
      break;
    case AttributeType::kBoolean:
      out += value.boolean() ? "true" : "false";
      break;
    case AttributeType::kInteger:
      out += fmt::format("{}", value.integer());
      break;
    case AttributeType::kDecimal:
      out += value.text();
      break;
    case AttributeType::kText:
      internal::AppendJsonText(out, value.text());
      break;
    case AttributeType::kArray:
    case AttributeType::kObject:
      AppendJsonItems(out, value, value.type() == AttributeType::kObject);
      break;
  }
}

}  // namespace

namespace internal {

void AppendNull(std::string& out) { AppendType(out, AttributeType::kNull); }

void AppendBoolean(std::string& out, bool value) {
  AppendType(out, AttributeType::kBoolean);
  out += static_cast<char>(value);
}

void AppendInteger(std::string& out, int64_t value) {
  AppendType(out, AttributeType::kInteger);
  Append(out, static_cast<uint64_t>(value), 8);
}

void AppendText(std::string& out, AttributeType type, std::string_view text) {
  AppendType(out, type);
  Append16(out, text.size());
  out += text;
}

void AppendItems(std::string& out, AttributeType type, std::span<const std::string> items) {
  size_t bytes = 0;
  for (const std::string& item : items) bytes += item.size();
  AppendType(out, type);
  Append16(out, 2 + 2 * items.size() + bytes);
  Append16(out, items.size());
  size_t place = 0;
  for (const std::string& item : items) {
    Append16(out, place);
    place += item.size();
  }
  for (const std::string& item : items) out += item;
}

std::string Member(std::string_view key, std::string_view value) {
  std::string member;
  Append16(member, key.size());
  member += key;
  member += value;
  return member;
}

}  // namespace internal

bool AttributeView::boolean() const {
  PARLEY_CHECK(type() == AttributeType::kBoolean);
  return bytes_[1] != 0;
}

int64_t AttributeView::integer() const {
  PARLEY_CHECK(type() == AttributeType::kInteger);
  return static_cast<int64_t>(LoadBytes(bytes_ + 1, 8));
}

std::string_view AttributeView::text() const {
  PARLEY_CHECK(type() == AttributeType::kText || type() == AttributeType::kDecimal);
  return {bytes_ + 3, Load16(bytes_ + 1)};
}

size_t AttributeView::size() const { return HasItems(type()) ? Load16(bytes_ + kCount) : 0; }

AttributeView AttributeView::at(size_t index) const {
  if (index >= size()) return {};
  const char* item = bytes_ + kTable + 2 * size() + Load16(bytes_ + kTable + 2 * index);
  if (type() == AttributeType::kObject) item += 2 + Load16(item);
  return AttributeView(item);
}

std::string_view AttributeView::key(size_t index) const {
  PARLEY_CHECK(type() == AttributeType::kObject && index < size());
  const char* item = bytes_ + kTable + 2 * size() + Load16(bytes_ + kTable + 2 * index);
  return {item + 2, Load16(item)};
}

AttributeView AttributeView::Find(std::string_view key) const {
  if (type() != AttributeType::kObject) return {};
  size_t low = 0;
  size_t high = size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const int order = this->key(middle).compare(key);
    if (order == 0) return at(middle);
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return {};
}

std::string_view AttributeView::bytes() const {
  switch (type()) {
    case AttributeType::kNull:
      return {bytes_, 1};
    case AttributeType::kBoolean:
      return {bytes_, 2};
    case AttributeType::kInteger:
      return {bytes_, 9};
    case AttributeType::kDecimal:
    case AttributeType::kText:
    case AttributeType::kArray:
    case AttributeType::kObject:
      return {bytes_, 3 + Load16(bytes_ + kSize)};
  }
  return {};
}

std::string AttributeView::ToJson() const {
  std::string out;
  AppendJson(out, *this);
  return out;
}

Attributes::Attributes() { internal::AppendItems(bytes_, AttributeType::kObject, {}); }

absl::Status ToStatus(const TextError& error) {
  return absl::InvalidArgumentError(
      fmt::format("at byte {}: expected {}", error.at, error.expected));
}

}  // namespace parley
