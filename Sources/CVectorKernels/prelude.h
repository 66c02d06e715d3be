#pragma once

// What the tile loops need, included before any instruction set is switched on.
#include <math.h>
#include <string.h>

#include "vector_kernels.h"
