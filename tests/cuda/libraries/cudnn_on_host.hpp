// GPUs as cuDNN describes them, with numbers of NVIDIA's data sheets: what it chooses kernels by.
#pragma once

namespace on_host {

inline constexpr char a100[] = R"({"maxGridSize":[2147483647,65535,65535],"maxBlockSize":[1024,1024,64],
"regsPerBlock":65536,"multiProcessorCount":108,"warpSize":32,"maxSharedMemoryPerBlock":49152,
"maxSharedMemoryPerBlockOptin":166912,"reservedSharedMemoryPerBlock":1024,"maxRegistersPerSM":65536,"maxCtasPerSM":32,
"maxThreadsPerBlock":1024,"maxThreadsPerSM":2048,"pciDeviceId":0,"isTccDriver":0,"supportCoopLaunch":1,
"smClockRateKHz":1410000,"memClockRateKHz":1593000,"l2CacheSize":41943040,"deviceName":"NVIDIA A100-SXM4-80GB",
"cudaDeviceId":0,"deviceVer":800,"driverVer":13000,"totalGlobalMem":85899345920})";

inline constexpr char h100[] = R"({"maxGridSize":[2147483647,65535,65535],"maxBlockSize":[1024,1024,64],
"regsPerBlock":65536,"multiProcessorCount":132,"warpSize":32,"maxSharedMemoryPerBlock":49152,
"maxSharedMemoryPerBlockOptin":232448,"reservedSharedMemoryPerBlock":1024,"maxRegistersPerSM":65536,"maxCtasPerSM":32,
"maxThreadsPerBlock":1024,"maxThreadsPerSM":2048,"pciDeviceId":0,"isTccDriver":0,"supportCoopLaunch":1,
"smClockRateKHz":1980000,"memClockRateKHz":2619000,"l2CacheSize":52428800,"deviceName":"NVIDIA H100 80GB HBM3",
"cudaDeviceId":0,"deviceVer":900,"driverVer":13000,"totalGlobalMem":85899345920})";

/// The GPU of the handles that are made.
inline const char* gpu = h100;

}  // namespace on_host
