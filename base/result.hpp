// Expected failures are values: Result<T> is either a T or an Error that says what happened, to
// what, and what to do. Values; safe to move between threads.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace peer {

/// What the caller can do about a failure.
enum class ErrorKind {
  invalid_input,  ///< the input must be changed
  not_found,      ///< it is not there
  unavailable,    ///< the resource cannot be used now; go on without it
  timeout,        ///< a time budget ran out
  rate_limited,   ///< try later
  refused,        ///< Peer will not do it
  internal,       ///< a bug in Peer
};

struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;  ///< one or two sentences: what happened, to what, what to do next
  std::string code;     ///< a stable id such as "PEER-E120", or empty

  /// The same error, its message prefixed by what was being done ("while reading x: ...").
  [[nodiscard]] Error with_context(std::string_view context) const {
    return {kind, std::string(context) + ": " + message, code};
  }
};

template <class T>
using Result = tl::expected<T, Error>;

/// A failure, to be returned from a function that gives a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message,
                                                std::string code = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(code)});
}

/// Passes an error on unchanged.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace peer
