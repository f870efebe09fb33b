--- How often customers buy, and when they stop: the BG/NBD model.
---
--- P. S. Fader, B. G. S. Hardie and K. L. Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the
--- Pareto/NBD Model, Marketing Science 24(2), 275–284. A customer is x, the purchases after the first; t_x, the time from
--- the first to the last; and T, the time from the first to now.

local newton = require "newton"

--- Customers who are alike, once, with how many there are; and the times, once each.
---
--- `rows.x`, `rows.t_x` and `rows.T` are lists of one length.
local function grouped(rows)
  local groups, times, place, known = {}, {}, {}, {}
  -- How many have bought more than i times after the first: more_than[i + 1].
  local more_than, without_repeat = {}, {}
  local function time(t)
    if not place[t] then
      times[#times + 1] = t
      place[t] = #times
    end
    return place[t]
  end
  for i = 1, rows.count do
    local x, last, now = rows.x[i], time(rows.t_x[i]), time(rows.T[i])
    for n = 1, x do more_than[n] = (more_than[n] or 0) + 1 end
    if x == 0 then
      without_repeat[now] = (without_repeat[now] or 0) + 1
    else
      -- Whole and exact: fewer than a million times, fewer than a thousand million customers.
      local key = (x * 1000000 + last) * 1000000 + now
      local group = known[key]
      if group then
        group.count = group.count + 1
      else
        group = { x = x, last = last, now = now, count = 1 }
        known[key] = group
        groups[#groups + 1] = group
      end
    end
  end
  return {
    groups = groups, times = times, more_than = more_than, without_repeat = without_repeat, count = rows.count,
  }
end

--- The logarithm of the likelihood (equation 6 of the paper) with its derivatives by r, alpha, a and b.
---
--- For whole x the gamma functions are products: Γ(r+x)/Γ(r) = r (r+1) … (r+x-1).
local function log_likelihood(data, r, alpha, a, b)
  local exp, log = math.exp, math.log
  local n, log_alpha = data.count, math.log(alpha)
  local value = n * r * log_alpha
  local g_r, g_alpha, g_a, g_b = n * log_alpha, n * r / alpha, 0, 0
  local rr, r_alpha, alpha_alpha = 0, n / alpha, -n * r / (alpha * alpha)
  local r_a, r_b, alpha_a, alpha_b, aa, ab, bb = 0, 0, 0, 0, 0, 0, 0

  for i, count in ipairs(data.more_than) do
    local bought, stayed, either = 1 / (r + i - 1), 1 / (b + i - 1), 1 / (a + b + i - 1)
    value = value - count * log(bought * stayed / either)
    g_r = g_r + count * bought
    g_a = g_a - count * either
    g_b = g_b + count * (stayed - either)
    rr = rr - count * bought * bought
    aa = aa + count * either * either
    ab = ab + count * either * either
    bb = bb + count * (either * either - stayed * stayed)
  end

  local logs, inverses = {}, {}
  for i, time in ipairs(data.times) do
    logs[i], inverses[i] = log(alpha + time), 1 / (alpha + time)
  end

  for now, count in pairs(data.without_repeat) do
    local inverse = inverses[now]
    value = value - count * r * logs[now]
    g_r = g_r - count * logs[now]
    g_alpha = g_alpha - count * r * inverse
    r_alpha = r_alpha - count * inverse
    alpha_alpha = alpha_alpha + count * r * inverse * inverse
  end

  -- Of who bought again: the sum of "still a customer" and "stopped at the last purchase".
  local log_a, one_a = log(a), 1 / a
  for _, group in ipairs(data.groups) do
    local count, x = group.count, group.x
    local log_now, log_last, by_now, by_last = logs[group.now], logs[group.last], inverses[group.now], inverses[group.last]
    local power, one_b = r + x, 1 / (b + x - 1)
    local alive = -power * log_now
    local difference = log_a - log(b + x - 1) - power * log_last - alive
    -- The share that stopped; written so that nothing grows too large.
    local gone, total
    if difference > 0 then
      local small = exp(-difference)
      gone, total = 1 / (1 + small), alive + difference + log(1 + small)
    else
      local small = exp(difference)
      gone, total = small / (1 + small), alive + log(1 + small)
    end
    local stays = 1 - gone
    value = value + count * total

    g_r = g_r - count * (stays * log_now + gone * log_last)
    local slope = stays * by_now + gone * by_last
    g_alpha = g_alpha - count * power * slope
    g_a = g_a + count * gone * one_a
    g_b = g_b - count * gone * one_b

    local both = count * gone * stays
    local d_r, d_alpha = log_now - log_last, power * (by_now - by_last)
    rr = rr + both * d_r * d_r
    r_alpha = r_alpha - count * slope + both * d_r * d_alpha
    alpha_alpha = alpha_alpha + count * power * (stays * by_now * by_now + gone * by_last * by_last)
      + both * d_alpha * d_alpha
    r_a = r_a + both * d_r * one_a
    r_b = r_b - both * d_r * one_b
    alpha_a = alpha_a + both * d_alpha * one_a
    alpha_b = alpha_b - both * d_alpha * one_b
    aa = aa + (both - count * gone) * one_a * one_a
    ab = ab - both * one_a * one_b
    bb = bb + (both + count * gone) * one_b * one_b
  end
  return value, { g_r, g_alpha, g_a, g_b },
    { { rr }, { r_alpha, alpha_alpha }, { r_a, alpha_a, aa }, { r_b, alpha_b, ab, bb } }
end

--- The parameters of greatest likelihood: r, alpha, a, b and the logarithm of the likelihood.
local function fit(rows)
  local repeats, exposure = 0, 0
  for i = 1, rows.count do
    if rows.x[i] > 0 then repeats = repeats + 1 end
    exposure = exposure + rows.T[i]
  end
  if repeats < 10 then
    error("BG/NBD needs at least 10 customers who bought again, and there are " .. repeats, 0)
  end
  local data = grouped(rows)
  local function f(p) return log_likelihood(data, p[1], p[2], p[3], p[4]) end
  -- The first of these leads there as a rule; the others begin with few and with many who stop.
  local typical = exposure / rows.count
  for _, start in ipairs { { 0.5, typical / 2, 1, 2 }, { 1, typical, 0.1, 2 }, { 0.2, typical / 10, 2, 2 } } do
    local found, value = newton.maximum(f, start)
    if found then
      return { r = found[1], alpha = found[2], a = found[3], b = found[4], log_likelihood = value }
    end
  end
  error("BG/NBD has no best parameters for these " .. rows.count .. " customers: too few of them bought again, "
    .. "or all buy alike", 0)
end

--- The chance that a customer has not stopped (Fader, Hardie and Lee 2008, Computing P(alive) Using the BG/NBD Model).
local function alive(m, x, t_x, T)
  if x == 0 then return 1 end
  return 1 / (1 + m.a / (m.b + x - 1) * ((m.alpha + T) / (m.alpha + t_x)) ^ (m.r + x))
end

--- Gauss's hypergeometric function 2F1 for 0 <= z < 1.
---
--- Its series after Euler's transformation (Abramowitz and Stegun 15.3.3), whose terms shrink where those of the series as
--- it stands grow first.
local function hypergeometric(a, b, c, z)
  local first, second = c - a, c - b
  local term, sum, n = 1, 1, 0
  repeat
    term = term * (first + n) * (second + n) / ((c + n) * (n + 1)) * z
    sum = sum + term
    n = n + 1
  until math.abs(term) <= 1e-14 * math.abs(sum) or n > 100000
  return (1 - z) ^ (c - a - b) * sum
end

--- The purchases expected of a customer within the next t (equation 10 of the paper).
local function expected(m, t, x, t_x, T)
  if t <= 0 then return 0 end
  local a = m.a
  -- At 1 the equation is 0/0; beside it the value is the same to six digits.
  if math.abs(a - 1) < 1e-6 then a = 1 + 1e-6 end
  local sum, c = m.alpha + T + t, a + m.b + x - 1
  local stays = ((m.alpha + T) / sum) ^ (m.r + x) * hypergeometric(m.r + x, m.b + x, c, t / sum)
  return c / (a - 1) * (1 - stays) * alive(m, x, t_x, T)
end

return { fit = fit, alive = alive, expected = expected, log_likelihood = log_likelihood, grouped = grouped }
