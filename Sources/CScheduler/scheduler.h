// The time slice of a thread (sched_setattr(2)), for which glibc has no function before 2.41.
#pragma once
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's `struct sched_attr` in its first version, which all kernels know.
struct scheduler_attributes {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

// Sets the time slice of the calling thread in nanoseconds; 0 is the kernel's own. Whatever else is set for the thread stays as it is.
//
// Kernels before 6.12 ignore it, and so do threads that do not share the processor fairly. Returns 0, or -1 with `errno`.
static inline int scheduler_set_time_slice(uint64_t nanoseconds) {
    struct scheduler_attributes attributes = {.size = sizeof attributes};
    if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return -1;
    // SCHED_OTHER and SCHED_BATCH.
    if (attributes.policy != 0 && attributes.policy != 3) return 0;
    attributes.size = sizeof attributes;
    attributes.runtime = nanoseconds;
    return (int)syscall(SYS_sched_setattr, 0, &attributes, 0);
}
