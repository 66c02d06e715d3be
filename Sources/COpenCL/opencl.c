#include "opencl.h"

#include <dlfcn.h>
#include <string.h>

const char *qmtl_opencl_open(const char *path, qmtl_opencl *functions) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
#define FIND(name)                                      \
    do {                                                \
        void *symbol = dlsym(library, #name);           \
        if (!symbol) return "it has no function " #name; \
        memcpy(&functions->name, &symbol, sizeof symbol); \
    } while (0)
    FIND(clGetPlatformIDs);
    FIND(clGetPlatformInfo);
    FIND(clGetDeviceIDs);
    FIND(clGetDeviceInfo);
    FIND(clCreateContext);
    FIND(clReleaseContext);
    FIND(clCreateCommandQueue);
    FIND(clReleaseCommandQueue);
    FIND(clCreateBuffer);
    FIND(clReleaseMemObject);
    FIND(clEnqueueWriteBuffer);
    FIND(clEnqueueReadBuffer);
    FIND(clEnqueueMapBuffer);
    FIND(clCreateProgramWithSource);
    FIND(clCreateProgramWithBinary);
    FIND(clBuildProgram);
    FIND(clGetProgramInfo);
    FIND(clGetProgramBuildInfo);
    FIND(clReleaseProgram);
    FIND(clCreateKernel);
    FIND(clReleaseKernel);
    FIND(clSetKernelArg);
    FIND(clEnqueueNDRangeKernel);
    FIND(clFinish);
#undef FIND
    return 0;
}
