// What functions of the C library and of systems do with the pointers that they are given.
// Constants, by the last part of their names.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace peer::pointers {

template <std::size_t kCount>
[[nodiscard]] constexpr bool holds(const std::array<std::string_view, kCount>& names,
                                   std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Give back what their first argument points to.
inline constexpr std::array<std::string_view, 12> kFree{
    "free",  "kfree", "vfree",    "kvfree",    "kfree_sensitive", "g_free",
    "zfree", "xfree", "HeapFree", "LocalFree", "av_free",         "cfree"};
inline constexpr std::array<std::string_view, 3> kClose{"fclose", "pclose", "closedir"};
/// Give new memory for that of their first argument.
inline constexpr std::array<std::string_view, 9> kRealloc{"realloc",   "xrealloc",     "krealloc",
                                                          "g_realloc", "reallocarray", "reallocf",
                                                          "zrealloc",  "srealloc",     "erealloc"};
/// Give new memory.
inline constexpr std::array<std::string_view, 27> kAllocate{
    "malloc",    "calloc",  "strdup",   "strndup",       "xmalloc",  "xcalloc", "xstrdup",
    "xstrndup",  "kmalloc", "kzalloc",  "kcalloc",       "vmalloc",  "kstrdup", "g_malloc",
    "g_malloc0", "g_new",   "g_strdup", "aligned_alloc", "memalign", "wcsdup",  "_strdup",
    "zmalloc",   "zcalloc", "emalloc",  "kvmalloc",      "valloc",   "memdup"};
/// Give null where they fail; where there is nothing of that kind.
inline constexpr std::array<std::string_view, 44> kMayFail{
    "malloc",        "calloc",          "realloc",        "reallocarray",
    "aligned_alloc", "strdup",          "strndup",        "fopen",
    "fdopen",        "freopen",         "popen",          "tmpfile",
    "opendir",       "fmemopen",        "dlopen",         "dlsym",
    "setlocale",     "getpass",         "ttyname",        "memalign",
    "valloc",        "wcsdup",          "EVP_MD_CTX_new", "EVP_CIPHER_CTX_new",
    "SSL_CTX_new",   "SSL_new",         "BIO_new",        "BN_new",
    "RSA_new",       "sqlite3_mprintf", "xmlReadFile",    "xmlReadMemory",
    "cJSON_Parse",   "curl_easy_init",  "kmalloc",        "kzalloc",
    "kcalloc",       "vmalloc",         "kstrdup",        "fopen64",
    "_strdup",       "_wfopen",         "HeapAlloc",      "LocalAlloc"};
inline constexpr std::array<std::string_view, 30> kMayFailToFind{"getenv",
                                                                 "secure_getenv",
                                                                 "strchr",
                                                                 "strrchr",
                                                                 "strstr",
                                                                 "strpbrk",
                                                                 "memchr",
                                                                 "memmem",
                                                                 "strcasestr",
                                                                 "strtok",
                                                                 "strtok_r",
                                                                 "getpwnam",
                                                                 "getpwuid",
                                                                 "getgrnam",
                                                                 "getgrgid",
                                                                 "gethostbyname",
                                                                 "gethostbyaddr",
                                                                 "getservbyname",
                                                                 "bsearch",
                                                                 "readdir",
                                                                 "json_object_get",
                                                                 "cJSON_GetObjectItem",
                                                                 "cJSON_GetObjectItemCaseSensitive",
                                                                 "wcschr",
                                                                 "wcsstr",
                                                                 "dynamic_cast",
                                                                 "dynamic_pointer_cast",
                                                                 "get_if",
                                                                 "any_cast",
                                                                 "index"};
/// Look at what their first argument points to, their second, their last.
inline constexpr std::array<std::string_view, 47> kLooksAtFirst{
    "memcpy",  "memmove",  "memset",     "strcpy",      "strncpy",  "strcat",   "strncat",
    "strcmp",  "strncmp",  "strcasecmp", "strncasecmp", "strlen",   "atoi",     "atol",
    "atoll",   "atof",     "strtol",     "strtoul",     "strtoll",  "strtoull", "strtod",
    "sprintf", "snprintf", "puts",       "strdup",      "strndup",  "fprintf",  "fscanf",
    "sscanf",  "fgetc",    "getc",       "fseek",       "ftell",    "rewind",   "feof",
    "readdir", "strchr",   "strrchr",    "strstr",      "strspn",   "strcspn",  "stoi",
    "stol",    "bzero",    "string",     "string_view", "vsnprintf"};
inline constexpr std::array<std::string_view, 15> kLooksAtSecond{
    "memcpy",     "memmove",     "strcpy", "strncpy", "strcat", "strncat", "strcmp", "strncmp",
    "strcasecmp", "strncasecmp", "fputc",  "putc",    "ungetc", "strstr",  "memcmp"};
inline constexpr std::array<std::string_view, 4> kLooksAtLast{"fgets", "fread", "fwrite", "fputs"};
/// Read the text that their first argument holds.
inline constexpr std::array<std::string_view, 7> kReadsText{"strcat", "strncat", "strlen", "puts",
                                                            "strdup", "strchr",  "atoi"};
/// Memory that is gone with the function.
inline constexpr std::array<std::string_view, 3> kOnStack{"alloca", "_alloca", "__builtin_alloca"};
/// Give back their first argument.
inline constexpr std::array<std::string_view, 12> kGivesFirst{
    "strcpy", "strcat", "strncpy", "strncat", "memcpy", "memmove",
    "memset", "fgets",  "gets",    "wcscpy",  "wcscat", "move"};
/// Give a place within it.
inline constexpr std::array<std::string_view, 14> kGivesPart{
    "strchr",    "strrchr", "strstr",  "strcasestr", "strpbrk", "memchr", "rawmemchr",
    "strchrnul", "stpcpy",  "mempcpy", "strtok",     "index",   "rindex", "wcschr"};
/// Of C++: give what they are given.
inline constexpr std::array<std::string_view, 3> kCasts{"static_cast", "reinterpret_cast",
                                                        "const_cast"};
/// Come back to nobody.
inline constexpr std::array<std::string_view, 17> kNeverReturns{
    "exit",          "_exit",      "_Exit",     "quick_exit",
    "abort",         "err",        "errx",      "verr",
    "verrx",         "die",        "fatal",     "panic",
    "longjmp",       "siglongjmp", "terminate", "__builtin_unreachable",
    "__builtin_trap"};
/// Read what they are given and change nothing of the program's.
inline constexpr std::array<std::string_view, 54> kOnlyReads{
    "printf",  "fprintf", "dprintf", "vprintf", "vfprintf",   "puts",        "fputs",    "putchar",
    "putc",    "fputc",   "perror",  "syslog",  "write",      "send",        "sendto",   "fwrite",
    "strlen",  "strnlen", "strcmp",  "strncmp", "strcasecmp", "strncasecmp", "memcmp",   "atoi",
    "atol",    "atoll",   "atof",    "strtol",  "strtoul",    "strtoll",     "strtoull", "strtod",
    "fflush",  "feof",    "ferror",  "fgetc",   "getc",       "fseek",       "ftell",    "rewind",
    "strspn",  "strcspn", "sleep",   "usleep",  "time",       "getpid",      "isdigit",  "isspace",
    "isalpha", "toupper", "tolower", "wcslen",  "strerror",   "close"};
/// Write into what they are given, and touch nothing else.
inline constexpr std::array<std::string_view, 14> kOnlyWrites{
    "snprintf", "sprintf", "vsnprintf", "vsprintf", "read",  "recv",    "recvfrom",
    "fread",    "sscanf",  "scanf",     "fscanf",   "bzero", "strlcpy", "strlcat"};

}  // namespace peer::pointers
