--- Finds the greatest value of a smooth function of a few positive numbers.
---
--- Newton's method on their logarithms, which keeps them positive, damped as by Levenberg (1944) and Marquardt (1963)
--- where the function is not concave.

--- Solves the equations of a symmetric matrix by the method of Cholesky; nothing where it is not positive definite.
local function solve(matrix, right)
  local n, lower, solution = #right, {}, {}
  for i = 1, n do
    lower[i] = {}
    local sum = right[i]
    for j = 1, i do
      local rest = matrix[i][j]
      for k = 1, j - 1 do rest = rest - lower[i][k] * lower[j][k] end
      if i > j then
        lower[i][j] = rest / lower[j][j]
        sum = sum - lower[i][j] * solution[j]
      elseif rest > 0 then
        lower[i][i] = math.sqrt(rest)
      else
        return nil
      end
    end
    solution[i] = sum / lower[i][i]
  end
  for i = n, 1, -1 do
    local sum = solution[i]
    for j = i + 1, n do sum = sum - lower[j][i] * solution[j] end
    solution[i] = sum / lower[i][i]
  end
  return solution
end

--- The gradient and the negated second derivatives by the logarithms of the numbers.
local function by_logarithms(numbers, gradient, hessian)
  local slope, curve = {}, {}
  for i, number in ipairs(numbers) do
    slope[i] = number * gradient[i]
    curve[i] = {}
    for j = 1, i do curve[i][j] = -number * numbers[j] * hessian[i][j] end
    curve[i][i] = curve[i][i] - slope[i]
  end
  return slope, curve
end

--- The numbers at which `f` is greatest, and its value there.
---
--- `f(numbers)` gives its value, its gradient and the lower half of its second derivatives. Nothing comes back where it
--- has no greatest value at finite numbers above zero.
local function maximum(f, start)
  local numbers, damping = start, 1e-3
  local value, gradient, hessian = f(numbers)
  for _ = 1, 200 do
    local slope, curve = by_logarithms(numbers, gradient, hessian)
    local damped = {}
    for i, row in ipairs(curve) do
      damped[i] = { table.unpack(row) }
      damped[i][i] = row[i] + damping * (math.abs(row[i]) + 1e-9)
    end
    local step = solve(damped, slope)
    local gain = 0
    for i = 1, #numbers do gain = gain + (step and step[i] * slope[i] or 0) end
    -- What the step still promises is nothing beside the value.
    if step and gain < 1e-11 * (1 + math.abs(value)) then return numbers, value end

    local moved = step and {}
    for i, number in ipairs(numbers) do
      -- A step too long for the quadratic picture to hold is no step.
      if moved and math.abs(step[i]) > 2 then moved = nil end
      if moved then moved[i] = number * math.exp(step[i]) end
    end
    local risen = false
    if moved then
      local new_value, new_gradient, new_hessian = f(moved)
      -- One that is no number compares as false.
      if new_value >= value then
        numbers, value, gradient, hessian, risen = moved, new_value, new_gradient, new_hessian, true
      end
    end
    damping = risen and damping / 10 or math.max(damping, 1e-6) * 10
    if damping > 1e12 then return nil end
    for _, number in ipairs(numbers) do
      if number < 1e-6 or number > 1e6 then return nil end
    end
  end
  return nil
end

return { maximum = maximum }
