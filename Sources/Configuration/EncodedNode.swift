import Yams

/// A node under construction, shared by the containers that fill it.
final class EncodedNode {
    enum Content {
        case null
        case scalar(Node.Scalar)
        case mapping([(key: String, value: EncodedNode)])
        case sequence([EncodedNode])
    }

    var content = Content.null

    /// Makes this the node of `value`.
    func store(_ value: some Encodable, at path: [any CodingKey]) throws {
        switch value {
        case let value as String: content = .scalar(value.represented())
        case let value as Bool: content = .scalar(value.represented())
        case let value as any FixedWidthInteger: content = .scalar(.init(value.description))
        case let value as Double: content = .scalar(.init(Self.text(value.description)))
        case let value as Float: content = .scalar(.init(Self.text(value.description)))
        default: try value.encode(to: NodeEncoder(target: self, codingPath: path))
        }
    }

    func child(_ key: String) -> EncodedNode {
        let child = EncodedNode()
        if case .mapping(let pairs) = content {
            content = .mapping(pairs + [(key, child)])
        } else {
            content = .mapping([(key, child)])
        }
        return child
    }

    func appendedChild() -> EncodedNode {
        let child = EncodedNode()
        if case .sequence(let elements) = content {
            content = .sequence(elements + [child])
        } else {
            content = .sequence([child])
        }
        return child
    }

    /// The finished node; lists of single values take one line.
    var node: Node {
        switch content {
        case .null:
            return Node("null", Tag(.null), .plain)
        case .scalar(let scalar):
            return .scalar(scalar)
        case .mapping(let pairs):
            return Node(
                pairs.map { (Node($0.key), $0.value.node) }, .implicit, pairs.isEmpty ? .flow : .block)
        case .sequence(let elements):
            let nodes = elements.map(\.node)
            return Node(nodes, .implicit, nodes.allSatisfy { $0.scalar != nil } ? .flow : .block)
        }
    }

    /// Swift's text of a number in a form that every YAML reader takes for one: `1e-08` needs a point.
    private static func text(_ description: String) -> String {
        switch description {
        case "inf": return ".inf"
        case "-inf": return "-.inf"
        case "nan": return ".nan"
        default:
            guard !description.contains("."), let exponent = description.firstIndex(of: "e") else {
                return description
            }
            return description[..<exponent] + ".0" + description[exponent...]
        }
    }
}
