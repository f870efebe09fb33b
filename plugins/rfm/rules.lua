-- How scores are cut, by the option `rule`. Quantiles are of type 7 (Hyndman and Fan 1996), as R and pandas take them.

return {
  -- R package rfm 0.3.0 (Hebbali 2022), R/utils.R: a score begins one above each quantile.
  quantiles = {
    parts = 5,
    recency = { closed = "left", offset = 1, order = "desc" },
    frequency = { closed = "left", offset = 1 },
    monetary = { closed = "left", offset = 1 },
  },
  -- pandas.qcut of recency and amount, and of the number of orders ranked with method = "first": many customers have one
  -- order, so that its quantiles would fall together. Customers of as many orders stand by their numbers.
  quintiles = {
    parts = 5,
    recency = { closed = "right", order = "desc" },
    frequency = { by = "rank", ties = "external_id" },
    monetary = { closed = "right" },
  },
  -- J. Correia, "Customer segmentation and RFM analysis" (2016): quartiles, of which the first is the best of all three.
  quartiles = {
    parts = 4,
    recency = { closed = "right" },
    frequency = { closed = "right", order = "desc" },
    monetary = { closed = "right", order = "desc" },
  },
}
