// std::map's interface, as far as it is used here, over sorted vectors: states are copied at each
// branch of a program, and a vector is copied in one piece. References hold until something is
// added.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace peer::pointers {

template <class Key, class Mapped>
class FlatMap {
 public:
  using Entry = std::pair<Key, Mapped>;
  using iterator = typename std::vector<Entry>::iterator;
  using const_iterator = typename std::vector<Entry>::const_iterator;

  [[nodiscard]] iterator begin() { return entries_.begin(); }
  [[nodiscard]] iterator end() { return entries_.end(); }
  [[nodiscard]] const_iterator begin() const { return entries_.begin(); }
  [[nodiscard]] const_iterator end() const { return entries_.end(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  [[nodiscard]] iterator find(const Key& key) {
    const auto at = place_of(key);
    return at != end() && at->first == key ? at : end();
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the same without a copy of it
  [[nodiscard]] const_iterator find(const Key& key) const {
    return const_cast<FlatMap&>(*this).find(key);
  }
  [[nodiscard]] bool contains(const Key& key) const { return find(key) != end(); }

  /// Where `key` is, and whether it is new.
  std::pair<iterator, bool> try_emplace(const Key& key, Mapped mapped = {}) {
    const auto at = place_of(key);
    if (at != end() && at->first == key) return {at, false};
    return {entries_.insert(at, Entry(key, std::move(mapped))), true};
  }
  Mapped& operator[](const Key& key) { return try_emplace(key).first->second; }
  /// `key` is behind all that are there.
  void append(const Key& key, Mapped mapped) { entries_.emplace_back(key, std::move(mapped)); }
  void reserve(std::size_t count) { entries_.reserve(count); }
  void erase(const Key& key) {
    if (const auto at = find(key); at != end()) entries_.erase(at);
  }
  void erase(iterator at) { entries_.erase(at); }
  void clear() { entries_.clear(); }
  template <class Predicate>
  friend void erase_if(FlatMap& map, Predicate predicate) {
    std::erase_if(map.entries_, predicate);
  }
  friend bool operator==(const FlatMap&, const FlatMap&) = default;

 private:
  iterator place_of(const Key& key) {
    return std::lower_bound(
        entries_.begin(), entries_.end(), key,
        [](const Entry& entry, const Key& wanted) { return entry.first < wanted; });
  }
  std::vector<Entry> entries_;  // by key
};

template <class Key>
class FlatSet {
 public:
  [[nodiscard]] auto begin() const { return keys_.begin(); }
  [[nodiscard]] auto end() const { return keys_.end(); }
  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  [[nodiscard]] bool contains(const Key& key) const {
    return std::binary_search(keys_.begin(), keys_.end(), key);
  }
  void insert(const Key& key) {
    const auto at = std::lower_bound(keys_.begin(), keys_.end(), key);
    if (at == keys_.end() || *at != key) keys_.insert(at, key);
  }
  template <class Predicate>
  friend void erase_if(FlatSet& set, Predicate predicate) {
    std::erase_if(set.keys_, predicate);
  }
  friend bool operator==(const FlatSet&, const FlatSet&) = default;

 private:
  std::vector<Key> keys_;  // sorted
};

}  // namespace peer::pointers
