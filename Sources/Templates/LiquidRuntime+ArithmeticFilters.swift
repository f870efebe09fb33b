/// The filters on numbers. Two integers give an integer; with a float the arithmetic is decimal, as in
/// Ruby's.
let liquidRuntimeArithmeticFilters = #"""
    -- Called by filters directly: level 3 is the template's line.
    local function too_large()
      error("the number is too large for 64 bits", 3)
    end

    local function both_integers(a, b)
      return math_type(a) == "integer" and math_type(b) == "integer"
    end

    function F.plus(v, w)
      local a, b = number(v), number(w)
      local r = a + b
      if not both_integers(a, b) then return exact(r) end
      if (a ~ r) & (b ~ r) < 0 then too_large() end
      return r
    end

    function F.minus(v, w)
      local a, b = number(v), number(w)
      local r = a - b
      if not both_integers(a, b) then return exact(r) end
      if (a ~ b) & (a ~ r) < 0 then too_large() end
      return r
    end

    function F.times(v, w)
      local a, b = number(v), number(w)
      local r = a * b
      if not both_integers(a, b) then return exact(r) end
      if a ~= 0 and (r // a ~= b or (a == -1 and b == math.mininteger)) then too_large() end
      return r
    end

    function F.divided_by(v, w)
      local a, b = number(v), number(w)
      if b == 0 then error("divided by 0", 2) end
      if both_integers(a, b) then return a // b end
      local r = a / b
      -- 0.3 / 0.1 is 3 in decimals: a quotient that ends within 12 digits but for the binary form's error.
      local rounded = exact(r)
      return tonumber(format("%.12g", r)) == rounded and rounded or r
    end

    function F.modulo(v, w)
      local a, b = number(v), number(w)
      if b == 0 then error("divided by 0", 2) end
      if both_integers(a, b) then return a % b end
      return exact(a % b)
    end

    function F.at_least(v, least)
      local a, b = number(v), number(least)
      return b > a and b or a
    end

    function F.at_most(v, most)
      local a, b = number(v), number(most)
      return b < a and b or a
    end

    function F.abs(v) return math.abs(number(v)) end
    function F.ceil(v) return math.ceil(number(v)) end
    function F.floor(v) return floor(number(v)) end

    -- Half away from zero, on the decimal digits, so that 1.005 rounds as it is written.
    function F.round(v, places)
      local x = number(v)
      places = number(places)
      -- No float has digits beyond these places.
      if places ~= places or places < -400 or places > 400 then places = places < 0 and -400 or 400 end
      places = places >= 0 and floor(places) or -floor(-places)
      if math_type(x) == "integer" then
        if places >= 0 then return x end
        if places < -18 then return 0 end
        local unit = tonumber("1" .. rep("0", -places))
        local r = (math.abs(x) + unit // 2) // unit * unit
        return x < 0 and -r or r
      end
      if x ~= x or x == math.huge or x == -math.huge then
        if places > 0 then return x end
        error("the number has no integer part", 2)
      end
      local sign, digits, exponent = digits_of(x)
      local kept = exponent + 1 + places
      local r = x
      if kept < 0 then
        r = 0.0
      elseif kept < #digits then
        local head = math.tointeger(tonumber("0" .. sub(digits, 1, kept)))
        if sub(digits, kept + 1, kept + 1) >= "5" then head = head + 1 end
        r = tonumber(sign .. head .. "e" .. exponent + 1 - kept)
      end
      if places > 0 then return r end
      return math.tointeger(r) or r
    end

    """#
