/*===- capi.h - What a model's own C functions call -------------*- C -*-===*\
 *
 * `atrous compile` writes <name>_create, <name>_run and <name>_destroy into a
 * model; they are thin calls of these, with the model's table. The pointers
 * are in the order of the table and of its shapes.
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
                        void *const *outputs);
void atrous_capi_destroy(void *instance);

#ifdef __cplusplus
}
#endif
#endif /* ATROUS_RUNTIME_API_CAPI_H */
