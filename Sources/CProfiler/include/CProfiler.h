#ifndef C_PROFILER_H
#define C_PROFILER_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// A sampling profiler: SIGPROF interrupts a thread that uses a processor, and the thread's stack is noted.
//
// It is C because a signal handler must neither allocate nor take a lock, which Swift does not promise.

#define GW_PROFILE_FRAMES 96

// A thread's stack: where it was, then the return addresses of its callers.
typedef struct {
    uint32_t count;
    uintptr_t frames[GW_PROFILE_FRAMES];
} gw_profile_sample;

// Begins to take samples: `rate` in each second of processor time, up to `capacity`. One profile is taken at a time.
// Returns 0, or an error number of errno.h.
int gw_profile_start(uint32_t rate, size_t capacity);
// Ends it. Returns how many samples were due; those beyond the capacity are not there.
size_t gw_profile_stop(void);
// The samples since the last start; nil before it and after the release.
const gw_profile_sample *_Nullable gw_profile_samples(void);
// Frees the samples.
void gw_profile_release(void);

// The code of a program or library in memory.
typedef struct {
    uintptr_t start, end;
    // Where `start` is in the file.
    uint64_t offset;
    // Empty for the program itself.
    const char *path;
} gw_profile_image;

// Writes the images of the process. Returns how many there are, which can be more than fit.
size_t gw_profile_images(gw_profile_image *images, size_t capacity);

// Names the functions in which addresses are; `addresses` ascend. `found` is called for each one that has a name, which holds during the call.
void gw_profile_name(const uintptr_t *addresses, size_t count, void *context,
                     void (*found)(void *context, size_t index, const char *name));

// The readable form of a name that Swift has mangled; nil if it is none. The caller frees it.
char *_Nullable gw_profile_demangle(const char *name);

#pragma clang assume_nonnull end

#endif
