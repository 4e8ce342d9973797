#include "analyzers/import/gunzip.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <memory>
#include <zlib.h>

namespace peer {
namespace {

constexpr std::size_t kMostRatio = 200;  // SARIF packs to about a twentieth
constexpr std::size_t kFreeOfRatio = std::size_t{1} << 20U;

struct Ender {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B\x08"); }

Result<std::string> gunzip(std::string_view bytes, std::size_t most) {
  z_stream stream{};
  constexpr int kGzip = 16;
  if (inflateInit2(&stream, MAX_WBITS + kGzip) != Z_OK)
    return fail(ErrorKind::unavailable, "zlib cannot be used");
  const std::unique_ptr<z_stream, Ender> ender(&stream);
  constexpr std::size_t kPiece = 65'536;
  std::array<Bytef, kPiece> piece{};
  std::string out;
  auto rest = bytes;
  for (;;) {
    if (stream.avail_in == 0) {
      const auto part = rest.substr(0, std::size_t{1} << 30U);
      rest.remove_prefix(part.size());
      // zlib does not write to its input
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
      stream.avail_in = static_cast<uInt>(part.size());
    }
    stream.next_out = piece.data();
    stream.avail_out = kPiece;
    const int code = inflate(&stream, Z_NO_FLUSH);
    out.append(reinterpret_cast<const char*>(piece.data()), kPiece - stream.avail_out);
    if (out.size() > most)
      return fail(ErrorKind::refused, fmt::format("gzip of more than {} MB", most >> 20U));
    if (out.size() > kFreeOfRatio && out.size() / kMostRatio > bytes.size())
      return fail(ErrorKind::refused,
                  fmt::format("gzip that grows more than {} times", kMostRatio));
    if (code == Z_STREAM_END) {
      if (stream.avail_in == 0 && rest.empty()) return out;
      if (inflateReset(&stream) != Z_OK) break;
    } else if (code != Z_OK || (stream.avail_in == 0 && rest.empty() && stream.avail_out > 0)) {
      break;
    }
  }
  return fail(ErrorKind::invalid_input, "gzip that is damaged or cut short");
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzip = 16, kMemory = 8;
  if (bytes.size() > (std::size_t{1} << 30U) ||
      deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, kMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(whole ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

std::string linked_zlib() { return zlibVersion(); }

}  // namespace peer
