// The part of OpenCL 1.2 that QMTL uses, opened at run time: the program links and starts without an OpenCL loader.
// Values are those of the Khronos specification.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct qmtl_cl_platform *qmtl_cl_platform_id;
typedef struct qmtl_cl_device *qmtl_cl_device_id;
typedef struct qmtl_cl_context *qmtl_cl_context_id;
typedef struct qmtl_cl_queue *qmtl_cl_queue_id;
typedef struct qmtl_cl_memory *qmtl_cl_memory_id;
typedef struct qmtl_cl_program *qmtl_cl_program_id;
typedef struct qmtl_cl_kernel *qmtl_cl_kernel_id;

enum {
    QMTL_CL_SUCCESS = 0,
    QMTL_CL_DEVICE_NOT_FOUND = -1,
    QMTL_CL_MEM_OBJECT_ALLOCATION_FAILURE = -4,
    QMTL_CL_OUT_OF_RESOURCES = -5,
    QMTL_CL_OUT_OF_HOST_MEMORY = -6,
    QMTL_CL_INVALID_BUFFER_SIZE = -61,
    QMTL_CL_PLATFORM_NOT_FOUND = -1001,
};

enum { QMTL_CL_PLATFORM_NAME = 0x0902 };
enum { QMTL_CL_DEVICE_TYPE_CPU = 1 << 1, QMTL_CL_DEVICE_TYPE_GPU = 1 << 2, QMTL_CL_DEVICE_TYPE_ALL = 0xFFFFFFFF };
enum {
    QMTL_CL_DEVICE_TYPE = 0x1000,
    QMTL_CL_DEVICE_MAX_COMPUTE_UNITS = 0x1002,
    QMTL_CL_DEVICE_MAX_WORK_GROUP_SIZE = 0x1004,
    QMTL_CL_DEVICE_MAX_MEM_ALLOC_SIZE = 0x1010,
    QMTL_CL_DEVICE_GLOBAL_MEM_SIZE = 0x101F,
    QMTL_CL_DEVICE_LOCAL_MEM_SIZE = 0x1023,
    QMTL_CL_DEVICE_NAME = 0x102B,
    QMTL_CL_DRIVER_VERSION = 0x102D,
    QMTL_CL_DEVICE_VERSION = 0x102F,
    QMTL_CL_DEVICE_EXTENSIONS = 0x1030,
    QMTL_CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT = 0x103A,
    QMTL_CL_DEVICE_NATIVE_VECTOR_WIDTH_DOUBLE = 0x103B,
};
enum { QMTL_CL_MEM_READ_WRITE = 1, QMTL_CL_MEM_ALLOC_HOST_PTR = 1 << 4 };
enum { QMTL_CL_MAP_READ = 1, QMTL_CL_MAP_WRITE = 2 };
enum { QMTL_CL_PROGRAM_BINARY_SIZES = 0x1165, QMTL_CL_PROGRAM_BINARIES = 0x1166, QMTL_CL_PROGRAM_BUILD_LOG = 0x1183 };

typedef struct {
    int32_t (*clGetPlatformIDs)(uint32_t count, qmtl_cl_platform_id *platforms, uint32_t *available);
    int32_t (*clGetPlatformInfo)(qmtl_cl_platform_id, uint32_t name, size_t size, void *value, size_t *needed);
    int32_t (*clGetDeviceIDs)(qmtl_cl_platform_id, uint64_t type, uint32_t count, qmtl_cl_device_id *devices,
                              uint32_t *available);
    int32_t (*clGetDeviceInfo)(qmtl_cl_device_id, uint32_t name, size_t size, void *value, size_t *needed);
    qmtl_cl_context_id (*clCreateContext)(const intptr_t *properties, uint32_t count, const qmtl_cl_device_id *devices,
                                          void (*notify)(const char *, const void *, size_t, void *), void *user,
                                          int32_t *status);
    int32_t (*clReleaseContext)(qmtl_cl_context_id);
    qmtl_cl_queue_id (*clCreateCommandQueue)(qmtl_cl_context_id, qmtl_cl_device_id, uint64_t properties,
                                             int32_t *status);
    int32_t (*clReleaseCommandQueue)(qmtl_cl_queue_id);
    qmtl_cl_memory_id (*clCreateBuffer)(qmtl_cl_context_id, uint64_t flags, size_t size, void *host, int32_t *status);
    int32_t (*clReleaseMemObject)(qmtl_cl_memory_id);
    int32_t (*clEnqueueWriteBuffer)(qmtl_cl_queue_id, qmtl_cl_memory_id, uint32_t blocking, size_t offset, size_t size,
                                    const void *source, uint32_t waits, const void *wait_list, void *event);
    int32_t (*clEnqueueReadBuffer)(qmtl_cl_queue_id, qmtl_cl_memory_id, uint32_t blocking, size_t offset, size_t size,
                                   void *target, uint32_t waits, const void *wait_list, void *event);
    void *(*clEnqueueMapBuffer)(qmtl_cl_queue_id, qmtl_cl_memory_id, uint32_t blocking, uint64_t flags, size_t offset,
                                size_t size, uint32_t waits, const void *wait_list, void *event, int32_t *status);
    qmtl_cl_program_id (*clCreateProgramWithSource)(qmtl_cl_context_id, uint32_t count, const char *const *strings,
                                                    const size_t *lengths, int32_t *status);
    qmtl_cl_program_id (*clCreateProgramWithBinary)(qmtl_cl_context_id, uint32_t count, const qmtl_cl_device_id *devices,
                                                    const size_t *lengths, const unsigned char *const *binaries,
                                                    int32_t *binary_status, int32_t *status);
    int32_t (*clBuildProgram)(qmtl_cl_program_id, uint32_t count, const qmtl_cl_device_id *devices, const char *options,
                              void (*notify)(qmtl_cl_program_id, void *), void *user);
    int32_t (*clGetProgramInfo)(qmtl_cl_program_id, uint32_t name, size_t size, void *value, size_t *needed);
    int32_t (*clGetProgramBuildInfo)(qmtl_cl_program_id, qmtl_cl_device_id, uint32_t name, size_t size, void *value,
                                     size_t *needed);
    int32_t (*clReleaseProgram)(qmtl_cl_program_id);
    qmtl_cl_kernel_id (*clCreateKernel)(qmtl_cl_program_id, const char *name, int32_t *status);
    int32_t (*clReleaseKernel)(qmtl_cl_kernel_id);
    int32_t (*clSetKernelArg)(qmtl_cl_kernel_id, uint32_t index, size_t size, const void *value);
    int32_t (*clEnqueueNDRangeKernel)(qmtl_cl_queue_id, qmtl_cl_kernel_id, uint32_t dimensions, const size_t *offset,
                                      const size_t *global_size, const size_t *local_size, uint32_t waits,
                                      const void *wait_list, void *event);
    int32_t (*clFinish)(qmtl_cl_queue_id);
} qmtl_opencl;

// Opens the loader at `path` and finds the functions; it stays open. Gives null, or what went wrong (valid until the next
// call on this thread).
const char *qmtl_opencl_open(const char *path, qmtl_opencl *functions);
