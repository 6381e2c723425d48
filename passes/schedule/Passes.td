//===- Passes.td - Choosing schedules -------------------------*- tablegen -*-===//

#ifndef ATROUS_PASSES_SCHEDULE_PASSES_TD
#define ATROUS_PASSES_SCHEDULE_PASSES_TD

include "mlir/Pass/PassBase.td"

def SelectSchedule : Pass<"atrous-select-schedule", "::mlir::ModuleOp"> {
  let summary = "give each kernel the first schedule whose guard holds";
  let description = [{
    Reads the module's `kernel.target` and the rows of passes/schedule/cpu/*.inc,
    in order; the last row, `plain`, is legal for every kernel. A kernel that
    has a schedule keeps it.

    ```mlir
    kernel.def @conv(...) { ... }
    // →
    kernel.def @conv(...) attributes {schedule = #kernel.cpu<algo = direct_conv,
        isa = avx512, lanes = 16, tile = [2, 14], unroll = 1, parallel = 3>} { ... }
    ```
  }];
  let options = [
    Option<"schedule", "schedule", "std::string", /*default=*/"",
           "take this row for every kernel that its guard admits, else plain">,
    Option<"winograd", "winograd", "std::string", /*default=*/"\"accurate\"",
           "off, accurate (F(4x4, 3x3) and Strassen's product) or fast "
           "(F(6x6, 3x3), too)">,
  ];
  let dependentDialects = ["::atrous::kernel::KernelDialect"];
}

def PrepareAtLoad : Pass<"atrous-prepare-at-load", "::mlir::ModuleOp"> {
  let summary = "have weights transformed when the model is loaded";
  let description = [{
    Marks kernels of minimal filtering whose weights are constants in all launches, those of the
    smallest maps first: all of them, or such that what is prepared takes no more than half of
    the bytes of the constants.

    ```mlir
    kernel.def @conv(...) attributes {schedule = #kernel.cpu<algo = winograd_channels, ...>} { ... }
    // →
    kernel.def @conv(...) attributes {kernel.at_load = 1 : i64, schedule = ...} { ... }
    ```
  }];
  let options = [
    Option<"memory", "memory", "std::string", /*default=*/"\"balanced\"",
           "low (none), balanced (within the limit) or fast (all)">,
  ];
  let dependentDialects = ["::atrous::kernel::KernelDialect"];
}

#endif // ATROUS_PASSES_SCHEDULE_PASSES_TD
