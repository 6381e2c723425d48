//===- layer_clock.h - What each layer of a run takes -----------*- C++ -*-===//

#ifndef ATROUS_RUNTIME_API_LAYER_CLOCK_H
#define ATROUS_RUNTIME_API_LAYER_CLOCK_H

#include <stdint.h>
#include <string.h>
#include <time.h>

namespace atrous::runtime {

/// Sums the time between a layer's beginning and its end; of a network that
/// runs on one thread, the time that this has had a core, which other work does
/// not lengthen. Models that are not compiled for profiling have no layers
/// here, and never call it.
struct LayerClock {
  uint64_t *times; ///< nanoseconds of `count` layers
  int32_t count;
  clockid_t source;
  int32_t running = -1;
  uint64_t since = 0;

  void reset() {
    running = -1;
    if (count)
      memset(times, 0, static_cast<size_t>(count) * sizeof(uint64_t));
  }

  /// `layer` begins, or with -1, the one that runs is over.
  void enter(int32_t layer) {
    timespec clock;
    clock_gettime(source, &clock);
    uint64_t now = static_cast<uint64_t>(clock.tv_sec) * 1000000000u +
                   static_cast<uint64_t>(clock.tv_nsec);
    if (running >= 0 && running < count)
      times[running] += now - since;
    running = layer;
    since = now;
  }
};

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_API_LAYER_CLOCK_H
