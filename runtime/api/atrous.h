/*===- atrous.h - Load and run compiled models ------------------*- C -*-===*\
 *
 * The public C API of the runtime.
 *
 *   atrous_loaded_model *model;
 *   atrous_context *context;
 *   if (atrous_model_load("m.so", &model) ||
 *       atrous_context_create(model, 0, &context) ||
 *       atrous_context_run(context, inputs, 1, outputs, 1))
 *     fprintf(stderr, "%s\n", atrous_last_error());
 *
 * Every call returns a status; its text is atrous_last_error() of the same
 * thread. Each create or load has a destroy, which accepts null. A model is
 * constant and may be used by any thread; a context by one thread at a time
 * (a second one gets ATROUS_ERROR_USAGE). Contexts keep their model alive.
 *
 * A compiled model is a program: load only what you would run.
 *
\*===--------------------------------------------------------------------===*/
#ifndef ATROUS_RUNTIME_API_ATROUS_H
#define ATROUS_RUNTIME_API_ATROUS_H

#include "runtime/abi/atrous_abi.h"
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct atrous_loaded_model atrous_loaded_model;
typedef struct atrous_context atrous_context;

/* A dense tensor in C order; the caller owns `data` and `shape`, but for views
 * that a run makes. `data` may be null where a size is 0, `shape` where the
 * rank is 0. */
typedef struct atrous_tensor {
  void *data;
  int32_t dtype; /* atrous_dtype */
  int32_t rank;
  const int64_t *shape;
} atrous_tensor;

/* What the last failed call of this thread had to say; "" before any. Valid
 * until the thread's next failing call. */
const char *atrous_last_error(void);

/* Loads a shared object that `atrous compile` wrote. The file's length and
 * checksum are verified before it is mapped as code, then the ABI version and
 * the CPU's features. Of a model that was compiled for several CPUs, the code
 * is taken that needs the most that this CPU has; the environment variable
 * ATROUS_MAX_CPU (x86-64-v3, x86-64-v4 ...) takes what is above a level away.
 */
atrous_status atrous_model_load(const char *path, atrous_loaded_model **model);
/* Takes a model that is linked into this program; `table` must outlive it. */
atrous_status atrous_model_from_table(const atrous_model *table,
                                      atrous_loaded_model **model);
void atrous_model_destroy(atrous_loaded_model *model);
/* Names, types and shapes of inputs and outputs; lives as long as the model.
 * Of a model that was compiled for several CPUs: the table that was taken. */
const atrous_model *atrous_model_table(const atrous_loaded_model *model);

/* Makes what one running inference needs: scratch memory and a part in the
 * model's worker threads. `threads`: 0 for every core that the process may
 * use, else 1 to 1024. */
atrous_status atrous_context_create(atrous_loaded_model *model, int32_t threads,
                                    atrous_context **context);
void atrous_context_destroy(atrous_context *context);
int32_t atrous_context_threads(const atrous_context *context);

/* Runs the network once. Tensors in the order of the table, all checked
 * against it; outputs are written in place.
 *
 * An output whose shape has sizes that are known at run time only (-1 in the
 * table) may come with null `data`: it becomes a view, data and shape, of the
 * context's memory, valid until its next run or its end. Else its shape must be
 * the one that comes out.
 *
 * Memory for sizes known at run time is kept for later runs; in a steady state
 * a run allocates nothing. */
atrous_status atrous_context_run(atrous_context *context,
                                 const atrous_tensor *inputs,
                                 int32_t num_inputs,
                                 atrous_tensor *outputs, int32_t num_outputs);

/* What the context's last run took for each of the model's layers, in the order
 * of its layers_json; 0 for one that did not run. On one thread, time that
 * it had a core; else wall-clock time. For models that were compiled
 * for profiling; `num_layers` is the table's. */
atrous_status atrous_context_layer_times(const atrous_context *context,
                                         uint64_t *nanoseconds,
                                         int32_t num_layers);

/* Bytes of an element, 0 for an unknown number. */
size_t atrous_dtype_size(int32_t dtype);
/* "float32", as NumPy says it; "unknown" for an unknown number. */
const char *atrous_dtype_name(int32_t dtype);

#ifdef __cplusplus
}
#endif
#endif /* ATROUS_RUNTIME_API_ATROUS_H */
