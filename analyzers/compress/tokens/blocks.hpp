// The blocks of data that ci/cmake/tokens.cmake puts into the program. Constants.
#pragma once

extern "C" {
extern const unsigned char peer_o200k_base_block[];
extern const unsigned char peer_cl100k_base_block[];
extern const unsigned char peer_classes_block[];
}
