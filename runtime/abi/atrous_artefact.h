/*===- atrous_artefact.h - The trailer of a compiled shared object ---------===*\
 *
 *   +-------------------------+----------------------+
 *   | ELF shared object       | struct atrous_trailer|
 *   | `length` bytes          | 32 bytes             |
 *   +-------------------------+----------------------+
 *
 * Dynamic linkers ignore what follows an ELF file. The runtime checks the
 * trailer before it maps the file as code, so that a file that was cut short
 * or damaged is an error instead of a crash.
 *
\*===----------------------------------------------------------------------===*/
#ifndef ATROUS_RUNTIME_ABI_ATROUS_ARTEFACT_H
#define ATROUS_RUNTIME_ABI_ATROUS_ARTEFACT_H

#include <stdint.h>

#define ATROUS_TRAILER_MAGIC "ATROUSSO"

typedef struct atrous_trailer {
  uint64_t length;      /* bytes before the trailer */
  uint64_t hash;        /* XXH3, 64 bits, seed 0, of those bytes and then of
                           abi_version and reserved */
  uint32_t abi_version; /* ATROUS_ABI_VERSION of the writer */
  uint32_t reserved;    /* 0 */
  char magic[8];        /* ATROUS_TRAILER_MAGIC without its zero; the last
                           bytes of the file */
} atrous_trailer;

#endif /* ATROUS_RUNTIME_ABI_ATROUS_ARTEFACT_H */
