public import Foundation

/// The checkout that the tests were built from.
public let checkout: URL = {
    // …/Sources/TestSupport/SharedData.swift
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
}()

/// Real data that lies beside the checkout on some machines and is no part of the project; nil where it is
/// missing, and tests that need it are then reported as skipped.
public let sharedData: URL? = {
    let folder = checkout.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()
