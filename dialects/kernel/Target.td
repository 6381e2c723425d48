//===- Target.td - What a module is compiled for --------------*- tablegen -*-===//

#ifndef ATROUS_DIALECTS_KERNEL_TARGET_TD
#define ATROUS_DIALECTS_KERNEL_TARGET_TD

include "mlir/IR/AttrTypeBase.td"
include "dialects/kernel/Schedule.td"

def Kernel_TargetAttr : AttrDef<Kernel_Dialect, "Target"> {
  let mnemonic = "target";
  let summary = "the machine that kernels are compiled for";
  let description = [{
    Module attribute `kernel.target`, set by the driver before the first pass that asks
    about the machine. `cpu` is an LLVM CPU name, `features` LLVM's feature string.
    `lanes` is the number of f32 in a vector and the channel block. `threads` is the number
    of threads that work is divided for; the model runs with any number.

    ```mlir
    module attributes {kernel.target = #kernel.target<cpu = "znver4", features = "", isa = avx512, lanes = 16, threads = 2>}
    ```
  }];
  let parameters = (ins StringRefParameter<>:$cpu, StringRefParameter<>:$features,
    EnumParameter<Kernel_CpuIsa>:$isa, "int64_t":$lanes, "int64_t":$threads);
  let assemblyFormat = "`<` struct(params) `>`";
}

#endif // ATROUS_DIALECTS_KERNEL_TARGET_TD
