"""Fits BG/NBD with lifetimes to a file of transactions of CDNOW; prints the seconds from rows to parameters, and those.

    peer.py FILE END
"""

import json
import sys
import time

import pandas
from lifetimes import BetaGeoFitter
from lifetimes.utils import summary_data_from_transaction_data

path, end = sys.argv[1:]
names = ["customer", "date", "count", "amount"]
rows = pandas.read_csv(path, sep=r"\s+", skiprows=1, names=names, dtype={"date": str})
rows["date"] = pandas.to_datetime(rows["date"], format="%Y%m%d")
started = time.perf_counter()
customers = summary_data_from_transaction_data(rows, "customer", "date", observation_period_end=end)
model = BetaGeoFitter().fit(customers["frequency"], customers["recency"] / 7, customers["T"] / 7)
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, **{name: model.params_[name] for name in ("r", "alpha", "a", "b")}}))
