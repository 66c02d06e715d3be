#pragma once

// Tells the processor that the thread waits for a change in memory, so that another one on the core goes on undisturbed.
static inline void qmtl_spin(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
