import Circuits
import Training

/// Formulas of the heads of prior models: `n` are the qubits and `L` the layers of their circuits, `T` the tasks.
extension ParameterFormula {
    static func qfnn(_ outputs: [Int]) -> ParameterFormula {
        ParameterFormula("sum_t (12 + 4 C_t)", count: outputs.reduce(0) { $0 + 12 + 4 * $1 })
    }

    static func reservoir(_ outputs: [Int], _ sizes: HeadConfiguration) -> ParameterFormula {
        let n = sizes.qubits ?? ReservoirCircuit.defaultQubits
        return ParameterFormula(
            "sum_t C_t (n (n + 1) / 2 + 1)", count: outputs.reduce(0, +) * (n * (n + 1) / 2 + 1))
    }

    static func residual(_ outputs: [Int], featureCount d: Int, _ sizes: HeadConfiguration)
        -> ParameterFormula
    {
        var quantumSizes = HeadConfiguration()
        (quantumSizes.register, quantumSizes.layers) = (sizes.register, sizes.layers)
        let quantum = ParameterFormula(
            HeadChoice(.quantum), outputs: outputs, featureCount: d, configuration: quantumSizes)
        return ParameterFormula(
            "\(quantum.text) + sum_t C_t (d + 1)", count: quantum.count + outputs.reduce(0, +) * (d + 1))
    }

    static func shareAndSpecify(_ outputs: [Int], _ sizes: HeadConfiguration) -> ParameterFormula {
        let n = sizes.qubits ?? max(ShareAndSpecifyCircuit.defaultQubits, widestRegister(outputs))
        let layers = sizes.layers ?? ShareAndSpecifyCircuit.defaultLayers
        return ParameterFormula(
            "2 n L (T + 1) + 2 sum_t C_t",
            count: 2 * n * layers * (outputs.count + 1) + 2 * outputs.reduce(0, +))
    }

    static func sharedCircuit(_ outputs: [Int], _ sizes: HeadConfiguration) -> ParameterFormula {
        let n = sizes.qubits ?? SharedCircuit.defaultQubits
        let layers = sizes.layers ?? SharedCircuit.defaultLayers
        return ParameterFormula(
            "2 n L + sum_t C_t (n + 1)", count: 2 * n * layers + outputs.reduce(0, +) * (n + 1))
    }

    static func transfer(
        _ outputs: [Int], featureCount d: Int, _ sizes: HeadConfiguration
    ) -> ParameterFormula {
        let bits = Int.bitWidth - (max(d, 2) - 1).leadingZeroBitCount
        let n = sizes.qubits ?? max(bits, widestRegister(outputs))
        let layers = sizes.layers ?? TransferCircuit.defaultLayers
        return ParameterFormula(
            "3 n L T + 2 sum_t C_t, n = ceil(log2 d)",
            count: 3 * n * layers * outputs.count + 2 * outputs.reduce(0, +))
    }

    private static func widestRegister(_ outputs: [Int]) -> Int {
        outputs.map { Observables.registerSize(outputCount: $0) }.max() ?? 1
    }
}
