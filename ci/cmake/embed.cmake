# peer_embed(TARGET NAME FILE...): compiles text files into a target, each as `extern const std::string_view <name>` of
# namespace peer::embedded, named after the file ("report.css" -> report_css), declared in "embedded_<NAME>.hpp".
set(PEER_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_text.cmake)
function(peer_embed target name)
  set(source ${PROJECT_BINARY_DIR}/generated/embedded_${name}.cpp)
  set(header ${PROJECT_BINARY_DIR}/generated/embedded_${name}.hpp)
  add_custom_command(
    OUTPUT ${source} ${header}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${source} -DHEADER=${header} "-DFILES=${ARGN}" -P ${PEER_EMBED_SCRIPT}
    DEPENDS ${ARGN} ${PEER_EMBED_SCRIPT} VERBATIM)
  target_sources(${target} PRIVATE ${source} ${header})
endfunction()
