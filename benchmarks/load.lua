-- A wrk script: sends the requests that its arguments describe in rotation and prints one line of JSON in the end.
-- wrk -s load.lua URL -- PATH...           GET these paths
-- wrk -s load.lua URL -- PATH --body FILE  POST that file as JSON; each @N@ in it becomes the request's number
-- … --distinct N                         after N requests @N@ begins anew, so that so many different bodies come in turn
-- … --key KEY                              send this key instead of "benchmark"
-- … --keys N                               send N keys in rotation

local requests = {}
local count = 0
local nextIndex = 0
local varying
local distinct
local keys

local function readFile(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("*a")
  file:close()
  return content
end

function init(arguments)
  wrk.headers["Authorization"] = "Bearer benchmark"
  local body
  local paths = {}
  local index = 1
  while index <= #arguments do
    if arguments[index] == "--body" then
      body = readFile(arguments[index + 1])
      wrk.headers["Content-Type"] = "application/json"
      index = index + 2
    elseif arguments[index] == "--distinct" then
      distinct = tonumber(arguments[index + 1])
      index = index + 2
    elseif arguments[index] == "--keys" then
      keys = tonumber(arguments[index + 1])
      index = index + 2
    elseif arguments[index] == "--key" then
      wrk.headers["Authorization"] = "Bearer " .. arguments[index + 1]
      index = index + 2
    else
      paths[#paths + 1] = arguments[index]
      index = index + 1
    end
  end
  if body and body:find("@N@", 1, true) then
    varying = { path = paths[1], body = body }
  end
  for number = 1, keys or 0 do
    wrk.headers["Authorization"] = "Bearer benchmark" .. number
    requests[#requests + 1] = wrk.format("POST", paths[1], nil, body)
  end
  for _, path in ipairs(keys and {} or paths) do
    requests[#requests + 1] = wrk.format(body and "POST" or "GET", path, nil, body)
  end
  count = #requests
end

function request()
  nextIndex = nextIndex + 1
  if varying then
    -- A prime step: all numbers come in turn, and neighbors are far apart.
    local number = distinct and nextIndex * 7919 % distinct or nextIndex
    local body = varying.body:gsub("@N@", tostring(number + 10000))
    return wrk.format("POST", varying.path, nil, body)
  end
  return requests[(nextIndex - 1) % count + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
