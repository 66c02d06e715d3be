import ArgumentParser
import Foundation
import QMTL

/// Work on a device of IBM.
struct HardwareOptions: ParsableArguments {
    @Flag(help: "With --backend ibm: submit nothing; print circuits, shots, time and the error to expect.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "With --backend ibm: the most that all of it may take, in shots such as 200000 or seconds such as 120s.",
            valueName: "limit"))
    var budget: HardwareBudget?

    @Option(
        help: ArgumentHelp(
            "With --dry-run: a device's configuration and properties documents, for which no account is needed.",
            valueName: "file,file"))
    var calibration: List<String> = List([])

    @Flag(
        help: "With --backend ibm: use rotations about X and ZZ by any angle where the device has them.")
    var fractionalGates = false

    @OptionGroup var account: AccountOptions
    @OptionGroup var ledger: LedgerOptions

    /// Shots where none are asked for.
    static let standardShots = 1024
    /// Seconds of the device that a job may take where no budget says so.
    private static let standardSeconds = 300

    /// Refuses what belongs to a device where none is asked for.
    func validate(with backend: BackendOptions) throws {
        guard backend.backend != .ibm else {
            if !calibration.elements.isEmpty, calibration.elements.count != 2 || !dryRun {
                throw ValidationError("--calibration takes two files, and goes with --dry-run.")
            }
            return
        }
        if dryRun || fractionalGates || budget != nil || !calibration.elements.isEmpty
            || account.account != nil
            || ledger.ledger != nil
        {
            throw ValidationError(
                "--dry-run, --budget, --calibration, --fractional-gates, --account and --ledger go with --backend ibm."
            )
        }
    }

    /// A device of IBM, the one named or that with the shortest queue.
    /// - Parameters:
    ///   - name: the device's name; nil chooses.
    ///   - work: names what is done: the same work goes on where it was stopped, and is not paid for twice.
    /// - Throws: `IBMError`; `NoiseError` where a calibration cannot be read.
    func makeBackend(
        device name: String?, shots: Int?, correctsReadout: Bool = false, work: String, console: Console
    ) async throws -> IBMBackend {
        let options = IBMBackend.Options(
            shots: shots ?? Self.standardShots, correctsReadout: correctsReadout,
            usesFractionalGates: fractionalGates, budget: budget, key: work)
        let files = calibration.elements.map { URL(filePath: $0) }
        if files.count == 2 {
            return IBMBackend(
                try DeviceCalibration(configuration: files[0], properties: files[1]), sampler: nil,
                options: options)
        }
        let service = ServiceClient(try account.chosen())
        if dryRun {
            let documents = try await Self.documents(of: name, from: service)
            return IBMBackend(try DeviceCalibration(documents), sampler: nil, options: options)
        }
        let ledger = try Ledger(ledger.url)
        let documents: DeviceDocuments
        if let known = try ledger.documents(of: work, instance: service.instance, device: name) {
            documents = known
        } else {
            documents = try await Self.documents(of: name, from: service)
            try ledger.add(documents, of: work, instance: service.instance)
        }
        let runner = JobRunner(service: service, ledger: ledger, remark: console.remark)
        var seconds = Self.standardSeconds
        if case .seconds(let limit) = budget {
            seconds = Int(min(max(1, limit.rounded(.up)), Double(JobRequest.mostSeconds)))
        }
        return IBMBackend(
            try DeviceCalibration(documents),
            sampler: LedgeredSampler(runner: runner, device: documents.device, maximumSeconds: seconds),
            options: options)
    }

    /// What a device says of itself now; without a name, the device with the shortest queue.
    private static func documents(
        of name: String?, from service: ServiceClient
    ) async throws -> DeviceDocuments {
        let device: String
        if let name { device = name } else { device = try await leastBusy(of: service) }
        return DeviceDocuments(
            device: device, configuration: try await service.configuration(of: device),
            properties: try await service.properties(of: device))
    }

    private static func leastBusy(of service: ServiceClient) async throws -> String {
        let devices = try await service.devices().filter { $0.status == "online" }
        guard let best = devices.min(by: { ($0.queueLength ?? .max) < ($1.queueLength ?? .max) }) else {
            throw BackendError.unavailable(
                backend: "ibm", reason: "no device of the instance is online; try again later")
        }
        return best.name
    }
}

extension DeviceCalibration {
    /// The calibration in a device's documents.
    /// - Throws: `NoiseError.invalidCalibration`.
    fileprivate init(_ documents: DeviceDocuments) throws(NoiseError) {
        try self.init(
            configuration: documents.configuration, properties: documents.properties, device: documents.device
        )
    }
}
