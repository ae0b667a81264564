#define _GNU_SOURCE
#include "CProfiler.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

// MARK: - Samples

static gw_profile_sample *samples;
static size_t capacity;
static pid_t process;
static atomic_size_t due;
static atomic_bool is_recording;
// How many threads are in the handler: the samples stay as long as one of them may write.
static atomic_int writers;

// Reads two words of the stack, which may not be there: the kernel checks that, where a load would end the process.
static bool read_frame(uintptr_t address, uintptr_t words[2]) {
    struct iovec local = {.iov_base = words, .iov_len = 2 * sizeof(uintptr_t)};
    struct iovec remote = {.iov_base = (void *)address, .iov_len = 2 * sizeof(uintptr_t)};
    return process_vm_readv(process, &local, 1, &remote, 1, 0) == 2 * sizeof(uintptr_t);
}

// Follows the chain of frame pointers, which Swift's functions keep: each points to the caller's and to the return address.
static void take_stack(gw_profile_sample *sample, const ucontext_t *context) {
#if defined(__x86_64__)
    uintptr_t counter = (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
    uintptr_t frame = (uintptr_t)context->uc_mcontext.gregs[REG_RBP];
    uintptr_t stack = (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    uintptr_t counter = (uintptr_t)context->uc_mcontext.pc;
    uintptr_t frame = (uintptr_t)context->uc_mcontext.regs[29];
    uintptr_t stack = (uintptr_t)context->uc_mcontext.sp;
#else
#error "The profiler knows no registers of this processor."
#endif
    uint32_t count = 0;
    sample->frames[count++] = counter;
    while (count < GW_PROFILE_FRAMES) {
        uintptr_t words[2];
        // Swift marks the frames of asynchronous functions by a bit that no address has.
        frame &= ~((uintptr_t)1 << 60);
        // Callers are further up; whatever else is in the register is no frame.
        if (frame <= stack || frame % sizeof(uintptr_t) != 0 || !read_frame(frame, words) || words[1] == 0) break;
        sample->frames[count++] = words[1];
        stack = frame;
        frame = words[0];
    }
    sample->count = count;
}

static void take_sample(int signal, siginfo_t *information, void *context) {
    (void)signal;
    (void)information;
    int error = errno;
    atomic_fetch_add(&writers, 1);
    if (atomic_load(&is_recording)) {
        size_t index = atomic_fetch_add(&due, 1);
        if (index < capacity) take_stack(&samples[index], context);
    }
    atomic_fetch_sub(&writers, 1);
    errno = error;
}

int gw_profile_start(uint32_t rate, size_t count) {
    if (rate == 0 || rate > 1000 || count == 0) return EINVAL;
    if (samples != NULL) return EBUSY;
    // Pages that no sample reaches take no memory.
    void *memory = mmap(NULL, count * sizeof(gw_profile_sample), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return errno;
    // The handler stays when a profile ends: a signal that is under way would end the process.
    struct sigaction action = {.sa_sigaction = take_sample, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    struct itimerval interval = {.it_interval = {.tv_usec = 1000000 / rate}, .it_value = {.tv_usec = 1000000 / rate}};
    if (rate == 1) interval = (struct itimerval){.it_interval = {.tv_sec = 1}, .it_value = {.tv_sec = 1}};
    samples = memory;
    capacity = count;
    process = getpid();
    atomic_store(&due, 0);
    atomic_store(&is_recording, true);
    if (sigaction(SIGPROF, &action, NULL) == 0 && setitimer(ITIMER_PROF, &interval, NULL) == 0) return 0;
    error_t error = errno;
    gw_profile_stop();
    gw_profile_release();
    return error;
}

size_t gw_profile_stop(void) {
    struct itimerval never = {{0}};
    setitimer(ITIMER_PROF, &never, NULL);
    atomic_store(&is_recording, false);
    while (atomic_load(&writers) != 0) sched_yield();
    return atomic_load(&due);
}

const gw_profile_sample *gw_profile_samples(void) { return samples; }

void gw_profile_release(void) {
    if (samples == NULL) return;
    munmap(samples, capacity * sizeof(gw_profile_sample));
    samples = NULL;
}

// MARK: - Names

struct image_list {
    gw_profile_image *images;
    size_t count, capacity;
};

static int add_image(struct dl_phdr_info *information, size_t size, void *context) {
    (void)size;
    struct image_list *list = context;
    for (size_t index = 0; index < information->dlpi_phnum; index++) {
        const ElfW(Phdr) *header = &information->dlpi_phdr[index];
        if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
        uintptr_t start = information->dlpi_addr + header->p_vaddr;
        if (list->count < list->capacity) {
            list->images[list->count] = (gw_profile_image){
                .start = start, .end = start + header->p_memsz, .offset = header->p_offset, .path = information->dlpi_name};
        }
        list->count++;
    }
    return 0;
}

size_t gw_profile_images(gw_profile_image *images, size_t count) {
    struct image_list list = {.images = images, .count = 0, .capacity = count};
    dl_iterate_phdr(add_image, &list);
    return list.count;
}

// How far the program itself is from where its file says. It is the first image.
static int find_bias(struct dl_phdr_info *information, size_t size, void *context) {
    (void)size;
    *(uintptr_t *)context = information->dlpi_addr;
    return 1;
}

// Names what is in the program itself by its file's table of symbols: the dynamic linker knows exported functions alone.
static void name_by_table(const uint8_t *file, size_t size, const uintptr_t *addresses, size_t count, void *context,
                          void (*found)(void *context, size_t index, const char *name)) {
    const ElfW(Ehdr) *header = (const void *)file;
    if (size < sizeof *header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_shentsize != sizeof(ElfW(Shdr))) return;
    if (header->e_shoff > size || (size - header->e_shoff) / sizeof(ElfW(Shdr)) < header->e_shnum) return;
    const ElfW(Shdr) *sections = (const void *)(file + header->e_shoff);
    uintptr_t bias = 0;
    dl_iterate_phdr(find_bias, &bias);
    for (size_t index = 0; index < header->e_shnum; index++) {
        const ElfW(Shdr) *table = &sections[index];
        if (table->sh_type != SHT_SYMTAB || table->sh_link >= header->e_shnum) continue;
        const ElfW(Shdr) *strings = &sections[table->sh_link];
        if (table->sh_offset > size || table->sh_size > size - table->sh_offset) return;
        if (strings->sh_offset > size || strings->sh_size > size - strings->sh_offset || strings->sh_size == 0) return;
        const char *names = (const char *)(file + strings->sh_offset);
        if (names[strings->sh_size - 1] != 0) return;
        const ElfW(Sym) *symbols = (const void *)(file + table->sh_offset);
        for (size_t number = 0; number < table->sh_size / sizeof(ElfW(Sym)); number++) {
            const ElfW(Sym) *symbol = &symbols[number];
            if ((symbol->st_info & 0xf) != STT_FUNC || symbol->st_size == 0 || symbol->st_name >= strings->sh_size) continue;
            uintptr_t start = bias + symbol->st_value, end = start + symbol->st_size;
            // The first address that is not before the function.
            size_t low = 0, high = count;
            while (low < high) {
                size_t middle = low + (high - low) / 2;
                if (addresses[middle] < start) low = middle + 1;
                else high = middle;
            }
            for (; low < count && addresses[low] < end; low++) found(context, low, names + symbol->st_name);
        }
    }
}

void gw_profile_name(const uintptr_t *addresses, size_t count, void *context,
                     void (*found)(void *context, size_t index, const char *name)) {
    for (size_t index = 0; index < count; index++) {
        Dl_info information;
        if (dladdr((void *)addresses[index], &information) != 0 && information.dli_sname != NULL) {
            found(context, index, information.dli_sname);
        }
    }
    int descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat status;
    if (fstat(descriptor, &status) == 0 && status.st_size > 0) {
        size_t size = (size_t)status.st_size;
        void *file = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (file != MAP_FAILED) {
            name_by_table(file, size, addresses, count, context, found);
            munmap(file, size);
        }
    }
    close(descriptor);
}

// Swift's runtime. https://github.com/swiftlang/swift/blob/main/stdlib/public/runtime/Demangle.cpp
extern char *_Nullable swift_demangle(const char *name, size_t length, char *_Nullable buffer, size_t *_Nullable size, uint32_t flags);

char *gw_profile_demangle(const char *name) { return swift_demangle(name, strlen(name), NULL, NULL, 0); }
