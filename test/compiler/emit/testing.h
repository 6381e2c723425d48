//===- testing.h - What the tests of emit share -----------------*- C++ -*-===//

#ifndef ATROUS_TEST_COMPILER_EMIT_TESTING_H
#define ATROUS_TEST_COMPILER_EMIT_TESTING_H

#include "compiler/emit/Emit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "runtime/abi/atrous_abi.h"
#include <cstdlib>
#include <gtest/gtest.h>

namespace atrous {

/// A context with what emit needs, a folder, and the messages of errors.
class EmitFixture : public testing::Test {
protected:
  EmitFixture() {
    mlir::DialectRegistry registry;
    registerEmitDialects(registry);
    registry.insert<kernel::KernelDialect, mlir::func::FuncDialect,
                    mlir::memref::MemRefDialect>();
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    context.getDiagEngine().registerHandler([&](mlir::Diagnostic &diagnostic) {
      errors += diagnostic.str() + "\n";
      return mlir::success();
    });
    char name[] = "/tmp/atrous emit XXXXXX"; // a space does no harm
    folder = mkdtemp(name);
  }
  ~EmitFixture() override { llvm::sys::fs::remove_directories(folder); }

  std::string in(const std::string &name) { return folder + "/" + name; }

  static std::string read(const std::string &path) {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    return buffer ? (*buffer)->getBuffer().str() : "";
  }

  /// Standard output of a command that must end with 0.
  std::string runCommand(const std::string &command) {
    std::string result = in("output");
    int status =
        std::system(("(" + command + ") > '" + result + "' 2>&1").c_str());
    std::string text = read(result);
    EXPECT_EQ(status, 0) << command << "\n" << text;
    return text;
  }

  /// Names in the folder.
  std::vector<std::string> list() {
    std::vector<std::string> names;
    std::error_code code;
    for (llvm::sys::fs::directory_iterator it(folder, code), end; it != end;
         it.increment(code))
      names.push_back(llvm::sys::path::filename(it->path()).str());
    llvm::sort(names);
    return names;
  }

  mlir::MLIRContext context;
  std::string folder, errors;
};

} // namespace atrous

#endif // ATROUS_TEST_COMPILER_EMIT_TESTING_H
