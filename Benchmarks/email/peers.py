#!/usr/bin/env python3
"""Renders an e-mail for every customer with a peer of Moonletter.

    peers.py jinja2|python-liquid TEMPLATE DATA.json OUTPUT.json TIMES

Prints the median seconds that all customers take, of so many rounds; writes the texts.
"""

import json
import statistics
import sys
import time


def money(amount):
    return f"¥{amount:,.2f}"


def jinja(text):
    import jinja2

    environment = jinja2.Environment(autoescape=True)
    environment.filters["money"] = money
    return environment.from_string(text).render


def liquid(text):
    import liquid

    environment = liquid.Environment(autoescape=True)
    environment.add_filter("money", money)
    return environment.from_string(text).render


peer, template, data, output, times = sys.argv[1:]
with open(template, encoding="utf-8") as file:
    render = {"jinja2": jinja, "python-liquid": liquid}[peer](file.read())
with open(data, encoding="utf-8") as file:
    customers = json.load(file)
rounds = []
for _ in range(int(times)):
    started = time.perf_counter()
    texts = [render(**customer) for customer in customers]
    rounds.append(time.perf_counter() - started)
with open(output, "w", encoding="utf-8") as file:
    json.dump(texts, file, ensure_ascii=False)
print(statistics.median(rounds))
