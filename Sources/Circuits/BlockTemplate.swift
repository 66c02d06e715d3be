/// A task block with a name, which a configuration chooses by `head.block`.
public struct BlockTemplate: Hashable, Sendable {
    /// The name; part of the public interface.
    public let name: String
    /// The block, with the number of layers of its source.
    public let block: TaskBlock

    /// The template called `name`.
    public init?(named name: String) {
        guard let template = Self.all.first(where: { $0.name == name }) else { return nil }
        self = template
    }

    private init(_ name: String, _ block: TaskBlock) {
        self.name = name
        self.block = block
    }

    /// All templates.
    public static let all = simCircuits + [basicEntangler, stronglyEntangling, realAmplitudes, efficientSU2]

    /// RX on every qubit, then controlled X around a ring, as PennyLane's `BasicEntanglerLayers`.
    public static let basicEntangler = BlockTemplate(
        "basic-entangler",
        TaskBlock(layers: 1, layer: [.rotations([.x]), .entangler(Entangler(.ring, .controlledX))]))

    /// RZ RY RZ on every qubit, then controlled X around a ring of a range that grows with the layer.
    ///
    /// Source: Schuld et al., *Circuit-centric quantum classifiers* (arXiv:1804.00633), in the form of PennyLane's
    /// `StronglyEntanglingLayers`; angles are numbered by axis, then qubit, there by qubit, then axis.
    public static let stronglyEntangling = BlockTemplate(
        "strongly-entangling",
        TaskBlock(
            layers: 1,
            layer: [.rotations([.z, .y, .z]), .coupling(Coupling(.ringOfGrowingRange, .controlledX))]))

    /// RY and controlled X on a line from its end, then closing RY, as Qiskit's `RealAmplitudes`.
    public static let realAmplitudes = BlockTemplate(
        "real-amplitudes",
        TaskBlock(
            layers: 3, layer: [.rotations([.y]), .coupling(Coupling(.reversedLine, .controlledX))],
            closing: [.rotations([.y])]))

    /// RY, RZ and controlled X on a line from its end, then closing RY, RZ, as Qiskit's `EfficientSU2`.
    public static let efficientSU2 = BlockTemplate(
        "efficient-su2",
        TaskBlock(
            layers: 3, layer: [.rotations([.y, .z]), .coupling(Coupling(.reversedLine, .controlledX))],
            closing: [.rotations([.y, .z])]))

    /// Circuits 1 to 19, `sim-1` to `sim-19`, each with one layer.
    ///
    /// Source: figure 2 of Sim, Johnson, Aspuru-Guzik, *Expressibility and entangling capability of parameterized
    /// quantum circuits for hybrid quantum-classical algorithms* (arXiv:1905.10876); qubit 0 is the top line there.
    public static let simCircuits: [BlockTemplate] = {
        let columns = BlockPart.rotations([.x, .z])
        func part(_ pattern: Coupling.Pattern, _ kind: Coupling.Kind) -> BlockPart {
            .coupling(Coupling(pattern, kind))
        }
        func line(_ kind: Coupling.Kind) -> [BlockPart] { [columns, part(.descendingLine, kind)] }
        func allToAll(_ kind: Coupling.Kind) -> [BlockPart] {
            [columns, part(.everyOrderedPair, kind), columns]
        }
        func twoColumns(_ kind: Coupling.Kind) -> [BlockPart] {
            [columns, part(.evenPairs, kind), columns, part(.oddPairs, kind)]
        }
        func innerColumns(_ kind: Coupling.Kind) -> [BlockPart] {
            [
                .rotations([.y, .z]), part(.evenPairs, kind), .rotations([.y, .z], .inner),
                part(.oddPairs, kind),
            ]
        }
        func twoRings(_ kind: Coupling.Kind) -> [BlockPart] {
            [
                .rotations([.y]), part(.ringOfSuccessors, kind), .rotations([.y]),
                part(.ringOfPredecessors, kind),
            ]
        }
        func brickwork(_ kind: Coupling.Kind) -> [BlockPart] {
            [columns, part(.evenPairs, kind), part(.oddPairs, kind)]
        }
        func ring(_ kind: Coupling.Kind) -> [BlockPart] { [columns, part(.ringOfSuccessors, kind)] }
        let (rotateX, rotateZ) = (Coupling.Kind.controlledRotation(.x), Coupling.Kind.controlledRotation(.z))
        let layers: [[BlockPart]] = [
            [columns],
            line(.controlledX), line(rotateZ), line(rotateX),
            allToAll(rotateZ), allToAll(rotateX),
            twoColumns(rotateZ), twoColumns(rotateX),
            [.hadamards, part(.descendingLine, .controlledZ), .rotations([.x])],
            [.entangler(Entangler(.ring)), .rotations([.y])],
            innerColumns(.controlledX), innerColumns(.controlledZ),
            twoRings(rotateZ), twoRings(rotateX), twoRings(.controlledX),
            brickwork(rotateZ), brickwork(rotateX),
            ring(rotateZ), ring(rotateX),
        ]
        return layers.enumerated().map { index, layer in
            // Circuit 10 alone has rotations before its layers.
            let opening: [BlockPart] = index + 1 == 10 ? [.rotations([.y])] : []
            return BlockTemplate("sim-\(index + 1)", TaskBlock(layers: 1, opening: opening, layer: layer))
        }
    }()
}
