//===- GraphBase.td - Dialect, layout attribute, op base classes -*- tablegen -*-===//

#ifndef ATROUS_DIALECTS_GRAPH_GRAPHBASE_TD
#define ATROUS_DIALECTS_GRAPH_GRAPHBASE_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/TensorEncoding.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialects/graph/Interfaces.td"

def Graph_Dialect : Dialect {
  let name = "graph";
  let cppNamespace = "::atrous::graph";
  let summary = "ONNX-level tensor operations of dense prediction networks";
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::tensor::TensorDialect", "::mlir::scf::SCFDialect"
  ];
}

/// The encoding of a ranked tensor type in the graph dialect. A type without
/// an encoding is static and lies plainly (row major).
def Graph_TensorAttr : AttrDef<Graph_Dialect, "Tensor", [
    DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let mnemonic = "tensor";
  let summary = "symbolic dimension names and blocked layout of a tensor";
  let description = [{
    `symbols` names the dynamic dimensions: either empty, or one string per
    dimension, "" for a static or an unnamed one. Equal names are equal sizes.

    `inner_dims` and `inner_tiles` give the layout as in `tensor.pack`: the
    logical dimension `inner_dims[i]` is split by `inner_tiles[i]`, and the
    tiles lie innermost, in that order. NCHW with `inner_dims = [1]` and
    `inner_tiles = [16]` is what oneDNN calls nChw16c:

    ```
    tensor<1x21x65x65xf32, #graph.tensor<inner_dims = [1], inner_tiles = [16]>>
      lies as memref<1x2x65x65x16xf32>; the 11 lanes of padding hold anything
    ```
  }];
  let parameters = (ins
    OptionalArrayRefParameter<"::mlir::StringAttr">:$symbols,
    OptionalArrayRefParameter<"int64_t">:$inner_dims,
    OptionalArrayRefParameter<"int64_t">:$inner_tiles);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

/// Any tensor; unranked until InferShapes has seen it.
def Graph_Tensor : AnyTypeOf<[AnyRankedTensor, AnyUnrankedTensor]>;

/// Base of all ops. Result types are inferred; a result may carry a layout,
/// which inference does not know, so compatibility looks past the encoding.
class Graph_Op<string mnemonic, list<Trait> traits = []>
    : Op<Graph_Dialect, mnemonic, traits> {
  // Ops with their own declarations write:
  //   let extraClassDeclaration = baseDeclaration # [{ ... }];
  string baseDeclaration = [{
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                        ::mlir::TypeRange actual) {
      return ::atrous::graph::areCompatibleUpToEncoding(inferred, actual);
    }
  }];
  let extraClassDeclaration = baseDeclaration;
}

/// A pure op whose types are inferred and that lowers to linalg.
class Graph_TensorOp<string mnemonic, list<Trait> traits = []>
    : Graph_Op<mnemonic, !listconcat(traits, [
        Pure, InferTypeOpAdaptor,
        DeclareOpInterfaceMethods<LinalgLoweringOpInterface>])>;

/// A pure op whose types are inferred and that the runtime does.
class Graph_RuntimeOp<string mnemonic, list<Trait> traits = []>
    : Graph_Op<mnemonic, !listconcat(traits, [
        Pure, InferTypeOpAdaptor,
        DeclareOpInterfaceMethods<RuntimeOpInterface>])>;

/// The same, where the function may update the first operand in place.
class Graph_UpdatingOp<string mnemonic>
    : Graph_Op<mnemonic, [
        Pure, InferTypeOpAdaptor,
        DeclareOpInterfaceMethods<RuntimeOpInterface, ["updatesInput"]>]>;

/// An op that lowers to linalg where all it needs is known at compile time,
/// else is done by the runtime.
class Graph_MovementOp<string mnemonic, list<Trait> traits = []>
    : Graph_TensorOp<mnemonic, !listconcat(traits, [
        DeclareOpInterfaceMethods<RuntimeOpInterface, ["needsRuntime"]>])>;

/// The same; without known sizes the runtime computes the shape only.
class Graph_ViewOp<string mnemonic, list<Trait> traits = []>
    : Graph_TensorOp<mnemonic, !listconcat(traits, [
        DeclareOpInterfaceMethods<RuntimeOpInterface,
                                  ["needsRuntime", "givesView"]>])>;

#endif // ATROUS_DIALECTS_GRAPH_GRAPHBASE_TD
