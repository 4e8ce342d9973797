#include "analyzers/checks/imports/imports.hpp"

#include "analyzers/languages/language.hpp"

namespace peer::imports {

const ImportSyntax& python();
const ImportSyntax& javascript();
const ImportSyntax& typescript();
const ImportSyntax& tsx();
const ImportSyntax& java();
const ImportSyntax& go();
const ImportSyntax& rust();
const ImportSyntax& csharp();
const ImportSyntax& php();
const ImportSyntax& kotlin();

const ImportSyntax* syntax_of(const SourceFile& file) {
  if (file.language() == nullptr) return nullptr;
  for (const auto syntax :
       {python, javascript, typescript, tsx, java, go, rust, csharp, php, kotlin})
    if (syntax().language == file.language()->name) return &syntax();
  return nullptr;
}

}  // namespace peer::imports
