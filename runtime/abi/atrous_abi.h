/*===- atrous_abi.h - The contract between compiled models and the runtime -===*\
 *
 * A compiled model is an ELF object that defines one symbol, `atrous_model_v1`
 * (struct atrous_model), and calls nothing but what struct atrous_exec offers
 * and the functions of runtime/cpu/ops that it was linked with. Plain C: the
 * compiler writes these structs as LLVM constants (compiler/emit/ModelTable).
 *
 * Versioning: `struct_size` and `abi_version` come first. A loader accepts its
 * own abi_version only; fields are added at the end, never moved.
 *
\*===----------------------------------------------------------------------===*/
#ifndef ATROUS_RUNTIME_ABI_ATROUS_ABI_H
#define ATROUS_RUNTIME_ABI_ATROUS_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATROUS_ABI_VERSION 1
#define ATROUS_MODEL_SYMBOL "atrous_model_v1"
/* Alignment in bytes of the arena and of the constants section. */
#define ATROUS_ALIGNMENT 64

/* Status of every call. The values are the exit codes of the tools, too. */
typedef enum atrous_status {
  ATROUS_OK = 0,
  ATROUS_ERROR_INPUT = 1,       /* the caller's model, file or tensor is wrong */
  ATROUS_ERROR_USAGE = 2,       /* the call itself is wrong */
  ATROUS_ERROR_UNSUPPORTED = 3, /* ABI version, CPU feature, element type */
  ATROUS_ERROR_RESOURCE = 4,    /* memory, threads, files */
  ATROUS_ERROR_INTERNAL = 70    /* a defect of Atrous */
} atrous_status;

/* Element types: the numbers of onnx.TensorProto.DataType. Elements lie as in
 * NumPy; a bool is one byte, 0 or 1. */
typedef enum atrous_dtype {
  ATROUS_FLOAT32 = 1,
  ATROUS_UINT8 = 2,
  ATROUS_INT8 = 3,
  ATROUS_UINT16 = 4,
  ATROUS_INT16 = 5,
  ATROUS_INT32 = 6,
  ATROUS_INT64 = 7,
  ATROUS_BOOL = 9,
  ATROUS_FLOAT16 = 10,
  ATROUS_FLOAT64 = 11,
  ATROUS_UINT32 = 12,
  ATROUS_UINT64 = 13,
  ATROUS_BFLOAT16 = 16
} atrous_dtype;

/* A network input or output. */
typedef struct atrous_tensor_info {
  const char *name;           /* as in the ONNX graph; UTF-8 */
  int32_t dtype;              /* atrous_dtype */
  int32_t rank;
  const int64_t *shape;       /* rank sizes; -1 where a symbol stands */
  const char *const *symbols; /* rank names, "" where static; or null */
} atrous_tensor_info;

/* A kernel's part [begin, end) of its tasks. Tasks are independent; any split
 * and any order gives the same bytes. */
typedef void (*atrous_task_fn)(void *const *buffers, int64_t begin, int64_t end);

/* What compiled code may ask of its caller; one per running context. */
typedef struct atrous_exec {
  uint32_t struct_size;
  uint32_t reserved;
  /* Runs all `tasks` of `fn`, returns when they are done. */
  void (*parallel_for)(struct atrous_exec *exec, atrous_task_fn fn,
                       void *const *buffers, int64_t tasks);
  /* Records an error of a kernel: `node` names the ONNX node, `message` says
   * what was wrong. The first one is kept. Any thread. */
  void (*fail)(struct atrous_exec *exec, const char *node, const char *message);
} atrous_exec;

/* A runtime function behind an irregular kernel (kernel.extern): `buffers` are
 * the inputs, then the outputs; `arguments` the op's integers, `node` the ONNX
 * node's name for errors. Returns ATROUS_OK, or calls exec->fail first. */
typedef atrous_status (*atrous_extern_fn)(atrous_exec *exec,
                                          void *const *buffers,
                                          const int64_t *arguments,
                                          const char *node);

/* The compiled model. All pointers are to constant data of the same object. */
typedef struct atrous_model {
  uint32_t struct_size;
  uint32_t abi_version;
  const char *name;         /* of the ONNX graph */
  const char *producer;     /* "atrous 0.1.0" */
  const char *options_json; /* how it was compiled */
  const char *cpu;          /* LLVM CPU name, e.g. "znver4" */
  const char *cpu_features; /* needed CPUID features, comma separated:
                               "avx2,fma,f16c,bmi2" or "avx512f,avx512bw,
                               avx512dq,avx512vl,avx512cd" ... */
  int32_t num_inputs;
  int32_t num_outputs;
  const atrous_tensor_info *inputs;
  const atrous_tensor_info *outputs;
  uint64_t arena_size;      /* bytes of scratch one run needs */
  const void *constants;    /* the packed weights, ATROUS_ALIGNMENT aligned */
  uint64_t constants_size;
  /* Runs the network once. Buffers are dense, in the order of `inputs` and
   * `outputs`; `arena` is ATROUS_ALIGNMENT aligned, of arena_size bytes, and
   * private to the call. Reentrant. */
  atrous_status (*run)(atrous_exec *exec, void *const *inputs,
                       void *const *outputs, void *arena,
                       const void *constants);
} atrous_model;

#ifdef __cplusplus
}
#endif
#endif /* ATROUS_RUNTIME_ABI_ATROUS_ABI_H */
