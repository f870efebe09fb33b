--- How much customers spend at a time: the Gamma-Gamma model.
---
--- P. S. Fader and B. G. S. Hardie (2013), The Gamma-Gamma Model of Monetary Value. A customer is x, the purchases after
--- the first, and z, the mean amount of those.

local gamma = require "gamma"
local newton = require "newton"

--- The logarithm of the likelihood (equation 1a of the note) with its derivatives by p, q and v.
local function log_likelihood(data, p, q, v)
  local log = math.log
  local log_gamma_q, digamma_q, trigamma_q = gamma.log_gamma(q)
  local log_v = log(v)
  local value, g_p, g_q, g_v = 0, 0, 0, 0
  local pp, pq, qq, pv, qv, vv = 0, 0, 0, 0, 0, 0
  for x, spends in pairs(data) do
    local all, digamma_all, trigamma_all = gamma.log_gamma(p * x + q)
    local own, digamma_own, trigamma_own = gamma.log_gamma(p * x)
    local count, power = #spends, p * x + q
    -- What all who bought as often have in common, then what each of them spent: s is x z.
    value = value + count * (all - own - log_gamma_q + q * log_v)
    g_p = g_p + count * x * (digamma_all - digamma_own)
    g_q = g_q + count * (digamma_all - digamma_q + log_v)
    g_v = g_v + count * q / v
    pp = pp + count * x * x * (trigamma_all - trigamma_own)
    pq = pq + count * x * trigamma_all
    qq = qq + count * (trigamma_all - trigamma_q)
    qv = qv + count / v
    vv = vv - count * q / (v * v)
    for i = 1, count do
      local s = spends[i]
      local log_s, log_sum, inverse = log(s), log(s + v), 1 / (s + v)
      value = value + p * x * log_s - log_s + log(x) - power * log_sum
      g_p = g_p + x * (log_s - log_sum)
      g_q = g_q - log_sum
      g_v = g_v - power * inverse
      pv = pv - x * inverse
      qv = qv - inverse
      vv = vv + power * inverse * inverse
    end
  end
  return value, { g_p, g_q, g_v }, { { pp }, { pq, qq }, { pv, qv, vv } }
end

--- The parameters of greatest likelihood: p, q, v and the logarithm of the likelihood. Who bought nothing again, or for
--- nothing, says nothing.
local function fit(rows)
  local data, count, total = {}, 0, 0
  for i = 1, rows.count do
    local x, z = rows.x[i], rows.z[i]
    if x > 0 and z > 0 then
      data[x] = data[x] or {}
      table.insert(data[x], x * z)
      count, total = count + 1, total + z
    end
  end
  if count < 10 then
    error("Gamma-Gamma needs at least 10 customers who bought again, and there are " .. count, 0)
  end
  local function f(n) return log_likelihood(data, n[1], n[2], n[3]) end
  local typical = total / count
  for _, start in ipairs { { 2, 3, typical }, { 6, 4, typical / 2 }, { 1, 2, typical } } do
    local found, value = newton.maximum(f, start)
    if found then return { p = found[1], q = found[2], v = found[3], log_likelihood = value } end
  end
  error("Gamma-Gamma has no best parameters for these " .. count .. " customers: too few of them bought again, "
    .. "or all spend alike", 0)
end

--- The amount expected of a customer's purchase (equation 5 of the note): the own mean, drawn towards everybody's. Missing
--- where everybody's has no mean, as q up to 1 says.
local function expected(m, x, z)
  if m.q <= 1 and x == 0 then return nil end
  return m.p * (m.v + x * z) / (m.p * x + m.q - 1)
end

return { fit = fit, expected = expected }
