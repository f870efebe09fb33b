internal import Foundation
internal import Simulator

/// Runs `body` on a thread of its own, deep enough for rules that call each other, and waits for it.
func onAnotherThread<Result>(_ body: @escaping () throws -> Result) throws -> Result {
    let call = ThreadCall(body)
    let thread = Thread { call.run() }
    thread.stackSize = 64 << 20
    thread.start()
    return try call.result()
}

/// What a thread does while another waits for it, so that both never touch it at once.
private final class ThreadCall<Result>: @unchecked Sendable {
    private let body: () throws -> Result
    private let end = DispatchSemaphore(value: 0)
    private var outcome: Swift.Result<Result, any Error>

    init(_ body: @escaping () throws -> Result) {
        self.body = body
        outcome = .failure(DryRunError.cancelled)
    }

    func run() {
        outcome = .init(catching: body)
        end.signal()
    }

    func result() throws -> Result {
        end.wait()
        return try outcome.get()
    }
}
