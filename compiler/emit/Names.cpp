//===- Names.cpp - Identifiers from hostile names -------------------------===//

#include "compiler/emit/Names.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace atrous {

static constexpr size_t kMaxLength = 48;

/// Letters, digits and underscores stay, runs of others become one underscore.
static std::string toIdentifier(StringRef text) {
  std::string result;
  for (char c : text) {
    if (result.size() == kMaxLength)
      break;
    if (isAlnum(c) || c == '_')
      result += c;
    else if (result.empty() || result.back() != '_')
      result += '_';
  }
  return result;
}

std::string getPrefix(StringRef name, StringRef output) {
  std::string prefix =
      toIdentifier(name.empty() ? sys::path::stem(output) : name);
  if (prefix.empty())
    return "model";
  // `pthread_create`, `timer_create`, `mtx_destroy` ... are not ours to define.
  static constexpr StringLiteral taken[] = {
      "pthread", "timer",  "thrd",    "mtx",     "cnd",      "tss",
      "clnt",    "svc",    "svctcp",  "svcudp",  "svcraw",   "svcunix",
      "clnttcp", "clntudp", "clntraw", "clntunix", "authnone", "authunix",
      "auth",    "malloc", "mem"};
  bool reserved = prefix[0] == '_' || isDigit(prefix[0]) ||
                  StringRef(prefix).starts_with("atrous") ||
                  is_contained(taken, prefix);
  return reserved ? "model_" + prefix : prefix;
}

std::vector<std::string>
getParameterNames(const std::vector<TensorDescription> &tensors,
                  StringRef kind) {
  std::vector<std::string> names;
  StringSet<> used; // in upper case: macros are named after parameters
  for (const TensorDescription &tensor : tensors) {
    std::string name = (kind + "_" + toIdentifier(tensor.name)).str();
    std::string unique = name;
    auto isTaken = [&] {
      return used.contains(StringRef(unique).upper()) ||
             (tensor.isDynamic() &&
              used.contains(StringRef(unique + "_shape").upper()));
    };
    for (unsigned i = 2; isTaken(); ++i)
      unique = name + "_" + std::to_string(i);
    used.insert(StringRef(unique).upper());
    if (tensor.isDynamic())
      used.insert(StringRef(unique + "_shape").upper());
    names.push_back(unique);
  }
  return names;
}

std::string toComment(StringRef text) {
  std::string result;
  for (char c : text.take_front(120))
    result += isAlnum(c) || StringRef("_.:-/[], ").contains(c) ? c : '_';
  // "/" stays, since no "*" does.
  return text.size() > 120 ? result + "..." : result;
}

} // namespace atrous
