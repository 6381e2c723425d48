/*===- capi.h - What a model's own C functions call -------------*- C -*-===*\
 *
 * `atrous compile` writes <name>_create, <name>_run and <name>_destroy into a
 * model; they are thin calls of these, with the model's table. The pointers
 * are in the order of the table and of its shapes.
 *
 * A tensor whose sizes are known at run time only has a shape, the others null.
 * Such an output is a place for a pointer: null on entry, for a view of the
 * instance's memory, or memory of the caller for a tensor of the given shape.
 *
\*===--------------------------------------------------------------------===*/
#ifndef ATROUS_RUNTIME_API_CAPI_H
#define ATROUS_RUNTIME_API_CAPI_H

#include "runtime/api/atrous.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An instance that owns its context and model; null on failure. */
void *atrous_capi_create(const atrous_model *table, int32_t threads);
int32_t atrous_capi_run(void *instance, const void *const *inputs,
                        const int64_t *const *input_shapes,
                        void *const *outputs, int64_t *const *output_shapes);
void atrous_capi_destroy(void *instance);

#ifdef __cplusplus
}
#endif
#endif /* ATROUS_RUNTIME_API_CAPI_H */
