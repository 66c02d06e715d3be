import Randomness

extension DeviceTarget {
    /// The connected working qubits around the largest part of the device, best first from `start` on.
    ///
    /// They are gathered one after the other: always the one whose coupling and readout have the least error.
    func region(around start: Int, size: Int) -> [Int]? {
        var region = [start]
        var members: Set<Int> = [start]
        while region.count < size {
            var best: (place: Int, cost: Double)?
            for place in region {
                for neighbour in neighbours[place] where !members.contains(neighbour) {
                    let cost = (coupling(place, neighbour)?.error ?? 1) + (qubitErrors[neighbour] ?? 1)
                    if cost < best?.cost ?? .infinity { best = (neighbour, cost) }
                }
            }
            guard let best else { return nil }
            region.append(best.place)
            members.insert(best.place)
        }
        return region
    }

    /// The number of qubits in the largest connected working part.
    public var largestConnectedPart: Int {
        var seen: Set<Int> = []
        var largest = 0
        for start in qubitErrors.keys where !seen.contains(start) {
            var count = 0
            var stack = [start]
            while let place = stack.popLast() {
                guard seen.insert(place).inserted else { continue }
                count += 1
                stack += neighbours[place]
            }
            largest = max(largest, count)
        }
        return largest
    }
}
