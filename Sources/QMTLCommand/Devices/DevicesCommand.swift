import ArgumentParser
import Foundation
import QMTL

/// The backends of this machine.
struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List the backends found here, and why others are missing.")

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let list = DeviceList.current
        try output.console.answer(list, text: list.text)
    }
}

/// What can compute circuits here: the answer of `qmtl devices --json`.
struct DeviceList: Encodable {
    /// One backend on one device.
    struct Device: Encodable {
        let backend: String
        let platform: String
        let name: String
        let threads: Int
        let precision: String
        /// What the inner loops are compiled for; nil where that does not matter.
        let instructionSet: String?
        let memory: Int?
        let defaultBudget: Int
        /// OpenCL devices: local memory of a work-group, the largest work-group, the largest buffer.
        var localMemory: Int?
        var largestGroup: Int?
        var largestAllocation: Int?

        private enum CodingKeys: String, CodingKey {
            case backend, platform, name, threads, precision
            case instructionSet = "instruction_set"
            case memory = "memory_mb"
            case defaultBudget = "default_budget_mb"
            case localMemory = "local_memory_kb"
            case largestGroup = "largest_group"
            case largestAllocation = "largest_allocation_mb"
        }
    }

    /// One backend that cannot be used.
    struct Missing: Encodable {
        let backend: String
        let reason: String
    }

    let devices: [Device]
    let missing: [Missing]

    static var current: DeviceList {
        let name = Processor.name
        let memory = Processor.memory.map { $0 >> 20 }
        let budget = MemoryBudget.halfOfFree() >> 20
        func device(_ backend: any Backend, _ precision: String, _ set: String?) -> Device {
            Device(
                backend: backend.capabilities.name, platform: Processor.architecture, name: name,
                threads: backend.capabilities.threads, precision: precision, instructionSet: set,
                memory: memory, defaultBudget: budget)
        }
        var devices = [
            device(CPUBackend(), "single", "\(CPUBackend.InstructionSet.best)"),
            device(ReferenceBackend(), "double", nil),
        ]
        var missing: [Missing] = []
        do {
            devices.append(Device(try IBMAccount.choose()))
        } catch {
            missing.append(Missing(backend: BackendName.ibm.rawValue, reason: error.description))
        }
        do {
            devices += try OpenCLPlatforms.devices().map(Device.init)
        } catch {
            missing.insert(Missing(backend: "opencl", reason: error.description), at: 0)
        }
        return DeviceList(devices: devices, missing: missing)
    }

    var text: String {
        var table = TextTable([
            .init("backend", .left), .init("device", .left), .init("threads", .right),
            .init("precision", .left), .init("instructions", .left), .init("memory", .right),
        ])
        for device in devices {
            table.append([
                device.backend, device.name, String(device.threads), device.precision,
                device.instructionSet ?? "", device.memory.map { "\($0) MiB" } ?? "",
            ])
        }
        let limits = devices.compactMap { device -> String? in
            guard let local = device.localMemory, let group = device.largestGroup,
                let allocation = device.largestAllocation
            else { return nil }
            return
                "\(device.name) (\(device.platform)): \(local) KiB of local memory, work-groups up to \(group), "
                + "buffers up to \(allocation) MiB"
        }
        let reasons = missing.map { "\($0.backend): \($0.reason)" }.joined(separator: "\n")
        return table.text() + (limits.isEmpty ? "" : "\n\nLimits\n" + limits.joined(separator: "\n"))
            + (missing.isEmpty ? "" : "\n\nMissing\n" + reasons)
    }
}

extension DeviceList.Device {
    /// The devices of an account's instance, which are not asked for: that takes a network.
    fileprivate init(_ account: IBMAccount) {
        self.init(
            backend: BackendName.ibm.rawValue, platform: "IBM Quantum",
            name: "devices of account '\(account.name)'", threads: 1, precision: "shots",
            instructionSet: nil, memory: nil, defaultBudget: 0)
    }

    fileprivate init(_ device: OpenCLDevice) {
        self.init(
            backend: BackendChoice.opencl.rawValue, platform: device.platform, name: device.name,
            threads: device.computeUnits, precision: device.hasDoublePrecision ? "single, double" : "single",
            instructionSet: "\(device.version.prefix(10))", memory: device.globalMemory >> 20,
            defaultBudget: device.globalMemory >> 21, localMemory: device.localMemory >> 10,
            largestGroup: device.largestGroup, largestAllocation: device.largestAllocation >> 20)
    }
}
