// swift-tools-version: 6.1
import PackageDescription

// Targets are listed from the ground up: a target imports only from above itself.
let package = Package(
    name: "QMTL",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "QMTL", targets: ["QMTL"]),
        .executable(name: "qmtl", targets: ["QMTLCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/onevcat/Rainbow", from: "4.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // Level 0: system libraries, inner loops, matrices, random numbers.
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // No unsafe flags here: SwiftPM refuses them in a package that others depend on by version.
        .target(name: "CVectorKernels"),
        // The OpenCL loader is opened at run time, so there is nothing to link.
        .target(name: "COpenCL"),
        .target(
            name: "Kernels", path: "Kernels",
            resources: [
                "prelude", "half_angles", "rotations", "product_states", "reduced_states", "simulate",
                "head_matrices", "expectations", "cotangents", "adjoint", "gradients",
                "transfer_matrices", "transfer_steps", "transfer", "random_numbers",
            ].map { .embedInCode("\($0).cl") }),
        // The optical digits data set, embedded in the binary.
        .target(
            name: "CDigits", exclude: ["digits.bin", "LICENSE-digits.txt", "make_digits.py"]),
        .systemLibrary(name: "CThreads"),
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS", "CThreads"]),
        .target(name: "Randomness"),

        // Level 1: what a circuit, a configuration, a data set and an optimiser are.
        .target(
            name: "Circuits", dependencies: [.product(name: "Numerics", package: "swift-numerics")]),
        .target(name: "Configuration", dependencies: ["Yams"]),
        .target(
            name: "Datasets",
            dependencies: [
                "LinearAlgebra", "Randomness", "Configuration", "CZlib", "CDigits", "SwiftCSV",
            ],
            resources: ["chest", "glue", "mustard", "mustard-plus-plus"].map {
                .embedInCode("Shipped/\($0).yaml")
            }),
        .target(
            name: "Noise",
            dependencies: ["Circuits", .product(name: "Numerics", package: "swift-numerics")]),
        .target(name: "Optimization", dependencies: ["LinearAlgebra", "Randomness"]),

        // Circuits as text, for other software.
        .target(name: "OpenQASM", dependencies: ["Circuits"]),

        // Level 2: what a backend is asked to do.
        .target(
            name: "Execution", dependencies: ["Circuits", "LinearAlgebra", "Noise", "Randomness"]),

        // Circuits in a device's own gates.
        .target(
            name: "Transpilation",
            dependencies: [
                "Circuits", "Noise", "OpenQASM", "Randomness",
                .product(name: "Numerics", package: "swift-numerics"),
            ]),

        // Level 3: backends; training, which imports none of them.
        .target(
            name: "ReferenceSimulation",
            dependencies: [
                "Circuits", "Execution", "LinearAlgebra", "Noise",
                .product(name: "Numerics", package: "swift-numerics"),
            ]),
        .target(
            name: "CPUSimulation",
            dependencies: [
                "Circuits", "Execution", "LinearAlgebra", "CVectorKernels", "Noise",
            ]),
        .target(
            name: "OpenCLSimulation",
            dependencies: ["Circuits", "Execution", "LinearAlgebra", "Randomness", "Kernels", "COpenCL"]),
        .target(
            name: "IBMQuantum",
            dependencies: [
                "Circuits", "Datasets", "Execution", "LinearAlgebra", "Noise", "OpenQASM", "Randomness",
                "Transpilation", "CZlib", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "Training",
            dependencies: [
                "LinearAlgebra", "Randomness", "Circuits", "Datasets", "Optimization", "Execution", "Noise",
            ]),

        // Level 4: many runs, and how results are shown.
        .target(
            name: "Experiments",
            dependencies: [
                "LinearAlgebra", "Randomness", "Circuits", "Configuration", "Datasets", "Execution",
                "Noise", "Training",
            ],
            resources: [
                "compare-chest", "compare-digits", "compare-glue", "compare-mustard", "sweep-scaling",
            ].map { .embedInCode("Shipped/\($0).yaml") }),
        .target(
            name: "Diagnostics",
            dependencies: ["LinearAlgebra", "Randomness", "Circuits", "Execution", "ReferenceSimulation"]),
        .target(
            name: "Reporting",
            dependencies: ["Circuits", "Datasets", "Training", "Experiments", "Diagnostics", "Rainbow"]),

        // Level 5: the library's face and the command line.
        .target(
            name: "QMTL",
            dependencies: [
                "LinearAlgebra", "Randomness", "Circuits", "Noise", "OpenQASM", "Datasets", "Optimization",
                "Execution",
                "ReferenceSimulation", "CPUSimulation", "OpenCLSimulation", "IBMQuantum", "Training",
                "Experiments", "Diagnostics", "Reporting", "Transpilation",
            ]),
        .executableTarget(
            name: "QMTLCommand",
            dependencies: [
                "QMTL", "Configuration",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Tests mirror the sources; the conformance tests hold every law on every backend.
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"]),
        .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(name: "CircuitsTests", dependencies: ["Circuits"]),
        .testTarget(
            name: "OpenQASMTests",
            dependencies: [
                "OpenQASM", "ReferenceSimulation", "Execution", "LinearAlgebra", "Circuits", "Randomness",
                .product(name: "Numerics", package: "swift-numerics"),
            ],
            exclude: ["check_export.py", "check_suites.py", "make_programs.py"],
            resources: [.copy("Programs")]),
        .testTarget(
            name: "DatasetsTests",
            dependencies: ["SharedData", "Datasets", "LinearAlgebra", "Randomness", "Configuration"]),
        .testTarget(
            name: "OptimizationTests", dependencies: ["Optimization", "LinearAlgebra", "Randomness"],
            exclude: ["Balancing/make_aggregator_values.py"]),
        .testTarget(name: "NoiseTests", dependencies: ["Noise", "Circuits", "Configuration"]),
        .testTarget(
            name: "ExecutionTests",
            dependencies: [
                "Execution", "Circuits", "CPUSimulation", "LinearAlgebra", "Noise", "ReferenceSimulation",
            ]),
        .testTarget(
            name: "ReferenceSimulationTests",
            dependencies: [
                "NoiseVectors", "ReferenceSimulation", "Execution", "Circuits", "LinearAlgebra", "Noise",
            ],
            resources: [.copy("Vectors")]),
        .testTarget(
            name: "CPUSimulationTests",
            dependencies: [
                "CPUSimulation", "ReferenceSimulation", "Execution", "Circuits", "LinearAlgebra",
            ]),
        .testTarget(
            name: "OpenCLSimulationTests",
            dependencies: [
                "OpenCLSimulation", "COpenCL", "Kernels", "ReferenceSimulation", "Execution", "Circuits",
                "LinearAlgebra", "Noise", "Randomness",
            ]),
        .testTarget(
            name: "BackendConformanceTests",
            dependencies: [
                "NoiseVectors", "ReferenceSimulation", "CPUSimulation", "OpenCLSimulation", "Execution",
                "Circuits", "LinearAlgebra", "Noise", "Randomness",
            ]),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Training", "Configuration", "Datasets", "Execution", "Circuits", "LinearAlgebra",
                "Noise", "Optimization", "Randomness", "ReferenceSimulation", "CPUSimulation",
            ], exclude: ["make_calibration.py"]),
        .target(
            name: "NoiseVectors", dependencies: ["Execution", "Noise", "Circuits"],
            path: "Tests/NoiseVectors",
            resources: [.copy("Vectors")]),
        .target(name: "SharedData", dependencies: ["Datasets"], path: "Tests/SharedData"),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: [
                "SharedData",
                "Experiments", "Training", "Datasets", "Configuration", "LinearAlgebra", "Randomness",
                "Circuits", "Execution", "CPUSimulation",
            ], exclude: ["Statistics/make_fold_tests.py"]),
        .testTarget(
            name: "DiagnosticsTests",
            dependencies: [
                "Diagnostics", "ReferenceSimulation", "CPUSimulation", "Execution", "Circuits",
                "LinearAlgebra",
            ]),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Reporting", "Diagnostics", "CPUSimulation", "Experiments", "Training", "Circuits",
            ],
            exclude: ["check_tensorboard.py"]),
        .testTarget(
            name: "TranspilationTests",
            dependencies: [
                "Transpilation", "OpenQASM", "ReferenceSimulation", "Circuits", "Noise", "Randomness",
                .product(name: "Numerics", package: "swift-numerics"),
            ],
            exclude: ["check_transpilation.py"]),
        .target(
            name: "SimulatedIBMQuantum",
            dependencies: [
                "IBMQuantum", "CPUSimulation", "Circuits", "Execution", "LinearAlgebra", "Noise", "OpenQASM",
                "Randomness", .product(name: "FlyingFox", package: "FlyingFox"),
            ],
            path: "Tests/SimulatedIBMQuantum"),
        .testTarget(
            name: "IBMQuantumTests",
            dependencies: [
                "SimulatedIBMQuantum", "IBMQuantum", "CPUSimulation", "ReferenceSimulation", "Training",
                "Datasets", "Circuits", "Execution", "LinearAlgebra", "Noise", "OpenQASM", "Randomness",
                "Transpilation",
            ]),
        .testTarget(
            name: "QMTLCommandTests",
            dependencies: ["QMTLCommand", "Datasets", "IBMQuantum", "SimulatedIBMQuantum"],
            exclude: ["check_sharing.sh"]),
    ],
    swiftLanguageModes: [.v6]
)
