/// The operators of conditions, as `if`, `unless`, `case` and `where` use them.
let liquidRuntimeConditions = #"""
    local function class_of(v)
      local t = type(v)
      if t == "string" then return "text" end
      return t == "number" and number_text(v) or t
    end

    -- Both must be numbers or both text; a value that has no order makes the comparison false, and text
    -- against a number is an error. Called by the comparisons directly: level 3 is the template's line.
    local function comparable(a, b)
      local x, y = type(a), type(b)
      if x == y then return x == "number" or x == "string" end
      if (x == "number" or x == "string") and (y == "number" or y == "string") then
        error("comparison of " .. class_of(a) .. " with " .. class_of(b) .. " failed", 3)
      end
      return false
    end

    function rt.lt(a, b)
      if comparable(a, b) then return a < b end
      return false
    end

    function rt.le(a, b)
      if comparable(a, b) then return a <= b end
      return false
    end

    function rt.gt(a, b)
      if comparable(a, b) then return a > b end
      return false
    end

    function rt.ge(a, b)
      if comparable(a, b) then return a >= b end
      return false
    end

    -- Counts the values of a `when` that match, and notes in the slot that one did.
    function rt.matches(registers, slot, ...)
      local values = table.pack(...)
      local count = 0
      for i = 1, values.n do
        if values[i] then count = count + 1 end
      end
      if count > 0 then registers[slot] = true end
      return count
    end

    """#
