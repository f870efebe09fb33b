r = dry_run("win-back", { days = 14, assume = "open=0.3,click=0.1" })

r:sent():by "channel"

r:held_back():by "reason"

r:sent():where { channel = "sms" }:limit(3):show()

why("win-back", r:sent():first().customer)

preview("win-back", 7973)
