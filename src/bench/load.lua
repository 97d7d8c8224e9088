-- Walks through the request bodies of a file, from another place in each thread, and looks for errors in each answer.
local threads = {}

function setup(thread)
    thread:set("id", #threads)
    table.insert(threads, thread)
end

function init(args)
    requests = {}
    faults = 0
    fault = ""
    local headers = { ["Content-Type"] = "application/json", ["Authorization"] = os.getenv("BENCH_AUTHORIZATION") }
    for body in io.lines(os.getenv("BENCH_BODIES")) do
        requests[#requests + 1] = wrk.format("POST", nil, headers, body)
    end
    at = (tonumber(os.getenv("BENCH_OFFSET")) + id * 797) % #requests
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function response(status, headers, body)
    if status ~= 200 or body:find('"errors"', 1, true) then
        faults = faults + 1
        if faults == 1 then fault = status .. " " .. body:sub(1, 300) end
    end
end

function done(summary, latency, _)
    local faults, fault = 0, ""
    for _, thread in ipairs(threads) do
        faults = faults + thread:get("faults")
        if fault == "" then fault = thread:get("fault") end
    end
    local errors = summary.errors
    io.write(string.format(
        "\nRESULT %d %d %.3f %.3f %d %d %d %s\n", summary.requests, summary.duration, latency:percentile(50) / 1000,
        latency:percentile(99) / 1000, summary.bytes, errors.connect + errors.read + errors.write + errors.timeout,
        faults, fault:gsub("\n", " ")))
end
