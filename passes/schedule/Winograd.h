//===- Winograd.h - How far minimal filtering may go ------------*- C++ -*-===//

#ifndef ATROUS_PASSES_SCHEDULE_WINOGRAD_H
#define ATROUS_PASSES_SCHEDULE_WINOGRAD_H

#include "llvm/ADT/StringRef.h"
#include <optional>

namespace atrous {

/// Which forms of minimal filtering convolutions may take. Its rounding
/// errors are larger than those of a direct convolution: of one layer, against
/// float64, 3 to 4 times with F(4x4), 10 to 20 times with F(6x6). Strassen's
/// product, which trades accuracy for time in the same way, comes along.
enum class WinogradUse {
  Off,      ///< none
  Accurate, ///< tiles of up to 4x4 outputs, and Strassen's product
  Fast      ///< of 6x6, too
};

/// "off", "accurate", "fast".
llvm::StringRef getName(WinogradUse use);
std::optional<WinogradUse> parseWinogradUse(llvm::StringRef name);

} // namespace atrous

#endif // ATROUS_PASSES_SCHEDULE_WINOGRAD_H
