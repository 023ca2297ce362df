// The records of one kind, by id: the plainest thing that gives out the ids that the engine
// promises. A slot that is free again is used again, the one freed last first, as its next
// generation (base/ids.h).

#ifndef PARLEY_TESTS_MODEL_SHELF_H_
#define PARLEY_TESTS_MODEL_SHELF_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "parley/parley.h"

namespace parley::model {

template <class IdType, class T>
class Shelf {
 public:
  T& Add() {
    uint32_t slot = static_cast<uint32_t>(places_.size());
    if (free_.empty()) {
      places_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    Place& place = places_[slot];
    place.record = std::make_unique<T>();
    place.record->id = IdType::Make(slot, place.generation);
    ++size_;
    return *place.record;
  }
  void Remove(IdType id) {
    Place& place = places_.at(id.slot());
    PARLEY_CHECK(place.record != nullptr && place.generation == id.generation());
    place.record.reset();
    ++place.generation;
    free_.push_back(id.slot());
    --size_;
  }
  // The same, but its place is never used again.
  void Retire(IdType id) {
    Remove(id);
    free_.pop_back();
  }
  T* Find(IdType id) const {
    if (!id || id.slot() >= places_.size()) return nullptr;
    const Place& place = places_[id.slot()];
    return place.generation == id.generation() ? place.record.get() : nullptr;
  }
  T& operator[](IdType id) const {
    T* record = Find(id);
    PARLEY_CHECK(record != nullptr);
    return *record;
  }
  bool WasIssued(IdType id) const {
    if (!id || id.slot() >= places_.size()) return false;
    const Place& place = places_[id.slot()];
    return id.generation() < place.generation ||
           (id.generation() == place.generation && place.record != nullptr);
  }
  // By slot.
  std::vector<T*> All() const {
    std::vector<T*> all;
    for (const Place& place : places_) {
      if (place.record != nullptr) all.push_back(place.record.get());
    }
    return all;
  }
  size_t size() const { return size_; }
  size_t slots() const { return places_.size(); }

 private:
  struct Place {
    uint32_t generation = 0;
    std::unique_ptr<T> record;
  };
  std::vector<Place> places_;
  std::vector<uint32_t> free_;
  size_t size_ = 0;
};

}  // namespace parley::model

#endif  // PARLEY_TESTS_MODEL_SHELF_H_
