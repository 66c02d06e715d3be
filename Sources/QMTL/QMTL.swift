// What a user's program needs, under one import.
@_exported import CPUSimulation
@_exported import Circuits
@_exported import Datasets
@_exported import Diagnostics
@_exported import Execution
@_exported import Experiments
@_exported import IBMQuantum
@_exported import LinearAlgebra
@_exported import Noise
@_exported import OpenCLSimulation
@_exported import OpenQASM
@_exported import Optimization
@_exported import Randomness
@_exported import ReferenceSimulation
@_exported import Reporting
@_exported import Training
@_exported import Transpilation
