import Foundation

/// The service's `estimator`, version 2, with plain JSON both ways.
public struct EstimatorPrimitive: Sendable {
    /// What the service does beside running the circuits.
    public var options: EstimatorOptions
    /// How much of the errors is taken out.
    public var resilience: ResilienceLevel
    /// The standard error that is aimed at where a bloc names none; 1/64 is 4,096 shots.
    public var precision: Double

    /// The program with options.
    public init(
        options: EstimatorOptions = EstimatorOptions(), resilience: ResilienceLevel = .readout,
        precision: Double = 1 / 64
    ) {
        self.options = options
        self.resilience = resilience
        self.precision = precision
    }

    /// `estimator`.
    public var name: String { "estimator" }

    /// The largest multiple of the noise that circuits are run at.
    var largestNoiseFactor: Double {
        let zne = options.resilience
        guard zne?.zneMitigation ?? (resilience == .extrapolation) else { return 1 }
        return zne?.zne?.noiseFactors?.max() ?? NoiseExtrapolation.standardNoiseFactors.max() ?? 1
    }

    /// The `params` of a job, the same bytes for the same blocs.
    public func parameters(_ blocs: [EstimatorBloc]) -> Data {
        JSONEncoder.encodePrimitive(
            Parameters(
                options: options, precision: precision, pubs: blocs.map(Parameters.Bloc.init),
                resilienceLevel: resilience))
    }

    /// The estimates of each bloc.
    /// - Throws: `IBMError.unreadableAnswer` for a result that is none of these blocs.
    public func estimates(_ result: Data, of blocs: [EstimatorBloc]) throws(IBMError) -> [Estimates] {
        guard let reply = try? JSONDecoder().decode(Reply.self, from: result) else {
            throw .unreadableResult("it is no result of the estimator")
        }
        guard reply.results.count == blocs.count else {
            throw .unreadableResult("it has \(reply.results.count) entries for \(blocs.count) circuits")
        }
        var estimates: [Estimates] = []
        for (entry, bloc) in zip(reply.results, blocs) {
            let sets = bloc.values.count
            let shape = (bloc.observables.count, sets)
            func rows(_ numbers: [Double], _ name: String) throws(IBMError) -> [[Double]] {
                guard numbers.count == bloc.observables.count * sets else {
                    throw .unreadableResult(
                        "\(name) are \(numbers.count) for \(bloc.observables.count) observables x \(sets) inputs"
                    )
                }
                return bloc.observables.indices.map { Array(numbers[$0 * sets..<($0 + 1) * sets]) }
            }
            var found = Estimates(
                values: try rows(entry.data.evs.flat, "evs"),
                standardErrors: try rows(entry.data.stds.flat, "stds"))
            let data = entry.data
            if let values = data.evs_noise_factors, let errors = data.stds_noise_factors {
                found.noiseFactors = try Estimates.Points(values, errors, shape, "evs_noise_factors")
            }
            if let values = data.evs_extrapolated, let errors = data.stds_extrapolated {
                found.extrapolated = try Estimates.Points(values, errors, shape, "evs_extrapolated")
            }
            estimates.append(found)
        }
        return estimates
    }

    private struct Parameters: Encodable {
        struct Bloc: Encodable {
            let bloc: EstimatorBloc

            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                try container.encode(bloc.circuit)
                let observables = bloc.observables.map(Observable.init)
                let hasInputs = !bloc.values[0].isEmpty
                if hasInputs {
                    // A column against the row of inputs: every observable at every input.
                    try container.encode(observables.map { [$0] })
                    try container.encode(bloc.values)
                } else {
                    if observables.count == 1 {
                        try container.encode(observables[0])
                    } else {
                        try container.encode(observables)
                    }
                    try container.encodeNil()
                }
                if let precision = bloc.precision { try container.encode(precision) }
            }
        }

        struct Observable: Encodable {
            let terms: EstimatorBloc.Observable

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                if terms.count == 1, let term = terms.first, term.value == 1 {
                    try container.encode(term.key)
                } else {
                    try container.encode(terms)
                }
            }
        }

        let options: EstimatorOptions
        let precision: Double
        let pubs: [Bloc]
        let resilienceLevel: ResilienceLevel
        let supportQiskit = false
        let version = 2
    }

    /// Names as in the answer.
    private struct Reply: Decodable {
        struct Entry: Decodable {
            struct Values: Decodable {
                let evs: NestedNumbers
                let stds: NestedNumbers
                let evs_noise_factors: NestedNumbers?
                let stds_noise_factors: NestedNumbers?
                let evs_extrapolated: NestedNumbers?
                let stds_extrapolated: NestedNumbers?
            }

            let data: Values
        }

        let results: [Entry]
    }
}

extension Estimates.Points {
    /// Points of every observable and input, which the service nests to any depth.
    fileprivate init(
        _ values: NestedNumbers, _ errors: NestedNumbers, _ shape: (observables: Int, sets: Int),
        _ name: String
    ) throws(IBMError) {
        let pairs = shape.observables * shape.sets
        let count = values.flat.count / pairs
        guard count > 0, count * pairs == values.flat.count, errors.flat.count == values.flat.count else {
            throw .unreadableResult(
                "\(name) are \(values.flat.count) with \(errors.flat.count) errors for \(shape.observables) "
                    + "observables x \(shape.sets) inputs")
        }
        func nested(_ flat: [Double]) -> [[[Double]]] {
            (0..<shape.observables).map { observable in
                (0..<shape.sets).map { set in
                    let pair = observable * shape.sets + set
                    return Array(flat[pair * count..<(pair + 1) * count])
                }
            }
        }
        self.init(values: nested(values.flat), standardErrors: nested(errors.flat))
    }
}

/// A number, or lists of them nested to any depth, in C order.
private struct NestedNumbers: Decodable {
    let flat: [Double]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            flat = [number]
        } else {
            flat = try container.decode([NestedNumbers].self).flatMap(\.flat)
        }
    }
}
