--- The logarithm of the gamma function and its first two derivatives, for x > 0.
---
--- The asymptotic series of Abramowitz and Stegun (1964), 6.1.41, 6.3.18 and 6.4.12, from 10 on, where eight terms are
--- good to 15 digits; below, the recurrence leads there.

local half_log_2pi = 0.5 * math.log(2 * math.pi)

--- ln Γ(x), ψ(x) and ψ′(x).
local function log_gamma(x)
  local product, digamma, trigamma = 1, 0, 0
  while x < 10 do
    product = product * x
    digamma = digamma - 1 / x
    trigamma = trigamma + 1 / (x * x)
    x = x + 1
  end
  local log, y = math.log(x), 1 / x
  local z = y * y
  local value = (x - 0.5) * log - x + half_log_2pi - math.log(product)
    + y * (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z / 156))))))
  digamma = digamma + log - y / 2
    - z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - z * (691 / 32760 - z / 12))))))
  trigamma = trigamma + y + z / 2
    + z * y * (1 / 6 - z * (1 / 30 - z * (1 / 42 - z * (1 / 30 - z * (5 / 66 - z * (691 / 2730 - z * 7 / 6))))))
  return value, digamma, trigamma
end

return { log_gamma = log_gamma }
