#pragma once
#include <stddef.h>
#include <stdint.h>

/// The UCI "Optical Recognition of Handwritten Digits" test set: 1797 rows of 65 bytes, 64 pixels of an 8x8 image
/// (row by row, 0 white to 16 black), then the digit. By E. Alpaydin and C. Kaynak, CC BY 4.0; see LICENSE-digits.txt.
const uint8_t *qmtl_digits_bytes(void);

/// The number of rows of `qmtl_digits_bytes`.
size_t qmtl_digits_row_count(void);

/// The number of bytes of a row: pixels, then the label.
size_t qmtl_digits_row_size(void);
