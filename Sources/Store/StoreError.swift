internal import Foundation
internal import GRDB

/// What can be wrong with a store; see `StoreError+Diagnostic.swift` for the words.
public enum StoreError: Error, Equatable {
    /// There is no file.
    case missing(path: String)
    /// There is a file already where a new store was to be made.
    case exists(path: String)
    /// The file is a database of another program.
    case foreign(path: String)
    /// The file is no database at all.
    case notADatabase(path: String)
    /// The file was made by a newer version of the program.
    case newerSchema(path: String)
    /// The file or its folder cannot be written.
    case readOnly(path: String)
    /// The disk is full.
    case diskFull(path: String)
    /// Another program holds the database for longer than ten seconds.
    case busy(path: String)
    /// The file was moved, removed or replaced after it was opened.
    case moved(path: String)
    /// The data were changed between two looks at them that belong together.
    case changed
    /// Someone asked to stop.
    case interrupted
    /// Anything else that SQLite reports.
    case sqlite(path: String, message: String)

    /// Runs `body` and turns SQLite's error codes into cases.
    static func wrapping<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_NOTADB: throw StoreError.notADatabase(path: path)
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: throw StoreError.readOnly(path: path)
            case .SQLITE_FULL: throw StoreError.diskFull(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreError.busy(path: path)
            case .SQLITE_INTERRUPT: throw StoreError.interrupted
            default:
                throw StoreError.sqlite(path: path, message: error.message ?? error.resultCode.description)
            }
        }
    }
}
