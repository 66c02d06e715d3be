import ArgumentParser

@main
struct QMTLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "qmtl")
}
