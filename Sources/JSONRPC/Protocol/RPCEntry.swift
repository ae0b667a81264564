/// One entry of a message: a call, or an invalid entry, whose response is an error.
package enum RPCEntry: Sendable {
    case call(RPCCall)
    case invalid(RPCError, id: RPCID)
}
