/** A stream of octets to the server: a WebSocket, or what a test has instead. */

export interface TransportEvents {
  opened(): void;
  octets(octets: Uint8Array): void;
  /** Once, also when it could not be opened. */
  closed(why: string): void;
}

export interface Transport {
  send(octets: Uint8Array<ArrayBuffer>): void;
  /** Octets that have not left yet. */
  readonly queued: number;
  /** Once everything before it is written. */
  close(): void;
}

/** Opens a transport; nothing of it is told before this has returned. */
export type Connect = (url: string, ticket: string, events: TransportEvents) => Transport;

/** T.120 in binary messages of a WebSocket, with one TPKT or more in each. The ticket travels as a subprotocol. */
export const connectWebSocket: Connect = (url, ticket, events) => {
  const socket = new WebSocket(url, ["t120", `ticket.${ticket}`]);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer) events.octets(new Uint8Array(data));
  };
  socket.onclose = ({ reason, code }) => events.closed(reason || `the connection was closed (${code})`);
  return {
    send: (octets) => socket.send(octets),
    get queued() {
      return socket.bufferedAmount;
    },
    close: () => socket.close(),
  };
};
