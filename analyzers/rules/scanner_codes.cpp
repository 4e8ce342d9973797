#include "analyzers/rules/scanner_codes.hpp"

#include <algorithm>
#include <array>

namespace peer {
namespace {

/// A code and at most three weaknesses; 0 where there are fewer.
struct Code {
  std::string_view name;
  std::array<int, 3> cwe;
};

// ruff took over bandit's numbers
constexpr std::array kPython{
    Code{"102", {95, 78}},   Code{"103", {732, 276}}, Code{"104", {605, 1327}},
    Code{"105", {259, 798}}, Code{"106", {259, 798}}, Code{"107", {259, 798}},
    Code{"108", {377}},      Code{"201", {489, 94}},  Code{"202", {22}},
    Code{"301", {502}},      Code{"302", {502}},      Code{"303", {327, 328}},
    Code{"304", {327}},      Code{"305", {327}},      Code{"306", {377}},
    Code{"307", {95}},       Code{"308", {79}},       Code{"310", {918, 22}},
    Code{"311", {330}},      Code{"312", {319}},      Code{"313", {611}},
    Code{"314", {611}},      Code{"315", {611}},      Code{"316", {611}},
    Code{"317", {611}},      Code{"318", {611}},      Code{"319", {611}},
    Code{"320", {611}},      Code{"321", {319}},      Code{"323", {295}},
    Code{"324", {327, 328}}, Code{"325", {377}},      Code{"501", {295}},
    Code{"502", {326, 327}}, Code{"503", {326, 327}}, Code{"504", {326, 327}},
    Code{"505", {326}},      Code{"506", {502}},      Code{"507", {295, 322}},
    Code{"508", {319}},      Code{"509", {319}},      Code{"601", {78}},
    Code{"602", {78}},       Code{"603", {78}},       Code{"604", {78}},
    Code{"605", {78}},       Code{"606", {78}},       Code{"607", {426}},
    Code{"608", {89}},       Code{"609", {78}},       Code{"610", {89}},
    Code{"611", {89}},       Code{"612", {94}},       Code{"614", {502}},
    Code{"701", {79, 94}},   Code{"702", {79}},       Code{"703", {79}},
    Code{"704", {79}},
};

constexpr std::array kGo{
    Code{"G101", {798, 321}}, Code{"G102", {605, 1327}}, Code{"G103", {242}},
    Code{"G106", {322, 295}}, Code{"G107", {918}},       Code{"G108", {489, 200}},
    Code{"G109", {190, 681}}, Code{"G110", {409, 770}},  Code{"G111", {22, 552}},
    Code{"G115", {190, 681}}, Code{"G120", {770}},       Code{"G121", {352}},
    Code{"G122", {367}},      Code{"G123", {295}},       Code{"G124", {614}},
    Code{"G201", {89}},       Code{"G202", {89}},        Code{"G203", {79}},
    Code{"G204", {78}},       Code{"G301", {276}},       Code{"G302", {276}},
    Code{"G303", {377}},      Code{"G304", {22}},        Code{"G305", {22}},
    Code{"G306", {276}},      Code{"G307", {276}},       Code{"G401", {328}},
    Code{"G402", {295, 326}}, Code{"G403", {326}},       Code{"G404", {338}},
    Code{"G405", {327}},      Code{"G406", {328}},       Code{"G407", {329, 1204}},
    Code{"G501", {327}},      Code{"G502", {327}},       Code{"G503", {327}},
    Code{"G504", {327}},      Code{"G505", {327}},       Code{"G506", {327}},
    Code{"G507", {327}},      Code{"G701", {89}},        Code{"G702", {78}},
    Code{"G703", {22}},       Code{"G704", {918}},       Code{"G705", {79}},
    Code{"G706", {117}},      Code{"G707", {93, 113}},   Code{"G708", {1336}},
    Code{"G709", {502}},      Code{"G710", {601}},
};

constexpr std::array kScript{
    Code{"detect-child-process", {78}},
    Code{"detect-eval-with-expression", {95}},
    Code{"detect-non-literal-fs-filename", {22}},
    Code{"detect-non-literal-regexp", {1333}},
    Code{"detect-non-literal-require", {98, 829}},
    Code{"detect-possible-timing-attacks", {208}},
    Code{"detect-pseudoRandomBytes", {338}},
    Code{"detect-unsafe-regex", {1333}},
    Code{"no-eval", {95}},
    Code{"no-implied-eval", {95}},
    Code{"no-new-func", {95}},
};

template <std::size_t Size>
std::span<const int> find(const std::array<Code, Size>& codes, std::string_view name) {
  const auto code =
      std::find_if(codes.begin(), codes.end(), [&](const Code& each) { return each.name == name; });
  if (code == codes.end()) return {};
  return {code->cwe.begin(), std::find(code->cwe.begin(), code->cwe.end(), 0)};
}

}  // namespace

std::span<const int> weaknesses_of(std::string_view code) {
  if (code.size() == 4 && (code[0] == 'B' || code[0] == 'S')) return find(kPython, code.substr(1));
  if (code.size() == 4 && code[0] == 'G') return find(kGo, code);
  return find(kScript, code);
}

}  // namespace peer
