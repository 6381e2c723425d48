//===- Schedule.td - How a kernel is carried out --------------*- tablegen -*-===//

#ifndef ATROUS_DIALECTS_KERNEL_SCHEDULE_TD
#define ATROUS_DIALECTS_KERNEL_SCHEDULE_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def Kernel_CpuAlgorithm : I32EnumAttr<"CpuAlgorithm", "algorithm of a CPU kernel", [
    I32EnumAttrCase<"plain", 0>,
    I32EnumAttrCase<"direct_conv", 1>,
    I32EnumAttrCase<"matmul", 2>,
    I32EnumAttrCase<"depthwise", 3>,
    I32EnumAttrCase<"winograd_tiles", 4>,
    I32EnumAttrCase<"winograd_channels", 5>,
    I32EnumAttrCase<"transpose", 6>,
    I32EnumAttrCase<"strassen", 7>]> {
  let cppNamespace = "::atrous::kernel";
}

def Kernel_CpuIsa : I32EnumAttr<"CpuIsa", "x86-64 vector extension", [
    I32EnumAttrCase<"avx2", 0>, I32EnumAttrCase<"avx512", 1>]> {
  let cppNamespace = "::atrous::kernel";
}

def Kernel_CpuScheduleAttr : AttrDef<Kernel_Dialect, "CpuSchedule"> {
  let mnemonic = "cpu";
  let summary = "how a kernel runs on a CPU";
  let description = [{
    `lanes`: f32 elements of a vector. `tile`: the register tile, by algorithm:
    direct_conv and matmul [output blocks, output columns (rows of a matmul)],
    winograd_* [output blocks, tiles], strassen [output blocks, pixels], depthwise [output rows, output columns], plain and transpose []. `unroll`: steps of
    the innermost reduction loop per iteration; plain: the innermost reduction loops that have no more
    points together are written out. `parallel`: how many of the root's leading
    parallel loops are split over threads. `block`: cache block sizes, by
    algorithm; direct_conv [output blocks per weight pass, output rows per task],
    winograd_* [output rows and columns of a tile where the kernel has more than one tap, tiles of a block],
    strassen [levels; of a part: pixels of a block, input blocks of a slice, output blocks of a slice].

    ```mlir
    #kernel.cpu<algo = direct_conv, isa = avx512, lanes = 16, tile = [2, 14], unroll = 1, parallel = 3, block = [2, 4]>
    ```
  }];
  let parameters = (ins
    EnumParameter<Kernel_CpuAlgorithm>:$algo, EnumParameter<Kernel_CpuIsa>:$isa,
    "int64_t":$lanes, OptionalArrayRefParameter<"int64_t">:$tile,
    DefaultValuedParameter<"int64_t", "1">:$unroll,
    DefaultValuedParameter<"int64_t", "1">:$parallel,
    OptionalArrayRefParameter<"int64_t">:$block);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

#endif // ATROUS_DIALECTS_KERNEL_SCHEDULE_TD
