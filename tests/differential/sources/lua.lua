local Stack = {}
Stack.__index = Stack

function Stack.new()
  local self = setmetatable({}, Stack)
  self.items = {}
  return self
end

function Stack:push(value)
  if value == nil then
    error("nothing to push")
  end
  table.insert(self.items, value)
end

function Stack:pop()
  local n = #self.items
  if n == 0 then return nil elseif n > 100 then print("large", n) end
  local top = self.items[n]
  self.items[n] = nil
  return top
end

local s = Stack.new()
for i = 1, 10 do s:push(i * 2) end
local sum = 0
while true do
  local v = s:pop()
  if not v then break end
  sum = sum + v
end
print(("sum %d"):format(sum))
