/// The filters that write amounts and numbers as the customer's language does.
let liquidRuntimeNumberFormats = #"""
    for _, name in ipairs({
      "money", "money_with_currency", "money_without_currency", "money_without_trailing_zeros",
    }) do
      local amount = name == "money" and host.amount
      F[name] = function(v, currency)
        if v == nil then return nil end
        -- Most amounts are numbers in the usual form.
        local text = amount and currency == nil and amount(v)
        if text then return text end
        if not host.money then error("the filter '" .. name .. "' is not available: the host gives no 'money'", 2) end
        return host.money(number(v), currency ~= nil and str(currency) or nil, name)
      end
    end

    function F.number_with_delimiter(v, delimiter, separator)
      if v == nil then return nil end
      if not host.number then
        error("the filter 'number_with_delimiter' is not available: the host gives no 'number'", 2)
      end
      return host.number(
        number(v), delimiter ~= nil and str(delimiter) or nil, separator ~= nil and str(separator) or nil)
    end

    """#
