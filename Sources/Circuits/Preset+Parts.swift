extension Preset {
    /// The preset with another encoding, another block or both, which its name then says.
    public func replacing(encoding: EncodingTemplate? = nil, block: BlockTemplate? = nil) -> Preset {
        var preset = self
        if let encoding { preset.stages = encoding.stages }
        if let block { preset.block = block.block }
        preset.name = Self.name(name, encoding: encoding?.name, block: block?.name)
        return preset
    }

    /// What a preset with other parts is called, for instance `paper, block sim-6`.
    public static func name(_ name: String, encoding: String?, block: String?) -> String {
        [name, encoding.map { "encoding \($0)" }, block.map { "block \($0)" }].compactMap(\.self)
            .joined(separator: ", ")
    }
}
