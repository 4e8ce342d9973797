# The tree-sitter core and one static library per line of the language catalogue. Third-party C: optimised in every
# build type, never under our warnings or sanitizers. How the core and the lexers are compiled: analyzers/parse/core/.
set(PEER_NODE_MODULES ${PROJECT_SOURCE_DIR}/node_modules CACHE PATH "Where npm put the grammars (npm ci --ignore-scripts)")
if(NOT EXISTS ${PEER_NODE_MODULES}/tree-sitter/vendor)
  message(FATAL_ERROR "No grammars in ${PEER_NODE_MODULES}: run ci/setup")
endif()

function(peer_third_party_c target)
  add_library(${target} STATIC ${ARGN})
  set_target_properties(${target} PROPERTIES COMPILE_OPTIONS "-w;-O2;-g0;-fno-sanitize=all" C_CLANG_TIDY "")
endfunction()

set(core ${PEER_NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib)
function(peer_core target)
  peer_third_party_c(${target} ${ARGN})
  # BEFORE: a system tree_sitter/api.h would be too old
  target_include_directories(${target} SYSTEM BEFORE PUBLIC ${core}/include PRIVATE ${core}/src)
  target_compile_definitions(${target} PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
  # its small functions stand between larger ones that call them for every token
  set_property(TARGET ${target} APPEND PROPERTY COMPILE_OPTIONS -O3)
  if(CMAKE_C_COMPILER_ID STREQUAL GNU)
    set_property(TARGET ${target} APPEND PROPERTY COMPILE_OPTIONS -finline-limit=2000 --param=inline-unit-growth=200
      --param=large-function-growth=1000 --param=max-inline-insns-single=400 --param=max-inline-insns-auto=200)
  endif()
endfunction()
# The core in our arrangement, and as it comes: the second is what ours is measured against (tests/trees, tests/bench).
peer_core(tree_sitter ${PROJECT_SOURCE_DIR}/analyzers/parse/core/core.c)
target_include_directories(tree_sitter PRIVATE ${PROJECT_SOURCE_DIR})
peer_core(tree_sitter_plain EXCLUDE_FROM_ALL ${core}/src/lib.c)
# ours, over the core's own headers
add_library(tree_walk STATIC ${PROJECT_SOURCE_DIR}/analyzers/parse/preorder.c)
set_target_properties(tree_walk PROPERTIES C_CLANG_TIDY "")
target_compile_options(tree_walk PRIVATE -O3 -Wall -Wextra -Wshadow)
target_include_directories(tree_walk PRIVATE ${PROJECT_SOURCE_DIR})
target_include_directories(tree_walk SYSTEM PRIVATE ${core}/src)
target_link_libraries(tree_walk PUBLIC tree_sitter)

add_library(grammars INTERFACE)
add_library(grammars_plain INTERFACE)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/analyzers/languages/catalogue.def)
file(STRINGS ${PROJECT_SOURCE_DIR}/analyzers/languages/catalogue.def rows REGEX "^PEER_LANGUAGE\\(")
foreach(row IN LISTS rows)
  string(REGEX MATCH "\\(([^,]+), *([^,]+), *([^,]+), *([^)]+)\\)" ignored "${row}")
  set(id ${CMAKE_MATCH_1})
  set(source ${PEER_NODE_MODULES}/${CMAKE_MATCH_3}/${CMAKE_MATCH_4})
  file(GLOB scanner ${source}/scanner.c)
  peer_third_party_c(grammar_${id} ${PROJECT_SOURCE_DIR}/analyzers/parse/core/grammar.c ${scanner})
  target_compile_definitions(grammar_${id} PRIVATE PEER_GRAMMAR="${source}/parser.c"
    PEER_GRAMMAR_HEADER="${source}/tree_sitter/parser.h"
    TREE_SITTER_REUSE_ALLOCATOR)  # scanners take and give for every token: from the parse's memory, too
  if(id MATCHES "^(cpp|kotlin|swift)$")  # else twice to seven times the compiler's time, for a hundredth of a parse's
    target_compile_definitions(grammar_${id} PRIVATE PEER_SETS_IN_MANY_PLACES)
  endif()
  if(id STREQUAL swift)  # else 25 s, the others take 1 to 7
    target_compile_definitions(grammar_${id} PRIVATE PEER_LEXER_AS_IT_ASKS)
  endif()
  target_include_directories(grammar_${id} PRIVATE ${source} ${PROJECT_SOURCE_DIR})
  target_include_directories(grammar_${id} SYSTEM BEFORE PRIVATE ${core}/include ${core}/src)
  target_link_libraries(grammars INTERFACE grammar_${id})
  peer_third_party_c(grammar_${id}_plain EXCLUDE_FROM_ALL ${source}/parser.c ${scanner})
  target_include_directories(grammar_${id}_plain PRIVATE ${source})
  if(CMAKE_BUILD_TYPE STREQUAL Debug)  # there it is only compared with, not measured
    set_property(TARGET grammar_${id}_plain APPEND PROPERTY COMPILE_OPTIONS -O0)
  endif()
  target_link_libraries(grammars_plain INTERFACE grammar_${id}_plain)
endforeach()
