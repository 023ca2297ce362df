// src/packed_io.h — numbers as few bytes as they need, written and read from front to back.
//
// Seven bits a byte, lowest first; the highest bit says that more follow. What is written here is
// read here, in the same process: there is no other format to agree with, and a wrong byte is a
// broken rule.

#ifndef PARLEY_SRC_PACKED_IO_H_
#define PARLEY_SRC_PACKED_IO_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "parley/base/check.h"
#include "parley/base/ids.h"

namespace parley::internal {

inline constexpr size_t kNumberMost = 10;  // Bytes of one number.
inline constexpr size_t kIdMost = 10;      // ... of an id.

class PackedWriter {
 public:
  explicit PackedWriter(std::span<char> to) : to_(to) {}

  void Number(uint64_t value) {
    for (; value >= 0x80; value >>= 7) Byte(static_cast<uint8_t>(value | 0x80));
    Byte(static_cast<uint8_t>(value));
  }
  // Small ones of either sign are short.
  void Signed(int64_t value) {
    Number(static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63));
  }
  // That of a young slot is short.
  template <class Tag>
  void Name(Id<Tag> id) {
    const uint64_t slot = id.value & UINT32_MAX;  // One more than the slot; 0: none.
    Number(slot << 1 | (id.generation() > 0 ? 1u : 0u));
    if (id.generation() > 0) Number(id.generation());
  }
  void Bytes(std::span<const char> bytes) {
    PARLEY_CHECK(bytes.size() <= left());
    if (!bytes.empty()) std::memcpy(to_.data() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
  }

  size_t size() const { return size_; }
  size_t left() const { return to_.size() - size_; }

 private:
  void Byte(uint8_t byte) {
    PARLEY_CHECK(size_ < to_.size());
    to_[size_++] = static_cast<char>(byte);
  }

  std::span<char> to_;
  size_t size_ = 0;
};

class PackedReader {
 public:
  explicit PackedReader(std::span<const char> from, size_t at = 0) : from_(from), at_(at) {
    PARLEY_CHECK(at <= from.size());
  }

  uint64_t Number() {
    uint64_t value = 0;
    for (uint32_t shift = 0;; shift += 7) {
      PARLEY_CHECK(at_ < from_.size() && shift < 64);
      const auto byte = static_cast<uint8_t>(from_[at_++]);
      value |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
  }
  // Requires: it was written from one.
  uint32_t Number32() {
    const uint64_t value = Number();
    PARLEY_CHECK(value <= UINT32_MAX);
    return static_cast<uint32_t>(value);
  }
  int64_t Signed() {
    const uint64_t value = Number();
    return static_cast<int64_t>(value >> 1 ^ (0 - (value & 1)));
  }
  template <class IdType>
  IdType Name() {
    const uint64_t slot = Number();
    const uint64_t generation = (slot & 1) != 0 ? Number32() : 0;
    PARLEY_CHECK(slot >> 33 == 0);
    return IdType{generation << 32 | slot >> 1};
  }
  std::string_view Text(size_t size) {
    PARLEY_CHECK(size <= from_.size() - at_);
    const std::string_view text(from_.data() + at_, size);
    at_ += size;
    return text;
  }

  size_t at() const { return at_; }

 private:
  std::span<const char> from_;
  size_t at_;
};

}  // namespace parley::internal

#endif  // PARLEY_SRC_PACKED_IO_H_
