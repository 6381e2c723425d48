/*===- atrous_compile.h - Compile models ------------------------*- C -*-===*\
 *
 * The public C API of the compiler. What it writes is run with the C API of
 * the runtime (runtime/api/atrous.h).
 *
 *   atrous_compile_options options;
 *   atrous_compile_options_init(&options);
 *   options.input_path = "m.onnx";
 *   options.output_path = "m.so";
 *   if (atrous_compile(&options))
 *     fprintf(stderr, "%s", atrous_compile_messages());
 *
 * Any number of threads may compile at once.
 *
\*===--------------------------------------------------------------------===*/
#ifndef ATROUS_COMPILER_CAPI_ATROUS_COMPILE_H
#define ATROUS_COMPILER_CAPI_ATROUS_COMPILE_H

#include "runtime/abi/atrous_abi.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All pointers belong to the caller; strings are UTF-8, and null means the
 * default. Words are those of the command line (`atrous compile --help`). */
typedef struct atrous_compile_options {
  uint32_t struct_size;
  int32_t threads;          /* the model runs on; 0: all */
  int32_t jobs;             /* threads that compile; 0: all */
  int32_t verbose;          /* also report remarks */
  const char *input_path;   /* the model's file, or */
  const void *input_bytes;  /* its bytes, */
  size_t input_size;        /* so many */
  const char *data_folder;  /* of external data of input_bytes; null: none */
  const char *output_path;  /* null: nothing is written */
  const char *emit;         /* "lib" */
  const char *cpu;          /* "native"; "x86-64-v3+x86-64-v4": code for both */
  const char *const *shapes; /* "x:1x3x520x520" or
                                 "x:1x3x(256..1024)x(256..1024)", so many */
  int32_t num_shapes;
  int32_t write_header;     /* beside a library or an object; 1 */
  const char *start_at;     /* "import" */
  const char *stop_after;   /* "emit" */
  const char *save_stages;  /* a folder */
  /* Called with what is being done, and how much of how much is done; one
   * call at a time, from any thread. */
  void (*progress)(void *user, const char *what, int32_t done, int32_t total);
  void *progress_user;
  int32_t temporary;        /* the output is loaded and removed: no flushing */
  int32_t num_shape_hints;
  const char *const *shape_hints; /* sizes to be as fast at as a model of these
                                     alone: "x:1x3x512x512,y:4", so many */
  const char *winograd;     /* "accurate" */
  const char *memory;       /* "low" */
  int32_t profile;          /* the model measures what each layer takes */
  const char *cache_dir;    /* keeps compiled kernels; "": none does. Default:
                                $ATROUS_CACHE_DIR, else atrous in
                                $XDG_CACHE_HOME or ~/.cache */
  int32_t tune;             /* schedules are timed on this machine */
} atrous_compile_options;

/* Sets the size and the defaults. */
void atrous_compile_options_init(atrous_compile_options *options);

/* Compiles. ATROUS_ERROR_INPUT: the model is wrong; _UNSUPPORTED: it needs what
 * is not there yet; _USAGE: an option is wrong; _RESOURCE: a file cannot be
 * written; _INTERNAL: a defect of Atrous. Leaves no half-written file. */
atrous_status atrous_compile(const atrous_compile_options *options);

/* The messages of this thread's last compilation, one per line; errors begin
 * with "error: ". Valid until its next one. */
const char *atrous_compile_messages(void);

#ifdef __cplusplus
}
#endif
#endif /* ATROUS_COMPILER_CAPI_ATROUS_COMPILE_H */
