import Foundation

extension RunConfiguration {
    /// The key paths whose values differ, in alphabetical order; `memory` is no difference, since it changes no result.
    func differences(from other: RunConfiguration) -> [String] {
        let (own, others) = (leaves(), other.leaves())
        return Set(own.keys).union(others.keys).filter { $0 != "memory" && own[$0] != others[$0] }.sorted()
    }

    /// Every value that is not absent, by key path, as text.
    private func leaves() -> [String: String] {
        guard let data = try? JSONEncoder().encode(self),
            let tree = try? JSONSerialization.jsonObject(with: data)
        else { preconditionFailure("a configuration can be expressed in JSON") }
        var leaves: [String: String] = [:]
        func walk(_ node: Any, _ path: [String]) {
            if let mapping = node as? [String: Any] {
                for (key, value) in mapping { walk(value, path + [key]) }
            } else if let list = node as? [Any], list.contains(where: { $0 is [String: Any] }) {
                // The text of a mapping has its keys in any order, so its values are told apart one by one.
                for (index, value) in list.enumerated() { walk(value, path + ["\(index)"]) }
            } else {
                leaves[path.joined(separator: ".")] = "\(node)"
            }
        }
        walk(tree, [])
        return leaves
    }
}
