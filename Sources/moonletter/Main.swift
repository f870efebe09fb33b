import Commands

@main
enum Main {
    static func main() {
        Moonletter.runAndExit()
    }
}
