//===- Kernel.td - Grouping of a network into kernels ---------*- tablegen -*-===//
//
// The kernel dialect says which linalg ops form one kernel (kernel.def), in
// which order kernels run (kernel.launch in the host function), and, by
// attributes, how each is carried out (Schedule.td) and on what (Target.td).
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_DIALECTS_KERNEL_KERNEL_TD
#define ATROUS_DIALECTS_KERNEL_KERNEL_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Kernel_Dialect : Dialect {
  let name = "kernel";
  let cppNamespace = "::atrous::kernel";
  let summary = "kernels, their launches and their schedules";
  let useDefaultAttributePrinterParser = 1;
}

include "dialects/kernel/Schedule.td"
include "dialects/kernel/Target.td"

class Kernel_Op<string mnemonic, list<Trait> traits = []>
    : Op<Kernel_Dialect, mnemonic, traits>;

def Kernel_DefOp : Kernel_Op<"def", [
    FunctionOpInterface, IsolatedFromAbove, Symbol, SingleBlock]> {
  let summary = "one kernel: a root and its epilogue";
  let description = [{
    Two forms. On tensors (stage `fuse`, `schedule`): arguments are the inputs, the body
    is one root (linalg.generic over its linalg.fill) followed by elementwise
    linalg.generic ops that read the root's result by an identity map (the
    epilogue); kernel.yield gives the results.

    On memrefs (stage `plan`): the inputs are followed by the outputs, kernel.yield
    is empty. The root writes the output, then each epilogue op reads and
    writes the output in place; code generation applies the epilogue in registers
    before the one store.
    
    ```mlir
    kernel.def @conv_relu__f32(%x: memref<1x4x58x58x16xf32>, %w: memref<4x4x3x3x16x16xf32>,
                               %y: memref<1x4x56x56x16xf32>)
        attributes {schedule = #kernel.cpu<algo = direct_conv, ...>} {
      %zero = arith.constant 0.0 : f32
      linalg.fill ins(%zero : f32) outs(%y : memref<1x4x56x56x16xf32>)
      linalg.generic {...} ins(%x, %w : ...) outs(%y : ...) {...}
      linalg.generic {identity maps} outs(%y : ...) {^bb0(%v: f32): ... }
      kernel.yield
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
    TypeAttrOf<FunctionType>:$function_type, OptionalAttr<StrAttr>:$sym_visibility,
    OptionalAttr<DictArrayAttr>:$arg_attrs, OptionalAttr<DictArrayAttr>:$res_attrs,
    OptionalAttr<AnyAttr>:$schedule);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// FunctionOpInterface.
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() { return getFunctionType().getInputs(); }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() { return getFunctionType().getResults(); }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
  }];
}

def Kernel_YieldOp : Kernel_Op<"yield", [Pure, Terminator, ReturnLike, HasParent<"DefOp">]> {
  let summary = "ends a kernel, giving its results";
  let arguments = (ins Variadic<AnyRankedTensor>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

def Kernel_LaunchOp : Kernel_Op<"launch", [
    AttrSizedOperandSegments, DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "runs a kernel";
  let description = [{
    On tensors: `%r = kernel.launch @k ins(%a, %b : ...) -> type`. On memrefs the results
    become `outs`. The kernel gets the address of a buffer's first element: its argument
    has the buffer's type without the offset (getKernelArgumentType). Buffers with dynamic
    sizes are dense; `index` operands are sizes and offsets that the kernel computes with.
    A kernel with the attribute `kernel.workspace` gets that many bytes that are its own
    for the launch: `kernel.launch @k ins(...) outs(...) workspace(%w : memref<4096xi8>)`.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee,
    Variadic<AnyType>:$inputs, Variadic<AnyMemRef>:$outputs, Optional<AnyMemRef>:$workspace);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let assemblyFormat = [{
    $callee `ins` `(` ($inputs^ `:` type($inputs))? `)` (`outs` `(` $outputs^ `:` type($outputs) `)`)?
    (`workspace` `(` $workspace^ `:` type($workspace) `)`)? attr-dict (`->` type($results)^)?
  }];
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$results, "::llvm::StringRef":$callee,
    "::mlir::ValueRange":$inputs, "::mlir::ValueRange":$outputs), [{
      build($_builder, $_state, results, callee, inputs, outputs, ::mlir::Value());
    }]>];
}

def Kernel_ExternOp : Kernel_Op<"extern", [AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "an irregular op, done by a function of the runtime";
  let description = [{
    Stands in the host function, from `fuse` on, for work that is data-dependent. `function`
    is the runtime function (runtime/cpu/ops), which gets the buffers and the integer
    `arguments`, and returns an error for bad data. `dtypes` are the ONNX element types of the
    inputs, then of the results (default: what the buffers' element types say).

    `outputs` are destinations, one for each result: tensor.empty on tensors; on memrefs they
    are the results. Without destinations, the function allocates each result, in order. With
    `updates_input`, a destination may be the first input, which holds the result then.

    ```mlir
    %r = kernel.extern "f" ins(%x : tensor<4xf32>) outs(%e : tensor<8xf32>) arguments [1] -> tensor<8xf32>
    kernel.extern "f" ins(%x : memref<4xf32>) outs(%y : memref<8xf32>) arguments [1]
    %n = kernel.extern "g" ins(%x : memref<?xf32>) arguments [] -> memref<1x?xi64>
    ```
  }];
  let arguments = (ins StrAttr:$function, Variadic<AnyShaped>:$inputs, Variadic<AnyShaped>:$outputs,
    DenseI64ArrayAttr:$arguments, OptionalAttr<DenseI32ArrayAttr>:$dtypes, UnitAttr:$updates_input);
  let results = (outs Variadic<AnyShaped>:$results);
  let assemblyFormat = [{
    $function `ins` `(` ($inputs^ `:` type($inputs))? `)` (`outs` `(` $outputs^ `:` type($outputs) `)`)?
    `arguments` $arguments attr-dict (`->` type($results)^)?
  }];
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$results, "::llvm::StringRef":$function,
    "::mlir::ValueRange":$inputs, "::mlir::ValueRange":$outputs,
    "::llvm::ArrayRef<int64_t>":$arguments), [{
      build($_builder, $_state, results, function, inputs, outputs, arguments,
            ::mlir::DenseI32ArrayAttr());
    }]>];
  let hasVerifier = 1;
}

def Kernel_AllocOp : Kernel_Op<"alloc", [MemoryEffects<[MemAlloc]>]> {
  let summary = "a block of the context's heap";
  let description = [{
    A dense buffer, 64-byte aligned, whose reference count is 1; one size for each `?`. A size that is
    negative, or too large, ends the run with an error.

    ```mlir
    %m = kernel.alloc(%h, %w) : memref<?x4x?xf32>
    ```
  }];
  let arguments = (ins Variadic<Index>:$sizes);
  let results = (outs Res<AnyMemRef, "", [MemAlloc]>:$memref);
  let assemblyFormat = "`(` $sizes `)` attr-dict `:` type($memref)";
  let hasVerifier = 1;
}

def Kernel_RetainOp : Kernel_Op<"retain"> {
  let summary = "one more user of a block of the heap";
  let description = [{
    The block is that of the kernel.alloc or kernel.extern that `memref` comes from, through
    whichever views. A buffer that is no block of the heap is left alone.
  }];
  let arguments = (ins Arg<AnyMemRef, "", [MemRead, MemWrite]>:$memref);
  let assemblyFormat = "$memref attr-dict `:` type($memref)";
}

def Kernel_ReleaseOp : Kernel_Op<"release"> {
  let summary = "one user less of a block of the heap";
  let description = "The last one gives it back. See kernel.retain.";
  let arguments = (ins Arg<AnyMemRef, "", [MemFree]>:$memref);
  let assemblyFormat = "$memref attr-dict `:` type($memref)";
}

def Kernel_CheckOp : Kernel_Op<"check", [MemoryEffects<[MemWrite]>]> {
  let summary = "ends the run with an error unless a condition holds";
  let description = [{
    The error names the ONNX node that the op's location names.

    ```mlir
    kernel.check %same, "shapes do not broadcast"
    ```
  }];
  let arguments = (ins I1:$condition, StrAttr:$message);
  let assemblyFormat = "$condition `,` $message attr-dict";
}

def Kernel_ConstantsOp : Kernel_Op<"constants", [HasParent<"::mlir::ModuleOp">]> {
  let summary = "the constants section of the compiled model";
  let description = [{
    `values[i]` lies at byte `offsets[i]` (64-byte aligned) of a section of `size` bytes. The host
    function reaches it through its argument marked `kernel.constants`.
  }];
  let arguments = (ins I64Attr:$size, DenseI64ArrayAttr:$offsets, ArrayAttr:$values);
  let assemblyFormat = "$size `offsets` $offsets `values` $values attr-dict";
  let hasVerifier = 1;
}

#endif // ATROUS_DIALECTS_KERNEL_KERNEL_TD
