internal import Dispatch
internal import Synchronization

/// Customers in the making: another thread makes them while the caller writes those before.
///
/// Whatever thread makes a customer, it comes out the same, for it depends on its number alone.
final class Chunk: Sendable {
    private let rows = Mutex<[(person: Person, history: History)]>([])
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins to make the customers with these numbers.
    init(_ numbers: Range<Int>, in world: World) {
        DispatchQueue.global().async {
            let made = numbers.map { number in
                let person = Person(Int64(number), in: world)
                return (person, History(of: person, in: world))
            }
            self.rows.withLock { $0 = made }
            self.isDone.signal()
        }
    }

    /// The customers, once they are made; to be asked for once.
    func take() -> [(person: Person, history: History)] {
        isDone.wait()
        return rows.withLock { $0 }
    }
}
