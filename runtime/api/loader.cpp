//===- loader.cpp - Load a compiled shared object -------------------------===//

#include "runtime/abi/atrous_artefact.h"
#include "runtime/api/model.h"
#include "runtime/base/error.h"
#include "runtime/base/file.h"
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

using namespace atrous::runtime;

static atrous_status refuse(const char *path, const char *reason) {
  return fail(ATROUS_ERROR_INPUT, "cannot load '%s': %s", path, reason);
}

/// Hashes [0, length) of the file by blocks, then the trailer's own numbers.
static atrous_status hashFile(int descriptor, const char *path, size_t length,
                              const atrous_trailer &trailer, uint64_t &hash) {
  constexpr size_t kBlock = size_t(1) << 20;
  FreeOnExit block(malloc(kBlock));
  FreeOnExit memory(allocateAligned(sizeof(XXH3_state_t)));
  if (!block.get() || !memory.get())
    return fail(ATROUS_ERROR_RESOURCE, "cannot load '%s': no memory", path);
  XXH3_state_t *state = static_cast<XXH3_state_t *>(memory.get());
  XXH3_64bits_reset(state);
  for (size_t offset = 0; offset < length;) {
    size_t size = length - offset < kBlock ? length - offset : kBlock;
    if (atrous_status status =
            readAt(descriptor, path, block.get(), size, offset))
      return status;
    XXH3_64bits_update(state, block.get(), size);
    offset += size;
  }
  XXH3_64bits_update(state, &trailer.abi_version, 2 * sizeof(uint32_t));
  hash = XXH3_64bits_digest(state);
  return ATROUS_OK;
}

static atrous_status checkArtefact(int descriptor, const char *path,
                                   size_t size, uint64_t &hash) {
  char start[4];
  if (size < sizeof(start))
    return refuse(path, "it is empty or nearly so");
  if (atrous_status status =
          readAt(descriptor, path, start, sizeof(start), 0))
    return status;
  if (memcmp(start, "\177ELF", sizeof(start)))
    return refuse(path, "it is not a compiled model (no ELF file)");
  atrous_trailer trailer;
  memset(&trailer, 0, sizeof(trailer));
  if (size > sizeof(trailer))
    if (atrous_status status =
            readAt(descriptor, path, &trailer, sizeof(trailer),
                   size - sizeof(trailer)))
      return status;
  if (memcmp(trailer.magic, ATROUS_TRAILER_MAGIC, sizeof(trailer.magic)))
    return refuse(path, "it is no compiled model, or was cut short or stripped");
  if (trailer.length != size - sizeof(trailer))
    return refuse(path, "its length is not the one it was written with");
  if (atrous_status status =
          hashFile(descriptor, path, trailer.length, trailer, hash))
    return status;
  if (hash != trailer.hash)
    return refuse(path, "it is damaged (its checksum differs)");
  if (trailer.abi_version != ATROUS_ABI_VERSION)
    return fail(ATROUS_ERROR_UNSUPPORTED,
                "cannot load '%s': it has ABI version %u, this runtime has "
                "version %d; compile the model again",
                path, trailer.abi_version, ATROUS_ABI_VERSION);
  return ATROUS_OK;
}

static void unload(void *library) { dlclose(library); }

/// Opens the file by a spelling of its path that tells its content.
///
/// dlopen answers a path that it has seen with the library it loaded then,
/// though a newer model may lie there now. So bits of the checksum go into the
/// path as "/" or "./": same file, another spelling.
static void *openLibrary(const char *path, uint64_t hash) {
  FreeOnExit absolute(realpath(path, nullptr));
  const char *name = static_cast<const char *>(absolute.get());
  const char *slash = name ? strrchr(name, '/') : nullptr;
  if (!slash)
    return nullptr;
  char spelling[4096 + 128];
  size_t length = append(spelling, sizeof(spelling), 0, "%.*s/",
                         static_cast<int>(slash - name), name);
  for (int bit = 0; bit < 32; ++bit)
    length = append(spelling, sizeof(spelling), length, "%s",
                    hash >> bit & 1 ? "./" : "/");
  append(spelling, sizeof(spelling), length, "%s", slash + 1);
  return dlopen(spelling, RTLD_NOW | RTLD_LOCAL);
}

atrous_status atrous_model_load(const char *path,
                                atrous_loaded_model **model) {
  if (!path || !model)
    return fail(ATROUS_ERROR_USAGE, "path or model is null");
  int descriptor;
  size_t size;
  if (atrous_status status = openRegular(path, descriptor, size))
    return status;
  uint64_t hash = 0;
  atrous_status status = checkArtefact(descriptor, path, size, hash);
  close(descriptor);
  if (status)
    return status;
  void *library = openLibrary(path, hash);
  if (!library) {
    const char *reason = dlerror();
    return refuse(path, reason ? reason : "its path is too long");
  }
  const void *table = dlsym(library, ATROUS_MODEL_SYMBOL);
  status = table ? atrous_model_from_table(
                       static_cast<const atrous_model *>(table), model)
                 : refuse(path, "it defines no " ATROUS_MODEL_SYMBOL);
  if (status) {
    dlclose(library);
    return status;
  }
  (*model)->unload = unload;
  (*model)->library = library;
  return ATROUS_OK;
}
