//===- RowSchedules.h - The schedules that a kernel can have ----*- C++ -*-===//

#ifndef ATROUS_TEST_BENCH_ROWSCHEDULES_H
#define ATROUS_TEST_BENCH_ROWSCHEDULES_H

#include <string>
#include <utility>
#include <vector>

namespace atrous {

/// Name and schedule of each row of the table, `plain` aside, that admits the
/// kernel of `module`, a module's text, on `target` (kernel.target). Empty
/// where they cannot be parsed.
std::vector<std::pair<std::string, std::string>>
listRowSchedules(const std::string &module, const std::string &target);

} // namespace atrous

#endif // ATROUS_TEST_BENCH_ROWSCHEDULES_H
