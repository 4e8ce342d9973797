#include "llm/ask/batch.hpp"

#include <mutex>
#include <utility>

#include "base/workers.hpp"
#include "llm/answer/repair.hpp"
#include "llm/wires/fields.hpp"

namespace peer {
namespace {

using Batch = std::vector<std::size_t>;

std::vector<Batch> batches_of(std::span<const std::size_t> sizes, const BatchLimits& limits) {
  std::vector<Batch> out;
  std::size_t size = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const bool full =
        out.empty() || out.back().size() >= limits.max_items || size + sizes[i] > limits.max_size;
    if (full) {
      out.emplace_back();
      size = 0;
    }
    out.back().push_back(i);
    size += sizes[i];
  }
  return out;
}

const Json* list_in(const Json& json) {
  if (json.is_array()) return &json;
  for (const auto* name : {"results", "answers", "items"})
    if (member(json, name).is_array()) return &member(json, name);
  return nullptr;
}

/// The entries of `text` by number; those that are missing or stand there twice are left out.
std::vector<std::optional<std::string>> entries_of(const std::string& text, std::size_t count,
                                                   std::size_t& extra) {
  std::vector<std::optional<std::string>> out(count);
  const auto json = repair_json(text);
  if (!json) return out;
  const auto* list = list_in(json->value);
  if (list == nullptr) {
    if (count == 1 && json->value.is_object() && !json->truncated) out[0] = dump_json(json->value);
    return out;
  }
  std::vector<bool> twice(count, false);
  for (const auto& entry : *list) {
    const auto idx = count_at(entry, "idx");
    const bool only = !idx && count == 1 && list->size() == 1 && entry.is_object();
    if (!only && (!idx || *idx >= count)) {
      ++extra;
      continue;
    }
    const auto at = only ? 0 : static_cast<std::size_t>(*idx);
    if (out[at]) {
      twice[at] = true;
      ++extra;
    }
    out[at] = dump_json(entry);
  }
  for (std::size_t i = 0; i < count; ++i)
    if (twice[i]) out[i].reset();
  return out;
}

class Batches {
 public:
  Batches(std::size_t count, const AskBatch& ask) : ask_(ask) { out_.answers.resize(count); }

  /// Asks for `batch`; the questions that stay without an answer.
  Batch run(const Batch& batch) {
    const auto answer = ask_(batch);
    const std::lock_guard guard(lock_);
    ++out_.calls;
    if (!answer) {
      out_.failures.push_back(answer.error());
      return {};
    }
    auto entries = entries_of(*answer, batch.size(), out_.extra);
    Batch missing;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (entries[i])
        out_.answers[batch[i]] = std::move(entries[i]);
      else
        missing.push_back(batch[i]);
    }
    return missing;
  }
  void alone(std::size_t question) {
    {
      const std::lock_guard guard(lock_);
      ++out_.alone;
    }
    if (run({question}).empty()) return;
    const std::lock_guard guard(lock_);
    out_.failures.push_back({FailureClass::bad_output, "the answer is not in the form asked for"});
  }
  BatchedAnswers take() { return std::move(out_); }

 private:
  const AskBatch& ask_;
  std::mutex lock_;
  BatchedAnswers out_;
};

}  // namespace

BatchedAnswers ask_in_batches(std::span<const std::size_t> sizes, const BatchLimits& limits,
                              const AskBatch& ask, const std::stop_token& stop) {
  const auto batches = batches_of(sizes, limits);
  const unsigned threads =
      sizes.size() > limits.parallel_over ? std::max(1U, limits.concurrency) : 1;
  Batches work(sizes.size(), ask);
  for_each_index(batches.size(), threads, stop, [&](std::size_t i) {
    for (const auto question : work.run(batches[i]))
      if (!stop.stop_requested()) work.alone(question);
  });
  return work.take();
}

}  // namespace peer
