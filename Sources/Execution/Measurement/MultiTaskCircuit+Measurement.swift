import Circuits

extension MultiTaskCircuit {
    /// The measurement settings that a sample needs, each a circuit to run.
    ///
    /// Tasks with qubits of their own are measured at once, so that the one with most settings counts; tasks that share qubits
    /// need settings of their own.
    public var measurementSettingCount: Int {
        let counts = tasks.map { MeasurementSetting.covering($0.observables).count }
        return hasDisjointRegisters ? counts.max() ?? 0 : counts.reduce(0, +)
    }
}
