#include "digits.h"

enum { row_size = 65 };

// #embed is C23; the compiler offers it in every language mode, and says so.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static const uint8_t digits[] = {
#embed "digits.bin"
};
#pragma clang diagnostic pop

_Static_assert(sizeof digits % row_size == 0, "digits.bin must hold whole rows");

const uint8_t *qmtl_digits_bytes(void) { return digits; }
size_t qmtl_digits_row_count(void) { return sizeof digits / row_size; }
size_t qmtl_digits_row_size(void) { return row_size; }
