# The tree-sitter core and one static library per line of the language catalogue. Third-party C: optimised in every
# build type, never under our warnings or sanitizers.
set(PEER_NODE_MODULES ${PROJECT_SOURCE_DIR}/node_modules CACHE PATH "Where npm put the grammars (npm ci --ignore-scripts)")
if(NOT EXISTS ${PEER_NODE_MODULES}/tree-sitter/vendor)
  message(FATAL_ERROR "No grammars in ${PEER_NODE_MODULES}: run ci/setup")
endif()

function(peer_third_party_c target)
  add_library(${target} STATIC ${ARGN})
  set_target_properties(${target} PROPERTIES COMPILE_OPTIONS "-w;-O2;-g0;-fno-sanitize=all" C_CLANG_TIDY "")
endfunction()

set(core ${PEER_NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib)
peer_third_party_c(tree_sitter ${core}/src/lib.c)
# BEFORE: a system tree_sitter/api.h would be too old
target_include_directories(tree_sitter SYSTEM BEFORE PUBLIC ${core}/include PRIVATE ${core}/src)
target_compile_definitions(tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)

add_library(grammars INTERFACE)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/analyzers/languages/catalogue.def)
file(STRINGS ${PROJECT_SOURCE_DIR}/analyzers/languages/catalogue.def rows REGEX "^PEER_LANGUAGE\\(")
foreach(row IN LISTS rows)
  string(REGEX MATCH "\\(([^,]+), *([^,]+), *([^,]+), *([^)]+)\\)" ignored "${row}")
  set(id ${CMAKE_MATCH_1})
  set(source ${PEER_NODE_MODULES}/${CMAKE_MATCH_3}/${CMAKE_MATCH_4})
  file(GLOB scanner ${source}/scanner.c)
  peer_third_party_c(grammar_${id} ${source}/parser.c ${scanner})
  target_include_directories(grammar_${id} PRIVATE ${source})
  target_link_libraries(grammars INTERFACE grammar_${id})
endforeach()
