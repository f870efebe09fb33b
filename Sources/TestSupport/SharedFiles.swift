public import Foundation

/// The checkout that the tests were built from.
public let checkout: URL = {
    // …/Sources/TestSupport/SharedFiles.swift
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}()

/// The path of a file in the folder `shared` beside the checkout; nil where it is missing.
///
/// That folder holds real data and is no part of the project. Tests that need it are enabled only where it is
/// there, and so are reported as skipped elsewhere.
public func sharedFile(_ path: String) -> String? {
    let file = checkout.deletingLastPathComponent().appending(path: "shared/\(path)")
    return FileManager.default.fileExists(atPath: file.path) ? file.path : nil
}
