//===- Roofline.cpp - What one core could do ------------------------------===//
//
//   roofline LANES [READ:WRITTEN ...]
//
// Prints the multiply-add peak of one core with vectors of LANES (8 or 16)
// floats, in flop/s, then for each pair of bytes the seconds that reading and
// writing so many take, as often as its caches allow.
//
//===----------------------------------------------------------------------===//

#include "test/bench/FmaPeak.h"
#include "test/bench/Stream.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

static bool parseBytes(const char *text, size_t &bytes, char end) {
  char *rest;
  bytes = std::strtoull(text, &rest, 10);
  return rest != text && *rest == end && bytes < size_t(1) << 40;
}

int main(int argc, char **argv) {
  int lanes = argc > 1 ? std::atoi(argv[1]) : 0;
  if (lanes != 8 && lanes != 16) {
    std::fprintf(stderr, "usage: roofline 8|16 [READ:WRITTEN ...]\n");
    return 2;
  }
  std::printf("%.6g\n", atrous::measureFmaPeak(lanes));
  for (int i = 2; i < argc; ++i) {
    size_t read, written;
    const char *colon = std::strchr(argv[i], ':');
    if (!colon || !parseBytes(argv[i], read, ':') ||
        !parseBytes(colon + 1, written, '\0')) {
      std::fprintf(stderr, "roofline: '%s' is not READ:WRITTEN\n", argv[i]);
      return 2;
    }
    std::printf("%.6g\n", atrous::measureStream(read, written));
  }
}
