#include "analyzers/checks/imports/rust_names.hpp"

#include <algorithm>
#include <array>

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 91> kTypes{
    "HashMap",        "HashSet",      "BTreeMap",    "BTreeSet",    "VecDeque",      "BinaryHeap",
    "LinkedList",     "Arc",          "Rc",          "Weak",        "Mutex",         "MutexGuard",
    "RwLock",         "Condvar",      "Barrier",     "Once",        "OnceLock",      "LazyLock",
    "Cell",           "RefCell",      "Ref",         "RefMut",      "OnceCell",      "LazyCell",
    "UnsafeCell",     "Path",         "PathBuf",     "Component",   "File",          "OpenOptions",
    "Metadata",       "DirEntry",     "ReadDir",     "Permissions", "Duration",      "Instant",
    "SystemTime",     "Ordering",     "Reverse",     "PhantomData", "PhantomPinned", "Cow",
    "AtomicBool",     "AtomicUsize",  "AtomicIsize", "AtomicU8",    "AtomicU16",     "AtomicU32",
    "AtomicU64",      "AtomicI32",    "AtomicI64",   "AtomicPtr",   "Command",       "Stdio",
    "Child",          "ExitStatus",   "ExitCode",    "Output",      "TcpStream",     "TcpListener",
    "UdpSocket",      "IpAddr",       "Ipv4Addr",    "Ipv6Addr",    "SocketAddr",    "OsStr",
    "OsString",       "CStr",         "CString",     "Pin",         "Poll",          "Waker",
    "RawWaker",       "ManuallyDrop", "MaybeUninit", "NonNull",     "Layout",        "BufReader",
    "BufWriter",      "Cursor",       "ErrorKind",   "Formatter",   "Arguments",     "Range",
    "RangeInclusive", "Bound",        "ControlFlow", "Wrapping",    "TypeId",        "JoinHandle",
    "NonZeroUsize"};

constexpr std::array<std::string_view, 45> kMacros{"println",
                                                   "print",
                                                   "eprintln",
                                                   "eprint",
                                                   "format",
                                                   "write",
                                                   "writeln",
                                                   "panic",
                                                   "assert",
                                                   "assert_eq",
                                                   "assert_ne",
                                                   "debug_assert",
                                                   "debug_assert_eq",
                                                   "debug_assert_ne",
                                                   "vec",
                                                   "matches",
                                                   "unreachable",
                                                   "unimplemented",
                                                   "todo",
                                                   "dbg",
                                                   "concat",
                                                   "stringify",
                                                   "env",
                                                   "option_env",
                                                   "file",
                                                   "line",
                                                   "column",
                                                   "module_path",
                                                   "include_str",
                                                   "include_bytes",
                                                   "cfg",
                                                   "compile_error",
                                                   "thread_local",
                                                   "format_args",
                                                   "r#try",
                                                   "try",
                                                   "macro_rules",
                                                   "addr_of",
                                                   "addr_of_mut",
                                                   "offset_of",
                                                   "pin",
                                                   "ready",
                                                   "is_x86_feature_detected",
                                                   "asm",
                                                   "global_asm"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool has_upper(std::string_view name) { return std::any_of(name.begin(), name.end(), is_upper); }
bool has_lower(std::string_view name) { return std::any_of(name.begin(), name.end(), is_lower); }

std::string_view last_of(std::string_view path) {
  const auto at = path.rfind("::");
  return at == std::string_view::npos ? path : path.substr(at + 2);
}

}  // namespace

bool is_never_a_trait(std::string_view path) {
  const auto name = last_of(path);
  if (name.empty() || name.find('#') != std::string_view::npos) return false;
  if (!has_upper(name)) return has_lower(name);                           // module, function, macro
  if (!has_lower(name)) return name.find('_') != std::string_view::npos;  // constant
  const auto parent = last_of(path.substr(0, path.size() - std::min(path.size(), name.size() + 2)));
  if (!parent.empty() && is_upper(parent[0]) && has_lower(parent))
    return true;  // variant of an enum
  const bool standard =
      path.starts_with("std::") || path.starts_with("core::") || path.starts_with("alloc::");
  return standard && std::find(kTypes.begin(), kTypes.end(), name) != kTypes.end();
}

bool is_standard_macro(std::string_view name) {
  return std::find(kMacros.begin(), kMacros.end(), name) != kMacros.end();
}

}  // namespace peer::imports
