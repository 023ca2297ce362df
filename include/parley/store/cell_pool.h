// Floor 2 · store/cell_pool.h — a few bytes each, that come and go, without a heap block each.
//
// A record that keeps bytes elsewhere keeps a Cell, and knows itself how many of them it uses.
// Cells come in forty sizes: each eighth byte up to 64, then eight sizes to a doubling, up to 1
// KiB. So a cell is at most an eighth larger than what it is taken for, or seven bytes.
//
//   CellPool cells;
//   const Cell cell = cells.Take(20);              // 24 bytes.
//   std::memcpy(cells.At(cell), name.data(), 20);
//   cells.Return(cell);
//
// Order      Cells of a size are reused last in, first out.
// Units      Bytes. Those of a new cell are whatever they were.
// Errors     None. A broken rule stops the process.
// Cost       O(1). A copy of the pool O(bytes); cells are good in both.
// Memory     Blocks of 32 KiB, each for cells of one size and never given back; growth copies
//            nothing. 32 GiB at most: beyond it is std::bad_alloc, too.
// Threads    One owner, one thread at a time.

#ifndef PARLEY_STORE_CELL_POOL_H_
#define PARLEY_STORE_CELL_POOL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

#include "parley/base/blocks.h"
#include "parley/base/check.h"
#include "parley/base/fetch.h"

namespace parley {

// A plain value with one owner. In a copy of the pool it names the copy of the cell.
struct Cell {
  uint32_t number = UINT32_MAX;
  uint8_t kind = UINT8_MAX;  // Of what size; the default is no cell.

  friend bool operator==(Cell, Cell) = default;
};

class CellPool {
 public:
  static constexpr size_t kMaxSize = 1024;
  static constexpr uint8_t kKinds = 40;

  // The smallest kind of cell for so many bytes. Requires: 0 < size <= kMaxSize.
  static constexpr uint8_t KindOf(size_t size);
  // Requires: kind < kKinds.
  static constexpr size_t SizeOf(uint8_t kind);

  CellPool() = default;
  CellPool(const CellPool&) = default;
  CellPool& operator=(const CellPool&) = default;

  // Gives a cell of at least this size. Others stay where they are.
  // Requires: 0 < size <= kMaxSize.
  Cell Take(size_t size);

  // Requires: the cell was given by Take and not returned since.
  void Return(Cell cell);
  char* At(Cell cell) { return const_cast<char*>(std::as_const(*this).At(cell)); }
  const char* At(Cell cell) const;

  // Asks the memory for the first 128 bytes of the cell. Any bits are safe.
  void Fetch(Cell cell) const {
    if (cell.number >> kPlaceBits >= dealt_ || cell.kind >= kKinds) return;
    parley::Fetch(At(cell));
    parley::Fetch(At(cell) + std::min<size_t>(SizeOf(cell.kind), 128) - 1);
  }

  // After this, Take allocates nothing until cells of so many bytes are held, those of each size
  // counted at its own most, and none larger than `largest`.
  // Requires: 0 < largest <= kMaxSize.
  void Reserve(uint64_t bytes, size_t largest = kMaxSize);
  // ... the next time it is asked for so many.
  // Requires: as Take.
  void MakeRoom(size_t size);

  uint32_t size() const { return size_; }  // Cells held now.

 private:
  static constexpr size_t kBlockBytes = 32768;
  static constexpr uint32_t kPlaceBits = 12;
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kMostBlocks = (1u << (32 - kPlaceBits)) - 1;  // None ends in kNone.
  static_assert(kBlockBytes / 8 <= size_t{1} << kPlaceBits);

  // All cells of one size. A free cell holds the number of the next free one in its first bytes.
  struct Shelf {
    uint32_t free = kNone;
    uint32_t block = kNone;  // The one whose cells are being given out for the first time,
    uint32_t used = 0;       // and how many have been.
  };

  static uint32_t CellsIn(uint8_t kind) {
    return static_cast<uint32_t>(kBlockBytes / SizeOf(kind));
  }
  uint32_t size_ = 0;
  uint32_t made_ = 0;   // Blocks there are,
  uint32_t dealt_ = 0;  // and how many of them have a size.
  std::array<Shelf, kKinds> shelves_ = {};
  Blocks<std::array<char, kBlockBytes>> blocks_;
};

// ---- Only definitions below ----------------------------------------------------------------

// Eight kinds to a doubling: the three bits behind the highest one of size - 1 tell them apart.
constexpr uint8_t CellPool::KindOf(size_t size) {
  if (size <= 64) return static_cast<uint8_t>((size - 1) / 8);
  const auto doubling = static_cast<size_t>(std::bit_width(size - 1)) - 6;
  return static_cast<uint8_t>(doubling * 8 + ((size - 1) >> (doubling + 2)) - 8);
}

constexpr size_t CellPool::SizeOf(uint8_t kind) {
  if (kind < 8) return (size_t{kind} + 1) * 8;
  const size_t doubling = kind / 8;
  return (size_t{kind} % 8 + 9) << (doubling + 2);
}

static_assert(CellPool::SizeOf(CellPool::kKinds - 1) == CellPool::kMaxSize);
static_assert(CellPool::SizeOf(CellPool::KindOf(64)) == 64);
static_assert(CellPool::SizeOf(CellPool::KindOf(65)) == 72);

inline Cell CellPool::Take(size_t size) {
  MakeRoom(size);
  const uint8_t kind = KindOf(size);
  Shelf& shelf = shelves_[kind];
  Cell cell{shelf.free, kind};
  if (shelf.free != kNone) {
    std::memcpy(&shelf.free, At(cell), sizeof(shelf.free));
    Fetch({shelf.free, kind});  // The next to be taken: they lie about in memory.
  } else {
    cell.number = shelf.block << kPlaceBits | shelf.used++;
  }
  ++size_;
  PARLEY_CHECK(size_ > 0 && cell.number >> kPlaceBits < dealt_);
  return cell;
}

inline void CellPool::Return(Cell cell) {
  char* const bytes = At(cell);
  Shelf& shelf = shelves_[cell.kind];
  PARLEY_CHECK(size_ > 0 && shelf.free != cell.number);
  std::memcpy(bytes, &shelf.free, sizeof(shelf.free));
  shelf.free = cell.number;
  --size_;
}

inline const char* CellPool::At(Cell cell) const {
  PARLEY_CHECK(cell.kind < kKinds && cell.number >> kPlaceBits < dealt_);
  const size_t place = cell.number & ((1u << kPlaceBits) - 1);
  return blocks_[cell.number >> kPlaceBits].data() + place * SizeOf(cell.kind);
}

inline void CellPool::Reserve(uint64_t bytes, size_t largest) {
  PARLEY_CHECK(largest > 0 && largest <= kMaxSize);
  // Of each size one block may be left half empty, and of each block less than a cell.
  const uint64_t wanted = bytes / (kBlockBytes - largest) + 1 + kKinds;
  if (wanted > kMostBlocks) throw std::bad_alloc();
  const auto blocks = static_cast<uint32_t>(wanted);
  blocks_.Reserve(blocks);  // First: this may need more memory than there is.
  made_ = std::max(made_, blocks);
  PARLEY_CHECK(made_ >= dealt_);
}

inline void CellPool::MakeRoom(size_t size) {
  PARLEY_CHECK(size > 0 && size <= kMaxSize);
  const uint8_t kind = KindOf(size);
  Shelf& shelf = shelves_[kind];
  if (shelf.free != kNone || (shelf.block != kNone && shelf.used < CellsIn(kind))) return;
  PARLEY_CHECK(dealt_ <= made_);
  if (dealt_ == made_) {
    if (made_ == kMostBlocks) throw std::bad_alloc();
    blocks_.Reserve(made_ + 1);
    ++made_;
  }
  shelf.block = dealt_++;
  shelf.used = 0;
  PARLEY_CHECK(dealt_ <= made_ && made_ <= kMostBlocks);
}

}  // namespace parley

#endif  // PARLEY_STORE_CELL_POOL_H_
