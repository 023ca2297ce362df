// Floor 2 · store/text_pool.h — short texts that come and go, without a heap block each.
//
// A record that keeps a name keeps a TextRef, eight bytes. The bytes stand in cells of 16, 32, 48
// ... 1024 bytes; a removed text gives its cell to the next of its size.
//
//   TextPool texts;
//   conversation.address = texts.Add("c@x");
//   texts.View(conversation.address);  // "c@x", good until it is removed
//   texts.Remove(conversation.address);
//
// Order      Cells are reused last in, first out.
// Units      Bytes. Any bytes are welcome, NUL too.
// Errors     None: who takes texts from outside refuses those over kMaxSize before they come here.
// Cost       O(1), and the copy of the text. A copy of the pool O(bytes); refs are good in both.
// Memory     The text rounded up to 16 bytes, in blocks of at most 32 KiB; growth copies nothing.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_TEXT_POOL_H_
#define PARLEY_STORE_TEXT_POOL_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"

namespace parley {

// The default is the empty text, which takes no cell.
struct TextRef {
  uint32_t handle = 0;  // A cell among those of its size.
  uint16_t size = 0;
};

class TextPool {
 public:
  static constexpr size_t kMaxSize = 1024;

  TextPool() = default;
  TextPool(const TextPool&) = default;
  TextPool& operator=(const TextPool&) = default;

  // Keeps a copy of `text`. Views of other texts stay good.
  // Requires: text.size() <= kMaxSize.
  TextRef Add(std::string_view text);

  // Requires: ref was given by Add and not removed since, or is TextRef{}.
  std::string_view View(TextRef ref) const;

  // Asks the memory for the beginning of the text.
  // Requires: as View.
  void Fetch(TextRef ref) const {
    if (ref.size > 0) parley::Fetch(CellOf(ref));
  }

  // Removing TextRef{} does nothing.
  // Requires: as View.
  void Remove(TextRef ref);

  // After this, Add allocates nothing until so many more texts of this size are held.
  // Requires: text_size <= kMaxSize.
  void MakeRoom(size_t text_size, uint32_t texts = 1);

  uint32_t size() const { return size_; }  // Texts held now; the empty text is not one.

 private:
  static constexpr size_t kStep = 16;
  static constexpr size_t kBlockBytes = 32768;
  static constexpr uint32_t kNone = UINT32_MAX;
  static_assert(kMaxSize % kStep == 0 && kMaxSize <= kBlockBytes && kMaxSize <= UINT16_MAX);
  static_assert(kStep >= sizeof(uint32_t));  // A free cell holds a number.

  // All cells of one size. A block holds 2^shift of them and never moves. A free cell holds the
  // number of the next free one in its first bytes.
  struct Shelf {
    uint32_t held = 0;  // Texts now.
    uint32_t used = 0;  // Cells before this one held a text at some time.
    uint32_t free = kNone;
    Blocks<std::array<char, kBlockBytes>> blocks;
  };

  static size_t CellBytes(size_t text_size) { return (text_size + kStep - 1) / kStep * kStep; }
  static size_t BlockCells(size_t text_size) {
    return std::bit_floor(kBlockBytes / CellBytes(text_size));
  }
  Shelf& ShelfOf(size_t text_size) { return shelves_[(text_size - 1) / kStep]; }
  const Shelf& ShelfOf(size_t text_size) const { return shelves_[(text_size - 1) / kStep]; }
  const char* CellOf(TextRef ref) const;
  char* CellOf(TextRef ref) { return const_cast<char*>(std::as_const(*this).CellOf(ref)); }
  uint32_t TakeCell(size_t text_size);

  uint32_t size_ = 0;
  std::array<Shelf, kMaxSize / kStep> shelves_;
};

// ---- Only definitions below ----------------------------------------------------------------

inline TextRef TextPool::Add(std::string_view text) {
  PARLEY_CHECK(text.size() <= kMaxSize);
  if (text.empty()) return {};
  const TextRef ref{TakeCell(text.size()), static_cast<uint16_t>(text.size())};
  std::memcpy(CellOf(ref), text.data(), text.size());
  ++size_;
  return ref;
}

inline std::string_view TextPool::View(TextRef ref) const {
  if (ref.size == 0) return {};
  return {CellOf(ref), ref.size};
}

inline void TextPool::Remove(TextRef ref) {
  if (ref.size == 0) return;
  Shelf& shelf = ShelfOf(ref.size);
  std::memcpy(CellOf(ref), &shelf.free, sizeof(shelf.free));
  shelf.free = ref.handle;
  PARLEY_CHECK(shelf.held > 0);
  --shelf.held;
  PARLEY_CHECK(size_ > 0);
  --size_;
}

inline const char* TextPool::CellOf(TextRef ref) const {
  PARLEY_CHECK(ref.size <= kMaxSize);
  const Shelf& shelf = ShelfOf(ref.size);
  PARLEY_CHECK(ref.handle < shelf.used);
  const size_t cells = BlockCells(ref.size);
  const auto& block = shelf.blocks[ref.handle >> std::countr_zero(cells)];
  return block.data() + (ref.handle & (cells - 1)) * CellBytes(ref.size);
}

inline uint32_t TextPool::TakeCell(size_t text_size) {
  Shelf& shelf = ShelfOf(text_size);
  if (shelf.free != kNone) {
    const uint32_t cell = shelf.free;
    const TextRef ref{cell, static_cast<uint16_t>(text_size)};
    std::memcpy(&shelf.free, CellOf(ref), sizeof(shelf.free));
    PARLEY_CHECK(shelf.free == kNone || shelf.free < shelf.used);
    ++shelf.held;
    return cell;
  }
  PARLEY_CHECK(shelf.used < kNone);
  MakeRoom(text_size);
  ++shelf.held;
  return shelf.used++;
}

inline void TextPool::MakeRoom(size_t text_size, uint32_t texts) {
  if (text_size == 0) return;
  Shelf& shelf = ShelfOf(text_size);
  const size_t cells = BlockCells(text_size);
  shelf.blocks.Reserve(static_cast<uint32_t>((size_t{shelf.held} + texts + cells - 1) / cells));
}

}  // namespace parley

#endif  // PARLEY_STORE_TEXT_POOL_H_
