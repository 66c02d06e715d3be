#pragma once
#include <stdint.h>

// The blocks that this process has asked the allocator for so far, from any thread.
uint64_t qmtl_allocation_count(void);
