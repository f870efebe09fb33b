"""Fits BG/NBD with lifetimes to a file of transactions of CDNOW, and prints the parameters.

    peer.py FILE END
"""

import json
import sys

import pandas
from lifetimes import BetaGeoFitter
from lifetimes.utils import summary_data_from_transaction_data

path, end = sys.argv[1:]
names = ["customer", "date", "count", "amount"]
rows = pandas.read_csv(path, sep=r"\s+", skiprows=1, names=names, dtype={"date": str})
rows["date"] = pandas.to_datetime(rows["date"], format="%Y%m%d")
customers = summary_data_from_transaction_data(rows, "customer", "date", observation_period_end=end)
model = BetaGeoFitter().fit(customers["frequency"], customers["recency"] / 7, customers["T"] / 7)
print(json.dumps({name: model.params_[name] for name in ("r", "alpha", "a", "b")}))
