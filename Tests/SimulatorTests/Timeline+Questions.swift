extension Timeline {
    func holds(
        _ condition: TimelineCondition, _ customer: Int64, _ walk: Walk? = nil, event: Event? = nil
    ) -> Bool {
        func sub(_ condition: TimelineCondition) -> Bool { holds(condition, customer, walk, event: event) }
        let stored = world.base.sent.filter { $0.customer == customer }
        let simulated = messages.filter { $0.walk.customer == customer }
        let sent = stored.map(\.time).filter { $0 <= world.from } + simulated.map(\.time)
        func times(of name: String) -> [Int64] {
            stored.compactMap { $0.event?.type == name ? $0.event?.time : nil }.filter { $0 <= world.from }
                + simulated.compactMap { $0.events[name] }
        }
        let bought = orders.filter { $0.customer == customer }.map(\.time)
        switch condition {
        case .everybody: return true
        case .hasTag(let tag): return tags[customer]?.contains(tag) == true
        case .hasLevel(let level): return people[customer]?.level == level
        case .messages(let least): return sent.count >= least
        case .lately(let least, let span): return sent.count { $0 >= now - span } >= least
        case .clicks(let least): return times(of: "click").count >= least
        case .opened(let span): return times(of: "open").max().map { $0 >= now - span } ?? false
        case .orders(let least): return bought.count >= least
        case .lastOrder(let span): return bought.max().map { $0 < now - span } ?? false
        case .boughtSinceEntry: return bought.contains { $0 >= walk?.entry ?? .max }
        case .isVariant(let name): return walk?.variant == name
        case .step(let step): return event?.step == step
        case .not(let condition): return !sub(condition)
        case .both(let a, let b): return sub(a) && sub(b)
        case .either(let a, let b): return sub(a) || sub(b)
        }
    }
}
