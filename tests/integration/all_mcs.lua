-- Has Wireshark take every TSDU for T.125, instead of those alone that its heuristics are sure about.
local everything = Proto("convene_mcs", "All TSDUs are MCS")
local t125 = Dissector.get("t125")
local function take(tvb, pinfo, tree)
    t125:call(tvb, pinfo, tree)
    return true
end
everything:register_heuristic("cotp", take)
everything:register_heuristic("cotp_is", take)
