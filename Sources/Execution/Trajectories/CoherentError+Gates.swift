import Circuits
import Noise

extension CoherentError {
    /// The error as gates on `wires`.
    func gates(on wires: [Int]) -> [Gate] {
        rotations.flatMap { rotation -> [Gate] in
            switch rotation {
            case .single(let axis, let position, let angle):
                return [.rotation(axis, wires[position], .constant(angle))]
            case .pair(let axis, let control, let angle):
                let (first, second) = (wires[control], wires[1 - control])
                // A controlled gate takes P to Z P where P anticommutes with what it does to the target.
                let gate =
                    axis == .z
                    ? Gate.controlledX(control: first, target: second) : .controlledZ(first, second)
                return [gate, .rotation(axis, second, .constant(angle)), gate]
            }
        }
    }
}
