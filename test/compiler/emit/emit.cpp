//===- emit.cpp - Files that run ------------------------------------------===//

#include "runtime/api/npy.h"
#include "test/compiler/emit/testing.h"
#include <sys/resource.h>
#include <thread>

using namespace atrous;

namespace {

class EmitTest : public EmitFixture {
protected:
  EmitTest() {
    module =
        mlir::parseSourceFile<mlir::ModuleOp>(INPUTS "/add.mlir", &context);
    llvm::Expected<CpuTarget> native = selectCpu("native");
    EXPECT_TRUE(bool(native)) << "these tests run what they compile";
    target = *native;
    options.jobs = 2;
    options.optionsJson = "{}";
    description.name = "a \"model\" */ of %s";
    description.inputs = {{"x:1", ATROUS_FLOAT32, {2, 4}}};
    description.outputs = {{"y", ATROUS_FLOAT32, {2, 4}}};
    description.arenaSize = 128;
    description.constantsSize = 64;
    auto type =
        mlir::RankedTensorType::get({8}, mlir::Float32Type::get(&context));
    description.constants = {
        {0, mlir::DenseElementsAttr::get(
                type, llvm::ArrayRef<float>{10, 1, 2, 3, 4, 5, 6, 7})}};
  }

  bool emit(EmitKind kind, const std::string &name) {
    options.kind = kind;
    options.output = in(name);
    return succeeded(emitModel(getCode(), options));
  }

  ModelCode getCode() { return {target, *module, description}; }

  /// Loads the shared object and checks y = x + constants.
  void expectRuns(const std::string &name) {
    atrous_loaded_model *model;
    atrous_context *running;
    ASSERT_EQ(atrous_model_load(in(name).c_str(), &model), ATROUS_OK)
        << atrous_last_error();
    EXPECT_EQ(
        uintptr_t(atrous_model_table(model)->constants) % ATROUS_ALIGNMENT, 0u);
    ASSERT_EQ(atrous_context_create(model, 2, &running), ATROUS_OK);
    float x[8] = {1}, y[8] = {};
    const int64_t shape[] = {2, 4};
    atrous_tensor input = {x, ATROUS_FLOAT32, 2, shape};
    atrous_tensor output = {y, ATROUS_FLOAT32, 2, shape};
    ASSERT_EQ(atrous_context_run(running, &input, 1, &output, 1), ATROUS_OK)
        << atrous_last_error();
    EXPECT_EQ(y[0], 11);
    EXPECT_EQ(y[7], 7);
    x[0] = -1;
    EXPECT_EQ(atrous_context_run(running, &input, 1, &output, 1),
              ATROUS_ERROR_INPUT);
    EXPECT_STREQ(atrous_last_error(), "Add_0: x[0] is negative");
    atrous_context_destroy(running);
    atrous_model_destroy(model);
  }

  CpuTarget target;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  ModelDescription description;
  EmitOptions options;
};

TEST_F(EmitTest, libraryRuns) {
  ASSERT_TRUE(emit(EmitKind::Library, "m.so")) << errors;
  expectRuns("m.so");
  EXPECT_EQ(list(), (std::vector<std::string>{"m.h", "m.so"}));
}

TEST_F(EmitTest, libraryExportsTheAbiListOnly) {
  ASSERT_TRUE(emit(EmitKind::Library, "m.so")) << errors;
  EXPECT_EQ(runCommand(LLVM_NM " -D --defined-only -j '" + in("m.so") + "'"),
            "atrous_model_v3\nm_create\nm_destroy\nm_error\nm_model\nm_run\n");
  std::string open = runCommand(LLVM_NM " -D -u -j '" + in("m.so") + "'");
  EXPECT_EQ(open.find("_Z"), std::string::npos) << "C++ library: " << open;
  EXPECT_EQ(open.find("atrous"), std::string::npos) << open;
}

TEST_F(EmitTest, headerServesCPrograms) {
  std::string cc = C_COMPILER " -std=c11 -pedantic -Wall -Wextra -Werror -I'" +
                   folder + "' " INPUTS "/use.c -o '" + in("use") + "' ";
  std::string expected = "11 7\nAdd_0: x[0] is negative\n";
  ASSERT_TRUE(emit(EmitKind::Library, "m.so")) << errors;
  runCommand(cc + "'" + in("m.so") + "'");
  EXPECT_EQ(runCommand("LD_LIBRARY_PATH='" + folder + "' '" + in("use") + "'"),
            expected);
  ASSERT_TRUE(emit(EmitKind::Object, "m.o")) << errors;
  runCommand(cc + "'" + in("m.o") + "' -lm");
  EXPECT_EQ(runCommand("'" + in("use") + "'"), expected);
}

TEST_F(EmitTest, headerServesSizesKnownAtRunTime) {
  module = mlir::parseSourceFile<mlir::ModuleOp>(INPUTS "/copy.mlir", &context);
  description.inputs = {{"x", ATROUS_FLOAT32, {-1}, {"n"}, {1}, {8}}};
  description.outputs = {{"y", ATROUS_FLOAT32, {-1}, {"n"}}};
  ASSERT_TRUE(emit(EmitKind::Object, "c.o")) << errors;
  runCommand(C_COMPILER " -std=c11 -pedantic -Wall -Wextra -Werror -I'" +
             folder + "' " INPUTS "/use-copy.c -o '" + in("use") + "' '" +
             in("c.o") + "' -lm");
  EXPECT_EQ(runCommand("'" + in("use") + "'"),
            "3 3\n2 2\n2 2\n"
            "output 'y': expected float32 [1], got float32 [2]\n"
            "input 'x': dimension 0 ('n') is 9, expected 1 to 8\n"
            "input 'x': its shape is null\n"
            "output 'y': its pointer or its shape is null\n");
}

TEST_F(EmitTest, executableWritesSizesKnownAtRunTime) {
  module = mlir::parseSourceFile<mlir::ModuleOp>(INPUTS "/copy.mlir", &context);
  description.inputs = {{"x", ATROUS_FLOAT32, {-1}, {"n"}}};
  description.outputs = {{"y", ATROUS_FLOAT32, {-1}, {}}};
  ASSERT_TRUE(emit(EmitKind::Executable, "model")) << errors;
  float x[3] = {1, 2, 3};
  const int64_t shape[] = {3};
  const atrous_tensor given = {x, ATROUS_FLOAT32, 1, shape};
  ASSERT_EQ(atrous_npy_write(in("x.npy").c_str(), &given), ATROUS_OK);
  std::string model = "cd '" + folder + "' && ./model ";
  std::string help = runCommand(model + "--help");
  EXPECT_NE(help.find("input 'x': float32 [n]"), std::string::npos) << help;
  EXPECT_NE(help.find("output 'y': float32 [?]"), std::string::npos) << help;
  runCommand(model + "--input x.npy --output y.npy");
  EXPECT_EQ(read(in("y.npy")), read(in("x.npy")));
}

TEST_F(EmitTest, objectsOfTwoModelsLinkTogether) {
  ASSERT_TRUE(emit(EmitKind::Object, "m.o")) << errors;
  ASSERT_TRUE(emit(EmitKind::Object, "other.o")) << errors;
  EXPECT_EQ(runCommand(LLVM_NM " -g --defined-only -j '" + in("m.o") + "'"),
            "m_constants\nm_create\nm_destroy\nm_error\nm_model\nm_run\n");
  runCommand(C_COMPILER " -I'" + folder + "' " INPUTS "/use.c -o '" +
             in("use") + "' '" + in("m.o") + "' '" + in("other.o") + "' -lm");
}

// The code for x86-64-v3 subtracts, so that the numbers tell which one has run.
TEST_F(EmitTest, codeForSeveralCpusLinks) {
  std::string other = read(INPUTS "/add.mlir");
  other.replace(other.find("llvm.fadd"), 9, "llvm.fsub");
  auto subtracting = mlir::parseSourceString<mlir::ModuleOp>(other, &context);
  llvm::Expected<std::vector<CpuTarget>> targets =
      selectCpus("x86-64-v4+x86-64-v3");
  ASSERT_TRUE(bool(targets));
  const ModelCode codes[] = {{(*targets)[0], *subtracting, description},
                             {(*targets)[1], *module, description}};
  options.kind = EmitKind::Object;
  options.output = in("m.o");
  ASSERT_TRUE(succeeded(emitModel(codes, options))) << errors;
  EXPECT_EQ(runCommand(LLVM_NM " -g --defined-only -j '" + in("m.o") + "'"),
            "m_constants\nm_create\nm_destroy\nm_error\nm_model\nm_run\n");
  runCommand(C_COMPILER " -I'" + folder + "' " INPUTS "/use.c -o '" +
             in("use") + "' '" + in("m.o") + "' -lm");
  bool isWide = __builtin_cpu_supports("x86-64-v4");
  EXPECT_EQ(runCommand("'" + in("use") + "'"),
            std::string(isWide ? "11 7" : "-9 -7") +
                "\nAdd_0: x[0] is negative\n");
  EXPECT_EQ(runCommand("ATROUS_MAX_CPU=x86-64-v3 '" + in("use") + "'"),
            "-9 -7\nAdd_0: x[0] is negative\n");
}

TEST_F(EmitTest, executableRuns) {
  ASSERT_TRUE(emit(EmitKind::Executable, "model")) << errors;
  float x[8] = {1};
  const int64_t shape[] = {2, 4};
  atrous_array given = {const_cast<char *>("x:1"),
                        {x, ATROUS_FLOAT32, 2, shape}};
  ASSERT_EQ(atrous_npz_write(in("in.npz").c_str(), &given, 1), ATROUS_OK);
  ASSERT_EQ(atrous_npy_write(in("x=1.npy").c_str(), &given.tensor), ATROUS_OK);
  std::string model = "cd '" + folder + "' && ./model ";
  EXPECT_NE(runCommand(model + "--help").find("input 'x:1': float32 [2, 4]"),
            std::string::npos);
  std::string text =
      runCommand(model + "--input in.npz --output out.npz --threads 2");
  EXPECT_NE(text.find(" ms on 2 threads"), std::string::npos) << text;
  runCommand(model + "--input x:1=x=1.npy --output=y.npy --repeat 3");
  runCommand(model + "--input x=1.npy --output y=lone.npz");
  for (const char *name : {"out.npz", "y.npy", "lone.npz"}) {
    atrous_array *arrays;
    int32_t count;
    ASSERT_EQ(atrous_arrays_read(in(name).c_str(), &arrays, &count), ATROUS_OK)
        << atrous_last_error();
    ASSERT_EQ(count, 1);
    EXPECT_EQ(static_cast<float *>(arrays[0].tensor.data)[0], 11);
    atrous_arrays_free(arrays, count);
  }
  const std::pair<const char *, const char *> bad[] = {
      {"", "input 'x:1' is missing"},
      {"--input none.npz", "cannot open 'none.npz'"},
      {"--input in.npz --input in.npz", "given twice"},
      {"--threads", "its value is missing"},
      {"--threads -1", "expected a number from 0 to 1024, got '-1'"},
      {"--frobnicate", "unknown option '--frobnicate'"},
      {"--input in.npz --output no/y.npy", "cannot write 'no/y.npy'"}};
  for (auto &[arguments, message] : bad) {
    std::string text =
        runCommand(model + arguments + "; test $? -ge 1 -a $? -le 4");
    EXPECT_NE(text.find(message), std::string::npos) << text;
  }
}

TEST_F(EmitTest, sameInputSameBytes) {
  const std::tuple<EmitKind, const char *, const char *> kinds[] = {
      {EmitKind::Library, "a/m.so", "b c/m.so"},
      {EmitKind::Object, "a/m.o", "b c/m.o"},
      {EmitKind::Executable, "a/m", "b c/m"}};
  llvm::sys::fs::create_directory(in("a"));
  llvm::sys::fs::create_directory(in("b c"));
  for (auto &[kind, first, second] : kinds) {
    options.jobs = 1;
    ASSERT_TRUE(emit(kind, first)) << errors;
    options.jobs = 4;
    ASSERT_TRUE(emit(kind, second)) << errors;
    EXPECT_FALSE(read(in(first)).empty());
    EXPECT_TRUE(read(in(first)) == read(in(second))) << first;
    EXPECT_EQ(read(in(first)).find("emit "), std::string::npos)
        << "a path of this test";
  }
  EXPECT_EQ(read(in("a/m.h")), read(in("b c/m.h")));
}

TEST_F(EmitTest, writesText) {
  ASSERT_TRUE(emit(EmitKind::LLVM, "m.ll")) << errors;
  EXPECT_NE(read(in("m.ll")).find("define hidden"), std::string::npos);
  ASSERT_TRUE(emit(EmitKind::Assembly, "m.s")) << errors;
  EXPECT_NE(read(in("m.s")).find("add__f32__task:"), std::string::npos);
}

TEST_F(EmitTest, refusesOutputsItCannotWrite) {
  const std::pair<const char *, const char *> cases[] = {
      {"none/m.so", "No such file or directory"},
      {"", "it is a folder"},
      {"m.h", "is the name of its header"}};
  for (auto &[name, message] : cases) {
    errors.clear();
    EXPECT_FALSE(emit(EmitKind::Library, name));
    EXPECT_NE(errors.find(message), std::string::npos) << errors;
  }
  EXPECT_TRUE(list().empty()) << list()[0];
}

TEST_F(EmitTest, linksAgainAfterAFailure) {
  options.runtimeDirectory = folder;
  EXPECT_FALSE(emit(EmitKind::Library, "m.so"));
  EXPECT_NE(errors.find("the installation is incomplete"), std::string::npos);
  for (const char *rubbish : {"", "rubbish", "!<arch>\nrubbish"}) {
    errors.clear();
    llvm::sys::fs::remove(in("m.so"));
    FILE *file = fopen(in("libatrous_model_runtime.a").c_str(), "w");
    fputs(rubbish, file);
    fclose(file);
    EXPECT_FALSE(emit(EmitKind::Library, "m.so"));
    EXPECT_NE(errors.find("cannot link"), std::string::npos) << errors;
    EXPECT_FALSE(llvm::sys::fs::exists(in("m.so")));
  }
  options.runtimeDirectory.clear();
  ASSERT_TRUE(emit(EmitKind::Library, "m.so")) << errors;
  expectRuns("m.so");
}

TEST_F(EmitTest, removesWhatKilledCompilationsLeft) {
  llvm::sys::fs::create_directory(in(".m.so.atrous-999999999-abcdef"));
  ASSERT_TRUE(emit(EmitKind::Library, "m.so")) << errors;
  EXPECT_EQ(list(), (std::vector<std::string>{"m.h", "m.so"}));
}

TEST_F(EmitTest, threadsCompileAtOnce) {
  options.kind = EmitKind::Library;
  options.jobs = 1;
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      EmitOptions own = options;
      own.output = in(i % 2 ? "same.so" : "m" + std::to_string(i) + ".so");
      good += succeeded(emitModel(getCode(), own));
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(good, 4) << errors;
  expectRuns("same.so");
}

TEST_F(EmitTest, constantsOfEveryKind) {
  auto i1 =
      mlir::RankedTensorType::get({4}, mlir::IntegerType::get(&context, 1));
  auto i64 =
      mlir::RankedTensorType::get({9000}, mlir::IntegerType::get(&context, 64));
  description.constantsSize = 128 + 9000 * 8;
  description.constants.push_back(
      {64, mlir::DenseElementsAttr::get(
               i1, llvm::ArrayRef<bool>{true, false, true, true})});
  description.constants.push_back(
      {128, mlir::DenseElementsAttr::get(i64, int64_t(0x0102030405060708))});
  ASSERT_TRUE(emit(EmitKind::Library, "m.so")) << errors;
  atrous_loaded_model *model;
  ASSERT_EQ(atrous_model_load(in("m.so").c_str(), &model), ATROUS_OK);
  auto *bytes = static_cast<const char *>(atrous_model_table(model)->constants);
  EXPECT_EQ(memcmp(bytes + 64, "\1\0\1\1\0", 5), 0);
  EXPECT_EQ(memcmp(bytes + 128 + 8999 * 8, "\10\7\6\5\4\3\2\1", 8), 0);
  atrous_model_destroy(model);
}

TEST_F(EmitTest, refusesConstantsThatDoNotFit) {
  description.constantsSize = 16;
  EXPECT_FALSE(emit(EmitKind::Library, "m.so"));
  EXPECT_NE(errors.find("leave their section"), std::string::npos) << errors;
  description.constantsSize = uint64_t(3) << 30;
  EXPECT_FALSE(emit(EmitKind::Library, "m.so"));
  EXPECT_NE(errors.find("at most 2 GiB"), std::string::npos) << errors;
  EXPECT_TRUE(list().empty());
}

// Irregular kernels call functions of the runtime, which are linked in.
TEST_F(EmitTest, linksFunctionsOfTheRuntime) {
  module = mlir::parseSourceString<mlir::ModuleOp>(R"mlir(
    llvm.func @atrous_max_unpool(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
    llvm.func @atrous_main(%exec: !llvm.ptr, %inputs: !llvm.ptr, %outputs: !llvm.ptr,
                           %arena: !llvm.ptr, %constants: !llvm.ptr) -> i32 {
      %r = llvm.call @atrous_max_unpool(%exec, %inputs, %outputs, %arena)
          : (!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr) -> i32
      llvm.return %r : i32
    })mlir",
                                                   &context);
  for (EmitKind kind :
       {EmitKind::Library, EmitKind::Object, EmitKind::Executable})
    EXPECT_TRUE(emit(kind, "m.so")) << errors;
}

TEST_F(EmitTest, refusesAModuleWithoutHost) {
  mlir::OwningOpRef<mlir::ModuleOp> empty =
      mlir::ModuleOp::create(mlir::UnknownLoc::get(&context));
  options.output = in("m.so");
  module = std::move(empty);
  EXPECT_TRUE(failed(emitModel(getCode(), options)));
  EXPECT_EQ(errors, "the module has no function @atrous_main\n");
}

} // namespace
