// Tells the thread sanitizer what Synchronization.Mutex does when threads compete for it.
//
// The uncontended path is compiled into the caller, where the sanitizer sees its atomics. The contended path is inside
// libswiftSynchronization, which is not instrumented and waits on a futex: without this file the sanitizer takes every
// contended lock for no lock at all and reports races that do not exist. These definitions take the place of the library's
// in a sanitized test binary, do the library's work, and report the order that the lock establishes.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define MUTEX_METHOD __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

extern void __tsan_acquire(void *address);
extern void __tsan_release(void *address);

// Mangled names of `_MutexHandle._lockSlow(_: UInt32)`, `_tryLockSlow() -> Bool` and `_unlockSlow()`.
#define LOCK_SYMBOL "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK_SYMBOL "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK_SYMBOL "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef MUTEX_METHOD void (*Lock)(uint32_t thread, SELF void *handle);
typedef MUTEX_METHOD bool (*TryLock)(SELF void *handle);
typedef MUTEX_METHOD void (*Unlock)(SELF void *handle);

MUTEX_METHOD void lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK_SYMBOL);
MUTEX_METHOD bool try_lock_slow(SELF void *handle) __asm__(TRY_LOCK_SYMBOL);
MUTEX_METHOD void unlock_slow(SELF void *handle) __asm__(UNLOCK_SYMBOL);

MUTEX_METHOD void lock_slow(uint32_t thread, SELF void *handle) {
    ((Lock)dlsym(RTLD_NEXT, LOCK_SYMBOL))(thread, handle);
    __tsan_acquire(handle);
}

MUTEX_METHOD bool try_lock_slow(SELF void *handle) {
    bool locked = ((TryLock)dlsym(RTLD_NEXT, TRY_LOCK_SYMBOL))(handle);
    if (locked) __tsan_acquire(handle);
    return locked;
}

MUTEX_METHOD void unlock_slow(SELF void *handle) {
    __tsan_release(handle);
    ((Unlock)dlsym(RTLD_NEXT, UNLOCK_SYMBOL))(handle);
}
