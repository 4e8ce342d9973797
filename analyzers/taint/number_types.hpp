// Types whose values are harmless whoever gives them: numbers, truth values, dates, identifiers of
// a fixed form. Constants.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace peer::taint {

/// `type` as it is written, of any language.
inline bool is_number_type(std::string_view type) {
  static constexpr std::array<std::string_view, 87> kTypes{
      "int",           "long",        "short",       "byte",        "double",
      "float",         "boolean",     "bool",        "Integer",     "Long",
      "Short",         "Byte",        "Double",      "Float",       "Boolean",
      "BigInteger",    "BigDecimal",  "UUID",        "decimal",     "uint",
      "ulong",         "ushort",      "sbyte",       "Guid",        "DateTime",
      "int8",          "int16",       "int32",       "int64",       "uint8",
      "uint16",        "uint32",      "uint64",      "float32",     "float64",
      "size_t",        "ssize_t",     "off_t",       "int32_t",     "int64_t",
      "uint32_t",      "uint64_t",    "uint8_t",     "i8",          "i16",
      "i32",           "i64",         "u8",          "u16",         "u32",
      "u64",           "usize",       "isize",       "f32",         "f64",
      "Int",           "Long?",       "int?",        "long?",       "Int?",
      "Uuid",          "IpAddr",      "Ipv4Addr",    "Ipv6Addr",    "SocketAddr",
      "NaiveDate",     "u128",        "i128",        "Boolean?",    "Double?",
      "UInt",          "ULong",       "LocalDate",   "Instant",     "number",
      "bool?",         "Guid?",       "DateTime?",   "decimal?",    "Option<u8>",
      "Option<u16>",   "Option<u32>", "Option<u64>", "Option<i32>", "Option<i64>",
      "Option<usize>", "Option<bool>"};
  constexpr std::size_t kLongest = 20;
  return type.size() <= kLongest && std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

}  // namespace peer::taint
