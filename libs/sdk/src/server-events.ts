/** One message of a `text/event-stream` (HTML Living Standard, section 9.2). */
export interface ServerEvent {
  /** `message` when the server named none. */
  readonly type: string;
  readonly data: string;
  /** The last id told so far; what to send as `Last-Event-ID` to go on from here. */
  readonly id: string | undefined;
}

/** A message longer than this is not one of a node. */
const EVENT_CHARS_MAX = 1024 * 1024;

/** The events of a stream as they arrive. @throws RangeError when one does not end */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  let lastId: string | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest = (rest + value).replaceAll('\r\n', '\n');
      if (rest.length > EVENT_CHARS_MAX) throw new RangeError('an event of the stream does not end');
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const event = parseEvent(rest.slice(0, end), lastId);
        rest = rest.slice(end + 2);
        if (event === undefined) continue;
        lastId = event.id;
        yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** @returns undefined for a block without data, such as the comments that keep the link open */
function parseEvent(block: string, lastId: string | undefined): ServerEvent | undefined {
  const data: string[] = [];
  let type = 'message';
  let id = lastId;
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') type = value;
    else if (field === 'id') id = value;
  }
  return data.length === 0 ? undefined : { type, data: data.join('\n'), id };
}
