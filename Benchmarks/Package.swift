// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the library's users do not build the benchmark tool.
let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "QMTL", path: ".."),
        // Its default traits replace the memory allocator, which would slow what is measured.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .target(name: "AllocationCount", path: "AllocationCount"),
        // The tool finds benchmarks in targets whose folder lies in one called Benchmarks: this one.
        .executableTarget(
            name: "Engine",
            dependencies: [
                "AllocationCount",
                .product(name: "QMTL", package: "QMTL"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Engine",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)
