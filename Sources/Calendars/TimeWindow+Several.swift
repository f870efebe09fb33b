public import Basics

/// Windows that must be open together, such as a send window and what quiet hours leave open.
extension [TimeWindow] {
    /// Whether all are open at an instant; without any window all are.
    public func areOpen(at instant: Int64, in clock: inout ZoneClock) -> Bool {
        let wall = clock.wallSeconds(at: instant)
        return allSatisfy { $0.isOpen(wall: wall) }
    }

    /// The first instant from `instant` on at which all are open, that itself included; nil where that does
    /// not happen for ``TimeWindow/horizon`` days.
    ///
    /// Goes from opening to opening, so it costs most where they are never open together: some thousand
    /// steps.
    public func nextOpening(from instant: Int64, in clock: inout ZoneClock) -> Int64? {
        nextOpening(from: instant, also: nil, in: &clock)
    }

    /// The same with one more window.
    func nextOpening(from instant: Int64, also extra: TimeWindow?, in clock: inout ZoneClock) -> Int64? {
        clock.firstInstant(from: instant, before: TimeWindow.end(from: instant)) { nextOpen(from: $0, extra) }
    }

    private func nextOpen(from wall: Int64, _ extra: TimeWindow?) -> Int64? {
        let end = TimeWindow.end(from: wall)
        var found = wall
        while found <= end {
            let before = found
            for window in self {
                guard let open = window.nextOpen(from: found) else { return nil }
                found = open
            }
            if let extra {
                guard let open = extra.nextOpen(from: found) else { return nil }
                found = open
            }
            if found == before { return found }
        }
        return nil
    }
}
