# peer_embed(TARGET STEM FILE...): compiles text files into a target, each as `extern const std::string_view <name>` of
# namespace peer::embedded, named after the file ("report.css" -> report_css), declared in "<STEM>.hpp". STEM stands in the
# folder that uses it ("reporters/render/embedded_html"), so that the table of who may include whom holds for it too.
set(PEER_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_text.cmake)
function(peer_embed target stem)
  set(source ${PROJECT_BINARY_DIR}/generated/${stem}.cpp)
  set(header ${PROJECT_BINARY_DIR}/generated/${stem}.hpp)
  add_custom_command(
    OUTPUT ${source} ${header}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${source} -DHEADER=${header} "-DFILES=${ARGN}" -P ${PEER_EMBED_SCRIPT}
    DEPENDS ${ARGN} ${PEER_EMBED_SCRIPT} VERBATIM)
  target_sources(${target} PRIVATE ${source} ${header})
endfunction()
