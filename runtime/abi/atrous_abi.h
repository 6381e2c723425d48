/*===- atrous_abi.h - The contract between compiled models and the runtime -===*\
 *
 * A compiled model is an ELF object that defines one symbol, `atrous_model_v3`
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

#define ATROUS_ABI_VERSION 3
#define ATROUS_MODEL_SYMBOL "atrous_model_v3"
/* Alignment in bytes of the arena, of the constants section and of blocks of
 * the heap. */
#define ATROUS_ALIGNMENT 64

/* Status of every call. The values are the exit codes of the tools, too. */
typedef enum atrous_status {
  ATROUS_OK = 0,
  ATROUS_ERROR_INPUT = 1,       /* the caller's model, file or tensor is wrong */
  ATROUS_ERROR_USAGE = 2,       /* the call itself is wrong */
  ATROUS_ERROR_UNSUPPORTED = 3, /* operator, element type, ABI version, CPU */
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
  const int64_t *shape;       /* rank sizes; -1 where known at run time only */
  const char *const *symbols; /* rank names, "" where there is none; or null.
                                 Equal names of inputs are equal sizes */
  const int64_t *min_shape;   /* rank sizes, or null: no bound */
  const int64_t *max_shape;   /* the same; -1 where a size has no bound */
} atrous_tensor_info;

/* A dense tensor in C order while a model runs. `data` is aligned as its
 * elements are, a block of the heap to ATROUS_ALIGNMENT. */
typedef struct atrous_buffer {
  void *data;
  int64_t *shape; /* rank sizes */
  int32_t rank;
  int32_t dtype;  /* atrous_dtype */
} atrous_buffer;

/* A kernel's part [begin, end) of its tasks. Tasks are independent; any split
 * and any order gives the same bytes. A slot holds 8 bytes: the address of a
 * buffer, or a size. `scratch`: atrous_model.scratch_size bytes that no other
 * thread uses meanwhile, ATROUS_ALIGNMENT aligned, of any content. */
typedef void (*atrous_task_fn)(void *const *slots, int64_t begin, int64_t end,
                               void *scratch);

/* What compiled code may ask of its caller; one per running context. */
typedef struct atrous_exec {
  uint32_t struct_size;
  uint32_t reserved;
  /* Runs all `tasks` of `fn`, returns when they are done. */
  void (*parallel_for)(struct atrous_exec *exec, atrous_task_fn fn,
                       void *const *slots, int64_t tasks);
  /* Records an error of a kernel: `node` names the ONNX node, `message` says
   * what was wrong. The first one is kept. Any thread. */
  void (*fail)(struct atrous_exec *exec, const char *node, const char *message);
  /* A block of the context's heap for a dense tensor, ATROUS_ALIGNMENT aligned,
   * with a reference count of 1; at the latest it is gone when the next run
   * starts. Null where a size is negative or the bytes are too many: an error
   * is recorded for `node`. The thread that runs the network only; so for
   * retain and release. */
  void *(*allocate)(struct atrous_exec *exec, const int64_t *shape,
                    int32_t rank, int64_t element_size);
  /* Count users of a block; the last release gives it back. Other addresses
   * and null are left alone. */
  void (*retain)(struct atrous_exec *exec, void *block);
  void (*release)(struct atrous_exec *exec, void *block);
  /* The ONNX node that is running, for errors of `allocate`; set by compiled
   * code before it allocates or calls a runtime function. */
  const char *node;
  /* As allocate, with the first `used` bytes of `data`, which lies anywhere, at
   * the block's beginning. It may be the block of `data` itself, with one more
   * user, if that came from grow and has room behind bytes that are in use:
   * those of `data` stay as they are. */
  void *(*grow)(struct atrous_exec *exec, const void *data, int64_t used,
                const int64_t *shape, int32_t rank, int64_t element_size);
  /* For tasks that compiled code runs itself, on the network's thread. */
  void *scratch;
  /* Called by models that were compiled for profiling, on the network's thread:
   * the layer of this number begins, or with -1, is over. */
  void (*enter_layer)(struct atrous_exec *exec, int32_t layer);
  /* What the model's `prepare` has written. */
  const void *prepared;
} atrous_exec;

/* A runtime function behind an irregular op (kernel.extern): `buffers` are the
 * operands, then the results; `arguments` the op's integers, `node` the ONNX
 * node's name for errors. Shape and data of a result are given, or the function
 * makes them: where `data` is null, it writes the `rank` sizes of `shape` and
 * takes `data` from exec->allocate. Returns ATROUS_OK, or calls exec->fail (or
 * has got null from exec->allocate) first. */
typedef atrous_status (*atrous_extern_fn)(atrous_exec *exec,
                                          atrous_buffer *buffers,
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
  /* Runs the network once, on buffers in the order of `inputs` and `outputs`.
   * An output of static shape comes with its data; that of another gets a
   * block of the heap and its sizes, and may share it with other outputs.
   * `arena` is ATROUS_ALIGNMENT aligned, of arena_size bytes, and private to
   * the call. Reentrant. */
  atrous_status (*run)(atrous_exec *exec, const atrous_buffer *inputs,
                       atrous_buffer *outputs, void *arena,
                       const void *constants);
  uint64_t scratch_size;    /* bytes that each thread of a run needs */
  const char *layers_json;  /* what it runs, in order (docs/layers.md) */
  int32_t num_layers;       /* that `run` calls enter_layer for: all, or 0
                               where it was not compiled for profiling */
  int32_t num_variants;     /* 0 where there is one only */
  /* The tables of a network that was compiled for several CPUs, the exported
   * one first; each needs more of a CPU than those before. They agree in all
   * but cpu and cpu_features, the sizes of memory and `run`. A loader takes the
   * last one that this CPU runs. */
  const struct atrous_model *const *variants;
  /* What is computed from constants once, before the first run, and is read by
   * all: so many bytes, ATROUS_ALIGNMENT aligned, which `prepare` writes. 0 and
   * null where there is nothing. Uses of `exec` no more than parallel_for. */
  uint64_t prepared_size;
  void (*prepare)(atrous_exec *exec, const void *constants, void *prepared);
} atrous_model;

#ifdef __cplusplus
}
#endif
#endif /* ATROUS_RUNTIME_ABI_ATROUS_ABI_H */
