internal import Foundation
public import Testing

/// Compares a text with the file `Tests/Golden/NAME`, as ``expectFile(_:_:sourceLocation:)`` does.
public func expectGolden(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    try expectFile(text, "Tests/Golden/\(name)", sourceLocation: sourceLocation)
}

/// Compares a text with a file of the checkout, such as a page that is made or run.
///
/// With `MOONLETTER_RECORD=1` in the environment the file is written instead; read it before you commit it.
public func expectFile(
    _ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = checkout.appending(path: path)
    if ProcessInfo.processInfo.environment["MOONLETTER_RECORD"] == "1" {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return
    }
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(
        text == expected, "differs from \(path); MOONLETTER_RECORD=1 records it anew",
        sourceLocation: sourceLocation)
}
