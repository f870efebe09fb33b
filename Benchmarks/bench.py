#!/usr/bin/env python3
"""Measures Moonletter as ratios to a reference that is taken in the same run.

    ./dev bench [--json] [NAME...]

Each figure is the median of several alternating runs of both sides as whole processes. Absolute seconds
depend on the machine; ratios are what to compare. Data is generated with a fixed seed below .build/bench.
"""

import argparse
import hashlib
import inspect
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time

from terminal import Terminal

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release/moonletter"
WORK = ROOT / ".build/bench"
NOW = "2026-12-01 09:00"


def run(command, **options):
    """Runs a command to its end; gives its standard output and the seconds it took."""
    started = time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        sys.exit(f"bench: {command[0]} failed with status {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout, seconds


def workspace(name):
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    run([PROGRAM, "init", folder])
    return folder


def pair(runs, subject, reference):
    """Medians of the seconds that `subject` and `reference` give, run in turn after one warm-up each."""
    subject(), reference()
    seconds = [(subject(), reference()) for _ in range(runs)]
    return statistics.median(a for a, _ in seconds), statistics.median(b for _, b in seconds)


# --- Data ---------------------------------------------------------------------------------------------


def write_order_lines(path, lines):
    """Order lines as a shop exports them: about three lines an order and three orders a customer."""
    chance = random.Random(1)
    orders = lines // 3
    with open(path, "w", encoding="utf-8") as file:
        file.write("order_number,customer_id,ordered_at,sku,product,quantity,unit_price\n")
        written = 0
        order = 0
        while written < lines:
            order += 1
            customer = 1 + int(chance.random() ** 2 * (orders // 3))
            day = chance.randrange(730)
            date = f"{2024 + day // 365}-{1 + day % 365 // 31:02}-{1 + day % 28:02}"
            clock = f"{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
            for _ in range(min(chance.choice((1, 2, 3, 3, 4, 5)), lines - written)):
                sku = 1 + int(chance.random() ** 3 * 5000)
                file.write(
                    f"N{order:08},C{customer:07},{date} {clock},SKU{sku:05},产品 {sku},"
                    f"{chance.choice((1, 1, 1, 2, 3, 6))},{5 + sku % 500}.{sku % 100:02}\n"
                )
                written += 1


CITIES = ["上海", "北京", "广州", "深圳", "成都", "杭州", "London", "Sydney"]


def write_customers(path, count):
    chance = random.Random(2)
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,name,email,city,language,registered_at,birthday,level,children\n")
        for number in range(1, count + 1):
            city = CITIES[int(chance.random() ** 2 * len(CITIES))]
            email = "" if chance.random() < 0.1 else f"c{number}@{'example.com' if number % 3 else 'example.cn'}"
            day = f"{2023 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}"
            born = "" if chance.random() < 0.3 else f"{1950 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}"
            level = ("", "", "silver", "gold", "platinum")[int(chance.random() * 5)]
            children = "" if chance.random() < 0.5 else number % 4
            file.write(f"C{number:07},顾客 {number},{email},{city},zh,{day},{born},{level},{children}\n")


def write_orders(path, customers, count):
    chance = random.Random(3)
    with open(path, "w", encoding="utf-8") as file:
        file.write("order_number,customer_id,ordered_at,amount\n")
        for number in range(1, count + 1):
            customer = 1 + int(chance.random() ** 1.5 * customers)
            day = chance.randrange(700)
            date = f"{2025 + day // 365}-{1 + day % 365 // 31:02}-{1 + day % 28:02}"
            file.write(f"N{number:08},C{customer:07},{date},{chance.randrange(500, 90000) / 100:.2f}\n")


def write_tags(path, customers):
    chance = random.Random(4)
    with open(path, "w", encoding="utf-8") as file:
        file.write("customer_id,tag\n")
        for number in range(1, customers + 1):
            if chance.random() < 0.02:
                file.write(f"C{number:07},VIP\n")
            if chance.random() < 0.3:
                file.write(f"C{number:07},newsletter\n")


def write_consents(path, customers):
    chance = random.Random(5)
    with open(path, "w", encoding="utf-8") as file:
        file.write("customer_id,channel,status,recorded_at\n")
        for number in range(1, customers + 1):
            if chance.random() < 0.7:
                file.write(f"C{number:07},email,granted,2025-01-{1 + number % 28:02}\n")
            if chance.random() < 0.1:
                file.write(f"C{number:07},email,withdrawn,2026-03-{1 + number % 28:02}\n")


def write_messages(messages, events, customers, count):
    chance = random.Random(6)
    with open(messages, "w", encoding="utf-8") as file, open(events, "w", encoding="utf-8") as other:
        file.write("message_id,customer_id,channel,campaign,sent_at\n")
        other.write("event_id,message_id,type,occurred_at\n")
        for number in range(1, count + 1):
            customer = 1 + int(chance.random() * customers)
            day = f"2026-{1 + number % 11:02}-{1 + number % 27:02}"
            file.write(f"M{number:08},C{customer:07},email,news,{day} 10:00\n")
            if chance.random() < 0.3:
                other.write(f"E{number:08},M{number:08},open,{day} 12:00\n")


def write_messages_data(path, count):
    """What an e-mail says of each customer: name, tier, orders, and products by interest."""
    chance = random.Random(7)
    names = ["Ann O'Brien", "王小明", "Søren <Dev>", "Lee & Sons", "Zoë Müller", "顾客 "]
    goods = ["Walking boots", "Rain jacket 2-in-1", "保温杯", "Tea “First flush”", "Socks & more", "Map <1:50,000>", "帐篷"]
    interests = ["travel", "tea & coffee", "books", "露营"]

    def amount():
        return chance.randrange(500, 90000) / 100

    def product():
        price = amount()
        return {"name": chance.choice(goods), "price": price,
                "url": f"https://shop.example/p/{chance.randrange(5000)}?utm_source=mail&utm_campaign=news",
                "was": round(price * 1.25, 2) if chance.random() < 0.3 else None}

    def order():
        items = [{"quantity": chance.choice((1, 1, 2, 3)), "name": chance.choice(goods), "amount": amount()}
                 for _ in range(chance.randrange(1, 4))]
        return {"number": f"N{chance.randrange(10**8):08}", "placed_on": f"{chance.randrange(1, 29)} October 2026",
                "amount": round(sum(item["amount"] for item in items), 2), "items": items}

    customers = []
    for number in range(1, count + 1):
        orders = [order() for _ in range(chance.randrange(1, 6))]
        customers.append({
            "customer": {
                "name": None if chance.random() < 0.1 else chance.choice(names) + str(number), "orders": orders,
                "tier": chance.choice(("", "silver", "gold", "platinum")), "order_count": len(orders) + number % 9,
                "points": chance.randrange(5000), "points_left": chance.randrange(5000)},
            "recommendations": [{"name": interest, "products": [product() for _ in range(3)]}
                                for interest in chance.sample(interests, chance.randrange(1, 4))],
            "shop": {"name": "Mill & Mountain", "url": "https://shop.example/?a=1&b=2", "street": "12 Mill Lane",
                     "city": "Hangzhou", "email": "hello@shop.example"},
            "unsubscribe_url": f"https://shop.example/unsubscribe?c={number}&t={chance.randrange(10**9)}"})
    path.write_text(json.dumps(customers, ensure_ascii=False), encoding="utf-8")


# --- Figures ------------------------------------------------------------------------------------------


# The columns that order lines fill, with the keys and indexes that the store has on them; .import cannot write
# NULL, so the columns that stay empty are left out.
REFERENCE_COLUMNS = {
    "customers": "id, external_id",
    "products": "id, sku, name, active",
    "orders": "id, order_number, customer_id, placed_at, status, amount, currency, item_count",
    "order_items": "order_id, line, product_id, quantity, amount",
}
REFERENCE_SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, external_id TEXT UNIQUE) STRICT;
CREATE TABLE products (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT, active INTEGER NOT NULL) STRICT;
CREATE TABLE orders (id INTEGER PRIMARY KEY, order_number TEXT UNIQUE, customer_id INTEGER NOT NULL,
    placed_at INTEGER NOT NULL, status TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
    item_count REAL NOT NULL) STRICT;
CREATE INDEX orders_customer ON orders (customer_id, placed_at);
CREATE TABLE order_items (order_id INTEGER NOT NULL, line INTEGER NOT NULL, product_id INTEGER,
    quantity REAL NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (order_id, line)) STRICT, WITHOUT ROWID;
CREATE INDEX order_items_product ON order_items (product_id, order_id);
"""


def import_order_lines():
    """`moonletter import order-lines` against the sqlite3 shell's .import of the rows that it leaves, into
    tables with the same columns, keys and indexes. The shell gets every table ready-made; Moonletter derives
    customers, products, orders and facts from the lines."""
    lines = 1_000_000
    source = WORK / "order-lines.csv"
    WORK.mkdir(parents=True, exist_ok=True)
    if not source.exists():
        write_order_lines(source, lines)
    result = {}

    def subject():
        result["folder"] = workspace("import")
        return run([PROGRAM, "import", "order-lines", source], cwd=result["folder"])[1]

    subject()
    database = result["folder"] / "crm.sqlite"
    for table, columns in REFERENCE_COLUMNS.items():
        run(["sqlite3", "-readonly", "-csv", database, f".once {WORK / table}.csv",
             f"SELECT {columns} FROM {table}"])

    def reference():
        target = WORK / "reference.sqlite"
        for leftover in WORK.glob("reference.sqlite*"):
            leftover.unlink()
        script = ["PRAGMA journal_mode = WAL;", "PRAGMA synchronous = NORMAL;", "PRAGMA cache_size = -65536;",
                  REFERENCE_SCHEMA, ".mode csv"]
        script += [f".import {WORK / table}.csv {table}" for table in REFERENCE_COLUMNS]
        return run(["sqlite3", "-batch", "-bail", target], input="\n".join(script) + "\n")[1]

    reference()
    for table in REFERENCE_COLUMNS:
        counts = [run(["sqlite3", "-readonly", path, f"SELECT COUNT(*) FROM {table}"])[0]
                  for path in (database, WORK / "reference.sqlite")]
        if counts[0] != counts[1]:
            sys.exit(f"bench: {table} has {counts[0].strip()} rows, the reference {counts[1].strip()}")
    seconds, other = pair(3, subject, reference)
    return figure("import-order-lines", seconds, other, lines, 1.5)


def start_up():
    """`moonletter segment` in an empty workspace against the sqlite3 shell counting the same empty table."""
    folder = workspace("start-up")
    (folder / "scripts/all.lua").write_text('segment "all" { where = function(c) return true end }\n')

    def subject():
        return run([PROGRAM, "segment", "all"], cwd=folder)[1]

    def reference():
        return run(["sqlite3", folder / "crm.sqlite", "SELECT COUNT(*) FROM customers"])[1]

    seconds, other = pair(11, subject, reference)
    return figure("start-up", seconds, other, 1, None)


def million():
    """A workspace of 1,000,000 customers and 5,000,000 orders, made anew when what makes it has changed."""
    customers = 1_000_000
    folder = WORK / "million"
    # Made by another version of the program or of this file, the workspace may be another one.
    makers = "".join(inspect.getsource(maker) for maker in (
        million, write_customers, write_orders, write_tags, write_consents, write_messages))
    inputs = [*sorted((ROOT / "Sources/Store").rglob("*.s*")), ROOT / "Sources/Commands/Init.swift"]
    version = hashlib.sha256(makers.encode() + b"".join(path.read_bytes() for path in inputs)).hexdigest()
    done = folder / "done"
    if not done.exists() or done.read_text() != version:
        folder = workspace("million")
        write_customers(WORK / "customers.csv", customers)
        write_orders(WORK / "orders.csv", customers, 5 * customers)
        write_tags(WORK / "tags.csv", customers)
        write_consents(WORK / "consents.csv", customers)
        write_messages(WORK / "messages.csv", WORK / "message-events.csv", customers, customers)
        run([PROGRAM, "import", "customers", WORK / "customers.csv"], cwd=folder)
        for kind in ["orders", "tags", "consents", "messages", "message-events"]:
            run([PROGRAM, "import", kind, WORK / f"{kind}.csv"], cwd=folder)
        done.write_text(version)
    return folder


CUTOFF = "1788310800"  # 90 days before NOW in the workspace's time zone, UTC
PREDICATES = {
    "empty": ("return false", []),
    "three_fields": (f'return c.order_count > 1 and c.last_order_at < {CUTOFF} and c.city == "上海"',
                     ["order_count", "last_order_at", "city"]),
}
COLUMNS = {"order_count": "f.order_count", "last_order_at": "f.last_order_at", "city": "c.city"}


def scan_sql(columns, condition):
    """The customers with their columns by id, as Moonletter asks for them."""
    join = "JOIN customer_facts AS f ON f.customer_id = c.id" if columns else ""
    wanted = ", ".join(["c.id", *(COLUMNS[name] for name in columns)])
    return f"SELECT {wanted} FROM customers AS c {join} WHERE {condition} ORDER BY c.id"


def c_program(name="bare"):
    """Builds Benchmarks/bare.c or another."""
    target = WORK / name
    WORK.mkdir(parents=True, exist_ok=True)
    flags = run(["pkg-config", "--cflags", "--libs", "lua5.4"])[0].split()
    run(["cc", "-O2", "-o", target, ROOT / f"Benchmarks/{name}.c", *flags, "-lsqlite3"])
    return target


def runtime_bench():
    """Builds Benchmarks/RuntimeBench."""
    run(["swift", "build", "-c", "release", "--product", "RuntimeBench", "--static-swift-stdlib"], cwd=ROOT)
    return ROOT / ".build/release/RuntimeBench"


def rules(folder):
    """Writes the predicates into the workspace as segments, and each as a file for the other programs."""
    files = {}
    for name, (body, _) in PREDICATES.items():
        (folder / f"scripts/{name}.lua").write_text(f'segment "{name}" {{ where = function(c)\n  {body}\nend }}\n')
        files[name] = WORK / f"{name}.lua"
        files[name].write_text(f"return function(c)\n  {body}\nend\n")
    return files


def row_loop(threads, target):
    """A segment in Lua over 1,000,000 customers against the bare C program, both as whole processes."""
    folder, bare = million(), c_program()
    file = rules(folder)["three_fields"]
    columns = PREDICATES["three_fields"][1]
    counts = {}

    def subject():
        output, seconds = run([PROGRAM, "segment", "three_fields", "--now", NOW, "--threads", threads, "--no-pushdown"],
                              cwd=folder)
        counts["segment"] = int(output)
        return seconds

    def reference():
        output, seconds = run([bare, folder / "crm.sqlite", scan_sql(columns, "1"), file, *columns])
        counts["bare"] = int(output.split()[0])
        return seconds

    seconds, other = pair(7, subject, reference)
    if counts["segment"] != counts["bare"]:
        sys.exit(f"bench: the segment has {counts['segment']} customers, the C program finds {counts['bare']}")
    return figure(f"row-loop-{threads}", seconds, other, 1_000_000, target)


def row_loop_one():
    """On one core."""
    return row_loop(1, 1.15)


def row_loop_two():
    """On two cores, against the C program on one."""
    return row_loop(2, 0.65)


def budgets():
    """The scan alone, with budgets and watchdog, against the same without."""
    folder, program = million(), runtime_bench()
    file = rules(folder)["three_fields"]
    columns = PREDICATES["three_fields"][1]
    sql = scan_sql(columns, "c.id > ?1 AND c.id <= ?2")

    def scan(arming):
        return lambda: float(
            run([program, "scan", folder / "crm.sqlite", sql, file, arming, *columns])[0].split()[1])

    seconds, other = pair(11, scan("armed"), scan("unarmed"))
    return figure("budgets", seconds, other, 1_000_000, 1.05)


def script_of_lines(count):
    """A script such as a library of rules: tables, functions, comments."""
    lines = ["--- Prices and thresholds.", "local prices = {"]
    lines += [f'  ["SKU{number:04}"] = {{ price = {number}.50, category = "c{number % 7}" }},' for number in range(60)]
    lines += ["}", ""]
    number = 0
    while len(lines) < count - 4:
        number += 1
        lines += [f"-- Whether a customer is of kind {number}.", f"local function kind_{number}(c)",
                  f'  local spent = (c.total_spent or 0) * {number} + 1',
                  f'  if c.city == "上海" and spent > {number * 100} then return true end',
                  f'  return c.order_count > {number} and (c.points or 0) >= {number * 10}', "end", ""]
    lines = lines[:count - 3]
    lines += ["local total = 0", "for _, entry in pairs(prices) do total = total + entry.price end",
              "assert(total > 0)"]
    return "\n".join(lines) + "\n"


def load_script():
    """Loading and running a script of 200 lines against luaL_loadbuffer and lua_pcall of the same text."""
    bare, program = c_program(), runtime_bench()
    script = WORK / "library.lua"
    script.write_text(script_of_lines(200))
    times = 2000
    seconds, other = pair(
        7, lambda: float(run([program, "load", script, times])[0]),
        lambda: float(run([bare, "--load", script, times])[0]))
    return figure("load-script", seconds, other, times, 2)


def compile_rules():
    """Reading each script of Benchmarks/segments as a tree and turning its predicates into SQL, against luaL_loadbuffer
    and lua_pcall of the same text: medians over the twelve of a predicate each."""
    bare, program = c_program(), runtime_bench()
    times = 300
    # What the scripts need around them: plain Lua knows no segments.
    words = "local function define() return function() end end\nlocal segment, trait = define, define\n"
    ours, others = [], []
    for rule in sorted((ROOT / "Benchmarks/segments").glob("*.lua")):
        name, text = rule.stem.split("-", 1)[1], rule.read_text()
        audience = f'segment["{name}"]'
        plain = WORK / "rule.lua"
        # Nor does it combine them.
        plain.write_text(words + "\n".join(line for line in text.splitlines() if "= segment." not in line))
        seconds, other = pair(
            3, lambda: float(run([program, "compile", rule, audience, times])[0]),
            lambda: float(run([bare, "--load", plain, times])[0]) / times)
        predicates = text.count("function(c)")
        ours.append(seconds / predicates)
        others.append(other / predicates)
    return figure("compile", statistics.median(ours), statistics.median(others), 1, None)


def calls():
    """Predicate calls a second over 1,000,000 customers: an empty one, three fields, the last order."""
    folder = million()
    rules(folder)
    (folder / "scripts/last_order.lua").write_text(
        'segment "last_order" { where = function(c)\n  return (c.orders:last() or {}).amount == 100\nend }\n')
    empty = statistics.median(
        run([PROGRAM, "segment", "empty", "--threads", 1, "--now", NOW, "--no-pushdown"], cwd=folder)[1]
        for _ in range(3))
    results = []
    for name in ["empty", "three_fields", "last_order"]:
        rounds = 1 if name == "last_order" else 3
        seconds = statistics.median(
            run([PROGRAM, "segment", name, "--threads", 1, "--now", NOW, "--no-pushdown"], cwd=folder)[1]
            for _ in range(rounds))
        results.append(figure(f"calls-{name.replace('_', '-')}", seconds, empty, 1_000_000, None))
    return results


NOW_INSTANT = "1796086800"  # NOW in the workspace's time zone, UTC
YEAR_AGO = str(int(NOW_INSTANT) - 365 * 86_400)
# What rules ask about every customer's orders, the words that make Benchmarks/streams.c ask the same, and the target.
RELATIONS = {
    "orders-list": ("""local n = 0
  for _, o in ipairs(c.orders:list()) do
    if o.amount > 100 and o.status == "paid" then n = n + 1 end
  end
  return n >= 3""", ["list"], 1.5),
    "orders-sum": ('return c.orders:since(days_ago(365)):sum "amount" > 1000', ["sum", YEAR_AGO], None),
    "orders-last": ("return c.orders:last().amount > 500", ["last"], None),
}


def relations():
    """Every customer's orders, asked in Lua on one thread, against a C program that merges both tables."""
    folder, streams = million(), c_program("streams")
    results = []
    for name, (body, words, target) in RELATIONS.items():
        (folder / f"scripts/{name}.lua").write_text(f'segment "{name}" {{ where = function(c)\n  {body}\nend }}\n')
        counts = {}

        def subject():
            output, seconds = run([PROGRAM, "segment", name, "--now", NOW, "--threads", 1, "--no-pushdown"], cwd=folder)
            counts["segment"] = int(output)
            return seconds

        def reference():
            output, seconds = run([streams, folder / "crm.sqlite", NOW_INSTANT, *words])
            counts["streams"] = int(output.split()[0])
            return seconds

        seconds, other = pair(5, subject, reference)
        if counts["segment"] != counts["streams"]:
            sys.exit(f"bench: {name} has {counts['segment']} customers, the C program finds {counts['streams']}")
        results.append(figure(name, seconds, other, 1_000_000, target))
    return results


def segment_million():
    """A segment of three conditions over 1,000,000 customers on all cores, against the same question in SQL in the shell
    on one."""
    folder = million()
    rules(folder)
    sql = f"""SELECT COUNT(*) FROM customers AS c JOIN customer_facts AS f ON f.customer_id = c.id
              WHERE f.order_count > 1 AND f.last_order_at < {CUTOFF} AND c.city = '上海'"""
    counts = {}

    def subject():
        output, seconds = run([PROGRAM, "segment", "three_fields", "--now", NOW], cwd=folder)
        counts["lua"] = int(output)
        return seconds

    def reference():
        output, seconds = run(["sqlite3", "-readonly", folder / "crm.sqlite", sql])
        counts["sql"] = int(output)
        return seconds

    seconds, other = pair(5, subject, reference)
    if counts["lua"] != counts["sql"]:
        sys.exit(f"bench: the segment has {counts['lua']} customers, SQL says {counts['sql']}")
    return figure("segment-million", seconds, other, 1_000_000, None)


def segments():
    """Each segment in Benchmarks/segments, on one thread, against the same question in SQL written by hand, through the C
    API; both as whole processes that step through the customers by id."""
    folder, program = million(), WORK / "sql"
    run(["cc", "-O2", "-o", program, ROOT / "Benchmarks/sql.c", "-lsqlite3"])
    now = run(["date", "-d", f'TZ="Asia/Shanghai" {NOW}', "+%s"])[0].strip()
    for script in folder.glob("scripts/**/*.lua"):
        script.unlink()
    results = []
    for rule in sorted((ROOT / "Benchmarks/segments").glob("*.lua")):
        name = rule.stem.split("-", 1)[1]
        script = folder / "scripts" / rule.name
        script.write_text(rule.read_text())
        counts = {}

        def subject():
            output, seconds = run([PROGRAM, "segment", name, "--threads", 1, "--now", NOW], cwd=folder)
            counts["segment"] = int(output)
            return seconds

        def reference():
            output, seconds = run([program, folder / "crm.sqlite", rule.with_suffix(".sql"), now])
            counts["sql"] = int(output.split()[0])
            return seconds

        seconds, other = pair(5, subject, reference)
        script.unlink()
        if counts["segment"] != counts["sql"]:
            sys.exit(f"bench: segment {name} has {counts['segment']} customers, SQL finds {counts['sql']}")
        results.append(figure(f"segment-{name}", seconds, other, 1_000_000, 1.10))
    return results


# Exact versions, so that figures of two runs compare.
PEERS = {"jinja2": "Jinja2==3.1.6", "python-liquid": "python-liquid==2.3.6"}


def messages():
    """The same e-mail of 2.7 KB for 1,000 customers, their data made values of Lua for each message, against Jinja2 and
    python-liquid and against Lua written by hand; each in one process on one core, median of seven rounds."""
    program, folder, count = runtime_bench(), ROOT / "Benchmarks/email", 1000
    WORK.mkdir(parents=True, exist_ok=True)
    python = WORK / "venv/bin/python"
    if not python.exists():
        run([sys.executable, "-m", "venv", WORK / "venv"])
    run([python, "-m", "pip", "install", "--quiet", *PEERS.values()])
    data = WORK / "messages.json"
    write_messages_data(data, count)

    def texts(command):
        output = WORK / "messages-out.json"
        seconds = float(run([*command[:-1], data, output, command[-1]])[0])
        # Both escape the five characters of HTML; a quotation mark has two names.
        normal = [" ".join(text.replace("&#34;", "&quot;").split()) for text in json.loads(output.read_text())]
        return seconds, normal

    ours = [program, "render", folder / "message.liquid", 7]
    others = {
        "jinja2": ([python, folder / "peers.py", "jinja2", folder / "message.jinja", 7], 0.25),
        "python-liquid": ([python, folder / "peers.py", "python-liquid", folder / "message.liquid", 7], None),
        "lua": ([program, "render", folder / "message.lua", 7], None),
    }
    results = []
    for name, (command, target) in others.items():
        if texts(ours)[1] != texts(command)[1]:
            sys.exit(f"bench: the e-mails of {name} are not those of Moonletter")
        seconds, other = pair(3, lambda: texts(ours)[0], lambda: texts(command)[0])
        results.append(figure(f"messages-{name}", seconds, other, count, target))
    return results


# --- Dry runs -----------------------------------------------------------------------------------------


def demo(customers):
    """A demo of so many customers with Benchmarks/win-back for its only campaign; made once, for minutes."""
    folder = WORK / f"demo-{customers}"
    if not folder.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        run([PROGRAM, "init", folder, "--demo", "--customers", customers])
    for script in folder.glob("scripts/**/*.lua"):
        if script.parent.name != "segments":
            script.unlink()
    for file in (ROOT / "Benchmarks/win-back").iterdir():
        shutil.copy(file, folder / ("scripts" if file.suffix == ".lua" else "templates"))
    return folder


def dry_run(folder, threads):
    """Runs 30 days of the campaign; gives the run file, the seconds and the peak of memory in megabytes."""
    shutil.rmtree(folder / "runs", ignore_errors=True)
    (folder / "runs").mkdir()
    started = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAM, "dry-run", "win-back", "--from", NOW, "--days", "30", "--threads", str(threads)],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status != 0:
        sys.exit(f"bench: the dry run failed:\n{errors}")
    [file] = (folder / "runs").glob("*.run")
    return file, seconds, usage.ru_maxrss / 1024


def dry_runs():
    """30 days of a win-back in three steps, all policies and all messages written: time and memory by the number of
    customers, two threads against one, and the whole against its parts, each measured alone."""
    program = runtime_bench()
    sizes = (10_000, 100_000, 1_000_000)
    folders = {size: demo(size) for size in sizes}
    seconds, memory, results = {}, {}, []
    # First, so that the file is in the cache of the machine for what comes.
    two_threads = dry_run(folders[sizes[-1]], 2)[1]
    for size in sizes:
        rounds = [dry_run(folders[size], 1) for _ in range(3 if size < 1_000_000 else 1)]
        seconds[size] = statistics.median(taken for _, taken, _ in rounds)
        memory[size] = max(peak for _, _, peak in rounds)
    for small, large in zip(sizes, sizes[1:]):
        scale = large // small
        results.append(figure(f"dry-run-{large}-linear", seconds[large], seconds[small] * scale, large, 1.15))
    results.append(figure("dry-run-2-threads", two_threads, seconds[sizes[-1]], sizes[-1], 0.60))
    peak = figure("dry-run-memory", memory[sizes[-1]], memory[sizes[0]], sizes[-1], 1.20)
    results.append({**peak, "unit": "MB"})

    folder = folders[100_000]
    whole, parts, fewer = [], [], []
    for _ in range(3):
        file, taken, _ = dry_run(folder, 1)
        whole.append(taken)
        output = run([program, "parts", folder, file])[0]
        part = {name: float(number) for name, number in map(str.split, output.splitlines())}
        parts.append(part["rows"] + part["messages"] + part["run-file"])
        fewer.append(part["fewer-rows"] + part["messages"] + part["run-file"])
    decisions = int(run(["sqlite3", "-readonly", file, "SELECT COUNT(*) FROM decisions"])[0])
    # A run does not ask those again who cannot enter again: against a loop that does, and one that does not either.
    results.append(figure("dry-run-parts", statistics.median(whole), statistics.median(parts), decisions, 1.50))
    results.append(figure("dry-run-own-parts", statistics.median(whole), statistics.median(fewer), decisions, None))
    return results


def prompt():
    """The prompt over 1,000,000 customers: from its start until it stands there, from Tab to the list, from Ctrl-C to
    the next prompt, against the time they may take; and answers to questions against the same SQL by hand, in the
    sqlite3 shell. Questions are asked many times in one process, for an answer takes little longer than a process does."""
    folder = million()
    rules(folder)
    results = []

    starts, tabs, stops = [], {}, []
    lines = {
        "fields": ("customers:where(function(c) return c.order_", "order_count"),
        "values": ('customers:where(function(c) return c.city == "', "上海"),
        "names": ('customer "', "…"),
    }
    endless = [
        "while true do pcall(function() while true do end end) end",
        "for i = 1, 1000 do customers:group_by('city', 'level'):median 'total_spent' end",
        "for i = 1, 1000 do find 'example' end",
    ]
    for _ in range(7):
        terminal = Terminal([PROGRAM, "repl", "--now", NOW], folder)
        terminal.wait("> ")
        starts.append(time.perf_counter() - terminal.started)
        for name, (line, candidate) in lines.items():
            terminal.type(line)
            terminal.wait(line[-4:])
            terminal.type("\t\t")
            tabs.setdefault(name, []).append(terminal.wait(candidate))
            # The list has drawn the prompt, too; Ctrl-C while it is made would end that alone.
            terminal.settle()
            terminal.type("\x03")
            terminal.wait("> ")
        for line in endless:
            terminal.type(line + "\r")
            time.sleep(0.5)
            terminal.type("\x03")
            stops.append(terminal.wait("error: interrupted") + terminal.wait("moonletter> "))
        terminal.close()
    results.append(figure("prompt-start", statistics.median(starts), 0.1, 1, 1))
    results.append(figure("prompt-interrupt", max(stops), 0.1, 1, 1))
    for name, seconds in tabs.items():
        results.append(figure(f"prompt-tab-{name}", max(seconds), 0.05, 1, 1))

    questions = {
        "count": ("customers:count()", "SELECT COUNT(*) FROM customers"),
        "where": (
            "customers:where(function(c) return c.order_count > 3 and c.city == '上海' end):count()",
            """SELECT COUNT(*) FROM customers AS c JOIN customer_facts AS f ON f.customer_id = c.id
               WHERE f.order_count > 3 AND c.city = '上海'"""),
        "group-by": (
            "customers:group_by 'city'",
            "SELECT city, COUNT(*) AS n FROM customers GROUP BY city ORDER BY n DESC, city"),
        "hist": (
            "customers:hist 'total_spent'",
            """SELECT total_spent / 100000 AS bin, COUNT(*) FROM customer_facts
               WHERE total_spent IS NOT NULL GROUP BY bin ORDER BY bin"""),
        "median": (
            "customers:median 'total_spent'",
            """SELECT AVG(total_spent) FROM (SELECT total_spent FROM customer_facts WHERE total_spent IS NOT NULL
               ORDER BY total_spent LIMIT 2 - (SELECT COUNT(total_spent) FROM customer_facts) % 2
               OFFSET (SELECT (COUNT(total_spent) - 1) / 2 FROM customer_facts))"""),
    }
    for name, (question, sql) in questions.items():
        # The start of a process must not count for much.
        times = 300 if name == "count" else 10

        def subject():
            return run([PROGRAM, "repl", "--now", NOW, "-e", f"for i = 1, {times} do show({question}) end"], cwd=folder)[1] / times

        def reference():
            return run(["sqlite3", "-readonly", folder / "crm.sqlite", f"{sql};" * times])[1] / times

        seconds, other = pair(5, subject, reference)
        results.append(figure(f"prompt-{name}", seconds, other, 1_000_000, 1.20))
    return results


# --- Traits and plugins -------------------------------------------------------------------------------


TRAIT = '''trait "stage" {
  type = "text",
  values = { "lead", "big", "active", "quiet" },
  of = function(c)
    if c.order_count == 0 then return "lead" end
    if c.total_spent > 20000 then return "big" end
    if c.last_order_at >= days_ago(90) then return "active" end
    return "quiet"
  end,
}

segment "quiet" { where = function(c) return c.stage == "quiet" end }
'''
CASE = f"""CASE WHEN f.order_count = 0 THEN 'lead' WHEN f.total_spent > 2000000 THEN 'big'
            WHEN f.last_order_at >= {CUTOFF} THEN 'active' ELSE 'quiet' END"""


def traits():
    """A segment on a trait over 1,000,000 customers and the same trait as groups, against the same CASE by hand in the
    sqlite3 shell; and a rank over the whole population, computed anew, against the same window function."""
    folder = million()
    (folder / "scripts/traits.lua").write_text(TRAIT + '''
trait "spent_rank" {
  of = function(c) return c.total_spent end,
  rank = { order = "desc" },
}
''')
    questions = {
        "segment": (10, "customers:where(segment.quiet):count()",
                    f"SELECT COUNT(*) FROM customer_facts AS f WHERE {CASE} = 'quiet'"),
        "group-by": (10, "customers:group_by 'stage'",
                     f"SELECT {CASE} AS stage, COUNT(*) AS n FROM customer_facts AS f GROUP BY stage ORDER BY n DESC"),
    }
    results = []
    for name, (times, question, sql) in questions.items():
        def subject():
            return run([PROGRAM, "repl", "--now", NOW, "-e", f"for i = 1, {times} do show({question}) end"], cwd=folder)[1] / times

        def reference():
            return run(["sqlite3", "-readonly", folder / "crm.sqlite", f"{sql};" * times])[1] / times

        seconds, other = pair(5, subject, reference)
        results.append(figure(f"trait-{name}", seconds, other, 1_000_000, 1.20))

    scratch = WORK / "ranks.sqlite"

    def ranked():
        # What was computed is taken away, so that it is computed again.
        run(["sqlite3", folder / "crm.sqlite", "DELETE FROM populations; DELETE FROM population_values"])
        return run([PROGRAM, "segment", "function(c) return c.spent_rank == 1 end", "--now", NOW], cwd=folder)[1]

    def by_hand():
        scratch.unlink(missing_ok=True)
        sql = f"""ATTACH '{folder / 'crm.sqlite'}' AS crm;
                  CREATE TABLE ranks (id INTEGER PRIMARY KEY, value INTEGER);
                  INSERT INTO ranks SELECT customer_id, row_number() OVER (ORDER BY total_spent DESC, customer_id)
                      FROM crm.customer_facts WHERE total_spent IS NOT NULL ORDER BY customer_id;"""
        return run(["sqlite3", scratch, sql])[1]

    seconds, other = pair(3, ranked, by_hand)
    results.append(figure("trait-rank", seconds, other, 1_000_000, None))
    (folder / "scripts/traits.lua").unlink()
    return results


def plugins():
    """What all shipped plugins add to the time of `moonletter segment` in an empty workspace, against 30 ms."""
    folder = workspace("plugins")
    (folder / "scripts/all.lua").write_text('segment "all" { where = function(c) return true end }\n')
    bare = WORK / "no-plugins"
    shutil.rmtree(bare, ignore_errors=True)
    shutil.copytree(folder, bare)
    for plugin in sorted(path.name for path in (ROOT / "plugins").iterdir()):
        run([PROGRAM, "plugins", "install", plugin, "--yes"], cwd=folder)

    def start(place):
        return run([PROGRAM, "segment", "all"], cwd=place)[1]

    seconds, other = pair(21, lambda: start(folder), lambda: start(bare))
    return figure("plugins-load", seconds - other, 0.030, 1, 1.0)


# --- Models -------------------------------------------------------------------------------------------


def btyd():
    """The parameters of BG/NBD for the 23,570 customers of CDNOW: by the plugin btyd, which asks for the orders of each in the
    store, against a Python program that reads the same rows with pandas and fits them with lifetimes."""
    data = ROOT.parent / "shared/data/cdnow/CDNOW_master.txt"
    if not data.exists():
        sys.exit(f"bench: btyd needs {data}")
    folder = workspace("btyd")
    shutil.copytree(ROOT / "plugins/btyd", folder / "plugins/btyd")
    run([PROGRAM, "plugins", "enable", "btyd", "--yes"], cwd=folder)
    run([PROGRAM, "import", "orders", data, "--importer", "cdnow"], cwd=folder)
    python = WORK / "venv-btyd/bin/python"
    if not python.exists():
        run([sys.executable, "-m", "venv", python.parent.parent])
    run([python, "-m", "pip", "install", "--quiet", "lifetimes==0.11.3"])
    minutes = iter(range(60))
    fits = {}

    def subject():
        # At each minute of the day anew: what was fitted for another time is kept.
        now = f"1997-09-30 00:{next(minutes):02}"
        output, seconds = run([PROGRAM, "repl", "--now", now, "--format", "json", "-e", "model.buying"], cwd=folder)
        fits["ours"] = json.loads(output)
        return seconds

    def reference():
        output, seconds = run([python, ROOT / "Benchmarks/btyd/peer.py", data, "1997-09-30"])
        fits["theirs"] = json.loads(output)
        return seconds

    seconds, other = pair(5, subject, reference)
    for name in ("r", "alpha", "a", "b"):
        if abs(fits["ours"][name] / fits["theirs"][name] - 1) > 1e-3:
            sys.exit(f"bench: {name} of lifetimes is {fits['theirs'][name]}, of btyd {fits['ours'][name]}")
    return figure("btyd", seconds, other, 23_570, 1.0)


def figure(name, seconds, reference_seconds, n, target):
    return {
        "name": name, "ratio": round(seconds / reference_seconds, 3), "target": target,
        "seconds": round(seconds, 7), "reference_seconds": round(reference_seconds, 7), "n": n,
    }


FIGURES = {
    "import-order-lines": import_order_lines, "start-up": start_up, "segment-million": segment_million,
    "row-loop-1": row_loop_one, "row-loop-2": row_loop_two, "budgets": budgets, "load-script": load_script,
    "compile": compile_rules, "calls": calls, "segments": segments, "relations": relations, "messages": messages,
    "dry-runs": dry_runs, "prompt": prompt,
    "traits": traits, "plugins": plugins, "btyd": btyd,
}


def line(result):
    target = f" (target {result['target']})" if result["target"] else ""
    if result.get("unit") == "MB":
        return (f"{result['name']}: {result['ratio']:.2f} × reference{target}; {result['seconds']:.0f} MB against "
                f"{result['reference_seconds']:.0f} MB, n = {result['n']:,}")
    rate = f", {result['n'] / result['seconds']:,.0f} a second" if result["n"] > 1 else ""
    def spoken(seconds):
        return f"{seconds:.3f} s" if seconds >= 0.001 else f"{seconds * 1e6:.1f} µs"

    return (f"{result['name']}: {result['ratio']:.2f} × reference{target}; {spoken(result['seconds'])} against "
            f"{spoken(result['reference_seconds'])}, n = {result['n']:,}{rate}")


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(FIGURES)}")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in FIGURES:
            parser.error(f"there is no figure '{name}'; there are: {', '.join(FIGURES)}")
    os.environ["LC_ALL"] = "C.UTF-8"
    results = []
    for name in arguments.names or FIGURES:
        found = FIGURES[name]()
        for result in found if isinstance(found, list) else [found]:
            results.append(result)
            if not arguments.json:
                print(line(result), flush=True)
    if arguments.json:
        print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
