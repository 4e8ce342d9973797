#include "analyzers/taint/appliers.hpp"

#include <algorithm>
#include <array>

namespace peer::taint {
namespace {

constexpr std::array kAppliers{
    // PHP
    Applier{"call_user_func", false, 0, Gets::arguments, 1},
    Applier{"call_user_func_array", false, 0, Gets::entries, 1},
    Applier{"array_map", false, 0, Gets::elements, 1},
    Applier{"array_walk", false, 1, Gets::elements, 0},
    Applier{"array_filter", false, 1, Gets::elements, 0},
    Applier{"register_shutdown_function", false, 0, Gets::arguments, 1},
    // Python
    Applier{"map", false, 0, Gets::elements, 1},
    Applier{"filter", false, 0, Gets::elements, 1},
    Applier{"reduce", false, 0, Gets::elements, 1},
    Applier{"partial", true, 0, Gets::arguments, 1, true},
    Applier{"partial", false, 0, Gets::arguments, 1, true},
    Applier{"submit", true, 0, Gets::arguments, 1},
    Applier{"to_thread", true, 0, Gets::arguments, 1},
    Applier{"run_in_executor", true, 1, Gets::arguments, 2},
    Applier{"run_in_threadpool", false, 0, Gets::arguments, 1},
    Applier{"apply_async", true, 0, Gets::entries, 1},
    Applier{"start_new_thread", true, 0, Gets::entries, 1},
    Applier{"Thread", true, 1, Gets::keywords, 0},
    Applier{"Thread", false, 1, Gets::keywords, 0},
    Applier{"Process", true, 1, Gets::keywords, 0},
    Applier{"Process", false, 1, Gets::keywords, 0},
    Applier{"add_task", true, 0, Gets::arguments, 1},
    Applier{"call_soon", true, 0, Gets::arguments, 1},
    // JavaScript
    Applier{"setTimeout", false, 0, Gets::arguments, 2},
    Applier{"setInterval", false, 0, Gets::arguments, 2},
    Applier{"setImmediate", false, 0, Gets::arguments, 1},
    Applier{"nextTick", true, 0, Gets::arguments, 1},
    // C and C++
    Applier{"pthread_create", false, 2, Gets::arguments, 3},
    Applier{"thrd_create", false, 1, Gets::arguments, 2},
    Applier{"thread", false, 0, Gets::arguments, 1},
    Applier{"jthread", false, 0, Gets::arguments, 1},
    Applier{"async", false, 0, Gets::arguments, 1},
    Applier{"invoke", false, 0, Gets::arguments, 1},
    Applier{"bind", false, 0, Gets::arguments, 1, true},
    Applier{"for_each", false, 2, Gets::elements, 0},
    // Ruby
    Applier{"send", false, 0, Gets::arguments, 1},
    Applier{"public_send", false, 0, Gets::arguments, 1},
    Applier{"send", true, 0, Gets::arguments, 1},
    Applier{"public_send", true, 0, Gets::arguments, 1},
    // methods of lists
    Applier{"each", true, 0, Gets::receiver, 0},
    Applier{"map", true, 0, Gets::receiver, 0},
    Applier{"forEach", true, 0, Gets::receiver, 0},
    Applier{"for_each", true, 0, Gets::receiver, 0},
    Applier{"flatMap", true, 0, Gets::receiver, 0},
    Applier{"filter", true, 0, Gets::receiver, 0},
    Applier{"ForEach", true, 0, Gets::receiver, 0},
    Applier{"Select", true, 0, Gets::receiver, 0},
    Applier{"then", true, 0, Gets::receiver, 0},
    Applier{"ifPresent", true, 0, Gets::receiver, 0},
    Applier{"thenApply", true, 0, Gets::receiver, 0},
    Applier{"thenAccept", true, 0, Gets::receiver, 0},
    Applier{"let", true, 0, Gets::receiver, 0},
    Applier{"also", true, 0, Gets::receiver, 0},
};

}  // namespace

const Applier* find_applier(std::string_view name, bool is_method) {
  const auto found = std::find_if(kAppliers.begin(), kAppliers.end(), [&](const Applier& each) {
    return each.name == name && each.is_method == is_method;
  });
  return found == kAppliers.end() ? nullptr : &*found;
}

}  // namespace peer::taint
